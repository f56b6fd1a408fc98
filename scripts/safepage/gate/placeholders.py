"""Placeholders: those that only look like one, and say so in one line; broken ones; those of another page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

from safepage.faults import Fault
from safepage.gate import characters, lookalikes
from safepage.gate.refusals import in_short
from safepage.page import grammar
from safepage.page.meant import DIRECTION, meant

_BRACES = re.compile(r"\{\{|\}\}")
_TEMPLATE = re.compile(r"\{%|%\}|\{\{\s*[%{]|--8<--|\{!")
_NAME = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)+")
# Braces of other keyboards and fonts; between them may stand what nobody sees.
_OPEN, _CLOSE = "{｛﹛❴⦃", "}｝﹜❵⦄"
_UNSEEN = characters.SUSPECT.pattern[1:-1]
_NEAR = re.compile(
    rf"(?<!\\)(?P<open>[{_OPEN}](?:[{_UNSEEN} \u00a0]{{0,3}}[{_OPEN}]){{0,2}})"
    rf"(?P<name>[^{_OPEN}{_CLOSE}\n]{{3,80}})"
    rf"(?P<close>[{_CLOSE}](?:[{_UNSEEN} \u00a0]{{0,3}}[{_CLOSE}]){{0,2}})"
)
# In scripts whose words stand apart; a prefix of Arabic or Hebrew belongs to what follows.
_ATTACHED = re.compile(r"([A-Za-zÀ-ÖØ-öø-\u024f\u0400-\u045f]{1,40})(\{\{ ?[a-z0-9.]{1,60} ?\}\})")
_SEPARATOR = re.compile(r"[\s.,;:_/\\·…-]+")
_QUOTES = "'\"`´‘’‚‛“”„‟«»‹›*"


@lru_cache(maxsize=256)  # one source page is looked at with each of its translations
def straight(text: str, path: str, first_line: int = 1) -> tuple[str, tuple[Fault, ...]]:
    """A text with its placeholders as they look, and a fault for each that only looks like one.

    So one slip is told in one line, and what else is said of the text doesn't tell of it again.
    """
    faults: list[Fault] = []

    def one(match: re.Match[str]) -> str:
        name = _looks_like(match["name"])
        if not _NAME.fullmatch(name) or _is_one(match):
            return match[0]
        line = text.count("\n", 0, match.start()) + first_line
        right = f"{{{{ {name} }}}}"
        todo = f"write {right} anew on a Latin keyboard, or copy it from another page"
        faults.append(Fault(path, line, _why(match, right), todo))
        return right

    return _NEAR.sub(one, text), tuple(faults)


def slots(words: str, wanted: Collection[str]) -> tuple[str, list[tuple[str, str]]]:
    """Words of the frame with their slots as they look, and what is wrong with one that only looks like it.

    In: the words; the names of the slots that they have to have: "phone" of `{phone}`.
    """
    problems: list[tuple[str, str]] = []

    def one(match: re.Match[str]) -> str:
        name = _looks_like(match["name"])
        right = f"{{{name}}}"
        if name not in wanted or match[0] == right:
            return match[0]
        problems.append((_why(match, right), f"write {right} anew on a Latin keyboard"))
        return right

    return _NEAR.sub(one, words), problems


def _is_one(match: re.Match[str]) -> bool:
    """True for what is a placeholder or is taken for one (`page.meant`), whether its name is known or not."""
    return _braces(match) == "{{}}" and bool(_NAME.fullmatch(_within(match)))


def _braces(match: re.Match[str]) -> str:
    return "".join((match["open"] + match["close"]).split())


def _within(match: re.Match[str]) -> str:
    return match["name"].strip().strip(DIRECTION).strip()


def _looks_like(name: str) -> str:
    """The name that a reader of the file sees."""
    seen = characters.SUSPECT.sub("", unicodedata.normalize("NFKC", name)).strip().strip(_QUOTES)
    letters = "".join(char if char.isascii() else lookalikes.latin_twin(char) or char for char in seen)
    return _SEPARATOR.sub(lambda run: "." if run[0].strip() else " ", letters.strip()).strip(".").lower()


def _why(match: re.Match[str], right: str) -> str:
    """What a person can't see, or would not look at."""
    if unseen := characters.SUSPECT.search(match["open"] + _within(match) + match["close"]):
        about = characters.told(unseen[0])
        return f"a sign that can't be seen ({about}) stands in {right}: nothing is filled in"
    return f"“{in_short(match[0])}” is not {right}: {_odd(match, right)}"


def _odd(match: re.Match[str], right: str) -> str:
    name, braces = _within(match), _braces(match)
    if other := braces.strip("{}"):
        return f"“{other[0]}” ({characters.told(other[0])}) is no plain brace"
    if braces != re.sub(r"[^{}]", "", right):
        two = right.startswith("{{")
        return "two braces open it and two close it" if two else "one brace opens it and one closes it"
    odd = re.search(r"[^a-z0-9.]", name)
    if odd is None:
        return f"a {'dot' if '.' in name else 'space'} too many stands in it"
    if odd[0].isspace():
        return "a space stands within its name"
    twin = "" if odd[0].isascii() else lookalikes.latin_twin(odd[0])
    told = f"“{odd[0]}” ({characters.told(odd[0])})"
    return f"{told} passes for “{twin}”" if twin else f"{told} is no part of a name"


def faults(line: str, source: Collection[str] | None) -> Iterator[tuple[str, str]]:
    """What is wrong with the braces of a line. In: the names that the source page uses, None if unknown."""
    if match := _TEMPLATE.search(line):
        what = f"“{match[0]}” begins a template, which pages don't have"
        yield what, "take it out; only {{ placeholders }} are filled in"
        return
    rest = grammar.PLACEHOLDER.sub("", line)
    if _BRACES.search(rest):
        shown = in_short(line.strip())
        what = f"a placeholder is broken in “{shown}”: readers would see braces, not a number"
        yield what, "write it as {{ emergency.phone }}, on one line"
    if match := _ATTACHED.search(line):
        what = f"a space is missing before the placeholder in “{in_short(match[0])}”"
        yield what, f"write {match[1]} {match[2]}"
    if source is None:
        return
    for match in grammar.PLACEHOLDER.finditer(line):
        if grammar.name(match) not in source:
            what = f"the source page does not use {match[0]}: readers would be sent to another contact"
            yield what, "use the placeholder that the source page has at this place"


@lru_cache(maxsize=128)  # one source page is compared with many translations
def names(markdown: str) -> frozenset[str]:
    """The names of the placeholders that a text uses, for `faults` of its translations."""
    return frozenset(grammar.names(meant(markdown)))
