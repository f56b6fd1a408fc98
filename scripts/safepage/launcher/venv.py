"""A virtual environment: what stands where in it, what programs in it are given, who may change it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from safepage import command
from safepage.output import held

# Settings for another Python, and those that would have each start read our own code anew (half a second).
_OF_ANOTHER = frozenset(
    (
        *("PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH", "PYTHONOPTIMIZE", "PYTHONWARNINGS"),
        *("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "__PYVENV_LAUNCHER__"),
    )
)


class Trouble(Exception):
    """Set-up can't go on; the message is one line that says what to do."""


def say(line: str) -> None:
    """Print one line at once, on standard error: what a command is asked for stands alone on the other."""
    print(line, file=sys.stderr, flush=True)


def python_of(venv: Path) -> Path:
    """The Python inside a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def program_of(venv: Path, name: str) -> Path:
    """A program that a package has put into a virtual environment."""
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def site_packages(venv: Path) -> Path | None:
    """Where a virtual environment keeps its packages, or None when it is broken."""
    found = list(venv.glob("Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages"))
    return found[0] if len(found) == 1 else None


def child_environment(root: Path) -> dict[str, str]:
    """The environment of programs inside `.venv`: the project in `root`, UTF-8, nothing of another Python."""
    kept = {k: v for k, v in os.environ.items() if k not in _OF_ANOTHER}
    path = {} if command.is_begun(root) else {"PYTHONPATH": str(root / "scripts")}
    return {**kept, **path, "PYTHONUTF8": "1", "SAFEPAGE_PROJECT": str(root)}


@contextmanager
def one_at_a_time(
    path: Path, told: str = "Another command is setting up .venv: waiting for it."
) -> Iterator[IO[bytes]]:
    """Hold a lock that the system itself lets go of when the holder ends, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        waited = False
        while not held.lock(file):
            if not waited:
                say(told)
            waited = True
            time.sleep(0.2)
        yield file
