"""Finds web and e-mail addresses in a text, however they are spelt."""

from __future__ import annotations

import re
from collections.abc import Callable

from safepage.gate.contacts.endings import ENDINGS, FILES, OTHER_SCRIPTS, PLAIN
from safepage.gate.contacts.reading import Reading

# Full stops of other scripts, and signs that look like one (UTS #39).
_STOPS = {ord(sign): "." for sign in "。．｡․۔܁܂।ꓸ𝅭﹒"}
_DOT_WORDS = (
    r"dot|punt|point|punkt|punct|punctul|punto|ponto|pont|kropka|nokta|"
    r"точка|тчк|крапка|نقطة|chấm|cham|点|點|τελεία"
)
_AT_WORDS = (
    r"at|ät|apenstaartje|apestaartje|apenstaart|apestaart|arobase|arobaz|arobas|arroba|chiocciola|kukac|małpa|malpa|"
    r"a\s?còng|a\s?keong|klammeraffe|affenschwanz|собака|собачка|кльомба|маймунско\s?а|маймуна|равлик|"
    r"et\s?işareti|kuyruklu\s?a|آت|ات|أت"
)
_OPEN, _SHUT = r"[\[({<*_|~]", r"[\])}>*_|~]"
_ENDING = "|".join(sorted({*ENDINGS}, key=len, reverse=True))
_PLAIN = "|".join(sorted(PLAIN, key=len, reverse=True))
# After an address a letter of a script without spaces may follow at once: “our-name.org吧”.
_OVER = r"(?![A-Za-z0-9_\u00c0-\u024f\u1e00-\u1eff])"
_PATH = r"(?:[/?#:][!-~]{0,400})?"
_NAME = r"[^\W_][\w\-]{0,62}"

_SCHEME = re.compile(
    r"(?<![^\W_])[a-z][a-z0-9+.\-]{1,20}(?:\(s\))?\s?[\[({]?:[\])}]?\s?(?:/\s?/|\\\\)\S{0,400}|"
    r"(?<![^\W_])(?:https?|hxxps?|ftps?|javascript|vbscript|mailto|tel|callto|smsto|sms|mmsto|mms|facetime(?:-audio)?|"
    r"whatsapp|sgnl|signal|viber|tg|telegram|fb-messenger|fb|messenger|instagram|snapchat|tiktok|snssdk\d{1,5}|weixin|wechat|"
    r"line|imo|skype|intent|market|geo|comgooglemaps|waze|xmpp|sips?|ircs?|threema|zoommtg|zalo|vk|twitter|"
    r"discord|android-app|itms(?:-apps|-services)?|magnet|bitcoin|wss?|view-source)"
    r":(?![\s:\d+(])\S{1,400}",
    re.IGNORECASE,
)
_LOOSE_SCHEME = re.compile(
    r"(?<![^\W_])(?:(?:mailto|tel|sms|whatsapp|https?|hxxps?|ftp)\s?:[^\s\d+(]|geo:-?\d)\S{0,400}",
    re.IGNORECASE,
)
_WWW = re.compile(
    rf"(?<![A-Za-z0-9])(?:www\s?[.,]\s?\w\S{{0,400}}|www\s[\w\-]{{2,63}}\s(?:{_PLAIN}){_OVER}|w\sw\sw\s?[.,]\s?\w)",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    rf"(?<![\w.@\-]){_NAME}(?:\.[\w\-]{{1,63}}){{0,9}}\.(?P<end>[a-z]{{2,24}}){_OVER}(?!\.[A-Za-z]){_PATH}"
)
_ANY_CASE = re.compile(
    rf"(?<![\w.@\-])(?:{_NAME})?(?:\.[\w\-]{{1,63}}){{0,9}}\.(?P<end>{_ENDING}){_OVER}(?!\.[A-Za-z]){_PATH}",
    re.IGNORECASE,
)
_OTHER_SCRIPTS = re.compile(
    rf"(?<![\w.@\-]){_NAME}(?:\.[\w\-]{{1,63}}){{0,9}}\.(?:{OTHER_SCRIPTS}|i2p)(?![^\W_])|(?<!\w)xn--[a-z0-9\-]{{1,63}}",
    re.IGNORECASE,
)
_COMMA = re.compile(
    rf"(?<![\w.@,\-])[a-z0-9][a-z0-9\-]{{2,62}},(?:com|org|net|info|eu|be|nl|fr|brussels){_OVER}(?!,)",
    re.IGNORECASE,
)
# our-name[.]be, our-name (dot) be, our-name . be
_BRACKETED = re.compile(
    rf"{_NAME}\s?{_OPEN}\s?(?:(?:\.|{_DOT_WORDS})\s?{_SHUT}\s?[^\W_][\w\-]{{0,62}}|,\s?{_SHUT}\s?(?:{_PLAIN})){_OVER}",
    re.IGNORECASE,
)
_HALF = re.compile(rf"(?<![\w.@\-]){_NAME}(?:[\[({{]\.|\.[\])}}])(?:{_PLAIN}){_OVER}", re.IGNORECASE)
# “help-at-evil-dot-org”, “evil -dot- org”, “evil%2Eorg”, “hxxps evil org”
_HYPHENED = re.compile(
    rf"{_NAME}(?:\s?[-–]\s?(?:{_DOT_WORDS})\s?[-–]\s?|%(?:25)?2e)(?:{_PLAIN}){_OVER}|"
    rf"(?<!\w)(?:hxxps?|w\sw\sw)\s[\w\-]{{2,63}}\s(?:{_PLAIN}){_OVER}",
    re.IGNORECASE,
)
_DOTTED = re.compile(
    r"(?<![\w.])(?:[a-z]\.){3,60}(?:c\.o\.m|o\.r\.g|n\.e\.t|i\.n\.f\.o)(?![\w.]*\w)", re.IGNORECASE
)
_SPOKEN = re.compile(
    rf"(?<![\w\-])(?!(?:this|that|the|some|one|any|which|no|every|what|each|a|un|le|ce|au|het|een|dit|der|ein|el|o)\s){_NAME}\s"
    rf"(?:(?:dot|kropka|крапка|тчк|nokta|نقطة|chấm|点)\s(?:{_PLAIN}|ком|орг|бг|рф|укр)|"
    rf"(?:point|pont|ponto|punto|punt|punct|punkt|точка)\s(?:com|org|gov|be|nl|lu|uk|pl|ro|bg|tr|ua|brussels|ком|орг|бг|рф|укр)){_OVER}",
    re.IGNORECASE,
)
_APART = re.compile(
    rf"(?<![\w\-])[A-Za-z0-9\-]{{2,63}}(?: ?\. (?:com|org|net|info|brussels)| \. ?(?i:{_PLAIN})|"
    rf"\. be(?=\s{{0,3}}(?:[,;:!?)]|$)))(?![^\W_])"
)
_LETTERS = re.compile(
    rf"(?<![^\W_])(?:[^\W_][ \-_]){{2,62}}(?:[^\W_] ?)?\. "
    rf"?(?:(?:[^\W_][ \-_]){{1,23}}[^\W_]|(?:{_PLAIN}))(?![^\W_])",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?<![\d.])(?:\d{2,3}\.){2}\d{1,3}\.\d{1,3}(?:[:/][!-~]{1,400})|(?<![\d.])\d{3}\.\d{3}\.\d{1,3}\.\d{1,3}(?![\d.])"
)
_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}/[\w.()/:;\-]{1,200}")

