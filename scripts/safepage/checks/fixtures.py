"""What all checks share: the project at hand, one build of its site, a server for it, one browser and tab."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page

import safepage
from safepage.checks import looks
from safepage.checks.pages import Built, Project
from safepage.checks.serving import Handler, serving
from safepage.checks.visiting import Visitor
from safepage.output import browser as programs

UNDRAWN = "--disable-threaded-compositing"  # without windows, no frame is drawn then
COMMAND = [sys.executable, "-P", "-m", "safepage"]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("safepage")
    group.addoption("--project", default=".", help="the folder of the site's sources (here)")
    group.addoption("--built", help="the folder of the built site (it is built first)")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: waits more than it works, or starts a program of its own")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A check that takes `site_language` is one item for each language."""
    if "site_language" in metafunc.fixturenames:
        metafunc.parametrize("site_language", Project(_root(metafunc.config)).locales)
    if "whole_language" in metafunc.fixturenames:
        metafunc.parametrize("whole_language", Project(_root(metafunc.config)).looked_at)


def _root(config: pytest.Config) -> Path:
    return Path(config.getoption("--project")).resolve()


@pytest.fixture(scope="session")
def project(pytestconfig: pytest.Config) -> Project:
    """The project at hand."""
    return Project(_root(pytestconfig))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of one test run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Hold a lock, which the system lets go of when its holder ends, however it ends."""
    with closing(sqlite3.connect(file, timeout=600, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


@pytest.fixture(scope="session")
def site(pytestconfig: pytest.Config, project: Project, shared: Path) -> Path:
    """The folder of the site at hand, built once for the whole run. Read only."""
    if built := pytestconfig.getoption("--built"):
        return Path(built).resolve()
    folder, told = shared / "site", shared / "site.txt"
    with alone(shared / "site.lock"):
        if not told.exists():
            generator = str(Path(str(safepage.__path__[0])).parent)
            env = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": generator}
            env["SAFEPAGE_PROJECT"] = str(project.root)
            command = [*COMMAND, "build", "--output", str(folder)]
            done = subprocess.run(
                command, env=env, capture_output=True, text=True, encoding="utf-8", check=False
            )
            told.write_text(done.stdout + done.stderr, encoding="utf-8")
    if not folder.is_dir():
        pytest.fail(f"The site could not be built:\n{told.read_text(encoding='utf-8')}", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def pages(project: Project, site: Path) -> list[Built]:
    """Every page of the built site."""
    found = project.pages(site)
    assert found, "the site has no pages"
    return found


@pytest.fixture(scope="session")
def site_address(site: Path) -> Iterator[str]:
    """Where the built site is served, without a slash at the end."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def tab(browser: Browser, site_address: str) -> Iterator[Page]:
    """One tab for all tests that only look at pages: a fresh one for each takes longer than the look."""
    with browser.new_context(base_url=site_address) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


@pytest.fixture(scope="session")
def visitor(browser: Browser, project: Project, site: Path) -> Iterator[Visitor]:
    """A tab that notes what the site's pages ask for and say."""
    with visiting(browser, project, site) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def undrawn(
    launch_browser: Callable[..., Browser], browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    """A browser that lays pages out and draws none, at two thirds of the work: for whoever measures alone."""
    with launch_browser(args=[*browser_type_launch_args.get("args", ()), UNDRAWN]) as browser:
        yield browser


@pytest.fixture(scope="session")
def undrawn_tab(undrawn: Browser, site_address: str) -> Iterator[Page]:
    """A `tab` for what is measured or printed, and waits for nothing to be drawn."""
    with undrawn.new_context(base_url=site_address) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


@pytest.fixture(scope="session")
def measurer(undrawn: Browser, project: Project, site: Path) -> Iterator[Visitor]:
    """A `visitor` for whom nothing is drawn."""
    with visiting(undrawn, project, site) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def examiner(undrawn: Browser, project: Project, site: Path) -> Iterator[Visitor]:
    """A `measurer` for pages that axe looks at."""
    with visiting(undrawn, project, site, with_axe=True) as visitor:
        yield visitor


@contextmanager
def visiting(browser: Browser, project: Project, site: Path, *, with_axe: bool = False) -> Iterator[Visitor]:
    """A tab that notes what its pages ask for and say; the server is one that listens, at the site's own
    place on its host.

    In: `with_axe`, axe is in each page from the start, which takes a third of what it takes to hand it over.
    """
    with browser.new_context() as context:
        context.set_default_timeout(10_000)
        if with_axe:
            context.add_init_script(looks.AXE)
        visitor = Visitor(context.new_page())

        class Listening(Handler):
            """Playwright does not see a browser's request for an icon; the server does."""

            under = project.under

            def do_GET(self) -> None:
                visitor.asked.append(self.path.removeprefix(self.under))
                super().do_GET()

        with serving(site, Listening) as visitor.address:
            yield visitor


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_type: BrowserType, browser_name: str
) -> dict[str, Any]:
    """Playwright's own Chromium where it is installed, else the system's; quiet, whichever."""
    if browser_name != "chromium" or "channel" in browser_type_launch_args:
        return browser_type_launch_args
    chosen: dict[str, Any] = {}
    if not Path(browser_type.executable_path).exists():
        # A shell without windows is the same browser at two thirds of the work.
        program = programs.first((), ["chromium-headless-shell"]) or programs.find()
        if not program:
            todo = "Install Chromium, Google Chrome or Microsoft Edge, then run the same command again"
            pytest.fail(f"There is no browser to look with. {todo}", pytrace=False)
        chosen = {"executable_path": program}
    arguments = [*programs.QUIET, *browser_type_launch_args.get("args", [])]
    return {**browser_type_launch_args, **chosen, "args": arguments}
