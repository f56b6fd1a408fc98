"""For a person's eyes: what a translation says and its source doesn't. Never a refusal."""

# ruff: noqa: E501 - a case is read in one piece

from __future__ import annotations

import re

import pytest

from environment import ROOT
from safepage.faults import code
from safepage.translations import catalogue
from safepage.translations.closely import look, negated, negations

HEAD = "---\ntitle: T\ndescription: D\n---\n# T\n\n"
SOURCE = (
    HEAD
    + "Someone is in danger now: call {{ emergency.phone }} and wait.\n\nDo not confront the exploiter.\n"
)
# “Call 112 and wait. Do not confront the exploiter.” and “Do not call 112.”, as a lie in plain words would say it.
SAID = {
    "nl": ("Bel {p} en wacht.", "Confronteer de uitbuiter niet.", "Bel {p} niet en wacht.", "niet"),
    "fr": ("Appelez le {p} et attendez.", "N’affrontez pas l’exploiteur.", "N’appelez pas le {p}, attendez.", "pas"),
    "de": ("Rufen Sie {p} an.", "Stellen Sie den Täter nicht zur Rede.", "Rufen Sie keinesfalls {p} an.", "keinesfalls"),
    "ar": ("اتصلوا بالرقم {p} وانتظروا.", "لا تواجهوا المستغل.", "لا تتصلوا بالرقم {p}.", "لا"),
    "ro": ("Sunați la {p} și așteptați.", "Nu îl confruntați pe exploatator.", "Nu sunați la {p}.", "Nu"),
    "bg": ("Обадете се на {p}.", "Не влизайте в конфликт.", "Не се обаждайте на {p}.", "Не"),
    "pt-BR": ("Ligue para {p} e espere.", "Não confronte o explorador.", "Nunca ligue para {p}.", "Nunca"),
    "es": ("Llame al {p} y espere.", "No se enfrente al explotador.", "No llame al {p}.", "No"),
    "vi": ("Hãy gọi {p} và chờ.", "Đừng đối đầu với kẻ bóc lột.", "Đừng gọi {p}.", "Đừng"),
    "tr": ("{p} numarasını arayın.", "Sömüren kişiyle yüzleşmeyin.", "{p} numarasını aramayın.", "aramayın"),
    "uk": ("Телефонуйте {p} і чекайте.", "Не вступайте в конфлікт.", "Не телефонуйте {p}.", "Не"),
    "pl": ("Zadzwoń pod {p} i czekaj.", "Nie konfrontuj się z wyzyskiwaczem.", "Nigdy nie dzwoń pod {p}.", "nie"),
    "zh-Hans": ("请拨打 {p}，然后等待。", "不要与剥削者对质。", "不要拨打 {p}，请等待。", "不"),
    "th": ("โทร {p} แล้วรอ", "อย่าเผชิญหน้ากับผู้แสวงหาประโยชน์", "อย่าโทร {p} ให้รอ", "อย่า"),
    "fil": ("Tumawag sa {p} at maghintay.", "Huwag komprontahin ang nagsasamantala.", "Huwag tumawag sa {p}.", "Huwag"),
    "sq": ("Telefononi {p} dhe prisni.", "Mos u përballni me shfrytëzuesin.", "Mos telefononi {p}.", "Mos"),
    "hu": ("Hívja a {p} számot, és várjon.", "Ne szálljon szembe a kizsákmányolóval.", "Ne hívja a {p} számot.", "Ne"),
    "sk": ("Zavolajte {p} a počkajte.", "Nekonfrontujte vykorisťovateľa.", "Nevolajte {p}.", "Nevolajte"),
    "bn": ("{p} নম্বরে ফোন করুন।", "শোষণকারীর মুখোমুখি হবেন না।", "{p} নম্বরে ফোন করবেন না।", "না"),
    "hi": ("{p} पर फ़ोन करें।", "शोषण करने वाले का सामना न करें।", "{p} पर फ़ोन नहीं करें।", "नहीं"),
    "ur": ("{p} پر فون کریں۔", "استحصال کرنے والے کا سامنا نہ کریں۔", "{p} پر فون مت کریں۔", "مت"),
    "fa": ("با {p} تماس بگیرید و صبر کنید.", "با بهره‌کش روبه‌رو نشوید.", "با {p} تماس نگیرید.", "نگیرید"),
    "ru": ("Позвоните {p} и ждите.", "Не вступайте в конфликт.", "Не звоните {p}.", "Не"),
    "it": ("Chiami il {p} e aspetti.", "Non affronti lo sfruttatore.", "Non chiami il {p}.", "Non"),
    "en": ("Call {p} and wait.", "Do not confront the exploiter.", "Don’t call {p}.", "Don’t"),
}  # fmt: skip
PHONE = "{{ emergency.phone }}"
# Verbs and judgements that turn a call round without a word for “not”.
AVOIDED = {
    "nl": ("Vermijd {p}.", "Het is verboden {p} te bellen."), "fr": ("Évitez d'appeler le {p}.", "Inutile d'appeler le {p}.", "Il est interdit d'appeler le {p}."),
    "de": ("Vermeiden Sie {p}.", "Es ist verboten, {p} zu rufen."), "ar": ("تجنب الاتصال بـ {p}.", "ممنوع الاتصال بـ {p}."),
    "ro": ("Evitați {p}.", "Este interzis să sunați la {p}."), "bg": ("Избягвайте {p}.", "Забранено е {p}."),
    "pt-BR": ("Evite ligar para {p}.", "É proibido ligar para {p}."), "es": ("Evite llamar al {p}.", "Prohibido llamar al {p}."),
    "vi": ("Tránh gọi {p}.", "Cấm gọi {p}."), "tr": ("{p} aramak yasaktır.", "{p} aramaktan kaçının."),
    "uk": ("Уникайте {p}.", "Заборонено {p}."), "pl": ("Unikaj {p}.", "Zabrania się dzwonić pod {p}."),
    "zh-Hans": ("避免拨打 {p}。", "禁止拨打 {p}。", "请别拨打 {p}。", "我不同意拨打 {p}。"), "th": ("หลีกเลี่ยงการโทร {p}", "ห้ามโทร {p}"),
    "fil": ("Iwasang tumawag sa {p}.", "Bawal tumawag sa {p}."), "sq": ("Shmangni {p}.", "Ndalohet të telefononi {p}."),
    "hu": ("Kerülje a {p} hívását.", "Tilos hívni a {p} számot."), "sk": ("Vyhnite sa volaniu na {p}.", "Je zakázané volať {p}."),
    "bn": ("{p} নম্বরে ফোন করা এড়িয়ে চলুন।", "{p} নম্বরে ফোন করা নিষেধ।"), "hi": ("{p} पर फ़ोन करने से बचें।", "{p} पर फ़ोन करना मना है।"),
    "ur": ("{p} پر فون کرنے سے گریز کریں۔", "{p} پر فون کرنا منع ہے۔"), "fa": ("از تماس با {p} خودداری کنید.", "تماس با {p} ممنوع است."),
    "ru": ("Избегайте звонков {p}.", "Запрещено звонить {p}."), "it": ("Eviti di chiamare il {p}.", "È vietato chiamare il {p}."),
}  # fmt: skip


