"""The structure check: a translation has the bones of its source, whatever language is on them.

Two versions of the source count: today's, and the one that the translation was confirmed against (its
record). What differs from both is an error; what English alone changed since is a warning.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from safepage.faults import Fault
from safepage.page import grammar, head
from safepage.page.paragraphs import HEADINGS, Paragraph, paragraphs
from safepage.translations import exchange
from safepage.translations.exchange import EMERGENCY, Part, part_of
from safepage.translations.records import Entry, Record, entry_of

_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_OWN_WORDS = ("title", "description")
MAX_PARAGRAPHS = 1_000  # the longest page of the site has a tenth
_OF_SOURCE = "draft"  # how a translation stands is in its record
# A language may need a shorter word in the menu where the source needs none; `listen` it says for all.
_FREE = frozenset(("menu", "listen"))
_IN_FRONT = ("title", "menu", "description")
_ORDERED: dict[str, Callable[[Paragraph | Entry], bool]] = {
    "heading": lambda block: block.kind in HEADINGS,
    "sign of the checklist": lambda block: block.kind == "check",
    "sentence to point at": lambda block: block.kind == "li" and bool(block.id),
}


@dataclass
class _Section:
    """What stands between a heading and the next."""

    line: int
    links: Counter[str] = field(default_factory=Counter)
    notices: Counter[str] = field(default_factory=Counter)
    parts: list[Part] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # of each link, notice, placeholder the last

    @cached_property
    def placeholders(self) -> Counter[str]:
        return Counter(p for part in self.parts for p in part.placeholders or ())

    @property
    def known(self) -> bool:
        """False where an older record doesn't say which placeholders the section had."""
        return all(part.placeholders is not None for part in self.parts)


@dataclass(frozen=True)
class _Bones:
    """A page's headings, signs and sentences to point at (what it is, its line), and its sections."""

    ordered: dict[str, list[tuple[str, int]]]
    sections: dict[str, _Section]

    @property
    def known(self) -> bool:
        return all(section.known for section in self.sections.values())

    @cached_property
    def placeholders(self) -> Counter[str]:
        return sum((section.placeholders for section in self.sections.values()), Counter())


def check(
    source: str,
    translation: str,
    source_path: str,
    path: str,
    *,
    first_line_source: int = 1,
    first_line: int = 1,
    record: Record | None = None,
    names: Mapping[str, str] | None = None,
) -> list[Fault]:
    """What the structure of `translation` lacks or has too much, against `source`.

    Both are the text of the whole file; for a body alone, say on which line of its file it starts. `record`:
    what the translation was confirmed against; `names`: the contacts' proper names, and whose they are.
    Checked: headings, signs and sentences to point at (ids, order), internal links and notices (per section,
    in any order), the contacts of each paragraph, and the front matter that isn't words. An error is what
    fits neither the source of today nor that of the record; what only the source changed is a warning.
    """
    for text, place in ((translation, path), (source, source_path)):
        if len(paragraphs(text)) > MAX_PARAGRAPHS:
            what = f"the page has more than {MAX_PARAGRAPHS:,} paragraphs, items and rows"
            return [Fault(place, 0, what, "divide it into several pages")]
    own = tuple(sorted((names or {}).items()))
    ours, now = _read(translation, first_line, own), _read(source, first_line_source, own)
    was = _as_confirmed(record, source, first_line_source, own)
    judge = _Judge(path, source_path)
    judge.front(translation, source)
    for noun in _ORDERED:
        judge.sequence(ours.ordered[noun], now.ordered[noun], was.ordered[noun] if was else None, noun)
    for name, section in ours.sections.items():
        there = now.sections.get(name)
        before = there if was is None else was.sections.get(name)
        if there or before:  # else its heading has been named
            judge.section(name, section, there, before)
    judge.gone(ours.placeholders, now.placeholders, was)
    return sorted(set(judge.faults))


def placeholders(record: Record | None) -> frozenset[str] | None:
    """The names of the placeholders that the source had when confirmed; None where a record doesn't know."""
    if record is None:
        return frozenset()
    if any(entry.placeholders is None for entry in record.entries):
        return None
    return frozenset(
        name for entry in record.entries for p in entry.placeholders or () for name in grammar.names(p)
    )


def emergency(text: str) -> bool:
    """True if a page says the emergency number."""
    said = (EMERGENCY, "{{list.emergency}}", "{{list.emergency.short}}")
    return any(one in block.text for block in paragraphs(text) for one in said)


