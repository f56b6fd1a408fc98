# ruff: noqa: E501 (a case is read in one piece)
"""Contacts in disguise: numbers, addresses and accounts as people write them to get past a check."""

from __future__ import annotations

from collections.abc import Iterator


def plain_numbers() -> Iterator[str]:
    """Without the leading zero, with a country's prefix in all forms, of services that cost money."""
    yield from (
        "Call 78 055 801 now.", "78 055 801", "The line: 78 055 801.", "Bel 470 12 34 56.", "470 12 34 56",
        "Call 2 511 64 65.", "Appelez le 3 201 16 91.", "2/511.64.65", "GSM 470/12.34.56", "Tel. 78.055.801",
        "Zadzwoń 470 123 456.", "Ligue 2 511 64 65 agora.", "Номер: 2 511 64 65",
        "(+32) 78 055 801", "+32 (0) 78 055 801", "+32 (0)2 511 64 65", "+32-2-511-64-65", "(+32)(0)470 12 34 56",
        "0032 (0) 2 511 64 65", "00-32-2-511-64-65", "+32.470.12.34.56", "Call + 32 2 511 64 65", "32 2 511 64 65", "＋32 2 511 64 65", "(0032) 78 055 801",
        "0900 12 345", "0900/12345", "Bel 0903 12 345", "0800 12 345", "070 23 34 56", "Call 0906-12345.", "In 2016, 0900 12 345",
        "(0)78 055 801", "(0)2 511 64 65", "(0)470 12 34 56", "Call 02 and then 511 64 65.", "Call 02, then 511, then 64 and 65.", "Bel eerst 02, dan 511 64 65.", "First 0470, next 12 34, at last 56.",
        "Appelez le 02, puis 511, ensuite 64 65.", "Erst 02, dann 511 64 65.", "Спочатку 02, потім 511 64 65",
        "+33 1 42 68 53 00", "06 12 34 56 78", "0612345678", "+44 20 7946 0958",
    )  # fmt: skip


def signs_between() -> Iterator[str]:
    """Any sign between the groups of a number."""
    for sign in (
        ", ",
        ",",
        "‚",
        "„",
        "، ",
        "،",
        "·",
        "‧",
        "・",
        "‑",
        "‒",
        "⁃",
        "﹣",
        "／",
        "⁄",
        "∕",
        "\\",
        " / ",
        ";",
        "'",
        "’",
        "``",
        "=",
        " – ",
        "…",
        "¦",
        "^",
    ):
        yield f"Call 02{sign}511{sign}64{sign}65 now."
    for sign in (",", "،", "‑", "/", "·", " / ", "‚"):
        yield "The number is " + "078 055 801".replace(" ", sign) + "."


def letters_for_digits() -> Iterator[str]:
    yield from (
        "Bel O2 5II 64 65.", "Bel o2 5ll 64 65.", "O78 O55 8O1", "Call O47O I2 34 56 now.", "02 5II 64 6S", "02 5I1 64 6Ѕ",
        "О2 511 64 65", "о2 5ІІ 64 65", "07B 055 B01", "078 О55 8О1", "O9OO 12 345", "Call lI2.", "Bel 1l2.", "Appelez le I12.",
        "Call 11З now.", "Dial I0I.", "+З2 2 511 64 65", "+32 2 5ll 64 65", "Zadzwoń 1І3.", "02 S11 64 65", "Call 02 5ıı 64 65.", "O2.5II.64.65", "O2/5II/64/65",
    )  # fmt: skip


