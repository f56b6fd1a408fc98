"""What stands in mkdocs.yml, with the line of each setting, and what of it would mislead or lead nowhere."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import entry_points
from typing import Any
from urllib.parse import urlsplit

import yaml

from safepage.faults import Fault, Faulty, printable
from safepage.page import yaml_text
from safepage.site.locales import autonym, refusal, spelling

Path = tuple[str | int, ...]
PATH = "mkdocs.yml"
MAX_DEPTH = 12
MAX_VALUES = 20_000  # a site of ours has some hundred
LANGUAGES: Path = ("plugins", "i18n", "languages")

# What YAML takes a word without quotation marks for (its version 1.1, as PyYAML reads it).
_KINDS = {"bool": "yes or no", "int": "a number", "float": "a number", "timestamp": "a date"}
# The settings that the build makes use of, and what they have to be where anything else loses a promise.
# fmt: off
_USED = frozenset((
    "site_name", "site_url", "repo_url", "not_in_nav", "theme", "nav", "plugins", "hooks", "site_dir",
    "dev_addr", "watch",
))
_UNUSED = frozenset((
    "site_description", "site_author", "copyright", "repo_name", "edit_uri", "edit_uri_template",
    "remote_branch", "remote_name", "extra_css", "extra_javascript", "extra_templates", "draft_docs",
    "mdx_configs", "google_analytics", "INHERIT", "extra", "markdown_extensions", "validation",
))
# fmt: on
# What the generator sets itself, as no site may do without it: what it is, and why.
_FIXED: dict[Path, tuple[object, str]] = {
    ("strict",): (True, "a link that leads nowhere would be built"),
    ("use_directory_urls",): (True, "every address of the site ends in a folder"),
    ("docs_dir",): ("docs", "the pages are read from docs/"),
    ("theme", "custom_dir"): ("overrides", "a site's own templates stand there"),
    ("exclude_docs",): ("*.yml", "links, menus and the map of the site would lead to a page left out"),
    ("plugins", "i18n", "docs_structure"): ("folder", "each language has a folder of its own"),
    ("plugins", "i18n", "fallback_to_default"): (
        True,
        "pages that a language lacks are shown in the source's",
    ),
    ("plugins", "i18n", "reconfigure_material"): (False, "the pages are not made by Material"),
}
COUNTRY: Path = ("plugins", "safepage", "country")
EXITS: Path = ("plugins", "safepage", "exit")
PICTOGRAMS: Path = ("plugins", "safepage", "pictograms")
# Where a setting stood before the generator was a plugin, and where it stands now.
_MOVED: Mapping[Path, Path] = {("extra", "exit"): EXITS, ("extra", "pictograms"): PICTOGRAMS}
_OLD_HOOKS = re.compile(r"scripts/(?:hooks|safepage/plugin)\.py")
_PARTS: Mapping[Path, frozenset[str]] = {
    ("theme",): frozenset(("name", "custom_dir", "font")),
    ("plugins",): frozenset(("i18n", "safepage")),
    ("plugins", "safepage"): frozenset(("country", "exit", "pictograms")),
    ("plugins", "i18n"): frozenset(
        ("docs_structure", "fallback_to_default", "reconfigure_material", "reconfigure_search", "languages")
    ),
}
_LANGUAGE = frozenset(("locale", "name", "default", "build"))
# Kept for examples and for use within one network (RFC 2606, RFC 6761).
_NOWHERE = re.compile(
    r"(?:.+\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost|local)|[^.]+"
    r"|(?:127|10|192\.168)\.[\d.]+",
    re.IGNORECASE,
)
# The path of a project on a code host: of whom, its name; groups of GitLab lie in groups.
_REPOSITORY = "write the address of the project on its code host, such as https://github.com/our-name/site"
_PROJECT = re.compile(r"(?!.*/(?:tree|blob|-|src/branch)/)(?:/[\w.~-]+){2,6}/?")


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
        fault = yaml_text.unreadable(error, PATH)
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


def languages(text: str) -> list[Language]:
    """The languages of a site. Raises Faulty with whatever is wrong with them."""
    settings = read(text)
    _languages(settings)
    if settings.faults:
        raise Faulty(settings.faults)
    return settings.languages


def country(text: str) -> str:
    """The country of a site (ISO 3166-1, two capital letters). Raises Faulty with what is wrong with it."""
    settings = read(text)
    _country(settings)
    if settings.faults:
        raise Faulty(settings.faults)
    return settings.country


def check(settings: Settings) -> list[Fault]:
    """What is wrong with settings, the pages in `nav` apart (`navigation.check`)."""
    settings = Settings(settings.data, settings.lines, settings.misread, list(settings.faults))
    _languages(settings)
    _country(settings)
    _tags(settings)
    _autonyms(settings)
    _exits(settings)
    _fixed(settings)
    _names(settings)
    _address(settings)
    _repository(settings)
    return sorted(set(settings.faults))


def _languages(settings: Settings) -> None:
    entries = settings.get(*LANGUAGES)
    if not isinstance(entries, list) or not entries:
        settings.fault(LANGUAGES, "the site has no languages", "bring back plugins › i18n › languages")
        return
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries):
        at: Path = (*LANGUAGES, number)
        if not isinstance(entry, dict):
            settings.fault(at, "this is no language", 'write {locale: "nl", name: Nederlands, build: true}')
            continue
        _locale(settings, entry.get("locale"), (*at, "locale"), seen)
        for key in entry:
            if key not in _LANGUAGE:
                _unknown(settings, (*at, key), key, _LANGUAGE, "a language has only")
    sources = [language for language in settings.languages if language.default]
    if len(sources) != 1:
        what = f"{len(sources) or 'no'} language{'s have' if sources else ' has'} default: true"
        settings.fault(LANGUAGES, what, "write it at the one language that the others are translated from")
    elif not sources[0].build:
        what = f"“{sources[0].locale}” is the source of all languages, but has build: false"
        settings.fault(LANGUAGES, what, "write build: true")


def _locale(settings: Settings, tag: object, at: Path, seen: dict[str, int]) -> None:
    if at in settings.misread:
        settings.fault(at, *_quote(*settings.misread[at], "a language"))
    elif not isinstance(tag, str):
        settings.fault(at, "a language has no tag", 'write its tag, for instance locale: "nl"')
    elif tag in seen:
        settings.fault(at, f"“{tag}” stands twice (first in line {seen[tag]})", "keep one of the two")
    else:
        seen[tag] = settings.lines[at]


def _quote(word: str, kind: str, wanted: str) -> tuple[str, str]:
    shown = printable(word)
    what = f"YAML takes {shown} without quotation marks for {kind}, not for {wanted}"
    return what, f'put {shown} in quotation marks: "{shown}"'


def _country(settings: Settings) -> None:
    if "safepage" not in (settings.get("plugins") or {}):
        return  # told as what it is
    from safepage.gate import country as countries  # loads tables, which not every command needs

    written, kind = settings.misread.get(COUNTRY, (settings.country, ""))
    if countries.known(written) and not kind:
        return
    code = countries.meant(written, [language.locale for language in settings.languages])
    what = f"“{printable(written)}” is no country's code" if written else "the site has no country"
    if code and kind:
        what = _quote(written, kind, "a country")[0]
    todo = f'write country: "{code}"' if code else (
        "write country: and two capital letters (ISO 3166-1), those of the country whose phone numbers stand "
        "in docs/contacts.yml"
    )  # fmt: skip
    settings.fault(COUNTRY, what, todo)


def _tags(settings: Settings) -> None:
    entries = settings.get(*LANGUAGES)
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        tag = entry.get("locale") if isinstance(entry, dict) else None
        at: Path = (*LANGUAGES, number, "locale")
        if isinstance(tag, str) and at not in settings.misread and (why := refusal(tag)):
            settings.fault(at, why, "write the tag of the language so")


def _autonyms(settings: Settings) -> None:
    from safepage.gate import characters  # loads tables, which not every command needs

    for number, language in enumerate(settings.languages):
        at: Path = (*LANGUAGES, number, "name")
        for found in characters.check(language.autonym, ""):  # also what YAML makes of "\u202e"
            settings.fault(at, f"name: {found.what}", found.todo)


def _exits(settings: Settings) -> None:
    exits = settings.get(*EXITS)
    tags = [language.locale for language in settings.languages]
    for key in exits if isinstance(exits, dict) else ():
        at: Path = (*EXITS, key)
        if (*at, "key") in settings.misread:
            settings.fault(at, *_quote(*settings.misread[(*at, "key")], "a language"))
        elif key not in tags and spelling(key) in tags:
            settings.fault(at, f"the language is called {spelling(key)}, not {key}", f"write {spelling(key)}")


def _fixed(settings: Settings) -> None:
    for path, (wanted, why) in _FIXED.items():
        found = settings.get(*path)
        name = " › ".join(map(str, path))
        if found == wanted:
            what = f"“{name}” has no effect: the generator sees to it by itself"
            settings.fault(path, what, "take the line out", "warning")
        elif found is not None:
            shown = str(wanted).lower() if isinstance(wanted, bool) else wanted
            settings.fault(path, f"{name} is not {shown}: {why}", "take the line out")
    if settings.get("theme") != "safepage" and settings.get("theme", "name") != "safepage":
        what = "theme is not safepage: the pages of the site are made with it"
        settings.fault(("theme",), what, "write theme: safepage")
    for number, hook in enumerate(_listed(settings.get("hooks"))):
        if _OLD_HOOKS.fullmatch(str(hook)):
            what = f"{hook} is no hook any more: the generator is a plugin"
            settings.fault(("hooks", number), what, "take the line out, and write - safepage below plugins")
    if "safepage" not in (settings.get("plugins") or {}):
        what = "the plugin that makes and checks the pages is off"
        todo = "write - safepage: below plugins, and below that country:, exit: and pictograms:"
        settings.fault(("plugins",), what, todo)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _names(settings: Settings) -> None:
    for old, new in _MOVED.items():
        if settings.get(*old) is not None:
            what = f"{' › '.join(map(str, old))} has moved"
            settings.fault(old, what, f"write it as {' › '.join(map(str, new))}")
    fixed = {path[0] for path in _FIXED if len(path) == 1}
    moved = settings.get("extra") is not None and any(settings.get(*old) is not None for old in _MOVED)
    for key in settings.data:
        if key in fixed or (key == "extra" and moved):
            continue
        if key in _UNUSED:
            severity = "error" if key in ("INHERIT", "draft_docs", "markdown_extensions") else "warning"
            settings.fault((key,), f"“{key}” has no effect on this site", "take the line out", severity)
        elif key not in _USED:
            _unknown(settings, (key,), key, _USED, "the settings are")
    for path, known in _PARTS.items():
        found = settings.get(*path)
        for key in found if isinstance(found, dict) else ():
            if key in known:
                continue
            if path == ("plugins",) and key != "search" and _installed(key):
                continue
            near = difflib.get_close_matches(key, known, n=1)
            if near or path[0] == "plugins":
                _unknown(settings, (*path, key), key, known, "there is only")
            else:
                what = f"“{printable(key)}” below {path[-1]} has no effect on this site"
                settings.fault((*path, key), what, "take the line out", "warning")


def _installed(plugin: str) -> bool:
    return any(entry.name == plugin for entry in entry_points(group="mkdocs.plugins"))


def _unknown(settings: Settings, at: Path, key: str, known: frozenset[str], there: str) -> None:
    near = difflib.get_close_matches(key, known, n=1)
    todo = f"write “{near[0]}”" if near else f"take it out: {there} {', '.join(sorted(known))}"
    settings.fault(at, f"“{printable(key)}” is no setting of this site", todo)


def _address(settings: Settings) -> None:
    written = settings.get("site_url")
    if written is not ... and (found := address(str(written or ""))):
        settings.fault(("site_url",), f"site_url is {found[0]}", *found[1:])


def address(written: str) -> tuple[str, str, str] | None:
    """What is wrong with the address of a site, what to do, and how bad it is; None if nothing is wrong."""
    parts = urlsplit(written)
    todo = "write the address of the site, such as https://www.our-name.be/"
    if not parts.hostname or parts.scheme not in ("https", "http") or parts.query or parts.fragment:
        return f"{'no whole address' if written else 'missing'}", todo, "error"
    if _NOWHERE.fullmatch(parts.hostname):
        what = f"{parts.hostname}: the posters' codes and what search engines are told lead there"
        return what, todo, "warning"
    return None


def _repository(settings: Settings) -> None:
    written, at = settings.get("repo_url"), ("repo_url",)
    if "repo_url" not in settings.data:
        what = (
            "repo_url is missing: nothing leads translators from the contributors' page to the file to edit"
        )
        settings.fault(at, what, f'{_REPOSITORY}; or repo_url: "" if there is none', "warning")
    if written and written is not ... and (found := repository(str(written))):
        settings.fault(at, f"repo_url is {found[0]}", *found[1:])


def repository(written: str) -> tuple[str, str, str] | None:
    """What is wrong with the address of a project on its code host, as `address` tells it."""
    parts = urlsplit(written)
    web = parts.scheme in ("https", "http")
    if not web or not _PROJECT.fullmatch(parts.path) or parts.query or parts.fragment:
        return f"no address of a project: {printable(written)}", _REPOSITORY, "error"
    if _NOWHERE.fullmatch(parts.hostname or ""):
        what = f"{parts.hostname}: the contributors' page leads translators there"
        return what, _REPOSITORY, "warning"
    return None
