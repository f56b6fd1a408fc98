"""What can be measured of an open page: barriers, contrast, lost words, the way of the Tab key, paper."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Page

from environment import ROOT
from pages import BOTH_WAYS, run

AXE = ROOT / "tests/node_modules/axe-core/axe.min.js"
# All of WCAG 2.2 up to AA and axe's best practices; of AAA the contrast, which the look promises (1.4.6).
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = "color-contrast-enhanced"
ALL_RULES = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {CONTRAST: {"enabled": True}, "target-size": {"enabled": True}},
}
# Nothing but these changes with the colours.
RULES_OF_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", CONTRAST, "link-in-text-block"]}}
SETTINGS = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
    "forced colours, dark": {"color_scheme": "dark", "forced_colors": "active"},
}
# Widths and settings in which axe looks. On a dark ground of forced colours it takes our colours for those
# that the reader's system puts in their place.
ONCE = [(320, "light")]
EVERY_WAY = [(1280, "light"), *ONCE, (320, "dark"), (320, "forced colours")]
# The buttons of the sentences to point at hold the sentences themselves.
SCREEN_ONLY = """nav, .skip, #quick-exit, details.languages, .offer, button:not(.phrases button), .answer pre,
    a.button, .no-script"""


@cache
def axe() -> str:
    """The text of axe-core."""
    if not AXE.is_file():
        pytest.fail("axe-core is missing: run python3 scripts/manage.py test", pytrace=False)
    return AXE.read_text(encoding="utf-8")


def barriers(page: Page, locale: str) -> list[str]:
    """What axe finds in the page as it stands; one line for each element.

    In one language of each direction in all colours and two widths; in the others, whose pages have the same
    form and colours, once.
    """
    page.evaluate(axe())
    found = []
    for width, setting in EVERY_WAY if locale in BOTH_WAYS else ONCE:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(media="screen", **SETTINGS[setting])  # type: ignore[arg-type]
        rules = ALL_RULES if setting == "light" else RULES_OF_COLOUR
        result = page.evaluate(
            "options => axe.run(document, options)",
            {**rules, "resultTypes": ["violations"], "preload": False},
        )
        found += [
            f"{width} px, {setting}: {fault['id']}: {' '.join(map(str, node['target']))}: "
            + " ".join(node["failureSummary"].split())
            for fault in result["violations"]
            for node in fault["nodes"]
        ]
    return found


def faint(page: Page) -> list[str]:
    """Text below 7:1, or 4.5:1 in forced colours; axe leaves out what something transparent lies on."""
    found = []
    for setting, media in SETTINGS.items():
        page.emulate_media(media="screen", **media)  # type: ignore[arg-type]
        least = 4.5 if setting.startswith("forced") else 7
        found += [f"{setting}: {what}" for what in run(page, "faintText", least)]
    return found


def lost(page: Page, *, width: int, height: int = 800) -> list[str]:
    """What sticks out of a window of this size, is cut off in it, or lies on other text."""
    page.set_viewport_size({"width": width, "height": height})
    return [*run(page, "sticksOut"), *run(page, "lostText")]


def walk(page: Page, key: str, steps: int) -> tuple[list[str], list[str]]:
    """Press a key so many times. Out: what has had the focus, and what was wrong with how it showed."""
    seen: list[str] = []
    wrong: list[str] = []
    for _ in range(steps):
        page.keyboard.press(key)
        state: Any = run(page, "focus")
        if not state:
            return seen, [*wrong, f"the focus is lost after {seen[-1:]}"]
        seen.append(state["name"])
        wrong += [f"{state['name']}: {what}" for what in state["wrong"]]
    return seen, wrong


def screen_only(page: Page) -> list[str]:
    """What is printed although it only works on a screen, and letters that are not black on white."""
    page.emulate_media(media="print", color_scheme="dark", forced_colors="none")
    found = page.locator(f":is({SCREEN_ONLY}):visible").evaluate_all("all => all.map((it) => it.outerHTML)")
    colours = "() => [document.body, document.querySelector('h1')].map((it) => getComputedStyle(it).color)"
    found += [f"letters in {colour}" for colour in page.evaluate(colours) if colour != "rgb(0, 0, 0)"]
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    if ground not in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"):
        found.append(f"a ground of {ground}")
    page.emulate_media(media="screen", color_scheme="light", forced_colors="none")
    return [str(what) for what in found]