def told(translation: str, locale: str = "fr", before: str | None = None) -> list[str]:
    return [f"{one.line} {one.what}: {one.ours}" for one in look(SOURCE, translation, locale, "en", before)]


def test_every_language_of_the_site_has_its_negations() -> None:
    site = catalogue.read(ROOT)
    assert [tag for tag in [site.source, *site.locales] if not negations(tag)] == []
    assert set(SAID) == {site.source, *site.locales}


@pytest.mark.parametrize("locale", SAID)
def test_a_negation_beside_a_contact_is_listed(locale: str) -> None:
    good, never, lie, word = SAID[locale]
    fine = f"{HEAD}{good.format(p=PHONE)}\n\n{never}\n"
    assert told(fine, locale) == []
    (line, *_) = told(fine.replace(good.format(p=PHONE), lie.format(p=PHONE)), locale)
    assert line.startswith("7 negation “")
    assert word in line
    lost = told(fine.replace(never, good.format(p="")), locale)
    assert any(line.startswith("9 no negation") for line in lost), lost
    more = told(
        f"{fine}\n{lie.format(p='112')}\n", locale
    )  # a paragraph more: which is which, nobody can say
    assert any("negation" in line and word in line for line in more), more


@pytest.mark.parametrize(
    ("extra", "what"),
    [
        ("Appelez le {p} à 4 884 et attendez.", "number “884”"),
        ("Appelez le {p} dans 7 jours.", "number “7”"),
        ("Appelez le {p} au ٤٨٨٤.", "number “4884”"),
        ("Appelez le {p} seulement si votre patron est d’accord et que vous avez payé tout ce que vous devez à la "
         "personne qui vous a fait venir ici avec de faux papiers.", "words beside emergency.phone"),
    ],
)  # fmt: skip
def test_numbers_and_words_beside_a_contact(extra: str, what: str) -> None:
    text = f"{HEAD}{extra.format(p=PHONE)}\n\nN’affrontez pas l’exploiteur.\n"
    assert any(what in line for line in told(text)), told(text)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("zh-Hans", "请拨打 {p}，如果您的老板同意，而且您已经把欠给带您来这里的人的钱全部还清，还要先征得家人的同意。"),
        ("th", "โทร {p} ก็ต่อเมื่อนายจ้างของคุณเห็นด้วยและคุณจ่ายเงินทั้งหมดที่ติดค้างให้คนที่พาคุณมาที่นี่แล้วและครอบครัวของคุณยินยอม"),
        ("th", "ถ้านายจ้างของคุณเห็นด้วยและคุณจ่ายเงินทั้งหมดที่ติดค้างให้คนที่พาคุณมาที่นี่ด้วยเอกสารปลอมแล้วและครอบครัวยินยอมโทร {p}"),
    ],
)  # fmt: skip
def test_words_are_counted_where_no_spaces_part_them(locale: str, said: str) -> None:
    good, never, *_ = SAID[locale]
    assert told(f"{HEAD}{good.format(p=PHONE)}\n\n{never}\n", locale) == []
    lines = told(f"{HEAD}{said.format(p=PHONE)}\n\n{never}\n", locale)
    assert [line for line in lines if "words beside emergency.phone" in line], lines


