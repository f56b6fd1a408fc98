"""Parts of a page that the build makes of data: a placeholder that stands alone in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from safepage.faults import Fault
from safepage.page import grammar
from safepage.page.meant import meant

NAMES = ("list.centres", "list.prints", "list.search")
_ALONE = re.compile(rf"<p\b[^<>]*>\s*+{grammar.PLACEHOLDER.pattern}\s*+</p>")


def fill(page: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """Replace each paragraph that is nothing but `{{ list.… }}` by its block. Raises KeyError if unknown."""

    def one(match: re.Match[str]) -> str:
        name = grammar.name(match)
        return blocks[name]() if is_block(name) else match[0]

    return _ALONE.sub(one, page)


def is_block(name: str) -> bool:
    """True for the name of a placeholder that is filled with a part of the page, not with a contact."""
    return name.startswith("list.")


def check(markdown: str, path: str, first_line: int) -> list[Fault]:
    """Blocks that do not stand alone on their line, or that there are none of."""
    faults = []
    for offset, line in enumerate(meant(markdown).split("\n")):
        for name in filter(is_block, grammar.names(line)):
            if name not in NAMES:
                todo = f"use one of {', '.join(NAMES)}"
                faults.append(Fault(path, first_line + offset, f"there is no list called '{name}'", todo))
            elif not grammar.PLACEHOLDER.fullmatch(line.rstrip()):
                todo = "put it on a line of its own, between two empty lines"
                faults.append(Fault(path, first_line + offset, f"'{name}' stands inside a text", todo))
    return faults
