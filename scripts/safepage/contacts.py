"""Numbers, addresses and outside links: read from one file, checked, and filled into pages."""

from __future__ import annotations

import datetime
import difflib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from phonenumbers import shortnumberinfo

from safepage import addresses, characters
from safepage.faults import Fault, Faulty
from safepage.frontmatter import load_yaml
from safepage.grammar import PLACEHOLDER
from safepage.grammar import name as name_in

COUNTRY = "BE"
FIELDS = ("name", "phone", "email", "address", "website", "region", "source", "checked")
OPERATOR = "operator"
OPERATOR_FIELDS = ("name", "address", "email")
STALE_AFTER_DAYS = 365
MAX_TEXT = 200  # characters of a name or an address
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEBSITE = re.compile(
    r"https://(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:[^\W\d_]{2,}|xn--[a-z0-9-]+)(?:[/?#][^\s\"'<>\\]*)?"
)
_TAGS = re.compile(r"(<[^<>]*>)")


@dataclass(frozen=True)
class Contacts:
    """What pages may say: `values` maps "centre.brussels.phone" to its text (None: still to be filled in).

    A website that has an address for each language stands there as "line.national.website@nl" too.
    `checked` is the oldest day on which an entry was checked.
    """

    values: Mapping[str, str | datetime.date | None]
    checked: datetime.date

    @property
    def names(self) -> list[str]:
        """Every placeholder that a page may use, sorted."""
        return sorted([*(name for name in self.values if "@" not in name), "contacts.checked"])

    @property
    def unfilled(self) -> list[str]:
        """The names that wait for the organisation, such as "operator.name"."""
        return [name for name, value in self.values.items() if value is None]


def load(text: str, path: str, today: datetime.date | None = None) -> tuple[Contacts, list[Fault]]:
    """Read the contacts file.

    In: the YAML text, its project-relative path for messages, and the day to measure age against.
    Out: the contacts and the warnings (operator not filled in, a check older than twelve months).
    Raises Faulty with every error: unknown field, invalid number, address that is not https,
    missing `source` or `checked`.
    """
    data, lines = load_yaml(text, path)
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
                fault(at, f"'{field}' is not a field of a contact", f"use one of {', '.join(allowed)}")
                continue
            if name == OPERATOR and value in (None, ""):
                values[f"{name}.{field}"] = None
                fault(
                    at,
                    f"{name}.{field} is not filled in: pages show a marked gap",
                    "write who runs this site",
                    "warning",
                )
                continue
            if field == "website" and isinstance(value, dict):
                by_locale(at, value)
                continue
            problem = _problem(field, value)
            if problem:
                fault(at, f"{name}.{field}: {problem[0]}", problem[1])
            elif isinstance(value, str | datetime.date):
                values[f"{name}.{field}"] = value
        if name == OPERATOR:
            return
        if (where[0] == "centre" or name == "minors") and "name" not in fields:
            fault(where, f"{name} has no 'name'", "write it: every page shows it beside the number")
        for field in ("source", "checked"):
            if field not in fields:
                fault(where, f"{name} has no '{field}'", "write where it was found and when it was checked")
        checked = fields.get("checked")
        if isinstance(checked, datetime.date):
            dates.append(checked)
            if today and (today - checked).days > STALE_AFTER_DAYS:
                fault(
                    (*where, "checked"),
                    f"{name} was last checked on {checked}, over twelve months ago",
                    "check it at its source and write the new date",
                    "warning",
                )
            if today and checked > today:
                fault(
                    (*where, "checked"),
                    f"{name} says it was checked on {checked}, a day to come",
                    "write the day on which it was checked",
                )

    def by_locale(at: tuple[str, ...], websites: Mapping[str, object]) -> None:
        if not websites:
            fault(at, f"{'.'.join(at)} has no address", "write one that starts with https://")
        for tag, website in websites.items():
            problem = _problem("website", website)
            if problem:
                fault((*at, tag), f"{'.'.join(at)}.{tag}: {problem[0]}", problem[1])
            values[".".join(at) + f"@{tag}"] = str(website)
        values[".".join(at)] = str(next(iter(websites.values()), ""))

    def walk(where: tuple[str, ...], node: object) -> None:
        if not isinstance(node, dict):
            fault(where, f"'{'.'.join(where) or path}' holds no contact", "indent its fields below it")
            return
        if where and any(not isinstance(child, dict) for child in node.values()):
            entry(where, node)
            return
        for key, child in node.items():
            if not re.fullmatch(r"[a-z0-9]+", str(key)):
                fault((*where, str(key)), f"'{key}' can't be a name", "use small letters and digits only")
                continue
            walk((*where, str(key)), child)

    walk((), data)
    # A name of Cyrillic letters alone is fine by itself, and deceives among Latin ones.
    faults += [f for f in characters.check(text, path) if f.line not in {known.line for known in faults}]
    for field in OPERATOR_FIELDS:
        values.setdefault(f"{OPERATOR}.{field}", None)
    if ("emergency", "phone") not in lines:
        fault((), "there is no emergency.phone", "every page shows it: add it")
    if any(f.severity == "error" for f in faults):
        raise Faulty(faults)
    return Contacts(values, min(dates)), [f for f in faults if f.severity != "error"]


