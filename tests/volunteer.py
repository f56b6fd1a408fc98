"""A volunteer who works in a PO editor: gets a file of a small site, changes it, and hands it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
import pytest

from safepage import cli
from small import Small


@dataclass
class Volunteer:
    """`file` is the PO file on the disk; `tag` the language."""

    site: Small
    capsys: pytest.CaptureFixture[str]
    tag: str = "nl"
    said: list[str] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.site.root.parent / f"{self.tag}.po"

    def export(self, *pages: str) -> polib.POFile:
        """Get a new file."""
        self.file.unlink(missing_ok=True)
        assert self.run("export", self.tag, *pages, "--output", str(self.file)) == 0, self.said
        return polib.pofile(str(self.file))

    def bring(self, text: str | bytes | polib.POFile | None = None) -> int:
        """Hand the file back, perhaps with another text; the exit code, `said` has what was told."""
        if text is not None:
            self.file.write_bytes(text if isinstance(text, bytes) else f"{text}\n".encode())
        return self.run("import", str(self.file))

    def run(self, *words: str) -> int:
        """Run one step of `translations`."""
        self.capsys.readouterr()
        code = cli.main(["translations", *words], self.site.root)
        told = self.capsys.readouterr()
        self.said = (told.out + told.err).splitlines()
        return code

    def files(self) -> dict[str, bytes]:
        """Everything in docs/."""
        docs = self.site.root / "docs"
        return {str(file.relative_to(docs)): file.read_bytes() for file in docs.rglob("*") if file.is_file()}

    def changes(self, before: dict[str, bytes]) -> set[str]:
        """What is otherwise in docs/ than it was."""
        now = self.files()
        return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


def unit(po: polib.POFile, place: str, begins: str = "") -> polib.POEntry:
    """The entry of a place whose source begins so."""
    (found,) = [entry for entry in po if entry.msgctxt == place and entry.msgid.startswith(begins)]
    return found


def open_units(po: polib.POFile, page: str) -> Iterator[polib.POEntry]:
    """Those of a page that have no words yet."""
    return (entry for entry in po if entry.msgctxt.startswith(page) and not entry.msgstr)
