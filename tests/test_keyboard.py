"""The whole site by keyboard: everything can be reached, and one always sees where one is."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from looks import walk
from pages import At, each_language, look_at, run, words


@each_language
def test_backwards_too(tab: Page, locale: str) -> None:
    """Going back with Shift and Tab, what has the focus is in sight as well."""
    look_at(tab, At(locale, "recognise"), width=320, height=640)
    expected: Any = run(tab, "reachable")
    tab.locator("footer a").last.focus()
    seen, wrong = walk(tab, "Shift+Tab", len(expected) - 1)
    assert seen == expected[-2::-1]
    assert wrong == []


@each_language
def test_skip_links_come_first(tab: Page, locale: str) -> None:
    """The first press of Tab offers the way to the text, the second the way out; both lead there."""
    look_at(tab, At(locale, "advice"))
    for word, target in (("skip_content", "content"), ("skip_exit", "quick-exit")):
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.textContent.trim()") == words(locale)[word]
        assert tab.evaluate("document.activeElement.getAttribute('href')") == f"#{target}"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "quick-exit"
    look_at(tab, At(locale, "advice"))
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('main') !== null")


@each_language
def test_menu_of_languages_by_keyboard(tab: Page, locale: str) -> None:
    """Enter opens the menu, Tab goes through the languages, Escape closes it and gives the focus back."""
    look_at(tab, At(locale, "contact"))
    menu = tab.locator("details.languages")
    menu.locator("summary").focus()
    tab.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None
    for link in menu.locator("a").all():
        tab.keyboard.press("Tab")
        assert link.evaluate("link => link === document.activeElement")
        assert run(tab, "focus")["wrong"] == []  # type: ignore[index]
    tab.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert tab.evaluate("document.activeElement.localName") == "summary"


@each_language
def test_checklist_by_keyboard(tab: Page, locale: str) -> None:
    """Space ticks a sign, and the focus stays where it is."""
    look_at(tab, At(locale, "recognise"))
    box = tab.locator(".checklist input").nth(3)
    box.focus()
    tab.keyboard.press("Space")
    assert box.is_checked()
    assert box.evaluate("box => box === document.activeElement")
    assert run(tab, "focus")["wrong"] == []  # type: ignore[index]
