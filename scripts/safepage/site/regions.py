"""Which centre is near: the provinces, their postcodes, and the centre that stands for their region."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from safepage.faults import Fault, Faulty, short
from safepage.page import yaml_text
from safepage.site import contacts

LOWEST, HIGHEST = 1000, 9999  # Belgian postcodes have four digits
_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_WRITE = "write {region: …, postcodes: [[first, last]]}"


@dataclass(frozen=True)
class Province:
    """A province: its ISO 3166-2 code, its centre's key in contacts.yml, its postcodes (first, last)."""

    code: str
    centre: str
    postcodes: tuple[tuple[int, int], ...]


def load(text: str, path: str, known: contacts.Contacts, words: Mapping[str, str]) -> list[Province]:
    """Read the list of provinces.

    In: the YAML text, its path for messages, the contacts, the words of the frame in the source language.
    Raises Faulty for a province without a name there, for a region that no centre with a number stands for,
    and for postcodes that overlap or are none.
    """
    data, lines = yaml_text.load(text, path)
    faults: list[Fault] = []
    provinces: list[Province] = []
    ranges: list[tuple[int, int, str, int]] = []
    if not data:
        faults.append(Fault(path, 0, "the file names no province", "put its lines back"))
    for code, fields in data.items():
        found = _Province(code, fields, Fault(path, lines.get((code,), 0), "", ""))
        found.name(words)
        centre = found.centre(known)
        pairs = found.postcodes()
        faults += found.faults
        ranges += [(*pair, code, found.at.line) for pair in pairs]
        provinces.append(Province(code, centre, tuple(pairs)))
    for (_, end, one, _), (first, last, other, line) in pairwise(sorted(ranges)):
        if first <= end:
            what = f"{short(other)}: the postcodes {first} to {last} overlap with {short(one)}"
            faults.append(Fault(path, line, what, "correct one of them"))
    if faults:
        raise Faulty(faults)
    return provinces


@dataclass
class _Province:
    """One entry as it is read: `at` is a fault that has the file and the line."""

    code: str
    fields: object
    at: Fault
    faults: list[Fault] = field(default_factory=list)

    def fault(self, what: str, todo: str) -> None:
        self.faults.append(replace(self.at, what=f"{short(self.code)}: {what}", todo=todo))

    def name(self, words: Mapping[str, str]) -> None:
        key = f"province_{self.code.lower().replace('-', '_')}"
        if not _CODE.fullmatch(self.code):
            self.fault("this is no code of a province", "write its ISO 3166-2 code, such as BE-VAN")
        elif key not in words:
            self.fault(
                "no language has a name for it",
                f"write the code of a province, or add {key} to each interface.yml",
            )

    def centre(self, known: contacts.Contacts) -> str:
        if not isinstance(self.fields, dict) or set(self.fields) != {"region", "postcodes"}:
            self.fault("it does not say its region and postcodes", _WRITE)
            return ""
        centres = {
            str(known.values[f"{entry}.region"]): entry
            for entry in known.entries("centre")
            if f"{entry}.region" in known.values
        }
        centre = centres.get(str(self.fields["region"]), "")
        if not centre:
            what = f"no centre in docs/contacts.yml stands for the region {short(self.fields['region'])}"
            self.fault(what, f"use one of {', '.join(sorted(centres))}")
        elif f"{centre}.phone" not in known.values:
            self.fault(f"{centre} has no phone", "add it to docs/contacts.yml: readers are sent there")
        return centre

    def postcodes(self) -> list[tuple[int, int]]:
        pairs = self.fields.get("postcodes") if isinstance(self.fields, dict) else []
        good: list[tuple[int, int]] = []
        if not isinstance(pairs, list) or (not pairs and self.fields and isinstance(self.fields, dict)):
            self.fault(f"{short(pairs)} are no postcodes", _WRITE)
            return good
        for pair in pairs:
            numbers = pair if isinstance(pair, list) and len(pair) == 2 else []
            if not numbers or not all(type(n) is int and LOWEST <= n <= HIGHEST for n in numbers):
                self.fault(
                    f"{short(pair)} are no postcodes", f"write [first, last], from {LOWEST} to {HIGHEST}"
                )
            elif numbers[0] > numbers[1]:
                self.fault(
                    f"the postcodes {numbers[0]} to {numbers[1]} run backwards", "write the lower one first"
                )
            else:
                good.append((numbers[0], numbers[1]))
        return good
