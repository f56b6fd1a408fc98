"""Puts the generator of this repository into `.venv`, as `pip install --editable` would.

No network is needed. Two things are written: a `.pth` with the way from there to scripts/, so
that a folder which is moved, or reached by another name, still finds its own; and the entry points that
pyproject.toml names, by which MkDocs finds plugins and themes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PATH = "safepage.pth"
_PROJECT = "pyproject.toml"
_STAMP = "pyproject.sha256"


def is_linked(root: Path, packages: Path) -> bool:
    """True if the Python whose packages lie in `packages` finds the generator in `root`, as it is now."""
    stamps = [_text(folder / _STAMP) for folder in _own(packages)]
    return stamps == [_digest(root)] and _text(packages / _PATH) == _way(root, packages)


def link(root: Path, packages: Path) -> None:
    """Make it so. Raises OSError where the folder can't be written."""
    project = tomllib.loads(_text(root / _PROJECT))["project"]
    for old in _own(packages):
        shutil.rmtree(old)
    info = packages / f"{project['name']}-{project['version']}.dist-info"
    info.mkdir()
    _write(info / "METADATA", metadata(project))
    _write(info / "entry_points.txt", entry_points(project))
    _write(packages / _PATH, _way(root, packages))
    _write(info / _STAMP, _digest(root))  # last: it says that the rest is there


def _digest(root: Path) -> str:
    return hashlib.sha256(_text(root / _PROJECT).encode()).hexdigest()


def _way(root: Path, packages: Path) -> str:
    return f"{os.path.relpath(root / 'scripts', packages)}\n"


def is_own(name: str) -> bool:
    """True for what `link` writes, which no lock file lists."""
    return name == _PATH or (name.startswith("safepage-") and name.endswith(".dist-info"))


def _own(packages: Path) -> list[Path]:
    return sorted(entry for entry in packages.iterdir() if entry.name != _PATH and is_own(entry.name))


def metadata(project: dict[str, Any]) -> str:
    """What an installed package says of itself. In: the table `project` of pyproject.toml."""
    needs = [f"Requires-Dist: {need}" for need in project["dependencies"]]
    for extra, more in project["optional-dependencies"].items():
        needs += [f"Provides-Extra: {extra}", *(f"Requires-Dist: {m}; extra == '{extra}'" for m in more)]
    fields = ("name", "version", "requires-python")
    lines = ["Metadata-Version: 2.1", *(f"{key.title()}: {project[key]}" for key in fields), *needs]
    return "\n".join([*lines, ""])


def entry_points(project: dict[str, Any]) -> str:
    """The programs, plugins and themes by which others find the package. In: as `metadata`."""
    groups = {"console_scripts": project.get("scripts", {}), **project.get("entry-points", {})}
    return "\n".join(line for group, entries in groups.items() if entries for line in _group(group, entries))


def _group(name: str, entries: dict[str, str]) -> Iterator[str]:
    yield f"[{name}]"
    yield from (f"{entry} = {target}" for entry, target in entries.items())
    yield ""


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        return ""


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
