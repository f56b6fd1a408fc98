"""Opens a page over a bad line on an old phone: when it is seen, and when the number can be tapped."""

from __future__ import annotations

import gzip
import statistics
import zlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

from safepage.making.measuring import line
from safepage.making.measuring.loading import PHONE
from safepage.making.measuring.served import served

LOADS = 5
SLOWER = 20
LONGEST = 120_000  # milliseconds
KB = 1024
# A link that has a size and is what a finger meets at its middle; `first` where that is without scrolling.
_LOOK = """
window.met = (selector) => [...document.querySelectorAll(selector)].filter((link) => {
  const { left, top, width, height } = link.getBoundingClientRect();
  const at = document.elementFromPoint(left + width / 2, top + height / 2);
  return width && height && link.contains(at);
});
window.there = (selector) => [...document.querySelectorAll(selector)].filter((link) => link.offsetWidth);
"""
_WATCH = """
window.seen = {};
const look = () => {
  const now = performance.now();
  if (!("there" in seen) && there(NUMBER).length) seen.there = now;
  if (!("tap" in seen) && met(NUMBER).length) seen.tap = now;
  if (!("tap" in seen)) requestAnimationFrame(look);
};
requestAnimationFrame(look);
new PerformanceObserver((list) => list.getEntriesByName("first-contentful-paint").forEach((entry) => {
  seen.paint = entry.startTime;
})).observe({ type: "paint", buffered: true });
"""


@dataclass(frozen=True)
class Tapping:
    """Milliseconds from asking for the page, medians over LOADS loads: to its first paint; until the number
    is `there`; until a finger meets it without scrolling (`tap`; None where that needs scrolling)."""

    paint: float
    there: float | None
    tap: float | None


@dataclass(frozen=True)
class Cut:
    """What can be seen when only so many `kb` of a compressed page have come: whether the way out and the
    emergency number can be tapped, and how many words there are."""

    kb: int
    exit: bool
    number: bool
    words: int


def tapping(browser: Browser, site: Path, path: str, number: str) -> Tapping:
    """Open a page of a built site. In: the emergency number as a `tel:` link has it."""
    found: dict[str, list[float]] = {"paint": [], "there": [], "tap": []}
    with served(site) as address:
        for load in range(LOADS):
            with line.bad(address, load) as slow:
                for name, time in _open(browser, slow, path, number).items():
                    found[name].append(time)
    return Tapping(**{name: statistics.median(times) if times else None for name, times in found.items()})  # type: ignore[arg-type]


def _open(browser: Browser, address: str, path: str, number: str) -> dict[str, float]:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        context.route(lambda url: not url.startswith(address), lambda route: route.abort())
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_init_script(_LOOK + _WATCH.replace("NUMBER", f"'a[href=\"tel:{number}\"]'"))
        page.goto(f"{address}/{path}", wait_until="load", timeout=LONGEST)
        page.wait_for_timeout(1500)
        seen: dict[str, float] = page.evaluate("seen")
    finally:
        context.close()
    # What is there before it is painted can't be tapped.
    return {name: max(time, seen["paint"]) for name, time in seen.items()}


def cuts(browser: Browser, file: Path, number: str) -> list[Cut]:
    """What is seen of a page of ours after each kB of it (gzip -9), the rest of which never comes."""
    packed = gzip.compress(file.read_bytes(), 9, mtime=0)
    found = []
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.add_init_script(_LOOK)
    for kb in range(1, -(-len(packed) // KB) + 1):
        html = zlib.decompressobj(wbits=31).decompress(packed[: kb * KB])
        page.route("**/*", partial(_answer, html))
        page.goto("http://127.0.0.1/", wait_until="load")
        found.append(_seen(page, kb, number))
        page.unroute("**/*")
    page.close()
    return found


def _answer(html: bytes, route: Route) -> None:
    route.fulfill(body=html, content_type="text/html; charset=utf-8")


def _seen(page: Page, kb: int, number: str) -> Cut:
    leave, link = (
        bool(page.evaluate("(selector) => met(selector).length", selector))
        for selector in ("#quick-exit", f'a[href="tel:{number}"]')
    )
    return Cut(kb, leave, link, len(page.inner_text("body").split()))
