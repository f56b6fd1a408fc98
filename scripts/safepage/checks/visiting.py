"""One visit of a page in a browser: what it asks for, says and keeps."""

from __future__ import annotations

from playwright.sync_api import Page

from safepage.checks import looks
from safepage.checks.pages import Built

PHONE, DESKTOP = (320, 640), (1280, 800)
STORES = """async () => [
    Object.keys(localStorage), Object.keys(sessionStorage), await caches.keys(), window.name,
    (await indexedDB.databases()).map((d) => d.name),
    (await navigator.serviceWorker.getRegistrations()).map((r) => r.scope),
].flat().filter(Boolean)"""
USE = """async () => {
  for (const menu of document.querySelectorAll("summary")) menu.click();
  await new Promise((done) => requestIdleCallback(done, { timeout: 500 }));
  for (const menu of document.querySelectorAll("details")) menu.open = false;
}"""


class Visitor:
    """A tab, the address of the site that it visits, and what its page has asked for and said."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.address = ""
        self.asked: list[str] = []
        self.heard: list[str] = []
        page.on("console", lambda message: self.heard.append(f"the browser says: {message.text}"))
        page.on("pageerror", lambda error: self.heard.append(f"the browser says: {error}"))
        page.on("request", lambda request: self._request(request.url))
        page.on("websocket", lambda socket: self._request(socket.url))

    def _request(self, url: str) -> None:
        if not url.startswith("data:"):
            self.heard.append(url)

    def open(self, at: Built, size: tuple[int, int] | None = None) -> None:
        """Open a page by day, in a window of a size in CSS pixels, or in the one at hand."""
        looks.setting(self.page, "light")
        if size:
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.asked.clear()
        self.heard.clear()
        self.page.goto(self.address + at.path)

    def use(self) -> None:
        """Look at all of the page, and open its menus for a moment."""
        self.page.locator("header a").last.hover()
        self.page.mouse.wheel(0, 9000)
        self.page.evaluate(USE)

    def silence(self, at: Built) -> list[str]:
        """One page is one request to the site and none to another host, and the browser finds nothing to
        complain about."""
        found = [what for what in self.heard if what != self.address + at.path]
        if self.asked != [at.path]:
            found.append(f"the server was asked for {self.asked}")
        return [f"silence: {what}" for what in found]

    def kept(self) -> list[str]:
        """What the pages that were visited have left in any of the browser's stores, which they share."""
        cookies = [cookie.get("name") for cookie in self.page.context.cookies()]
        return [f"silence: keeps {what}" for what in [*self.page.evaluate(STORES), *cookies]]
