"""What stands around the text of a page, worked out of the site's shared data in each language's words."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from markupsafe import Markup

from safepage.page import checklist
from safepage.site import contacts, directory, languages, offers, prints
from safepage.site.data import Site
from safepage.site.icons import icon
from safepage.site.locales import direction, name_in


class Standing(Protocol):
    """How a translation stands, as `translations.freshness.State` says it."""

    @property
    def status(self) -> str: ...
    @property
    def draft(self) -> bool: ...


ICONS = {"translate": "translate", "arrow": "phone", "listen": "volume-high", "stop": "stop"}


@lru_cache(maxsize=256)  # bounded: while serving, each build has a Site of its own
def shared(site: Site, locale: str, site_url: str) -> dict[str, Any]:
    """What the frame shows on every page of a language."""
    words = site.words[locale]
    danger = {"phone": str(contact(site, locale, "emergency.phone"))}
    operator = {"operator": str(contact(site, locale, "operator.name"))}
    return {
        "locale": locale,
        "direction": direction(locale),
        "autonym": site.autonyms[locale],
        "unasked": offers.asked(tuple(site.locales)).get("", ""),
        "words": words,
        "site_url": site_url,
        "exit_url": site.exits[locale],
        "home_elsewhere": elsewhere(site, "index", locale),
        "contact_elsewhere": elsewhere(site, "contact", locale),
        "icons": {name: Markup(icon(file)) for name, file in ICONS.items()},
        "help": directory.lines(site, locale, directory.whom(site.contacts)),
        "emergency": Markup(contacts.link_words(words["emergency"], danger)),
        "checklist_danger": Markup(contacts.link_words(words["checklist_danger"], danger)),
        "operator_line": Markup(contacts.link_words(words["operator_line"], operator)),
    }


def contact(site: Site, locale: str, name: str) -> Markup:
    """A contact as HTML, in the words of a language. Raises KeyError for an unknown one."""
    return Markup(contacts.render(name, site.contacts, locale, site.words[locale]))


def elsewhere(site: Site, name: str, locale: str) -> dict[str, str]:
    """For a page that this language has not: the language it is in, and a note that says so; else empty."""
    if locale in site.existing.get(name, ()):
        return {}
    return {"language": site.source, "note": in_language(site, site.source, locale)}


def in_language(site: Site, content: str, locale: str) -> str:
    """ "in English", in the words of a language."""
    language = _called(site, content, locale)
    return site.words[locale]["in_language"].replace("{language}", language)


def _called(site: Site, tag: str, reader: str) -> str:
    """What a language of the site is called in the words of the reader's frame, else by its own name."""
    return name_in(tag, _spoken(site, reader)) or site.autonyms[tag]


def _spoken(site: Site, locale: str) -> str:
    """The language that a frame's words are in: the source's as long as nobody has translated them.

    No other language says of itself that a page is missing in it as the source does.
    """
    same = site.words[locale]["note_fallback"] == site.words[site.source]["note_fallback"]
    return site.source if same else locale


def alternates(site: Site, name: str) -> list[dict[str, Any]]:
    """A page in every language of the site; `note` says of one that falls back whose words it is in."""
    asked = offers.asked(tuple(site.locales))
    return [
        {
            "locale": found.locale,
            "autonym": found.autonym,
            "direction": found.direction,
            "url": found.url,
            "true": found.true,
            "content": found.content,
            "note": "" if found.true else in_language(site, found.content, found.locale),
            "asked": asked.get(found.locale, ""),
        }
        for found in languages.alternates(name, site.locales, site.autonyms, site.existing)
    ]


def notices(
    site: Site,
    state: Standing | None,
    critical: bool,
    locale: str,
    content: str,
    source_href: str,
    unsaid: bool = False,
    draft: bool = False,
    unsure: bool = False,
) -> list[dict[str, str | Markup]]:
    """What a reader must know of the text before reading it: whose words it is in, how far to trust them.

    In: how the translation stands (None for a page of the source), whether a reader's safety hangs on the
    page, the language of the frame, that of the text, the way to the source's page, whether that has gained
    the emergency number, which the translation doesn't say yet, whether a page of the source is a draft, and
    whether words of the frame that safety hangs on are out of date.
    """
    words = site.words[locale]
    language = _called(site, site.source, locale)

    def text(key: str) -> str:
        return words[key].replace("{language}", language)

    link = {"href": source_href, "language": site.source, "link": text("note_source")}
    strong: dict[str, str | Markup] = {
        "kind": "outdated strong",
        "text": text("note_outdated_strong"),
        **link,
    }
    if content != locale:
        said = text("note_fallback")
        if _spoken(site, locale) != locale:  # it would say that the page is missing in the source's language
            said = in_language(site, content, locale)
            said = said[:1].upper() + said[1:]
        return [*([strong] if unsure else []), {"kind": "fallback", "text": said}]
    found: list[dict[str, str | Markup]] = []
    if unsaid:
        phone = {"phone": str(contact(site, locale, "emergency.phone"))}
        found.append({"kind": "strong", "text": Markup(contacts.link_words(words["emergency"], phone))})
    outdated = state is not None and state.status == "outdated"
    if unsure or (outdated and critical):
        found.append(strong)
    elif outdated:
        found.append({"kind": "outdated", "text": text("note_outdated"), **link})
    if state and state.draft:
        found.append({"kind": "draft", "text": words["note_draft"], **link, **_official(site, locale)})
    elif draft and content == site.source:
        found.append({"kind": "draft", "text": words["note_draft"], **_official(site, locale)})
    return found


def _official(site: Site, locale: str) -> dict[str, Markup]:
    """Beside a draft, the country's own website in many languages, where contacts.yml has it (`official`)."""
    if "official.website" not in site.contacts.values:
        return {}
    link = {"website": str(contact(site, locale, "official.website"))}
    return {"more": Markup(contacts.link_words(site.words[locale]["note_official"], link))}


def has_sheets(site: Site, locale: str) -> bool:
    """True where the poster and the card can be made: in a language that has the page of signs."""
    return {"recognise", "print"} <= site.existing.keys() and locale in site.existing["recognise"]


def sheets(site: Site, locale: str) -> list[dict[str, str]]:
    """Poster and card in every language that has them, the reader's first; addresses from the site's root."""
    return [
        {
            "locale": tag,
            "autonym": site.autonyms[tag],
            "direction": direction(tag),
            "poster": languages.url_of("poster", tag, site.source),
            "card": languages.url_of("card", tag, site.source),
        }
        for tag in sorted(site.locales, key=lambda tag: tag != locale)
        if has_sheets(site, tag)
    ]


def sheet(site: Site, locale: str, docs: Path, site_url: str) -> dict[str, Any]:
    """What the poster and the card show: the signs, whom to call, a code that leads to the site."""
    words = site.words[locale]
    # What is wrong with the page is told when its turn comes, after this.
    text = (docs / locale / "recognise.md").read_text(encoding="utf-8-sig", errors="replace")
    signs = checklist.read(text)
    several = site.contacts.entries("emergency")
    day = contacts.render("contacts.checked", site.contacts, locale, words, plain=True)
    return {
        "signs": [{"label": sign.label, "icon": Markup(site.pictograms.get(sign.id, ""))} for sign in signs],
        "danger": directory.one_of(site, locale, several)
        if len(several) > 1
        else contact(site, locale, "emergency.phone"),
        "help": directory.lines(site, locale, directory.at_once(site.contacts)),
        "code": Markup(prints.code(site_url + languages.url_of("index", locale, site.source))),
        "checked": words["print_checked"].replace("{date}", day),
    }
