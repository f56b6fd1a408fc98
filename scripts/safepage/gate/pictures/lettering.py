"""The words of a drawing as the eye puts them together: by their places, colours and sizes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

_WIDTH = 0.55  # of a letter, as a part of its size: sans serif, on average
_APART = 1.5  # sizes between two letters from which on they are read on their own
_BETWEEN = " ¶ "  # between words that stand apart: keeps “call” near a number, and two numbers from one
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s?\(([^()]{0,200})\)")
_NUMBER = re.compile(r"[-+]?(?:\d{1,12}\.?\d{0,12}|\.\d{1,12})(?:[eE][-+]?\d{1,3})?")
_SPACE = re.compile(r"\s+")

_Matrix = tuple[float, float, float, float, float, float]
_INHERITED = (
    "fill",
    "stroke",
    "font-size",
    "font",
    "visibility",
    "fill-opacity",
    "text-anchor",
    "letter-spacing",
)


class Node(Protocol):
    """An element of a drawing, as drawings.py reads it."""

    tag: str
    attributes: dict[str, str]

    @property
    def parts(self) -> Sequence[Node | str]:
        """Its elements and words, in their order."""


@dataclass(frozen=True)
class Glyph:
    """A letter at its place, with its size in points of the drawing; `text` is the number of its element."""

    char: str
    x: float
    y: float
    size: float
    fill: str
    seen: bool
    text: int


def glyphs(root: Node) -> list[Glyph]:
    """Every letter of the drawing, in the order of the file."""
    found: list[Glyph] = []
    _walk(root, (1, 0, 0, 1, 0, 0), {}, True, found)
    return found


def unseen(letters: Iterable[Glyph]) -> str:
    """The words that nobody sees: transparent, not shown, without size."""
    return " ".join("".join(g.char for g in letters if not g.seen).split())


def readings(letters: Sequence[Glyph]) -> Iterator[str]:
    """Each way in which the words may be read: as the file has them, row by row, by colour and by size."""
    yield from _in_order(letters)
    seen = [g for g in letters if g.seen and not g.char.isspace()]
    groups = [seen]
    for key in ("fill", "size"):
        values = dict.fromkeys(getattr(g, key) for g in seen)
        if 1 < len(values) <= 20:
            groups += [[g for g in seen if getattr(g, key) == value] for value in values]
    for group in groups:
        yield _BETWEEN.join(_rows(group))
    counts: dict[int, int] = {}
    for g in seen:
        counts[g.text] = counts.get(g.text, 0) + 1
    alone = [Glyph(g.char, g.y, g.x, g.size, g.fill, True, g.text) for g in seen if counts[g.text] == 1]
    yield _BETWEEN.join(_rows(alone))  # letter below letter


def _in_order(letters: Sequence[Glyph]) -> Iterator[str]:
    texts: dict[int, str] = {}
    for g in letters:
        texts[g.text] = texts.get(g.text, "") + g.char
    yield _BETWEEN.join(" ".join(text.split()) for text in texts.values())
    visible: dict[int, str] = {}
    for g in letters:
        if g.seen:
            visible[g.text] = visible.get(g.text, "") + g.char
    yield _BETWEEN.join(" ".join(text.split()) for text in visible.values())


def _rows(letters: Sequence[Glyph]) -> Iterator[str]:
    row: list[Glyph] = []
    for g in sorted(letters, key=lambda g: (g.y, g.x)):
        if row and abs(g.y - row[0].y) > 0.6 * max(g.size, row[0].size):
            yield _line(row)
            row = []
        row.append(g)
    if row:
        yield _line(row)


def _line(row: list[Glyph]) -> str:
    row = sorted(row, key=lambda g: g.x)
    line = row[0].char
    for before, g in pairwise(row):
        gap = g.x - before.x - _WIDTH * before.size
        size = max(before.size, g.size)
        # Two texts side by side are two figures: the steps 1 to 8, not the number 12345678.
        apart = gap > 0.2 * size or (g.text != before.text and before.char.isdigit() and g.char.isdigit())
        line += (_BETWEEN if gap > _APART * size else " " if apart else "") + g.char
    return line


def _walk(node: Node, matrix: _Matrix, above: dict[str, str], seen: bool, found: list[Glyph]) -> None:
    own = node.attributes
    matrix = _times(matrix, _matrix(own.get("transform", "")))
    style = above | {name: own[name] for name in _INHERITED if name in own}
    style["opacity"] = str(_share(above.get("opacity", "1")) * _share(own.get("opacity", "1")))
    seen = seen and own.get("display") != "none" and float(style["opacity"]) > 0.15
    if node.tag == "text":
        number = found[-1].text + 1 if found else 0
        _write(node, matrix, style, seen, [_first(own, "x"), _first(own, "y")], number, found)
        return
    if node.tag in ("title", "desc", "metadata", "style"):
        return
    for part in node.parts:
        if not isinstance(part, str):
            _walk(part, matrix, style, seen, found)


def _write(
    node: Node,
    matrix: _Matrix,
    style: dict[str, str],
    seen: bool,
    pen: list[float],
    number: int,
    found: list[Glyph],
) -> None:
    """Set a text's letters one after the other from the pen's place, which moves along."""
    own = node.attributes
    style = style | {name: own[name] for name in _INHERITED if name in own}
    seen = seen and own.get("display") != "none" and _share(own.get("opacity", "1")) > 0.15
    lists = {name: _numbers(own.get(name, "")) for name in ("x", "y", "dx", "dy")}
    size = _size(style)
    scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
    paint = style.get("fill", "black")
    drawn = not _is_clear(paint) and _share(style.get("fill-opacity", "1")) > 0.15
    drawn = drawn or ("stroke" in style and not _is_clear(style["stroke"]))
    shown = seen and drawn and style.get("visibility", "visible") == "visible" and size * scale > 0
    spacing = next(iter(_numbers(style.get("letter-spacing", ""))), 0.0)
    spacing *= size if style.get("letter-spacing", "").endswith("em") else 1
    count = 0
    for part in node.parts:
        if not isinstance(part, str):
            if part.tag in ("tspan", "text"):
                _write(part, matrix, style, seen, pen, number, found)
            continue
        if count == 0 and (lists["x"] or node.tag == "text"):
            shift = {"middle": 0.5, "end": 1.0}.get(style.get("text-anchor", ""), 0.0)
            pen[0] = (lists["x"][0] if lists["x"] else pen[0]) - shift * _WIDTH * size * len(part.strip())
        for char in _SPACE.sub(" ", part):
            for axis, name in enumerate(("x", "y")):
                if len(lists[name]) > count and (count or axis):
                    pen[axis] = lists[name][count]
                if len(lists["d" + name]) > count:
                    pen[axis] += lists["d" + name][count]
            a, b, c, d, e, f = matrix
            place = (a * pen[0] + c * pen[1] + e, b * pen[0] + d * pen[1] + f)
            found.append(Glyph(char, *place, round(size * scale, 3), paint, shown, number))
            pen[0] += _WIDTH * size + spacing
            count += 1


def _is_clear(paint: str) -> bool:
    """True for a colour that lets all or nearly all through: none, transparent, #fff0, rgba(0, 0, 0, .1)."""
    paint = paint.strip().lower()
    if paint.startswith("#") and len(paint) in (5, 9):
        return re.fullmatch("#(?:...[012]|......[012].)", paint) is not None
    parts = re.split("[,/]", paint.rstrip(") "))
    if paint.startswith(("rgb", "hsl")) and (len(parts) == 4 or "/" in paint):
        return _share(parts[-1]) <= 0.15
    return paint in ("none", "transparent")


