"""Finds short numbers in a text: those of emergency services, and whatever a sentence says to dial."""

from __future__ import annotations

import re
from functools import lru_cache

from safepage.gate import country as countries
from safepage.gate.contacts.context import Around
from safepage.gate.contacts.figures import ANY_YEAR, MONEY, YEAR, counts

_YEARS = re.compile(r"(?:19|20)\d\d|1[34](?!07)\d\d")
SHORT = re.compile(
    r"(?<![+\d_A-Za-z\u00c0-\u024f\u0370-\u052f])(?<!\d[.,:/\-])"
    r"(?P<number>\d(?:[^\w¤]{1,3}\d){2,5}|0\d{2,3} \d{1,3}|\d{3}[ .\-]\d{3}|\d\d[ .\-]\d(?:\d\d)?|"
    r"\d[ .\-]\d\d|\d{2,6})"
    r"(?![.,:/\-]?\d|[A-Za-z\u00c0-\u024f\u0370-\u052f])"
)
_SPACED = re.compile(r"\d(?:[^\w¤]{1,3}\d)+")
_UNIT = re.compile(
    rf"\s?{MONEY}|টি|\s?[-–]\s?(?:\d|[^\W\d_]{{3,}})|(?:\s?(?:st|nd|rd|th|er|re|ème|ste|de)\b)|\.?\s?§"
)
_ARTICLE = re.compile(
    r"(?:\b(?:[Aa]rt(?:s?\.|icles?|ikel|ículo|igo|icolul)?|[Ss]tr\.|[Pp]p?\.|[Pp]ages?|[Ss]eiten?|blz\.?|bladzijde|pág\.?|"
    r"página|pagina|strona|сторінк\w|стор\.|стр\.|sayfa|trang|[Сс]т\.|[Сс]татт?[яіьеи]|[Чч]л\.|член|alin\.|pct\.|[Mm]adde|Điều|điều|المادة|ماده|دفعہ|धारा|ধারা|มาตรา|第|[Nn]eni|[Čč]l\.|[Aa]rtikulo|"
    r"[Ee]xit|[Ff]orm(?:ulier|ulaire|ular)?|[Gg]ate|[Tt]ram|[Tt]rain|[Ll]ijn|[Ll]igne|[Aa]nnexe?|[Bb]ijlage|[Aa]nlage|"
    r"[Tt]abell?e?|[Ll]evel|[Ss]tep|[Ff]loor|[Tt]ype|[Vv]ersion|"
    r"[Rr]oom|[Kk]amer|[Zz]immer|[Bb]ureau|[Bb]ox|[Bb]us|[Bb]te|[Pp]ostfach|[Pp]ostbus|BP|"
    r"[Bb]oîte|[Aa]partado|[Cc]aixa|[Ss]krytka|скринька|кутия|صندوق)|§§?|\bL)\s?"
    # “arts. 173, 177 bis y 318”
    r"(?:\d{1,4}(?:\s?[a-z]{1,10})?(?:,\s|\s(?:y|e|et|und|en|and|i|și|и|і|&)\s)){0,5}$"
)
_STREET = re.compile(
    r"(?:\b(?:[Ss]tr\.|[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Cc]haussée|[Cc]alle|[Aa]venida|[Rr]ua|[Uu]l\.|[Aa]l\.|[Ss]trada|[Bb]d\.|"
    r"[Ss]ok(?:ak|\.)|[Cc]ad(?:desi|\.)|вул\.|ул\.|бул\.|đường|[Đđ]ường|شارع)[^.!?;:\d]{0,40}|"
    r"\w{2,40}(?:straat|laan|weg|plein|dreef|kaai|lei|straße|strasse|allee|platz|[Ss]treet|[Rr]oad)),?\s$"
)
_ABBREVIATION = re.compile(
    r"(?<![^\W_])(?:rn|s|n|nr|no|nº|n°|№|num|núm|poz|bl|ap|sc|et|tab|fig|abb|bd|vol|kap|cap|ch|sect|par|abs|al|lid|ziff|pkt|pct|"
    r"lit|ust|rozdz|бр|стр|с|т|п|ст|чл|ал|гл|рис|табл|md|m|sy|kh|ص|م)\.?\s?$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s?[;,]\s[^;:,\d]{2,40}:\s?\d")  # “by phone: 118; by e-mail: 95”
