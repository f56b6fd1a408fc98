"""What a form holds, whatever file it is for, and what a file has to offer to be edited in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from markupsafe import Markup

from safepage.faults import Fault
from safepage.page.yaml_text import KeyPath

Once = Mapping[tuple[KeyPath, str], str]  # how values of a file were spelt when they were first seen
Lines = Mapping[str, tuple[int, int]]  # of each field, its first line in a file (from 1) and its last


class Beside(NamedTuple):
    """A paragraph of the source beside a field; "" for one whose language is nobody's."""

    words: Markup
    locale: str
    direction: str


@dataclass(frozen=True)
class Field:
    """One field. `name` is the form's, `rows` 0 for a single line; `check` what the gate is asked about at
    once, `most` how many letters it may have; `state` how a translation of it stands; `now` what the file
    says, where somebody else has changed it meanwhile.
    """

    name: str
    label: str
    value: str
    locale: str
    direction: str
    rows: int = 0
    hint: str = ""
    check: str = ""
    most: int = 0
    kind: str = "text"
    state: str = ""
    beside: Sequence[Beside] = ()
    faults: Sequence[Fault] = ()
    now: str | None = None

    def typed(self, typed: Mapping[str, str]) -> Field:
        """The field as somebody left it."""
        value = typed.get(self.name, "" if self.kind == "switch" else self.value)
        return replace(self, value=value.replace("\r\n", "\n"))


@dataclass(frozen=True)
class Section:
    """Fields under one heading; `closed` where they are seldom needed, `paired` beside their source."""

    title: str
    fields: Sequence[Field]
    closed: bool = False
    paired: bool = False


@dataclass(frozen=True)
class Written:
    """A file's text with what was typed, and where each field stands in it."""

    text: str
    lines: Lines = field(default_factory=dict)


class Editable(Protocol):
    """A file, or a part of one, that a form shows.

    `say` are the editor's words; `path` is the file's, from the project's root; `locale` the language that a
    build has to look at; `back` where one comes from, `see` the page as readers get it, `review` the page
    beside its source ("": none).
    """

    @property
    def say(self) -> Mapping[str, str]: ...
    @property
    def path(self) -> str: ...
    @property
    def locale(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def back(self) -> str: ...
    @property
    def see(self) -> str: ...
    @property
    def review(self) -> str: ...
    def begin(self) -> str:
        """The text with which a file begins that is not there yet."""

    def sections(self, raw: str, whole: bool) -> list[Section]:
        """The fields, of the file's text; with `whole` a page's text in one. Raises Faulty."""

    def written(self, raw: str, typed: Mapping[str, str], once: Once) -> Written:
        """The file's text with what was typed. Raises Faulty where that can't be."""

    def whole(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """What was typed, for fields that don't hang on the file as it was."""
