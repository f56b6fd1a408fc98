"""What words out of a PO file must not change: placeholders, where links lead, what a page is made of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from safepage.faults import Fault, short
from safepage.page import grammar
from safepage.page.paragraphs import FRONT
from safepage.page.spots import Spot, replaced, spots
from safepage.translations.po.matching import Work

_TARGET = re.compile(r"\]\(([^()]*+)\)")
_BRACES = re.compile(r"[{}]")


def check(work: Work, source: str, path: str) -> list[Fault]:
    """What is wrong with the words for a paragraph. In: the text of the source's page; the PO file."""
    where = f"{work.unit.place}: "
    found = list(_marks(work)) or list(_shape(work, source))
    return [Fault(path, work.entry.line, f"{where}{what}", todo) for what, todo in found]


def _marks(work: Work) -> Iterator[tuple[str, str]]:
    words, source = work.entry.words, work.entry.source
    if words.count("\n") != source.count("\n"):
        lines = source.count("\n") + 1
        yield (
            f"“{short(words)}” has {words.count(chr(10)) + 1} lines, but the source has {lines}",
            "keep its line breaks",
        )
    if work.unit.block.kind == "row" and words.count("|") != source.count("|"):
        yield f"“{short(words)}” has other cells than the source", "keep each | between two cells"
    yield from _counted("placeholder", Counter(_spelt(words)), Counter(_spelt(source)))
    yield from _counted("link to", _targets(words), _targets(source))
    rest, theirs = (_BRACES.findall(grammar.PLACEHOLDER.sub("", text)) for text in (words, source))
    if Counter(rest) != Counter(theirs):
        what = f"“{short(words)}” has braces that the source has not: an anchor, or a broken placeholder"
        yield what, "leave the braces as the source has them"


def _counted(noun: str, have: Counter[str], want: Counter[str]) -> Iterator[tuple[str, str]]:
    for item in have.keys() | want.keys():
        if have[item] != want[item]:
            lacks = have[item] < want[item]
            what = f"the words {'lack' if lacks else 'have'} the {noun} {short(item)}"
            yield what + ("" if lacks else ", which the source has not"), "leave it as msgid has it"


def _targets(text: str) -> Counter[str]:
    return Counter(target.strip() for target in _TARGET.findall(text))


def _spelt(text: str) -> list[str]:
    return [f"{{{{ {name} }}}}" for name in grammar.names(text)]


def _shape(work: Work, source: str) -> Iterator[tuple[str, str]]:
    """Words that would be another thing on the page: a heading, an item of a list, two paragraphs."""
    number, words = work.unit.number, work.entry.words
    if work.unit.block.kind in FRONT:
        return  # it stands in quotation marks, and the gate looks at it
    before, after = spots(source), spots(replaced(source, {number: words}))
    if [*map(_made_of, before)] != [*map(_made_of, after)] or after[number].words != words:
        what = f"“{short(words)}” would not be {_a(work.unit.kind)}: signs in it have a meaning on a page"
        yield what, "begin and end it with words; put \\ before a sign such as # or - that shall be shown"


def _made_of(spot: Spot) -> tuple[str, str, str]:
    return spot.block.kind, spot.block.id, spot.block.name


def _a(noun: str) -> str:
    return f"a {noun}"
