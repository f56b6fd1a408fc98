"""What deploy/ ships: every host sends the same headers, and servers, really started, do what guides say."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import itertools
import re
import socket
import ssl
import subprocess
import time
import tomllib
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Page, expect

import engines
import leaving
from environment import ROOT
from pages import words
from running import COMMAND, environment_of
from safepage.gate.pictures import pictures
from safepage.making import caddyserver, load, visits, webserver
from safepage.output import header_files as site_headers
from safepage.output import headers
from serving import serving

DEPLOY = ROOT / "deploy"
RULE = re.compile(r"^(\S.*)\n((?:  .+\n)*)", re.M)
pytestmark = pytest.mark.xdist_group("deploy")


# One place for what every host sends


@pytest.mark.parametrize("name", site_headers.IN_DEPLOY)
def test_what_is_made_is_what_is_shipped(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == site_headers.IN_DEPLOY[name](), (
        "run: python3 scripts/manage.py headers deploy"
    )


def test_every_host_says_the_same(site: Path) -> None:
    expected = {**headers.HEADERS, headers.POLICY: "…"}
    nginx = dict(re.findall(r"^add_header (\S+) (.+) always;$", headers.nginx_headers(), re.M))
    assert nginx.pop("Allow") == "$safe_allow"
    nginx = {name: value.strip('"').replace("$safe_policy", "…") for name, value in nginx.items()}
    caddy = dict(re.findall(r'^\t\t([A-Z]\S+) "(.+)"$', headers.caddy_headers(), re.M))
    caddy = {name: value.replace("{safe_policy}", "…") for name, value in caddy.items()}
    file = rules(headers.header_file(site_headers.policies(site)))["/*"]
    assert nginx == caddy == {**file, headers.POLICY: "…"} == expected


def test_pages_are_never_stored_and_nothing_is_left_open() -> None:
    assert headers.HEADERS["Cache-Control"] == "no-store"
    assert headers.HEADERS["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers.PLAIN_POLICY
    assert "Cross-Origin-Opener-Policy" not in headers.HEADERS  # test_background.py says why
    open_to = [part for part in headers.HEADERS["Permissions-Policy"].split(", ") if not part.endswith("=()")]
    assert open_to == ["clipboard-write=(self)"]


def test_a_page_without_a_policy_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title><!-- <meta http-equiv=x> -->")
    with pytest.raises(ValueError, match=r"index\.html: the page states no Content-Security-Policy"):
        site_headers.policies(tmp_path)
    with pytest.raises(FileNotFoundError):
        site_headers.policies(tmp_path / "nowhere")


def test_the_policy_in_the_header_is_the_pages_own(site: Path) -> None:
    for file, policy in site_headers.policies(site).items():
        text = (site / file).read_text(encoding="utf-8")
        stated, _, rest = policy.rpartition("; ")
        assert stated in text
        assert rest == "frame-ancestors 'none'"
        assert not re.search(r"'unsafe-", policy)  # the search page's 'wasm-unsafe-eval' lets no script in


def rules(text: str) -> dict[str, dict[str, str]]:
    """The rules of a `_headers` file: address → name → value."""
    found = RULE.findall(text)
    assert sum(1 + lines.count("\n") for _, lines in found) == sum(map(bool, text.splitlines()))
    return {path: dict(re.findall(r"^  (\S+): (.+)$", lines, re.M)) for path, lines in found}


def test_header_files_name_every_page(site: Path) -> None:
    policies = site_headers.policies(site)
    found = rules(headers.header_file(policies))
    assert set(found) == {"/*", *(headers.addresses(file)[0] for file in policies)}
    for file, policy in policies.items():
        assert found[headers.addresses(file)[0]] == {headers.POLICY: policy}


def test_netlify_answers_unknown_addresses_in_their_language(site: Path) -> None:
    found = [line.split() for line in headers.redirect_file(site_headers.not_found(site)).splitlines()]
    assert found == [[f"/{name}/*", f"/{tag}/404.html", "404"]
                     for tag in sorted(path.parent.name for path in site.glob("*/404.html"))
                     for name in dict.fromkeys((tag, tag.lower()))]  # fmt: skip
    assert ["/pt-br/*", "/pt-BR/404.html", "404"] in found


def test_cloudflare_limits_are_kept(site: Path) -> None:
    policies = site_headers.policies(site)
    text = headers.header_file(policies, most=site_headers.CLOUDFLARE_RULES)
    assert len(rules(text)) <= site_headers.CLOUDFLARE_RULES
    assert max(map(len, text.splitlines())) <= 2000
    many = {f"{number}/index.html": "default-src 'none'" for number in range(site_headers.CLOUDFLARE_RULES)}
    assert list(rules(headers.header_file(many, most=site_headers.CLOUDFLARE_RULES))) == ["/*"]
    assert len(rules(headers.header_file(many))) == site_headers.CLOUDFLARE_RULES + 1


@pytest.mark.parametrize(
    ("host", "place"), [("netlify", "site/_headers"), ("nginx", "site.nginx.conf"), ("caddy", "site.caddy")]
)
def test_the_command_writes_what_a_host_reads(host: str, place: str, tmp_path: Path) -> None:
    (tmp_path / "site/nl").mkdir(parents=True)
    page = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">"
    for name in ("index.html", "404.html", "nl/index.html", "nl/404.html"):
        (tmp_path / "site" / name).write_text(page)
    command = [*COMMAND, "headers", host, str(tmp_path / "site")]
    env = environment_of(ROOT)
    assert subprocess.run(command, env=env, capture_output=True, text=True, check=False).returncode == 0
    text = (tmp_path / place).read_text(encoding="utf-8")
    assert text.count("default-src 'none'; frame-ancestors 'none'") >= 4
    command = [*command[:-1], str(tmp_path)]
    failed = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert failed.stderr.startswith("headers: there is no built site in")
    assert failed.stderr.count("\n") == 1


# The guides


def test_files_for_hosts_can_be_read() -> None:
    netlify = tomllib.loads((DEPLOY / "netlify/netlify.toml").read_text(encoding="utf-8"))
    assert netlify["build"]["publish"] == "site"
    assert netlify["build"]["processing"]["skip_processing"] is True
    gitlab = yaml.safe_load((DEPLOY / "gitlab-pages/.gitlab-ci.yml").read_text(encoding="utf-8"))
    assert gitlab["pages"]["artifacts"]["paths"] == ["public"]
    commands = [netlify["build"]["command"], *gitlab["test"]["script"], *gitlab["pages"]["script"]]
    for guide in DEPLOY.rglob("*.md"):
        text = guide.read_text(encoding="utf-8")
        commands += re.findall(r"^\s*(?:sudo )?(python3? scripts/.+)$", text, re.M)
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert (guide.parent / link).exists(), f"{guide.name}: {link}"
    scripts = [script for command in commands for script in re.findall(r"scripts/\w+\.py", command)]
    assert len(scripts) > 8
    assert all((ROOT / script).is_file() for script in scripts)


def test_nothing_is_published_that_has_not_passed_the_tests() -> None:
    command = "python3 scripts/manage.py test"
    github = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8"))["jobs"]
    assert github["test"]["uses"] == "$/.github/workflows/test.yml"
    assert (github["build"]["needs"], github["deploy"]["needs"]) == ("test", "build")
    tests = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    assert "workflow_call" in tests[True]  # YAML 1.1 takes the word `on` for true
    assert "bash .ci/run" in [step.get("run") for step in tests["jobs"]["test"]["steps"]]
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").endswith(f"exec {command}\n")
    gitlab = yaml.safe_load((DEPLOY / "gitlab-pages/.gitlab-ci.yml").read_text(encoding="utf-8"))
    assert gitlab["test"]["script"] == [command]
    assert gitlab["pages"]["needs"] == ["test"]
    for job in (*github.values(), *tests["jobs"].values(), gitlab["test"], gitlab["pages"]):
        assert not {"continue-on-error", "allow_failure", "if"} & set(job)


# nginx


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[webserver.Server]:
    """nginx with what deploy/ ships, changed in nothing but its ports and places."""
    try:
        with webserver.nginx(site) as running:
            yield running
    except webserver.Missing as missing:
        engines.absent(str(missing))


@cache
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def ask(address: str, request: bytes, certificate: Path | None = None) -> bytes:
    """What the server on this computer says to a request, byte for byte, until it closes."""
    parts = urlsplit(address)
    connection: socket.socket = socket.create_connection(("127.0.0.1", parts.port or 80), timeout=30)
    with connection:
        if certificate:
            connection = trusting(certificate).wrap_socket(connection, server_hostname=parts.hostname)
        answer = b""
        try:
            connection.sendall(request)
            while data := connection.recv(65536):
                answer += data
        except (ConnectionError, ssl.SSLEOFError):
            pass
        except TimeoutError as error:
            raise AssertionError(f"no end after {request[:40]!r}, {answer[:40]!r}") from error
        connection.close()
    return answer


def request(path: str, method: str = "GET", body: bytes = b"", **more: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {webserver.NAME}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    lines += [f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join([*lines, "", ""]).encode() + body


def get(server: webserver.Server, path: str, method: str = "GET", body: bytes = b"", **more: str) -> Answer:
    """An answer over TLS. Names of headers are in lower case."""
    return parsed(ask(server.web, request(path, method, body, **more), server.certificate))


class Kept(http.client.HTTPSConnection):
    """One connection for many pages: a handshake for each takes longer than the answer."""

    def __init__(self, address: str, certificate: Path) -> None:
        super().__init__(webserver.NAME, urlsplit(address).port, context=trusting(certificate))
        self.trusted = certificate

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        self.sock = trusting(self.trusted).wrap_socket(plain, server_hostname=webserver.NAME)

    def get(self, path: str) -> Answer:
        self.request("GET", path, headers={"Host": webserver.NAME})
        answer = self.getresponse()
        found = [(name.lower(), value) for name, value in answer.getheaders()]
        assert len(found) == len(dict(found)), f"a header twice: {found}"
        return Answer(answer.status, dict(found), answer.read())


def serves_the_whole_site(kept: Kept, site: Path, unwanted: set[str]) -> list[str]:
    """What is wrong with the answers for every page, by every address of it, and for every other file."""
    wrong = []
    same = {name.lower(): value for name, value in headers.HEADERS.items()}
    same["content-type"] = "text/html; charset=utf-8"
    for file, policy in site_headers.policies(site).items():
        wanted = {**same, headers.POLICY.lower(): policy}
        for address in headers.addresses(file):
            answer = kept.get(address)
            if (answer.status, answer.body) != (200, (site / file).read_bytes()):
                wrong.append(f"{address}: {answer.status}, or other bytes")
            differ = {name for name in wanted if answer.headers.get(name) != wanted[name]}
            wrong += [f"{address}: {name}" for name in differ | unwanted & set(answer.headers)]
    beside = beside_pages(site)
    assert {".xml", ".js", ".pf_index"} <= {Path(path).suffix for path in beside}
    for path, content in beside.items():
        answer = kept.get(path)
        if (answer.status, answer.body) != (200, content):
            wrong.append(f"{path}: {answer.status}, or other bytes")
        if answer.headers.get("cache-control") != "no-store":
            wrong.append(f"{path}: cache-control")
    return wrong


def parsed(answer: bytes) -> Answer:
    head, _, content = answer.partition(b"\r\n\r\n")
    first, *fields = head.decode("latin-1").split("\r\n")
    found: dict[str, str] = {}
    for field in fields:
        name, _, value = field.partition(": ")
        assert name.lower() not in found, f"{name} twice"
        found[name.lower()] = value
    if found.get("transfer-encoding") == "chunked":
        chunks = b""
        while content:
            size, _, content = content.partition(b"\r\n")
            chunks, content = chunks + content[: int(size, 16)], content[int(size, 16) + 2 :]
        content = chunks
    return Answer(int(first.split()[1]), found, content)


def test_every_page_and_file_is_served_with_every_header(server: webserver.Server, site: Path) -> None:
    kept = Kept(server.web, server.certificate)
    unwanted = {"etag", "last-modified", "set-cookie", "allow", "accept-ranges"}
    with contextlib.closing(kept):
        assert serves_the_whole_site(kept, site, unwanted) == []
        assert kept.get("/").headers["server"] == "nginx"  # no version


def beside_pages(site: Path) -> dict[str, bytes]:
    """What a server must hand out that is no page, such as the index of the search. Address → content."""
    found = [file for file in sorted(site.rglob("*")) if file.is_file()]
    return {
        f"/{file.relative_to(site).as_posix()}": file.read_bytes()
        for file in found
        if file.suffix not in (".html", ".gz", ".br") and not file.name.startswith(".")
    }


@pytest.mark.parametrize("name", ["nginx/site.conf", "caddy/Caddyfile"])
def test_every_kind_of_picture_is_served(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    forms = re.findall(r"^\s*(?:location ~|@served path_regexp) (\S+)", text, re.M)
    for ending in pictures.KINDS:
        assert any(re.fullmatch(form, f"/assets/a-picture{ending}") for form in forms), ending


def test_errors_bear_the_headers_too(server: webserver.Server) -> None:
    for path, method in (("/nowhere/", "GET"), ("/", "POST"), ("/nl", "GET"), ("/sitemap.xml", "GET")):
        answer = get(server, path, method=method)
        missing = {name.lower() for name in (*headers.HEADERS, headers.POLICY)} - set(answer.headers)
        assert not missing, (path, method, missing)


def test_unknown_addresses_are_answered_in_their_language(server: webserver.Server, site: Path) -> None:
    languages = site_headers.not_found(site)
    assert len(languages) > 1
    for locale, file in languages.items():
        for path in ("nowhere/", "nowhere.html", "a/b/c", "x?y=z"):
            answer = get(server, f"/{locale}/{path}" if locale else f"/{path}")
            assert (answer.status, answer.body) == (404, (site / file).read_bytes()), path
            assert re.search(rf"<html[^>]* lang={locale or 'en'}[ >]".encode(), answer.body)


def test_what_was_compressed_ahead_is_served_as_it_is(server: webserver.Server, site: Path) -> None:
    plain = (site / "nl/index.html").read_bytes()
    for encoding, suffix in (("gzip", ".gz"), ("br", ".br")):
        if encoding == "br" and not server.brotli:
            continue
        answer = get(server, "/nl/", Accept_Encoding=encoding)
        assert answer.headers["content-encoding"] == encoding
        assert answer.body == (site / f"nl/index.html{suffix}").read_bytes()
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert len(answer.body) < len(plain) / 2
        lost = get(server, "/nl/nowhere/", Accept_Encoding=encoding)
        assert (lost.status, lost.body) == (404, (site / f"nl/404.html{suffix}").read_bytes())
    if server.brotli:
        assert get(server, "/", Accept_Encoding="gzip, deflate, br").headers["content-encoding"] == "br"
    assert "content-encoding" not in get(server, "/nl/").headers


def test_without_the_brotli_module_gzip_is_served(site: Path, server: webserver.Server) -> None:
    with webserver.nginx(site, brotli=False) as plain:
        assert get(plain, "/", Accept_Encoding="gzip, br").headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "FOO"])
def test_other_methods_are_refused(server: webserver.Server, method: str) -> None:
    for path in ("/", "/nl", "/nowhere/"):
        answer = get(server, path, method, body=b"x=1" if method in ("POST", "PUT") else b"")
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD"), path


def test_head_is_answered_without_a_body(server: webserver.Server) -> None:
    answer = get(server, "/nl/", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")


TRICKS = {
    "/../../etc/passwd": 400,
    "/%2e%2e/%2e%2e/etc/passwd": 400,
    "/..%2f..%2fetc/passwd": 400,
    "/nl/../../../etc/passwd": 400,
    "/%2e%2e%5c%2e%2e%5cetc": 404,
    "/..;/etc/passwd": 404,
    "/%00": 400,
    "/nl/%00.html": 400,
    "//nl/": 404,
    "//example.com/%2f..": 404,
    "/nl//recognise/": 404,
    "/nl%0d%0aSet-Cookie:x=1": 404,
    "/nl/%0d%0aX-Injected:%201": 404,
    "/.git/config": 404,
    "/.htaccess": 404,
    "/nl/.confirmed/index.yml": 404,
    "/mkdocs.yml": 404,
    "/contacts.yml": 404,
    "/nl/interface.yml": 404,
    "/_headers": 404,
    "/index.html.gz": 404,
    "/nl/index.html.br": 404,
    "/index.php": 404,
    "/nl/index.html/": 404,
    "/assets/": 404,
    "/pagefind/": 404,
    "/pagefind/pagefind.js.gz": 404,
    "/nl/pagefind.js": 404,
}


@pytest.mark.parametrize("path", TRICKS)
def test_tricks_with_paths_lead_nowhere(server: webserver.Server, path: str) -> None:
    answer = get(server, path)
    assert answer.status == TRICKS[path]
    assert b"root:" not in answer.body
    assert not {"location", "x-injected", "set-cookie"} & set(answer.headers)


# How people write an address, and where it leads; None: a page in that language says that there is none.
OTHER_LETTERS = {
    "/nl/recognise": "/nl/recognise/",
    "/pt-br/contact/": "/pt-BR/contact/",
    "/PT-BR/CONTACT": "/pt-BR/contact/",
    "/Pt-Br": "/pt-BR/",
    "/NL/": "/nl/",
    "/NL": "/nl/",
    "/Nl/index.html": "/nl/",
    "/Recognise/": "/recognise/",
    "/nl/Professions/Health": "/nl/professions/health/",
    "/uk/Poster/": "/uk/poster/",
    "/pt-br/nowhere/": None,
    "/PT-BR/nowhere.html": None,
    "/NL/assets/none.png": None,
}


def where_letters_lead(get: Callable[[str], Answer], site: Path) -> None:
    """Follow every address of OTHER_LETTERS, and those of a language's pages in capitals."""
    wanted = dict(OTHER_LETTERS)
    for file in site.glob("pt-BR/**/index.html"):
        told = f"/{file.parent.relative_to(site).as_posix()}/"
        wanted[told.upper()] = told
    for path, leads in wanted.items():
        answer = get(path)
        if leads:
            assert (answer.status, answer.headers.get("location")) == (301, leads), path
        else:
            locale = {"pt-br": "pt-BR", "nl": "nl"}[path.split("/")[1].lower()]
            assert (answer.status, answer.body) == (404, (site / locale / "404.html").read_bytes()), path