def short_numbers() -> Iterator[str]:
    """A short number after a word of calling or danger, in all languages of the site."""
    yield from (
        "Urgence : 7 7 7", "Faites le 222.", "SMS to 4884", "Send HELP to 4884.", "Text STOP to 8585", "Call 1 1 3.", "Dial 1.1.3 now.",
        "☎ 113", "📞 113", "📱 113", "🆘 777", "🚓 113", "Need help? 113", "Hulp nodig? 113", "Hilfe nötig? 113", "Besoin d'aide urgente ? 113", "Emergency services: 113", "Contact the police on 113.", "Reach us on 113.",
        "Contacteer 113", "Contacteer de politie via 113.", "Vorm 113.", "Tik 113 in.", "Contactez le 113", "Contactez la police au 113", "Tapez le 113", "Formez le 113", "Passez un coup de fil au 113", "Erreichbar unter 113",
        "Kontaktieren Sie 113", "Wenden Sie sich an die 113.", "Tippen Sie 113 ein", "Comuníquese con el 113", "Contacte con el 113", "Teclee el 113", "Contate o 113", "Contactați 113", "Tastați 113", "Свържете се със 113",
        "Звоніть 113", "Звертайтеся за номером 113", "Skontaktuj się z 113", "Liên hệ 113", "113'e telefon edin", "113'e ulaşın", "113 hattına başvurun", "تواصل مع 113", "راسلوا 4884",
        "Emergency: 777", "Danger? 113!", "Police 113", "Free number 1712", "Bel IOI.", "Help: 999", "SOS 911", "Call the police on 113.", "Phone: 1813", "Tel. 1722", "Ring 118 straight away.",
        "Call us free on 1733.", "Call 15.", "Bel 113.", "Bel de politie op 113.", "Bel gratis 1813 als het nodig is.", "Noodgeval: 113",
        "Stuur HULP naar 4884.", "113 bellen", "Sms 8989.", "Appelez le 115 !", "Appelez la police au 113.", "Composez le 18.",
        "Faites le 17 tout de suite.", "Envoyez AIDE au 4884.", "Tél. : 1712", "Numéro d'urgence : 113", "Rufen Sie 110 an.", "Notruf: 113",
        "Wählen Sie die 113.", "113 wählen", "Senden Sie HILFE an 4884.", "Rufen Sie die Polizei unter 110.", "Gefahr: 7 7 7",
        "اتصل على 113", "اتصلوا بالشرطة على الرقم 113", "طوارئ: 777", "أرسل كلمة إلى 4884", "اتصل بـ 113 الآن", "هاتف: 1813",
        "Sunați la 113.", "Sună la 113 acum.", "Apelați 113.", "Urgențe: 777", "Trimiteți AJUTOR la 4884.", "Telefon: 1813",
        "Обадете се на 113.", "Обадете се на полицията на 113.", "Спешно: 777", "Изпратете ПОМОЩ на 4884.", "Наберете 113.", "Тел. 1813",
        "Ligue 190.", "Ligue para o 180.", "Disque 100.", "Emergência: 777", "Envie AJUDA para 4884.", "Ligue para a polícia no 190.",
        "Llame al 113.", "Llama a la policía al 091.", "Marque el 113.", "Emergencias: 777", "Envíe AYUDA al 4884.", "Teléfono: 1813",
        "Gọi 113.", "Hãy gọi số 113 ngay.", "Gọi cảnh sát theo số 113.", "Khẩn cấp: 777", "Soạn tin gửi đến 4884.", "Điện thoại: 1813",
        "113'ü arayın.", "Hemen 155'i arayın.", "155 numaralı hattı arayın.", "Acil: 777", "4884'e SMS gönderin.", "Telefon: 1813.",
        "Телефонуйте 113.", "Зателефонуйте на 103.", "Дзвоніть за номером 113.", "Терміново: 777", "Надішліть ДОПОМОГА на 4884.", "Наберіть 113.",
        "Zadzwoń pod 997.", "Zadzwoń na policję pod numer 997.", "Wybierz 113.", "Ratunku: 777", "Wyślij POMOC na 4884.", "Tel.: 1813",
    )  # fmt: skip


