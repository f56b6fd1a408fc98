"""Contacts: what may stand in contacts.yml, and how a page shows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepage.faults import Fault, Faulty
from safepage.page import texts
from safepage.site.contact_file import STALE_AFTER_DAYS
from safepage.site.contacts import Contacts, check, fill, link_words, load, render
from safepage.site.telephone import e164, problem, shown

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
}


def contacts(text: str = GOOD) -> Contacts:
    return load(text, PATH, "BE", TODAY)[0]


def faults(text: str, country: str = "BE") -> list[Fault]:
    """The errors of a file. Fails if there are none."""
    with pytest.raises(Faulty) as caught:
        load(text, PATH, country, TODAY)
    return caught.value.faults


def test_a_good_file_has_no_fault() -> None:
    found, warnings = load(GOOD, PATH, "BE", TODAY)
    assert warnings == []
    assert found.unfilled == []
    assert found.checked == date(2026, 11, 1)
    assert {"emergency.phone", "centre.brussels.website", "contacts.checked"} <= set(found.names)
    assert not [name for name in found.names if "@" in name]


NUMBERS = {  # as people write and paste them, what pages show, what a telephone dials
    "112": ("112", "112"),
    "1 1 2": ("1 1 2", "112"),
    "1-1-2": ("1 1 2", "112"),
    "116 000": ("116 000", "116000"),
    "116.000": ("116 000", "116000"),
    "1722": ("1722", "1722"),
    "02 511 64 64": ("02 511 64 64", "+3225116464"),
    "025116464": ("025116464", "+3225116464"),
    "02/511.64.64": ("02 511 64 64", "+3225116464"),
    "02/511 64 64": ("02 511 64 64", "+3225116464"),
    "02-511-64-64": ("02 511 64 64", "+3225116464"),
    "(02) 511 64 64": ("02 511 64 64", "+3225116464"),
    "02\u2011511\u201164\u201164": ("02 511 64 64", "+3225116464"),
    "02 \u2013 511 64 64": ("02 511 64 64", "+3225116464"),
    "02\u202f511\u202f64\u202f64": ("02 511 64 64", "+3225116464"),
    "02\u00a0511\u00a064\u00a064": ("02 511 64 64", "+3225116464"),
    " 02 511  64 64 ": ("02 511 64 64", "+3225116464"),
    "+32 2 511 64 64": ("+32 2 511 64 64", "+3225116464"),
    "+32 (0)2 511 64 64": ("+32 2 511 64 64", "+3225116464"),
    "+32(0)2/511.64.64": ("+32 2 511 64 64", "+3225116464"),
    "(+32) 2 511 64 64": ("+32 2 511 64 64", "+3225116464"),
    "0032 2 511 64 64": ("0032 2 511 64 64", "+3225116464"),
    "0032 (0)2 511 64 64": ("+32 2 511 64 64", "+3225116464"),
    "078 055 800": ("078 055 800", "+3278055800"),
    "0475/12.34.56": ("0475 12 34 56", "+32475123456"),
    "0800 30 030": ("0800 30 030", "+3280030030"),
    "+33 1 42 68 53 00": ("+33 1 42 68 53 00", "+33142685300"),
}
REFUSED = {  # and why not
    "113999": "not a valid number in Belgium",
    "12": "not a valid number",
    "02 511 64": "not a valid number",
    "02 511 64 64 6": "not a valid number",
    "02 511 64 64 / 65": "not a valid number",
    "02 511 64 64, 03 201 16 90": "“,” (U+002C, comma)",
    "1" * 40: "not a valid number",
    "call me": "“c” (U+0063",
    "Tel. 02 511 64 64": "“T” (U+0054",
    "tel:+3225116464": "“t” (U+0074",
    "O2 511 64 64": "“O” (U+004F, latin capital letter o)",
    "02 511 64 64 #2": "“#” (U+0023",
    "٠٢ ٥١١ ٦٤ ٦٤": "“٠” in the number is a digit of another script",
    "２511 64 64": "a digit of another script",
    "\u200f02 511 64 64": "U+200F",
    "02 511\u200b64 64": "U+200B",
    "2 511 64 64": "can't be dialled as it stands",
    "32 2 511 64 64": "can't be dialled as it stands",
    "+3202 511 64 64": "can't be dialled as it stands",
    "0900 12 345": "a higher price",
    "0903 12345": "a higher price",
    "070 22 22 22": "a higher price",
    "+32 900 12 345": "a higher price",
    "4884": "a higher price",
    "6000": "a higher price",
    "1313": "a higher price",
}


def test_numbers_as_people_write_them_are_shown_tidily_and_dialled_in_full() -> None:
    found = {
        written: (problem(written, "BE"), shown(written, "BE"), e164(written, "BE")) for written in NUMBERS
    }
    assert found == {written: (None, *expected) for written, expected in NUMBERS.items()}


def test_a_number_that_can_t_be_dialled_is_refused_with_its_reason() -> None:
    told = {written: (problem(written, "BE") or ("nothing", ""))[0] for written in REFUSED}
    assert {written: what for written, what in told.items() if REFUSED[written] not in what} == {}
    assert {written: e164(written, "BE") for written in REFUSED} == dict.fromkeys(REFUSED)


@pytest.mark.parametrize("number", ["101", "1722", "02 511 64 64", "4884", "113", "911"])
def test_the_emergency_number_is_one(number: str) -> None:
    text = GOOD.replace('"112"', f'"{number}"')
    if number == "101":
        assert contacts(text).values["emergency.phone"] == "101"
    else:
        assert [fault.line for fault in faults(text)] == [7]


@pytest.mark.parametrize(
    ("written", "shown_as"),
    [("BE 0123.456.749", "BE 0123.456.749"), ("RPR Brussel 0123.456.749, ISSN 2034-8169", None)],
)
def test_the_operator_s_registration_has_a_field(written: str, shown_as: str | None) -> None:
    found = contacts(GOOD.replace("  email: a@", f"  registration: {written}\n  email: a@"))
    html = render("operator.registration", found, "ar", WORDS)
    assert html == f'<bdi dir="ltr">{shown_as or written}</bdi>'


def test_a_registration_may_be_missing_and_holds_no_other_contact() -> None:
    for text in (GOOD, GOOD.replace("  email: a@", "  registration:\n  email: a@")):
        found, warnings = load(text, PATH, "BE", TODAY)
        assert (warnings, found.unfilled) == ([], [])
        assert render("operator.registration", found, "en", WORDS) == (
            '<mark class="gap">[to be filled in: registration]</mark>'
        )
    for bad in ("see evil.com", "me@evil.com", "<b>1</b>", "[1]", "~x\u200by", "x " * 120):
        assert faults(GOOD.replace("  email: a@", f"  registration: {bad}\n  email: a@"))


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_not(text: str) -> None:
    number = e164(text, "BE")
    assert (number is None) == (problem(text, "BE") is not None)
    assert number is None or (number.lstrip("+").isdigit() and e164(shown(text, "BE"), "BE") == number)


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
        ("02 511 64 64", "+3225116464", 13, "bare number"),
        ("02 511 64 64", "25116464", 13, "bare number"),
        ("02 511 64 64", "~", 13, "it is empty"),
        ("02 511 64 64", "[02 511 64 64]", 13, "not a text"),
        ("02 511 64 64", "2026-11-24", 13, "not a text"),
        ("02 511 64 64", "true", 13, "not a text"),
        ("PAG-ASA", "[PAG-ASA]", 12, "not a text"),
        ("PAG-ASA", "PAG-ASA call 113", 12, "short number"),
        ("PAG-ASA", "PAG-ASA, bel 112", 12, "short number"),
        ("Street 16B", "Street 16B, call 113", 15, "short number"),
        ("Street 16B", "Street 16B, bel 112", 15, "short number"),
        ("Street 16B", "Street 16B see evil.com", 15, "outside address"),
        ("https://www.pag-asa.be", "www.pag-asa.be", 18, "not a safe address"),
        ("https://www.pag-asa.be", '"https://www.pag\u00a0-asa.be"', 18, "U+00A0, no-break space"),
        ("https://www.pag-asa.be", "12", 18, "bare number"),
        ("      en: https", "      1: https", 18, "no language"),
        ("info@pag-asa.be", '"info@pag-asa.be\u00a0x"', 14, "U+00A0, no-break space"),
        ("2026-11-01", "2026-13-40", 21, "not a day"),
        ("2026-11-01", '"2026-11-25"', 21, "a day to come"),  # in quotation marks it is a day, too
        ("2026-11-01", "20261101", 21, "not a day"),
        ("    phone: 02", "    phone: x\n    phone: 02", 14, "stands twice"),
        ("  brussels:", "\tbrussels:", 11, "tab"),
        ("  brussels:", "  ? [a, b]\n  : c\n  brussels:", 11, "a name can't be"),
        ("centre:", "contacts:", 10, "can't be a name"),
        ("PAG-ASA", "PAG-ASA 0470 12 34 56", 12, "phone number"),
        ("PAG-ASA", "evil.example", 12, "outside address"),
        ("PAG-ASA", "<b>PAG-ASA</b>", 12, "markup"),
        ("PAG-ASA", "'{{ emergency.phone }}'", 12, "markup"),
        ("PAG-ASA", "PAG-ASA " * 40, 12, "200 characters"),
        ("    name: PAG-ASA\n", "", 11, "has no 'name'"),
        ("BE-BRU", "Brussels", 16, "not a region's code"),
        ("2026-11-01", "last week", 21, "not a day"),
        ("PAG-ASA", "'**PAG-ASA**'", 12, "“**”"),
        ("2026-11-01", "2026-11-25", 21, "a day to come"),
        ("address: Street 16B", "adress: Street 16B", 15, "not a field of a contact"),
        ("    source: pag-asa.be\n", "", 11, "has no 'source'"),
        ("    checked: 2026-11-01\n", "", 11, "has no 'checked'"),
        ("  brussels:", "  Brussels 1:", 11, "can't be a name"),
        ("    name: PAG-ASA", "    name:", 12, "not a text"),
        ("  email: a@example.org", "  phone: 02 511 64 64", 5, "not a field of a contact"),
        ("emergency:", "urgency:", 0, "no emergency.phone"),
        ("emergency:\n", "emergency:\n phone:\n", 7, "is not a text"),
        ("    phone: 02", "    by_hand: yes\n    phone: 02", 13, "is not true or false"),
        ("    phone: 02", '    by_hand: "true"\n    phone: 02', 13, "is not true or false"),
        ("    phone: 02", "    note: call 113\n    phone: 02", 13, "short number"),
        ("    phone: 02", "    note: see evil.example\n    phone: 02", 13, "outside address"),
        ("    phone: 02", "    note: <b>free</b>\n    phone: 02", 13, "markup"),
        ("    phone: 02", "    note: {en: free, nl: call 113}\n    phone: 02", 13, "short number"),
        ("    phone: 02", "    note: {}\n    phone: 02", 13, "has no text"),
        ("    phone: 02", "    note: {dutch!: gratis}\n    phone: 02", 13, "is no language"),
        ("    phone: 02", "    chat: http://chat.pag-asa.be\n    phone: 02", 13, "not a safe address"),
        ("name: PAG-ASA", "name: {en: '', nl: PAG-ASA}", 12, "it is empty"),
        (
            "    source: pag",
            "    south: {name: South, source: x, checked: 2026-11-01}\n    source: pag",
            20,
            "“south” is not a field",
        ),
        ("name: PAG-ASA", "name: {en: РАУОКЕ, nl: PAG-ASA}", 12, "looks like Latin"),
        (
            "emergency:\n",
            "minors: {phone: '116 000', source: x, checked: 2026-11-01}\nemergency:\n",
            6,
            "'name'",
        ),
        (
            "emergency:\n",
            "us: {name: Us, source: x, checked: 2026-11-01}\nemergency:\n",
            6,
            "no phone, chat,",
        ),
    ],
)
def test_each_error_is_told_with_its_line(old: str, new: str, line: int, what: str) -> None:
    assert old in GOOD
    found = [fault for fault in faults(GOOD.replace(old, new)) if what in fault.what]
    assert [(fault.path, fault.line, fault.severity) for fault in found] == [(PATH, line, "error")]
    assert "\n" not in str(found[0])


MANY = """
operator: {name: {ar: البيت, fr: La Maison}, address: {ar: شارع 1, fr: rue 1}, email: a@example.org}
emergency:
  ambulance:
    name: {ar: إسعاف, fr: Ambulance}
    phone: "140"
    note: {fr: jour et nuit}
    source: x
    checked: 2026-11-24
  army: {name: Army, phone: "1701", by_hand: true, source: x, checked: 2026-11-24}
