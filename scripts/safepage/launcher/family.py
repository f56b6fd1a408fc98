"""The processes that a run has started, whatever became of their parents, and their end.

A test that fails, a worker that dies or Ctrl-C would else leave servers and browsers behind.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

_BE_PARENT_OF_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER, see prctl(2)
PATIENCE = 3.0  # seconds that a process has to end when it is asked to


def adopt() -> None:
    """From now on, whoever loses its parent below this process becomes its child (on Linux; else nothing)."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_BE_PARENT_OF_ORPHANS, 1, 0, 0, 0)


def bury(own: Sequence[subprocess.Popen[bytes]]) -> None:
    """Let adopted processes that have ended go, as the system does with orphans; else they seem to be there.

    In: this process's own children, which keep their exit codes.
    """
    if sys.platform != "linux":
        return
    with suppress(ChildProcessError):
        while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            mine = [child for child in own if child.pid == ended.si_pid and child.returncode is None]
            for child in mine:
                child.poll()
            if not mine:
                os.waitpid(ended.si_pid, os.WNOHANG)


def descendants(of: int) -> list[int]:
    """The running processes below one, parents first. Empty where the system does not tell."""
    children: dict[int, list[int]] = {}
    for parent, pid in _parents():
        children.setdefault(parent, []).append(pid)
    found = [*children.get(of, [])]
    for pid in found:  # grows meanwhile
        found += children.get(pid, [])
    return found


def _parents() -> list[tuple[int, int]]:
    """Parent and number of each running process."""
    found = []
    if sys.platform == "linux":
        for file in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                # The name, in brackets, may hold anything: brackets and blanks too.
                state, parent = file.read_text(errors="replace").rpartition(")")[2].split()[:2]
                if state != "Z":
                    found.append((int(parent), int(file.parent.name)))
    elif os.name == "posix":
        command = ["ps", "-A", "-o", "ppid=,pid=,stat="]
        listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        rows = [line.split() for line in listed.splitlines()]
        found = [(int(row[0]), int(row[1])) for row in rows if len(row) > 2 and not row[2].startswith("Z")]
    return found


def end(own: Collection[int]) -> int:
    """End all processes below this one: they are asked to, then made to. How many there were.

    In: the numbers of this process's own children, for a system that lists no others (Windows).
    """
    if os.name == "nt":
        for pid in own:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(pid)], capture_output=True, check=False)
        return len(own)
    met = set()
    for how, seconds in ((signal.SIGTERM, PATIENCE), (signal.SIGKILL, PATIENCE)):
        asked: set[int] = set()
        deadline = time.monotonic() + seconds
        while (running := descendants(os.getpid())) and time.monotonic() < deadline:
            for pid in running:  # those too that were started, or adopted, meanwhile
                if pid not in asked:
                    with suppress(OSError):
                        os.kill(pid, how)
            asked |= set(running)
            time.sleep(0.05)
        met |= asked
    return len(met)
