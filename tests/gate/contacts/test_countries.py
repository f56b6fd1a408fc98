"""Whose numbers the gate knows: those of the site's country, and any that begin with +."""

from __future__ import annotations

import phonenumbers
import pytest

from corpus.harmless import sentences
from safepage.gate import country
from safepage.gate.contacts.addresses import find

# As people write them there: found where they stand alone, and after a word of calling.
NUMBERS = {
    "NL": ["020 123 4567", "020-123 45 67", "06 12345678", "0800 0113", "112"],
    "GB": ["020 7946 0018", "0800 012 1700", "08000 121 700", "999", "112"],
    "LB": ["01 234 567", "01/234567", "03 123 456", "71/123456", "112", "140"],
    "US": ["212-736-5000", "1-888-373-7888", "1 888 373 7888", "888.373.7888", "(212) 736-5000", "911"],
    "DE": ["030 1234567", "030/123 45 67", "08000 116 016", "110", "112", "116 117"],
    "IE": ["01 679 2777", "085 123 4567", "1800 25 00 25", "999", "112", "116 000"],
    "PT": ["21 345 67 89", "213 456 789", "+351 213 456 789", "112", "116 006"],
    "FR": ["01 23 45 67 89", "01.23.45.67.89", "0 800 05 95 95", "112", "116 006"],
}
TOLD = {  # short numbers that are counts, too: found where a sentence says to dial them
    "NL": ["113", "0800-2000"],
    "GB": ["101", "105"],
    "LB": ["1745"],
    "US": ["988", "233733"],
    "PT": ["144"],
    "FR": ["15", "17", "119", "3919"],
}


@pytest.mark.parametrize("code", NUMBERS)
def test_a_number_of_the_country_is_found_as_people_write_it(code: str) -> None:
    for number in NUMBERS[code]:
        for text in (number, f"Call {number} today."):
            assert find(text, code), text
    for number in TOLD.get(code, ()):
        assert find(f"Call {number} today.", code), number


def test_a_number_that_begins_with_plus_is_any_countrys() -> None:
    for code in NUMBERS:
        for number in ("+31 20 123 4567", "+1 212-736-5000", "+961 1 234 567", "0031 20 123 4567"):
            assert find(f"You see {number} there.", code), (code, number)


def test_one_countrys_emergency_number_is_anothers_count() -> None:
    assert [code for code in NUMBERS if find("110", code)] == ["DE"]
    assert [code for code in NUMBERS if find("999", code)] == ["GB", "LB", "IE"]
    assert not find("In 2025 there were 999 cases.", "GB")


@pytest.mark.slow
def test_what_people_write_in_any_country_passes() -> None:
    """Figures of statistics, notices and laws are no numbers of other countries either."""
    codes = ("DE", "PT")
    wrong = {(code, s.text): found for s in sentences() for code in codes if (found := find(s.text, code))}
    assert not wrong
    for text, code in (("NL 123456789", "NL"), ("KvK 12345678", "NL"), ("VAT GB 123 4567 89", "GB")):
        assert not find(text, code), text
    assert find("VAT 020 7946 0018", "GB")


def test_a_country_is_named_as_in_a_sentence() -> None:
    names = {
        "NL": "the Netherlands",
        "GB": "the United Kingdom",
        "US": "the United States",
        "AE": "the United Arab Emirates",
        "DO": "the Dominican Republic",
        "KY": "the Cayman Islands",
        "IM": "the Isle of Man",
        "IE": "Ireland",
        "LB": "Lebanon",
        "FI": "Finland",
        "GL": "Greenland",
    }
    assert {code: country.name(code) for code in names} == names
    assert all(country.known(code) and country.name(code) for code in phonenumbers.SUPPORTED_REGIONS)
