"""Files are exchanged as one: one fails and all is as it was, killed and the next command ends it."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from environment import ROOT
from running import environment_of
from safepage.launcher import main, swap
from safepage.output import held

BEFORE = {
    "generator/safepage-1-py3-none-any.whl": "old wheel",
    "generator/site.lock": "old lock",
    "docs/en/interface.yml": "old words",
    "mkdocs.yml": "settings",
}
AFTER = {
    "generator/safepage-2-py3-none-any.whl": "new wheel",
    "generator/site.lock": "new lock",
    "docs/en/interface.yml": "new words",
    "docs/en/new.md": "a page",
}
GONE = ["generator/safepage-1-py3-none-any.whl"]


def files(root: Path) -> dict[str, str]:
    paths = (file for file in sorted(root.rglob("*")) if file.is_file() and ".cache" not in file.parts)
    return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in paths}


WHOLE = {**{path: text for path, text in BEFORE.items() if path not in GONE}, **AFTER}


def write(root: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def prepared(root: Path, stage: Path) -> None:
    write(stage / swap.NEW, AFTER)
    write(stage / swap.OLD, {path: BEFORE[path] for path in {*AFTER, *GONE} if path in BEFORE})


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Path]:
    root = tmp_path / "Ein Ordner – مجلد"
    write(root, BEFORE)
    (root / ".cache").mkdir()
    yield root
    left = [entry.name for entry in (root / ".cache").iterdir()]
    assert left == [], "nothing is left of an exchange"


def put(root: Path) -> None:
    with held.folder(root / ".cache", swap.STAGE) as stage:
        prepared(root, stage)
        swap.put(root, stage, AFTER, GONE)


def test_all_files_are_exchanged(site: Path) -> None:
    put(site)
    assert files(site) == WHOLE


def failing(monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException) -> None:
    """The disk fails when it is asked to put the n-th file in place."""
    real, asked = Path.replace, itertools.count(1)

    def replace(self: Path, target: Path) -> Path:
        if swap.STAGE not in str(self) and next(asked) == number:
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("error", [OSError("no room"), KeyboardInterrupt()])
@pytest.mark.parametrize("number", range(1, len(AFTER) + 1))
def test_where_a_step_fails_all_is_as_it_was(
    site: Path, number: int, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, number, error)
    with pytest.raises(type(error)):
        put(site)
    assert files(site) == BEFORE


KILLED = """
import itertools, os, pathlib, sys
from safepage.launcher import swap
root, number, asked = pathlib.Path(sys.argv[1]), int(sys.argv[2]), itertools.count(1)
real = pathlib.Path.replace
def replace(self, target):
    if swap.STAGE not in str(self) and next(asked) == number:
        os._exit(9)
    return real(self, target)
pathlib.Path.replace = replace
swap.put(root, root / ".cache/upgrade-0000", sys.argv[3].split(), sys.argv[4].split())
"""


@pytest.mark.parametrize("number", range(1, len(AFTER) + 1))
def test_what_is_killed_halfway_is_finished_by_the_next_command(
    site: Path, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever command it is; until then the wheel of whichever lock is there is too, so that one starts."""
    prepared(site, site / ".cache/upgrade-0000")
    words = [str(site), str(number), " ".join(AFTER), " ".join(GONE)]
    done = subprocess.run([sys.executable, "-c", KILLED, *words], env=environment_of(ROOT), check=False)
    assert done.returncode == 9
    wheel = 2 if files(site)["generator/site.lock"] == "new lock" else 1
    assert f"generator/safepage-{wheel}-py3-none-any.whl" in files(site)
    with pytest.raises(SystemExit):
        main.run(site, ["--help"], "about")
    assert capsys.readouterr().out == "about\n"
    assert files(site) == WHOLE


def test_what_was_only_prepared_is_swept_away(site: Path) -> None:
    prepared(site, site / ".cache/upgrade-0000")
    swap.finish(site)
    assert files(site) == BEFORE


def test_what_was_changed_meanwhile_is_not_lost(site: Path) -> None:
    with held.folder(site / ".cache", swap.STAGE) as stage:
        prepared(site, stage)
        (site / "docs/en/interface.yml").write_text("somebody's words", encoding="utf-8")
        with pytest.raises(swap.Meanwhile, match=r"docs/en/interface\.yml"):
            swap.put(site, stage, AFTER, GONE)
    assert files(site) == {**BEFORE, "docs/en/interface.yml": "somebody's words"}
    shutil.rmtree(site / ".cache")
    (site / ".cache").mkdir()
