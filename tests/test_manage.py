"""The one command: real runs in a copy of the project, and the ways in which a set-up can go wrong."""

from __future__ import annotations

import ast
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from environment import ROOT
from safepage.launcher import environment
from safepage.launcher.venv import python_of, site_packages

PARTS = (
    "docs",
    "overrides",
    "requirements",
    "scripts",
    "mkdocs.yml",
    "pyproject.toml",
    "tests/package.json",
    "tests/package-lock.json",
)
posix = pytest.mark.skipif(os.name == "nt", reason="sends a Unix signal")


def copy_of_project(folder: Path) -> Path:
    """The files that the commands need, and nothing that a first run makes."""
    for part in PARTS:
        source, target = ROOT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return folder


def start(root: Path, *words: str, env: dict[str, str] | None = None, **pipes: Any) -> subprocess.Popen[str]:
    """`manage.py` in a copy, run by the Python underneath ours, in a process group of its own."""
    command = [getattr(sys, "_base_executable", sys.executable), str(root / "scripts" / "manage.py"), *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL, **pipes}
    env = {**os.environ, **(env or {})}
    return subprocess.Popen(
        command, cwd=root, env=env, text=True, encoding="utf-8", start_new_session=True, **pipes
    )


def manage(root: Path, *words: str, **extra: str) -> tuple[int, str]:
    """Run `manage.py` to its end: exit code and all that it printed."""
    child = start(root, *words, env=extra)
    output, _ = child.communicate(timeout=300)
    return child.returncode, output


def one_line(output: str) -> str:
    """The last line, where nothing that is printed is a traceback."""
    assert "Traceback" not in output, output
    return output.strip().splitlines()[-1]


# The command line


def test_an_older_python_can_read_the_file_that_tells_it_so() -> None:
    ast.parse((ROOT / "scripts" / "manage.py").read_text(encoding="utf-8"), feature_version=(3, 6))


WRONG = (
    "serve --port x",
    "serve --port 70000",
    "serve now",
    "build --language x",
    "build --out x",
    "build --output docs",
    "build --output mkdocs.yml",
    "build --output .",
    "build --output ..",
    "build --output requirements",
    "bild",
    "lock -x",
)


@pytest.mark.slow
def test_wrong_arguments_are_one_line_before_anything_is_installed(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path)
    wrong = []
    for words in WRONG:
        code, output = manage(root, *words.split())
        if code != 2 or not re.fullmatch(r"manage\.py.*--help.*\n", output) or (root / ".venv").exists():
            wrong.append(f"{words}: {code} {output}")
    assert wrong == []


def test_help_names_every_command() -> None:
    code, output = manage(ROOT, "--help")
    assert code == 0
    assert all(word in output for word in ("serve", "build", "test", "translations", "measure", "lock"))


# Whether .venv is whole, on made-up folders


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A project whose `.venv` looks whole for building and testing."""
    for name in ("requirements/build.lock", "requirements/test.lock", "tests/package-lock.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    venv = tmp_path / ".venv"
    packages = venv / ("Lib/site-packages" if os.name == "nt" else "lib/python3.11/site-packages")
    for folder in (packages / "mkdocs", python_of(venv).parent, tmp_path / "tests/node_modules"):
        folder.mkdir(parents=True)
    python_of(venv).touch()
    (venv / "pyvenv.cfg").write_text(f"home = {tmp_path}\n")
    (tmp_path / "tests/node_modules/.package-lock.json").touch()
    digests = {
        "build": "requirements/build.lock",
        "test": "requirements/test.lock",
        "node": "tests/package-lock.json",
    }
    stamp = {key: environment._digest(tmp_path / path) for key, path in digests.items()}
    stamp |= {"python": environment._this_python(), "packages": ["mkdocs"]}
    (venv / "stamp.json").write_text(json.dumps(stamp))
    return tmp_path


def test_a_whole_environment_is_left_alone(whole: Path) -> None:
    assert environment.missing(whole, tests=True) == ""


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda root: shutil.rmtree(root / ".venv"), "First run"),
        (lambda root: (root / ".venv/stamp.json").unlink(), "interrupted"),
        (lambda root: (root / ".venv/stamp.json").write_text('{"python'), "interrupted"),
        (lambda root: (root / ".venv/pyvenv.cfg").write_text("home = /no/such/python\n"), "is gone"),
        (lambda root: python_of(root / ".venv").unlink(), "is gone"),
        (
            lambda root: site_packages(root / ".venv").joinpath("mkdocs").rmdir(),
            "Packages are missing",
        ),
        (lambda root: (root / "requirements/build.lock").write_text("new"), "build.lock has changed"),
    ],
)
def test_harm_is_seen_at_the_next_start(whole: Path, harm, reason: str) -> None:
    harm(whole)
    assert reason in environment.missing(whole, tests=False)


def test_another_python_makes_it_anew(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "another")
    assert "another Python" in environment.missing(whole, tests=False)


def test_what_only_tests_need_does_not_hold_up_a_build(whole: Path) -> None:
    (whole / "requirements/test.lock").write_text("new")
    assert environment.missing(whole, tests=False) == ""
    assert "what the tests need" in environment.missing(whole, tests=True)


def test_an_interrupted_npm_is_seen(whole: Path) -> None:
    (whole / "tests/node_modules/.package-lock.json").unlink()
    assert environment.missing(whole, tests=False) == ""
    assert "Node packages" in environment.missing(whole, tests=True)


def test_lock_files_name_no_address() -> None:
    for name in ("requirements/build.lock", "requirements/checks.lock", "requirements/test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|file:|^-|^\s+-[^-]", text.replace("    #   -", ""), re.M), name
        assert all("==" in line for line in text.splitlines() if re.match(r"\w", line))
    npm = "https://registry.npmjs.org/"
    for package in json.loads((ROOT / "tests/package-lock.json").read_text())["packages"].values():
        ours = package == {"resolved": "no-reports", "link": True}
        assert ours or package.get("resolved", npm).startswith(npm)


def test_the_locks_agree() -> None:
    build, checks, test = (
        set(re.findall(r"^\S+==\S+", (ROOT / f"requirements/{name}.lock").read_text(), re.M))
        for name in ("build", "checks", "test")
    )
    assert build <= checks <= test
