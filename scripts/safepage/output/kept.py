"""What builds have made, kept for those that come after.

The rule: an entry bears the name of all that its bytes depend on, so that it is right or is not found. The
name is a digest: of the program and its libraries (`stamp`), and of whatever else the caller made it of. Each
entry holds its own digest; one that is damaged counts as none. It is written under another name and then
renamed, so two builds may keep the same at once. The folder holds at most MOST bytes, those used last. It may
be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from safepage.gate import leftovers

FOLDER = ".cache/kept"
MOST = 256 * 2**20
_DAY = 86_400
_HEAD = 32  # bytes of an entry's own digest


@dataclass(frozen=True)
class Kept:
    """A `folder` of entries, made by the program that has this `stamp`. Without a folder nothing is kept."""

    folder: Path | None = None
    stamp: str = ""

    @classmethod
    def of(cls, root: Path) -> Self:
        """What is kept for a project. In: its folder."""
        package = Path(__file__).parents[1]
        places = [Path(path) for path in sys.path if Path(path).is_dir()]
        libraries = sorted(entry.name for place in places for entry in place.glob("*-info"))
        machine = (sys.version, sys.platform, platform.machine(), zlib.ZLIB_RUNTIME_VERSION)
        stamp = digest(*machine, *libraries, *contents(package, leftovers.files(package, "")))
        return cls(None if _came_with(root) else root / FOLDER, stamp)

    def name(self, *made_of: str | bytes) -> str:
        """The name of what is made of these, in this order, by this program."""
        return digest(self.stamp, *made_of)

    def get(self, name: str) -> list[bytes] | None:
        """The parts of an entry; None where there is none, or a damaged one."""
        if not self.folder:
            return None
        file = self.folder / name
        try:
            whole = file.read_bytes()
            if time.time() - file.stat().st_mtime > _DAY:
                os.utime(file)
        except OSError:
            return None
        return _unpacked(whole[_HEAD:]) if whole[:_HEAD] == _own(name, whole[_HEAD:]) else None

    def put(self, name: str, *parts: bytes) -> None:
        """Keep the parts of an entry, if the disk takes it."""
        if not self.folder:
            return
        data = _packed(parts)
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, other = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                file.write(_own(name, data) + data)
            Path(other).replace(self.folder / name)

    def take(self, made: Path) -> None:
        """Take over the entries that were put into another folder, which may be missing."""
        if not self.folder or not made.is_dir():
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            for file in made.iterdir():
                shutil.move(file, self.folder / file.name)

    def trim(self) -> None:
        """Let what was not used for the longest time go, once there is too much."""
        with suppress(OSError):
            found = [(file.stat(), file.path) for file in os.scandir(self.folder)] if self.folder else []
            left = sum(state.st_size for state, _ in found)
            for state, path in sorted(found, key=lambda one: one[0].st_mtime):
                if left <= MOST:
                    break
                Path(path).unlink()
                left -= state.st_size


NOTHING = Kept()


class Remembered:
    """What functions gave for what they were given, for the next process: values that JSON knows.

    All of one `topic` are one entry, which is written again: with what was asked for last.
    """

    def __init__(self, kept: Kept, topic: str = "site") -> None:
        self.kept, self.entry = kept, kept.name("remembered", topic)
        whole = kept.get(self.entry)
        self.before: dict[str, Any] = json.loads(whole[0]) if whole else {}
        self.now: dict[str, Any] = {}

    def __call__(self, given: Iterable[str], give: Callable[[], Any]) -> Any:
        """The value of `give`, which depends on nothing but what is `given`."""
        name = digest(*given)
        if name not in self.now:
            self.now[name] = self.before[name] if name in self.before else give()
        return self.now[name]

    def keep(self) -> None:
        """Keep what was asked for, if it is not kept."""
        if self.now != self.before:
            self.kept.put(self.entry, json.dumps(self.now).encode())


def digest(*parts: str | bytes) -> str:
    """One name for these parts in this order: no two series of parts have the same."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(struct.pack("<Q", len(data)))
        found.update(data)
    return found.hexdigest()


def contents(folder: Path, files: Iterable[Path]) -> list[bytes]:
    """Files of a folder: the name of each there, then what it holds."""
    return [
        part for file in files for part in (file.relative_to(folder).as_posix().encode(), file.read_bytes())
    ]


def _came_with(root: Path) -> bool:
    """True if entries may be somebody else's: then a page of theirs would come past the gate.

    They are where git has the folder, as in a pull request that brings one; and where nobody can tell.
    """
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return False
    command = ["git", "-C", str(root), "ls-files", "--", ".cache"]
    try:
        return bool(subprocess.run(command, capture_output=True, check=True).stdout)
    except (OSError, subprocess.CalledProcessError):
        return True


def _own(name: str, data: bytes) -> bytes:
    return hashlib.sha256(name.encode() + data).digest()


def _packed(parts: Iterable[bytes]) -> bytes:
    return zlib.compress(b"".join(struct.pack("<Q", len(part)) + part for part in parts), 1)


def _unpacked(data: bytes) -> list[bytes]:
    whole, parts, at = zlib.decompress(data), [], 0
    while at < len(whole):
        (length,) = struct.unpack_from("<Q", whole, at)
        parts.append(whole[at + 8 : at + 8 + length])
        at += 8 + length
    return parts
