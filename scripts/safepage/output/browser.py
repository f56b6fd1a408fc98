"""The Chromium, Chrome or Edge of this computer, which prints pages and takes pictures of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# No updates, no reports, no first-run pages: it talks to the pages at hand alone.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
    # Chromium's sandbox refuses to start as root, as in containers.
    *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
)
PLACES = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
        r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
        r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
    ),
}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
SECONDS = 60


def first(places: Sequence[str], names: Sequence[str]) -> str | None:
    """The first program that is there: one of the files (%NAMES% expanded), else one of the commands."""
    found = [place for place in map(os.path.expandvars, places) if Path(place).is_file()]
    return next(iter([*found, *filter(None, map(shutil.which, names))]), None)


def find() -> str | None:
    """The program; None where there is none."""
    return first(PLACES.get(sys.platform, ()), NAMES)


def find_printer() -> str | None:
    """The program that prints pages soonest: Debian's Chromium without windows, else what `find` gives."""
    return shutil.which("chromium-headless-shell") or find()


def print_page(program: str, page: Path, target: Path) -> None:
    """Print a page of a built site as PDF, in the size that its style sheet asks for. Raises OSError.

    In: the program that `find` gave, the HTML file, the PDF to write.
    """
    options = ["--headless", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    profile = target.with_suffix(".profile")  # of its own: another window of this browser may be open
    command = [program, *QUIET, *options, f"--user-data-dir={profile}", page.as_uri()]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise OSError(f"{Path(program).name} took more than {SECONDS} seconds") from None
    finally:
        shutil.rmtree(profile, ignore_errors=True)
    if not target.is_file():
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise OSError(f"{Path(program).name} printed nothing ({said[-1] if said else done.returncode})")