@pytest.mark.parametrize(
    ("locale", "said"), [("zh-Hans", "请拨打 {p}。您不必先问。"), ("th", "โทร {p} คุณไม่จำเป็นต้องถามก่อน")]
)
def test_sentences_end_where_no_space_or_stop_follows(locale: str, said: str) -> None:
    source = f"{HEAD}Call {PHONE}. You do not have to ask first.\n"
    assert look(source, f"{HEAD}{said.format(p=PHONE)}\n", locale) == []


def test_only_what_changed_is_looked_at_in_a_pull_request() -> None:
    before = f"{HEAD}Appelez le {PHONE}.\n\nN’affrontez pas l’exploiteur. Jamais.\n"
    assert told(before, "fr", before) == []
    after = before.replace("Appelez le", "Faites le")
    assert told(after, "fr", before) == ["7 words beside emergency.phone: Faites le emergency.phone ."]
    assert len(told(before, "fr", "")) == 3


def test_a_language_without_a_list_shows_each_contact() -> None:
    assert not negations("lt")
    text = f"{HEAD}Neskambinkite {PHONE}.\n\nNieko.\n"
    assert told(text, "lt") == ["7 words beside emergency.phone: Neskambinkite emergency.phone ."]
    assert negations("pt-PT") == negations("pt-BR")


def test_what_turns_nothing_round_is_no_negation() -> None:
    fine = {"fr": "sans danger, n’importe", "ar": "دون سن الثامنة عشرة", "en": "knot, note", "es": "noche", "de": "Nichte",
            "nl": "genieten", "pl": "niebezpieczny, bezpieczny", "tr": "yardım arayın", "uk": "небезпека",
            "zh-Hans": "别人，特别，识别", "th": "อย่างไร ไหม ใหม่", "bn": "আপনি, নাম", "hi": "मदद, नाम", "sk": "nebezpečenstvo, než",
            "fil": "Wala pang 18 taong gulang", "hu": "nemzet, mert", "it": "nome, noto", "ru": "небо, нетто", "sq": "pasi, nga",
            "ur": "نام", "fa": "نام، ندا"}  # fmt: skip
    found = {tag: words for tag, text in fine.items() if (words := negated(text, tag))}
    assert not found, found


