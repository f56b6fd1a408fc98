"""Exchanges several files of a begun site as one: all of them or none.

What was killed halfway is finished by the next command, whichever it is, since a site between two generators
would be neither's.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from safepage import command
from safepage.output import held

STAGE = "upgrade-"  # what is prepared lies below .cache/ in a folder whose name begins so
NEW, OLD = "new", "old"  # in it: the files to put, and what they are to take the place of
_GO = "go.json"  # … and, once all is ready, what is to be done: from then on there is no way back but `undo`


class Meanwhile(Exception):
    """A file is not as it was when the exchange was prepared; the message is its path."""


def put(root: Path, stage: Path, paths: Iterable[str], gone: Iterable[str] = ()) -> None:
    """Put the files of `stage`/new into a project, and take others away.

    In: the project's folder; a stage on the same disk; the paths of both kinds, from the project's folder.
    Raises Meanwhile where one of them is not what `stage`/old holds, and OSError; then all is as it was.
    """
    steps = [(path, True) for path in sorted(paths, key=_in_order)] + [(path, False) for path in sorted(gone)]
    for path, _ in steps:
        if _bytes(root / path) != _bytes(stage / OLD / path):
            raise Meanwhile(path)
    ready = stage / f"{_GO}.new"
    ready.write_text(json.dumps(steps), encoding="utf-8")
    ready.replace(stage / _GO)
    try:
        _do(root, stage)
    except BaseException:
        _undo(root, stage)
        raise


def finish(root: Path) -> None:
    """Finish what a killed exchange left, and sweep away what was only prepared."""
    if (root / ".cache").is_dir():
        held.sweep(root / ".cache", STAGE, partial(_do, root))


def _in_order(path: str) -> tuple[int, str]:
    """The wheel before all, the locks after all: whichever lock is there, its wheel is too."""
    folder, _, name = path.rpartition("/")
    if folder == command.GENERATOR:
        return (0, path) if name.endswith(".whl") else (2, path)
    return (1, path)


def _do(root: Path, stage: Path) -> None:
    if not (stage / _GO).is_file():
        return
    for path, stays in json.loads((stage / _GO).read_text(encoding="utf-8")):
        if stays:
            _lay(stage / NEW / path, root / path)
        else:
            (root / path).unlink(missing_ok=True)


def _undo(root: Path, stage: Path) -> None:
    for path, _ in json.loads((stage / _GO).read_text(encoding="utf-8")):
        with suppress(OSError):
            if (stage / OLD / path).is_file():
                _lay(stage / OLD / path, root / path)
            else:
                (root / path).unlink(missing_ok=True)
    (stage / _GO).unlink()


def _lay(source: Path, target: Path) -> None:
    """Copied, not moved: whoever is killed here can begin again."""
    if _bytes(source) == _bytes(target):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.new")
    try:
        shutil.copy(source, new)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
