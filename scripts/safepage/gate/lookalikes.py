"""Letters that pass for others: a word is of one script, and of the letters that its keyboard types."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

import unicodedataplus

from safepage.faults import printable

# Scripts whose letters nobody takes for Latin ones. Their words may touch a Latin word without a hyphen:
# “UNICEF는”, “وWhatsApp”, “PDFとWord”. Words of all other scripts may not (UTS #39, sections 4 and 5).
_CHINESE = frozenset(("Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"))
_UNSPACED = _CHINESE | {"Thai", "Lao", "Khmer", "Myanmar", "Tibetan"}
_UNLIKE = _UNSPACED | {
    "Arabic", "Hebrew", "Syriac", "Thaana", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil",
    "Telugu", "Kannada", "Malayalam", "Sinhala", "Ethiopic", "Mongolian",
}  # fmt: skip
# But for these few, which are strokes and rings; Unicode's list of confusables adds others.
_STROKES = frozenset("וןסחוֹاهہھةأإآلｌ一丨丶丿亅〇口ロノㇰーエ工二ニ十卜トㅣㅡㅇㅏㅐㄱㄴㅁㅂㅌㅗㅜᅵᅳᄋ")
_CASED = frozenset(("Latin", "Cyrillic", "Greek", "Armenian", "Georgian"))
# Scripts of no living language, of whose letters some pass for ours.
_DEAD = frozenset((
    "Coptic", "Deseret", "Gothic", "Old_Italic", "Old_Permic", "Carian", "Lycian", "Lydian", "Runic", "Ogham",
    "Glagolitic", "Shavian", "Elbasan", "Caucasian_Albanian", "Linear_B", "Cypriot", "Phoenician", "Duployan",
))  # fmt: skip
# Letters of living languages in blocks that hold signs for sounds (African reference alphabet, CLDR).
_LIVING = frozenset("ʔɩɓɖɗəɛɔɣɨʉɲŋʃʊʋʒɽƴƙƒꞌꞋⱤⱯⱭⱮⱰꝀꝁ")
_SOUNDS = re.compile(
    r"[\u0250-\u02af\u1d00-\u1d2b\u1d6b-\u1d77\u1d79-\u1d9a\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab68ƄƅƍƧƨƼƽǀǁǂǃȷſ\u1e9c\u1e9d]"
)
_BORROWED = frozenset("θΘ")  # Greek, and Romani's among Latin letters
_RAISED = re.compile(
    r"[\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a\u1d78\u1d9b-\u1dbf\u2071\u207f\u2090-\u209c\u2c7c\u2c7d\ua69c\ua69d\ua770\ua7f2-\ua7f9\uab5c-\uab5f]"
)
_JOINED = re.compile(
    r"[\u0132\u0133\u013f\u0140\u0149\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb17\ufb20-\ufb29\ufb4f]"
)
_SHAPED = re.compile(
    r"[\ufb50-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc]"
)  # not ﴾ ﴿ ﷺ ﷽, which are signs of their own
_RADICALS = re.compile(r"\w{0,9}[\u2e80-\u2fdf\u31c0-\u31e3]\w{0,9}")
_DRAWN = re.compile(
    r"[\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212a-\u2134\u2139\u213c-\u213f\u2145-\u2149\U0001d400-\U0001d7cb]"
)
_WIDE = re.compile(r"[\uff21-\uff3a\uff41-\uff5a]")
_RINGED = r"[\u249c-\u24e9\U0001f110-\U0001f14f\U0001f150-\U0001f169\U0001f170-\U0001f189]"
_RINGS = re.compile(rf"{_RINGED}{{2,}}|(?<=[^\W\d_]){_RINGED}|{_RINGED}(?=[^\W\d_])")
_SYMBOLS = re.compile("[\u249c-\u24e9\u2e80-\u2fdf\u31c0-\u31e3\U0001f110-\U0001f189]")
_NUMERAL = re.compile("[\u2160-\u2188]")
_DOUBTFUL = re.compile(r"[ıɣƔʋƲǝƎɩƖ\uff21-\uff3a\uff41-\uff5a]|(?![0-9])\d")
# Bars, strokes and rings laid over a letter, and letters set above one: they make another letter of it.
_OVERLAY = re.compile(
    r"[\u0305\u0332-\u0338\u033f\u0346-\u034e\u0353-\u0357\u035c-\u036f\u0488\u0489\u1ab0-\u1abe\u1dd3-\u1df4\u20d0-\u20e2\u20e4-\u20f0\ufe20-\ufe2f]"
)
_DOTTED = re.compile("[iıjȷіј]\u0307(?![\u0300\u0301\u0303])")  # Lithuanian keeps the dot below an accent
_UNIT = re.compile("[kMGTm]?[ΩΩ]|[µμ](?:[mglLsAVWFHC]|Sv|mol|Pa)|°?[CF]")
_FRONT = frozenset("eöüäéèê")
_VOWEL = re.compile("[aeıioöuüâäéèê]")
_SHORT = 400  # letters: a title, a paragraph
_TOKEN = re.compile(r"\S+")
_SEEN_ALIKE = 0.8  # of a word's letters, the others being near: “Рауоке”, but not “Москва”


@dataclass(frozen=True)
class _Word:
    text: str
    letters: tuple[tuple[str, str], ...]  # each with its script

    @cached_property
    def scripts(self) -> frozenset[str]:
        found = frozenset(script for _, script in self.letters if script)
        greek = {char for char, script in self.letters if script == "Greek"}
        return found - {"Greek"} if "Latin" in found and greek <= _BORROWED else found


@dataclass(frozen=True)
class _Context:
    """What a text says about its words: its script, is it Turkish."""

    text: str
    main: str
    turkish: bool
    african: int
    letters: int


def problems(line: str, text: str) -> list[tuple[str, str]]:
    """Every word of a line that deceives, as what is wrong and what to do.

    In: the line, and the text it belongs to, by which words that would be fine in another text are judged.
    Sources: Unicode's scripts and script extensions (UAX #24), confusables and mixed scripts (UTS #39).
    """
    found: list[tuple[str, str]] = []
    tokens = _TOKEN.findall(line)
    for place, token in enumerate(tokens):
        # Most words are fine in any text, or in any of their own script.
        if token.isascii() or (own := _fine_in(token)) == "" or (own and own == _context(text).main):
            continue
        for word in _words(token):
            found += _flaws(word) or _flaws_in(word, _context(text), tokens[max(0, place - 2) : place + 3])
    if not _has_symbols(text):
        return found
    for match in _RINGS.finditer(line):
        found.append(_symbols(match[0]))
    for match in _RADICALS.finditer(line):
        odd = next(char for char in match[0] if not char.isalnum())
        what = f"“{match[0]}” holds a part of a character in place of a character ({_code(odd)})"
        right = unicodedata.normalize("NFKC", match[0])
        found.append((what, f"type “{right}”" if right != match[0] else "type the word anew"))
    return found


@lru_cache(maxsize=64)
def _has_symbols(text: str) -> bool:
    """True if a text has a sign that `_RINGS` or `_RADICALS` looks for: it has few different signs."""
    return _SYMBOLS.search("".join(set(text))) is not None


@lru_cache(maxsize=8192)  # the words of a language come back on each of its pages
def _fine_in(token: str) -> str | None:
    """Where the words of a piece between two spaces deceive nobody, whatever stands around them.

    Out: the family of scripts of which a text has to be; "" for any text; None if they have to be looked at.
    It leaves out what `_flaws_in` could find there.
    """
    plain = set(map(_plain, token)) - {""}
    if len(plain) < 2 and None not in plain:  # most tokens: no rule has anything to say of such letters
        return next((_family(name) for name in plain if name and name != "Latin"), "")
    families: set[str] = set()
    for word in _words(token):
        scripts = word.scripts
        if _flaws(word) or _DOUBTFUL.search(word.text) or ("Latin" in scripts and scripts & _UNLIKE):
            return None
        if len(scripts) == 1:
            families.update(_family(name) for name in scripts if name != "Latin")
    return None if len(families) > 1 else next(iter(families), "")


@cache
def _plain(char: str) -> str | None:
    """The script of a letter that no rule names, which is fine beside its like; "" for a sign between words,
    or a digit from 0 to 9; None for all else."""
    if _kind(char)[0] not in "LMN" and _kind(char) != "Cf":
        return ""
    if not char.isalpha():
        return "" if char.isascii() and char.isdigit() else None
    named = any(p.search(char) for p in (_JOINED, _SHAPED, _DRAWN, _SOUNDS, _RAISED, _DOUBTFUL))
    rare = script(char) in _DEAD or "\u0307" in unicodedata.normalize("NFD", char) or _NUMERAL.search(char)
    return None if named or rare else script(char) or None


@cache
def script(char: str) -> str:
    """A letter's script by Unicode: "Cyrillic"; "" for what all scripts share."""
    name: str = unicodedataplus.script(char)
    if name in ("Common", "Inherited"):
        return ""
    return name


