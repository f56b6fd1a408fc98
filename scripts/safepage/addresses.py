"""Finds phone numbers, e-mail and web addresses that stand in a text, however they are spelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from safepage.grammar import PLACEHOLDER

COUNTRY = "BE"
MAX_FOUND = 20  # in one paragraph; who wrote so many has understood
_SPACES = dict.fromkeys(range(32), " ")
_BLOCK = "¤"  # stands for what was understood, so that nothing is matched across it

_CJK = {c: str(n) for n, group in enumerate(["〇零", "一壹", "二贰貳", "三叁參", "四肆", "五伍", "六陆陸",
        "七柒", "八捌", "九玖"]) for c in group}  # fmt: skip
_CJK_RUN = re.compile("[{0}](?:[ \\-.·、]?[{0}]){{2,}}".format("".join(_CJK)))

_ALONE, _ENDS = r"(?<![\d+])(?<!\d[ ./:\-])", r"(?![ ./:\-]?\d)"
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_ANY_YEAR = r"(?:19|20)\d\d|1[34](?!07)\d\d"  # also of the Persian and the Islamic calendar
_DATE_YEAR = r"(?:19|20|1[34]|2[45])\d\d"  # and of the Buddhist one, in a whole date
_TIME = r"(?:[01]?\d|2[0-4])\s?[:hu]\s?[0-5]\d"
_DOT_TIME = r"(?:[01]?\d|2[0-4])(?:\.[0-5]\d)?"
_CLOCK = r"(?:[01]?\d|2[0-4])\.[0-5]\d"
_LAW = r"[1-9]\d{0,4}"  # the number of a law, a judgment or a case, with its year
_AMOUNT = r"[1-9]\d{0,2}(?:[ .,'’]\d{3})*(?:[.,]\d\d?)?"
_MONEY = r"(?:€|EUR\b|[Ee]uros?\b|USD\b|\$|%)"
_FINE = re.compile(
    "|".join(
        _ALONE + pattern + _ENDS
        for pattern in (
            rf"{_DAY}[./\-]\s?{_MONTH}[./\-]\s?{_DATE_YEAR}",
            rf"{_DATE_YEAR}[./\-]\s?{_MONTH}[./\-]\s?{_DAY}",
            rf"{_TIME}(?:\s?[-–—]\s?{_TIME})?",
            rf"{_DOT_TIME}\s?[-–—]\s?{_DOT_TIME}\s?(?:[hu]\b|uur\b|Uhr\b|h\b)",
            rf"{_CLOCK}\s?[-–—]\s?{_CLOCK}",
            rf"{_YEAR}\s?[-–—/]\s?(?:{_YEAR}|\d\d)",
            rf"{_YEAR}/\d{{1,6}}(?:/[A-Z]{{2,4}})?",
            rf"(?:(?:{_LAW}|[1-9]\d?\.\d{{3}})/{_YEAR}|{_LAW}/\d\d|{_LAW} \({_YEAR}\))",
            r"[1-9]\d?(?P<sign>[ .,'’])\d{3}(?P=sign)\d{3}",
            rf"(?:{_MONEY}\s?{_AMOUNT}|{_AMOUNT}\s?{_MONEY})",
            r"(?!116[ .,'’]?\d{3}(?!\d))[1-9]\d{0,2}(?:[ .,'’]\d{3})*[ .,'’]000",
            rf"(?:(?:ISBN|ISSN)(?:-1[03])?:?\s?97[89](?:-?\d){{10}}|(?:NUMAC|Numac)\W{{0,2}}{_YEAR}\d{{6}})",
            r"(?:24\s?/\s?7|7\s?/\s?7|24\s?/\s?24)",
        )
    )
)

_WIDE = r"[\s.\-‐-―−/\\()\[\]·•*_,:;'’|~=#…x]"
_NARROW = r"[\s.\-‐-―−/\\()\[\]·•*_|~]"
_RUNS = (
    re.compile(rf"(?<!\d)\(?(?:\+\s?|0){_WIDE}{{0,4}}(?:\d{_WIDE}{{0,4}})+"),
    re.compile(rf"(?<![\d])[1-9](?:{_NARROW}{{0,4}}\d)+"),
)
_SHORT = re.compile(
    r"(?<![\d+])(?<!\d[.,:/\-])"
    r"(?:1[ .\-]?1[ .\-]?2|1[ .\-]?0[ .\-]?1|116[\s.\-]{0,2}\d{3})"
    r"(?![.,:/\-]?\d|[a-z])"
)
_APP = re.compile(r"112\s?BE(?![A-Za-z])")  # the app's name, which 112.be writes so
_COUNTED = re.compile(rf"\s?(?:{_MONEY}|km\b|kg\b|m²)")
_ARTICLE = re.compile(r"(?:\b[Aa]rt(?:\.|icles?|ikel|ículo|igo|icolul)?|§§?|\bL)\s?$")
_NUMBER = re.compile(
    r"(?<![\d.,])(?:\d{3,6}|\d(?:[ .\-]\d){2,5}|0\d{2,3} \d{1,3}|\d{3} \d{3}|\d\d \d|\d \d\d)"
    r"(?![\d]|[.,]\d| \d|[\-–]\d)"
)

# Beginnings of "to call", "phone", "number": a short number after one of them is meant to be dialled.
_CALL = re.compile(
    r"(?<![^\W_])(?:call|dial|phone|ring|text|sms|whatsapp|bel|draai|toets|telef|tel\b|t[ée]l[ée]ph|appel|compos|"
    r"ruf|anruf|wähl|llam|marc|llame|lig(?:ue|ar)|disc|chiam|sun[aă]|apel|zadzwo|dzwo|volej|ara(?:y|\b)|telefon|"
    r"hív|hivja|gọi|wac\b|tawag|tumawag|telepon|обад|звън|звон|позвон|дзвон|подзвон|телефон|набер|набир|"
    r"اتصل|اتصال|هاتف|تماس|زنگ|تلفن|ټیلیفون|טלפון|חייג|התקשר|कॉल|फ़ोन|फोन|কল|ফোন|ደውል|ይደውሉ|ስልክ|τηλ|καλέ)",
    re.IGNORECASE,
)
_CALL_CJK = re.compile("拨|撥|打|电话|電話|致电|致電|โทร|ደውሉ|gọi")

_SCHEME = re.compile(
    r"(?<![\w])[a-z][a-z0-9+.\-]{1,20}:\s?//\S*|(?:https?|ftp|mailto|tel|sms|whatsapp)\s?:\S+", re.IGNORECASE
)
_WWW = re.compile(r"(?<![A-Za-z0-9])www\s?\.\s?\w\S*", re.IGNORECASE)
_ENDINGS = (
    "com org net info biz edu gov int mil name mobi app dev blog shop site online store xyz top club "
    "space website live link page help support care chat group network one pro vip icu me tv co io ai "
    "eu be brussels vlaanderen nl fr de uk ie lu ch at es pt it ro bg pl cz sk hu hr rs si gr tr ua ru "
    "by md al mk se no dk fi ee lv lt is cn tw hk jp kr vn ph th in pk bd ir iq sy lb jo il sa ae eg "
    "ma dz tn et er so ke ng br ar mx us ca au nz ly gg to cc ws"
)
_IDN = (
    "рф|укр|бг|ею|срб|мкд|бел|қаз|онлайн|сайт|орг|ком|москва|рус|ευ|ελ|中国|中國|香港|公司|网络|网址|网站|在线|"
    "コム|テスト|한국|닷컴|닷넷|इंडिया|भारत|संगठन|ভারত|ไทย|קום|"
    "امارات|السعودية|ایران|پاکستان|مصر|المغرب|شبكة|موقع|كوم|تونس|الجزائر|قطر|سورية|الاردن|فلسطين|عمان"
)
# After an address a letter of a script without spaces may follow at once: “payoke.be吧”.
_OVER = r"(?![A-Za-z0-9_\u00c0-\u024f\u1e00-\u1eff])"
_LABEL = r"(?<![\w.@])[^\W_](?:[\w\-]*[^\W_])"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.[\w\-]+)*\.[a-z]{{2,24}}{_OVER}(?!\.[A-Za-z])(?:[/?#:][!-~]*)?")
_DOMAIN_ANY_CASE = re.compile(
    rf"{_LABEL}?(?:\.[\w\-]+)*[.。](?:{'|'.join(_ENDINGS.split())}){_OVER}(?:/[!-~]*)?", re.IGNORECASE
)
_DOMAIN_IDN = re.compile(rf"{_LABEL}\.(?:{_IDN})(?![^\W_])|(?<!\w)xn--[a-z0-9\-]+", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_SPELT = re.compile(
    r"\w+\s?[\[(]\s?(?:dot|punt|point|punkt|punto|ponto|точка|نقطة)\s?[\])]\s?\w+", re.IGNORECASE
)
_APART = re.compile(r"[a-z0-9\-]{2,} \. (?:be|com|org|net|eu)(?![^\W_])")
_EMAIL = re.compile(
    r"[\w.+\-]+(?:@\s?|\s@\s|\s?[\[(]\s?(?:at|apenstaartje|arobase|ät)\s?[\])]\s?)[\w\-]+(?:\s?\.\s?[\w\-]+)*",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@\s?\w[\w.]*")

# What an address or a number can't do without: most paragraphs have none of it, and are done.
_AT_SPELT = re.compile(r"[\[(]\s?(?:at|ap|ar|ät)", re.IGNORECASE)
_ADDRESS_LIKE = re.compile(
    r"[.。]\w| \. |:\s?//|\w\s?:\S|www|xn--|[\[(]\s?(?:dot|pun|poi|pon|точ|نق)", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_BEFORE_PHONE = re.compile(r"[+\d][\d ./\-]{0,20}(?:[ (]{0,3}|[./(\-])(?<!\. )\{\{[^{}\n]*phone\s*\}\}")
# Letters that would run together with an address: “evil.{{ its.website }}”, “{{ its.email }}.evil”.
_BESIDE_ADDRESS = re.compile(
    r"[A-Za-z0-9@][A-Za-z0-9.\-/@]{0,60}\{\{[^{}\n]*(?:website|email)\s*\}\}|"
    r"\{\{[^{}\n]*(?:website|email)\s*\}\}(?:[A-Za-z0-9@]|[./@:?#][A-Za-z0-9])[A-Za-z0-9.\-/@]{0,60}"
)
_AFTER_PHONE = re.compile(r"\{\{[^{}\n]*phone\s*\}\}(?:[./\-]?\d|[ ]{1,3}\d[\d ./\-]*(?=\s*(?:[,;:!?)]|$)))")


@dataclass(frozen=True)
class Found:
    """A contact in a text: what it is (phone, short, email, address) and how the text writes it."""

    kind: str
    text: str


def describe(found: Found) -> tuple[str, str]:
    """A found contact as a refusal: what is wrong and why it matters to a reader, and what to do."""
    todo = "write {{ its.name }} here, and the contact itself in docs/contacts.yml"
    shown = " ".join(found.text.split())
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    if found.kind == "short":
        what = f"the short number “{shown}” is written out: a wrong digit would leave a caller alone"
        return what, "write {{ emergency.phone }} or the like; if nobody dials it, write the number in words"
    if found.kind == "phone":
        what = f"the phone number “{shown}” is written out: a wrong digit would lead a reader to a stranger"
        return what, f"{todo}; if it is no phone number, write it in words"
    if found.kind == "email":
        what = f"“{shown}” is an e-mail address or account: a wrong letter would reach a stranger"
        return what, todo
    what = f"“{shown}” is an outside address: a reader could be led to a harmful site"
    return what, f"{todo}; if it is no address, put a space after the full stop"


@lru_cache(maxsize=4096)
def fold(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is read: any script's digits as 0 to 9, no marks, nothing invisible, symbols as spaces.

    Out: the folded text, and for each of its characters its place in the original.
    """
    if text.isascii():
        return text.translate(_SPACES), range(len(text))
    chinese = {n for match in _CJK_RUN.finditer(text) for n in range(*match.span())}
    folded: list[str] = []
    places: list[int] = []
    for place, original in enumerate(text):
        if original.isascii():
            parts = original
        elif place in chinese and original in _CJK:
            parts = _CJK[original]
        else:
            parts = unicodedata.normalize("NFKC", original)
        for char in parts:
            if not char.isascii():
                kind = unicodedata.category(char)
                digit = unicodedata.digit(char, None)
                if digit is not None:
                    char = str(digit)
                elif kind in ("Cf", "Mn", "Me", "Cc"):
                    continue
                elif kind == "So" or (kind == "Sm" and char != "−") or kind.startswith("Z"):
                    char = " "
            elif char < " ":
                char = " "
            folded.append(char)
            places.append(place)
    return "".join(folded), tuple(places)


