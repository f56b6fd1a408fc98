"""No barrier that a program can find: axe-core on every page, in every setting that readers have."""

from __future__ import annotations

from functools import cache

import pytest
from playwright.sync_api import Page

from environment import ROOT
from pages import BOTH_WAYS, At, each_language, each_page_looked_at, look_at, run

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
WIDTHS = (1280, 320)
SETTINGS = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
    "forced colours, dark": {"color_scheme": "dark", "forced_colors": "active"},
}
# On a dark ground axe takes our colours for those that the reader's system puts in their place.
AXE_SETTINGS = ("light", "dark", "forced colours")


@cache
def axe() -> str:
    if not AXE.is_file():
        pytest.fail("axe-core is missing: run python3 scripts/manage.py test", pytrace=False)
    return AXE.read_text(encoding="utf-8")


def barriers(page: Page, locale: str) -> list[str]:
    """What axe finds in the page as it stands, in every width and setting; one line for each element.

    In one language of each direction in every colour at every width; colours know nothing of a language, so
    in the others the wide window is looked at by day alone.
    """
    page.evaluate(axe())
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for setting in AXE_SETTINGS if locale in BOTH_WAYS or width == min(WIDTHS) else AXE_SETTINGS[:1]:
            page.emulate_media(**SETTINGS[setting])  # type: ignore[arg-type]
            rules = ALL_RULES if setting == "light" else RULES_OF_COLOUR
            options = {**rules, "resultTypes": ["violations"], "preload": False}
            result = page.evaluate("options => axe.run(document, options)", options)
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
        page.emulate_media(**media)  # type: ignore[arg-type]
        least = 4.5 if setting.startswith("forced") else 7
        found += [f"{setting}: {what}" for what in run(page, "faintText", least)]
    return found


@each_page_looked_at
def test_no_barrier(tab: Page, at: At) -> None:
    """Axe finds nothing on any page, on a phone and on a desktop, in light, dark and forced colours;
    every word stands out from its ground at 7:1 or more (WCAG 1.4.6)."""
    look_at(tab, at)
    assert barriers(tab, at.locale) + faint(tab) == []


@each_language
def test_no_barrier_in_the_answer(tab: Page, locale: str) -> None:
    """Nor with signs ticked, the menu of languages open and the text to copy shown."""
    look_at(tab, At(locale, "recognise"))
    for sign in tab.locator(".checklist label").all()[:3]:
        sign.click()
    tab.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    tab.locator("[data-do=copy]").click()
    tab.locator("textarea").wait_for()
    found = barriers(tab, locale)
    tab.locator("details.languages").evaluate("menu => { menu.open = true; }")
    assert found + faint(tab) == []
