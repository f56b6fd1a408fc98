"""Numbers, addresses and outside links: read from one file, checked, and filled into pages."""

from __future__ import annotations

import datetime
import difflib
import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from babel import Locale
from babel.dates import format_date

from safepage.faults import MOST, Fault, Faulty, bounded, short
from safepage.gate import characters
from safepage.gate.contacts import addresses
from safepage.page import grammar, yaml_text
from safepage.page.blocks import is_block
from safepage.page.meant import meant
from safepage.site import telephone
from safepage.site.locales import cldr

FIELDS = ("name", "phone", "email", "address", "website", "region", "source", "checked")
OPERATOR = "operator"
OPERATOR_FIELDS = ("name", "address", "email", "registration")
OPTIONAL = ("operator.registration",)  # numbers that some laws ask for, such as an enterprise's
STALE_AFTER_DAYS = 365
MAX_TEXT = 200  # characters of a name or an address
_MOST_NAMES = 160  # signs of a message
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEBSITE = re.compile(
    r"https://(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:[^\W\d_]{2,}|xn--[a-z0-9-]+)(?:[/?#][^\s\"'<>\\]*)?"
)
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TAKEN = ("contacts", "list")  # placeholders that the site fills in by itself
_TAGS = re.compile(r"(<[^<>]*>)")


@dataclass(frozen=True)
class Contacts:
    """What pages may say: `values` maps "centre.brussels.phone" to its text (None: still to be filled in).

    A website that has an address for each language stands there as "line.national.website@nl" too.
    `checked` is the oldest day on which an entry was checked; `country` that whose numbers these are.
    """

    values: Mapping[str, str | datetime.date | None]
    checked: datetime.date
    country: str

    @property
    def names(self) -> list[str]:
        """Every placeholder that a page may use, sorted."""
        return sorted([*(name for name in self.values if "@" not in name), "contacts.checked"])

    @property
    def unfilled(self) -> list[str]:
        """The names that wait for the organisation, such as "operator.name"."""
        return [name for name, value in self.values.items() if value is None and name not in OPTIONAL]


