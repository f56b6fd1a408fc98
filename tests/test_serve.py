"""The live server: what is saved is on screen within a second, and a fault never takes the site away."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from environment import ROOT
from running import COMMAND, environment_of
from safepage import rebuilding, serve, watching
from safepage.translations import catalogue
from small import small_site

# The rules for the page's security policy


def policy_of(page: bytes) -> str:
    meta = re.search(rb'<meta[^>]*http-equiv[^>]*content="([^"]*)"', page)
    assert meta
    return meta[1].decode()


@pytest.mark.parametrize(
    ("before", "script_src", "connect_src"),
    [
        ("default-src 'none'", "script-src {hash}", "connect-src 'self'"),
        ("default-src 'self'; script-src 'sha256-x='", "script-src 'sha256-x=' {hash}", "connect-src 'self'"),
        ("script-src 'none'; connect-src 'none'", "script-src {hash}", "connect-src 'self'"),
        (
            "script-src 'unsafe-inline'; connect-src 'self'",
            "script-src 'unsafe-inline'",
            "connect-src 'self'",
        ),
    ],
)
def test_the_policy_allows_the_reloading_script_and_nothing_more(
    before: str, script_src: str, connect_src: str
) -> None:
    page = f'<meta http-equiv=Content-Security-Policy content="{before}"><p>x'.encode()
    script = b"reload()"
    allowed = policy_of(serve.allow_script(page, script)).split("; ")
    digest = f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
    assert script_src.format(hash=digest) in allowed
    assert connect_src in allowed
    assert {part.split()[0] for part in before.split("; ")} <= {part.split()[0] for part in allowed}


@pytest.mark.parametrize("meta", [
    b"<meta content='default-src x' http-equiv='content-security-policy'>",
    b'<META HTTP-EQUIV="Content-Security-Policy" CONTENT="default-src &#39;none&#39;" />',
])  # fmt: skip
def test_the_policy_is_found_however_it_is_written(meta: bytes) -> None:
    assert b"script-src" in serve.allow_script(b"<head>" + meta + b"</head>", b"x")


def test_a_page_without_a_policy_stays_as_it_is() -> None:
    assert serve.allow_script(b"<p>x", b"x") == b"<p>x"


@pytest.mark.parametrize(
    "name", ["docs/en/.index.md.swp", "docs/en/index.md~", "scripts/__pycache__/x.pyc", "docs/4913", "a.md"]
)
def test_what_editors_leave_behind_builds_nothing(name: str) -> None:
    assert not watching.makes_the_site(name)


@pytest.mark.parametrize("name", ["docs/en/index.md", "docs/nl/.confirmed/index.yml", "mkdocs.yml"])
def test_what_makes_the_site_builds_it(name: str) -> None:
    assert watching.makes_the_site(name)


@pytest.mark.parametrize(
    ("saved", "language"),
    [
        ({"docs/en/about.md"}, "en"),
        ({"docs/nl/about.md", "docs/nl/interface.yml"}, "nl"),
        ({"docs/nl/about.md", "docs/en/about.md"}, None),
        ({"docs/contacts.yml"}, None),
        ({"docs/assets/a.svg"}, None),
        ({"docs/nl/about.md", "overrides/base.html"}, None),
        (set(), None),
    ],
)
def test_a_save_in_one_language_builds_that_one_first(saved: set[str], language: str | None) -> None:
    assert rebuilding.language_of(saved, ROOT) == language


@pytest.mark.parametrize(
    ("address", "language", "page"),
    [
        ("/", "en", "index"),
        ("/about/", "en", "about"),
        ("/nl/", "nl", "index"),
        ("/ar/what-to-do/", "ar", "what-to-do"),
        ("/xx/", "en", "xx"),
        ("//", "en", "index"),
        ("/review/nl/about/", "nl", "about"),
    ],
)
def test_the_page_looked_at_is_built_first(address: str, language: str, page: str) -> None:
    assert rebuilding.page_at(address, catalogue.read(ROOT)) == (
        language,
        {page, f"{page}/index"} if page != "index" else {page},
    )


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("docs/nl/about.md", "about"),
        ("docs/nl/.confirmed/about.yml", "about"),
        ("docs/nl/interface.yml", None),
        ("mkdocs.yml", None),
    ],
)
def test_so_is_the_page_that_was_saved(name: str, page: str | None) -> None:
    assert rebuilding.page_of(name) == page


# A server in a small project


def project(folder: Path) -> Path:
    """A small project of its own, whose theme may be changed too."""
    small_site(folder)
    if (folder / "overrides").is_symlink():
        (folder / "overrides").unlink()
        shutil.copytree(ROOT / "overrides", folder / "overrides")
    return folder


class Served:
    """`serve` in a project, with what it prints."""

    def __init__(self, root: Path, *words: str) -> None:
        self.root = root
        command = [*COMMAND, "serve", *words]
        env = environment_of(root, PYTHONUNBUFFERED="1")
        self.log = root / "serve.txt"
        with self.log.open("w") as log:
            self.child = subprocess.Popen(command, cwd=root, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            self.address = self.wait(r"Serving (http://\S+/)")
        except BaseException:
            self.stop()
            raise

    def wait(self, pattern: str, seconds: float = 90) -> str:
        """The first group of the first line printed that fits."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = re.search(pattern, self.log.read_text(encoding="utf-8"))
            if found:
                return found[found.re.groups]
            if self.child.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"{pattern!r} is not in:\n{self.log.read_text(encoding='utf-8')}")

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a page."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def stop(self) -> int:
        """Press Ctrl-C; the exit code. A server that does not heed it is killed, and its exit code tells."""
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        try:
            return self.child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.child.kill()
            return self.child.wait()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = project(tmp_path_factory.mktemp("served") / "project")
    server = Served(root, "--port", "0")
    yield server
    server.stop()


