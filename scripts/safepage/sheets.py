"""The command `sheets`: builds the site and prints the poster and the card of each language."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from safepage import build
from safepage.faults import Faulty
from safepage.output import browser, pdf
from safepage.translations import catalogue

NO_BROWSER = (
    "sheets: there is no browser that prints. Install Chromium, Google Chrome or Microsoft Edge "
    "(on Debian or Ubuntu: sudo apt install chromium), then run the same command again."
)


def run(options: argparse.Namespace) -> int:
    """The command: 0 when all were written, 1 with a line for each error; then none was."""
    project: Path = options.project
    target = options.output or project / "sheets"
    program = browser.find_printer()
    if program is None:
        print(NO_BROWSER, file=sys.stderr)
        return 1
    cache = project / ".cache"
    cache.mkdir(exist_ok=True)
    try:
        # Below the project: some systems give a browser a folder /tmp of its own.
        with tempfile.TemporaryDirectory(dir=cache, ignore_cleanup_errors=True) as folder:
            site = Path(folder) / "site"
            build.build(project, site)
            made = pdf.make(program, site, catalogue.read(project).source, target, Path(folder))
    except Faulty as faulty:
        print(*faulty.faults, sep="\n", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"sheets: {error}. Nothing was written.", file=sys.stderr)
        return 1
    print(*(file.name for file in made), sep="\n")
    print(f"They are in {target}.", file=sys.stderr)
    return 0
