"""One value of a YAML file replaced where it stands: all else of the file stays, byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from safepage.faults import Fault, Faulty, short
from safepage.page import yaml_text
from safepage.page.yaml_text import KeyPath
from safepage.site.settings import scalar

_BARE = re.compile(r"\d{4}-\d{2}-\d{2}|true|false")  # days and switches are written without quotation marks
_EDGE = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Spot:
    """Where a value stands in a text: from behind its colon to its end, how it is quoted, what it says."""

    key: int
    start: int
    end: int
    quote: str
    says: str


@dataclass(frozen=True)
class Group:
    """Names with values below each other: the column of the names, where the last value ends, how many."""

    column: int
    end: int
    size: int


@dataclass(frozen=True)
class Values:
    """A YAML text with the place of each value that can be changed, and of each group that can grow."""

    text: str
    spots: Mapping[KeyPath, Spot]
    groups: Mapping[KeyPath, Group]
    data: Mapping[str, Any]

    @classmethod
    def read(cls, text: str, path: str) -> Values:
        """In: the text with its own line ends; its path, for messages. Raises Faulty as `yaml_text.load`."""
        data, _ = yaml_text.load(text, path)
        bare = text.removeprefix("\ufeff")
        reader = _Reader(text, len(text) - len(bare))
        root = yaml.compose(bare, Loader=yaml_text.LOADER)
        if isinstance(root, yaml.MappingNode):
            reader.group((), root)
        return cls(text, reader.spots, reader.groups, data)

    def says(self, at: KeyPath) -> str:
        """A value as a person types it; "" where there is none."""
        return self.spots[at].says if at in self.spots else ""

    def written(self, at: KeyPath) -> str:
        """How the file spells a value, with the white space before it."""
        spot = self.spots[at]
        return self.text[spot.start : spot.end]

    def with_value(self, at: KeyPath, says: str, written: str | None = None) -> str:
        """The text with another value; perhaps as it was once `written`. "" leaves the name alone."""
        spot = self.spots[at]
        lead = re.match(r"\s*", self.written(at))
        space = (lead[0] if lead else "") or (" " if isinstance(at[-1], str) else "")
        if written is None:
            written = space + _spelt(says, spot.quote) if says or spot.quote else ""
        return self.text[: spot.start] + written + self.text[spot.end :]

    def without(self, at: KeyPath) -> str | None:
        """The text without the line of a name and its value; None where these can't be taken out alone."""
        spot, group = self.spots[at], self.groups.get(at[:-1])
        start = max(self.text.rfind(sign, 0, spot.key) for sign in "\r\n") + 1
        edge = _EDGE.search(self.text, spot.end)
        rest = self.text[spot.end : edge.start() if edge else len(self.text)]
        if not group or group.size < 2 or self.text[start : spot.key].strip() or rest.strip():
            return None
        return self.text[:start] + (self.text[edge.end() :] if edge else "")

    def with_entry(self, at: tuple[str, ...], fields: Mapping[str, str], path: str) -> str:
        """The text with a contact more in a group. Raises Faulty where its key is none, or is taken."""
        key = at[-1]
        if not re.fullmatch(r"[a-z0-9]+", key):
            raise Faulty([Fault(path, 0, f"“{short(key)}” can't be a key", "use small letters and digits")])
        if self.says(at) or at in self.groups:
            raise Faulty([Fault(path, 0, f"there is a contact “{key}” already", "choose another key")])
        new = self.with_new(at, fields) if fields else None
        if new is None:
            raise Faulty([Fault(path, 0, "this contact says nothing yet", "fill its fields in")])
        Values.read(new, path)
        return new

    def with_new(self, at: KeyPath, says: str | Mapping[str, str]) -> str | None:
        """The text with one name more at the end of a group, or names below it; None if that can't be."""
        group = self.groups.get(at[:-1])
        if not group:
            return None
        edge = _EDGE.search(self.text, group.end)
        eol = edge[0] if edge else "\n"
        indent = " " * group.column
        if isinstance(says, str):
            lines = [f"{indent}{at[-1]}: {_spelt(says, '')}"]
        else:
            inner = [f"{indent}  {name}: {_spelt(value, '')}" for name, value in says.items()]
            lines = [f"{indent}{at[-1]}:", *inner]
        place = edge.end() if edge else len(self.text)
        before = self.text[:place] + ("" if edge else eol)
        return before + "".join(line + eol for line in lines) + self.text[place:]


