"""What the live server builds, and when: the page that is looked at or was saved first, then its language,
then the others one by one, then the search. Nothing waits behind more than a page, or one language's search:
a language that is built when something else is wanted is built later.
"""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from safepage.build import Known, build
from safepage.faults import Fault, Faulty
from safepage.output import search
from safepage.output.kept import Kept
from safepage.plugin import Stopped
from safepage.rehearsal import as_built
from safepage.reviews import Reviews
from safepage.translations import catalogue
from safepage.translations.catalogue import Catalogue
from safepage.translations.review import REVIEWS

_INDEXES = ".indexes"  # in the folder that is served: of the languages, until they are one


class Shows(Protocol):
    """The server, as far as building goes."""

    faults: list[Fault]  # of what could not be built
    looked_at: str

    @property
    def built(self) -> bool: ...
    def take_saved(self) -> set[str]: ...
    def take_asked(self) -> str | None: ...
    def waited_for(self) -> bool: ...
    def answered(self) -> None: ...
    def build_again(self) -> None: ...
    def stay(self) -> None: ...
    def begin_again(self) -> bool: ...


def language_of(saved: Collection[str], root: Path) -> str | None:
    """The one language that all these files belong to; None if there is none or more than one."""
    found = {parts[1] if len(parts := name.split("/")) > 2 and parts[0] == "docs" else "" for name in saved}
    language = found.pop() if len(found) == 1 else ""
    return language if language and (root / "docs" / language / "index.md").is_file() else None


def page_of(name: str) -> str | None:
    """The page whose text or record a file is: "docs/nl/about.md", "docs/nl/.confirmed/about.yml"."""
    found = re.fullmatch(r"docs/[^/]+/(?:(.+)\.md|\.confirmed/(.+)\.yml)", name)
    return found and (found[1] or found[2])


def page_at(address: str, site: Catalogue) -> tuple[str, set[str]]:
    """The language of a page, or of its review, and what it may be called, by its address: "/nl/about/"."""
    path = address.strip("/").removeprefix(f"{REVIEWS}/")
    head, _, rest = path.partition("/")
    language, name = (head, rest) if head in site.locales else (site.source, path)
    return language, {name, f"{name}/index"} if name else {"index"}


