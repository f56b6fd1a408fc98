"""Who helps where: the regions of a country, and the beginnings of its postcodes."""

from __future__ import annotations

from datetime import date

import pytest

from safepage.faults import Faulty
from safepage.site import postcodes, regions
from safepage.site.contacts import Contacts

KNOWN = Contacts(
    {
        "centre.north.region": "BE-BRU",
        "centre.north.name": "North",
        "centre.north.phone": "02 511 64 64",
        "centre.chat.chat": "https://chat.example.org",
        "centre.mute.region": "BE-WAL",
        "line.national.phone": "078 055 800",
    },
    date(2026, 1, 1),
    "BE",
)


def load(text: str) -> list[regions.Region]:
    return regions.load(text, "r.yml", KNOWN, "en")


def test_a_region_in_each_form() -> None:
    """A name for all languages or for each; one contact, several, one that is no centre; or a name alone."""
    found = load(
        "BE-BRU: {name: {en: Brussels, nl: Brussel}, centre: north, postcodes: ['1000-1299', SW]}\n"
        "BE-VAN: {name: Antwerpen, centre: [north, centre.chat, line.national]}\n"
        "BE-VLG: {name: Vlaanderen}\n"
    )
    assert [region.code for region in found] == ["BE-BRU", "BE-VAN", "BE-VLG"]
    assert found[0].names == {"en": "Brussels", "nl": "Brussel"}
    assert [str(codes) for codes in found[0].postcodes] == ["1000-1299", "SW"]
    assert found[1].centres == ("centre.north", "centre.chat", "line.national")
    assert found[2].centres == found[2].postcodes == ()
    assert load("") == load("# nothing") == []


def test_a_place_whose_letters_look_latin_is_fine() -> None:
    """As Рахів does; signs that nobody sees are told, in a remark too, which a reviewer reads."""
    assert load("BE-BRU:\n  name: {en: Brussels, uk: Рахів}\nBE-VAN: {name: Рахів}\n")
    with pytest.raises(Faulty, match=r"r\.yml:1: .*U\+202E"):
        load("# left \u202e right\nBE-BRU: {name: A}\n")


WRONG = {
    "BE-BRU: {centre: north}": "it has no name",
    "BE-BRU:": "it has no name",
    "BE-BRU: {name: {nl: Brussel}}": "no name in the site's first language, en",
    "BE-BRU: {name: {en: Brussels, xx1: B}}": "“xx1” is no language",
    "BE-BRU: {name: <b>B</b>}": "holds markup",
    "BE-BRU: {name: Call 02 511 64 64}": "phone number",
    "Brussels: {name: B}": "no code of a region",
    "be-bru: {name: B}": "no code of a region",
    "BE-BRU: {name: B, colour: red}": "use one of name, centre, postcodes",
    "BE-BRU: {name: B, centre: nort}": "no centre “nort”. What to do: write north",
    "BE-BRU: {name: B, centre: [north, zzz]}": "no centre “zzz”",
    "BE-BRU: {name: B, centre: mute}": "neither a phone nor a chat",
    "BE-BRU: {name: B, centre: line.nationl}": "What to do: write line.national",
    "BE-BRU: {name: B, centre: ~}": "no centre",
    "BE-BRU: {name: B, centre: line}": "no centre “line”",
    "BE-BRU: {name: B, centre: {a: 1}}": "no centre",
    "BE-BRU: {name: B, postcodes: ['1000']}": "postcodes and no centre",
    # As it was written until version 0.2.
    "BE-BRU: {region: BE-BRU, postcodes: ['1000']}": "write in its place centre: north",
    "BE-BRU: {name: B, centre: north, postcodes: [[1000, 1299]]}": 'write it as a text: "1000-1299"',
    "BE-BRU: {name: B, centre: north, postcodes: [1000]}": 'quotation marks around it: "1000"',
    "BE-BRU: {name: B, centre: north, postcodes: ['1299-1000']}": "run backwards",
    "BE-BRU: {name: B, centre: north, postcodes: [AB1-AB16]}": "from one length to another",
    "BE-BRU: {name: B, centre: north, postcodes: ['12*']}": "holds “*”",
    "BE-BRU: {name: B, centre: north, postcodes: [1000 tot 1299]}": "words stand between",
    "BE-BRU: {name: B, centre: north, postcodes: [true]}": "no postcode",
    "BE-BRU: {name: B, centre: north, postcodes: [2026-11-24]}": "no postcode",
    "BE-BRU: {name: B, centre: north, postcodes: ['']}": "no postcode",
    "BE-BRU: {name: B, centre: north, postcodes: [[1]]}": "no postcode",
    "BE-BRU: {name: B, centre: north, postcodes: []}": "no postcodes",
    "BE-BRU: {name: B, centre: north, postcodes: '1000'}": "no postcodes",
    "BE-BRU: {name: B, centre: north, postcodes: ['1000-1299', '1299-1300']}": "overlap with 1000-1299",
    "BE-BRU: {name: B, centre: north, postcodes: ['1000-1299', '1100', '1200']}": "1200 overlap",
    "BE-BRU: {name: B, centre: north, postcodes: [SW1A 1AA]}\n"
    "BE-VAN: {name: A, centre: north, postcodes: [sw1a1aa]}": "overlap with SW1A 1AA of BE-BRU",
    "- BE-BRU": "list",
    "BE-BRU": "no name with a value",
    "BE-BRU: &a {b: *a}": "anchor",
}


def test_each_wrong_region_is_told_in_a_line() -> None:
    found = {}
    for text, what in WRONG.items():
        try:
            load(text)
            found[text] = "nothing"
        except Faulty as faulty:
            if not any(what in str(fault) for fault in faulty.faults):
                found[text] = str(faulty)
            assert all("\n" not in str(fault) for fault in faulty.faults)
    assert not found


def test_a_longer_beginning_is_no_overlap() -> None:
    """The longest beginning wins, so that a town may lie in the region around it."""
    assert load(
        "BE-VBR: {name: B, centre: north, postcodes: ['1', '15', '1500-1999', E, EC, AB1 1, AB11]}\n"
        "BE-BRU: {name: A, centre: north, postcodes: ['1000', '1500 AA', '1234-567']}"
    )


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("1000-1299", "1000-1299"), ("01067–01328", "01067-01328"), ("9712", "9712"), (" sw ", "SW"),
        ("1000 AA - 1099 ZZ", "1000AA-1099ZZ"), ("AB10-AB16", "AB10-AB16"), ("1234-567", "1234567"),
        ("1000-001-1099-999", "1000001-1099999"), ("KY1-1100", "KY1 1100"), ("SW1A1AA", "SW1A 1AA"),
        ("N1 1AA", "N1 1AA"), ("D02X285", "D02 X285"), ("D6W", "D6W"), ("٩٣٠٠-٩٩٩٩", "9300-9999"),
    ],
)  # fmt: skip
def test_postcodes_in_one_spelling(written: str, tidy: str) -> None:
    """However people write it, and a dash within a code is none between two."""
    assert str(postcodes.read(written)) == tidy


def test_contacts_get_the_names_of_their_regions() -> None:
    """In each language; a region that has no name is told, and left out."""
    named, warnings = regions.with_names(KNOWN, load("BE-BRU: {name: {en: Brussels, nl: Brussel}}"))
    assert named.values["centre.north.region"] == "Brussels"
    assert named.values["centre.north.region@nl"] == "Brussel"
    assert "centre.mute.region" not in named.values
    assert [fault.severity for fault in warnings] == ["warning"]
    assert "BE-WAL" in str(warnings[0])
