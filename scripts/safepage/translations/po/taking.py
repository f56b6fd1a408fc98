"""The words of a PO file as texts and records of the project. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from safepage.faults import Fault, short
from safepage.page.paragraphs import normal
from safepage.page.spots import spots
from safepage.translations import frame_words, freshness, records
from safepage.translations.catalogue import Catalogue
from safepage.translations.po import checking, confirming, standing, units
from safepage.translations.po.composing import composed
from safepage.translations.po.matching import Work, match
from safepage.translations.po.reading import Entry, Returned
from safepage.translations.po.standing import Standing
from safepage.translations.records import Record


@dataclass
class Taken:
    """`texts` to write, by their paths. `origin`: for each of these the lines that a unit takes (first, last)
    and the line of the PO file that it comes from. `told`: a line for each page."""

    path: str
    texts: dict[str, str] = field(default_factory=dict)
    origin: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def of_file(self, fault: Fault) -> Fault:
        """A fault of a text that would be written as one of the PO file that it comes from."""
        if fault.path not in self.origin:
            return fault
        units = sorted(self.origin[fault.path])
        within = [line for first, last, line in units if first <= fault.line <= last]
        below = [line for first, _, line in units if first > fault.line > 0]  # said of a heading
        above = [line for *_, line in units if fault.line > 0][-1:]
        line = [*within, *below, *above, 0][0]
        return replace(fault, path=self.path, line=line, what=f"{fault.path}: {fault.what}")


def take(site: Catalogue, locale: str, file: Returned) -> Taken:
    """What a PO file changes in a language. Raises Faulty if a file of the project can't be read."""
    taken = Taken(file.path)
    by_page: dict[str, list[Entry]] = {}
    for entry in file.entries:
        by_page.setdefault(units.page_of(entry.place), []).append(entry)
    for name, entries in by_page.items():
        if name == frame_words.NAME:
            _frame(site, locale, entries, taken)
        elif name in site.pages:
            _page(site, locale, name, entries, taken)
        else:
            taken.faults += match(entries, [], {}, site.earlier, file.path)[1]
    return taken


def _page(site: Catalogue, locale: str, name: str, entries: Sequence[Entry], taken: Taken) -> None:
    page = standing.page(site, locale, name)
    every = units.of_page(name, page.source, site.path(site.source, name))
    by_number = {unit.number: unit for unit in every}
    outdated = {old.digest: by_number[n] for n, old in page.outdated.items() if old and n in by_number}
    found, faults = match(entries, every, outdated, site.earlier, taken.path)
    path = site.path(locale, name)
    loose = [work for work in found if work.unit.number in page.loose]
    taken.faults += [*faults, *(_is_loose(work, path, taken.path) for work in loose)]
    works = _usable([work for work in found if work not in loose], page.standings, taken)
    words = _new_words(works, page.standings)
    taken.faults += [
        fault for number in words for fault in checking.check(works[number], page.source, taken.path)
    ]
    text, placed = composed(page, words)
    record = confirming.of_page(page, works, text, placed) if _changes(works, page.standings) else page.record
    if words:
        there = spots(text)
        taken.texts[path] = text
        taken.origin[path] = [
            (there[placed[n]].first + 1, there[placed[n]].end, works[n].entry.line)
            for n in words
            if n in placed
        ]
    _record(site, locale, name, record, page.record, taken)
    _tell(path, works, words, page.standings, taken)


def _frame(site: Catalogue, locale: str, entries: Sequence[Entry], taken: Taken) -> None:
    standings = standing.frame(site, locale)
    path, record = frame_words.path(locale), site.record(locale, frame_words.NAME)
    found, faults = match(entries, [one.unit for one in standings], {}, (), taken.path)
    taken.faults += faults
    works = _usable(found, standings, taken)
    words = _new_words(works, standings)
    if words:
        keys = {works[n].unit.block.id: n for n in words}
        text, lines = frame_words.replaced(
            site.read(path) or "", path, {key: words[n] for key, n in keys.items()}
        )
        taken.texts[path] = text
        taken.origin[path] = [(line, line, works[keys[key]].entry.line) for key, line in lines.items()]
    new = confirming.of_frame(record, standings, works) if _changes(works, standings) else record
    _record(site, locale, frame_words.NAME, new, record, taken)
    _tell(path, works, words, standings, taken)


def _usable(found: Sequence[Work], standings: Sequence[Standing], taken: Taken) -> dict[int, Work]:
    """What says something, by the number of its unit.

    Words of an older English, or that wait to be looked at, don't take the place of what matches today's.
    """
    now = {one.unit.number: one for one in standings}
    works: dict[int, Work] = {}
    for work in found:
        entry, one = work.entry, now[work.unit.number]
        still = normal(entry.words) == normal(entry.source)
        if not entry.words or (still and (freshness.is_long(work.unit.block) or entry.unsure)):
            continue
        if one.finished and not work.done:
            if entry.words != one.words:
                what = f"{entry.place}: “{short(entry.words)}” is left out: the site has newer words"
                taken.faults.append(
                    Fault(taken.path, entry.line, what, "export the language anew", "warning")
                )
            continue
        works[work.unit.number] = work
    return works


def _new_words(works: Mapping[int, Work], standings: Sequence[Standing]) -> dict[int, str]:
    now = {one.unit.number: one.words for one in standings}
    return {n: work.entry.words for n, work in works.items() if work.entry.words != now[n]}


def _changes(works: Mapping[int, Work], standings: Sequence[Standing]) -> bool:
    """False where the file says of all units what the project knows already."""
    now = {one.unit.number: one for one in standings}
    return any(
        work.entry.words != now[n].words
        or confirming.entry_now(now[n], work) != confirming.entry_now(now[n], None)
        for n, work in works.items()
    )


def _record(
    site: Catalogue, locale: str, name: str, new: Record | None, old: Record | None, taken: Taken
) -> None:
    if new and new != old:
        path = records.record_path(locale, name)
        taken.texts[path] = records.dump(new, locale, name, site.source)


def _tell(
    path: str,
    works: Mapping[int, Work],
    words: Mapping[int, str],
    standings: Sequence[Standing],
    taken: Taken,
) -> None:
    confirmed = sum(work.done and not one.finished for one, work in _both(works, standings))
    left = sum(not (works[n].done if (n := one.unit.number) in works else one.finished) for one in standings)
    if words or confirmed:
        rest = f", {left} left to do" if left else ", nothing left to do"
        taken.told.append(f"{path}: {len(words)} written, {confirmed} confirmed{rest}")


def _both(works: Mapping[int, Work], standings: Sequence[Standing]) -> list[tuple[Standing, Work]]:
    return [(one, works[one.unit.number]) for one in standings if one.unit.number in works]


def _is_loose(work: Work, path: str, file: str) -> Fault:
    what = (
        f"{work.unit.place}: {path} has this section in other paragraphs than the source: its words stay out"
    )
    return Fault(file, work.entry.line, what, f"translate it in {path}", "warning")
