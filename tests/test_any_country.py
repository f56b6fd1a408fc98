"""A site of any country: the generator knows none by itself."""

from __future__ import annotations

import re
from pathlib import Path

import phonenumbers
from babel import Locale

from small import CONTACTS, SETTINGS, small_site

ROOT = Path(__file__).parents[1]
# The generator; axe-core is others' work, and making/ is for those who change the generator with this site.
GENERATOR = ("scripts/safepage", "overrides")
LEFT_OUT = ("making", "axe.min.js", "__pycache__")
FONTS = {"Georgia"}  # also a country's name
# Of the country where the first site was made: its code in others, its people, places, centres, numbers.
FIRST = (
    r"\bBE\b|\bBelg|\b(?:Brussels|Flanders|Wallonia|Antwerp|Liège|PAG-ASA|Payoke|Sürya|Myria|Child Focus)\b|"
    r"meteo\.|\+32|\b0?78 ?055|\b0[234] ?\d{3} ?\d\d ?\d\d\b|\b(?:1000|2000|4000)[-–](?:1299|2999|4999)\b"
)

SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 99 9'>"
DUTCH = (
    CONTACTS.replace("078 055 800", "0800 0113")
    .replace("02 511 64 64", "020 123 4567")
    .replace("03 201 16 90", "010 123 4567")
    .replace('"101"', '"112"')
    .replace("116 000", "116 111")
)


def test_a_dutch_site_takes_dutch_numbers_and_refuses_them_in_its_pages(tmp_path: Path) -> None:
    settings = SETTINGS.replace("country: BE", "country: NL")
    site = small_site(tmp_path, {"mkdocs.yml": settings, "docs/contacts.yml": DUTCH})
    assert site.build() == []
    assert {link.attributes["href"] for link in site.page("nl").css("a[href^='tel:']")} == {
        "tel:112",
        "tel:+318000113",
        "tel:+31201234567",
        "tel:+31101234567",
        "tel:116111",
    }
    line = site.append("docs/nl/advice.md", "U ziet 20 123 45 67 staan.")
    foreign = site.change("docs/contacts.yml", "010 123 4567", "03 201 16 90")
    assert [fault.partition(". What")[0] for fault in site.build() if ": error: " in fault] == [
        f"docs/contacts.yml:{foreign}: error: centre.antwerp.phone: “03 201 16 90” is not a valid number in "
        "the Netherlands"
    ]
    site.change("docs/contacts.yml", "03 201 16 90", "010 123 4567")
    (fault,) = site.build()
    assert fault.startswith(
        f"docs/nl/advice.md:{line}: error: the phone number “20 123 45 67” is written out"
    )


def test_whatever_readers_see_is_judged_by_the_country(tmp_path: Path) -> None:
    """The head of a page, the frame's words, a picture: the same words pass in another country."""
    site = small_site(tmp_path)
    site.write("docs/assets/x.svg", f"{SVG}<text x='1' y='9'>20 123 45 67</text></svg>")
    site.change("docs/nl/interface.yml", 'home: "', 'home: "20 123 45 67 ')
    site.change("docs/nl/contact.md", 'description: "', 'description: "20 123 45 67 ')
    assert site.build() == []
    site.change("mkdocs.yml", "country: BE", "country: NL")
    site.write("docs/contacts.yml", DUTCH)
    (picture,) = site.build()
    assert picture.startswith("docs/assets/x.svg: error: the phone number “20 123 45 67” is written out")
    site.write("docs/assets/x.svg", None)
    told = {fault.partition(":")[0] for fault in site.build() if "“20 123 45 67" in fault}
    assert told == {"docs/nl/interface.yml", "docs/nl/contact.md"}


def test_the_generator_knows_no_country_by_name() -> None:
    """Neither code nor messages nor templates: what differs comes from libraries, or from the site."""
    territories = Locale("en").territories
    names = {str(territories[code]) for code in phonenumbers.SUPPORTED_REGIONS} - FONTS
    known = re.compile(rf"{FIRST}|\b(?:{'|'.join(map(re.escape, sorted(names)))})\b")
    files = [file for folder in GENERATOR for file in (ROOT / folder).rglob("*") if file.is_file()]
    files += (ROOT / "scripts").glob("*.py")
    found = [
        f"{file.relative_to(ROOT)}:{number}: {match[0]}"
        for file in files
        if not set(LEFT_OUT) & set(file.parts)
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        for match in known.finditer(line)
    ]
    assert found == []
