"""Promise 7: the exit is in view everywhere, large, covers nothing, needs one tap, and is never printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from serving import serving

# CSS pixels. The second is a desktop window of 1280 x 1024 at 400 % zoom (WCAG 1.4.10).
SIZES = {"phone": (320, 640), "400 % zoom": (320, 256), "desktop": (1280, 800)}
# On a phone every page of the source language is looked at; where the frame alone decides, these.
LAID_OUT = ("/", "/recognise/", "/first-words/", "/find-centre/", "/contact/", "/404.html")
# Of the other languages, whose words the exit has to bear: the longest page; to the left, each kind.
OTHERS = {"ar": ("", "recognise/", "contact/", "browsing-safely/")}
# At the top, on the way down and at the end: whether the exit can be seen and pressed, its size, and the
# words under it that aren't its own, where there may be none.
LOOK = """
(everywhere) => {
  const exit = document.getElementById("quick-exit");
  const seen = (element) => element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  const words = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim()) continue;
    if (parent.closest("#quick-exit, .visually-hidden, .skip, script, template")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    words.push([node, range]);
  }
  const look = (bare) => {
    const box = exit.getBoundingClientRect();
    const inside = box.left >= 0 && box.top >= 0 &&
      box.right <= innerWidth + 0.5 && box.bottom <= innerHeight + 0.5;
    const free = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]].every(([x, y]) => {
      const top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
      return top && top.closest("#quick-exit");
    });
    const under = (line) => Math.min(line.right, box.right) - Math.max(line.left, box.left) > 1 &&
      Math.min(line.bottom, box.bottom) - Math.max(line.top, box.top) > 1;
    const covered = (bare ? words : []).filter(([node, range]) => under(range.getBoundingClientRect()) &&
      [...range.getClientRects()].some(under) && seen(node.parentElement)).map(([node]) => node.data.trim());
    return {y: scrollY, inside, free, width: box.width, height: box.height, covered};
  };
  const looks = [];
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    scrollTo(0, part * document.documentElement.scrollHeight);
    looks.push(look(everywhere || part === 1));
  }
  return looks;
}
"""


@pytest.fixture(scope="module")
def address(left_site: Path) -> Iterator[str]:
    with serving(left_site) as address:
        yield address


def pages(site: Path) -> dict[str, bool]:
    """The pages to look at, and whether each is in every size."""
    languages = {file.parent.parent.name for file in site.glob("*/recognise/index.html")}
    files = [file.relative_to(site) for file in sorted(site.rglob("index.html"))]
    source = [f"/{file.parent}/".replace("/./", "/") for file in files if file.parts[0] not in languages]
    others = [f"/{name}/{page}" for name in sorted(languages) for page in OTHERS.get(name, ["recognise/"])]
    return {path: path in LAID_OUT for path in [*source, "/404.html"]} | dict.fromkeys(others, True)


def test_it_is_always_in_reach(undrawn: Browser, address: str, left_site: Path) -> None:
    """In every language: in view at each scroll position, 44 x 44, nothing on top of it.

    On a narrow screen it is a bar, under which the page scrolls: at the end of the page nothing is left under
    it, and it takes no more than a third of the screen. On a wide one it stands beside the text.
    """
    context = undrawn.new_context(reduced_motion="reduce")
    page = context.new_page()
    faults: list[str] = []
    for path, whole in pages(left_site).items():
        page.goto(address + path)
        for size, (width, height) in SIZES.items():
            if size != "phone" and not whole:
                continue
            page.set_viewport_size({"width": width, "height": height})
            for seen in page.evaluate(LOOK, width >= 1280):
                wrong = [
                    *["not in view"] * (not seen["inside"]),
                    *["something on top"] * (not seen["free"]),
                    *["too small"] * (min(seen["width"], seen["height"]) < 44),
                    *["too high"] * (seen["height"] > height / 3),
                ]
                wrong += [f"covers {text!r}" for text in seen["covered"]]
                faults += [f"{path} on a {size} at {seen['y']} px: {what}" for what in wrong]
    context.close()
    assert not faults, "\n".join(faults)


def test_a_page_too_wide_leaves_it_in_view(browser: Browser, address: str) -> None:
    """Should something be wider than a phone after all: a touch screen would lay out the bar as wide."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address + "/recognise/")
    page.evaluate("document.querySelector('h1').style.cssText = 'width: 900px'")
    box = page.locator("#quick-exit").bounding_box()
    assert box
    assert (box["x"], box["x"] + box["width"], box["y"] + box["height"]) == (0, 360, 640)
    context.close()


def test_one_tap_leaves(browser: Browser, address: str) -> None:
    """By touch, without a question."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address + "/recognise/")
    destination = str(page.locator("#quick-exit").get_attribute("href"))
    context.route(destination, lambda route: route.fulfill(body="<title>Forecast</title>"))
    page.locator("#quick-exit").tap()
    page.wait_for_url(destination)
    context.close()


def test_it_is_never_printed(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    printed = []
    for path in ("/", "/recognise/", "/ar/recognise/", "/404.html"):
        page.emulate_media(media="screen")
        page.goto(address + path)
        assert page.locator("#quick-exit").is_visible(), path
        page.emulate_media(media="print")
        printed += [path] * page.locator("#quick-exit").is_visible()
    context.close()
    assert printed == []