@lru_cache(maxsize=128)  # one source page is compared with many translations
def numbers(text: str) -> frozenset[str]:
    """Every number of three to six digits in a text, as digits: what a translation of it may hold."""
    plain = PLACEHOLDER.sub(_BLOCK, fold(text)[0])
    whole = {re.sub(r"\D", "", match[0]) for match in _NUMBER.finditer(plain)}
    return frozenset(whole | set(re.findall(r"\d{3,6}", plain)))


def find(text: str, known: frozenset[str] | None = None) -> list[Found]:
    """Every contact in a plain text, in the order of its kinds.

    In: the text, with `{{ placeholders }}` still unfilled; `known`, the numbers of the page that it
    translates, so that a short number with a changed digit is seen. Dates, times, years, amounts and numbers
    of laws are no contacts.
    """
    search = _Search(text)
    if "{{" in search.plain:
        for match in _BESIDE_ADDRESS.finditer(search.plain):
            search.add("address", *match.span())
    if "@" in search.line or _AT_SPELT.search(search.line):
        search.take("email", _EMAIL)
        search.take("email", _HANDLE)
    if _ADDRESS_LIKE.search(search.line):
        for pattern in (_SCHEME, _WWW, _DOMAIN_IDN, _SPELT, _APART):
            search.take("address", pattern)
        for pattern in (_DOMAIN, _DOMAIN_ANY_CASE):
            search.take("address", pattern, lambda match: not _is_prose(match[0]))
    if _DIGIT.search(search.line):
        _beside_placeholders(search)
        search.take("", _APP)
        _phones(search)
        _shorts(search, known)
    return search.found


