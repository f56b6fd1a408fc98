from __future__ import annotations

import pytest

from safepage.site.locales import autonym, direction, refusal, spelling, valid

LTR = "en nl fr de am ti so sw pt-BR zh zh-Hans zh-Hant bn vi uk ru pl sq tl hu pa"
RTL = "ar fa ps ur he yi dv ug sd pa-Arab ku-Arab"


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


def test_refusal_is_plain() -> None:
    assert refusal("pt-BR") is None
    assert refusal("zh-Hant") is None
    assert "not a known language tag" in (refusal("xx") or "")
    assert "spelt “pt-BR”" in (refusal("pt_br") or "")
    assert "two-letter" in (refusal("ckb") or "")
    assert "two-letter" in (refusal("de-1996") or "")
    assert (refusal("deu") or "").endswith("use “de”")


def test_spelling() -> None:
    assert spelling("PT_br") == "pt-BR"
    assert spelling("zh-hant-hk") == "zh-Hant-HK"
    assert spelling("tl") == "tl"
