"""What the contributors' page shows: the state of every language and page, and where to work on it."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from typing import Any

from safepage.faults import Fault, errors
from safepage.page.plain_words import plain
from safepage.site.data import Remember
from safepage.site.locales import direction
from safepage.translations import frame_words, reviewers
from safepage.translations.catalogue import Catalogue
from safepage.translations.editing import edit_url, new_url
from safepage.translations.freshness import State, record_path
from safepage.translations.review import review_address

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


def overview(
    site: Catalogue, remember: Remember, repo_url: str | None = None, *, reviewed: bool = False
) -> tuple[list[Language], list[Fault]]:
    """How every translation stands, and what is wrong with their records; no language once there is an error.

    In: the project, what gives again what was found before, the project's address on a code host, whether
    the site holds reviews. Raises Faulty if a page can't be read.
    """
    names = (frame_words.NAME, *site.pages)
    said = hashlib.sha256("".join(sorted(site.earlier)).encode()).hexdigest()
    stands = {
        (tag, page): _Stands.read(site, tag, page, said, remember) for tag in site.locales for page in names
    }
    faults = [fault for one in stands.values() for fault in one.faults]
    if errors(faults):
        return [], faults
    missing = sum(one.new for one in stands.values())
    each = min(_LONGEST, _ALL // max(1, missing))
    languages = []

    def item(locale: str, page: str) -> Item:
        one, path = stands[locale, page], site.path(locale, page)
        href = new_url(repo_url, path, one.source, each) if one.new else edit_url(repo_url, path)
        review = f"../{review_address(locale, page)}" if reviewed else ""
        critical = one.critical if page == frame_words.NAME else page in site.critical
        action = "Begin" if one.new else "Edit"
        return Item(page, critical, one.status, one.says, action, href, one.changed, review)

    for tag in site.locales:
        items = tuple(item(tag, page) for page in names)
        totals = {name: sum(item.status == name for item in items[1:]) for name in _SAYS}
        languages.append(Language(tag, site.autonyms[tag], direction(tag), tag in site.hidden, totals, items))
    return languages, faults


@dataclass(frozen=True)
class _Stands:
    """How a page, or the frame's words, stand: what is wrong with its record, and the words of `Item`.

    `source` is the text it is translated from; a `new` one has no file yet.
    """

    faults: list[Fault]
    source: str
    new: bool
    critical: bool
    status: str
    says: str
    changed: tuple[str, ...]

    @classmethod
    def read(cls, site: Catalogue, tag: str, page: str, said: str, remember: Remember) -> _Stands:
        """In: the digest of all that the source ever said; what gives again what was found before."""
        source, text = site.text(site.source, page) or "", site.text(tag, page)
        if text is None and page != frame_words.NAME:
            return cls([], source, True, False, *_page(State("missing")))
        # An empty record is another thing than none.
        read = map(site.read, (record_path(tag, page), reviewers.PATH))
        known = ("" if it is None else f"={it}" for it in read)
        given = (tag, page, site.country, source, text or "", *known, said)
        told, *found = remember(given, lambda: _found(site, tag, page))
        faults = [Fault(*one) for one in told]
        if errors(faults):
            return cls(faults, source, False, False, "", "", ())
        critical, status, says, changed = found
        return cls(faults, source, False, critical, status, says, tuple(changed))


def _found(site: Catalogue, tag: str, page: str) -> list[Any]:
    faults = site.record_faults(tag, page)
    told = list(map(astuple, faults))
    if errors(faults):
        return [told]
    if page == frame_words.NAME:
        frame = site.frame(tag)
        return [told, any(map(frame_words.is_safety, frame.left)), *_frame(frame)]
    return [told, False, *_page(site.state(tag, page, places=False))]


def _page(state: State) -> tuple[str, str, tuple[str, ...]]:
    """A page's status, what is said of it, and what changed."""
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
    return state.status, says, changed


def _frame(frame: frame_words.Frame) -> tuple[str, str, tuple[str, ...]]:
    """The same of the frame's words."""
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
    return frame.status, says, changed


def _words(text: str) -> str:
    return text if len(text) <= 80 else text[:80].rsplit(" ", 1)[0] + " …"
