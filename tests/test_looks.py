"""One visit of a page, and all that it can show: silence, keyboard, small screens, paper, colours, barriers.

A page is opened twice by the same test, once to listen and once to measure; each fault is told with the
promise that it breaks. What needs more than a look (an answer, a menu, a second key) stands in other files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from looks import barriers, faint, lost, screen_only, walk
from pages import BOTH_WAYS, EXTRA, LOOKED_AT, PAGES, At, each_page_looked_at, look_at, run
from serving import Handler, serving

PHONE, DESKTOP = (320, 640), (1280, 800)
STORES = """async () => [
    Object.keys(localStorage), Object.keys(sessionStorage), await caches.keys(), window.name,
    (await indexedDB.databases()).map((d) => d.name), document.cookie,
    (await navigator.serviceWorker.getRegistrations()).map((r) => r.scope),
].flat().filter(Boolean)"""
asked: list[str] = []


class Listening(Handler):
    """Writes down what it is asked for: Playwright does not see a browser's request for an icon."""

    def do_GET(self) -> None:
        asked.append(self.path)
        super().do_GET()


@pytest.fixture(scope="module")
def watched(browser: Browser, site: Path) -> Iterator[Page]:
    """A tab whose requests go to a server that listens."""
    with serving(site, Listening) as address, browser.new_context(base_url=address) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


@each_page_looked_at
def test_a_visit(watched: Page, at: At) -> None:
    """The page asks and keeps nothing; all of it can be reached by keyboard; no word is lost on a small
    screen, at a high zoom, in large letters, wide lines, any colours or on paper; axe finds no barrier."""
    faults = [
        *silence(watched, at),
        *keyboard(watched, at),
        *small(watched, at),
        *(f"print: {what}" for what in screen_only(watched)),
        *(f"contrast: {what}" for what in faint(watched)),
        *(f"axe: {what}" for what in barriers(watched, at.locale)),
    ]
    assert faults == []


@pytest.mark.parametrize("at", [at for at in [*PAGES, *EXTRA] if at not in LOOKED_AT], ids=str)
def test_the_other_pages_lose_nothing(watched: Page, at: At) -> None:
    """What differs from the pages above in the length of its words alone is looked at for that."""
    look_at(watched, at, width=PHONE[0], height=PHONE[1])
    assert small(watched, at) == []


def silence(page: Page, at: At) -> list[str]:
    """One page is one request to the site and none to another host, leaves nothing in any of the browser's
    stores, and the browser finds nothing to complain about."""
    said: list[str] = []

    def hear(message: object) -> None:
        said.append(f"silence: the browser says: {message}")

    def request(made: object) -> None:
        url = str(getattr(made, "url", made))
        if not (url.endswith(at.path) or url.startswith("data:")):
            said.append(f"silence: asks for {url}")

    events = {"console": hear, "pageerror": hear, "request": request, "websocket": request}
    for event, listener in events.items():
        page.on(event, listener)  # type: ignore[call-overload]
    try:
        asked.clear()
        look_at(page, at)
        for summary in page.locator("summary").all():
            summary.evaluate("summary => summary.click()")
        page.locator("header a").last.hover()
        page.mouse.wheel(0, 9000)
        page.evaluate("() => new Promise((done) => requestIdleCallback(done))")
        kept = page.evaluate(STORES)
    finally:
        for event, listener in events.items():
            page.remove_listener(event, listener)
    if asked != [at.path]:
        said.append(f"silence: the server was asked for {asked}")
    return said + [f"silence: keeps {what}" for what in kept]


def keyboard(page: Page, at: At) -> list[str]:
    """Tab goes through every control in the order of the page; each shows its focus, never under the exit.

    A phone's window is the narrow one; in a wide one, one language for each direction is enough.
    """
    faults = []
    for width, height in (DESKTOP, PHONE) if at.locale in BOTH_WAYS else (PHONE,):
        look_at(page, at, width=width, height=height)
        expected = list(run(page, "reachable"))
        seen, wrong = walk(page, "Tab", len(expected))
        faults += [f"keyboard, {width} px: {what}" for what in wrong]
        if seen != expected:
            faults.append(f"keyboard, {width} px: reached {seen}, not {expected}")
    return faults


def small(page: Page, at: At) -> list[str]:
    """At 320 px, and at 400 % on a screen of 1280 × 1024, one never scrolls sideways (WCAG 1.4.10). Who sets
    wider lines and letters (1.4.12), or letters twice as large (1.4.4), loses no word."""
    faults = [f"reflow: {what}" for height in (640, 256) for what in lost(page, width=320, height=height)]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    faults += [f"large letters: {what}" for what in lost(page, width=1280)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    run(page, "spaceOut")
    faults += [f"wide lines, {w} px: {what}" for w in (320, 1280) for what in lost(page, width=w)]
    page.evaluate("document.adoptedStyleSheets = []")
    return faults