def _problem(field: str, value: object) -> tuple[str, str] | None:
    if field == "checked":
        if type(value) is not datetime.date:
            return f"'{value}' is not a day", "write it as 2026-11-24"
        return None
    if not isinstance(value, str) or not value.strip():
        return f"'{value}' is not a text", "write it between quotation marks"
    for hidden in characters.check(value, ""):  # also what YAML makes of "\u202e"
        return hidden.what, hidden.todo
    if field in ("name", "address", "source"):
        return _plain_problem(field, value)
    if field == "phone" and e164(value) is None:
        return f"'{value}' is not a valid number in Belgium", "check it, and write it as people dial it"
    if field == "phone" and _is_premium(value):
        return f"'{value}' is a number at a higher price", "give one that everyone can afford to call"
    if field == "email" and not _EMAIL.fullmatch(value):
        return f"'{value}' is not an e-mail address", "write it as name@example.org"
    if field == "website" and not _WEBSITE.fullmatch(value):
        return f"'{value}' is not a safe address", "it starts with https:// and a name, and holds no spaces"
    if field == "region" and not re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", value):
        return f"'{value}' is not a region's code", "write its ISO 3166-2 code, such as BE-BRU"
    return None


def _plain_problem(field: str, value: str) -> tuple[str, str] | None:
    """A name or an address that holds another contact, or that no page has room for."""
    if re.search(r"[<>{}]", value):
        return f"'{value[:60]}' holds markup, readers would see it raw", "write plain words"
    if len(value) > MAX_TEXT or "\n" in value.strip():
        return f"it runs over several lines, or over more than {MAX_TEXT} characters", "write it on one line"
    if field == "source":
        return None  # not shown
    # A short number may be that of a house.
    for found in (found for found in addresses.find(value) if found.kind != "short"):
        what = addresses.describe(found)[0]
        return what, "give it a line of its own: phone, email or website"
    return None


def _is_premium(phone: str) -> bool:
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(phone, COUNTRY))
    except phonenumbers.NumberParseException:
        return False
    return bool(kind == phonenumbers.PhoneNumberType.PREMIUM_RATE)


@cache
def e164(phone: str) -> str | None:
    """What a telephone dials: "+3225116464" for "02 511 64 64", "112" for a short number, None if invalid."""
    try:
        number = phonenumbers.parse(phone, COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if re.sub(r"[0-9 +]", "", phone):
        return None
    if shortnumberinfo.is_valid_short_number_for_region(number, COUNTRY):
        return re.sub(r"\D", "", phone)
    if phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def render(name: str, contacts: Contacts, locale: str, words: Mapping[str, str], plain: bool = False) -> str:
    """One placeholder as HTML (escaped, with its link), or as plain text. Raises KeyError if unknown."""
    value = contacts.checked if name == "contacts.checked" else contacts.values[name]
    value = contacts.values.get(f"{name}@{locale}", value)
    field = name.rpartition(".")[2]
    if value is None:
        gap = words["to_fill"].replace("{field}", words[f"field_{field}"])
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
        return f'<a class="phone" href="tel:{e164(value)}"><bdi dir="ltr">{text}</bdi></a>'
    if field == "email":
        return f'<a href="mailto:{text}"><bdi dir="ltr">{text}</bdi></a>'
    if field == "website":
        host = html.escape(urlsplit(value).netloc.removeprefix("www."))
        return f'<a href="{text}" rel="noreferrer"><bdi dir="ltr">{host}</bdi></a>'
    if field == "address":
        return f'<bdi dir="ltr">{text}</bdi>'
    if field == "name":
        return f"<bdi>{text}</bdi>"
    return text


def _babel(tag: str) -> Locale:
    europe = Locale("en", "GB")  # "24 November 2026", as the pages have it
    try:
        return europe if tag == "en" else Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return europe


def fill(page: str, contacts: Contacts, locale: str, words: Mapping[str, str]) -> str:
    """Fill the placeholders in the text of an HTML page, but those of blocks. Raises KeyError if unknown."""

    def one(match: re.Match[str]) -> str:
        name = name_in(match)
        return match[0] if name.startswith("list.") else render(name, contacts, locale, words)

    def text(part: str) -> str:
        return PLACEHOLDER.sub(one, part)

    return "".join(part if part.startswith("<") else text(part) for part in _TAGS.split(page))


def check(markdown: str, contacts: Contacts, path: str, first_line: int) -> list[Fault]:
    """Every placeholder of a page that no contact answers to, with the names that come closest."""
    faults = []
    for offset, line in enumerate(markdown.split("\n")):
        for match in PLACEHOLDER.finditer(line):
            name = name_in(match)
            if name in contacts.names or name.startswith("list."):
                continue
            near = difflib.get_close_matches(name, contacts.names, n=3, cutoff=0.3)
            names = ", ".join(near + [n for n in contacts.names if n not in near])
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
