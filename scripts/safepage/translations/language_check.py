"""Is a page's text in the language of its folder? A warning for each paragraph that seems not to be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import astuple
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from langcodes import Language

from safepage.faults import Fault
from safepage.gate import leftovers
from safepage.page.grammar import PLACEHOLDER
from safepage.page.paragraphs import paragraphs
from safepage.site.data import Remember
from safepage.site.languages import language_name

MIN_LETTERS = 40  # below it names weigh too much for the model
MAX_WARNINGS = 4  # lines for one page
MIN_SCORE = 0.8
MIN_SHARE = 0.2  # of the source's letters; Chinese needs a third of English

# Languages that the model takes for each other, or lacks (Tigrinya, Dari, Montenegrin).
_CLOSE = [
    frozenset(group.split())
    for group in (
        "am ti", "nl af fy li vls", "hr sr bs sh cnr", "no nb nn da sv", "id ms jv", "tl fil ceb war",
        "pt gl", "ar arz",
        "fa ps azb ur ckb glk mzn pnb", "zh yue wuu", "ru uk be", "bg mk", "hi mr ne bho", "tr az", "cs sk",
        "de als bar lb", "es ca gl ast", "it scn lmo co", "so om",
    )
]  # fmt: skip
# The model's answers are believed only for languages that it knows well: a wrong one is often a rare one.
_KNOWN = re.compile(
    r"en|nl|fr|de|es|pt|it|ro|pl|cs|sk|hu|hr|sq|tr|ru|uk|bg|mk|el|ar|fa|ur|he|hi|bn|th|vi|zh|ja|ko|am|ka|hy|sv"
)
_CJK = "\u2e80"  # from here on a letter says as much as three of an alphabet
_MARKUP = re.compile(rf"{PLACEHOLDER.pattern}|\{{[^{{}}]*\}}|\]\([^()]*\)|<[^<>]*>|&#?\w+;|[*_`#\[\]!>|]")


def check(
    body: str, locale: str, source_body: str, path: str, first_line: int = 1, *, source_locale: str = "en"
) -> list[Fault]:
    """Compare a page's language with the one that its folder promises.

    In: the Markdown of the page and of its source page, the page's locale and file, the line on which the
    Markdown begins. Out: a warning for each paragraph that is the source's, word for word, or that a detector
    takes for another language. Short paragraphs, and those of names only, are left alone.
    """
    if locale == source_locale:
        return []
    faults: list[Fault] = []
    theirs = {_words(p.text) for p in paragraphs(source_body) if p.in_body}
    for paragraph in paragraphs(body, first_line):
        if not paragraph.in_body or paragraph.kind in ("code", "ref"):
            continue
        words = _words(paragraph.text)
        letters = sum(3 if c > _CJK else 1 for c in words if c.isalpha())
        prose = any(word[0].islower() for word in words.split())  # else it is a list of names
        if words in theirs and prose and letters >= 20 and len(words.split()) >= 4:
            what = f"“{_short(words)}” is still in {_name(source_locale)}"
        elif letters >= MIN_LETTERS and (other := _other_language(words, locale, source_locale)):
            what = f"“{_short(words)}” seems to be {_name(other)}, but the page is {_name(locale)}"
        else:
            continue
        todo = f"write it in {_name(locale)}; if it is right as it is, leave it"
        faults.append(Fault(path, paragraph.line, what, todo, "warning"))
    return faults


def check_tree(docs: Path, locales: Sequence[str], remember: Remember) -> list[Fault]:
    """The warnings of `check` for every page of a site.

    In: the docs folder; the site's locales, the source first; what gives again what was found before, so
    that only new text is looked at.
    """
    source = locales[0]
    faults: list[Fault] = []
    for locale in locales[1:]:
        for file in leftovers.files(docs / locale, ".md"):
            original = docs / source / file.relative_to(docs / locale)
            if not original.is_file():
                continue
            text, theirs = (
                found.read_text(encoding="utf-8-sig", errors="replace") for found in (file, original)
            )
            path = file.relative_to(docs.parent).as_posix()
            look = partial(_found, text, locale, theirs, path, source)
            faults += [Fault(*told) for told in remember((path, text, source, theirs), look)]
    return faults


def _found(text: str, locale: str, theirs: str, path: str, source: str) -> list[tuple[Any, ...]]:
    return list(map(astuple, _shortened(check(text, locale, theirs, path, source_locale=source))))


def _shortened(faults: list[Fault]) -> list[Fault]:
    """A page's warnings, the fourth and later ones as one line."""
    if len(faults) <= MAX_WARNINGS:
        return faults
    first, rest = faults[: MAX_WARNINGS - 1], faults[MAX_WARNINGS - 1 :]
    what = f"from here on {len(rest)} more paragraphs are in another language than the page's folder"
    todo = "translate them, or delete the file: readers then see the source page, marked as such"
    return [*first, Fault(rest[0].path, rest[0].line, what, todo, "warning")]


def whole(body: str, source_body: str, path: str) -> list[Fault]:
    """An error if a translation holds less than a fifth of its source's text: readers would miss the rest."""
    full, here = _letters(source_body), _letters(body)
    if full <= 200 or here >= full * MIN_SHARE:
        return []
    what = f"the page holds only a small part of the source page ({100 * here // full} % of its letters)"
    todo = "translate the rest, or delete the file: readers then see the whole page in the source language"
    return [Fault(path, 0, what, todo)]


def _other_language(words: str, locale: str, source_locale: str) -> str | None:
    # The model takes a quarter of a second to load: only who needs it pays.
    from safepage.translations.detector import LANGUAGES, answers

    tag, score = answers(words.lower(), 1)[0]
    own, other = _language(locale), _language(tag)
    if other == own or not _KNOWN.fullmatch(other) or score < MIN_SCORE:
        return None
    if any(own in group and other in group for group in _CLOSE):
        return None
    known = own in {_language(tag) for tag in LANGUAGES}
    return other if known or other == _language(source_locale) else None  # else it only guesses


@cache
def _language(tag: str) -> str:
    """The language that a tag names, as Unicode calls it: Dari is Persian there, Tagalog is Filipino."""
    return str(Language.get(tag).language)


def _words(text: str) -> str:
    return " ".join(_MARKUP.sub(" ", unicodedata.normalize("NFC", text)).split())


@lru_cache(maxsize=128)  # one source page is compared with many translations
def _letters(text: str) -> int:
    return sum(map(str.isalpha, _words(text)))


@cache
def _name(tag: str) -> str:
    return language_name(tag, "en")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
