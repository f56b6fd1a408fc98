"""Sites of other countries: begun from answers, built, and looked at as their readers meet them.

Numbers are the countries' emergency numbers, and examples that the library keeps for each country.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import phonenumbers
import pytest

import small
from environment import ROOT
from safepage import cli
from safepage.site import locales
from test_everywhere import WORDS, plain

CHECKED = "source: example, checked: 2026-11-24"


def example(code: str, shape: int = phonenumbers.PhoneNumberFormat.NATIONAL) -> str:
    """A number of nobody's, as people of a country write it, or as a telephone dials it."""
    return phonenumbers.format_number(phonenumbers.example_number(code), shape)


def dialled(code: str) -> str:
    return example(code, phonenumbers.PhoneNumberFormat.E164)


@dataclass(frozen=True)
class Country:
    """Answers, and what the site has to be: `numbers` as a telephone dials them, that for emergencies
    first."""

    languages: tuple[str, ...]
    address: str
    numbers: tuple[str, ...]
    answers: str

    @property
    def under(self) -> str:
        """Where the site stands on its host."""
        return urlsplit(self.address).path


def answers(code: str, languages: str, address: str, contacts: str) -> str:
    return f"""\
country: {code}
languages: [{languages}]
address: {address}
exit: https://www.wikipedia.org/
operator: {{name: Example house, address: Example street 1, email: house@our-house.org}}
contacts:
{contacts}"""


GUIDE = (ROOT / "deploy/your-own-site.md").read_text(encoding="utf-8")
COUNTRIES = {
    "the Netherlands, as in the guide": Country(
        ("nl", "ar", "en"),
        "https://www.our-house.nl/",
        ("112", dialled("NL")),
        re.search(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[1],  # type: ignore[index]
    ),
    "the United Kingdom, below a path": Country(
        ("en",),
        "https://www.our-house.org.uk/help/",
        ("999", dialled("GB")),
        answers(
            "GB",
            "en",
            "https://www.our-house.org.uk/help",
            f"""\
  emergency: {{phone: "999", {CHECKED}}}
  line: {{national: {{name: Example line, phone: {example("GB")}, {CHECKED}}}}}
regions:
  GB-LND: {{name: London, centre: line.national, postcodes: [E, SW, "EC"]}}
""",
        ),
    ),
    "Lebanon, with two emergency numbers": Country(
        ("ar", "fr", "en"),
        "https://www.our-house.org.lb/",
        ("112", "140"),
        answers(
            "LB",
            "ar, fr, en",
            "https://www.our-house.org.lb/",
            f"""\
  emergency:
    police: {{name: {{ar: قوى الأمن الداخلي, fr: Police}}, phone: "112", {CHECKED}}}
    ambulance: {{name: {{ar: الصليب الأحمر, fr: Croix-Rouge}}, phone: "140", {CHECKED}}}
""",
        ),
    ),
    "Germany, in one language": Country(
        ("de",),
        "https://www.our-house.de/",
        ("112",),
        answers("DE", "de", "https://www.our-house.de/", f'  emergency: {{phone: "112", {CHECKED}}}\n'),
    ),
}


def begun(country: Country, root: Path) -> small.Small:
    """The site, as the command writes it."""
    given = root.with_suffix(".yml")
    given.write_text(country.answers, encoding="utf-8")
    assert cli.main(["begin", str(root), "--answers", str(given)], root.parent) == 0
    site = small.Small(root)
    # Beside the code the theme lies in a folder of its own; the wheel has it packed.
    (root / "overrides").symlink_to(ROOT / "overrides")
    return site


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.xdist_group(f"begun {name}")) for name in COUNTRIES],
)
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Country, small.Small]:
    """A country and its site. Read only."""
    country = COUNTRIES[request.param]
    site = begun(country, tmp_path_factory.mktemp("sites") / "site")
    assert site.build() == [], "nothing waits but what its README names"
    return country, site