@lru_cache(maxsize=1024)
def _words(token: str) -> tuple[_Word, ...]:
    """The words of a piece between two spaces that hold more than ASCII."""
    words, letters = [], list[str]()
    for char in [*token, " "]:
        if _kind(char)[0] in "LMN" or _kind(char) == "Cf":
            letters.append(char)
        elif letters:
            text = "".join(letters)
            if not text.isascii():
                words.append(
                    _Word(
                        text, tuple((c, script(c)) for c in letters if _kind(c)[0] == "L" or _kind(c) == "Nl")
                    )
                )
            letters = []
    return tuple(words)


@cache
def _kind(char: str) -> str:
    return unicodedata.category(char)


@lru_cache(maxsize=1024)
def _flaws(word: _Word) -> tuple[tuple[str, str], ...]:
    """What deceives in a word wherever it stands."""
    text, shown = word.text, printable(word.text, 40)
    for pattern, told in (
        (_JOINED, "letters that are joined into one sign"),
        (_SHAPED, "a letter in a form for printing presses"),
    ):
        if match := pattern.search(text):
            what = f"“{shown}” holds {told} ({_code(match[0])}): search and screen readers miss the word"
            right = printable(unicodedata.normalize("NFKC", text), 40)
            return ((what, f"type “{right}”" if right != text else "type the word anew"),)
    if (_DRAWN.search(text) and len(text) > 1) or _is_raised(text):
        return (_symbols(text),)
    if (match := _SOUNDS.search(text)) and match[0] not in _LIVING:
        what = f"“{shown}” holds “{match[0]}” ({_code(match[0])}), a sign for a sound, not a letter"
        return ((what, f"type the word anew, with {_twin(match[0])}"),)
    if match := _OVERLAY.search(text) or _DOTTED.search(unicodedata.normalize("NFD", text)):
        what = f"“{shown}” has a mark that makes another letter of one ({_code(match[0][-1])})"
        return ((what, "type the word anew, without the mark"),)
    return tuple(_mixtures(word))


