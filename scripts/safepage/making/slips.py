"""Makes random slips in real pages: each must be refused at its line, or the page must show what it showed.

    python3 scripts/manage.py slips                  ten thousand slips, and how they ended
    python3 scripts/manage.py slips --number 500 --seed 7

What a page shows is judged here by comparing the finished page with the page before the slip: the checks of
the gate have no say in it.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from html import escape
from pathlib import Path

import markdown
from selectolax.lexbor import LexborHTMLParser

from safepage.faults import Fault, Faulty, errors
from safepage.gate import after, before, counted, head, ids, placeholders
from safepage.gate.contacts import addresses
from safepage.making.measuring.slip_catalogue import Edit, random_slip
from safepage.output.kept import NOTHING, Remembered
from safepage.page import blocks, checklist, markup, phrases, prepare
from safepage.site import contacts, directory, settings
from safepage.site.data import Site
from safepage.translations import existing, language_check, structure

NEAR = 2  # lines; a fault this far from a slip, or in its block, names it
_MARKS = frozenset("*_`~^|\\{}[]<>#=+•·◦▪●‣○■□☐☑⁃")
_DASHED = re.compile(r"(?:^|[\n.!?:;,)\]”»\"])-[ \u00a0]|[.!?:;,)\]”»\"][–—−‑][ \u00a0]")


@dataclass
class Project:
    """The site's own data, read once."""

    root: Path
    site: Site
    converter: markdown.Markdown

    def page(self, locale: str, name: str) -> str:
        """The text of a page's file."""
        return (self.root / "docs" / locale / f"{name}.md").read_text(encoding="utf-8")

    def judged(self, locale: str, name: str, text: str) -> tuple[list[Fault], str]:
        """A page as the build takes it: its errors, or the finished text below the values of its head."""
        path, site = f"docs/{locale}/{name}.md", self.site
        original = self.page(site.source, name) if locale != site.source else ""
        numbers = addresses.numbers(original) if original else None
        try:
            page = head.read(text, path, site.country, numbers)
        except Faulty as faulty:
            return faulty.faults, ""
        body, at = page.body, page.first_line
        allowed = placeholders.names(original) if original else None
        faults = before.check(body, path, at, source_placeholders=allowed)
        if before.too_much(body, path, at):
            return errors(faults), ""
        faults += checklist.check(body, path, at, site.pictograms)
        faults += contacts.check(body, site.contacts, path, at)
        faults += blocks.check(body, path, at, directory.keys(site.contacts))
        faults += phrases.check(body, path, at)
        if original:
            faults += language_check.whole(body, original, path)
            faults += structure.check(original, text, f"docs/{site.source}/{name}.md", path)
        self.converter.reset()
        html = self.converter.convert(prepare.prepared(body))
        faults += after.check(html, body, path, at, site.country, source_numbers=numbers)
        words = site.words[locale]
        made = phrases.render(checklist.render(html, words, site.pictograms))
        faults += counted.check(made, body, path, at, {fault.line for fault in errors(faults)})
        if errors(faults):
            return errors(faults), ""
        made = phrases.render(checklist.render(prepare.plain(html), words, site.pictograms))
        finished = ids.own_title(contacts.fill(made, site.contacts, locale, words), frozenset())
        top = "".join(f"<p>{escape(str(value))}</p>" for value in page.meta.values())
        return [], top + finished


@dataclass
class Seen:
    """What a reader gets: the signs in order, without white space; the parts that can be counted."""

    signs: str = ""
    dashes: int = 0  # that stand like list marks
    parts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, html: str) -> Seen:
        """Take a finished page apart."""
        tree = LexborHTMLParser(html)
        for frame in tree.css("legend, .actions"):
            frame.decompose()  # words of the frame, which stand where the list ends
        text = tree.body.text() if tree.body else ""
        parts = Counter(
            {
                "boxes": len(tree.css("input[type=checkbox]")),
                "sentences": len(tree.css(".phrases > li[id]")),
                "notices": sum(len(note.css("p")) > 1 for note in tree.css(".admonition")),
                "headings": len(tree.css("h1, h2[id], h3[id], h4[id], h5[id], h6[id]")),
            }
        )
        parts.update(f"link to {node.attributes.get('href')}" for node in tree.css("a"))
        signs = re.sub(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]", "", text)
        return cls(signs, len(_DASHED.findall(text)), parts)


