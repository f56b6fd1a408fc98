"""What the template shows of each page: its rows with words marked, notes, terms, and where to work on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from markupsafe import Markup

from safepage.faults import Fault
from safepage.page.paragraphs import Paragraph
from safepage.site.locales import direction
from safepage.translations import frame_words
from safepage.translations.catalogue import Catalogue
from safepage.translations.difference import KINDS
from safepage.translations.editing import edit_url, form_url, new_url
from safepage.translations.old_texts import History
from safepage.translations.po import glossary
from safepage.translations.po.glossary import Term
from safepage.translations.records import Entry
from safepage.translations.review import notes, rows, words
from safepage.translations.review.notes import Note
from safepage.translations.review.rows import Row
from safepage.translations.status_table import STATES

FORM = "confirm.yml"  # the workflow that confirms a page from the browser
_TELLING = ("title", "menu", "description", "check", "row", "code", "quote", "ref", "notice")


class Side(NamedTuple):
    """A paragraph in one language: its element, its kind, its words."""

    tag: str
    kind: str
    words: Markup
    locale: str
    direction: str


@dataclass(frozen=True)
class Line:
    """A row as it is shown; `about` is what kind of words it is, `line` that of the translation's file."""

    id: str
    number: int
    state: str
    about: str
    line: int
    source: Sequence[Side]
    ours: Sequence[Side]
    remarks: Sequence[str]
    terms: Sequence[Term]
    notes: Sequence[Note]

    @property
    def asks(self) -> bool:
        """True where there is something to do, or to look at."""
        return self.state in ("missing", "outdated") or bool(self.notes)


@dataclass(frozen=True)
class Part:
    """A page as it is shown: how it stands, where to work on it (None: nobody knows), how to confirm it."""

    name: str
    path: str
    critical: bool
    totals: str
    lines: Sequence[Line]
    notes: Sequence[Note]
    href: str | None
    action: str
    form: str | None
    command: str

    @property
    def asking(self) -> Sequence[Line]:
        """The rows that ask for something; none where these are nearly all."""
        found = [line for line in self.lines if line.asks]
        return found if len(found) < 12 or 2 * len(found) < len(self.lines) else []


