"""Finds the names of accounts that stand beside the name of a messenger or a network."""

from __future__ import annotations

import re
from bisect import bisect_left

from safepage.gate.contacts.reading import Reading, fold
from safepage.gate.contacts.wording import WORD, WORDING, small

_SERVICES = (
    "telegram|telegramm|whatsapp|whats app|snapchat|tiktok|tik tok|viber|instagram|insta|facebook|"
    "facetime|fb|messenger|wechat|weixin|"
    "skype|threema|discord|reddit|zalo|linkedin|twitter|youtube|youtu|kakaotalk|botim|zangi|kik|mastodon|bluesky|vkontakte|vk|ok\\.ru|"
    "телеграм|телеграмм|телеграма|телеграмі|ватсап|вотсап|уатсап|вацап|вайбер|вайбері|інстаграм|інстаграмі|инстаграм|фейсбук|фейсбуці|"
    "тікток|тикток|тіктоці|снапчат|скайп|месенджер|вконтакте|"
    "واتساب|واتس اب|واتس آب|تيليجرام|تيليغرام|تلغرام|تليجرام|تليغرام|تيلجرام|فايبر|إنستغرام|انستغرام|"
    "انستقرام|انستا|فيسبوك|فيس بوك|"
    "سناب شات|سناب|تيك توك|سكايب|ماسنجر|إيمو|ايمو|"
    + fold(
        "вайбър|фейсбука|تلگرام|اینستاگرام|واتساپ|روبیکا|واٹس ایپ|ٹیلی گرام|فیس بک|انسٹاگرام|ٹک ٹاک|ایمو|"
        "व्हाट्सएप|व्हाट्सऐप|टेलीग्राम|फ़ेसबुक|फेसबुक|इंस्टाग्राम|হোয়াটসঅ্যাপ|টেলিগ্রাম|ফেসবুক|ইনস্টাগ্রাম|ইমো|"
        "ไลน์|เฟซบุ๊ก|วอตส์แอป|เทเลแกรม"
    )[0]
)
_WORDS = (
    "IG|Signal|LINE|Line|IMO|Imo|Snap|Wire|Session|Сигнал|سيجنال|سيغنال"  # which mean other things as well
)
_CASES = (
    "u|e|a|i|o|ie|em|om|ul|da|ta|de|te|dan|tan|ım|ımız|yi|у|і|е|а|ом|"
    "-?(?:kanaal|groep|account|profiel|pagina|kanal|gruppe|konto|profil|seite)"
)
_SERVICE = re.compile(
    rf"(?<![^\W_])(?:(?P<sure>{_SERVICES})|(?P<word>(?-i:{_WORDS})))(?:[’']?(?:{_CASES}))?(?![^\W_])",
    re.IGNORECASE,
)
_HANDLE = r"[A-Za-z0-9][A-Za-z0-9._\-]{2,40}"
# What only an account is called: helpers_be, helpers24, help.ers.42
_CHINESE = re.compile(
    r"(?:微信|QQ|抖音|微博|小红书)(?:(?:公众)?号|群|账号|帐号|\s?ID)?\s?[:：是为]?\s?"
    r"(?P<name>(?=[A-Za-z_\-]{0,20}\d)[A-Za-z0-9][A-Za-z0-9_\-]{4,30}|(?<=[:：])[A-Za-z][A-Za-z0-9_\-]{4,30})"
)
_OWN = re.compile(rf"(?:{_SERVICES}|{_WORDS}|QQ|douyin|weibo|xiaohongshu|rednote)", re.IGNORECASE)
_FORMED = re.compile(
    r"(?<![\w.@/\-])(?=[A-Za-z0-9._]{4,40}(?![\w@]))(?:[A-Za-z0-9._]{2,32}#\d{4}|[A-Za-z0-9.]{1,38}_[A-Za-z0-9._]{1,38}|[A-Za-z][a-z]{2,30}[._]?\d{2,8}|[a-z]{2,30}\.[a-z]{2,30}\.\d{1,6})"
    r"(?![\w@])"
)
_COLON = re.compile(
    r"\s?(?:[:：=/→]|\s[–—-]\s|>)\s?[“\"'«„(\[]?\s?(?:(?:u|r|in)/)?"
    rf"(?P<name>{_HANDLE}(?:#\d{{3,5}})?)[”\"'»“)\]]?"
)
# “Threema ID ABCD1234”, “Facebookpagina heet HelpersBE”: a name that no sentence has, after such a word.
_KIND = (
    "kanaal|groep|account|profiel|pagina|kanal|gruppe|konto|profil|seite|ID|name|user|page|group|server|community|"
    "channel|naam|nom|groupe|chaîne|serveur|grupo|página|canal|nombre|nome|grup|canalul|grupa|strona|kanał|nhóm|"
    "kênh|trang|grubu|sayfası|kanalı|група|страница|канал|сторінка|مجموعة|صفحة|قناة"
)
_IS = "is|heet|est|s'appelle|heißt|ist|se llama|é|se numește|е|nazywa się|là"
_CALLED = re.compile(
    rf"(?:(?:\s?-?(?:{_KIND})|(?<=kanaal)|(?<=groep)|(?<=pagina)|(?<=kanal)|(?<=gruppe)|(?<=seite)))"
    rf"\s?[:=]?\s?(?:(?:{_IS})\s)?"
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._]{3,70})(?![\w@])",
    re.IGNORECASE,
)
_ID = re.compile(r"\s(?:ID|username)\s?[:=]\s?\S{3,70}\s{0,3}$", re.IGNORECASE | re.MULTILINE)
_END = re.compile(r"\s{0,3}(?:[.,;:!?)|]|$|\n)")
_QUOTED = re.compile(r"[“\"'«„‘(\[]\s?(?P<name>" + _HANDLE + r")\s?[”\"'»“’)\]]")
_BARE = re.compile(r"\s?(?P<name>" + _HANDLE + r")")
# What may stand alone after a service and its colon.
_ALONE = (
    "Android always app apps bezpieczny calls chat chats chiffré cifrado closed criptografado có da "
    "darmowy encrypted evet free gratis gratuit gratuito group groups güvenli hayır iPhone insecure "
    "inseguro ja không messages nee nein never nie niet no non none not nu não onveilig open oui "
    "photos privado privat private privé public público risky risqué safe secure seguro sicher sigur "
    "sim sûr tak unsafe unsicher veilig versleuteld video yes öffentlich ücretsiz"
)
_PLAIN = frozenset(_ALONE.split())


