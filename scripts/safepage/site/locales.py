"""What a language tag says about a language: is it valid, can we serve it, its direction, its own name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from langcodes import Language, standardize_tag
from langcodes.registry_parser import parse_registry

if TYPE_CHECKING:  # Babel takes a tenth of a second: only who needs it pays
    from babel import Locale

# Scripts written from right to left, with letters of living use (Unicode, UAX #9 and ScriptMetadata).
RTL_SCRIPTS = frozenset(
    ("Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Syre", "Syrn", "Thaa")
)
# Scripts whose languages write a menu entry with a capital; Georgian has capitals but not for this.
_CASED_SCRIPTS = frozenset(("Latn", "Cyrl", "Grek", "Armn"))
_FEW = 2  # languages of which all is kept that CLDR says
# A language (ISO 639; none of those that stand for no language), then a script, then a country or region.
_SERVED = re.compile(r"(?!und|mis|mul|zxx|q[a-t][a-z])[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-\d{3})?")


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

    A tag must be valid (IANA registry) and in use, spelt as BCP 47 spells it, and of a form that the build
    serves: a language, perhaps a script, perhaps a country.
    """
    right = spelling(tag)
    if not valid(right):
        return f"“{tag}” is not a known language tag (examples: ro, pt-BR, zh-Hant){_instead(tag)}"
    if old := [part for part in right.split("-") if part in withdrawn()]:
        return f"“{old[0]}” has been withdrawn{_instead(tag)}"
    if not _SERVED.fullmatch(right):
        return (
            f"“{tag}” is a valid tag, but the site serves a language, with a script or a country at most"
            f" (so, ckb, pt-BR, zh-Hant){_instead(tag)}"
        )
    return None if tag == right else f"“{tag}” is spelt “{right}”"


def _instead(tag: str) -> str:
    """What to write for a tag of another list, or one that has been withdrawn: “; use “he””."""
    try:
        right = standardize_tag(tag)
    except ValueError:
        return ""
    return f"; use “{right}”" if right != spelling(tag) and _SERVED.fullmatch(right) and valid(right) else ""


@cache
def withdrawn() -> frozenset[str]:
    """The subtags of languages and countries that IANA's registry keeps for old texts alone."""
    return frozenset(
        str(entry["Subtag"])
        for entry in parse_registry()  # type: ignore[no-untyped-call]
        if "Deprecated" in entry and entry["Type"] in ("language", "region")
    )


@cache
def direction(tag: str) -> str:
    """`"rtl"` or `"ltr"`, from the script that the tag names or that its language is mostly written in.

    Raises ValueError for text that is no BCP 47 tag.
    """
    return "rtl" if _script(tag) in RTL_SCRIPTS else "ltr"


@cache
def autonym(tag: str) -> str:
    """The language's name in the language itself, from Unicode's CLDR: `pt-BR` → `Português (Brasil)`.

    The tag itself where CLDR has no name. One with a capital of its own (isiZulu) gets no other.
    """
    name = name_in(tag, tag)
    if not name:
        return tag
    cased = _script(tag) in _CASED_SCRIPTS and name.split()[0].islower()
    return name[0].upper() + name[1:] if cased else name


@cache
def name_in(tag: str, reader: str) -> str | None:
    """What a language is called in the reader's, from CLDR: ("en", "fr") gives "anglais"; None if unknown."""
    language, theirs = cldr(tag), cldr(reader)
    if language is None or theirs is None:
        return None
    if "-" in tag:
        return language.get_display_name(theirs)
    # Some that have a tag of their own are kept there with a country's: `prs` is a Persian of one country.
    names = _names(reader)
    return names.get(str(language)) or names.get(language.language)


def meant(written: str, readers: Iterable[str]) -> str:
    """The tag of a language whose name somebody wrote, in English or one of these; "" if there is none."""
    wanted = written.strip().casefold()
    for reader in ("en", *readers):
        for tag, name in _names(reader).items():
            if name.casefold() == wanted:
                return tag.replace("_", "-")
    return ""


@cache
def _names(reader: str) -> dict[str, str]:
    """What the languages are called in the reader's, apart from all else that CLDR says of that."""
    from babel.localedata import load

    theirs = cldr(reader)
    # `theirs.languages` would tie all that into a knot, which is memory until it is looked for.
    return dict(load(str(theirs))["languages"]) if theirs else {}


def either(parts: Sequence[str], tag: str) -> str:
    """ "A, B or C" in a language; "A / B / C" where CLDR has no word for “or” in it but the English one."""
    from babel.lists import format_list

    known = cldr("en-GB" if tag == "en" else tag)
    if known is None or (known.language != "en" and " or " in known.list_patterns["or"]["2"]):
        return " / ".join(parts)
    return format_list(parts, style="or", locale=known)


@lru_cache(maxsize=_FEW)
def cldr(tag: str) -> Locale | None:
    """What Unicode's CLDR knows of a language: its dates, lists and names; None where it knows nothing."""
    from babel import Locale, UnknownLocaleError, localedata

    # Babel keeps whatever it has read, a megabyte for each language and what that goes back to.
    if len(localedata._cache) > 2 * _FEW:
        localedata._cache.clear()
    try:
        found = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        try:
            found = Locale.parse(standardize_tag(tag), sep="-")
        except (UnknownLocaleError, ValueError):
            return None
    # It answers for Kurdish in Arabic letters with Kurdish in Latin ones.
    return found if Language.get(tag).script in (None, _script(str(found).replace("_", "-"))) else None


@cache
def _script(tag: str) -> str | None:
    """The script that a tag names, or in which its language is mostly written there; None if unknown."""
    from babel.core import get_global

    likely = get_global("likely_subtags")
    for form in (tag, standardize_tag(tag, macro=True)):
        language = Language.get(form)
        if language.script:
            return language.script
        for key in (f"{language.language}_{language.territory}", str(language.language)):
            if key in likely:
                return str(likely[key]).split("_")[1]
    return None
