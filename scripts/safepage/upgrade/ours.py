"""What a site was given and the generator has changed since: renewed where it is still ours, else only told.

Texts for readers are taken if the editor says so; the launcher, the workflows and the guides are renewed by
themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from safepage.gate.leftovers import FOLDER
from safepage.page.paragraphs import paragraphs
from safepage.translations import difference, freshness
from safepage.upgrade import words
from safepage.upgrade.files import Files, diff

# Begun by us, and an organisation's own.
_OWN_WORD = "site_name"
_OWN_FILE = "docs/reviewers.yml"
_WORKFLOWS = ".github/workflows/"
Page = tuple[str | None, str | None]  # its text, and the record of its translation


@dataclass
class Ours:
    """In: the site's files, to be changed; what it was given; what it would be given now; whether to take
    texts, and to leave the workflows as they are.

    Out: `noted` is what the site has been given then; `texts` and `guides` are lines that tell what differs;
    `by_hand` are files that the site has changed and we have too.
    """

    site: Files
    was: Mapping[str, str]
    now: Mapping[str, str]
    take: bool
    keep_workflows: bool
    noted: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    guides: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)

    def renew(self) -> None:
        """Look at every file. Raises Faulty where one of the site's can't be read."""
        for path in sorted({*self.was, *self.now} - {_OWN_FILE}):
            if not path.startswith("docs/"):
                self._guide(path)
            elif path.endswith("/interface.yml"):
                self._words(path)
            elif f"/{FOLDER}/" not in path:
                self._text(path)

    def _guide(self, path: str) -> None:
        own, was, now = self.site.read(path), self.was.get(path), self.now.get(path)
        if now is not None:
            self.noted[path] = now
        if now in (None, was, own) or (own is None and was is not None):
            return
        assert now is not None
        if own in (None, was) and not (self.keep_workflows and path.startswith(_WORKFLOWS)):
            self.site.write(path, now)
            self.guides.append(path)
            return
        self.noted.pop(path)
        if was is not None:
            self.noted[path] = was
        self.by_hand.append(f"{path} stays as it is; ours has changed:")
        self.by_hand += [f"  {line}" for line in diff(path, own or "" if was is None else was, now)]

    def _words(self, path: str) -> None:
        own, was, now = self.site.read(path), self.was.get(path), self.now.get(path)
        if own is None or was is None or now is None:
            return
        mine, before, after = map(words.values, (own, was, now))
        told = []
        for key in after:
            if key == _OWN_WORD or before.get(key, after[key]) == after[key]:
                continue
            ours = mine.get(key) == before[key]
            if self.take and ours:
                own = words.put(own, key, now)
            elif mine.get(key) != after[key]:
                now = words.put(now, key, was)
            said = (
                "which words match" if f"/{FOLDER}/" in path else difference.joined(before[key], after[key])
            )
            told.append(f"  {key}{_fate(self.take, ours)}: {said}")
        self.noted[path] = now
        self._tell(path, "", told)
        if own != self.site.read(path):
            self.site.write(path, own)

    def _text(self, path: str) -> None:
        record = _record_of(path)
        own, was, now = ((part(path), part(record)) for part in (self.site.read, self.was.get, self.now.get))
        if own[0] is None or was[0] is None or now[0] is None:
            self._missing(path, own, was, now)
            return
        if own[0] == now[0] != was[0]:  # somebody has taken it by hand
            self._note(path, now)
            return
        ours = own[0] == was[0] and (now[0] != was[0] or own[1] == was[1])
        taken = now in (was, own) or (self.take and ours)
        self._note(path, now if taken else was)
        if now in (was, own):
            return
        self._tell(path, _fate(self.take, ours), _changes(path, was[0], now[0], own[0]))
        if taken:
            self.site.write(path, now[0])
            self.site.put(record, now[1])

    def _missing(self, path: str, own: Page, was: Page, now: Page) -> None:
        """A text that the site has not, was not given, or would not be given any more: told once."""
        if own[0] is None or own == now:
            self._note(path, now)
        if own[0] is None and was[0] is None:
            self.texts.append(f"{path} is new with us; this site has no such page")
        if own[0] is not None and was[0] is not None:
            self.texts.append(f"{path} is no text of ours any more; yours stays")

    def _note(self, path: str, page: Page) -> None:
        texts = zip((path, _record_of(path)), page, strict=True)
        self.noted |= {name: text for name, text in texts if text is not None}

    def _tell(self, path: str, fate: str, lines: list[str]) -> None:
        self.texts += [f"{path}{fate}", *lines] if lines else []


def _fate(take: bool, ours: bool) -> str:
    """What becomes of a text that has changed with us."""
    return " (yours differs, and stays)" if not ours else " (taken)" if take else " (still ours)"


def _record_of(path: str) -> str:
    """The record of a page's translation: "docs/nl/.confirmed/a/b.yml" of "docs/nl/a/b.md"."""
    _, locale, page = path.split("/", 2) if path.count("/") > 1 else ("", "", path)
    return freshness.record_path(locale, page.removesuffix(".md"))


def _changes(path: str, was: str, now: str, own: str) -> list[str]:
    """What changed from one text of ours to the next, by the lines of the site's own."""
    if not path.endswith(".md"):
        return [f"  {line}" for line in diff(path, was, now)]
    return list(_paragraphs(was, now, own)) or ["  only what it was confirmed against"]


def _paragraphs(was: str, now: str, own: str) -> Iterator[str]:
    blocks = paragraphs(was)
    before = {block.digest: block for block in blocks}
    lines = {block.digest: block.line for block in paragraphs(own)}
    for change in freshness.compare(freshness.renew(None, blocks, None), paragraphs(now)):
        old = change.old.digest if change.old else ""
        place = f"line {lines[old]}" if old in lines else "not in yours" if old else "new"
        text = difference.joined(before[old].text if old else "", change.new.text if change.new else "")
        yield f"  {place}: {text}"
