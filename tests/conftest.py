"""What all tests share: one real build of the site, a server for it, a browser."""

from __future__ import annotations

import gc
import signal
from typing import Any

import pytest
from _pytest.nodeid import NodeId

from environment import ROOT
from safepage.launcher.environment import link

# One build of the site, a server for it, one browser: shared with the checks that hold for every site.
pytest_plugins = ["safepage.checks.fixtures"]

BROWSER_FIXTURES = {"page", "tab", "context", "new_context", "browser", "base_url"}
BROWSER_FIXTURES |= {"visitor", "undrawn", "undrawn_tab", "measurer", "examiner"}


def pytest_configure(config: pytest.Config) -> None:
    """In the background (`nohup … &`) a run ignores Ctrl-C; what the tests start must heed it.

    And they find the plugin in a `.venv` from before there was one.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        link(ROOT)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What one worker has to do alone first, the exit in each engine; it waits more than it works. Then the
    quick tests, and those that open a browser."""
    if config.getoption("quick"):
        left_out = [item for item in items if place(item)]
        items[:] = [item for item in items if not place(item)]
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT_OUT] = len(left_out)
    if config.getoption("loadgroup", False):
        group(items)
    items.sort(key=lambda item: (not in_engine(item), place(item)))


def pytest_collection_finish() -> None:
    """What is loaded now stays: to look through it for garbage over and over is a tenth of the work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def place(item: pytest.Item) -> int:
    """0: opens no browser, starts nothing; 1: waits more than it works; 2: a browser, or the whole site."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("slow") or "engine" in fixtures or SERVER_FIXTURES & fixtures:
        return 1
    return 2 if (BROWSER_FIXTURES | WHOLE_SITES) & fixtures else 0


def in_engine(item: pytest.Item) -> bool:
    """True for a test of the exit in one of the engines."""
    return "engine" in getattr(item, "fixturenames", ())


def group(items: list[pytest.Item]) -> None:
    """Have one worker run what shares a costly thing, by the name of its `xdist_group`.

    xdist 3.8.0 puts that name where pytest 9.2 no longer looks for it (`_nodeid`), and so groups nothing.
    """
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark and "@" not in item.nodeid.rpartition("]")[2]:
            item._id = NodeId.parse(f"{item.nodeid}@{mark.args[0]}")


SERVER_FIXTURES = {"server", "caddy", "served", "driver"}
WHOLE_SITES = {"site", "left_site", "begun_sites"}
LEFT_OUT = pytest.StashKey[int]()  # how many tests `--quick` left out


def pytest_addoption(parser: pytest.Parser) -> None:
    about = "no test that builds the whole site, opens a browser, starts a server or tries thousands of texts"
    parser.getgroup("this project").addoption("--quick", action="store_true", help=about)


def pytest_sessionstart() -> None:
    """How long an example takes says more of the machine's load than of the code."""
    from hypothesis import settings

    settings.register_profile("any machine", deadline=None)
    settings.load_profile("any machine")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells what it left out to the process that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """All workers leave out the same."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what tests have to tell although they passed: `record_property("told", line)`."""
    for report in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for name, line in report.user_properties:
            if name == "told" and report.when == "call":
                terminalreporter.write_line(str(line))
    if number := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"Left out by --quick: {number} tests that build the whole site, open a browser, start a server, "
            "make an environment or try thousands of texts."
        )


@pytest.fixture(scope="session")
def base_url(site_address: str) -> str:
    """`page.goto("/nl/")` starts from the site."""
    return site_address
