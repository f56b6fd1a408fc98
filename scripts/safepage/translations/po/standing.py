"""How each unit of a language stands: its words, whether they can be trusted, and what they were made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safepage.page.paragraphs import Paragraph, paragraphs
from safepage.page.spots import spots
from safepage.translations import frame_words, freshness
from safepage.translations.catalogue import Catalogue
from safepage.translations.places import Places, sections
from safepage.translations.po import units
from safepage.translations.po.units import Unit
from safepage.translations.records import Entry, Record


@dataclass(frozen=True)
class Standing:
    """`words` are "" as long as there are none but the source's; they are `unsure` where nobody has said that
    they match the source as it is. `old` is what it said when somebody did, if that was else."""

    unit: Unit
    words: str = ""
    unsure: bool = False
    old: Entry | None = None

    @property
    def finished(self) -> bool:
        """True where there are words, and somebody has said that they match."""
        return bool(self.words) and not self.unsure


@dataclass(frozen=True)
class Page:
    """A page of a language beside the source's: `text` and `record` are None where there is none.

    `places` has the number of the translation's paragraph for each of the source's; None: it has none, or
    its section has another shape: then it is among the `loose`. `outdated` has what the source said before,
    by the paragraph's number (None: nothing), `gone` what the record knows and the source has no more.
    """

    source: str
    text: str | None
    record: Record | None
    places: tuple[int | None, ...]
    loose: frozenset[int]
    outdated: dict[int, Entry | None]
    gone: tuple[Entry, ...]
    standings: tuple[Standing, ...]


def page(site: Catalogue, locale: str, name: str) -> Page:
    """How the units of a page stand. Raises Faulty if a file of it can't be read."""
    source, text = site.text(site.source, name) or "", site.text(locale, name)
    now, there = paragraphs(source), paragraphs(text or "")
    record = site.record(locale, name) if text is not None else None
    changes = freshness.compare(record, now, there) if record else ()
    outdated = {now.index(change.new): change.old for change in changes if change.new}
    places = _places(record, now, there, outdated) if text is not None else [None] * len(now)
    loose = _loose(now, there, places)
    state = freshness.state(source, text, record, earlier=site.earlier)
    found = [
        _standing(unit, places, text or "", state, None if record is None else outdated)
        for unit in units.of_page(name, source, site.path(site.source, name))
        if unit.number not in loose
    ]
    gone = tuple(change.old for change in changes if change.old and not change.new)
    return Page(source, text, record, tuple(places), loose, outdated, gone, tuple(found))


def frame(site: Catalogue, locale: str) -> tuple[Standing, ...]:
    """How the words of a language's frame stand. Raises Faulty if they can't be read."""
    state = site.frame(locale)
    ours = {word.id: word.text for word in site.words_of(locale)}
    changed = {frame_words.key_of(change): change for change in state.changed}
    path = frame_words.path(site.source)
    found = []
    for unit in units.of_frame(site.words_of(site.source), path):
        key = unit.block.id
        if key in state.untranslated:
            found.append(Standing(unit))
        else:
            change = changed.get(key)
            unsure = bool(change) or not state.confirmed
            found.append(Standing(unit, ours[key], unsure, change.old if change else None))
    return tuple(found)


def _places(
    record: Record | None,
    now: Sequence[Paragraph],
    there: Sequence[Paragraph],
    outdated: dict[int, Entry | None],
) -> list[int | None]:
    """Where each paragraph of the source stands in the translation."""
    entries = list(record.entries) if record else []
    free: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        free.setdefault(entry.digest, []).append(number)
    find = Places(record, now, there)
    places: list[int | None] = []
    for number, block in enumerate(now):
        was = outdated.get(number)
        digest = (was.digest if was else "") if number in outdated else block.digest
        olds = free.get(digest, [])
        old = olds.pop(0) if olds else None
        places.append(find(old, number))
    return places


def _loose(
    now: Sequence[Paragraph], there: Sequence[Paragraph], places: Sequence[int | None]
) -> frozenset[int]:
    """The paragraphs of sections that a translator has put together in another way: no one can be told from
    the others."""
    ours = sections([(block.kind, block.id) for block in there])
    found: set[int] = set()
    for name, members in sections([(block.kind, block.id) for block in now]).items():
        if name in ours and all(places[number] is None for number in members):
            found.update(members)
    return frozenset(found)


def _standing(
    unit: Unit,
    places: Sequence[int | None],
    text: str,
    state: freshness.State,
    outdated: Mapping[int, Entry | None] | None,
) -> Standing:
    """`outdated`: what changed since the page was confirmed; None where it never was."""
    place = places[unit.number]
    if place is None:
        return Standing(unit)
    spot = spots(text)[place]
    unsure = outdated is None or unit.number in outdated
    same = spot.block.digest == unit.block.digest
    if (
        not spot.words
        or place in state.untranslated_blocks
        or (same and (unsure or state.status == "missing"))
    ):
        return Standing(unit)
    return Standing(unit, spot.words, unsure, (outdated or {}).get(unit.number))
