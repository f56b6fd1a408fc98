"""Numbers written without digits, or with letters for some, read as the digits that they stand for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from safepage.gate.contacts.wording import WORD, WORDING, small

# Letters that pass for digits, in Latin, Greek and Cyrillic.
_ALIKE = {c: digit for digit, chars in {"0": "OoОоΟοØ", "1": "IilІіΙιӀ|ı", "2": "Zz", "3": "ЗзƷ", "5": "SsЅѕ",
          "6": "б", "8": "BВв", "9": "gq"}.items() for c in chars}  # fmt: skip
_TOKEN = re.compile(r"[^\W_]+")
_AMONG = re.compile(r"[OОΟIІΙlSB]{1,3}")  # a group of letters alone, between groups of digits
_BEGUN = re.compile(r"(?<!\d)(?:0\d{1,3}|\+\d{2,3})[\s,;]+[^\W\d_]")  # an area's digits, and a word
_LINK = re.compile(r"(?<=\d)[,;]?\s(?:[^\W\d_]{1,12},?\s){1,3}(?!(?:19|20)\d\d(?!\d))(?=\d)")
_AND = frozenset(
    ("and", "at", "the", "en", "tot", "et", "und", "y", "e", "i", "na", "și", "и", "і", "ve", "và", "و")
)
_ORDER = frozenset(
    (
        *(
            "then",
            "next",
            "finally",
            "last",
            "dan",
            "daarna",
            "vervolgens",
            "slot",
            "puis",
            "ensuite",
            "enfin",
        ),
        *("dann", "danach", "zuletzt", "luego", "después", "depois", "então", "potem", "następnie", "końcu"),
        *("apoi", "după", "после", "потім", "далі", "sonra", "rồi", "sau", "đó", "ثم"),
    )
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_LETTERS = re.compile(r"(?<!\w)(?!III\b)[Il][IO][IlO](?!\w)")  # IOI, IIO: also without a digit
_ROMAN_ROW = re.compile(r"[IVX]\W{1,4}[IVX]")
_DIGIT = re.compile(r"\d")
_MANY = 5  # number words in a row that can't be counting


@dataclass
class _Token:
    """A word or a group of digits, its place, and the digits that it may stand for."""

    start: int
    end: int
    text: str
    digits: str = ""


@dataclass
class Respelt:
    """A text with digits for what stood for them, its places in the original, and rows of number words."""

    plain: str
    places: Sequence[int]
    rows: list[tuple[int, int]] = field(default_factory=list)  # long rows of words, which nobody counts by


def letters_for_digits(plain: str, places: Sequence[int]) -> Respelt | None:
    """“O2O 79II 64 65” as “020 7911 64 65”; None if no group of digits holds such a letter."""
    if not _DIGIT.search(plain) and not _LETTERS.search(plain):
        return None
    tokens = [_Token(*match.span(), match[0]) for match in _TOKEN.finditer(plain)]
    for token in tokens:
        if token.text.isdigit():
            token.digits = token.text
        elif any(c.isdigit() for c in token.text) and all(c.isdigit() or c in _ALIKE for c in token.text):
            token.digits = "".join(_ALIKE.get(c, c) for c in token.text)
        elif _LETTERS.fullmatch(token.text):
            token.digits = "".join(_ALIKE[c] for c in token.text)
    known = [bool(token.digits) for token in tokens]
    for at, token in enumerate(tokens):
        beside = [
            n for n in (at - 1, at + 1) if 0 <= n < len(tokens) and known[n] and _near(tokens, at, n, plain)
        ]
        if not token.digits and beside and _AMONG.fullmatch(token.text):
            token.digits = "".join(_ALIKE[c] for c in token.text)
    changed = [token for token in tokens if token.digits and not token.text.isdigit()]
    return _replaced(plain, places, changed) if changed else None


def linked(plain: str, places: Sequence[int]) -> Respelt | None:
    """“020, and then 7946 0018” as “020 7946 0018”, where words tell the order of a number's parts."""
    if not _BEGUN.search(plain):
        return None
    pieces: list[str] = []
    where: list[int] = []
    last, ordered = 0, False
    for match in _LINK.finditer(plain):
        words = set(map(small, WORD.findall(match[0])))
        if words <= _AND | _ORDER:
            ordered = ordered or bool(words & _ORDER)
            pieces += [plain[last : match.start()], " "]
            where += [*places[last : match.start()], places[match.start()]]
            last = match.end()
    return Respelt("".join([*pieces, plain[last:]]), [*where, *places[last:]]) if ordered else None


def is_number_word(text: str) -> bool:
    """True for a text of one number word in any language: “Seven.”"""
    words = WORD.findall(text)
    return 0 < len(words) < 4 and any(
        numbers.get(" ".join(map(small, words)), -1) >= 0 for numbers in WORDING.numbers
    )


def _near(tokens: Sequence[_Token], one: int, other: int, plain: str) -> bool:
    first, second = tokens[min(one, other)], tokens[max(one, other)]
    between = plain[first.end : second.start]
    return 0 < len(between) <= 2 and not re.search(r"[;:!?]|[.,] ", between)


def roman(plain: str, places: Sequence[int]) -> Respelt | None:
    """“I I II” as “1 1 2”: three Roman numbers or more in a row that don't count up."""
    if not _ROMAN_ROW.search(plain):
        return None
    tokens = [_Token(*match.span(), match[0]) for match in _TOKEN.finditer(plain)]
    changed: list[_Token] = []
    for row in _rows([t if t.text in _ROMAN else None for t in tokens], plain):
        values = [_ROMAN[token.text] for token in row]
        if len(row) >= 3 and not all(b > a for a, b in pairwise(values)):
            for token in row:
                token.digits = str(_ROMAN[token.text])
            changed += row
    return _replaced(plain, places, changed) if changed else None


