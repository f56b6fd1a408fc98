"""What a test has started ends with the tests, however they end."""

from __future__ import annotations

import subprocess
import sys

import pytest

from environment import ROOT

# As a driver has a browser: a process with a child of its own, both of which would wait long.
DRIVER = """
import subprocess, sys, time
wait = "import time; time.sleep(600)"
subprocess.Popen([sys.executable, "-c", wait])
print("runs", flush=True)
time.sleep(600)
"""
TESTS = """
import os, subprocess, sys, time
from ending import Keeper
keeper = Keeper(subprocess.Popen([sys.executable, "-c", {driver!r}], start_new_session=True))
print("kept", flush=True)
{end}
"""
ENDS = {
    "in order": "time.sleep(1); keeper.close()",
    "a fault": "time.sleep(1); raise SystemExit(1)",
    "without a word": "time.sleep(1); os._exit(1)",
    "from outside": "time.sleep(600)",
}


@pytest.mark.slow
@pytest.mark.parametrize("end", ENDS)
def test_nothing_stays(end: str) -> None:
    """The output of the tests is closed when the last process that they started has ended."""
    words = TESTS.format(driver=DRIVER, end=ENDS[end])
    with subprocess.Popen(
        [sys.executable, "-c", words], cwd=ROOT / "tests", stdout=subprocess.PIPE, text=True
    ) as tests:
        assert tests.stdout
        assert {tests.stdout.readline() for _ in range(2)} == {"runs\n", "kept\n"}
        if end == "from outside":
            tests.kill()
        assert tests.communicate(timeout=30)[0] == ""
