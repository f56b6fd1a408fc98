"""Signs that lists are made with elsewhere, and that make none here: bullets, dashes, numbers, letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from safepage.page.prepare import SHIELDED

# The private ones are those of Word's symbol fonts (Symbol, Wingdings), as they are pasted.
_BULLETS = "•‣◦⁃∙●○■□▪▫◆◇►▶▸➤➢❖⦁⦿∘∗⁎✱✲٭＊・·⸱\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06e\uf02d"
_DASHES = "–—―−‒‐‑⁻﹣－ـ"  # the last one lengthens a word in Arabic
_TWO = ("--", "->", "=>")
_NO_BULLETS = "\"'“”„‟«»‹›‘’‚「」『』《》〈〉<>^`¤+=$€£¥%§#~|"
_ENUMERATED = re.compile(
    r"(?P<mark>[(（]?(?:\d{1,3}|[^\W\d_]|[ivx]{1,4}|[IVX]{1,4}|الف)[.)）．।۔](?![\w.])|[(（]?\d{1,3}[.)）．](?=[^\W\d_])|"
    r"（(?:\d{1,3}|[^\W\d_])）|[①-⓿❶-➓]|\d\ufe0f?\u20e3|[(（]?[一二三四五六七八九十]{1,3}[、．.)）]|\d{1,3}(?:、|\.[)-])|[٠-٩۰-۹]{1,3}\s?[-ـ])"
)
_COUNTS = "ivxIVX一二三四五六七八九十"  # letters of which more than one may make a mark
# Marks that begin many a sentence too: they are a list's where the next line has the next number. (A # of
# its own arrives as a private character.)
_COUNTED = re.compile(r"[#\ue023]?(\d{1,3})(?:\.?[º°ª]|[:/]|\s?[-–—])\s+(?=[^\d\s])|[#\ue023](\d{1,3})\s")
_LETTERED = re.compile(r"[^\W\d_](?:[.)）]|\s?[-–ـ]\s)")
_DASHED = re.compile(r"([^\W\d_])\s?[-–ـ]\s")
_FIRST_TWO = ("ab", "AB", "аб", "АБ", "αβ", "ΑΒ", "أب", "اب")
_FIRST_LETTER = re.compile(r"[(（]?(?:[aAiIаАαΑאأاกकক]|الف)[.)）]")
_WORDS_OWN = re.compile(r"[Øü§~] (?=[^\W\d_])")
_ALONE = re.compile(r"[-+–—•]|\d{1,3}[.)]")
_WORD_BULLET = re.compile(r"[o§Øü]\s{2,}(?=\S)")


def check(lines: Sequence[str], kind: str, above: str = "") -> Iterator[tuple[int, str, str]]:
    """The lines of a block that begin with a mark of a list.

    In: the lines as they are shown, and what they stand in: "ul", "ol", "cell" or nothing; the
    same of the block above. Out: where in the block, what is wrong, what to do.
    """
    starts = [_start(line.lstrip()) for line in lines]
    if len(lines) == 1 and kind != "cell" and _ALONE.fullmatch(lines[0].strip()):
        yield 0, f"“{lines[0].strip()}” stands alone, without words", "write the item behind it, or delete it"
    if not any(starts):
        return
    often = Counter(map(_kind, starts))
    numbers = {int(match[1] or match[2]) for line in lines if (match := _COUNTED.match(line.lstrip()))}
    dashed = {match[1] for line in lines if (match := _DASHED.match(line.lstrip()))}
    lettered = any(_FIRST_LETTER.match(line.lstrip()) for line in lines)
    at = 0
    for number, line in enumerate(lines):
        text, start = line.lstrip(), starts[number]
        told = number > 0 and lines[number - 1].rstrip().endswith((":", "："))
        again = number > 0 and (often[_kind(start)] > 1 or _beside(kind or above, line, start))
        if start == "1." and _LETTERED.match(text) and not lettered:
            again = told = False  # “J. Smith”
        if start == "1." and _DASHED.match(text):
            told, again = False, number > 0 and any(dashed.issuperset(two) for two in _FIRST_TWO)
        if start == "1." and not _ENUMERATED.match(text) and (counted := _COUNTED.match(text)):
            near = int(counted[1] or counted[2])
            told, again = False, bool(numbers & {near - 1, near + 1})
        first = number == 0 and kind != "cell"
        problem = _problem(text, start, first, told, again) if start else None
        if problem:
            yield at + len(line) - len(text), *problem
        at += len(line) + 1


def _beside(kind: str, line: str, start: str) -> bool:
    """True for a line that stands where the next item of its list would."""
    outmost = line[:1] == start in _DASHES or (start == "1." and line[:1].isdigit())
    return (kind == "ol" and start == "1.") or (kind in ("ol", "ul") and outmost)


def _start(text: str) -> str:
    """What a line begins with, if it may be a list mark: the sign, or "1." for any number or letter."""
    if len(text) < 2 or (
        text[:2].isalpha() and text[0] not in _COUNTS and text[1] != "ـ" and text[:3] != "الف"
    ):
        return ""  # a word
    if _ENUMERATED.match(text) or _COUNTED.match(text) or _LETTERED.match(text):
        return "1."
    if (
        _WORD_BULLET.match(text)
        or _WORDS_OWN.match(text)
        or text[0] in _BULLETS
        or text[0] in _DASHES
        or text[0] in "-+"
        or text[:2] in _TWO
    ):
        return text[:2] if text[:2] in _TWO else text[0]
    quoted = text[:2] in ("» ", "› ")
    symbol = unicodedata.category(text[0])[0] == "S" and text[0] not in _NO_BULLETS
    return text[0] if symbol or quoted else ""


def _kind(start: str) -> str:
    """What a list's items have in common: their sign, or that each has a picture of its own."""
    return "picture" if start and unicodedata.category(start[0]) == "So" else start


