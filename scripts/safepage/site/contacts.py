"""Numbers, addresses and outside links: read from one file, checked, and filled into pages."""

from __future__ import annotations

import datetime
import difflib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import urlsplit

from babel import Locale
from babel.dates import format_date

from safepage.faults import MOST, Fault
from safepage.page import grammar
from safepage.page.blocks import in_text, is_block
from safepage.page.meant import meant
from safepage.site import contact_file, telephone
from safepage.site.locales import cldr, direction

_MOST_NAMES = 160  # signs of a message


@dataclass(frozen=True)
class Contacts:
    """What pages may say: `values` maps "centre.north.phone" to its text (None: still to be filled in).

    What has a text for each language stands there as "line.national.name@nl" too, and of a group the first
    entry's fields as "emergency.phone". `checked` is the oldest day on which an entry was checked; `country`
    that whose numbers these are.
    """

    values: Mapping[str, str | datetime.date | None]
    checked: datetime.date
    country: str

    @cached_property
    def names(self) -> list[str]:
        """Every placeholder that a page may use, sorted."""
        return sorted([*(name for name in self.values if "@" not in name), "contacts.checked"])

    @property
    def own_names(self) -> list[str]:
        """Those of `names` that don't stand for the first of several."""
        keys = {name.partition(".")[0] for name in self.values}
        entries = {entry for key in keys for entry in self.entries(key)}
        return [name for name in self.names if name.rpartition(".")[0] in {*entries, "contacts"}]

    @property
    def unfilled(self) -> list[str]:
        """The names that wait for the organisation, such as "operator.name"."""
        empty = (name for name, value in self.values.items() if value is None)
        return [name for name in empty if name not in contact_file.OPTIONAL]

    def entries(self, key: str) -> list[str]:
        """The entries at or below a key, in the order of the file: "centre" gives ["centre.north", …]."""
        found = dict.fromkeys(n.rpartition(".")[0] for n in self.values if n.startswith(f"{key}."))
        return [entry for entry in found if not any(other.startswith(f"{entry}.") for other in found)]

    def said(self, name: str, locale: str) -> tuple[str | datetime.date | None, str]:
        """A value as readers of a language get it, and the language of that; "" where it has no other.

        Raises KeyError if there is none of that name.
        """
        for tag in (locale, locale.partition("-")[0]):
            if f"{name}@{tag}" in self.values:
                return self.values[f"{name}@{tag}"], tag
        return self.values[name], self._first_tags.get(name, "")

    @cached_property
    def _first_tags(self) -> Mapping[str, str]:
        """Of each name that has a text for each language, the first of these."""
        tagged = (key.partition("@") for key in reversed(list(self.values)) if "@" in key)
        return {name: tag for name, _, tag in tagged}


def load(
    text: str, path: str, country: str, today: datetime.date | None = None
) -> tuple[Contacts, list[Fault]]:
    """Read the contacts file.

    In: the YAML text, its project-relative path for messages, the country, the day to measure age against.
    Out: the contacts and the warnings (operator not filled in, a check older than twelve months).
    Raises Faulty with every error: unknown field, invalid number, address that is not https,
    missing `source` or `checked`.
    """
    values, checked, warnings = contact_file.read(text, path, country, today)
    return Contacts(values, checked, country), warnings


def render(name: str, contacts: Contacts, locale: str, words: Mapping[str, str], plain: bool = False) -> str:
    """One placeholder as HTML (escaped, with its link), or as plain text. Raises KeyError if unknown."""
    value, tag = (contacts.checked, "") if name == "contacts.checked" else contacts.said(name, locale)
    field = name.rpartition(".")[2]
    if value is None:
        gap = words["to_fill"].replace("{field}", words.get(f"field_{field}", field))
        return gap if plain else f'<mark class="gap">{html.escape(gap)}</mark>'
    if isinstance(value, datetime.date):
        day = _day(value, locale)
        return day if plain else f'<time datetime="{value.isoformat()}">{html.escape(day)}</time>'
    text = html.escape(value)
    if plain:
        return value
    if field == "phone":
        return (
            f'<a class="phone" href="tel:{telephone.dialled(value, contacts.country)}" dir="ltr">{text}</a>'
        )
    if field == "email":
        return f'<a href="mailto:{text}"><bdi dir="ltr">{text}</bdi></a>'
    if field in ("website", "chat"):
        host = html.escape(urlsplit(value).netloc.removeprefix("www."))
        chat = ' class="chat"' if field == "chat" else ""
        return f'<a{chat} href="{text}" rel="noreferrer"><bdi dir="ltr">{host}</bdi></a>'
    if field == "registration":
        return f'<bdi dir="ltr">{text}</bdi>'
    if field in ("name", "address") and not tag:
        return f"<bdi>{text}</bdi>"
    return in_its_language(text, tag, locale)


def in_its_language(text: str, tag: str, locale: str) -> str:
    """HTML that says what language it is in, where that is another than the reader's; "" is no language."""
    if tag in ("", locale, locale.partition("-")[0]):
        return text
    return f'<bdi lang="{tag}" dir="{direction(tag)}">{text}</bdi>'


@lru_cache(maxsize=256)
def _day(day: datetime.date, tag: str) -> str:
    europe = Locale("en", "GB")  # "24 November 2026", as the pages have it
    return format_date(day, format="long", locale=europe if tag == "en" else cldr(tag) or europe)


def fill(page: str, contacts: Contacts, locale: str, words: Mapping[str, str]) -> str:
    """Fill the placeholders in the text of an HTML page, but those of blocks. Raises KeyError if unknown."""

    def one(match: re.Match[str]) -> str:
        name = grammar.name(match)
        return match[0] if is_block(name) else render(name, contacts, locale, words)

    return in_text(page, one)


def check(markdown: str, contacts: Contacts, path: str, first_line: int) -> list[Fault]:
    """Every placeholder of a page that no contact answers to, with the names that come closest."""
    faults: list[Fault] = []
    for offset, line in enumerate(meant(markdown).split("\n")):
        for name in grammar.names(line):
            if name in contacts.names or is_block(name):
                continue
            few = len(faults) < MOST  # no more are told
            near = difflib.get_close_matches(name, contacts.names, n=3, cutoff=0.3) if few else []
            # After the nearest those of the same kind, such as every phone.
            field = name.rpartition(".")[2] or "phone"
            alike = sorted(contacts.own_names, key=lambda n: not n.endswith(f".{field}"))
            names = ", ".join(near + [n for n in alike if n not in near])
            if len(names) > _MOST_NAMES:
                names = names[:_MOST_NAMES].rpartition(",")[0] + ", or another one of docs/contacts.yml"
            faults.append(
                Fault(
                    path,
                    first_line + offset,
                    f"no contact is called '{name}'",
                    f"use a name that exists: {names}",
                )
            )
    return faults


def link_words(text: str, links: Mapping[str, str]) -> str:
    """A word of the frame as HTML: the text escaped, each `{slot}` of `links` replaced by its HTML.

    Another slot stays as it is: an error of the interface's, which has been said elsewhere.
    """
    parts = re.split(r"(\{\w+\})", text)
    return "".join(
        links.get(part[1:-1], html.escape(part)) if i % 2 else html.escape(part)
        for i, part in enumerate(parts)
    )
