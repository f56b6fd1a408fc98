"""The way of a page's text, from its file to the HTML that the frame is put around. Knows no MkDocs.

What is read once for a whole build is in `Shared`; what the build of one language finds is in `Way`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from safepage.faults import Fault, Faulty, errors
from safepage.gate import after, before, counted, head, ids, links, placeholders
from safepage.gate.contacts import addresses
from safepage.page import blocks, checklist, details, phrases, prepare, tables
from safepage.site import contacts, directory, parts
from safepage.site.data import Remember, Site
from safepage.translations import (
    catalogue,
    exchange,
    existing,
    frame_words,
    freshness,
    language_check,
    structure,
)


@dataclass
class Shared:
    """The site and its translations; and, as each page of the source is looked at once though several
    languages show it, the pages that were `refused` (their text, and why), those that `passed`, and of these
    what is the same in each language that has no translation (`shown`).
    """

    docs: Path
    site: Site
    translations: catalogue.Catalogue
    theme: parts.Theme
    refused: dict[str, tuple[str, list[Fault]]] = field(default_factory=dict)
    passed: dict[str, str] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        root: Path,
        exits: dict[str, str],
        pictograms: dict[str, str],
        theme: parts.Theme,
        remember: Remember,
    ) -> Shared:
        """Read a project. Raises Faulty if no page can be built.

        In: its folder; two of its settings; its theme; what gives again what was found before.
        """
        site = Site.read(root / "docs", root / "mkdocs.yml", exits, pictograms, existing.read, remember)
        return cls(root / "docs", site, catalogue.read(root), theme)


@dataclass
class Text:
    """A page: its file below docs/ ("nl/about.md"), the language of that, and all that is in it.

    `meta` is what the page says at its head. `state` is how a translation stands, and `unsaid` whether the
    source has gained the emergency number, which the translation doesn't say yet. `shown` is what `rendered`
    gave of it for another language.
    """

    file: str
    locale: str
    whole: str
    meta: dict[str, Any]
    body: str = ""
    first_line: int = 1
    original: str = ""
    state: freshness.State | None = None
    unsaid: bool = False
    shown: str = ""

    @property
    def path(self) -> str:
        """The file, as faults tell it."""
        return f"docs/{self.file}"

    @property
    def prepared(self) -> str:
        """The Markdown that is to be rendered: none where that is done."""
        return "" if self.shown else prepare.prepared(self.body)


@dataclass(frozen=True)
class Shown:
    """A page of the source as each language shows it that has no translation."""

    text: Text
    links: list[links.Link]
    ids: set[str]


@dataclass
class Way:
    """One language, `locale`, being built: what its pages have shown so far.

    The text of pages in `unread` was not rendered: what links to their anchors is not at fault. `unsure`:
    words of the frame that a reader's safety hangs on are out of date.
    """

    shared: Shared
    locale: str
    places: links.Places
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    unsure: bool = False
    links: dict[str, list[links.Link]] = field(default_factory=dict)

    @classmethod
    def begin(cls, shared: Shared, locale: str, files: Iterable[str]) -> Way:
        """In: what was read once; the language; the files that make it, below docs/ (`Site.files`)."""
        site = shared.site
        places = links.Places(locale, site.source, {*site.locales, *site.hidden}, {})
        # The language's own files come last: they take the place of others of the same name.
        ordered = sorted(files, key=lambda name: name.startswith(f"{locale}/"))
        places.files = {places.name(name): name for name in ordered}
        way = cls(shared, locale, places, [*site.faults, *shared.theme.faults])
        places.original = lambda name: way.source_text(name.removesuffix(".md"))
        if locale != site.source:
            way._look_at_frame()
        return way

    def _look_at_frame(self) -> None:
        """Whether the frame's words can be trusted; what is wrong with their record joins the faults."""
        translations = self.shared.translations
        self.faults += translations.record_faults(self.locale, frame_words.NAME)
        if not self.faulty:
            self.unsure = bool(translations.frame(self.locale).unsafe)

    @property
    def faulty(self) -> bool:
        """True once there is an error: from then on nothing is written, but all is looked at."""
        return bool(errors(self.faults))

    # Before rendering

    def read(self, file: str, locale: str, whole: str) -> Text:
        """A page's head, and everything that can be said of its text before it is rendered."""
        shared, name = self.shared, self.shared.site.page_name(file)
        if (again := shared.shown.get(file)) and again.text.whole == whole:
            return again.text
        text = Text(file, locale, whole, {"title": file, "description": ""})
        known = shared.refused.get(file)
        if known and known[0] == whole:
            self.faults += known[1]
            return self._unread(text)
        text.original = self.source_text(name) if locale != shared.site.source else ""
        try:
            numbers = addresses.numbers(text.original) if text.original else None
            found = head.read(whole, text.path, shared.site.country, numbers)
        except Faulty as faulty:
            self.faults += faulty.faults
            return self._unread(text)
        text.meta, text.body, text.first_line = dict(found.meta), found.body, found.first_line
        record = self._record(text, name)
        self.faults += before.check(
            text.body, text.path, text.first_line, source_placeholders=_allowed(text, record)
        )
        text.body = placeholders.straight(text.body, text.path, text.first_line)[0]
        if before.too_much(text.body, text.path, text.first_line):
            return self._unread(text)  # to render it might take for ever
        at = (text.path, text.first_line)
        self.faults += checklist.check(text.body, *at, shared.site.pictograms)
        self.faults += contacts.check(text.body, shared.site.contacts, *at)
        self.faults += blocks.check(text.body, *at, directory.keys(shared.site.contacts))
        self.faults += phrases.check(text.body, *at)
        if text.original:
            self._compare(text, name, record)
        return text

    def _unread(self, text: Text) -> Text:
        self.unread.add(text.file)
        text.body = ""
        return text

    def source_text(self, name: str) -> str:
        """The page of the source language with that name; "" where there is none that can be read."""
        try:
            return self.shared.translations.text(self.shared.site.source, name) or ""
        except Faulty:
            return ""  # told where that page is read

    def _record(self, text: Text, name: str) -> freshness.Record | None:
        """What a translated page was confirmed against; what is wrong with its record joins the faults."""
        if not text.original:
            return None
        try:
            self.faults += self.shared.translations.record_faults(text.locale, name)
            return self.shared.translations.record(text.locale, name)
        except Faulty as faulty:
            self.faults += faulty.faults
            return None

    def _compare(self, text: Text, name: str, record: freshness.Record | None) -> None:
        """How a translated page stands to its source."""
        site = self.shared.site
        self.faults += language_check.whole(text.body, text.original, text.path)
        source_path, names = f"docs/{site.source}/{name}.md", exchange.proper_names(site.contacts.values)
        self.faults += structure.check(
            text.original,
            placeholders.straight(text.whole, text.path)[0],
            source_path,
            text.path,
            record=record,
            names=names,
        )
        text.unsaid = structure.emergency(text.original) and not structure.emergency(text.whole)
        text.state = freshness.state(text.original, text.whole, record, earlier=site.earlier)

    # After rendering

    def rendered(self, text: Text, html: str, targets: list[str], anchors: set[str]) -> str:
        """The text as the frame takes it: checklist, contacts, parts marked; "" once there is an error.

        In: the page; its HTML; the links of that as they were written, and the ids that it has.
        """
        shared = self.shared
        if text.shown:
            again = shared.shown[text.file]
            self.links[text.file], self.places.ids[text.file] = again.links, again.ids
            return "" if self.faulty else text.shown
        if text.file not in self.unread:
            kept = ids.own_title(html, shared.theme.ids)
            self.links[text.file] = links.read(targets, text.body, text.first_line)
            given = {anchor for anchor in anchors if f'id="{anchor}"' in kept}
            self.places.ids[text.file] = given | directory.anchors(shared.site.contacts, text.body)
            if shared.passed.get(text.file) != text.whole:
                self._gate(text, html)
        if self.faulty:
            return ""
        html = prepare.plain(html)
        own = self.content_locale(text.file, text.locale)
        words = shared.site.words[own]
        if text.state:
            note = shared.site.words[self.locale]["note_block"]
            outdated, untranslated = text.state.outdated_blocks, text.state.untranslated_blocks
            html = freshness.mark(html, text.whole, outdated, note, untranslated, shared.site.source)
        html = details.render(phrases.render(checklist.render(html, words, shared.site.pictograms)))
        filled = contacts.fill(html, shared.site.contacts, own, words)
        made = tables.render(ids.own_title(filled, shared.theme.ids))
        if text.locale == shared.site.source and links.alike(targets, text.file):
            done = replace(text, shown=made)
            shared.shown[text.file] = Shown(done, self.links[text.file], self.places.ids[text.file])
        return made

    def _gate(self, text: Text, html: str) -> None:
        site, at = self.shared.site, (text.body, text.path, text.first_line)
        numbers = addresses.numbers(text.original) if text.original else None
        found = after.check(html, *at, site.country, source_numbers=numbers)
        made = phrases.render(checklist.render(html, site.words[site.source], site.pictograms))
        told = {fault.line for fault in errors([*self.faults, *found]) if fault.path == text.path}
        found += counted.check(made, *at, told)
        frame = self.shared.theme.ids
        found += ids.check(ids.own_title(made, frame), *at, frame=frame)
        self.faults += found
        if wrong := [fault for fault in errors(self.faults) if fault.path == text.path]:
            self.shared.refused[text.file] = (text.whole, wrong)
        if not found and text.locale == site.source:
            self.shared.passed[text.file] = text.whole

    def content_locale(self, file: str, locale: str) -> str:
        """The locale that a page's text is in: the source's where its file is missing, or a copy of that."""
        site = self.shared.site
        return locale if locale in site.existing.get(site.page_name(file), ()) else site.source

    def linked(self) -> None:
        """Once all pages are rendered, every link leads somewhere. What the gate told isn't told again."""
        told = {(fault.path, fault.line) for fault in errors(self.faults) if " link “" in fault.what}
        for file, found in self.links.items():
            wrong = links.check(found, file, self.places)
            self.faults += [fault for fault in wrong if (fault.path, fault.line) not in told]


def _allowed(text: Text, record: freshness.Record | None) -> frozenset[str] | None:
    """The placeholders that a translation may have: those of its source, now or when it was confirmed."""
    once = structure.placeholders(record)
    return placeholders.names(text.original) | once if text.original and once is not None else None
