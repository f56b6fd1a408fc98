"""Promises 1, 2, 8, 11 and 12: the link always leaves, the page goes first, and coming back on purpose works."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from reader import Reader, until
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from servers import Servers
from servers import no_scripts as refuse_scripts

import engines

GUARD = re.compile(r"<script>(?:(?!</script>).)*quickExit=.*?</script>", re.DOTALL)
EXIT = re.compile(r"<script>(?:(?!</script>).)*BroadcastChannel.*?</script>", re.DOTALL)


def pages(site: Path) -> list[tuple[str, HTMLParser]]:
    return [
        (str(file.relative_to(site)), HTMLParser(file.read_text("utf-8")))
        for file in sorted(site.rglob("*.html"))
    ]


# --- Promise 1


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
        assert all(link.get(f"data-{words}") for words in ("title", "leaving", "practice")), name
        assert links[0].text(strip=True), name


def test_the_guard_comes_first(left_site: Path) -> None:
    """The guard is the first script of every page, before its title and its content; the exit is the last."""
    for file in sorted(left_site.rglob("*.html")):
        html = file.read_text("utf-8")
        scripts = re.findall(r"<script>.*?</script>", html, re.DOTALL)
        assert GUARD.fullmatch(scripts[0]), file
        assert EXIT.fullmatch(scripts[-1]), file
        assert html.index(scripts[0]) < html.index("<title>"), file
        assert html.index(scripts[-1]) > html.index("id=quick-exit"), file


def test_the_icon_is_always_neutral(left_site: Path) -> None:
    """An empty icon: there is nothing to hide, and none is asked for."""
    for name, page in pages(left_site):
        assert [icon.attributes["href"] for icon in page.css("link[rel~=icon]")] == ["data:,"], name


def no_guard(html: str) -> str:
    return GUARD.sub("", html)


def no_exit(html: str) -> str:
    return EXIT.sub("", html)


def no_scripts(html: str) -> str:
    return no_exit(no_guard(html))


def guard_throws(html: str) -> str:
    return GUARD.sub("<script>throw new Error()</script>", html)


def exit_throws(html: str) -> str:
    return html.replace(
        "<script>",
        "<script>Object.defineProperty(window,'quickExit',{get(){throw 1},set(){}})</script><script>",
        1,
    )


def page_cannot_be_cleared(html: str) -> str:
    return html.replace(
        "<script>", "<script>document.createDocumentFragment=()=>{throw 1}</script><script>", 1
    )


@pytest.mark.parametrize(
    "failing",
    [no_guard, no_exit, no_scripts, guard_throws, exit_throws, page_cannot_be_cleared],
    ids=lambda failing: failing.__name__,
)
def test_the_link_leaves_when_a_script_fails(reader: Reader, failing: Callable[[str], str]) -> None:
    reader.copy.change = failing
    reader.open("/recognise/")
    reader.leave()


def test_the_link_leaves_when_scripts_are_refused(reader: Reader) -> None:
    """Scripts that the policy refuses: the page without JavaScript, in each engine."""
    reader.copy.smuggle = refuse_scripts
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


# --- Promise 2


def test_the_page_goes_in_the_same_task(reader: Reader) -> None:
    """Content and title, before any navigation can have begun."""
    reader.open("/recognise/")
    heading, left, title, address = reader.script(
        """
        const before = location.href;
        document.getElementById("quick-exit").click();
        return [!!document.querySelector("h1"), document.body.innerText, document.title, location.href === before];
        """
    )
    assert not heading
    assert left.strip() == "You are leaving this site."
    assert title == "Weather"


@pytest.mark.parametrize("trouble", ["hang", "refuse", "refuse everything"])
def test_the_page_is_gone_when_nothing_answers(reader: Reader, trouble: str) -> None:
    """The destination hangs or refuses, or no server can be reached at all."""
    reader.open("/")
    reader.copy.away = trouble.split()[0]
    reader.go(reader.copy.site + "/recognise/?press")
    if trouble == "refuse everything":
        reader.copy.mode = "refuse"
    assert wait_for(lambda: any(report["kind"] == "exit" for report in reader.copy.reports))
    time.sleep(2)
    reader.copy.release()
    assert reader.copy.frames_after_exit() == []
    assert reader.copy.titles_after_exit() <= {"Weather"}


@pytest.mark.only("chromium", "firefox")
def test_the_page_is_gone_offline(reader: Reader) -> None:
    """The browser says that it is offline. WebKit's driver has no such switch."""
    reader.open("/")
    reader.follow("/recognise/")
    network = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    if reader.engine == "chromium":
        reader.driver.execute_cdp_cmd("Network.enable", {})  # type: ignore[attr-defined]
        reader.driver.execute_cdp_cmd("Network.emulateNetworkConditions", network)  # type: ignore[attr-defined]
    else:
        with reader.driver.context("chrome"):  # type: ignore[attr-defined]
            reader.script("Services.io.offline = true")
    try:
        # Reports can't be sent now, so the page looks for itself.
        assert reader.script("return navigator.onLine") is False
        gone = reader.script(
            'document.getElementById("quick-exit").click(); return !document.querySelector("h1")'
        )
        assert gone
        time.sleep(1.5)
        for _ in range(3):
            assert not reader.patiently(
                lambda: reader.script("return document.title.includes('trafficking')")
            )
            assert not reader.driver.find_elements(By.ID, "quick-exit")
            reader.patiently(reader.driver.back)
            time.sleep(0.5)
    finally:
        if reader.engine == "chromium":
            reader.driver.execute_cdp_cmd(  # type: ignore[attr-defined]
                "Network.emulateNetworkConditions", {**network, "offline": False}
            )
        else:
            with reader.driver.context("chrome"):  # type: ignore[attr-defined]
                reader.script("Services.io.offline = false")


