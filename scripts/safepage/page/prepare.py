"""A page's Markdown as the renderer takes it: what Python-Markdown doesn't know of our grammar is spelt out.

A sign that shall be read as itself (`\\*`, the star in “Täter*innen”) goes through the renderer as a private
character, so that afterwards it can be told from a mark that went wrong. `plain` puts it back.
"""

from __future__ import annotations

import re
import string

from safepage.page import grammar
from safepage.page.meant import meant

_PRIVATE = 0xE000  # and the character's own code; a page that holds one of these itself is refused
_ODD = "–—−•·"
SHIELDED = string.punctuation + _ODD  # what a backslash makes a plain sign
_SHIELDED = re.compile(f"[{chr(_PRIVATE)}-{chr(_PRIVATE + 127)}{''.join(chr(0xE800 + i) for i in range(5))}]")
_TOKEN = re.compile(r"`+|\\[^\s\w]|\]\([^()\n]*\)|\*+|^#(?=\d)", re.MULTILINE)
_STARRED = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:\*[^\W\d_]++)+")


def prepared(body: str) -> str:
    """The text to render, of a page's body. No line of it need be where it was."""
    lines = _unwrapped(meant(body.expandtabs(4)).split("\n"))
    blocks = "\n".join(_spaced(lines)).split("\n\n")
    return "\n\n".join(map(_shielded, blocks))


def shield(char: str) -> str:
    """The private character that stands for one of the marks."""
    return chr(_PRIVATE + ord(char)) if char.isascii() else chr(0xE800 + _ODD.index(char))


def plain(text: str, *, html: bool = True) -> str:
    """Rendered text with every shielded sign as itself, in HTML escaped where it must be."""

    def one(match: re.Match[str]) -> str:
        code = ord(match[0])
        char = _ODD[code - 0xE800] if code >= 0xE800 else chr(code - _PRIVATE)
        return {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}.get(char, char) if html else char

    return _SHIELDED.sub(one, text)


def _unwrapped(lines: list[str]) -> list[str]:
    """Each item's own words, up to its anchor, on one line."""
    out: list[str] = []
    at = 0
    while at < len(lines):
        entry = grammar.entry(lines, at)
        if entry and entry.wrapped:
            own = [lines[at].rstrip(), *map(str.strip, lines[at + 1 : at + 1 + entry.wrapped])]
            out.append(" ".join(own))
            at += 1 + entry.wrapped
        else:
            out.append(lines[at])
            at += 1
    return out


def _spaced(lines: list[str]) -> list[str]:
    """Lists and tables with an empty line above them, and four spaces for each level of a list."""
    out: list[str] = []
    open_at: list[int] = []  # how far right the open items stand in the file
    begun = 0  # how deep the lines without an empty one between them began
    at = 0
    while at < len(lines):
        line = lines[at]
        indent = len(line) - len(line.lstrip(" "))
        if not open_at and grammar.notice(line):
            end = at + 1
            while end < len(lines) and (not lines[end].strip() or lines[end].startswith("    ")):
                end += 1
            inner = _spaced([text[4:] for text in lines[at + 1 : end]])
            out += [line, *(f"    {text}" if text else "" for text in inner)]
            at = end
            continue
        if not line.strip():
            out.append("")
        elif (item := grammar.item(line)) and (open_at or item.indent < 4):
            sentence = at > 0 and lines[at - 1].strip() and not grammar.heading(lines[at - 1])
            if sentence and not open_at and grammar.begins_list(lines, at):
                out.append("")
            while open_at and item.indent < open_at[-1] + 2:
                open_at.pop()
            if len(open_at) < begun and lines[at - 1].strip():
                out.append("")
                begun = len(open_at)
            elif at == 0 or not lines[at - 1].strip():
                begun = len(open_at)
            out.append(" " * (4 * len(open_at)) + line.lstrip())
            open_at.append(item.indent)
        else:
            if at and not lines[at - 1].strip():
                while open_at and indent < open_at[-1] + 2:
                    open_at.pop()
                if open_at and indent < 4 * len(open_at):
                    line = " " * (4 * len(open_at)) + line.lstrip()
                begun = len(open_at) + 1 if open_at else 0
            elif not open_at and grammar.begins_table(lines, at):
                out.append("")
            out.append(line)
        at += 1
    return out


def _shielded(block: str) -> str:
    if not ("\\" in block or "*" in block or "#" in block):
        return block
    gendered = {
        match.start() + match[0].index("*") for match in _STARRED.finditer(block) if match[0].count("*") == 1
    }
    code = dict(grammar.code_spans(block))
    out: list[str] = []
    done = 0
    emphasised = False
    while match := _TOKEN.search(block, done):
        out.append(block[done : match.start()])
        done = match.end()
        piece = match[0]
        if piece[0] == "`":
            done = code.get(match.start(), done)
            piece = block[match.start() : done]
        elif piece[0] == "\\":
            piece = shield(piece[1]) if piece[1] in SHIELDED else piece
        elif piece[0] == "#":
            piece = shield("#")
        elif piece == "*":
            before, after = block[match.start() - 1 : match.start()], block[done : done + 1]
            inner = bool(re.match(r"\w", before) and re.match(r"\w", after))
            if match.start() in gendered or (inner and before.isdigit() and after.isdigit()):
                piece = shield("*")
            elif not inner and re.match(r"\w", before):
                piece, emphasised = (piece if emphasised else shield("*")), False
            elif not inner and after.strip():
                emphasised = True
        out.append(piece)
    return "".join([*out, block[done:]])
