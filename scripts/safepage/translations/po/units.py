"""What a translator gets at a time: the words of one paragraph of a page, or of one key of the frame."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from safepage.page.paragraphs import Paragraph
from safepage.page.spots import spots
from safepage.translations.frame_words import FILE, NAME

_HEADING = re.compile(r"h[2-6]")
_KINDS = {
    "title": "title of the page, in the browser’s tab and in search results",
    "menu": "name of the page in menus: short",
    "description": "what the page is about, for search results",
    "li": "list item",
    "check": "sign of the checklist",
    "row": "row of a table",
    "quote": "quotation",
    "notice": "title of a notice",
    "word": "word of the frame around every page",
}


@dataclass(frozen=True)
class Unit:
    """`page` is its name, or that of the frame; `place` tells alike words apart (`recognise#signs`);
    `source` are the source's words, `path` its file. `number` is that of the paragraph `block`."""

    page: str
    place: str
    source: str
    path: str
    number: int
    block: Paragraph

    @property
    def key(self) -> tuple[str, str]:
        """What it is found by in a PO file."""
        return self.place, self.source

    @property
    def kind(self) -> str:
        """What it is, in plain words."""
        kind = self.block.kind
        return _KINDS.get(kind, "heading" if kind.startswith("h") else "paragraph")

    @property
    def named(self) -> bool:
        """True where the place alone says which unit it is: there is no other like it."""
        return self.block.kind == "word" or not self.block.in_body


def of_page(page: str, text: str, path: str) -> list[Unit]:
    """The units of a source page, in its order.

    A place names the section alone, so that units above and below don't move it; the second of the same
    words in a section has a number.
    """
    found: list[Unit] = []
    seen: Counter[tuple[str, str]] = Counter()
    section = page
    for number, spot in enumerate(spots(text)):
        block = spot.block
        if _HEADING.fullmatch(block.kind):
            section = f"{page}#{block.id}"
        if not spot.words:
            continue
        place = section if block.in_body else f"{page}: {block.kind}"
        seen[place, spot.words] += 1
        again = seen[place, spot.words]
        place = f"{place} ({again})" if again > 1 else place
        found.append(Unit(page, place, spot.words, path, number, block))
    return found


def of_frame(words: Sequence[Paragraph], path: str) -> list[Unit]:
    """The units of the source's interface.yml."""
    return [
        Unit(NAME, f"{FILE}: {word.id}", word.text, path, number, word) for number, word in enumerate(words)
    ]


def page_of(place: str) -> str:
    """The page that a place lies on."""
    name = re.split(r"[#:]| \(", place, maxsplit=1)[0]
    return NAME if name == FILE else name


def section_of(place: str) -> str:
    """A place without the number of what stands there again."""
    return re.sub(r" \(\d+\)$", "", place)


def by_key(units: Iterable[Unit]) -> dict[tuple[str, str], Unit]:
    """Units by what they are found by."""
    return {unit.key: unit for unit in units}
