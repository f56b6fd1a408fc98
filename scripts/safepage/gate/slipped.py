"""Slips that the text of the file shows better than the page: each names its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from safepage.page import grammar
from safepage.page.listmarks import sign

_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?:\s|$)|={7}\s*$")
_TWO_STARS = re.compile(r"(?<![^\W\d_])[^\W\d_]++\*[^\W\d_]++(?:\*[^\W\d_]++)+")
_GRAVE = re.compile(r"(?<![^\W\d_])[^\W\d_]++`[^\W\d_]++")
_QUOTE = re.compile(r"[ \t]*>[ \t>]*")
_DOUBLED = re.compile(r"(?<!\\)\[\[|(?<!\\)\]\](?!\()")
_LOOSE_TARGET = re.compile(r"\][\w./#-]*\.md\b|(?<!\])\([\w./-]+\.md[\w#-]*\)")
_MARK_ALONE = re.compile(r"[ \t]*+(?:[-*+•–—]|\d{1,3}[.)])[ \t]*+$")
_NUMBERED = re.compile(r"[ \t\u3000]*[^\w\s]?(?:(\d{1,3})[.)．、。…]|(?=[①-⑳])(.))")
_BARE = re.compile(r"\A[ \t]*+(\d{1,2}) (?=\S)")
_HASHTAG = re.compile(r"#(?=[^\W\d_])\w+")
_ODD_SPACE = re.compile(r"[^\S \t\u3000]")
_TABBED = re.compile(r"[ \t]*+(?:[-*+]|\d{1,3}[.)])?+[ \t]*+\S[^\t]*+\t+(?=\S)")
_CURLY = re.compile("[“”„‟«»‘’‚″＂「」]")
Found = tuple[int, str, str]


def check(lines: Sequence[str]) -> Iterator[Found]:
    """What is wrong in the lines of a page's Markdown: (line from 0, what, what to do)."""
    titled = False
    notice = False  # whether the line above belongs to a notice
    table = False  # … to a table
    for number, line in enumerate(lines):
        if line.strip():
            yield from ((number, *pair) for pair in _line(line))
            if titled and (match := _HASHTAG.match(line)):
                what = f"“{match[0]}” at the beginning of a line is taken for another title of the page"
                yield number, what, "write ## and a space for a heading; for the sign itself write \\#"
            yield from _number(lines, number)
            if "\t" in line and number and _TABBED.match(line) and _TABBED.match(lines[number - 1]):
                what = "the columns of a table are divided by tabs: readers would see them run together"
                yield number, what, "write | between the cells, and |---|---| below the first row"
            yield from ((number, *pair) for pair in _run_on(line))
            inside = line.startswith("    ")
            above = lines[number - 1] if number else ""
            beside = grammar.item(line) and grammar.item(above)  # of a list, one item outside
            if notice and not inside and above.startswith("    ") and (beside or not grammar.begins(line)):
                what = "this line falls out of the notice above it"
                yield number, what, "begin it with four spaces, or leave an empty line above it"
            notice = bool(grammar.notice(line)) or (notice and inside)
            if table and "|" not in line:
                yield (
                    number,
                    "this line would be a row of the table above it",
                    "leave an empty line between them",
                )
            table = table or ("|" in line and "|" in above and grammar.table_rule(line))
        else:
            table = False
        heading = grammar.heading(line)
        titled = titled or (heading is not None and heading.level == 1)


def _line(line: str) -> Iterator[tuple[str, str]]:
    if _CONFLICT.match(line):
        what = f"“{line.strip()[:20]}” is left over from merging two versions"
        yield what, "keep one of the two, and delete the lines with <<<<<<<, ======= and >>>>>>>"
    if line.lstrip(" \\").startswith("!!!") and not grammar.notice(line):
        odd = _ODD_SPACE.search(line) or _CURLY.search(line)
        what = (
            f"{sign(odd[0]).rstrip(',')} stands in this line"
            if odd
            else "what follows !!! is not as it should be"
        )
        yield (
            f"{what}: it makes no notice",
            'write !!! note "Title" or !!! danger "Title", with plain spaces and "',
        )
    if "*" in line and (match := _TWO_STARS.search(line)):
        what = f"it is not plain whether readers shall see the stars in “{match[0][:60]}”"
        yield what, "write \\* for a star that readers shall see"
    if _MARK_ALONE.match(line):
        yield (
            f"“{line.strip()}” stands alone on its line",
            "write the words of the item behind it, after a space",
        )
    notice = grammar.notice(line)
    if notice and notice.title is None:
        what = f"the notice has no title on this line: readers would see the English word “{notice.kind}”"
        yield what, f'write !!! {notice.kind} "Title", on one line'
    if ".md" in line and (match := _LOOSE_TARGET.search(line)):
        yield f"a link is broken at “{match[0][:60]}”", "write [words](page.md)"
    if (quote := _QUOTE.match(line)) and _has_its_place(line[quote.end() :]):
        what = "a heading, a sign or a sentence to point at stands in a quotation"
        yield what, "take the > at the beginning of the line away"
    if _DOUBLED.search(line):
        yield "“[[” or “]]” stands in this line", "write a link as [words](page.md)"
    if "`" in line and (match := _GRAVE.search(line)):
        yield f"a grave accent stands for an apostrophe in “{match[0][:60]}”", "write ’ or '"
    if match := _ODD_SPACE.match(line):
        what = f"this line begins with {sign(match[0]).rstrip(',')}"
        yield what, "delete it, and type plain spaces where they are needed"


def _has_its_place(quoted: str) -> bool:
    """True for what makes sense only outside of a quotation: a heading, a sign, a sentence to point at."""
    item = grammar.item(quoted)
    return quoted.startswith("#") or bool(item and item.box) or bool(grammar.anchor(quoted)[1])


def _run_on(line: str) -> Iterator[tuple[str, str]]:
    """The next item of a list, joined to the line of the one before."""
    item = grammar.item(line)
    sign = "-" if item is None or item.number is None else str(item.number + 1)
    if item is None or f" {sign}" not in item.text:
        return
    mark = "-" if item.number is None else rf"{item.number + 1}[.)]"
    if match := re.search(rf"[.!?…:”»)}}\]*] ({mark}) (?=\S)", item.text):
        yield (
            f"“{match[1]}” of the next item stands in the line of this one",
            "begin each item on its own line",
        )


def _number(lines: Sequence[str], at: int) -> Iterator[Found]:
    """A number that makes no item, right above or below the next of a list."""
    match = _NUMBERED.match(lines[at]) or _BARE.match(lines[at])
    if match is None or grammar.item(lines[at]):
        return
    steps = (1,) if match.re is _BARE else (-1, 1)
    beside = [(step, grammar.item(_near(lines, at, step))) for step in steps]
    number = int(match[1]) if match[1] else ord(match[2]) - ord("①") + 1
    if any(item and item.number == number + step for step, item in beside):
        after = lines[at][match.end() : match.end() + 1]
        what = f"“{match[0].strip()}” makes no item of the list"
        if after and not after.strip() and after != " ":
            what = f"{sign(after)} stands after “{match[0].strip()}”, so that it makes no item of the list"
        yield at, what, f"type “{number}. ” with a plain space"


def _near(lines: Sequence[str], at: int, step: int) -> str:
    """The next line with words above or below, past at most one empty line."""
    for index in (at + step, at + 2 * step):
        if 0 <= index < len(lines) and lines[index].strip():
            return lines[index]
    return ""
