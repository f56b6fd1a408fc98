"""One field of a contact: what keeps it from being shown or reached, and what to do."""

from __future__ import annotations

import contextlib
import datetime
import re
import unicodedata
from collections.abc import Mapping

from safepage.faults import short
from safepage.gate import characters, words
from safepage.gate import country as countries
from safepage.gate.contacts import addresses
from safepage.site import telephone

FIELDS = (
    "name", "phone", "chat", "email", "address", "website", "region", "note", "source", "checked", "by_hand"
)  # fmt: skip
BY_LANGUAGE = ("name", "address", "website", "note")  # one text, or one for each language
WAYS = ("phone", "chat", "website", "email")  # to reach somebody
MAX_TEXT = 200  # characters of a name, an address or a note
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEBSITE = re.compile(
    r"https://(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:[^\W\d_]{2,}|xn--[a-z0-9-]+)(?:[/?#][^\s\"'<>\\]*)?"
)
_PLAIN = frozenset(("name", "address", "note", "source", "registration"))


def problem(
    name: str, field: str, value: object, beside: Mapping[str, object], country: str
) -> tuple[str, str] | None:
    """What is wrong with one field of a contact, and what to do.

    In: its whole name ("centre.north.phone"), the field, its value without white space around it, the other
    fields, and the country whose numbers are dialled without a prefix.
    """
    if field == "checked":
        return None if day(value) else _no_day(value)
    if field == "by_hand":
        return None if isinstance(value, bool) else _no_switch(value)
    if not isinstance(value, str) or not value:
        if value in (None, ""):
            return "it is empty: not a text", "write it, or take the line out"
        if isinstance(value, int) and not isinstance(value, bool):
            todo = "put it in quotation marks, with its first 0 or its +"
            return f"the bare number {short(value)} is not a text", todo
        return f"“{short(value)}” is not a text", "write it between quotation marks"
    for hidden in characters.check(value, ""):  # also what YAML makes of "\u202e"
        return hidden.what, hidden.todo
    if field in _PLAIN:
        return _plain_problem(field, value, beside, country)
    if field == "phone":
        return telephone.problem(value, country, name, by_hand=beside.get("by_hand") is True)
    return _address_problem(field, value, country)


def _address_problem(field: str, value: str, country: str) -> tuple[str, str] | None:
    """What is wrong with an e-mail, the address of a site or of a chat, or the code of a region."""
    odd = re.search(r"\s", value)
    told = unicodedata.name(odd[0], "a tab or line break").lower() if odd else ""
    space = f": it holds a space (U+{ord(odd[0]):04X}, {told})" if odd else ""
    if field == "email" and not _EMAIL.fullmatch(value):
        return f"“{short(value)}” is not an e-mail address{space}", "write it as name@example.org"
    if field in ("website", "chat") and not _WEBSITE.fullmatch(value):
        host = re.sub(r"^(?:https?:)?/*", "", value, flags=re.IGNORECASE)
        near = f"https://{host}"
        todo = f"write {short(near)}" if _WEBSITE.fullmatch(near) else "write https:// and a name"
        return f"“{short(value)}” is not a safe address{space}", "take it out" if odd else todo
    if field == "region" and not re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", value):
        todo = f"write its ISO 3166-2 code, which begins with {country}-"
        return f"“{short(value)}” is not a region's code", todo
    return None


def day(value: object) -> datetime.date | None:
    """The day that a value says, also between quotation marks; None for none."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        with contextlib.suppress(ValueError):
            return datetime.date.fromisoformat(value)
    return value if type(value) is datetime.date else None


def _no_day(value: object) -> tuple[str, str]:
    return f"“{short(value)}” is not a day", "write one that exists as year-month-day: 2026-11-24"


def _no_switch(value: object) -> tuple[str, str]:
    todo = "write by_hand: true if you have called the number yourself, or take the line out"
    return f"“{short(value)}” is not true or false", todo


def _plain_problem(
    field: str, value: str, beside: Mapping[str, object], country: str
) -> tuple[str, str] | None:
    """A text that holds another contact, or that no page has room for."""
    if re.search(r"[<>{}]", value):
        return f"“{short(value)}” holds markup, readers would see it raw", "write plain words"
    if field != "source" and (mark := words.mark(value)):
        return mark
    if len(value) > MAX_TEXT or "\n" in value:
        return f"it runs over several lines, or over more than {MAX_TEXT} characters", "write it on one line"
    if field == "source":
        return None  # not shown
    own = re.sub(r"\D", "", str(beside.get("phone", "")))
    for found in addresses.find(_without_houses(value, country) if field == "address" else value, country):
        if field == "registration" and found.kind in ("phone", "short"):
            continue
        if field == "name" and found.kind == "short" and own == re.sub(r"\D", "", found.text):
            continue  # “112 NL”, “103 Écoute-Enfants”
        return addresses.describe(found)[0], "give it a line of its own: phone, chat, email or website"
    return None


def _without_houses(address: str, country: str) -> str:
    """An address in which no number is an emergency number, unless it says that it is to be called."""
    house = next(str(n) for n in range(113, 200) if not countries.is_emergency(str(n), country))

    def other(found: re.Match[str]) -> str:
        plain = len(found[0]) <= 3 and not countries.is_emergency(found[0], country)
        return found[0] if plain else house

    return re.sub(r"(?<![\d+])(?:116[ .]?\d{3}|\d{2,3})(?!\d)", other, address)