def changed(
    text: str,
    path: str,
    wanted: Mapping[KeyPath, str],
    *,
    keep: bool,
    once: Mapping[tuple[KeyPath, str], str],
) -> str:
    """A YAML text with other values.

    In: the text, its path; what each value is to say; whether an emptied one stays in the file, or its line
    goes; how values were spelt once. Raises Faulty where a value can't be changed without changing another.
    """
    values = Values.read(text, path)
    for at, says in wanted.items():
        if values.says(at) == says:
            continue
        there = at in values.spots
        if not there:
            new = _grown(values, at, says)
        elif not says and not keep:
            new = values.without(at)
        else:
            new = values.with_value(at, says, once.get((at, says)))
        values = _checked(values, new, path, at, says)
    return values.text


def one_line(typed: str) -> str:
    """What was typed for a value, which is on one line."""
    return " ".join(part for line in typed.splitlines() if (part := line.strip(" \t")))


def _grown(values: Values, at: KeyPath, says: str) -> str | None:
    """A value, with the group that it is the first of: a name in a language, where there was none."""
    if at[:-1] in values.groups:
        return values.with_new(at, says)
    return values.with_new(at[:-1], {str(at[-1]): says})


def _checked(values: Values, new: str | None, path: str, at: KeyPath, says: str) -> Values:
    """The new text as it reads, if it says what the old one says, and this."""
    name = ".".join(map(str, at))
    fault = Fault(path, 0, f"{name} can't be changed from here", "open the file itself in a text editor")
    if new is None:
        raise Faulty([fault])
    found = Values.read(new, path)
    hoped = {key: spot.says for key, spot in values.spots.items()} | {at: says}
    said = {key: spot.says for key, spot in found.spots.items() if spot.says}
    if said != {key: text for key, text in hoped.items() if text}:
        raise Faulty([fault])
    return found


def _spelt(says: str, quote: str) -> str:
    """A value as YAML: in the quotation marks that it had, else plain where that is the same."""
    if quote == "'":
        return "'" + says.replace("'", "''") + "'"
    if quote == '"':
        return json.dumps(says, ensure_ascii=False)
    return says if _BARE.fullmatch(says) else _plain(says)


def _plain(says: str) -> str:
    """Plain where it reads back as the same words, else in quotation marks."""
    if says and not re.search(r"[\[\]{}#\"'\n\r]", says) and says[0].isalnum() and says == says.strip():
        try:
            found, _ = yaml_text.load(f"word: {says}", "")
        except Faulty:
            found = {}
        if found == {"word": says}:
            return says
    return scalar(says)


class _Reader:
    def __init__(self, text: str, offset: int) -> None:
        self.text, self.offset = text, offset
        self.spots: dict[KeyPath, Spot] = {}
        self.groups: dict[KeyPath, Group] = {}

    def group(self, at: KeyPath, node: Any) -> int:
        """Take a mapping in; where its last value ends."""
        end = 0
        for key, value in node.value:
            last = key.end_mark.index + self.offset
            colon = max(last, self.text.find(":", last) + 1)  # within braces a name may have none
            end = self.value((*at, key.value), value, key.start_mark.index + self.offset, colon)
        if not node.flow_style:
            self.groups[at] = Group(node.start_mark.column, end, len(node.value))
        return end

    def value(self, at: KeyPath, node: Any, key: int, start: int) -> int:
        if isinstance(node, yaml.MappingNode):
            end = self.group(at, node)
            return int(node.end_mark.index) + self.offset if node.flow_style else end
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


def _says(node: Any) -> str:
    """What a person would type for a value: nothing for none."""
    plain = not node.style
    return "" if plain and node.value in ("~", "null", "Null", "NULL") else str(node.value)
