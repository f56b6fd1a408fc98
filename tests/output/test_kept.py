"""What a build keeps for the next one: right or not there, bounded, and never what came with a project."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from safepage.output import kept
from safepage.output.kept import Kept


def filled(folder: Path) -> tuple[Kept, str]:
    """A folder with one entry, and the name of that."""
    store = Kept(folder, "a program")
    name = store.name("a text", b"more")
    store.put(name, b"one", b"", b"three" * 999)
    return store, name


def test_what_was_put_is_got(tmp_path: Path) -> None:
    """By the same program alone, and by what it was made of in that order."""
    store, name = filled(tmp_path)
    assert store.get(name) == [b"one", b"", b"three" * 999]
    others = [
        store.name("a text", b"mor", b"e"),
        store.name(b"more", "a text"),
        Kept(tmp_path).name("a text"),
    ]
    assert len({name, *others}) == 4
    assert list(map(store.get, others)) == [None] * 3
    assert Kept().get(name) is None


def test_a_damaged_entry_is_none(tmp_path: Path) -> None:
    """Cut short, changed anywhere, or another's under this name; what is put then is got again."""
    store, name = filled(tmp_path)
    file = tmp_path / name
    whole = file.read_bytes()
    other = store.name("other")
    for damaged in (b"", whole[:20], whole[:-1], whole[:40] + b"\0" + whole[41:], b"\0" + whole[1:]):
        file.write_bytes(damaged)
        assert store.get(name) is None
    (tmp_path / other).write_bytes(whole)
    assert store.get(other) is None
    store.put(name, b"new")
    assert store.get(name) == [b"new"]


def test_the_folder_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was used last stays, though the clock had jumped."""
    monkeypatch.setattr(kept, "MOST", 3_000)
    store = Kept(tmp_path, "a program")
    for number in range(9):
        store.put(store.name(str(number)), os.urandom(900))
        os.utime(tmp_path / store.name(str(number)), (number, number))
    store.get(store.name("0"))
    store.trim()
    assert [number for number in range(9) if store.get(store.name(str(number)))] == [0, 7, 8]
    Kept(tmp_path / "none").trim()


def test_a_disk_that_takes_nothing_is_no_trouble(tmp_path: Path) -> None:
    """A project in a folder that can't be written to is built as ever."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    store, name = filled(tmp_path / "file")
    assert store.get(name) is None


def test_what_came_with_the_project_is_not_believed(tmp_path: Path) -> None:
    """A pull request that brings a page in the cache must not get it past the gate."""

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True, capture_output=True)

    assert Kept.of(tmp_path).folder
    git("init", "--quiet")
    filled(tmp_path / kept.FOLDER)
    assert Kept.of(tmp_path).folder
    git("add", "--force", ".cache")
    assert Kept.of(tmp_path).folder is None


def test_the_name_changes_with_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library of another version, another Python, the generator itself: its entries are not found."""
    stamps = [Kept.of(tmp_path).stamp, Kept.of(tmp_path).stamp]
    (tmp_path / "brotli-99.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    stamps.append(Kept.of(tmp_path).stamp)
    monkeypatch.setattr("sys.version", "4.0")
    stamps.append(Kept.of(tmp_path).stamp)
    monkeypatch.setattr(kept, "__file__", str(tmp_path / "package/output/kept.py"))
    for text in ("", "other"):
        (tmp_path / "package/page").mkdir(parents=True, exist_ok=True)
        (tmp_path / "package/page/words.yml").write_text(text, encoding="utf-8")
        stamps.append(Kept.of(tmp_path).stamp)
    assert [stamps.index(stamp) for stamp in stamps] == [0, 0, 2, 3, 4, 5]
