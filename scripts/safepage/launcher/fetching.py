"""How packages are fetched: which of a person's settings of pip and npm count, and what a failure means.

A setting that says where packages come from is needed behind a company's proxy; one that says where they go,
or which ones, would leave `.venv` without them.
"""

from __future__ import annotations

import configparser
import os
import re
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

# Where packages come from, and how to get there.
# fmt: off
_PIP = frozenset((
    "index-url", "extra-index-url", "find-links", "trusted-host", "cert", "client-cert", "proxy", "timeout",
    "default-timeout", "retries", "resume-retries", "cache-dir", "no-cache-dir", "keyring-provider",
    "use-deprecated",
))
# fmt: on
_NPM = re.compile(
    r"npm_config_(?:registry|cafile|ca|cert|key|(?:https?[-_]?)?proxy|no_?proxy|strict[-_]ssl|cache|userconfig"
    r"|globalconfig|fetch[-_].*|//.*|@.*:registry)",
    re.IGNORECASE,
)

# What of it uv calls otherwise.
_UV = {
    "PIP_INDEX_URL": "UV_DEFAULT_INDEX",
    "PIP_EXTRA_INDEX_URL": "UV_INDEX",
    "PIP_FIND_LINKS": "UV_FIND_LINKS",
    "PIP_NO_INDEX": "UV_OFFLINE",
    "PIP_TRUSTED_HOST": "UV_INSECURE_HOST",
    "PIP_CERT": "SSL_CERT_FILE",
    "PIP_CLIENT_CERT": "SSL_CLIENT_CERT",
    "PIP_PROXY": "ALL_PROXY",
    "PIP_CACHE_DIR": "UV_CACHE_DIR",
    "PIP_NO_CACHE_DIR": "UV_NO_CACHE",
}

HASHES = r"DO NOT MATCH THE HASHES|Hashes are required|EINTEGRITY|must have their versions pinned"
NO_BUNDLE = r"TLS CA certificate bundle, invalid path|NO_CERTIFICATE_OR_CRL_FOUND|no start line"
CERTIFICATE = (
    r"CERTIFICATE_VERIFY_FAILED|certificate verify failed|SSLError|SSLCertVerification|confirming the ssl"
    r"|self[- ]signed cert|SELF_SIGNED_CERT|CERT_(?:HAS_EXPIRED|UNTRUSTED|NOT_YET_VALID|REJECTED)"
    r"|ERR_TLS_CERT|UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE|GET_CRL)"
    r"|unable to get (?:local )?issuer cert|unable to verify the first certificate|invalid peer certificate"
)
PROXY = r"Tunnel connection failed: 407|Proxy Authentication Required|status code 407"
REFUSED = r"\b40[13] (?:Client )?(?:Error|Unauthorized|Forbidden)|HTTP error 40[13]|\bE40[13]\b"
NETWORK = (
    r"NewConnectionError|ConnectTimeout|Failed to establish|Temporary failure in name|name resolution"
    r"|Network is unreachable|ReadTimeout|ProxyError|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT"
    r"|from versions: none"
)
# What was printed, and what to say of it; the first that fits is the true reason.
_REASONS = (
    (
        NO_BUNDLE,
        "the file of certificates that PIP_CERT, pip's settings or NODE_EXTRA_CA_CERTS name can't be read. "
        "Name one in PEM form that is there, and run the same command again",
    ),
    (
        CERTIFICATE,
        "this computer does not trust the certificate of the server, or of a company's proxy on the way. Ask "
        "who runs the network for that certificate as a file, set PIP_CERT (for npm: NODE_EXTRA_CA_CERTS) to "
        "the file, and run the same command again",
    ),
    (
        PROXY,
        "the proxy asks for a name and a password. Set HTTPS_PROXY to http://name:password@proxy:port, and "
        "run the same command again",
    ),
    (
        REFUSED,
        "the server refuses, or asks who you are. See PIP_INDEX_URL, or the settings of pip or npm",
    ),
    (
        NETWORK,
        "no network, or none for this computer and this Python. Run the same command again when there is one",
    ),
)


