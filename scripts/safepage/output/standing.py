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
        try:
            self._lay(file, name, data)
        except FileNotFoundError:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._lay(file, name, data)
        except FileExistsError:
            file.unlink()  # not in place: it may be the old site's as well
            self._lay(file, name, data)

    def _lay(self, file: Path, name: str, data: bytes) -> None:
        if self.folder and self._has(name, data):
            try:
                os.link(self.folder / name, file)
            except (FileNotFoundError, FileExistsError):
                raise
            except OSError:  # this disk knows no second names
                pass
            else:
                return
        with file.open("xb") as new:
            new.write(data)

    def _has(self, name: str, data: bytes) -> bool:
        old = Path(self.folder or "", name)
        try:
            return _kind(old.lstat()) == self.like and old.read_bytes() == data
        except OSError:
            return False


EMPTY = Standing()


def _kind(state: os.stat_result) -> tuple[int, ...]:
    return state.st_dev, state.st_uid, state.st_gid, state.st_mode if stat.S_ISREG(state.st_mode) else 0
