"""Reads the file of contacts: every entry with its source and the day on which it was checked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from safepage.faults import Fault, Faulty, bounded, short
from safepage.gate import characters
from safepage.page import yaml_text
from safepage.site import telephone
from safepage.site.contact_fields import BY_LANGUAGE, FIELDS, WAYS, day, problem

Value = str | datetime.date | None
Where = tuple[str, ...]
OPERATOR = "operator"
OPERATOR_FIELDS = ("name", "address", "email", "registration")
OPTIONAL = ("operator.registration",)  # numbers that some laws ask for, such as an enterprise's
STALE_AFTER_DAYS = 365
_NAMED = ("centre", "minors")  # readers are shown these by their names
_HELP = {"line", "centre", "minors"}  # whom pages name for help or advice
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TAKEN = ("contacts", "list", "prints", "regions", "search")  # placeholders that the site fills in by itself


def read(
    text: str, path: str, country: str, today: datetime.date | None
) -> tuple[dict[str, Value], datetime.date, list[Fault]]:
    """Read the contacts file.

    In: the YAML text, its path for messages, the country, the day to measure age against. Out: the values
    (`contacts.Contacts`), the oldest day of a check, and the warnings. Raises Faulty with every error.
    """
    data, lines = yaml_text.load(text, path)
    file = _File(path, country, today, lines)
    file.walk((), data)
    told = {fault.line for fault in file.faults}
    file.faults += [fault for fault in file.characters(text) if fault.line not in told]
    for name in OPERATOR_FIELDS:
        file.values.setdefault(f"{OPERATOR}.{name}", None)
    for key in data:
        file.first_of(key)
        file.apart(key)
    told_of = any(re.match(r"emergency\.(?:\w+\.)?phone: ", fault.what) for fault in file.faults)
    if "emergency.phone" not in file.values and not told_of:
        file.fault((), "there is no emergency.phone", "every page shows it: add it")
    if not _HELP & data.keys():
        what = "nobody is named for help or advice: pages lead readers to the emergency number instead"
        file.fault((), what, "add a helpline, below line:, or a centre, below centre:", "warning")
    if any(fault.severity == "error" for fault in file.faults):
        raise Faulty(file.faults)
    return file.values, min(file.dates), bounded(file.faults)


@dataclass
class _File:
    """The file as it is read: the path of keys to each thing in it is its `where`."""

    path: str
    country: str
    today: datetime.date | None
    lines: Mapping[yaml_text.KeyPath, int]
    faults: list[Fault] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)
    dates: list[datetime.date] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    texts: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # of a language, with lines

    def fault(self, where: Where, what: str, todo: str, severity: str = "error") -> None:
        known = (self.lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in self.lines)
        self.faults.append(Fault(self.path, next(known, 0), what, todo, severity))

    def walk(self, where: Where, node: object) -> None:
        """An entry, or a group of those."""
        if not isinstance(node, dict) or not node:
            what = f"“{short('.'.join(where)) or self.path}” holds no contact"
            self.fault(where, what, "indent its fields below it")
            return
        if where and any(key in FIELDS or not isinstance(child, dict) for key, child in node.items()):
            self.entry(where, node)
            return
        for key, child in node.items():
            if not re.fullmatch(r"[a-z0-9]+", key) or (not where and key in _TAKEN):
                what = f"“{short(key)}” can't be a name"
                self.fault((*where, key), what, "use other small letters or digits")
                continue
            self.walk((*where, key), child)

    def entry(self, where: Where, fields: Mapping[str, object]) -> None:
        name = ".".join(where)
        self.entries.append(name)
        allowed = OPERATOR_FIELDS if name == OPERATOR else FIELDS
        for key, value in fields.items():
            at = (*where, key)
            if key not in allowed:
                what = f"“{short(key)}” is not a field of a contact"
                self.fault(at, what, f"use one of {', '.join(allowed)}")
            elif name == OPERATOR and value in (None, ""):
                self.gap(at)
            elif key in BY_LANGUAGE and isinstance(value, dict):
                self.by_language(at, value, fields)
            else:
                self.one(at, value, fields)
        if name != OPERATOR:
            self.whole(where, fields)

    def whole(self, where: Where, fields: Mapping[str, object]) -> None:
        """What an entry must have, and how old it is."""
        name = short(".".join(where))
        if where[0] in _NAMED and "name" not in fields:
            self.fault(where, f"{name} has no 'name'", "write it: every page shows it beside the number")
        if not set(WAYS) & set(fields) and set(fields) <= set(FIELDS):
            todo = "write one of them, so that readers get to it"
            self.fault(where, f"{name} has no phone, chat, website or email", todo)
        for key in ("source", "checked"):
            if key not in fields:
                todo = "write where it was found and when it was checked"
                self.fault(where, f"{name} has no '{key}'", todo)
        if checked := day(fields.get("checked")):
            self.dates.append(checked)
            self.age(where, checked)

    def age(self, where: Where, checked: datetime.date) -> None:
        name, at = short(".".join(where)), (*where, "checked")
        if self.today and (self.today - checked).days > STALE_AFTER_DAYS:
            what = f"{name} was last checked on {checked}, over twelve months ago"
            self.fault(at, what, "check it at its source and write the new date", "warning")
        if self.today and checked > self.today:
            what = f"{name} says it was checked on {checked}, a day to come"
            self.fault(at, what, "write the day on which it was checked")

    def gap(self, at: Where) -> None:
        """A field of the operator that waits for the organisation."""
        name = ".".join(at)
        self.values[name] = None
        if name not in OPTIONAL:
            what = f"{name} is not filled in: pages show a marked gap"
            self.fault(at, what, "write who runs this site", "warning")

    def one(self, at: Where, value: object, beside: Mapping[str, object]) -> None:
        name, key = ".".join(at), at[-1]
        tidy = value.strip() if isinstance(value, str) else value  # a no-break space too
        if found := problem(name, key, tidy, beside, self.country):
            self.fault(at, f"{short(name)}: {found[0]}", found[1])
        elif isinstance(tidy, str):
            self.values[name] = telephone.shown(tidy, self.country) if key == "phone" else tidy
        elif type(tidy) is datetime.date:
            self.values[name] = tidy

    def by_language(self, at: Where, texts: Mapping[str, object], beside: Mapping[str, object]) -> None:
        name, key = ".".join(at), at[-1]
        if not texts:
            address = key == "website"
            what = f"{name} has no {'address' if address else 'text'}"
            todo = (
                "write one that starts with https://"
                if address
                else "write its text, or a text such as nl: …"
            )
            self.fault(at, what, todo)
        for tag, value in texts.items():
            if not _TAG.fullmatch(tag):
                self.fault((*at, tag), f"“{short(tag)}” is no language", "write its tag, such as nl")
                continue
            tidy = value.strip() if isinstance(value, str) else value
            if found := problem(name, key, tidy, beside, self.country):
                self.fault((*at, tag), f"{name}.{tag}: {found[0]}", found[1])
            self.values[f"{name}@{tag}"] = str(tidy)
            self.values.setdefault(name, str(tidy))
            self.texts.setdefault(tag, []).append((self.lines[(*at, tag)], str(tidy)))

    def characters(self, text: str) -> list[Fault]:
        """What in the file's signs deceives: each language's texts among themselves, then all others.

        A name of Cyrillic letters alone is fine by itself, but not among Latin ones.
        """
        rows, faults = text.split("\n"), []
        for said in self.texts.values():
            for line, words in said:
                rows[line - 1] = rows[line - 1].replace(words, "", 1)
            whole = "\n".join(" ".join(words.split()) for _, words in said)
            found = characters.check(whole, self.path)
            faults += [replace(fault, line=said[fault.line - 1][0]) for fault in found]
        return faults + characters.check("\n".join(rows), self.path)

    def first_of(self, key: str) -> None:
        """Of a group, {{ key.phone }} is the first entry's."""
        first = next((entry for entry in self.entries if entry.startswith(f"{key}.")), "")
        if not first:
            return
        for name, value in list(self.values.items()):
            if name.startswith(f"{first}."):
                self.values.setdefault(f"{key}{name.removeprefix(first)}", value)

    def apart(self, key: str) -> None:
        """Readers tell several entries of a group apart by their names."""
        several = [entry for entry in self.entries if entry.startswith(f"{key}.")]
        for entry in several if len(several) > 1 and key not in _NAMED else ():
            where = tuple(entry.split("."))
            if (*where, "name") not in self.lines:
                todo = f"write it: {key} has several, which readers tell apart by their names"
                self.fault(where, f"{entry} has no 'name'", todo)
