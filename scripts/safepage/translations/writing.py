"""Writes several files of the project: all of them, or none."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from safepage.faults import Fault, Faulty


def write_all(root: Path, texts: Mapping[str, str]) -> None:
    """Write files, by their paths from `root`: all of them, or none and all is as it was.

    Raises Faulty if one can't be written.
    """
    made: list[Path] = []
    staged: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    path = ""
    try:
        for path, text in texts.items():
            file = root / path
            made += _folders(file.parent)
            staged[file] = file.with_name(f".{file.name}.new")
            staged[file].write_text(text, encoding="utf-8", newline="\n")
            before[file] = file.read_bytes() if file.exists() else None
        for file, new in staged.items():
            path = file.relative_to(root).as_posix()
            if file.exists():
                new.chmod(file.stat().st_mode)
            new.replace(file)
    except BaseException as error:
        _undo(staged, before, made)
        if not isinstance(error, OSError):
            raise
        why = (error.strerror or str(error)).lower()
        what = f"the file can't be written: {why}; nothing has been changed"
        raise Faulty([Fault(path, 0, what, "make room or give leave to write, and try again")]) from None


def _folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; the ones that were not there, the outermost first."""
    new = [place for place in (folder, *folder.parents) if not place.exists()][::-1]
    folder.mkdir(parents=True, exist_ok=True)
    return new


def _undo(staged: Mapping[Path, Path], before: Mapping[Path, bytes | None], made: list[Path]) -> None:
    for file, new in staged.items():
        with contextlib.suppress(OSError):
            was = before.get(file)
            if file in before and not new.exists():  # it has been put in place already
                file.unlink() if was is None else file.write_bytes(was)
            new.unlink(missing_ok=True)
    for folder in reversed(made):
        with contextlib.suppress(OSError):
            folder.rmdir()
