"""The command `check`: builds the site and looks at it in a real browser."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from safepage import build
from safepage.faults import Faulty
from safepage.output import browser

NEEDED = ("pytest", "pytest_playwright", "playwright")
NOT_HERE = (
    "check: what looks at the site is not installed. Install the wheel"
    " with what it brings for this: pip install 'safepage[checks] @ file:///PATH/OF/THE/WHEEL'"
)


def run(options: argparse.Namespace) -> int:
    """The command: 0 when every promise holds, 1 with what is wrong on which page."""
    if not all(map(importlib.util.find_spec, NEEDED)):
        print(NOT_HERE, file=sys.stderr)
        return 1
    import pytest

    project: Path = options.project
    here = Path(__file__).parent
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        site = Path(folder) / "site"
        try:
            build.build(project, site)
        except Faulty as faulty:
            print(*faulty.faults, sep="\n", file=sys.stderr)
            return 1
        words = [str(here), f"--project={project}", f"--built={site}", f"--rootdir={here}", f"-c{os.devnull}"]
        words += ["-q", "--no-header", "--tb=short", "--assert=plain", "-rs", "-p", "no:cacheprovider"]
        alone = [] if os.environ.get("CI") or has_browser() else [WithoutBrowser()]
        return int(pytest.main(words, plugins=alone))


def has_browser() -> bool:
    """True if this computer has a browser that can be driven: a person's, or Playwright's own."""
    from playwright.sync_api import sync_playwright

    if browser.find_printer():
        return True
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


class WithoutBrowser:
    """Has pytest leave out what needs a browser, and say so in a line."""

    def pytest_collection_modifyitems(self, config: Any, items: list[Any]) -> None:
        """Called by pytest once all checks are known."""
        out = [item for item in items if "browser" in item.fixturenames]
        items[:] = [item for item in items if item not in out]
        config.hook.pytest_deselected(items=out)
        what = f"Left out: {len(out)} checks that look at pages in a browser, since there is none here"
        print(f"{what}. To have them, install Chromium, Google Chrome or Microsoft Edge.", file=sys.stderr)
