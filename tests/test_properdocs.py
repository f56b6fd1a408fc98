"""When MkDocs ends: ProperDocs, its continuation, builds the same site by the change that the guide names."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import engines
from environment import ROOT
from running import COMMAND, environment_of

GUIDE = ROOT / "deploy/after-mkdocs.md"
PARTS = ("docs", "overrides", "scripts", "mkdocs.yml")
pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, moved to ProperDocs as the guide says."""
    if not importlib.util.find_spec("properdocs"):
        engines.absent("ProperDocs", "python3 scripts/manage.py test brings it")
    folder = tmp_path / "project"
    folder.mkdir()
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    line = re.search(r"^ +(import properdocs\..+)$", GUIDE.read_text(encoding="utf-8"), re.M)
    assert line
    builder = folder / "scripts/safepage/build.py"
    first = "from mkdocs import"
    text = builder.read_text(encoding="utf-8")
    assert text.count(f"\n{first}") == 1
    builder.write_text(text.replace(f"\n{first}", f"\n{line[1]}\n{first}"), encoding="utf-8")
    return folder


def build(project: Path, output: Path) -> subprocess.CompletedProcess[str]:
    """Build a project where whoever imports MkDocs itself fails."""
    trap = project.parent / "trap/mkdocs"
    trap.mkdir(parents=True, exist_ok=True)
    (trap / "__init__.py").write_text("raise ImportError('MkDocs itself was imported')\n")
    command = [*COMMAND, "build", "--output", str(output)]
    env = environment_of(project, trap.parent)
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=env, check=False)


def files(folder: Path) -> dict[str, bytes]:
    found = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def test_the_same_bytes(site: Path, project: Path, tmp_path: Path) -> None:
    done = build(project, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    ours, theirs = files(site), files(tmp_path / "site")
    assert list(theirs) == list(ours)
    assert [name for name in ours if theirs[name] != ours[name]] == []


def test_the_trap_is_one(project: Path, tmp_path: Path) -> None:
    builder = project / "scripts/safepage/build.py"
    text = builder.read_text(encoding="utf-8")
    builder.write_text(re.sub(r"import properdocs.*\n", "", text), encoding="utf-8")
    done = build(project, tmp_path / "site")
    assert done.returncode == 1
    assert "MkDocs itself was imported" in done.stderr


def test_the_same_faults(project: Path, tmp_path: Path) -> None:
    page = project / "docs/en/about.md"
    with page.open("a", encoding="utf-8") as text:
        text.write("\n[x](nowhere.md) and [y](index.md#nowhere)\n")
    moved = build(project, tmp_path / "site")
    shutil.copy(ROOT / "scripts/safepage/build.py", project / "scripts/safepage/build.py")
    command = [*COMMAND, "build", "--output", str(tmp_path / "site")]
    env = environment_of(project)
    stayed = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert moved.returncode == stayed.returncode == 1
    assert moved.stderr == stayed.stderr
    assert re.search(r"docs/en/about\.md:\d+: .*nowhere\.md", moved.stderr)
