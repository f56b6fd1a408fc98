"""What stands in a file of names and values, in a form: a contact, a region, the words of the frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from safepage.editor.form import Beside, Field, Once, Section, Written
from safepage.editor.values import Values, changed, one_line
from safepage.page import yaml_text
from safepage.page.yaml_text import KeyPath
from safepage.site import regions
from safepage.site.contact_fields import BY_LANGUAGE, FIELDS, MAX_TEXT
from safepage.site.contact_file import OPERATOR, OPERATOR_FIELDS
from safepage.site.locales import direction
from safepage.translations import frame_words
from safepage.translations.catalogue import Catalogue
from safepage.translations.review import review_address, words

CONTACTS, REGIONS = "docs/contacts.yml", "docs/regions.yml"
LISTS = {"centre": "[", "postcodes": '["'}  # of a region: how a list of them is quoted
_SEP = "/"  # between the keys of a value, in the name of a field
NO_WORDS = frozenset(
    ("phone", "chat", "email", "website", "region", "source", "checked", "by_hand", "centre", "postcodes")
)


def name_of(at: KeyPath) -> str:
    """A value's place as the name of a field."""
    return _SEP.join(map(str, at))


def entries(data: Mapping[str, Any], at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The contacts of a file: groups lie above them."""
    for key, value in data.items():
        if isinstance(value, dict) and value and all(isinstance(inner, dict) for inner in value.values()):
            yield from entries(value, (*at, key))
        elif isinstance(value, dict):
            yield (*at, key)


@dataclass(frozen=True)
class _Data:
    """What these forms share; `at` is the part of the file that this one is for."""

    site: Catalogue
    say: Mapping[str, str]

    review = ""

    def begin(self) -> str:
        return ""

    def whole(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        return typed

    def _lines(self, new: str, path: str, places: Sequence[KeyPath]) -> dict[str, tuple[int, int]]:
        _, lines = yaml_text.load(new, path)
        return {name_of(at): (lines[at], lines[at]) for at in places if at in lines}


@dataclass(frozen=True)
class EntryForm(_Data):
    """A contact, or a region: the place `at` of the file `path`."""

    path: str
    at: tuple[str, ...]

    @property
    def locale(self) -> str:
        return self.site.source

    @property
    def title(self) -> str:
        name = self._data().get("name")
        name = (
            (name.get(self.site.source) or next(iter(name.values()), "")) if isinstance(name, dict) else name
        )
        key = ".".join(self.at)
        return str(name or self.say.get(f"contact_{key}", key))

    @property
    def back(self) -> str:
        return f"/edit/{self.path.removeprefix('docs/').removesuffix('.yml')}/"

    @property
    def see(self) -> str:
        return "/contact/" if self.path == CONTACTS else "/find-centre/"

    @property
    def removal(self) -> str:
        """Where it is taken out: contacts are that have others beside them."""
        data, _ = yaml_text.load(self.site.read(self.path) or "", self.path)
        several = len(self.at) > 1 and len(_inner(data, self.at[:-1])) > 1
        return f"{self.back}remove/{'.'.join(self.at)}/" if several else ""

    def sections(self, raw: str, whole: bool) -> list[Section]:
        """A field for each value; those in other languages below."""
        values = Values.read(raw, self.path)
        data = _inner(values.data, self.at)
        plain = [self._field(values, at) for at in self._plain(values, data)]
        sections = [Section(self.say["fields"], plain)]
        for key in BY_LANGUAGE:
            if isinstance(data.get(key), dict):
                named = [self._field(values, (*self.at, key, tag)) for tag in self._tags(data[key])]
                sections.append(Section(self.say[f"field_{key}"], named, closed=len(named) > 4))
        return sections

    def written(self, raw: str, typed: Mapping[str, str], once: Once) -> Written:
        """The file with what was typed in this part of it."""
        values = Values.read(raw, self.path)
        places = self._places(values)
        wanted = _wanted(values, places, typed)
        switch = (*self.at, "by_hand")
        if switch in places and self.path == CONTACTS:
            wanted[switch] = typed.get(name_of(switch), "")
        lists = {} if self.path == CONTACTS else LISTS
        new = changed(raw, self.path, wanted, keep=self.at == (OPERATOR,), once=once, lists=lists)
        return Written(new, self._lines(new, self.path, [*places, self.at]))

    def _places(self, values: Values) -> list[KeyPath]:
        data = _inner(values.data, self.at)
        named = [(*self.at, key, tag) for key in BY_LANGUAGE for tag in self._tags(data.get(key))]
        return [*self._plain(values, data), *named]

    def _plain(self, values: Values, data: Mapping[str, Any]) -> Iterator[KeyPath]:
        """What is one value, and what may be there and is not yet."""
        known = FIELDS if self.path == CONTACTS else regions.FIELDS
        for key in OPERATOR_FIELDS if self.at == (OPERATOR,) else known:
            at: KeyPath = (*self.at, key)
            if isinstance(data.get(key), list) and at not in values.spots:
                places: list[KeyPath] = [(*at, number) for number in range(len(data[key]))]
                yield from (place for place in places if place in values.spots)
            elif at in values.spots or (key not in data and self.at in values.groups):
                yield at

    def _tags(self, value: object) -> list[str]:
        """The languages of a text: those that it has, then those of the site."""
        site = [self.site.source, *self.site.locales]
        return list(dict.fromkeys([*value, *site])) if isinstance(value, dict) else []

    def _field(self, values: Values, at: KeyPath) -> Field:
        key, last = str(at[len(self.at)]), at[-1]
        tag = str(last) if len(at) > len(self.at) + 1 and isinstance(last, str) else ""
        label = self.site.autonyms.get(tag, tag) if tag else self.say.get(f"field_{key}", key)
        if isinstance(last, int):
            label = f"{label} {last + 1}"
        locale = "" if key in NO_WORDS else tag
        contact = self.path == CONTACTS
        return Field(
            name_of(at),
            label,
            values.says(at),
            locale,
            "ltr" if key in NO_WORDS else direction(tag) if tag else "auto",
            hint="" if tag else self.say.get(f"hint_{key}", ""),
            check=f"{'.'.join(self.at)}.{key}" if contact else "",
            most=MAX_TEXT if key == "note" else 0,
            kind="switch" if key == "by_hand" else "text",
        )

    def _data(self) -> Mapping[str, Any]:
        data, _ = yaml_text.load(self.site.read(self.path) or "", self.path)
        return _inner(data, self.at)


@dataclass(frozen=True)
class WordsForm(_Data):
    """The words of the frame of a language, beside the source's."""

    locale: str

    @property
    def path(self) -> str:
        return self.site.path(self.locale, frame_words.NAME)

    @property
    def title(self) -> str:
        return self.say["words"]

    @property
    def back(self) -> str:
        return f"/edit/{self.locale}/"

    @property
    def see(self) -> str:
        tag = "" if self.locale == self.site.source else f"{self.locale}/"
        return "" if self.locale in self.site.hidden else f"/{tag}"

    @property
    def review(self) -> str:  # type: ignore[override]
        return "" if self.locale == self.site.source else "/" + review_address(self.locale, frame_words.NAME)

    def sections(self, raw: str, whole: bool) -> list[Section]:
        """A field for each word that the source has, with its slots."""
        values = Values.read(raw, self.path)
        source, paired = self.site.source, self.locale != self.site.source
        fields = []
        for word in self.site.words_of(source):
            shown = [Beside(words.html(word.text), source, direction(source))] if paired else []
            says = values.says((word.id,))
            rows = 0 if max(len(says), len(word.text)) < 48 else 1 + len(says or word.text) // 44
            hint = self.say["hint_safety"] if frame_words.is_safety(word.id) else ""
            fields.append(
                Field(
                    word.id,
                    word.id,
                    says,
                    self.locale,
                    direction(self.locale),
                    rows=rows,
                    hint=hint,
                    beside=shown,
                )
            )
        return [Section(self.say["words"], fields, paired=paired)]

    def written(self, raw: str, typed: Mapping[str, str], once: Once) -> Written:
        """The file with what was typed."""
        places: list[KeyPath] = [(word.id,) for word in self.site.words_of(self.site.source)]
        new = changed(
            raw, self.path, _wanted(Values.read(raw, self.path), places, typed), keep=True, once=once
        )
        return Written(new, self._lines(new, self.path, places))


def _wanted(values: Values, places: Sequence[KeyPath], typed: Mapping[str, str]) -> dict[KeyPath, str]:
    """What somebody changed: a value that was left as it was shown stays, whatever it is."""
    found = {at: typed[name_of(at)] for at in places if name_of(at) in typed}
    return {at: one_line(text) for at, text in found.items() if text.replace("\r\n", "\n") != values.says(at)}


def _inner(data: Mapping[str, Any], at: Sequence[str]) -> Mapping[str, Any]:
    found: Any = data
    for key in at:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}
