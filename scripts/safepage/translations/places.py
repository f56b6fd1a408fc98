"""Which paragraph of a translation is which of its source: by its place, where both have the same shape."""

from __future__ import annotations

import re
from collections.abc import Sequence

from safepage.page.paragraphs import FRONT, Paragraph
from safepage.translations.records import Record


class Places:
    """Finds the translated paragraph that belongs to a source paragraph, by its place in its section."""

    def __init__(self, record: Record | None, now: Sequence[Paragraph], there: Sequence[Paragraph]) -> None:
        entries = record.entries if record else ()
        self.old = sections([(entry.kind, entry.id) for entry in entries])
        self.new = sections([(block.kind, block.id) for block in now])
        self.there = sections([(block.kind, block.id) for block in there])
        self.old_kinds = [entry.kind for entry in entries]
        self.new_kinds = [block.kind for block in now]
        self.kinds = [block.kind for block in there]
        self.front = {kind: index for index, kind in enumerate(self.kinds) if kind in FRONT}

    def __call__(self, old: int | None, new: int | None) -> int | None:
        """The paragraph's number; None where the section has another shape. In: its numbers in the record
        and in the source of today."""
        # A translation that already follows the new source is mapped by it; one that doesn't, by the old.
        if new is not None and (place := self._map(self.new, self.new_kinds, new)) is not None:
            return place
        if old is not None:
            return self._map(self.old, self.old_kinds, old)
        return None

    def _map(self, side: dict[str, list[int]], kinds: list[str], index: int) -> int | None:
        if kinds[index] in FRONT:
            return self.front.get(kinds[index])
        for name, members in side.items():
            if index in members:
                there = self.there.get(name, [])
                if [kinds[i] for i in members] == [self.kinds[i] for i in there]:
                    return there[members.index(index)]
        return None


def sections(blocks: Sequence[tuple[str, str]]) -> dict[str, list[int]]:
    """The numbers of the paragraphs below each heading, by its anchor; those of the head are in none.

    In: the kind and the id of each.
    """
    found: dict[str, list[int]] = {}
    name = ""
    for index, (kind, anchor) in enumerate(blocks):
        if kind in FRONT:
            continue
        if re.fullmatch(r"h[2-6]", kind):
            name = anchor or f"{name}+"
        found.setdefault(name, []).append(index)
    return found
