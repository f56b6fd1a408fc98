"""The words of wording.yml, by which a number that is dialled is told from one that counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from safepage.gate.contacts.reading import fold

# A vowel of an Indian script that follows its letter is no letter to Python.
_VOWELS = "".join(
    f"{chr(block + 3)}{chr(block + 0x3E)}-{chr(block + 0x4C)}" for block in range(0x900, 0xD00, 0x80)
)
WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_VOWELS}])*")
_LISTS = (
    *("call", "noun", "late", "send", "phone", "danger", "by", "fill", "on", "after", "count"),
    *("us", "as", "account"),
)
Phrases = Mapping[str, Sequence[tuple[str, ...]]]  # the last word of each phrase, and its words


@dataclass(frozen=True)
class Wording:
    """All languages' words of one kind together; number words for each language by itself."""

    phrases: Mapping[str, Phrases]
    numbers: Sequence[Mapping[str, int]]
    stems: tuple[str, ...]  # of words that are counted, in languages that inflect them
    parts: Sequence[frozenset[str]]  # of each language's number words, each word

    def ends(self, kind: str, words: Sequence[str], end: int) -> int:
        """How many words before place `end` make up a phrase of that kind; 0 if none does."""
        if end < 1:
            return 0
        fitting = self.phrases[kind].get(words[end - 1], ())
        return max((len(p) for p in fitting if tuple(words[max(0, end - len(p)) : end]) == p), default=0)


def _read() -> Wording:
    file = Path(__file__).with_name("wording.yml")
    languages: dict[str, dict[str, Any]] = yaml.load(
        # Texts alone: “on”, “no” and “null” are words here.
        file.read_text(encoding="utf-8"),
        Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader),  # noqa: S506 (makes no objects)
    )
    phrases = {
        kind: _phrases(entry for words in languages.values() for entry in words.get(kind, "").split())
        for kind in _LISTS
    }
    for last in phrases["on"]:  # “number” alone is also that of a law
        phrases["phone"][last] = [phrase for phrase in phrases["phone"].get(last, ()) if len(phrase) > 1]
    stems = tuple({fold(stem)[0] for words in languages.values() for stem in words.get("stems", "").split()})
    numbers = [_numbers(words) for words in languages.values() if "digits" in words]
    return Wording(
        phrases, numbers, stems, [frozenset(w for n in all_ for w in n.split()) for all_ in numbers]
    )


def _phrases(entries: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries:
        for form in {words_of(entry), words_of(plainly(entry))}:
            if form:
                found.setdefault(form[-1], []).append(form)
    return found


def _numbers(words: Mapping[str, Any]) -> dict[str, int]:
    """Number words of a language: “seven” 7, “vierenzestig” 64, “hundred” 100, “and” -1."""
    units, found = _values(words["digits"], 0, 1), _values(words["teens"], 10, 1)
    tens, hundred = _values(words["tens"], 20, 10), _values([words["hundred"]], 100, 0)
    if "joined" in words:
        link = words["joined"]
        for ten, value in tens.items():
            for unit, more in units.items():
                found[unit + link + ten if link else ten + unit] = value + more
                found[unit + "ën" + ten] = value + more
        below = {**units, **found, **tens, "": 0}
        for name in hundred:
            for unit, value in {**units, "": 1}.items():
                for rest, more in below.items():
                    found |= {
                        unit + name + rest: value * 100 + more,
                        unit + name + link + rest: value * 100 + more,
                    }
    found |= units | tens | hundred | _values(words.get("hundreds", []), 200, 100)
    found |= _values([words.get("and", "")], -1, 0)
    return found


def _values(entries: Sequence[str], first: int, step: int) -> dict[str, int]:
    """Each form of each word, as it is read, with its value."""
    return {
        " ".join(words_of(form)): first + step * place
        for place, entry in enumerate(entries)
        for form in entry.split()
    }


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, as it is read."""
    return tuple(small(word) for word in WORD.findall(fold(text)[0]))


def small(word: str) -> str:
    """A word in small letters, also where İ would become two."""
    return word.replace("İ", "i").lower()


def plainly(word: str) -> str:
    """A word without its accents, as people type it in haste: “sună” gives “suna”."""
    marks = (c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", "".join(marks)).replace("ı", "i").replace("ł", "l")


WORDING = _read()  # of all languages; who looks for no contact never loads this module