def wait_for(true: Callable[[], bool]) -> bool:
    """As `until`, but longer, and without asking the browser, whose driver would wait for the page that hangs."""
    return until(true, 10)


# --- Promise 8


def test_coming_back_on_purpose(reader: Reader) -> None:
    """By a typed address (the same page, another one), by a link of another site, in a new tab."""
    reader.open("/")
    reader.follow("/recognise/")
    reader.leave()
    reader.open("/recognise/")
    reader.leave()
    reader.open("/advice/")
    reader.reload()
    assert until(reader.sees_page)
    reader.leave()
    reader.enter()
    reader.leave()
    reader.driver.switch_to.new_window("tab")
    reader.open("/")


# --- Promise 11


def test_the_destination_is_told_nothing(reader: Reader) -> None:
    """No referrer, no pop-up, and the destination is asked by the exit alone."""
    reader.open("/")
    reader.follow("/recognise/")
    tabs = len(reader.driver.window_handles)
    assert reader.copy.left == []
    reader.leave()
    assert len(reader.driver.window_handles) == tabs
    assert {request.path for request in reader.copy.left} <= {"/en", "/favicon.ico"}
    told = [request.headers for request in reader.copy.left]
    assert told
    assert not any("referer" in headers or "cookie" in headers for headers in told)
    assert reader.script("return document.referrer + window.name + (window.opener || '')") == ""


# --- Promise 12


def test_a_screen_reader_is_told(reader: Reader) -> None:
    """An alert that was there from the start, empty, says in the page's language that the reader is leaving."""
    reader.open("/nl/recognise/")
    status = 'const status = document.getElementById("exit-status");'
    before = reader.script(
        status + "return [status.getAttribute('role'), status.textContent, status.isConnected]"
    )
    assert before == ["alert", "", True]
    said, lang, hidden = reader.script(
        status
        + """
        document.getElementById("quick-exit").click();
        return [status.isConnected && status.textContent, document.documentElement.lang,
                !status.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) || !!status.closest("[aria-hidden]")];
        """
    )
    assert said == "U verlaat deze site."
    assert lang == "nl"
    assert not hidden


def test_the_way_to_the_exit_by_keyboard(reader: Reader) -> None:
    """One of the first two links skips to the exit, which then has the focus; Enter leaves."""
    reader.open("/recognise/")
    first = reader.script(
        'return [...document.querySelectorAll("a[href], button, summary, input")].slice(0, 2)'
        '.map((element) => element.getAttribute("href"))'
    )
    assert "#quick-exit" in first
    reader.script("document.querySelector(\"a[href='#quick-exit']\").focus()")
    reader.keys(Keys.ENTER)
    at_exit = 'return document.activeElement.id === "quick-exit" || location.hash === "#quick-exit"'
    assert until(lambda: reader.script(at_exit))
    if not reader.script('return document.activeElement.id === "quick-exit"'):
        reader.keys(Keys.TAB)  # engines that only move the starting point of the tab order
    reader.keys(Keys.ENTER)
    reader.arrives()


