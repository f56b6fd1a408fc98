"""Promises 2, 8, 11, 12: the page goes first, readers are told and can come back, and nobody else is told."""

from __future__ import annotations

import time
from contextlib import nullcontext

import pytest
from reader import Reader, until
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.mouse_button import MouseButton
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import engines

# --- Promise 2


@pytest.mark.any_tab
def test_the_page_goes_in_the_same_task(reader: Reader) -> None:
    """Content and title, before any navigation can have begun.

    Promise 12: an alert that was there from the start, empty, then says in the page's language what happens.
    """
    reader.open("/nl/recognise/")
    words = [reader.words("leaving"), reader.words("title")]
    before, after = reader.script(
        """
        const status = document.getElementById("exit-status");
        const before = [status.getAttribute("role"), status.textContent, status.isConnected];
        document.getElementById("quick-exit").click();
        return [before, {
          heading: !!document.querySelector("h1"), text: document.body.innerText.trim(),
          title: document.title,
          said: status.isConnected && status.textContent, lang: document.documentElement.lang,
          rendered: status.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}),
        }];
        """
    )
    assert before == ["alert", "", True]
    leaving, title = words
    seen = {"heading": False, "text": leaving, "title": title}
    assert after == {**seen, "said": leaving, "lang": "nl", "rendered": True}


@pytest.mark.any_tab
def test_every_button_and_key_leaves_here(reader: Reader) -> None:
    """The middle button and Ctrl would open the destination in a new tab, and the page would stay in view."""
    # In WebKit a button that went down on a page that is gone stays down for good: a browser of its own.
    own_browser = engines.driving("webkit") if reader.engine == "webkit" else nullcontext(reader.driver)
    with own_browser as driver:
        driver.set_page_load_timeout(4)
        own = Reader(driver, reader.engine, reader.copy)
        tabs = len(driver.window_handles)
        for press in (middle_button, with_control):
            own.open("/recognise/")
            press(own)
            own.arrives()
            assert len(driver.window_handles) == tabs


def middle_button(reader: Reader) -> None:
    hand = ActionBuilder(reader.driver)
    hand.pointer_action.move_to(reader.driver.find_element(By.ID, "quick-exit"))
    hand.pointer_action.pointer_down(MouseButton.MIDDLE)
    hand.pointer_action.pointer_up(MouseButton.MIDDLE)
    reader.patiently(hand.perform)


def with_control(reader: Reader) -> None:
    link = reader.driver.find_element(By.ID, "quick-exit")
    hand = ActionChains(reader.driver, duration=0)
    reader.patiently(hand.key_down(Keys.CONTROL).click(link).key_up(Keys.CONTROL).perform)


@pytest.mark.any_tab
@pytest.mark.parametrize("trouble", ["hang", "refuse", "refuse everything"])
def test_the_page_is_gone_when_nothing_answers(reader: Reader, trouble: str) -> None:
    """The destination hangs or refuses, or no server can be reached at all."""
    reader.open("/")
    reader.follow("/recognise/")
    neutral = reader.words("title")
    reader.copy.away = trouble.split()[0]
    if trouble == "refuse everything":
        reader.copy.mode = "refuse"
    reader.press_itself()
    # Without asking the browser, whose driver would wait for the page that hangs.
    assert until(lambda: reader.copy.left, 20), "the destination is not asked for"
    reader.copy.quiet(0.5)
    reader.copy.release()
    assert reader.copy.frames_after_exit() == []
    assert reader.copy.titles_after_exit() <= {neutral}


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
        for _ in range(3):
            time.sleep(0.4)
            assert not reader.patiently(
                lambda: reader.script("return document.title.includes('trafficking')")
            )
            assert not reader.driver.find_elements(By.ID, "quick-exit")
            reader.patiently(reader.driver.back)
    finally:
        if reader.engine == "chromium":
            reader.driver.execute_cdp_cmd(  # type: ignore[attr-defined]
                "Network.emulateNetworkConditions", {**network, "offline": False}
            )
        else:
            with reader.driver.context("chrome"):  # type: ignore[attr-defined]
                reader.script("Services.io.offline = false")


# --- Promise 8


@pytest.mark.any_tab
def test_coming_back_on_purpose(reader: Reader) -> None:
    """By a typed address (the same page, another one), by a link of another site, in a new tab."""
    reader.open("/")
    reader.follow("/recognise/")
    reader.leave()
    reader.open("/recognise/")
    reader.leave()
    reader.open("/advice/")
    reader.reload()
    reader.leave()
    reader.enter()
    reader.leave()
    reader.new_tab()
    reader.open("/")
    time.sleep(0.5)
    assert reader.sees_page(), "the exit of a moment ago doesn't reach a page that is opened after it"


# --- Promise 11

# Links that have a browser reach another computer ahead of time.
HINTS = (
    "return [...document.querySelectorAll('link')].map((l) => l.rel).filter((rel) => /^pre|^dns/.test(rel))"
)


@pytest.mark.any_tab
def test_the_destination_is_told_nothing(reader: Reader) -> None:
    """No referrer, no pop-up, and the destination is asked by the exit alone."""
    reader.open("/")
    reader.follow("/recognise/")
    tabs = len(reader.driver.window_handles)
    assert reader.copy.left == []
    assert reader.script(HINTS) == [], "no policy stops these"
    destination = reader.script("return document.getElementById('quick-exit').pathname")
    reader.leave()
    assert len(reader.driver.window_handles) == tabs
    assert {request.path for request in reader.copy.left} <= {destination, "/favicon.ico"}
    told = [request.headers for request in reader.copy.left]
    assert told
    assert not any("referer" in headers or "cookie" in headers for headers in told)
    assert reader.script("return document.referrer + window.name + (window.opener || '')") == ""


# --- Promise 12


@pytest.mark.any_tab
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
