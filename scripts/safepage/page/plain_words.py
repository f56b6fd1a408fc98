"""A paragraph of Markdown as plain words, for a list or a report."""

from __future__ import annotations

import re

from safepage.page import grammar

_MARKS = (
    (grammar.PLACEHOLDER, r"\1"),
    (re.compile(r" ?\{[:#.][^{}]*\}"), ""),
    (re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)?|\[[^\[\]]*\]?)?"), r"\1"),
    (re.compile(r"\["), ""),
    (re.compile(r"\*\*|__|~~|`"), ""),
    (re.compile(r"(?<!\w)([*_])(?=\S)(.{1,200}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\\([^\w\s])"), r"\1"),
)


def plain(text: str) -> str:
    """A paragraph's Markdown, or the beginning of it, as words without marks; placeholders by their names."""
    for pattern, words in _MARKS:
        text = pattern.sub(words, text)
    return " ".join(text.split())
