"""The project's own Python: makes `.venv` from the lock files and knows whether it is whole.

Everything is undone and done again rather than mended: a stamp, written last, says what `.venv` holds;
without it `.venv` is made anew.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
import time
from pathlib import Path
from typing import IO, Any

from safepage import command
from safepage.launcher import fetching, installing, linking, parts
from safepage.launcher.venv import one_at_a_time, python_of, say, site_packages


def ensure(root: Path, *, tests: bool = False) -> Path:
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


def link(root: Path) -> None:
    """Make sure that `.venv` finds the generator whose code stands in this folder; a wheel is installed.

    Raises OSError if it can't be written.
    """
    packages = site_packages(root / ".venv")
    if packages and not command.is_begun(root) and not linking.is_linked(root, packages):
        linking.link(root, packages)


def missing(root: Path, *, tests: bool) -> str:
    """Why `.venv` can't be used as it is, in one line; "" when it can."""
    venv = root / ".venv"
    if not venv.exists():
        return (
            f"First run: making .venv with Python {platform.python_version()}, once. This needs the network."
        )
    stamp = _read_stamp(root)
    if _has_another_wheel(root, stamp):
        return "The generator is another one: putting it into .venv."
    reason = _broken(root)
    if reason:
        return f"{reason}: making .venv anew."
    made_of = parts.of(root)
    if tests and stamp.get("test") != _digest(root / made_of.tests):
        return "Adding to .venv what the tests need. This needs the network."
    if tests and made_of.node and not _node_is_whole(root, stamp):
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
    build = parts.of(root).build
    if stamp.get("build") != _digest(root / build):
        return f"{build} has changed"
    home = re.search(r"^home\s*=\s*(.+)$", fetching.text(venv / "pyvenv.cfg"), re.M)
    packages = site_packages(venv)
    if not python_of(venv).exists() or not home or not Path(home[1].strip()).is_dir() or not packages:
        return "The Python in .venv is gone"
    if not set(stamp.get("packages", ())) <= _names(packages):
        return "Packages are missing from .venv"
    return ""


def _has_another_wheel(root: Path, stamp: dict[str, Any]) -> bool:
    """True where nothing in the locks of a begun site differs but the generator, which needs no network."""
    made_of = parts.of(root)
    return (
        command.is_begun(root)
        and python_of(root / ".venv").exists()
        and stamp.get("python") == _this_python()
        and stamp.get("build") not in (None, _digest(root / made_of.build))
        and stamp.get("needs") == _needs(root, tests=bool(stamp.get("test")))
    )


def _needs(root: Path, *, tests: bool) -> list[str]:
    """What the locks that `.venv` holds name beside the generator."""
    made_of = parts.of(root)
    locks = [made_of.build, made_of.tests] if tests else [made_of.build]
    return [
        hashlib.sha256(parts.beside_the_wheel(fetching.text(root / lock)).encode()).hexdigest()
        for lock in locks
    ]


def _put_wheel(root: Path, log: Path, lock: IO[bytes]) -> None:
    alone, made_of = root / ".cache" / "wheel.lock", parts.of(root)
    alone.write_text(parts.wheel_alone(fetching.text(root / made_of.build)), encoding="utf-8")
    stamp = _read_stamp(root)
    _stamp_path(root).unlink()
    installing.install(
        root, root / ".venv", ".cache/wheel.lock", log, lock, "--no-index", "--force-reinstall"
    )
    made = {"build": _digest(root / made_of.build)}
    if stamp["test"]:
        made["test"] = _digest(root / made_of.tests)
    packages = site_packages(root / ".venv")
    _write_stamp(root, {**stamp, **made, "packages": sorted(_locked(packages)) if packages else []})


def _is_linked(root: Path) -> bool:
    packages = site_packages(root / ".venv")
    return command.is_begun(root) or (packages is not None and linking.is_linked(root, packages))


def _set_up(root: Path, tests: bool, lock: IO[bytes]) -> None:
    venv, made_of = root / ".venv", parts.of(root)
    log = root / ".cache" / "setup.log"
    log.write_bytes(b"")
    if venv.is_symlink():
        venv.unlink()  # what it leads to is another project's, and stays as it is
    if _has_another_wheel(root, _read_stamp(root)):
        _put_wheel(root, log, lock)
    stamp = _read_stamp(root)
    test_digest = _digest(root / made_of.tests) if tests else None
    anew = (
        not venv.exists() or bool(_broken(root)) or (tests and stamp.get("test") not in (None, test_digest))
    )
    if anew or (tests and stamp.get("test") != test_digest):
        _stamp_path(root).unlink(missing_ok=True)
        if anew:
            installing.make(root, venv, log, lock)
        installing.install(root, venv, made_of.tests if tests else made_of.build, log, lock)
        packages = site_packages(venv)
        stamp = {
            "python": _this_python(),
            "build": _digest(root / made_of.build),
            "test": test_digest,
            "needs": _needs(root, tests=tests),
            "packages": sorted(_locked(packages)) if packages else [],
        }
        _write_stamp(root, stamp)
    if tests and made_of.node and not _node_is_whole(root, stamp):
        installing.install_node_packages(root, venv, made_of.node, log, lock)
        _write_stamp(root, {**stamp, "node": _digest(root / made_of.node)})


def _this_python() -> str:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return f"{sys.implementation.name} {version} {sys.platform} {platform.machine()}"


def _digest(path: Path) -> str:
    # Line ends are left out: Git may write others on Windows.
    return hashlib.sha256(fetching.text(path).encode()).hexdigest()


def _names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def _node_is_whole(root: Path, stamp: dict[str, Any]) -> bool:
    # npm writes this file last.
    lock = root / parts.of(root).node
    written = (lock.parent / "node_modules/.package-lock.json").is_file()
    return written and stamp.get("node") == _digest(lock)


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
