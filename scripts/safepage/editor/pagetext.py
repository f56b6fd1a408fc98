"""A page's file as a form shows it, and back: its head, and its text in pieces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from safepage.editor import values
from safepage.faults import Faulty
from safepage.page import head
from safepage.page.yaml_text import KeyPath

HEAD = ("title", "menu", "description")
WHOLE = "body"  # the form's name of a text that is in one piece
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Piece:
    """Some lines of a page's text that are edited together: the first of them and the one after the last,
    blank ones below them apart, which reach to `tail`. A piece that is not there yet has none.
    """

    start: int
    end: int
    tail: int


@dataclass(frozen=True)
class PageText:
    """A page's file: what is above the head's values, these, the line below, and the text."""

    opening: str
    head: str
    closing: str
    body: str

    @classmethod
    def read(cls, raw: str) -> PageText:
        """In: the file's text with its own line ends."""
        lines = _LINE.findall(raw)
        end = head.end([line.rstrip("\r\n") for line in _LINE.findall(raw.removeprefix("\ufeff"))])
        if not end:
            return cls("", "", "", raw)
        return cls(lines[0], "".join(lines[1:end]), lines[end], "".join(lines[end + 1 :]))

    @property
    def raw(self) -> str:
        return self.opening + self.head + self.closing + self.body

    @property
    def first_line(self) -> int:
        """The line of the file (from 1) on which the text begins."""
        return 1 + len(_LINE.findall(self.opening + self.head + self.closing))

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without what ends them."""
        return [line.rstrip("\r\n") for line in _LINE.findall(self.body)]

    def said(self) -> dict[str, str]:
        """What the head says of HEAD; "" where it says nothing, or can't be read."""
        try:
            found = values.Values.read(self.head, "")
        except Faulty:
            return dict.fromkeys(HEAD, "")
        return {name: found.says((name,)) for name in HEAD}

    def with_head(
        self, path: str, typed: Mapping[str, str], once: Mapping[tuple[KeyPath, str], str]
    ) -> PageText:
        """The page with other words in its head; a menu's name that is emptied goes. Raises Faulty."""
        new = self.head
        for name in HEAD:
            if self.head and name in typed and typed[name].replace("\r\n", "\n") != self.said()[name]:
                wanted: Mapping[KeyPath, str] = {(name,): values.one_line(typed[name])}
                new = values.changed(new, path, wanted, keep=name != "menu", once=once)
        return PageText(self.opening, new, self.closing, self.body)

    def with_lines(self, new: Sequence[str]) -> PageText:
        """The page with other lines of text; those that stay, keep what ends them."""
        old = _LINE.findall(self.body)
        before = self.lines
        if list(new) == before:
            return self
        ends = [line[len(bare) :] for line, bare in zip(old, before, strict=True)]
        usual = Counter(end for end in ends if end).most_common(1)
        eol = usual[0][0] if usual else "\n"
        out: list[str] = []
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, new, autojunk=False).get_opcodes():
            same = tag == "equal" or i2 - i1 == j2 - j1
            out += ends[i1:i2] if same else [eol] * (j2 - j1)
        closed = not ends or bool(ends[-1])
        out = [end or eol for end in out]
        if out and not closed:
            out[-1] = ""
        body = "".join(line + end for line, end in zip(new, out, strict=True))
        return PageText(self.opening, self.head, self.closing, body)


def pieces(lines: Sequence[str], starts: Iterable[int]) -> list[Piece]:
    """The text divided before these lines (from 0); what stands above the first is no piece's."""
    edges = sorted(set(starts))
    found = []
    for start, after in zip(edges, [*edges[1:], len(lines)], strict=True):
        end = after
        while end > start + 1 and not lines[end - 1].strip():
            end -= 1
        found.append(Piece(start, end, after))
    return found


def joined(
    lines: Sequence[str], parts: Sequence[tuple[Piece, str]]
) -> tuple[list[str], list[tuple[int, int]]]:
    """The text of pieces with what was typed for each, in their order; which lines (from 0) each has then."""
    first = next((piece.start for piece, _ in parts if piece.tail), 0)
    out = list(lines[:first])
    places = []
    for piece, typed in parts:
        rows = typed_lines(typed)
        if not piece.tail and rows:
            out += [""] if out and out[-1].strip() else []
        places.append((len(out), len(out) + len(rows)))
        out += rows
        out += lines[piece.end : piece.tail] if piece.tail else [""] if rows else []
    if parts and not parts[-1][0].tail and lines and lines[-1].strip():
        while out and not out[-1].strip():
            out.pop()
    return out, places


def typed_lines(typed: str) -> list[str]:
    """What was typed, as lines, without blank ones above and below it."""
    lines = re.split(r"\r\n|\r|\n", typed)
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return lines
