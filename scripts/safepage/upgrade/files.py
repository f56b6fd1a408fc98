"""The files of a site as an upgrade reads and writes them: their line ends stay as they are."""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from safepage.page import texts


@dataclass(frozen=True)
class Files:
    """The files of a project, by their paths from its folder."""

    root: Path

    def read(self, path: str) -> str | None:
        """The text of a file, with line feeds as line ends; None if there is none. Raises Faulty."""
        file = self.root / path
        return texts.read(file, path) if file.is_file() else None

    def write(self, path: str, text: str) -> None:
        """Write a text; where the file was there, with its line ends and its byte order mark."""
        file = self.root / path
        before = file.read_bytes() if file.is_file() else b""
        if b"\r\n" in before:
            text = text.replace("\n", "\r\n")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes((codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b"") + text.encode())

    def put(self, path: str, text: str | None) -> None:
        """Write a text, or take the file away with None."""
        if text is None:
            (self.root / path).unlink(missing_ok=True)
        else:
            self.write(path, text)


def diff(path: str, before: str, after: str) -> Iterator[str]:
    """What changes from one text to another, as lines of a diff."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), path, path, lineterm="", n=1)
    yield from list(lines)[2:]
