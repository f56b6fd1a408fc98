"""Contacts in a text: each way of writing one, by itself."""

from __future__ import annotations

import pytest

from safepage.gate.contacts.addresses import Found, describe, find, fold, numbers


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("Write to ann@home now", "email", "ann@home"),
        ("Write to ann @ home . be", "email", "ann @ home . be"),
        ("Write to ann (at) home now", "email", "ann (at) home"),
        ("Write to ann [ät] home now", "email", "ann [ät] home"),
        ("Find @helpers there", "email", "@helpers"),
        ("See https://localhost/x now", "address", "https://localhost/x"),
        ("See custom://x now", "address", "custom://x"),
        ("See mailto:ann now", "address", "mailto:ann"),
        ("See www.localhost", "address", "www.localhost"),
        ("See payoke [dot] be now", "address", "payoke [dot] be"),
        ("See payoke (point) be", "address", "payoke (point) be"),
        ("See payoke . be now", "address", "payoke . be"),
        ("See payoke.be.", "address", "payoke.be"),
        ("See PAYOKE.Be", "address", "PAYOKE.Be"),
        ("See payoke。be", "address", "payoke。be"),
        ("See t.me/x", "address", "t.me/x"),
        ("See some-thing.zone/path?x", "address", "some-thing.zone/path?x"),
        ("See пример.рф", "address", "пример.рф"),
        ("See xn--e1afmkf", "address", "xn--e1afmkf"),
        ("请看payoke.be吧", "address", "请看payoke.be"),
        ("Call 02 511 64 64, now", "phone", "02 511 64 64"),
        ("Call +1 (202) 555-0100", "phone", "+1 (202) 555-0100"),
        ("Call 511 64 64", "phone", "511 64 64"),
        ("٠٢ ٥١١ ٦٤ ٦٤", "phone", "٠٢ ٥١١ ٦٤ ٦٤"),
        ("{{ a.phone }}5", "phone", "{{ a.phone }}5"),
        ("+32 {{ a.phone }}", "phone", "+32 {{ a.phone }}"),
        ("Call 1-800-799-SAFE.", "phone", "1-800-799-SAFE"),
        ("0800 RELEASE", "phone", "0800 RELEASE"),
        ("1800RESPECT", "phone", "1800RESPECT"),
        ("1800-RESPECT", "phone", "1800-RESPECT"),
        ("CALL US ON 1800 RESPECT", "phone", "1800 RESPECT"),
        ("加微信：helpers", "account", "helpers"),
        ("QQ 12345678", "account", "12345678"),
        ("تلگرام: helpers_ir", "account", "helpers_ir"),
        ("टेलीग्राम: helpers_in", "account", "helpers_in"),
        ("ফেসবুক পেজ: helpers_bd", "account", "helpers_bd"),
        ("info ät payoke Punkt de", "email", "info ät payoke Punkt de"),
        ("Dial 112", "short", "112"),
        ("Bel 1813", "short", "1813"),
        ("Bel 100.", "short", "100"),
        ("116 000", "short", "116 000"),
    ],
)
def test_each_way_of_writing_a_contact(text: str, kind: str, piece: str) -> None:
    found = find(text, "BE")
    assert Found(kind, piece) in found, found


def test_a_number_that_the_source_has_not() -> None:
    known = numbers("45 days, 118 cases of 2016")
    assert known == {"118", "2016"}
    assert find("118 gevallen van 2015", "BE", known) == []
    assert find("119 gevallen", "BE", known) == [Found("short", "119")]
    assert find("١١٩ حالة", "BE", known) == [Found("short", "١١٩")]
    assert find("سال ۱۳۹۵ و ۱۴۰۲", "BE", known) == []
    assert find("118 VICTIMES, PLUS DE 2016 EUROS", "BE", known) == []
    assert find("Call 1800 FREEDOM", "BE", known) and not find("1800 FREEDOM", "BE", numbers("1800"))
    assert find("police et 119", "BE", known) and find("bel nr. 119", "BE", known)
    # The law is another one in each language.
    laws = ("G.U. n. 195", "Dz.U. poz. 1650", "Btk. 192. §-a", "Neni 110/a", "Ст. 149", "مادهٔ ۱۴۹")
    laws += ("धारा 149", "arts. 173, 177 bis y 318 bis CP")
    assert [text for text in laws if find(text, "BE", known)] == []
    assert find("150 यूरो, ১৫০ টাকা, 150 ยูโร, 150欧元, 150 eur, 180 кг, 180 کیلو, 180 किमी", "BE", known) == []
    assert find("۱۰۰٬۰۰۰ تومان, ٠٫١٢٥, 160 godz.", "BE", known) == []
    # A figure with its year and its noun is one that the translator adds, not one that went wrong.
    added = (
        "In 2023 werden 144 slachtoffers erkend.",
        "En 2022, 118 victimes ont été reconnues.",
        "تم التعرف على 151 ضحية في 2023",
        "Năm 2023 có 151 nạn nhân.",
    )
    assert [text for text in added if find(text, "BE", known)] == []


@pytest.mark.parametrize(
    "fine",
    ["Aged 18-25, or 1-31, or 0-11.", "700 f.Kr.", "12 15 ans", "In 45 2016.", "1 000 à 2 000", "3 dagen"],
)
def test_ranges_and_abbreviations_of_a_translation_are_fine(fine: str) -> None:
    assert find(fine, "BE", numbers("Aged 18–25, 12 to 15, 45 of 2016.")) == []


