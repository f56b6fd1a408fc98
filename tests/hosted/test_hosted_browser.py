"""The hosted editor in a browser, beside a code host on this computer: a text becomes a proposal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from codehost import REPOSITORY, TOKEN, CodeHost, running
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from safepage.checks.looks import barriers
from safepage.hosted import command
from serving import Handler, serving
from small import Small, small_site

pytestmark = pytest.mark.xdist_group("editor")
NL, AR = "docs/nl/recognise.md", "docs/ar/recognise.md"
SOURCE = "The signs below are alarm bells"


@dataclass
class Open:
    """An editor, its code host, and a tab that notes whom it asks and what it complains of."""

    host: CodeHost
    address: str
    page: Page
    hosts: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)

    def sign_in(self, token: str = TOKEN) -> None:
        self.page.get_by_label("Your token").fill(token)
        self.page.get_by_role("button", name="Begin").click()

    def go(self, path: str) -> None:
        self.page.evaluate("hash => { location.hash = hash }", f"#/{path}")

    def paragraph(self, source: str = SOURCE) -> Locator:
        return self.page.locator(".edit-row").filter(has_text=source).get_by_role("textbox")

    def send(self, says: str) -> None:
        self.page.get_by_role("button", name="Send the proposal").click()
        outcome = self.page.locator(".outcome[role=alert]")
        expect(outcome).to_contain_text(says)
        expect(outcome).to_be_focused()

    @property
    def main(self) -> dict[str, bytes]:
        return self.host.branches["main"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return small_site(tmp_path_factory.mktemp("hosted") / "site")


@contextmanager
def opened(
    small: Small, kind: str, browser: Browser, files: dict[str, bytes] | None = None
) -> Iterator[Open]:
    docs = {
        path.relative_to(small.root).as_posix(): path.read_bytes()
        for path in sorted((small.root / "docs").rglob("*.*"))
        if path.is_file()
    }
    output = small.root.parent / kind

    class WithHeaders(Handler):
        def end_headers(self) -> None:
            for line in (output / "_headers").read_text(encoding="utf-8").splitlines()[1:]:
                name, _, value = line.strip().partition(": ")
                self.send_header(name, value)
            super().end_headers()

    with running(CodeHost(kind, {"main": {**docs, **(files or {})}})) as host:
        command.write(small.root, output, kind, REPOSITORY, None, host.api)
        with serving(output, WithHeaders) as address, browser.new_context(color_scheme="light") as context:
            page = context.new_page()
            page.set_default_timeout(20_000)
            editor = Open(host, address, page)

            def note(message: ConsoleMessage) -> None:
                if message.type == "error" and "status of 4" not in message.text:
                    editor.told.append(message.text)

            context.on("request", lambda request: editor.hosts.add(urlsplit(request.url).netloc))
            page.on("console", note)
            page.on("pageerror", lambda error: editor.told.append(str(error)))
            page.goto(f"{address}/")
            yield editor
            assert editor.told == []
            assert editor.hosts <= {urlsplit(address).netloc, urlsplit(host.address).netloc}
            kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
            assert kept == [0, 0, ""]
            assert not [asked for asked in host.asked if asked.startswith(("DELETE", "PATCH"))]


@pytest.mark.parametrize(
    ("kind", "path", "name", "words"),
    [
        ("github", NL, "Nederlands", " Ook dit telt."),
        ("gitlab", AR, "العربية", " وهذا مهم أيضًا."),
        ("forgejo", NL, "Nederlands", " Ook dit telt."),
    ],
)
def test_a_paragraph_beside_its_source_becomes_a_proposal(
    small: Small, browser: Browser, kind: str, path: str, name: str, words: str
) -> None:
    """Of the file nothing else changes, whatever ends its lines; what is published stays as it was."""
    before = (small.root / path).read_bytes().replace(b"\n", b"\r\n").rstrip()
    with opened(small, kind, browser, {path: before}) as editor:
        page, main = editor.page, dict(editor.main)
        editor.sign_in("wrong")
        expect(page.get_by_role("alert")).to_contain_text("does not know this token")
        editor.sign_in()
        page.get_by_role("link", name=name).click()
        page.locator(f'a[href="#/file/{path}"]').click()
        field = editor.paragraph()
        assert field.evaluate("field => getComputedStyle(field).direction") == (
            "rtl" if path == AR else "ltr"
        )
        old = field.input_value()
        editor.send("Nothing is different")
        field.fill(old + " {{ nobody.phone }}")
        expect(page.locator(".told li")).to_contain_text("{{nobody.phone}} is not in the source")
        field.fill(old + words)
        expect(page.locator(".told li")).to_have_count(0)
        page.get_by_label("What did you change?").fill("One sentence more")
        editor.send("Sent.")
        [proposal] = editor.host.proposals
        assert re.fullmatch(rf"edit/{path[5:7]}-recognise-[0-9a-f]{{8}}", proposal["branch"])
        assert proposal["title"] == "One sentence more"
        now = editor.host.branches[proposal["branch"]]
        assert now.pop(path).replace(words.encode(), b"", 1) == before
        assert {**now, path: before} == editor.main == main

        # A proposal is told of, and can be gone on with.
        now[path] = before + words.encode()
        page.reload()
        editor.sign_in()
        page.get_by_role("link", name="go on with it").click()
        expect(page.locator(".outcome:not([role])")).to_contain_text("changing a proposal")
        editor.paragraph().fill(old + words * 2)
        editor.send("Sent.")
        assert editor.host.branches[proposal["branch"]][path].count(words.encode()) == 3
        assert len(editor.host.proposals) == 1
        assert editor.main == main


def test_who_is_second_is_told_and_loses_nothing(small: Small, browser: Browser) -> None:
    """Also who left the file with something typed, and came back when it had changed."""
    with opened(small, "forgejo", browser) as editor:
        editor.sign_in()
        editor.go(f"file/{NL}")
        typed = editor.paragraph().input_value() + " Van mij."
        editor.paragraph().fill(typed)
        editor.go("nl")
        expect(editor.page.get_by_role("heading", name="Nederlands")).to_be_focused()
        editor.main[NL] += b"\nVan een ander.\n"
        editor.go(f"file/{NL}")
        editor.send("somebody has changed this file")
        expect(editor.page.locator(".now")).to_contain_text("Van een ander.")
        expect(editor.paragraph()).to_have_value(typed)
        assert list(editor.host.branches) == ["main"]
        assert editor.host.proposals == []
        editor.send("Sent.")
        [proposal] = editor.host.proposals
        assert typed in editor.host.branches[proposal["branch"]][NL].decode()


def test_what_nobody_touched_stays_byte_for_byte(small: Small, browser: Browser) -> None:
    """Whatever ends the lines of a file; and a paragraph more or less takes nothing else with it."""
    with opened(small, "github", browser) as editor:
        cases = [
            (raw, source, typed, raw.replace(old, new))
            for raw in (
                "A\n\nB\n",
                "A\r\n\r\nB\r\n",
                "A\n\r\nB",
                "\ufeffA\n\n \n\nB\n\n\n",
                "A\r\r\rB\r\n\r\n",
            )
            for source in ("A\n\nB", "A\n\n- B", "A")
            for old, new, typed in (
                ("", "", ["B", "B"]),
                ("B", "Ç ج", ["B", "Ç ج"]),
                ("A", "AA", ["A", "AA"]),
            )
        ]
        wrong = editor.page.evaluate(
            """async cases => {
                const { decode, encode, joined, rows, shown, written } = await import("/text.js");
                return cases.filter(([raw, source, [old, now], expected]) => {
                    const parts = rows(shown(decode(encode(raw))), source);
                    const typed = joined(parts, parts.map(part => part.text.replace(old, now)));
                    return written(raw, typed) !== expected;
                });
            }""",
            cases,
        )
        assert wrong == []


def test_no_other_branch_project_or_file_is_written_to(small: Small, browser: Browser) -> None:
    """Not what an address says, and not what a script in the page would ask: the policy names one project."""
    with opened(small, "github", browser) as editor:
        editor.host.may_write = False
        editor.sign_in()
        expect(editor.page.get_by_role("alert")).to_contain_text("may read")
        editor.host.may_write = True
        editor.sign_in()
        expect(editor.page.get_by_text("anna on GitHub")).to_be_visible()
        editor.go(f"file/{NL}@main")
        editor.paragraph().fill("Anders.")
        editor.send("Sent.")
        assert b"Anders." not in editor.main[NL]
        editor.go("file/docs/nl/.confirmed/recognise.yml")
        expect(editor.page.get_by_role("heading", name="What would you like")).to_be_visible()
        asked = len(editor.host.asked)
        ask = "async path => { try { await fetch(path); return true } catch { return false } }"
        for path in ("/api/repos/our-name/other", "/api/repos/our-name/site2/pulls", "/elsewhere"):
            assert not editor.page.evaluate(ask, editor.host.address + path), path
        assert len(editor.host.asked) == asked
        assert any("Content Security Policy" in line for line in editor.told)
        editor.told.clear()


def test_no_barrier_in_the_views_of_the_hosted_editor(small: Small, browser: Browser) -> None:
    with opened(small, "github", browser) as editor:

        def look(view: str) -> None:
            assert barriers(editor.page, ((1280, "light"), (320, "dark"))) == [], view
            assert editor.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view

        look("sign in")
        editor.sign_in()
        for view, ready in (
            ("", "Contacts"),
            ("ar", "Words of the frame"),
            (f"file/{AR}", "Undo all"),
            ("file/docs/contacts.yml", "Undo all"),
        ):
            editor.go(view)
            expect(editor.page.get_by_text(ready).first).to_be_visible()
            look(view)
