"""Folders that belong to a living process: whoever comes later knows those whose owner was killed.

Standard library only: the launcher reads this before anything is installed.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCK = ".lock"


def lock(file: IO[bytes]) -> bool:
    """Take the lock of an open file, if nobody has it. The system lets go of it when its holder ends."""
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder whose name begins with `prefix`, gone afterwards. Raises OSError.

    A lock beside it says that its owner lives; it is there before the folder is. Both go with `sweep` where
    the owner was killed.
    """
    made, file = _made(parent, prefix)
    try:
        made.mkdir(mode=0o700)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        file.close()
        with suppress(OSError):
            _lock_of(made).unlink()


def sweep(parent: Path, prefix: str, rescue: Callable[[Path], object] = lambda made: None) -> None:
    """Remove what killed processes left: the folders whose names begin so and that nobody holds.

    `rescue` is called with each before, to take out what must not be lost.
    """
    with suppress(OSError):
        names = {entry.name.removesuffix(_LOCK) for entry in parent.iterdir()}
        hidden = f".{prefix.removeprefix('.')}"
        for name in names:
            if name.startswith(prefix):
                _remove(parent / name, rescue)
            elif name.startswith(hidden):  # the lock is left alone
                _remove(parent / name.removeprefix("."), rescue)


def _lock_of(made: Path) -> Path:
    return made.with_name(f".{made.name.removeprefix('.')}{_LOCK}")


def _made(parent: Path, prefix: str) -> tuple[Path, IO[bytes]]:
    """A name that nobody has, and the file whose lock says that it is ours."""
    while True:
        made = parent / f"{prefix}{secrets.token_hex(4)}"
        place = _lock_of(made)
        file = place.open("xb")
        # A sweep that came between has taken it away again.
        if lock(file) and place.exists() and os.path.samestat(os.fstat(file.fileno()), place.stat()):
            return made, file
        file.close()


def _remove(made: Path, rescue: Callable[[Path], object]) -> None:
    """Remove a folder that nobody holds, and its lock."""
    place = _lock_of(made)
    with suppress(OSError), ExitStack() as stack:
        if place.exists() and not lock(stack.enter_context(place.open("r+b"))):
            return
        if made.is_dir():
            rescue(made)
            shutil.rmtree(made, ignore_errors=True)
        if os.name != "nt":
            place.unlink(missing_ok=True)
            return
    with suppress(OSError):  # Windows takes no file away that is open
        place.unlink(missing_ok=True)