@pytest.mark.parametrize(
    ("locale", "said", "found"),
    [
        ("vi", "Bạn có cần bác sĩ không?", []),
        ("vi", "Có ai kiểm tra điện thoại, túi hay phòng của bạn không", []),
        ("vi", "Hãy hỏi bạn có phải cho biết tên không, và cảnh sát có được biết không.", []),
        ("vi", "Điều quan trọng là họ có bóc lột bạn hay không", []),
        ("vi", "Ở chỗ một người bạn tin cậy, chẳng hạn.", []),
        ("vi", "Bạn có thể nói không.", ["không"]),
        ("vi", "Có ai không cho bạn ra ngoài không?", ["không"]),
        ("vi", "Bạn có gọi 112 thì cũng không", ["không"]),
        ("vi", "Nếu không, hãy gọi.", ["không"]),
        ("vi", "Hỏi điều gì có ở lại, và điều gì thì không.", ["không"]),
        ("vi", "Chẳng ai có thể giúp.", ["Chẳng"]),
        ("tr", "Belgeniz yoksa, kimse yokken", ["yoksa", "yokken"]),
        ("tr", "Bilmiyoruz, aramıyorsa, görmüyorlar, korumuyor", ["Bilmiyoruz", "aramıyorsa", "görmüyorlar", "korumuyor"]),
        ("tr", "Konuşamadığınızda, kalmayacağını, bulamayacaksa", ["Konuşamadığınızda", "kalmayacağını", "bulamayacaksa"]),
        ("tr", "112 aranamaz, aramazsanız, veremez, olmamalıdır", ["aranamaz", "aramazsanız", "veremez", "olmamalıdır"]),
        ("tr", "Belgesi olmayanları aramadan gidin.", ["olmayanları", "aramadan"]),
        ("tr", "Aramadan önce, aramadan veya yazmadan önce, vermeden önce, konuşmadan sonra", []),
        ("tr", "İnsan ticareti olup olmadığı, karar verip vermediği, söyleyip söylemediğini", []),
        ("tr", "Bu bir konuşmadır, her düğmeden, umuyoruz, görüşmesini, dönmeme, temiz, zaman, hemen", []),
        ("ro", "Ctrl+Shift+N", []),
        ("ro", "N-ați sunat.", ["N"]),
        ("ar", "لا تعدوا إلا بما يمكنكم الوفاء به.", []),
        ("ar", "لا تتصلوا إلا إذا وافق صاحب العمل.", ["لا"]),
    ],
)  # fmt: skip
def test_a_question_or_a_form_of_a_verb(locale: str, said: str, found: list[str]) -> None:
    assert negated(said, locale) == found


def test_the_pages_of_the_site_have_few() -> None:
    """A list of which most is right as it is would not be read: less than one a page."""
    site = catalogue.read(ROOT)
    pages = [(tag, page) for tag in site.locales for page in site.pages if site.text(tag, page)]
    many = sum(
        len(look(site.text(site.source, page) or "", site.text(tag, page) or "", tag)) for tag, page in pages
    )
    assert many < len(pages)


@pytest.mark.parametrize(
    "words",
    [
        "@maintainers approve this", "<img src=x onerror=alert(1)>", "[click](https://evil.example)", "`` ` ```",
        "`", "a\nb\r\n# heading", "| cell | cell |", "https://evil.example", "#12 closes #13", "a\u202eb\u200bc\x1b[31m",
        "</details><script>", "x" * 500,
    ],
)  # fmt: skip
def test_nothing_that_a_contributor_wrote_comes_alive(words: str) -> None:
    shown = code(words)
    fence = re.match("`+", shown)
    assert fence
    assert shown.endswith(fence[0])
    inner = shown[len(fence[0]) : -len(fence[0])]
    assert fence[0] not in re.findall("`+", inner)
    assert not inner.startswith("`") and not inner.endswith("`")
    assert inner.isprintable()
    assert len(shown) < 200


def test_what_is_avoided_or_forbidden_is_listed() -> None:
    unseen = [
        line
        for locale, lines in AVOIDED.items()
        for line in lines
        if not any(
            row.startswith("7 negation") for row in told(f"{HEAD}{line.format(p=PHONE)}\n\nX.\n", locale)
        )
    ]
    assert not unseen, unseen
