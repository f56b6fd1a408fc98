"""A phone number as a contact gives it: how it is shown, what a telephone dials, what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import phonenumbers
from babel import Locale
from phonenumbers import PhoneNumberFormat, PhoneNumberType, shortnumberinfo
from phonenumbers.shortnumberinfo import ShortNumberCost

from safepage.faults import printable, short
from safepage.gate.contacts.addresses import COUNTRY

Fix = tuple[str, str]
_EMERGENCY = "emergency.phone"
_OWN_ZERO = re.compile(r"((?:\+|00)\d{1,3})\(0\)")  # “+32 (0)2”: to be left out when dialled from abroad
_COUNTRY = str(Locale("en").territories[COUNTRY])


@cache
def problem(written: str, name: str = "") -> Fix | None:
    """What is wrong with a number and what to do; None if it can be dialled as it stands.

    In: the number as people write it (spaces of any kind, dots, slashes, dashes, brackets), and the name of
    the contact, since an emergency number must be one.
    """
    for char in _separated(written):
        if char.isdigit() and not char.isascii():
            return f"“{char}” in the number is a digit of another script", "write the digits 0 to 9"
        if not (char.isascii() and char.isdigit()) and char not in " -+":
            told = unicodedata.name(char, "an unknown sign").lower()
            what = f"“{printable(char)}” (U+{ord(char):04X}, {told}) is no part of a phone number"
            return what, "take it out, and leave the digits of one number"
    if _short(written):
        return _short_problem(written, name)
    number = _parsed(written)
    if number is None or not phonenumbers.is_valid_number(number):
        todo = "check it, and write one number as people dial it"
        return f"“{short(written)}” is not a valid number in {_COUNTRY}", todo
    if name == _EMERGENCY:
        return _no_emergency(written)
    if phonenumbers.number_type(number) == PhoneNumberType.PREMIUM_RATE:
        return _premium(written)
    shapes = {_digits(phonenumbers.format_number(number, shape)) for shape in _shapes(number)}
    if re.sub(r"^00", "+", _digits(written)) not in shapes:
        right = phonenumbers.format_number(number, _shapes(number)[0])
        return f"“{short(written)}” can't be dialled as it stands", f"write {right}, if that is the number"
    return None


@cache
def shown(written: str) -> str:
    """A number without a problem as pages show it: as it was written, or tidied if it has other signs."""
    plain = " ".join("".join(" " if _is_space(char) else char for char in written).split())
    if not re.sub(r"[0-9 ]", "", plain.removeprefix("+")):
        return plain
    if _short(written):
        return re.sub(r"\D+", " ", _separated(written)).strip()
    number = _parsed(written)
    assert number is not None
    abroad = _digits(written).startswith(("+", "00"))
    shape = PhoneNumberFormat.INTERNATIONAL if abroad else PhoneNumberFormat.NATIONAL
    return phonenumbers.format_number(number, shape)


@cache
def e164(written: str) -> str | None:
    """What a telephone dials: "+3225116464" for "02 511 64 64", "112" for a short number, None if invalid."""
    if problem(written):
        return None
    number = None if _short(written) else _parsed(written)
    if number is None:
        return _digits(written)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _is_space(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) == "Zs"


def _separated(written: str) -> str:
    """A number with a space for each sign that people put between digits."""
    text = re.sub(r"\s", " ", written.strip())
    text = "".join("-" if unicodedata.category(char) == "Pd" or char == "−" else char for char in text)
    return re.sub(r"[./()·]", " ", text)


def _digits(written: str) -> str:
    text = _OWN_ZERO.sub(r"\1", re.sub(r"[\s.\-/]", "", written))
    plus = "+" if text.lstrip("( ").startswith("+") else ""
    return plus + re.sub(r"[^0-9]", "", text)


def _parsed(written: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(_digits(written), COUNTRY)
    except phonenumbers.NumberParseException:
        return None


def _short(written: str) -> bool:
    """True for a number such as 112, that is dialled from within the country alone."""
    number = None if "+" in written else _parsed(written)
    return number is not None and shortnumberinfo.is_valid_short_number_for_region(number, COUNTRY)


def _shapes(number: phonenumbers.PhoneNumber) -> list[int]:
    home = number.country_code == phonenumbers.country_code_for_region(COUNTRY)
    return [PhoneNumberFormat.NATIONAL] * home + [PhoneNumberFormat.INTERNATIONAL]


def _short_problem(written: str, name: str) -> Fix | None:
    number = _parsed(written)
    if name == _EMERGENCY and not shortnumberinfo.is_emergency_number(_digits(written), COUNTRY):
        return _no_emergency(written)
    cost = number and shortnumberinfo.expected_cost_for_region(number, COUNTRY)
    return _premium(written) if cost == ShortNumberCost.PREMIUM_RATE else None


def _no_emergency(written: str) -> Fix:
    return f"“{short(written)}” is no emergency number in {_COUNTRY}", "write the one that helps in danger"


def _premium(written: str) -> Fix:
    what = f"“{short(written)}” is a number at a higher price"
    return what, "give one that everyone can afford to call"
