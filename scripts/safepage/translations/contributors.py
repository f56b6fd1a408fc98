"""What the contributors' page shows: the state of every language and page, and where to work on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safepage.page.plain_words import plain
from safepage.site.locales import direction
from safepage.translations import frame_words
from safepage.translations.catalogue import Catalogue
from safepage.translations.editing import edit_url, new_url
from safepage.translations.freshness import State
from safepage.translations.review import sheet

_LONGEST, _ALL = 6_000, 150_000  # signs of an address, and of all: the page must stay light

_SAYS = {
    "missing": "not translated",
    "draft": "draft: no native speaker has checked it",
    "current": "up to date",
    "outdated": "out of date",
}


@dataclass(frozen=True)
class Item:
    """One page in one language. `href` is where to edit or begin it, or None without a repository;
    `changed` holds the first words of the source's paragraphs that changed; `review` is where it stands
    beside its source, "" in a site that is published."""

    page: str
    critical: bool
    status: str
    says: str
    action: str
    href: str | None
    changed: tuple[str, ...]
    review: str = ""


@dataclass(frozen=True)
class Language:
    """One language: `totals` of its pages by status; `items`: its frame, then its pages.

    Readers don't get a hidden one.
    """

    locale: str
    autonym: str
    direction: str
    hidden: bool
    totals: dict[str, int]
    items: tuple[Item, ...]


def overview(site: Catalogue, repo_url: str | None = None, *, reviewed: bool = False) -> list[Language]:
    """How every translation stands.

    In: the project, its address on a code host, whether the site holds reviews. Raises Faulty if a page or a
    record can't be read.
    """
    states = {(tag, name): site.state(tag, name, places=False) for tag in site.locales for name in site.pages}
    missing = [key for key, state in states.items() if state.status == "missing"]
    each = min(_LONGEST, _ALL // max(1, len(missing)))
    languages = []

    def link(locale: str, page: str) -> str | None:
        state, path = states[locale, page], f"docs/{locale}/{page}.md"
        if _is_new(state):
            return new_url(repo_url, path, site.text(site.source, page) or "", each)
        return edit_url(repo_url, path)

    for tag in site.locales:
        items = tuple(
            _item(page, page in site.critical, states[tag, page], link(tag, page)) for page in site.pages
        )
        frame = site.frame(tag)
        words = edit_url(repo_url, frame_words.path(tag))
        totals = {name: sum(item.status == name for item in items) for name in _SAYS}
        every = [_frame(frame, words), *items]
        if reviewed:
            every = [replace(item, review=f"../{sheet.address(tag, item.page)}") for item in every]
        languages.append(
            Language(tag, site.autonyms[tag], direction(tag), tag in site.hidden, totals, tuple(every))
        )
    return languages


def _item(page: str, critical: bool, state: State, href: str | None) -> Item:
    says = _SAYS[state.status]
    if state.status == "outdated":
        count = len(state.changed)
        says += f": {count} {'paragraph has' if count == 1 else 'paragraphs have'} changed"
        says += "; a draft, too" if state.draft else ""
    elif state.status == "draft" and not state.confirmed:
        says += "; nobody has confirmed that it matches the source"
    elif state.reviewed_by:
        says += f", checked by {state.reviewed_by}"
    changed = tuple(
        _words(plain(change.new.text))
        if change.new
        else f"(removed) {plain(change.old.excerpt) if change.old else ''}"
        for change in state.changed
    )
    return Item(page, critical, state.status, says, "Begin" if _is_new(state) else "Edit", href, changed)


def _frame(frame: frame_words.Frame, href: str | None) -> Item:
    """The words of the frame, as an item."""
    says = _SAYS[frame.status]
    if frame.status == "outdated":
        number = len(frame.left)
        says += f": {number} {'word needs' if number == 1 else 'words need'} work"
    elif frame.status == "draft" and not frame.confirmed:
        says += "; nobody has confirmed that it matches the source"
    elif frame.reviewed_by:
        says += f", checked by {frame.reviewed_by}"
    now = {frame_words.key_of(change): change.new for change in frame.changed}
    changed = tuple(
        f"{key}: {_words(word.text)}" if (word := now.get(key)) else f"{key} (not translated)"
        for key in frame.left
    )
    critical = any(map(frame_words.is_safety, frame.left))
    return Item(frame_words.NAME, critical, frame.status, says, "Edit", href, changed)


def _is_new(state: State) -> bool:
    """A copy of the source counts as missing as well, but its file is there to edit."""
    return state.status == "missing" and not state.untranslated_blocks


def _words(text: str) -> str:
    return text if len(text) <= 80 else text[:80].rsplit(" ", 1)[0] + " …"