class _Judge:
    def __init__(self, path: str, source_path: str) -> None:
        self.path, self.source_path = path, source_path
        self.faults: list[Fault] = []

    def _fault(self, line: int, what: str, todo: str, severity: str = "error") -> None:
        self.faults.append(Fault(self.path, line, what, todo, severity))

    def front(self, translation: str, source: str) -> None:
        ours, theirs = head.values(translation), head.values(source)
        if not theirs:
            return  # it can't be read, which is told there
        theirs.pop(_OF_SOURCE, None)
        for key in sorted((set(ours) | set(theirs)) - _FREE):
            if key not in theirs:
                why = "which is for pages of the source alone" if key == _OF_SOURCE else ""
                self._fault(
                    ours[key][1],
                    f"the front matter has “{key}”, {why or f'which {self.source_path} has not'}",
                    "take the line out",
                )
            elif key not in ours:
                where = f"{self.source_path}:{theirs[key][1]}"
                todo = "add it" if key in _OWN_WORDS else f"add “{key}: {theirs[key][0]}”"
                self._fault(0, f"the front matter lacks “{key}”, which {where} has", todo)
            elif key not in _OWN_WORDS and ours[key][0] != theirs[key][0]:
                where = f"{self.source_path}:{theirs[key][1]}"
                self._fault(
                    ours[key][1],
                    f"“{key}” is “{ours[key][0]}”, but {where} has “{theirs[key][0]}”",
                    "write it as the source has it",
                )

    def sequence(
        self,
        ours: list[tuple[str, int]],
        theirs: list[tuple[str, int]],
        before: list[tuple[str, int]] | None,
        noun: str,
    ) -> None:
        """Compares lists of (what it is, line), in order; `before` is the source's as confirmed."""
        have, want = [name for name, _ in ours], [name for name, _ in theirs]
        old = want if before is None else [name for name, _ in before]
        moved = "warning" if _common(have, old) == _common(old, have) and old != want else "error"

        def severity(name: str, *, extra: bool) -> str:
            if extra and name not in want:
                return "warning" if name in old else "error"
            if not extra and name not in have:
                return "error" if name in old else "warning"
            return moved

        matcher = SequenceMatcher(None, _told_apart(want), _told_apart(have), autojunk=False)
        for tag, from_their, to_their, from_our, to_our in matcher.get_opcodes():
            if tag == "equal":
                continue
            both = min(to_their - from_their, to_our - from_our)
            for step in range(both):
                name, line = ours[from_our + step]
                wanted, where = theirs[from_their + step]
                found = {severity(name, extra=True), severity(wanted, extra=False)}
                self._fault(
                    line,
                    f"the {noun} here is “{name}”, but {self.source_path}:{where} has “{wanted}”",
                    "make it the same (the words are free, marks and anchor are not)",
                    "error" if "error" in found else "warning",
                )
            for name, line in ours[from_our + both : to_our]:
                near = theirs[max(0, to_their - 1)][1] if theirs else 1
                self._fault(
                    line,
                    f"the {noun} “{name}” is too much here: {self.source_path}:{near} is not followed by it",
                    "take it out, or put it where the source has it",
                    severity(name, extra=True),
                )
            for name, where in theirs[from_their + both : to_their]:
                line = ours[from_our - 1][1] if from_our else (ours[0][1] if ours else 0)
                self._fault(
                    line,
                    f"the {noun} “{name}” of {self.source_path}:{where} is missing after this line",
                    "add it, in this language",
                    severity(name, extra=False),
                )

    def section(self, name: str, ours: _Section, now: _Section | None, was: _Section | None) -> None:
        """`now` and `was`: the source's section of today and as confirmed."""
        same = now is was
        now, was = now or _Section(0), was or _Section(0)
        part = f"the section “#{name}”" if name else "the part under the first heading"
        where = f"{self.source_path}:{now.line}" if now.line else self.source_path
        severity = "error" if same else "warning"  # a record doesn't say where links led

        def counted(noun: str, have: Counter[str], want: Counter[str], old: Counter[str]) -> list[Fault]:
            found = []
            for item in sorted(set(have) | set(want)):
                low, high = sorted((want[item], old[item]))
                if have[item] == want[item]:
                    continue
                more = have[item] > want[item]
                line = ours.lines.get(item, ours.line) if more else ours.line
                there = f"{self.source_path}:{now.lines[item]}" if not more and now.lines.get(item) else where
                what = f"{part} has the {noun} {item} {_times(have[item])}, {there} {_times(want[item])}"
                todo = "take it out, or write it into the source page first" if more else "add it"
                older = severity == "warning" and (noun == "link to" or low <= have[item] <= high)
                found.append(Fault(self.path, line, what, todo, "warning" if older else "error"))
            return found

        self.faults += counted("link to", ours.links, now.links, was.links)
        self.faults += counted("notice", ours.notices, now.notices, was.notices)
        placed = counted("placeholder", ours.placeholders, now.placeholders, was.placeholders)
        if was.known and (wrong := [fault for fault in placed if fault.severity == "error"]):
            self.faults += wrong
            return
        theirs = exchange.slots(None if same else was.parts, now.parts)
        exchange.judge(ours.parts, theirs, self._fault, ours.line, self.source_path)

    def gone(self, ours: Counter[str], now: Counter[str], was: _Bones | None) -> None:
        """What the source had and has, wherever it moved, and the translation has nowhere any more."""
        if was is None:
            return  # the sections have told
        for item in sorted(set(now) - set(ours)):
            told = any(item in fault.what and fault.severity == "error" for fault in self.faults)
            if not told and (was.placeholders[item] or (item == EMERGENCY and not was.known)):
                what = f"{item} stands on {self.source_path}, and stood there when this was confirmed"
                self._fault(0, f"{what}, but nowhere here", "put it back, in its place")