def load(
    text: str, path: str, country: str, today: datetime.date | None = None
) -> tuple[Contacts, list[Fault]]:
    """Read the contacts file.

    In: the YAML text, its project-relative path for messages, the country, the day to measure age against.
    Out: the contacts and the warnings (operator not filled in, a check older than twelve months).
    Raises Faulty with every error: unknown field, invalid number, address that is not https,
    missing `source` or `checked`.
    """
    data, lines = yaml_text.load(text, path)
    faults: list[Fault] = []
    values: dict[str, str | datetime.date | None] = {}
    dates: list[datetime.date] = []

    def fault(where: tuple[str, ...], what: str, todo: str, severity: str = "error") -> None:
        known = next((lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), 0)
        faults.append(Fault(path, known, what, todo, severity))

    def entry(where: tuple[str, ...], fields: Mapping[str, object]) -> None:
        name = ".".join(where)
        allowed = OPERATOR_FIELDS if name == OPERATOR else FIELDS
        for field, value in fields.items():
            at = (*where, field)
            if field not in allowed:
                what = f"“{short(field)}” is not a field of a contact"
                fault(at, what, f"use one of {', '.join(allowed)}")
            elif name == OPERATOR and value in (None, ""):
                values[f"{name}.{field}"] = None
                if f"{name}.{field}" not in OPTIONAL:
                    what = f"{name}.{field} is not filled in: pages show a marked gap"
                    fault(at, what, "write who runs this site", "warning")
            elif field == "website" and isinstance(value, dict):
                by_locale(at, value)
            else:
                one(at, field, value, fields)
        if name == OPERATOR:
            return
        if (where[0] == "centre" or name == "minors") and "name" not in fields:
            fault(where, f"{short(name)} has no 'name'", "write it: every page shows it beside the number")
        for field in ("source", "checked"):
            if field not in fields:
                todo = "write where it was found and when it was checked"
                fault(where, f"{short(name)} has no '{field}'", todo)
        checked = fields.get("checked")
        if type(checked) is datetime.date:
            dates.append(checked)
            if today and (today - checked).days > STALE_AFTER_DAYS:
                what = f"{short(name)} was last checked on {checked}, over twelve months ago"
                todo = "check it at its source and write the new date"
                fault((*where, "checked"), what, todo, "warning")
            if today and checked > today:
                what = f"{short(name)} says it was checked on {checked}, a day to come"
                fault((*where, "checked"), what, "write the day on which it was checked")

    def one(at: tuple[str, ...], field: str, value: object, fields: Mapping[str, object]) -> None:
        tidy = value.strip() if isinstance(value, str) else value  # a no-break space too
        problem = _problem(".".join(at), field, tidy, fields, country)
        if problem:
            fault(at, f"{short('.'.join(at))}: {problem[0]}", problem[1])
        elif isinstance(tidy, str):
            values[".".join(at)] = telephone.shown(tidy, country) if field == "phone" else tidy
        elif type(tidy) is datetime.date:
            values[".".join(at)] = tidy

    def by_locale(at: tuple[str, ...], websites: Mapping[str, object]) -> None:
        if not websites:
            fault(at, f"{'.'.join(at)} has no address", "write one that starts with https://")
        for tag, website in websites.items():
            if not _TAG.fullmatch(tag):
                fault((*at, tag), f"“{short(tag)}” is no language", "write its tag, such as nl")
                continue
            tidy = website.strip() if isinstance(website, str) else website
            problem = _problem(".".join(at), "website", tidy, {}, country)
            if problem:
                fault((*at, tag), f"{'.'.join(at)}.{tag}: {problem[0]}", problem[1])
            values[".".join(at) + f"@{tag}"] = str(tidy)
            values.setdefault(".".join(at), str(tidy))

    def walk(where: tuple[str, ...], node: object) -> None:
        if not isinstance(node, dict) or not node:
            fault(where, f"“{short('.'.join(where)) or path}” holds no contact", "indent its fields below it")
            return
        if where and any(not isinstance(child, dict) for child in node.values()):
            entry(where, node)
            return
        for key, child in node.items():
            if not re.fullmatch(r"[a-z0-9]+", key) or (not where and key in _TAKEN):
                fault((*where, key), f"“{short(key)}” can't be a name", "use other small letters or digits")
                continue
            walk((*where, key), child)

    walk((), data)
    # A name of Cyrillic letters alone is fine by itself, and deceives among Latin ones.
    faults += [f for f in characters.check(text, path) if f.line not in {known.line for known in faults}]
    for field in OPERATOR_FIELDS:
        values.setdefault(f"{OPERATOR}.{field}", None)
    if "emergency.phone" not in values and not any("emergency.phone:" in fault.what for fault in faults):
        fault((), "there is no emergency.phone", "every page shows it: add it")
    if any(f.severity == "error" for f in faults):
        raise Faulty(faults)
    return Contacts(values, min(dates), country), bounded(faults)


def _problem(
    name: str, field: str, value: object, beside: Mapping[str, object], country: str
) -> tuple[str, str] | None:
    """What is wrong with one field of a contact: its whole name, the other fields, the country."""
    if field == "checked":
        return None if type(value) is datetime.date else _no_day(value)
    if not isinstance(value, str) or not value:
        if value in (None, ""):
            return "it is empty: not a text", "write it, or take the line out"
        if isinstance(value, int) and not isinstance(value, bool):
            todo = "put it in quotation marks, with its first 0 or its +"
            return f"the bare number {short(value)} is not a text", todo
        return f"“{short(value)}” is not a text", "write it between quotation marks"
    for hidden in characters.check(value, ""):  # also what YAML makes of "\u202e"
        return hidden.what, hidden.todo
    if field in ("name", "address", "source", "registration"):
        return _plain_problem(field, value, beside, country)
    if field == "phone":
        return telephone.problem(value, country, name)
    odd = re.search(r"\s", value)
    told = unicodedata.name(odd[0], "a tab or line break").lower() if odd else ""
    space = f": it holds a space (U+{ord(odd[0]):04X}, {told})" if odd else ""
    if field == "email" and not _EMAIL.fullmatch(value):
        return f"“{short(value)}” is not an e-mail address{space}", "write it as name@example.org"
    if field == "website" and not _WEBSITE.fullmatch(value):
        host = re.sub(r"^(?:https?:)?/*", "", value, flags=re.IGNORECASE)
        near = f"https://{host}"
        todo = f"write {short(near)}" if _WEBSITE.fullmatch(near) else "write https:// and a name"
        return f"“{short(value)}” is not a safe address{space}", "take it out" if odd else todo
    if field == "region" and not re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", value):
        return f"“{short(value)}” is not a region's code", "write its ISO 3166-2 code, such as BE-BRU"
    return None


