"""Parts of a page that a reader opens: written as a notice, `!!! details "At work"`, shown as <details>."""

from __future__ import annotations

import re

_BEGIN = re.compile(r'<div class="admonition details">\s*<p class="admonition-title">(.*?)</p>', re.DOTALL)
_DIV = re.compile(r"<div\b|</div>")


def render(page: str) -> str:
    """Turn each such notice of a page's HTML into a <details> with its title as the summary.

    They work without scripts. A page without one comes back as it was.
    """
    done, at = [], 0
    while begin := _BEGIN.search(page, at):
        end = _end(page, begin.end())
        summary = f'<details class="details"><summary>{begin[1]}</summary>'
        done += [page[at : begin.start()], summary, page[begin.end() : end], "</details>"]
        at = end + len("</div>")
    return "".join([*done, page[at:]])


def _end(page: str, at: int) -> int:
    """Where the </div> stands that closes the one we are in."""
    depth = 1
    for tag in _DIV.finditer(page, at):
        depth += 1 if tag[0] == "<div" else -1
        if depth == 0:
            return tag.start()
    raise ValueError("a <div> is never closed")  # Markdown closes what it opens
