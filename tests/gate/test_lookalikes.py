"""A word is of one script, and of the letters that its keyboard types; fine text of any language passes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from babel import Locale

from safepage.faults import Fault, Faulty, errors
from safepage.gate import characters
from safepage.site import contacts

# A page of each kind, around the words in question.
PAGES = {
    "English": "This is a text about help for victims. People can call and write, and they are heard. " * 9,
    "Ukrainian": "Це текст про допомогу людям, які постраждали. Напишіть нам або зателефонуйте. " * 3,
    "Arabic": "هذا نص عربي عن المساعدة للضحايا ويمكن للناس الاتصال والكتابة الينا. " * 3,
    "Hebrew": "זה טקסט בעברית על עזרה לקורבנות. אנשים יכולים להתקשר ולכתוב. " * 3,
    "Chinese": "这是关于帮助受害者的中文文本。人们可以打电话和写信。" * 3,
    "Turkish": "Bu sayfa yardım içindir. İnsanlar çağrı yapabilir ve kapıyı açık bulur. Işık söndüğünde de. "
    * 5,
}

FINE = {
    "English": (
        "µm, μg, kΩ, 5 Ω | π, Δ, λ | 1º andar, 2ª | № 5 | œuvre, Ærø, cœur, Straße, Łódź | "
        "đặc biệt, Tiếng Việt | ș ț ă | naïve café | Mᵐᵉ Dupont, 1ʳᵉ, XIXᵉ, nᵒˢ | "
        "CO₂, H₂O, m², ½ | 5 °C | Ⅳ | ʻōlelo Hawaiʻi | Diyarbakır, Kırşehir, Yılmaz, Kadın | "
        "Русский, Українська, Български | Я и она | (Москва) | ελληνικά, Ἑλλάς | "
        "日本語, 한국어, 中文 | Հայերեն | ქართული | አማርኛ | עברית | العربية | ไทย | বাংলা | "
        "हिन्दी | ខ្មែរ | Ọ̀rọ̀ Yorùbá | ɛ ɔ ŋ Eʋegbe | ɓarawo ƙasa | Azərbaycan | Þórður | "
        "ħ Ġ Malti | ĝis | c’est l’œil | 🅿️ 🅰️ 🇧🇪🇫🇷 | ﷺ | ﴾نص﴿ | COVID-19 | a Ångström | "
        "θaj bijanθon, goʒi | cómo, què, façade | m̧ n̄ g̃ | l’État, d’Èze | İstanbul | ™ © ® €"
    ),
    "Ukrainian": (
        "OCHA, HTTP, EMA | SMS-повідомлення | PAG-ASA | WhatsApp-ом | з’їзд, п\u02bcять | "
        "Ні, НАТО | Ки\u0301їв | №"
    ),
    "Arabic": ("وWhatsApp, بـWhatsApp, الـPDF | PDF\u200cها | لَا | ا | ٣ | PAG-ASA | 5G, ۴G, A۴ | ٢٠٢٤/٥/١"),
    "Hebrew": "בWhatsApp, וWhatsApp | ב-WhatsApp | וסוס | שָׁלוֹם",
    "Chinese": (
        "PDFとWordで | WhatsApp으로 | 卡拉OK了 | 日本ＡＢＣです | AA制, T恤, 5G一代, A型 | "
        "PAG-ASA는 | メール | Ⅲ | 二〇二四年 | 用WhatsApp发"
    ),
    "Turkish": "tıbbi, alışveriş, bakımevi, Sırbistan | ışık | polis İl",
}
FINE_ALONE = (
    "WhatsApp으로 보내기 | PDFとWord | 用WhatsApp发 | Так | Ні | Не | НАТО | Kadın | "
    "Sıkça sorulan sorular | Bu yüzyıl | Полиция | বাংলাWhatsApp | PDFের | ৪x৬ | WhatsAppে | የWhatsApp | "
    "โทรWhatsApp | Ο | Не се обаждай | ¿Qué? | Œuvre"
)

REFUSED = {
    "English": {
        "mixes letters": (
            "Рayoke | PΑG | ѕесurity | Payο | Рay | Κall | сall | Polіce | Ρolice | Аt | mailи | "
            "Payყ | Ꮯall | ϲall | PAG-АSA | Pay丨ke | PAG一ASA | Payا | Payו | Payס | P〇lice | "
            "Payդ | ꓑay | Paуoke | heІp"
        ),
        "looks like Latin": (
            "РАУОКЕ | А person | Ι am | Рауоке | ЅОЅ | СОР | ᎪᏢᎪ | ꓑꓮꓬ | ᑭᑌᗷ | օո | ΗΟΡΕ | Не"
        ),
        "a sign for a sound": (
            "ɡo | ɑlways | ȷust | ᴘᴀʏᴏᴋᴇ | paʏoke | ꜱend | ʟook | ɴow | ɯoney | Paǀ | ʘpen | ꬲnd | Ƅook"
        ),
        "in place of letters": (
            "ᴾᵃʸᵒᵏᵉ | ₚₐᵧ | 𝐏𝐚𝐲 | ℙayoke | ℋelp | \u212aelp | Ⓟⓐⓨ | Pⓐyoke | Ｐａｙ | 🅟🅐🅨 | 🄿ay | 𝓱elp"
        ),
        "joined into one sign": "ﬁnd | oﬃcer | ﬂy | eﬀort | ĳs | ǆep | coŀlega | ŉ | beﬅ",
        "without a dot": "Polıce | polıce | vıctim | helpıng | emaıl | ıt",
        "another letter": (
            "po\u0336lice | l\u0335 | i\u0307stanbul | Pay\u20dd | o\u0338pen | n\u0332o | Paɣoke | ǝnd | Paʋ"
        ),
        "mark of another script": "a\u064eb | aִb | a\u0e49b | e\u0901",
        "digit of another script": "p٣ay | Call٣ | a۵ | call५",
        "a sign for a number": "Ⅰnterpol | ⅽall | heⅼp",
        "of today": "ⲢⲀⲨ | 𐐬ne | 𐌀𐌁 | ᚱᚢᚾ",
        "piled": "H\u0334\u0335\u0336\u0337elp",
        "reads noise": "█▀▀▀▀▀█ ▀▄█ █▀▀▀▀▀█ | ⣿⣿⣿⣿⣿⣿⣿⣿ | ⬛⬜⬛⬜⬛⬜⬛⬜⬛",
    },
    "Ukrainian": {
        "mixes letters": "допомoга | пoлiцiя | Kиїв | пολіція | рaзом",
        "looks like Latin": "ΡΑΥ | ΟΧΙ",
    },
    "Arabic": {
        "printing presses": "ﻣﺴﺎﻋﺪة | ﻻ | ﺷﺮﻃﺔ",
        "mixes letters": "Рayoke | Payاoke",
        "looks like Latin": "РАУОКЕ",
        "three times": "مرحب\u064b\u064b\u064bا",
    },
    "Chinese": {
        "a part of a character": "⼈们 | ⻄ | ㇐",
        "mixes letters": "Pay丨oke | PAG〇ke",
        "looks like Latin": "РАУОКЕ",
    },
    "Hebrew": {"mixes letters": "Payו", "looks like Latin": "РАУОКЕ"},
    "Turkish": {"another letter": "i\u0307stanbul", "a sign for a sound": "ɡün"},
}


def on_page(page: str, words: str) -> list[Fault]:
    return characters.check(f"{PAGES[page]}\n\n{words}\n", "docs/en/x.md")


def test_fine_words_pass_on_a_page_and_alone() -> None:
    refused = [
        (page, w, *f) for page, words in FINE.items() for w in words.split(" | ") if (f := on_page(page, w))
    ]
    refused += [("alone", w, *f) for w in FINE_ALONE.split(" | ") if (f := characters.check(w, ""))]
    assert not refused, "\n".join(f"{page} “{w}”: {f}" for page, w, f, *_ in refused)


def test_words_that_deceive_are_refused_in_one_line_that_says_why() -> None:
    wrong = []
    for page, kinds in REFUSED.items():
        for reason, words in kinds.items():
            for word in words.split(" | "):
                found = on_page(page, word)
                if not found or reason not in found[0].what or found[0].line != 3:
                    wrong.append((page, word, ascii(word), [f.what for f in found]))
                for fault in found:
                    assert str(fault).isprintable() and len(fault.what) < 300 and len(fault.todo) < 300, fault
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("oﬃcer", "type “officer”"),
        ("ﻻ", "type “لا”"),
        ("Polıce", "type “Police”"),
        ("ɡo", "“g” from the keyboard"),
        ("ᴘay", "“p” from the keyboard"),
        ("Ⓟⓐⓨ", "write “Pay”"),
        ("ⅽall", "type “call”"),
        ("Рayoke", "on one keyboard"),
    ],
)
def test_the_letters_to_type_are_said(word: str, remedy: str) -> None:
    assert any(remedy in fault.todo for fault in on_page("English", word))


# Of each script and of most families; Unicode's own names in Serbian and Kannada have slips in them.
TAGS = (
    "am ar az bn bg ca cs cy el es et fa fil fr ga ha he hi hu hy ig is ja ka km ko ky lt lv mn my nl pa pl "
    "ps pt ro ru si sk so sq ta te th tr uk ur uz vi wo yue zh"
)


@pytest.mark.slow
def test_the_names_of_languages_and_places_pass_in_the_languages_of_the_world() -> None:
    refused = []
    for tag in TAGS.split():
        locale = Locale.parse(tag)
        names = [*locale.languages.values(), *locale.territories.values()]
        refused += characters.check("\n".join(names), tag)[:1]
    assert not refused, "\n".join(map(str, refused))


HOSTILE = [
    "a",
    "ı",
    "a丨",
    "a\u0336",
    "⼈",
    "\u200f1/",
    "🏴\U000e0067",
    "\u064b",
    "٣a",
    "\u202e",
    " ",
    "█ ",
    "а ",
]


@pytest.mark.slow
def test_a_text_of_60_000_signs_takes_no_long_time() -> None:
    slow = []
    for piece in HOSTILE:
        start = time.perf_counter()
        characters.check(piece * (60_000 // len(piece)) + "!\u05d0", "x.md")
        if (taken := time.perf_counter() - start) > 5:
            slow.append((ascii(piece), round(taken, 1)))
    assert not slow


def test_a_contact_is_judged_among_the_others_of_its_file() -> None:
    text = (Path(__file__).parents[2] / "docs/contacts.yml").read_text(encoding="utf-8")
    line = next(n for n, words in enumerate(text.split("\n"), 1) if words.strip() == "name: Payoke")
    with pytest.raises(Faulty) as caught:
        contacts.load(text.replace("name: Payoke", "name: РАУОКЕ"), "docs/contacts.yml", "BE")
    assert [(fault.line, "looks like Latin" in fault.what) for fault in errors(caught.value.faults)] == [
        (line, True)
    ]
