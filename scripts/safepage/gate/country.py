"""What is asked of a country: its name as messages put it, and which numbers are dialled in it alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import phonenumbers
from phonenumbers import shortnumberinfo
from phonenumbers.phonemetadata import PhoneMetadata

_WITH_ARTICLE = re.compile(
    r"\b(?:\w+lands|Isle|Kingdom|States|Republic|Emirates|Territor(?:y|ies))\b|\A\w+(?:ines|dives|amas)\Z"
)


def known(code: str) -> bool:
    """True for the code of a country (ISO 3166-1, two capital letters) whose phone numbers are known."""
    return code in phonenumbers.SUPPORTED_REGIONS


@cache
def name(code: str) -> str:
    """A known country in an English sentence, with the article that some have."""
    from babel import Locale  # which takes a tenth of a second: only who needs it pays

    found = str(Locale("en").territories[code])
    return f"the {found}" if _WITH_ARTICLE.search(found) else found


def meant(written: str, languages: Iterable[str]) -> str:
    """The code of the country that somebody may have meant: "nl", "NLD", "Nederland"; "" if there is none.

    In: what was written; the tags of languages in which it may be a country's name.
    """
    from babel.core import get_global

    wanted = written.strip()
    upper = wanted.upper()
    for code in map(str, (upper, *get_global("territory_aliases").get(upper, ()))):
        if known(code):
            return code
    for tag in ("en", *languages):
        for code in sorted(phonenumbers.SUPPORTED_REGIONS):
            if _names(tag).get(code, "").casefold() == wanted.casefold():
                return code
    return ""


@cache
def _names(tag: str) -> dict[str, str]:
    """The names of countries in a language; none in one that nobody knows."""
    from babel import Locale, UnknownLocaleError

    try:
        return {str(code): str(name) for code, name in Locale.parse(tag, sep="-").territories.items()}
    except (UnknownLocaleError, ValueError):
        return {}


def emergency(code: str) -> list[str]:
    """Every number that reaches an emergency service in the country, the police or another."""
    known: Any = PhoneMetadata.short_metadata_for_region(code)
    if not known or not known.emergency:
        return []
    lengths, pattern = known.emergency.possible_length, known.emergency.national_number_pattern
    numbers = (f"{number:0{length}}" for length in lengths for number in range(10**length))
    return [number for number in numbers if re.fullmatch(pattern, number)]


def is_emergency(digits: str, code: str) -> bool:
    """True for a number that reaches an emergency service in the country."""
    return bool(shortnumberinfo.is_emergency_number(digits, code))
