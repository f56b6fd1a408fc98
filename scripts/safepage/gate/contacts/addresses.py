"""What in a plain text is a contact: a phone or bank number, an e-mail, an account, a web address."""

from __future__ import annotations

import re
from functools import lru_cache

from safepage.gate.contacts.reading import BLOCK, Found, Reading, fold
from safepage.page.grammar import PLACEHOLDER

_NUMBER = re.compile(
    r"(?<![\d.,])(?:\d{3,6}|\d(?:[ .\-]\d){2,5}|0\d{2,3} \d{1,3}|\d{3} \d{3}|\d\d \d|\d \d\d)"
    r"(?![\d]|[.,]\d| \d|[\-–]\d)"
)
_PAGE = re.compile(r"(?:\.\./)*[\w-]{1,60}\.md(?:#[\w-]{0,60})?")
_PLACE = re.compile(
    r"[a-z0-9]{1,30}(?:\.[a-z0-9]{1,30}){0,2}\.(?:phone|chat|email|website|address|name|note)"
)
_AMOUNT = re.compile(r"(?<!\d)\d{1,3}(?:[ .,'’]\d{3})+(?!\d)")

__all__ = ["Found", "describe", "find", "fold", "numbers"]


def describe(found: Found) -> tuple[str, str]:
    """A found contact as a refusal: what is wrong and why it matters to a reader, and what to do."""
    todo = "write {{ its.name }} here, and the contact itself in docs/contacts.yml"
    shown = " ".join(found.text.split())
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    if found.kind == "marked":
        what = f"a hidden mark stands between the digits of “{shown}”: readers would see another number"
        return what, "type the number anew; if nobody dials it, without the mark"
    if found.kind == "short":
        what = f"the short number “{shown}” is written out: a wrong digit would leave a caller alone"
        counted = (
            "if nobody dials it, write the figure that the source has, then what it counts (“112 victims”)"
        )
        return what, f"write {{{{ emergency.phone }}}} or the like; {counted}"
    if found.kind == "phone":
        what = f"the phone number “{shown}” is written out: a wrong digit would lead a reader to a stranger"
        return what, f"{todo}; if it is no phone number, write its unit or “, ” between the figures"
    if found.kind == "bank":
        return f"“{shown}” is a bank account: money could go to a stranger", "take it out"
    if found.kind == "email":
        what = f"“{shown}” is an e-mail address or account: a wrong letter would reach a stranger"
        return what, todo
    if found.kind == "account":
        what = f"“{shown}” is the name of an account: someone else could be behind it"
        return what, f"{todo}; if it is no account, write it as part of a sentence"
    if _PAGE.fullmatch(found.text):
        what = f"the page’s name “{shown}” stands in the text: readers would see it, and no link"
        return what, f"write [words]({shown}), without a space between ] and ("
    if _PLACE.fullmatch(found.text):
        what = f"“{shown}” is an outside address, or a placeholder without its braces"
        return what, f"write it as {{{{ {shown} }}}}, if docs/contacts.yml has it"
    what = f"“{shown}” is an outside address: a reader could be led to a harmful site"
    return what, f"{todo}; if it is no address, put a space after the full stop"


@lru_cache(maxsize=128)  # one source page is compared with many translations
def numbers(text: str) -> frozenset[str]:
    """Every number of three to six digits in a text, as digits: what a translation of it may hold."""
    plain = PLACEHOLDER.sub(BLOCK, fold(text)[0])
    whole = {re.sub(r"\D", "", match[0]) for match in _NUMBER.finditer(plain)}
    amounts = {re.sub(r"\D", "", amount) for amount in _AMOUNT.findall(plain)}
    return frozenset(whole | amounts | set(re.findall(r"\d{3,6}", plain)))


def find(text: str, country: str, known: frozenset[str] | None = None) -> list[Found]:
    """Every contact in a plain text, in the order of its kinds.

    In: the text, with `{{ placeholders }}` still unfilled; the country whose numbers are dialled without a
    prefix (ISO 3166-1, two capital letters); `known`, the numbers of the page that it translates, so that a
    short number with a changed digit is seen. Dates, times, years, amounts, numbers of laws
    and what is counted are no contacts.
    """
    return list(_found(text, country, known))


@lru_cache(maxsize=4096)  # serving looks at the same paragraphs again and again
def _found(text: str, country: str, known: frozenset[str] | None) -> tuple[Found, ...]:
    # The tables of phone numbers and addresses take a third of a second: only who looks for some pays.
    from safepage.gate.contacts.accounts import find_accounts
    from safepage.gate.contacts.phones import find_numbers
    from safepage.gate.contacts.webaddresses import find_addresses, find_emails

    reading = Reading(text)
    find_emails(reading)
    find_accounts(reading)
    find_addresses(reading)
    find_numbers(reading, known, country)
    return tuple(reading.found)
