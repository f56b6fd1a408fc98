"""The words of the frame in a site: new ones come in, those that are gone go, no other sign changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from safepage.page import yaml_text
from safepage.translations import records
from safepage.upgrade.files import Files

Places = dict[str, tuple[int, int]]


def renewed(own: str, offered: str) -> str:
    """A site's interface.yml with exactly the words that the generator has.

    In: its text; that which the generator offers for the language. Each new word comes after the one that it
    follows there, as it stands there. Raises Faulty where one of them can't be read.
    """
    lines, theirs = own.split("\n"), offered.split("\n")
    mine, there = places(own), places(offered)
    added: dict[int, list[str]] = {}
    at = min((first for first, _ in mine.values()), default=len(lines) - 1)
    for key, (first, end) in there.items():
        if key in mine:
            at = mine[key][1]
        else:
            added.setdefault(at, []).extend(theirs[first:end])
    gone = {line for key in mine if key not in there for line in range(*mine[key])}
    kept: list[str] = []
    for number in range(len(lines) + 1):
        kept += added.get(number, [])
        kept += [lines[number]] if number < len(lines) and number not in gone else []
    return "\n".join(kept)


def confirm(site: Files, path: str, now: Mapping[str, str], new: Collection[str], source: str) -> None:
    """Note new words of a language as confirmed, where we have confirmed ours and the site keeps a record.

    In: the language's interface.yml, all that the generator offers, the new words, the site's source.
    """
    tag = path.split("/")[1]
    record = records.record_path(tag, records.FRAME)
    own, ours = site.read(record), now.get(record)
    if own is None or ours is None:
        return
    kept = records.load(own, record)
    added = [entry for entry in records.load(ours, record).entries if entry.id in new]
    whole = replace(kept, entries=(*kept.entries, *added), reviewed_by=None if added else kept.reviewed_by)
    if added:
        site.write(record, records.dump(whole, tag, records.FRAME, source))


def put(own: str, key: str, offered: str) -> str:
    """A text with one word as it stands in another."""
    lines = own.split("\n")
    first, end = places(own)[key]
    begin, stop = places(offered)[key]
    return "\n".join([*lines[:first], *offered.split("\n")[begin:stop], *lines[end:]])


def values(text: str) -> dict[str, str]:
    """The words by their names."""
    return {key: str(value) for key, value in yaml_text.load(text, "interface.yml")[0].items()}


def places(text: str) -> Places:
    """Where each word stands: its first line, from 0, and the one after its last."""
    lines = text.split("\n")
    lines_of = yaml_text.load(text, "interface.yml")[1]
    starts = {str(at[0]): line - 1 for at, line in lines_of.items() if len(at) == 1}
    ends = [*sorted(starts.values()), len(lines)]
    return {key: (first, _end(lines, first, ends[ends.index(first) + 1])) for key, first in starts.items()}


def _end(lines: list[str], first: int, limit: int) -> int:
    """Where a word ends: blank lines and remarks after it are the next one's."""
    while limit > first + 1 and (not lines[limit - 1].strip() or lines[limit - 1].startswith("#")):
        limit -= 1
    return limit