@pytest.fixture
def about(served: Served) -> Iterator[Path]:
    """A page to change; put back afterwards."""
    path = served.root / "docs" / "en" / "about.md"
    text = path.read_text(encoding="utf-8")
    yield path
    path.write_text(text, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.xdist_group("serve")
def test_a_save_is_on_screen_by_itself(served: Served, about: Path, page: Page) -> None:
    """How soon is measured by `manage.py measure`, on a machine that does nothing else."""
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(served.address + "about/")
    expect(page.locator("main")).not_to_contain_text("Saved just now")
    # The browser must be waiting for news, which it does from its load event on.
    page.wait_for_timeout(300)
    about.write_text(about.read_text(encoding="utf-8") + "\nSaved just now.\n", encoding="utf-8")
    expect(page.locator("main")).to_contain_text("Saved just now", timeout=30_000)
    assert problems == []


@pytest.mark.slow
@pytest.mark.xdist_group("serve")
def test_a_style_is_on_screen_at_once_in_the_language_looked_at(served: Served, page: Page) -> None:
    """And the other languages follow, one by one."""
    style = served.root / "overrides/style/type.css"
    other = next((served.root / ".cache").glob("serve-*")) / "nl" / "about" / "index.html"
    page.goto(served.address + "ar/about/")
    page.wait_for_timeout(300)
    style.write_text(style.read_text(encoding="utf-8") + "\nh1 { color: rgb(1, 2, 3) }\n", encoding="utf-8")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)", timeout=30_000)
    deadline = time.monotonic() + 60
    while not other.is_file() or "#010203" not in other.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.xdist_group("serve")
