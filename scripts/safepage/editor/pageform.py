"""A page in a form: its head, and its text; a translation's beside its source, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from safepage.editor import pagetext, values
from safepage.editor.form import Beside, Field, Once, Section, Written
from safepage.editor.pagetext import HEAD, WHOLE, PageText, Piece
from safepage.faults import Faulty
from safepage.gate.words import MAX_TEXT
from safepage.page.head import values as head_values
from safepage.site.languages import url_of
from safepage.site.locales import direction
from safepage.translations.catalogue import Catalogue
from safepage.translations.review import review_address, words
from safepage.translations.review import rows as review_rows
from safepage.translations.review.rows import Row

_PART = "text-"
_WIDTH = 46  # letters of a line of a field, about


class _Part(NamedTuple):
    """A piece of the text and the rows of the review that it holds."""

    piece: Piece
    rows: Sequence[Row]


@dataclass(frozen=True)
class PageForm:
    """A page of a language; `say` are the words of the editor."""

    site: Catalogue
    locale: str
    name: str
    say: Mapping[str, str]

    @property
    def path(self) -> str:
        return self.site.path(self.locale, self.name)

    @property
    def title(self) -> str:
        text = self.site.text(self.locale, self.name) or self.begin()
        return head_values(text).get("title", (self.name, 0))[0]

    @property
    def back(self) -> str:
        return f"/edit/{self.locale}/"

    @property
    def see(self) -> str:
        return (
            "" if self.locale in self.site.hidden else "/" + url_of(self.name, self.locale, self.site.source)
        )

    @property
    def review(self) -> str:
        return "" if self.locale == self.site.source else "/" + review_address(self.locale, self.name)

    @property
    def checked(self) -> bool:
        """True for a translation that a native speaker has checked as it is."""
        try:
            state = self.site.state(self.locale, self.name, places=False) if self.review else None
        except Faulty:
            return False  # told by the build
        return state is not None and state.reviewed_by is not None

    def begin(self) -> str:
        """The source's words: as long as they are these, readers are told that the page is not translated."""
        return self.site.text(self.site.source, self.name) or ""

    def sections(self, raw: str, whole: bool) -> list[Section]:
        """The head's fields, then the text's."""
        page = PageText.read(raw)
        paired = self.locale != self.site.source
        sections = [Section(self.say["head"], self._head(page), paired=paired)] if page.head else []
        if whole or not paired:
            return [*sections, Section(self.say["text"], [self._whole(page)])]
        fields = [self._part(number, part, page.lines) for number, part in enumerate(self._parts(page))]
        return [*sections, Section(self.say["text"], fields, paired=True)]

    def written(self, raw: str, typed: Mapping[str, str], once: Once) -> Written:
        """The page with what was typed."""
        page = PageText.read(raw)
        if WHOLE in typed:
            parts = [(WHOLE, _all(page.lines))]
        else:  # before the head gets another number of lines
            parts = [(f"{_PART}{number}", part.piece) for number, part in enumerate(self._parts(page))]
        shown = {name: "\n".join(page.lines[piece.start : piece.end]) for name, piece in parts}
        new, places = pagetext.joined(
            page.lines, [(piece, typed.get(name, shown[name])) for name, piece in parts]
        )
        page = page.with_head(self.path, typed, once).with_lines(new)
        lines = {
            name: (page.first_line + start, page.first_line + max(start, end - 1))
            for (name, _), (start, end) in zip(parts, places, strict=True)
        }
        return Written(page.raw, {**_head_lines(page), **lines})

    def whole(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """The text in one, as the paragraphs of a file that has changed stand elsewhere."""
        texts = ["\n".join(pagetext.typed_lines(typed[name])) for name in typed if name.startswith(_PART)]
        rest = {name: value for name, value in typed.items() if not name.startswith(_PART)}
        return {WHOLE: "\n\n".join(filter(None, texts)), **rest}

    def _head(self, page: PageText) -> list[Field]:
        said, source = page.said(), head_values(self.begin())
        way = direction(self.locale)
        return [
            Field(
                name,
                self.say[name],
                said[name],
                self.locale,
                way,
                rows=3 if name == "description" else 0,
                hint=self.say[f"hint_{name}"],
                most=MAX_TEXT if name == "description" else 0,
                beside=self._beside([source[name][0]]) if name in source and self.review else (),
            )
            for name in HEAD
        ]

    def _whole(self, page: PageText) -> Field:
        piece = _all(page.lines)
        text = "\n".join(page.lines[piece.start : piece.end])
        rows = min(40, max(12, _height(text) + 2))
        return Field(
            WHOLE,
            self.say["whole"],
            text,
            self.locale,
            direction(self.locale),
            rows=rows,
            hint=self.say["hint_whole"],
        )

    def _part(self, number: int, part: _Part, lines: Sequence[str]) -> Field:
        text = "\n".join(lines[part.piece.start : part.piece.end])
        source = [block.text for row in part.rows for block in row.source]
        states = [row.state for row in part.rows]
        state = next((state for state in ("missing", "outdated", "draft", "current") if state in states), "")
        label = self.say["paragraph"].replace("{number}", str(number + 1))
        height = max(_height(text), 1 if text else _height(source[0]) if source else 2)
        return Field(
            f"{_PART}{number}",
            label,
            text,
            self.locale,
            direction(self.locale),
            rows=height,
            state=state,
            beside=self._beside(source),
        )

    def _beside(self, texts: Sequence[str]) -> list[Beside]:
        source = self.site.source
        return [Beside(Markup(words.html(text)), source, direction(source)) for text in texts]

    @cached_property
    def _rows(self) -> Sequence[Row]:
        try:
            return review_rows.of_page(self.site, self.locale, self.name)
        except Faulty:
            return ()

    def _parts(self, page: PageText) -> list[_Part]:
        """The pieces of a translation in the order of its file, what it lacks below what stands before it."""
        rows, lines, first = self._rows, page.lines, page.first_line
        held: dict[int, list[Row]] = {}
        missing: dict[int, list[Row]] = {}
        last = -1
        for row in rows:
            places = [block.line - first for block in row.ours if block.in_body]
            if places and 0 <= min(places) < len(lines):
                last = min(places)
                held.setdefault(last, []).append(row)
            elif any(block.in_body for block in row.source) and not row.ours:
                missing.setdefault(last, []).append(row)
        if not held:
            whole = [row for row in rows if any(block.in_body for block in row.source)]
            return [_Part(_all(lines), whole)]
        found = [_Part(Piece(0, 0, 0), [row]) for row in missing.get(-1, ())]
        for piece in pagetext.pieces(lines, held):
            found.append(_Part(piece, held[piece.start]))
            found += [_Part(Piece(0, 0, 0), [row]) for row in missing.get(piece.start, ())]
        return found


def _all(lines: Sequence[str]) -> Piece:
    """The whole text as one piece, blank lines above and below it apart."""
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    found = pagetext.pieces(lines, [start]) if lines else []
    return found[0] if found else Piece(0, 0, 0)


def _head_lines(page: PageText) -> dict[str, tuple[int, int]]:
    try:
        found = values.Values.read(page.head, "")
    except Faulty:
        return {}
    at = {
        name: page.head.count("\n", 0, found.spots[(name,)].key) + 2
        for name in HEAD
        if (name,) in found.spots
    }
    return {name: (line, line) for name, line in at.items()}


def _height(text: str) -> int:
    """How many lines a text takes in a field, about."""
    return sum(1 + len(line) // _WIDTH for line in text.split("\n"))
