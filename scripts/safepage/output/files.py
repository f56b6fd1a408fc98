"""What lies in a folder that a build has made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def below(folder: Path | str, path: str = "") -> Iterator[str]:
    """The files below a folder, by their names from there ("nl/index.html"), each folder's in order."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        name = f"{path}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from below(entry.path, f"{name}/")
        else:
            yield name
