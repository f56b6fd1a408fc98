"""What people write in statistics, notices and laws passes, in every language."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.harmless import sentences
from rendering import gated, page
from safepage.gate.contacts.addresses import find, numbers

LANGUAGES = {"en", "nl", "fr", "de", "ar", "ro", "bg", "pt-BR", "es", "vi", "tr", "uk", "pl"}
LANGUAGES |= {"it", "hu", "sq", "sk", "ru", "fil", "fa", "ur", "hi", "bn", "th", "zh-Hans"}


def test_no_ordinary_sentence_is_refused() -> None:
    wrong = {s.text: found for s in sentences() if (found := find(s.text, "BE"))}
    print(f"false refusals: {len(wrong)} of {len(sentences())}")
    assert not wrong


def test_no_ordinary_sentence_is_refused_in_a_translation() -> None:
    wrong = {
        s.text: found for s in sentences() if s.source and (found := find(s.text, "BE", numbers(s.source)))
    }
    print(f"false refusals in translations: {len(wrong)} of {len(sentences())}")
    assert not wrong


def test_a_raised_digit_is_no_digit_of_the_number_before_it() -> None:
    """A power, or the mark of a note."""
    assert not find("Take 11² first.", "BE")
    assert not find("A number such as 11²", "BE")


@pytest.mark.slow
def test_no_page_of_ordinary_sentences_is_refused() -> None:
    for language in sorted(LANGUAGES):
        lines = [f"So: {s.text}" for s in sentences() if s.language == language]
        assert not gated(page("\n\n".join(lines)), f"docs/{language}/page.md")


def test_a_table_of_figures_is_not_refused() -> None:
    for row in (
        "| Women | 1 | 1 | 2 |",
        "| 2019 | 120 | 95 | 1 230 |",
        "| 0-17 | 12 | 34 | 56 |",
        "| 0 | 12 | 345 | 678 |",
        "| By phone | 118 | 95 | 12 |",
        "| 0,5 | 12,3 | 45,6 | 7,8 |",
    ):
        assert not gated(page(f"| a | b | c | d |\n|---|---|---|---|\n{row}")), row
    assert not gated(page("- one\n- two\n- three\n\nThen:\n\n- 2015\n- 2016\n- 2017\n- 2018"))


def test_every_language_has_its_sentences() -> None:
    counted = Counter(s.language for s in sentences())
    assert set(counted) == LANGUAGES
    assert min(counted.values()) >= 10
    assert len(sentences()) >= 300
