"""The page that a command is asked about, or a line that says why there is none."""

from __future__ import annotations

from safepage.faults import Fault, Faulty
from safepage.translations import telling
from safepage.translations.catalogue import Catalogue


def source(site: Catalogue, page: str) -> str:
    """The text of a page of the source. Raises Faulty if there is no such page."""
    text = site.text(site.source, page) if page in site.pages else None
    if text is None:
        todo = f"use one of {', '.join(site.pages)}"
        raise Faulty([Fault(site.path(site.source, page), 0, "there is no such page", todo)])
    return text


def both(site: Catalogue, locale: str, page: str) -> tuple[str, str]:
    """The text of a translation and of its source. Raises Faulty if one of them is not there."""
    if locale not in site.locales:
        raise Faulty([telling.unknown_language(site, locale)])
    original = source(site, page)
    text = site.text(locale, page)
    if text is None:
        todo = f"copy {site.path(site.source, page)} there and translate it"
        raise Faulty([Fault(site.path(locale, page), 0, "the page is missing", todo)])
    return text, original
