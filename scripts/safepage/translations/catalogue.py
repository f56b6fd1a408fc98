"""Which languages and pages the project has, and how every translation stands: read from its files, fast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from safepage import command
from safepage.faults import Fault, Faulty
from safepage.gate import leftovers, placeholders
from safepage.gate.contacts import addresses
from safepage.page import head, texts
from safepage.page.paragraphs import Paragraph, paragraphs
from safepage.site import settings_check
from safepage.translations import earlier, exchange, frame_words, freshness, reviewers, structure
from safepage.translations.freshness import Record, State
from safepage.translations.reviewers import Reviewers


@dataclass
class Catalogue:
    """The project in the folder `root`: `source`, the other `locales` in the order of mkdocs.yml.

    `autonyms`: what readers see each language called; `hidden`: the languages that they don't get yet.
    """

    root: Path
    source: str
    locales: list[str]
    country: str
    autonyms: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    @property
    def command(self) -> str:
        """What a message tells to run begins so."""
        return f"{command.name(self.root)} translations"

    @cached_property
    def pages(self) -> list[str]:
        """The source's pages, without ending: the safety-critical ones, the home page, the rest."""
        folder = self.root / "docs" / self.source
        files = leftovers.files(folder, ".md")
        names = [file.relative_to(folder).with_suffix("").as_posix() for file in files]
        return sorted(names, key=lambda name: (name not in self.critical, name != "index"))

    @cached_property
    def critical(self) -> frozenset[str]:
        """The pages whose head says `safety_critical: true`. Raises Faulty if one can't be read."""
        folder = self.root / "docs" / self.source
        files = leftovers.files(folder, ".md")
        names = [file.relative_to(folder).with_suffix("").as_posix() for file in files]
        return frozenset(
            name for name in names if head.switched(self.text(self.source, name) or "", "safety_critical")
        )

    def path(self, locale: str, page: str) -> str:
        """A page's file, from the project's root."""
        return f"docs/{locale}/{frame_words.FILE if page == frame_words.NAME else f'{page}.md'}"

    def text(self, locale: str, page: str) -> str | None:
        """The text of a page's file; None if there is none. Raises Faulty if it is no UTF-8 text."""
        if locale == self.source:
            if page not in self._sources:
                self._sources[page] = self.read(self.path(locale, page))
            return self._sources[page]
        return self.read(self.path(locale, page))

    @cached_property
    def reviewers(self) -> Reviewers:
        """Who may check which language: nobody where there is no list. Raises Faulty if it can't be read."""
        text = self.read(reviewers.PATH)
        return Reviewers() if text is None else reviewers.load(text)

    @cached_property
    def names(self) -> dict[str, str]:
        """The proper names of contacts, and whose they are. Raises Faulty if contacts.yml can't be read."""
        from safepage.site import contacts  # loads phone numbers' metadata, which most commands don't need

        path = "docs/contacts.yml"
        text = self.read(path)
        return (
            {} if text is None else exchange.proper_names(contacts.load(text, path, self.country)[0].values)
        )

    def record(self, locale: str, page: str) -> Record | None:
        """What the translation was confirmed against, as a draft if its reviewer isn't known to the project.

        Raises Faulty if it can't be read.
        """
        path = freshness.record_path(locale, page)
        text = self.read(path)
        return None if text is None else self.reviewers.trusted(freshness.load(text, path), locale)

    def record_faults(self, locale: str, page: str) -> list[Fault]:
        """What contributors must not be shown of a record, or why it can't be read."""
        path = freshness.record_path(locale, page)
        try:
            text = self.read(path)
            if text is None:
                return []
            if page == frame_words.NAME:
                now, numbers = self.words_of(self.source), frozenset[str]()
                return reviewers.check(text, path, locale, self.reviewers, self.country, now, numbers)
            source = self.text(self.source, page) or ""
            now, numbers = tuple(paragraphs(source)), addresses.numbers(source)
            return reviewers.check(text, path, locale, self.reviewers, self.country, now, numbers)
        except Faulty as faulty:
            return faulty.faults

    def read(self, path: str) -> str | None:
        """The text of a file of the project; None if there is none. Raises Faulty if it is no UTF-8 text."""
        file = self.root / path
        return texts.read(file, path) if file.is_file() else None

    def state(self, locale: str, page: str, *, places: bool = True) -> State:
        """How a translation stands. Raises Faulty if its record can't be read."""
        source = self.text(self.source, page)
        translation = self.text(locale, page)
        if translation is None or source is None:
            return State("missing")
        record = self.record(locale, page)
        return freshness.state(source, translation, record, earlier=self.earlier, places=places)

    def words_of(self, locale: str) -> tuple[Paragraph, ...]:
        """The words of a language's frame; none without such a file. Raises Faulty if it can't be read."""
        path = frame_words.path(locale)
        return frame_words.words(self.read(path) or "", path)

    def frame(self, locale: str) -> frame_words.Frame:
        """How these words stand. Raises Faulty if they, or their record, can't be read."""
        path, record = frame_words.path(locale), self.record(locale, frame_words.NAME)
        return frame_words.state(self.words_of(self.source), self.read(path) or "", path, record)

    def faults(self, locales: list[str]) -> list[Fault]:
        """Structure faults of these languages' pages, unreadable records, and pages without a source."""
        return sorted({fault for locale in locales for fault in self._faults(locale)})

    def page_faults(self, locale: str, page: str) -> list[Fault]:
        """What is wrong with a page's structure and record, or why these can't be read."""
        path, source_path = self.path(locale, page), self.path(self.source, page)
        found = self.record_faults(locale, page)
        if page == frame_words.NAME:
            return found
        try:
            source, text, record = (
                self.text(self.source, page),
                self.text(locale, page),
                self.record(locale, page),
            )
            if text is None:
                return found
            if source is None:
                todo = "delete the page, or write the source first"
                return [*found, Fault(path, 0, f"there is no {source_path}", todo)]
            text, odd = placeholders.straight(text, path)
            found += odd
            return found + structure.check(source, text, source_path, path, record=record, names=self.names)
        except Faulty as faulty:
            return found + faulty.faults

    def _faults(self, locale: str) -> Iterator[Fault]:
        folder = self.root / "docs" / locale
        for file in leftovers.files(folder, ".md"):
            yield from self.page_faults(locale, file.relative_to(folder).with_suffix("").as_posix())
        records = folder / leftovers.FOLDER
        for file in leftovers.files(records, ".yml"):
            page = file.relative_to(records).with_suffix("").as_posix()
            if page == frame_words.NAME:
                yield from self.record_faults(locale, page)
            elif not (self.root / self.path(locale, page)).is_file():
                path = freshness.record_path(locale, page)
                yield Fault(path, 0, f"{self.path(locale, page)} is gone", "delete this file too", "warning")

    @cached_property
    def earlier(self) -> frozenset[str]:
        """The digests of what the source ever said, as far as git knows."""
        return earlier.digests(self.root, self.source)

    @cached_property
    def _sources(self) -> dict[str, str | None]:
        return {}


def read(root: Path) -> Catalogue:
    """The catalogue of the project in `root`. Raises Faulty if mkdocs.yml lacks languages or a country."""
    if not (root / "mkdocs.yml").is_file():
        raise Faulty([Fault("mkdocs.yml", 0, "the file is missing", "run this in the project")])
    text = texts.read(root / "mkdocs.yml", "mkdocs.yml")
    languages, country = settings_check.languages(text), settings_check.country(text)
    source = next(language.locale for language in languages if language.default)
    locales = [language.locale for language in languages if not language.default]
    autonyms = {language.locale: language.autonym for language in languages}
    hidden = frozenset(language.locale for language in languages if not language.build)
    return Catalogue(root, source, locales, country, autonyms, hidden)
