"""Pages hold in every country: what is one country's own stands in sections that docs/national.yml names."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml

from environment import ROOT
from pages import LOCALES, PROJECT, TRUE, words
from safepage.begin import cutting
from safepage.page import grammar
from safepage.page.paragraphs import Paragraph, paragraphs

NATIONAL: dict[str, list[str]] = yaml.safe_load((ROOT / "docs/national.yml").read_text(encoding="utf-8"))
WORDS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "fixtures/national_words.yml").read_text(encoding="utf-8")
)
# What every site has, or what the site fills with what it has.
GENERAL = re.compile(
    r"emergency\.phone|operator\..+|contacts\.checked"
    r"|list\.(?:(?:emergency|line|centre|minors)(?:\.short)?|regions|prints|search)"
)
_LINK = re.compile(r"\]\(([^)\s]*)\)")
_UNSEEN = re.compile(r"\]\([^)]*\)|\{\{[^}]*\}\}")


@cache
def whole(locale: str, page: str) -> str:
    """A page as it is."""
    return PROJECT.text(locale, page) or ""


@cache
def everywhere(locale: str, page: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a page, head and headings among them, as a site of another country begins with it:
    none of a page that is national as a whole."""
    kept = cutting.page(whole(locale, page), page, NATIONAL.get(page, ()), ())
    return () if cutting.is_empty(kept) else tuple(paragraphs(kept))


@cache
def national(locale: str) -> re.Pattern[str]:
    """What finds the words of a country in a text of a language, as `plain` gives it."""
    return _any([*WORDS["every"], *WORDS[locale]])


def _any(some: list[str]) -> re.Pattern[str]:
    known = [re.escape(plain(word)).replace(r"\*", r"\w*") for word in some]
    return re.compile(rf"(?<![\w+])(?:{'|'.join(known)})(?!\w)")


def plain(text: str) -> str:
    """A text as words are looked for: without what nobody sees, small letters, figures from 0 to 9."""
    shown = " ".join(_UNSEEN.sub(" ", text).replace("\u00a0", " ").split()).casefold()
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in shown)


def found(locale: str, text: str) -> list[str]:
    """The words of a country in a text."""
    return national(locale).findall(plain(text))


def told() -> Iterator[tuple[str, str, str]]:
    """The texts that hold everywhere: language, where it stands, text; the frame's words too."""
    for at in TRUE:
        yield from ((at.locale, at.name, block.text) for block in everywhere(at.locale, at.name))
    for locale in LOCALES:
        yield from ((locale, f"interface.yml {key}", text) for key, text in words(locale).items())


def test_what_holds_everywhere_names_no_country() -> None:
    """No name, number or institution of a country in a page, a heading, a description or the frame."""
    wrong = [
        f"docs/{tag}/{place}: {some}: {text}" for tag, place, text in told() if (some := found(tag, text))
    ]
    assert not wrong, "\n".join(wrong)


def test_terms_hold_everywhere() -> None:
    """But those of national sections, and remarks with “Here:”, with which no other site begins."""
    terms = {tag: (ROOT / f"docs/{tag}/glossary.yml").read_text(encoding="utf-8") for tag in LOCALES}
    gone = ("specialised_magistrate", "time_to_reflect")
    wrong = [
        f"docs/{tag}/glossary.yml: {some}"
        for tag, text in terms.items()
        if (some := found(tag, cutting.terms(text, gone)))
    ]
    assert not wrong, "\n".join(wrong)
    for tag, text in terms.items():
        known, kept = yaml.safe_load(text), yaml.safe_load(cutting.terms(text, gone))
        assert kept == {term: told for term, told in known.items() if term not in gone}, tag


def test_the_words_are_those_of_the_pages() -> None:
    """National sections have the words, the country's name (the first) too: no list is misspelt."""
    for locale in LOCALES:
        own = " ".join(plain(whole(locale, at.name)) for at in TRUE if at.locale == locale)
        known = [word for word in WORDS[locale] if _any([word]).search(own)]
        assert known[:1] == WORDS[locale][:1] and len(known) >= 4, (locale, known)


def test_what_holds_everywhere_has_what_every_site_has() -> None:
    """A site of another country has other contacts: only those that every site has stand in such sections."""
    wrong = [
        f"docs/{tag}/{place}: {name}"
        for tag, place, text in told()
        for name in grammar.names(text)
        if not GENERAL.fullmatch(name)
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_leads_to_a_national_section() -> None:
    """No link breaks when the sections of a country are taken out."""
    gone = {f"{page}.md#{anchor}" for page, anchors in NATIONAL.items() for anchor in anchors}
    wrong = [
        f"docs/{at.locale}/{at.name}.md: {target}"
        for at in TRUE
        for target in _LINK.findall(whole(at.locale, at.name))
        if posixpath.normpath(posixpath.join(posixpath.dirname(at.name), target)) in gone
        or f"{at.name}.md{target}" in gone
    ]
    assert not wrong, "\n".join(wrong)


def test_national_sections_are_there() -> None:
    """Each anchor stands once in each language that has the page: nothing national is left in."""
    for at in TRUE:
        ids = [block.id for block in paragraphs(whole(at.locale, at.name)) if _level(block)]
        assert [it for it in NATIONAL.get(at.name, ()) if ids.count(it) != 1] == [], at
    assert set(NATIONAL) <= {at.name for at in TRUE}


def test_a_page_reads_well_without_them() -> None:
    """Taking them out leaves no heading with nothing below it, and no step in the outline."""
    wrong = []
    for at in TRUE:
        blocks = everywhere(at.locale, at.name)
        # A heading right below one that is no smaller: nothing stands below the first.
        empty = [one for one, after in pairwise(blocks) if _level(one) >= _level(after) > 0]
        empty += [one for one in blocks[-1:] if _level(one)]
        headings = [block for block in blocks if _level(block)]
        steps = [after for one, after in pairwise(headings) if _level(after) > _level(one) + 1]
        wrong += [f"{at}: {block.text}" for block in [*empty, *steps]]
    assert not wrong, "\n".join(wrong)


def _level(block: Paragraph) -> int:
    return int(block.kind[1]) if re.fullmatch(r"h[1-6]", block.kind) else 0
