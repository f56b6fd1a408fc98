"""What a page's Markdown is made of, each thing described once: every reader of a page asks here.

Lines are read one by one, and no answer takes longer than a glance at the line: nothing here goes back. What
a line is, is asked by each who reads the page: it is kept for a while.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

PLACEHOLDER = re.compile(r"\{\{[^\S\n]*+([^\s{}]*+)[^\S\n]*+\}\}")  # its name: `name(match)`
REFERENCE = re.compile(r" {0,3}\[(?P<label>[^\[\]\n]+)\]:[ \t]*<?(?P<target>[^\s>]+)>?")
RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
WORD = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")  # what an anchor is
_ENTITY = re.compile(r"&#?\w{1,31};")
_ANCHOR = re.compile(r"\{\s{0,3}:?\s{0,3}#\s{0,3}([^\s{}#]++)[^{}]*+\}")
_COLUMN = re.compile(r"[ \t]*+:?-++:?[ \t]*+")
_HEADING = re.compile(r" {0,3}(#{1,6})(?!#)(.*)")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|(?P<number>\d{1,9})[.)])[ \t]+(?P<text>.*)")
BOX = re.compile(r"\[[ xX]?\](?![(\[:])")  # of a sign; else it begins a link
_TICKS = re.compile(r"\\.|`+")
_NOTICE = re.compile(r'[ \t]*!!! ?(?P<kind>[\w-]+)(?: +[\w-]+)*(?: +"(?P<title>.*)")?[ \t]*')


@dataclass(frozen=True)
class Heading:
    """A line of `#`s: its level (1 to 6), its words, its anchor ("" if none)."""

    level: int
    text: str
    id: str


@dataclass(frozen=True)
class Item:
    """The first line of a list item: columns before its mark, the mark, whether a box follows, the rest.

    `number` is that of a numbered item; `text` has neither mark nor box nor anchor; `id` is the anchor.
    """

    indent: int
    mark: str
    number: int | None
    box: bool
    text: str
    id: str


@dataclass(frozen=True)
class Notice:
    """The line that opens a notice: `kind` is "note" or "danger"; `title` is None where none is given."""

    kind: str
    title: str | None


def name(placeholder: re.Match[str]) -> str:
    """The name in a placeholder: "emergency.phone" of `{{ emergency.phone }}`."""
    return placeholder[1]


def spelt(name: str) -> str:
    """A placeholder as lists and records spell it: `{{emergency.phone}}`; pages have it with spaces."""
    return f"{{{{{name}}}}}"


def names(text: str) -> list[str]:
    """The names of all placeholders of a text, in order."""
    return [name(match) for match in PLACEHOLDER.finditer(text)]


def placeholders_of(text: str) -> tuple[str, ...]:
    """The placeholders of a paragraph's text as they stand there, in order: `{{emergency.phone}}`."""
    return tuple(match[0] for match in PLACEHOLDER.finditer(text))


def anchor(text: str) -> tuple[str, str]:
    """A text without the anchor at its end, and that anchor: ("Signs", "signs") of "Signs {#signs}"."""
    at = text.rfind("{")
    match = _ANCHOR.fullmatch(text[at:].rstrip()) if at >= 0 else None
    return (text[:at].rstrip(), match[1]) if match else (text.rstrip(), "")


@lru_cache(maxsize=1024)
def heading(line: str) -> Heading | None:
    """The heading that a line is. A number right after `#` is none: “#1”."""
    match = _HEADING.fullmatch(line)
    if match is None or (len(match[1]) == 1 and match[2][:1].isdigit()):
        return None
    words, name = anchor(match[2].rstrip().rstrip("#"))
    return Heading(len(match[1]), words.strip(), name)


@lru_cache(maxsize=1024)
def item(line: str) -> Item | None:
    """The list item that begins in a line: `- text`, `1. text`, `- [ ] sign {#id}`."""
    match = _ITEM.fullmatch(line)
    if match is None:
        return None
    text = match["text"]
    box = BOX.match(text) if match["number"] is None else None
    words, name = anchor(text[box.end() :].lstrip(" \t") if box else text)
    indent = len(match["indent"].expandtabs(4))
    number = int(match["number"]) if match["number"] else None
    return Item(indent, match["mark"], number, box is not None, words, name)


@lru_cache(maxsize=1024)
def notice(line: str) -> Notice | None:
    """The notice that a line opens: `!!! note "Title"`."""
    match = _NOTICE.fullmatch(line)
    return Notice(match["kind"], match["title"]) if match else None


