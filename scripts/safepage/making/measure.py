"""Measures the site beside its neighbours: the same texts, the same machine, the same run.

    python3 scripts/manage.py measure                  tables, as in the README
    python3 scripts/manage.py measure --only levels    one table; --only hugo: ours beside one neighbour
    python3 scripts/manage.py measure --json           the same figures for programs

Takes about half an hour. Other work on the machine makes times longer, for all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from safepage.making.measuring import (
    audits,
    building,
    editing,
    levels,
    loading,
    peers,
    projects,
    rebuilding,
    report,
    tapping,
)
from safepage.making.measuring.building import Build
from safepage.making.measuring.served import served
from safepage.making.repository import ROOT
from safepage.output import browser as programs

PAGES = 20  # in each language of a project that is measured for its size
LARGE = "30"  # languages
GROWTH = ("5", "15", LARGE, "60")
PAGE = "recognise/"  # the page that is opened: the one with most in it
EDITED = "advice"
AUDITED = ("", PAGE)
HEAVIEST = 5
NUMBER = "112"


class Progress:
    """Says on standard error what is being done, and since when."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def __call__(self, what: str) -> None:
        print(f"{time.monotonic() - self.began:5.0f} s  {what} ...", file=sys.stderr, flush=True)


class Work:
    """Projects of a `size` ("site", or so many languages) and what each generator makes of them."""

    def __init__(self, folder: Path, names: list[str], browser: Browser, say: Callable[[str], None]) -> None:
        self.folder, self.names, self.browser, self.say = folder, names, browser, say
        self.builds: dict[tuple[str, str], Build] = {}

    def project(self, size: str, name: str = "ours") -> Path:
        """The project of a generator, written at the first need."""
        folder = self.folder / size / name
        if not folder.is_dir() and name == "ours":
            own = len(projects.languages(ROOT))
            projects.ours(ROOT, folder, *((own, 0) if size == "site" else (int(size), PAGES)))
        elif not folder.is_dir():
            peers.PEERS[name].write(self.project(size), folder)
        return folder

    def build(self, size: str, name: str) -> Build:
        """How long the first build takes."""
        if (size, name) not in self.builds:
            project = self.project(size, name)
            self.say(f"{self.title(size)}: {peers.PEERS[name].title}")
            self.builds[size, name] = peers.PEERS[name].build(project, self.output(size, name))
        return self.builds[size, name]

    def again(self, size: str, name: str) -> Build:
        """How long it takes once a page is edited."""
        self.build(size, name)
        own = projects.languages(self.project(size))
        projects.edit(self.project(size, name) / peers.PEERS[name].file(own[1], EDITED, own[0]))
        self.say(f"{self.title(size)}, after an edit: {peers.PEERS[name].title}")
        return peers.PEERS[name].build(self.project(size, name), self.output(size, name))

    def copy(self, size: str, name: str) -> Path:
        """A project of ours under another name, which nothing was built of."""
        folder = self.folder / size / name
        shutil.copytree(self.project(size), folder, ignore=shutil.ignore_patterns(".cache"))
        return folder

    def output(self, size: str, name: str) -> Path:
        """The folder of a built site."""
        return self.folder / size / f"built-{name}"

    def sites(self, path: str) -> Iterator[tuple[str, Path, str]]:
        """The site as each generator that could made it, and the address of a page of the first language."""
        for name in self.names:
            if not self.build("site", name).trouble:
                yield name, self.output("site", name), peers.PEERS[name].first + path

    def title(self, size: str) -> str:
        """What a size is called."""
        return f"the site, {self.pages} pages" if size == "site" else f"{size} languages × {PAGES} pages"

    @cached_property
    def pages(self) -> int:
        """How many pages the site has."""
        return len(projects.page_paths(self.project("site")))


def _view(work: Work) -> dict[str, Any]:
    found = {}
    for name, folder, path in work.sites(PAGE):
        work.say(f"first view on a poor line, {loading.LOADS} times: {peers.PEERS[name].title}")
        found[name] = asdict(loading.view(work.browser, folder, path))
    return found


def _line(work: Work) -> dict[str, Any]:
    found = {}
    for name, folder, path in work.sites(PAGE):
        work.say(f"a bad line and an old phone, {tapping.LOADS} times: {peers.PEERS[name].title}")
        found[name] = asdict(tapping.tapping(work.browser, folder, path, NUMBER))
    return found


def _cut(work: Work) -> list[dict[str, Any]]:
    work.build("site", "ours")
    work.say("a page cut after each kB")
    file = work.output("site", "ours") / PAGE / "index.html"
    return [asdict(cut) for cut in tapping.cuts(work.browser, file, NUMBER)]


