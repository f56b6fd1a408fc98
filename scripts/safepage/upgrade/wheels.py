"""The generator as a file: whether it is one, which, and whether it is the one that was locked."""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from packaging.version import InvalidVersion, Version

from safepage import command
from safepage.begin import generator
from safepage.faults import Fault, Faulty, printable

LOCKS = {"site.lock": "build", "tests.lock": "checks"}  # in generator/, and what of the wheel it is made of
_NAME = re.compile(r"safepage-([^-]+)-py3-none-any\.whl")
_LOCKED = re.compile(r"^\./generator/(\S+\.whl)[\s\\]+--hash=sha256:([0-9a-f]{64})", re.MULTILINE)
_BACK = "bring the folder back as it was: git checkout -- generator"


@dataclass(frozen=True)
class Wheel:
    """A generator that can be put into a site; `digest` is its SHA-256."""

    path: Path
    version: Version
    digest: str

    def read(self, name: str) -> bytes | None:
        """A file of it by its way from the package's folder ("theme/base.html"); None if it has none."""
        with zipfile.ZipFile(self.path) as packed:
            try:
                return packed.read(f"safepage/{name}")
            except KeyError:
                return None

    def locks(self) -> dict[str, str]:
        """The locks of a site that has it, by their names in generator/."""
        data = self.path.read_bytes()
        needs = {
            name: (self.read(f"locks/{made_of}.lock") or b"").decode() for name, made_of in LOCKS.items()
        }
        return {name: generator.locked(self.path.name, data, text) for name, text in needs.items()}


def read(path: Path) -> Wheel:
    """The wheel in a file. Raises Faulty where it is none of this generator, or damaged."""
    name, match = printable(path.name), _NAME.fullmatch(path.name)
    if not path.is_file():
        raise _fault(
            name,
            "there is no such file",
            "give the way to the wheel, a file like safepage-1.0.0-py3-none-any.whl",
        )
    if not match:
        raise _fault(
            name,
            "this is no wheel of the generator",
            "give one whose name is like safepage-1.0.0-py3-none-any.whl",
        )
    try:
        with zipfile.ZipFile(path) as packed:
            if packed.testzip():
                raise zipfile.BadZipFile
            about = packed.read(f"safepage-{match[1]}.dist-info/METADATA").decode()
            whole = {f"safepage/locks/{lock}.lock" for lock in LOCKS.values()} <= set(packed.namelist())
        if not whole or f"\nName: safepage\nVersion: {match[1]}\n" not in about:
            raise _fault(
                name, "what this wheel holds is not the generator that its name says", "fetch it again"
            )
        return Wheel(path, Version(match[1]), hashlib.sha256(path.read_bytes()).hexdigest())
    except InvalidVersion:
        raise _fault(name, f"“{printable(match[1])}” is no version", "fetch the wheel again") from None
    except (zipfile.BadZipFile, KeyError, OSError, UnicodeDecodeError, EOFError, NotImplementedError):
        raise _fault(name, "the file is damaged, or was not fetched whole", "fetch it again") from None


def in_use(root: Path) -> Wheel:
    """The wheel that a begun site's lock names. Raises Faulty where it is not the file that was locked."""
    lock = root / command.GENERATOR / "site.lock"
    found = _LOCKED.search(lock.read_text(encoding="utf-8", errors="replace")) if lock.is_file() else None
    path = f"{command.GENERATOR}/site.lock"
    if not found:
        raise _fault(path, "the lock names no generator", _BACK)
    wheel = read(lock.with_name(found[1]))
    if wheel.digest != found[2]:
        raise _fault(f"{command.GENERATOR}/{found[1]}", "this is not the file that was locked", _BACK)
    return wheel


def newest(root: Path, now: Wheel) -> Wheel | None:
    """The newest wheel beside the one in use; None where none is newer. Raises Faulty as `read`."""
    versions: dict[Version, Path] = {}
    for file in (root / command.GENERATOR).glob("*.whl"):
        if match := _NAME.fullmatch(file.name):
            try:
                versions[Version(match[1])] = file
            except InvalidVersion:
                continue
    latest = max(versions, default=now.version)
    return read(versions[latest]) if latest > now.version else None


def _fault(path: str, what: str, todo: str) -> Faulty:
    return Faulty([Fault(path, 0, what, todo)])
