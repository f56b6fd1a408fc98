"""Saves a file while the site is served, and waits until a browser shows what was saved."""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Error, Page

from safepage.launcher.venv import child_environment
from safepage.page import grammar

EDITS = 3
_START = 120  # seconds in which the first build has to be there
_SHOWN = 60  # seconds after which an edit counts as lost
_REST = 4  # seconds between two edits, as a person makes them


def edit_to_screen(browser: Browser, project: Path, locale: str) -> dict[str, float]:
    """Serve a project and edit it: {"page": seconds, "style": seconds}, medians over EDITS edits each.

    In: a project of ours that may be written to, and the language of the page that is edited and looked at.
    Raises RuntimeError if it is not served or an edit is not shown.
    """
    command = [sys.executable, "-u", "-m", "safepage", "serve", "--port", "0"]
    process = subprocess.Popen(
        command,
        cwd=project,
        env=child_environment(project),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        page = browser.new_page()
        page.goto(f"{_address(process)}{locale}/advice/")
        return {"page": _text(page, project, locale), "style": _style(page, project)}
    finally:
        process.terminate()
        process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    said = ""
    began = time.monotonic()
    for line in process.stdout:
        said += line
        if line.startswith("Serving "):
            return line.split()[1]
        if time.monotonic() - began > _START:
            break
    raise RuntimeError(f"the site is not served: {said[-300:]}")


def _text(page: Page, project: Path, locale: str) -> float:
    file = project / "docs" / locale / "advice.md"
    text = file.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if (h := grammar.heading(line)) and h.level == 1)

    def save(number: int) -> str:
        file.write_text(text.replace(title, f"{title} {number}9", 1), encoding="utf-8", newline="\n")
        return (
            f"document.querySelector('h1') && document.querySelector('h1').innerText.endsWith(' {number}9')"
        )

    return _median(page, save)


def _style(page: Page, project: Path) -> float:
    file = project / "overrides/style/type.css"
    style = file.read_text(encoding="utf-8")

    def save(number: int) -> str:
        file.write_text(f"{style}\nh1 {{ color: rgb({number}, 2, 3) }}\n", encoding="utf-8", newline="\n")
        shown = "document.querySelector('h1') && getComputedStyle(document.querySelector('h1')).color"
        return f"({shown}) === 'rgb({number}, 2, 3)'"

    return _median(page, save)


def _wait(page: Page, condition: str) -> None:
    """Until it holds in the page. Asks from outside: the page's policy lets it evaluate nothing."""
    end = time.monotonic() + _SHOWN
    while time.monotonic() < end:
        with contextlib.suppress(Error):  # asked while the page is loaded anew
            if page.evaluate(condition):
                return
        time.sleep(0.02)
    raise RuntimeError("a saved file is not shown")


def _median(page: Page, save: Callable[[int], str]) -> float:
    times = []
    for number in range(1, EDITS + 1):
        time.sleep(_REST)
        began = time.monotonic()
        _wait(page, save(number))
        times.append(time.monotonic() - began)
    return statistics.median(times)
