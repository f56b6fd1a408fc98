"""Characters that a reviewer can't see, or that look like others: refused unless the script needs them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from safepage.faults import Fault
from safepage.gate import lookalikes

# Scripts whose spelling uses joiners (Unicode Standard, chapters 9, 12, 13, 16; UAX #31, section 2.3).
_JOINED = frozenset((
    "ARABIC", "SYRIAC", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU",
    "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MONGOLIAN", "TIBETAN", "MYANMAR", "NEWA", "CHAKMA", "MEETEI",
))  # fmt: skip
# Scripts written without spaces, whose lines break at a zero-width space (UAX #14, class ZW).
_UNSPACED = frozenset(["THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "JAVANESE", "BALINESE"])
_NAMES = {
    "\u200b": "a space without width", "\u200c": "a zero-width non-joiner", "\u200d": "a zero-width joiner",
    "\u00ad": "a soft hyphen", "\u2060": "a word joiner", "\ufeff": "a byte order mark",
    "\uf0b7": "a bullet of Word's own font", "\u1680": "an ogham space mark, which looks like a dash",
    "\ufffd": "a character that was lost when the file was saved", "\u034f": "a grapheme joiner",
}  # fmt: skip
_MARKS = "\u200e\u200f\u061c"
_COUNTED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
SUSPECT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufdd0-\ufdef\ufff0-\uffff\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
_PILE = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}")
_MARK_TRICE = re.compile(r"([^\w\s\x00-\x7f])\1\1")
# A picture made of blocks and dots, such as a QR code: a screen reader reads noise.
_BLOCKS = re.compile(
    r"(?:[\u2580-\u259f\u2801-\u28ff\u25a0\u25a1\u2b1b\u2b1c\U0001fb00-\U0001fb3b][ \u00a0]?){8,}"
)
# The flags of England, Scotland and Wales are spelt with signs that nobody sees (UTS #51, annex C).
_FLAGS = re.compile("\U0001f3f4\U000e0067\U000e0062[\U000e0061-\U000e007a]{3}\U000e007f")
# A day as computers write it in Arabic (CLDR, short format).
_ARABIC_DAY = re.compile("(?<!\\d)\\d{1,2}\u200f?/\u200f?\\d{1,2}\u200f?/\u200f?(?:\\d{4}|\\d\\d)(?!\\d)")
# UTF-8 that was read as Windows-1252: “Ã©” for “é”, “â€™” for “’”, Ð and Ø with what follows for alphabets.
_GARBLED = re.compile(
    "â€[\x80-\xbf\u2018-\u203a\u2122\u0153\u017e\u0178\u02dc]|Ã[\x80-\x9f\xa1-\xba\xbc-\xbf\u0160\u0152\u017d\u0161\u0153\u017e\u0178\u02dc\u2018-\u203a]|"
    "Â[\xa0-\xba\xbc-\xbf]|(?:[ÐÑØÙ][\x80-\xbf\u0152-\u017e\u0192\u02c6\u02dc\u2018-\u203a\u20ac\u2122]){2}"
)
_GARBLING = re.compile("[€ÃÂÐÑØÙ]")  # one of which each of these has
_ODD = re.compile(  # one of which a pile, or a picture made of blocks, has
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u2580-\u259f\u2801-\u28ff\u25a0\u25a1\u2b1b\u2b1c\U0001fb00-\U0001fb3b]"
)
_MAX_FAULTS, _MAX_OF_A_LINE = 20, 3


@cache
def _named(char: str) -> str:
    """The first word of a character's Unicode name, which for a letter is its script: "CYRILLIC"."""
    return unicodedata.name(char, "").partition(" ")[0].partition("-")[0]


def check(text: str, path: str, first_line: int = 1) -> list[Fault]:
    """Every hidden or deceiving character of a text.

    In: the text, its file, and the line of the file on which it begins. Fine are a zero-width non-joiner or
    joiner beside a letter of a script that uses them and in emoji, a zero-width space in scripts that are
    written without spaces, a soft hyphen between letters, and direction marks beside right-to-left letters.
    """
    faults: list[Fault] = []
    if text.isascii() and not SUSPECT.search(text):
        return faults
    whole, text = text, text.removeprefix("\ufeff") if first_line == 1 else text
    # A text has few different signs: what none of them begins is looked for in none of its lines.
    signs = "".join(set(text))
    suspect, odd, garbling = SUSPECT.search(signs), _ODD.search(signs), _GARBLING.search(signs)
    marked = odd or any(unicodedata.category(sign) == "Mn" for sign in signs)
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), first_line):
        if line.isascii() and not (suspect and SUSPECT.search(line)):
            continue
        if suspect:
            faults += [Fault(path, number, what, todo) for what, todo in _hidden(line)]
        deceiving = _deceiving(line, whole) if marked else lookalikes.problems(line, whole)
        faults += [Fault(path, number, what, todo) for what, todo in deceiving]
        if garbling and (garbled := _GARBLED.search(line)):
            what = f"“{garbled[0]}” is what is left of another letter: the text was read in a wrong encoding"
            todo = "save its source as UTF-8 and paste it again, or type the word anew"
            faults.append(Fault(path, number, what, todo))
        if len(faults) >= _MAX_FAULTS:
            break
    return faults[:_MAX_FAULTS]


