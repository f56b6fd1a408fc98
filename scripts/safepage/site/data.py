"""What all pages of a site share, read from `docs/` and `mkdocs.yml` once for each build."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from safepage.faults import Fault, Faulty, errors, short
from safepage.gate import files, leftovers
from safepage.page import texts, yaml_text
from safepage.site import contacts, navigation, regions, settings, settings_check
from safepage.site.exits import problem as exit_problem
from safepage.site.icons import icon, nearest
from safepage.site.interface import exit_titles, interface_check

# In: all that a value is made of; what makes it. Out: the value, of the kinds that JSON knows.
Remember = Callable[[Iterable[str], Callable[[], Any]], Any]
# In: docs/ and the locales, the source first. Out: for each page its locales; all that its source ever said.
Translated = Callable[[Path, list[str], Remember], tuple[dict[str, frozenset[str]], frozenset[str]]]


@dataclass(eq=False)  # one site is itself alone, so that what is worked out of it can be kept
class Site:
    """`country` (ISO 3166-1); `locales` in the site's order, the source first; `autonyms`: what readers see
    each language called; `existing` maps a page's name to its locales.

    `hidden` are the languages that readers don't get yet: `build: false`. `earlier` are the digests of all
    that the source's pages ever said.
    """

    country: str
    source: str
    locales: list[str]
    autonyms: dict[str, str]
    contacts: contacts.Contacts
    words: dict[str, dict[str, str]]
    existing: dict[str, frozenset[str]]
    hidden: frozenset[str]
    exits: dict[str, str]
    pictograms: dict[str, str]
    regions: list[regions.Region]
    earlier: frozenset[str]
    faults: list[Fault] = field(default_factory=list)

    def page_name(self, src_uri: str) -> str:
        """The page that a file holds: "nl/what-to-do.md" gives "what-to-do"."""
        head, _, rest = src_uri.partition("/")
        return (rest if head in self.locales else src_uri).removesuffix(".md")

    def files(self, docs: Path, locale: str) -> list[str]:
        """What makes one language, by its path below docs/: its own files, the source's where it has none,
        and what belongs to no language. In MkDocs's order: a folder's home page first, folders last.
        """
        own = set(_below(docs, locale))
        source = _below(docs, self.source)
        names = {*own, *(name for name in source if name.replace(self.source, locale, 1) not in own)}
        for entry in docs.iterdir():
            if entry.name in {*self.locales, *self.hidden} or leftovers.passed_over(entry.name):
                continue
            names.update([entry.name] if entry.is_file() else _below(docs, entry.name))
        paths = (PurePosixPath(name) for name in names if not name.endswith(".yml"))
        return [str(path) for path in sorted(paths, key=_in_order)]

    @classmethod
    def read(
        cls,
        docs: Path,
        config: Path,
        exits: Mapping[str, object],
        pictograms: Mapping[str, object],
        translated: Translated,
        remember: Remember,
    ) -> Site:
        """Read the site's shared data. Raises Faulty with every error that leaves no page to build.

        In: the folder of the pages, the file of the settings, and what that says of exits and pictograms;
        what finds the pages that each language has (`translations.existing.read`); what gives again what was
        found before.
        """
        text = texts.read(config, config.name)
        languages = settings_check.languages(text)
        source = next(language.locale for language in languages if language.default)
        locales = [source, *(one.locale for one in languages if one.build and not one.default)]
        hidden = frozenset(one.locale for one in languages if not one.build)
        written = settings.read(text)
        faults = settings_check.check(written)
        faults += files.check_tree(docs, [*locales, *sorted(hidden)], written.country)
        if errors(faults):
            raise Faulty(faults)  # nothing below may follow a link out of docs/ or read what is no text
        words: dict[str, dict[str, str]] = {}
        for tag in locales:
            try:
                words[tag] = _words(docs, tag, written.country, words.get(source), faults, remember)
            except Faulty as faulty:
                faults.extend(faulty.faults)
        path = "docs/contacts.yml"
        known = None
        try:
            known, warnings = contacts.load(
                texts.read(docs / "contacts.yml", path), path, written.country, datetime.date.today()
            )
            faults.extend(warnings)
        except Faulty as faulty:
            faults.extend(faulty.faults)
        existing, earlier = translated(docs, locales, remember)
        pages = [name for name, tags in existing.items() if source in tags]
        faults += navigation.check(written, source, pages, words.get(source, {}))
        for tag in locales:
            if problem := exit_problem(exits.get(tag), str(written.get("site_url") or "")):
                at = written.lines.get((*settings.EXITS, tag), written.lines.get(settings.EXITS, 0))
                faults.append(Fault(config.name, at, f"the exit for '{tag}': {problem[0]}", problem[1]))
        names = [str(written.get("site_name") or ""), *(words[tag].get("site_name", "") for tag in words)]
        titles = {tag: words[tag]["exit_title"] for tag in words if "exit_title" in words[tag]}
        faults += exit_titles(titles, names)
        icons = {}
        for sign, name in pictograms.items():
            try:
                icons[str(sign)] = icon(str(name))
            except (OSError, ValueError):
                what = f"Material has no icon “{short(name)}”"
                at = written.lines.get((*settings.PICTOGRAMS, str(sign)), 0)
                todo = " or ".join([*nearest(str(name)), "a name of https://pictogrammers.com/library/mdi/"])
                faults.append(Fault(config.name, at, what, f"write {todo}"))
        areas: list[regions.Region] = []
        if known:
            try:
                areas = _regions(docs / "regions.yml", known, source)
                known, warnings = regions.with_names(known, areas)
                faults.extend(warnings)
            except Faulty as faulty:
                faults.extend(faulty.faults)
        if known is None or len(words) < len(locales):
            raise Faulty(faults)
        return cls(
            written.country,
            source,
            locales,
            {one.locale: one.autonym for one in languages},
            known,
            words,
            existing,
            hidden,
            {tag: str(exits.get(tag)) for tag in locales},
            icons,
            areas,
            earlier,
            faults,
        )


def _below(docs: Path, folder: str) -> list[str]:
    """The files of a folder of docs/, from there: "nl/about.md"."""
    return [file.relative_to(docs).as_posix() for file in leftovers.files(docs / folder, "")]


def _in_order(path: PurePosixPath) -> tuple[tuple[str, ...], bool, str]:
    return path.parts[:-1], path.stem != "index", path.name


def _regions(file: Path, known: contacts.Contacts, source: str) -> list[regions.Region]:
    """The regions; a site may have none. Raises Faulty if they can't be read."""
    path = f"docs/{file.name}"
    return regions.load(texts.read(file, path), path, known, source) if file.is_file() else []


def _words(
    docs: Path,
    tag: str,
    country: str,
    source: Mapping[str, str] | None,
    faults: list[Fault],
    remember: Remember,
) -> dict[str, str]:
    """The frame's words in a language; what is wrong joins `faults`. Raises Faulty if they can't be read."""
    path = f"docs/{tag}/interface.yml"
    text, theirs = texts.read(docs / tag / "interface.yml", path), tuple((source or {}).items())
    given = (text, path, country, *(part for pair in theirs for part in pair))
    words, found = remember(given, lambda: _checked(text, path, country, theirs))
    faults += [Fault(*told) for told in found]
    return {**(source or {}), **words}


@lru_cache(maxsize=256)  # while the site is served, all languages but one are as they were
def _checked(
    text: str, path: str, country: str, source: tuple[tuple[str, str], ...]
) -> tuple[dict[str, str], list[tuple[Any, ...]]]:
    data, lines = yaml_text.load(text, path)
    found = interface_check(data, dict(source) or data, path, lines, country)
    return {key: str(value) for key, value in data.items()}, list(map(astuple, found))