def _mixtures(word: _Word) -> list[tuple[str, str]]:
    text, scripts, shown = word.text, word.scripts, printable(word.text, 40)
    near = scripts - _UNLIKE
    if dead := next((name for name in sorted(scripts) if name in _DEAD), ""):
        odd = next(char for char, name in word.letters if name == dead)
        what = f"“{shown}” is {_name(dead)} ({_code(odd)}): letters of no language of today"
        return [(what, "type the word anew on the keyboard of its language")]
    if len(near) > 1 and not _UNIT.fullmatch(text):
        odd = _odd(word, near)
        what = f"“{shown}” mixes letters that look alike: “{odd}” (U+{ord(odd):04X}) is {_name(script(odd))}"
        return [(what, "type the whole word on one keyboard; a hyphen may part two scripts")]
    far = scripts & _UNLIKE
    if len({_family(name) for name in far}) > 1 and not far & _UNSPACED:
        odd = _odd(word, far)
        what = f"“{shown}” mixes two scripts: “{odd}” (U+{ord(odd):04X}) is {_name(script(odd))}"
        return [(what, "type the whole word on one keyboard")]
    for before, mark in pairwise(text):
        if _kind(mark) == "Mn" and _kind(before)[0] == "L" and _foreign(mark, script(before)):
            what = f"“{shown}” has a mark of another script on “{before}” ({_code(mark)})"
            return [(what, "type the word anew, without the mark")]
    if any(_kind(char)[0] == "L" for char in text) and (match := _NUMERAL.search(text)):
        what = f"“{shown}” holds a sign for a number ({_code(match[0])}) that looks like a letter"
        return [(what, f"type “{unicodedata.normalize('NFKC', shown)}”")]
    return []


