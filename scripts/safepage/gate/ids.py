"""The ids of a page: none is one of the frame's, none stands twice: links and the exit rely on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from selectolax.lexbor import LexborHTMLParser

from safepage.faults import Fault
from safepage.page import grammar

_TITLE = re.compile(r'(<h1\b) id="([^"<>]*)"')
_NUMBERED_ID = re.compile(r"_\d+")  # what a title in a script other than Latin gets
_MADE = re.compile(r"tick-.*|.*-hint")  # what the checklist makes of the signs' ids
_TODO = "choose another word for it"


def taken(name: str, frame: Collection[str]) -> bool:
    """True for an id that the frame of a page has (`frame`, as its templates say), in any case of letters.

    A heading of the same name would take the exit's or the form's place.
    """
    return name.lower() in frame or _MADE.fullmatch(name.lower()) is not None


def check(page: str, body: str, path: str, first_line: int = 1, *, frame: Collection[str]) -> list[Fault]:
    """Ids of a text that belong to the frame, whatever they stand on.

    In: the page with its checklist and its sentences to point at; the Markdown that it was made of, its
    file, and the line on which it begins; the ids of the frame. What the checklist makes itself is fine.
    """
    found = [node.attributes["id"] or "" for node in LexborHTMLParser(page).css("[id]:not(input, span)")]
    return [
        Fault(
            path,
            _line(name, body, first_line),
            f"the anchor “{name}” belongs to the frame of the page, such as the exit",
            _TODO,
        )
        for name in found
        if taken(name, frame)
    ]


def own_title(page: str, frame: Collection[str]) -> str:
    """A finished text without the anchor that Markdown made of its title, where that would be in the way.

    A title may be of any length, begin with digits, or be a word that another anchor or the frame has.
    In: the page; the ids of its frame.
    """
    match = _TITLE.search(page)
    if match is None:
        return page
    made = match[2]
    plain_word = (grammar.WORD.fullmatch(made) and len(made) <= 60) or _NUMBERED_ID.fullmatch(made)
    if plain_word and not taken(made, frame) and page.count(f'id="{made}"') == 1:
        return page
    return page[: match.start()] + match[1] + page[match.end() :]


def twice(page: str, markdown: str, path: str) -> list[Fault]:
    """Ids that stand twice on a finished page, in any case of letters: in its text, or in text and frame.

    In: the whole HTML document, frame included; the text of its file, and the file's name.
    """
    ids = [(node.attributes["id"] or "").lower() for node in LexborHTMLParser(page).css("[id]")]
    return [
        Fault(
            path,
            _line(name, markdown, 1),
            f"the anchor “{name}” stands twice on the page, or the frame of the page has it too",
            _TODO,
        )
        for name, times in Counter(ids).items()
        if times > 1
    ]


def _line(name: str, text: str, first_line: int) -> int:
    """The last line that holds an id, since the first of two may stay; 0 if none does."""
    at = text.lower().rfind(f"#{name.lower()}")
    return first_line + text.count("\n", 0, at) if at >= 0 else 0
