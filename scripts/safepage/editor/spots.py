"""Where each value of a YAML text stands in it, and each group of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from safepage.page import yaml_text
from safepage.page.yaml_text import KeyPath


@dataclass(frozen=True)
class Spot:
    """Where a value stands in a text: from behind its colon to its end, how it is quoted, what it says.

    A list within brackets is one value that says them with commas; its `quote` is "[" and that of its first.
    """

    key: int
    start: int
    end: int
    quote: str
    says: str


@dataclass(frozen=True)
class Group:
    """Names with values below each other: where the group's own name begins, the column of these names, where
    the last value ends, how many there are.
    """

    key: int
    column: int
    end: int
    size: int


def read(text: str) -> tuple[Mapping[KeyPath, Spot], Mapping[KeyPath, Group]]:
    """The values that can be changed, and the groups that can grow. In: a text that is YAML."""
    bare = text.removeprefix("\ufeff")
    reader = _Reader(text, len(text) - len(bare))
    root = yaml.compose(bare, Loader=yaml_text.LOADER)
    if isinstance(root, yaml.MappingNode):
        reader.group((), root, 0)
    return reader.spots, reader.groups


class _Reader:
    def __init__(self, text: str, offset: int) -> None:
        self.text, self.offset = text, offset
        self.spots: dict[KeyPath, Spot] = {}
        self.groups: dict[KeyPath, Group] = {}

    def group(self, at: KeyPath, node: Any, start: int) -> int:
        """Take a mapping in; where its last value ends."""
        end = 0
        for key, value in node.value:
            last = key.end_mark.index + self.offset
            colon = max(last, self.text.find(":", last) + 1)  # within braces a name may have none
            end = self.value((*at, key.value), value, key.start_mark.index + self.offset, colon)
        if not node.flow_style:
            self.groups[at] = Group(start, node.start_mark.column, end, len(node.value))
        return end

    def value(self, at: KeyPath, node: Any, key: int, start: int) -> int:
        if isinstance(node, yaml.MappingNode):
            end = self.group(at, node, key)
            return int(node.end_mark.index) + self.offset if node.flow_style else end
        if isinstance(node, yaml.SequenceNode) and _is_plain_list(node):
            says = ", ".join(map(_says, node.value))
            end = int(node.end_mark.index) + self.offset
            self.spots[at] = Spot(key, start, end, f"[{node.value[0].style or ''}", says)
            return end
        if isinstance(node, yaml.SequenceNode):
            places = [(one.start_mark.index + self.offset, one) for one in node.value]
            ends = [
                self.value((*at, number), one, place, place) for number, (place, one) in enumerate(places)
            ]
            return int(node.end_mark.index) + self.offset if node.flow_style else max(ends, default=start)
        end = max(start, int(node.end_mark.index) + self.offset)
        if node.style not in ("|", ">"):
            self.spots[at] = Spot(key, start, end, node.style or "", _says(node))
        return end


def _is_plain_list(node: Any) -> bool:
    """True for a list within brackets of values without commas."""
    plain = all(isinstance(one, yaml.ScalarNode) and "," not in one.value for one in node.value)
    return bool(node.flow_style and node.value and plain)


def _says(node: Any) -> str:
    """What a person would type for a value: nothing for none."""
    plain = not node.style
    return "" if plain and node.value in ("~", "null", "Null", "NULL") else str(node.value)
