"""Which centre is near: the provinces with their postcodes, as a table that a script can search."""

from __future__ import annotations

import html
from collections.abc import Mapping
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
    """Read the list of provinces. Raises Faulty: a region without a centre, postcodes that overlap or are none."""
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
            faults.append(Fault(path, line, f"{code} does not say its region and postcodes",
                                "write {region: …, postcodes: [[first, last]]}"))  # fmt: skip
            continue
        centre = centres.get(str(fields["region"]))
        if centre is None:
            faults.append(Fault(path, line, f"no centre in docs/contacts.yml stands for the region {fields['region']}",
                                f"use one of {', '.join(sorted(centres))}"))  # fmt: skip
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
                faults.append(Fault(path, line, f"{code}: the postcodes {first} to {last} {why}", "correct one of them"))
                continue
            taken.append((first, last, str(code)))
            good.append((first, last))
        provinces.append(Province(str(code), centre or "", tuple(good)))
    if faults:
        raise Faulty(faults)
    return provinces


def table(provinces: list[Province], known: contacts.Contacts, locale: str, words: Mapping[str, str]) -> str:
    """The list as HTML: whole without a script; each row carries its postcodes for the one that searches."""

    def cell(name: str) -> str:
        return contacts.render(name, known, locale, words)

    def row(province: Province) -> str:
        ranges = [(str(first), str(last)) for first, last in province.postcodes]
        told = "<br>".join(
            html.escape(words["find_range"].replace("{first}", first).replace("{last}", last)) for first, last in ranges
        )
        data = " ".join(f"{first}-{last}" for first, last in ranges)
        name = html.escape(words[f"province_{province.code.lower().replace('-', '_')}"])
        return (
            f'<tr data-postcodes="{data}"><th scope="row">{name}</th><td>{told}</td>'
            f"<td>{cell(f'{province.centre}.name')}<br>{cell(f'{province.centre}.phone')}</td></tr>"
        )

    heads = "".join(f'<th scope="col">{html.escape(words[f"find_{key}"])}</th>' for key in ("province", "postcodes", "centre"))
    rows = "".join(row(province) for province in provinces)
    label, hint, button = (html.escape(words[f"find_{key}"]) for key in ("label", "hint", "button"))
    result, none = (html.escape(words[f"find_{key}"]) for key in ("result", "none"))
    return (
        f'<form class="find" autocomplete="off" hidden><label for="postcode">{label}</label> <span id="postcode-hint">{hint}</span>'
        '<p class="actions"><input id="postcode" inputmode="numeric" pattern="[0-9]{4}" maxlength="4" size="6" aria-describedby="postcode-hint">'
        f'<button type="submit">{button}</button></p>'
        f'<p role="status" data-result="{result}" data-none="{none}"></p></form>'
        f'<table class="centres"><caption>{html.escape(words["find_caption"])}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )
