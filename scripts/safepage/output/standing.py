"""The site that a build replaces: a file that is the same in both gets a second name, and isn't written.

That is twenty times cheaper, and the file keeps the time of its last change, by which servers and browsers
know it. The old site stays as it is: no file of the new one is written in place.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Standing:
    """The folder of that site, None for none. Its files are taken that are a new file's in all but the bytes:
    disk, owner, group and rights are as in `like`.
    """

    folder: Path | None = None
    like: tuple[int, ...] = ()

    @classmethod
    def of(cls, folder: Path, new: Path) -> Self:
        """In: the folder; a file that was written for this build."""
        return cls(folder, _kind(new.stat()))

    def lay(self, file: Path, name: str, data: bytes) -> None:
        """Write a file. In: its name in the site ("nl/index.html"), what it holds. Raises OSError."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)  # not in place: it may be the old site's as well
        if not self._taken(file, name, data):
            file.write_bytes(data)

    def _taken(self, file: Path, name: str, data: bytes) -> bool:
        if not self.folder:
            return False
        old = self.folder / name
        try:
            if _kind(old.lstat()) != self.like or old.read_bytes() != data:
                return False
            os.link(old, file)
        except OSError:  # it isn't there, or this disk knows no second names
            return False
        return True


EMPTY = Standing()


def _kind(state: os.stat_result) -> tuple[int, ...]:
    return state.st_dev, state.st_uid, state.st_gid, state.st_mode if stat.S_ISREG(state.st_mode) else 0
