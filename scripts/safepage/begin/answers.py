"""What an organisation answers before its site begins: read from a file, checked as its own files are."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safepage.begin import excerpt
from safepage.begin.excerpt import Excerpt, dumped
from safepage.begin.packed import Packed
from safepage.faults import Fault, Faulty, errors, printable, short
from safepage.gate import characters
from safepage.gate import country as countries
from safepage.gate.words import plain_text
from safepage.page import texts, yaml_text
from safepage.page.yaml_text import KeyPath
from safepage.site import contact_file, contacts, locales, regions, settings_check
from safepage.site.contacts import Contacts
from safepage.site.exits import problem as exit_problem
from safepage.site.interface import exit_titles
from safepage.site.locales import autonym, refusal

NEEDED = ("country", "languages", "exit", "contacts")
KEYS = ("country", "languages", "address", "name", "exit", "operator", "contacts", "regions", "repository")
NOWHERE = "https://example.org/"  # until a site has an address


@dataclass(frozen=True)
class Answers:
    """What a site begins with. `languages` maps each tag to the language's own name, the source first.

    `exits` and `names` are by language (no names: those of the packed texts); `contacts` and `regions` are
    the texts of files, the latter "" where there is none, as is `repository`.
    """

    country: str
    languages: Mapping[str, str]
    address: str
    exits: Mapping[str, str]
    names: Mapping[str, str]
    contacts: str
    regions: str
    repository: str

    @property
    def source(self) -> str:
        """The language that the others are translated from."""
        return next(iter(self.languages))


def read(file: Path, packed: Packed) -> tuple[Answers, list[Fault]]:
    """The answers of a file, and what warns in them. Raises Faulty with everything that is wrong."""
    if not file.is_file():
        raise Faulty([Fault(file.name, 0, "there is no such file", "give the way to your answers")])
    return of_text(texts.read(file, file.name), file.name, packed)


def of_text(text: str, path: str, packed: Packed) -> tuple[Answers, list[Fault]]:
    """The answers of a text. In: how its file is called in messages. Raises Faulty."""
    data, lines = yaml_text.load(text, path)
    sheet = _Sheet(path, text, data, lines, packed)
    answers = sheet.answers()
    if wrong := errors(sheet.faults):
        raise Faulty(wrong)
    return answers, sheet.faults


def check(text: str, path: str, packed: Packed, at: KeyPath) -> list[Fault]:
    """What is wrong with one answer of a text that is not whole yet. In: the keys that lead to it."""
    data, lines = yaml_text.load(text, path)
    sheet = _Sheet(path, text, data, lines, packed)
    sheet.answers()
    below = {line for key, line in lines.items() if key[: len(at)] == at}
    return [fault for fault in sheet.faults if fault.line in below]


@dataclass
class _Sheet:
    """A file of answers that is being checked: what is wrong joins `faults`."""

    path: str
    text: str
    data: dict[str, Any]
    lines: dict[KeyPath, int]
    packed: Packed
    faults: list[Fault] = field(default_factory=list)

    def fault(self, at: KeyPath, what: str, todo: str, severity: str = "error") -> None:
        self.faults.append(Fault(self.path, self.line(at), what, todo, severity))

    def line(self, at: KeyPath) -> int:
        """The line of an answer, or of what it is in."""
        return next((self.lines[at[:n]] for n in range(len(at), 0, -1) if at[:n] in self.lines), 0)

    def answers(self) -> Answers:
        self.keys()
        country, languages, address = self.country(), self.languages(), self.address()
        exits, names = self.exits(languages, address), self.names(languages, country)
        people, known = self.contacts(country)
        places, repository = self.regions(known, next(iter(languages), "")), self.repository()
        return Answers(country, languages, address, exits, names, people, places, repository)

    def keys(self) -> None:
        for key in self.data:
            if key not in KEYS:
                self.fault((key,), f"“{printable(key)}” is none of the questions", _nearest(key, KEYS))
        for key in NEEDED:
            if self.data.get(key) in (None, "", [], {}):
                self.fault((key,), f"“{key}” is not answered", f"write {key}: and the answer")

    def country(self) -> str:
        written = self.data.get("country")
        if written in (None, "") or countries.known(str(written)):
            return str(written or "")
        near = countries.meant(str(written), self.packed.locales)
        todo = f"write country: {near}" if near else "write its two capital letters (ISO 3166-1), such as NL"
        self.fault(("country",), f"“{short(written)}” is no country's code", todo)
        return ""

    def languages(self) -> dict[str, str]:
        written = self.data.get("languages")
        found: dict[str, str] = {}
        for number, entry in enumerate(
            written if isinstance(written, list) else [written] if written else []
        ):
            at: KeyPath = ("languages", number)
            fields = entry if isinstance(entry, dict) else {"locale": entry}
            tag = fields.get("locale")
            for key in fields.keys() - {"locale", "name"}:
                self.fault(
                    at, f"“{printable(key)}” is nothing of a language", "write its locale and its name"
                )
            if not isinstance(tag, str):
                self.fault(at, f"“{short(tag)}” is no language", "write its tag, such as nl")
            elif why := refusal(tag):
                self.fault(at, why, self.instead(tag))
            elif tag in found:
                self.fault(at, f"“{tag}” stands twice", "keep one of the two")
            else:
                found[tag] = str(fields.get("name") or autonym(tag))
                for hidden in characters.check(found[tag], ""):
                    self.fault(at, f"name: {hidden.what}", hidden.todo)
                if found[tag] == tag:
                    what = f"what the language “{tag}” is called by those who speak it is not known here"
                    self.fault(at, what, f"write {{locale: {tag}, name: …}} in its place")
        if found and (first := next(iter(found))) not in self.packed.locales:
            what = f"there are no texts in {first} yet, from which the other languages could be translated"
            there = ", ".join(self.packed.locales)
            todo = f"put one of these first, and translate into {first} from it: {there}"
            self.fault(("languages", 0), what, todo)
        return found

    def instead(self, written: str) -> str:
        """What to write for a language whose name somebody wrote."""
        near = locales.meant(written, self.packed.locales)
        return f"write its tag, {near}" if near else "write it so, or another"

    def address(self) -> str:
        written = str(self.data.get("address") or NOWHERE)
        if problem := settings_check.address(written):
            what, todo, severity = problem
            self.fault(("address",), f"the address of the site is {what}", todo, severity)
        return f"{written.rstrip('/')}/"

    def exits(self, languages: Mapping[str, str], address: str) -> dict[str, str]:
        found = self.by_language("exit", languages)
        for tag, exit_ in found.items():
            if problem := exit_problem(exit_, address):
                self.fault(("exit", tag), f"the exit: {problem[0]}", problem[1])
        return found

    def names(self, languages: Mapping[str, str], country: str) -> dict[str, str]:
        found = self.by_language("name", languages)
        for tag, name in found.items() if country else ():
            for what, todo in plain_text(name, country, bare=True):
                self.fault(("name", tag), f"the name: {what}", todo)
        titles = {tag: self.packed.word(tag, "exit_title") for tag in languages if tag in self.packed.locales}
        for fault in exit_titles(titles, found.values()):
            what = f"the name shares a word with the title of the page that the exit shows: {fault.what}"
            self.fault(("name",), what, "take another name")
        return found

    def by_language(self, key: str, languages: Mapping[str, str]) -> dict[str, str]:
        """An answer that is one text for all languages, or one for each; the first for those not named."""
        written = self.data.get(key)
        if written in (None, "", {}):
            return {}
        given = written if isinstance(written, dict) else dict.fromkeys(languages, written)
        for tag, value in given.items():
            if languages and tag not in languages:
                what = f"{key}: “{printable(tag)}” is no language of the site"
                self.fault((key, tag), what, _nearest(tag, languages))
            elif not isinstance(value, str):
                self.fault((key, tag), f"{key}: “{short(value)}” is not a text", "put it in quotation marks")
        return {tag: str(given.get(tag, next(iter(given.values())))) for tag in languages}

    def contacts(self, country: str) -> tuple[str, Contacts | None]:
        """The file with who runs the site and whom readers can call, and what it holds."""
        people = self.part("contacts")
        operator = self.data.get("operator") or {}
        if not isinstance(operator, dict):
            self.fault(("operator",), "this does not say who runs the site", "write name:, address:, email:")
            operator = {}
        own = {**dict.fromkeys(contact_file.OPERATOR_FIELDS[:3]), **operator}
        above = dumped({"operator": own}) + "\n"
        whole = above + (people.text if people else "")
        known = None
        if country:
            try:
                known, found = contacts.load(whole, self.path, country, datetime.date.today())
            except Faulty as faulty:
                found = faulty.faults
            size = above.count("\n")
            rows = [("operator",), *(("operator", name) for name in own)]
            for fault in found:
                if 0 < fault.line <= len(rows):
                    self.fault(rows[fault.line - 1], fault.what, fault.todo, fault.severity)
                elif people:
                    self.faults += people.told([fault], size)
        return whole, known

    def regions(self, known: Contacts | None, source: str) -> str:
        places = self.part("regions")
        if places and known:
            try:
                regions.load(places.text, self.path, known, source)
            except Faulty as faulty:
                self.faults += places.told(faulty.faults)
        return places.text if places else ""

    def part(self, key: str) -> Excerpt | None:
        """What stands below an answer that becomes a file."""
        value = self.data.get(key)
        if value in (None, "", {}):
            return None
        if not isinstance(value, dict):
            self.fault(
                (key,), f"“{key}” holds a list or a word", f"write names and values on lines below {key}:"
            )
            return None
        return excerpt.of(self.text, key, self.lines[(key,)])

    def repository(self) -> str:
        written = str(self.data.get("repository") or "")
        if written and (problem := settings_check.repository(written)):
            what, todo, severity = problem
            self.fault(("repository",), f"the repository is {what}", todo, severity)
        return written.rstrip("/")


def _nearest(key: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(key, names, n=1)
    return f"write “{near[0]}”" if near else f"take it out: there is {', '.join(names)}"
