"""Whether a translation says what its source says now: by paragraph and by content, never by date.

A record (`docs/nl/.confirmed/recognise.yml`) lists the source's paragraphs as they were when somebody last
said that the translation matches. What differs today is what a translator has to look at.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from safepage.faults import Fault, Faulty
from safepage.paragraphs import Paragraph, paragraphs

__all__ = [
    "Change",
    "Entry",
    "Paragraph",
    "Record",
    "State",
    "carry",
    "compare",
    "dump",
    "is_handle",
    "load",
    "mark",
    "paragraphs",
    "record_path",
    "renew",
    "state",
]

FOLDER = ".confirmed"  # a dot, so that the generator doesn't publish it
_EXCERPT = 60
_ENTRY = re.compile(r'- (".*")$')
_REVIEWER = re.compile(r"reviewed-by:\s*(\"?)([A-Za-z0-9][A-Za-z0-9._@-]*)\1$")
_HEAD = """\
# What docs/{source}/{page}.md said when this translation was last found to match it, paragraph by paragraph.
# Written by: python3 scripts/manage.py translations confirm {locale} {page}
"""
_UNTRANSLATED_WORDS = 4  # fewer may rightly be the same in two languages: "PAG-ASA", "Status"


@dataclass(frozen=True)
class Entry:
    """A source paragraph in a record: its digest, kind (`h2`, `check`), anchor and first words."""

    digest: str
    kind: str
    id: str
    excerpt: str


@dataclass(frozen=True)
class Record:
    """What a translation was confirmed against, and by which native speaker (None: a draft)."""

    entries: tuple[Entry, ...]
    reviewed_by: str | None = None

    @property
    def digests(self) -> list[str]:
        return [entry.digest for entry in self.entries]


@dataclass(frozen=True)
class Change:
    """One difference between the source as confirmed and as it is.

    `kind` is "changed", "added" or "removed"; `old` is None if added, `new` is None if removed;
    `block` is the index, in the translation's paragraphs, of the one that needs work, or None.
    """

    kind: str
    old: Entry | None
    new: Paragraph | None
    block: int | None = None


@dataclass(frozen=True)
class State:
    """How a translation stands.

    `status`: "missing" (no file, or the source's text only), "draft" (no native check), "current", or
    "outdated" (a draft or not); `confirmed`: somebody once said that it matches. `outdated_blocks` and
    `untranslated_blocks` are indexes into `paragraphs(translation)`: those whose source changed, and those
    that are still the source's words.
    """

    status: str
    draft: bool = False
    confirmed: bool = False
    reviewed_by: str | None = None
    changed: tuple[Change, ...] = ()
    outdated_blocks: frozenset[int] = frozenset()
    untranslated_blocks: frozenset[int] = frozenset()


def is_handle(name: str) -> bool:
    """True for what may stand as a reviewer: a name on a code host, without spaces."""
    return bool(_REVIEWER.fullmatch(f"reviewed-by: {name}"))


def record_path(locale: str, page: str) -> str:
    """Where the record of a page is kept, from the project's root; `page` has no ending (`health/gp`)."""
    return f"docs/{locale}/{FOLDER}/{page}.yml"


def state(source: str, translation: str | None, record: Record | None, *, places: bool = True) -> State:
    """How `translation` stands to `source`: both the text of the whole file, front matter included.

    Without `record` nobody has confirmed it yet: a draft. Without `places` the translation is hardly read:
    the sets of blocks are empty, and many pages take less time.
    """
    if translation is None:
        return State("missing")
    now = paragraphs(source)
    there = paragraphs(translation) if places or _begins_alike(now, translation) else []
    same = _untranslated(now, there)
    if _is_copy(now, there):
        return State("missing", untranslated_blocks=same)
    changes = compare(record, now, there) if record else ()
    reviewer = record.reviewed_by if record else None
    return State(
        status="outdated" if changes else "current" if reviewer else "draft",
        draft=reviewer is None,
        confirmed=record is not None,
        reviewed_by=reviewer,
        changed=changes,
        outdated_blocks=frozenset(change.block for change in changes if change.block is not None),
        untranslated_blocks=same,
    )


def compare(record: Record, now: Sequence[Paragraph], there: Sequence[Paragraph] = ()) -> tuple[Change, ...]:
    """The changes of the source since `record`, in the order of the page.

    A paragraph that only moved is no change. One removed and one added in the same place are one changed.
    """
    before, after = record.digests, [block.digest for block in now]
    if Counter(before) == Counter(after):
        return ()
    find = _Places(record, now, there)
    steps = [
        step
        for step in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if step[0] != "equal"
    ]
    gone, come = _without_moves(
        {i: before[i] for step in steps for i in range(step[1], step[2])},
        {i: after[i] for step in steps for i in range(step[3], step[4])},
    )
    pairs: list[tuple[int | None, int | None]] = []
    for _, from_old, to_old, from_new, to_new in steps:
        old = [index for index in range(from_old, to_old) if index in gone]
        new = [index for index in range(from_new, to_new) if index in come]
        for left, right in _pairs([record.entries[i].kind for i in old], [now[i].kind for i in new]):
            pairs.append((None if left is None else old[left], None if right is None else new[right]))
    found: list[Change] = []
    for was, is_now in _rejoined(pairs, record.entries, now):
        kind = "added" if was is None else "removed" if is_now is None else "changed"
        found.append(
            Change(
                kind,
                None if was is None else record.entries[was],
                None if is_now is None else now[is_now],
                find(was, is_now),
            )
        )
    return tuple(found)


def renew(record: Record | None, now: Sequence[Paragraph], reviewed_by: str | None) -> Record:
    """The record that a translation matches the source's paragraphs `now`.

    A reviewer, once named, stays while nothing changed: after a change somebody has to check anew.
    """
    entries = tuple(_entry(block) for block in now)
    if reviewed_by is None and record and Counter(record.digests) == Counter(e.digest for e in entries):
        reviewed_by = record.reviewed_by
    return Record(entries, reviewed_by)


def carry(record: Record, before: Sequence[Paragraph], now: Sequence[Paragraph]) -> Record:
    """`record` after an edit from `before` to `now` that changed no meaning.

    Paragraphs that were current stay so; those that were outdated before the edit stay outdated.
    """
    if Counter(record.digests) == Counter(block.digest for block in before):
        return Record(tuple(_entry(block) for block in now), record.reviewed_by)
    entries = list(record.entries)
    for change in compare(renew(None, before, None), now):
        at = next((i for i, e in enumerate(entries) if change.old and e.digest == change.old.digest), None)
        if at is not None and change.new:
            entries[at] = _entry(change.new)
        elif at is not None:
            del entries[at]
        elif change.new and change.old is None:
            entries.append(_entry(change.new))
    return Record(tuple(entries), record.reviewed_by)


def dump(record: Record, locale: str, page: str, source: str = "en") -> str:
    """The record as YAML, one line a paragraph so that a pull request reads well."""
    lines = [_HEAD.format(locale=locale, page=page, source=source)]
    if record.reviewed_by:
        lines.append(f"reviewed-by: {record.reviewed_by}\n")
    else:
        lines.append("draft: true # no native speaker has checked it yet\n")
    lines.append("source:\n")
    for entry in record.entries:
        anchor = f"#{entry.id}" if entry.id else ""
        words = f"{entry.digest} {entry.kind}{anchor} {entry.excerpt}".rstrip()
        lines.append(f"- {json.dumps(words, ensure_ascii=False)}\n")
    return "".join(lines)


def load(text: str, path: str) -> Record:
    """The record in `text`, read line by line (a YAML library would take seconds for a thousand).

    Raises Faulty for a line that `dump` doesn't write, a merge conflict for instance.
    """
    entries: list[Entry] = []
    reviewer: str | None = None
    known = False
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        line = line.rstrip()
        if not line or line.startswith("#") or line == "source:":
            continue
        if match := _ENTRY.match(line):
            entries.append(_parse(match[1], path, number))
        elif match := _REVIEWER.match(line):
            reviewer, known = match[2], True
        elif re.match(r"draft:\s*true\b", line):
            known = True
        else:
            raise _unreadable(path, number)
    if not known:
        raise _unreadable(path, 0)
    return Record(tuple(entries), reviewer)


def mark(
    html: str,
    translation: str,
    outdated: Collection[int] = (),
    label: str = "",
    untranslated: Collection[int] = (),
    language: str = "",
) -> str:
    """`html`, as Python-Markdown made it of `translation`, with the paragraphs concerned marked.

    An outdated one gets the class `outdated` and, if it is running text, starts with `label` (plain text, in
    the reader's language); a sign of the checklist, a heading or a row gets the class only. One that is still
    in the source's words gets that `language` as its `lang` and `dir` (WCAG 2.2, 3.1.2). `outdated` and
    `untranslated` are indexes as in State. If the HTML's blocks are not those of the Markdown, the HTML
    comes back as it was: better no mark than a wrong one.
    """
    there = paragraphs(translation)
    blocks = [i for i, block in enumerate(there) if block.in_body and _is_shown(block)]
    places = list(_elements(html))
    if len(places) != len(blocks) or not (outdated or untranslated):
        return html
    out: list[str] = []
    done = 0
    for index, (tag, start, end) in zip(blocks, places, strict=True):
        if index not in outdated and index not in untranslated:
            continue
        opening = html[start:end]
        if index in untranslated and language:
            from safepage.locales import direction

            words = f' lang="{escape(language)}" dir="{direction(language)}"'
            opening = opening[:-1] + words + ">"
        if index in outdated:
            opening = _with_class(opening, "outdated")
            if label and tag in ("p", "li") and there[index].kind != "check":
                opening += f'<span class="outdated-label">{escape(label)}</span> '
        out += [html[done:start], opening]
        done = end
    return "".join([*out, html[done:]])


class _Places:
    """Finds the translated paragraph that belongs to a source paragraph, by its place in its section."""

    def __init__(self, record: Record, now: Sequence[Paragraph], there: Sequence[Paragraph]) -> None:
        self.old = _sections([(entry.kind, entry.id) for entry in record.entries])
        self.new = _sections([(block.kind, block.id) for block in now])
        self.there = _sections([(block.kind, block.id) for block in there])
        self.old_kinds = [entry.kind for entry in record.entries]
        self.new_kinds = [block.kind for block in now]
        self.kinds = [block.kind for block in there]

    def __call__(self, old: int | None, new: int | None) -> int | None:
        # A translation that already follows the new source is mapped by it; one that doesn't, by the old.
        if new is not None and (place := self._map(self.new, self.new_kinds, new)) is not None:
            return place
        if old is not None:
            return self._map(self.old, self.old_kinds, old)
        return None

    def _map(self, side: dict[str, list[int]], kinds: list[str], index: int) -> int | None:
        for name, members in side.items():
            if index in members:
                there = self.there.get(name, [])
                if [kinds[i] for i in members] == [self.kinds[i] for i in there]:
                    return there[members.index(index)]
        return None


def _sections(blocks: Sequence[tuple[str, str]]) -> dict[str, list[int]]:
    sections: dict[str, list[int]] = {}
    name = ""
    for index, (kind, anchor) in enumerate(blocks):
        if re.fullmatch(r"h[2-6]", kind):
            name = anchor or f"{name}+"
        sections.setdefault(name, []).append(index)
    return sections


def _without_moves(gone: dict[int, str], come: dict[int, str]) -> tuple[set[int], set[int]]:
    """The indexes of both, without those whose digest the other has as well."""
    moved = Counter(gone.values()) & Counter(come.values())
    left = []
    for side in (gone, come):
        budget = moved.copy()
        rest = set()
        for index, digest in side.items():
            if budget[digest]:
                budget[digest] -= 1
            else:
                rest.add(index)
        left.append(rest)
    return left[0], left[1]


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pairs of equal kind, in order; what is left has no partner."""
    at = 0
    for index, kind in enumerate(old):
        match = next((j for j in range(at, len(new)) if new[j] == kind), None)
        if match is None:
            yield index, None
            continue
        for skipped in range(at, match):
            yield None, skipped
        yield index, match
        at = match + 1
    for rest in range(at, len(new)):
        yield None, rest


def _rejoined(
    pairs: list[tuple[int | None, int | None]], entries: Sequence[Entry], now: Sequence[Paragraph]
) -> list[tuple[int | None, int | None]]:
    """Pairs up one removed and one added that begin alike: something moved between the two."""
    rejoined = list(pairs)
    for old in [was for was, is_now in pairs if was is not None and is_now is None]:
        for new in [is_now for was, is_now in rejoined if is_now is not None and was is None]:
            start, words = entries[old].excerpt.removesuffix(" …"), now[new].text
            alike = SequenceMatcher(None, start, words[: len(start)], autojunk=False).ratio() > 0.7
            if alike and entries[old].kind == now[new].kind:
                rejoined[rejoined.index((None, new))] = (old, new)
                rejoined.remove((old, None))
                break
    return rejoined


def _untranslated(now: Sequence[Paragraph], there: Sequence[Paragraph]) -> frozenset[int]:
    source = {block.digest for block in now}
    return frozenset(
        index
        for index, block in enumerate(there)
        if block.digest in source and len(re.findall(r"[^\W\d_]+", _plain(block.text))) >= _UNTRANSLATED_WORDS
    )


def _is_copy(now: Sequence[Paragraph], there: Sequence[Paragraph]) -> bool:
    """True if the body is the source's, whatever its front matter says."""
    body = [block.digest for block in there if block.in_body]
    return bool(body) and body == [block.digest for block in now if block.in_body]


def _begins_alike(now: Sequence[Paragraph], translation: str) -> bool:
    body = re.sub(r"\A\ufeff?---\s.*?^---\s*$", "", translation, count=1, flags=re.MULTILINE | re.DOTALL)
    heading = re.search(r"^# .*$", body, re.MULTILINE)
    if heading is None:
        return True
    digest = paragraphs(heading[0])[0].digest
    return any(block.kind == "h1" and block.digest == digest for block in now)


def _plain(text: str) -> str:
    return re.sub(r"\{\{.*?\}\}|\]\([^)]*\)|\{[^}]*\}", " ", text)


def _entry(block: Paragraph) -> Entry:
    words = block.text if len(block.text) <= _EXCERPT else block.text[:_EXCERPT].rsplit(" ", 1)[0] + " …"
    return Entry(block.digest, block.kind, block.id, words)


def _parse(quoted: str, path: str, number: int) -> Entry:
    try:
        words = str(json.loads(quoted))
    except ValueError:
        raise _unreadable(path, number) from None
    match = re.match(r"([0-9a-f]{12}) (\w+)(?:#(\S+))?(?: (.*))?$", words)
    if match is None:
        raise _unreadable(path, number)
    return Entry(match[1], match[2], match[3] or "", match[4] or "")


def _unreadable(path: str, number: int) -> Faulty:
    page = path.removeprefix("docs/").removesuffix(".yml").replace(f"/{FOLDER}/", " ")
    return Faulty(
        [
            Fault(
                path,
                number,
                "this record of a translation can't be read",
                f"take the file as it was, or check the translation and run `translations confirm {page}`",
            )
        ]
    )


def _is_shown(block: Paragraph) -> bool:
    return block.kind != "ref" and not (block.kind == "notice" and not block.text)


def _elements(html: str) -> Iterator[tuple[str, int, int]]:
    """The block elements in the order that `paragraphs` has them: (tag, start and end of the start tag)."""
    item_ends = -1
    for match in re.finditer(r"<(h[1-6]|p|li|tr|pre)\b[^>]*>", html):
        # The first paragraph of an item is the item's own text.
        if match[1] == "p" and item_ends >= 0 and not html[item_ends : match.start()].strip():
            continue
        item_ends = match.end() if match[1] == "li" else -1
        yield match[1], match.start(), match.end()


def _with_class(opening: str, name: str) -> str:
    if 'class="' in opening:
        return opening.replace('class="', f'class="{name} ', 1)
    return f'{opening[:-1]} class="{name}">'
