"""The command `check`: builds the site and looks at it in a real browser."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import tempfile
from pathlib import Path

from safepage import build
from safepage.faults import Faulty

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
        return int(pytest.main(words))