def test_a_slash_and_other_letters_are_mended(server: webserver.Server, site: Path) -> None:
    with contextlib.closing(Kept(server.web, server.certificate)) as kept:
        where_letters_lead(kept.get, site)
    assert get(server, "/nl/index.html").status == 200


def test_oversized_requests_are_refused(server: webserver.Server) -> None:
    assert get(server, f"/{'a' * 5000}").status == 414
    assert get(server, "/", X_Long="a" * 5000).status == 400
    assert get(server, "/", **{f"X_{number}": "a" * 1000 for number in range(20)}).status == 400
    assert get(server, "/", body=b"a" * 2000).status == 413
    assert get(server, "/", method="POST", body=b"a" * 2_000_000).status == 405
    assert get(server, "/").status == 200


def test_a_range_gets_the_whole(server: webserver.Server) -> None:
    assert get(server, "/", Range="bytes=0-10").status == 200


def test_plain_http_leads_to_tls(server: webserver.Server) -> None:
    answer = ask(server.redirect, request("/nl/"))
    assert b"301" in answer.split(b"\r\n")[0]
    assert b"\r\nLocation: https://example.org/nl/\r\n" in answer


def test_another_name_gets_no_answer(server: webserver.Server) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", urlsplit(server.web).port or 0), timeout=10) as connection,
        pytest.raises(ssl.SSLError),
    ):
        context.wrap_socket(connection, server_hostname="evil.example")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls(server: webserver.Server, version: ssl.TLSVersion) -> None:
    context = ssl.create_default_context(cafile=str(server.certificate))
    context.minimum_version = context.maximum_version = version
    with (
        socket.create_connection(("127.0.0.1", urlsplit(server.web).port or 0), timeout=10) as connection,
        context.wrap_socket(connection, server_hostname=webserver.NAME) as secured,
    ):
        assert secured.version() == version.name.replace("_", ".")