def test_a_faulty_save_is_told_and_the_last_good_site_stays(served: Served, about: Path) -> None:
    good = about.read_text(encoding="utf-8")
    assert served.get("about/")[0] == 200
    about.write_text(good + "\nA good line.\n\nCall {{ no.such.number }}.\n", encoding="utf-8")
    served.wait(r"docs/en/about\.md:(\d+): error: [^\n]*no\.such\.number")
    served.wait("the last good site is still shown")
    status, body = served.get("about/")
    assert status == 200
    assert "A good line" not in body
    said = served.log.read_text(encoding="utf-8")
    assert "Traceback" not in said
    about.write_text(good + "\n\nCall {{ no.such.number }}.\n", encoding="utf-8")  # and it is told again
    served.wait(r"(?s)(docs/en/about\.md:\d+: error.*){2}")
    about.write_text(good + "\nA mended line.\n", encoding="utf-8")
    deadline = time.monotonic() + 10
    while "A mended line" not in served.get("about/")[1]:
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.xdist_group("serve")
def test_the_other_languages_follow_a_save(served: Served, about: Path) -> None:
    page = next((served.root / ".cache").glob("serve-*")) / "nl" / "about" / "index.html"
    assert served.get("nl/about/")[0] == 200
    before = page.stat().st_mtime_ns
    about.write_text(about.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    deadline = time.monotonic() + 60
    while not page.is_file() or page.stat().st_mtime_ns == before:
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.xdist_group("serve")
def test_what_is_taken_away_goes_and_settings_are_followed(served: Served) -> None:
    """One language after the other, so that no save waits behind them all."""
    settings, page = served.root / "mkdocs.yml", served.root / "docs/nl/first-words.md"
    before, text = settings.read_text(encoding="utf-8"), page.read_text(encoding="utf-8")
    seen(served, "nl/first-words/", "lang=nl")
    try:
        settings.write_text(before.replace("name: Nederlands", "name: Vlaams"), encoding="utf-8")
        seen(served, "nl/", "Vlaams")
        page.unlink()
        seen(served, "nl/first-words/", ">First words</h1>")
        settings.write_text(before.replace("العربية, build: true", "العربية, build: false"), encoding="utf-8")
        deadline = time.monotonic() + 60
        while served.get("ar/about/")[0] != 404:
            assert time.monotonic() < deadline, served.log.read_text()[-5000:]
            time.sleep(0.1)
    finally:
        settings.write_text(before, encoding="utf-8")
        page.write_text(text, encoding="utf-8")
    seen(served, "ar/about/", "lang=ar")


@pytest.mark.slow
@pytest.mark.xdist_group("serve")
def test_a_review_is_as_the_files_are_and_tells_what_is_wrong_with_them(served: Served) -> None:
    """From the page that it is of one gets there; nothing of it is written."""
    text = served.root / "docs/nl/about.md"
    good = text.read_text(encoding="utf-8")
    try:
        assert "../../review/nl/about/" in served.get("nl/about/")[1]
        status, body = served.get("review/nl/about/")
        assert status == 200
        assert "livereload" in body
        assert re.search(r"; script-src 'sha256-[^ ']+'; connect-src 'self';", body)
        text.write_text(good.replace("ze bewaart niets.", "ze vergeet alles."), encoding="utf-8")
        seen(served, "review/nl/about/", "ze vergeet alles.")
        text.write_text(f"{good}\nBel 02 511 64 64.\n", encoding="utf-8")
        seen(served, "review/nl/about/", "the phone number “02 511 64 64” is written out")
        text.write_text(good, encoding="utf-8")
        seen(served, "review/nl/about/", "ze bewaart niets.", but="is written out")
    finally:
        text.write_text(good, encoding="utf-8")
    assert [served.get(f"review/{page}")[0] for page in ("xx/about/", "nl/no-such/", "")] == [404] * 3
    # `rglob` fails where a folder goes meanwhile, as those of builds do.
    assert not [top for top, _, _ in os.walk(served.root) if Path(top).match("review/nl")]


def seen(served: Served, address: str, words: str, but: str = "nothing of the kind") -> None:
    """Wait until a page says something, and no more what it said."""
    deadline = time.monotonic() + 60
    while words not in (body := served.get(address)[1]) or but in body:
        assert time.monotonic() < deadline, body
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.xdist_group("serve")
def test_unknown_addresses_get_the_sites_own_page(served: Served) -> None:
    status, body = served.get("no/such/page")
    assert status == 404
    assert "quick-exit" in body
    assert not (served.root / "site").exists()


@pytest.mark.slow
@pytest.mark.xdist_group("serve")
def test_a_taken_port_is_one_line(served: Served) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [*COMMAND, "serve", "--port", port]
        env = environment_of(served.root)
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 1
    assert done.stdout + done.stderr == f"serve: port {port} is taken. Choose another with --port N\n"


@pytest.mark.slow
@pytest.mark.xdist_group("serve")
def test_a_site_that_never_built_says_why_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    page = root / "docs" / "en" / "index.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\nCall {{ no.such.number }}.\n", encoding="utf-8")
    server = Served(root, "--port", "0", "--language", "en")
    try:
        status, body = server.get("")
        assert status == 404
        assert "no.such.number" in body
        page.write_text(text, encoding="utf-8")
        server.wait("Built in")
        assert server.get("about/")[0] == 200
    finally:
        code = server.stop()
    assert code == 0 or os.name == "nt"
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
    assert not list((root / ".cache").glob("serve-*"))


@pytest.mark.slow
@pytest.mark.xdist_group("serve")
def test_one_language_is_shown_at_the_address_that_is_printed(tmp_path: Path) -> None:
    """And an address of another language says why it is not there; a fault keeps this one."""
    root = project(tmp_path / "project")
    server = Served(root, "--port", "0", "--language", "nl")
    try:
        assert server.address.endswith("/nl/")
        assert server.get("")[0] == 200
        server.address = server.address.removesuffix("nl/")
        status, body = server.get("")
        assert status == 200
        assert "lang=nl>" in body
        status, body = server.get("ar/")
        assert status == 404
        assert "--language" in body
        assert server.get("nl/about/")[0] == 200
        page = root / "docs" / "nl" / "about.md"
        page.write_text(page.read_text(encoding="utf-8") + "\nBel {{ no.such }}.\n", encoding="utf-8")
        server.wait("the last good site is still shown")
        assert server.get("nl/about/")[0] == 200
    finally:
        server.stop()
