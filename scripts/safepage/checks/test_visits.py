"""One visit of a page, and all that it can show: silence, keyboard, small screens, paper, colours, barriers.

Each kind of element is looked at in every way, in one language of each direction; in the first also
in all colours, and by keyboard on a wide screen and on the way back.
The other pages are looked at for what longer words do, and by axe where no page before is made alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pytest

from safepage.checks import looks
from safepage.checks.pages import Built, Project, forms, makes
from safepage.checks.visiting import DESKTOP, PHONE, Visitor

SHARES = 3  # items of a language, so that workers end at the same time
NARROW = looks.BY_DAY[1:]


def faults(visitor: Visitor, pages: Sequence[Built], look: Callable[[Visitor, Built], list[str]]) -> str:
    """All that is wrong on any of these pages, a line for each; what is kept is told of the last one."""
    found = [f"{page}: {what}" for page in pages for what in look(visitor, page)]
    kept = visitor.kept() if pages else []
    return "\n".join([*found, *(f"to {visitor.page.url}: {what}" for what in kept)])


def used(visitor: Visitor, at: Built, *, first: bool = True) -> list[str]:
    """The page asks and keeps nothing while all of it is looked at and its menus are opened."""
    visitor.open(at, DESKTOP if first else PHONE)
    visitor.use()
    return visitor.silence(at)


def whole(examiner: Visitor, at: Built, *, first: bool = True) -> list[str]:
    """All of it can be reached by keyboard; no word is lost on a small screen, at a high zoom, in large
    letters, wide lines, any colours or on paper; axe finds no barrier.

    In a direction that is not the `first`: whatever can differ by it, which colours can not.
    """
    page = examiner.page
    examiner.open(at, PHONE)
    found = looks.keyboard(page, back=first)
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    found += looks.keyboard(page) if first else []
    found += examiner.silence(at)
    found += looks.small(page)
    found += looks.screen_only(page)
    if not first:
        return found + looks.barriers(page, looks.BY_DAY, looks.RULES_OF_WORDS) + looks.faint(page, "light")
    found += looks.barriers(page, looks.BY_DAY)  # in other colours axe looks at the parts
    page.evaluate("for (const menu of document.querySelectorAll('details')) menu.open = true")
    return found + looks.faint(page, *looks.SETTINGS)


def quick(visitor: Visitor, at: Built, *, new: bool = True) -> list[str]:
    """Whatever can differ with the words alone, and what axe finds where the page is of a `new` make."""
    visitor.open(at)
    found = [*looks.short(visitor.page), *visitor.silence(at)]
    return found + looks.barriers(visitor.page, NARROW, looks.RULES_OF_LETTERS) if new else found


@pytest.mark.parametrize("share", range(SHARES))
def test_a_page_of_each_form(
    visitor: Visitor,
    examiner: Visitor,
    project: Project,
    pages: list[Built],
    whole_language: str,
    share: int,
) -> None:
    """In every way, in each direction."""
    few = forms(pages, whole_language)[share::SHARES]
    first = whole_language == project.source
    found = [faults(visitor, few, partial(used, first=first))]
    found.append(faults(examiner, few, partial(whole, first=first)))
    assert not any(found), "\n".join(found)


@pytest.fixture(scope="session")
def new(pages: list[Built]) -> frozenset[Built]:
    """The pages of a new make, among those whose words are their own."""
    return frozenset(makes(page for page in pages if page.locale == page.content))


def test_the_pages_of_a_language(
    measurer: Visitor,
    examiner: Visitor,
    project: Project,
    pages: list[Built],
    new: frozenset[Built],
    site_language: str,
) -> None:
    """Every page whose words are its own. A page that is shown in the source's has been looked at there."""
    seen = forms(pages, site_language) if site_language in project.looked_at else []
    others = [page for page in pages if page.locale == site_language == page.content and page not in seen]
    found = [faults(examiner, [page for page in others if page in new], quick)]
    found.append(faults(measurer, [page for page in others if page not in new], partial(quick, new=False)))
    assert not any(found), "\n".join(found)
