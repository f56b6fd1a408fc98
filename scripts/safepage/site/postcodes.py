"""The beginnings of postcodes by which a region is found: "SW", "9712", "3000-3499".

They are compared letter by letter in one spelling, which overrides/parts/find/script.js makes of what a
reader types as well. Where a code begins with a letter its groups matter (SW1 1AA is in SW1, not in SW11).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from safepage.faults import short

Problem = tuple[str, str]
_DASH = re.compile(r"[-–—]")
_SIGN = re.compile(r"[^A-Z0-9 .–—-]")
_WORD = re.compile(r"\d\s+[^\W\d_]+\s+\d")  # “1000 to 1299”
# What stands apart at the end of a code that is written as one: "1AA" of SW1A1AA, "X285" of D02X285.
_APART = re.compile(r"([A-Z]\d\w)(\w{4})|([A-Z]+\d\w*?)(\d[A-Z]{2})")
_WRITE = 'write a beginning such as "9712" or "SW", or a range such as "3000-3499"'


@dataclass(frozen=True, order=True)
class Beginnings:
    """All codes that begin with `first`, `last` or what lies between; `written` as people write these."""

    first: str
    last: str
    written: tuple[str, ...]

    def __str__(self) -> str:
        """As the script takes it: "3000-3499", "SW"."""
        return self.first if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def shape(self) -> str:
        """Where it has a digit and where a letter: "AA0"."""
        return _shape(self.first)

    def overlaps(self, other: Beginnings) -> bool:
        """True if a code is in both, and neither is the longer one, which would win."""
        return self.shape == other.shape and self.first <= other.last and other.first <= self.last


def read(value: object) -> Beginnings | Problem:
    """One entry of `postcodes`; or what is wrong with it, and what to do."""
    if isinstance(value, int) and not isinstance(value, bool):
        return (
            f"{value} is a number, which would lose a 0 at its beginning",
            f'put quotation marks around it: "{value}"',
        )
    if isinstance(value, list):
        return f"{short(value)} are no postcodes", _as_text(value)
    if not isinstance(value, str) or not tidy(value):
        return f"{short(value)} is no postcode", _WRITE
    if odd := _SIGN.search(_upper(value)):
        return (
            f"“{short(value)}” holds “{short(odd[0])}”, which no postcode has",
            "write digits and letters A to Z",
        )
    if _WORD.search(value):
        return f"words stand between the numbers of “{short(value)}”", _WRITE
    return _range(value) or Beginnings(tidy(value), tidy(value), (value.strip(),))


def tidy(written: str) -> str:
    """A code in the one spelling: capitals and digits, in groups where it begins with a letter."""
    groups = re.findall("[A-Z0-9]+", _upper(written))
    whole = "".join(groups)
    if whole[:1].isdigit():
        return whole
    apart = _APART.fullmatch(whole)
    return " ".join(filter(None, apart.groups())) if apart else " ".join(groups)


def _range(value: str) -> Beginnings | Problem | None:
    """A range, where a dash stands between two beginnings of one shape; None where it is part of a code."""
    for dash in _DASH.finditer(value):
        ends = value[: dash.start()], value[dash.end() :]
        first, last = map(tidy, ends)
        if first and _shape(first) == _shape(last):
            if first > last:
                return f"the postcodes “{short(value)}” run backwards", "write the lower one first"
            return Beginnings(first, last, tuple(end.strip() for end in ends))
        if first[:1].isalpha() and last[:1].isalpha():
            todo = 'make several of it, each from and to codes of one length: "AB1-AB9", "AB10-AB16"'
            return f"“{short(value)}” goes from one length to another", todo
    return None


def _shape(code: str) -> str:
    return re.sub("[A-Z]", "A", re.sub("[0-9]", "0", code))


def _upper(written: str) -> str:
    text = unicodedata.normalize("NFKC", written).upper()
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _as_text(pair: Sequence[object]) -> str:
    """How to write what was once written [1000, 1299]."""
    plain = len(pair) == 2 and all(type(end) is int for end in pair)
    return f'write it as a text: "{pair[0]}-{pair[1]}"' if plain else _WRITE
