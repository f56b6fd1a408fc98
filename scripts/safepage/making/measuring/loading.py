"""Opens pages as a reader with an old phone on a poor line does, and notes what comes over that line."""

from __future__ import annotations

import gzip
import statistics
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, Request

from safepage.making.measuring.served import compressed, served

# A poor mobile line: 400 ms there and back, 400 kbit/s; a processor four times slower than this one.
ROUND_TRIP, BITS_A_SECOND, SLOWER = 400, 400_000, 4
LOADS = 5
PHONE = {"width": 360, "height": 640}
_OBSERVE = """
window.seen = {};
for (const type of ["paint", "largest-contentful-paint"]) {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen[entry.name || type] = entry.startTime;
  }).observe({ type, buffered: true });
}
seen.task = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) seen.task = Math.max(seen.task, entry.duration);
}).observe({ type: "longtask", buffered: true });
"""
# How long it takes from the tap on the way out until nothing of the page is left; null without one.
_LEAVE = """
() => new Promise((done) => requestAnimationFrame(() => {
  const link = document.getElementById("quick-exit");
  if (!link) return done(null);
  const began = performance.now();
  link.click();
  done(document.querySelector("main") ? null : performance.now() - began);
}))
"""
_SETTLED = "() => new Promise((done) => setTimeout(done, 300))"


@dataclass
class View:
    """The first view of a page: what was asked for, its bytes by kind and encoding, times in milliseconds.

    `paints` are medians over LOADS loads: first and largest contentful paint. So are `task`, the longest task
    (0: none over 50 ms), and `exit`, from the tap on the way out to the empty page (None: there is none).
    """

    requests: int = 0
    bytes: dict[str, dict[str, int]] = field(default_factory=dict)
    third_parties: list[str] = field(default_factory=list)
    paints: dict[str, float] = field(default_factory=dict)
    task: float = 0
    exit: float | None = None

    def total(self, encoding: str) -> int:
        """All bytes of the view in an encoding, "gzip" or "br"."""
        return sum(self.bytes[encoding].values())


def view(browser: Browser, site: Path, path: str) -> View:
    """Open a page of a built site LOADS times, each time as if for the first time.

    Requests to third parties are counted, then refused: that flatters who makes them.
    """
    found = View(bytes={"gzip": {}, "br": {}})
    paints: dict[str, list[float]] = {"first": [], "largest": []}
    tasks: list[float] = []
    exits: list[float] = []
    with served(site) as address:
        for load in range(LOADS):
            context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
            page = context.new_page()
            asked: list[str] = []
            page.on("request", partial(_ask, asked))
            if load == 0:
                page.on("requestfinished", lambda request: _weigh(request, found))
            context.route(lambda url: not url.startswith(address), lambda route: route.abort())
            _slow(context.new_cdp_session(page))
            page.add_init_script(_OBSERVE)
            page.goto(f"{address}/{path}", wait_until="load")
            page.evaluate(_SETTLED)
            _note(page, paints)
            tasks.append(page.evaluate("seen.task"))
            page.route("**/*", lambda route: route.fulfill(status=204))  # the way out leads nowhere
            exits += [took for took in [page.evaluate(_LEAVE)] if took is not None]
            if load == 0:
                asked = [url for url in asked if not url.startswith("data:")]
                hosts = {urlsplit(url).hostname or "" for url in asked if not url.startswith(address)}
                found.requests, found.third_parties = len(asked), sorted(hosts)
            context.close()
    found.paints = {name: statistics.median(times) for name, times in paints.items()}
    found.task, found.exit = statistics.median(tasks), statistics.median(exits) if exits else None
    return found


def _slow(session: CDPSession) -> None:
    line = {"offline": False, "latency": ROUND_TRIP, "uploadThroughput": BITS_A_SECOND / 8}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {**line, "downloadThroughput": BITS_A_SECOND / 8})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _ask(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def _weigh(request: Request, found: View) -> None:
    response = request.response()
    if not response or response.status != 200:
        return
    body = response.body()
    encoded = "content-encoding" in response.headers
    for encoding, kinds in found.bytes.items():
        size = len(compressed(body, encoding)) if encoded else len(body)
        kinds[request.resource_type] = kinds.get(request.resource_type, 0) + size


def _note(page: Page, paints: dict[str, list[float]]) -> None:
    seen = page.evaluate("seen")
    first = seen["first-contentful-paint"]
    paints["first"].append(first)
    paints["largest"].append(seen.get("largest-contentful-paint", first))


def weights(site: Path) -> dict[str, int]:
    """Bytes of each page at gzip -9, the heaviest first."""
    sizes = {
        file.relative_to(site).as_posix(): len(gzip.compress(file.read_bytes(), 9, mtime=0))
        for file in site.rglob("*.html")
    }
    return dict(sorted(sizes.items(), key=lambda item: (-item[1], item[0])))
