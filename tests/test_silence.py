"""A page asks nothing of anyone and keeps nothing: the network and the device know of one visit only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from pages import At, each_page_looked_at, parsed
from serving import Handler, serving

asked: list[str] = []
STORES = """async () => [
    Object.keys(localStorage), Object.keys(sessionStorage), await caches.keys(), window.name,
    (await indexedDB.databases()).map((d) => d.name), document.cookie,
    (await navigator.serviceWorker.getRegistrations()).map((r) => r.scope),
].flat().filter(Boolean)"""


class Listening(Handler):
    """Writes down what it is asked for: Playwright does not see a browser's request for an icon."""

    def do_GET(self) -> None:
        asked.append(self.path)
        super().do_GET()


@pytest.fixture(scope="module")
def watched(browser: Browser, site: Path) -> Iterator[Page]:
    """A tab whose requests go to a server that listens."""
    with serving(site, Listening) as address, browser.new_context(base_url=address) as context:
        yield context.new_page()


@each_page_looked_at
def test_one_request_and_nothing_kept(watched: Page, at: At) -> None:
    """One page is one request to the site and none to another host, leaves nothing in any of the browser's
    stores, and the browser finds nothing to complain about."""
    others: list[str] = []
    said: list[str] = []

    def intercept(route: Route) -> None:
        if route.request.is_navigation_request() and route.request.url.endswith(at.path):
            route.continue_()
        else:
            others.append(route.request.url)
            route.abort()

    def hear(message: object) -> None:
        said.append(str(message))

    events = {"console": hear, "pageerror": hear, "websocket": lambda socket: others.append(socket.url)}
    watched.route("**/*", intercept)
    for event, listener in events.items():
        watched.on(event, listener)  # type: ignore[call-overload]
    try:
        asked.clear()
        watched.goto(at.path)
        for summary in watched.locator("summary").all():
            summary.evaluate("summary => summary.click()")
        watched.locator("header a").last.hover()
        watched.mouse.wheel(0, 9000)
        watched.evaluate("() => new Promise((done) => requestIdleCallback(done))")
        kept = watched.evaluate(STORES)
    finally:
        for event, listener in events.items():
            watched.remove_listener(event, listener)
        watched.unroute_all()
    assert others == []
    assert asked == [at.path]
    assert said == []
    assert kept == []


@each_page_looked_at
def test_nothing_may_run_or_load_but_the_page_itself(site: Path, at: At) -> None:
    """The page forbids what it does not hold, and tells no other site where the reader came from."""
    html = parsed(site, at)
    policy = html.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert allowed["default-src"] == "'none'"
    assert "'unsafe-" not in policy  # the search page's 'wasm-unsafe-eval' lets no script in
    assert ":" not in policy.replace("data:", "")
    assert html.css_first("meta[name=referrer]").attributes["content"] == "no-referrer"
    assert (html.css_first("link[rel=icon]").attributes["href"] or "").startswith("data:")
    assert {link.attributes["rel"] for link in html.css("link")} <= {"canonical", "alternate", "icon"}
    for node in html.css("[src], [srcset], [style]"):
        assert (node.attributes.get("src") or "").startswith("data:"), node.html
