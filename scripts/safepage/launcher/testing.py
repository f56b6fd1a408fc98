"""`manage.py test`: the checks of the code, then pytest; and nothing that they started outlives them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn

from safepage.launcher import environment, family, fetching, system
from safepage.launcher.venv import child_environment, program_of

QUICK = ["--quick"]
_MEMORY = "/dev/shm"  # noqa: S108 (the folder made in it is ours alone)
_ROOM = 6 * 2**30  # bytes: the tests write one at most, and browsers take four


def run(root: Path, words: list[str]) -> int:
    """All checks and tests; the quick ones (`--quick`); or, with other words, pytest alone with them."""
    if words != QUICK:
        system.prepare(root)
    python = str(environment.ensure(root, tests=True))
    cores = os.cpu_count() or 1
    # More workers than there are cores, since browsers' tests wait more than they work; the quick ones don't.
    workers = ["-n", str(cores if words == QUICK else min(5, cores + 3))]
    with temporary() as more, Steps(root) as steps:
        if words and words != QUICK:
            print(
                f"pytest alone, with: {' '.join(words)} (without: ruff, mypy and zizmor as well)", flush=True
            )
            return steps.run([python, "-m", "pytest", *words], alone=True)
        steps.begin("mypy", [python, "-m", "mypy"])
        zizmor = str(program_of(root / ".venv", "zizmor"))
        steps.do("ruff check", [python, "-m", "ruff", "check", "--quiet", "."])
        steps.do("ruff format", [python, "-m", "ruff", "format", "--check", "--output-format=concise", "."])
        # zizmor finds in a folder only what stands in .github/workflows.
        begun = sorted(map(str, (root / "scripts/safepage/begin/files/github/workflows").glob("*.yml")))
        steps.do("zizmor", [zizmor, "--offline", "--quiet", "--no-progress", ".github", *begun])
        steps.more = more
        steps.do("pytest", [python, "-m", "pytest", *workers, *words])
        steps.finish()
        if steps.failed:
            print(f"Failed: {', '.join(steps.failed)}")
        return 1 if steps.failed else 0


@contextmanager
def temporary() -> Iterator[dict[str, str]]:
    """Where tests of a CI write, as a part of the environment: in memory, which takes a tenth of the time.

    Elsewhere, or where there is little of it, it is as the system says: what a killed run leaves in memory
    stays there until the machine is started again.
    """
    if not os.environ.get("CI") or os.environ.get("TMPDIR") or not _has_room():
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="tests-", dir=_MEMORY, ignore_cleanup_errors=True) as folder:
        yield {"TMPDIR": folder}


def _has_room() -> bool:
    """True on a Linux that lets programs be written and run there, and has that much for us."""
    try:
        memory = re.search(r"^MemAvailable: *(\d+) kB", fetching.text(Path("/proc/meminfo")), re.M)
        place = os.statvfs(_MEMORY)
    except (OSError, AttributeError):
        return False
    limit = fetching.text(Path("/sys/fs/cgroup/memory.max")).strip()
    sizes = [place.f_bavail * place.f_frsize, int(memory[1]) * 1024 if memory else 0]
    sizes += [int(limit)] if limit.isdecimal() else []
    runs = not place.f_flag & getattr(os, "ST_NOEXEC", 0) and os.access(_MEMORY, os.W_OK)
    return runs and min(sizes) >= _ROOM


class Steps:
    """Programs that are run one after the other, or beside them; none outlives the `with`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.failed: list[str] = []
        self.more: dict[str, str] = {}  # of the environment of what is started
        self.started: list[subprocess.Popen[bytes]] = []
        self.beside: list[tuple[str, subprocess.Popen[bytes], IO[bytes]]] = []

    def __enter__(self) -> Steps:
        family.adopt()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number and signal.getsignal(number) is not signal.SIG_IGN:  # nohup's run outlives its terminal
                signal.signal(number, stop)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C does not interrupt the end
        family.end([child.pid for child in self.started if child.poll() is None])
        family.bury(self.started)
        signal.signal(signal.SIGINT, before)
        if kind is KeyboardInterrupt:
            stop()

    def start(self, command: list[str], **pipes: Any) -> subprocess.Popen[bytes]:
        """Start a program in the project's folder."""
        env = {**child_environment(self.root), **self.more}
        child = subprocess.Popen(command, cwd=self.root, env=env, **pipes)
        self.started.append(child)
        return child

    def run(self, command: list[str], *, alone: bool = False) -> int:
        """Run a program to its end; `alone`, it has the terminal, and the last word on Ctrl-C."""
        # In a group of its own Ctrl-C does not reach it: it is ended by us, without its own last words.
        apart: dict[str, Any] = {"stdin": subprocess.DEVNULL}
        apart |= {"process_group": 0} if os.name == "posix" else {}
        child = self.start(command, **({} if alone else apart))
        while True:
            try:
                return child.wait(0.2)
            except subprocess.TimeoutExpired:
                family.bury(self.started)
            except KeyboardInterrupt:
                if not alone:
                    raise

    def do(self, name: str, command: list[str]) -> None:
        """Run one step, and note whether it failed."""
        print(f"== {name}", flush=True)
        if self.run(command):
            self.failed.append(name)

    def begin(self, name: str, command: list[str]) -> None:
        """Start a step that runs beside the others; `finish` shows what it printed."""
        said = tempfile.TemporaryFile()  # noqa: SIM115
        apart: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {}
        child = self.start(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, **apart)
        self.beside.append((name, child, said))

    def finish(self) -> None:
        """Wait for the steps that run beside the others."""
        for name, child, said in self.beside:
            code = child.wait()
            print(f"== {name}", flush=True)
            with said:
                said.seek(0)
                print(said.read().decode(errors="replace"), end="", flush=True)
            if code:
                self.failed.append(name)


def stop(*_: object) -> NoReturn:
    """End the run, with one line. Raises SystemExit."""
    raise SystemExit("\nmanage.py: stopped; nothing that was started is left.")
