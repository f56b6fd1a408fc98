"""Runs a build and watches it: time, and the memory of each of its processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from safepage.launcher.venv import child_environment
from safepage.making.repository import ROOT

LONGEST = 240  # seconds that one build may take
_PAUSE = 0.1  # seconds between two looks: to add up the shared memory of processes holds them up
_MIB = 1024  # /proc counts in KiB


@dataclass(frozen=True)
class Build:
    """A build: seconds by the clock and of all processors; MiB of its largest process and of all together.

    Memory is None where the system does not tell (other than Linux); `trouble` is "" if all went well.
    """

    seconds: float
    processor: float | None
    largest: float | None
    together: float | None
    trouble: str = ""


def build(command: Sequence[str], cwd: Path, log: Path, **more: str) -> Build:
    """Run a command to its end, or for LONGEST seconds, with more variables of its environment.

    What goes wrong is told in `trouble`, not raised.
    """
    env = {**child_environment(ROOT), "SAFEPAGE_PROJECT": str(cwd), "NO_MKDOCS_2_WARNING": "1", **more}
    highest: dict[int, int] = {}
    together = 0
    before = _processor()
    began = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=output, stderr=subprocess.STDOUT)
        while not _ended(process):
            family = list(_family(process.pid))
            for pid in family:
                highest[pid] = max(highest.get(pid, 0), _kib(pid, "status", "VmHWM:"))
            together = max(together, sum(_kib(pid, "smaps_rollup", "Pss:") for pid in family))
            if time.monotonic() - began > LONGEST:
                process.kill()
                process.wait()
                return Build(LONGEST, None, None, None, f"stopped after {LONGEST} s")
    seconds = time.monotonic() - began
    after = _processor()
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    trouble = (lines[-1] if lines else "no output") if process.returncode else ""
    largest = max(highest.values(), default=0)
    return Build(
        seconds,
        after - before if before is not None and after is not None else None,
        largest / _MIB or None,
        together / _MIB or None,
        trouble,
    )


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Wait for a pause, or until the process has ended; whether it has."""
    try:
        process.wait(_PAUSE)
    except subprocess.TimeoutExpired:
        return False
    return True


def ours(project: Path, output: Path, *, compressed: bool = False) -> Build:
    """Build a project of ours."""
    plain = [] if compressed else ["--plain"]
    command = [sys.executable, "-m", "safepage", "build", "--output", str(output), *plain]
    return build(command, project, log(output))


def log(output: Path) -> Path:
    """Where what a build says is kept."""
    return output.with_name(f"{output.name}.log")


def path_with(folder: Path) -> str:
    """PATH with a folder before all others."""
    return os.pathsep.join([str(folder), os.environ.get("PATH", "")])


def _processor() -> float | None:
    """Seconds of processor time of all children that have ended, or None where the system does not tell."""
    if os.name == "nt":
        return None
    times = os.times()
    return times.children_user + times.children_system


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _kib(pid: int, file: str, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
