"""Promise 1: an ordinary link on every page, which leaves whatever happens to the scripts."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from reader import Reader, case, until
from selectolax.lexbor import LexborHTMLParser
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from servers import first, no_scripts

GUARD = re.compile(r"<script>(?:(?!</script>).)*quickExit=.*?</script>", re.DOTALL)


def pages(site: Path) -> list[tuple[str, LexborHTMLParser]]:
    return [
        (str(file.relative_to(site)), LexborHTMLParser(file.read_text("utf-8")))
        for file in sorted(site.rglob("*.html"))
    ]


def test_every_page_has_the_link(left_site: Path) -> None:
    """An ordinary link in the first HTML of every page, 404 too, with all that its scripts need."""
    for name, page in pages(left_site):
        links = page.css("#quick-exit")
        assert len(links) == 1, name
        link = links[0].attributes
        assert links[0].tag == "a", name
        assert str(link["href"]).startswith("https://"), name
        assert set(str(link["rel"]).split()) >= {"noreferrer", "nofollow"}, name
        assert "target" not in link, name
        practice = ["practice"] if page.css("a[href$='#practice']") else []
        assert all(link.get(f"data-{words}") for words in ("title", "leaving", "home", *practice)), name
        assert links[0].text(strip=True), name


def test_nothing_comes_before_the_exit(left_site: Path) -> None:
    """The guard is the first script of every page, before its title. The link stands before all that is read
    on the page but the two skip links, so what has arrived of a page is never without it."""
    for file in sorted(left_site.rglob("*.html")):
        html = file.read_text("utf-8")
        scripts = re.findall(r"<script>.*?</script>", html, re.DOTALL)
        assert GUARD.fullmatch(scripts[0]), file
        assert html.index(scripts[0]) < html.index("<title>"), file
        before = LexborHTMLParser(html.split("id=quick-exit")[0])
        assert len(before.css(".skip > a")) == len(before.css("body a")) == 2, file
        words = [link.text(strip=True) for link in before.css(".skip > a")]
        assert "".join(before.body.text().split()) == "".join("".join(words).split()), file


def test_the_guard_is_light(left_site: Path) -> None:
    """What it adds to a page on the wire: less than 1.9 kB (gzip)."""
    html = (left_site / "what-to-do" / "index.html").read_text("utf-8")
    without = no_guard(html)
    assert without != html
    assert len(gzip.compress(html.encode(), 9)) - len(gzip.compress(without.encode(), 9)) < 1900


def test_the_icon_is_always_neutral(left_site: Path) -> None:
    """An empty icon: there is nothing to hide, and none is asked for."""
    for name, page in pages(left_site):
        assert [icon.attributes["href"] for icon in page.css("link[rel~=icon]")] == ["data:,"], name


def no_guard(html: str) -> str:
    return GUARD.sub("", html)


FAILING = {
    "no guard": no_guard,
    "the guard throws": lambda html: GUARD.sub("<script>throw new Error()</script>", html),
    "leaving throws": lambda html: html.replace("leave=()=>{", "leave=()=>{throw 1;"),
    "clearing throws": first("Node.prototype.cloneNode = () => {throw 1}"),
    "all others throw": lambda html: re.sub(r"(?<=<script>)(?!try)", "throw 1;", html),
}


@pytest.mark.any_tab
def test_the_link_leaves_when_a_script_fails(reader: Reader) -> None:
    faults: list[str] = []
    for number, (failing, change) in enumerate(FAILING.items()):
        with case(faults, failing):
            reader.copy.change = change
            reader.open(f"/recognise/?{number}")
            reader.leave()
    assert not faults, "\n\n".join(faults)


@pytest.mark.any_tab
def test_shift_leaves_when_a_script_fails(reader: Reader) -> None:
    """Keys have no link to fall back to."""
    faults: list[str] = []
    for number, failing in enumerate(("leaving throws", "clearing throws", "all others throw")):
        with case(faults, failing):
            reader.copy.change = FAILING[failing]
            reader.open(f"/recognise/?{number}")
            reader.keys(*[Keys.LEFT_SHIFT] * 3)
            reader.arrives()
    assert not faults, "\n\n".join(faults)


@pytest.mark.any_tab
def test_the_link_leaves_when_scripts_are_refused(reader: Reader) -> None:
    """Scripts that the policy refuses: the page without JavaScript, in each engine."""
    reader.copy.smuggle = no_scripts
    reader.open("/recognise/")
    reader.leave()
    assert reader.copy.reports == [], "no script ran"


@pytest.mark.only("chromium", "firefox")
def test_the_link_leaves_with_javascript_off(reader: Reader) -> None:
    """JavaScript switched off in the browser. WebKit's driver has no such switch."""
    browser = reader.driver
    if reader.engine == "chromium":
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})  # type: ignore[attr-defined]
    else:
        with browser.context("chrome"):  # type: ignore[attr-defined]
            reader.script("Services.prefs.setBoolPref('javascript.enabled', false)")
    try:
        reader.go(reader.copy.site + "/recognise/")
        assert browser.find_element(By.TAG_NAME, "h1").is_displayed()
        reader.press_exit()
        assert until(lambda: browser.current_url.startswith(reader.copy.destination))
    finally:
        if reader.engine == "firefox":
            with browser.context("chrome"):  # type: ignore[attr-defined]
                reader.script("Services.prefs.clearUserPref('javascript.enabled')")
    assert reader.copy.reports == [], "no script ran"