class Rebuilder:
    """Builds into the folder of a server: what is saved, what is asked for, and then what is `owed`."""

    def __init__(self, root: Path, folder: Path, language: str | None, server: Shows) -> None:
        """In: the project's folder; that which is served; the only language that is ever built; by whom."""
        self.root, self.folder, self.language, self.server = root, folder, language, server
        self.kept, self.known = Kept.of(root), Known()
        self.found: list[Fault] = []  # of all languages, each as its last build saw it
        self.failed: dict[str, list[Fault]] = {}  # of those that could not be built
        self.built: set[str] = set()  # languages of which every page was there once
        self.owed: list[Callable[[], object]] = []
        self.one = threading.Lock()  # MkDocs builds one site at a time in a process
        self.site = Catalogue(root, "", [], "")

    @property
    def done(self) -> bool:
        """True when there is no page but those that are there."""
        return not self.owed and not self._missing()

    def begin(self) -> None:
        """Build the page that is shown first, or say what hinders it; the rest is owed."""
        self._look()
        home = self.language or self.site.source
        shown = self.page(home, {"index"}) or self.whole(home)
        self._owe([home], self._languages() if shown else self._missing() - {home})
        self.server.build_again()

    def __call__(self) -> bool:
        """Build once; whether there is something new to show."""
        if saved := self.server.take_saved():
            return self._saved(saved)
        self.server.stay()
        if asked := self.server.take_asked():
            self._answer(asked)
            self.server.answered()
        elif self.owed:
            self.owed.pop(0)()
        if self.owed or self.server.take_asked():
            self.server.build_again()
        return False

    def _answer(self, address: str) -> None:
        """Build the page at an address, or what else of its language is there."""
        language, pages = page_at(address, self.site)
        if language not in self._languages():
            return
        self.page(language, pages)
        if not (self.folder / address.strip("/") / "index.html").is_file():
            self.whole(language)

    def _saved(self, saved: set[str]) -> bool:
        if any(name.endswith(".py") for name in saved) and not self._renewed(saved):
            self.server.build_again()  # what is owed is owed still
            return False
        began = time.monotonic()
        self._look()
        at, looked = page_at(self.server.looked_at, self.site)
        there = self._languages()  # what is looked at, or saved, may have been switched off
        at = at if at in there else there[0]
        own = language_of(saved, self.root)
        first = own if own in there else at
        pages = {page for name in saved if (page := page_of(name))} | (looked if at == first else set())
        self.failed.pop(first, None)
        self.server.faults = []  # what is still wrong is told again
        shown = self.page(first, pages) or self.whole(first)
        self._owe([first, at], self._languages() if shown else self._missing())
        self.server.build_again()
        if shown:
            print(f"Built in {time.monotonic() - began:.1f} s.", flush=True)
        return shown

    def _look(self) -> None:
        """Read which languages there are; where that can't be read, as they were."""
        try:
            self.site = catalogue.read(self.root)
        except Faulty:
            return

    def _languages(self) -> list[str]:
        built = [tag for tag in (self.site.source, *self.site.locales) if tag not in self.site.hidden]
        return [self.language] if self.language else built

    def _missing(self) -> set[str]:
        return set(self._languages()) - self.built

    def _owe(self, first: Collection[str], languages: Collection[str]) -> None:
        """Have these languages built, some of them first, and then the search."""
        self.owed = [partial(self._later, tag) for tag in sorted(languages, key=lambda tag: tag not in first)]
        if languages:
            self.owed += [partial(self._index, tag) for tag in self._languages()]
            self.owed.append(self._indexed)

    def _later(self, language: str) -> None:
        """Build a language that nobody waits for; begin anew if somebody waits for something else."""
        try:
            self.whole(language, self.server.waited_for)
        except Stopped:
            self.owed.insert(0, partial(self._later, language))

    def page(self, language: str, pages: Collection[str]) -> bool:
        """Build no more than some pages; whether that went well. If not, the whole language says why."""
        try:
            self._build(language, pages)
        except Exception:
            return False
        return bool(pages)

    def whole(self, language: str, stop: Callable[[], bool] = lambda: False) -> bool:
        """Build a language, print faults; whether it went well. Raises Stopped, where that is asked for."""
        warned = [fault for fault in self.found if fault.severity == "warning"]
        told = set(map(str, [*warned, *self.server.faults]))
        try:
            found = self._build(language, stop=stop)
        except Stopped:
            raise
        except Exception as error:
            found = error.faults if isinstance(error, Faulty) else []
            self.failed[language] = found
            self._note(language, found)
            self._tell(found or [f"{type(error).__name__}: {error}"], told, failed=True)
            return False
        self.failed.pop(language, None)
        self.built.add(language)
        self._note(language, found)
        self._tell(found, told)
        return True

    def _build(
        self, language: str, pages: Collection[str] = (), stop: Callable[[], bool] = lambda: False
    ) -> list[Fault]:
        with self.one:
            return build(
                self.root,
                self.folder,
                only=language,
                pages=pages,
                keep=True,
                serving=True,
                kept=self.kept,
                known=self.known,
                stop=stop,
            )

    def _tell(self, found: Collection[object], told: Collection[str], *, failed: bool = False) -> None:
        """Print what was not told yet."""
        there = self._languages()
        self.server.faults = [one for tag in there for one in self.failed.get(tag, [])]
        new = [line for line in map(str, found) if line not in told]
        if new and failed:
            new += [
                "Not built; the last good site is still shown." if self.server.built else "Not built yet."
            ]
        print(*new, sep="\n", end="\n" if new else "", flush=True)

    def _note(self, language: str, found: list[Fault]) -> None:
        """What a build of a language has found, in place of what was known of it."""
        same = (None, language)
        kept = [fault for fault in self.found if language_of({fault.path}, self.root) not in same]
        self.found = [*kept, *(fault for fault in found if fault not in kept)]

    def _index(self, language: str) -> None:
        own = None if language == self.site.source else language
        search.part(self.folder, own, self.site.locales, self.folder / _INDEXES / language, self.kept)

    def _indexed(self) -> None:
        search.merge(self.folder / _INDEXES, self.folder)
        shutil.rmtree(self.folder / _INDEXES, ignore_errors=True)
        self.kept.trim()

    def _renewed(self, saved: set[str]) -> bool:
        """After a change of the generator's own code: begin again, or say what hinders it."""
        for name in sorted(name for name in saved if name.endswith(".py") and (self.root / name).is_file()):
            try:
                compile((self.root / name).read_bytes(), name, "exec")
            except (SyntaxError, ValueError) as error:
                print(
                    f"{name}:{getattr(error, 'lineno', 0)}: {error}. The code is not taken over.", flush=True
                )
                return False
        print("The generator's code has changed: beginning again.", flush=True)
        if not self.server.begin_again():
            print("To take it over, stop this with Ctrl-C and start it again.", flush=True)
        return False

    def judge(self, site: Catalogue, new: Mapping[str, str], language: str) -> list[Fault]:
        """What a build would say of the project with these texts, while all stays as it is."""
        with self.one:
            return as_built(site, new, language, self.kept)

    def review(self, address: str) -> str | None:
        """The review at an address of the server; None if there is none. Raises Faulty."""
        return Reviews.read(self.root).at(address, self.found)
