"""Pages of one language that are made of what they were made of before: taken whole, not made again.

A page is made of its own text, the source's, and its record (the contributors' page of all these); of what
`Sources.shared` digests, which is every other file that a build reads; and of the heads of its language's
pages, which the menus show. Whoever lets a page depend on something else adds that here. What was found in a
page is told again; whether its links lead somewhere is looked at anew.

Nothing is kept where a file was saved meanwhile (build.py): it may have been read before, and its page be
called by what it says now; nor where a site has hooks or plugins of its own, which may read what they like.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self

from jinja2.bccache import Bucket, BytecodeCache

from safepage.around import CONTRIBUTORS
from safepage.faults import Fault, Faulty
from safepage.gate import leftovers
from safepage.gate.links import Link
from safepage.output.kept import Kept, Remembered, contents, digest
from safepage.page import head
from safepage.page.paragraphs import paragraphs
from safepage.site import parts
from safepage.translations import frame_words, records
from safepage.way import Way


@dataclass(frozen=True)
class Sources:
    """The files of a project before they were read: `shared`, what all its pages are made of, texts and
    records apart; and when and how each file was `saved`.
    """

    shared: str
    saved: str

    @classmethod
    def of(cls, root: Path) -> Self:
        """In: the project's folder."""
        saved, docs, config = saved_as(root), root / "docs", root / "mkdocs.yml"
        found = leftovers.files(docs, "")
        names = "\0".join(map(str, found)).replace(str(docs), "")  # the same wherever the project lies
        data = [file for file in found if file.suffix != ".md" and leftovers.FOLDER not in file.parts]
        theme = [part for folder in parts.folders(root) for part in contents(folder, _below(folder))]
        settings = config.read_bytes() if config.is_file() else b""
        named = repr(sorted(os.environ.items())) if b"!" in settings else ""  # a value may be `!ENV NAME`
        return cls(digest(settings, named, names, *contents(docs, data), *theme), saved)


def saved_as(root: Path) -> str:
    """Another one once any file that makes the site was saved, moved or taken away."""
    files = [root / "mkdocs.yml", *leftovers.files(root / "docs", "")]
    files += [file for folder in parts.folders(root) for file in _below(folder)]
    found = []
    for file in files:
        with suppress(FileNotFoundError):
            state = file.stat()
            found += [str(file), f"{state.st_mtime_ns} {state.st_ctime_ns} {state.st_size} {state.st_ino}"]
    return digest("\0".join(found))


def _below(theme: Path) -> list[Path]:
    """The files of a theme, also those behind links: templates are read through them."""
    found = []
    for top, folders, names in os.walk(theme, followlinks=True):
        folders[:] = [name for name in folders if not leftovers.passed_over(name)]
        found += [Path(top, name) for name in names if not leftovers.passed_over(name)]
    return sorted(file for file in found if file.is_file())


@dataclass(frozen=True)
class Page:
    """A page as it was made: its HTML, what its head says, what was found, its links and anchors."""

    html: bytes
    meta: dict[str, Any]
    faults: list[Fault]
    links: list[Link]
    ids: set[str]

    def parts(self) -> tuple[bytes, bytes]:
        """As it is kept."""
        found = [self.meta, list(map(astuple, self.faults)), list(map(astuple, self.links)), sorted(self.ids)]
        return json.dumps(found).encode(), self.html

    @classmethod
    def of(cls, told: bytes, html: bytes) -> Self:
        """In: what `parts` gave."""
        meta, faults, links, ids = json.loads(told)
        return cls(html, meta, [Fault(*one) for one in faults], [Link(*one) for one in links], set(ids))


