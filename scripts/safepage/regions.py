"""Which centre is near: the provinces, their postcodes, and the centre that stands for their region."""

from __future__ import annotations

from dataclasses import dataclass

from safepage import contacts
from safepage.faults import Fault, Faulty
from safepage.frontmatter import load_yaml

LOWEST, HIGHEST = 1000, 9999  # Belgian postcodes have four digits


@dataclass(frozen=True)
class Province:
    """A province: its ISO 3166-2 code, its centre's key in contacts.yml, its postcodes (first, last)."""

    code: str
    centre: str
    postcodes: tuple[tuple[int, int], ...]


def load(text: str, path: str, known: contacts.Contacts) -> list[Province]:
    """Read the list of provinces.

    Raises Faulty for a region that no centre stands for, and for postcodes that overlap or are none.
    """
    data, lines = load_yaml(text, path)
    centres = {
        str(value): name.removesuffix(".region")
        for name, value in known.values.items()
        if name.startswith("centre.") and name.endswith(".region")
    }
    faults: list[Fault] = []
    provinces: list[Province] = []
    taken: list[tuple[int, int, str]] = []
    for code, fields in data.items():
        line = lines.get((code,), 0)
        if not isinstance(fields, dict) or set(fields) != {"region", "postcodes"}:
            faults.append(
                Fault(
                    path,
                    line,
                    f"{code} does not say its region and postcodes",
                    "write {region: …, postcodes: [[first, last]]}",
                )
            )
            continue
        centre = centres.get(str(fields["region"]))
        if centre is None:
            faults.append(
                Fault(
                    path,
                    line,
                    f"no centre in docs/contacts.yml stands for the region {fields['region']}",
                    f"use one of {', '.join(sorted(centres))}",
                )
            )
        ranges = fields["postcodes"] if isinstance(fields["postcodes"], list) else [None]
        good: list[tuple[int, int]] = []
        for pair in ranges:
            numbers = pair if isinstance(pair, list) and len(pair) == 2 else []
            if not all(isinstance(n, int) and LOWEST <= n <= HIGHEST for n in numbers) or not numbers:
                faults.append(Fault(path, line, f"{code}: {pair} are no postcodes", "write [first, last]"))
                continue
            first, last = numbers
            clash = next((name for low, high, name in taken if first <= high and last >= low), None)
            if first > last or clash:
                why = f"overlap with {clash}" if clash else "run backwards"
                faults.append(
                    Fault(path, line, f"{code}: the postcodes {first} to {last} {why}", "correct one of them")
                )
                continue
            taken.append((first, last, str(code)))
            good.append((first, last))
        provinces.append(Province(str(code), centre or "", tuple(good)))
    if faults:
        raise Faulty(faults)
    return provinces
