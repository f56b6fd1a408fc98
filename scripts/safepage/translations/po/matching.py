"""Which unit of today each entry of a PO file is: the file may have been made of an older English."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from safepage.faults import Fault, short
from safepage.page.paragraphs import Paragraph, normal
from safepage.translations.po.reading import Entry
from safepage.translations.po.units import Unit, section_of
from safepage.translations.records import Entry as Confirmed
from safepage.translations.records import entry_of

_LOOKS = 10_000  # pairs that are compared letter by letter; a file could ask for millions
_ALIKE = 0.5  # of one section; a paragraph that was written anew shares less with it
_ALIKE_ELSEWHERE = 0.8


@dataclass(frozen=True)
class Work:
    """What an entry of the file says of a unit. `against` is what the source said when it was translated, if
    that was else: then the words don't match what it says now."""

    entry: Entry
    unit: Unit
    against: Confirmed | None = None
    older: bool = False

    @property
    def done(self) -> bool:
        """True where somebody says that the words match today's source."""
        return bool(self.entry.words) and not self.entry.unsure and not self.older


def match(
    entries: Sequence[Entry],
    units: Sequence[Unit],
    outdated: Mapping[str, Unit],
    known: Collection[str],
    path: str,
) -> tuple[list[Work], list[Fault]]:
    """The entries of one page as work on its units.

    In: the entries and the units of the page; by the digest of what the source said when a unit was confirmed
    that unit, where it says something else now; the digests of all that it ever said; the file. Out: the
    work; an error for each entry that is of no unit, a warning for each whose words the source has no more.
    """
    free = {unit.key: unit for unit in units}
    work: list[Work] = []
    left: list[Entry] = []
    for entry in entries:
        if unit := free.pop((entry.place, entry.source), None):
            work.append(Work(entry, unit))
        else:
            left.append(entry)
    faults: list[Fault] = []
    for find in (_elsewhere, _named, _confirmed, _alike):
        if find is _alike and len(left) * len(free) > _LOOKS:
            break  # no English has changed so much
        rest = []
        for entry in left:
            if unit := find(entry, list(free.values()), outdated):
                del free[unit.key]
                older = normal(entry.source) != normal(unit.source)
                against = _against(entry, unit, {*known, *outdated}) if older else None
                work.append(Work(entry, unit, against, older))
            else:
                rest.append(entry)
        left = rest
    faults += [_lost(entry, known, path) for entry in left]
    return work, faults


def digests(source: str) -> list[str]:
    """The digests that a paragraph of these words may have; a row of a table has bars around it."""
    text = normal(source)
    return [hashlib.sha256(one.encode()).hexdigest()[:12] for one in (text, f"| {text} |", f"| {text}")]


def _elsewhere(entry: Entry, free: Iterable[Unit], _: object) -> Unit | None:
    """The same words in another section: the paragraph has moved, or its section has another anchor."""
    return next((unit for unit in free if normal(unit.source) == normal(entry.source)), None)


def _named(entry: Entry, free: Iterable[Unit], _: object) -> Unit | None:
    return next((unit for unit in free if unit.named and unit.place == entry.place), None)


def _confirmed(entry: Entry, free: Collection[Unit], outdated: Mapping[str, Unit]) -> Unit | None:
    """What the paragraph became that the translation was confirmed against."""
    found = (outdated[digest] for digest in digests(entry.source) if digest in outdated)
    return next((unit for unit in found if unit in free), None)


def _alike(entry: Entry, free: Iterable[Unit], _: object) -> Unit | None:
    """The unit whose words are most like these."""
    best, most = None, 0.0
    for unit in free:
        if unit.named:
            continue
        same = section_of(unit.place) == section_of(entry.place)
        least = max(most, _ALIKE if same else _ALIKE_ELSEWHERE)
        matcher = SequenceMatcher(None, unit.source, entry.source, autojunk=False)
        if matcher.real_quick_ratio() > least and matcher.quick_ratio() > least:
            ratio = matcher.ratio()
            best, most = (unit, ratio) if ratio > least else (best, most)
    return best


def _against(entry: Entry, unit: Unit, known: Collection[str]) -> Confirmed | None:
    """What a record keeps of what the source said; None where it may never have said so."""
    digest = next((one for one in digests(entry.source) if one in known), None)
    if digest is None or entry.unsure or not entry.words:
        return None
    block = Paragraph(unit.block.kind, normal(entry.source), 0, unit.block.id, unit.block.name)
    return replace(entry_of(block), digest=digest)


def _lost(entry: Entry, known: Collection[str], path: str) -> Fault:
    said = f"“{short(entry.source)}” of {entry.place}"
    if any(digest in known for digest in digests(entry.source)):
        return Fault(
            path, entry.line, f"{said} is no more in the source: its words are left out", "nothing", "warning"
        )
    what = f"{said} is nothing that this site says, or ever said: was msgid changed in the file?"
    return Fault(
        path, entry.line, what, "take msgid and msgctxt as they were exported, or the file of this site"
    )
