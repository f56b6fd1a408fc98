"""Contacts: what may stand in contacts.yml, and how a page shows it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepage.contacts import STALE_AFTER_DAYS, Contacts, check, e164, fill, link_words, load, render
from safepage.faults import Fault, Faulty

PATH = "docs/contacts.yml"
TODAY = date(2026, 11, 24)
GOOD = """
operator:
  name: A & Sons
  address: Street 1
  email: a@example.org
emergency:
  phone: "112"
  source: 112.be
  checked: 2026-11-24
centre:
  brussels:
    name: PAG-ASA
    phone: 02 511 64 64
    email: info@pag-asa.be
    address: Street 16B
    region: BE-BRU
    website:
      en: https://www.pag-asa.be
      nl: https://pag-asa.be/nl
    source: pag-asa.be
    checked: 2026-11-01
"""
WORDS = {
    "to_fill": "[to be filled in: {field}]",
    "field_name": "name",
    "field_address": "address",
    "field_email": "<e-mail>",
    "region_be_bru": "Brussels",
}


def contacts(text: str = GOOD) -> Contacts:
    return load(text, PATH, TODAY)[0]


def faults(text: str) -> list[Fault]:
    """The errors of a file. Fails if there are none."""
    with pytest.raises(Faulty) as caught:
        load(text, PATH, TODAY)
    return caught.value.faults


def test_a_good_file_has_no_fault() -> None:
    found, warnings = load(GOOD, PATH, TODAY)
    assert warnings == []
    assert found.unfilled == []
    assert found.checked == date(2026, 11, 1)
    assert {"emergency.phone", "centre.brussels.website", "contacts.checked"} <= set(found.names)
    assert not [name for name in found.names if "@" in name]


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("112", "112"),
        ("101", "101"),
        ("116 000", "116000"),
        ("02 511 64 64", "+3225116464"),
        ("078 055 800", "+3278055800"),
        ("+32 2 511 64 64", "+3225116464"),
        ("0475 12 34 56", "+32475123456"),
    ],
)
def test_a_number_is_dialled_in_full(written: str, dialled: str) -> None:
    assert e164(written) == dialled


@pytest.mark.parametrize(
    "written",
    ["", "113999", "12", "02 511 64", "02 511 64 64 6", "02/511.64.64", "call me", "0x", "٠٢ ٥١١", "1" * 40],
)
def test_no_number_is_refused(written: str) -> None:
    assert e164(written) is None


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_not(text: str) -> None:
    number = e164(text)
    assert number is None or number.lstrip("+").isdigit()


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("02 511 64 64", "02 511 64", 13, "not a valid number"),
        ('"112"', "112", 7, "not a text"),
        ("info@pag-asa.be", "info at pag-asa.be", 14, "not an e-mail address"),
        ("info@pag-asa.be", "javascript:alert(1)", 14, "not an e-mail address"),
        ("https://www.pag-asa.be", "http://www.pag-asa.be", 18, "not a safe address"),
        ("https://www.pag-asa.be", "javascript:alert(1)", 18, "not a safe address"),
        ("https://www.pag-asa.be", "https://user@pag-asa.be", 18, "not a safe address"),
        ("https://www.pag-asa.be", "'https://pag-asa.be/\"onclick'", 18, "not a safe address"),
        ("https://www.pag-asa.be", "'https://[pag'", 18, "not a safe address"),
        ("https://www.pag-asa.be", "'https://'", 18, "not a safe address"),
        ("https://www.pag-asa.be", "https://127.0.0.1", 18, "not a safe address"),
        ("https://www.pag-asa.be", "https://localhost", 18, "not a safe address"),
        ("https://www.pag-asa.be", "'https://evil.example\\.pag-asa.be'", 18, "not a safe address"),
        ("https://www.pag-asa.be", "https://p\u0430g-asa.be", 18, "look alike"),
        ("https://www.pag-asa.be", '"https://pag-asa.be/\\u202e"', 18, "order of letters"),
        ("02 511 64 64", "0900 12 345", 13, "a higher price"),
        ("02 511 64 64", '"٠٢ ٥١١ ٦٤ ٦٤"', 13, "not a valid number"),
        ("PAG-ASA", "PAG-ASA 0470 12 34 56", 12, "phone number"),
        ("PAG-ASA", "evil.example", 12, "outside address"),
        ("PAG-ASA", "<b>PAG-ASA</b>", 12, "markup"),
        ("PAG-ASA", "'{{ emergency.phone }}'", 12, "markup"),
        ("PAG-ASA", "PAG-ASA " * 40, 12, "200 characters"),
        ("    name: PAG-ASA\n", "", 11, "has no 'name'"),
        ("BE-BRU", "Brussels", 16, "not a region's code"),
        ("2026-11-01", "last week", 21, "not a day"),
        ("2026-11-01", "2026-11-25", 21, "a day to come"),
        ("address: Street 16B", "adress: Street 16B", 15, "not a field of a contact"),
        ("    source: pag-asa.be\n", "", 11, "has no 'source'"),
        ("    checked: 2026-11-01\n", "", 11, "has no 'checked'"),
        ("  brussels:", "  Brussels 1:", 11, "can't be a name"),
        ("    name: PAG-ASA", "    name:", 12, "not a text"),
        ("  email: a@example.org", "  phone: 02 511 64 64", 5, "not a field of a contact"),
        ("emergency:", "urgency:", 0, "no emergency.phone"),
    ],
)
def test_each_error_is_told_with_its_line(old: str, new: str, line: int, what: str) -> None:
    assert old in GOOD
    found = [fault for fault in faults(GOOD.replace(old, new)) if what in fault.what]
    assert [(fault.path, fault.line, fault.severity) for fault in found] == [(PATH, line, "error")]
    assert "\n" not in str(found[0])


def test_all_errors_are_told_at_once() -> None:
    bad = GOOD.replace("02 511 64 64", "1").replace("BE-BRU", "x").replace("info@", "info ")
    assert [fault.line for fault in faults(bad)] == [13, 14, 16]


@pytest.mark.parametrize(
    "text", ["", "a", "- a", "emergency: 112", "emergency: [112]", "a: {b: {}}", "{", "a: &x [*x]"]
)
def test_other_files_are_refused_in_a_line_each(text: str) -> None:
    for fault in faults(text):
        assert "\n" not in str(fault)


def test_an_operator_to_be_filled_in_is_a_warning() -> None:
    bare = GOOD.replace("name: A & Sons", "name:").replace("  email: a@example.org\n", "")
    found, warnings = load(bare, PATH, TODAY)
    assert [(w.line, w.severity) for w in warnings] == [(3, "warning")]
    assert found.unfilled == ["operator.name", "operator.email"]


def test_a_check_of_long_ago_is_a_warning() -> None:
    later = date.fromordinal(date(2026, 11, 1).toordinal() + STALE_AFTER_DAYS)
    assert load(GOOD, PATH, later)[1] == []
    (warning,) = load(GOOD, PATH, date.fromordinal(later.toordinal() + 1))[1]
    assert (warning.line, warning.severity) == (21, "warning")


@pytest.mark.parametrize(
    ("name", "html", "plain"),
    [
        ("emergency.phone", '<a class="phone" href="tel:112"><bdi dir="ltr">112</bdi></a>', "112"),
        (
            "centre.brussels.phone",
            '<a class="phone" href="tel:+3225116464"><bdi dir="ltr">02 511 64 64</bdi></a>',
            "02 511 64 64",
        ),
        (
            "centre.brussels.email",
            '<a href="mailto:info@pag-asa.be"><bdi dir="ltr">info@pag-asa.be</bdi></a>',
            "info@pag-asa.be",
        ),
        (
            "centre.brussels.website",
            '<a href="https://www.pag-asa.be" rel="noreferrer"><bdi dir="ltr">pag-asa.be</bdi></a>',
            "https://www.pag-asa.be",
        ),
        ("centre.brussels.address", '<bdi dir="ltr">Street 16B</bdi>', "Street 16B"),
        ("centre.brussels.region", "Brussels", "Brussels"),
        ("operator.name", "<bdi>A &amp; Sons</bdi>", "A & Sons"),
        ("contacts.checked", '<time datetime="2026-11-01">1 November 2026</time>', "1 November 2026"),
    ],
)
def test_each_field_brings_its_link(name: str, html: str, plain: str) -> None:
    assert render(name, contacts(), "en", WORDS) == html
    assert render(name, contacts(), "en", WORDS, plain=True) == plain


def test_a_day_is_written_in_the_page_s_language() -> None:
    assert ">1 november 2026<" in render("contacts.checked", contacts(), "nl", WORDS)
    assert "نوفمبر" in render("contacts.checked", contacts(), "ar", WORDS)
    assert ">1 November 2026<" in render("contacts.checked", contacts(), "xx", WORDS)


def test_an_address_of_the_page_s_language_is_taken() -> None:
    assert 'href="https://pag-asa.be/nl"' in render("centre.brussels.website", contacts(), "nl", WORDS)
    assert 'href="https://www.pag-asa.be"' in render("centre.brussels.website", contacts(), "ar", WORDS)


def test_what_is_not_filled_in_is_a_marked_gap() -> None:
    bare = contacts(GOOD.replace("email: a@example.org", "email:"))
    assert render("operator.email", bare, "en", WORDS) == (
        '<mark class="gap">[to be filled in: &lt;e-mail&gt;]</mark>'
    )


def test_only_text_is_filled() -> None:
    """Neither a tag's attributes nor the lists that the build makes are touched."""
    page = '<p title="{{ emergency.phone }}">{{emergency.phone}} {{ list.centres }}</p>'
    assert fill(page, contacts(), "en", WORDS) == (
        '<p title="{{ emergency.phone }}"><a class="phone" href="tel:112"><bdi dir="ltr">112</bdi></a>'
        " {{ list.centres }}</p>"
    )


def test_an_unknown_name_is_told_with_those_that_exist() -> None:
    body = "Call {{ emergency.phone }}.\n\nOr {{ centre.brusels.phone }}."
    (fault,) = check(body, contacts(), "docs/en/a.md", 5)
    assert (fault.path, fault.line, fault.severity) == ("docs/en/a.md", 7, "error")
    assert "'centre.brusels.phone'" in fault.what
    assert fault.todo.startswith("use a name that exists: centre.brussels.phone")
    for name in contacts().names:
        assert name in fault.todo


@pytest.mark.parametrize(
    "name", ["", "emergency", "emergency.phone.x", "emergency.phone|safe", "7*7", "EMERGENCY.PHONE"]
)
def test_nothing_but_a_name_is_filled(name: str) -> None:
    assert len(check(f"a {{{{ {name} }}}} b", contacts(), "a.md", 1)) == 1


def test_words_of_the_frame_are_escaped() -> None:
    assert link_words("a <b> {phone} & c", {"phone": "<i>112</i>"}) == "a &lt;b&gt; <i>112</i> &amp; c"
    assert link_words("{other} &", {}) == "{other} &amp;"  # a fault of interface.yml, told by its check
