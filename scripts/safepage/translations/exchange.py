"""Whether each contact stands where the source has it: none lost, none new, no number beside another's name.

A section of a translation is compared with the same section of its source, as it is now and as it was when
the translation was confirmed: what English alone changed is a warning, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest

from safepage.page.grammar import PLACEHOLDER, placeholders_of, spelt
from safepage.page.paragraphs import HEADINGS, Paragraph
from safepage.translations.records import Entry

EMERGENCY = spelt("emergency.phone")
_FORMS = {**dict.fromkeys(HEADINGS, "heading"), "notice": "notice", "row": "row"}
_SAME, _OLDER, _WRONG = 0, 1, 100  # what it costs to take paragraphs for one of the source
_TABLE = 10_000  # paragraphs with contacts of a section, times those of the source's
_SPLIT = 4  # a translation may divide a paragraph into so many that hold contacts


@dataclass(frozen=True)
class Part:
    """A paragraph of a section.

    `placeholders` in their order (None: an older record doesn't know them); `entries`: whose contact each of
    them is, and whose name stands there in plain words, in order; `line`: 0 if it is no more.
    """

    kind: str
    form: str
    placeholders: tuple[str, ...] | None
    entries: tuple[str, ...]
    named: frozenset[str]
    line: int
    digest: str


@dataclass(frozen=True)
class Slot:
    """A paragraph of the source as it was when confirmed, and as it is; None: not there."""

    old: Part | None
    new: Part | None

    @property
    def versions(self) -> list[Part]:
        """The one of today first."""
        return [part for part in (self.new, self.old) if part]


@dataclass(frozen=True)
class Step:
    """Paragraphs of the translation, and the one of the source that they are; one of both may be missing."""

    ours: tuple[Part, ...]
    slot: Slot | None
    cost: int


def proper_names(contacts: Mapping[str, object]) -> dict[str, str]:
    """The contacts' names, and whose they are: `{"Our House": "centre.north"}`.

    The operator's is free, and so is one that each language has in words of its own.
    """
    translated = {key.partition("@")[0] for key in contacts if "@" in key}
    found: dict[str, str] = {}
    for key, value in contacts.items():
        own = key.endswith(".name") and key != "operator.name" and key not in translated
        if own and isinstance(value, str) and len(value) > 2:
            found.setdefault(value, key.removesuffix(".name"))
    return found


def part_of(block: Paragraph | Entry, names: Mapping[str, str]) -> Part:
    """A paragraph of a page, or of a record. `names`: the contacts' proper names, and whose they are."""
    words = block.excerpt if isinstance(block, Entry) else block.text
    form = _FORMS.get(block.kind, "text")
    found = [(match.start(), _entry(match[1])) for match in PLACEHOLDER.finditer(words)]
    plain = (
        [(match.start(), names[match[0]]) for match in _literal(tuple(names)).finditer(words)]
        if names
        else []
    )
    if isinstance(block, Entry):
        placeholders, line = block.placeholders, 0
    else:
        placeholders, line = placeholders_of(words), block.line
    entries = tuple(entry for _, entry in sorted([*found, *plain]))
    return Part(block.kind, form, placeholders, entries, frozenset(e for _, e in plain), line, block.digest)


def slots(old: Sequence[Part] | None, new: Sequence[Part]) -> list[Slot]:
    """The paragraphs of a section of the source, each as it was beside what it is; `old` None: the same."""
    if old is None:
        return [Slot(part, part) for part in new]
    found: list[Slot] = []
    before, after = [part.digest for part in old], [part.digest for part in new]
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Slot(part, part) for part in new[c:d]]
        else:
            found += _paired(old[a:b], new[c:d])
    return found