class _Search:
    """A text as it is read, of which what has been understood is blocked out bit by bit."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain, self.places = fold(text)
        self.line = PLACEHOLDER.sub(_blocked, self.plain) if "{{" in self.plain else self.plain
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
            return _blocked(match)

        self.line = pattern.sub(block, self.line)

    def add(self, kind: str, start: int, end: int) -> None:
        """Note a piece of the folded text as the original has it."""
        if len(self.found) >= MAX_FOUND:
            return
        while end > start + 1 and self.plain[end - 1] in " .,;:·•…-–—(*_|~/":
            end -= 1
        item = Found(kind, self.text[self.places[start] : self.places[end - 1] + 1].strip())
        if item not in self.found:
            self.found.append(item)


def _blocked(match: re.Match[str]) -> str:
    return _BLOCK * len(match[0])


def _is_prose(match: str) -> bool:
    """A full stop between words rather than an address: “z.B.”, “o.a.”, “3.b”."""
    first, last = re.split(r"[.。](?=[^.。]*$)", match, maxsplit=1)
    if len(first) == 1 and not re.match(r"(?:me|com?|ly|gg)\b", last):
        return True
    return bool(_ABBREVIATED.fullmatch(match)) or not re.search(r"[^\W\d_]", first)


def _beside_placeholders(search: _Search) -> None:
    """Digits that would run together with the number that a placeholder becomes."""
    if "{{" not in search.plain:
        return
    plain = _FINE.sub(_blocked, search.plain)
    for pattern in (_BEFORE_PHONE, _AFTER_PHONE):
        for match in pattern.finditer(plain):
            search.add("phone", *match.span())


def _phones(search: _Search) -> None:
    search.take("", _FINE)
    for pattern in _RUNS:
        search.take("phone", pattern, lambda match: _dialled(match[0]))
    if len(_DIGIT.findall(search.line)) >= 7:
        # The library takes a fifth of a second to load: only for a page that holds so many digits.
        from phonenumbers import Leniency, PhoneNumberMatcher

        for number in PhoneNumberMatcher(search.line, COUNTRY, leniency=Leniency.VALID, max_tries=MAX_FOUND):
            if _BLOCK not in number.raw_string:
                search.add("phone", number.start, number.end)


def _dialled(run: str) -> bool:
    """True if a run of digits has as many as a phone number, and is no list of values."""
    groups = re.findall(r"\d+", run)
    if sum(map(len, groups)) < 7:
        return False
    if len(groups) > 2 and max(map(len, groups)) < 10:
        values = [int(group) for group in groups]
        if all(b - a == 1 for a, b in pairwise(values)):
            return False
    return not all(re.fullmatch(_YEAR, group) for group in groups)


def _shorts(search: _Search, known: frozenset[str] | None) -> None:
    search.take("short", _SHORT, lambda match: not _counted(match))
    search.take("short", _NUMBER, lambda match: not _counted(match) and _short(match, known))


def _counted(match: re.Match[str]) -> bool:
    """True for “101 %” and “art. 101”."""
    line, start, end = match.string, match.start(), match.end()
    return bool(_COUNTED.match(line, end) or _ARTICLE.search(line[max(0, start - 12) : start]))


def _short(match: re.Match[str], known: frozenset[str] | None) -> bool:
    """True for a number that is meant to be dialled, or that the source page has not."""
    digits = re.sub(r"\D", "", match[0])
    before = match.string[max(0, match.start() - 30) : match.start()]
    told = _CALL.search(before[-9:]) or _CALL_CJK.search(before[-5:])
    asked = told or _CALL.search(before) or _CALL_CJK.search(before[-8:])
    if not _looks_dialled(digits) and not (told and not re.fullmatch(_YEAR, digits)):
        return False
    return bool((known is not None and digits not in known) or (asked and not (known and digits in known)))


def _looks_dialled(digits: str) -> bool:
    """Three digits as emergency services have them, four from 1 that are no year, five or six."""
    if len(digits) == 3:
        return digits[0] in "019" and digits != "100"
    if len(digits) == 4:
        return digits[0] in "018" and not re.fullmatch(_ANY_YEAR, digits) and not digits.endswith("00")
    return not digits.endswith("000") or digits.startswith("116")
