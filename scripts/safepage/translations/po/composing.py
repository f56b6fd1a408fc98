"""A page with words out of a PO file: in the place of the old ones; new paragraphs where English has them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from safepage.page import head
from safepage.page.spots import lines_of, replaced, spots
from safepage.translations.places import sections
from safepage.translations.po.standing import Page


def composed(page: Page, words: Mapping[int, str]) -> tuple[str, dict[int, int]]:
    """The text of a translation.

    In: the page as it stands; words by the number of the source's paragraph. Out: the text, and the number of
    the translation's paragraph for each of the source's that it has. Paragraphs that the translation has not
    come with the rest of their section, in the source's words where there are no others.
    """
    if page.text is None:
        # Whether the source is a draft says nothing of a translation.
        return head.without(replaced(page.source, words), "draft"), {
            number: number for number in range(len(spots(page.source)))
        }
    lines, order = _written(page, words, _missing(page, words))
    text = "\n".join(lines) if words else page.text
    there = spots(text)
    # By their place in the file: values of a head may stand in any order.
    numbers = sorted(range(len(there)), key=lambda number: there[number].first)
    return text, {of: number for of, number in zip(order, numbers, strict=False) if of is not None}


def shape(text: str) -> list[tuple[str, str, str]]:
    """What a page is made of, whatever its words are: the kind, anchor and name of each paragraph."""
    return [(spot.block.kind, spot.block.id, spot.block.name) for spot in spots(text)]


def _missing(page: Page, words: Collection[int]) -> set[int]:
    """The paragraphs of the source to add: all that are missing where one of them has words now."""
    source = spots(page.source)
    found: set[int] = set()
    for members in sections([(spot.block.kind, spot.block.id) for spot in source]).values():
        lacking = {n for n in members if page.places[n] is None}
        if lacking & set(words):
            found |= lacking
    return found | {n for n in words if page.places[n] is None}


def _written(
    page: Page, words: Mapping[int, str], missing: Collection[int]
) -> tuple[list[str], list[int | None]]:
    """The lines of the translation, and which paragraph of the source each of its paragraphs is then."""
    assert page.text is not None
    lines, there = lines_of(page.text), spots(page.text)
    source, theirs = spots(page.source), lines_of(page.source)
    of = {place: number for number, place in enumerate(page.places) if place is not None}
    out: list[str] = []
    order: list[int | None] = []
    done = 0
    follows = _following(page, missing)
    for at in sorted(range(len(there)), key=lambda n: there[n].first):
        spot, number = there[at], of.get(at)
        new = number is not None and number in words
        out += lines[done : spot.first]
        out += spot.written(words[number]) if new and number is not None else lines[spot.first : spot.end]
        order.append(number)
        done = spot.end
        group = follows.get(at, [])
        for one in group:
            own = source[one]
            out += theirs[source[one - 1].end : own.first] if own.block.in_body else []
            out += own.written(words[one]) if one in words else theirs[own.first : own.end]
            order.append(one)
        if (
            group and of.get(at + 1) == group[-1] + 1
        ):  # the same follows in both: as far below as in the source
            out += theirs[source[group[-1]].end : source[group[-1] + 1].first]
            done = there[at + 1].first
    out += lines[done:]
    return out, order


def _following(page: Page, missing: Collection[int]) -> dict[int, list[int]]:
    """Below which paragraph of the translation new ones stand, in their order."""
    follows: dict[int, list[int]] = {}
    below = 0
    for number, place in enumerate(page.places):
        if place is not None:
            below = place
        elif number in missing:
            follows.setdefault(below, []).append(number)
    return follows
