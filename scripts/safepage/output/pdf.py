"""The poster and the card of each language as PDF, for the printer of an office or of a shop."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from safepage.output import browser

KINDS = ("poster", "card")


def pages(site: Path, source: str) -> dict[str, Path]:
    """The sheets of a built site: the name of each PDF, such as "poster-nl.pdf", and its page."""
    found = {}
    for kind in KINDS:
        for file in sorted(site.glob(f"**/{kind}/index.html")):
            folder = file.parent.parent
            locale = source if folder == site else folder.name
            found[f"{kind}-{locale}.pdf"] = file
    return found


def make(program: str, site: Path, source: str, target: Path, work: Path) -> list[Path]:
    """Print the sheets of a built site into a folder: all or none. Returns the files. Raises OSError.

    In: the browser (`browser.find_printer`), the site and its source's locale, the folder to write to, one
    to work in.
    """
    found = pages(site, source)

    def printed(name: str) -> Path:
        browser.print_page(program, found[name], work / name)
        return work / name

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = list(pool.map(printed, found))
    target.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copy(file, target)) for file in made]
