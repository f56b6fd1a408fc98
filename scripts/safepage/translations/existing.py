"""Which pages each language has: a file that still holds the text of its source is no translation."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from safepage.faults import Faulty
from safepage.gate import leftovers
from safepage.page import texts
from safepage.translations import earlier, freshness, records


def read(docs: Path, locales: list[str]) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """The pages of a site.

    In: the folder of the pages; the locales, the source first. Out: for each page, by its name, the locales
    whose text it has; the digests of all that the source's pages ever said.
    """
    source = locales[0]
    ever = earlier.digests(docs.parent, source)
    found: dict[str, set[str]] = {}
    for tag in locales:
        for file in leftovers.files(docs / tag, ".md"):
            name = file.relative_to(docs / tag).as_posix().removesuffix(".md")
            original = docs / source / f"{name}.md"
            record = docs.parent / records.record_path(tag, name)
            if tag != source and original.is_file() and _is_copy(original, file, record, ever):
                continue
            found.setdefault(name, set()).add(tag)
    return {name: frozenset(tags) for name, tags in sorted(found.items())}, ever


def _is_copy(source: Path, translation: Path, record: Path, ever: frozenset[str]) -> bool:
    theirs, ours = (file.read_text(encoding="utf-8-sig", errors="replace") for file in (source, translation))
    known = None
    with suppress(OSError, Faulty):  # what is wrong with a record is told where it counts
        known = records.load(texts.read(record, record.name), record.name)
    return freshness.state(theirs, ours, known, earlier=ever, places=False).status == "missing"