def spread_digits() -> Iterator[str]:
    """One digit, or a few, an item, a cell or a line."""
    yield from (
        "- 1\n- 1\n- 3", "Call:\n\n- 1\n- 1\n- 2", "- 0\n- 2\n- 5\n- 1\n- 1\n- 6\n- 4\n- 6\n- 5", "- 02\n- 511\n- 64\n- 65",
        "| Call | 1 | 1 | 3 |\n|---|---|---|---|\n| a | b | c | d |", "| 0 | 2 | 5 | 1 | 1 | 6 | 4 | 6 | 5 |\n|---|---|---|---|---|---|---|---|---|\n| a | b | c | d | e | f | g | h | i |",
        "| a | b | c | d |\n|---|---|---|---|\n| 02 | 511 | 64 | 65 |", "| a | b | c | d |\n|---|---|---|---|\n| 0470 | 12 | 34 | 56 |",
        "0\\\n2\\\n5\\\n1\\\n1\\\n6\\\n4\\\n6\\\n5", "0  \n2  \n5  \n1  \n1  \n6  \n4  \n6  \n5", "Call  \n1  \n1  \n3",
        "- Call\n- 113", "Call:\n\n> 113", "Call\n\n113", "Emergency\n\n777", "## Police\n\n113", "Appelez :\n\n113", '!!! danger "Danger"\n    113', "- Bel\n- 113",
        "| Service | Phone |\n|---|---|\n| Police | 999 |", "| Dienst | Telefoon |\n|---|---|\n| Politie | 999 |", "| Qui | Tél. |\n|---|---|\n| Secours | 113 |",
        "> 02\n>\n> 511\n>\n> 64\n>\n> 65", "- zero\n- two\n- five\n- one\n- one\n- six\n- four\n- six\n- five",
    )  # fmt: skip


def spoken_numbers() -> Iterator[str]:
    """Number words in a row, and beside digits, in all languages of the site."""
    yield from (
        "zero two five eleven sixty-four sixty-five", "Call zero two, five one one, six four, six five.", "one one two", "Dial one one three.", "oh two five one one six four six five",
        "Call one hundred and thirteen.", "zero 2 511 sixty-four 65", "Call two 511 64 65.", "zero seventy-eight zero fifty-five eight zero one",
        "nul twee vijf een een zes vier zes vijf", "Bel nul twee vijf elf vierenzestig vijfenzestig.", "Bel een een drie.", "één één twee", "nul 2 511 64 vijfenzestig", "Bel honderddertien.",
        "zéro deux cinq cent onze soixante-quatre soixante-cinq", "Appelez un un trois.", "zéro deux cinq un un six quatre six cinq", "Appelez le cent treize.", "zéro 2 511 64 65",
        "null zwei fünf eins eins sechs vier sechs fünf", "Rufen Sie eins eins drei.", "null zwei fünfhundertelf vierundsechzig fünfundsechzig eins", "null 2 511 64 65",
        "صفر اثنان خمسة واحد واحد ستة أربعة ستة خمسة", "اتصل واحد واحد ثلاثة", "واحد واحد اثنان", "صفر ٢ ٥١١ ٦٤ ٦٥", "اتصل مئة وثلاثة عشر",
        "zero doi cinci unu unu șase patru șase cinci", "Sunați unu unu trei.", "unu unu doi", "zero 2 511 64 65.",
        "нула две пет едно едно шест четири шест пет", "Обадете се едно едно три.", "едно едно две", "нула 2 511 64 65",
        "zero dois cinco um um seis quatro seis cinco", "Ligue um um três.", "um um dois", "zero dois cinco um um meia quatro meia cinco",
        "cero dos cinco uno uno seis cuatro seis cinco", "Llame al uno uno tres.", "uno uno dos", "cero 2 511 64 65",
        "không hai năm một một sáu bốn sáu năm", "Gọi một một ba.", "một một hai", "không 2 511 64 65",
        "sıfır iki beş bir bir altı dört altı beş", "bir bir üç arayın", "bir bir iki", "sıfır 2 511 64 65",
        "нуль два п'ять один один шість чотири шість п'ять", "Телефонуйте один один три.", "один один два", "нуль 2 511 64 65",
        "zero dwa pięć jeden jeden sześć cztery sześć pięć", "Zadzwoń jeden jeden trzy.", "jeden jeden dwa", "zero dwa pięćset jedenaście 64 65",
    )  # fmt: skip


