"""What is typed goes nowhere. What a page may ask for and keep: safepage/checks/test_policy.py and
test_visits.py; what browsers do by themselves: test_background.py."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser

from safepage.checks import test_visits
from safepage.checks.pages import Built, Project
from safepage.checks.serving import Handler, serving
from safepage.checks.visiting import Visitor

# What a page would have to do to be found out, in the last or in the first of several.
KEEPS = """async () => {
    localStorage.setItem("one", 1); sessionStorage.setItem("two", 1); document.cookie = "three=1; path=/";
    await caches.open("four"); window.name = "five";
    await new Promise((done) => { indexedDB.open("six").onsuccess = done; });
}"""
FORGETS = """async () => {
    localStorage.clear(); sessionStorage.clear(); document.cookie = "three=; path=/; max-age=0";
    await caches.delete("four"); window.name = "";
    await new Promise((done) => { indexedDB.deleteDatabase("six").onsuccess = done; });
}"""

asked: list[str] = []


class Bare(Handler):
    """Pages with their hidden forms shown and, below /old/, without the policy, as old browsers take them."""

    def do_GET(self) -> None:
        asked.append(self.path)
        old, self.path = self.path.startswith("/old/"), self.path.removeprefix("/old")
        file = Path(self.directory) / self.path[1:].partition("?")[0] / "index.html"
        html = file.read_bytes() if file.is_file() else b"nothing here"
        html = re.sub(rb"(<form[^>]*) hidden", rb"\1", html)
        html = html.replace(b"http-equiv=Content-Security-Policy", b"", old)
        self.send_response(200)
        self.send_header("Content-type", "text/html")
        self.send_header("Content-Length", str(len(html)))
        self.end_headers()
        self.wfile.write(html)


def test_what_a_page_keeps_is_told_after_the_last_one(
    visitor: Visitor, project: Project, pages: list[Built]
) -> None:
    """The visits look at the stores once for all pages of a language: nothing may be gone by then."""

    def look(visitor: Visitor, page: Built) -> list[str]:
        visitor.open(page, test_visits.DESKTOP)
        if page is few[0]:
            visitor.page.evaluate(KEEPS)
        return []

    few = [page for page in pages if page.locale == project.source][:2]
    try:
        told = test_visits.faults(visitor, few, look)
    finally:
        visitor.page.evaluate(FORGETS)
    assert set(re.findall(r"silence: keeps (\w+)", told)) >= {"one", "two", "three", "four", "six"}, told
    assert not visitor.kept()


def test_without_scripts_what_is_typed_goes_nowhere(browser: Browser, site: Path) -> None:
    """Enter in a field sends nothing; where a browser heeds no policy, not a word of what was typed."""
    with (
        serving(site, Bare) as address,
        browser.new_context(base_url=address, java_script_enabled=False) as context,
    ):
        page = context.new_page()
        for start in ("/find-centre/", "/search/", "/old/find-centre/", "/old/search/"):
            page.goto(start)
            asked.clear()
            field = page.locator("main input:not([type=checkbox])")
            field.fill("8370")
            field.focus()
            page.keyboard.press("Enter")
            page.wait_for_timeout(100)
            assert "8370" not in page.url + " ".join(asked)
            if not start.startswith("/old/"):
                assert (page.url, asked) == (address + start, [])
