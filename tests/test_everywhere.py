"""Pages hold in every country: what is one country's own stands in sections that docs/national.yml names."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from environment import ROOT
from pages import LOCALES, PROJECT
from safepage.page import grammar, head

NATIONAL: dict[str, list[str]] = yaml.safe_load((ROOT / "docs/national.yml").read_text(encoding="utf-8"))
WORDS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "fixtures/national_words.yml").read_text(encoding="utf-8")
)
# What every site has, or what the site fills with what it has.
GENERAL = re.compile(
    r"emergency\.phone|operator\..+|contacts\.checked"
    r"|list\.(?:(?:emergency|line|centre|minors)(?:\.short)?|regions|centres|prints|search)"
)
_LINK = re.compile(r"\]\(([^)\s]*)\)")
_UNSEEN = re.compile(r"\]\([^)]*\)|\{#[^}]*\}|\{\{[^}]*\}\}")


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it up to the next one; `national`: in this country alone."""

    level: int
    id: str
    text: str
    national: bool


@cache
def sections(locale: str, page: str) -> tuple[Section, ...]:
    """The sections of a page, first what stands in its head."""
    text = head.read(PROJECT.text(locale, page) or "", f"docs/{locale}/{page}.md")
    found = [
        Section(
            0,
            "",
            "\n".join(str(text.data[key]) for key in ("title", "menu", "description") if key in text.data),
            False,
        )
    ]
    lines: list[str] = []
    above = 0  # the level of the national section that we are in
    for line in text.body.split("\n"):
        if heading := grammar.heading(line):
            if above and heading.level <= above:
                above = 0
            if not above and heading.id in NATIONAL.get(page, ()):
                above = heading.level
            lines = [line]
            found.append(Section(heading.level, heading.id, "", bool(above)))
        else:
            lines.append(line)
        last = found[-1]
        if last.level:
            found[-1] = Section(last.level, last.id, "\n".join(lines), last.national)
    return tuple(found)


def texts(locale: str) -> Iterator[tuple[str, Section]]:
    """Each section of a language that holds everywhere, and where it stands; the frame's words too."""
    for page in PROJECT.pages:
        if PROJECT.text(locale, page):
            yield from ((f"{page}#{it.id}", it) for it in sections(locale, page) if not it.national)
    frame = (ROOT / f"docs/{locale}/interface.yml").read_text(encoding="utf-8")
    yield from (
        (f"interface.yml {key}", Section(0, "", str(text), False))
        for key, text in yaml.safe_load(frame).items()
    )


@cache
def words(locale: str) -> re.Pattern[str]:
    """What finds the words of a country in a text of a language, as `plain` gives it."""
    known = [re.escape(plain(word)).replace(r"\*", r"\w*") for word in [*WORDS["every"], *WORDS[locale]]]
    return re.compile(rf"(?<![\w+])(?:{'|'.join(known)})(?!\w)")


def plain(text: str) -> str:
    """A text as words are looked for: without what nobody sees, small letters, figures from 0 to 9."""
    shown = " ".join(_UNSEEN.sub(" ", text).replace("\u00a0", " ").split()).casefold()
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in shown)


def test_what_holds_everywhere_names_no_country() -> None:
    """No name, number or institution of a country in a page, a heading, a description or the frame."""
    found = [
        f"docs/{tag}/{place}: {match[0]}"
        for tag in LOCALES
        for place, section in texts(tag)
        for match in words(tag).finditer(plain(section.text))
    ]
    assert not found, "\n".join(found)


def test_the_words_are_those_of_the_pages() -> None:
    """Each list finds what the national sections of its language say: it isn't a list of misspellings."""
    for tag in LOCALES:
        own = [
            s.text
            for page in PROJECT.pages
            if PROJECT.text(tag, page)
            for s in sections(tag, page)
            if s.national
        ]
        found = {match[0] for text in own for match in words(tag).finditer(plain(text))}
        assert len(found) >= 4, (tag, found)


def test_what_holds_everywhere_has_what_every_site_has() -> None:
    """A site of another country has other contacts: only those that every site has stand in such sections."""
    found = [
        f"docs/{tag}/{place}: {name}"
        for tag in LOCALES
        for place, section in texts(tag)
        for name in grammar.names(section.text)
        if not GENERAL.fullmatch(name)
    ]
    assert not found, "\n".join(found)


def test_nothing_leads_to_a_national_section() -> None:
    """No link breaks when the sections of a country are taken out."""
    gone = {f"{page}.md#{anchor}" for page, anchors in NATIONAL.items() for anchor in anchors}
    found = [
        f"docs/{tag}/{page}.md: {target}"
        for tag in LOCALES
        for page in PROJECT.pages
        for target in _LINK.findall(PROJECT.text(tag, page) or "")
        if posixpath.normpath(posixpath.join(posixpath.dirname(page), target)) in gone
        or f"{page}.md{target}" in gone
    ]
    assert not found, "\n".join(found)


def test_national_sections_are_there() -> None:
    """Each anchor stands once in each language that has the page: nothing national is left in."""
    for page, anchors in NATIONAL.items():
        for tag in LOCALES:
            if PROJECT.text(tag, page):
                ids = [section.id for section in sections(tag, page)]
                assert [it for it in anchors if ids.count(it) != 1] == [], (tag, page)


def test_a_page_reads_well_without_them() -> None:
    """Taking them out leaves no heading with nothing below it, and no step in the outline."""
    found = []
    for tag in LOCALES:
        for page in NATIONAL:
            left = [it for it in sections(tag, page) if not it.national] if PROJECT.text(tag, page) else []
            for section, after in zip(left, [*left[1:], Section(0, "", "", False)], strict=bool(left)):
                nothing = "\n" not in section.text.strip() and section.level and after.level <= section.level
                if nothing or after.level > section.level + 1:
                    found.append(f"docs/{tag}/{page}.md#{section.id}")
    assert not found, "\n".join(found)