class Compiled(BytecodeCache):
    """Templates as code, so that each is compiled once."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Also of a file in a folder whose name is no UTF-8 where the system reads it."""
        return digest(name, filename or "")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is kept of a template."""
        if known := self.kept.get(self._name(bucket)):
            bucket.bytecode_from_string(known[0])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        self.kept.put(self._name(bucket), bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        return self.kept.name("template", bucket.key, bucket.checksum)


@dataclass
class Unchanged:
    """The pages of the language that is on its `way`, and what is kept of them.

    In a `preview` pages of translations lead elsewhere; `textless` are the pages without a text of their own;
    `wanted` are the names of those that are looked for, if not all.
    """

    kept: Kept
    way: Way
    sources: Sources
    preview: bool
    textless: Collection[str]
    wanted: Collection[str] = ()
    names: dict[str, str] = field(default_factory=dict)
    done: dict[str, tuple[bytes, dict[str, Any]]] = field(default_factory=dict)
    found: dict[str, list[Fault]] = field(default_factory=dict)

    def pages(self) -> dict[str, Page]:
        """The pages that need not be made, by their files below docs/; those without a text by their own."""
        if not self.kept.folder:
            return {}
        self.names = self._names()
        known = {file: self.kept.get(name) for file, name in self.names.items()}
        pages = {file: Page.of(*whole) for file, whole in known.items() if whole}
        for file, page in pages.items():
            self.way.faults += page.faults
            if file not in self.textless:
                self.way.links[file], self.way.places.ids[file] = page.links, page.ids
        return pages

    @contextmanager
    def watched(self, file: str) -> Iterator[None]:
        """What is found meanwhile is found in that page."""
        before = len(self.way.faults)
        yield
        self.found.setdefault(file, []).extend(self.way.faults[before:])

    def made(self, file: str, html: str, meta: dict[str, Any]) -> None:
        """Note a page that this build makes."""
        if file in self.names:
            self.done[file] = html.encode(), meta

    def keep(self, folder: Path) -> None:
        """Write the pages that were made, as they are kept, into a folder: there was no error."""
        for file, (html, meta) in self.done.items():
            links, ids = self.way.links.get(file, []), self.way.places.ids.get(file, set())
            page = Page(html, meta, self.found.get(file, []), links, ids)
            Kept(folder).put(self.names[file], *page.parts())

    def _names(self) -> dict[str, str]:
        """The name under which each page is kept."""
        way, site = self.way, self.way.shared.site
        texts = {
            file: self._read(f"docs/{file}") for file in way.places.files.values() if file.endswith(".md")
        }
        heads = (part for file, text in texts.items() for part in (file, _head(text)))
        existing = (f"{name} {sorted(tags)}" for name, tags in site.existing.items())
        leads = self.preview and way.locale != site.source
        language = digest(self.sources.shared, way.locale, repr((way.unsure, leads)), *existing, *heads)
        signs = self._read(f"docs/{way.locale}/recognise.md")  # the poster and the card show them
        names = {
            file: self.kept.name(language, file, *(self._all() if file == CONTRIBUTORS else [signs]))
            for file in self.textless
        }
        said, remembered = digest(*sorted(site.earlier)), Remembered(self.kept, f"said {way.locale}")
        for file, text in texts.items():
            tag, page = file.partition("/")[0], site.page_name(file)
            if self.wanted and page not in self.wanted:
                continue
            of = []
            if tag != site.source:
                record = self._read(records.record_path(tag, page))
                again = remembered((text, said), partial(self._said, text))
                of = [way.source_text(page), record, again]
            names[file] = self.kept.name(language, file, text, *of)
        if not self.wanted:
            remembered.keep()
        return names

    def _said(self, text: str) -> str:
        """What of a text its source ever said, as digests: it may be no translation."""
        return " ".join(sorted({block.digest for block in paragraphs(text)} & self.way.shared.site.earlier))

    def _all(self) -> Iterator[str]:
        """What the contributors' page is made of: all pages and records, and what the source ever said."""
        translations = self.way.shared.translations
        yield "with reviews" if self.preview else ""
        yield from sorted(self.way.shared.site.earlier)
        for tag in (translations.source, *translations.locales):
            for page in (frame_words.NAME, *translations.pages):
                yield self._read(translations.path(tag, page))
                yield self._read(records.record_path(tag, page))

    def _read(self, path: str) -> str:
        with suppress(Faulty):  # told where it counts; then nothing is kept
            return self.way.shared.translations.read(path) or ""
        return ""


def _head(text: str) -> str:
    lines = head.lines_of(text)
    return "\n".join(lines[: head.end(lines)])
