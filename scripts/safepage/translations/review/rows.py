"""Which paragraph of a translation stands beside which of its source, and how each of them stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from safepage.page.paragraphs import Paragraph, paragraphs
from safepage.translations import frame_words, freshness
from safepage.translations.catalogue import Catalogue
from safepage.translations.places import sections
from safepage.translations.po import standing
from safepage.translations.records import Entry

_APART = "this section is put together in another way than the source’s: read it as a whole"
_ALONE = "the source has no such paragraph"


@dataclass(frozen=True)
class Row:
    """A paragraph of the source and its translation; several where a section has another shape.

    `state` is "missing", "outdated", "draft" or "current"; `changed` has what each of `source` said when the
    translation was confirmed, by its place, if that was else (None: nothing), and `gone` what stood there
    then alone; `copied`: the words of `ours` are the source's; `remark`: what else to know.
    """

    state: str
    source: tuple[Paragraph, ...] = ()
    ours: tuple[Paragraph, ...] = ()
    changed: Mapping[int, Entry | None] = field(default_factory=dict)
    gone: Entry | None = None
    copied: bool = False
    remark: str = ""


def of_page(site: Catalogue, locale: str, name: str) -> list[Row]:
    """The rows of a page, in its order. Raises Faulty if a file of it can't be read."""
    found = _Page(standing.page(site, locale, name), site.state(locale, name))
    return found.rows()


def of_frame(site: Catalogue, locale: str) -> list[Row]:
    """The rows of the words of a language's frame. Raises Faulty if they can't be read."""
    frame, ours = site.frame(locale), {word.id: word for word in site.words_of(locale)}
    known = site.words_of(site.source)
    found = []
    for one, word in zip(standing.frame(site, locale), known, strict=True):
        there = ours.get(word.id)
        changed = bool(one.words and frame.confirmed and one.unsure)
        state = "outdated" if changed else _trusted(frame.reviewed_by) if one.words else "missing"
        found.append(
            Row(
                state,
                (word,),
                (there,) if there else (),
                {0: one.old} if changed else {},
                copied=bool(there) and not one.words,
                remark="a reader’s safety hangs on it" if frame_words.is_safety(word.id) else "",
            )
        )
    extra = [word for word in ours.values() if word.id not in {word.id for word in known}]
    return found + [Row(_trusted(frame.reviewed_by), (), (word,), remark=_ALONE) for word in extra]


def _trusted(reviewer: str | None) -> str:
    return "current" if reviewer else "draft"


class _Page:
    def __init__(self, page: standing.Page, state: freshness.State) -> None:
        self.page, self.state = page, state
        self.now, self.there = paragraphs(page.source), paragraphs(page.text or "")
        self.words = {one.unit.number: one.words for one in page.standings}
        self.used = {place for place in page.places if place is not None}

    def rows(self) -> list[Row]:
        """Those of the source in its order; below the one before it what the translation alone has."""
        placed = [(max(places, default=-1), row) for places, row in self._of_source()]
        for place, row in self._of_ours():
            at = next((at for at, (last, _) in enumerate(placed) if last > place), len(placed))
            placed.insert(at, (place, row))
        for before, row in self._gone():
            at = next((at for at, (_, other) in enumerate(placed, 1) if before in other.source), 0)
            placed.insert(at, (-1, row))
        return [row for _, row in placed]

    def _of_source(self) -> Iterator[tuple[Sequence[int], Row]]:
        together = {members[0]: (name, members) for name, members in _named(self.now) if self._loose(members)}
        for number, block in enumerate(self.now):
            if number in together:
                yield self._section(*together[number])
            elif number not in self.page.loose:
                place = self.page.places[number]
                yield ([] if place is None else [place]), self._pair(number, block, place)

    def _loose(self, members: Sequence[int]) -> bool:
        return bool(self.page.loose.intersection(members))

    def _pair(self, number: int, block: Paragraph, place: int | None) -> Row:
        ours = () if place is None else (self.there[place],)
        missing = place is None or self.words.get(number) == "" or self._nothing(number)
        changed = self._changed([number])
        state = "missing" if missing else "outdated" if changed else self._rest
        theirs = place in self.state.untranslated_blocks or any(own.digest == block.digest for own in ours)
        return Row(state, (block,), ours, changed, copied=missing and theirs)

    def _changed(self, members: Sequence[int]) -> dict[int, Entry | None]:
        known = self.page.outdated
        return {at: known[number] for at, number in enumerate(members) if number in known}

    def _nothing(self, number: int) -> bool:
        """What is no words is not there as long as nothing of the page is."""
        return number not in self.words and self.state.status == "missing"

    def _section(self, name: str, members: Sequence[int]) -> tuple[Sequence[int], Row]:
        places = dict(_named(self.there))[name]
        self.used.update(places)
        changed = self._changed(members)
        state = "missing" if self.state.status == "missing" else "outdated" if changed else self._rest
        theirs, ours = (self.now[at] for at in members), (self.there[at] for at in places)
        return places, Row(state, tuple(theirs), tuple(ours), changed, remark=_APART)

    def _of_ours(self) -> Iterator[tuple[int, Row]]:
        """What the translation alone has, what the source lost among it."""
        lost = {change.block: change.old for change in self.state.changed if not change.new}
        for place, block in enumerate(self.there):
            if place not in self.used:
                old = lost.get(place)
                yield place, Row("outdated" if old else self._rest, (), (block,), gone=old, remark=_ALONE)

    def _gone(self) -> Iterator[tuple[Paragraph | None, Row]]:
        """What the source lost and nobody can say where the translation has it: the paragraph above it."""
        known = {block.digest: block for block in self.now}
        entries = self.page.record.entries if self.page.record else ()
        for change in self.state.changed:
            if change.old and not change.new and (change.block is None or change.block in self.used):
                above = entries[: entries.index(change.old)]
                before = next(
                    (known[entry.digest] for entry in reversed(above) if entry.digest in known), None
                )
                yield (
                    before,
                    Row("outdated", gone=change.old, remark="the source has no longer what it said here"),
                )

    @property
    def _rest(self) -> str:
        return _trusted(self.state.reviewed_by)


def _named(blocks: Sequence[Paragraph]) -> list[tuple[str, list[int]]]:
    return list(sections([(block.kind, block.id) for block in blocks]).items())
