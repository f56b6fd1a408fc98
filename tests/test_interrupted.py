"""Builds and servers stopped or killed, two at once, odd folders: nothing stays, and the next is whole."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import distributions
from pathlib import Path

import pytest

from environment import ROOT
from running import COMMAND, environment_of
from safepage import crew
from safepage.launcher import linking
from safepage.launcher.venv import python_of
from safepage.output import held, place
from safepage.translations import new_language
from small import Small, small_site

MORE = ("am", "so", "ti", "ps", "sw", "fa", "zh-Hans", "pt-PT", "zh-Hant")  # enough for several processes
posix = pytest.mark.skipif(os.name == "nt", reason="sends a Unix signal")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site in so many languages. Read only."""
    it = small_site(tmp_path_factory.mktemp("written") / "site")
    for tag in MORE:
        new_language.begin(it.root, tag)
    return it.root


@pytest.fixture
def site(written: Path, tmp_path: Path) -> Small:
    """That site in a folder with spaces and letters beyond ASCII."""
    return Small(shutil.copytree(written, tmp_path / "Une copie – نسخة", symlinks=True))


def begin(site: Small, *words: str) -> subprocess.Popen[str]:
    """Start a command in a process group of its own, which it shares with its workers."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL}
    return subprocess.Popen(
        [*COMMAND, *words],
        cwd=site.root,
        env=environment_of(site.root, PYTHONUNBUFFERED="1"),
        encoding="utf-8",
        start_new_session=True,
        **pipes,  # type: ignore[call-overload]
    )


def wait_for(true: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def ended(group: int) -> bool:
    """True when no process of a group is left."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return True
    return False


def left(site: Small) -> list[str]:
    """Folders and locks of builds and servers that are on the disk."""
    found = [*site.root.glob(".site-*"), *(site.root / ".cache").glob("*serve-*")]
    return sorted(file.name for file in [*found, *(site.root / ".cache").glob(".site-*")])


def middle(site: Small) -> Callable[[], bool]:
    """Whether a build is in the middle: several languages are being written."""
    return lambda: len(list(site.root.glob(".site-*/languages/*/*"))) > 1


@posix
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_stopped_leaves_nothing_and_says_so_in_a_line(
    site: Small, how: signal.Signals
) -> None:
    child = begin(site, "build", "--plain")
    wait_for(middle(site))
    os.killpg(child.pid, how) if how == signal.SIGINT else child.send_signal(how)
    said, _ = child.communicate(timeout=30)
    assert said.strip().splitlines() == ["Stopped."]
    assert child.returncode == 1
    wait_for(lambda: ended(child.pid), 10)
    assert left(site) == []
    assert not site.output.exists()


@posix
def test_after_a_build_that_was_killed_no_process_stays_and_the_next_one_clears_up(site: Small) -> None:
    child = begin(site, "build", "--plain")
    wait_for(middle(site))
    child.kill()
    child.communicate(timeout=30)
    wait_for(lambda: ended(child.pid), 10)
    assert left(site) != []
    assert begin(site, "build", "--plain").communicate(timeout=120)[0].endswith("The site is in site.\n")
    assert left(site) == []


@posix
def test_after_a_server_that_was_killed_nothing_stays(site: Small) -> None:
    child = begin(site, "serve", "--port", "0")
    wait_for(lambda: list((site.root / ".cache").glob("serve-*/nl/index.html")))
    child.kill()
    child.communicate(timeout=30)
    wait_for(lambda: ended(child.pid), 10)
    begin(site, "build", "--plain").communicate(timeout=120)
    assert left(site) == []


def test_two_builds_at_once_both_write_the_site(site: Small) -> None:
    both = [begin(site, "build", "--plain") for _ in range(2)]
    for child in both:
        said, _ = child.communicate(timeout=120)
        assert child.returncode == 0, said
    assert left(site) == []
    files = site.files()
    assert {f"{tag}/index.html" for tag in (*MORE, "nl")} <= files.keys()
    site.build()
    assert site.files() == files


