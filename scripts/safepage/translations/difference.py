"""What changed in a source page, the words that differ marked, and the translation that belongs to it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from safepage.page.paragraphs import Paragraph, paragraphs
from safepage.translations import freshness
from safepage.translations.catalogue import Catalogue
from safepage.translations.freshness import Change
from safepage.translations.old_texts import History

SAME, GONE, COME = "=-+"
_MARKS = {SAME: ("", ""), GONE: ("[-", "-]"), COME: ("{+", "+}")}
_WIDTH = 100
_RED, _GREEN, _BOLD, _OFF = "\033[31m", "\033[32m", "\033[1m", "\033[0m"


def report(site: Catalogue, history: History, locale: str, page: str, colour: bool) -> Iterator[str]:
    """The lines that `translations diff` prints for a translation that exists."""
    path, source_path = site.path(locale, page), site.path(site.source, page)
    state, record = site.state(locale, page), site.record(locale, page)
    if state.status == "missing":
        yield f"{path} is still the text of {source_path}: all of it is to be translated."
        return
    if record is None:
        yield f"{path} has never been confirmed, so there is nothing to compare with."
        yield f"Read it beside {source_path}; when it matches, run: {site.command} confirm {locale} {page}"
        return
    if not state.changed:
        yield f"{path} matches {source_path}: nothing to do."
        return
    old = history.find(page, [change.old.digest for change in state.changed if change.old])
    there = paragraphs(site.text(locale, page) or "")
    number = len(state.changed)
    noun = "paragraph" if number == 1 else "paragraphs"
    yield f"{number} {noun} of {source_path} changed since {path} was confirmed."
    missing = False
    for count, change in enumerate(state.changed, 1):
        was = old.get(change.old.digest) if change.old else None
        missing |= bool(change.old and not was)
        yield ""
        yield _heading(count, change, source_path, colour)
        yield from _texts(change, was.text if was else None, colour)
        if change.block is not None:
            block = there[change.block]
            yield _labelled(locale, f"{path}:{block.line}")
            yield _wrapped(block.text)
        elif change.kind == "added":
            yield _labelled(locale, "not there yet: add it")
        else:
            yield _labelled(locale, "can't be placed: the section has another shape")
    if missing:
        yield ""
        yield f"Note: {history.limits() or 'no version in git has this text any more (a squashed merge?)'}."
    yield ""
    yield f"When {path} matches again, run: {site.command} confirm {locale} {page} [--reviewed-by HANDLE]"


def edits(before: Sequence[Paragraph], now: Sequence[Paragraph]) -> Iterator[str]:
    """The changes between two versions of a source page, one line each."""
    known = {block.digest: block for block in before}
    changes = freshness.compare(freshness.renew(None, before, None), now)
    if not changes:
        yield "  nothing but white space, anchors or places"
    for change in changes:
        old = known[change.old.digest].text if change.old else ""
        yield "  " + joined(old, change.new.text if change.new else "")


def words(old: str, new: str, colour: bool = False) -> tuple[str, str]:
    """Both texts with the words that differ marked: `[-old-]` and `{+new+}`, or in colour."""
    marks = {SAME: ("", ""), GONE: (_RED, _OFF), COME: (_GREEN, _OFF)} if colour else _MARKS
    found = [(sign, _between(text, marks[sign])) for sign, text in pieces(old, new)]
    left, right = ("".join(text for sign, text in found if sign != other) for other in (COME, GONE))
    return left, right


def joined(old: str, new: str) -> str:
    """Both texts as one, with what went and what came marked: `[-old-]{+new+}`."""
    return "".join(_between(text, _MARKS[sign]) for sign, text in pieces(old, new))


def pieces(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Both texts as one, in pieces: what is the SAME in both, what is GONE, what has COME."""
    before, after = _split(old), _split(new)
    for tag, from_old, to_old, from_new, to_new in _opcodes(before, after):
        was, now = "".join(before[from_old:to_old]), "".join(after[from_new:to_new])
        if tag == "equal":
            yield SAME, now
            continue
        if was:
            yield GONE, was
        if now:
            yield COME, now


def _opcodes(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())


def _split(text: str) -> list[str]:
    return re.findall(r"\{\{[^{}]*\}\}|\w+|\s+|[^\w\s]", text)


def _between(text: str, marks: tuple[str, str]) -> str:
    return f"{marks[0]}{text}{marks[1]}"


def _texts(change: Change, was: str | None, colour: bool) -> Iterator[str]:
    new = change.new.text if change.new else None
    if change.old and was is None:
        yield _labelled("old", f"text not at hand; it began: {change.old.excerpt}")
    if was is not None and new is not None:
        left, right = words(was, new, colour)
    else:
        left, right = words(was or "", "", colour)[0], words("", new or "", colour)[1]
        if change.old and new is not None:
            right = new
    if was is not None:
        yield _labelled("old")
        yield _wrapped(left)
    if new is not None:
        yield _labelled("new")
        yield _wrapped(right)


def _heading(count: int, change: Change, source_path: str, colour: bool) -> str:
    place = f"{source_path}:{change.new.line}" if change.new else source_path
    kind = change.new.kind if change.new else change.old.kind if change.old else ""
    text = f"{count}. {change.kind}: {KINDS.get(kind, 'heading')} at {place}"
    return f"{_BOLD}{text}{_OFF}" if colour else text


def _labelled(label: str, text: str = "") -> str:
    return f"   {label}: {text}".rstrip()


def _wrapped(text: str) -> str:
    lines = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return textwrap.indent("\n".join(lines), "      ")


KINDS = {
    "title": "title",
    "menu": "menu title",
    "description": "description",
    "p": "paragraph",
    "li": "list item",
    "check": "sign of the checklist",
    "row": "row of a table",
    "code": "code",
    "quote": "quotation",
    "ref": "link target",
    "notice": "title of a notice",
}
