"""YAML within bounds, each thing with its line: how files of names and values are read that people write."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import yaml

from safepage.faults import Fault, Faulty

MAX_LENGTH = 100_000  # characters; the longest file of the site has less than a tenth
MAX_DEPTH = 8
MAX_KEY = 100  # characters of a name
KeyPath = tuple[str | int, ...]
LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# The core schema of YAML 1.2 (section 10.3.2) and plain dates: "no" stays a word and "01" stays "01".
_INTEGER = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_REMARK = re.compile(r"[ \t]*+#(.*)")
_BEHIND = re.compile(r"""[\w.-]+:[ \t]*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^'"#]*?)(?P<remark>[ \t]+#.*)?""")
_NEARLY = re.compile(r"[\w.-]+([\s\u00a0]?[:：][\s\u00a0]?)\S")
_NAMED = re.compile(r"( *)[\w.-]+: +[^\s#]")
_UNSEEN = re.compile(r"[^\S ]|[\u200b-\u200f\u2060\ufeff]")  # not to be told from a space or from nothing
_QUOTE, _LINES = "put the text in quotation marks", 'write lines such as key: "text"'
_EASIER = {
    "mapping values are not allowed": "a value that holds a colon needs quotation marks around it",
    "found unexpected end of stream": "a quotation mark is opened here and never closed",
    "found character": "a value begins with a tab, @, ` or %, which YAML keeps for itself",
    "did not find expected alphabetic": "a value begins with * or &, which YAML keeps for itself",
    "block sequence entries are not": "a value begins with “- ”, which YAML keeps for itself",
    "mapping keys are not": "a value begins with “? ”, which YAML keeps for itself",
    "did not find expected key": "a quotation mark above is not closed, or this line stands too far right",
    "did not find expected <document start>": "the document ends above, or lines begin at different places",
    "did not find expected hexdecimal": "a backslash stands between quotation marks, where it needs another",
    "found unknown escape": "a backslash stands between quotation marks, where it needs another",
}


def load(text: str, path: str) -> tuple[dict[str, Any], dict[KeyPath, int]]:
    """Read a YAML file of names and values, within bounds.

    In: the text and its project-relative path. Out: the data (dict, list, str, int, bool, date, None) and
    the line, from 1, of every key path: `("centre", "north", "phone")`. An empty file gives an empty dict.
    Raises Faulty for text that is not YAML or no mapping, keys given twice, aliases and anchors, tags,
    several documents, more than MAX_DEPTH levels or MAX_LENGTH characters.
    """
    if len(text) > MAX_LENGTH:
        raise Faulty([Fault(path, 0, f"the file has more than {MAX_LENGTH:,} characters", "make it shorter")])
    reader = _Reader(path, text.removeprefix("\ufeff").splitlines())
    try:
        for event in yaml.parse(text.removeprefix("\ufeff"), Loader=LOADER):
            reader.take(event)
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        raise Faulty([*reader.faults, unreadable(error, path, text)]) from None
    if reader.faults:
        raise Faulty(reader.faults)
    return reader.data, reader.line_of


def rewritten(line: str, name: str, text: str) -> str:
    """A line of a name and its value with a text for value; the remark behind it stays."""
    match = _BEHIND.fullmatch(line)
    return f"{name}: {json.dumps(text, ensure_ascii=False)}{(match and match['remark']) or ''}"


def unreadable(error: Exception, path: str, text: str) -> Fault:
    """What PyYAML says of a text that it can't read, in plain words and with its line."""
    if not isinstance(error, yaml.MarkedYAMLError):
        what = "the file holds a character that YAML does not allow"
        return Fault(path, 0, what, "take out characters that can't be seen")
    problem = str(error.problem or error.context or "it is not YAML")
    nameless = problem.startswith("could not find expected ':'")  # which is told one line too late
    mark = error.context_mark if nameless or problem.endswith("end of stream") else error.problem_mark
    lines = [*text.splitlines(), ""]  # the last is the end of the text
    if mark and re.match(" *\t", lines[mark.line]):
        return Fault(path, mark.line + 1, "this line begins with a tab", "put spaces in its place")
    if mark and problem.startswith("mapping values") and _is_further_in(lines, mark.line):
        what = "this line stands further right than the one above, which holds a value already"
        return Fault(path, mark.line + 1, what, "let both begin at the same place, with spaces")
    known = (easier for start, easier in _EASIER.items() if problem.startswith(start))
    what = next(known, "this line can't be read")
    if nameless and mark:
        line = text.splitlines()[mark.line].strip()
        what = _no_name(line, line)
    todo = 'write key: "text", one a line, indented with spaces'
    return Fault(path, mark.line + 1 if mark else 0, what, todo)


def _is_further_in(lines: list[str], at: int) -> bool:
    """True for a name with its value right below another that has one, and further right."""
    line, above = (_NAMED.match(text) for text in (lines[at], lines[at - 1])) if at else (None, None)
    return bool(line and above and len(line[1]) > len(above[1]))


