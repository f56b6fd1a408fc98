"""Builds the site: runs MkDocs for each language into a temporary folder, and swaps that in at the end."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from jinja2 import TemplateError
from mkdocs import utils
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import config_options, load_config
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from safepage.faults import Fault, Faulty, bounded, errors
from safepage.gate import leftovers
from safepage.output import compress, place
from safepage.output import search as search_index
from safepage.page import texts
from safepage.site import settings
from safepage.translations import language_check

T = TypeVar("T")
gc.set_threshold(50_000, 20, 20)  # a page is thousands of objects that live until it is written
WORTH_A_PROCESS = 6  # languages, or files to compress: below that a second process costs more than it gives
_FILE = re.compile(r"(?:Doc file '|page ')(?P<file>[^']+)'")
_LINK = re.compile(r"link '(?P<link>[^']+)'")
_SETTING = re.compile(r"Config value '([^']+)'")
_QUOTED = re.compile("[\"']([\\w.-]+)[\"']")
_LISTED = re.compile(r"^ *- (\S+)$", re.MULTILINE)
_NO_ANCHOR = re.compile(r"but the doc '(?P<doc>[^']+)' does not contain an anchor")


def build(
    root: Path,
    output: Path,
    *,
    only: str | None = None,
    keep: bool = False,
    compressed: bool = False,
    detect: bool = False,
) -> list[Fault]:
    """Build the site of a project.

    In: the project's folder; the folder to write to; perhaps the one locale to build, and then whether to
    `keep` the other languages' pages that `output` holds; whether each text file gets a `.gz` and a `.br`
    beside it; whether each page is looked at to `detect` its language. Out: the warnings. Raises Faulty with
    every error of the run; then `output` is as it was.
    """
    if why := place.refusal(root, output):
        what, _, todo = why.rpartition(": ")
        raise Faulty([Fault("--output", 0, what, todo)])
    faults: list[Fault] = []
    with place.staged(output) as stage:
        built = stage / "site"
        _config.cache_clear()
        # MkDocs keeps hooks.py, and what that has read, for as long as the process lives.
        config_options.Hooks._load_hook.cache_clear()
        plugin: Any = _config(root).plugins["i18n"]
        locales = list(plugin.build_languages)
        if only and only not in locales:
            raise Faulty(
                [
                    Fault(
                        "mkdocs.yml",
                        0,
                        f"the site has no language '{only}'",
                        f"use one of {', '.join(locales)}",
                    )
                ]
            )
        work = [partial(_detect, root, locales)] if detect else []  # what takes longest comes first
        locales = [only] if only else locales
        index = None if keep else stage / "index"
        work += [partial(_build_locale, root, built, index, locale) for locale in locales]
        for found in _spread(work):
            faults += found
        if errors(faults):
            raise Faulty(faults)
        (built / "sitemap.xml.gz").unlink(missing_ok=True)  # MkDocs's bears the time
        if index:
            search_index.merge(index, built)
        if compressed:
            plain = [file for file in sorted(built.rglob("*")) if compress.is_text(file)]
            _spread([partial(compress.file, str(file)) for file in plain])
        if keep and output.is_dir():
            place.merge(built, output)
            place.write_list(output)
        else:
            place.write_list(built)
            place.put(built, output)
    return bounded(faults)


def _spread(work: list[partial[T]]) -> list[T]:
    """Do the work on the cores there are, where there is enough of it to be worth a process."""
    workers = min(os.cpu_count() or 1, len(work) // WORTH_A_PROCESS)
    if workers < 2:
        return [part() for part in work]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(_do, work, chunksize=max(1, len(work) // (workers * 16))))


def _do(part: partial[T]) -> T:
    return part()


def _detect(root: Path, locales: list[str]) -> list[Fault]:
    source = _config(root).plugins["i18n"].default_language
    ordered = [source, *(tag for tag in locales if tag != source)]
    return language_check.check_tree(root / "docs", ordered, root / ".cache" / "languages.txt")


@cache  # for one run: a process that is forked off has it already
def _config(root: Path) -> Any:
    # Before MkDocs reads it, which tells of some of this in many lines, and of some not at all.
    found = errors(settings.check(settings.read(texts.read(root / "mkdocs.yml", "mkdocs.yml"))))
    if found:
        raise Faulty(found)
    log = _Listener(root)
    with log:
        try:
            config = load_config(str(root / "mkdocs.yml"), strict=True)
        except (ConfigurationError, Abort) as error:
            raise Faulty(log.faults or [Fault("mkdocs.yml", 0, _one_line(error), "mend it there")]) from None
    if log.faults:
        raise Faulty(log.faults)
    return config


def _build_locale(root: Path, folder: Path, index: Path | None, locale: str) -> list[Fault]:
    """Build one language by itself: the plugin would make every page anew for every pair of languages.

    In: the project's folder; those to write the pages and, perhaps, the index of the search to; the locale.
    """
    config = _config(root)
    plugin: Any = config.plugins["i18n"]
    plugin.current_language = locale
    plugin.building = True
    for language in plugin.config.languages:
        language.build = language.locale == locale
    config.site_dir = str(folder)
    hooks = next(iter(config.hooks.values()))
    listener = _Listener(root)
    source = plugin.default_language
    others = set(plugin.all_languages) - {locale, source}
    with (
        listener,
        patch.object(utils, "clean_directory"),  # the languages share a folder
        patch.object(os, "walk", _walk_without(root / "docs", others)),
    ):
        try:
            mkdocs_build(config)
        except Faulty as faulty:
            return faulty.faults
        except (Abort, MkDocsException) as error:
            if not errors([*hooks.faults, *listener.faults]):
                listener.faults.append(Fault("mkdocs.yml", 0, _one_line(error), "mend it there"))
        except TemplateError as error:
            file = Path(getattr(error, "filename", None) or root / "overrides").resolve()
            path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
            return [Fault(path, getattr(error, "lineno", 0), _one_line(error.message), "mend it there")]
    found = [*hooks.faults, *(fault for fault in listener.faults if not _follows(fault, hooks.unread))]
    if index and not errors(found):
        search_index.part(folder, None if locale == source else locale, others, index / locale)
    return found


def _follows(fault: Fault, unread: set[str]) -> bool:
    """True for an anchor that is missing only because its page has a fault of its own."""
    missing = _NO_ANCHOR.search(fault.what)
    return missing is not None and missing["doc"] in unread


def _walk_without(docs: Path, others: set[str]) -> Callable[..., Iterator[tuple[str, list[str], list[str]]]]:
    """`os.walk` that leaves out what editors left, and the folders of other languages.

    With those, time would grow with the square of languages.
    """
    walk = os.walk

    def shorter(top: str, *args: Any, **options: Any) -> Iterator[tuple[str, list[str], list[str]]]:
        for folder, folders, files in walk(top, *args, **options):
            left_out = others if folder == str(docs) else ()
            folders[:] = [
                name for name in folders if name not in left_out and not leftovers.passed_over(name)
            ]
            yield folder, folders, [name for name in files if not leftovers.passed_over(name)]

    return shorter


class _Listener(logging.Handler):
    """Turns what MkDocs warns of (broken links and anchors, pages left out) into faults with a line."""

    def __init__(self, root: Path) -> None:
        super().__init__(logging.WARNING)
        self.root = root
        self.faults: list[Fault] = []
        self.logger = logging.getLogger(utils.__name__.partition(".")[0])

    def emit(self, record: logging.LogRecord) -> None:
        """A record of MkDocs's own; those of our hooks have been counted there."""
        message = record.getMessage()
        if "safepage" in record.name or message.startswith(("Error reading page", "Error building page")):
            return
        if 'not included in the "nav"' in message:
            what = "no menu leads to this page: readers would not find it"
            for name in _LISTED.findall(message):
                page = name.partition("/")[2]
                todo = f"add {page} below nav in mkdocs.yml, or delete the page"
                self.faults.append(Fault(f"docs/{name}", 0, what, todo))
            return
        if message.startswith("A reference to '"):
            return  # an entry of nav, which navigation.py has told with its line
        file, link = _FILE.search(message), _LINK.search(message)
        path = f"docs/{file['file']}" if file else "mkdocs.yml"
        line = 0
        if setting := _SETTING.match(message):
            line = self.line_of_setting(*_QUOTED.findall(message, setting.end()), setting[1])
        if link and (self.root / path).is_file():
            lines = (self.root / path).read_text(encoding="utf-8", errors="replace").splitlines()
            line = next((n for n, text in enumerate(lines, 1) if link["link"] in text), 0)
        todo = "write a link to a page or an anchor that exists" if link else "mend it there"
        self.faults.append(Fault(path, line, _one_line(message), todo))

    def line_of_setting(self, *names: str) -> int:
        """The first line of mkdocs.yml that begins with one of these names, the first that has one."""
        lines = texts.read(self.root / "mkdocs.yml", "mkdocs.yml").splitlines()
        for name in names:
            begins = re.compile(rf"\s*(?:- *)?[\"']?{re.escape(name)}\b")
            if found := next((n for n, text in enumerate(lines, 1) if begins.match(text)), 0):
                return found
        return 0

    def __enter__(self) -> _Listener:
        self.logger.addHandler(self)
        self.propagate, self.logger.propagate = self.logger.propagate, False
        return self

    def __exit__(self, *_: object) -> None:
        self.logger.removeHandler(self)
        self.logger.propagate = self.propagate


def _one_line(error: object) -> str:
    return " ".join(str(error).split()).rstrip(".")


def run(options: argparse.Namespace) -> int:
    """The command: 0 when the site was written, 1 with a line for each error."""
    root: Path = options.project
    output = options.output or root / "site"
    try:
        warnings = build(root, output, only=options.language, compressed=not options.plain, detect=True)
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
