"""Material's icons as they stand in a page: without what an eye can't see at their size."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

# What follows each command of a path (SVG 2, section 9.3): places across and down, radii and angles, flags.
_SHAPES = {
    **dict.fromkeys("mlt", "xy"),
    **dict.fromkeys("sq", "xyxy"),
    **{"h": "x", "v": "y", "c": "xyxyxy", "a": "rrrffxy", "z": ""},
}
_WORD = re.compile(r"[a-zA-Z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
_FLAG = re.compile("[01]")
_DRAWN = re.compile(r' d="([^"]*)"')


def icon(name: str) -> str:
    """One of Material's icons as `<svg>`, of no meaning to assistive technology. Raises FileNotFoundError."""
    paths = "".join(re.findall(r"<path[^>]*>", (_folder() / f"{name}.svg").read_text(encoding="utf-8")))
    paths = _DRAWN.sub(lambda drawn: f' d="{rounded(drawn[1])}"', paths)
    return f'<svg viewBox="0 0 24 24" aria-hidden="true">{paths}</svg>'


def nearest(name: str) -> list[str]:
    """The names of icons that come closest to one that there is not."""
    return difflib.get_close_matches(name, sorted(file.stem for file in _folder().glob("*.svg")), n=3)


def _folder() -> Path:
    spec = find_spec("material")
    assert spec and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "templates" / ".icons" / "material"


def rounded(path: str) -> str:
    """A path on a field of 24 units, to a tenth of a unit. An error is never carried on to the next point."""
    written: list[str] = []
    # Of both ways, "x" and "y": where the path is, where the rounded one is, and where both began.
    true, ours = {"x": 0.0, "y": 0.0}, {"x": 0.0, "y": 0.0}
    began = (true, ours)
    implied = ""
    for command, numbers in _commands(path):
        kind, relative = command.lower(), command.islower()
        written += [command] * (command != implied)
        implied = {"m": "l", "M": "L"}.get(command, command)
        here, there = (true, ours) if relative else ({"x": 0.0, "y": 0.0},) * 2
        true, ours = dict(true), dict(ours)
        for shape, number in zip(_SHAPES[kind], numbers, strict=True):
            if shape in here:
                true[shape] = here[shape] + number
                if kind != "a":  # half a circle becomes another one by a hundredth
                    number = round(true[shape] - there[shape], 1)
                ours[shape] = there[shape] + number
            written.append(_number(number))
        if kind == "m":
            began = (true, ours)
        if kind == "z":
            true, ours = began
    return _joined(written)


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; one that is left out is that before, or a line after a move."""
    place, command = 0, ""
    while (found := _WORD.search(path, place)) is not None:
        if found[0].isalpha():
            command, place = found[0], found.end()
        numbers = []
        for shape in _SHAPES[command.lower()]:
            found = (_FLAG if shape == "f" else _WORD).search(path, place)
            assert found, path
            numbers.append(float(found[0]))
            place = found.end()
        yield command, numbers
        command = {"m": "l", "M": "L"}.get(command, command)


def _number(number: float) -> str:
    text = f"{number:.3f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0(?=\.)|^-(?=0$)", r"\1", text)


def _joined(words: list[str]) -> str:
    """Commands and numbers with no more between them than they need."""
    text, last = "", ""
    for word in words:
        apart = word[0] == "-" or word.isalpha() or last.isalpha() or (word[0] == "." and "." in last)
        text += word if apart or not last else f" {word}"
        last = word
    return text
