"""What a reader sees at once, also on a slow phone: one paint, and nothing that moves.

How long it takes differs with the machine: `manage.py measure` tells it.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from pages import BOTH_WAYS, KINDS, PAGES, SOURCE, At, both_ways, words

SLOWER = 6
# Each form of page, and from right to left those with most that a script does.
MIRRORED = ("index", "recognise", "find-centre")
LOOKED_AT = [
    *(at for at in PAGES if at.name in KINDS and at.locale == SOURCE),
    *(at for at in PAGES if at.name in MIRRORED and at.locale in BOTH_WAYS[1:]),
]
PHONE = {"width": 360, "height": 640}

# Notes what the browser reports of its own work, from before the page begins.
OBSERVE = """
window.seen = { "layout-shift": [], "largest-contentful-paint": [], paint: [] };
for (const type of Object.keys(seen)) {
  new PerformanceObserver((list) => seen[type].push(...list.getEntries().map((e) => ({
    start: e.startTime, time: e.duration, size: e.size, name: e.name, shift: e.value,
    what: [...(e.sources || []), { node: e.element }].map((s) => s.node && s.node.nodeName).join(" "),
  })))).observe({ type, buffered: true });
}
window.settled = () => new Promise((done) => {
  const quiet = () => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)));
  document.readyState === "complete" ? quiet() : addEventListener("load", quiet);
});
"""

# Uses the exit inside a frame and says what that frame will draw.
LEAVE = """
([type, times]) => new Promise((done) => requestAnimationFrame(() => {
  for (let n = 0; n < times; n++) {
    if (type === "click") document.getElementById("quick-exit").click();
    else document.body.dispatchEvent(new KeyboardEvent(type, { key: "Shift", bubbles: true }));
  }
  done([document.body.innerText.trim(), document.body.querySelectorAll("a, main").length]);
}))
"""


def slowed(page: Page, times: int) -> None:
    """Make the page's processor so many times slower (Chromium)."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})


def watched(page: Page, path: str) -> dict[str, list[dict[str, Any]]]:
    """Open a page and scroll to its end; what the browser had to report."""
    page.goto(path)
    page.evaluate("settled()")
    page.mouse.wheel(0, 100_000)
    page.evaluate("settled()")
    found: dict[str, list[dict[str, Any]]] = page.evaluate("seen")
    return found


def test_one_paint_and_nothing_moves(context: BrowserContext, base_url: str) -> None:
    """The first paint is the largest and the last; no line shifts while or after the page is drawn."""
    phone = context.new_page()
    phone.set_viewport_size(PHONE)  # type: ignore[arg-type]
    phone.add_init_script(OBSERVE)
    slowed(phone, 4)
    wrong = []
    for at in LOOKED_AT:
        seen = watched(phone, at.path)
        wrong += [
            f"{at}: {entry['what']} moves at {entry['start']:.0f} ms: {entry['shift']:.4f}"
            for entry in seen["layout-shift"]
        ]
        first = next(entry for entry in seen["paint"] if entry["name"] == "first-contentful-paint")
        largest = [(entry["what"], entry["start"]) for entry in seen["largest-contentful-paint"]]
        if [start for _, start in largest] != [first["start"]]:
            wrong.append(f"{at}: drawn first at {first['start']:.0f} ms, and then {largest}")
    assert not wrong, "\n".join(wrong)


USES = pytest.mark.parametrize(("use", "times"), [("click", 1), ("keydown", 3)], ids=["tap", "shift"])


def leaving(context: BrowserContext, locale: str) -> Page:
    """The page with most in it, the way out of which leads nowhere (204): only the exit itself clears it."""
    page = context.new_page()
    page.goto(At(locale, "recognise").path)
    page.route("**/*", lambda route: route.fulfill(status=204))
    return page


@both_ways
@USES
def test_exit_answers_in_the_same_frame(
    context: BrowserContext, base_url: str, locale: str, use: str, times: int
) -> None:
    """With the processor six times slower, the frame in which the exit is used shows the page no more."""
    page = leaving(context, locale)
    slowed(page, SLOWER)
    assert page.evaluate(LEAVE, [use, times]) == [words(locale)["exit_leaving"], 0]
