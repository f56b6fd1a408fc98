"""Markdown as the site's settings render it, for tests of the gate."""

from __future__ import annotations

from pathlib import Path

import markdown

from safepage.faults import Fault
from safepage.gate import after, before, ids
from safepage.page.prepare import prepared
from safepage.site import parts

FRAME = parts.read([Path(__file__).parents[1] / "overrides"]).ids

# MkDocs adds toc, tables and fenced_code to those of mkdocs.yml.
EXTENSIONS = ["toc", "tables", "fenced_code", "admonition", "attr_list", "sane_lists"]
_converter = markdown.Markdown(extensions=EXTENSIONS)


def render(body: str) -> str:
    """The HTML of a page's Markdown."""
    _converter.reset()
    return _converter.convert(prepared(body))


def gated(body: str, path: str = "docs/en/page.md", first_line: int = 1, **options: object) -> list[Fault]:
    """All faults that the gate finds in a page's Markdown, as in a build."""
    numbers = options.pop("source_numbers", None)
    found = before.check(body, path, first_line, **options)  # type: ignore[arg-type]
    if not before.too_much(body, path, first_line):
        html = render(body)
        found += after.check(html, body, path, first_line, "BE", source_numbers=numbers)  # type: ignore[arg-type]
        found += ids.check(ids.own_title(html, FRAME), body, path, first_line, frame=FRAME)
    return sorted(set(found))


def page(text: str) -> str:
    """A faultless page with some text in it."""
    return f"# Title\n\nSome text before.\n\n{text}\n\nSome text after.\n"
