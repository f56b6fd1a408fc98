"""A short walk through a copy of the site that ends with the exit, in a real browser."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

EXIT = re.compile(r'(<a\b[^>]*?href=)"?https://[^ ">]+"?(?=[^>]*\bid="?quick-exit)')
AWAY = "<!doctype html><title>Forecast</title><p>Sun"
_SEEN = """
const style = getComputedStyle(document.documentElement);
const dark = style.visibility === "hidden" || style.opacity === "0";
return [location.href, document.title, dark || !document.body ? "" : document.body.innerText.trim()];
"""


def copy(site: Path, folder: Path, destination: str, without: Iterable[str] = ()) -> Path:
    """A copy of a built site whose exit leads to `destination`, without compressed files and some folders."""
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("*.gz", "*.br", "pagefind", *without))
    for file in folder.rglob("*.html"):
        text, number = EXIT.subn(rf'\1"{destination}"', file.read_text(encoding="utf-8"))
        assert number == 1, file
        file.write_text(text, encoding="utf-8", newline="\n")
    return folder


def complaints(page: Page) -> list[str]:
    """What the page's scripts and its console complain of from now on; grows."""
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def walk_and_leave(driver: WebDriver, start: str) -> None:
    """From the front page to the signs, on to Dutch, tick one, and leave."""
    driver.get(start)
    _click(driver, "main a[href*=recognise]")
    _wait(driver, lambda: "/recognise/" in driver.current_url)
    _click(driver, ".languages summary")
    _click(driver, ".languages a[lang=nl]")
    _wait(driver, lambda: "/nl/recognise/" in driver.current_url)
    assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "nl"
    _click(driver, "#quick-exit")
    _wait(driver, lambda: driver.title == "Forecast")


def assert_never_seen_again(driver: WebDriver, site: str) -> None:
    """Back and Forward, more often than there are pages: nothing of the site is ever readable."""
    for go in [driver.back] * 5 + [driver.forward] * 3:
        go()
        for _ in range(5):
            address, title, text = seen(driver)
            assert not (address.startswith(site) and text), (address, title, text[:80])
            time.sleep(0.1)


def seen(driver: WebDriver) -> tuple[str, str, str]:
    """The address, the title and the text that can be read; all "" while a page is changing."""
    try:
        found: Any = driver.execute_script(_SEEN)
        return found[0], found[1], found[2]
    except Exception:
        return "", "", ""


def _click(driver: WebDriver, selector: str) -> None:
    element = driver.find_element(By.CSS_SELECTOR, selector)
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def _wait(driver: WebDriver, done: Callable[[], bool]) -> None:
    WebDriverWait(driver, 20, 0.1).until(lambda _: done())
    state = "return document.readyState"
    WebDriverWait(driver, 20, 0.1).until(lambda _: driver.execute_script(state) == "complete")
