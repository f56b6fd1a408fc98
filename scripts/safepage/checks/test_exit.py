"""The way out is on every page, leads to somebody else's, and is a plain link."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from safepage.checks.pages import Built, Project


def faults(page: Built, own: str) -> Iterator[str]:
    """What is wrong with a page's way out. In: the page, and the site's own host."""
    exits = page.html.css("a#quick-exit[href]")
    if len(exits) != 1:
        yield f"{len(exits)} ways out"
        return
    (leave,) = exits
    parts = urlsplit(str(leave.attributes["href"]))
    if parts.scheme != "https" or not parts.hostname or parts.hostname == own:
        yield f"the way out leads to {leave.attributes['href']}"
    if "noreferrer" not in str(leave.attributes.get("rel")).split():
        yield "the way out tells where the reader came from"
    if "target" in leave.attributes:
        yield "the way out leaves the page open behind it"
    if not leave.text().strip():
        yield "the way out has no words"
    if page.one("[hidden] #quick-exit, [aria-hidden=true] #quick-exit, template #quick-exit"):
        yield "the way out is hidden"
    if not page.one("a[href='#quick-exit']") and page.one(".skip"):
        yield "no key leads to the way out at once"


def test_every_page_has_the_way_out(project: Project, pages: list[Built]) -> None:
    """One link, with words, to a page of somebody else's that is not told where the reader came from."""
    own = urlsplit(project.address).hostname or ""
    wrong = [f"{page}: {what}" for page in pages for what in faults(page, own)]
    assert not wrong, "\n".join(wrong)


def test_the_way_out_of_a_language_is_the_same_on_every_page(project: Project, pages: list[Built]) -> None:
    """Who has tried it once knows where it leads."""
    for locale in project.locales:
        places = {page.attribute("#quick-exit", "href") for page in pages if page.locale == locale}
        assert len(places) == 1, f"{locale}: {places}"