def test_older_tls_is_refused(server: webserver.Server) -> None:
    context = ssl.create_default_context(cafile=str(server.certificate))
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with (
        socket.create_connection(("127.0.0.1", urlsplit(server.web).port or 0), timeout=10) as connection,
        pytest.raises(ssl.SSLError, match="PROTOCOL_VERSION"),
    ):
        context.wrap_socket(connection, server_hostname=webserver.NAME)


def test_the_onion_service_gets_the_same_site(server: webserver.Server, site: Path) -> None:
    asked = request("/nl/").replace(webserver.NAME.encode(), b"abc.onion")
    head, _, body = ask(server.onion, asked).partition(b"\r\n\r\n")
    assert body == (site / "nl/index.html").read_bytes()
    assert headers.HEADERS["Permissions-Policy"].encode() in head
    moved = ask(server.onion, asked.replace(b"/nl/", b"/nl"))
    assert b"\r\nLocation: /nl/\r\n" in moved  # never the name of the other site


OURS = b"quick-exit"
# Asked by another name, by a number or by none, or in words that are none.
STRANGE = {
    "another name": b"GET /nl/recognise/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a number": b"GET /nl/recognise/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "no name": b"GET /nl/recognise/ HTTP/1.0\r\n\r\n",
    "no name where one must be": b"GET /nl/recognise/ HTTP/1.1\r\n\r\n",
    "an empty name": b"GET /nl/recognise/ HTTP/1.1\r\nHost:\r\n\r\n",
    "a name that is none": b"GET /nl/recognise/ HTTP/1.1\r\nHost: a/b\r\n\r\n",
    "the oldest HTTP": b"GET /nl/recognise/\r\n",
    "a newer HTTP": b"GET /nl/recognise/ HTTP/9.9\r\nHost: evil.example\r\n\r\n",
    "no HTTP": b"what is /nl/recognise/ about\r\n\r\n",
    "TLS without TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03/nl/recognise/" + bytes(500),
    "a proxy's": b"GET http://evil.example/nl/recognise/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
    "a long address": b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a long field": b"GET / HTTP/1.1\r\nHost: evil.example\r\nX: " + b"a" * 9000 + b"\r\n\r\n",
    "many fields": b"GET / HTTP/1.1\r\nHost: evil.example\r\n"
    + (b"X: " + b"a" * 999 + b"\r\n") * 40
    + b"\r\n",
}