def _no_day(value: object) -> tuple[str, str]:
    return f"“{short(value)}” is not a day", "write one that exists as year-month-day: 2026-11-24"


def _plain_problem(
    field: str, value: str, beside: Mapping[str, object], country: str
) -> tuple[str, str] | None:
    """A name or an address that holds another contact, or that no page has room for."""
    if re.search(r"[<>{}]", value):
        return f"“{short(value)}” holds markup, readers would see it raw", "write plain words"
    if len(value) > MAX_TEXT or "\n" in value:
        return f"it runs over several lines, or over more than {MAX_TEXT} characters", "write it on one line"
    if field == "source":
        return None  # not shown
    own = re.sub(r"\D", "", str(beside.get("phone", "")))
    for found in addresses.find(_without_houses(value) if field == "address" else value, country):
        if field == "registration" and found.kind in ("phone", "short"):
            continue
        if field == "name" and found.kind == "short" and own == re.sub(r"\D", "", found.text):
            continue  # “112 BE”, “103 Écoute-Enfants”
        return addresses.describe(found)[0], "give it a line of its own: phone, email or website"
    return None


def _without_houses(address: str) -> str:
    """An address in which no number is an emergency number, unless it says that it is to be called."""
    return re.sub(r"(?<![\d+])(?:112|10[0-9]|116[ .]?\d{3})(?!\d)", "113", address)


def render(name: str, contacts: Contacts, locale: str, words: Mapping[str, str], plain: bool = False) -> str:
    """One placeholder as HTML (escaped, with its link), or as plain text. Raises KeyError if unknown."""
    value = contacts.checked if name == "contacts.checked" else contacts.values[name]
    value = contacts.values.get(f"{name}@{locale}", value)
    field = name.rpartition(".")[2]
    if value is None:
        gap = words["to_fill"].replace("{field}", words.get(f"field_{field}", field))
        return gap if plain else f'<mark class="gap">{html.escape(gap)}</mark>'
    if isinstance(value, datetime.date):
        day = format_date(value, format="long", locale=_babel(locale))
        return day if plain else f'<time datetime="{value.isoformat()}">{html.escape(day)}</time>'
    if field == "region":
        value = words.get(f"region_{value.lower().replace('-', '_')}", value)
    text = html.escape(value)
    if plain:
        return value
    if field == "phone":
        return f'<a class="phone" href="tel:{telephone.e164(value, contacts.country)}" dir="ltr">{text}</a>'
    if field == "email":
        return f'<a href="mailto:{text}"><bdi dir="ltr">{text}</bdi></a>'
    if field == "website":
        host = html.escape(urlsplit(value).netloc.removeprefix("www."))
        return f'<a href="{text}" rel="noreferrer"><bdi dir="ltr">{host}</bdi></a>'
    if field in ("address", "registration"):
        return f'<bdi dir="ltr">{text}</bdi>'
    if field == "name":
        return f"<bdi>{text}</bdi>"
    return text


def _babel(tag: str) -> Locale:
    europe = Locale("en", "GB")  # "24 November 2026", as the pages have it
    return europe if tag == "en" else cldr(tag) or europe


def fill(page: str, contacts: Contacts, locale: str, words: Mapping[str, str]) -> str:
    """Fill the placeholders in the text of an HTML page, but those of blocks. Raises KeyError if unknown."""

    def one(match: re.Match[str]) -> str:
        name = grammar.name(match)
        return match[0] if is_block(name) else render(name, contacts, locale, words)

    def text(part: str) -> str:
        return grammar.PLACEHOLDER.sub(one, part)

    return "".join(part if part.startswith("<") else text(part) for part in _TAGS.split(page))


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
            alike = sorted(contacts.names, key=lambda n: not n.endswith(f".{field}"))
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