_EMAIL = re.compile(
    rf"(?<![\w.+\-])[\w.+\-]{{1,64}}(?:@\s?|\s@\s|\s?{_OPEN}\s?(?:@|{_AT_WORDS})\s?{_SHUT}\s?)[\w\-]{{1,63}}(?:\s?\.\s?[\w\-]{{1,63}}){{0,9}}",
    re.IGNORECASE,
)
_SPOKEN_EMAIL = re.compile(
    rf"(?<![\w.+\-])[\w.+\-]{{1,64}}\s(?:{_AT_WORDS})\s[\w\-]{{1,63}}\s(?:{_DOT_WORDS})\s(?:{_PLAIN}){_OVER}(?!\s[a-z])|"
    rf"(?<![\w.+\-])[\w.+\-]{{2,64}}\s(?:ät|apenstaartje|apestaartje|apenstaart|apestaart|arobase|arobas|arobaz|chiocciola|"
    r"klammeraffe|кльомба|a\s?còng|kuyruklu\s?a|arroba|małpa)\s[\w\-]{2,63}(?:\s?\.\s?[a-z]{2,24}|\s(?:dot|punt|point|punkt|"
    rf"punct|punto|ponto|kropka|nokta|точка|крапка|نقطة|chấm)\s\w{{2,24}}|(?=\s{{0,3}}(?:[.,;:!?)]|$)))",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@\s?(?!\d[\d.,]{0,20}(?!\w))\w[\w.]{0,63}")
_LETTERS_AT = re.compile(r"@(?: \w){2,62}(?!\w)")
# trabajador@s, tod@s, l@s, @s alun@s: “@” for a and o
_GENDER_AT = re.compile(
    r"(?<![\w.+\-])[^\W\d_]{1,30}@(?:s(?![\w@])(?!\.\w)|(?=[,;:!?)/]|\.(?!\w)|$)|(?=\s(?!\w{1,63}\s?\.\s?[a-z])))|"
    r"(?<![\w@])@s(?![\w@.])"
)

_AT_LIKE = re.compile(rf"@|{_OPEN}\s?(?:{_AT_WORDS})|\s(?:{_AT_WORDS})\s", re.IGNORECASE)
_LIKE = re.compile(
    rf"[.,]\w|,[\])}}]|\s\.|\.\s|[.]\W|:[\s\])}}]?[/\\]|\w[\])}}]?:\S|\w\s:\S|www|w w w|hxxp|xn--|%2|"
    rf"(?:{_DOT_WORDS})",
    re.IGNORECASE,
)
# Letters that would run together with an address: “evil.{{ its.website }}”, “{{ its.email }}.evil”.
_BESIDE = re.compile(
    r"[A-Za-z0-9@][A-Za-z0-9.\-/@]{0,60}\{\{[^{}\n]{0,200}(?:website|chat|email)\s{0,9}\}\}|"
    r"\{\{[^{}\n]{0,200}(?:website|chat|email)\s{0,9}\}\}(?:[A-Za-z0-9@]|[./@:?#][A-Za-z0-9])[A-Za-z0-9.\-/@]{0,60}"
)

_MIDDLE = re.compile(rf"(?<=[A-Za-z0-9])[·‧∙⋅•・⸱ꞏ᛫](?=(?:{_PLAIN}){_OVER})", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|(?:[^\W\d_]\.){2,}[^\W\d_]{2}")
_SHORTENED_WORDS = (
    "a.k.a apt.no art.nr aug.tot avv.ta blok.no bulv.no cad.no daire.no dott.ssa dr.med dr.ssa egr.sig et.al "
    "excl.btw gent.ma gent.mo i.in ill.ma ill.mo im.w incl.btw prof.ssa sig.na tp.hcm "
    "kat.no loc.cit m.in mah.no nr.crt nr.reg op.cit p.ex par.ex ph.d resp.de sok.no st.st str.nr "
    "tel.no vb.de"
)
_SHORTENED = frozenset(_SHORTENED_WORDS.split())
# Endings by which French and others name all genders: travailleur.euse, enseignant.es, ouvrier.ère.s
_GENDERS_WORDS = (
    "a aine aines al ales anka ante antes as ax che ches cque czka czki e eaux elle elles ente entes "
    "ere eres eresse es esse esses euresse euse euses fe fes frau frauen i ice ices ienne iennes iere "
    "ieres in innen it ive ives ix ière ières ka ki le les na nas ne nen nes nica o oare oarea onne "
    "onnes ora oras os que ques ra ras re res rice rices rin rinnen rka rki s se ses ster sters te "
    "tes trice trices trix ue ues ve ves ză ère ères ă"
)
_GENDERS = frozenset(_GENDERS_WORDS.split())
_TOLD = re.compile(
    r"(?:\b(?:see|visit|open|site|website|web|on|at|via|op|zie|bezoek|sur|voir|visitez|siehe|auf|besuche|en|visite|visita|"
    r"na|strona|odwiedź|pe|vizitați|на|сайт|сторінка|trang|tại|sitesi|adresi|adresse|address|adres|link|ver|acesse|"
    r"go to|surf naar|ga naar|allez sur|to|naar|à|vers|zu)|[:/@])\s?$",
    re.IGNORECASE,
)
# Of these endings that are also a country's: after which letters, and in whose sentences, they name genders.
_FRENCH = r"\b(?:le|la|les|des|du|un|une|et|est|pour|aux|au|chaque|nos|vos|leurs|que|dans|avec|nous)\b"
_IBERIAN = r"\b(?:los|las|el|la|de|del|que|en|para|con|os|as|e|do|da|dos|das|y|sus|todos)\b"
_GERMAN = r"\b(?:der|die|das|und|ein|eine|jede|jeder|für|mit|ist|sind|den|dem|oder)\b"
_WHERE = {
    "es": (r"(?:ier|ant|ent|é|i|u|ais|ois|al|el|and|ard|ain|in|at|et|il|un|eul)\Z", _FRENCH),
    "ne": (r"[ieoa]n\Z", _FRENCH),
    "se": (r"(?:eu[rx]|oux|[ao]?is)\Z", _FRENCH),
    "ve": (r"if\Z", _FRENCH),
    "re": (r"er\Z", _FRENCH),
    "as": (r"(?:os|or|o|es)\Z", _IBERIAN),
    "in": (r"(?:er|ent|ist|or|ant|eur|at|oge)\Z", _GERMAN),
}


def find_emails(reading: Reading) -> None:
    """Note e-mail addresses and accounts that begin with “@”, also those spelt with words or signs for it."""
    if not _AT_LIKE.search(reading.line):
        return
    if "@" in reading.line:
        reading.take("", _GENDER_AT)
        reading.take("email", _LETTERS_AT)
    reading.take("email", _EMAIL, lambda match: not re.fullmatch(r"\d[\d.,]*\s?@\s?\d[\d.,]*", match[0]))
    reading.take("email", _SPOKEN_EMAIL)
    reading.take("email", _HANDLE)


def find_addresses(reading: Reading) -> None:
    """Note web addresses."""
    if "{{" in reading.plain:
        for match in _BESIDE.finditer(reading.plain):
            reading.add("address", *match.span())
    reading.line = _stops(reading.line)
    # In this order: where there is neither a full stop nor a colon, the second costs more than the first.
    likely = [(pattern, when) for sign, pattern, when in _PATTERNS if sign.search(reading.line)]
    if not likely or not _LIKE.search(reading.line):
        return
    reading.take("", _DOI, lambda match: not re.search(rf"\.(?:{_PLAIN}|de|es|io|me|co)(?:/|$)", match[0]))
    for pattern, when in likely:
        reading.take("address", pattern, when)


def _stops(line: str) -> str:
    """The line with each sign that looks like a full stop as one; “·” only before an address's end."""
    return line if line.isascii() else _MIDDLE.sub(".", line.translate(_STOPS))


def _is_lettered(match: re.Match[str]) -> bool:
    """True for letters set apart that make up an address: “p a y o k e . b e”."""
    joined = re.sub(r"[ \-_]", "", match[0]).replace(",", ".")
    return bool(re.fullmatch(rf"\w{{3,}}\.(?:{_ENDING})", joined, re.IGNORECASE))


def _is_meant(match: re.Match[str]) -> bool:
    return not _is_prose(match)


def _is_prose(match: re.Match[str]) -> bool:
    """A full stop between words rather than an address: “z.B.”, “3.b”, “travailleur.euse”, “report.pdf”."""
    whole = match[0]
    name, last = re.split(r"[.](?=[^.]*\Z)", re.split(r"[/?#:]", whole, maxsplit=1)[0], maxsplit=1)
    path = len(whole) > len(name) + len(last) + 1
    if not name and not path:
        return True  # “.de” alone
    if len(name) == 1 and not re.match(r"(?:me|com?|ly|gg)\b", last):
        return True
    if _ABBREVIATED.fullmatch(whole) or not re.search(r"[^\W\d_]", name):
        return True
    short = f"{name}.{last}".lower()
    if short in _SHORTENED or (last in FILES and not path):
        return True
    if last == "No":
        return True  # “Sok.No:5”, a house in Turkey
    if last[0].isupper() and last[1:].islower() and not path and not name.isupper():
        return bool(re.match(r"[ :]\s?\d", match.string[match.end() :]))  # an abbreviation before a number
    return not path and _is_gendered(name, last, match)


def _is_gendered(name: str, last: str, match: re.Match[str]) -> bool:
    """True for the endings that name all genders, in a sentence where such a word can stand."""
    first, *middle = name.split(".")
    if not first.isalpha() or last not in _GENDERS or any(part not in _GENDERS for part in middle):
        return False
    if _TOLD.search(match.string[max(0, match.start() - 20) : match.start()]):
        return last not in ENDINGS and not middle
    if last in ENDINGS and not middle:
        letters, words = _WHERE.get(last, (r"(?!)", ""))
        around = (
            match.string[max(0, match.start() - 120) : match.start()]
            + " "
            + match.string[match.end() :][:120]
        )
        return bool(re.search(letters, first, re.IGNORECASE) and re.search(words, around, re.IGNORECASE))
    return True


# The patterns in their order. Before each stands what it can't match without: a few signs that are found at
# a glance, where the pattern would begin anew at every word. Blocking something out brings none of them.
_DOT_INSIDE = re.compile(r"\.\w")
_PATTERNS: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[re.Match[str]], bool] | None], ...] = (
    (re.compile(":"), _SCHEME, None),
    (re.compile(":"), _LOOSE_SCHEME, None),
    (re.compile(r"[wW]\s?[wW]"), _WWW, None),
    (_DOT_INSIDE, _HOST, None),
    (re.compile(r"\.\w|--"), _OTHER_SCRIPTS, None),
    (re.compile(rf"{_OPEN}\s?(?i:[.,]|{_DOT_WORDS})"), _BRACKETED, None),
    (re.compile(r"[\[({]\.|\.[\])}]"), _HALF, None),
    (re.compile(rf"[-–]\s?(?i:{_DOT_WORDS})|%|[xX]{{2}}|[wW]\s[wW]"), _HYPHENED, None),
    (_DOT_INSIDE, _DOTTED, None),
    (_DOT_INSIDE, _DOMAIN, _is_meant),
    (_DOT_INSIDE, _ANY_CASE, _is_meant),
    (re.compile(rf"\s(?i:{_DOT_WORDS})\s"), _SPOKEN, None),
    (re.compile(r",\w"), _COMMA, None),
    (re.compile(r"\."), _APART, None),
    (re.compile(r"\."), _LETTERS, _is_lettered),
)
