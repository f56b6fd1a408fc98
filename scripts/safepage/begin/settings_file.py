"""A begun site's mkdocs.yml: the pages and signs of the packed texts, and what was answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from safepage.begin.answers import Answers
from safepage.site import settings
from safepage.site.settings import Settings

_LONGEST = 100  # characters of a group that stands on one line


def text(answers: Answers, name: str, pages: Collection[str], packed: Settings) -> str:
    """The file. In: the answers, the site's name, its pages, and the settings that the texts came with."""
    exits = [f"{_scalar(tag)}: {_scalar(exit_)}" for tag, exit_ in answers.exits.items()]
    signs = [f"{_scalar(sign)}: {_scalar(icon)}" for sign, icon in packed.get(*settings.PICTOGRAMS).items()]
    lines = [
        "# The site on one screen: its name, its pages, where its exit leads, its signs, its languages.",
        f"site_name: {_scalar(name)}",
        f"site_url: {_scalar(answers.address)}",
        f"repo_url: {_scalar(answers.repository)}",
        "theme: safepage",
        "",
        "nav: # the pages of the main menu, then the groups at the foot (named by menu_… in interface.yml)",
        *_menu(packed.get("nav"), pages),
        "",
        "plugins:",
        "  - safepage:",
        f"      country: {_scalar(answers.country)} # whose phone numbers stand in docs/contacts.yml",
        '      exit: # where "Leave this site" leads, by language: a neutral page, likely in this country',
        *_below(exits),
        "      pictograms: # the sign's id and its icon, out of Material's",
        *_below(signs),
        "  - i18n:",
        "      languages:",
        *_languages(answers),
    ]
    return "\n".join([*lines, ""])


def _menu(nav: list[Any], pages: Collection[str]) -> Iterator[str]:
    """The lines of `nav` with these pages alone; a group of which none is left goes."""
    for item in nav:
        for group, found in item.items() if isinstance(item, dict) else ():
            kept = [page for page in found if page.removesuffix(".md") in pages]
            line = f"  - {group}: [{', '.join(kept)}]"
            if kept and len(line) <= _LONGEST:
                yield line
            elif kept:
                yield f"  - {group}:"
                yield from (f"      - {page}" for page in kept)
        if isinstance(item, str) and item.removesuffix(".md") in pages:
            yield f"  - {item}"


def _below(entries: list[str]) -> list[str]:
    return [f"        {entry}" for entry in entries]


def _languages(answers: Answers) -> Iterator[str]:
    for tag, name in answers.languages.items():
        default = "default: true, " if tag == answers.source else ""
        entry = f"locale: {settings.scalar(tag)}, name: {settings.scalar(name)}, {default}build: true"
        yield f"        - {{{entry}}}"


def _scalar(value: str) -> str:
    return settings.scalar(value, flow=False)
