"""What is wrong with a translation, or asks for a person's eyes, at the row in which it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from safepage.faults import Fault, bounded
from safepage.page.plain_words import plain
from safepage.translations import closely, frame_words
from safepage.translations.catalogue import Catalogue
from safepage.translations.closely import Look
from safepage.translations.records import record_path
from safepage.translations.review.rows import Row

LOOK = "look"
_MOST = 300  # characters of a piece that is quoted


@dataclass(frozen=True)
class Note:
    """One thing: "error", "warning" or "look"; what to do about it; the words in which it stands."""

    kind: str
    what: str
    todo: str = ""
    words: str = ""


def of_page(
    site: Catalogue, locale: str, name: str, rows: Sequence[Row], faults: Collection[Fault]
) -> list[list[Note]]:
    """The notes of each row; those of the page as a whole come last, in a list of their own.

    `faults` are those that a build has found, of any page.
    """
    path = site.path(locale, name)
    of_file = {path, record_path(locale, name), site.path(site.source, name)}
    known = bounded({*site.page_faults(locale, name), *(fault for fault in faults if fault.path in of_file)})
    found: list[list[Note]] = [[] for _ in [*rows, None]]
    for fault in known:
        at = _row(rows, fault.line) if fault.path == path and fault.line else -1
        where = (
            "" if fault.path == path else f"{fault.path}:{fault.line}: " if fault.line else f"{fault.path}: "
        )
        found[at].append(Note(fault.severity, where + fault.what, fault.todo))
    for at, words, whats in _together(rows, _looks(site, locale, name, rows)):
        found[at].append(Note(LOOK, ", ".join(whats), words=words))
    return found


def elsewhere(site: Catalogue, locale: str, faults: Collection[Fault]) -> list[Fault]:
    """The errors that keep a build from looking at a language: in settings, contacts, words of the frame."""
    pages = tuple(f"docs/{tag}/" for tag in (site.source, *site.locales))
    return bounded(
        fault for fault in faults if fault.severity == "error" and not fault.path.startswith(pages)
    )


def _row(rows: Sequence[Row], line: int) -> int:
    """The row whose translation holds a line, or else the one above it; -1 for the page."""
    before = [(block.line, at) for at, row in enumerate(rows) for block in row.ours if block.line <= line]
    return max(before, default=(0, -1))[1]


def _together(rows: Sequence[Row], looks: Iterable[Look]) -> Iterator[tuple[int, str, list[str]]]:
    """What is said of the same words, with the row in which they stand; "" where they are all of it."""
    found: dict[tuple[int, str], list[str]] = {}
    for look in looks:
        found.setdefault((_row(rows, look.line), look.ours), []).append(look.what)
    for (at, words), whats in found.items():
        whole = any(words == plain(block.text) for block in rows[at].ours)
        yield at, "" if whole else words[:_MOST], whats


def _looks(site: Catalogue, locale: str, name: str, rows: Sequence[Row]) -> Iterator[Look]:
    """In what is translated: a copy of the source has the source's negations."""
    shown = [row for row in rows if row.state != "missing"]
    if name == frame_words.NAME:
        for row in shown:
            if row.source and row.ours:
                yield from closely.compare(row.ours[0], row.source[0], locale, site.source)
    elif shown:
        lines = {block.line for row in shown for block in row.ours}
        source, text = site.text(site.source, name) or "", site.text(locale, name) or ""
        yield from (look for look in closely.look(source, text, locale, site.source) if look.line in lines)
