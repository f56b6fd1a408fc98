"""The pages that a site begins with, in each of its languages, and how true each translation is to them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from safepage.begin import cutting
from safepage.begin.packed import Packed
from safepage.begin.turning import turned
from safepage.page import head, yaml_text
from safepage.page.paragraphs import paragraphs
from safepage.translations import frame_words, freshness, new_language, records
from safepage.translations.freshness import State
from safepage.translations.records import Record

_DRAFT = "draft: true # no native speaker has checked this page: take this line out when one has"
_SEVERAL = {"about": ["translations"]}  # what a site in one language has no use for
_NATIONAL = "(in national sections alone)"  # said of a term, in what it means
_REVIEWERS = """\
# Who may say that a translation is good: native speakers whom the team knows, by language.
# Only what one of them has checked loses the note “No native speaker has checked this translation yet”.
# A maintainer adds a name, the handle that the person uses on the code host: {example}: [anna, ben]
"""


@dataclass(frozen=True)
class Content:
    """Texts that are laid into docs/, by their paths in a site.

    In: the packed texts; the languages with their own names, the source first; the site's name by language
    (none: as the packed texts have it).
    """

    packed: Packed
    languages: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The language that the others are translated from."""
        return next(iter(self.languages))

    @cached_property
    def pages(self) -> list[str]:
        """The pages of the site: those that its source has, and that hold more than what is national."""
        mine = {name: self.packed.page(self.source, name) for name in self.packed.pages}
        return [
            name
            for name, text in mine.items()
            if text and not cutting.is_empty(cutting.page(text, name, self._out(name), ()))
        ]

    @property
    def left_out(self) -> list[str]:
        """The packed pages that the site has not."""
        return [name for name in self.packed.pages if name not in self.pages]

    @property
    def new(self) -> list[str]:
        """The languages that have no texts yet."""
        return [tag for tag in self.languages if tag not in self.packed.locales]

    def texts(self) -> dict[str, str]:
        """All of them. Raises Faulty where a packed text can't be read."""
        found = {"docs/reviewers.yml": self._reviewers()}
        for tag in self.languages:
            if tag in self.packed.locales:
                found |= self._language(tag)
        for tag in self.new:
            source = {name: found.get(f"docs/{self.source}/{name}") for name in new_language.BEGINS_WITH}
            found |= new_language.texts(source, self.source, tag, self.languages[tag])
            if tag in self.names:
                path = f"docs/{tag}/interface.yml"
                found[path] = self._named(found[path], tag)
        return found

    def _language(self, tag: str) -> dict[str, str]:
        words = self.packed.text(f"{tag}/interface.yml") or ""
        found = {f"docs/{tag}/interface.yml": self._named(words, tag)}
        if tag != self.source and (record := self._record_of_words(tag)):
            found[freshness.record_path(tag, records.FRAME)] = records.dump(
                record, tag, records.FRAME, self.source
            )
        if terms := self.packed.text(f"{tag}/glossary.yml"):
            found[f"docs/{tag}/glossary.yml"] = self._glossary(tag, terms)
        for name in self.pages:
            if (text := self._page(tag, name)) is None:
                continue
            found[f"docs/{tag}/{name}.md"] = self._marked(name, text) if tag == self.source else text
            if tag != self.source and (record := self._record(tag, name)):
                path = freshness.record_path(tag, name)
                found[path] = records.dump(record, tag, name, self.source)
        return found

    def _out(self, name: str) -> list[str]:
        """The anchors of a page's sections that the site has not."""
        alone = _SEVERAL.get(name, []) if len(self.languages) == 1 else []
        return [*self.packed.national.get(name, []), *alone]

    def _page(self, tag: str, name: str) -> str | None:
        """A page as the site has it."""
        text = self.packed.page(tag, name)
        return text and cutting.page(text, name, self._out(name), self.left_out)

    def _record(self, tag: str, name: str) -> Record | None:
        """What a translation is confirmed against, of the words of the site's source."""
        theirs = self._confirmed(tag, name)
        if theirs is None or self.source == self.packed.source:
            return theirs
        original, mine = self._page(self.packed.source, name) or "", self._page(self.source, name) or ""
        of_source, text = self._confirmed(self.source, name), self._page(tag, name) or ""
        copied = self._state(self.source, name).untranslated_blocks
        there, left = paragraphs(text), self._state(tag, name).untranslated_blocks
        untranslated = {there[at].digest for at in left} if tag != self.packed.source else set()
        return turned(paragraphs(original), paragraphs(mine), of_source, theirs, untranslated, copied)

    def _record_of_words(self, tag: str) -> Record | None:
        """The words of the frame that match those of the site's source: both were confirmed."""
        known, same = self.packed.record(tag, records.FRAME), self._confirmed_words(tag)
        path = f"docs/{self.source}/{frame_words.FILE}"
        words = frame_words.words(
            self._named(self.packed.text(path.removeprefix("docs/")) or "", self.source), path
        )
        both = same & self._confirmed_words(self.source)
        reviewer = known.reviewed_by if known and self.source == self.packed.source else None
        return (
            Record(tuple(records.entry_of(word) for word in words if word.id in both), reviewer)
            if both
            else None
        )

    def _confirmed_words(self, tag: str) -> set[str]:
        """The keys of the words that match the packed source's as they are."""
        path = f"docs/{self.packed.source}/{frame_words.FILE}"
        now = frame_words.words(self.packed.text(path.removeprefix("docs/")) or "", path)
        if tag == self.packed.source:
            return {word.id for word in now}
        record = self.packed.record(tag, records.FRAME)
        known = {(entry.id, entry.digest) for entry in record.entries} if record else set()
        return {word.id for word in now if (word.id, word.digest) in known}

    def _confirmed(self, tag: str, name: str) -> Record | None:
        """What a language is confirmed against, of the packed source's words as the site has them."""
        now = paragraphs(self._page(self.packed.source, name) or "")
        if tag == self.packed.source:
            return records.renew(None, now, None)
        record = self.packed.record(tag, name)
        if record is None:
            return None
        whole, out = self.packed.page(self.packed.source, name) or "", self._out(name)
        kept = paragraphs(cutting.page(whole, name, out, ()))
        return freshness.carry(cutting.record(record, out), kept, now)

    def _state(self, tag: str, name: str) -> State:
        """How a language stands to the packed source."""
        now = self._page(self.packed.source, name) or ""
        return freshness.state(now, self._page(tag, name), self._confirmed(tag, name))

    def _marked(self, name: str, text: str) -> str:
        """A page of the source: it says what ours says for all; a draft where nobody has checked it."""
        if self.source == self.packed.source:
            return text
        record, lines = self.packed.record(self.source, name), head.lines_of(text)
        said = head.values(self.packed.page(self.packed.source, name) or "").keys() - head.values(text).keys()
        lines[head.end(lines) : head.end(lines)] = [
            *(["listen: true"] if "listen" in said else []),
            *([] if record and record.reviewed_by else [_DRAFT]),
        ]
        return "\n".join(lines)

    def _named(self, words: str, tag: str) -> str:
        """The words of the frame with the site's own name."""
        if tag not in self.names:
            return words
        line = f"site_name: {json.dumps(self.names[tag], ensure_ascii=False)}"
        return re.sub(r"^site_name:.*$", lambda _: line, words, count=1, flags=re.MULTILINE)

    def _glossary(self, tag: str, terms: str) -> str:
        """The terms of a language that hold everywhere; the source's say what each of them means."""
        theirs = self.packed.text(f"{self.packed.source}/glossary.yml") or ""
        meant = yaml_text.load(theirs, "glossary.yml")[0]
        terms = cutting.terms(terms, [term for term, told in meant.items() if _NATIONAL in told["means"]])
        if tag != self.source or tag == self.packed.source:
            return terms
        lines = [line for line in terms.splitlines() if not line.lstrip().startswith("means:")]
        return "".join(f"{_with_meaning(line, meant)}\n" for line in lines)

    def _reviewers(self) -> str:
        others = [tag for tag in self.languages if tag != self.source]
        known = self.packed.reviewers.by_language
        rows = [f"{tag}: [{', '.join(sorted(known.get(tag, ())))}]\n" for tag in others]
        return _REVIEWERS.format(example=(others or [self.source])[0]) + "".join(rows)


def _with_meaning(line: str, meant: Mapping[str, Any]) -> str:
    """A line of a list of terms, with what the term means below it."""
    term = re.match(r"(\w+):", line)
    meaning = meant.get(term[1], {}).get("means") if term else None
    return f"{term[1]}:\n  means: {json.dumps(meaning, ensure_ascii=False)}" if term and meaning else line
