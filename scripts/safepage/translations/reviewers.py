"""Who may say that a translation is good: named in docs/reviewers.yml, never by the record alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from safepage.faults import Fault, Faulty
from safepage.gate import before, characters
from safepage.gate.contacts import addresses
from safepage.page import yaml_text
from safepage.page.grammar import PLACEHOLDER
from safepage.page.paragraphs import Paragraph
from safepage.page.plain_words import plain
from safepage.translations.records import Record, entry_of, is_handle, line_of, read_lines

PATH = "docs/reviewers.yml"
MAX_EXCERPT = 80  # characters; the tool that writes records cuts after 60
# Tags, and links and pictures that lead out of the site: what a source page never had.
_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;|[\x00-\x1f]|\]\(\s*<?(?:[A-Za-z][\w+.\-]{0,30}:|[/\\])|\{:")


@dataclass(frozen=True)
class Reviewers:
    """The native speakers whom the team knows, by language, as their handles in small letters."""

    by_language: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def knows(self, locale: str, handle: str) -> bool:
        """True if this person may check this language. Capitals don't count, as on the code hosts."""
        return handle.removeprefix("@").lower() in self.by_language.get(locale, ())

    def trusted(self, record: Record | None, locale: str) -> Record | None:
        """The record, as a draft where its reviewer is nobody whom the project names."""
        if record and record.reviewed_by and not self.knows(locale, record.reviewed_by):
            return replace(record, reviewed_by=None)
        return record


def load(text: str) -> Reviewers:
    """The list in `text`: a line for each language, `nl: [anna, ben]`.

    Raises Faulty for what is no YAML and no list of handles.
    """
    data, lines = yaml_text.load(text, PATH)
    faults: list[Fault] = []
    found: dict[str, frozenset[str]] = {}
    for tag, people in data.items():
        line = lines.get((tag,), 0)
        names = people if isinstance(people, list) else [] if people is None else [people]
        wrong = [name for name in names if not (isinstance(name, str) and is_handle(name.removeprefix("@")))]
        for name in wrong:
            what = f"“{str(name)[:40]}” is no handle"
            faults.append(Fault(PATH, line, what, "use letters, digits, dots and hyphens: nl: [anna, ben]"))
        found[tag] = frozenset(name.removeprefix("@").lower() for name in names if name not in wrong)
    if faults:
        raise Faulty(faults)
    return Reviewers(found)


def check(
    text: str,
    path: str,
    locale: str,
    known: Reviewers,
    country: str,
    now: Sequence[Paragraph] = (),
    numbers: frozenset[str] = frozenset(),
) -> list[Fault]:
    """What a record holds that contributors must not be shown, and a reviewer whom nobody named.

    In: the text of a record that can be read, its file and language; the country; the source's paragraphs of
    today and its numbers. Words that the source has today are as good as it; all others pass the gate. The
    reviewer is a warning: the page stays a draft.
    """
    faults: list[Fault] = []
    as_now = {block.digest: entry_of(block).excerpt for block in now}
    record, places = read_lines(text, path)
    for entry, line in zip(record.entries, places, strict=True):
        if as_now.get(entry.digest) == entry.excerpt:
            continue
        words = entry.excerpt
        problems = [(f.what, f.todo) for f in characters.check(words, path, line)]
        if len(words) > MAX_EXCERPT or len(line_of(entry)) > 10 * MAX_EXCERPT:
            problems.append(("these first words of a paragraph are longer than any that are kept", ""))
        if _MARKUP.search(words) or before.check(words, path, line):
            problems.append(("markup stands in these first words of a paragraph", ""))
        contacts = addresses.find(plain(PLACEHOLDER.sub(" ", words)), country, numbers)
        problems += [(addresses.describe(contact)[0], "") for contact in contacts]
        faults += [Fault(path, line, what, todo or _ANEW) for what, todo in problems]
    if record.reviewed_by and not known.knows(locale, record.reviewed_by):
        line = next((n for n, row in enumerate(text.split("\n"), 1) if row.startswith("reviewed-by")), 0)
        what = f"{record.reviewed_by} is not named in {PATH} for “{locale}”: the page stays a draft"
        todo = "if the team knows this person, a maintainer adds the name there"
        faults.append(Fault(path, line, what, todo, "warning"))
    return sorted(set(faults))


_ANEW = "take the file as it was, or have it written anew: translations confirm"
