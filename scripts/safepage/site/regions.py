"""The regions of a country: their names, whom to call in each, and where their postcodes begin."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from safepage.faults import Fault, Faulty, short
from safepage.gate import characters
from safepage.gate.words import plain_text
from safepage.page import yaml_text
from safepage.site import locales, postcodes
from safepage.site.contacts import Contacts

FIELDS = ("name", "centre", "postcodes")
REACHED = ("phone", "chat")  # how a reader reaches a contact at once
_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


@dataclass(frozen=True)
class Region:
    """A region: its ISO 3166-2 code; its name by language, the first for all that are not named (under ""
    one that is the same in all); the contacts that help there; where its postcodes begin.
    """

    code: str
    names: Mapping[str, str]
    centres: tuple[str, ...] = ()
    postcodes: tuple[postcodes.Beginnings, ...] = ()


def load(text: str, path: str, known: Contacts, source: str) -> list[Region]:
    """Read the regions.

    In: the YAML text, its path for messages, the contacts, the language of the source. Out: the regions in
    their order. Raises Faulty with a line for each field that is unknown, wrong or of the old form, for each
    contact that is not there or can't be reached, and for beginnings of postcodes that overlap.
    """
    data, lines = yaml_text.load(text, path)
    entries = [_Entry(code, fields, path, lines, known) for code, fields in data.items()]
    found = [entry.read(source) for entry in entries]
    faults = [fault for entry in entries for fault in entry.faults]
    told = {fault.line for fault in faults}
    rest = _without_names(text, found, lines)
    faults += [fault for fault in characters.check(rest, path) if fault.line not in told]
    faults += _overlaps(found, path, lines)
    if faults:
        raise Faulty(faults)
    return found


def with_names(known: Contacts, regions: Sequence[Region]) -> tuple[Contacts, list[Fault]]:
    """The contacts with the names of the regions that they stand for, in place of these regions' codes.

    Out: the contacts, and a warning for each code that has no name: that field is left out.
    """
    names = {region.code: region.names for region in regions}
    values, faults = dict(known.values), []
    for key in [key for key in values if key.endswith(".region")]:
        code = values.pop(key)
        if not (found := names.get(str(code))):
            what = f"{key} is {code}, which docs/regions.yml has no name for: pages leave it out"
            todo = f"write {code}: there, and name: below it"
            if known.entries(entry := key.removesuffix(".region")) == [entry]:  # not a group's own
                faults.append(Fault("docs/contacts.yml", 0, what, todo, "warning"))
            continue
        values[key] = next(iter(found.values()))
        values.update({f"{key}@{tag}": name for tag, name in found.items() if tag})
    return replace(known, values=values), faults


def _without_names(text: str, regions: Sequence[Region], lines: Mapping[yaml_text.KeyPath, int]) -> str:
    """The file but for its names, which are looked at one by one: each may be in a script of its own."""
    rows = text.split("\n")
    for region in regions:
        for tag, name in region.names.items():
            at = lines[(region.code, "name", tag) if tag else (region.code, "name")] - 1
            rows[at] = rows[at].replace(name, "", 1)
    return "\n".join(rows)


def _overlaps(
    regions: Sequence[Region], path: str, lines: Mapping[yaml_text.KeyPath, int]
) -> Iterator[Fault]:
    every = ((found, region.code) for region in regions for found in region.postcodes)
    widest: tuple[postcodes.Beginnings, str] | None = None
    for found, code in sorted(every, key=lambda one: (one[0].shape, one[0].first)):
        if widest and found.overlaps(widest[0]):
            what = f"{code}: the postcodes {found} overlap with {widest[0]} of {widest[1]}"
            yield Fault(path, lines.get((code,), 0), what, "correct one of them")
        if not widest or (widest[0].shape, widest[0].last) < (found.shape, found.last):
            widest = found, code


@dataclass
class _Entry:
    """One region as the file has it, and what is wrong with it."""

    code: str
    fields: object
    path: str
    lines: Mapping[yaml_text.KeyPath, int]
    known: Contacts
    faults: list[Fault] = field(default_factory=list)

    def fault(self, at: yaml_text.KeyPath, what: str, todo: str) -> None:
        line = self.lines.get((self.code, *at)) or self.lines.get((self.code,), 0)
        self.faults.append(Fault(self.path, line, f"{short(self.code)}: {what}", todo))

    def read(self, source: str) -> Region:
        """What can be read of it; the rest is in `faults`."""
        fields = self.fields if isinstance(self.fields, dict) else {}
        if not _CODE.fullmatch(self.code):
            self.fault((), "this is no code of a region", "write its ISO 3166-2 code: XX-YYY")
        for name in fields:
            self.unknown(name)
        names = self.names(fields.get("name"), source)
        centres = self.centres(fields["centre"]) if "centre" in fields else ()
        codes = self.postcodes(fields["postcodes"]) if "postcodes" in fields else ()
        if codes and "centre" not in fields and "region" not in fields:
            self.fault(
                (), "it has postcodes and no centre: readers would find nobody", f"add {self.example()}"
            )
        return Region(self.code, names, centres, codes)

    def unknown(self, name: str) -> None:
        if name == "region":
            what = "'region' is no field any more: a region names whom to call itself"
            self.fault((name,), what, f"write in its place {self.example()}")
        elif name not in FIELDS:
            self.fault((name,), f"“{short(name)}” is not a field", f"use one of {', '.join(FIELDS)}")

    def example(self) -> str:
        """The line `centre:`, with the contact that stands for the region that the old form names."""
        old = self.fields.get("region") if isinstance(self.fields, dict) else None
        there = [key for key, code in self.known.values.items() if key.endswith(".region")]
        mine = [key for key in there if self.known.values[key] in (old, self.code)]
        key = (mine or there or ["centre.KEY.region"])[0].removesuffix(".region")
        return f"centre: {key.removeprefix('centre.')}"

    def names(self, value: object, source: str) -> dict[str, str]:
        named = value if isinstance(value, dict) else {"": value}
        if value is None or not named:
            todo = f"add name: and below it {source}: with its name in that language"
            self.fault(("name",), "it has no name", todo)
            return {}
        for tag, name in named.items():
            at: yaml_text.KeyPath = ("name", tag) if tag else ("name",)
            if tag and not locales.valid(tag):
                self.fault(at, f"“{short(tag)}” is no language", "write its tag, such as nl")
            for what, todo in plain_text(name, self.known.country):
                self.fault(at, f"its name: {what}", todo)
        if isinstance(value, dict) and source not in value:
            self.fault(("name",), f"it has no name in the site's first language, {source}", f"add {source}:")
        return {tag: str(name) for tag, name in named.items()}

    def centres(self, value: object) -> tuple[str, ...]:
        written = value if isinstance(value, list) and value else [value]
        return tuple(filter(None, (self.centre(one) for one in written)))

    def centre(self, written: object) -> str:
        key = written if isinstance(written, str) and "." in written else f"centre.{written}"
        if key not in self.known.entries(key):
            centres, lines = self.known.entries("centre"), self.known.entries("line")
            keys = [*(entry.removeprefix("centre.") for entry in centres), *lines]
            near = (
                difflib.get_close_matches(short(written), keys, n=1)
                or keys
                or ["the name of one that is there"]
            )
            what = f"docs/contacts.yml has no centre “{short(written)}”"
            self.fault(("centre",), what, f"write {near[0]}, or add it there")
            return ""
        if not any(f"{key}.{way}" in self.known.values for way in REACHED):
            what = f"{key} can't be reached: it has neither a phone nor a chat"
            self.fault(("centre",), what, "add one in docs/contacts.yml: readers are sent there")
        return key

    def postcodes(self, value: object) -> tuple[postcodes.Beginnings, ...]:
        if not isinstance(value, list) or not value:
            what = f"{short(value)} are no postcodes"
            self.fault(("postcodes",), what, 'write a list: ["3000-3499", "SW"]')
            return ()
        good = []
        for number, one in enumerate(value):
            read = postcodes.read(one)
            if isinstance(read, postcodes.Beginnings):
                good.append(read)
            else:
                self.fault(("postcodes", number), *read)
        return tuple(good)