def _family(name: str) -> str:
    """Chinese, Japanese and Korean signs count as one script: their texts mix them."""
    return "Chinese" if name in _CHINESE else name


def _foreign(mark: str, base: str) -> bool:
    """True for a mark that belongs to scripts other than a letter's: an Arabic vowel on a Latin letter."""
    if not base or base in _UNLIKE:
        return False
    names = unicodedataplus.script_extensions(mark)
    long = unicodedataplus.property_value_by_alias["script"]
    return not {"Common", "Inherited", base} & {long[name] for name in names}


def _flaws_in(word: _Word, context: _Context, around: list[str]) -> list[tuple[str, str]]:
    """What deceives in a word because of the text in which it stands."""
    text, scripts, shown = word.text, word.scripts, printable(word.text, 40)
    if _WIDE.search(text) and context.main != "Chinese":
        return [_symbols(text)]
    if "ı" in text and not context.turkish and not _may_be_turkish(text, context.letters <= _SHORT):
        what = f"“{shown}” holds “ı” (U+0131), an i without a dot, which only Turkish and its kin write"
        return [(what, f"type “{shown.replace('ı', 'i')}”")]
    if context.african < 2 and (match := re.search("[ɣƔʋƲǝƎɩƖ]", text)):
        what = f"“{shown}” holds “{match[0]}” ({_code(match[0])}), which looks like another letter"
        return [(what, "type the word anew, with letters from the keyboard")]
    for before, after in pairwise(text):
        digit, letter = (before, after) if _kind(before) == "Nd" else (after, before)
        mixed = _kind(digit) == "Nd" and not digit.isascii() and bool(script(letter)) and letter != "x"
        if mixed and script(letter) not in _UNLIKE and context.main in _CASED:
            what = f"“{shown}” mixes letters with a digit of another script ({_code(digit)})"
            return [(what, f"type the digit {unicodedata.digit(digit)}")]
    if "Latin" in scripts and (far := scripts & _UNLIKE):
        for run in re.split(r"[A-Za-z\u00aa-\u024f\d\u1e00-\u1eff\u0300-\u036f]+", text):
            letters = [c for c in run if script(c)]
            stroke = len(letters) == 1 and bool(letters[0] in _STROKES or latin_twin(letters[0]))
            lonely = context.main == "Latin" and not far & _others(context.text) and context.letters > 60
            if letters and ((stroke and not _prefix(run, text, context)) or lonely):
                odd = f"“{letters[0]}” ({_code(letters[0])})"
                what = f"“{shown}” mixes letters of two scripts: {odd} is no Latin letter"
                return [(what, "type the whole word on one keyboard, or put a space between the two")]
    if len(scripts) == 1 and (own := next(iter(scripts))) != "Latin" and _family(own) != context.main:
        beside = (w for token in around for w in _words(token) if w != word)
        if _reads_as_latin(word) and not any(own in w.scripts and not _reads_as_latin(w) for w in beside):
            what = f"“{shown}” looks like Latin letters but is {_name(own)} ({_code(word.letters[0][0])})"
            return [(what, "type the word anew on a Latin keyboard")]
    return []


def _prefix(run: str, text: str, context: _Context) -> bool:
    """True for “וWhatsApp” on a Hebrew page: there, a word of one letter has no space after it."""
    return (
        text.startswith(run)
        and script(run[0]) == context.main
        and context.main in ("Hebrew", "Arabic", "Ethiopic")
    )


@lru_cache(maxsize=1024)
def _reads_as_latin(word: _Word) -> bool:
    """True if a word's letters all pass for Latin ones, four fifths of them exactly."""
    letters = [char for char, _ in word.letters]
    if not letters or (len(letters) == 1 and word.text in "αβγκμνρτωικ"):  # signs of formulas
        return False
    exact = sum(char in _STROKES or latin_twin(char) != "" for char in letters)
    return exact >= _SEEN_ALIKE * len(letters) and all(
        char in _STROKES or latin_twin(char) or _near_latin(char) for char in letters
    )


