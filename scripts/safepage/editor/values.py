"""One value of a YAML file replaced where it stands: all else of the file stays, byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from safepage.editor import spots
from safepage.editor.spots import Group, Spot
from safepage.faults import Fault, Faulty, short
from safepage.page import yaml_text
from safepage.page.yaml_text import KeyPath
from safepage.site.settings import scalar

_BARE = re.compile(r"\d{4}-\d{2}-\d{2}|true|false")  # days and switches are written without quotation marks
_EDGE = re.compile(r"\r\n|\r|\n")


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
        return cls(text, *spots.read(text), data)

    def says(self, at: KeyPath) -> str:
        """A value as a person types it; "" where there is none."""
        return self.spots[at].says if at in self.spots else ""

    def written(self, at: KeyPath) -> str:
        """How the file spells a value, with the white space before it."""
        spot = self.spots[at]
        return self.text[spot.start : spot.end]

    def with_value(self, at: KeyPath, says: str, written: str | None = None, quote: str = "") -> str:
        """The text with another value; perhaps as it was once `written`, or in other quotation marks than it
        has now. "" leaves the name alone.
        """
        spot = self.spots[at]
        quote = quote or spot.quote
        lead = re.match(r"\s*", self.written(at))
        space = (lead[0] if lead else "") or (" " if isinstance(at[-1], str) else "")
        if written is None:
            written = space + _spelt(says, quote) if says or quote else ""
        return self.text[: spot.start] + written + self.text[spot.end :]

    def without(self, at: KeyPath) -> str | None:
        """The text without the line of a name and its value; None where these can't be taken out alone."""
        spot, group = self.spots[at], self.groups.get(at[:-1])
        start, edge = self._line(spot.key), _EDGE.search(self.text, spot.end)
        rest = self.text[spot.end : edge.start() if edge else len(self.text)]
        if not group or group.size < 2 or self.text[start : spot.key].strip() or rest.strip():
            return None
        return self.text[:start] + (self.text[edge.end() :] if edge else "")

    def without_entry(self, at: KeyPath) -> str | None:
        """The text without the lines of a group and its values; None where these can't be taken out alone."""
        group, around = self.groups.get(at), self.groups.get(at[:-1])
        if not group or not around or around.size < 2:
            return None
        start, edge = self._line(group.key), _EDGE.search(self.text, group.end)
        new = self.text[:start] + (self.text[edge.end() :] if edge else "")
        left = {place: spot.says for place, spot in self.spots.items() if place[: len(at)] != at}
        found = spots.read(new)[0]
        return new if {place: spot.says for place, spot in found.items()} == left else None

    def _line(self, place: int) -> int:
        """Where the line of this place begins."""
        return max(self.text.rfind(sign, 0, place) for sign in "\r\n") + 1

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

    def with_new(self, at: KeyPath, says: str | Mapping[str, str], quote: str = "") -> str | None:
        """The text with one name more at the end of a group, or names below it; None if that can't be."""
        group = self.groups.get(at[:-1])
        if not group:
            return None
        edge = _EDGE.search(self.text, group.end)
        eol = edge[0] if edge else "\n"
        indent = " " * group.column
        if isinstance(says, str):
            lines = [f"{indent}{at[-1]}: {_spelt(says, quote)}"]
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
    lists: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """A YAML text with other values.

    In: the text, its path; what each value is to say; whether an emptied one stays in the file, or its line
    goes; how values were spelt once; the names of those that may be lists, each with its `quote` as one.
    Raises Faulty where a value can't be changed without changing another.
    """
    values = Values.read(text, path)
    for at, says in wanted.items():
        if values.says(at) == says:
            continue
        there, quote = at in values.spots, lists.get(str(at[-1]), "")
        if not there:
            new = _grown(values, at, says, quote)
        elif not says and not keep:
            new = values.without(at)
        else:
            new = values.with_value(
                at, says, once.get((at, says)), quote if _becomes_list(values, at, says) else ""
            )
        values = _checked(values, new, path, at, says)
    return values.text


def one_line(typed: str) -> str:
    """What was typed for a value, which is on one line."""
    return " ".join(part for line in typed.splitlines() if (part := line.strip(" \t")))


def _becomes_list(values: Values, at: KeyPath, says: str) -> bool:
    """True for what is now one value and is to be several."""
    return "," in says and not values.spots[at].quote.startswith("[")


def _grown(values: Values, at: KeyPath, says: str, quote: str) -> str | None:
    """A value, with the group that it is the first of: a name in a language, where there was none."""
    if at[:-1] in values.groups:
        return values.with_new(at, says, quote)
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
    if quote.startswith("["):
        return f"[{', '.join(_spelt(one, quote[1:]) for part in says.split(',') if (one := part.strip()))}]"
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