def pip_environment(python: Path, env: Mapping[str, str]) -> dict[str, str]:
    """`env` with what a person's settings of pip say of where packages come from, and nothing else of them.

    In: the Python whose pip is to run. Settings stand in variables (PIP_…) and in pip's files; pip itself is
    asked for the latter.
    """
    plain = {key: value for key, value in env.items() if not key.startswith("PIP_")}
    asked = {**plain, **{key: env[key] for key in ("PIP_CONFIG_FILE",) if key in env}}
    # `config list` would leave out files for whoever has set `user`.
    command = [str(python), "-I", "-m", "pip", "config", "debug"]
    done = subprocess.run(command, env=asked, capture_output=True, text=True, errors="replace", check=False)
    settings = {**_written(done.stdout), **{key: env[key] for key in env if key.startswith("PIP_")}}
    kept = {key: settings[key] for key in settings if _name(key) in _PIP}
    if "PIP_FIND_LINKS" in kept and "PIP_NO_INDEX" in settings:
        kept["PIP_NO_INDEX"] = settings["PIP_NO_INDEX"]
    if "PIP_CERT" in kept:  # the library that pip fetches with would take these first
        plain = {key: value for key, value in plain.items() if not key.endswith("_CA_BUNDLE")}
    return {**plain, **kept, "PIP_CONFIG_FILE": os.devnull}


def uv_environment(env: Mapping[str, str]) -> dict[str, str]:
    """The same for uv, which is told in other words. In: what `pip_environment` gave."""
    kept = {key: value for key, value in env.items() if not key.startswith(("PIP_", "UV_"))}
    told = {theirs: env[ours] for ours, theirs in _UV.items() if env.get(ours)}
    if "UV_FIND_LINKS" in told:
        told["UV_FIND_LINKS"] = ",".join(told["UV_FIND_LINKS"].split())
    # The certificates that this computer trusts, as pip does.
    return {**kept, "UV_SYSTEM_CERTS": "1", **told}


def _name(variable: str) -> str:
    return variable.removeprefix("PIP_").lower().replace("_", "-")


def _written(listed: str) -> dict[str, str]:
    """What pip's files say, as variables: the section `install` goes before `global`, a later file before.

    In: what `pip config debug` prints, the files in groups. A file that pip can't read it will tell itself.
    """
    groups = dict(re.findall(r"^(\w+):\n((?:[ \t].*\n?)*)", listed, re.M))
    parser = configparser.RawConfigParser(strict=False)
    for group in ("global", "user", "site", "env"):
        for file in re.findall(r"^ +(\S.*), exists: True$", groups.get(group, ""), re.M):
            with suppress(configparser.Error, OSError, UnicodeDecodeError):
                parser.read(file, encoding="utf-8-sig")
    return {
        f"PIP_{key.upper().replace('-', '_')}": " ".join(value.split())
        for section in ("global", "install")
        if parser.has_section(section)
        for key, value in parser.items(section)
    }


def npm_environment(env: Mapping[str, str]) -> dict[str, str]:
    """`env` with what a person's variables say of npm's registry, proxy and certificates, and no more of it.

    A certificate that pip is given is npm's too.
    """
    kept = {
        key: value
        for key, value in env.items()
        if key != "NODE_ENV" and (not key.lower().startswith("npm_config_") or _NPM.fullmatch(key))
    }
    if kept.get("PIP_CERT"):
        kept.setdefault("NODE_EXTRA_CA_CERTS", kept["PIP_CERT"])
    return kept


def text(path: Path) -> str:
    """The text of a lock file; "" where there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def missing(lock: str, packages: Path) -> list[str]:
    """The packages of a lock file's text that a folder of packages has not, but pip said it had put there."""
    names = {re.sub(r"[-_.]+", "-", entry.name).lower() for entry in packages.glob("*.dist-info")}
    wanted = re.findall(r"^([A-Za-z0-9][\w.-]*)==(\S+)(?: *\\)?$", lock, re.M)  # those with a marker apart
    return [
        f"{n}=={v}" for n, v in wanted if re.sub(r"[-_.]+", "-", f"{n}-{v}.dist-info").lower() not in names
    ]


def why(output: str, name: str, log: Path) -> str:
    """Why packages could not be had, and what to do, in one line without a full stop.

    In: all that pip or npm printed, the lock file's name, and the file that holds what was printed.
    """
    if re.search(HASHES, output):
        return (
            f"A package does not have the hash that {name} gives, so nothing was installed. "
            f"Bring the file back with: git checkout -- {name}"
        )
    details = f"(details: {log.parent.name}/{log.name})"
    for pattern, reason in _REASONS:
        if re.search(pattern, output, re.IGNORECASE):
            return f"The packages of {name} could not be fetched: {reason} {details}"
    return f"{name} could not be installed: {last_line(output)} {details}"


def last_line(output: str) -> str:
    """What a program said last, or the last of its errors; without a full stop."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [
        line for line in lines if re.match(r"(?i)(npm )?err(or)?\b", line) and "complete log" not in line
    ]
    return (errors or lines or ["it said nothing"])[-1].rstrip(".")
