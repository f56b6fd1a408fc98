"""A page's Markdown as a flat list of blocks, each with a digest that only a change of its words changes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

Lines = list[tuple[int, str]]

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_HEADING_ID = re.compile(r"\s*\{:?\s*#([^\s}]+)[^}]*\}(?:\s*#*)\s*$")
_ITEM_ID = re.compile(r"\s*\{:?\s*#([^\s}]+)[^}]*\}\s*$")
_NOTICE = re.compile(r'!!!\s*([\w-]+)[^"]*(?:"(.*)")?\s*$')
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d+[.)])\s+(.*)$")
_NESTED_ITEM = re.compile(r"\s{4,}(?:[-*+]|\d+[.)])\s+")
_TASK = re.compile(r"\[[ xX]\]\s+(.*)$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*$")
_REFERENCE = re.compile(r" {0,3}\[[^\]]+\]:\s")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_FRONT = ("title", "menu", "description")


@dataclass(frozen=True)
class Paragraph:
    """One block of a page: a heading, a paragraph, a list item, a row of a table, the title of a notice…

    `kind` is "title", "menu", "description" (front matter), "h1"…"h6", "p", "li", "check" (an item of a
    checklist), "row", "code", "quote", "ref" or "notice". `text` is on one line, without its marker and id;
    `line` is the line it starts on, from 1; `id` is its anchor; `name` is a notice's type ("note", "danger").
    """

    kind: str
    text: str
    line: int
    id: str = ""
    name: str = ""

    @cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits that stand for the words, not for white space, wraps, ids or place."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]

    @property
    def in_body(self) -> bool:
        """False for the words of the front matter."""
        return self.kind not in _FRONT


def paragraphs(text: str, first_line: int = 1) -> list[Paragraph]:
    """The blocks of a page, in order. `text` is the whole file or, from line `first_line` of it, its body.

    Follows Python-Markdown where it differs from CommonMark: a list needs a blank line (or a heading) before
    it, what belongs to an item or a notice is indented by four.
    """
    return list(_parsed(text, first_line))


@lru_cache(maxsize=128)  # one source page is compared with many translations
def _parsed(text: str, first_line: int) -> tuple[Paragraph, ...]:
    lines = [(number, line.expandtabs(4)) for number, line in enumerate(_lines(text), first_line)]
    front, body = _split(lines)
    return (*_front(front), *_blocks(body))


def front_matter(text: str) -> dict[str, tuple[str, int]]:
    """The simple keys of a page's front matter: key → (value as one line, line in the file)."""
    front, _ = _split([(number, line) for number, line in enumerate(_lines(text), 1)])
    found: dict[str, list[str]] = {}
    where: dict[str, int] = {}
    key = ""
    for number, line in front:
        if match := re.match(r"([A-Za-z_][\w-]*):(.*)$", line):
            key = match[1]
            where[key] = number
            found[key] = [match[2]]
        elif key and line.startswith((" ", "\t")):
            found[key].append(line)
    return {key: (_scalar(parts), where[key]) for key, parts in found.items()}