def judge(
    ours: Sequence[Part],
    theirs: Sequence[Slot],
    fault: Callable[[int, str, str, str], None],
    line: int,
    source_path: str,
) -> None:
    """Says of a section what stands elsewhere than in the source.

    `fault` takes line, what, what to do, severity; `line` is that of the section, for what is missing.
    """
    for step in compare(ours, theirs):
        at = step.ours[0].line if step.ours else line
        have = shown(p for part in step.ours for p in part.placeholders or ())
        new = step.slot.new if step.slot else None
        if step.cost == _SAME:
            if step.ours and step.slot:
                _beside(step.ours, step.slot, fault, source_path)
        elif step.slot is None or (new is None and step.cost == _WRONG):
            what = f"{have} stands here, but the paragraph of {source_path} that this translates has it not"
            fault(at, what, _TODO, "error")
        elif not any(p.placeholders for p in (*step.ours, *([new] if new else []))):
            continue  # other words, and no contact in them
        elif new is None:
            what = f"{have} stands here as it was confirmed, but {source_path} has the paragraph no more"
            fault(at, what, _LOOK, "warning")
        elif step.cost == _WRONG:
            place = "stands here" if step.ours else "is missing in this section"
            what = f"{have} {place}, but {source_path}:{new.line} has {shown(new.placeholders)}"
            if not step.ours:
                what = f"{shown(new.placeholders)} of {source_path}:{new.line} is missing in this section"
            fault(at, what, _TODO, "error")
        elif step.ours:
            what = f"{have} stands here, as confirmed, but {source_path}:{new.line} has"
            what = f"{what} {shown(new.placeholders)} now"
            fault(at, what, _LOOK, "warning")
        else:
            what = f"{source_path}:{new.line} has gained {shown(new.placeholders)}, which this section lacks"
            fault(at, what, _LOOK, "warning")


def compare(ours: Sequence[Part], theirs: Sequence[Slot]) -> list[Step]:
    """Which paragraph of the translation is which of the source, so that the least is left unexplained.

    Where both have the same paragraphs, one after the other; else those that hold contacts, in order.
    """
    head: list[Step] = []
    at = next((n for n, slot in enumerate(theirs) if any(p.form == "heading" for p in slot.versions)), None)
    if ours and ours[0].form == "heading" and at is not None:
        head = [Step((ours[0],), theirs[at], _fit(ours[:1], theirs[at]))]
        ours, theirs = ours[1:], [*theirs[:at], *theirs[at + 1 :]]
    kinds = [part.kind for part in ours]
    ways = []
    if kinds == [slot.new.kind for slot in theirs if slot.new]:
        ways.append(_one_by_one(ours, theirs, lambda slot: slot.new))
    if kinds == [slot.old.kind for slot in theirs if slot.old]:
        ways.append(_one_by_one(ours, theirs, lambda slot: slot.old))
    ways = ways or [_aligned([part for part in ours if part.placeholders], theirs)]
    return [*head, *min(ways, key=lambda way: sum(step.cost for step in way))]


def shown(placeholders: Iterable[str] | None) -> str:
    """Placeholders as a message names them."""
    return " ".join(sorted(placeholders or ())) or "no placeholder"


def _one_by_one(
    ours: Sequence[Part], theirs: Sequence[Slot], side: Callable[[Slot], Part | None]
) -> list[Step]:
    rest = iter(ours)
    steps = [((next(rest),) if side(slot) else (), slot) for slot in theirs]
    return [Step(parts, slot, _fit(parts, slot)) for parts, slot in steps]


def _aligned(ours: Sequence[Part], theirs: Sequence[Slot]) -> list[Step]:
    """The cheapest way to read `ours`, in order, as `theirs`, by dynamic programming."""
    theirs = [slot for slot in theirs if any(p.placeholders != () for p in slot.versions)]
    if (
        len(ours) * len(theirs) > _TABLE
    ):  # no page is so: one after the other, which refuses what is elsewhere
        pairs = zip_longest(ours, theirs)
        return [Step((p,) if p else (), s, _fit((p,) if p else (), s) if s else _WRONG) for p, s in pairs]
    best: list[list[tuple[int, Step | None, tuple[int, int]]]] = [
        [(0, None, (0, 0))] * (len(theirs) + 1) for _ in range(len(ours) + 1)
    ]
    for i in range(len(ours) + 1):
        for j in range(len(theirs) + 1):
            ways = []
            if i:
                extra = Step((ours[i - 1],), None, _WRONG)
                ways.append((best[i - 1][j][0] + _WRONG, extra, (i - 1, j)))
            if j:
                for taken in range(min(i, _SPLIT) + 1):
                    parts = tuple(ours[i - taken : i])
                    cost = _fit(parts, theirs[j - 1])
                    if taken < 2 or cost < _WRONG:
                        ways.append(
                            (
                                best[i - taken][j - 1][0] + cost,
                                Step(parts, theirs[j - 1], cost),
                                (i - taken, j - 1),
                            )
                        )
            if ways:
                best[i][j] = min(ways, key=lambda way: way[0])
    steps: list[Step] = []
    at = (len(ours), len(theirs))
    while (found := best[at[0]][at[1]])[1]:
        steps.append(found[1])
        at = found[2]
    return steps[::-1]