def find_accounts(reading: Reading) -> None:
    """Note names of accounts: “Telegram: helpers_be”, “find us on TikTok as helpers”."""
    for chinese in _CHINESE.finditer(reading.line):
        if not _OWN.fullmatch(chinese["name"]):  # “抖音：TikTok”
            reading.add("account", *chinese.span("name"))
    for service in _SERVICE.finditer(reading.line):
        name = _after(reading.line, service) or _near(reading.line, service)
        if name:
            reading.add("account", *name)
            start, end = name
            reading.line = reading.line[:start] + "¤" * (end - start) + reading.line[end:]
        if len(reading.found) >= 20:
            return


def _after(line: str, service: re.Match[str]) -> tuple[int, int] | None:
    """A name right after the service: behind a colon, in quotation marks, after “as”, after “account”."""
    at = service.end()
    words, phrases = _words(line, at, at + 80), WORDING
    colon = _COLON.match(line, at)
    if colon and _END.match(line, colon.end()) and not colon["name"].isdigit():
        name = colon["name"].rstrip(".")
        if (
            name.lower() not in _PLAIN
            and not _OWN.fullmatch(name)
            and (service["sure"] or _FORMED.fullmatch(name))
        ):
            return colon.span("name")
    called = _CALLED.match(line, at)
    if called and (_formed(called["name"]) or (_ID.match(line, at) and called["name"].lower() not in _PLAIN)):
        return called.span("name")
    asked = _asks(line, service.start())
    place = 0
    named = False
    for _ in range(3):  # “as”, “the account”, “our channel called”
        step = 0
        for kind in ("as", "account"):
            for length in (3, 2, 1):
                texts = [word for _, _, word in words[: place + length]]
                if len(texts) == place + length and phrases.ends(kind, texts, place + length) == length:
                    step, named = length, named or kind == "account" or asked
                    break
            if step:
                break
        if not step:
            break
        place += step
    end = words[place - 1][1] if place else at
    quoted = _QUOTED.match(line, end + (line[end : end + 1] == " "))
    if quoted and (named or asked):
        return quoted.span("name")
    colon = _COLON.match(line, end)
    if place and named and colon:
        return colon.span("name")
    bare = _BARE.match(line, end)
    if (
        place
        and named
        and asked
        and bare
        and bare["name"].lower() not in ("well", "usual", "proof", "evidence")
    ):
        return bare.span("name")
    before = _words(line, max(0, service.start() - 25), service.start())
    if place and bare and named and _END.match(line, bare.end()) and (asked or bool(before)):
        return bare.span("name") if bare["name"].lower() not in _PLAIN and _account(words[:place]) else None
    return None


def _formed(name: str) -> bool:
    """True for a word with a digit, an underscore or a capital within: and no service's own name, no year."""
    return bool(re.search(r"[A-Za-z]\d|\d[A-Za-z]|_|[a-z][A-Z]", name)) and not _SERVICE.fullmatch(name)


def _account(words: list[tuple[int, int, str]]) -> bool:
    texts = [word for _, _, word in words]
    return any(WORDING.ends("account", texts[: n + 1], n + 1) for n in range(len(texts)))


def _asks(line: str, start: int) -> bool:
    """True if the words before ask to find or follow us."""
    texts = [word for _, _, word in _words(line, max(0, start - 50), start)]
    return any(WORDING.ends("us", texts, n) for n in range(1, len(texts) + 1))


def _near(line: str, service: re.Match[str]) -> tuple[int, int] | None:
    """What only an account is called, in the same part of a sentence: “helpers_be on Telegram”."""
    start, end = max(0, service.start() - 40), service.end() + 40
    for match in _FORMED.finditer(line[start:end]):
        first, last = start + match.start(), start + match.end()
        between = line[last : service.start()] if last <= service.start() else line[service.end() : first]
        if not re.search(r"[.!?;]\s|\n", between):
            return first, last
    return None


def _words(line: str, start: int, end: int) -> list[tuple[int, int, str]]:
    found = [(start + m.start(), start + m.end(), small(m[0])) for m in WORD.finditer(line[start:end])]
    return found[bisect_left([s for s, _, _ in found], start) :]