def pages(site: small.Small) -> dict[str, str]:
    return {name: data.decode() for name, data in site.files().items() if name.endswith(".html")}


def test_its_numbers_are_its_own(built: tuple[Country, small.Small]) -> None:
    """All that can be called is what was answered, and each is on the page for contacts, poster and card."""
    country, site = built
    called = {name: set(re.findall(r"tel:([+\d]+)", html)) for name, html in pages(site).items()}
    assert set().union(*called.values()) == set(country.numbers)
    assert called["contact/index.html"] == set(country.numbers)
    assert not [name for name, found in called.items() if country.numbers[0] not in found]
    for sheet in ("poster", "card"):
        assert country.numbers[0] in site.page(sheet).body.text()  # type: ignore[union-attr]


def test_language_direction_and_addresses_are_right(built: tuple[Country, small.Small]) -> None:
    """The root is in the first language; the map has each page; an unknown address is answered."""
    country, site = built
    source, *others = country.languages
    for tag, start in [(source, ""), *((tag, tag) for tag in others)]:
        html = site.page(start).css_first("html")
        assert (html.attributes["lang"], html.attributes["dir"]) == (tag, locales.direction(tag))
    lost = site.page("404.html")
    assert lost.css_first("html").attributes["lang"] == source
    assert {f"{country.under}{tag}/" for tag in others} <= {a.attributes["href"] for a in lost.css("a")}
    addresses = set(re.findall(r"<loc>([^<]+)", site.files()["sitemap.xml"].decode()))
    base = country.address
    assert {base, f"{base}recognise/", *(f"{base}{tag}/" for tag in others)} <= addresses
    assert all(address.startswith(base) for address in addresses)


@cache
def of_belgium(tag: str) -> re.Pattern[str]:
    """What finds the words of the packed texts' country; numbers are looked at where they can be called."""
    listed = [word for word in [*WORDS["every"], *WORDS[tag]] if not re.search(r"\d", word)]
    words = "|".join(re.escape(plain(word)).replace(r"\*", r"\w*") for word in listed)
    return re.compile(rf"(?<![\w+])(?:{words})(?!\w)")


def test_no_word_is_another_countrys(built: tuple[Country, small.Small]) -> None:
    """Neither in what is seen, nor in what is read out, nor in what search engines are told."""
    country, site = built
    found = []
    for name, html in pages(site).items():
        tree = site.page(name)
        tree.strip_tags(["script", "style"])
        told = re.findall(r'(?:content|aria-label|title|alt)="([^"]*)"', html)
        text = " ".join([tree.text(separator=" "), *told])
        tag = next((tag for tag in country.languages[1:] if name.startswith(f"{tag}/")), country.languages[0])
        found += [f"{name}: {match[0]}" for match in of_belgium(tag).finditer(plain(text))]
    assert not found, "\n".join(found)


def test_translations_say_how_they_stand(built: tuple[Country, small.Small]) -> None:
    """Where the first language is a translation, its readers too are told that nobody has checked it."""
    country, site = built
    note = site.page("advice").css(".notice.draft")
    assert bool(note) is (country.languages[0] != "en")
    assert cli.main(["translations", "check"], site.root) == 0


def test_a_number_in_a_page_is_refused_and_the_same_pages_make_the_same_site(tmp_path: Path) -> None:
    """In Dutch, with a number that is one in the Netherlands alone."""
    contacts = f'  emergency: {{phone: "112", {CHECKED}}}\n'
    text = answers("NL", "nl", "https://www.our-house.nl/", contacts)
    site = begun(Country(("nl",), "https://www.our-house.nl/", (), text), tmp_path / "nl")
    assert site.build() == []
    before = site.files()
    shutil.rmtree(site.output)
    assert site.build() == []
    assert site.files() == before
    line = site.append("docs/nl/advice.md", f"Bel ons op {example('NL')}.")
    faults = site.build()
    assert any(fault.startswith(f"docs/nl/advice.md:{line}: error: ") for fault in faults), faults
