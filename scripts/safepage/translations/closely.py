"""What a person should look at in a translation, since no machine can judge it: never a refusal.

“N’appelez pas le 112” is well-formed, has every contact in its place, and says the contrary of the English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from safepage.page import grammar, yaml_text
from safepage.page.grammar import PLACEHOLDER
from safepage.page.paragraphs import Paragraph, paragraphs
from safepage.page.plain_words import plain

_DATA = Path(__file__).with_name("negations.yml")
_NEGATIONS = yaml_text.load(_DATA.read_text(encoding="utf-8"), _DATA.name)[0]
# Vowels of Hindi, Bengali and Thai, which are no letters to Python.
_SIGNS = "".join(c for c in map(chr, range(0x300, 0x1100)) if unicodedata.category(c)[0] == "M")
_LETTERS = rf"(?:[^\W\d_][{_SIGNS}]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*")
# So many letters are a word where no spaces are: in Thai, and in Chinese.
_COUNTED = re.compile(rf"[\u0e00-\u0e7f]{{1,6}}|[\u3400-\u9fff]{{1,2}}|{_WORD.pattern}")
# Thai has no full stop: there a sentence ends with a contact, unless “and”, “if”, “only” or the like follows.
_GOES_ON = "และ|หรือ|แต่|ถ้า|หาก|เมื่อ|เฉพาะ|ก็|โดย|เว้น|ยกเว้น|หลัง|ก่อน"
_END = re.compile(rf"[.!?؟।۔…][\s”»\"')]+|[:;؛]\s|[。！？：；]|(?<=}}}}) (?!{_GOES_ON})(?=[\u0e00-\u0e7f])")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u0652]")
MAX_PARAGRAPHS = 400  # of a page; the longest of the site has a hundred
_LONGER = 2.2  # times as many words as English beside a contact, and _MORE; none of our pages has so many
_MORE = 6
_BESIDE = 6  # words shown before and after a contact


@dataclass(frozen=True)
class Look:
    """One thing to look at: the line of the translation, what it is, its words, and the source's."""

    line: int
    what: str
    ours: str
    theirs: str


def look(
    source: str, translation: str, locale: str, source_locale: str = "en", before: str | None = None
) -> list[Look]:
    """What stands in a translation and not in its source: negations, numbers, words beside contacts.

    In: both as the text of the whole file, and their languages. With `before`, the translation as it was,
    only paragraphs that changed are looked at, and all contacts in them are shown beside the source's.
    """
    ours, theirs = paragraphs(translation)[:MAX_PARAGRAPHS], paragraphs(source)[:MAX_PARAGRAPHS]
    was = None if before is None else {block.digest for block in paragraphs(before)}
    found: list[Look] = []
    every = was is not None or not negations(locale)
    there = _sections(theirs)
    for name, blocks in _sections(ours).items():
        twins = there.get(name, [])
        alike = [block.kind for block in blocks] == [twin.kind for twin in twins]
        whole = "\n".join(twin.text for twin in twins)
        more = _count(blocks, locale) > _count(twins, source_locale)
        for at, block in enumerate(blocks):
            if was is not None and block.digest in was:
                continue
            if alike:
                found += compare(block, twins[at], locale, source_locale, every=every)
                continue
            # Of another shape: what belongs to what, nobody can say.
            found += _negations(block, "" if more or was is not None else whole, locale, source_locale)
            found += _numbers(block, whole)
            found += _contacts(block, whole, every=every)
    return list(dict.fromkeys(found))


def compare(
    block: Paragraph, twin: Paragraph, locale: str, source_locale: str = "en", *, every: bool = False
) -> list[Look]:
    """The same of one paragraph, or word of the frame, beside its source; perhaps with `every` contact."""
    found = [*_negations(block, twin.text, locale, source_locale), *_numbers(block, twin.text)]
    found += _contacts(block, twin.text, every=every)
    if negations(locale) and _count([twin], source_locale) and not _count([block], locale):
        found.append(Look(block.line, "no negation", plain(block.text), plain(twin.text)))
    return found


def negations(locale: str) -> Mapping[str, Sequence[str]]:
    """The words of a language that turn a sentence round; empty where we know none."""
    data = _NEGATIONS
    found = data.get(locale) or data.get(locale.split("-")[0]) or {}
    if not found:
        found = next((entry for tag, entry in data.items() if tag.split("-")[0] == locale.split("-")[0]), {})
    return found


