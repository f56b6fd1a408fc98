"""The words of a paragraph as HTML: what changed, terms, placeholders and marks where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from safepage.page.grammar import PLACEHOLDER
from safepage.translations import difference
from safepage.translations.difference import COME, GONE, SAME

_SLOT = re.compile(rf"{PLACEHOLDER.pattern}|\{{[a-z_]+\}}")
_BOLD = re.compile(r"(\*\*)(?=\S)[^*]+?(?<=\S)(\*\*)")
_LINK = re.compile(r"(\[)[^\[\]]*(\]\([^()]*\))")
_AROUND = {  # the innermost first; a placeholder keeps its direction whatever stands around it
    "slot": Markup('<bdi class="slot" dir="ltr">{}</bdi>'),
    "term": Markup('<span class="term">{}</span>'),
    "avoid": Markup('<span class="avoid">{}</span>'),
    "link": Markup('<span class="linked">{}</span>'),
    "bold": Markup("<strong>{}</strong>"),
}
_HIDDEN = "hidden"


class Layer(NamedTuple):
    """What lies over a part of a text: a name out of `_AROUND`, or that nobody needs to see it."""

    start: int
    end: int
    name: str


def found(pattern: re.Pattern[str], text: str, name: str) -> list[Layer]:
    """A layer over each place where a text has something, but in the names of placeholders."""
    bare = _SLOT.sub(lambda match: "{" * len(match[0]), text) if pattern is not _SLOT else text
    return [Layer(*match.span(), name) for match in pattern.finditer(bare)]


def html(text: str, layers: Iterable[Layer] = ()) -> Markup:
    """A paragraph's words."""
    return _joined([(SAME, text)], layers)


def changed(old: str, new: str, layers: Iterable[Layer] = ()) -> Markup:
    """A paragraph's words; in them, as `<del>` and `<ins>`, what differs from those of before."""
    return _joined(list(difference.pieces(old, new)), layers)


def _joined(pieces: Sequence[tuple[str, str]], layers: Iterable[Layer]) -> Markup:
    text = "".join(piece for sign, piece in pieces if sign != GONE)
    over = [*_marks(text, [*_changes(pieces)]), *layers]
    out, at = Markup(), 0
    for sign, piece in pieces:
        if sign == GONE:
            out += Markup("<del>{}</del>").format(_part(piece, found(_SLOT, piece, "slot")))
            continue
        words = _part(piece, [Layer(start - at, end - at, name) for start, end, name in over])
        out += Markup("<ins>{}</ins>").format(words) if sign == COME else words
        at += len(piece)
    return out


def _changes(pieces: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """From where to where the new text has something else; where something went, it is empty."""
    at = 0
    for sign, piece in pieces:
        end = at if sign == GONE else at + len(piece)
        if sign != SAME:
            yield at, end
        at = end


def _marks(text: str, changes: Sequence[tuple[int, int]]) -> Iterator[Layer]:
    """The layers that a page's own marks are; those in which something changed are seen."""
    yield from found(_SLOT, text, "slot")
    for pattern, name in ((_BOLD, "bold"), (_LINK, "link")):
        for match in pattern.finditer(text):
            yield Layer(match.end(1), match.start(2), name)
            for start, end in (match.span(1), match.span(2)):
                if not any(since < end and until > start for since, until in changes):
                    yield Layer(start, end, _HIDDEN)


def _part(text: str, layers: Sequence[Layer]) -> Markup:
    edges = {min(max(edge, 0), len(text)) for start, end, _ in layers for edge in (start, end)}
    out = Markup()
    for start, end in pairwise(sorted({0, len(text), *edges})):
        names = {layer.name for layer in layers if layer.start <= start and end <= layer.end}
        if _HIDDEN in names:
            continue
        words = Markup.escape(text[start:end])
        for name, around in _AROUND.items():
            words = around.format(words) if name in names else words
        out += words
    return out
