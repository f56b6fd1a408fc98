"""What of mkdocs.yml would mislead, lead nowhere or lose a promise: each setting with its line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Any
from urllib.parse import urlsplit

from safepage.faults import Fault, Faulty, printable
from safepage.site.locales import refusal, spelling
from safepage.site.settings import (
    COUNTRY,
    EXITS,
    LANGUAGES,
    PICTOGRAMS,
    Language,
    Path,
    Settings,
    read,
)

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
            elif key in ("default", "build") and not isinstance(entry[key], bool) and entry[key] is not ...:
                what = f"{key} is “{printable(str(entry[key]))}”"
                settings.fault((*at, key), what, f"write {key}: true or {key}: false")
        if not entry.get("name"):
            settings.fault(at, "the language has no name", "write name: and what its readers call it")
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
    todo = "write the address of the site, such as https://www.our-name.org/"
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