@dataclass(frozen=True)
class Reader:
    """Reads the pages of one language."""

    site: Catalogue
    locale: str
    repo_url: str | None
    terms: Sequence[Term]
    history: History

    @classmethod
    def begin(cls, site: Catalogue, locale: str, repo_url: str | None) -> Self:
        """In: the project, the language, the project's address on a code host. Raises Faulty."""
        return cls(site, locale, repo_url, glossary.terms(site, locale), History(site.root, site.source))

    def part(self, name: str, faults: Collection[Fault]) -> Part:
        """A page, or the words of the frame. In: what a build has found. Raises Faulty."""
        site, locale, frame = self.site, self.locale, name == frame_words.NAME
        found = rows.of_frame(site, locale) if frame else rows.of_page(site, locale, name)
        *told, above = notes.of_page(site, locale, name, found, faults)
        before = self._before(name, found)
        lines = [
            self._line(f"{name}-{number}", number, row, before, told[number - 1])
            for number, row in enumerate(found, 1)
        ]
        totals = Counter(row.state for row in found)
        path, there = site.path(locale, name), site.text(locale, name) is not None
        begin = new_url(self.repo_url, path, site.text(site.source, name) or "")
        return Part(
            name,
            path,
            name in site.critical,
            ", ".join(f"{totals[state]} {state}" for state in STATES if totals[state]),
            lines,
            above,
            edit_url(self.repo_url, path) if there else begin,
            "Edit" if there else "Begin",
            form_url(self.repo_url, FORM) if there else None,
            f"{site.command} confirm {locale} {name} --reviewed-by HANDLE" if there else "",
        )

    def _before(self, name: str, found: Sequence[Row]) -> dict[str, Paragraph]:
        """What the source said before of what is outdated, as far as git has it."""
        wanted = {old.digest for row in found for old in _olds(row)}
        if not wanted:
            return {}
        if name == frame_words.NAME:
            path = frame_words.path(self.site.source)
            return self.history.find_words(path, frame_words.words, wanted)
        return self.history.find(name, wanted)

    def _line(
        self, id_: str, number: int, row: Row, before: dict[str, Paragraph], told: Sequence[Note]
    ) -> Line:
        terms = [term for term in self.terms if any(term.pattern.search(block.text) for block in row.source)]
        shown = row.ours[0] if row.ours else None
        return Line(
            id_,
            number,
            row.state,
            _about((*row.source, *row.ours)[:1]),
            shown.line if shown else 0,
            [*self._source(row, before, terms)],
            [*self._ours(row, terms)],
            [*self._remarks(row, before)],
            terms,
            [*told, *self._to_avoid(row, terms)],
        )

    def _source(self, row: Row, before: dict[str, Paragraph], terms: Sequence[Term]) -> Iterator[Side]:
        """The source's words, with what changed in them."""
        for at, block in enumerate(row.source):
            layers = [layer for term in terms for layer in words.found(term.pattern, block.text, "term")]
            entry = row.changed.get(at)
            old = before.get(entry.digest) if entry else None
            if row.state == "outdated" and at in row.changed and (old or not entry):
                made = words.changed(old.text if old else "", block.text, layers)
            else:
                made = words.html(block.text, layers)
            yield _side(block, made, self.site.source, heading=True)
        if row.gone and (old := before.get(row.gone.digest)):
            yield _side(old, words.changed(old.text, ""), self.site.source)

    def _ours(self, row: Row, terms: Sequence[Term]) -> Iterator[Side]:
        """The translation's words; a copy of the source's is in the source's language."""
        locale = self.site.source if row.copied else self.locale
        for block in row.ours:
            layers = [
                layer
                for _, pattern in _avoided(row, terms)
                for layer in words.found(pattern, block.text, "avoid")
            ]
            yield _side(block, words.html(block.text, layers), locale)

    def _remarks(self, row: Row, before: dict[str, Paragraph]) -> Iterator[str]:
        if row.remark:
            yield row.remark
        if row.copied:
            yield "still in the source’s words"
        if row.state == "outdated" and None in row.changed.values():
            yield "new in the source"
        for old in _olds(row):
            if old.digest not in before:
                yield f"what the source said before is not at hand; it began: {old.excerpt}"

    def _to_avoid(self, row: Row, terms: Sequence[Term]) -> Iterator[Note]:
        for term, pattern in _avoided(row, terms):
            found = [match[0] for block in row.ours for match in pattern.finditer(block.text)]
            if found:
                what = f"the glossary avoids {', '.join(f'“{word}”' for word in dict.fromkeys(found))}"
                yield Note(notes.LOOK, what, f"for “{term.word}” it has “{term.use}”")


def _olds(row: Row) -> list[Entry]:
    """What the source said before of a row that is outdated."""
    olds = [*row.changed.values(), row.gone] if row.state == "outdated" else []
    return [old for old in olds if old]


def _avoided(row: Row, terms: Sequence[Term]) -> list[tuple[Term, re.Pattern[str]]]:
    """The terms for which a translation has words to avoid; the source's own words are none."""
    return [] if row.copied else [(term, term.avoided) for term in terms if term.avoided]


def _side(block: Paragraph, made: Markup, locale: str, *, heading: bool = False) -> Side:
    """A heading is one for the keyboard in the source alone: else each would come twice."""
    level = int(block.kind[1]) if block.kind[0] == "h" else 0
    tag = ("h3" if level < 3 else "h4") if level and heading else "p"
    return Side(tag, block.kind, made, locale, direction(locale))


def _about(blocks: Sequence[Paragraph]) -> str:
    """What a row is, where its looks don't say so: a key of the frame, a name in the menu."""
    return next(
        (b.id if b.kind == "word" else KINDS[b.kind] for b in blocks if b.kind in (*_TELLING, "word")), ""
    )