def lost(before: Seen, after: Seen, edit: Edit) -> str:
    """What a reader has lost, or sees and should not; "" if the page shows what was meant."""
    fewer = before.parts - after.parts
    if fewer:
        return f"fewer parts: {dict(fewer)}"
    was, now = (re.sub(r"[\W_]", "", seen.signs) for seen in (before, after))
    if not _grown(was, now, edit.adds):
        return "other words: " + " → ".join(repr(part) for part in _difference(was, now))
    gone, come = (Counter(part) for part in _difference(before.signs, after.signs))
    raw = [sign for sign in (come - gone - Counter(edit.typed)) if sign in _MARKS]
    if after.dashes > before.dashes + len(edit.typed):
        raw.append("-")
    return f"marks on the page: {''.join(raw)}" if raw else ""


def _grown(was: str, now: str, more: str) -> bool:
    """True if `now` is `was` with the letters `more` put in at one place."""
    if len(now) != len(was) + len(more):
        return False
    same = _alike(was, now)
    return any(was[:cut] + more + was[cut:] == now for cut in range(max(0, same - len(more)), same + 1))


def _alike(one: str, other: str) -> int:
    """How many signs two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _difference(was: str, now: str) -> tuple[str, str]:
    start = _alike(was, now)
    end = _alike(was[start:][::-1], now[start:][::-1])
    return was[start : len(was) - end], now[start : len(now) - end]


def named(faults: list[Fault], edit: Edit) -> bool:
    """True if an error names the slip's line, one of its block, or one at most NEAR lines away."""
    lines = edit.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first, last = max(0, edit.first - NEAR), min(len(lines) - 1, edit.last + NEAR)
    while first > 0 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    return any(first <= fault.line - 1 <= last for fault in faults)


def ends(root: Path, seeds: range) -> list[tuple[str, str, str]]:
    """For each seed a random slip: how it ended ("refused", "shown", "silent", "far"), its kind, why."""
    site = project(root)
    return [found for seed in seeds for found in _one(site, random.Random(seed))]  # noqa: S311


def _one(project: Project, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    while True:
        locale, name = chance.choice(_pages(project.root))
        text = project.page(locale, name)
        edit = random_slip(text, chance)
        if edit is not None and edit.text != text:
            break
    faults, after = project.judged(locale, name, edit.text)
    kind = f"docs/{locale}/{name}.md:{edit.first + 1}: {edit.kind}"
    if faults:
        why = f"{faults[0].line}: {faults[0].what}"
        yield ("refused" if named(faults, edit) else "far"), kind, why
        return
    why = lost(_before(project.root, locale, name), Seen.of(after), edit)
    yield ("silent" if why else "shown"), kind, why


@cache  # for one run: the pages are not changed
def project(root: Path) -> Project:
    written = settings.read((root / "mkdocs.yml").read_text(encoding="utf-8"))
    exits, pictograms = (written.get(*path) or {} for path in (settings.EXITS, settings.PICTOGRAMS))
    site = Site.read(
        root / "docs", root / "mkdocs.yml", exits, pictograms, existing.read, Remembered(NOTHING)
    )
    return Project(root, site, markdown.Markdown(extensions=markup.EXTENSIONS))


@cache
def _pages(root: Path) -> list[tuple[str, str]]:
    docs = root / "docs"
    files = sorted(file.relative_to(docs) for file in docs.glob("*/**/*.md"))
    return [(file.parts[0], Path(*file.parts[1:]).with_suffix("").as_posix()) for file in files]


@cache
def _before(root: Path, locale: str, name: str) -> Seen:
    site = project(root)
    faults, html = site.judged(locale, name, site.page(locale, name))
    assert not faults, faults
    return Seen.of(html)


def run(options: argparse.Namespace) -> int:
    """The command: 0 if no slip was silent, else 1 with a line for each."""
    began = time.monotonic()
    start = options.seed * 1_000_000
    step = 250
    parts = [
        range(at, min(at + step, start + options.number)) for at in range(start, start + options.number, step)
    ]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = [one for some in pool.map(partial(ends, options.project), parts) for one in some]
    count = Counter(end for end, *_ in found)
    if options.kinds:
        kinds = Counter((kind.partition(": ")[2], end) for end, kind, _ in found)
        for (kind, end), number in sorted(kinds.items()):
            print(f"{number:6} {end:8} {kind}")
    for end, kind, why in found:
        if end in ("silent", "far"):
            print(f"{kind}: {end}: {why}")
    print(f"{len(found)} slips in {time.monotonic() - began:.0f} s (seed {options.seed}):")
    print(f"{count['refused']:6} refused, with its line (or one of its block, or at most {NEAR} lines away)")
    print(f"{count['shown']:6} shown as meant: the same words, signs, notices, sentences, headings and links")
    print(f"{count['far']:6} refused, but elsewhere")
    print(f"{count['silent']:6} silent")
    return 1 if count["silent"] or count["far"] else 0
