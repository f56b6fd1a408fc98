"""What stands in mkdocs.yml, with the line of each setting. What of it is wrong, `settings_check` says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from safepage.faults import Fault, Faulty, printable
from safepage.page import yaml_text
from safepage.site.locales import autonym

Path = tuple[str | int, ...]
PATH = "mkdocs.yml"
MAX_DEPTH = 12
MAX_VALUES = 20_000  # a site of ours has some hundred
LANGUAGES: Path = ("plugins", "i18n", "languages")

# What YAML takes a word without quotation marks for (its version 1.1, as PyYAML reads it).
_KINDS = {"bool": "yes or no", "int": "a number", "float": "a number", "timestamp": "a date"}
COUNTRY: Path = ("plugins", "safepage", "country")
EXITS: Path = ("plugins", "safepage", "exit")
PICTOGRAMS: Path = ("plugins", "safepage", "pictograms")


@dataclass(frozen=True)
class Language:
    """One language, and what readers see it called; `build` is false for one that they don't get yet."""

    locale: str
    autonym: str
    default: bool
    build: bool


@dataclass
class Settings:
    """mkdocs.yml: its `data` (words as they are written, whatever YAML makes of them), and lines from 1.

    `misread` gives, for a value or a name (its path then ends in "key"), the word and what YAML takes it for.
    A value that only MkDocs knows (`!ENV`) is `...`.
    """

    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    misread: dict[Path, tuple[str, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def get(self, *path: str | int) -> Any:
        """The value at a path, None where there is none."""
        found: Any = self.data
        for key in path:
            if isinstance(found, dict) and isinstance(key, str):
                found = found.get(key)
            elif isinstance(found, list) and isinstance(key, int) and key < len(found):
                found = found[key]
            else:
                return None
        return found

    def fault(self, path: Path, what: str, todo: str, severity: str = "error") -> None:
        """Note a fault at the line of a path, or of what it is in."""
        at = path
        while at and at not in self.lines:
            at = at[:-1]
        self.faults.append(Fault(PATH, self.lines.get(at, 0), what, todo, severity))

    @property
    def languages(self) -> list[Language]:
        """The languages whose entries can be used, in the order of the file."""
        found = self.get(*LANGUAGES)
        return [
            Language(
                entry["locale"],
                str(entry.get("name") or autonym(entry["locale"])),
                entry.get("default") is True,
                entry.get("build") is not False,
            )
            for entry in (found if isinstance(found, list) else [])
            if isinstance(entry, dict) and isinstance(entry.get("locale"), str)
        ]

    @property
    def country(self) -> str:
        """The site's country as it is written, "" where there is none."""
        found = self.get(*COUNTRY)
        return found if isinstance(found, str) else ""


def read(text: str) -> Settings:
    """The settings that a text holds. Raises Faulty where it is no YAML."""
    settings = Settings()
    try:
        _bound(yaml.parse(text, Loader=yaml_text.LOADER))
        node = yaml.compose(text, Loader=yaml_text.LOADER)
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        fault = yaml_text.unreadable(error, PATH, text)
        raise Faulty([replace(fault, what=f"this is no valid YAML: {fault.what}")]) from None
    if not isinstance(node, yaml.MappingNode):
        todo = "write lines such as site_url: https://…"
        raise Faulty([Fault(PATH, 0, "the file holds no settings", todo)])
    settings.data = _value(settings, node, ())
    plugins = settings.data.get("plugins")
    if isinstance(plugins, list):
        settings.data["plugins"] = _named(settings, plugins)
    return settings


def scalar(value: object, *, flow: bool = True) -> str:
    """`value` as YAML on one line; quoted where plain it would be another thing (`no` is false to MkDocs)."""
    if isinstance(value, str):
        plain = re.fullmatch(r"[^\W_][^,\[\]{}#\"':]*" if flow else r"[^\W_][^\[\]{}#\"']*", value)
        if plain and _is_itself(value):
            return value
    return json.dumps(value, ensure_ascii=False)


def _is_itself(value: str) -> bool:
    """True for a word that YAML takes for a word where it stands without quotation marks."""
    try:
        found = read(f"word: {value}")
    except Faulty:
        return False
    return found.data == {"word": value} and not found.misread


def _bound(events: Iterable[Any]) -> None:
    """Raise Faulty for what would take for ever, or end the process, once it is read."""
    depth = 0
    for number, event in enumerate(events):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH or number > MAX_VALUES:
            what = (
                "this lies too many levels deep" if depth > MAX_DEPTH else "this is far too much for one site"
            )
            raise Faulty([Fault(PATH, event.start_mark.line + 1, what, "write it as the other settings are")])


def _named(settings: Settings, plugins: list[Any]) -> dict[str, Any]:
    """A list of plugins, each with its settings or without, as names with settings; lines likewise."""
    found: dict[str, Any] = {}
    for number, entry in enumerate(plugins):
        for name, options in (entry if isinstance(entry, dict) else {str(entry): None}).items():
            found[name] = options
            old: Path = ("plugins", number, name) if isinstance(entry, dict) else ("plugins", number)
            for table in (settings.lines, settings.misread):
                for path in [path for path in table if path[: len(old)] == old]:
                    table[("plugins", name, *path[len(old) :])] = table[path]  # type: ignore[assignment]
    return found


def _value(settings: Settings, node: Any, at: Path) -> Any:
    settings.lines.setdefault(at, node.start_mark.line + 1)
    if len(at) > MAX_DEPTH or len(settings.lines) > MAX_VALUES:  # what is repeated by *name counts here
        raise Faulty([Fault(PATH, settings.lines[at], "this repeats itself without end", "write it out")])
    if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
        return ...
    if isinstance(node, yaml.SequenceNode):
        return [_value(settings, item, (*at, number)) for number, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        found = {}
        for name, value in node.value:
            key = str(name.value) if isinstance(name, yaml.ScalarNode) else "?"
            if key in found and key != "<<":
                what = f"“{printable(key)}” stands twice (first in line {settings.lines[(*at, key)]})"
                settings.faults.append(Fault(PATH, name.start_mark.line + 1, what, "keep one of the two"))
            settings.lines[(*at, key)] = name.start_mark.line + 1
            _misread(settings, name, (*at, key, "key"))
            found[key] = _value(settings, value, (*at, key))
        return found
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        _misread(settings, node, at)
        return node.value.lower() in ("true", "yes", "on")
    _misread(settings, node, at)
    return node.value


def _misread(settings: Settings, node: Any, at: Path) -> None:
    kind = str(node.tag).rpartition(":")[2]
    if kind in _KINDS:
        settings.misread[at] = (node.value, _KINDS[kind])
