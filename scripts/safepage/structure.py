"""The structure check: a translation has the bones of its source, whatever language is on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from safepage.faults import Fault
from safepage.grammar import PLACEHOLDER
from safepage.paragraphs import Paragraph, front_matter, paragraphs

_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_OWN_WORDS = ("title", "description")
_FREE = "menu"  # a language may need a shorter word in the menu where the source needs none


@dataclass
class _Section:
    """What stands between a heading and the next."""

    line: int
    links: Counter[str] = field(default_factory=Counter)
    placeholders: Counter[str] = field(default_factory=Counter)
    notices: Counter[str] = field(default_factory=Counter)
    blocks: list[tuple[str, int, Counter[str]]] = field(default_factory=list)  # kind, line, placeholders


def check(
    source: str,
    translation: str,
    source_path: str,
    path: str,
    *,
    first_line_source: int = 1,
    first_line: int = 1,
    severity: str = "error",
) -> list[Fault]:
    """What the structure of `translation` lacks or has too much, against `source`.

    Both are the text of the whole file; for a body alone, say on which line of its file it starts. Checked:
    headings (level and anchor, in order), signs of the checklist (number, ids, order), internal links,
    placeholders and notices (per section, in any order), placeholders of each paragraph where a section has
    the same paragraphs, and the front matter that isn't words. Use
    `severity="warning"` for a translation whose source changed: its readers are told so, and a source
    may gain a heading before every language has it.
    """
    ours = paragraphs(translation, first_line)
    judge = _Judge(path, source_path, severity)
    judge.front(translation, source)
    headings, signs, there = _bones(source, first_line_source)
    judge.sequence(_headings(ours), headings, "heading")
    judge.sequence(_signs(ours), signs, "sign of the checklist")
    here = _sections(ours, first_line)
    for name, section in there.items():
        if name in here:
            judge.section(name, here[name], section)
    return sorted(judge.faults)


class _Judge:
    def __init__(self, path: str, source_path: str, severity: str) -> None:
        self.path, self.source_path, self.severity = path, source_path, severity
        self.faults: list[Fault] = []

    def _fault(self, line: int, what: str, todo: str) -> None:
        self.faults.append(Fault(self.path, line, what, todo, self.severity))

    def front(self, translation: str, source: str) -> None:
        ours, theirs = front_matter(translation), front_matter(source)
        for key in sorted((set(ours) | set(theirs)) - {_FREE}):
            if key not in theirs:
                self._fault(
                    ours[key][1],
                    f"the front matter has “{key}”, which {self.source_path} has not",
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

    def sequence(self, ours: list[tuple[str, int]], theirs: list[tuple[str, int]], noun: str) -> None:
        """Compares lists of (what it is, line), in order."""
        matcher = SequenceMatcher(None, [t[0] for t in theirs], [o[0] for o in ours], autojunk=False)
        for tag, from_their, to_their, from_our, to_our in matcher.get_opcodes():
            if tag == "equal":
                continue
            both = min(to_their - from_their, to_our - from_our)
            for step in range(both):
                name, line = ours[from_our + step]
                wanted, where = theirs[from_their + step]
                self._fault(
                    line,
                    f"the {noun} here is “{name}”, but {self.source_path}:{where} has “{wanted}”",
                    "make it the same (the words are free, marks and anchor are not)",
                )
            for name, line in ours[from_our + both : to_our]:
                near = theirs[max(0, to_their - 1)][1] if theirs else 1
                self._fault(
                    line,
                    f"the {noun} “{name}” is too much here: {self.source_path}:{near} is not followed by it",
                    "take it out, or put it where the source has it",
                )
            for name, where in theirs[from_their + both : to_their]:
                line = ours[from_our - 1][1] if from_our else (ours[0][1] if ours else 0)
                self._fault(
                    line,
                    f"the {noun} “{name}” of {self.source_path}:{where} is missing after this line",
                    "add it, in this language",
                )

    def places(self, ours: _Section, theirs: _Section) -> None:
        """A number beside the name of another centre: each paragraph has the placeholders of its source."""
        if [kind for kind, *_ in ours.blocks] != [kind for kind, *_ in theirs.blocks]:
            return
        for (_, line, have), (_, where, want) in zip(ours.blocks, theirs.blocks, strict=True):
            if have != want:
                what = f"{_list(have)} stands here, but {self.source_path}:{where} has {_list(want)}"
                todo = "put them in the source's order: readers would reach another service"
                self._fault(line, what, todo)

    def section(self, name: str, ours: _Section, theirs: _Section) -> None:
        if ours.placeholders == theirs.placeholders:
            self.places(ours, theirs)
        where = f"{self.source_path}:{theirs.line}"
        part = f"the section “#{name}”" if name else "the part under the first heading"
        for noun, have, want in (
            ("link to", ours.links, theirs.links),
            ("placeholder", ours.placeholders, theirs.placeholders),
            ("notice", ours.notices, theirs.notices),
        ):
            for item in sorted(set(have) | set(want)):
                if have[item] == want[item]:
                    continue
                self._fault(
                    ours.line,
                    f"{part} has the {noun} {item} {_times(have[item])}, {where} {_times(want[item])}",
                    "add it" if have[item] < want[item] else "take it out",
                )


@lru_cache(maxsize=128)  # one source page is compared with many translations
def _bones(
    text: str, first_line: int
) -> tuple[list[tuple[str, int]], list[tuple[str, int]], dict[str, _Section]]:
    """A page's headings, signs and sections."""
    blocks = paragraphs(text, first_line)
    return _headings(blocks), _signs(blocks), _sections(blocks, first_line)


def _headings(blocks: Sequence[Paragraph]) -> list[tuple[str, int]]:
    return [
        ("#" * int(b.kind[1]) + (f" {{#{b.id}}}" if b.id else ""), b.line)
        for b in blocks
        if re.fullmatch(r"h[1-6]", b.kind)
    ]


def _signs(blocks: Sequence[Paragraph]) -> list[tuple[str, int]]:
    return [(f"{{#{b.id}}}", b.line) for b in blocks if b.kind == "check"]


def _sections(blocks: Sequence[Paragraph], first_line: int) -> dict[str, _Section]:
    name = ""
    sections = {name: _Section(first_line)}
    for block in blocks:
        if not block.in_body:
            continue
        if block.kind == "h1":
            sections[name].line = block.line
        elif re.fullmatch(r"h[2-6]", block.kind):
            name = block.id or f"{name}+"
            sections[name] = _Section(block.line)
        section = sections[name]
        section.links.update(t for t in _LINK.findall(block.text) if not _OUTSIDE.match(t))
        placeholders = Counter(match[0] for match in PLACEHOLDER.finditer(block.text))
        section.placeholders.update(placeholders)
        section.blocks.append((block.kind, block.line, placeholders))
        if block.kind == "notice":
            section.notices.update([f"!!! {block.name}"])
    return sections


def _times(number: int) -> str:
    return {0: "not at all", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _list(placeholders: Counter[str]) -> str:
    return " ".join(sorted(placeholders)) or "no placeholder"