def normal(text: str) -> str:
    """`text` on one line: composed letters (NFC), single spaces, `{{placeholders}}` without inner ones."""
    text = _PLACEHOLDER.sub(r"{{\1}}", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _split(lines: Lines) -> tuple[Lines, Lines]:
    if lines and lines[0][1].rstrip() == "---":
        for index, (_, line) in enumerate(lines[1:], 1):
            if line.rstrip() in ("---", "..."):
                return lines[1:index], lines[index + 1 :]
    return [], lines


def _front(lines: Lines) -> Iterator[Paragraph]:
    if lines:
        values = front_matter("---\n" + "\n".join(line for _, line in lines) + "\n---\n")
        offset = lines[0][0] - 2
        for key in _FRONT:
            if key in values:
                value, line = values[key]
                yield Paragraph(key, normal(value), line + offset)


def _scalar(parts: list[str]) -> str:
    value = " ".join(part.strip() for part in parts).strip()
    value = re.sub(r"^[>|][-+]?\s+", "", value)
    if len(value) > 1 and value[0] in "\"'":
        end = value.rfind(value[0])
        if end > 0:
            quote, value = value[0], value[1:end]
            return value.replace("''", "'") if quote == "'" else value.replace('\\"', '"')
    return re.sub(r"\s+#.*$", "", value)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _indented(lines: Lines, start: int) -> tuple[Lines, int]:
    """The run of blank or indented lines from `start`, four columns less, and the index after it."""
    end = start
    while end < len(lines) and (not lines[end][1].strip() or _indent(lines[end][1]) >= 4):
        end += 1
    return [(number, line[4:]) for number, line in lines[start:end]], end


def _blocks(lines: Lines) -> Iterator[Paragraph]:
    at = 0
    while at < len(lines):
        number, line = lines[at]
        if not line.strip():
            at += 1
        elif fence := _FENCE.match(line):
            end = at + 1
            while end < len(lines) and not lines[end][1].strip().startswith(fence[1]):
                end += 1
            yield _make("code", [text for _, text in lines[at + 1 : end]], number)
            at = end + 1
        elif _indent(line) >= 4:
            inner, at = _indented(lines, at)
            yield _make("code", [text for _, text in inner], number)
        elif heading := _HEADING.match(line):
            anchor = _HEADING_ID.search(line)
            words = heading[2] if anchor is None else _HEADING_ID.sub("", line).lstrip("# ")
            yield _make(f"h{len(heading[1])}", [words], number, anchor[1] if anchor else "")
            at += 1
        elif notice := _NOTICE.match(line):
            yield Paragraph("notice", normal(notice[2] or ""), number, name=notice[1])
            inner, at = _indented(lines, at + 1)
            yield from _blocks(inner)
        elif _RULE.match(line):
            at += 1
        elif _ITEM.match(line):
            found, at = _item(lines, at)
            yield from found
        elif _REFERENCE.match(line):
            yield _make("ref", [line], number)
            at += 1
        elif at + 1 < len(lines) and "|" in line and _TABLE_RULE.match(lines[at + 1][1]):
            yield _make("row", [line], number)
            at += 2
            while at < len(lines) and lines[at][1].strip():
                yield _make("row", [lines[at][1]], lines[at][0])
                at += 1
        else:
            quote = line.lstrip().startswith(">")
            end = at + 1
            while end < len(lines) and lines[end][1].strip() and not _interrupts(lines[end][1]):
                end += 1
            words = [text.lstrip(" >") if quote else text for _, text in lines[at:end]]
            yield _make("quote" if quote else "p", words, number)
            at = end


def _interrupts(line: str) -> bool:
    return bool(_HEADING.match(line) or _NOTICE.match(line))


def _item(lines: Lines, at: int) -> tuple[list[Paragraph], int]:
    """One list item and what is nested in it, and the index after it."""
    number, line = lines[at]
    match = _ITEM.match(line)
    words = [match[1] if match else line]
    end = at + 1
    while end < len(lines):
        text = lines[end][1]
        if not text.strip() or _ITEM.match(text) or _NESTED_ITEM.match(text) or _interrupts(text):
            break
        words.append(text)
        end += 1
    task = _TASK.match(words[0])
    anchor = None
    if task:
        words[0] = task[1]
    for index, text in enumerate(words):
        if anchor := _ITEM_ID.search(text):
            words[index] = _ITEM_ID.sub("", text)
            break
    item = _make("check" if task else "li", words, number, anchor[1] if anchor else "")
    inner, after = _indented(lines, end)
    return [item, *_blocks(inner)], after


def _make(kind: str, words: list[str], line: int, anchor: str = "") -> Paragraph:
    return Paragraph(kind, normal(" ".join(words)), line, anchor)
