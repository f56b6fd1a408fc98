"""Where the words of each paragraph stand in a page's file, and how others are written in their place.

Words are what a translator gets: without list marks, anchors and indents; with bold, links and placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from safepage.page import grammar, head, yaml_text
from safepage.page.paragraphs import Paragraph, divided, paragraphs

_SPACES = re.compile(r"[ \t\r\n]+")  # not the no-break space, which a language may want
_LETTER = re.compile(r"[^\W\d_]")
_NO_WORDS = re.compile(rf"{grammar.PLACEHOLDER.pattern}|\]\([^()]*\)")
_BREAK = "  "  # at a line's end: the next one begins a line for the reader as well


@dataclass(frozen=True)
class Spot:
    """The words of a paragraph, in a file's lines `first` to `end` (from 0, the last one not counted).

    `words` are "" where there is nothing to translate; a new line in them is one for the reader as well, or
    parts a sign from its explanation. `before` and `after` stand around the first of these lines, `below`
    before each further one; of a value in the head `before` is its first line.
    """

    block: Paragraph
    words: str
    first: int
    end: int
    before: str = ""
    after: str = ""
    below: str = ""

    def written(self, words: str) -> list[str]:
        """The lines of the file with other words."""
        if not self.block.in_body:
            return [yaml_text.rewritten(self.before, self.block.kind, words)]
        first, *rest = words.split("\n")
        lines = [f"{self.before}{first}{self.after}", *(self.below + line for line in rest)]
        broken = len(lines) - 1
        labelled = bool(self.block.id) and self.block.kind in (
            "li",
            "check",
        )  # its anchor ends the first line
        return [
            line + (_BREAK if at < broken and not (labelled and not at) else "")
            for at, line in enumerate(lines)
        ]


@lru_cache(maxsize=128)  # one source page is compared with many translations
def spots(text: str) -> tuple[Spot, ...]:
    """The words of each paragraph of a page, in the order of `paragraphs(text)`."""
    above, body = divided(text)
    lines = [*above, *body]
    found = []
    for block in paragraphs(text):
        if block.in_body:
            found.append(_spot(block, lines))
        else:
            first, end = block.line - 1, _value_end(text, block.line, len(above))
            found.append(Spot(block, spelt(head.values(text)[block.kind][0]), first, end, lines[first]))
    return tuple(found)


def lines_of(text: str) -> list[str]:
    """The lines of a page in which the places of spots count."""
    above, body = divided(text)
    return [*above, *body]


def replaced(text: str, words: Mapping[int, str]) -> str:
    """A page with other words in some paragraphs, by their number; nothing else of it changes."""
    lines = lines_of(text)
    there = spots(text)
    for number in sorted(words, key=lambda number: there[number].first, reverse=True):
        spot = there[number]
        lines[spot.first : spot.end] = spot.written(words[number])
    return "\n".join(lines) if words else text


def spelt(text: str) -> str:
    """Words on one line, with placeholders as pages have them, `{{ emergency.phone }}`, and French spaces."""
    text = grammar.PLACEHOLDER.sub(lambda match: f"{{{{ {grammar.name(match)} }}}}", text)
    return _SPACES.sub(" ", text).strip(" ")


def has_words(text: str) -> bool:
    """False for what is the same in each language: placeholders, numbers, signs."""
    return bool(_LETTER.search(_NO_WORDS.sub(" ", text)))


def _spot(block: Paragraph, lines: Sequence[str]) -> Spot:
    first = block.line - 1
    own = lines[first : first + block.length]
    indent = own[0][: len(own[0]) - len(own[0].lstrip())]
    parts: list[str] = []
    before = after = below = ""
    if re.fullmatch(r"h[1-6]", block.kind) and (heading := grammar.heading(own[0].strip())):
        parts = [heading.text]
        before, after = f"{indent}{'#' * int(block.kind[1])} ", f" {{#{block.id}}}" if block.id else ""
    elif (notice := grammar.notice(own[0])) and notice.title:
        parts = [notice.title]
        before, after = own[0][: own[0].index('"') + 1], '"'
    elif block.kind in ("li", "check"):
        parts, before, after, below = _item(own)
    elif block.kind == "row":
        row = own[0].strip()
        before, after = indent + "| " * row.startswith("|"), " |" * row.endswith("|")
        parts = [row.removeprefix("|").removesuffix("|")]
    elif block.kind in ("p", "quote"):
        marks = re.match(r"[ >]*" if block.kind == "quote" else r" *", own[0])
        before = below = marks[0] if marks else ""
        parts = list(_broken([line.lstrip(" >") if block.kind == "quote" else line for line in own]))
    words = "\n".join(map(spelt, parts))
    return Spot(block, words if has_words(words) else "", first, first + len(own), before, after, below)


def _item(own: Sequence[str]) -> tuple[list[str], str, str, str]:
    """A list item's lines of words, and what stands before, after and below the first."""
    entry = grammar.entry(own, 0)
    assert entry is not None, "a list item was read here"
    mark = entry.item.indent + len(entry.item.mark)
    at = own[0].index(entry.item.text, mark) if entry.item.text else len(own[0].rstrip())
    before = own[0][:at].rstrip() + " "
    rest = own[1 + entry.wrapped :]
    margin = own[-1][: len(own[-1]) - len(own[-1].lstrip())] if rest else " " * len(before)
    if entry.id:
        return [entry.text, *_broken(rest)], before, f" {{#{entry.id}}}", margin
    return list(_broken([own[0][at:], *own[1:]])), before, "", margin


def _broken(lines: Sequence[str]) -> Iterator[str]:
    """The lines that a reader sees, of those of a file."""
    part: list[str] = []
    for at, line in enumerate(lines):
        part.append(line.strip())
        if line.endswith(_BREAK) or at == len(lines) - 1:
            yield " ".join(part)
            part = []


def _value_end(text: str, line: int, fence: int) -> int:
    """Where the value that begins on a line of the head ends (from 0, the last line not counted)."""
    later = [other - 1 for _, other in head.values(text).values() if other > line]
    lines = head.lines_of(text)
    end = min([*later, fence - 1])
    while end > line and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end
