"""The steps of a workflow, run as the code host runs them, in a small git repository."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from host import Host

from environment import ROOT

WORKFLOWS = ROOT / ".github/workflows"
# In place of the launcher, which has tests of its own.
_LAUNCHER = f"""\
import os, sys
os.environ["PYTHONPATH"] = {str(ROOT / "scripts")!r}
os.execv({sys.executable!r}, [{sys.executable!r}, "-P", "-m", "safepage", *sys.argv[1:]])
"""


@dataclass(frozen=True)
class Ended:
    """How a step ended: its exit code, what it said, the run's summary, and what it gives on."""

    code: int
    said: str
    summary: str
    given: dict[str, str]


def read(name: str) -> dict[str, Any]:
    """A workflow of this repository."""
    found: dict[str, Any] = yaml.safe_load((WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8"))
    return found


def step(
    name: str, job: str, title: str, where: Path, temporary: Path, host: Host, **variables: str
) -> Ended:
    """Run a step in a folder.

    In: the workflow, the job and the step by their names; the folder; one for the run's files; the code host;
    the step's variables, which must be those that it has.
    """
    (found,) = (one for one in read(name)["jobs"][job]["steps"] if one.get("name") == title)
    assert set(variables) == set(found.get("env", {})) - {"GH_TOKEN"}
    summary, output = temporary / "summary.md", temporary / "output"
    for file in (summary, output):
        file.write_text("", encoding="utf-8")
    given = {"RUNNER_TEMP": str(temporary), "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)}
    given |= {"GITHUB_ACTOR": "berta", "GITHUB_REF_NAME": "main", "HOME": str(temporary), **variables}
    done = subprocess.run(
        ["bash", "-e", "-c", found["run"]],
        cwd=where,
        env=host.environment(**given),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lines = output.read_text(encoding="utf-8").splitlines()
    out = dict(line.split("=", 1) for line in lines)
    return Ended(done.returncode, done.stdout + done.stderr, summary.read_text(encoding="utf-8"), out)


def git(where: Path, *words: str) -> str:
    """Run git as somebody."""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *words], cwd=where, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


def repository(root: Path) -> None:
    """Make a project a repository whose first commit is on main, and whose command is the generator here."""
    scripts = root / "scripts"
    scripts.unlink()
    scripts.mkdir()
    (scripts / "manage.py").write_text(_LAUNCHER, encoding="utf-8")
    (root / ".gitignore").write_text("/site/\n/.cache/\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "first")
