"""The state of every language and page, as text, Markdown or JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from safepage.faults import Fault, Faulty, code
from safepage.translations import frame_words
from safepage.translations.catalogue import Catalogue
from safepage.translations.frame_words import Frame
from safepage.translations.freshness import State
from safepage.translations.old_texts import History

if TYPE_CHECKING:
    from safepage.translations.closely import Look

STATES = ("missing", "outdated", "draft", "current")  # what needs work first comes first
_WIDTH = 100
_MOST = 8
_LOOKS = 40  # lines for a page
_PLAIN = re.compile(r"(?:[^\W_]|[ ,()’“”/-]|: )+")  # nothing that a code host makes a link, or a mention, of


@dataclass(frozen=True)
class Table:
    """`states` by (locale, page); `frames`: how the words of each language's frame stand.

    `hidden` are the languages that readers don't get yet.
    """

    source: str
    locales: list[str]
    pages: list[str]
    critical: frozenset[str]
    states: dict[tuple[str, str], State]
    frames: dict[str, Frame]
    autonyms: Mapping[str, str]
    hidden: frozenset[str]

    def totals(self, locale: str) -> Counter[str]:
        """How many pages of a language are in each state."""
        return Counter(self.states[locale, page].status for page in self.pages)

    def first(self) -> list[str]:
        """What to do first, one line each: what safety hangs on, then what readers don't get at all."""
        order = [frame_words.NAME, *self.pages]
        frames = {(tag, frame_words.NAME): frame for tag, frame in self.frames.items()}
        todo = [
            (not self._is_critical(locale, page), STATES.index(state.status), order.index(page), locale)
            for (locale, page), state in (frames | self.states).items()
            if state.status != "current"
        ]
        lines = []
        for later, index, page_index, locale in sorted(todo):
            page = order[page_index]
            says = _words(STATES[index], frames.get((locale, page)) or self.states[locale, page])
            weight = "" if later else " (a reader's safety hangs on it)"
            lines.append(f"{locale} {page}: {says}{weight}")
        return lines

    def _is_critical(self, locale: str, page: str) -> bool:
        """A frame is one as long as such a word of it needs work."""
        if page == frame_words.NAME:
            return any(map(frame_words.is_safety, self.frames[locale].left))
        return page in self.critical

    def plain(self) -> str:
        """For a terminal: tables of at most 100 columns, then what matters most."""
        rows = [frame_words.NAME, *self.pages, *STATES]
        labels = [f"{name} *" if name in self.critical else name for name in rows]
        width = max(map(len, labels)) + 2
        if not self.locales:
            return "No translation is concerned."
        heads = {tag: f"({tag})" if tag in self.hidden else tag for tag in self.locales}
        each = max((len(self._cell(tag, row)) for tag in self.locales for row in rows), default=0)
        each = max([each, *map(len, heads.values())]) + 2
        fit = max(1, (_WIDTH - width) // each)
        out = []
        for start in range(0, len(self.locales), fit):
            some = self.locales[start : start + fit]
            out.append("".ljust(width) + "".join(heads[tag].ljust(each) for tag in some))
            for row, label in zip(rows, labels, strict=True):
                if row == STATES[0]:
                    out.append("-" * (width + each * len(some) - 2))
                out.append(label.ljust(width) + "".join(self._cell(tag, row).ljust(each) for tag in some))
            out.append("")
        out = [line.rstrip() for line in out]
        out.append(f"{self._sum()} Pages with * are those that a reader's safety hangs on.")
        out.append("A number is that of paragraphs whose source changed; (d): a draft too.")
        if self.hidden & set(self.locales):
            out.append("Readers don't get the languages in brackets yet: build: false in mkdocs.yml.")
        todo = self.first()
        if todo:
            out += ["", "What matters most:", *(f"  {line}" for line in todo[:_MOST])]
            if len(todo) > _MOST:
                out.append(f"  … and {len(todo) - _MOST} more")
        return "\n".join(out)

    def markdown(self, looks: Mapping[tuple[str, str], Sequence[Look]] = MappingProxyType({})) -> str:
        """For a pull request or a job summary. `looks`: what a person should look at, by (locale, page)."""
        if not self.locales:
            return "No translation is concerned."
        out = [
            f"| Page | {' | '.join(map(self._head, self.locales))} |",
            f"|---|{'---|' * len(self.locales)}",
        ]
        cells = (_words(self.frames[tag].status, self.frames[tag]) for tag in self.locales)
        out.append(f"| words of the frame | {' | '.join(cells)} |")
        for page in self.pages:
            name = f"**{_inert(page)}**" if page in self.critical else _inert(page)
            cells = (_words(self.states[tag, page].status, self.states[tag, page]) for tag in self.locales)
            out.append(f"| {name} | {' | '.join(cells)} |")
        for name in STATES:
            cells = (str(self.totals(tag)[name]) for tag in self.locales)
            out.append(f"| *{name}* | {' | '.join(cells)} |")
        out += ["", f"{self._sum()} Pages in bold are those that a reader's safety hangs on."]
        todo = self.first()
        if todo:
            out += ["", "What matters most:", "", *(f"- {_inert(line)}" for line in todo[:_MOST])]
        return "\n".join([*out, *_to_look_at(looks)])

    def json(self) -> str:
        """For programs: everything that the tables show."""
        from safepage.site.locales import direction

        return json.dumps(
            {
                "source": self.source,
                "languages": [
                    {
                        "language": tag,
                        "name": self.autonyms[tag],
                        "direction": direction(tag),
                        "hidden": tag in self.hidden,
                        "frame": self._frame(tag),
                        "totals": {name: self.totals(tag)[name] for name in STATES},
                        "pages": {page: self._page(tag, page) for page in self.pages},
                    }
                    for tag in self.locales
                ],
                "totals": {name: sum(self.totals(tag)[name] for tag in self.locales) for name in STATES},
                "first": self.first(),
            },
            ensure_ascii=False,
            indent=2,
        )

    def _page(self, locale: str, page: str) -> dict[str, object]:
        state = self.states[locale, page]
        return {
            "status": state.status,
            "draft": state.draft,
            "confirmed": state.confirmed,
            "reviewed_by": state.reviewed_by,
            "paragraphs": len(state.changed),
            "safety_critical": page in self.critical,
        }

    def _cell(self, locale: str, row: str) -> str:
        if row in STATES:
            return str(self.totals(locale)[row])
        state = self.frames[locale] if row == frame_words.NAME else self.states[locale, row]
        if state.status == "outdated":
            return f"outdated {_number(state)}{' (d)' if state.draft else ''}"
        return state.status

    def _head(self, locale: str) -> str:
        return f"{_inert(locale)} (hidden)" if locale in self.hidden else _inert(locale)

    def _frame(self, locale: str) -> dict[str, object]:
        frame = self.frames[locale]
        return {
            "status": frame.status,
            "draft": frame.draft,
            "confirmed": frame.confirmed,
            "reviewed_by": frame.reviewed_by,
            "untranslated": list(frame.untranslated),
            "outdated": frame.outdated,
            "safety_critical": frame.unsafe,
        }

    def _sum(self) -> str:
        total = Counter(state.status for state in self.states.values())
        parts = ", ".join(f"{total[name]} {name}" for name in STATES)
        noun = "language" if len(self.locales) == 1 else "languages"
        return f"{len(self.locales)} {noun}, {len(self.pages)} pages: {parts}."


def read(site: Catalogue, locales: list[str]) -> Table:
    """The table for these languages. Raises Faulty with each page, record or frame that can't be read."""
    states: dict[tuple[str, str], State] = {}
    frames: dict[str, Frame] = {}
    faults: list[Fault] = []
    for tag in locales:
        try:
            frames[tag] = site.frame(tag)
        except Faulty as faulty:
            faults += faulty.faults
        for page in site.pages:
            try:
                states[tag, page] = site.state(tag, page, places=False)
            except Faulty as faulty:
                faults += faulty.faults
    if faults:
        raise Faulty(faults)
    return Table(site.source, locales, site.pages, site.critical, states, frames, site.autonyms, site.hidden)


def looks(site: Catalogue, locales: list[str], since: str | None) -> dict[tuple[str, str], list[Look]]:
    """What a person should look at, by (locale, page); with a revision, in what changed since then only."""
    from safepage.translations import closely  # its words of each language, which a table does not need

    history = History(site.root, site.source)
    found = {}
    for tag in locales:
        for page in site.pages:
            text, source = site.text(tag, page), site.text(site.source, page)
            if text is None or source is None or site.state(tag, page, places=False).status == "missing":
                continue
            before = None if since is None else history.text(site.path(tag, page), since) or ""
            if before != text and (seen := closely.look(source, text, tag, site.source, before)):
                found[tag, page] = seen
    return found


def _to_look_at(looks: Mapping[tuple[str, str], Sequence[Look]]) -> Iterator[str]:
    if not looks:
        return
    yield from ("", "### For a person's eyes", "")
    yield "Negations, numbers and words beside contacts that a translation has and the source has not, and"
    yield "negations that it lacks. All may be right: no machine can tell. Read each beside the source."
    for (tag, page), seen in looks.items():
        yield from ("", f"{_inert(f'docs/{tag}/{page}.md')}:", "")
        for one in seen[:_LOOKS]:
            theirs = f" – source: {code(one.theirs)}" if one.theirs else ""
            yield f"- line {one.line}, {_inert(one.what)}: {code(one.ours)}{theirs}"
        if len(seen) > _LOOKS:
            yield f"- … and {len(seen) - _LOOKS} more"


def _inert(words: str) -> str:
    """Words as they are where they are plain; else as code, and without the bars of a table."""
    return words if _PLAIN.fullmatch(words) else code(words.replace("|", "¦"))


def _words(status: str, state: State | Frame) -> str:
    if status == "draft" and not state.confirmed:
        return "draft, never confirmed"
    if status != "outdated":
        return status
    number, noun = _number(state), "word" if isinstance(state, Frame) else "paragraph"
    draft = ", draft" if state.draft else ""
    return f"outdated ({number} {noun if number == 1 else f'{noun}s'}{draft})"


def _number(state: State | Frame) -> int:
    """How much needs work."""
    return len(state.left if isinstance(state, Frame) else state.changed)