def words_for_digits(plain: str, places: Sequence[int]) -> Respelt | None:
    """“zero two five eleven” as “0 2 5 11”: number words of one language in a row, or beside digits."""
    words = [small(word) for word in _TOKEN.findall(plain)]
    known = frozenset(words)
    tokens: list[_Token] = []
    best: list[_Token] = []
    for numbers, parts in zip(WORDING.numbers, WORDING.parts, strict=True):
        if parts.isdisjoint(known) or not _may_spell(words, numbers, parts):
            continue
        tokens = tokens or [_Token(*match.span(), small(match[0])) for match in _TOKEN.finditer(plain)]
        changed = list(_spelt_rows(tokens, numbers, parts, plain))
        if sum(len(token.digits) for token in changed) > sum(len(token.digits) for token in best):
            best = changed
    return _replaced(plain, places, best) if best else None


def _may_spell(words: Sequence[str], numbers: Mapping[str, int], parts: Collection[str]) -> bool:
    """False if every number word stands alone and is at most a hundred: `_spelt_rows` has none of these.

    A number of several words, or with another or a digit beside it, has one of the `parts` or a digit beside.
    """
    padded = ["", *words, ""]
    return any(
        numbers.get(word, 0) > 100
        or any(other in parts or other.isdigit() for other in (padded[at], padded[at + 2]))
        for at, word in enumerate(words)
        if word in parts and numbers.get(word) != -1
    )


def _spelt_rows(
    tokens: Sequence[_Token], numbers: Mapping[str, int], parts: Collection[str], plain: str
) -> Iterator[_Token]:
    """The number words of a language that stand in a row, each row's with the digits that it means."""
    read: list[_Token | None] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        few = [token.text for token in tokens[at : at + 4]] if token.text in parts else []
        length = next((n for n in range(len(few), 0, -1) if " ".join(few[:n]) in numbers), 0)
        if length:
            read.append(_Token(token.start, tokens[at + length - 1].end, " ".join(few[:length])))
        else:
            read.append(token if token.text.isdigit() else None)
        at += length or 1
    for row in _rows(read, plain):
        while row and numbers.get(row[-1].text) == -1:
            row.pop()
        while row and numbers.get(row[0].text) == -1:
            row.pop(0)
        spelt = [token for token in row if not token.text.isdigit()]
        mixed = len(spelt) < len(row)
        alone = len(spelt) == 1 and numbers[spelt[0].text] <= 100
        if not spelt or (alone and (not mixed or numbers[spelt[0].text] in (1, 5, 10, 100))):
            continue  # “one 112 call”, “on 112” (ten in Turkish), “năm 2015” (five in Vietnamese)
        yield from _summed(row, numbers)


def _summed(row: Sequence[_Token], numbers: Mapping[str, int]) -> Iterator[_Token]:
    """Tens and ones that follow each other as one number: “sixty four”, “cent douze”, “soixante et onze”."""
    whole: _Token | None = None
    value = room = 0
    joined = False
    for token in row:
        number = numbers.get(token.text)
        if number == -1:
            joined = whole is not None
            continue
        if number is None:
            if whole:
                yield _ended(whole, value)
            whole = None
            joined = False
            continue
        if whole is not None and number == 100 and 1 <= value <= 9:
            value, room = value * 100, 100
            whole.end = token.end
        elif whole is not None and number == 20 and value == 4:  # quatre-vingt
            value, room = 80, 20
            whole.end = token.end
        elif whole is not None and number >= 20 and number % 10 == 0 and joined and value < 10:  # أربعة وستون
            value, room = value + number, 0
            whole.end = token.end
        elif whole is not None and 0 < number < room:
            value, room = value + number, 10 if number >= 20 else 0
            whole.end = token.end
        else:
            if whole:
                yield _ended(whole, value)
            whole, value = _Token(token.start, token.end, token.text), number
            room = (
                100
                if number and number % 100 == 0
                else 20
                if number in (60, 80)
                else 10
                if number >= 20
                else 0
            )
        joined = False
    if whole:
        yield _ended(whole, value)


def _ended(token: _Token, value: int) -> _Token:
    token.digits = str(value)
    return token


def _rows(tokens: Sequence[_Token | None], plain: str) -> Iterator[list[_Token]]:
    """Tokens that follow each other with nothing but a few signs between."""
    row: list[_Token] = []
    for token in [*tokens, None]:
        between = plain[row[-1].end : token.start] if row and token else ""
        if row and (token is None or len(between) > 4 or re.search(r"[;!?]|[.:] ", between)):
            yield row
            row = []
        if token is not None:
            row.append(token)


def _replaced(plain: str, places: Sequence[int], tokens: Sequence[_Token]) -> Respelt:
    pieces: list[str] = []
    where: list[int] = []
    rows: list[tuple[int, int]] = []
    last = run = start = 0
    ended = -9
    for token in tokens:
        pieces.append(plain[last : token.start])
        where += places[last : token.start]
        run, start = (run + 1, start) if token.start - ended <= 4 else (1, len(where))
        pieces.append(token.digits)
        where += [places[token.start]] * len(token.digits)
        last = ended = token.end
        if run >= _MANY and WORD.match(token.text):
            if rows and rows[-1][0] == start:
                rows.pop()
            rows.append((start, len(where)))
    pieces.append(plain[last:])
    where += places[last:]
    return Respelt("".join(pieces), where, rows)
