"""How much there is to draw in an SVG: its elements, and what they come to where they repeat each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from safepage.faults import Fault

MAX_SHAPES = 5_000  # in the file; a map of all towns has some 1,500
MAX_WEIGHT = 20_000  # shapes as drawn, a long path counting for several
MAX_LAYERS = 300  # masks, clips and transparent groups as drawn: each costs a second canvas
MAX_DEPTH = 60
MAX_DASHES = 2_000_000
MAX_SIDE = 20_000
_REFERENCE = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)")
_NUMBER = re.compile(r"[-+]?(?:\d{1,12}\.?\d{0,12}|\.\d{1,12})(?:[eE][-+]?\d{1,3})?")


@dataclass(eq=False)
class Element:
    """An element of a drawing with its properties, wherever they stand: in attributes, a style, a sheet."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    parts: list[Element | str] = field(default_factory=list)  # children and words, in their order

    def walk(self) -> Iterator[Element]:
        """The element and all within it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()

    def numbers(self, *names: str) -> list[float]:
        """All numbers of these attributes."""
        return [float(n) for name in names for n in _NUMBER.findall(self.attributes.get(name, ""))]


class Stop(Exception):
    """Raised where reading on could take long: what is known by then refuses the drawing."""


class Notes:
    """What is wrong, each cause once with its number of places: an editor's drawing has it at every shape."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: dict[tuple[str, str], tuple[int, int]] = {}

    def add(self, what: str, todo: str, line: int = 0) -> None:
        first, times = self.found.get((what, todo), (line, 0))
        self.found[what, todo] = (first, times + 1)

    def faults(self) -> list[Fault]:
        return [
            Fault(self.path, line, what + (f", {times} times" if times > 1 else ""), todo)
            for (what, todo), (line, times) in self.found.items()
        ]


def measure(root: Element, notes: Notes) -> float:
    """How many times as high as wide the drawing is; notes sizes that no screen has."""
    sizes = [root.numbers("width")[:1], root.numbers("height")[:1], root.numbers("viewBox")[2:4]]
    if any(number > MAX_SIDE for size in sizes[:2] for number in size):
        notes.add(
            f"the drawing is more than {MAX_SIDE:,} points large", "make it smaller: 1,000 points are enough"
        )
    width, height = sizes[2] if len(sizes[2]) == 2 else (1.0, 1.0)
    if sizes[0] and sizes[1] and "%" not in root.attributes["width"] + root.attributes["height"]:
        width, height = sizes[0][0], sizes[1][0]
    ratio = height / width if width > 0 and height > 0 else 1.0
    if not 0.02 <= ratio <= 50:
        notes.add(
            "the drawing is a line: one side is fifty times the other", "draw it in a frame that shows it"
        )
    return ratio


def count(root: Element, notes: Notes) -> None:
    """Note a drawing that draws itself, or that grows through <use>, masks and clips beyond the bounds."""
    by_id: dict[str, Element] = {}
    for element in root.walk():
        by_id.setdefault(element.attributes.get("id", ""), element)
    known: dict[Element, tuple[int, int]] = {}
    inside: set[Element] = set()

    def weigh(element: Element, dashed: float, depth: int) -> tuple[int, int]:
        if element in inside or depth > 4 * MAX_DEPTH:
            notes.add(
                "the drawing draws itself within itself", "take out the <use> that points to its own group"
            )
            raise Stop
        if element in known:
            return known[element]
        inside.add(element)
        attributes = element.attributes
        dashes = [abs(n) for n in element.numbers("stroke-dasharray")]
        dashed = sum(dashes) / len(dashes) if sum(dashes) else dashed
        length = (
            sum(map(abs, element.numbers("d", "points", "x1", "y1", "x2", "y2", "width", "height", "r"))) * 4
        )
        if dashed and length / dashed > MAX_DASHES:
            notes.add("a line has millions of dashes", "make the dashes longer", element.line)
        weight = 1 + (len(attributes.get("d", "")) + len(attributes.get("points", ""))) // 40
        layers = int(any(attributes.get(n, "none") != "none" for n in ("mask", "clip-path")))
        layers += int(
            element.tag in ("g", "use", "svg", "symbol")
            and ("opacity" in attributes or "mix-blend-mode" in attributes)
        )
        targets = [by_id.get(attributes.get("href", "").removeprefix("#"))] if element.tag == "use" else []
        for name in ("mask", "clip-path", "fill", "stroke"):
            targets += [by_id.get(found) for found in _REFERENCE.findall(attributes.get(name, ""))[:2]]
        for below in (*element.children, *filter(None, targets)):
            more, thick = weigh(below, dashed, depth + 1)
            weight, layers = min(weight + more, 10**9), min(layers + thick, 10**9)
        inside.discard(element)
        known[element] = (weight, layers)
        return known[element]

    try:
        weight, layers = weigh(root, 0.0, 0)
    except Stop:
        return
    if weight > MAX_WEIGHT:
        what = f"the drawing comes to {weight:,} shapes as it repeats them (<use>): it would hold up the page"
        notes.add(what, "draw fewer shapes, or export the picture as .png")
    elif layers > MAX_LAYERS:
        what = f"the drawing has {layers:,} masks, clips and transparent groups: an old phone can't draw it"
        notes.add(what, "flatten it in the picture program, or export it as .png")
    for element in root.walk():
        target = (
            by_id.get(element.attributes.get("href", "").removeprefix("#")) if element.tag == "use" else None
        )
        if target is not None and any(found.tag == "text" for found in target.walk()):
            notes.add(
                "<use> draws words a second time, elsewhere", "write the words where they stand", element.line
            )
