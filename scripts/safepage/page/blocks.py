"""Parts of a page that the build makes of data: placeholders such as `{{ list.centre }}`.

A short list (`{{ list.centre.short }}`) may also stand inside a text; the others stand alone in a paragraph.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection

from safepage.faults import Fault
from safepage.page import grammar
from safepage.page.meant import meant

MADE = ("list.regions", "list.prints", "list.search")  # the others are kinds of contacts
SHORT = ".short"
_ALONE = re.compile(rf"(<li\b[^<>]*>\s*+)?<p\b[^<>]*>\s*+{grammar.PLACEHOLDER.pattern}\s*+</p>")
_HEADING = re.compile(r"<h([1-6])\b")
_TAGS = re.compile(r"(<[^<>]*>)")


def fill(page: str, make: Callable[[str, int], str], say: Callable[[str], str]) -> str:
    """Replace each `{{ list.… }}` of an HTML page.

    In: what makes a list of its name, where it is all of a paragraph, and of the level that headings have in
    it; what says a short list in a sentence, an item, a cell.
    """

    def alone(match: re.Match[str]) -> str:
        name = match[2]
        if not is_block(name) or (match[1] and is_short(name)):
            return match[0]
        above = _HEADING.findall(page, 0, match.start())
        return (match[1] or "") + make(name, min(int(above[-1]) + 1, 6) if above else 2)

    def inside(match: re.Match[str]) -> str:
        return say(grammar.name(match)) if is_block(grammar.name(match)) else match[0]

    return in_text(_ALONE.sub(alone, page), inside)


def in_text(page: str, one: Callable[[re.Match[str]], str]) -> str:
    """Replace the placeholders in the text of an HTML page, and none in its tags."""
    if "{{" not in page:
        return page
    return "".join(
        part if "{{" not in part or part.startswith("<") else grammar.PLACEHOLDER.sub(one, part)
        for part in _TAGS.split(page)
    )


def is_block(name: str) -> bool:
    """True for the name of a placeholder that is filled with a part of the page, not with a contact."""
    return name.startswith("list.")


def is_short(name: str) -> bool:
    """True for a list that may stand inside a text."""
    return is_block(name) and name.endswith(SHORT)


def kind(name: str) -> str:
    """What a list is of: "centre" of "list.centre.short"."""
    return name.removeprefix("list.").removesuffix(SHORT)


def whole(markdown: str) -> list[str]:
    """The whole lists of a text, but for those in `MADE`."""
    names = grammar.names(meant(markdown))
    return [name for name in names if is_block(name) and name not in MADE and not is_short(name)]


def check(markdown: str, path: str, first_line: int, kinds: Collection[str]) -> list[Fault]:
    """Lists that there are none of, in a site with these kinds of contacts; whole ones inside a text."""
    known = [*(f"list.{kind}{end}" for kind in kinds for end in ("", SHORT)), *MADE]
    faults = []
    lines = meant(markdown).split("\n")
    for number, line in enumerate(lines):
        for name in filter(is_block, grammar.names(line)):
            at = (path, first_line + number)
            if name not in known:
                near = difflib.get_close_matches(name, known, n=3, cutoff=0.5) or known
                todo = f"use {' or '.join(near)}"
                faults.append(Fault(*at, f"there is no list called '{name}'", todo))
            elif not is_short(name) and not _alone(lines, number):
                todo = "put it on a line of its own, between two empty lines"
                if name not in MADE:
                    todo = f"{todo}; or write {name}{SHORT}, which may stand in a text"
                faults.append(Fault(*at, f"'{name}' stands inside a text", todo))
    return faults


def _alone(lines: list[str], at: int) -> bool:
    """True for a line that is a placeholder and nothing else, and the whole of its paragraph."""
    beside = (lines[at - 1] if at else "", lines[at + 1] if at + 1 < len(lines) else "")
    return bool(grammar.PLACEHOLDER.fullmatch(lines[at].rstrip())) and all(
        not line.strip() or grammar.heading(line) for line in beside
    )
