"""A contact that comes into its group, or goes out of it, in a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from safepage.editor.dataform import NO_WORDS, EntryForm
from safepage.editor.form import Field, Once, Section, Written
from safepage.editor.values import Values, one_line
from safepage.faults import Fault, Faulty
from safepage.page import grammar, yaml_text
from safepage.site.contact_fields import FIELDS
from safepage.translations import frame_words


@dataclass(frozen=True)
class NewEntry(EntryForm):
    """A contact that is not there yet; `at` is the group that it joins."""

    @property
    def title(self) -> str:
        return self.say["new_contact"]

    def sections(self, raw: str, whole: bool) -> list[Section]:
        """A name for the entry, and the fields of a contact."""
        key = Field("key", self.say["key"], "", "", "ltr", hint=self.say["hint_key"])
        fields = [
            Field(
                name,
                self.say[f"field_{name}"],
                "",
                "",
                "ltr" if name in NO_WORDS else "auto",
                hint=self.say.get(f"hint_{name}", ""),
                check=f"{'.'.join(self.at)}.new.{name}",
                kind="switch" if name == "by_hand" else "text",
            )
            for name in FIELDS
        ]
        return [Section(self.say["fields"], [key, *fields])]

    def written(self, raw: str, typed: Mapping[str, str], once: Once) -> Written:
        """The file with one contact more, below the others of its group."""
        fields = {name: one_line(typed[name]) for name in FIELDS if typed.get(name, "").strip()}
        at = (*self.at, one_line(typed.get("key", "")))
        new = Values.read(raw, self.path).with_entry(at, fields, self.path)
        _, lines = yaml_text.load(new, self.path)
        places = {name: lines[(*at, name)] for name in fields}
        return Written(new, {"key": (lines[at], lines[at]), **{name: (n, n) for name, n in places.items()}})


@dataclass(frozen=True)
class GoneEntry(EntryForm):
    """A contact that is to be taken out: a form without fields."""

    @property
    def title(self) -> str:
        return self.say["removing"].replace("{name}", super().title)

    def sections(self, raw: str, whole: bool) -> list[Section]:
        return []

    def written(self, raw: str, typed: Mapping[str, str], once: Once) -> Written:
        """The file without it. Raises Faulty where a text of any language names it."""
        new = Values.read(raw, self.path).without_entry(self.at)
        found = [*self._named()]
        if new is None:
            what = f"{'.'.join(self.at)} can't be taken out from here"
            found.append(Fault(self.path, 0, what, "open the file itself in a text editor"))
        if found or new is None:
            raise Faulty(found)
        return Written(new)

    def _named(self) -> Iterator[Fault]:
        """Where a text names it, which a build of one language does not see of the others."""
        key = ".".join(self.at)
        for tag in (self.site.source, *self.site.locales):
            for page in (*self.site.pages, frame_words.NAME):
                path = self.site.path(tag, page)
                for number, line in enumerate((self.site.read(path) or "").split("\n"), 1):
                    named = [name for name in grammar.names(line) if name.startswith(f"{key}.")]
                    if named:
                        what = f"{grammar.spelt(named[0])} stands here"
                        yield Fault(path, number, what, "take it out of the text first")