_OF = re.compile(r"\s(?:of|from|van|von|aus|de|di|des|du|d’|d'|z|ze|із|з|от|din|dintre|trong|من|were|was)\b")


class Shorts:
    """The short numbers of a line, in which phone numbers and dates have been blocked out."""

    def __init__(self, around: Around, known: frozenset[str] | None, country: str, *, spelt: bool) -> None:
        self.around, self.known, self.country, self.spelt = around, known, country, spelt

    def dialled(self, match: re.Match[str]) -> bool:
        """True for a number that is meant to be dialled, or that the source page has not."""
        start, end = match.span("number")
        digits = re.sub(r"\D", "", match["number"])
        if len(digits) > 6 or _UNIT.match(self.around.line, end):
            return False
        before = self.around.before(start)
        if _ARTICLE.search(before) or _STREET.search(before):
            return False
        if re.fullmatch(ANY_YEAR, match["number"]) and self.around.dated(start):
            return False
        spaced = bool(_SPACED.fullmatch(match["number"]))
        asked = self.around.asked(start, end)
        emergency = _emergency(digits, self.country)
        if spaced and counts(list(digits)):
            return False
        if not asked and (
            re.search(r"[,;] |\. | \| ", match["number"])
            if spaced
            else not (emergency or match["number"].isdigit())
        ):
            return False  # a list, a range
        content = self.around.content_after(end)
        if len(digits) == 2:
            if asked == "danger" and not content:
                return self.around.alone(start, end)
            return asked == "call" and not content and not match["number"].startswith("0")
        if self.known is not None and digits in self.known and not emergency:
            return False
        if asked:
            return self.told(asked, match["number"], digits, end)
        counted = content or bool(_OF.match(self.around.line, end))
        named = bool(_ABBREVIATION.search(before))
        listed = named and before.rstrip()[-1] in ".°º№"  # “n. 195”, not “police et 118”
        if self.known is not None and digits not in self.known and _looks_dialled(digits) and not listed:
            plainly = self.around.often_counted(end) and self.around.statistics(start, end)
            return not (counted and plainly)
        if emergency and not self.spelt:
            loose = re.search(r"\d\.\d|\d[^\w ]+\d[^\w ]+\d", match["number"]) and not digits.startswith(
                "116"
            )
            return not (loose or counted or named) and (spaced or not self.around.statistics(start, end))
        return emergency and spaced and not content

    def told(self, asked: str, number: str, digits: str, end: int) -> bool:
        """True if a number after a word of calling is what to dial, and not what is counted."""
        content = self.around.content_after(end)
        if len(digits) == 3 and not _emergency(digits, self.country) and _LISTED.match(self.around.line, end):
            return False
        if asked == "call":
            return not (content and (self.around.often_counted(end) or re.fullmatch(YEAR, digits)))
        if asked == "danger":
            spaced = bool(_SPACED.fullmatch(number))
            return not content and (spaced or _looks_dialled(digits) or len(set(digits)) == 1)
        return not content or _emergency(digits, self.country)


def _looks_dialled(digits: str) -> bool:
    """Three digits as emergency services have them, four from 1 that are no year, five or six."""
    if len(digits) == 3:
        return digits[0] in "019" and digits != "100"
    if len(digits) == 4:
        return digits[0] in "018" and not _YEARS.fullmatch(digits) and not digits.endswith("00")
    return not digits.endswith("000") or digits.startswith("116")


@lru_cache(maxsize=4096)
def _emergency(digits: str, country: str) -> bool:
    """True for the numbers of emergency services, and those that begin with 116 in all of Europe."""
    if digits.startswith("116") and len(digits) == 6:
        return True
    return not digits.endswith("00") and countries.is_emergency(digits, country)
