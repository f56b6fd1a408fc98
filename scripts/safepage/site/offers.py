"""To whom a language of the site is offered: the tags that browsers ask with, by Unicode's language matching.

A page reads a tag from its end: `zh-hant-hk` is for whoever lists it, else `zh-hant`, else `zh`. So a link
says only where that goes wrong: `zh-tw` is for Traditional Chinese, `pt` for the only Portuguese there is.
"""

from __future__ import annotations

from functools import cache

from babel.core import get_global
from babel.localedata import locale_identifiers
from langcodes import tag_distance

from safepage.site.locales import valid, withdrawn

_SAME = (
    5  # Unicode's distance up to which two tags name one language: nb and no, tl and fil, but not de and lb
)
_READ = 10  # from here on the text is in a script or a language that the reader may not know


@cache
def asked(locales: tuple[str, ...]) -> dict[str, str]:
    """What else than its own tag each language of a site is for, with spaces between: {"pt-BR": "pt"}.

    At "" stands what is for none, though it begins like one: Traditional Chinese where there is but
    Simplified. Most languages have nothing to say.
    """
    found: dict[str, str] = {}
    claims: dict[str, str | None] = {tag.lower(): tag for tag in locales}
    for tag in _known(locales):
        best = min(locales, key=lambda own: tag_distance(tag, own))
        distance = tag_distance(tag, best)
        would = _looked_up(tag, claims)
        if would and tag_distance(tag, would) == distance < _READ:
            continue
        claim = best if distance < _READ else None
        if claim != would:
            claims[tag.lower()] = claim
            found[claim or ""] = f"{found.get(claim or '', '')} {tag.lower()}".strip()
    return found


def _looked_up(tag: str, claims: dict[str, str | None]) -> str | None:
    """The language that the page offers to who asks with a tag (RFC 4647, lookup)."""
    tag = tag.lower()
    while tag and tag not in claims:
        tag = tag.rpartition("-")[0]
    return claims.get(tag)


def _known(locales: tuple[str, ...]) -> list[str]:
    """The tags that browsers may ask for one of the languages with, the short ones first."""
    own = {tag.split("-")[0] for tag in locales}
    near = {name for name in _tags() if min(tag_distance(name, one) for one in own) <= _SAME}
    return sorted((tag for name in near for tag in _tags()[name]), key=lambda tag: (tag.count("-"), tag))


@cache
def _tags() -> dict[str, set[str]]:
    """By language: it alone, in each script that it has somewhere, and in each country that CLDR has it in.

    Beside CLDR's languages there are what old systems call them (`iw`), and what it has as another one's in a
    country (`prs`).
    """
    aliases = get_global("language_aliases")
    old = {tag for tag, now in aliases.items() if len(tag) == 2 or ("_" in now and tag not in withdrawn())}
    found = {tag: {tag} for tag in old if valid(tag)}
    for name in locale_identifiers():
        language, *rest = name.split("_")
        tags = found.setdefault(language, {language})
        country = next((part for part in rest if len(part) < 4), "")
        if country:
            tags.add(f"{language}-{country}")
            likely = get_global("likely_subtags").get(f"{language}_{country}")
            tags.update([f"{language}-{likely.split('_')[1]}"] if likely else [])
    return found