line:
  national: {name: خط, chat: https://chat.example.org/x, note: free, source: x, checked: 2026-11-24}
centre:
  north: {name: North, email: north@example.org, source: x, checked: 2026-11-23}
  south: {name: South, website: https://south.example.org, source: x, checked: 2026-11-24}
"""


def test_a_group_s_first_entry_stands_for_it_and_entries_come_in_order() -> None:
    found, warnings = load(MANY, PATH, "LB", TODAY)
    assert (warnings, found.checked) == ([], date(2026, 11, 23))
    assert (found.values["emergency.phone"], found.values["emergency.name@fr"]) == ("140", "Ambulance")
    assert (found.values["line.chat"], found.values["centre.email"]) == (
        "https://chat.example.org/x",
        "north@example.org",
    )
    assert "centre.website" not in found.values
    entries = {key: found.entries(key) for key in ("emergency", "line", "centre", "operator", "minors")}
    assert entries == {
        "emergency": ["emergency.ambulance", "emergency.army"],
        "line": ["line.national"],
        "centre": ["centre.north", "centre.south"],
        "operator": ["operator"],
        "minors": [],
    }
    assert contacts().entries("emergency") == ["emergency"]


def test_several_of_a_kind_are_told_apart_by_their_names() -> None:
    (fault,) = faults(MANY.replace("name: Army, ", ""), "LB")
    assert fault.what == "emergency.army has no 'name'"


@pytest.mark.parametrize(
    ("name", "locale", "html"),
    [
        ("emergency.name", "fr", "Ambulance"),
        ("emergency.ambulance.name", "fr-CH", "Ambulance"),
        ("emergency.ambulance.name", "en", '<bdi lang="ar" dir="rtl">إسعاف</bdi>'),
        ("emergency.note", "ar", '<bdi lang="fr" dir="ltr">jour et nuit</bdi>'),
        ("operator.address", "fr", "rue 1"),
        ("operator.address", "en", '<bdi lang="ar" dir="rtl">شارع 1</bdi>'),
        ("line.name", "fr", "<bdi>خط</bdi>"),
        ("line.note", "fr", "free"),
        (
            "line.chat",
            "fr",
            '<a class="chat" href="https://chat.example.org/x" rel="noreferrer">'
            '<bdi dir="ltr">chat.example.org</bdi></a>',
        ),
        ("emergency.army.phone", "fr", '<a class="phone" href="tel:1701" dir="ltr">1701</a>'),
    ],
)
def test_a_text_stands_in_the_reader_s_language_or_says_in_which(name: str, locale: str, html: str) -> None:
    assert render(name, load(MANY, PATH, "LB", TODAY)[0], locale, WORDS) == html


def test_each_language_s_texts_are_judged_among_themselves() -> None:
    """Letters that one language needs deceive in another."""
    notes = {"en": "press 1 for an ambulance", "tr": "ambulans için 1’e basın", "uk": "натисніть 1"}
    lines = "".join(f"    {tag}: {text}\n" for tag, text in notes.items())
    assert not load(GOOD.replace('"112"\n', f'"112"\n  note:\n{lines}'), PATH, "BE", TODAY)[1]
    (fault,) = faults(GOOD.replace('"112"\n', f'"112"\n  note:\n{lines}'.replace("press", "рrеss")))
    assert (fault.line, "press" in fault.todo or "look" in fault.what) == (9, True)


def test_a_file_that_windows_saved_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "contacts.yml").write_bytes(b"\xef\xbb\xbf" + MANY.replace("\n", "\r\n").encode())
    text = texts.read(tmp_path / "contacts.yml", PATH)
    assert load(text, PATH, "LB", TODAY)[0] == load(MANY, PATH, "LB", TODAY)[0]


def test_a_number_that_no_table_knows_is_accepted_by_hand_alone() -> None:
    (fault,) = (f for f in faults(MANY.replace("by_hand: true, ", ""), "LB") if "army" in f.what)
    assert fault.what == "emergency.army.phone: “1701” is not a valid number in Lebanon"
    assert "if you have called it yourself or read it at its source, by_hand: true" in fault.todo
    good = '"1701", by_hand: true'
    for phone in ("01 999", "+961 999", "17"):
        assert load(MANY.replace(good, f'"{phone}", by_hand: true'), PATH, "LB", TODAY)
    for phone in ("1", "1701 or 1702", "1" * 16, "١٧٠١"):
        assert faults(MANY.replace(good, f'"{phone}", by_hand: true'), "LB")


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
    found, warnings = load(bare, PATH, "BE", TODAY)
    assert [(w.line, w.severity) for w in warnings] == [(3, "warning")]
    assert found.unfilled == ["operator.name", "operator.email"]


def test_a_check_of_long_ago_is_a_warning() -> None:
    later = date.fromordinal(date(2026, 11, 1).toordinal() + STALE_AFTER_DAYS)
    assert load(GOOD, PATH, "BE", later)[1] == []
    (warning,) = load(GOOD, PATH, "BE", date.fromordinal(later.toordinal() + 1))[1]
    assert (warning.line, warning.severity) == (21, "warning")


@pytest.mark.parametrize(
    ("name", "html", "plain"),
    [
        ("emergency.phone", '<a class="phone" href="tel:112" dir="ltr">112</a>', "112"),
        (
            "centre.brussels.phone",
            '<a class="phone" href="tel:+3225116464" dir="ltr">02 511 64 64</a>',
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
        ("centre.brussels.address", "<bdi>Street 16B</bdi>", "Street 16B"),
        ("centre.brussels.region", "BE-BRU", "BE-BRU"),
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
        '<p title="{{ emergency.phone }}"><a class="phone" href="tel:112" dir="ltr">112</a>'
        " {{ list.centres }}</p>"
    )


def test_an_unknown_name_is_told_with_those_that_exist() -> None:
    body = "Call {{ emergency.phone }}.\n\nOr {{ centre.brusels.phone }}."
    (fault,) = check(body, contacts(), "docs/en/a.md", 5)
    assert (fault.path, fault.line, fault.severity) == ("docs/en/a.md", 7, "error")
    assert "'centre.brusels.phone'" in fault.what
    assert fault.todo.startswith("use a name that exists: centre.brussels.phone")
    assert len(fault.todo) < 300
    assert fault.todo.endswith("docs/contacts.yml") or all(name in fault.todo for name in contacts().names)


@pytest.mark.parametrize(
    "name", ["", "emergency", "emergency.phone.x", "emergency.phone|safe", "7*7", "EMERGENCY.PHONE"]
)
def test_nothing_but_a_name_is_filled(name: str) -> None:
    assert len(check(f"a {{{{ {name} }}}} b", contacts(), "a.md", 1)) == 1


def test_words_of_the_frame_are_escaped() -> None:
    assert link_words("a <b> {phone} & c", {"phone": "<i>112</i>"}) == "a &lt;b&gt; <i>112</i> &amp; c"
    assert link_words("{other} &", {}) == "{other} &amp;"  # a fault of interface.yml, told by its check
