"""Measures the site beside stock Material and Zensical: the same content, the same machine, the same run.

    python3 scripts/manage.py measure           tables, as in the README
    python3 scripts/manage.py measure --json    the same figures for programs

Takes about five minutes. Other work on the machine makes times longer, for all of them.
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
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from safepage.making.measuring import audits, building, editing, loading, projects, report
from safepage.making.measuring.served import served
from safepage.making.repository import ROOT
from safepage.output import browser as programs

LARGE = (30, 20)  # languages, pages in each
GROWTH = (5, 15, 30, 60)  # languages, with as many pages
PAGE = "recognise/"  # the page that is opened: the one with most in it
AUDITED = ("", PAGE)
HEAVIEST = 5


class Progress:
    """Says on standard error what is being done, and how far it is."""

    def __init__(self, steps: int) -> None:
        self.steps, self.step, self.began = steps, 0, time.monotonic()

    def __call__(self, what: str) -> None:
        self.step += 1
        passed = time.monotonic() - self.began
        print(f"[{self.step:2}/{self.steps}] {passed:4.0f} s  {what} ...", file=sys.stderr, flush=True)


def measure(folder: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """All figures, as `report.py` prints them. In: an empty folder to work in; who hears of each step."""
    venv, why = building.zensical_environment()
    say("Zensical is ready" if venv else f"Zensical can't be had ({why})")
    count = len(projects.page_paths(ROOT))
    found: dict[str, Any] = {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}",
        "pages": count,
        "large": {"languages": LARGE[0], "pages": LARGE[1]},
        "zensical": why,
    }
    small, large = folder / "site", folder / "large"
    found["build"] = {"site": _builds(ROOT, small, venv, say, f"the site, {count} pages")}
    size = f"{LARGE[0]} languages × {LARGE[1]} pages"
    projects.ours(ROOT, large / "project", *LARGE)
    found["build"]["large"] = _builds(large / "project", large, venv, say, size)
    say(f"{size}, with compressed copies")
    found["build"]["compressed"] = asdict(
        building.ours(large / "project", large / "compressed", compressed=True)
    )
    found["growth"] = _growth(folder, large, found["build"]["large"]["ours"], say)
    found["heaviest"] = dict(list(loading.weights(small / "ours").items())[:HEAVIEST])
    with _browser() as (browser, chrome):
        found["view"] = _views(browser, small, say)
        found["edit"] = _edits(browser, folder, large / "project", say)
    found["lighthouse"] = _audits(chrome, small, say)
    return found


def _builds(
    project: Path, folder: Path, venv: Path | None, say: Callable[[str], None], what: str
) -> dict[str, Any]:
    """Build the pages of a project with each generator, into the folders ours, stock and zensical."""
    folder.mkdir(parents=True, exist_ok=True)
    say(f"{what}: ours")
    done = {"ours": building.ours(project, folder / "ours")}
    say(f"{what}: stock Material")
    projects.stock(project, folder / "stock-project")
    done["stock"] = building.mkdocs(folder / "stock-project", folder / "stock")
    if venv:
        say(f"{what}: Zensical")
        projects.zensical(project, folder / "zensical-project")
        done["zensical"] = building.zensical(folder / "zensical-project", folder / "zensical", venv)
    return {name: asdict(build) for name, build in done.items()}


def _growth(
    folder: Path, large: Path, built: dict[str, Any], say: Callable[[str], None]
) -> dict[str, dict[str, float]]:
    found = {}
    for count in GROWTH:
        if count == LARGE[0]:
            build, project = built, large / "project"
        else:
            say(f"{count} languages × {LARGE[1]} pages")
            project = folder / f"languages-{count}"
            projects.ours(ROOT, project, count, LARGE[1])
            build = asdict(building.ours(project, folder / f"built-{count}"))
        found[str(count)] = {**build, "pages": len(projects.page_paths(project))}
    return found


def _views(browser: Browser, small: Path, say: Callable[[str], None]) -> dict[str, Any]:
    found = {}
    for name, folder, path in _sites(small, PAGE):
        say(f"first view on a poor line: {name}, {loading.LOADS} times")
        found[name] = asdict(loading.view(browser, folder, path))
    return found


def _edits(
    browser: Browser, folder: Path, large: Path, say: Callable[[str], None]
) -> dict[str, dict[str, float]]:
    own = projects.languages(ROOT)
    small = folder / "served"
    projects.ours(ROOT, small, len(own), 0)
    found = {}
    for name, project in (("site", small), ("large", large)):
        say(f"from a saved file to the screen: {name}")
        found[name] = editing.edit_to_screen(browser, project, own[1])
    return found


def _audits(chrome: str, small: Path, say: Callable[[str], None]) -> dict[str, Any]:
    found = {}
    for name, folder, _ in _sites(small, PAGE):
        say(f"Lighthouse: {name}")
        with served(folder) as address:
            first = "en/" if name == "zensical" else ""
            urls = [f"{address}/{first}{path}" for path in AUDITED]
            done = audits.audits(urls, chrome, list(programs.QUIET))
        found[name] = {path or "/": asdict(audit) for path, audit in zip(AUDITED, done, strict=True)}
    return found


def _sites(small: Path, path: str) -> list[tuple[str, Path, str]]:
    """The sites that were built, and where the page is in each: Zensical has all languages in folders."""
    names = [name for name in ("ours", "stock", "zensical") if (small / name).is_dir()]
    return [(name, small / name, f"en/{path}" if name == "zensical" else path) for name in names]


@contextmanager
def _browser() -> Any:
    own = shutil.which("chromium-headless-shell") or programs.find()
    with sync_playwright() as playwright:
        arguments = list(programs.QUIET)
        browser = playwright.chromium.launch(executable_path=own, args=arguments)
        try:
            yield browser, own or playwright.chromium.executable_path
        finally:
            browser.close()


def run(options: argparse.Namespace) -> int:
    """The command: 0 when all was measured."""
    with tempfile.TemporaryDirectory(prefix="measure-", ignore_cleanup_errors=True) as folder:
        found = measure(Path(folder), Progress(20))
    print(json.dumps(found, indent=1, ensure_ascii=False) if options.json else report.tables(found))
    return 0
