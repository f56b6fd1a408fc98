"""How the words of the frame (interface.yml) stand in a language: by key and record, as pages do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from safepage.page import yaml_text
from safepage.page.paragraphs import Paragraph
from safepage.page.spots import spelt
from safepage.translations.freshness import Change, is_long
from safepage.translations.records import FRAME, Entry, Record, entry_of

NAME = FRAME
FILE = f"{NAME}.yml"
_SAFETY = re.compile(r"emergency|skip_exit|exit\w*|checklist_(?:none|one|several|limits|danger)")
_SLOT = re.compile(r"\{[a-z_]+\}")
_OLD_MARK = "# to translate"  # how files without a record said it of a word


@dataclass(frozen=True)
class Frame:
    """The words of one language.

    `total`: how many the source has; `untranslated`: the keys of those that are the source's still;
    `changed`: what the source changed since they were confirmed, those first that a reader's safety hangs on;
    `confirmed`: somebody once said that they match.
    """

    total: int
    untranslated: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    confirmed: bool = False
    reviewed_by: str | None = None

    @property
    def outdated(self) -> list[str]:
        """The keys of the words that this language has and that nobody has compared with today's."""
        return [key for change in self.changed if (key := key_of(change)) not in self.untranslated]

    @property
    def unsafe(self) -> list[str]:
        """Those of them that a reader's safety hangs on."""
        return [key for key in self.outdated if is_safety(key)]

    @property
    def left(self) -> list[str]:
        """The keys of words that need work, those first that a reader's safety hangs on."""
        return sorted(dict.fromkeys([*self.untranslated, *self.outdated]), key=lambda key: not is_safety(key))

    @property
    def draft(self) -> bool:
        """True where no native speaker has checked them."""
        return self.reviewed_by is None

    @property
    def status(self) -> str:
        """ "missing", "outdated", "draft" or "current", as of a page."""
        if len(self.untranslated) == self.total:
            return "missing"
        return "outdated" if self.left else "draft" if self.draft else "current"


def is_safety(key: str) -> bool:
    """True for a word that safety hangs on: the emergency line, the exit, the checklist's answer."""
    return bool(_SAFETY.fullmatch(key))


def key_of(change: Change) -> str:
    """The key of the word that changed."""
    found = change.new or change.old
    assert found, "something was there, or is"
    return found.id


def path(locale: str) -> str:
    """The file of a language's words, from the project's root."""
    return f"docs/{locale}/{FILE}"


@lru_cache(maxsize=256)  # one source is compared with many languages
def words(text: str, path: str) -> tuple[Paragraph, ...]:
    """The words of a file, each as a paragraph whose id is its key. Raises Faulty as `yaml_text.load`."""
    data, lines = yaml_text.load(text, path)
    return tuple(Paragraph("word", spelt(str(value)), lines[(key,)], key) for key, value in data.items())


def replaced(text: str, path: str, others: Mapping[str, str]) -> tuple[str, dict[str, int]]:
    """A file with other words for some keys, and the line on which each of these stands then.

    Nothing else of it changes; a key that it lacks is added at its end. Raises Faulty as `words`.
    """
    lines = text.rstrip("\n").split("\n")
    last = len(lines)
    begins = {word.id: word.line - 1 for word in words(text, path)}
    for key in sorted(others, key=lambda key: begins.get(key, last), reverse=True):
        if key not in begins:
            lines.append(yaml_text.rewritten("", key, others[key]))
            continue
        end = min([at for at in begins.values() if at > begins[key]], default=last)
        while end > begins[key] + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        written = yaml_text.rewritten(lines[begins[key]], key, others[key])
        lines[begins[key] : end] = [written.removesuffix(_OLD_MARK).rstrip()]
    new = "\n".join(lines) + "\n"
    places = {word.id: word.line for word in words(new, path)}
    return new, {key: places[key] for key in others}


def state(source: Sequence[Paragraph], text: str, path: str, record: Record | None) -> Frame:
    """How the words of a language stand. Raises Faulty as `words`.

    In: `words` of the source; the text of the language's file, "" where there is none, and its path; what it
    was confirmed against. A word that is the source's is none of the language unless it is confirmed as such;
    a sentence never is: somebody has put the source's in the place of ours since.
    """
    known = {entry.id: entry for entry in record.entries} if record else {}
    ours = {word.id: word for word in words(text, path)}
    marked = set() if record else _marked(text)
    untranslated = [
        word.id
        for word in source
        if word.id in marked
        or word.id not in ours
        or _is_the_source_s(ours[word.id], word, known.get(word.id))
    ]
    changed = compare(record, source) if record else ()
    return Frame(
        len(source), tuple(untranslated), changed, record is not None, record.reviewed_by if record else None
    )


def compare(record: Record, source: Sequence[Paragraph]) -> tuple[Change, ...]:
    """What the source's words changed since a record was made, by key. One that is gone asks for nothing."""
    known = {entry.id: entry for entry in record.entries}
    changes = [
        Change("changed" if word.id in known else "added", known.get(word.id), word)
        for word in source
        if not _is_confirmed(word, known.get(word.id))
    ]
    return tuple(sorted(changes, key=lambda change: not is_safety(key_of(change))))


def renew(
    record: Record | None,
    source: Sequence[Paragraph],
    there: Sequence[Paragraph],
    reviewed_by: str | None,
    *,
    same: bool,
) -> Record:
    """The record that a language's words match the source's.

    With `same` also those that are the source's own words, where these are no sentence; else such a word is
    confirmed only if it was before.
    """
    known = {entry.id: entry for entry in record.entries} if record else {}
    ours = {block.id: block.digest for block in there}
    entries = tuple(
        entry_of(word)
        for word in source
        if ours.get(word.id) != word.digest
        or not _has_words(word)
        or (not is_long(word) and (same or _is_confirmed(word, known.get(word.id))))
    )
    if reviewed_by is None and record and entries == record.entries:
        reviewed_by = record.reviewed_by
    return Record(entries, reviewed_by)


def carry(record: Record, before: Sequence[Paragraph], now: Sequence[Paragraph]) -> Record:
    """`record` after an edit of the source that changed no meaning: what was outdated before it stays so."""
    was = {word.id: word for word in before}
    known = {entry.id: entry for entry in record.entries}
    entries = []
    for word in now:
        if entry := known.get(word.id):
            fresh = word.id in was and _is_confirmed(was[word.id], entry)
            entries.append(entry_of(word) if fresh else entry)
    return Record(tuple(entries), record.reviewed_by)


def _is_the_source_s(ours: Paragraph, word: Paragraph, entry: Entry | None) -> bool:
    """True for what the source says or, of a sentence, said when it was confirmed."""
    if is_long(ours):
        return ours.digest == word.digest or (entry is not None and ours.digest == entry.digest)
    return ours.digest == word.digest and _has_words(word) and not _is_confirmed(word, entry)


def _has_words(word: Paragraph) -> bool:
    """False for what may rightly be the same in any language: `{name}: {phone}`."""
    return bool(re.search(r"[^\W\d_]", _SLOT.sub("", word.text)))


def _is_confirmed(word: Paragraph, entry: Entry | None) -> bool:
    return entry is not None and entry.digest == word.digest


def _marked(text: str) -> set[str]:
    """The keys of words that a file without a record says are still to be translated."""
    lines = [line for line in text.splitlines() if not line.startswith("#") and _OLD_MARK in line]
    return {line.partition(":")[0].strip() for line in lines}
