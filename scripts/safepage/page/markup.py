"""The Markdown of a page: which extensions read it, and what it links to, as it is written."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.treeprocessors import Treeprocessor

# No setting of a site: the gate knows what these can make, and nothing else may stand on a page.
EXTENSIONS = ("toc", "tables", "fenced_code", "admonition", "safepage.page.markup:Attributes", "sane_lists")
_BEFORE_ADDRESSES = 4  # after `toc` (5), which gives headings their ids; MkDocs rewrites links at 0


class Attributes(Extension):
    """`{#anchor}`, as Python-Markdown's attr_list reads it, which would lose a placeholder right behind bold
    words or a link (“**电话：**{{ emergency.phone }}”)."""

    def extendMarkdown(self, md: Markdown) -> None:
        """In the place of attr_list, and at its turn."""
        md.treeprocessors.register(_Attributes(md), "attr_list", 8)


class _Attributes(AttrListTreeprocessor):
    INLINE_RE = re.compile(r"(?!\{\{)" + AttrListTreeprocessor.INLINE_RE.pattern)  # type: ignore[misc]


class References(Extension):
    """What the page that was rendered last refers to: `targets` as written, and the `ids` that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()

    def extendMarkdown(self, md: Markdown) -> None:
        """Look at each page between its reading and the rewriting of its links."""
        self.targets, self.ids = [], set()
        md.treeprocessors.register(_Reader(self), "references", _BEFORE_ADDRESSES)


class _Reader(Treeprocessor):
    def __init__(self, found: References) -> None:
        super().__init__()
        self.found = found

    def run(self, root: Element) -> None:
        for element in root.iter():
            if (target := element.get({"a": "href", "img": "src"}.get(element.tag, ""))) is not None:
                self.found.targets.append(target)
            if name := element.get("id"):
                self.found.ids.add(name)
