"""Builds the site: runs MkDocs for each language into a temporary folder, and swaps that in at the end."""

from __future__ import annotations

import argparse
import gc
import logging
import multiprocessing
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from operator import methodcaller
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from safepage import crew
from safepage.config import languages
from safepage.faults import Fault, Faulty, bounded, errors
from safepage.output import compress, place
from safepage.output import search as search_index
from safepage.output.kept import Kept, Remembered
from safepage.output.standing import Standing
from safepage.page import texts
from safepage.plugin import SafePage
from safepage.site import settings, settings_check
from safepage.translations import language_check
from safepage.unchanged import Sources, saved_as

_MANY = 10  # pages of a language that were made: enough that what they leave is worth looking for
_LARGE = 100  # pages of a site: enough that few languages are worth a process each


def build(
    root: Path,
    output: Path,
    *,
    only: str | None = None,
    pages: Collection[str] = (),
    keep: bool = False,
    compressed: bool = False,
    detect: bool = False,
    preview: bool = False,
    serving: bool = False,
    kept: Kept | None = None,
    known: Known | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> list[Fault]:
    """Build the site of a project.

    In: the project's folder; the folder to write to; perhaps the one locale to build, perhaps no more
    than some `pages` of it ("contact"), and then whether to `keep` the other languages' pages that
    `output` holds (with `pages`: all that it holds); whether each text file gets a `.gz` and a `.br`
    beside it; whether each page is looked at to `detect` its language; whether it is a `preview`, which
    holds the review of each page of a translation, and in which these lead there, and one that is not
    translated to where it is begun; whether it is for the live server, which is the same and makes the
    reviews itself; what is `kept` of other builds, if not by the project, and `known`; when to `stop`, which
    is asked before each page. Out: the warnings. Raises Faulty with every error of the run, and Stopped; then
    `output` is as it was.
    """
    if not serving and (why := place.refusal(root, output)):
        what, _, todo = why.rpartition(": ")
        raise Faulty([Fault("--output", 0, what, todo)])
    with _rare_collection(), place.staged(output) as stage:
        kept = kept or Kept.of(root.absolute())
        reads = known or Known()
        project = _Project(
            root.absolute(),
            stage,
            Standing.of(output, stage / place.FOR),
            kept,
            reads,
            not keep,
            preview or serving,
            frozenset(pages),
            compressed,
        )
        _plugin(project.config).stop = stop
        locales = project.locales
        if only and only not in locales:
            what = f"the site has no language '{only}'"
            raise Faulty([Fault("mkdocs.yml", 0, what, f"use one of {', '.join(locales)}")])
        work = [methodcaller("detect")] if detect else []  # what takes longest comes first
        work += [methodcaller("build", locale) for locale in ([only] if only else locales)]
        worth = crew.LARGE if project.large else crew.WORTH_A_PROCESS
        faults = [fault for found in crew.spread(project, work, worth) for fault in found]
        project.keep()
        if errors(faults):
            raise Faulty(faults)
        built = project.gather()
        if preview:
            write = [methodcaller("review", tag, faults) for tag in project.reviewed(only)]
            faults += [fault for found in crew.spread(project, write) for fault in found]
            if errors(faults):
                raise Faulty(faults)
        if compressed:
            pack = partial(compress.file, site=built, kept=kept, standing=project.standing)
            crew.spread(pack, compress.texts(built))  # of the search and of reviews; the pages have theirs
        if keep and output.is_dir():
            if only and not pages:
                place.clear(output, built, project.folders, None if only == project.source else only)
            place.merge(built, output)
            if not serving:
                place.write_list(output)
        else:
            place.write_list(built)
            place.put(built, output)
    if not pages:
        kept.trim()
    return bounded(faults)


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Look for garbage seldom: a page is thousands of objects that live until it is written."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass
class Known:
    """What a build has read, for the next one in this process: it is read again once a file was saved."""

    sources: Sources | None = None
    config: MkDocsConfig | None = None


@dataclass
class _Project:
    """A project that is being built into a stage, each language in a folder of its own.

    It is to replace what is `standing`. A worker gets it once. What it has read goes with it where the system
    copies processes; elsewhere it is read again in each. In a site that is `linked` pages lead to their
    reviews. `pages` are the only ones to be made, if there are any.
    """

    root: Path
    stage: Path
    standing: Standing
    kept: Kept
    known: Known
    with_index: bool
    linked: bool
    pages: frozenset[str]
    compressed: bool

    def __call__(self, step: Callable[[_Project], list[Fault]]) -> list[Fault]:
        """Do one piece of the work."""
        return step(self)

    def __getstate__(self) -> dict[str, Any]:
        return {**{key: value for key, value in vars(self).items() if key != "config"}, "known": Known()}

    @cached_property
    def config(self) -> MkDocsConfig:
        """The settings, and within their plugin what all languages share. Raises Faulty."""
        sources = Sources.of(self.root)
        config = (self.known.sources == sources and self.known.config) or _load(self.root)
        plugin = _plugin(config)
        plugin.kept, plugin.sources, plugin.standing = self.kept, sources, self.standing
        plugin.alone, plugin.preview, plugin.pages = False, self.linked, self.pages
        if config is not self.known.config:
            plugin.read(config)
            self.known.sources, self.known.config = sources, config
        return config

    @property
    def _i18n(self) -> Any:
        return languages(self.config)

    @property
    def locales(self) -> list[str]:
        """The languages to build."""
        return list(self._i18n.build_languages)

    @property
    def large(self) -> bool:
        """True for a site whose languages take a second and more."""
        return len(self.locales) * len(_plugin(self.config).shared.site.existing) >= _LARGE

    @property
    def source(self) -> str:
        """The language that the others are translated from."""
        return str(self._i18n.default_language)

    @property
    def folders(self) -> list[str]:
        """The folders of the languages that stand beside the source's pages."""
        return [tag for tag in self.locales if tag != self.source]

    def detect(self) -> list[Fault]:
        """Pages that are in another language than they say."""
        ordered = [self.source, *(tag for tag in self.locales if tag != self.source)]
        remembered = Remembered(self.kept, "languages")
        found = language_check.check_tree(self.root / "docs", ordered, remembered)
        remembered.keep()
        return found

    def build(self, locale: str) -> list[Fault]:
        """Build one language: the i18n plugin would make every page anew for every pair of languages."""
        config, plugin, i18n = self.config, _plugin(self.config), self._i18n
        i18n.current_language, i18n.building = locale, True  # so that it builds no other after it
        folder = self.stage / "languages" / locale
        config.site_dir = str(folder)
        with _heard() as warnings:
            try:
                mkdocs_build(config)
            except Faulty as faulty:
                return faulty.faults
            except (Abort, MkDocsException) as error:
                warnings.append(str(error))
            except Exception as error:
                if found := plugin.of_template(error):
                    return found
                raise
        found = plugin.way.faults
        if not errors(found):
            found += [Fault("mkdocs.yml", 0, _one_line(text), "mend it there") for text in warnings[:1]]
        if not errors(found) and not self.pages:
            plugin.unchanged.keep(self._made)
        if self.with_index and not errors(found):
            own = None if locale == self.source else locale
            search_index.part(folder, own, (), self._indexes / locale, self.kept, self.standing)
        if self.compressed and not errors(found):
            for name in compress.texts(folder):
                compress.file(name, folder, self.kept, self.standing)
        if multiprocessing.parent_process() and len(plugin.unchanged.done) > _MANY:
            gc.collect()  # else what a worker's languages leave adds up
        return found

    def keep(self) -> None:
        """Keep the pages that were made, unless a file was saved while they were."""
        if self.known.sources and self._made.is_dir() and saved_as(self.root) == self.known.sources.saved:
            self.kept.take(self._made)

    @property
    def _made(self) -> Path:
        return self.stage / "made"

    @property
    def _indexes(self) -> Path:
        return self.stage / "index"

    def reviewed(self, only: str | None) -> list[str]:
        """The translations that have reviews, those that readers don't get yet among them."""
        return [tag for tag in _plugin(self.config).shared.translations.locales if only in (None, tag)]

    def review(self, locale: str, faults: list[Fault]) -> list[Fault]:
        """Write the reviews of one language. In: what the build has found."""
        from safepage.reviews import Reviews  # only a preview needs it, and all that it loads

        try:
            Reviews.read(self.root).write(self._built, locale, faults)
        except Faulty as faulty:
            return faulty.faults
        return []

    @property
    def _built(self) -> Path:
        return self.stage / "site"

    def gather(self) -> Path:
        """Bring the languages together; the folder of the site."""
        built = self._built
        for folder in sorted((self.stage / "languages").iterdir()):
            place.merge(folder, built)
        (built / "sitemap.xml.gz").unlink(missing_ok=True)  # MkDocs's bears the time
        if self.with_index:
            search_index.merge(self._indexes, built)
        return built


def _plugin(config: MkDocsConfig) -> SafePage:
    plugin = config.plugins["safepage"]
    assert isinstance(plugin, SafePage)
    return plugin


def _load(root: Path) -> MkDocsConfig:
    """What MkDocs makes of mkdocs.yml. Raises Faulty with the lines that are at fault."""
    file = root / "mkdocs.yml"
    written = settings.read(texts.read(file, file.name))
    # Before MkDocs reads it, which tells of some of this in many lines, and of some not at all.
    if found := errors(settings_check.check(written)):
        raise Faulty(found)
    config = MkDocsConfig(config_file_path=str(file))
    try:
        with file.open("rb") as text:
            config.load_file(text)
        with _heard():
            failed, warned = config.validate()
    except ConfigurationError as error:
        failed, warned = [("", error)], []
    if wrong := [*failed, *warned]:
        raise Faulty(
            Fault(file.name, written.lines.get((key,), 0), _one_line(error), "mend it there")
            for key, error in wrong
        )
    return config


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What MkDocs and plugins warn of meanwhile, in place of their telling it."""
    told: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger(MkDocsConfig.__module__.partition(".")[0])
    before, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield told
    finally:
        logger.removeHandler(handler)
        logger.propagate = before


def _one_line(error: object) -> str:
    return " ".join(str(error).split()).rstrip(".")


def run(options: argparse.Namespace) -> int:
    """The command: 0 when the site was written, 1 with a line for each error."""
    root: Path = options.project
    output = options.output or root / "site"
    try:
        place.sweep_cache(root)
        warnings = build(
            root,
            output,
            only=options.language,
            compressed=not options.plain,
            detect=True,
            preview=options.preview,
        )
    except Faulty as faulty:
        print(*faulty.faults, sep="\n", file=sys.stderr)
        print("Nothing was written: the site is as it was.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The site could not be written: {error}. The folder is as it was.", file=sys.stderr)
        return 1
    for warning in warnings:
        print(warning, file=sys.stderr)
    print(f"The site is in {output if options.output else output.name}.")
    return 0
