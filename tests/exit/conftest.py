"""One browser of each engine for all tests of the exit; for each test a new copy, for many a new tab."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from reader import Reader
from selenium.webdriver.remote.webdriver import WebDriver
from servers import Servers

import engines

# Lets a test read Firefox's history and restore a closed tab.
os.environ["MOZ_REMOTE_ALLOW_SYSTEM_ACCESS"] = "1"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each engine's tests run on one worker, so that they share the browser."""
    if "engine" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("only")
        names = only.args if only else tuple(engines.ENGINES)
        marked = [pytest.param(name, marks=pytest.mark.xdist_group(f"exit-{name}")) for name in names]
        metafunc.parametrize("engine", marked, scope="session")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "only(*engines): runs in these engines, since the others offer no way to see it"
    )
    config.addinivalue_line(
        "markers", "any_tab: looks at nothing that was in the tab before, and so needs no new one"
    )


@pytest.fixture(scope="session")
def left_site(request: pytest.FixtureRequest) -> Path:
    """The site to test: this repository's, or the one that EXIT_SITE names (see breaks.py)."""
    named = os.environ.get("EXIT_SITE")
    return Path(named) if named else request.getfixturevalue("site")


@pytest.fixture(scope="session")
def driver(engine: str) -> Iterator[WebDriver]:
    with engines.driving(engine) as driver:
        driver.set_page_load_timeout(4)
        driver.set_script_timeout(10)
        yield driver


@pytest.fixture
def copy(left_site: Path) -> Iterator[Servers]:
    with Servers(left_site) as servers:
        yield servers


@pytest.fixture
def reader(driver: WebDriver, engine: str, copy: Servers, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader in a new tab, or in the browser's first one: each copy has an address of its own."""
    first = driver.current_window_handle
    reader = Reader(driver, engine, copy)
    if not request.node.get_closest_marker("any_tab"):
        reader.new_tab()
    yield reader
    copy.release()
    for tab in driver.window_handles:
        if tab != first:
            driver.switch_to.window(tab)
            driver.close()
    driver.switch_to.window(first)