@lru_cache(maxsize=4_096)  # a sentence of the source is compared with many
def negated(text: str, locale: str) -> list[str]:
    """The words of a text that are negations in a language."""
    known = negations(locale)
    words, begins, ends = (tuple(known.get(key, ())) for key in ("words", "begins", "ends"))
    found = []
    text = _ARABIC_MARKS.sub("", unicodedata.normalize("NFC", text))
    for phrase in known.get("fine", ()):
        text = text.replace(phrase, " ")
    for shape in known.get("fine_shaped", ()):
        text = re.sub(shape, lambda match: match[1] if match.re.groups else " ", text)
    for match in _WORD.finditer(text):
        word = match[0].lower().replace("i̇", "i")
        shaped = any(re.fullmatch(shape, word) for shape in known.get("shaped", ()))
        if shaped or word in words or word.startswith(begins) or word.endswith(ends):
            found.append(match[0])
    return [*found, *(part for part in known.get("inside", ()) if part in text)]


def _count(blocks: Sequence[Paragraph], locale: str) -> int:
    """How many sentences have a negation."""
    return sum(bool(negated(sentence, locale)) for block in blocks for sentence in _sentences(block.text))


def _sections(blocks: Sequence[Paragraph]) -> dict[str, list[Paragraph]]:
    name = ""
    found: dict[str, list[Paragraph]] = {}
    for block in blocks:
        if re.fullmatch(r"h[2-6]", block.kind):
            name = block.id or f"{name}+"
        found.setdefault(name, []).append(block)
    return found


@lru_cache(maxsize=8)  # a whole section is asked for with each of its paragraphs
def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _END.sub("\n", text).split("\n") if part.strip()]


def _negations(block: Paragraph, twin: str, locale: str, source_locale: str) -> Iterator[Look]:
    """Sentences with a negation beyond as many as the source has; beside a contact, each that it has not."""
    ours, theirs = _sentences(block.text), _sentences(twin)
    no = [sentence for sentence in ours if negated(sentence, locale)]
    not_there = [sentence for sentence in theirs if negated(sentence, source_locale)]
    if len(no) > len(not_there):
        one_by_one = len(ours) == len(theirs)
        for own, english in zip(ours, theirs if one_by_one else [twin] * len(ours), strict=True):
            found = negated(own, locale)
            if found and not (one_by_one and negated(english, source_locale)):
                yield Look(block.line, f"negation “{' '.join(found)}”", plain(own), plain(english))
    for sentence in no:
        for name in _names(sentence):
            twins = [s for s in theirs if name in _names(s)]
            if twins and not any(negated(s, source_locale) for s in twins):
                words = " ".join(negated(sentence, locale))
                yield Look(block.line, f"negation “{words}” beside {name}", plain(sentence), plain(twins[0]))


def _numbers(block: Paragraph, twin: str) -> Iterator[Look]:
    known = set(_digits(twin))
    for number in dict.fromkeys(_digits(block.text)):
        if number not in known:
            yield Look(block.line, f"number “{number}”", plain(block.text), plain(twin))


def _digits(text: str) -> list[str]:
    """The numbers of a text, in European digits."""
    text = "".join(str(unicodedata.digit(c, c)) if c.isdigit() else c for c in PLACEHOLDER.sub(" ", text))
    return _NUMBER.findall(re.sub(r"\]\([^()]*\)", "]", text))


def _contacts(block: Paragraph, twin: str, *, every: bool) -> Iterator[Look]:
    """Sentences with a contact that say much more than the source's; with `every`, all."""
    theirs = _sentences(twin)
    for sentence in _sentences(block.text):
        for name in _names(sentence):
            english = next((s for s in theirs if name in _names(s)), "")
            many, few = (len(_COUNTED.findall(PLACEHOLDER.sub(" ", text))) for text in (sentence, english))
            if every or many > _LONGER * few + _MORE:
                yield Look(
                    block.line, f"words beside {name}", _around(sentence, name), _around(english, name)
                )


def _names(text: str) -> Collection[str]:
    return grammar.names(text)


def _around(text: str, name: str) -> str:
    """Some words before and after a contact."""
    before, _, after = text.partition(grammar.spelt(name))
    left, right = plain(before).split(), plain(after).split()
    return " ".join((*left[-_BESIDE:], name if name in text else "", *right[:_BESIDE])).strip()
