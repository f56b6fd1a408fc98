"""Whether a translation says what its source says now: by paragraph and by content, never by date.

A record (`docs/nl/.confirmed/recognise.yml`) lists the source's paragraphs as they were when somebody last
said that the translation matches. What differs today is what a translator has to look at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from safepage.page.grammar import PLACEHOLDER
from safepage.page.paragraphs import Paragraph, paragraphs
from safepage.translations.marks import mark
from safepage.translations.places import Places
from safepage.translations.records import (
    Entry,
    Record,
    dump,
    entry_of,
    is_handle,
    load,
    record_path,
    renew,
)

__all__ = [
    "Change",
    "Entry",
    "Paragraph",
    "Record",
    "State",
    "carry",
    "compare",
    "dump",
    "is_handle",
    "load",
    "mark",
    "paragraphs",
    "record_path",
    "renew",
    "state",
]

_MARKS = re.compile(rf"{PLACEHOLDER.pattern}|\]\([^()]*\)|\{{[^{{}}]*\}}")
_LOOKS = 2_000  # pairs of paragraphs that are compared word by word; a record could ask for millions
_GLANCE = 1_500  # characters, in which most pages have said something
_UNTRANSLATED_WORDS = 4  # fewer may rightly be the same in two languages: a name, "Status"
# So many words.
_LONG = re.compile(rf"(?<![^\W\d_])(?:[^\W\d_]++[\W\d_]++){{{_UNTRANSLATED_WORDS - 1}}}[^\W\d_]")
# Chinese, Japanese, Thai, Lao, Burmese and Khmer put no spaces between words: about two letters are one.
_UNSPACED = re.compile(r"[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF]{1,2}")


@dataclass(frozen=True)
class Change:
    """One difference between the source as confirmed and as it is.

    `kind` is "changed", "added" or "removed"; `old` is None if added, `new` is None if removed;
    `block` is the index, in the translation's paragraphs, of the one that needs work, or None.
    """

    kind: str
    old: Entry | None
    new: Paragraph | None
    block: int | None = None


@dataclass(frozen=True)
class State:
    """How a translation stands.

    `status`: "missing" (no file, or the source's text only), "draft" (no native check), "current", or
    "outdated" (a draft or not); `confirmed`: somebody once said that it matches. `outdated_blocks` and
    `untranslated_blocks` are indexes into `paragraphs(translation)`: those whose source changed, and those
    that are still the source's words.
    """

    status: str
    draft: bool = False
    confirmed: bool = False
    reviewed_by: str | None = None
    changed: tuple[Change, ...] = ()
    outdated_blocks: frozenset[int] = frozenset()
    untranslated_blocks: frozenset[int] = frozenset()


def state(
    source: str,
    translation: str | None,
    record: Record | None,
    *,
    earlier: Collection[str] = frozenset(),
    places: bool = True,
) -> State:
    """How `translation` stands to `source`: both the text of the whole file, front matter included.

    Without `record` nobody has confirmed it yet: a draft. `earlier` are the digests of what the source said
    before (`earlier.digests`): a paragraph that the source says, or ever said, is no translation. Without
    `places` the sets of blocks are empty, and many pages take less time.
    """
    if translation is None:
        return State("missing")
    now = paragraphs(source)
    ever = _Ever(now, record, earlier)
    there = paragraphs(translation) if places or ever.begins(translation) else []
    same = frozenset(index for index, block in enumerate(there) if ever.said(block) and places)
    if ever.is_copy(there):
        return State("missing", untranslated_blocks=same)
    changes = compare(record, now, there if places else ()) if record else ()
    # What was never translated can't be out of date.
    left = {index for index in same if ever.now_says(there[index])}
    outdated = {change.block: change.old for change in changes if change.block is not None}
    reviewer = record.reviewed_by if record else None
    return State(
        status="outdated" if changes else "current" if reviewer else "draft",
        draft=reviewer is None,
        confirmed=record is not None,
        reviewed_by=reviewer,
        changed=changes,
        outdated_blocks=frozenset(block for block, old in outdated.items() if old or block not in left),
        untranslated_blocks=same,
    )


def compare(record: Record, now: Sequence[Paragraph], there: Sequence[Paragraph] = ()) -> tuple[Change, ...]:
    """The changes of the source since `record`, in the order of the page.

    A paragraph that only moved is no change. One removed and one added in the same place are one changed.
    """
    before, after = record.digests, [block.digest for block in now]
    if Counter(before) == Counter(after):
        return ()
    find = Places(record, now, there)
    steps = [
        step
        for step in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if step[0] != "equal"
    ]
    gone, come = _without_moves(
        {i: before[i] for step in steps for i in range(step[1], step[2])},
        {i: after[i] for step in steps for i in range(step[3], step[4])},
    )
    pairs: list[tuple[int | None, int | None]] = []
    for _, from_old, to_old, from_new, to_new in steps:
        old = [index for index in range(from_old, to_old) if index in gone]
        new = [index for index in range(from_new, to_new) if index in come]
        for left, right in _pairs([record.entries[i].kind for i in old], [now[i].kind for i in new]):
            pairs.append((None if left is None else old[left], None if right is None else new[right]))
    found: list[Change] = []
    for was, is_now in _rejoined(pairs, record.entries, now):
        kind = "added" if was is None else "removed" if is_now is None else "changed"
        found.append(
            Change(
                kind,
                None if was is None else record.entries[was],
                None if is_now is None else now[is_now],
                find(was, is_now),
            )
        )
    return tuple(found)


def carry(record: Record, before: Sequence[Paragraph], now: Sequence[Paragraph]) -> Record:
    """`record` after an edit from `before` to `now` that changed no meaning.

    Paragraphs that were current stay so; those that were outdated before the edit stay outdated.
    """
    if Counter(record.digests) == Counter(block.digest for block in before):
        return Record(tuple(entry_of(block) for block in now), record.reviewed_by)
    entries = list(record.entries)
    for change in compare(renew(None, before, None), now):
        at = next((i for i, e in enumerate(entries) if change.old and e.digest == change.old.digest), None)
        if at is not None and change.new:
            entries[at] = entry_of(change.new)
        elif at is not None:
            del entries[at]
        elif change.new and change.old is None:
            entries.append(entry_of(change.new))
    return Record(tuple(entries), record.reviewed_by)


def _without_moves(gone: dict[int, str], come: dict[int, str]) -> tuple[set[int], set[int]]:
    """The indexes of both, without those whose digest the other has as well."""
    moved = Counter(gone.values()) & Counter(come.values())
    left = []
    for side in (gone, come):
        budget = moved.copy()
        rest = set()
        for index, digest in side.items():
            if budget[digest]:
                budget[digest] -= 1
            else:
                rest.add(index)
        left.append(rest)
    return left[0], left[1]


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pairs of equal kind, in order; what is left has no partner."""
    at = 0
    for index, kind in enumerate(old):
        match = next((j for j in range(at, len(new)) if new[j] == kind), None)
        if match is None:
            yield index, None
            continue
        for skipped in range(at, match):
            yield None, skipped
        yield index, match
        at = match + 1
    for rest in range(at, len(new)):
        yield None, rest


def _rejoined(
    pairs: list[tuple[int | None, int | None]], entries: Sequence[Entry], now: Sequence[Paragraph]
) -> list[tuple[int | None, int | None]]:
    """Pairs up one removed and one added that begin alike: something moved between the two."""
    rejoined, looked = list(pairs), 0
    for old in [was for was, is_now in pairs if was is not None and is_now is None]:
        for new in [is_now for was, is_now in rejoined if is_now is not None and was is None]:
            if entries[old].kind != now[new].kind or (looked := looked + 1) > _LOOKS:
                continue
            start, words = entries[old].excerpt.removesuffix(" …"), now[new].text
            if SequenceMatcher(None, start, words[: len(start)], autojunk=False).ratio() > 0.7:
                rejoined[rejoined.index((None, new))] = (old, new)
                rejoined.remove((old, None))
                break
    return rejoined


class _Ever:
    """What the source says, said when the record was made, or said at any earlier time."""

    def __init__(self, now: Sequence[Paragraph], record: Record | None, earlier: Collection[str]) -> None:
        self.now = {block.digest for block in now}
        self.then = {entry.digest for entry in record.entries} if record else set()
        self.earlier = earlier

    def has(self, digest: str) -> bool:
        """True for a paragraph in the source's words."""
        return digest in self.now or digest in self.then or digest in self.earlier

    def said(self, block: Paragraph) -> bool:
        """The same, for one that is long enough not to be alike by chance, as names are."""
        return self.has(block.digest) and is_long(block)

    def now_says(self, block: Paragraph) -> bool:
        """True for a paragraph in the words that the source has today: those are not out of date."""
        return block.digest in self.now

    def begins(self, translation: str) -> bool:
        """False for a text that has words of its own near its beginning: the rest need not be read."""
        return all(map(self.has, _first(translation[:_GLANCE])))

    def is_copy(self, there: Sequence[Paragraph]) -> bool:
        """True if nothing of the body but names has words of its own, whatever the front matter says."""
        body = [block for block in there if block.in_body]
        telling = [block for block in body if is_long(block)] or body
        return bool(telling) and all(self.has(block.digest) for block in telling)


@lru_cache(maxsize=4096)  # while the site is served, all pages but one are as they were
def _first(beginning: str) -> tuple[str, ...]:
    """The digests of the long paragraphs at the beginning of a page; the last one may be cut off."""
    return tuple(b.digest for b in paragraphs(beginning)[:-1] if b.in_body and is_long(b))


def is_long(block: Paragraph) -> bool:
    text = _plain(block.text)
    return bool(_LONG.search(text)) or len(_UNSPACED.findall(text)) >= _UNTRANSLATED_WORDS


def _plain(text: str) -> str:
    return _MARKS.sub(" ", text) if "{" in text or "](" in text else text
