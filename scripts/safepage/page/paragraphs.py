"""A page's Markdown as a flat list of blocks, each with a digest that only a change of its words changes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from safepage.page import grammar, head
from safepage.page.meant import meant

Lines = list[tuple[int, str]]

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
HEADINGS = tuple(f"h{level}" for level in range(1, 7))
FRONT = ("title", "menu", "description")


@dataclass(frozen=True)
class Paragraph:
    """One block of a page: a heading, a paragraph, a list item, a row of a table, the title of a notice…

    `kind` is "title", "menu", "description" (front matter), "h1"…"h6", "p", "li", "check" (an item of a
    checklist), "row", "code", "quote", "ref" or "notice". `text` is on one line, without its marker and id;
    `line` is the line it starts on, from 1, and `length` how many it takes; `id` is its anchor; `name` is a
    notice's type ("note", "danger").
    """

    kind: str
    text: str
    line: int
    id: str = ""
    name: str = ""
    length: int = field(default=1, compare=False)

    @cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits that stand for the words, not for white space, wraps, ids or place."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]

    @property
    def in_body(self) -> bool:
        """False for the words of the front matter."""
        return self.kind not in FRONT


def paragraphs(text: str, first_line: int = 1) -> list[Paragraph]:
    """The blocks of a page, in order. `text` is the whole file or, from line `first_line` of it, its body.

    Follows Python-Markdown where it differs from CommonMark: a list needs a blank line (or a heading) before
    it, what belongs to an item or a notice is indented by four.
    """
    return list(_parsed(text, first_line))


@lru_cache(maxsize=128)  # one source page is compared with many translations
def _parsed(text: str, first_line: int) -> tuple[Paragraph, ...]:
    above, body = divided(text)
    at = first_line + len(above)
    return (*_front(text, first_line - 1), *_blocks(list(enumerate(body, at))))


def divided(text: str) -> tuple[list[str], list[str]]:
    """The lines of a page's head, with both its fences, and those of its body as they were meant."""
    lines = head.lines_of(text)
    end = head.end(lines)
    above = lines[: end + 1 if end else 0]
    body = [line.expandtabs(4) for line in lines[len(above) :]]
    return above, meant("\n".join(body)).split("\n")


def normal(text: str) -> str:
    """`text` on one line: composed letters (NFC), single spaces, `{{placeholders}}` without inner ones."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if "{{" not in text:
        return text
    return grammar.PLACEHOLDER.sub(lambda match: grammar.spelt(grammar.name(match)), text)


def _front(text: str, offset: int) -> Iterator[Paragraph]:
    values = head.values(text)
    for key in FRONT:
        if key in values:
            value, line = values[key]
            yield Paragraph(key, normal(value), line + offset)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _indented(lines: Lines, start: int) -> tuple[Lines, int]:
    """The run of blank or indented lines from `start`, four columns less, and the index after it."""
    end = start
    while end < len(lines) and (not lines[end][1].strip() or _indent(lines[end][1]) >= 4):
        end += 1
    return [(number, line[4:]) for number, line in lines[start:end]], end


def _blocks(lines: Lines) -> Iterator[Paragraph]:
    texts = [text for _, text in lines]
    at = 0
    while at < len(lines):
        number, line = lines[at]
        if not line.strip():
            at += 1
        elif fence := _FENCE.match(line):
            end = at + 1
            while end < len(lines) and not lines[end][1].strip().startswith(fence[1]):
                end += 1
            yield _make("code", [text for _, text in lines[at + 1 : end]], number, length=end + 1 - at)
            at = end + 1
        elif _indent(line) >= 4:
            inner, at = _indented(lines, at)
            yield _make("code", [text for _, text in inner], number, length=len(inner))
        elif heading := grammar.heading(line):
            yield _make(f"h{heading.level}", [heading.text], number, heading.id)
            at += 1
        elif notice := grammar.notice(line):
            yield Paragraph("notice", normal(notice.title or ""), number, name=notice.kind)
            inner, at = _indented(lines, at + 1)
            yield from _blocks(inner)
        elif grammar.RULE.fullmatch(line):
            at += 1
        elif entry := grammar.entry(texts, at):
            kind = "check" if entry.item.box else "li"
            yield _make(kind, [entry.text, entry.rest], number, entry.id, entry.length)
            inner, at = _indented(lines, at + entry.length)
            yield from _blocks(inner)
        elif grammar.reference(line) is not None:
            yield _make("ref", [line], number)
            at += 1
        elif at + 1 < len(lines) and "|" in line and grammar.table_rule(lines[at + 1][1]):
            yield _make("row", [line], number)
            at += 2
            while at < len(lines) and lines[at][1].strip():
                yield _make("row", [lines[at][1]], lines[at][0])
                at += 1
        else:
            quote = line.lstrip().startswith(">")
            end = at + 1
            while end < len(lines) and lines[end][1].strip() and not _interrupts(texts, end):
                end += 1
            words = [text.lstrip(" >") if quote else text for _, text in lines[at:end]]
            yield _make("quote" if quote else "p", words, number, length=end - at)
            at = end


def _interrupts(lines: Sequence[str], at: int) -> bool:
    if grammar.item(lines[at]):
        return grammar.begins_list(lines, at)
    return grammar.begins(lines[at]) or grammar.begins_table(lines, at)


def _make(kind: str, words: list[str], line: int, anchor: str = "", length: int = 1) -> Paragraph:
    return Paragraph(kind, normal(" ".join(words)), line, anchor, length=length)