@cache
def _alike(char: str) -> tuple[str, ...]:
    from safepage.gate import confusables  # read only where a letter is in doubt

    return tuple(twin.strip("\u200e") for twin in confusables.like(unicodedata.normalize("NFD", char)[0]))


@cache
def latin_twin(char: str) -> str:
    """The Latin letter or the digit for which a letter passes; "" for none."""
    return next((twin for twin in _alike(char) if twin.isascii() and twin.isalnum()), "")


@cache
def _near_latin(char: str) -> bool:
    return any(script(twin[0]) == "Latin" for twin in _alike(char) if twin)


def _may_be_turkish(word: str, short: bool) -> bool:
    """True for a word like “Diyarbakır”: its dotless i stands among the vowels with which it goes.

    In a long text that is not Turkish only a name is likely to be such a word.
    """
    if not (word[:1].isupper() or short) or "w" in word.lower():
        return False
    if re.search("[şğçə]", word.lower()):
        return True
    vowels = _VOWEL.findall(word.lower())
    return not any("ı" in pair and set(pair) & _FRONT for pair in pairwise(vowels))


def _is_raised(text: str) -> bool:
    """True for a word of small raised letters; fine are “Mᵐᵉ”, “1ʳᵉ”, “nᵒˢ”: up to four at the end."""
    letters = [char for char in text if _kind(char)[0] == "L"]
    raised = [char for char in letters if _RAISED.match(char) and char not in "ʷʰʲ"]
    if not raised:
        return False
    tail = text[-len(raised) :]
    return len(raised) > 4 or len(raised) == len(text) or not all(_RAISED.match(char) for char in tail)


@lru_cache(maxsize=64)
def _context(text: str) -> _Context:
    counts: Counter[str] = Counter()
    letters: Counter[str] = Counter(unicodedata.normalize("NFC", text))  # a text has few characters, often
    for char, times in letters.items():
        if char.isalpha() and unicodedata.normalize("NFKC", char) == char and (name := script(char)):
            counts[_family(name)] += times
    main = max(counts, key=lambda name: (counts[name], name)) if counts else ""
    kin = "şğ" if counts["Latin"] > _SHORT else "şğçöüİ"
    turkish = letters["ı"] * 100 > counts["Latin"] and any(letters[char] for char in kin)
    african = len(letters.keys() & set("ɩɓɖɗƉəƏɛƐɔƆɣƔɲŋʋƲǝƎẹọḍḥṛṣṭẓčǧ"))
    return _Context(text, main, turkish, african, sum(counts.values()))


@lru_cache(maxsize=64)
def _others(text: str) -> frozenset[str]:
    """The scripts of which a text has whole words."""
    return frozenset(
        name
        for token in set(_TOKEN.findall(text))
        if not token.isascii()
        for word in _words(token)
        if len(word.scripts) == 1 and len(word.letters) > 1
        for name in word.scripts
    )


def _odd(word: _Word, scripts: frozenset[str]) -> str:
    counts = Counter(name for _, name in word.letters if name in scripts)
    rarest = min(counts, key=lambda name: counts[name])
    return next(char for char, name in word.letters if name == rarest)


def _symbols(text: str) -> tuple[str, str]:
    shown, right = printable(text, 40), printable(unicodedata.normalize("NFKC", text), 40)
    what = f"“{shown}” is drawn with symbols in place of letters: a screen reader can't read it"
    return what, f"write “{right}”" if right != shown else "write it with letters"


def _twin(char: str) -> str:
    twin = latin_twin(char)
    if not twin and (match := re.search(r"SMALL CAPITAL ([A-Z])$", unicodedata.name(char, ""))):
        twin = match[1].lower()
    return f"“{twin}” from the keyboard" if twin else "letters from the keyboard"


def _code(char: str) -> str:
    return f"U+{ord(char):04X}, {unicodedata.name(char, 'a sign without a name').lower()}"


def _name(script_name: str) -> str:
    return script_name.replace("_", " ")