def _fit(parts: Sequence[Part], slot: Slot) -> int:
    """What it costs to take these paragraphs for that one of the source."""
    if not parts:
        if slot.new is None or not slot.new.placeholders:
            return _SAME
        return _OLDER if slot.old is None or slot.old.placeholders in (None, ()) else _WRONG
    have = sorted(p for part in parts for p in part.placeholders or ())
    for version in slot.versions:
        cost = _SAME if version is slot.new else _OLDER
        alike = all(part.form == version.form for part in parts)
        if version.placeholders is None:  # nobody knows any more: but the emergency number stays
            now = slot.new.placeholders if slot.new and slot.new.placeholders else ()
            return cost if have.count(EMERGENCY) >= now.count(EMERGENCY) else _WRONG
        if alike and have == sorted(version.placeholders):
            return cost
    return _WRONG if have or slot.new else _SAME


def _beside(
    ours: Sequence[Part], slot: Slot, fault: Callable[[int, str, str, str], None], source_path: str
) -> None:
    """A name and a number beside each other are of one contact, unless the source has them so."""
    assert slot.new
    new, line = slot.new, ours[0].line
    entries = [entry for part in ours for entry in part.entries]
    if _torn(entries) and not _torn(new.entries):
        what = f"the contacts stand in another order than in {source_path}:{new.line}"
        fault(line, f"{what}: a name would have another's number", _TODO, "error")
        return
    placed = [_entry(p[2:-2]) for part in ours for p in part.placeholders or ()]
    theirs = [_entry(p[2:-2]) for p in new.placeholders or ()]
    if _torn(placed) and _pattern(placed) != _pattern(theirs):
        what = f"the contacts stand in another order than in {source_path}:{new.line}"
        fault(line, f"{what}: a name would have another's number", _TODO, "error")
    known = {entry for version in slot.versions for entry in version.entries}
    named = frozenset(entry for part in ours for entry in part.named)
    if known and (others := named - known):
        what = f"the name of {', '.join(sorted(others))} stands here, but {source_path}:{new.line} names"
        fault(line, f"{what} {', '.join(sorted(known))}", _TODO, "error")


def _torn(entries: Sequence[str]) -> bool:
    """True where what is of one contact doesn't stand together."""
    runs = [entry for n, entry in enumerate(entries) if not n or entries[n - 1] != entry]
    return len(runs) > len(set(runs))


def _pattern(entries: Sequence[str]) -> list[int]:
    first = list(dict.fromkeys(entries))
    return [first.index(entry) for entry in entries]


def _paired(old: Sequence[Part], new: Sequence[Part]) -> Iterator[Slot]:
    """What changed between two versions: paragraphs of one form, in order, are the same one."""
    at = 0
    for part in old:
        match = next((n for n in range(at, len(new)) if new[n].kind == part.kind), None)
        if match is None:
            yield Slot(part, None)
            continue
        for added in new[at:match]:
            yield Slot(None, added)
        yield Slot(part, new[match])
        at = match + 1
    for added in new[at:]:
        yield Slot(None, added)


def _entry(name: str) -> str:
    return name.strip().rpartition(".")[0]


@lru_cache(maxsize=16)  # a site has the same names on each of its pages
def _literal(names: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


_TODO = "put each contact where the source has it: readers would reach another service"
_LOOK = "look at both pages; when they match again, run translations confirm"
