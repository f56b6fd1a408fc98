"""What can be measured of an open page: barriers, contrast, lost words, the way of the Tab key, paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).with_name("axe.min.js").read_text(encoding="utf-8")
IN_PAGE = Path(__file__).with_name("in_page.js").read_text(encoding="utf-8")
# All of WCAG 2.2 up to AA and axe's best practices; of AAA the contrast, which the look promises (1.4.6).
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = "color-contrast-enhanced"
ALL_RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {
        CONTRAST: {"enabled": True},
        "color-contrast": {"enabled": False},  # asks for less than the other, and takes as long
        "target-size": {"enabled": True},
    },
}
# For a page whose colours have been looked at in another language; `faint` looks at its letters.
RULES_OF_WORDS = {**ALL_RULES, "rules": {**ALL_RULES["rules"], CONTRAST: {"enabled": False}}}
# For one whose kinds of elements have been looked at in another place: how a link shows is theirs.
RULES_OF_LETTERS = {
    **ALL_RULES,
    "rules": {**ALL_RULES["rules"], CONTRAST: {"enabled": False}, "link-in-text-block": {"enabled": False}},
}
# Nothing but these changes with the colours.
RULES_OF_COLOUR = {"runOnly": {"type": "rule", "values": [CONTRAST, "link-in-text-block"]}}
LIGHT = {"color_scheme": "light", "forced_colors": "none"}
SETTINGS = {
    "light": LIGHT,
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
    "forced colours, dark": {"color_scheme": "dark", "forced_colors": "active"},
}
# Widths and settings in which axe looks. On a dark ground of forced colours it takes our colours for those
# that the reader's system puts in their place.
EVERY_WAY = ((1280, "light"), (320, "light"), (320, "dark"), (320, "forced colours"))
BY_DAY = EVERY_WAY[:2]
# The buttons of the sentences to point at hold the sentences themselves.
SCREEN_ONLY = """nav, .skip, #quick-exit, details.languages, .offer, button:not(.phrases button), .answer pre,
    a.button, .no-script"""


def run(page: Page, function: str, *arguments: object) -> Any:
    """Call one of the functions of in_page.js in the page; what it returns."""
    return page.evaluate(f"a => {{ {IN_PAGE}; return {function}(...a) }}", list(arguments))


def setting(page: Page, name: str) -> None:
    """Show the page in other colours: a name out of SETTINGS."""
    page.emulate_media(media="screen", **SETTINGS[name])  # type: ignore[arg-type]


def barriers(
    page: Page, ways: tuple[tuple[int, str], ...], by_day: Mapping[str, object] = ALL_RULES
) -> list[str]:
    """What axe finds in the page; one line for each element.

    In: the widths and settings in which it looks, and its rules for the light one. What the page keeps open
    stays open.
    """
    found = []
    for width, name in ways:
        page.set_viewport_size({"width": width, "height": 800})
        setting(page, name)
        rules = by_day if name == "light" else RULES_OF_COLOUR
        found += [f"axe, {width} px, {name}: {what}" for what in _axe(page, rules)]
    return found


def _axe(page: Page, rules: Mapping[str, object]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(
        """async (options) => (await axe.run(document, options)).violations.flatMap((fault) =>
            fault.nodes.map(({ target, failureSummary }) =>
                `${fault.id}: ${target.join(" ")}: ${failureSummary.replace(/\\s+/g, " ")}`))""",
        {**rules, "resultTypes": ["violations"], "preload": False},
    )
    return found


def faint(page: Page, *settings: str) -> list[str]:
    """Text below 7:1, or 4.5:1 in forced colours; axe leaves out what something transparent lies on.

    In: names out of SETTINGS.
    """
    found = []
    for name in settings:
        setting(page, name)
        least = 4.5 if name.startswith("forced") else 7
        found += [f"contrast, {name}: {what}" for what in run(page, "faintText", least)]
    setting(page, "light")
    return found


def lost(page: Page, *, width: int, height: int = 800) -> list[str]:
    """What sticks out of a window of this size, is cut off in it, or lies on other text."""
    page.set_viewport_size({"width": width, "height": height})
    return [str(what) for what in run(page, "lost")]


def small(page: Page) -> list[str]:
    """At 320 px, and at 400 % on a screen of 1280 × 1024, one never scrolls sideways (WCAG 1.4.10). Who sets
    wider lines (1.4.12) or letters twice as large (1.4.4) loses no word. The exit leaves room."""
    faults = [f"reflow: {what}" for what in lost(page, width=320, height=640)]
    faults += [f"reflow, 320 px: {what}" for what in run(page, "inTheWay")]
    faults += [f"reflow, 400 %: {what}" for what in lost(page, width=320, height=256)]
    faults += [f"reflow, 400 %: {what}" for what in run(page, "inTheWay")]
    run(page, "spaceOut")
    faults += [f"wide lines, {w} px: {what}" for w in (320, 1280) for what in lost(page, width=w)]
    run(page, "spaceAsBefore")
    faults += [f"reflow, 1280 px: {what}" for what in run(page, "inTheWay")]
    return faults + [f"large letters: {what}" for what in run(page, "lostInLargeLetters")]


def short(page: Page) -> list[str]:
    """Of all these looks what can differ with the words alone, in a window of 1280 px and one of 320.

    First in the window at hand: to lay a page out anew costs as much as to look at it.
    """
    windows = [((1280, 800), "shortInWide"), ((320, 256), "shortInNarrow")]
    windows.sort(key=lambda window: window[0] != _window(page))
    faults = []
    for (width, height), function in windows:
        if _window(page) != (width, height):
            page.set_viewport_size({"width": width, "height": height})
        faults += run(page, function)
    return faults


def _window(page: Page) -> tuple[int, int] | None:
    size = page.viewport_size
    return size and (size["width"], size["height"])


def keyboard(page: Page, *, back: bool = False) -> list[str]:
    """Tab goes through every control in the order of the page, and Shift with Tab `back`; each shows its
    focus, never under the exit."""
    expected = [str(name) for name in run(page, "reachable")]
    faults = _walk(page, "Tab", expected)
    return faults + _walk(page, "Shift+Tab", expected[-2::-1]) if back else faults


def _walk(page: Page, key: str, expected: list[str]) -> list[str]:
    run(page, "beginWalk" if key == "Tab" else "goOn")
    for _ in expected:
        page.keyboard.press(key)
    states: list[Any] = run(page, "endWalk")
    seen = [state["name"] if state else "nothing" for state in states]
    faults = [f"{state['name']}: {what}" for state in states if state for what in state["wrong"]]
    if seen != expected:
        faults.append(f"reached {seen}, not {expected}")
    return [f"keyboard, {key}, {page.viewport_size['width']} px: {what}" for what in faults]  # type: ignore[index]


def screen_only(page: Page) -> list[str]:
    """What is printed although it only works on a screen, and letters that are not black on white."""
    page.emulate_media(media="print", color_scheme="dark", forced_colors="none")
    found = page.locator(f":is({SCREEN_ONLY}):visible").evaluate_all("all => all.map((it) => it.outerHTML)")
    colours = "() => [document.body, document.querySelector('h1')].map((it) => getComputedStyle(it).color)"
    found += [f"letters in {colour}" for colour in page.evaluate(colours) if colour != "rgb(0, 0, 0)"]
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    if ground not in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"):
        found.append(f"a ground of {ground}")
    setting(page, "light")
    return [f"print: {what}" for what in found]
