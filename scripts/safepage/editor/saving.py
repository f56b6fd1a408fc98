"""Writes what was typed: the smallest change of one file, and only past the gate."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from safepage.editor import values
from safepage.editor.form import Editable, Field, Lines, Section
from safepage.editor.pagetext import PageText
from safepage.faults import Fault, Faulty, bounded, errors
from safepage.page import texts
from safepage.page.yaml_text import KeyPath
from safepage.translations import writing
from safepage.translations.catalogue import Catalogue

Judge = Callable[[Catalogue, Mapping[str, str], str], list[Fault]]  # as `rehearsal.as_built`
SAVED, SAME, REFUSED, CHANGED, STRANGE = "saved", "same", "refused", "changed", "strange"


@dataclass
class Proposed(Catalogue):
    """The project with other texts for some of its files."""

    new: Mapping[str, str] = field(default_factory=dict)

    def read(self, path: str) -> str | None:
        return self.new[path] if path in self.new else super().read(path)


@dataclass(frozen=True)
class Outcome:
    """What became of a save: one of the words above; the form as it is to be shown; faults of no field."""

    kind: str
    sections: Sequence[Section]
    digest: str
    faults: Sequence[Fault] = ()


@dataclass
class Saving:
    """Saves one at a time. `judge` says what a build would say; `once` is how values were first spelt."""

    root: Path
    judge: Judge
    once: dict[str, dict[tuple[KeyPath, str], str]] = field(default_factory=dict)
    one: threading.Lock = field(default_factory=threading.Lock)

    def show(self, what: Editable) -> Outcome:
        """The form of a file as it is. Raises Faulty where that can't be read."""
        raw, digest = self._read(what)
        self._remember(what.path, raw)
        return Outcome("", what.sections(raw, False), digest)

    def save(self, site: Catalogue, what: Editable, typed: Mapping[str, str], digest: str) -> Outcome:
        """Write what was typed, if the file is still as it was and a build finds nothing wrong.

        In: the project, the form's file, its fields, and the digest of the file that it was shown of.
        """
        with self.one:
            raw, now = self._read(what)
            if digest != now:
                return self._changed(what, raw, now, what.whole(typed))
            shown = _typed(what.sections(raw, "body" in typed), typed)
            lines: Lines = {}
            try:
                written = what.written(raw, typed, self.once.get(what.path, {}))
                lines = written.lines
                if written.text == raw:
                    return Outcome(SAME, shown, now)
                found = self._faults(site, what, written.text)
                if not found and (then := self._read(what))[1] != now:  # to look at it takes seconds
                    return self._changed(what, *then, what.whole(typed))
                if not found:
                    writing.write_all(self.root, {what.path: written.text})
                    return Outcome(SAVED, shown, now)
            except Faulty as faulty:
                found = faulty.faults
            return Outcome(REFUSED, *_placed(shown, now, found, what.path, lines))

    def again(self, what: Editable, typed: Mapping[str, str]) -> Outcome:
        """The form with what was typed, of a file that nobody looked at before: nothing is written."""
        raw, now = self._read(what)
        return replace(self._changed(what, raw, now, what.whole(typed)), kind=STRANGE)

    def _changed(self, what: Editable, raw: str, now: str, typed: Mapping[str, str]) -> Outcome:
        sections = [
            replace(
                section,
                closed=False,
                fields=[
                    replace(new, now=old.value if new.value != old.value else None)
                    for old in section.fields
                    for new in [old.typed(typed)]
                ],
            )
            for section in what.sections(raw, True)
        ]
        there = {one.name for section in sections for one in section.fields}
        gone = [Field(name, name, value, "", "auto") for name, value in typed.items() if name not in there]
        return Outcome(CHANGED, [*sections, *([Section(what.say["gone"], gone)] if gone else [])], now)

    def _read(self, what: Editable) -> tuple[str, str]:
        """A file's text with its own line ends, and what stands for it as it is."""
        file = self.root / what.path
        if not file.is_file():
            return what.begin(), ""
        texts.read(file, what.path)  # within bounds, or a fault
        data = file.read_bytes()
        return data.decode("utf-8"), hashlib.sha256(data).hexdigest()

    def _remember(self, path: str, raw: str) -> None:
        text = PageText.read(raw).head if path.endswith(".md") else raw
        try:
            found = values.Values.read(text, path)
        except Faulty:
            return
        known = self.once.setdefault(path, {})
        for at, spot in found.spots.items():
            known.setdefault((at, spot.says), found.written(at))

    def _faults(self, site: Catalogue, what: Editable, text: str) -> list[Fault]:
        """What is wrong with the new text, and with what hangs on it; not what was wrong elsewhere before."""
        new = {what.path: text}
        found = errors(self.judge(site, new, what.locale))
        if what.path.startswith(f"docs/{site.source}/") and what.path.endswith(".md"):
            found += self._of_translations(site, what.path, new)
        if found and all(fault.path != what.path for fault in found):
            before = set(self.judge(site, {}, what.locale))
            before.update(self._of_translations(site, what.path, {}))
            found = [fault for fault in found if fault not in before]
        return bounded(found)

    def _of_translations(self, site: Catalogue, path: str, new: Mapping[str, str]) -> list[Fault]:
        """What the structure check says of a page's translations."""
        name = path.removeprefix(f"docs/{site.source}/").removesuffix(".md")
        then = Proposed(site.root, site.source, site.locales, site.country, site.autonyms, site.hidden, new)
        return errors(fault for tag in site.locales for fault in then.page_faults(tag, name))


def _typed(sections: Sequence[Section], typed: Mapping[str, str]) -> list[Section]:
    return [replace(section, fields=[one.typed(typed) for one in section.fields]) for section in sections]


def _placed(
    sections: Sequence[Section], digest: str, faults: Sequence[Fault], path: str, lines: Lines
) -> tuple[list[Section], str, list[Fault]]:
    """Faults at the fields whose lines they tell of; the rest are told above the form."""
    rest = []
    of: dict[str, list[Fault]] = {}
    for fault in faults:
        at = [name for name, (first, last) in lines.items() if first <= fault.line <= last]
        near = max((name for name in at), key=lambda name: lines[name][0], default="")
        if fault.path == path and fault.line and near:
            of.setdefault(near, []).append(fault)
        else:
            rest.append(fault)
    names = {one.name for section in sections for one in section.fields}
    rest += [fault for name, found in of.items() if name not in names for fault in found]
    told = [
        replace(
            section,
            fields=[replace(one, faults=of.get(one.name, ())) for one in section.fields],
            closed=section.closed and not any(one.name in of for one in section.fields),
        )
        for section in sections
    ]
    return told, digest, rest
