"""The terms of a language's glossary, where a text has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from safepage.page import yaml_text
from safepage.translations.catalogue import Catalogue

_ASIDE = re.compile(r"\([^()]*\)|“[^”]*”")
_TO = re.compile(r"^(?:to|the|a|an)\s+")


@dataclass(frozen=True)
class Term:
    """`pattern` finds it in the source's words; `note` is what the language's glossary says of it."""

    pattern: re.Pattern[str]
    note: str


def terms(site: Catalogue, locale: str) -> list[Term]:
    """The terms that both glossaries have. Raises Faulty if one can't be read."""
    source, ours = _read(site, site.source), _read(site, locale)
    found = []
    for key, entry in source.items():
        own = ours.get(key)
        words = list(_words(str(entry.get("use", "")))) if isinstance(entry, dict) else []
        if not words or not isinstance(own, dict) or not own.get("use"):
            continue
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
        avoid = f"; not: {own['avoid']}" if own.get("avoid") else ""
        found.append(Term(pattern, " ".join(f"{words[0]} = {own['use']}{avoid}".split())))
    return found


def _read(site: Catalogue, locale: str) -> dict[str, Any]:
    path = f"docs/{locale}/glossary.yml"
    text = site.read(path)
    return {} if text is None else yaml_text.load(text, path)[0]


def _words(use: str) -> list[str]:
    """The terms of “exploitation, to exploit”; what stands in brackets is a remark."""
    parts = re.split(r"[,;]", _ASIDE.sub("", use))
    plain = [_TO.sub("", part.strip()) for part in parts if not re.search(r"\bpages?\b|\bon\b", part)]
    return [part for part in plain if len(part) > 2]