def _hidden(line: str) -> list[tuple[str, str]]:
    problems = []
    line = _FLAGS.sub("\U0001f3f4", line)
    for match in SUSPECT.finditer(line):
        at, char = match.start(), match[0]
        if _needed(line, at, char):
            continue
        about = told(char)
        near = _near(line, at)
        if char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
            what = f"a hidden sign ({about}) turns the order of letters {near}: readers see other words"
        elif char in _MARKS and _turns(line, at) == "digits":
            what = f"a hidden sign ({about}) stands between digits {near}: readers see another number"
        elif 0xE0000 <= ord(char) <= 0xE0FFF:
            what = f"a hidden character (U+{ord(char):04X}) {near} can carry a text that nobody sees"
        elif char == "\ufffd":
            what = f"{_NAMES[char]} stands {near}"
        else:
            what = f"a character that can't be seen ({about}) stands {near}: it can hide a change"
        todo = "save the file as UTF-8 and write the letter anew" if char == "\ufffd" else "delete it"
        problems.append((what, f"{todo}; if in doubt, type the words around it anew"))
        if len(problems) >= _MAX_OF_A_LINE:
            break
    return problems


def told(char: str) -> str:
    """A character as a message tells it: "U+200B, a space without width"."""
    name = _NAMES.get(char) or unicodedata.name(char, _nameless(char)).lower()
    return f"U+{ord(char):04X}, {name}"


def _nameless(char: str) -> str:
    return "a control sign" if unicodedata.category(char) == "Cc" else "a sign of one font or program only"


def _near(line: str, at: int) -> str:
    before = re.sub(r"\s+", " ", SUSPECT.sub("", line[max(0, at - 15) : at])).strip()
    after = re.sub(r"\s+", " ", SUSPECT.sub("", line[at + 1 : at + 16])).strip()
    return f"after “{before}”" if before else f"before “{after}”" if after else "alone in its line"


def _needed(line: str, at: int, char: str) -> bool:
    before = line[at - 1] if at else ""
    after = line[at + 1] if at + 1 < len(line) else ""
    beside = {_named(c) for c in (before, after) if c and unicodedata.category(c)[0] in "LM"}
    if char in "\u200c\u200d":
        if char == "\u200d" and _pictures(before) and _pictures(after):
            return True
        return bool(beside & _JOINED) and before not in ("\u200c", "\u200d")
    if char == "\u200b":
        return any(_named(c) in _UNSPACED for c in line[max(0, at - 3) : at + 4])
    if char == "\u00ad":
        return bool(before and after) and before.isalpha() and after.isalpha()
    if char in _MARKS:
        return before not in [*_MARKS] and _turns(line, at) == ""
    if "\U000e0100" <= char <= "\U000e01ef":
        return _named(before) == "CJK"  # the shape of a character, as names have it (UTS #37)
    if char in "\ufe0e\ufe0f":
        if after == "\u20e3":
            return True
        return bool(before) and (
            unicodedata.category(before) in ("So", "Sm", "Po", "Sk", "Sc") or before in "#*©®‼"
        )
    if "\u180b" <= char <= "\u180f":
        return "MONGOLIAN" in beside
    return char in _COUNTED


def _turns(line: str, at: int) -> str:
    """What a direction mark does that it shouldn't: "digits" between digits, "word" within one; or ""."""
    if not _from_the_right(line):
        return "word"
    before, after = line[max(0, at - 20) : at], line[at + 1 : at + 21]
    if before[-1:].isalpha() and after[:1].isalpha() and _direction(before[-1]) == _direction(after[0]):
        return "word"
    left = next((c for c in reversed(before) if c.isalnum()), "")
    right = next((c for c in after if c.isalnum()), "")
    if (
        left.isnumeric()
        and right.isnumeric()
        and not any(
            day.start() < at < day.end() for day in _ARABIC_DAY.finditer(line, max(0, at - 20), at + 20)
        )
    ):
        return "digits"
    return ""


@lru_cache(maxsize=64)
def _from_the_right(line: str) -> bool:
    return any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in set(line) - set(_MARKS))


def _direction(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("R", "AL")


def _pictures(char: str) -> bool:
    """True for a character that stands in emoji: a picture, its colour, its presentation sign."""
    return bool(char) and (
        unicodedata.category(char) == "So" or char == "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def _deceiving(line: str, whole: str) -> list[tuple[str, str]]:
    problems = []
    for match in _PILE.finditer(line):
        near = _near(line, match.start())
        what = f"{len(match[0])} marks are piled on one letter {near}: they cover other text"
        problems.append((what, "write the letter with its own marks only"))
    problems += lookalikes.problems(line, whole)
    for match in _BLOCKS.finditer(line):
        near = _near(line, match.start())
        what = f"a picture of {len(match[0])} signs stands {near}: a screen reader reads noise"
        problems.append((what, "leave it out, or make it a picture in docs/assets/"))
    for match in _MARK_TRICE.finditer(line):
        if unicodedata.category(match[1]) == "Mn":
            what = f"the same mark stands three times {_near(line, match.start())}: they cover other text"
            problems.append((what, "write the letter with its own marks only"))
    return problems
