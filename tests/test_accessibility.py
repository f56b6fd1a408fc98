"""No barrier that a program can find where a reader has answered: signs ticked, menus open."""

from __future__ import annotations

from playwright.sync_api import Page

from pages import At, both_ways, look_at
from safepage.checks.looks import EVERY_WAY, SETTINGS, barriers, faint


@both_ways
def test_no_barrier_in_the_answer(tab: Page, locale: str) -> None:
    """Nor with signs ticked, the menu of languages open and the text to copy shown."""
    look_at(tab, At(locale, "recognise"))
    for sign in tab.locator(".checklist label").all()[:3]:
        sign.click()
    tab.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    tab.locator("[data-do=copy]").click()
    tab.locator(".answer pre").wait_for()
    found = barriers(tab, EVERY_WAY)
    tab.locator("details.languages").evaluate("menu => { menu.open = true; }")
    assert found + faint(tab, *SETTINGS) == []
