"""Finds what a reader would dial in a text: phone numbers and short numbers, however they are spelt."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import phonenumbers
from phonenumbers import PhoneNumberType

from safepage.gate.contacts import figures
from safepage.gate.contacts.context import Around
from safepage.gate.contacts.figures import CERTAIN, RUN, STRONG, WEAK, YEAR, Run, counts, run_of
from safepage.gate.contacts.reading import BLOCK, MAX_FOUND, Reading
from safepage.gate.contacts.respelling import letters_for_digits, linked, roman, words_for_digits
from safepage.gate.contacts.shorts import SHORT, Shorts

_PLAIN_SHORT = re.compile(r"\d{3,6}|116[ .,'’]?\d{3}")
MAX_GROUPS = 200  # of digits in a row; nobody reads on
_DIGIT = re.compile(r"\d")
# A mark that turns the direction of writing, right between two digits: 3‏1‏1 is read as 113.
_TURNED = re.compile(r"\d[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]{1,4}\d")
_MARKS = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_BEFORE_PHONE = re.compile(
    r"(?<![+\d])[+\d][\d ./\-]{0,20}(?:[ (]{0,3}|[./(\-])(?<!\. )\{\{[^{}\n]{0,200}(?:phone|short)\s{0,9}\}\}"
)
_AFTER_PHONE = re.compile(
    r"\{\{[^{}\n]{0,200}(?:phone|short)\s{0,9}\}\}"
    r"(?:[./\-]?\d|[ ]{1,3}\d[\d ./\-]{0,30}(?=\s{0,9}(?:[,;:!?)]|$)))"
)
_REFERENCE = re.compile(
    r"(?:[Ff]iles?|[Cc]ases?|[Rr]ef(?:erence|\.)?|[Dd]ossiers?|[Nn][°ºo]s?\.?|[Nn]r\.?|№|[Zz]aak|zaken|Numac|NUMAC|"
    r"[Aa]ktenzeichen|[Rr]eferentie|[Rr]éférence|[Rr]eferencia|[Rr]eferência|[Ee]xpediente|[Pp]rocesso|ECLI\S{0,30}|"
    r"[Ss]prawy|справи?|дело|[Dd]osar(?:ul)?|dosya|hồ sơ|ملف|PMID|ID|KBO|BCE|[Ii]nvoice|[Ff]acture|"
    r"[Rr]echnung|(?!TEL|GSM|FAX|SMS|SOS|MOB|ТЕЛ)[A-ZА-ЯĐ]{2,6})"
    r"\W{0,3}$"
)
# Words for the number of an enterprise: names of the tax, then of registers.
_TAX = r"VAT|TVA|BTW|MwSt|USt|IVA|KDV|ПДВ|ДДС|NIF|NIP|CUI|MST|KBO|BCE|CBE|RPR|RPM|KvK|SIREN|SIRET|HRB|ABN"
_BANK = re.compile(r"(?<![A-Za-z\d])[A-Z]{2}\d\d(?: ?[A-Z\d]{2,4}){3,8}(?![A-Za-z\d])")
# Letters of a telephone's keys: “1-800-799-SAFE”, “0800-HELPME”, “call 1800 RESPECT”; no hour, no count.
_SPELT = re.compile(
    r"(?<![\w.,-])(?:1[-.]\(?8\d\d\)?[-.](?:\d{3}[-.])?|\(?8\d\d\)?[-.]\d{3}[-.]|"
    r"(?P<short>0800|1[38]00(?=[ -]?[A-Z]{5}))(?P<between>[ -]?)"
    r"(?!(?:HRS|HOURS?|UHR|UUR|HEURES|EUROS?|GMT|UTC)\b))"
    r"[A-Z]{3,9}(?![A-Za-z])"
)
_CENTS = re.compile(r"\d\.\d{3},\d\d(?!\d)|\d,\d{3}\.\d\d(?!\d)")  # 1.500,50 or 1,500.50
# What stands between two numbers; a bracket around the first digits of one does not.
_BETWEEN = re.compile(r"[,;:] |\. |(?<!\(\d\d)(?<!\(\d{3})(?<!\(\d{4})(?<!\(\d{5})\)[ ,;]{1,2}| [(–—|-] ?")
# Groups of a number before which no 0 is dialled, in countries that have such.
_WHOLE = frozenset(((4, 2, 2, 2), (4, 3, 3), (4, 6), (2, 6), (3, 2, 3), (4, 4)))
_FIXED = (PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.UNKNOWN)


def find_numbers(reading: Reading, known: frozenset[str] | None, country: str) -> None:
    """Note every phone number and short number of a text.

    In: the text, of which addresses have been blocked out; the numbers of the page that it translates, or
    None; the country whose numbers are dialled without a prefix.
    """
    if _MARKS.search(reading.text):
        for match in _TURNED.finditer(reading.text):
            start = bisect_left(reading.places, match.start())
            reading.add("marked", start, min(bisect_left(reading.places, match.end()), len(reading.places)))
    line = reading.line
    if _DIGIT.search(line):
        _beside_placeholders(reading)
        reading.take("", re.compile(rf"112\s?{country}(?![A-Za-z])"))  # the name of an app: “112 NL”
        reading.take("bank", _BANK, _is_bank)
        numbers = _Numbers(reading, known, country)
        reading.take("phone", _SPELT, numbers.spelt_out)
        numbers.find()
    for way in (letters_for_digits, roman, linked):
        if respelt := way(line, reading.places):
            other = reading.read_as(respelt.plain, respelt.places)
            _Numbers(other, None, country, spelt=True).find()
    respelt = words_for_digits(line, reading.places)
    if respelt:
        other = reading.read_as(respelt.plain, respelt.places)
        numbers = _Numbers(other, None, country, spelt=True)
        for start, end in respelt.rows:
            numbers.row(start, end)
        numbers.find()


def _beside_placeholders(reading: Reading) -> None:
    """Digits that would run together with the number that a placeholder becomes."""
    if "{{" not in reading.plain:
        return
    plain = figures.without_certain(reading.plain)
    for pattern in (_BEFORE_PHONE, _AFTER_PHONE):
        for match in pattern.finditer(plain):
            reading.add("phone", *match.span())


def _is_bank(match: re.Match[str]) -> bool:
    """True for a bank account whose digits agree with each other (ISO 13616)."""
    signs = match[0].replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1


class _Numbers:
    """The numbers of one reading of a text, and the words around them."""

    def __init__(
        self, reading: Reading, known: frozenset[str] | None, country: str, *, spelt: bool = False
    ) -> None:
        self.reading, self.known, self.country, self.spelt = reading, known, country, spelt
        self.around = Around(reading.line)

    def find(self) -> None:
        """Note phone numbers, then short numbers in what is left."""
        line, pieces, last = self.reading.line, [], 0
        for match in RUN.finditer(line):
            if len(self.reading.found) >= MAX_FOUND:
                return
            run = run_of(match)
            kept = run.text
            if span := self.phone(run):
                self.reading.add("phone", *span)
                kept = BLOCK * len(kept)
            elif self.understood(run):
                kept = BLOCK * len(kept)
            pieces += [line[last : run.start], kept]
            last = run.end
        self.reading.line = "".join(pieces) + line[last:]
        shorts = Shorts(self.around, self.known, self.country, spelt=self.spelt)
        self.reading.take("short", SHORT, shorts.dialled)

    def spelt_out(self, match: re.Match[str]) -> bool:
        """True for a number with letters; with a space, which a count has too, alone or if asked to call."""
        if match["between"] != " ":
            return True
        start, end = match.span("short")
        if match["short"] in (self.known or ()) or self.around.often_counted(end):
            return False
        if len(self.around.words) > 1:
            return bool(self.around.asked(start, end))
        digits = re.sub(r"\D", "", phonenumbers.convert_alpha_characters_in_number(match[0]))
        return any(_valid(digits[:length], self.country) for length in range(9, len(digits) + 1))

    def understood(self, run: Run) -> bool:
        """True for a run that can't be a short number either: a date, an amount."""
        if run.sure < STRONG and not (run.sure == WEAK and figures.thousands(run.text)):
            return False
        return not _PLAIN_SHORT.fullmatch(run.text) and not self.around.asked(run.start, run.end)

    def row(self, start: int, end: int) -> None:
        """Note a long row of number words, unless it counts."""
        groups = re.findall(r"\d+", self.reading.line[start:end])
        if len("".join(groups)) >= 7 and not counts(groups):
            self.reading.add("phone", start, end)

    def phone(self, run: Run) -> tuple[int, int] | None:
        """Where in a run a number to dial stands, if it holds one."""
        digits = run.digits
        if len(digits) < 7:
            return None
        whole = (run.start, run.end)
        asked = bool(self.around.asked(run.start, run.end))
        if run.sure == CERTAIN or (
            run.sure == STRONG
            and not (asked and digits[0] == "0" and (len(digits) > 8 or _valid(digits, self.country)))
        ):
            return None
        if run.text.lstrip("( ").startswith("+") or max(map(len, run.groups)) > 20:
            return whole
        if asked and not counts(run.groups) and not (run.sure == WEAK and self.counting(run)):
            return whole
        led = self.led_by_zero(run)
        if led:
            return led
        if bracketed := next((piece for piece in _pieces(run) if self.bracketed(*piece)), None):
            return bracketed
        if run.sure == WEAK:
            if figures.thousands(run.text):
                return whole if self.service_number(run) else None
            return None
        for start, end in _pieces(run):
            if self.without_zero(run, start, end):
                return start, end
        return None

    def counting(self, run: Run) -> bool:
        """True for an amount that counts what follows: “phone users: 11 584 008 people”."""
        return figures.thousands(run.text) and self.around.content_after(run.end)

    def led_by_zero(self, run: Run) -> tuple[int, int] | None:
        """A number that begins with 0 at one of the run's groups: valid in the country, or in its shape."""
        groups = [(run.start + m.start(), run.start + m.end(), m[0]) for m in re.finditer(r"\d+", run.text)]
        for at, (start, _, group) in enumerate(groups[:MAX_GROUPS]):
            if group[0] != "0" or (self.around.attached(start) and at == 0 and len(groups) == 1):
                continue
            left_out = self.reading.line[max(0, start - 1) : start + 2] == "(0)"  # from abroad
            several = any(len(g) > 1 for _, _, g in groups)
            if run.is_firm(start) or (run.sure and group == "0" and several and not left_out):
                continue
            number = ""
            for _, end, more in groups[at : at + 12]:
                number += more
                if len(number) > 15:
                    break
                if len(number) >= 8 and _valid(number, self.country) and not self.registered(number, start):
                    follows = groups[at : at + 12]
                    if not counts([g for s, e, g in follows if e <= end]):
                        return start, end
        return self.shaped(run, [group for _, _, group in groups])

    def shaped(self, run: Run, groups: list[str]) -> tuple[int, int] | None:
        """A run that begins with 0 and has the groups of a phone number, though of no known country."""
        digits = "".join(groups)
        if (
            groups[0][0] != "0"
            or run.sure
            or run.is_firm(run.start)
            or not 8 <= len(digits) <= 15
            or counts(groups)
        ):
            return None
        if self.registered(digits, run.start) or re.search(r"[,;] |\. ", run.text):
            return None
        named = _REFERENCE.search(self.around.before(run.start)) or self.around.attached(run.start)
        if len(groups) <= 2 and named:
            return None
        plausible = len(groups) == 1 or (
            len(groups[0]) <= 4 and (len(groups) >= 3 or len(groups[0]) >= 2) and max(map(len, groups)) <= 8
        )
        return (run.start, run.end) if plausible or all(len(g) == 1 for g in groups) else None

    def service_number(self, run: Run) -> bool:
        """True for “21 345 678”: an amount by its form, but a number of a service or a mobile phone.

        Where no 0 is dialled before a number, those at home look so, too.
        """
        valid = _kind(run.digits, self.country)
        plain = valid not in _FIXED or not phonenumbers.ndd_prefix_for_region(self.country, True)
        return valid is not None and plain and not self.around.content_after(run.end)

    def bracketed(self, start: int, end: int) -> bool:
        """True for “(212) 736-5000”: a number of the country whose first digits stand in brackets."""
        text = self.reading.line[start:end]
        return bool(re.match(r"\(\d{2,5}\)", text)) and _valid(re.sub(r"\D", "", text), self.country)

    def without_zero(self, run: Run, start: int, end: int) -> bool:
        """True for the groups of a number whose leading zero was left out, or of a card or an account."""
        text = self.reading.line[start:end]
        groups = re.findall(r"\d+", text)
        digits = "".join(groups)
        lengths = tuple(map(len, groups))
        if len(digits) < 7 or counts(groups) or all(re.fullmatch(YEAR, g) for g in groups):
            return False
        if _CENTS.search(text):
            return False
        if len(groups) == 1:
            if (
                _REFERENCE.search(self.around.before(start))
                or self.around.attached(start)
                or self.around.attached(end, after=True)
            ):
                return False
            date = re.fullmatch(rf"{YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", digits)
            return not date and _valid(digits, self.country)
        if lengths[0] <= 4 and set(lengths[1:-1]) == {4} and len(digits) >= 12:
            return True
        if lengths in ((1, 3, 3, 4), (3, 3, 4)) and re.search(r"\d[-.)]", text):
            return True
        prefix = str(phonenumbers.country_code_for_region(self.country))
        if (
            len(groups) >= 3
            and digits.startswith(prefix)
            and len(digits) > 9
            and _valid("+" + digits, self.country)
        ):
            return True
        if not _valid(digits, self.country) or _REFERENCE.search(self.around.before(start)):
            return False
        if lengths in _WHOLE and _is_whole(digits, self.country):
            return not self.around.content_after(end)
        if lengths in ((3, 3, 3), (2, 3, 3)):
            return not figures.thousands(text) or self.service_number(run)
        return (
            lengths in ((1, 3, 2, 2), (2, 2, 2, 2), (3, 2, 2, 2), (1, 3, 4), (3, 2, 4), (2, 2, 4), (3, 6))
            or set(lengths) == {1}
            or (len(groups) >= 4 and lengths[0] <= 3 and min(lengths[1:]) >= 2 and max(lengths) <= 3)
        ) and not (set(lengths) == {2} and all(b > a for a, b in pairwise(map(int, groups))))

    def registered(self, digits: str, start: int) -> bool:
        """True for the number of an enterprise that says so, and that nobody can call."""
        tax = rf"(?<![A-Za-z])(?:{_TAX}|{self.country})(?:\s[A-Z]\w{{1,20}})?\W{{0,3}}$"
        return bool(re.search(tax, self.around.before(start))) and not _valid(digits, self.country)


def _pieces(run: Run) -> Iterator[tuple[int, int]]:
    """A run divided where a list or a sentence is: what can be one number."""
    start = run.start
    for match in _BETWEEN.finditer(run.text):
        yield start, run.start + match.start()
        start = run.start + match.end()
    yield start, run.end


@lru_cache(maxsize=4096)
def _valid(digits: str, country: str) -> bool:
    return _kind(digits, country) is not None


@lru_cache(maxsize=4096)
def _is_whole(digits: str, country: str) -> bool:
    """True for a valid number that is dialled within the country as it stands."""
    number = phonenumbers.parse(digits, country)
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return re.sub(r"\D", "", shown) == digits


@lru_cache(maxsize=4096)
def _kind(digits: str, country: str) -> int | None:
    """The kind of number that these digits reach in the country; None if they reach nobody."""
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.number_type(number) if phonenumbers.is_valid_number(number) else None