# --- Bad conditions


def without(*names: str) -> Callable[[str], str]:
    """Pages in a browser that lacks something of `window`."""
    lines = "".join(f'Object.defineProperty(window,"{name}",{{value:undefined}});' for name in names)
    return lambda html: html.replace("<script>", f"<script>{lines}</script><script>", 1)


def storage_throws(html: str) -> str:
    blocked = (
        'Object.defineProperty(window,"sessionStorage",{get(){throw new DOMException("","SecurityError")}})'
    )
    return html.replace("<script>", f"<script>{blocked}</script><script>", 1)


def history_throws(html: str) -> str:
    return html.replace("<script>", "<script>history.replaceState=()=>{throw 1}</script><script>", 1)


def no_entries(html: str) -> str:
    return html.replace("<script>", "<script>performance.getEntriesByType=()=>[]</script><script>", 1)


def all_missing(html: str) -> str:
    return storage_throws(no_entries(without("navigation", "BroadcastChannel")(html)))


CONDITIONS = {
    "no Navigation API": without("navigation"),
    "no BroadcastChannel": without("BroadcastChannel"),
    "no performance entries": no_entries,
    "storage throws": storage_throws,
    "history throws": history_throws,
    "all missing": all_missing,
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_bad_conditions(reader: Reader, condition: str) -> None:
    """It leaves, nothing is seen again, and coming back works, whatever the browser lacks.

    Where it has neither the Navigation API nor storage, it still leaves; then Back shows the earlier pages.
    """
    reader.copy.change = CONDITIONS[condition]
    reader.open("/")
    reader.follow("/recognise/")
    reader.leave()
    if condition != "all missing":
        for _ in range(4):
            reader.back()
        for _ in range(3):
            reader.forward()
        assert reader.copy.frames_after_exit() == []
    reader.open("/recognise/")


@pytest.mark.only("chromium")
def test_with_cookies_blocked_in_chromium(engine: str, left_site: Path, tmp_path: Path) -> None:
    """As the browser's own setting does it: touching session storage throws. WebKit's driver has no such switch."""
    preferences = tmp_path / "Default" / "Preferences"
    preferences.parent.mkdir()
    preferences.write_text('{"profile":{"default_content_setting_values":{"cookies":2}}}')
    leaves_without_storage(engines.chromium(f"--user-data-dir={tmp_path}"), engine, left_site)


@pytest.mark.only("firefox")
@pytest.mark.parametrize("phone", [False, True], ids=["computer", "phone"])
def test_with_cookies_blocked_in_firefox(engine: str, phone: bool, left_site: Path) -> None:
    """The same; on phones, Firefox keeps pages in its cache that it doesn't keep on computers."""
    keeps = {"docshell.shistory.bfcache.allow_unload_listeners": phone}
    driver = engines.firefox(**{"network.cookie.cookieBehavior": 2}, **keeps)
    leaves_without_storage(driver, engine, left_site)


def leaves_without_storage(driver: WebDriver, engine: str, site: Path) -> None:
    try:
        with Servers(site) as copy:
            reader = Reader(driver, engine, copy)
            reader.open("/")
            thrown = reader.script("try { sessionStorage.length } catch (error) { return error.name }")
            assert thrown == "SecurityError"
            reader.follow("/recognise/")
            reader.leave()
            for _ in range(4):
                reader.back()
            assert copy.frames_after_exit() == []
            reader.open("/recognise/")
    finally:
        driver.quit()


def test_opened_from_a_file(reader: Reader, left_site: Path, tmp_path: Path) -> None:
    """A page that was saved, or a built site on a disk."""
    file = tmp_path / "index.html"
    file.write_text(
        reader.copy.page((left_site / "recognise" / "index.html").read_text("utf-8"), "/"), "utf-8"
    )
    reader.go(file.as_uri())
    reader.leave()
