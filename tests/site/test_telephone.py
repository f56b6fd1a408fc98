"""Phone numbers in contacts.yml as people of other countries write them."""

from __future__ import annotations

import pytest

from safepage.site.telephone import e164, problem, shown

NUMBERS = {  # as they are written, what pages show, what a telephone dials
    "NL": {
        "020 123 4567": ("020 123 4567", "+31201234567"),
        "020-123 45 67": ("020 123 4567", "+31201234567"),
        "0800-2000": ("0800 2000", "+318002000"),
        "112": ("112", "112"),
    },
    "GB": {
        "020 7946 0018": ("020 7946 0018", "+442079460018"),
        "08000 121 700": ("08000 121 700", "+448000121700"),
        "999": ("999", "999"),
        "101": ("101", "101"),
    },
    "LB": {
        "01/234567": ("01 234 567", "+9611234567"),
        "03 123 456": ("03 123 456", "+9613123456"),
        "71/123456": ("71 123 456", "+96171123456"),
        "140": ("140", "140"),
    },
    "US": {
        "(212) 736-5000": ("(212) 736-5000", "+12127365000"),
        "212.736.5000": ("(212) 736-5000", "+12127365000"),
        "1-888-373-7888": ("(888) 373-7888", "+18883737888"),
        "1 888 373 7888": ("1 888 373 7888", "+18883737888"),
        "011 32 2 511 64 64": ("011 32 2 511 64 64", "+3225116464"),
        "911": ("911", "911"),
        "233733": ("233733", "233733"),
    },
    "DE": {"030/123 45 67": ("030 1234567", "+49301234567"), "110": ("110", "110")},
    "IE": {"1800 25 00 25": ("1800 25 00 25", "+3531800250025"), "116 000": ("116 000", "116000")},
    "PT": {"213 456 789": ("213 456 789", "+351213456789"), "144": ("144", "144")},
    "FR": {"01.23.45.67.89": ("01 23 45 67 89", "+33123456789"), "17": ("17", "17")},
}
EMERGENCY = {"NL": "112", "GB": "999", "LB": "140", "US": "911", "DE": "110", "IE": "999", "FR": "17"}


@pytest.mark.parametrize("code", NUMBERS)
def test_numbers_as_people_of_a_country_write_them(code: str) -> None:
    found = {n: (problem(n, code), shown(n, code), e164(n, code)) for n in NUMBERS[code]}
    assert found == {number: (None, *expected) for number, expected in NUMBERS[code].items()}
    for number in ("+31 20 123 4567", "+1 212-736-5000", "+961 1 234 567"):
        assert problem(number, code) is None
        assert (e164(number, code) or "")[1:] == "".join(filter(str.isdigit, number))


def test_a_number_is_valid_in_its_own_country_alone() -> None:
    assert problem("020 7946 0018", "GB") is None
    for number, code, country in (
        ("020 7946 0018", "NL", "the Netherlands"),
        ("020 123 4567", "US", "the United States"),
        ("212-736-5000", "GB", "the United Kingdom"),
        ("0475 12 34 56", "LB", "Lebanon"),
    ):
        what, _ = problem(number, code) or ("", "")
        assert what == f"“{number}” is not a valid number in {country}"


def test_an_emergency_number_is_one_of_the_country() -> None:
    for code, number in EMERGENCY.items():
        assert problem(number, code, "emergency.phone") is None, code
    what, _ = problem("101", "GB", "emergency.phone") or ("", "")
    assert what == "“101” is no emergency number in the United Kingdom"