def answers_to_strangers(ways: Sequence[tuple[str, Path | None, bytes | None]]) -> list[str]:
    """What a server answers to STRANGE words, but for a refusal in one line that names nothing of us.

    In: addresses, each with the certificate to trust, if it is asked over TLS, and how a refusal begins.
    All are asked at once, since a server may wait for more words.
    """

    def told(asked: tuple[str, tuple[str, Path | None, bytes | None]]) -> str:
        what, (address, certificate, refusal) = asked
        answer = ask(address, STRANGE[what], certificate)
        closed = not answer or answer.startswith(b"\x15")  # TLS says so by an alert
        refused = refusal and re.match(refusal, answer) and OURS not in answer
        return "" if closed or refused else f"{what} to {address}: {answer[:60]!r}"

    cases = list(itertools.product(STRANGE, ways))
    with ThreadPoolExecutor(len(cases)) as pool:
        return [line for line in pool.map(told, cases) if line]


def test_nobody_is_answered_by_another_name_or_written_down(server: webserver.Server, site: Path) -> None:
    """nginx as Debian sets it up writes access.log and error.log; nothing of a request comes into either."""
    over_tls = rb"HTTP/1\.1 (400|414|505) "
    ways = [(server.redirect, None, None), (server.web, None, None)]
    assert answers_to_strangers([*ways, (server.web, server.certificate, over_tls)]) == []
    for path in ("/nl/recognise/", "/nowhere/", "/%00", f"/{'a' * 300}.html", f"/{'a' * 5000}"):
        for address, trusted in (
            (server.redirect, None),
            (server.web, server.certificate),
            (server.onion, None),
        ):
            ask(address, request(path), trusted)
    get(server, "/", method="POST", body=b"a" * 5000)
    assert [log.read_text() for log in server.logs] == ["", ""]


