"""What is typed goes nowhere. What a page may ask for and keep: safepage/checks/test_policy.py and
test_visits.py; what browsers do by themselves: test_background.py."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser

from safepage.checks.serving import Handler, serving

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
