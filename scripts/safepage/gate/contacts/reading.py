"""A text as a reader takes it in: digits of every script as 0 to 9, nothing invisible, symbols as spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from safepage.page.grammar import PLACEHOLDER

MAX_FOUND = 20  # in one paragraph; who wrote so many has understood
BLOCK = "¤"  # stands for what was understood, so that nothing is matched across it
_WESTERN = re.compile("[ -~À-ÖØ-öø-ÿ]*")  # letters that are read as they are
_SPACES = dict.fromkeys(range(32), " ")

_CJK = {c: str(n) for n, group in enumerate(["〇零", "一壹", "二贰貳", "三叁參", "四肆", "五伍", "六陆陸",
        "七柒", "八捌", "九玖"]) for c in group}  # fmt: skip
_CJK_RUN = re.compile("[{0}](?:[ \\-.·、]?[{0}]){{2,}}".format("".join(_CJK)))
_RAISED = re.compile("(?<=[0-9])[⁰¹²³⁴⁵⁶⁷⁸⁹]")
# Signs that say to call, as people put them before a number.
_CALLS = dict.fromkeys("☎☏✆📞📱📲🕻🕼🕽🕾🕿🖀🖁", " tel ") | dict.fromkeys("🆘🚨🚑🚒🚓", " sos ")
_DOTS = frozenset("●⦁◦∘⚫⏺▪■˙")  # which pass for a full stop between letters
_DICE = {chr(0x2680 + n): str(n + 1) for n in range(6)}
_MARKS = {"٬": ",", "٫": "."}  # of thousands and of decimals in Arabic and Persian
_DRAWN = _CALLS | _DICE | _MARKS | {"🔟": "10", "ↀ": "M"}  # the keycap of ten


@dataclass(frozen=True)
class Found:
    """A contact in a text: its kind, and how the text has it.

    Kinds are phone, short, marked (a hidden mark among digits), bank, email, account, address.
    """

    kind: str
    text: str


@lru_cache(maxsize=4096)
def fold(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is read: any script's digits as 0 to 9, no marks, nothing invisible, symbols as spaces.

    Out: the folded text, and for each of its characters its place in the original. Digits that are drawn
    (circled, dice, Roman signs, keycaps) are digits; one that is raised after another is set apart by “^”.
    """
    if text.isascii() or _WESTERN.fullmatch(text):
        return text.translate(_SPACES), range(len(text))
    signs = {sign: sign if sign >= " " else " " for sign in set(text)}
    signs |= {sign: _folded(sign) for sign in signs if not sign.isascii()}
    parts = list(map(signs.__getitem__, text))
    for run in _CJK_RUN.finditer(text):
        parts[run.start() : run.end()] = [_CJK.get(sign, signs[sign]) for sign in run[0]]
    for raised in _RAISED.finditer(text):
        parts[raised.start()] = "^" + parts[raised.start()]
    folded = "".join(parts)
    if set(map(len, parts)) == {1}:
        return folded, range(len(text))
    return folded, tuple(place for place, part in enumerate(parts) for _ in part)


@lru_cache(maxsize=4096)
def _folded(original: str) -> str:
    """One sign that is not ASCII, as it is read where it is no digit of a Chinese number."""
    if original in _DRAWN:
        return _DRAWN[original]
    if original in _DOTS:
        return "·"
    value = unicodedata.numeric(original, None)
    if value is not None and unicodedata.category(original) in ("No", "Nl") and value in range(100):
        return str(int(value))
    return "".join(map(_plain, unicodedata.normalize("NFKC", original)))


def _plain(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(char)
    if kind in ("Cf", "Mn", "Me", "Cc"):
        return ""
    return " " if kind == "So" or (kind == "Sm" and char not in "−∙⋅→") or kind.startswith("Z") else char


class Reading:
    """A text as it is read, of which what has been understood is blocked out bit by bit."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain, self.places = fold(text)
        self.line = PLACEHOLDER.sub(blocked, self.plain) if "{{" in self.plain else self.plain
        self.respelt = False  # a word may stand for one digit
        self.found: list[Found] = []

    def take(
        self, kind: str, pattern: re.Pattern[str], when: Callable[[re.Match[str]], bool] | None = None
    ) -> None:
        """Note every match as a contact of that kind ("" for none), and block it out."""

        def block(match: re.Match[str]) -> str:
            if when is not None and not when(match):
                return match[0]
            if kind:
                self.add(kind, *match.span())
            return blocked(match)

        self.line = pattern.sub(block, self.line)

    def read_as(self, plain: str, places: Sequence[int]) -> Reading:
        """The same text read in another way, whose finds are noted here too."""
        other = Reading.__new__(Reading)
        other.text, other.plain, other.places, other.found = self.text, plain, places, self.found
        other.line, other.respelt = plain, True
        return other

    def add(self, kind: str, start: int, end: int) -> None:
        """Note a piece of the folded text as the original has it."""
        if len(self.found) >= MAX_FOUND:
            return
        while end > start + 1 and self.plain[end - 1] in " .,;:·•…-–—(*_|~/":
            end -= 1
        first, last = self.places[start], self.places[end - 1]
        while (
            self.respelt
            and last + 1 < len(self.text)
            and self.text[last].isalnum()
            and self.text[last + 1].isalnum()
        ):
            last += 1
        item = Found(kind, self.text[first : last + 1].strip())
        # A second reading sees the same again.
        if item.text and not any(item.text in old.text for old in self.found if old.kind == kind):
            self.found.append(item)


def blocked(match: re.Match[str]) -> str:
    """What a match is replaced by."""
    return BLOCK * len(match[0])
