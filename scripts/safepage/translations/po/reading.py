"""A PO file that came back from a translator's tool: what it says, or a line for each thing that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

from safepage.faults import Fault, Faulty, short
from safepage.page import texts
from safepage.page.spots import spelt
from safepage.translations.po.writing import MADE_FOR

MAX_SIZE = 4_000_000  # bytes; a language of this site has a tenth
_ANEW = "export the language anew, and bring the translations over"
_STRING = re.compile(
    r"(?:#~\s*|#\|\s*|#~\|\s*)?(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"
    r'"(?:[^"\\]|\\.)*"'
)
_BEGINS = re.compile(r'(?:#~\s*)?(?:msg(?:ctxt|id|str)\b|")')
_FIRST = re.compile(r'#|msg|"')
_LINE = re.compile(r"\(line (\d+)\)(?:: (.*))?")
_CHARSET = re.compile(r"charset=\s*([\w.-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """One entry: the line of the file on which it begins; `unsure` where it is marked as fuzzy."""

    line: int
    place: str
    source: str
    words: str
    unsure: bool


@dataclass(frozen=True)
class Returned:
    """A file that can be read: its name, its language as its header has it, for whom it was made ("" where a
    tool has left that out), and its entries."""

    path: str
    language: str
    made_for: str
    entries: tuple[Entry, ...]


def read(file: Path, path: str) -> Returned:
    """What a PO file says. In: the file, and how messages call it. Raises Faulty with all that is wrong."""
    text = _text(file, path)
    first = text.lstrip().partition("\n")[0]
    if not _FIRST.match(first):
        what = f"the file is no PO file: it begins with “{short(first)}”"
        raise Faulty([Fault(path, 0, what, "let your tool save it as PO (gettext)")])
    if faults := list(_quoting(text, path)):
        raise Faulty(faults)
    try:
        found = polib.pofile(text + "\n")
    except OSError as error:  # how polib says that it can't go on
        match = _LINE.search(str(error))
        what = f"this line can't be read: {match[2] or 'it is not where it belongs'}" if match else str(error)
        raise Faulty(
            [Fault(path, int(match[1]) if match else 0, what, "take it as it was exported")]
        ) from None
    faults = [*_header(found, path), *_entries(found, path)]
    if faults:
        raise Faulty(faults)
    entries = tuple(
        Entry(
            entry.linenum,
            entry.msgctxt,
            _words(entry.msgid),
            _words(entry.msgstr),
            entry.fuzzy,
        )
        for entry in found
        if not entry.obsolete
    )
    return Returned(path, found.metadata["Language"], found.metadata.get(MADE_FOR, ""), entries)


def _text(file: Path, path: str) -> str:
    """The text of the file with line feeds alone, without a byte order mark."""
    try:
        data = file.read_bytes()
    except OSError as error:
        what = f"the file can't be read: {(error.strerror or str(error)).lower()}"
        raise Faulty([Fault(path, 0, what, "see that the name is right, and that you may open it")]) from None
    if len(data) > MAX_SIZE:
        raise Faulty([texts.too_large(len(data), path)])
    if not data.strip():
        raise Faulty([Fault(path, 0, "the file is empty", "take the one that your tool has saved")])
    if fault := texts.wrong(data, path):
        raise Faulty([fault])
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _quoting(text: str, path: str) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if len(line.splitlines()) > 1:
            what = "an invisible end of a line (not that of the keyboard) stands in this line"
            yield Fault(path, number, what, "type the line anew")
        elif _BEGINS.match(line) and not _STRING.fullmatch(line):
            what = f"the quotation marks of this line don't fit: {short(line)}"
            yield Fault(path, number, what, 'put the words between two ", and write \\" for one within them')


def _header(found: polib.POFile, path: str) -> Iterator[Fault]:
    header = found.metadata
    if not header:
        yield Fault(path, 0, "the file has no header: the entry with an empty msgid at its top", _ANEW)
        return
    charset = _CHARSET.search(header.get("Content-Type", ""))
    if charset and charset[1].lower() not in ("utf-8", "utf8"):
        todo = "save it as UTF-8 with your tool, and let its header say charset=UTF-8"
        yield Fault(path, 0, f"the header says that the file is in {charset[1]}", todo)
    if not header.get("Language"):
        what = "the header does not say which language this is"
        yield Fault(path, 0, what, 'write "Language: nl\\n", or which it is, below Content-Type')


def _entries(found: Sequence[polib.POEntry], path: str) -> Iterator[Fault]:
    seen: dict[tuple[str, str], int] = {}
    for entry in found:
        if entry.obsolete:  # tools keep what is no more, for later
            continue
        if entry.msgid_plural or entry.msgstr_plural:
            what = f"“{short(entry.msgid)}” has plural forms, which no text of a site has"
            yield Fault(path, entry.linenum, what, _ANEW)
        elif not entry.msgctxt:
            what = f"“{short(entry.msgid)}” has no msgctxt, which says where it belongs"
            yield Fault(path, entry.linenum, what, f"put the line msgctxt back, or {_ANEW}")
        elif first := seen.get((entry.msgctxt, entry.msgid)):
            what = f"“{short(entry.msgid)}” of {entry.msgctxt} stands twice (first in line {first})"
            yield Fault(path, entry.linenum, what, "keep the one that is right")
        seen.setdefault((entry.msgctxt or "", entry.msgid), entry.linenum)


def _words(text: str) -> str:
    """Words as pages have them; spaces around a line break are none."""
    return "\n".join(spelt(line) for line in text.strip().split("\n"))
