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
from small import small_site

GUIDE = ROOT / "deploy/after-mkdocs.md"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def generator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's scripts, moved to ProperDocs as the guide says; beside them a trap for MkDocs."""
    if not importlib.util.find_spec("properdocs"):
        engines.absent("ProperDocs", "python3 scripts/manage.py test brings it")
    folder = tmp_path_factory.mktemp("moved")
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    line = re.search(r"^ +(import properdocs\..+)$", GUIDE.read_text(encoding="utf-8"), re.M)
    assert line
    builder = folder / "scripts/safepage/build.py"
    before, first, after = builder.read_text(encoding="utf-8").partition("\nfrom mkdocs")
    assert first
    builder.write_text(f"{before}\n{line[1]}{first}{after}", encoding="utf-8")
    (folder / "trap/mkdocs").mkdir(parents=True)
    trap = "raise ImportError('MkDocs itself was imported')\n"
    (folder / "trap/mkdocs/__init__.py").write_text(trap, encoding="utf-8")
    return folder


def moved(generator: Path, content: Path, folder: Path) -> Path:
    """A project with the content of another and the moved generator."""
    folder.mkdir()
    for name in ("docs", "overrides"):
        shutil.copytree(content / name, folder / name)
    shutil.copy(content / "mkdocs.yml", folder)
    (folder / "scripts").symlink_to(generator / "scripts", target_is_directory=True)
    return folder


def build(project: Path, output: Path, *trap: Path) -> subprocess.CompletedProcess[str]:
    """Build a project; in a process where whoever imports MkDocs itself fails if there is a trap."""
    command = [*COMMAND, "build", "--plain", "--output", str(output)]
    env = environment_of(project, *trap)
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=False)


def files(folder: Path) -> dict[str, bytes]:
    """The files that are no compressed copies, and no list of the files."""
    found = [file for file in sorted(folder.rglob("*")) if file.is_file() and file.name != ".written"]
    found = [file for file in found if file.suffix not in (".gz", ".br")]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def test_the_same_bytes(generator: Path, tmp_path: Path) -> None:
    stayed = small_site(tmp_path / "stayed")
    assert stayed.build() == []
    done = build(moved(generator, stayed.root, tmp_path / "moved"), tmp_path / "site", generator / "trap")
    assert done.returncode == 0, done.stderr
    ours, theirs = files(stayed.root / "site"), files(tmp_path / "site")
    assert list(theirs) == list(ours)
    assert [name for name in ours if theirs[name] != ours[name]] == []


def test_the_same_faults(generator: Path, tmp_path: Path) -> None:
    stayed = small_site(tmp_path / "stayed")
    line = stayed.append("docs/en/about.md", "[x](nowhere.md) and [y](index.md#nowhere)")
    stays = build(stayed.root, tmp_path / "site")
    moves = build(moved(generator, stayed.root, tmp_path / "moved"), tmp_path / "site", generator / "trap")
    assert moves.returncode == stays.returncode == 1
    assert moves.stderr == stays.stderr
    assert moves.stderr.count(f"docs/en/about.md:{line}: error: ") == 2


def test_the_trap_is_one(generator: Path, tmp_path: Path) -> None:
    """MkDocs as it was never moved: else the tests above would prove little."""
    done = build(small_site(tmp_path / "stayed").root, tmp_path / "site", generator / "trap")
    assert done.returncode == 1
    assert "MkDocs itself was imported" in done.stderr
