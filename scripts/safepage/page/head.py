"""The head of a page: names and values between two lines ---. What they may be, the gate says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Required, TypedDict

from safepage.faults import Fault, Faulty
from safepage.page import yaml_text
from safepage.page.meant import meant
from safepage.page.yaml_text import KeyPath

_FENCE = re.compile(r"---[ \t]*")
# What a head says by being true. Of `listen` the source's page says it for all languages.
SWITCHES = ("safety_critical", "draft", "listen")
_YES = frozenset(("true", "yes", "on"))  # as YAML 1.1 and 1.2 and hurried people write it


class Meta(TypedDict, total=False):
    """What the head of a page says."""

    title: Required[str]
    description: Required[str]
    menu: str
    number: str
    safety_critical: bool
    draft: bool
    listen: bool


@dataclass(frozen=True)
class Page:
    """A page's head, its Markdown as it was meant, and the line of the file (from 1) on which that begins."""

    meta: Meta
    body: str
    first_line: int


@dataclass(frozen=True)
class Head:
    """What stands in a head, unjudged: its values, the line of each, the Markdown below it and its line."""

    data: dict[str, Any]
    line_of: dict[KeyPath, int]
    body: str
    first_line: int


def lines_of(text: str) -> list[str]:
    """The lines of a file, whatever system and editor saved it."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def end(lines: Sequence[str]) -> int:
    """The place of the line that ends the head (from 0); 0 where there is no whole head."""
    if not lines or not _FENCE.fullmatch(lines[0]):
        return 0
    return next((at for at, line in enumerate(lines[1:], 1) if _FENCE.fullmatch(line)), 0)


def read(text: str, path: str) -> Head:
    """Take a page's file apart. Raises Faulty where it has no head, or one that is no YAML."""
    lines = lines_of(text)
    if not _FENCE.fullmatch(lines[0]):
        todo = "begin the file with a line ---, then title: and description:, then a line ---"
        raise Faulty([Fault(path, 1, "the page has no title and description at its top", todo)])
    at = end(lines)
    if not at:
        todo = "write a line --- below the description"
        raise Faulty([Fault(path, 1, "the head of the page, opened by ---, has no end", todo)])
    data, line_of = yaml_text.load("\n" + "\n".join(lines[1:at]), path)
    return Head(data, line_of, meant("\n".join(lines[at + 1 :])), at + 2)


def without(text: str, name: str) -> str:
    """A page's text without a value of its head that takes one line."""
    lines = lines_of(text)
    last, line_of = end(lines), re.compile(rf"{name}\s*:")
    return "\n".join(line for at, line in enumerate(lines) if at >= last or not line_of.match(line))


def values(text: str) -> dict[str, tuple[str, int]]:
    """The simple values of a page's head as words: name → (value, line of the file).

    Read as the build reads it, so that `True` is true here as well. A head that can't be read is empty
    here, and a fault there.
    """
    return dict(_values(text))


@lru_cache(maxsize=128)  # each reader of a page asks, and one source page is compared with many translations
def _values(text: str) -> dict[str, tuple[str, int]]:
    try:
        found = read(text, "")
    except Faulty:
        return {}
    return {
        name: (_written(name, value), found.line_of[(name,)])
        for name, value in found.data.items()
        if not isinstance(value, dict | list)
    }


def switched(text: str, name: str) -> bool:
    """True for a page whose head says yes to one of SWITCHES."""
    return values(text).get(name, ("", 0))[0] == "true"


def says_yes(value: object) -> bool:
    """True for true, however it is spelt: True, yes, on, "true"."""
    return value is True or (isinstance(value, str) and value.strip().lower() in _YES)


def _written(name: str, value: object) -> str:
    if name in SWITCHES and says_yes(value):
        return "true"
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
