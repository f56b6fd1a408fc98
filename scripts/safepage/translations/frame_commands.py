"""The commands `diff` and `unchanged` for the words of the frame, and what `confirm` does with them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from safepage.faults import Fault, Faulty
from safepage.page import texts, yaml_text
from safepage.page.paragraphs import Paragraph
from safepage.site.interface import interface_check
from safepage.translations import difference, frame_words, records, telling, writing
from safepage.translations.catalogue import Catalogue
from safepage.translations.frame_words import NAME
from safepage.translations.old_texts import History
from safepage.translations.records import Record


def run(site: Catalogue, options: argparse.Namespace) -> int:
    """Runs one step. Raises Faulty with a line for each fault."""
    if options.step == "unchanged":
        return _unchanged(site, options.since)
    if options.language not in site.locales:
        raise Faulty([telling.unknown_language(site, options.language)])
    colour = options.colour == "always" or (options.colour == "auto" and sys.stdout.isatty())
    print(*_report(site, options.language, colour=colour), sep="\n")
    return 0


def renewed(site: Catalogue, locale: str, reviewed_by: str | None, *, same: bool) -> Record:
    """What the words are confirmed against now. Raises Faulty if something is wrong with them."""
    path, source_path = frame_words.path(locale), frame_words.path(site.source)
    if faults := _faults(site, path, source_path):
        raise Faulty(faults)
    old, source = site.record(locale, NAME), site.words_of(site.source)
    return frame_words.renew(old, source, site.words_of(locale), reviewed_by, same=same)


def confirmed(site: Catalogue, locale: str) -> str:
    """What of the words has been confirmed just now, once it is said which have not."""
    path = frame_words.path(locale)
    left = site.frame(locale).untranslated
    if not left:
        return path
    source_path = frame_words.path(site.source)
    print(f"{path}: {len(left)} words are as in {source_path}, and not confirmed: {', '.join(left)}.")
    print(f"Translate them; or, if they are right so: {site.command} confirm {locale} {NAME} --same")
    return "the rest of it"


def _faults(site: Catalogue, path: str, source_path: str) -> list[Fault]:
    """What is wrong with the words themselves."""
    ours, lines = yaml_text.load(texts.read(site.root / path, path), path)
    theirs = yaml_text.load(texts.read(site.root / source_path, source_path), source_path)[0]
    return interface_check(ours, theirs, path, lines, site.country)


def _unchanged(site: Catalogue, since: str | None) -> int:
    path = frame_words.path(site.source)
    history = History(site.root, site.source)
    text = texts.read(site.root / path, path)
    found = history.before(path, text, since, frame_words.words)
    if found is None:
        raise Faulty([telling.no_history(site, path, history)])
    before, now = frame_words.words(found[0], path), frame_words.words(text, path)
    known = telling.records_of(site, NAME)
    changed = {tag: frame_words.carry(record, before, now) for tag, record in known.items()}
    changed = {tag: record for tag, record in changed.items() if record != known[tag]}
    _write(site, changed)
    print(f"The edit of {path} since {found[1]}:")
    was = {word.id: word.text for word in before}
    edits = [word for word in now if word.id in was and was[word.id] != word.text]
    print(*(f"  {word.id}: {difference.joined(was[word.id], word.text)}" for word in edits), sep="\n")
    for tag, record in changed.items():
        telling.carried(tag, len(frame_words.compare(record, now)))
    return 0


def _report(site: Catalogue, locale: str, *, colour: bool) -> Iterator[str]:
    """What `diff` shows: each word whose source changed, with what it was, what it is, and ours."""
    path, source_path = frame_words.path(locale), frame_words.path(site.source)
    frame = site.frame(locale)
    if not frame.confirmed:
        yield f"{path} has never been confirmed, so there is nothing to compare with."
        yield f"Read it beside {source_path}; when it matches, run: {site.command} confirm {locale} {NAME}"
        return
    if not frame.left:
        yield f"{path} matches {source_path}: nothing to do."
        return
    digests = [change.old.digest for change in frame.changed if change.old]
    was = History(site.root, site.source).find_words(source_path, frame_words.words, digests)
    ours = {word.id: word for word in site.words_of(locale)}
    for change in frame.changed:
        key = frame_words.key_of(change)
        old = was.get(change.old.digest) if change.old else None
        yield f"{key}{' *' if frame_words.is_safety(key) else ''} ({source_path}:{_line(change.new)})"
        left, right = difference.words(old.text if old else "", change.new.text if change.new else "", colour)
        if change.old:
            yield f"   old: {left if old else 'not at hand; it began: ' + change.old.excerpt}"
        yield f"   new: {right if old or not change.old else change.new and change.new.text}"
        yield (
            f"   {locale}: {ours[key].text} ({path}:{ours[key].line})"
            if key in ours
            else f"   {locale}: missing"
        )
    if frame.untranslated:
        yield f"Still as in the source: {', '.join(frame.untranslated)}."
    yield "A reader's safety hangs on what has a *."
    yield f"When {path} matches again, run: {site.command} confirm {locale} {NAME} [--reviewed-by HANDLE]"


def _line(word: Paragraph | None) -> int:
    return word.line if word else 0


def _write(site: Catalogue, found: dict[str, Record]) -> None:
    writing.write_all(
        site.root,
        {
            records.record_path(tag, NAME): records.dump(record, tag, NAME, site.source)
            for tag, record in found.items()
        },
    )