def test_a_folder_that_lives_is_left_alone_and_a_dead_one_is_not(tmp_path: Path) -> None:
    dead = tmp_path / ".site-dead"
    (dead / "inner").mkdir(parents=True)
    (tmp_path / ".site-dead.lock").touch()
    (tmp_path / ".site-older").mkdir()  # of a version that had no locks
    (tmp_path / ".site-alone.lock").touch()
    (tmp_path / "site").mkdir()
    with held.folder(tmp_path, ".site-") as mine:
        held.sweep(tmp_path, ".site-")
        assert sorted(file.name for file in tmp_path.iterdir()) == sorted(
            [mine.name, f"{mine.name}.lock", "site"]
        )
    assert [file.name for file in tmp_path.iterdir()] == ["site"]


def test_a_site_that_was_being_exchanged_comes_back(tmp_path: Path) -> None:
    """The process was killed after it had moved the old site away, and before the new one was there."""
    stage = tmp_path / ".site-dead"
    (stage / "old").mkdir(parents=True)
    (stage / "old/index.html").write_text("old")
    (stage / "for").write_text("site")
    with place.staged(tmp_path / "site"):
        assert (tmp_path / "site/index.html").read_text() == "old"
    inner = tmp_path / "site/.site-dead"
    (inner / "old").mkdir(parents=True)
    (inner / "old/about.html").write_text("old")
    with place.staged(tmp_path / "site"):
        assert sorted(file.name for file in (tmp_path / "site").iterdir()) == ["about.html", "index.html"]


def work(piece: int) -> int:
    if piece == 7:
        raise ValueError("seven")
    if piece == 99:
        os._exit(3)
    return piece * piece


def test_work_that_is_spread_comes_back_in_order_with_its_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    pieces = [piece for piece in range(40) if piece != 7]
    assert crew.spread(work, pieces) == [piece * piece for piece in pieces]
    with pytest.raises(ValueError, match="seven"):
        crew.spread(work, range(40))
    with pytest.raises(crew.WorkerLost, match="memory"):
        crew.spread(work, [*range(6), *range(8, 20), 99])


# The generator in `.venv`


def test_an_environment_finds_the_generator_wherever_it_is_moved(tmp_path: Path) -> None:
    """An old `.venv`, which has no link to it, gets one; a new version takes the place of the old."""
    here = tmp_path / "Ein Ordner – مجلد"
    packages = here / ".venv/lib/python3/site-packages"
    packages.mkdir(parents=True)
    (here / "scripts").mkdir()
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (here / "pyproject.toml").write_text(text, encoding="utf-8")
    assert not linking.is_linked(here, packages)
    linking.link(here, packages)
    assert linking.is_linked(here, packages)
    (found,) = distributions(path=[str(packages)])
    assert {(entry.group, entry.value) for entry in found.entry_points} == {
        ("mkdocs.plugins", "safepage.plugin:SafePage"),
        ("mkdocs.plugins", "safepage.config:Languages"),
        ("mkdocs.themes", "safepage.theme"),
        ("console_scripts", "safepage.__main__:run"),
    }
    moved = tmp_path / "moved"
    here.rename(moved)
    packages = moved / packages.relative_to(here)
    assert linking.is_linked(moved, packages)
    look = f"import site, sys; site.addsitedir({str(packages)!r}); print(sys.path[-1])"
    said = subprocess.run([sys.executable, "-I", "-c", look], capture_output=True, check=True)
    assert Path(os.fsdecode(said.stdout).strip()) == moved / "scripts"
    (moved / "pyproject.toml").write_text(text.replace('version = "', 'version = "9.', 1), encoding="utf-8")
    assert not linking.is_linked(moved, packages)
    linking.link(moved, packages)
    assert [one.version[:2] for one in distributions(path=[str(packages)])] == ["9."]


def test_the_repositorys_own_environment_is_linked() -> None:
    program = python_of(ROOT / ".venv")
    assert program.exists()
    look = "import importlib.metadata as m; print([e.value for e in m.entry_points(name='safepage')])"
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    said = subprocess.run([program, "-P", "-c", look], env=kept, capture_output=True, check=True)
    assert b"safepage.plugin:SafePage" in said.stdout