def drawn_digits() -> Iterator[str]:
    """Digits drawn as signs, and marks that turn their order."""
    yield from (
        "Call ⅠⅠⅡ.", "Call I I II.", "Dial Ⅰ Ⅰ Ⅲ now.", "Bel I I III.", "⓪②⑤①①⑥④⑥⑤", "❶❶❷", "Call ➀➀➁.", "Call ⚀⚀⚁.", "⚀ ⚀ ⚁", "Bel ⚀⚀⚂!",
        "1️⃣1️⃣2️⃣", "Call 1️⃣ 1️⃣ 3️⃣", "0️⃣2️⃣5️⃣1️⃣1️⃣6️⃣4️⃣6️⃣5️⃣", "¹¹²", "Call ¹¹³.", "₁₁₂", "𝟙𝟙𝟚", "Call 𝟏𝟏𝟑", "⑴⑴⑵", "Call ⒈⒈⒊", "０２ ５１１ ６４ ６５",
        "اتصل 3\u200f1\u200f1", "عدد 3\u200f1\u200f1 هنا", "رقم 02\u200f511\u200f64\u200f65 هنا", "اتصل 1\u200e1\u200e3", "هنا 2\u061c1\u061c1 شخص", "اتصل ٣\u200f١\u200f١",
    )  # fmt: skip


def spelt_addresses() -> Iterator[str]:
    for name in (
        "payoke[.]com", "payoke(.)com", "payoke{.}com", "payoke [.] com", "evil[.]com", "payoke[dot]com", "payoke {dot} com", "payoke dot com",
        "payoke DOT com", "payoke punt be", "payoke point com", "payoke punto com", "payoke ponto com", "payoke kropka com", "payoke kropka be", "payoke nokta com",
        "payoke точка ком", "payoke точка com", "payoke крапка com", "payoke chấm com", "payoke نقطة com", "payoke Punkt com", "payoke punct com", "payoke (punct) ro",
        "payoke。com", "payoke．com", "payoke․com", "payoke‧com", "payoke·com", "payoke｡com", "payoke∙com", "payoke•com", "payoke,com", "payoke ,com".replace(" ", ""),
        "PAYOKE.COM", "PAYOKE.BE", "PayOke.Org", "PAYOKE . BE", "p a y o k e . b e", "p a y o k e .be", "P A Y O K E . C O M", "p-a-y-o-k-e.b-e", "p_a_y_o_k_e.com",
        "пример.бел", "مثال.موقع", "例子.中国", "उदाहरण.भारत", "παράδειγμα.ελ", "דוגמה.קום", "예.닷컴", "hxxp://evil.com", "hxxps://evil[.]com", "http[:]//evil.com", "https[://]evil.com", "http : // evil.com",
        "h**p://evil.com".replace("*", "x"), "www,payoke,be", "www[.]payoke[.]be", "185.12.134.56:8080", "185.12.134.56/x", "payoke.com/help?x=1", "www payoke be", "w w w . p a y o k e . b e", "evil.zip", "sub.evil.co.uk",
        "evil●org", "evil⦁org", "evil˙org", "evil▪org", "evil◦com", "evil -dot- org", "help-at-evil-dot-org", "evil-punt-be", "evil%2Eorg", "evil%252ebe", "hxxps evil org", "w w w evil org", "e.v.i.l.o.r.g", "evil.i2p",
    ):  # fmt: skip
        yield f"Look at {name} today."
    yield from (
        "Write to info[@]payoke.com now.", "Write to info{at}payoke.com.", "Write to info(at)payoke(dot)com.", "Write to info[at]payoke[dot]be.", "Write to info&lt;at&gt;payoke.com.",
        "Écrivez à info arobase payoke point com.", "Écrivez à info (arobase) payoke.com.", "Escriba a info arroba payoke punto com.", "Schrijf naar info apenstaartje payoke punt be.",
        "Mail info apestaartje payoke.", "Escreva para info arroba payoke ponto com.", "Napisz: info małpa payoke kropka be.", "Napisz: info(małpa)payoke.com.", "Пишіть: info собака payoke крапка com.",
        "Пишете на info кльомба payoke точка com.", "info et işareti payoke nokta com", "info (a còng) payoke chấm com", "info at payoke dot be", "info @ payoke . be", "info＠payoke.com", "i n f o @ p a y o k e . b e",
        "info﹫payoke.com", "Schreiben Sie an info (ät) payoke.com", "Follow @ h e l p e r s", "Follow @helpers_be", "info|at|payoke.com", "info_at_payoke.com", "info *at* payoke.com", "راسلنا info(آت)payoke.com",
    )  # fmt: skip


