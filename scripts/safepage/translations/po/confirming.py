"""What a page, or the frame, is confirmed against once the words of a PO file are in it: what is finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from safepage.page.paragraphs import paragraphs
from safepage.translations.po.matching import Work
from safepage.translations.po.standing import Page, Standing
from safepage.translations.records import Entry, Record, entry_of


def of_page(page: Page, works: Mapping[int, Work], text: str, placed: Mapping[int, int]) -> Record | None:
    """The record of a page.

    In: the page as it stands; what the file says of its paragraphs; its new text, and where the source's
    paragraphs stand in it. A unit that is finished is confirmed, and one that was stays so; what is outdated
    keeps what it was confirmed against, what is still the source's is confirmed against nothing.
    """
    standings = {one.unit.number: one for one in page.standings}
    there = paragraphs(text)
    entries: list[Entry] = []
    for number, block in enumerate(paragraphs(page.source)):
        old = page.outdated.get(number)
        if number in standings:
            entry = entry_now(standings[number], works.get(number))
        elif number in page.loose:
            entry = old if number in page.outdated or not page.record else entry_of(block)
        else:  # without words: it is right where it is the same
            same = number in placed and there[placed[number]].digest == block.digest
            entry = entry_of(block) if same else old
        entries += [entry] if entry else []
    return _kept(page.record, _with_gone(entries, page))


def of_frame(
    record: Record | None, standings: Sequence[Standing], works: Mapping[int, Work]
) -> Record | None:
    """The record of the frame's words."""
    entries = [entry_now(one, works.get(one.unit.number)) for one in standings]
    return _kept(record, [entry for entry in entries if entry])


def entry_now(one: Standing, work: Work | None) -> Entry | None:
    """What a unit is confirmed against."""
    if work and work.done:
        return entry_of(one.unit.block)
    if work and work.against:
        return work.against
    return entry_of(one.unit.block) if one.finished else one.old


def _with_gone(entries: list[Entry], page: Page) -> list[Entry]:
    """What the source has no more stays in the record, in its place: a person has yet to look at it."""
    known = page.record.entries if page.record else ()
    above: Entry | None = None
    for entry in known:
        if entry in page.gone:
            at = entries.index(above) + 1 if above in entries and above else 0
            entries.insert(at, entry)
            above = entry
        elif entry in entries:
            above = entry
    return entries


def _kept(record: Record | None, entries: Sequence[Entry]) -> Record | None:
    """The record as it was where nothing is otherwise, with its reviewer."""
    if record and Counter(record.digests) == Counter(entry.digest for entry in entries):
        return record
    return Record(tuple(entries), None) if entries or record else None