def test_a_body_in_pieces_is_refused(server: webserver.Server) -> None:
    answer = ask(server.onion, request("/nl/", Transfer_Encoding="chunked") + b"3e8\r\n" + b"a" * 1000)
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_no_http_2_whose_sites_chromium_keeps_a_list_of(server: webserver.Server) -> None:
    assert protocol(server.web, server.certificate) == "http/1.1"


def protocol(address: str, certificate: Path) -> str | None:
    """What a server chooses of what browsers offer."""
    context = ssl.create_default_context(cafile=str(certificate))
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=10) as connection,
        context.wrap_socket(connection, server_hostname=webserver.NAME) as secured,
    ):
        return secured.selected_alpn_protocol()


# What Debian ships as /etc/nginx/sites-available/default, without its comments.
DEBIAN = """server {
\tlisten 80 default_server;
\tlisten [::]:80 default_server;
\troot /var/www/html;
\tindex index.html index.htm index.nginx-debian.html;
\tserver_name _;
\tlocation / {
\t\ttry_files $uri $uri/ =404;
\t}
}
"""


def test_beside_a_site_that_is_the_default_already(
    site: Path, tmp_path: Path, server: webserver.Server
) -> None:
    """nobody.conf without the lines of its port, as the guide says; else nginx says what the guide quotes."""
    (tmp_path / "default").write_text(DEBIAN)
    with webserver.nginx(site, beside=tmp_path / "default") as running:
        assert get(running, "/nl/").status == 200
        assert b"\r\nLocation: https://example.org/nl/\r\n" in ask(running.redirect, request("/nl/"))
        assert ask(running.web, STRANGE["another name"], running.certificate) == b""
        assert [log.read_text() for log in running.logs] == ["", ""]
    twice = tmp_path / "twice"
    twice.write_text(DEBIAN.replace("listen 80", "listen 443"))
    with (
        pytest.raises(RuntimeError, match="a duplicate default server for"),
        webserver.nginx(site, beside=twice),
    ):
        pass
    assert "a duplicate default server for" in (DEPLOY / "nginx/README.md").read_text(encoding="utf-8")


