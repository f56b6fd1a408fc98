"""A table of a page scrolls in itself where the screen is too narrow for it."""

from __future__ import annotations

import re

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_HEADING = re.compile(r"""<h[1-6]\b[^>]*?\bid="([^"]*)\"""")


def render(page: str) -> str:
    """Put each table of a page's HTML into a box that scrolls, also by keyboard.

    Its name, for those who don't see it, is the heading above it. Source of the rule: WCAG 2.2, 2.1.1, and
    https://www.w3.org/WAI/tutorials/tables/tips/. A page without a table comes back as it was.
    """

    def box(table: re.Match[str]) -> str:
        above = _HEADING.findall(page, 0, table.start())
        name = f' role="region" aria-labelledby="{above[-1]}"' if above else ""
        return f'<div class="table" tabindex="0"{name}>{table[0]}</div>'

    return _TABLE.sub(box, page)