def _problem(text: str, start: str, first: bool, told: bool, again: bool) -> tuple[str, str] | None:
    after = text[len(start) : len(start) + 1]
    spaced, lettered = not after.strip(), after.isalpha() or after in "[［("
    if start == "1.":
        if not (again or told):
            return None
        what = f"a line begins with “{text.split()[0][:20]}”, but this is no list"
        return what, "put an empty line above the list, and begin its items with “1. ”, “2. ”"
    if start in _DASHES:
        if not (spaced or (again and "\u3040" <= after <= "\u9fff")) or not (first or told or again):
            return None
        what = f"a line begins with {sign(start)}, which makes no list"
        return (
            what,
            f"begin the items of a list with “- ”; for what somebody says write “…”{_itself(start)}",
        )
    if start in "-+":
        wrong = spaced or lettered
    elif start in _BULLETS or _WORD_BULLET.match(text):
        wrong = True
    else:
        wrong = again or told
    if not wrong:
        return None
    if spaced and after not in ("", " "):
        what = (
            f"{sign(after)} stands after the {sign(start)} at this line’s beginning, so that it makes no list"
        )
        return what, "type a dash and a plain space: “- ”"
    what = f"a line begins with {sign(start).rstrip(',')}, but this is no list"
    return (
        what,
        f"put an empty line above a list, begin its items with “- ”{_itself(start)}",
    )


def _itself(start: str) -> str:
    """How to write the sign itself, where there is a way."""
    return f"; for the sign itself write \\{start}" if start[0] in SHIELDED else ""


def sign(char: str) -> str:
    """A sign with its name, which tells also what can't be seen: “–” (en dash, U+2013)."""
    if all(part.isascii() and not part.isspace() for part in char):
        return f"“{char}”"
    if char == "\u00a0":
        return "a no-break space, U+00A0,"
    named = unicodedata.name(char, "").lower() or "sign of Word’s own"
    if not char.strip() or unicodedata.category(char) in ("Cf", "Co"):
        return f"a {named}, U+{ord(char):04X},"
    return f"“{char}” ({named}, U+{ord(char):04X})"
