"""Which pages the site has, in which languages, and the words that they show: read from the project.

`test_pages.py` asserts that the built site holds these pages and no others, so no page goes untested.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

from environment import ROOT
from safepage.site import contacts, telephone
from safepage.site.languages import url_of
from safepage.site.locales import direction
from safepage.translations import catalogue

PROJECT = catalogue.read(ROOT)
SOURCE = PROJECT.source
LOCALES = [SOURCE, *PROJECT.locales]
# What is for contributors is in the source language only.
ONCE = [(locale, "contributors/") for locale in PROJECT.locales]


@dataclass(frozen=True)
class At:
    """A page of the site: its language and its name, such as ("nl", "what-to-do")."""

    locale: str
    name: str

    @property
    def path(self) -> str:
        """The address below the site's root, with a slash at the start: "/nl/what-to-do/", "/nl/404.html"."""
        if self.name in TEMPLATES:
            return f"/{url_of('index', self.locale, SOURCE)}{self.name}"
        return f"/{url_of(self.name, self.locale, SOURCE)}"

    @property
    def file(self) -> str:
        """The file below the site's folder: "nl/what-to-do/index.html"."""
        return self.path[1:] + ("index.html" if self.path.endswith("/") else "")

    def __str__(self) -> str:
        return f"{self.locale}-{self.name.strip('/')}"


def _templates() -> list[str]:
    """The pages that are not made of Markdown: "404.html" for an unknown address, "poster/"."""
    folder = ROOT / "overrides"
    names = [file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*.html"))]
    pages = [name for name in names if not name.startswith(("parts/", "base.", "main."))]
    return [name.removesuffix("index.html") for name in pages]


TEMPLATES = _templates()
EXTRA = [At(locale, name) for name in TEMPLATES for locale in LOCALES if (locale, name) not in ONCE]
TRUE = [At(locale, name) for locale in LOCALES for name in PROJECT.pages if PROJECT.text(locale, name)]


def _fallbacks() -> list[At]:
    """Pages shown in the source language: for each page one from left to right and one from right to left,
    since they differ in nothing but a frame whose words the language's own pages show too."""
    found = {
        (name, direction(locale)): At(locale, name)
        for locale in reversed(LOCALES)
        for name in PROJECT.pages
        if At(locale, name) not in TRUE
    }
    return sorted(found.values(), key=str)


PAGES = [*TRUE, *_fallbacks()]
EVERY = [*(At(locale, name) for locale in LOCALES for name in PROJECT.pages), *EXTRA]

# Languages that have all pages.
WHOLE = [tag for tag in LOCALES if all(At(tag, name) in TRUE for name in PROJECT.pages)]

# One page of each form: of text alone, with a list to tick, numbers, sentences to point at, a form, a search.
KINDS = ("index", "advice", "recognise", "contact", "first-words", "find-centre", "search", "print")

each_language = pytest.mark.parametrize("locale", LOCALES)

# What a script does is the same in every language; where things lie is mirrored in one from right to left.
BOTH_WAYS = [SOURCE, *[tag for tag in LOCALES if direction(tag) == "rtl"][:1]]
both_ways = pytest.mark.parametrize("locale", BOTH_WAYS)


@cache
def words(locale: str) -> dict[str, str]:
    """The words of the frame in a language."""
    text = (ROOT / "docs" / locale / "interface.yml").read_text(encoding="utf-8")
    return {str(key): str(value) for key, value in yaml.safe_load(text).items()}


WHOM_TO_CALL = ("emergency", "line", "centre", "minors")  # of each kind a reader finds all, everywhere


@cache
def phones(*kinds: str) -> dict[str, str]:
    """Each number of contacts.yml and what a telephone dials: {"02 511 64 64": "+3225116464"}.

    In: the kinds that are asked for ("line"), or none for all.
    """
    found, _ = contacts.load(
        (ROOT / "docs/contacts.yml").read_text(encoding="utf-8"), "docs/contacts.yml", PROJECT.country
    )
    numbers = [
        str(value)
        for name, value in found.values.items()
        if name.endswith(".phone") and (not kinds or name.partition(".")[0] in kinds)
    ]
    return {number: telephone.e164(number, PROJECT.country) or "" for number in numbers}


def on_every_page(pages: Sequence[At]) -> Callable[[Callable[[Path, At], None]], Callable[[Path], None]]:
    """Make one test of a check: it looks at all these pages, and names each that is at fault."""

    def decorate(check: Callable[[Path, At], None]) -> Callable[[Path], None]:
        def test(site: Path) -> None:
            faults = []
            for at in pages:
                try:
                    check(site, at)
                except AssertionError as error:
                    faults.append(f"{at}: {error}")
            assert pages
            assert not faults, "\n\n".join(faults)

        test.__name__, test.__qualname__, test.__doc__ = check.__name__, check.__qualname__, check.__doc__
        test.__module__ = check.__module__
        return test

    return decorate


@cache
def parsed(site: Path, at: At) -> LexborHTMLParser:
    """A page as it was written, before any script has run. Shared: to be read only."""
    return LexborHTMLParser((site / at.file).read_text(encoding="utf-8"))


def look_at(page: Page, at: At, *, width: int = 1280, height: int = 800) -> None:
    """Open a page by day, in a window of a size in CSS pixels."""
    page.emulate_media(media="screen", color_scheme="light", forced_colors="none")
    page.set_viewport_size({"width": width, "height": height})
    page.goto(at.path)