def test_folding_keeps_places() -> None:
    folded, places = fold("a٠\u200bé😀b")
    assert folded == "a0é b"
    assert [("a٠\u200bé😀b")[place] for place in places] == ["a", "٠", "é", "😀", "b"]


@pytest.mark.parametrize(
    ("dialled", "counted"),
    [
        ("Call 118.", "We had to call 118 people."),
        ("Chiami il 1522.", "Ogni anno chiamano 1522 persone."),
        ("Hívja a 1522-t.", "A vonal 2021-ben 1522 hívást kapott."),
        ("Volajte na číslo 1550.", "Volalo nám 1550 ľudí."),
        ("Телефон доверия 122.", "Телефон в 2021 году молчал 122 дня."),
        ("Tawagan ang 1343.", "Tinawagan namin ang 1343 tao."),
        ("شمارهٔ ۱۴۸۰ را بگیرید.", "خط در سال ۲۰۲۱، ۱۴۸۰ تماس داشت."),
        ("15 پر کال کریں۔", "2021 میں 15 کالیں آئیں۔"),
        ("1098 पर कॉल करें।", "2021 में 1098 कॉल आईं।"),
        ("হেল্পলাইন ৩৩৩", "হেল্পলাইন ২০২১ সালে ৩৩৩টি কল পেয়েছে।"),
        ("โทรสายด่วน พม. 1300 ได้", "สายด่วนได้รับ 1300 สาย"),
        ("热线：12338", "热线接到12338个电话"),
        ("打12338求助。", "打了150个电话。"),
        ("الخط الساخن 16021", "استقبل الخط 16021 مكالمة"),
        ("Alo 183", "Alo 2021 yılında kuruldu."),
        ("Bel 118 als het kan.", "Elk jaar bellen 118 mensen."),
        ("Appelez le 17.", "Appelez avant le 17 mars."),
        ("Rufen Sie 110 an.", "Jährlich rufen 110 Menschen an."),
        ("Police: 113", "Of 151 reports 113 came from the police."),
        ("112", "112 victims"),
        ("1 1 2", "section 1.1.2"),
        ("78 055 801", "78 055 801 inhabitants"),
        ("Call 2 511 64 65.", "In 2, 511, 64 and 65 cases."),
        ("112'yi arayın.", "112 kişiyi bulduk."),
        ("SMS to 4884", "They sent it to 4884 families."),
        ("03 201 16 91", "03/2015 – 03/2016"),
        ("Danger? 113!", "Is it a danger? 113 cases were."),
        ("one one two", "one two three"),
        ("Telegram: helpers", "Telegram: not private at all"),
        ("find us on TikTok as helpers", "she used TikTok as evidence"),
        ("payoke.es", "Les enseignant.es aussi"),
        ("ann@home", "l@s trabajador@s"),
        ("payoke dot com", "at this point come in"),
        ("payoke[,]com", "She said yes[,] and then no."),
        ("微信号：helpers2", "微信 WeChat 2011年推出，QQ、微信都不安全。"),
        ("Call 1300 FREEDOM.", "Call before 0800 HOURS. It was 1300 WAVRE."),
        ("สายด่วน 1300 ภาษาไทย", "สายด่วน 200 ภาษา"),
        ("โทร 191 เหตุด่วนเหตุร้าย", "รับแจ้งทางโทรศัพท์ 191 เหตุ"),
        ("โทร 1300 ท่านจะได้รับความช่วยเหลือ", "สายด่วนมี 1300 ท่าน"),
        ("สายด่วน 1300 หน่วยงานของรัฐ", "สายด่วนมี 120 หน่วยงานทั่วประเทศ"),
        ("拨打 12338 家暴热线", "热线与12338家机构合作"),
        ("gọi 113 báo công an", "Tổng đài 113 tin báo"),
        ("1098 कॉल करें।", "हेल्पलाइन पर 1098 कॉल आए।"),
        ("หมายเลขสายด่วน 1562", "สายด่วนเริ่มใน พ.ศ.2562"),
        ("微信：helpers", "微信：WeChat、微博：Weibo"),
        ("Telegram: helpers.", "Telegram: unsafe."),
        ("0800 RELEASE", "It costs 1 800 EUR, or 800 USD; in 1800 EN 1900."),
    ],
)
def test_the_words_around_decide(dialled: str, counted: str) -> None:
    assert find(dialled, "BE")
    assert find(counted, "BE") == []


def test_the_country_decides_what_is_a_number() -> None:
    assert find("1800 RESPECT", "AU") and not find("1800 RESPECT", "BE")
    assert find("470 12 34 56", "BE") and not find("470 12 34 56", "GB")


def test_what_is_said_of_it_is_short() -> None:
    for kind in ("phone", "short", "marked", "bank", "email", "account", "address"):
        what, todo = describe(Found(kind, "x" * 5000))
        assert len(what) + len(todo) < 300
        assert "{{" in todo or kind in ("marked", "bank")


def test_very_much_of_it_is_found_soon() -> None:
    assert 0 < len(find("112, 02 511 64 64; a@b.be " * 3000, "BE")) <= 20
    assert find("1" * 9000, "BE")
