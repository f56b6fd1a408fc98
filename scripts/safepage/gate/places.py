"""Where something is: the elements of a page's tree in order, and the line of the file behind a piece."""

from __future__ import annotations

import html as entities
import re
import unicodedata
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from safepage.page import grammar

# What stands between the letters that a reader sees.
_NAMES = re.compile(rf"(?<=\]\()[^()\n]+(?=\))|{grammar.PLACEHOLDER.pattern}")
_UNREAD = re.compile(r"<[^<>]*>|\]\([^()]*\)|\]\[[^\[\]]*\]")


def traverse(root: LexborNode | None) -> Iterator[tuple[LexborNode, bool]]:
    """Every node in order, elements twice: at their begin and (True) at their end. No recursion."""
    node, depth = root, 0
    while node is not None:
        yield node, False
        if node.first_child is not None and not node.is_text_node:
            node, depth = node.first_child, depth + 1
            continue
        while node is not None:
            if not node.is_text_node:
                yield node, True
            if depth == 0:
                return
            if node.next is not None:
                node = node.next
                break
            node, depth = node.parent, depth - 1


class Source:
    """Finds the line of the Markdown from which a piece of the page came."""

    def __init__(self, markdown: str, first_line: int) -> None:
        self.markdown, self.first_line = markdown, first_line
        self.readable = _NAMES.sub(lambda match: "\0" * len(match[0]), markdown)
        self.folded = ""
        self.line_of: list[int] = []
        self.last: dict[str, int] = {}

    def line(self, piece: str) -> int:
        """The line of the file that holds a piece; of equal pieces the next one at each call; else 0."""
        whole = (self.readable, self.markdown)
        for key, hay in (*((piece, text) for text in whole), (piece.lower(), self.markdown.lower())):
            at = _next(hay, key, self.last.get(key, 0)) if key.strip() else -1
            if at >= 0:
                self.last[key] = at + 1
                return self.first_line + hay.count("\n", 0, at)
        self._fold()
        key = _letters(piece)
        for length in (len(key), 24, 10):
            at = _next(self.folded, key[:length], self.last.get("=" + key[:length], 0)) if key else -1
            if at >= 0:
                self.last["=" + key[:length]] = at + 1
                return self.first_line + self.line_of[at]
        return 0

    def _fold(self) -> None:
        if self.line_of:
            return
        letters: list[str] = []
        for number, line in enumerate(self.markdown.split("\n")):
            folded = _letters(entities.unescape(_UNREAD.sub("", line)))
            letters.append(folded)
            self.line_of += [number] * len(folded)
        self.folded = "".join(letters)


def _next(hay: str, key: str, start: int) -> int:
    at = hay.find(key, start)
    return at if at >= 0 else hay.find(key)


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())
