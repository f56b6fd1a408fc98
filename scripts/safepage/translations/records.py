"""What a translation was confirmed against: a small file for each page, readable in a pull request."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from safepage.faults import Fault, Faulty
from safepage.gate.leftovers import FOLDER
from safepage.page.grammar import PLACEHOLDER, placeholders_of
from safepage.page.paragraphs import Paragraph

FRAME = "interface"  # how commands and records call the words of the frame, which no page may be called
MAX_ENTRIES = 2_000  # paragraphs; the longest page of the site has a hundred
_EXCERPT = 60
_ENTRY = re.compile(r'- (".*")$')
_REVIEWER = re.compile(r"reviewed-by:\s*(\"?)([A-Za-z0-9][A-Za-z0-9._@-]*)\1$")

_CUT = re.compile(rf"(.* …)(?: {PLACEHOLDER.pattern})+$")
_KNOWS = "placeholders"  # in the head of a record that names those beyond the first words of a paragraph
_HEAD = """\
# What docs/{source}/{file} said when this translation was found to match it: first words and placeholders.
# Written by: manage.py translations confirm {locale} {page}
"""


@dataclass(frozen=True)
class Entry:
    """A source paragraph in a record: its digest, kind (`h2`, `check`), anchor (or a notice's name) and first
    words. `placeholders` in their order; None where an older record doesn't know them."""

    digest: str
    kind: str
    id: str
    excerpt: str
    placeholders: tuple[str, ...] | None = ()


@dataclass(frozen=True)
class Record:
    """What a translation was confirmed against, and by which native speaker (None: a draft)."""

    entries: tuple[Entry, ...]
    reviewed_by: str | None = None

    @property
    def digests(self) -> list[str]:
        return [entry.digest for entry in self.entries]


def is_handle(name: str) -> bool:
    """True for what may stand as a reviewer: a name on a code host, without spaces."""
    return bool(_REVIEWER.fullmatch(f"reviewed-by: {name}"))


def record_path(locale: str, page: str) -> str:
    """Where the record of a page is kept, from the project's root; `page` has no ending (`health/gp`)."""
    return f"docs/{locale}/{FOLDER}/{page}.yml"


def renew(record: Record | None, now: Sequence[Paragraph], reviewed_by: str | None) -> Record:
    """The record that a translation matches the source's paragraphs `now`.

    A reviewer, once named, stays while nothing changed: after a change somebody has to check anew.
    """
    entries = tuple(entry_of(block) for block in now)
    if reviewed_by is None and record and Counter(record.digests) == Counter(e.digest for e in entries):
        reviewed_by = record.reviewed_by
    return Record(entries, reviewed_by)


def dump(record: Record, locale: str, page: str, source: str = "en") -> str:
    """The record as YAML, one line a paragraph so that a pull request reads well."""
    file = f"{page}.yml" if page == FRAME else f"{page}.md"
    lines = [_HEAD.format(locale=locale, page=page, source=source, file=file)]
    if record.reviewed_by:
        lines.append(f"reviewed-by: {record.reviewed_by}\n")
    else:
        lines.append("draft: true # no native speaker has checked it yet\n")
    lines.append("source:\n")
    lines += [f"- {json.dumps(line_of(entry), ensure_ascii=False)}\n" for entry in record.entries]
    return "".join(lines)


def line_of(entry: Entry) -> str:
    """A paragraph as one line of a record: digest, kind, anchor, first words, placeholders after these."""
    anchor = f"#{entry.id}" if entry.id else ""
    beyond = (entry.placeholders or ())[len(placeholders_of(entry.excerpt)) :]
    return " ".join((f"{entry.digest} {entry.kind}{anchor} {entry.excerpt}".rstrip(), *beyond))


@lru_cache(maxsize=1024)  # while the site is served, all records but one are as they were
def load(text: str, path: str) -> Record:
    """The record in `text`, read line by line (a YAML library would take seconds for a thousand).

    Raises Faulty for a line that `dump` doesn't write, a merge conflict for instance.
    """
    return read_lines(text, path)[0]


def read_lines(text: str, path: str) -> tuple[Record, list[int]]:
    """The record in `text`, and the line of each of its entries. Raises Faulty as `load`."""
    entries: list[Entry] = []
    places: list[int] = []
    reviewer: str | None = None
    known = complete = False
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        line = line.rstrip()
        if not line or line.startswith("#") or line == "source:":
            complete |= line.startswith("#") and _KNOWS in line
        elif match := _ENTRY.match(line):
            entry = _parse(match[1], complete)
            if entry is None:
                raise _unreadable(path, number)
            entries.append(entry)
            places.append(number)
            if len(entries) > MAX_ENTRIES:
                raise _unreadable(path, number)
        elif match := _REVIEWER.match(line):
            reviewer, known = match[2], True
        elif re.match(r"draft:\s*true\b", line):
            known = True
        else:
            raise _unreadable(path, number)
    if not known:
        raise _unreadable(path, 0)
    return Record(tuple(entries), reviewer), places


def entry_of(block: Paragraph) -> Entry:
    """A source paragraph as it stands in a record."""
    words = block.text if len(block.text) <= _EXCERPT else block.text[:_EXCERPT].rsplit(" ", 1)[0] + " …"
    found = placeholders_of(block.text)
    return Entry(block.digest, block.kind, block.name or block.id, words, found)


@lru_cache(maxsize=4096)  # a paragraph of the source has the same line in the record of each language
def _parse(quoted: str, complete: bool) -> Entry | None:
    try:
        words = str(json.loads(quoted))
    except ValueError:
        return None
    match = re.match(r"([0-9a-f]{12}) (\w+)(?:#(\S+))?(?: (.*))?$", words)
    if match is None:
        return None
    words = match[4] or ""
    found = placeholders_of(words)
    unknown = not complete and words.endswith(" …")
    cut = _CUT.match(words)
    return Entry(match[1], match[2], match[3] or "", cut[1] if cut else words, None if unknown else found)


def _unreadable(path: str, number: int) -> Faulty:
    page = path.removeprefix("docs/").removesuffix(".yml").replace(f"/{FOLDER}/", " ")
    return Faulty(
        [
            Fault(
                path,
                number,
                "this record of a translation can't be read",
                "take the file as it was, or check the translation and run"
                f" `manage.py translations confirm {page}`",
            )
        ]
    )