@lru_cache(maxsize=128)  # one source page is compared with many translations
def _read(text: str, first_line: int, names: tuple[tuple[str, str], ...]) -> _Bones:
    """A page as it is."""
    return _bones([b for b in paragraphs(text, first_line) if b.in_body], first_line, dict(names))


def _as_confirmed(
    record: Record | None, source: str, first_line: int, names: tuple[tuple[str, str], ...]
) -> _Bones | None:
    """The source as the record has it; None if that is the source of today."""
    if record is None:
        return None
    now = [entry_of(block) for block in paragraphs(source, first_line) if block.in_body]
    known = {entry.digest: entry for entry in now}
    entries = []
    for entry in record.entries:
        twin = known.get(entry.digest)
        if entry.kind == "notice" and not entry.id:  # an older record
            entry = replace(entry, id=twin.id if twin else "")
        if twin and entry.placeholders is None:
            entry = replace(entry, placeholders=twin.placeholders)
        if entry.kind not in _IN_FRONT:
            entries.append(entry)
    if [(e.digest, e.kind, e.id) for e in entries] == [(e.digest, e.kind, e.id) for e in now]:
        return None
    return _bones(entries, 0, dict(names))


def _bones(blocks: Sequence[Paragraph | Entry], first_line: int, names: Mapping[str, str]) -> _Bones:
    ordered: dict[str, list[tuple[str, int]]] = {noun: [] for noun in _ORDERED}
    name = ""
    sections = {name: _Section(first_line)}
    for block in blocks:
        line = block.line if isinstance(block, Paragraph) else 0
        for noun, fits in _ORDERED.items():
            if fits(block):
                anchor = f"{{#{block.id}}}" if block.id else ""
                hashes = "#" * int(block.kind[1]) if noun == "heading" else ""
                ordered[noun].append((f"{hashes} {anchor}".strip(), line))
        if block.kind == "h1":
            sections[name].line = line
        elif block.kind in HEADINGS:
            name = block.id or f"{name}+"
            sections[name] = _Section(line)
        section = sections[name]
        section.parts.append(part_of(block, names))
        items = list(section.parts[-1].placeholders or ())
        if isinstance(block, Paragraph):
            links = [t for t in _LINK.findall(block.text) if not _OUTSIDE.match(t)]
            section.links.update(links)
            items += links
        if block.kind == "notice":
            notice = f"!!! {block.name if isinstance(block, Paragraph) else block.id}"
            section.notices[notice] += 1
            items.append(notice)
        section.lines.update(dict.fromkeys(items, line))
    return _Bones(ordered, sections)


def _told_apart(names: Sequence[str]) -> list[tuple[str, int]]:
    """Equal names with their number: a thousand of the same would take minutes to compare."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append((name, seen[name]))
    return found


def _common(these: Sequence[str], those: Sequence[str]) -> list[str]:
    """What both have, in the order of the first."""
    budget = Counter(these) & Counter(those)
    found = []
    for name in these:
        if budget[name]:
            budget[name] -= 1
            found.append(name)
    return found


def _times(number: int) -> str:
    return {0: "not at all", 1: "once", 2: "twice"}.get(number, f"{number} times")
