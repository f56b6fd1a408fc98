"""A run of the tests as a whole: no process outlives it, Ctrl-C ends it in a line, and workers share."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from environment import ROOT
from safepage.launcher import testing

posix = pytest.mark.skipif(os.name == "nt", reason="sends Unix signals")
# What a test may leave behind: a server in a session of its own, without a parent, that heeds no request.
LEAVES = """
import os, signal, subprocess, sys, time
heedless = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", heedless], start_new_session=True)
open(sys.argv[1], "w").write(f"{os.getpid()} {child.pid}\\n")
time.sleep(float(sys.argv[2]))
"""
RUN = """
import sys
from pathlib import Path
from safepage.launcher import testing
with testing.Steps(Path.cwd()) as steps:
    sys.exit(steps.run([sys.executable, "-c", sys.argv[1], *sys.argv[2:4]], alone=sys.argv[4] == "alone"))
"""


pytestmark = pytest.mark.slow


def test_tests_write_in_memory_in_a_ci_alone_and_nothing_stays_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed run of somebody's own leaves would stay there until their machine is started again."""
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setenv("CI", "true")
    with testing.temporary() as more:
        assert all(Path(folder).is_dir() for folder in more.values())
    assert not any(Path(folder).exists() for folder in more.values())
    monkeypatch.delenv("CI")
    with testing.temporary() as more:
        assert more == {}


class Run:
    """A run of one step, which leaves a process behind; it lasts for `seconds` unless it is ended."""

    def __init__(self, file: Path, seconds: int, how: str = "") -> None:
        command = [sys.executable, "-c", RUN, LEAVES, str(file), str(seconds), how]
        env = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        self.child = subprocess.Popen(command, env=env, text=True, start_new_session=True, **pipes)
        while not (file.is_file() and file.read_text().endswith("\n")):
            assert self.child.poll() is None, self.child.communicate()[0]
            time.sleep(0.02)
        self.pids = [int(pid) for pid in file.read_text().split()]

    def left(self) -> list[int]:
        """Those of its processes that are still there when the system has had time to let them go."""
        deadline = time.monotonic() + 5
        while (found := [pid for pid in self.pids if alive(pid)]) and time.monotonic() < deadline:
            time.sleep(0.05)
        return found


def alive(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


@pytest.fixture
def runs() -> Iterator[list[Run]]:
    found: list[Run] = []
    yield found
    for pid in (pid for run in found for pid in (run.child.pid, *run.pids) if alive(pid)):
        os.kill(pid, signal.SIGKILL)


@posix
def test_what_a_test_leaves_behind_ends_with_the_run(tmp_path: Path, runs: list[Run]) -> None:
    runs.append(Run(tmp_path / "pids", 0))
    said, _ = runs[0].child.communicate(timeout=60)
    assert (runs[0].child.returncode, said) == (0, "")
    if sys.platform == "linux":  # elsewhere orphans belong to the system
        assert runs[0].left() == []


@posix
@pytest.mark.parametrize("how", ["", "alone"])
def test_a_run_that_is_stopped_says_so_in_a_line_and_leaves_nothing(
    how: str, tmp_path: Path, runs: list[Run]
) -> None:
    """Ctrl-C, or the word of a system that shuts down. pytest alone has its own last words on Ctrl-C."""
    ends = {"terminated": signal.SIGTERM} if how else {"Ctrl-C": signal.SIGINT, "terminated": signal.SIGTERM}
    for what, number in ends.items():
        run = Run(tmp_path / what, 600, how)
        runs.append(run)
        run.child.send_signal(number)
        said, _ = run.child.communicate(timeout=60)
        assert (run.child.returncode, said) == (
            1,
            "\nmanage.py: stopped; nothing that was started is left.\n",
        ), what
        assert run.left() == [], what


@posix
def test_what_tests_start_heeds_ctrl_c() -> None:
    """The next test runs this one as a shell would in the background, with Ctrl-C ignored."""
    child = "import os, signal; os.kill(os.getpid(), signal.SIGINT)"
    done = subprocess.run([sys.executable, "-c", child], capture_output=True, check=False)
    assert done.returncode == -signal.SIGINT


@posix
def test_a_run_in_the_background_is_no_other() -> None:
    name = f"{__file__}::{test_what_tests_start_heeds_ctrl_c.__name__}"
    command = [sys.executable, "-m", "pytest", "-q", name]
    ignored = "signal.signal(signal.SIGINT, signal.SIG_IGN)"
    begin = f"import os, signal; {ignored}; os.execv({command[0]!r}, {command})"
    done = subprocess.run([command[0], "-c", begin], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_quick_run_says_in_a_line_what_it_leaves_out() -> None:
    command = [sys.executable, "-m", "pytest", "--quick", "-q", "tests/test_compressed.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^Left out by --quick: 5 tests that build the whole site", done.stdout, re.M), (
        done.stdout
    )


@pytest.mark.xdist_group("here")
def test_a_group_keeps_its_worker(request: pytest.FixtureRequest) -> None:
    """Else each worker would make what the group shares: an environment, a server."""
    assert request.node.nodeid.endswith("@here") == ("PYTEST_XDIST_WORKER" in os.environ)