def begins_list(lines: Sequence[str], at: int) -> bool:
    """True if the line at `at`, which stands right below a sentence, begins a list beyond doubt.

    A single line that begins with a dash or a number may be a sentence that was wrapped there: “on / 1. May”.
    """
    first = item(lines[at])
    if first is None or first.indent > 3:
        return False
    if _goes_on(lines, at):
        return True
    told = at > 0 and lines[at - 1].rstrip().rstrip("*_").endswith((":", "：", "܃", "፡", "።"))
    if first.box or (told and (first.number in (None, 0, 1))):
        return True
    for index in range(at + 1, len(lines)):
        other = item(lines[index])
        if not lines[index].strip():
            return False
        if other and other.indent < first.indent + 2:
            return other.mark == first.mark if first.number is None else other.number == first.number + 1
    return False


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """True for an item right below a further paragraph of the item before it."""
    above = at - 1
    while above >= 0 and lines[above].strip() and not begins(lines[above]):
        above -= 1
    if above < 0 or above == at - 1 or lines[above].strip() or not lines[above + 1].startswith("  "):
        return False
    while above >= 0 and (not lines[above].strip() or lines[above].startswith("  ")):
        above -= 1
    return above >= 0 and item(lines[above]) is not None


def begins_table(lines: Sequence[str], at: int) -> bool:
    """True for the first row of a table right below a sentence."""
    row = "|" in lines[at] and at + 1 < len(lines) and "|" in lines[at + 1] and table_rule(lines[at + 1])
    return row and at > 0 and bool(lines[at - 1].strip()) and "|" not in lines[at - 1]


@dataclass(frozen=True)
class Entry:
    """A list item with what stands right below it: the item's own words, and the rest of them.

    `line` counts from 0, `length` is the number of lines, `wrapped` of those after the first that hold the
    item's own words, up to its anchor.
    """

    line: int
    length: int
    item: Item
    text: str
    rest: str
    id: str
    wrapped: int = 0


def entry(lines: Sequence[str], at: int) -> Entry | None:
    """The list item that begins in the line at `at`."""
    found = item(lines[at])
    if found is None:
        return None
    end = at + 1
    while (
        end < len(lines) and lines[end].strip() and not begins(lines[end]) and not RULE.fullmatch(lines[end])
    ):
        end += 1
    below = [line.strip() for line in lines[at + 1 : end]]
    words, name, wrapped = found.text, found.id, 0
    if not name:
        parts = [anchor(line) for line in below]
        wrapped = next((number for number, part in enumerate(parts, 1) if part[1]), 0)
        if wrapped:
            words = " ".join([words, *below[: wrapped - 1], parts[wrapped - 1][0]]).strip()
            name = parts[wrapped - 1][1]
    return Entry(at, end - at, found, words, " ".join(below[wrapped:]), name, wrapped)


def reference(line: str) -> str | None:
    """The label of a link that a line defines: "centres" of `[centres]: contact.md`."""
    match = REFERENCE.match(line)
    rest = line[match.end() :].strip() if match else ""
    title = rest[:1] in ("'", '"', "(") and rest[-1] == {"(": ")"}.get(rest[0], rest[0]) and len(rest) > 1
    return match["label"] if match and (not rest or title) else None


def table_rule(line: str) -> bool:
    """True for the line below the first row of a table: `|---|---|`."""
    cells = line.strip().removeprefix("|").removesuffix("|").split("|")
    return all(_COLUMN.fullmatch(cell) for cell in cells)


def unescaped(text: str) -> str:
    """A text with its entities as the characters that they stand for, and with the lines that it has."""
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda match: html.unescape(match[0]).replace("\n", " "), text)


def begins(line: str) -> bool:
    """True for a line that no sentence goes on in: an item's, a heading's, a notice's."""
    return bool(item(line) or heading(line) or notice(line))


def entries(lines: Sequence[str]) -> Iterator[Entry]:
    """The list items of a page, in order."""
    for at in range(len(lines)):
        if found := entry(lines, at):
            yield found


def code_spans(block: str) -> list[tuple[int, int]]:
    """Where words stand between backticks, in a block without empty lines: begin and end of each."""
    if "`" not in block:
        return []
    ticks: dict[int, list[int]] = {}
    runs = [(match.start(), len(match[0])) for match in _TICKS.finditer(block) if match[0][0] == "`"]
    for start, length in runs:
        ticks.setdefault(length, []).append(start)
    spans = []
    done = 0
    for start, length in runs:
        if start < done:
            continue
        same = ticks[length]
        closing = bisect_left(same, start + length)
        if closing < len(same):
            done = same[closing] + length
            spans.append((start, done))
    return spans
