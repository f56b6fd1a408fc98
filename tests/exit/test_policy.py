"""The page's own policy: nothing that isn't ours runs, and no address of ours is told."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from reader import Reader
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selenium.webdriver.remote.webdriver import WebDriver
from servers import Servers

SMUGGLED = {
    "script": "<script>(window.ran = window.ran || []).push('script')</script>",
    "script from our host": '<script src="/smuggled.js"></script>',
    "handler": '<img src="/none.png" onerror="(window.ran = window.ran || []).push(\'handler\')" alt="">',
    "handler on the body": "<svg onload=\"(window.ran = window.ran || []).push('svg')\"></svg>",
    "address": '<a id="smuggled" href="javascript:(window.ran = window.ran || []).push(\'address\')">x</a>',
    "frame": "<iframe srcdoc=\"<script>(parent.ran = parent.ran || []).push('frame')</script>\"></iframe>",
    "style": "<style>h1 { display: none }</style>",
    "style attribute": '<div style="position:fixed;inset:0;background:#000" id="styled"></div>',
}
BASE = '<base href="http://127.0.0.1:9/">'


def test_every_page_has_the_policy(left_site: Path) -> None:
    """Strict, without unsafe words, first in the head; it names each script of the page by its hash."""
    for file in sorted(left_site.rglob("*.html")):
        html = file.read_text("utf-8")
        page = HTMLParser(html)
        metas = page.css("meta[http-equiv=Content-Security-Policy]")
        assert len(metas) == 1, file
        policy = str(metas[0].attributes["content"])
        assert "default-src 'none'" in policy, file
        assert not re.search(r"'unsafe-(inline|eval|hashes)'|[*]|http", policy), file
        for part in ("base-uri 'none'", "form-action 'none'"):
            assert part in policy, file
        scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
        assert html.count("<script") == len(scripts), file
        for text in scripts:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy, file
        assert html.index("Content-Security-Policy") < html.index("<script>"), file
        assert page.css_first("meta[name=referrer]").attributes["content"] == "no-referrer", file
        assert not re.search(
            r"<[^>]+\s(?:on\w+|style)=", re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
        ), file


@pytest.mark.any_tab
def test_what_is_smuggled_in_does_not_run(reader: Reader) -> None:
    """As if a host, an extension or a fault of the gate had put it there."""
    # Beside the heading, so that it is parsed as any content of a page would be.
    reader.copy.smuggle = lambda html: html.replace("</h1>", "</h1>" + "".join(SMUGGLED.values()), 1)
    reader.open("/recognise/")
    reader.script('document.getElementById("smuggled").click()')
    reader.copy.quiet()
    assert reader.script("return window.ran") is None
    assert reader.sees_page(), "no style hides the heading"
    style = 'return getComputedStyle(document.getElementById("styled")).position'
    assert reader.script(style) == "static"
    assert not any(request.path == "/smuggled.js" for request in reader.copy.asked)
    reader.copy.smuggle = lambda html: html.replace("</h1>", f"</h1>{BASE}", 1)
    reader.open("/recognise/?base")
    assert reader.script("return document.baseURI").startswith(reader.copy.site)


@pytest.mark.any_tab
def test_the_policy_is_what_stops_it(reader: Reader) -> None:
    """The same script in a page whose policy names it does run: the test above sees what it should."""
    reader.copy.change = lambda html: html.replace("</h1>", f"</h1>{SMUGGLED['script']}", 1)
    reader.open("/recognise/")
    assert reader.script("return window.ran") == ["script"]


def test_the_page_works_under_its_policy(engine: str, driver: WebDriver, left_site: Path) -> None:
    """Served untouched, without the probe: no script of ours is refused."""
    with Servers(left_site, probe=False) as copy:
        reader = Reader(driver, engine, copy)
        reader.new_tab()
        reader.open("/recognise/")
        assert reader.script("return typeof quickExit") == "function"
        reader.leave()
        driver.close()
        driver.switch_to.window(driver.window_handles[0])
