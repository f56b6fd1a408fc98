"""Which languages and pages the project has, and how every translation stands: read from its files, fast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from safepage import freshness, leftovers, structure, texts
from safepage.faults import Fault, Faulty
from safepage.freshness import Record, State
from safepage.paragraphs import front_matter

TO_TRANSLATE = "# to translate"  # stands after every word of the frame that is still the source's


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads mkdocs.yml, whose own tags (!ENV, !!python/name) mean nothing here."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


@dataclass
class Catalogue:
    """The project in the folder `root`: `source`, and the other `locales` in the order of mkdocs.yml."""

    root: Path
    source: str
    locales: list[str]
    settings: dict[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def pages(self) -> list[str]:
        """The source's pages, without ending: the safety-critical ones, the home page, the rest."""
        folder = self.root / "docs" / self.source
        files = leftovers.files(folder, ".md")
        names = [file.relative_to(folder).with_suffix("").as_posix() for file in files]
        return sorted(names, key=lambda name: (name not in self.critical, name != "index"))

    @cached_property
    def critical(self) -> frozenset[str]:
        """The pages whose front matter says `safety_critical: true`."""
        folder = self.root / "docs" / self.source
        return frozenset(
            file.relative_to(folder).with_suffix("").as_posix()
            for file in leftovers.files(folder, ".md")
            if front_matter(self._read(file) or "").get("safety_critical", ("", 0))[0] == "true"
        )

    def path(self, locale: str, page: str) -> str:
        """A page's file, from the project's root."""
        return f"docs/{locale}/{page}.md"

    def text(self, locale: str, page: str) -> str | None:
        """The text of a page's file; None if there is none."""
        if locale == self.source:
            if page not in self._sources:
                self._sources[page] = self._read(self.root / self.path(locale, page))
            return self._sources[page]
        return self._read(self.root / self.path(locale, page))

    def record(self, locale: str, page: str) -> Record | None:
        """What the translation was confirmed against. Raises Faulty if it can't be read."""
        path = freshness.record_path(locale, page)
        text = self._read(self.root / path)
        return None if text is None else freshness.load(text, path)

    def state(self, locale: str, page: str, *, places: bool = True) -> State:
        """How a translation stands. Raises Faulty if its record can't be read."""
        source = self.text(self.source, page)
        translation = self.text(locale, page)
        if translation is None or source is None:
            return State("missing")
        return freshness.state(source, translation, self.record(locale, page), places=places)

    def words(self, locale: str) -> int | None:
        """How many words of the frame (interface.yml) are still to be translated; None if it has none."""
        text = self._read(self.root / "docs" / locale / "interface.yml")
        if text is None:
            return None
        return sum(TO_TRANSLATE in line for line in text.splitlines() if not line.startswith("#"))

    def faults(self, locales: list[str]) -> list[Fault]:
        """Structure faults of these languages' pages, unreadable records, and pages without a source."""
        return sorted({fault for locale in locales for fault in self._faults(locale)})

    def _faults(self, locale: str) -> Iterator[Fault]:
        folder = self.root / "docs" / locale
        for file in leftovers.files(folder, ".md"):
            page = file.relative_to(folder).with_suffix("").as_posix()
            path, source_path = self.path(locale, page), self.path(self.source, page)
            if not (self.root / source_path).is_file():
                yield Fault(
                    path, 0, f"there is no {source_path}", "delete the page, or write the source first"
                )
                continue
            try:
                source, text = self.text(self.source, page) or "", self.text(locale, page) or ""
                state = self.state(locale, page)
            except Faulty as faulty:
                yield from faulty.faults
                continue
            severity = "warning" if state.status == "outdated" else "error"
            yield from structure.check(source, text, source_path, path, severity=severity)
        records = folder / freshness.FOLDER
        for file in leftovers.files(records, ".yml"):
            page = file.relative_to(records).with_suffix("").as_posix()
            if not (self.root / self.path(locale, page)).is_file():
                path = freshness.record_path(locale, page)
                yield Fault(path, 0, f"{self.path(locale, page)} is gone", "delete this file too", "warning")

    def _read(self, file: Path) -> str | None:
        return _read(file, file.relative_to(self.root).as_posix())

    @cached_property
    def _sources(self) -> dict[str, str | None]:
        return {}


def parse(text: str) -> Any:
    """YAML as MkDocs reads it, but for its own tags. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader that drops unknown tags


def read(root: Path) -> Catalogue:
    """The catalogue of the project in `root`. Raises Faulty if mkdocs.yml names no languages."""
    text = _read(root / "mkdocs.yml", "mkdocs.yml")
    if text is None:
        raise Faulty([Fault("mkdocs.yml", 0, "the file is missing", "run this in the project")])
    try:
        settings = parse(text)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise Faulty(
            [Fault("mkdocs.yml", line, "this is no valid YAML", "look for a wrong indent")]
        ) from None
    languages = _languages(settings if isinstance(settings, dict) else {})
    locales = [str(entry["locale"]) for entry in languages if entry.get("build", True)]
    sources = [str(entry["locale"]) for entry in languages if entry.get("default")]
    if not sources:
        raise Faulty([Fault("mkdocs.yml", 0, "no language has `default: true`", "say which is the source")])
    return Catalogue(root, sources[0], [tag for tag in locales if tag != sources[0]], settings)


def _languages(settings: dict[str, Any]) -> list[dict[str, Any]]:
    plugins = settings.get("plugins") or []
    if isinstance(plugins, dict):
        plugins = [{name: options} for name, options in plugins.items()]
    for plugin in plugins:
        if isinstance(plugin, dict) and isinstance(plugin.get("i18n"), dict):
            found = plugin["i18n"].get("languages") or []
            return [e for e in found if isinstance(e, dict) and e.get("locale") not in (None, "null")]
    return []


def _read(file: Path, path: str) -> str | None:
    """The text of a file, None where there is none. Raises Faulty if it is no text."""
    return texts.read(file, path) if file.is_file() else None
