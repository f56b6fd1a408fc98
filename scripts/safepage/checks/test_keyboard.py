"""By keyboard: the way to the text and the way out come first, and menus open and close."""

from __future__ import annotations

from playwright.sync_api import Page

from safepage.checks import looks
from safepage.checks.pages import Built
from safepage.checks.visiting import PHONE, Visitor

FOCUS = "document.activeElement"


def test_the_first_keys(visitor: Visitor, pages: list[Built], whole_language: str) -> None:
    """Tab offers the way to the text, then the way out; both lead there. Enter opens the menu of languages,
    Tab goes through it, Escape closes it and gives the focus back."""
    page = visitor.page
    at = next(page for page in pages if page.locale == whole_language and page.name == "")
    for presses, target in ((1, "content"), (2, "quick-exit")):
        visitor.open(at, PHONE)
        for _ in range(presses):
            page.keyboard.press("Tab")
        assert page.evaluate(f"{FOCUS}.getAttribute('href')") == f"#{target}"
        assert looks.run(page, "focus")["wrong"] == []
        page.keyboard.press("Enter")
        if target == "content":
            page.keyboard.press("Tab")
        assert page.evaluate(f"{FOCUS}.closest('#{target}') !== null")
    _menu(page)


def _menu(page: Page) -> None:
    menu = page.locator("details.languages")
    if not menu.count():
        return
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None
    for link in menu.locator("a").all():
        page.keyboard.press("Tab")
        assert link.evaluate(f"link => link === {FOCUS}")
        assert looks.run(page, "focus")["wrong"] == []
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate(f"{FOCUS}.localName") == "summary"
