"""Numbers that nobody dials, known by their form: dates, times, amounts, laws, pages, sections, rates.

A text's digits are read in runs: groups of digits with a few signs between. A run is made of items, such as a
date, with signs between them that divide a list. How sure an item is decides what may stand around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from safepage.gate.contacts.reading import blocked, fold

CERTAIN = 3  # a date, a time, money: no number to dial, whatever the sentence says
STRONG = 2  # a month, a law: no number to dial unless the sentence says so
WEAK = 1  # whole numbers of a list, an amount: a number to dial can look the same

RUN = re.compile(r"(?:\(\s?)?(?:\+\s{0,2}\(?\s?)?\d(?:(?:[^\w¤]|_|(?<=\d)[xX×hu](?=\d)){0,4}\d)*")
YEAR = r"(?:19|20)\d\d"
ANY_YEAR = r"(?:19|20|1[34]|2[45])\d\d"  # also of the Persian, the Islamic and the Buddhist calendar
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_DASH = r"\s?[-‐‑–—−]\s?"
_TIME = r"(?:[01]?\d|2[0-4])\s?[:hu]\s?[0-5]\d(?:[:.][0-5]\d)?"
_CLOCK = r"(?:[01]?\d|2[0-4])(?:\.[0-5]\d)?"
_HOUR = r"\s?(?:h\b|u\b|uur\b|Uhr\b|ч\.|ч\b|год\b|год\.|giờ\b|godz|часа\b|часов\b|a\.?m\b|p\.?m\b|ώρα)"
_AMOUNT = r"[1-9]\d{0,2}(?:[ .,'’]\d{3}){1,4}(?:[.,]\d\d?)?|\d{1,6}(?:[.,]\d{1,3})?"
MONEY = (
    r"(?:€|£|\$|₺|₴|₫|%|‰|٪|°|EUR\b|[Ee]uros?\b|USD\b|PLN\b|zł|RON\b|лв|грн|R\$|TL\b|lei\b|"
    r"евро|євро|ευρώ|يورو|đồng|đ\b|km\b|kg\b|m²|m2\b|GB\b|MB\b|"
    r"₹|৳|₱|₽|avro\b|euró|eur[áa]?\b|lek[ëe]?\b|Ft\b|K[čc]\b|руб|CHF\b|Fr\.|[Kk]il[oó]|quilos?\b|chil[io]\b|км\b|кг\b|"
    + fold(
        "यूरो|रुपये|रुपए|ইউরো|টাকা|یورو|روپے|ریال|تومان|افغانی|ليرة|درهم|دينار|ยูโร|บาท|欧元|美元|人民币|元|"
        "किलो|किमी|কেজি|কিমি|কিলো|کیلو|کلو|كيلو|กิโล|กก|กม|公斤|公里"
    )[0]
    + ")"
)
_FORMS = (
    (CERTAIN, rf"{_DAY}([./\-])\s?{_MONTH}\1\s?{ANY_YEAR}(?:{_DASH}{_DAY}\1\s?{_MONTH}\1\s?{ANY_YEAR})?"),
    (CERTAIN, rf"{ANY_YEAR}([./\-])\s?{_MONTH}\1\s?{_DAY}"),
    (CERTAIN, rf"{_TIME}(?:{_DASH}(?:{_TIME}))?"),
    (CERTAIN, rf"(?:{_AMOUNT})(?:{_DASH}(?:{_AMOUNT}))?\s?{MONEY}"),
    (CERTAIN, r"(?:24\s?/\s?7|7\s?/\s?7|24\s?/\s?24)"),
    (CERTAIN, rf"{YEAR}(?:\s?[-‐‑–—−/]\s?{YEAR})?(?![/.]\d)"),
    (STRONG, rf"{_CLOCK}{_DASH}{_CLOCK}{_HOUR}"),
    (STRONG, rf"(?:[01]\d|2[0-4])[0-5]\d{_DASH}(?:[01]\d|2[0-4])[0-5]\d"),
    (STRONG, r"(?:[01]?\d|2[0-4])\.[0-5]\d\s?[-‐‑–—−]\s?(?:[01]?\d|2[0-4])\.[0-5]\d"),
    # 04.06.-07.06., 4.-7.6., 12/03 - 15/03, then perhaps the year
    (STRONG, rf"{_DAY}\.(?:{_MONTH}\.)?{_DASH}{_DAY}\.{_MONTH}\.(?:\s?{YEAR})?"),
    (STRONG, rf"{_DAY}/{_MONTH}{_DASH}{_DAY}/{_MONTH}(?:/{YEAR})?"),
    (STRONG, rf"{_DAY}{_DASH}{_DAY}([./]){_MONTH}\1{YEAR}"),
    (STRONG, rf"{_MONTH}\s?[-‐‑–—−/]\s?{_MONTH}[/.]{YEAR}"),
    (STRONG, rf"{_MONTH}\s?[./\-]\s?{YEAR}(?:{_DASH}{_MONTH}\s?[./\-]\s?{YEAR})?"),
    (STRONG, rf"{YEAR}\s?[-‐‑–—−/]\s?\d\d"),
    (STRONG, rf"{YEAR}/\d{{1,6}}(?:/\d{{1,4}})?"),
    (STRONG, rf"\d{{1,5}}/{YEAR}|[1-9]\d?\.\d{{3}}/{YEAR}|\d{{1,5}} \({YEAR}\)|[1-9]\d{{0,4}}/\d\d"),
    (STRONG, rf"{_DAY}[./]{_MONTH}(?:[./]\d\d|\.)?"),
    (STRONG, r"0[.,]\d{1,9}(?: \d{3}){0,3}"),
    (STRONG, r"0\s?[-‐‑–—]\s?\d\d?"),  # an age in a table
    (WEAK, r"[1-9]\d{0,2}(?:([ .,'’])\d{3})(?:\1\d{3}){0,3}(?:[.,]\d\d?)?"),
    (WEAK, r"[1-9]\d?(?:\.(?:0|[1-9]\d?)){2,5}"),  # a section, a version
    (WEAK, r"[1-9]\d{0,2}[.,]\d{1,7}"),
    (WEAK, r"[1-9]\d{0,4}\s?[-‐‑–—]\s?[1-9]\d{0,4}"),
    (WEAK, r"[1-9]\d?/[1-9]\d?"),
    (WEAK, r"0|[1-9]\d{0,5}"),
    (WEAK, r"0[1-9]"),  # of a list of months
)
_SURE = tuple(sure for sure, _ in _FORMS)
_ITEMS = tuple(re.compile(f"(?:{pattern})(?!\\d)") for _, pattern in _FORMS)
_LIST = re.compile(r"\s?[,،;؛]\s?|\s[-–—/|·•¶]\s|\s?\(\s?|\)[\s,;]{0,2}|\.\s|:\s")
_DATED = re.compile(rf"(?<!\d){YEAR}(?!\d)|\d\s?[:h]\s?\d")
_WAY = re.compile(r"\s{1,2}")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([ .,'’])\d{3}(?:\1\d{3}){0,4}")
_SERIAL = re.compile(r"\d{4}-?\d{3}[\dX]|97[89](?:[- ]?\d){10}|\d(?:[- ]?\d){8}[- ]?[\dX]")


@dataclass(frozen=True)
class Run:
    """A run of digits: its span, what it is made of. `sure` is that of its least sure item, 0 for none."""

    start: int
    end: int
    text: str
    sure: int
    firm: tuple[tuple[int, int], ...] = ()  # where its dates, times and laws stand

    @property
    def groups(self) -> list[str]:
        """Its groups of digits."""
        return re.findall(r"\d+", self.text)

    @property
    def digits(self) -> str:
        """All its digits."""
        return "".join(self.groups)

    def is_firm(self, at: int) -> bool:
        """True if a date, a time or a law stands at that place."""
        return any(start <= at < end for start, end in self.firm)


def run_of(match: re.Match[str]) -> Run:
    """A match of RUN in a line, read item by item."""
    line, start, end = match.string, match.start(), match.end()
    if serial(line, start, end):
        return Run(start, end, match[0], CERTAIN, ((start, end),))
    at = start + len(match[0]) - len(match[0].lstrip("( "))
    items: list[tuple[int, int, int]] = []
    whole = True
    while whole and at < end:
        sure, stop = _item(line, at)
        between = _LIST.match(line, stop) or (_WAY.match(line, stop) if sure > WEAK else None)
        last = stop >= end
        whole = bool(sure) and (last or between is not None)
        if sure:
            items.append((sure, at, stop))
        if between is not None and not last:
            at = between.end()
            whole = whole and not (between[0].isspace() and _item(line, at)[0] == WEAK)
        else:
            at = end
    # In a run that is not understood to its end, only what has a year or an hour is beyond doubt.
    firm = [(a, b) for sure, a, b in items if sure >= STRONG and (whole or _DATED.search(line[a:b]))]
    least = min((sure for sure, _, _ in items), default=0) if whole else 0
    return Run(start, end, match[0], least, tuple(firm))


def _item(line: str, at: int) -> tuple[int, int]:
    """The item that begins at a place: how sure it is, and where it ends; (0, at) if there is none."""
    for sure, pattern in zip(_SURE, _ITEMS, strict=True):
        match = pattern.match(line, at)
        if match is not None:
            return sure, match.end()
    return 0, at


def thousands(text: str) -> bool:
    """True for one amount in groups of three: “21 345 678”, which is also a number to dial."""
    return bool(_THOUSANDS.fullmatch(text.strip()))


def serial(line: str, start: int, end: int) -> bool:
    """True for an ISSN or ISBN whose last digit agrees with the others (ISO 3297, ISO 2108)."""
    piece = line[start:end] + ("X" if line[end : end + 1] in ("X", "x") else "")
    if not _SERIAL.fullmatch(piece):
        return False
    signs = re.sub(r"[- ]", "", piece)
    values = [10 if sign == "X" else int(sign) for sign in signs]
    if len(values) == 13:
        return sum(v * (1, 3)[n % 2] for n, v in enumerate(values)) % 10 == 0
    named = re.search(r"IS[BS]N(?:-1[03])?\W{0,3}$", line[max(0, start - 12) : start])
    return bool(named) and sum(v * (len(values) - n) for n, v in enumerate(values)) % 11 == 0


def counts(groups: Sequence[str]) -> bool:
    """True for values in even steps: 1 2 3, or 10 20 30."""
    if len(groups) < 3 or max(map(len, groups)) >= 10:
        return False
    steps = {int(b) - int(a) for a, b in pairwise(groups)}
    return len(steps) == 1 and steps != {0} and abs(next(iter(steps))) in (1, 2, 5, 10, 100)


def without_certain(line: str) -> str:
    """The line with runs blocked out that are dates, times, money, laws."""
    return RUN.sub(lambda match: blocked(match) if run_of(match).sure >= STRONG else match[0], line)
