"""What a language tag says about a language: is it valid, can we serve it, its direction, its own name."""

from __future__ import annotations

import re
from functools import cache

from langcodes import Language, standardize_tag

# Scripts written from right to left, with letters of living use (Unicode, UAX #9 and ScriptMetadata).
RTL_SCRIPTS = frozenset(
    ("Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Syre", "Syrn", "Thaa")
)
# Scripts whose languages write a menu entry with a capital; Georgian has capitals but not for this.
_CASED_SCRIPTS = frozenset(("Latn", "Cyrl", "Grek", "Armn"))
# What mkdocs-static-i18n takes as a locale: ISO 639-1, then script, then country.
_SERVED = re.compile(r"[a-z]{2}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


def spelling(tag: str) -> str:
    """The tag with the case and separators of BCP 47 (RFC 5646, section 2.1.1): `pt_br` → `pt-BR`.

    The language itself is left as it is (`tl` stays `tl`). Text that is no tag comes back unchanged.
    """
    parts = tag.strip().replace("_", "-").split("-")
    spelt = [parts[0].lower()]
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            spelt.append(part.title())
        elif len(part) == 2 and part.isalpha():
            spelt.append(part.upper())
        else:
            spelt.append(part.lower())
    return "-".join(spelt)


@cache
def valid(tag: str) -> bool:
    """True for a well-formed BCP 47 tag whose parts are all registered with IANA."""
    try:
        return Language.get(tag, normalize=False).is_valid() and bool(tag.strip())
    except ValueError:
        return False


def refusal(tag: str) -> str | None:
    """Why the site can't be given this language, in plain words without a full stop; None if it can.

    A tag must be valid (IANA registry), spelt as BCP 47 spells it, and of a form that the build serves:
    two letters, perhaps a script of four, perhaps a country of two.
    """
    right = spelling(tag)
    hint = ""
    try:
        short = standardize_tag(tag)
        if short != right and _SERVED.fullmatch(short) and valid(short):
            hint = f"; use “{short}”"
    except ValueError:
        pass
    if not valid(right):
        return f"“{tag}” is not a known language tag (examples: ro, pt-BR, zh-Hant){hint}"
    if tag != right:
        return f"“{tag}” is spelt “{right}”"
    if not _SERVED.fullmatch(tag):
        return (
            f"“{tag}” is a valid tag, but the build serves only two-letter languages,"
            f" with a script or a country at most (so, pt-BR, zh-Hant){hint}"
        )
    return None


@cache
def direction(tag: str) -> str:
    """`"rtl"` or `"ltr"`, from the script that the tag names or that its language is mostly written in.

    Raises ValueError for text that is no BCP 47 tag.
    """
    return "rtl" if _script(tag) in RTL_SCRIPTS else "ltr"


@cache
def autonym(tag: str) -> str:
    """The language's name in the language itself, from Unicode's CLDR: `pt-BR` → `Português (Brasil)`.

    The tag itself where CLDR has no name.
    """
    from babel import Locale, UnknownLocaleError  # Babel takes a tenth of a second: only who needs it pays

    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag
    name = locale.get_display_name(locale) if "-" in tag else locale.get_language_name(locale)
    if not name:
        return tag
    return name[0].upper() + name[1:] if _script(tag) in _CASED_SCRIPTS else name


def _script(tag: str) -> str | None:
    return Language.get(tag, normalize=False).maximize().script