# In browsers


def test_pages_work_with_the_headers(page: Page, server: webserver.Server) -> None:
    wrong = leaving.complaints(page)
    for path in ("/", "/recognise/", "/ar/recognise/", "/nl/contact/"):
        page.goto(server.onion + path)
        assert page.locator("#quick-exit").is_visible()
    page.goto(server.onion + "/nl/recognise/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.onion)
    page.locator("form.checklist label").first.click()
    page.locator(".answer [data-do=copy]").click()
    expect(page.locator(".answer [role=status]")).to_have_text(
        str(page.locator(".answer [role=status]").get_attribute("data-copied"))
    )
    page.goto(server.onion + "/nl/search/")
    page.fill("#words", "paspoort")
    page.press("#words", "Enter")
    expect(page.locator("ol.results a").first).to_be_visible()
    assert wrong == []


def test_no_other_site_can_frame_a_page(page: Page, server: webserver.Server, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f'<title>Evil</title><iframe src="{server.onion}/nl/"></iframe>')
    with serving(tmp_path) as evil:
        page.goto(evil)
        page.wait_for_timeout(500)
        assert not [frame for frame in page.frames[1:] if frame.query_selector("#quick-exit")]


# What the page for unknown addresses says where a host knows one for all: the language, and the page meant.
LOST = {
    "/pt-br/contact/": ("pt-BR", "/pt-BR/contact/"),
    "/PT-BR/Professions/Health": ("pt-BR", "/pt-BR/professions/health/"),
    "/NL/index.html": ("nl", "/nl/"),
    "/AR": ("ar", "/ar/"),
    "/nl/nowhere/": ("nl", None),
    "/Ar/nowhere.html": ("ar", None),
    "/Recognise/": ("en", "/recognise/"),
    "/nowhere": ("en", None),
    "/nlx/recognise/": ("en", None),
    "/%E0%A4%A/%ff": ("en", None),
    "//evil.example/recognise/": ("en", None),
}


def test_an_unknown_address_is_answered_in_its_language_everywhere(tab: Page, base_url: str) -> None:
    for path, (locale, meant) in LOST.items():
        tab.goto(base_url + path)
        assert tab.title() == tab.locator("h1").inner_text() == words(locale)["not_found_title"], path
        first = tab.locator("article div").first
        assert first.get_attribute("lang") == locale, path
        assert (tab.locator("h1").get_attribute("lang") or "en") == locale
        links = [link.get_attribute("href") for link in first.locator("a:not([href^='tel:'])").all()]
        assert links == [*([meant] if meant else []), f"/{locale}/" if locale != "en" else "/"], path
        titles = [words("en")["not_found_title"]] if locale != "en" else []
        assert tab.locator("h2").all_inner_texts()[: len(titles)] == titles
        if meant:
            first.locator("a").first.click()
            assert tab.url == base_url + meant


# Caddy


@pytest.fixture(scope="module")
def caddy(site: Path) -> Iterator[caddyserver.Caddy]:
    """Caddy with what deploy/ ships, changed in nothing but ports, places and who signs its certificate."""
    try:
        with caddyserver.caddy(site) as running:
            yield running
    except webserver.Missing as missing:
        engines.absent(str(missing))


def through_caddy(
    caddy: caddyserver.Caddy, path: str, method: str = "GET", body: bytes = b"", **more: str
) -> Answer:
    return parsed(ask(caddy.web, request(path, method, body, **more), caddy.certificate))


def test_caddy_serves_every_page_and_file_with_every_header(caddy: caddyserver.Caddy, site: Path) -> None:
    unwanted = {"etag", "last-modified", "server", "set-cookie"}
    with contextlib.closing(Kept(caddy.web, caddy.certificate)) as kept:
        assert serves_the_whole_site(kept, site, unwanted) == []


def test_caddy_refuses_what_nginx_refuses(caddy: caddyserver.Caddy, site: Path) -> None:
    for path, status in TRICKS.items():
        answer = through_caddy(caddy, path)
        assert answer.status in ((status,) if status == 404 else (400, 404)), path
        assert b"root:" not in answer.body
        assert not {"location", "x-injected", "set-cookie"} & set(answer.headers), path
    for method in ("POST", "PUT", "OPTIONS", "TRACE"):
        answer = through_caddy(caddy, "/", method=method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert through_caddy(caddy, "/", X_Long="a" * 20_000).status == 431
    assert through_caddy(caddy, "/", body=b"a" * 2000).status == 413


def test_caddy_mends_a_slash_and_other_letters(caddy: caddyserver.Caddy, site: Path) -> None:
    with contextlib.closing(Kept(caddy.web, caddy.certificate)) as kept:
        where_letters_lead(kept.get, site)
    assert through_caddy(caddy, "/nl/index.html").status == 200


def test_caddy_answers_by_its_name_alone_and_writes_nobody_down(caddy: caddyserver.Caddy) -> None:
    """Words that are no HTTP it refuses in a line of its own."""
    refusal = rb"HTTP/1\.[01] (400|431|505) "
    ways = [(caddy.redirect, None, refusal), (caddy.web, None, refusal)]
    assert answers_to_strangers([*ways, (caddy.web, caddy.certificate, refusal)]) == []
    assert b"\r\nLocation: https://example.org/nl/\r\n" in ask(caddy.redirect, request("/nl/"))
    for path in ("/nl/recognise/", "/nowhere/", "/%00", f"/{'a' * 300}.html"):
        ask(caddy.web, request(path), caddy.certificate)
    written = caddy.written.read_text(encoding="utf-8")
    assert "serving initial configuration" in written
    # What it notes of its own faults depends on its version; each would name the request.
    assert "exclude http.log.error" in (DEPLOY / "caddy/Caddyfile").read_text(encoding="utf-8")
    for trace in ("127.0.0.1", "remote", "recognise", "nowhere", "evil.example", "aaa"):
        assert trace not in written, trace


def test_caddy_speaks_no_protocol_that_chromium_keeps_a_list_of(caddy: caddyserver.Caddy) -> None:
    assert protocol(caddy.web, caddy.certificate) == "http/1.1"
    assert "alt-svc" not in through_caddy(caddy, "/nl/").headers


def test_caddy_reads_no_long_body_in_pieces(caddy: caddyserver.Caddy) -> None:
    """It answers, reads a quarter of a megabyte at most, and closes."""
    start = request("/nl/", Transfer_Encoding="chunked").replace(b"Connection: close\r\n", b"")
    context = ssl.create_default_context(cafile=str(caddy.certificate))
    connection = socket.create_connection(("127.0.0.1", urlsplit(caddy.web).port or 0), timeout=10)
    sent = []
    with context.wrap_socket(connection, server_hostname=webserver.NAME) as secured:
        secured.sendall(start)
        with contextlib.suppress(OSError):
            while len(sent) < 100:
                secured.sendall(b"fffff\r\n" + b"a" * 0xFFFFF + b"\r\n")
                sent.append("a mebibyte")
    assert len(sent) < 20


def test_caddy_answers_in_the_language_and_as_compressed(caddy: caddyserver.Caddy, site: Path) -> None:
    for locale, file in site_headers.not_found(site).items():
        answer = through_caddy(caddy, f"/{locale}/nowhere/" if locale else "/nowhere/")
        assert (answer.status, answer.body) == (404, (site / file).read_bytes())
        assert {name.lower() for name in headers.HEADERS} <= set(answer.headers)
    for encoding, suffix in (("gzip", ".gz"), ("br", ".br")):
        answer = through_caddy(caddy, "/nl/", Accept_Encoding=encoding)
        assert answer.body == (site / f"nl/index.html{suffix}").read_bytes()
        assert answer.headers["content-encoding"] == encoding


# Under load


def test_a_load_run(site: Path, server: webserver.Server, capsys: pytest.CaptureFixture[str]) -> None:
    found = load.measure(site, seconds=1, connections=8)
    with capsys.disabled():
        print(f"\n{found}")
    assert found.errors == 0
    assert found.requests_per_visit == 1
    assert found.visits_per_second > 50
    assert found.memory < 64 * 2**20
    assert found.bytes_per_visit < 16_384


def test_load_without_wrk_counts_errors(server: webserver.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load.shutil, "which", lambda name: None)
    found = load.drive(server.onion, ["/", "/nowhere/"], seconds=0.5, connections=2)
    assert found.tool == "python"
    assert 0 < found.errors < found.requests


def release(folder: Path, policy: str) -> Path:
    """A site that can be told from every other by its pages and by its policy."""
    for name in ("index.html", "404.html", "nl/index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        page = f'<meta http-equiv=Content-Security-Policy content="{policy}">{policy * 2000}'
        (folder / name).write_text(page, encoding="utf-8")
    (folder / "index.html.gz").write_bytes(gzip.compress((folder / "index.html").read_bytes()))
    return folder


@pytest.mark.parametrize("server_of", [webserver.nginx, caddyserver.caddy], ids=["nginx", "caddy"])
def test_a_swap_under_load_loses_nobody_and_shows_no_half_of_a_site(
    server_of: Callable[[Path], Any], tmp_path: Path
) -> None:
    """Each visitor gets a page of one build with the policy of the same; after the last swap, the new one."""
    sites = [release(tmp_path / name, f"default-src '{name}'") for name in ("none", "self")]
    builds = [visits.build(site) for site in sites]
    try:
        with server_of(sites[0]) as running:
            found = visits.steady(
                running.web, running.certificate, builds, rate=100, seconds=3.2, every=0.5,
                swap=lambda time: running.swap(sites[time % 2]),
            )  # fmt: skip
            running.swap(sites[1])
            time.sleep(0.5)
            last = visits.steady(running.web, running.certificate, builds[1:], rate=20, seconds=0.2)
    except webserver.Missing as missing:
        engines.absent(str(missing))
    assert (found.lost, found.wrong) == (0, 0)
    assert found.asked > 250
    assert found.swaps >= 2
    assert (last.lost, last.wrong) == (0, 0)
    with pytest.raises(ValueError, match="at most"):
        visits.steady(running.web, running.certificate, builds, rate=10_000, seconds=1)


@pytest.mark.parametrize(
    "bad", [{"address": "http://example.org"}, {"seconds": 3600}, {"connections": 10_000}, {"paths": []}]
)
def test_load_is_bounded(bad: dict[str, object]) -> None:
    given = {"address": "http://127.0.0.1:1", "paths": ["/"], "seconds": 1, "connections": 1, **bad}
    with pytest.raises(ValueError, match=r"only a server|at most"):
        load.drive(**given)  # type: ignore[arg-type]


def test_the_first_view_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("style.css", "a/app.js"):
        (tmp_path / name).write_text("")
    (tmp_path / "a/index.html").write_text(
        '<link rel="stylesheet" href="../style.css"><link rel=stylesheet href="https://x.example/y.css">'
        '<link rel=canonical href="/"><script src=app.js></script><script src="../style.css"></script>'
        "<img src=no.png>"
    )
    assert load.first_view(tmp_path, "a/index.html") == ["/a/", "/style.css", "/a/app.js"]
