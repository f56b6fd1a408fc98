from __future__ import annotations

import pytest

from safepage.site.locales import autonym, direction, refusal, spelling, valid

LTR = "en nl fr de am ti so sw pt-BR zh zh-Hans zh-Hant bn vi uk ru pl sq tl hu pa fil rmy kmr sr-Latn az no"
RTL = "ar fa ps ur he yi dv ug sd pa-Arab pa-PK ku-Arab ckb prs acm azb aii pbt ur-Aran"


@pytest.mark.parametrize(
    ("tag", "way"), [*((tag, "ltr") for tag in LTR.split()), *((tag, "rtl") for tag in RTL.split())]
)
def test_direction(tag: str, way: str) -> None:
    assert direction(tag) == way


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("nl", "Nederlands"),
        ("fr", "Français"),
        ("ar", "العربية"),
        ("am", "አማርኛ"),
        ("ti", "ትግርኛ"),
        ("so", "Soomaali"),
        ("ps", "پښتو"),
        ("sw", "Kiswahili"),
        ("pt-BR", "Português (Brasil)"),
        ("zh-Hans", "中文 (简体)"),
        ("zh-Hant", "中文 (繁體)"),
        ("fa", "فارسی"),
        ("ka", "ქართული"),
        ("tl", "Filipino"),
        ("fil", "Filipino"),
        ("ckb", "کوردیی ناوەندی"),
        ("prs", "دری"),
        ("sr-Latn", "Srpski (latinica)"),
        ("es-419", "Español (Latinoamérica)"),
        ("kmr", "Kurdî (kurmancî)"),
        ("ku-Arab", "ku-Arab"),
        ("rmy", "rmy"),
        ("bi", "bi"),
    ],
)
def test_autonym(tag: str, name: str) -> None:
    assert autonym(tag) == name


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh-Hant", "zh-Hant-HK", "so", "ti", "ckb"])
def test_valid(tag: str) -> None:
    assert valid(tag)


@pytest.mark.parametrize("tag", ["", "xx", "english", "e", "nl-", "nl--BE", "../nl", "nl BE", "en-XYZW", "1"])
def test_not_valid(tag: str) -> None:
    assert not valid(tag)


SERVED = "pt-BR zh-Hant zh-Hant-HK ckb fil prs rmy kmr tl no nb nn es-419 sr-Latn"


@pytest.mark.parametrize("tag", SERVED.split())
def test_every_living_language_can_be_served(tag: str) -> None:
    assert refusal(tag) is None


@pytest.mark.parametrize(
    ("tag", "why"),
    [
        ("iw", "“iw” has been withdrawn; use “he”"),
        ("in", "“in” has been withdrawn; use “id”"),
        ("mo", "“mo” has been withdrawn; use “ro”"),
        ("ji", "“ji” has been withdrawn; use “yi”"),
        ("jw", "“jw” has been withdrawn; use “jv”"),
        ("iw-IL", "“iw” has been withdrawn; use “he-IL”"),
        ("sr-YU", "“YU” has been withdrawn; use “sr-RS”"),
        ("deu", "“deu” is not a known language tag (examples: ro, pt-BR, zh-Hant); use “de”"),
        ("en-UK", "“en-UK” is not a known language tag (examples: ro, pt-BR, zh-Hant); use “en-GB”"),
        ("xx", "“xx” is not a known language tag (examples: ro, pt-BR, zh-Hant)"),
        ("pt_br", "“pt_br” is spelt “pt-BR”"),
    ],
)
def test_a_tag_that_can_not_be_served_says_which_can(tag: str, why: str) -> None:
    assert refusal(tag) == why


@pytest.mark.parametrize("tag", ["de-1996", "und", "mul", "qaa", "ar-u-nu-latn", "x-ours"])
def test_a_tag_of_no_language_of_its_own_is_refused(tag: str) -> None:
    assert "a language, with a script or a country at most" in (refusal(tag) or "")


def test_spelling() -> None:
    assert spelling("PT_br") == "pt-BR"
    assert spelling("zh-hant-hk") == "zh-Hant-HK"
    assert spelling("tl") == "tl"
