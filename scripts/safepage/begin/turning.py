"""Turns the state of translations round: what two languages say of a third, they say of each other.

Every language was confirmed against the source of the packed texts. Where a site's source is another
language, each is confirmed against that one's paragraphs instead, where both matched what the packed source
says today; elsewhere the record keeps what it was confirmed against, which the new source doesn't say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from safepage.page.paragraphs import Paragraph
from safepage.translations.places import Places
from safepage.translations.records import Entry, Record, entry_of


def turned(
    original: Sequence[Paragraph],
    source: Sequence[Paragraph],
    of_source: Record | None,
    theirs: Record,
    untranslated: Collection[str] = (),
    copied: Collection[int] = (),
) -> Record:
    """What a translation was confirmed against, of the words of the site's source.

    In: the paragraphs of the packed source and of the site's source; what each of two languages was confirmed
    against, that one and the translation; the digests of packed paragraphs that still stand in the
    translation; the numbers of those that still stand in the site's source.
    """
    agreed = defaultdict(list)
    for block, match in _matches(original, source, of_source):
        agreed[block.digest].append(match)
    entries: list[Entry] = []
    for entry in theirs.entries:
        same = agreed.get(entry.digest)
        if not same:
            entries.append(entry)
            continue
        match = same.pop(0) if len(same) > 1 else same[0]
        if match in copied:
            continue  # the same words in both: nobody has confirmed a translation
        entries.append(entry if entry.digest in untranslated else entry_of(source[match]))
    return Record(tuple(entries), theirs.reviewed_by)


def _matches(
    original: Sequence[Paragraph], source: Sequence[Paragraph], of_source: Record | None
) -> Iterator[tuple[Paragraph, int]]:
    """Paragraphs of the packed source, each with the number of its translation, where that is up to date."""
    known = set(of_source.digests) if of_source else set()
    place = Places(of_source, original, source)
    for at, block in enumerate(original):
        match = place(None, at)
        if block.digest in known and match is not None:
            yield block, match
