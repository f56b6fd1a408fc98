"""Copies a built site so that it works from a folder: a USB stick, a memory card.

The copy is made in full or not at all. Readers open `index.html` in it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from safepage.output import mirror
from safepage.output import place as output

# Of use to a server or a search engine alone. Browsers load no index from a folder: there the page of the
# search is its list of all pages.
LEFT_OUT = {"404.html", "sitemap.xml", "robots.txt", "_headers", "_redirects", "pagefind", "CNAME"}
COMPRESSED = {".gz", ".br"}


def write(site: Path, target: Path) -> int:
    """Write the copy of a built site to a new or empty folder; returns the number of its files.

    Raises FileNotFoundError where `site` holds no site, FileExistsError where `target` holds anything, and
    OSError where it can't be written.
    """
    if not (site / "index.html").is_file():
        raise FileNotFoundError(f"there is no built site in {site}")
    if target.resolve().is_relative_to(site.resolve()) or site.resolve().is_relative_to(target.resolve()):
        raise FileExistsError(f"{target} and the site lie in each other")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileExistsError(f"{target} is not empty")
    files = [file for file in sorted(site.rglob("*")) if file.is_file() and wanted(file.relative_to(site))]
    with output.staged(target) as stage:
        copy = stage / "copy"
        for file in files:
            place = copy / file.relative_to(site)
            place.parent.mkdir(parents=True, exist_ok=True)
            if file.suffix == ".html":
                place.write_bytes(mirror.page(file.read_bytes().decode()).encode())
            else:
                shutil.copyfile(file, place)
        output.put(copy, target)
    return len(files)


def wanted(file: Path) -> bool:
    """False for a file of the site (its path below the site's folder) that no reader uses."""
    plain = not any(part.startswith(".") for part in file.parts)  # the list of the build, .git, .nojekyll
    return plain and not LEFT_OUT.intersection(file.parts) and file.suffix not in COMPRESSED


def run(options: argparse.Namespace) -> int:
    """The command: 0 when the copy was written, 1 with one line when not."""
    try:
        number = write(options.site, options.target)
    except (OSError, UnicodeDecodeError) as error:
        print(f"copy: {error}. Nothing was written.", file=sys.stderr)
        return 1
    print(f"{number} files are in {options.target}. Open {options.target / 'index.html'}")
    return 0
