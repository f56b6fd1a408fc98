"""Starts the live server on what is kept of other builds, saves files, and waits until a browser shows it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from playwright.sync_api import Browser, Error, Page

from safepage.launcher.venv import child_environment
from safepage.making.measuring import projects
from safepage.page import grammar

EDITS = 3
STARTS = 3
IDLE = 20.0  # seconds without a save, in which the server is watched
_START = 120  # seconds in which the first page has to be there
_SHOWN = 60  # seconds after which an edit counts as lost
_REST = 4  # seconds between two edits, as a person makes them
_SETTLED = 20  # seconds after which all languages are built, when all is kept


def edit_to_screen(browser: Browser, project: Path, locale: str) -> dict[str, float | None]:
    """Serve a project and edit it: seconds, each the shortest of some, as other work only makes it longer.

    "start": from the command to the first page; from a save to the screen: "page", "style", "gone" (a page
    taken away), "settings"; "idle": the share of a core that waiting takes, None where the system doesn't
    tell. In: a project of ours that may be written to and was built; the language of the page that is edited
    and looked at. Raises RuntimeError if it is not served or an edit is not shown.
    """
    starts = []
    for _ in range(STARTS):
        with _served(project) as (_, _, seconds):
            starts.append(seconds)
    with _served(project) as (address, pid, _):
        page = browser.new_page()
        page.goto(f"{address}{locale}/advice/")
        return {
            "start": min(starts),
            "page": _text(page, project, locale),
            "style": _style(page, project),
            "gone": _gone(page, project, locale),
            "settings": _settings(page, project, locale),
            "idle": _idle(pid),
        }


@contextmanager
def _served(project: Path) -> Iterator[tuple[str, int, float]]:
    """A server of the project: its address, its process, the seconds until the first page was there."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "safepage", "serve", "--port", "0"],
        cwd=project,
        env=child_environment(project),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        address = _address(process)
        with urllib.request.urlopen(address, timeout=_START) as answer:  # noqa: S310 (our own)
            answer.read()
        yield address, process.pid, time.monotonic() - began
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

    return _shortest(page, save)


def _style(page: Page, project: Path) -> float:
    file = project / "overrides/style/type.css"
    style = file.read_text(encoding="utf-8")

    def save(number: int) -> str:
        file.write_text(f"{style}\nh1 {{ color: rgb({number}, 2, 3) }}\n", encoding="utf-8", newline="\n")
        shown = "document.querySelector('h1') && getComputedStyle(document.querySelector('h1')).color"
        return f"({shown}) === 'rgb({number}, 2, 3)'"

    return _shortest(page, save)


def _wait(page: Page, condition: str) -> None:
    """Until it holds in the page. Asks from outside: the page's policy lets it evaluate nothing."""
    end = time.monotonic() + _SHOWN
    while time.monotonic() < end:
        with contextlib.suppress(Error):  # asked while the page is loaded anew
            if page.evaluate(condition):
                return
        time.sleep(0.02)
    raise RuntimeError("a saved file is not shown")


def _gone(page: Page, project: Path, locale: str) -> float:
    """A page that a translation lacks is shown in the source's words; then it comes again."""
    file = project / "docs" / locale / "advice.md"
    text = file.read_text(encoding="utf-8")
    own = page.evaluate("document.querySelector('h1').innerText")

    def save(number: int) -> str:
        if number % 2:
            file.unlink()
        else:
            file.write_text(text, encoding="utf-8", newline="\n")
        same = "===" if number % 2 == 0 else "!=="
        return f"document.querySelector('h1') && document.querySelector('h1').innerText {same} {own!r}"

    return _shortest(page, save)


def _settings(page: Page, project: Path, locale: str) -> float:
    """A language has another name, by which the chooser of every page calls it."""
    file = project / "mkdocs.yml"
    settings = projects.settings_of(project)
    plugins = {name: options for plugin in settings["plugins"] for name, options in plugin.items()}
    entry = next(entry for entry in plugins["i18n"]["languages"] if entry["locale"] == locale)

    def save(number: int) -> str:
        entry["name"] = f"Our {'abc'[number % 3]} words"
        text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
        file.write_text(text, encoding="utf-8", newline="\n")
        return f"document.body && document.body.textContent.includes({entry['name']!r})"

    return _shortest(page, save)


def _idle(pid: int) -> float | None:
    time.sleep(_SETTLED)
    before = _processor(pid)
    time.sleep(IDLE)
    after = _processor(pid)
    return None if before is None or after is None else (after - before) / IDLE


def _processor(pid: int) -> float | None:
    """Seconds of processor time of a process so far; None where the system doesn't tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _shortest(page: Page, save: Callable[[int], str]) -> float:
    times = []
    for number in range(1, EDITS + 1):
        time.sleep(_REST)
        began = time.monotonic()
        _wait(page, save(number))
        times.append(time.monotonic() - began)
    return min(times)
