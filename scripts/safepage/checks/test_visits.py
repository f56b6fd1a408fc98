"""One visit of a page, and all that it can show: silence, keyboard, small screens, paper, colours, barriers.

Each kind of element is looked at in every way, in one language of each direction. The other pages
differ from these in the length of their words alone, and are looked at for that, and by axe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from safepage.checks import looks
from safepage.checks.pages import Built, Project, forms
from safepage.checks.visiting import DESKTOP, PHONE, Visitor

SHARES = 3  # items of a language, so that workers end at the same time


def faults(visitor: Visitor, pages: Iterable[Built], look: Callable[[Visitor, Built], list[str]]) -> str:
    """All that is wrong on any of these pages, a line for each."""
    return "\n".join(f"{page}: {what}" for page in pages for what in look(visitor, page))


def whole(visitor: Visitor, at: Built) -> list[str]:
    """The page asks and keeps nothing; all of it can be reached by keyboard; no word is lost on a small
    screen, at a high zoom, in large letters, wide lines, any colours or on paper; axe finds no barrier."""
    page = visitor.page
    visitor.open(at, PHONE)
    found = looks.keyboard(page, back=True)
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    found += looks.keyboard(page)
    visitor.use()
    found += visitor.silence(at)
    found += looks.small(page)
    found += looks.screen_only(page)
    found += looks.barriers(page, looks.EVERY_WAY)
    page.evaluate("for (const menu of document.querySelectorAll('details')) menu.open = true")
    return found + looks.faint(page)


def quick(visitor: Visitor, at: Built) -> list[str]:
    """Whatever can differ with the words alone."""
    visitor.open(at, DESKTOP)
    return [*looks.short(visitor.page), *visitor.silence(at)]


@pytest.mark.parametrize("share", range(SHARES))
def test_a_page_of_each_form(visitor: Visitor, pages: list[Built], whole_language: str, share: int) -> None:
    """In every way, in each direction."""
    found = faults(visitor, forms(pages, whole_language)[share::SHARES], whole)
    assert not found, found


def test_the_pages_of_a_language(
    visitor: Visitor, project: Project, pages: list[Built], site_language: str
) -> None:
    """Every page whose words are its own. A page that is shown in the source's has been looked at there."""
    seen = forms(pages, site_language) if site_language in project.looked_at else []
    others = [page for page in pages if page.locale == site_language == page.content and page not in seen]
    found = faults(visitor, others, quick)
    assert not found, found
