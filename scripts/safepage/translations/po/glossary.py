"""The terms of a language's glossary, where a text has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from safepage.page import yaml_text
from safepage.translations.catalogue import Catalogue

_ASIDE = re.compile(r"\([^()]*\)|“[^”]*”")
_ALONE = re.compile(r"\(alone\b[^()]*\)")
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\uffff]")  # no space parts words
_SHORT = 4  # letters
_TO = re.compile(r"^(?:to|the|a|an)\s+")


@dataclass(frozen=True)
class Term:
    """A term of the source, `word`, and the words that the language's glossary has for it.

    `pattern` finds it in the source's words; `avoided` finds words to avoid in a translation (None: there are
    none); `avoid` is all that the glossary says of these.
    """

    word: str
    use: str
    avoid: str
    pattern: re.Pattern[str]
    avoided: re.Pattern[str] | None

    @property
    def note(self) -> str:
        """All of it in one line."""
        return " ".join(f"{self.word} = {self.use}{f'; not: {self.avoid}' * bool(self.avoid)}".split())


def terms(site: Catalogue, locale: str) -> list[Term]:
    """The terms that both glossaries have. Raises Faulty if one can't be read."""
    source, ours = _read(site, site.source), _read(site, locale)
    found = []
    for key, entry in source.items():
        own = ours.get(key)
        words = list(_words(str(entry.get("use", "")))) if isinstance(entry, dict) else []
        if not words or not isinstance(own, dict) or not own.get("use"):
            continue
        use, avoid = str(own["use"]), str(own.get("avoid") or "")
        found.append(Term(words[0], use, avoid, _beginning(words), _wrong(avoid)))
    return found


def _read(site: Catalogue, locale: str) -> dict[str, Any]:
    path = f"docs/{locale}/glossary.yml"
    text = site.read(path)
    return {} if text is None else yaml_text.load(text, path)[0]


def _beginning(words: Iterable[str]) -> re.Pattern[str]:
    """Finds words that begin as these do: a term in the plural, too."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\w*", re.IGNORECASE)


def _wrong(avoid: str) -> re.Pattern[str] | None:
    """Finds the words to avoid; none of which the glossary says that it is wrong “alone”: nobody can tell."""
    parts = re.split(r"[,;،、，]", _ASIDE.sub("", _ALONE.sub(" alone", avoid)))
    words = [" ".join(part.split()) for part in parts]
    patterns = [_anyhow(word) for word in words if len(word) > 1 and not word.endswith(" alone")]
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def _anyhow(word: str) -> str:
    """A word in its forms; a short one as it is, since many others begin so."""
    if _UNSPACED.match(word):
        return re.escape(word)
    return rf"\b{re.escape(word)}" + (r"\w*" if len(word) > _SHORT else r"\b")


def _words(use: str) -> list[str]:
    """The terms of “exploitation, to exploit”; what stands in brackets is a remark."""
    parts = re.split(r"[,;]", _ASIDE.sub("", use))
    plain = [_TO.sub("", part.strip()) for part in parts if not re.search(r"\bpages?\b|\bon\b", part)]
    return [part for part in plain if len(part) > 2]