def _size(style: dict[str, str]) -> float:
    written = style.get("font-size") or style.get("font", "")
    number = next(iter(_numbers(written)), 16.0)
    return number * 16 if written.strip().endswith("em") else number * 0.16 if "%" in written else number


def _share(written: str) -> float:
    number = next(iter(_numbers(written)), 1.0)
    return number / 100 if "%" in written else number


def _first(attributes: dict[str, str], name: str) -> float:
    return next(iter(_numbers(attributes.get(name, ""))), 0.0)


def _numbers(written: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(written)]


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    return (
        m[0] * n[0] + m[2] * n[1],
        m[1] * n[0] + m[3] * n[1],
        m[0] * n[2] + m[2] * n[3],
        m[1] * n[2] + m[3] * n[3],
        m[0] * n[4] + m[2] * n[5] + m[4],
        m[1] * n[4] + m[3] * n[5] + m[5],
    )


def _matrix(written: str) -> _Matrix:
    """A transform attribute as one matrix (SVG 2, section 8.5)."""
    whole: _Matrix = (1, 0, 0, 1, 0, 0)
    for name, inside in _TRANSFORM.findall(written)[:20]:
        n = [*_numbers(inside), 0, 0, 0, 0, 0, 0]
        turn = math.radians(n[0])
        one: dict[str, _Matrix] = {
            "matrix": (n[0], n[1], n[2], n[3], n[4], n[5]),
            "translate": (1, 0, 0, 1, n[0], n[1]),
            "scale": (n[0], 0, 0, n[1] if len(n) > 7 else n[0], 0, 0),
            "rotate": (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0, 0),
            "skewX": (1, 0, math.tan(turn), 1, 0, 0),
            "skewY": (1, math.tan(turn), 0, 1, 0, 0),
        }
        step = one[name]
        if name == "rotate" and len(n) > 8:
            step = _times(_times((1, 0, 0, 1, n[1], n[2]), step), (1, 0, 0, 1, -n[1], -n[2]))
        whole = _times(whole, step)
    return whole
