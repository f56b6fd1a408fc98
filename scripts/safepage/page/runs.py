"""Lists to tick or to point at: the item that spoils one is told at its line, the others are not to blame."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from safepage.page import grammar
from safepage.page.listmarks import sign

_NEAR_BOX = re.compile(r"\\?[\[［(]([^\]］)]{0,3})[\]］)]")
_CONSEQUENCES = ("the anchor “{#", "the box “[", "a line begins with ")


@dataclass
class Spoilt:
    """What is wrong, by the line (from 0) of the item; the lines of the other items of the same lists."""

    told: dict[int, tuple[str, str]] = field(default_factory=dict)
    others: set[int] = field(default_factory=set)

    def follows(self, line: int, what: str) -> bool:
        """True for a fault that is only what another item's fault makes of this line."""
        return (line in self.others or line in self.told) and what.startswith(_CONSEQUENCES)


def without_id(text: str) -> tuple[str, str]:
    """What is wrong with a sentence to point at without an id, and what to do."""
    return f"the sentence “{text}” has no id", "end its line with one, such as {#listen}"


def spoilt(lines: Sequence[str]) -> Spoilt:
    """The items because of which a list of signs, or of sentences to point at, would be none."""
    found = Spoilt()
    for run in _runs(lines):
        boxes = sum(entry.item.box for entry in run)
        ids = sum(bool(entry.id) for entry in run)
        if boxes * 2 >= len(run):
            wrong = dict(_signs(run, lines))
        elif ids * 2 >= len(run) and not boxes:
            wrong = dict(_sentences(run, lines))
        else:
            continue
        if wrong:
            found.told.update(wrong)
            found.others.update(entry.line for entry in run)
    return found


def _runs(lines: Sequence[str]) -> Iterator[list[grammar.Entry]]:
    run: list[grammar.Entry] = []
    at = 0
    while at < len(lines):
        entry = grammar.entry(lines, at)
        if entry:
            run.append(entry)
        elif lines[at].strip() and not lines[at].startswith("  "):
            if run:
                yield run
            run = []
        at += entry.length if entry else 1
    if run:
        yield run


def _signs(run: Sequence[grammar.Entry], lines: Sequence[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    outmost = next(entry.item.indent for entry in run if entry.item.box)
    for entry in run:
        if not entry.item.box:
            what = f"{_no_box(entry.item.text)}, and all others of this list have one"
            todo = "begin the line with “- [ ] ”, typed on the keyboard; an explanation has no dash before it"
            yield entry.line, (what, todo)
        elif entry.item.indent >= outmost + 2:
            yield entry.line, _nested("sign")
        for at in range(entry.line + 1, entry.line + entry.length):
            if lines[at].lstrip().startswith(">"):
                yield at, ("“>” at the beginning of this line makes a quotation of it", "take the sign > out")


def _no_box(text: str) -> str:
    near = _NEAR_BOX.match(text)
    if near is None:
        return "this item of the checklist has no box “[ ]”"
    odd = next((char for char in near[1] if char not in " xX"), "")
    inside = f": {sign(odd).rstrip(',')}, stands in it" if odd else ""
    return f"the box “{near[0]}” of this sign is none as it is typed{inside}"


def _sentences(run: Sequence[grammar.Entry], lines: Sequence[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    outmost, numbered = run[0].item.indent, run[-1].item.number is not None
    for entry in run:
        if not entry.id:
            yield entry.line, without_id(entry.text)
        elif not entry.text:
            what = "a sentence to point at has no words"
            yield entry.line, (what, "write it before its id, or delete the line")
        elif entry.item.indent >= outmost + 2:
            yield entry.line, _nested("sentence to point at")
        elif (entry.item.number is not None) != numbered or numbered:
            what = f"“{entry.item.mark}” begins no sentence to point at"
            yield entry.line, (what, "begin each of them with “- ”")
        elif entry.rest:
            what = f"“{entry.rest[:40]}” stands right below a sentence to point at"
            todo = (
                "write it before the sentence’s id; or begin it with “- ”, and end it with an id of its own"
            )
            yield entry.line + 1 + entry.wrapped, (what, todo)
        apart, below = [*lines[entry.line + entry.length :][:2], "", ""][:2]
        if not apart.strip() and below.startswith("  ") and not grammar.begins(below):
            what = "this paragraph would be part of the sentence to point at above it"
            yield entry.line + entry.length + 1, (what, "begin it at the very start of its line")


def _nested(noun: str) -> tuple[str, str]:
    what = f"this {noun} stands further right than the others, so that it would be part of the one above"
    return what, "take the spaces at the beginning of the line out"
