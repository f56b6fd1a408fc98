"""What a test starts ends with it, however it ends: in order, by Ctrl-C, by a signal, by a fault."""

from __future__ import annotations

import subprocess
import sys

# Waits until the other end of its input is closed, which the system does for a process that dies.
_KEEP = """
import os, signal, subprocess, sys
sys.stdin.read()
session = int(sys.argv[1])
if os.name == "nt":
    subprocess.run(["taskkill", "/F", "/T", "/PID", sys.argv[1]], capture_output=True)
    sys.exit()
while True:
    found = [session]
    if os.path.isdir("/proc"):
        found = []
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                state = open(f"/proc/{name}/stat").read().rpartition(")")[2].split()
            except OSError:
                continue
            if state[3] == str(session) and state[0] not in "ZX":
                found.append(int(name))
    for process in found:
        try:
            (os.kill if os.path.isdir("/proc") else os.killpg)(process, signal.SIGKILL)
        except OSError:
            pass
    if not found or not os.path.isdir("/proc"):
        break
"""


class Keeper:
    """Ends a process and all of its session when it is closed, or when this Python ends without a word.

    The process must have been started with `start_new_session`: so a browser's own children are found, and
    Ctrl-C reaches the tests alone, which then quit it.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        command = [sys.executable, "-I", "-S", "-c", _KEEP, str(process.pid)]
        self._waiting = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)

    def close(self) -> None:
        """End what is left. Returns when it has ended."""
        self._waiting.communicate()
