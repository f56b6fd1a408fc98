"""A reader at a real browser: opens, follows links, goes back and forward, presses the exit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from servers import Servers

SEEN = """
const seen = (e) => !!e && e.getClientRects().length > 0
  && e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
return [location.href, seen(document.querySelector("h1"))];
"""
# More often than a tab has entries, but for the one with many anchors.
TIMES = 7
# Whether it is the very same page as before.
PLACE = "return [location.href, performance.timeOrigin, history.length]"


def until(true: Callable[[], Any], seconds: float = 15.0) -> bool:
    """Wait for something to become true; False if it didn't in that time.

    It asks ever less often: each question to a browser costs as much as some frames.
    """
    end, pause = time.monotonic() + seconds, 0.02
    while True:
        try:
            if true():
                return True
        except WebDriverException:
            pass
        if time.monotonic() > end:
            return False
        time.sleep(pause)
        pause = min(1.5 * pause, 0.1)


@contextmanager
def case(faults: list[str], name: str) -> Iterator[None]:
    """One row of a table: a fault in it is noted, and the next row is tried all the same."""
    try:
        yield
    except (AssertionError, WebDriverException) as error:
        faults.append(f"{name}: {error}")


class Reader:
    """One tab of one engine, at one copy of the site."""

    def __init__(self, driver: WebDriver, engine: str, copy: Servers) -> None:
        self.driver = driver
        self.engine = engine
        self.copy = copy

    def new_tab(self) -> None:
        """Go to a new tab; in WebKit a window, since its driver's new tabs stay in the background, unseen."""
        self.driver.switch_to.new_window("window" if self.engine == "webkit" else "tab")

    def words(self, name: str) -> str:
        """What the exit's link of this page says for one of `title`, `leaving` and `practice`."""
        return str(self.script("return document.getElementById('quick-exit').dataset[arguments[0]]", name))

    def open(self, path: str) -> None:
        """Type an address of the site."""
        self.go(self.copy.site + path)
        assert until(self.sees_page), f"{path} is not shown"

    def go(self, address: str) -> None:
        """Type any address."""
        self.patiently(lambda: self.driver.get(address))

    def begin(self, path: str) -> str:
        """Begin to load a page of the site in a new tab and turn away: drivers wait for a page that loads.

        Out: the tab, to be turned to when it has loaded.
        """
        here = self.driver.current_window_handle
        self.new_tab()
        tab = self.driver.current_window_handle
        asked = len(self.copy.asked)
        self.script(f"setTimeout(() => location.assign({self.copy.site + path!r}), 200)")
        self.driver.switch_to.window(here)
        assert until(lambda: len(self.copy.asked) > asked), f"{path} is not asked for"
        time.sleep(0.2)
        return tab

    def patiently(self, act: Callable[[], Any]) -> Any:
        """Drivers wait for the page to load; a page that hangs is no fault here."""
        try:
            return act()
        except TimeoutException:
            return None
        except WebDriverException as error:
            if any(
                word in str(error) for word in ("imeout", "ERR_", "about:neterror", "nnection", "aborted")
            ):
                return None
            raise

    def follow(self, path: str) -> None:
        """Follow the first link to a path of the site."""
        self.script("[...document.links].find((a) => a.pathname + a.hash === arguments[0]).click()", path)
        self.shows(path)
        self.loaded()

    def shows(self, path: str) -> None:
        """Wait until a path of the site is shown."""
        address = self.copy.site + path
        assert until(lambda: self.script(SEEN) == [address, True]), f"{path} is not shown"

    def enter(self) -> None:
        """Come to the site by a link of another site."""
        self.go(self.copy.destination + "/start")
        assert until(lambda: self.driver.find_element(By.ID, "in"))
        self.patiently(self.driver.find_element(By.ID, "in").click)
        assert until(self.sees_page)
        self.loaded()

    def script(self, source: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(source, *arguments)

    def loaded(self) -> None:
        """Wait until the page has loaded."""
        assert until(lambda: self.script("return document.readyState") == "complete")

    def sees_page(self) -> bool:
        """Whether the heading of a page of the site can be seen now."""
        address, seen = self.script(SEEN)
        return bool(address.startswith(self.copy.site) and seen)

    def tick(self) -> None:
        """Tick three signs."""
        for box in self.driver.find_elements(By.CSS_SELECTOR, "input[type=checkbox]")[:3]:
            self.script("arguments[0].click()", box)
        assert self.ticked() == 3

    def ticked(self) -> int:
        """How many signs are ticked."""
        boxes = 'return [...document.querySelectorAll("input")].filter((box) => box.checked).length'
        return int(self.script(boxes))

    def leave(self) -> None:
        """Press the exit, and wait for the destination."""
        self.press_exit()
        self.arrives()

    def press_exit(self) -> None:
        """Press the exit as a hand would."""
        self.patiently(self.driver.find_element(By.ID, "quick-exit").click)

    def press_itself(self) -> None:
        """Have the page press its exit in a moment: drivers would wait for what then hangs."""
        self.script("setTimeout(() => document.getElementById('quick-exit').click(), 100)")

    def arrives(self, seconds: float = 15.0) -> None:
        """Wait for the destination."""
        there = self.copy.destination + "/"
        assert until(lambda: self.driver.current_url.startswith(there), seconds), self.driver.current_url
        until(lambda: self.script("return document.readyState") == "complete", 1)

    def back(self) -> None:
        """Press Back, and let whatever then happens settle."""
        self.patiently(self.driver.back)
        self.settle()

    def back_to(self, path: str) -> None:
        """Press Back to a page of the site that is then shown."""
        self.patiently(self.driver.back)
        self.shows(path)
        self.loaded()

    def reload(self) -> None:
        """Press Reload on a page of the site that is then shown."""
        self.patiently(self.driver.refresh)
        assert until(self.sees_page)
        self.loaded()

    def back_and_forward(self) -> None:
        """Press Back to the tab's first entry and once more, then Forward to the last and once more.

        At most seven times each: there is no end where a page that was left goes on anew.
        """
        ends = 1 if self.history() else 2  # without a history that can be read, the end is seen twice
        at = self.place()
        for act in (self.driver.back, self.driver.forward):
            unmoved = 0
            for _ in range(TIMES):
                self.patiently(act)
                self.settle()
                before, at = at, self.place()
                unmoved = unmoved + 1 if at == before else 0
                if unmoved == ends:
                    break

    def place(self) -> object:
        """Where the tab is in its history, and in which page; a new object where nothing tells."""
        try:
            return self.history(), self.script(PLACE)
        except WebDriverException:
            return object()

    def settle(self, seconds: float = 1.5) -> None:
        """Wait until the tab is not on the site, or stays there."""
        time.sleep(0.06)
        until(lambda: not self.driver.current_url.startswith(self.copy.site), seconds)

    @contextmanager
    def preferring(self, preferences: dict[str, bool | int]) -> Iterator[None]:
        """Firefox with other settings meanwhile."""

        def tell(source: str, *arguments: object) -> None:
            with self.driver.context("chrome"):  # type: ignore[attr-defined]
                self.script(source, *arguments)

        for name, value in preferences.items():
            kind = "Bool" if isinstance(value, bool) else "Int"
            tell(f"Services.prefs.set{kind}Pref(...arguments)", name, value)
        try:
            yield
        finally:
            for name in preferences:
                tell("Services.prefs.clearUserPref(arguments[0])", name)

    def keys(self, *keys: str) -> None:
        """Press and release keys, one after the other."""
        chain = ActionChains(self.driver, duration=0)
        for key in keys:
            chain.key_down(key).key_up(key)
        self.patiently(chain.perform)

    def history(self) -> tuple[int, list[tuple[str, str]]] | None:
        """The tab's place in its history, and each entry's address and title. WebKit tells nobody: None."""
        if self.engine == "chromium":
            told = self.driver.execute_cdp_cmd("Page.getNavigationHistory", {})  # type: ignore[attr-defined]
            return told["currentIndex"], [(entry["url"], entry["title"]) for entry in told["entries"]]
        if self.engine == "firefox":
            with self.driver.context("chrome"):  # type: ignore[attr-defined]
                index, entries = self.script(
                    "const tab = gBrowser.selectedBrowser.browsingContext.sessionHistory;"
                    "const all = [...Array(tab.count).keys()].map((i) => tab.getEntryAtIndex(i));"
                    "return [tab.index, all.map((entry) => [entry.URI.spec, entry.title])];"
                )
            return index, [(address, title) for address, title in entries]
        return None
