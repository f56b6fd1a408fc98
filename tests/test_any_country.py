"""A site of any country: the generator knows none by itself."""

from __future__ import annotations

from pathlib import Path

from small import CONTACTS, SETTINGS, small_site

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
    line = site.append("docs/nl/advice.md", "U ziet 020 123 45 67 staan.")
    foreign = site.change("docs/contacts.yml", "010 123 4567", "03 201 16 90")
    assert [fault.partition(". What")[0] for fault in site.build() if ": error: " in fault] == [
        f"docs/contacts.yml:{foreign}: error: centre.antwerp.phone: “03 201 16 90” is not a valid number in "
        "the Netherlands"
    ]
    site.change("docs/contacts.yml", "03 201 16 90", "010 123 4567")
    (fault,) = site.build()
    assert fault.startswith(
        f"docs/nl/advice.md:{line}: error: the phone number “020 123 45 67” is written out"
    )
