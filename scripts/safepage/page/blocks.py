"""Parts of a page that the build makes of data: a placeholder that stands alone in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from safepage.faults import Fault

NAMES = ("list.centres", "list.prints", "list.search")
_ALONE = re.compile(r"<p[^>]*>\s*\{\{\s*(list\.\w+)\s*\}\}\s*</p>")


def fill(page: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """Replace each paragraph that is nothing but `{{ list.… }}` by its block. Raises KeyError if unknown."""
    return _ALONE.sub(lambda match: blocks[match[1]](), page)


def check(markdown: str, path: str, first_line: int) -> list[Fault]:
    """Blocks that do not stand alone on their line, or that there are none of."""
    faults = []
    for offset, line in enumerate(markdown.split("\n")):
        for name in re.findall(r"\{\{\s*(list\.[^\s}]*)\s*\}\}", line):
            if name not in NAMES:
                todo = f"use one of {', '.join(NAMES)}"
                faults.append(Fault(path, first_line + offset, f"there is no list called '{name}'", todo))
            elif not re.fullmatch(r"\{\{\s*\S+\s*\}\}\s*", line):
                todo = "put it on a line of its own, between two empty lines"
                faults.append(Fault(path, first_line + offset, f"'{name}' stands inside a text", todo))
    return faults
