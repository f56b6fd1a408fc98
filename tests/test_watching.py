"""Every save is heard of, once, whether the system tells of it or not."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from safepage.watching import Watch


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[list[str]]:
    """What is told of a small project, in which the system is silent."""
    (tmp_path / "docs/nl").mkdir(parents=True)
    for name in ("mkdocs.yml", "docs/nl/about.md", "docs/nl/gone.md"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found: list[str] = []
    watch = Watch(tmp_path, found.append)
    watch.look()
    yield found
    watch.stop()


def wait(heard: list[str], count: int) -> list[str]:
    deadline = time.monotonic() + 10
    while len(heard) < count and time.monotonic() < deadline:
        time.sleep(0.05)
    return sorted(heard)


def test_a_save_of_which_nobody_tells(tmp_path: Path, heard: list[str]) -> None:
    """A text of the same length, a file that is new, one that is gone; not what editors leave."""
    file = tmp_path / "docs/nl/about.md"
    file.write_text("y", encoding="utf-8")
    os.utime(file, (1, 1))  # a clock that is behind
    (tmp_path / "docs/nl/new.md").write_text("x", encoding="utf-8")
    (tmp_path / "docs/nl/.new.md.swp").write_text("x", encoding="utf-8")
    (tmp_path / "docs/nl/gone.md").unlink()
    (tmp_path / "mkdocs.yml").write_text("longer", encoding="utf-8")
    wanted = ["docs/nl/about.md", "docs/nl/gone.md", "docs/nl/new.md", "mkdocs.yml"]
    assert wait(heard, len(wanted)) == wanted
    time.sleep(1.5)
    assert sorted(heard) == wanted
