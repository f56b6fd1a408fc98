"""The contacts as pages show them: in full, in a few words, at a glance, by region."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from safepage.page import blocks
from safepage.site import contact_file, contacts, regions
from safepage.site.data import Site
from safepage.site.locales import either

# Who else helps where a site has none of a kind, so that no text sends readers to nobody.
INSTEAD = {
    "minors": ("line", "centre", "emergency"),
    "line": ("centre", "emergency"),
    "centre": ("line", "emergency"),
}
FIELDS = ("phone", "chat", "email", "address", "website", "region")
_UNNAMED = {"line": "help_line", "emergency": "print_danger"}  # the frame's words for one without a name


@dataclass(frozen=True)
class Entry:
    """A contact in the words of a language: HTML, "" for what it has not.

    `title` is its name or, for one without, the frame's word for its kind; `reach` is its phone, or the way
    that comes nearest to that; `remarks` are what stands in brackets after it.
    """

    key: str
    name: Markup
    title: Markup
    fields: Mapping[str, Markup]
    note: Markup
    remarks: list[Markup]

    @property
    def kind(self) -> str:
        """Its key at the top of contacts.yml: "centre"."""
        return self.key.partition(".")[0]

    @property
    def reach(self) -> Markup:
        return next(filter(None, self.fields.values()), Markup(""))


def keys(known: contacts.Contacts) -> list[str]:
    """What may stand in `{{ list.KEY }}`: the kinds of contacts that the site has, or has another for."""
    own = {name.partition(".")[0] for name in known.values} - {contact_file.OPERATOR}
    return sorted(own | INSTEAD.keys())


def members(known: contacts.Contacts, key: str) -> list[str]:
    """The contacts of a kind, or of the next one that the site has."""
    return next(filter(None, (known.entries(kind) for kind in (key, *INSTEAD.get(key, ())))), [])


def at_once(known: contacts.Contacts) -> list[str]:
    """Whom to call for help or advice: the lines, centres and contacts for minors that can be reached."""
    found = (key for kind in ("line", "centre", "minors") for key in known.entries(kind))
    return [key for key in found if any(f"{key}.{way}" in known.values for way in regions.REACHED)]


def whom(known: contacts.Contacts) -> list[str]:
    """The same; in a site that has none of them, those for emergencies."""
    return at_once(known) or known.entries("emergency")


def anchor(key: str) -> str:
    """The id of a contact in a whole list: "centre-brussels"."""
    return key.replace(".", "-")


def anchors(known: contacts.Contacts, markdown: str) -> set[str]:
    """The ids that the whole lists of a text give its page."""
    kinds = [blocks.kind(name) for name in blocks.whole(markdown)]
    return {anchor(key) for kind in kinds for key in known.entries(kind)}


@lru_cache(maxsize=256)  # a language's pages show the same few; bounded, as `frame.shared`
def entry(site: Site, locale: str, key: str) -> Entry:
    """A contact for the readers of a language."""
    words = site.words[locale]

    def field(name: str) -> Markup:
        if f"{key}.{name}" not in site.contacts.values:
            return Markup("")
        return Markup(contacts.render(f"{key}.{name}", site.contacts, locale, words))

    name = field("name")
    title = name or escape(words.get(_UNNAMED.get(key.partition(".")[0], ""), ""))
    fields, note = {name: field(name) for name in FIELDS}, field("note")
    chat = escape(words["contact_chat"]) if fields["chat"] and not fields["phone"] else ""
    return Entry(key, name, title, fields, note, [Markup(one) for one in (chat, note) if one])


def whole(site: Site, locale: str, key: str, taken: Collection[str]) -> list[dict[str, Any]]:
    """The contacts of a kind with all that is known of them, each with a heading of its own.

    In: the ids that the page has, which are not given again. A single contact without a name is what its
    section is about: that has its heading.
    """
    found = [entry(site, locale, member) for member in site.contacts.entries(key)]
    return [
        {
            "id": "" if anchor(one.key) in taken else anchor(one.key),
            "heading": one.name if len(found) == 1 else one.title,
            "note": one.note,
            "fields": [(name, value) for name, value in one.fields.items() if value],
        }
        for one in found
    ]


def short(site: Site, locale: str, some: Iterable[str]) -> list[Markup]:
    """Contacts in a few words, with the regions by which readers choose: “A (North): 1”."""
    return [_in_words(site, locale, key) for key in some]


def one_of(site: Site, locale: str, some: Iterable[str], kind: str = "") -> Markup:
    """Contacts in a sentence: “A 1, B 2 or C 3”. `kind`: what the sentence says that they are."""
    return Markup(either([_in_words(site, locale, key, kind) for key in some], locale))


def _in_words(site: Site, locale: str, key: str, said_kind: str | None = None) -> Markup:
    one = entry(site, locale, key)
    inside = said_kind is not None
    title = one.name if one.kind == said_kind else one.title
    place = "" if inside else one.fields["region"]
    name = Markup("{} ({})").format(title, place) if place else title
    said = name or one.reach
    if name and one.reach:
        # Between the name and its number no line ends.
        pattern = "{name} {phone}" if inside else site.words[locale]["contact_call"]
        said = Markup(contacts.link_words(pattern.replace(" ", "\u00a0"), {"name": name, "phone": one.reach}))
    remarks = Markup("").join(Markup(" ({})").format(remark) for remark in one.remarks)
    return Markup('<span class="contact">{}{}</span>').format(said, remarks)


def lines(site: Site, locale: str, some: Iterable[str]) -> list[dict[str, Any]]:
    """Contacts at a glance: name, what tells it from others, number."""
    about = {"minors": escape(site.words[locale]["help_minors"])}
    found = (entry(site, locale, key) for key in some)
    return [
        {
            "name": one.title,
            "details": [*filter(None, [about.get(one.kind) or one.fields["region"]]), *one.remarks],
            "phone": one.reach,
        }
        for one in found
    ]


def by_region(site: Site, locale: str) -> list[dict[str, Any]]:
    """Who helps in each region: its name, its postcodes in words and for the script, its contacts."""
    between = site.words[locale]["find_range"]
    return [
        {
            "name": _name(region, locale),
            "postcodes": ",".join(map(str, region.postcodes)),
            "ranges": [_range(between, *codes.written) for codes in region.postcodes],
            "centre": one_of(site, locale, region.centres),
        }
        for region in site.regions
        if region.centres
    ]


def _name(region: regions.Region, locale: str) -> Markup:
    tags = (tag for tag in (locale, locale.partition("-")[0]) if tag in region.names)
    tag = next(tags, next(iter(region.names)))
    return Markup(contacts.in_its_language(escape(region.names[tag]), tag, locale))


def _range(between: str, *ends: str) -> Markup:
    """A beginning, or from one to the other in the frame's words."""
    slots = (f'<bdi dir="ltr">{escape(end)}</bdi>' for end in ends)
    filled = dict(zip(("first", "last"), slots, strict=False))
    return Markup(contacts.link_words(between if len(ends) > 1 else "{first}", filled))