def accounts() -> Iterator[str]:
    yield from (
        "Telegram: helpers_be", "Telegram: helpers", "Signal: helpers.42", "Signal - helpers.42", "WhatsApp: helpers24", "Snapchat: helpers_be", "TikTok: helpersbe", "Viber: Helpers", "Instagram: helpers.be.help",
        "Facebook: HelpersBelgium", "IMO: helpers_be", "LINE: helpers24", "WeChat: helpers", "Insta = helpers", "Telegram/helpers", "Snapchat → helpers", "Discord: helpers_be",
        "Find us on TikTok as helpers.", "Follow us on Instagram: helpers.", "Find helpers_be on Telegram.", "Add us on Snapchat as “helpers”.", "Our Telegram channel is helpers_be.", "Our Telegram channel: helpers",
        "Message us on Signal: helpers.42", "On Telegram we are helpers_be.", "The Facebook account “helpers” answers.", "Vind ons op TikTok als helpers.", "Volg ons op Instagram onder helpers.", "Zoek ons op Facebook als Helpers.",
        "Retrouvez-nous sur TikTok sous helpers.", "Suivez-nous sur Instagram : helpers.", "Notre compte Telegram : helpers", "Findet uns auf TikTok als helpers.", "Folgen Sie uns auf Instagram als helpers.",
        "جدونا على تيليجرام باسم helpers", "تيليجرام: helpers", "Găsiți-ne pe TikTok ca helpers.", "Contul Telegram: helpers", "Намерете ни в Телеграм като helpers.", "Вайбер: helpers_bg", "Encontre-nos no TikTok como helpers.",
        "Siga-nos no Instagram: helpers", "Encuéntranos en TikTok como helpers.", "Nuestra cuenta de Telegram: helpers", "Tìm chúng tôi trên TikTok với tên helpers.", "Zalo: helpers_vn", "Bizi TikTok'ta helpers olarak bulun: helpers_tr",
        "Telegram hesabımız: helpers", "Знайдіть нас у Телеграмі як helpers.", "Телеграм: helpers", "Znajdź nas na TikToku jako helpers.", "Telegram: pomoc_be", "Konto na Telegramie: pomoc24", "Ons Telegramkanaal: helpers", "Unser Telegram-Kanal: helpers", "Add helpers.99 on Signal.",
        "Threema ID ABCD1234", "Threema ID: ABCD1234", "Session ID 05abcdef0123456789abcdef0123456789", "LINE ID: helpers", "Facebook page HelpersBelgium", "Facebook group HelpersBE", "Onze Facebookpagina heet HelpersBE", "Unsere Facebook-Seite HelpersBE",
        "Notre groupe Facebook est helpers_be", "Nuestro canal Telegram helpers_be", "Discord server helpers24", "Discord: helpers#1234", "Discord helpers#1234", "IG: helpers_be", "Reddit: u/helpers", "LinkedIn: in/helpers", "YouTube channel HelpersBE", "Our WhatsApp is Helpers24",
    )  # fmt: skip


def apps() -> Iterator[str]:
    for scheme in ("tg://resolve?domain=x", "tg:helpers", "whatsapp:helpers", "whatsapp://send?phone=32", "signal:helpers", "sgnl://signal.me", "viber:chat", "fb-messenger:helpers", "intent:helpers", "market:details",
                   "skype:helpers?call", "facetime:helpers", "facetime-audio:helpers", "geo:50.8,4.3", "callto:helpers", "smsto:helpers", "xmpp:helpers", "sip:helpers", "weixin:helpers", "snapchat:add", "tiktok:user", "zoommtg:join", "itms-apps:x"):  # fmt: skip
        yield f"Open {scheme} now."
        yield f"[Open]({scheme})"


CONTACTS = {
    "plain-numbers": plain_numbers, "signs-between": signs_between, "letters-for-digits": letters_for_digits, "short-numbers": short_numbers,
    "spread-digits": spread_digits, "spoken-numbers": spoken_numbers, "drawn-digits": drawn_digits, "spelt-addresses": spelt_addresses,
    "accounts": accounts, "apps": apps,
}  # fmt: skip
