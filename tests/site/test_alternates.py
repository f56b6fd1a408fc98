"""Which page exists in which language, and under which address."""

from __future__ import annotations

import pytest

from safepage.site.languages import alternates, language_name, url_of

NAMES = {"en": "English", "nl": "Our Dutch", "ar": "العربية"}


@pytest.mark.parametrize(
    ("page", "locale", "url"),
    [
        ("index", "en", ""),
        ("index", "nl", "nl/"),
        ("what-to-do", "en", "what-to-do/"),
        ("what-to-do", "pt-BR", "pt-BR/what-to-do/"),
        ("professions/health", "en", "professions/health/"),
        ("professions/index", "nl", "nl/professions/"),
        ("price-index", "nl", "nl/price-index/"),
        ("index-of-prices", "en", "index-of-prices/"),
        ("professions/price-index", "en", "professions/price-index/"),
    ],
)
def test_the_source_is_at_the_root_and_the_others_in_folders(page: str, locale: str, url: str) -> None:
    assert url_of(page, locale, "en") == url


def test_a_page_is_offered_in_every_language_in_the_site_s_order() -> None:
    found = alternates("advice", ["en", "nl", "ar"], NAMES, {"advice": frozenset({"en", "ar"})})
    assert [(a.locale, a.autonym, a.direction, a.url) for a in found] == [
        ("en", "English", "ltr", "advice/"),
        ("nl", "Our Dutch", "ltr", "nl/advice/"),
        ("ar", "العربية", "rtl", "ar/advice/"),
    ]


def test_no_page_claims_a_language_that_it_is_not_in() -> None:
    found = alternates("advice", ["en", "nl", "ar"], NAMES, {"advice": frozenset({"en", "ar"})})
    assert [(a.content, a.true) for a in found] == [("en", True), ("en", False), ("ar", True)]
    assert [a.content for a in alternates("unknown", ["en", "nl"], NAMES, {})] == ["en", "en"]


@pytest.mark.parametrize(
    ("tag", "reader", "name"),
    [
        ("en", "fr", "anglais"),
        ("en", "ar", "الإنجليزية"),
        ("nl", "en", "Dutch"),
        ("pt-BR", "en", "Portuguese (Brazil)"),
        ("prs", "en", "Dari"),
        ("tl", "nl", "Filipijns"),
        ("en", "prs", "انگلیسی"),
        ("en", "rmy", "English"),
        ("rmy", "fr", "rmy"),
        ("xx", "en", "xx"),
    ],
)
def test_a_language_is_named_in_the_reader_s(tag: str, reader: str, name: str) -> None:
    assert language_name(tag, reader) == name
