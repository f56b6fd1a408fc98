"""What there is to edit: made from the project, so that a new language or page is there by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from safepage.editor.dataform import CONTACTS, REGIONS, EntryForm, WordsForm, entries
from safepage.editor.entering import GoneEntry, NewEntry
from safepage.editor.form import Editable
from safepage.editor.pageform import PageForm
from safepage.faults import Faulty
from safepage.page import yaml_text
from safepage.page.head import values as head_values
from safepage.site import settings
from safepage.site.locales import direction
from safepage.translations import frame_words
from safepage.translations.catalogue import Catalogue


class Link(NamedTuple):
    """Something to edit: where its form is, its name and the language of that, how it stands, and more."""

    href: str
    name: str
    locale: str = ""
    direction: str = ""
    state: str = ""
    more: str = ""


@dataclass(frozen=True)
class Listed:
    """Links under one heading; `add` leads to a form for one more ("": there is none)."""

    title: str
    links: Sequence[Link]
    add: str = ""


def languages(site: Catalogue) -> list[Link]:
    """The languages of the site, the source first."""
    return [
        Link(f"/edit/{tag}/", site.autonyms[tag], tag, direction(tag), more=tag)
        for tag in (site.source, *site.locales)
    ]


def pages(site: Catalogue, locale: str, say: Mapping[str, str]) -> list[Listed]:
    """The pages of a language by the groups of the menu; the words of the frame last."""
    written = settings.read(site.read("mkdocs.yml") or "")
    titles = {word.id: word.text for word in (*site.words_of(site.source), *site.words_of(locale))}
    listed, seen = [], set[str]()
    for title, names in groups(written.get("nav"), titles, say):
        found = [name for name in names if name in site.pages and name not in seen]
        seen.update(found)
        listed.append(Listed(title, [_page(site, locale, name) for name in found]))
    rest = [name for name in site.pages if name not in seen]
    listed.append(Listed(say["other_pages"], [_page(site, locale, name) for name in rest]))
    state = "" if locale == site.source else _state(lambda: site.frame(locale).status)
    words = Link(f"/edit/{locale}/words/", say["words"], more=frame_words.FILE, state=state)
    listed.append(Listed(say["around"], [words]))
    return [group for group in listed if group.links]


def contacts(site: Catalogue, say: Mapping[str, str]) -> list[Listed]:
    """The contacts by their groups. Raises Faulty if they can't be read."""
    data = _data(site, CONTACTS)
    groups: dict[str, list[Link]] = {}
    for at in entries(data):
        group = at[0] if len(at) > 1 else ""
        groups.setdefault(group, []).append(_entry(site, say, data, at, "contacts"))
    return [
        Listed(say.get(f"contact_{group}", group), links, f"/edit/contacts/new/{group}/" if group else "")
        for group, links in groups.items()
    ]


def regions(site: Catalogue, say: Mapping[str, str]) -> list[Listed]:
    """The regions; none where a site has none. Raises Faulty if they can't be read."""
    data = _data(site, REGIONS)
    return [Listed("", [_entry(site, say, data, (code,), "regions") for code in data])] if data else []


def _data(site: Catalogue, path: str) -> dict[str, Any]:
    return yaml_text.load(site.read(path) or "", path)[0]


def _entry(
    site: Catalogue, say: Mapping[str, str], data: Mapping[str, Any], at: Sequence[str], where: str
) -> Link:
    found: Any = data
    for key in at:
        found = found[key]
    name = found.get("name") if isinstance(found, dict) else None
    if isinstance(name, dict):
        name = name.get(site.source) or next(iter(name.values()), "")
    more = found.get("phone") or found.get("website") if isinstance(found, dict) else ""
    key = ".".join(at)
    called = str(name or say.get(f"contact_{key}", key))
    return Link(f"/edit/{where}/{key}/", called, more=str(more) if isinstance(more, str) else key)


def groups(nav: object, titles: Mapping[str, str], say: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The titles of the menu's groups as readers see them, and their pages."""
    alone: list[str] = []
    found = [(say["home_page"], alone)]
    for item in nav if isinstance(nav, list) else ():
        if isinstance(item, str):
            alone.append(item.removesuffix(".md"))
        for name, inner in item.items() if isinstance(item, dict) else ():
            title = titles.get(f"menu_{name.lower()}") or (
                titles.get("menu", name) if len(found) == 1 else name
            )
            names = [str(one).removesuffix(".md") for one in inner] if isinstance(inner, list) else []
            found.append((title, names))
    return found


def _page(site: Catalogue, locale: str, name: str) -> Link:
    text = site.text(locale, name)
    shown, said = (locale, text) if text is not None else (site.source, site.text(site.source, name))
    title = head_values(said or "").get("title", (name, 0))[0]
    state = "" if locale == site.source else _state(lambda: site.state(locale, name, places=False).status)
    return Link(f"/edit/{locale}/page/{name}/", title, shown, direction(shown), state, name)


def _state(read: Any) -> str:
    try:
        return str(read())
    except Faulty:
        return ""


def editable(site: Catalogue, say: Mapping[str, str], path: str) -> Editable | None:
    """What is edited at an address below the editor's; None if there is no such thing."""
    first, _, rest = path.removesuffix("/").partition("/")
    if not path.endswith("/"):
        return None
    if first in (site.source, *site.locales):
        name = rest.removeprefix("page/")
        if rest == "words":
            return WordsForm(site, say, first)
        return PageForm(site, first, name, say) if name != rest and name in site.pages else None
    if first not in ("contacts", "regions"):
        return None
    file = CONTACTS if first == "contacts" else REGIONS
    data = _data(site, file)
    places = entries(data) if file == CONTACTS else ((code,) for code in data)
    known = {".".join(at): at for at in places}
    group = rest.removeprefix("new/")
    if file == CONTACTS and group != rest:
        there = any(group == at[0] for at in known.values() if at[1:])
        return NewEntry(site, say, file, (group,)) if there else None
    name = rest.removeprefix("remove/")
    if name not in known:
        return None
    form = EntryForm(site, say, file, known[name])
    return form if name == rest else GoneEntry(site, say, file, known[name]) if form.removal else None
