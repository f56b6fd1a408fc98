"""A phone number as a contact gives it: how it is shown, what a telephone dials, what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import phonenumbers
from phonenumbers import CountryCodeSource, PhoneNumberFormat, PhoneNumberType, shortnumberinfo
from phonenumbers.shortnumberinfo import ShortNumberCost

from safepage.faults import printable, short
from safepage.gate import country as countries

Fix = tuple[str, str]
_EMERGENCY = re.compile(r"emergency\.(?:.*\.)?phone")
BY_HAND = "if you have called it yourself or read it at its source, by_hand: true beside it accepts it"
_FROM_ABROAD = (CountryCodeSource.FROM_NUMBER_WITH_PLUS_SIGN, CountryCodeSource.FROM_NUMBER_WITH_IDD)
_OWN_ZERO = re.compile(r"((?:\+|00)\d{1,3})\(0\)")  # “+44 (0)20”: to be left out when dialled from abroad


@cache
def problem(written: str, country: str, name: str = "", *, by_hand: bool = False) -> Fix | None:
    """What is wrong with a number and what to do; None if it can be dialled as it stands.

    In: the number as people write it (spaces of any kind, dots, slashes, dashes, brackets), the country
    from within which it is dialled, the name of the contact, since an emergency number must be one, and
    whether somebody has checked by hand what no table knows.
    """
    for char in _separated(written):
        if char.isdigit() and not char.isascii():
            return f"“{char}” in the number is a digit of another script", "write the digits 0 to 9"
        if not (char.isascii() and char.isdigit()) and char not in " -+":
            told = unicodedata.name(char, "an unknown sign").lower()
            what = f"“{printable(char)}” (U+{ord(char):04X}, {told}) is no part of a phone number"
            return what, "take it out, and leave the digits of one number"
    if _short(written, country):
        return None if by_hand else _short_problem(written, country, name)
    number = _parsed(written, country)
    if by_hand and not (number and phonenumbers.is_valid_number(number)) and _is_whole(written):
        return None
    if number is None or not phonenumbers.is_valid_number(number):
        todo = f"check it, and write one number as people dial it; {BY_HAND}"
        return f"“{short(written)}” is not a valid number in {countries.name(country)}", todo
    if _EMERGENCY.fullmatch(name) and not by_hand:
        return _no_emergency(written, country)
    if phonenumbers.number_type(number) == PhoneNumberType.PREMIUM_RATE and not by_hand:
        return _premium(written)
    shapes = {_digits(phonenumbers.format_number(number, shape)) for shape in _shapes(number, country)}
    if _plain(written, number, country) not in shapes:
        right = phonenumbers.format_number(number, _shapes(number, country)[0])
        return f"“{short(written)}” can't be dialled as it stands", f"write {right}, if that is the number"
    return None


@cache
def shown(written: str, country: str) -> str:
    """A number without a problem as pages show it: as it was written, or tidied if it has other signs."""
    plain = " ".join("".join(" " if _is_space(char) else char for char in written).split())
    if not re.sub(r"[0-9 ]", "", plain.removeprefix("+")):
        return plain
    number = None if _short(written, country) else _parsed(written, country)
    if number is None or not phonenumbers.is_valid_number(number):
        return re.sub(r"\D+", " ", _separated(written)).strip()
    abroad = number.country_code_source in _FROM_ABROAD
    shape = PhoneNumberFormat.INTERNATIONAL if abroad else PhoneNumberFormat.NATIONAL
    return phonenumbers.format_number(number, shape)


@cache
def e164(written: str, country: str) -> str | None:
    """What a telephone dials: "+442079460018" for "020 7946 0018", "112" for a short one, None if invalid."""
    if problem(written, country):
        return None
    number = None if _short(written, country) else _parsed(written, country)
    if number is None:
        return _digits(written)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


@cache
def dialled(written: str, country: str) -> str:
    """What a telephone dials for a number that a contact has: one checked by hand as it stands."""
    return e164(written, country) or _digits(written)


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


def _parsed(written: str, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(_digits(written), country, keep_raw_input=True)
    except phonenumbers.NumberParseException:
        return None


def _is_whole(written: str) -> bool:
    """True for as many digits as one number can have (ITU-T E.164)."""
    return 2 <= len(_digits(written).removeprefix("+")) <= 15


def _short(written: str, country: str) -> bool:
    """True for a number such as 112, that is dialled from within the country alone."""
    number = None if "+" in written else _parsed(written, country)
    return number is not None and shortnumberinfo.is_valid_short_number_for_region(number, country)


def _plain(written: str, number: phonenumbers.PhoneNumber, country: str) -> str:
    """A number's digits as its shapes have them: from + where another way out of the country is dialled, and
    without the digit that may stand before a whole number of the country, as the 1 of North America."""
    digits = _digits(written)
    if number.country_code_source == CountryCodeSource.FROM_NUMBER_WITH_IDD:
        own = f"{number.country_code}{phonenumbers.national_significant_number(number)}"
        return "+" + digits[digits.find(own) :]
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    prefix = phonenumbers.ndd_prefix_for_region(country, True)
    return digits.removeprefix(prefix) if prefix and digits == prefix + _digits(national) else digits


def _shapes(number: phonenumbers.PhoneNumber, country: str) -> list[int]:
    home = number.country_code == phonenumbers.country_code_for_region(country)
    return [PhoneNumberFormat.NATIONAL] * home + [PhoneNumberFormat.INTERNATIONAL]


def _short_problem(written: str, country: str, name: str) -> Fix | None:
    number = _parsed(written, country)
    if _EMERGENCY.fullmatch(name) and not countries.is_emergency(_digits(written), country):
        return _no_emergency(written, country)
    cost = number and shortnumberinfo.expected_cost_for_region(number, country)
    return _premium(written) if cost == ShortNumberCost.PREMIUM_RATE else None


def _no_emergency(written: str, country: str) -> Fix:
    what = f"“{short(written)}” is no emergency number in {countries.name(country)}"
    return what, f"write the one that helps in danger; {BY_HAND}"


def _premium(written: str) -> Fix:
    what = f"“{short(written)}” is a number at a higher price"
    return what, f"give one that everyone can afford to call; {BY_HAND}"
