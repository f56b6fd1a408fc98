"""Promise 5: other open tabs of the site leave too. Tabs that are restored stay left."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from reader import Reader, until
from selenium.common.exceptions import WebDriverException
from servers import Servers
from test_history import check_history

import engines


def test_other_tabs_leave(reader: Reader) -> None:
    """Two more tabs, one of them in another language and one that isn't the site's."""
    browser = reader.driver
    reader.open("/")
    reader.follow("/recognise/")
    tabs = [browser.current_window_handle]
    for path in ("/nl/contact/", "/about/"):
        reader.new_tab()
        reader.open(path)
        tabs.append(browser.current_window_handle)
    reader.new_tab()
    elsewhere = reader.copy.destination + "/elsewhere"
    reader.go(elsewhere)
    foreign = browser.current_window_handle
    browser.switch_to.window(tabs[1])
    reader.leave()
    for tab in tabs:
        browser.switch_to.window(tab)
        reader.arrives()
        for _ in range(3):
            reader.back()
    assert reader.copy.frames_after_exit() == []
    browser.switch_to.window(foreign)
    assert browser.current_url == elsewhere


@pytest.mark.only("firefox")
def test_a_closed_tab_reopened(reader: Reader) -> None:
    """Closed after the exit and brought back by the browser's Reopen Closed Tab."""
    reader.enter()
    reader.follow("/recognise/")
    reader.leave()
    reopen_tab(reader)
    reader.arrives()
    for _ in range(4):
        reader.back()
    assert reader.copy.frames_after_exit() == []


@pytest.mark.only("chromium")
def test_a_restarted_browser(engine: str, left_site: Path, tmp_path: Path) -> None:
    """The browser is closed after an exit and started again with the tabs of last time.

    The tab that left shows nothing of the site. In another, ticks do not come back (promise 10), and the exit
    leaves no title (4), although Chromium has lost the entries' keys.
    """
    profile = f"--user-data-dir={tmp_path}"
    with Servers(left_site) as copy:
        with engines.driving(engine, profile) as driver:
            reader = Reader(driver, engine, copy)
            reader.enter()
            reader.follow("/recognise/")
            reader.leave()
            reader.new_tab()
            reader.open("/nl/")
            reader.follow("/nl/recognise/")
            reader.tick()
            time.sleep(1)  # until the browser has written down its tabs
            close_browser(reader)
        with engines.driving(engine, profile, "--restore-last-session") as driver:
            again = Reader(driver, engine, copy)
            find_tab(again, copy.destination)
            for _ in range(4):
                again.back()
            frames = copy.frames_after_exit()
            assert [frame for frame in frames if "/nl/" not in frame["url"]] == []
            find_tab(again, copy.site + "/nl/recognise/")
            assert until(again.sees_page)
            assert again.ticked() == 0
            again.leave()
            check_history(again)


def reopen_tab(reader: Reader) -> None:
    """Close the tab, and have Firefox bring it back."""
    browser = reader.driver
    browser.close()
    browser.switch_to.window(browser.window_handles[0])
    known = set(browser.window_handles)
    with browser.context("chrome"):  # type: ignore[attr-defined]
        reader.script("SessionStore.undoCloseTab(window, 0)")
    assert until(lambda: len(set(browser.window_handles) - known) == 1)
    browser.switch_to.window((set(browser.window_handles) - known).pop())


def close_browser(reader: Reader) -> None:
    """Close Chromium as its owner would; a driver that quits would end it before it has saved the tabs."""
    with contextlib.suppress(WebDriverException):
        reader.driver.execute_cdp_cmd("Browser.close", {})  # type: ignore[attr-defined]


def find_tab(reader: Reader, address: str) -> None:
    """Go to the tab that shows an address."""

    def found() -> bool:
        for tab in reader.driver.window_handles:
            reader.driver.switch_to.window(tab)
            if reader.driver.current_url.startswith(address):
                return True
        return False

    assert until(found), f"no tab shows {address}"