def _lighthouse(work: Work) -> dict[str, Any]:
    found = {}
    chrome = work.browser.browser_type.executable_path
    for name, folder, _ in work.sites(PAGE):
        work.say(f"Lighthouse: {peers.PEERS[name].title}")
        home = "" if name == "hugo" else peers.PEERS[name].first
        with served(folder) as address:
            urls = [f"{address}/{home}", f"{address}/{peers.PEERS[name].first}{PAGE}"]
            done = audits.audits(urls, _chrome() or chrome, list(programs.QUIET))
        found[name] = {path or "/": asdict(audit) for path, audit in zip(AUDITED, done, strict=True)}
    return found


def _build(work: Work) -> dict[str, Any]:
    found = {}
    for size in ("site", LARGE):
        builds = {name: asdict(work.build(size, name)) for name in work.names}
        edited = {name: asdict(work.again(size, name)) for name in work.names}
        work.say(f"{work.title(size)}, with compressed copies")
        project = work.copy(size, "compressed")
        packed = asdict(building.ours(project, work.output(size, "compressed"), compressed=True))
        found[work.title(size)] = {"cold": builds, "edited": edited, "compressed": packed}
    return found


def _rebuild(work: Work) -> dict[str, Any]:
    found = {}
    for size in ("site", LARGE):
        project = work.copy(size, "again")
        source, own, *_ = projects.languages(project)
        pages = {f"a page edited in {tag}": project / f"docs/{tag}/{EDITED}.md" for tag in (own, source)}
        work.say(f"built again: {work.title(size)}")
        made = rebuilding.rebuilds(project, work.output(size, "again"), pages)
        found[work.title(size)] = {name: asdict(build) for name, build in made.items()}
    return found


def _growth(work: Work) -> dict[str, Any]:
    return {
        size: {
            "pages": len(projects.page_paths(work.project(size))),
            "builds": {name: asdict(work.build(size, name)) for name in work.names},
        }
        for size in GROWTH
    }


def _levels(work: Work) -> dict[str, Any]:
    work.build("site", "ours")
    work.say("levels of compression")
    return {name: asdict(level) for name, level in levels.levels(work.output("site", "ours")).items()}


def _edit(work: Work) -> dict[str, Any]:
    found = {}
    own = projects.languages(ROOT)
    for name, size in (("site", "site"), ("large", LARGE)):
        project = work.copy(size, "served")
        building.ours(project, work.output(size, "served"))
        work.say(f"from a saved file to the screen: {work.title(size)}")
        found[name] = editing.edit_to_screen(work.browser, project, own[1])
    return found


def _heaviest(work: Work) -> dict[str, int]:
    work.build("site", "ours")
    return dict(list(loading.weights(work.output("site", "ours")).items())[:HEAVIEST])


TABLES: dict[str, Callable[[Work], Any]] = {
    "view": _view,
    "line": _line,
    "cut": _cut,
    "lighthouse": _lighthouse,
    "build": _build,
    "rebuild": _rebuild,
    "growth": _growth,
    "levels": _levels,
    "edit": _edit,
    "heaviest": _heaviest,
}
NAMES = (*TABLES, *(name for name in peers.PEERS if name != "ours"))


def measure(folder: Path, only: list[str], say: Callable[[str], None]) -> dict[str, Any]:
    """The figures, as `report.py` prints them. In: an empty folder; names of NAMES; who hears of each step.

    Without a table's name among them all are made; without a neighbour's, all are measured.
    """
    wanted = [name for name in peers.PEERS if name in only] or list(peers.PEERS)
    say("what is needed")
    names, absent = peers.chosen(["ours", *(name for name in wanted if name != "ours")])
    found: dict[str, Any] = {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}",
        "absent": absent,
    }
    with _browser() as browser:
        work = Work(folder, names, browser, say)
        for table in [name for name in TABLES if name in only] or TABLES:
            found[table] = TABLES[table](work)
    return found


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chrome(), args=list(programs.QUIET))
        try:
            yield browser
        finally:
            browser.close()


def _chrome() -> str | None:
    return shutil.which("chromium-headless-shell") or programs.find()


def run(options: argparse.Namespace) -> int:
    """The command: 0 when all was measured, 2 for a name that there is none of."""
    if unknown := [name for name in options.only if name not in NAMES]:
        print(f"measure: there is no {unknown[0]!r} to measure: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    # In here, since Astro wants a project and its packages in one folder.
    place = ROOT / ".cache"
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="measure-", dir=place, ignore_cleanup_errors=True) as folder:
        found = measure(Path(folder), options.only, Progress())
    print(json.dumps(found, indent=1, ensure_ascii=False) if options.json else report.tables(found))
    return 0
