"""A page forbids everything but itself. That it asks for nothing and keeps nothing: test_looks.py;
that browsers don't by themselves: test_background.py."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser

from pages import EXTRA, PAGES, At, on_every_page, parsed
from serving import Handler, serving

asked: list[str] = []


@on_every_page([*PAGES, *EXTRA])
def test_nothing_may_run_or_load_but_the_page_itself(site: Path, at: At) -> None:
    """The page forbids what it does not hold, and tells no other site where the reader came from."""
    html = parsed(site, at)
    policy = html.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert allowed["default-src"] == "'none'"
    assert "'unsafe-" not in policy  # the search page's 'wasm-unsafe-eval' lets no script in
    assert ":" not in policy.replace("data:", "")
    assert html.css_first("meta[name=referrer]").attributes["content"] == "no-referrer"
    assert (html.css_first("link[rel=icon]").attributes["href"] or "").startswith("data:")
    assert {link.attributes["rel"] for link in html.css("link")} <= {"canonical", "alternate", "icon"}
    for node in html.css("[src], [srcset], [style]"):
        assert (node.attributes.get("src") or "").startswith("data:"), node.html


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


@on_every_page([*PAGES, *EXTRA])
def test_browsers_look_for_nothing_in_a_page(site: Path, at: At) -> None:
    """No field that could be kept or filled in, no look-up of the hosts behind links, no digits as links."""
    html = parsed(site, at)
    assert "<textarea" not in str(html.html)  # nor in a template, which holds what scripts show
    assert html.css("[contenteditable], main [name]") == []
    for form in html.css("form"):
        assert form.attributes["autocomplete"] == "off"
        assert not set(form.attributes) & {"method", "target", "enctype"}
    meta = {
        node.attributes.get("name") or node.attributes.get("http-equiv"): node for node in html.css("meta")
    }
    detected = dict(
        part.split("=") for part in str(meta["format-detection"].attributes["content"]).split(",")
    )
    assert detected == dict.fromkeys(("telephone", "date", "address", "email", "unit"), "no")
