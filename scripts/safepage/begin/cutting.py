"""Takes out of a page what another site has not: sections of one country, links to pages left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from safepage.page.paragraphs import Paragraph, paragraphs
from safepage.translations.records import Record

_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]+)\)")
_LINKS = re.compile(rf"{_LINK.pattern}(?:[^\[\]()]{{1,20}}{_LINK.pattern})*+")  # “[A](a.md), and [B](b.md)”
_COLON = (":", "：")  # what ends a sentence that a list follows


def page(text: str, name: str, anchors: Collection[str], gone: Collection[str]) -> str:
    """A page without the sections of `anchors`, and without links to the pages that are `gone`.

    A link gives way to its words; an item that is nothing but such links goes, and with all items of a list
    the sentence that leads to it. In: the text of the file, the page's name, names of pages.
    """
    text = _without(text, _below([(block.kind, block.id) for block in paragraphs(text)], anchors))
    text = _without(text, _lonely(paragraphs(text), name, gone))
    return _LINK.sub(lambda link: link[1] if _leads(link[2], name) in gone else link[0], text)


def record(confirmed: Record, anchors: Collection[str]) -> Record:
    """What a translation was confirmed against, without the sections of `anchors`."""
    out = _below([(entry.kind, entry.id) for entry in confirmed.entries], anchors)
    return replace(confirmed, entries=tuple(e for at, e in enumerate(confirmed.entries) if at not in out))


def terms(text: str, gone: Collection[str]) -> str:
    """A list of terms without those that are `gone`, and without remarks on one country."""
    text = re.sub(r"^# Here: .*\n", "", text, flags=re.MULTILINE)
    return re.sub(rf"^(?:{'|'.join(gone) or '(?!)'}):.*\n(?:[ \t].*\n)*", "", text, flags=re.MULTILINE)


def is_empty(text: str) -> bool:
    """True for a page of which nothing but headings is left."""
    return not any(block.in_body and not _level(block.kind) for block in paragraphs(text))


def _below(blocks: Sequence[tuple[str, str]], anchors: Collection[str]) -> set[int]:
    """The numbers of the paragraphs in sections: each goes on to the next heading of its size or larger."""
    found, within = set(), 0
    for at, (kind, anchor) in enumerate(blocks):
        level = _level(kind)
        if level and level <= within:
            within = 0
        if level and not within and anchor in anchors:
            within = level
        if within:
            found.add(at)
    return found


def _level(kind: str) -> int:
    return int(kind[1]) if re.fullmatch(r"h[1-6]", kind) else 0


def _lonely(blocks: Sequence[Paragraph], name: str, gone: Collection[str]) -> set[int]:
    """The numbers of items that are nothing but links to pages that are gone, and of what leads to them."""
    found: set[int] = set()
    for at, block in enumerate(blocks):
        links = _LINK.findall(block.text) if block.kind == "li" and _LINKS.fullmatch(block.text) else []
        if links and all(_leads(target, name) in gone for _, target in links):
            found.add(at)
    for at, block in enumerate(blocks):
        end = next((n for n in range(at + 1, len(blocks)) if blocks[n].kind != "li"), len(blocks))
        items = range(at + 1, end)
        if block.kind == "p" and block.text.endswith(_COLON) and items and found.issuperset(items):
            found.add(at)
    return found


def _leads(target: str, name: str) -> str:
    """The name of the page that a link of a page leads to; "" where it is none."""
    way = target.partition("#")[0]
    if not way.endswith(".md"):
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), way)).removesuffix(".md")


def _without(text: str, out: Collection[int]) -> str:
    """A text without the paragraphs of these numbers, and what is empty between them."""
    blocks = paragraphs(text)
    lines = text.split("\n")
    kept, at = [], 0
    for number in sorted(out):
        begin = blocks[number].line - 1
        end = blocks[number + 1].line - 1 if number + 1 < len(blocks) else len(lines)
        while not lines[end - 1].strip():  # what parts the paragraphs around it
            end -= 1
        kept += lines[at:begin]
        at = max(at, end)
    return re.sub(r"\n{3,}", "\n\n", "\n".join([*kept, *lines[at:]])).rstrip("\n") + "\n"
