"""Which page exists in which language, and what may truthfully be said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safepage.site.locales import autonym, direction, name_in


@dataclass(frozen=True)
class Alternate:
    """A page in one language of the site.

    `url` is relative to the site's root ("" for the home page); `content` is the locale that its text is
    in, which differs from `locale` where the page falls back to the source language.
    """

    locale: str
    autonym: str
    direction: str
    url: str
    content: str

    @property
    def true(self) -> bool:
        """True if the text is in the language that the address claims."""
        return self.content == self.locale


def url_of(page: str, locale: str, source: str) -> str:
    """The address of a page below the site's root: ("what-to-do", "nl", "en") gives "nl/what-to-do/"."""
    name = page.rpartition("/")[0] if page.rpartition("/")[2] == "index" else page
    prefix = "" if locale == source else f"{locale}/"
    return f"{prefix}{name}/" if name else prefix


def alternates(
    page: str, locales: Sequence[str], autonyms: Mapping[str, str], existing: Mapping[str, frozenset[str]]
) -> list[Alternate]:
    """A page in every language of the site, in the site's order, the first locale being the source.

    In: the page's path without ending; the site's locales, and what readers see them called; for each page
    the locales it exists in.
    """
    source = locales[0]
    here = existing.get(page, frozenset())
    return [
        Alternate(
            tag, autonyms[tag], direction(tag), url_of(page, tag, source), tag if tag in here else source
        )
        for tag in locales
    ]


def language_name(tag: str, reader: str) -> str:
    """What a language is called in the reader's language: ("en", "fr") gives "anglais"; else its own name."""
    return name_in(tag, reader) or autonym(tag)
