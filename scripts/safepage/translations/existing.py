"""Which pages each language has: a file that still holds the text of its source is no translation."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import partial
from pathlib import Path

from safepage.faults import Faulty
from safepage.gate import leftovers
from safepage.page import texts
from safepage.site.data import Remember
from safepage.translations import earlier, freshness, records


def read(
    docs: Path, locales: list[str], remember: Remember
) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """The pages of a site.

    In: the folder of the pages; the locales, the source first; what gives again what was found before. Out:
    for each page, by its name, the locales whose text it has; the digests of all that the source's pages ever
    said.
    """
    source = locales[0]
    ever = earlier.digests(docs.parent, source)
    said = hashlib.sha256("".join(sorted(ever)).encode()).hexdigest()
    found: dict[str, set[str]] = {}
    originals: dict[str, str] = {}
    for tag in locales:
        for file in leftovers.files(docs / tag, ".md"):
            name = file.relative_to(docs / tag).as_posix().removesuffix(".md")
            if tag == source:
                originals[name] = _text(file)
            elif name in originals:
                theirs, ours = originals[name], _text(file)
                told = _record(docs.parent / records.record_path(tag, name))
                if remember((theirs, ours, told, said), partial(_is_copy, theirs, ours, told, ever)):
                    continue
            found.setdefault(name, set()).add(tag)
    return {name: frozenset(tags) for name, tags in sorted(found.items())}, ever


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8-sig", errors="replace")


def _record(file: Path) -> str:
    """The text of a record, "" for none; what is wrong with one is told where it counts."""
    with suppress(Faulty):
        return texts.read(file, file.name)
    return ""


def _is_copy(theirs: str, ours: str, record: str, ever: frozenset[str]) -> bool:
    known = None
    with suppress(Faulty):
        known = records.load(record, "") if record else None
    return freshness.state(theirs, ours, known, earlier=ever, places=False).status == "missing"
