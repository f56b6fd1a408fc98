"""Set-up in other people's networks: which settings of pip and npm count, what a failure is called."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from safepage.launcher import fetching

LOG = Path(".cache/setup.log")
SAID = {
    "not trust the certificate": [
        "Could not fetch URL https://pypi.org/simple/x/: There was a problem confirming the ssl certificate: "
        "HTTPSConnectionPool(host='pypi.org', port=443): Max retries exceeded with url: /simple/x/ "
        "(Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate "
        "verify failed: self-signed certificate in certificate chain (_ssl.c:1006)'))) - skipping\n"
        "ERROR: Could not find a version that satisfies the requirement x (from versions: none)",
        "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate",
        "npm error code SELF_SIGNED_CERT_IN_CHAIN\nnpm error errno SELF_SIGNED_CERT_IN_CHAIN",
        "npm error code UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        "npm ERR! code UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        "npm error code DEPTH_ZERO_SELF_SIGNED_CERT",
        "npm error code CERT_HAS_EXPIRED",
        "npm error code ERR_TLS_CERT_ALTNAME_INVALID",
    ],
    "can't be read": [
        "ERROR: Could not install packages due to an OSError: Could not find a suitable TLS CA certificate "
        "bundle, invalid path: /home/a/proxy.pem",
    ],
    "a name and a password": [
        "(Caused by ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy "
        "Authentication Required')))",
    ],
    "asks who you are": [
        "ERROR: HTTP error 403 while getting https://pypi.here/x.whl",
        "ERROR: 401 Client Error: Unauthorized for url: https://pypi.here/simple/x/",
        "npm error code E401",
    ],
    "no network": [
        "NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection>: [Errno 111] refused')",
        "Downloading x-1.0-py3-none-any.whl (407 kB)\nERROR: No matching distribution (from versions: none)",
        "npm error code ENOTFOUND",
    ],
    "does not have the hash": ["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."],
    "could not be installed: ERROR: No space left": ["Installing\nERROR: No space left on device"],
}


@pytest.mark.parametrize("says", SAID)
def test_a_failure_is_told_by_its_true_reason(says: str) -> None:
    for printed in SAID[says]:
        told = fetching.why(printed, "requirements/build.lock", LOG)
        assert says in told, printed
        assert "\n" not in told
        assert all(other not in told for other in SAID if other != says), told


def test_what_says_where_packages_come_from_counts_and_nothing_else(tmp_path: Path) -> None:
    """Of variables and of pip's files; a variable goes before a file, `install` before `global`."""
    settings = tmp_path / "pip.conf"
    settings.write_text(
        "[global]\nindex-url = https://old.here/simple\ncert = /etc/proxy.pem\nproxy = http://proxy:8080\n"
        "extra-index-url =\n  https://a.here/simple\n  https://b.here/simple\n"
        "target = /elsewhere\nconstraint = /c.txt\nuser = yes\nno-index = yes\nprefix = /elsewhere\n"
        "[install]\nindex-url = https://here/simple\nno-binary = :all:\n"
    )
    env = {
        "PATH": "/bin",
        "PIP_CONFIG_FILE": str(settings),
        "PIP_CERT": "/home/proxy.pem",
        "PIP_TARGET": "/elsewhere",
        "PIP_PREFIX": "/elsewhere",
        "PIP_ROOT": "/elsewhere",
        "PIP_USER": "1",
        "PIP_CONSTRAINT": "/c.txt",
        "PIP_REQUIREMENT": "/r.txt",
        "PIP_REQUIRE_VIRTUALENV": "1",
        "PIP_NO_INDEX": "1",
        "PIP_NO_BINARY": ":all:",
        "PIP_DRY_RUN": "1",
        "PIP_TIMEOUT": "100",
        "REQUESTS_CA_BUNDLE": "/etc/ssl/all.pem",
        "HTTPS_PROXY": "http://proxy:8080",
    }
    found = fetching.pip_environment(Path(sys.executable), env)
    # What this computer says for all its users comes first and may be there too.
    assert {key: value for key, value in found.items() if key != "PIP_FIND_LINKS"} == {
        "PATH": "/bin",
        "HTTPS_PROXY": "http://proxy:8080",
        "PIP_CONFIG_FILE": "/dev/null" if sys.platform != "win32" else "nul",
        "PIP_CERT": "/home/proxy.pem",
        "PIP_INDEX_URL": "https://here/simple",
        "PIP_EXTRA_INDEX_URL": "https://a.here/simple https://b.here/simple",
        "PIP_PROXY": "http://proxy:8080",
        "PIP_TIMEOUT": "100",
    }
    offline = fetching.pip_environment(Path(sys.executable), {**env, "PIP_FIND_LINKS": "/wheels"})
    assert offline["PIP_NO_INDEX"] == "1"  # a folder of packages in place of the network


def test_uv_gets_the_same_in_its_own_words() -> None:
    env = {
        "PATH": "/bin",
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_INDEX_URL": "https://here/simple",
        "PIP_EXTRA_INDEX_URL": "https://a.here/simple https://b.here/simple",
        "PIP_FIND_LINKS": "/wheels /more",
        "PIP_CERT": "/proxy.pem",
        "PIP_PROXY": "http://proxy:8080",
        "UV_TARGET": "/elsewhere",
        "UV_INDEX": "https://old.here/simple",
    }
    assert fetching.uv_environment(env) == {
        "PATH": "/bin",
        "UV_DEFAULT_INDEX": "https://here/simple",
        "UV_INDEX": "https://a.here/simple https://b.here/simple",
        "UV_FIND_LINKS": "/wheels,/more",
        "SSL_CERT_FILE": "/proxy.pem",
        "ALL_PROXY": "http://proxy:8080",
        "UV_SYSTEM_CERTS": "1",
    }


def test_npm_gets_registry_proxy_and_certificate(tmp_path: Path) -> None:
    env = {
        "npm_config_registry": "https://here/",
        "npm_config_https_proxy": "http://proxy:8080",
        "NPM_CONFIG_CAFILE": "/proxy.pem",
        "npm_config_global": "true",
        "npm_config_prefix": "/elsewhere",
        "npm_config_omit": "dev",
        "NODE_ENV": "production",
        "PIP_CERT": "/proxy.pem",
        "PATH": "/bin",
    }
    found = fetching.npm_environment(env)
    kept = {"npm_config_registry", "npm_config_https_proxy", "NPM_CONFIG_CAFILE", "PIP_CERT", "PATH"}
    assert set(found) == {*kept, "NODE_EXTRA_CA_CERTS"}
    assert found["NODE_EXTRA_CA_CERTS"] == "/proxy.pem"
    assert fetching.npm_environment({**env, "NODE_EXTRA_CA_CERTS": "/b"})["NODE_EXTRA_CA_CERTS"] == "/b"


def test_a_package_that_is_not_there_is_missed(tmp_path: Path) -> None:
    for name in ("PyYAML-6.0.2", "markupsafe-3.0.1", "mkdocs_material-9.5"):
        (tmp_path / f"{name}.dist-info").mkdir()
    lock = "pyyaml==6.0.2 \\\n    --hash=sha256:00\nMarkupSafe==3.0.2 \\\n    --hash=sha256:00\n"
    lock += "mkdocs-material==9.5\ncolorama==0.4 ; sys_platform == 'win32' \\\n"
    assert fetching.missing(lock, tmp_path) == ["MarkupSafe==3.0.2"]