@dataclass
class _Open:
    """A mapping or list that is being read; `key` is the name or place of the value to come."""

    at: KeyPath
    value: dict[str, Any] | list[Any]
    key: str | None = None


class _Reader:
    """Builds the data from YAML's events, so that nothing is made that the bounds forbid."""

    def __init__(self, path: str, lines: list[str]) -> None:
        self.path, self.lines = path, lines
        self.faults: list[Fault] = []
        self.line_of: dict[KeyPath, int] = {}
        self.data: dict[str, Any] = {}
        self.stack: list[_Open] = []
        self.documents = 0

    def fault(self, event: Any, what: str, todo: str) -> None:
        self.faults.append(Fault(self.path, event.start_mark.line + 1, what, todo))

    def stop(self, event: Any, what: str, todo: str) -> None:
        self.fault(event, what, todo)
        raise Faulty(self.faults)

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.stop(event, "a second document begins here", "take the line --- or ... out")
        elif isinstance(event, yaml.AliasEvent):
            self.stop(event, f"“*{event.anchor}” repeats another part of the file", "write the text out")
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            if event.anchor is not None:
                self.stop(event, f"“&{event.anchor}” is an anchor, not a text", _QUOTE)
            if event.tag is not None and event.tag != "!":
                self.stop(event, f"“{_short(event.tag)}” is a type, not a text", _QUOTE)
            if isinstance(event, yaml.ScalarEvent):
                self.scalar(event)
            else:
                self.open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def open(self, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self.stop(event, f"this lies more than {MAX_DEPTH} levels deep", "use fewer levels")
        is_map = isinstance(event, yaml.MappingStartEvent)
        if not self.stack:
            if not is_map:
                self.stop(event, "the file is a list, not names with values", _LINES)
            self.stack.append(_Open((), self.data))
            return
        if self.awaits_key():
            self.stop(event, "a name can't be a list or a group", "write a plain word before the colon")
        value: dict[str, Any] | list[Any] = {} if is_map else []
        self.stack.append(_Open(self.put(event, value), value))

    def scalar(self, event: Any) -> None:
        if not self.stack:
            if event.value:
                line = "".join(self.lines[event.start_mark.line :][:1])
                self.stop(event, _no_name(line, event.value), _LINES)
            return
        top = self.stack[-1]
        if not self.awaits_key():
            value = _value(event)
            self.remark(event, value)
            self.put(event, value)
            return
        top.key = event.value
        if odd := _UNSEEN.search(event.value):
            told = unicodedata.name(odd[0], "a hidden sign").lower()
            what = f"a {told}, U+{ord(odd[0]):04X}, stands in the name “{_short(event.value)}”"
            self.fault(event, what, "type the name and its colon anew")
        if len(event.value) > MAX_KEY:
            self.stop(
                event,
                f"a name here has more than {MAX_KEY} characters",
                "write a short word before the colon",
            )
        if top.key == "<<" and not event.style:
            self.stop(event, "“<<” merges another part of the file", "write the text out")
        assert isinstance(top.value, dict)
        if top.key in top.value:
            first = self.line_of[(*top.at, top.key)]
            what = f"“{_short(top.key)}” stands twice (first in line {first})"
            self.fault(event, what, "keep one of the two")
        else:
            self.line_of[(*top.at, top.key)] = event.start_mark.line + 1

    def remark(self, event: Any, value: object) -> None:
        """What stands after “ #” behind a value is not read: words that somebody meant would be lost.

        Without quotation marks a text may go on there; behind what is whole by itself only “#2” may.
        """
        mark = event.end_mark
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        match = _REMARK.match(line[mark.column :])
        plain = event.style in (None, "") and (isinstance(value, str) or event.value == "")
        if match and event.style not in ("|", ">") and (plain or match[1][:1].strip()):
            what = f"“{_short(match[0])}” would be lost: YAML takes what follows “ #” for a remark"
            todo = "put the whole value in quotation marks; a remark stands on a line of its own"
            self.faults.append(Fault(self.path, mark.line + 1, what, todo))

    def awaits_key(self) -> bool:
        return isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def put(self, event: Any, value: object) -> KeyPath:
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
            at: KeyPath = (*top.at, len(top.value) - 1)
            self.line_of[at] = event.start_mark.line + 1
            return at
        assert top.key is not None
        at = (*top.at, top.key)
        top.value[top.key], top.key = value, None
        return at


def _value(event: Any) -> object:
    text: str = event.value
    if event.style is not None and event.style != "":
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DATE.fullmatch(text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _no_name(line: str, value: str) -> str:
    """What is wrong with a first line that YAML takes for a text."""
    match = _NEARLY.match(line)
    if match is None:
        return f"“{_short(value)}” is no name with a value"
    wide = "：" in match[1] or "\u00a0" in match[1]
    sign = "a wide colon, U+FF1A" if "：" in match[1] else "a no-break space, U+00A0"
    return (
        f"{sign}, stands in “{_short(line)}”" if wide else f"no space follows the colon in “{_short(line)}”"
    )


def _short(value: object, limit: int = 60) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
