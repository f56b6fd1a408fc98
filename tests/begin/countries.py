"""Sites of other countries, as organisations would begin them: answers, and what has to be on their pages.

Numbers are the countries' emergency numbers, and examples that the library keeps for each country.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import phonenumbers

import small
from environment import ROOT
from safepage import cli

CHECKED = "source: example, checked: 2026-11-24"
SHAPE = phonenumbers.PhoneNumberFormat


def example(code: str, shape: int = SHAPE.NATIONAL) -> str:
    """A number of nobody's, as people of a country write it, or as a telephone dials it."""
    return phonenumbers.format_number(phonenumbers.example_number(code), shape)


def dialled(code: str) -> str:
    return example(code, SHAPE.E164)


def answers(code: str, languages: str, address: str, contacts: str) -> str:
    """A file of answers. In: what stands below contacts:, and what else there is."""
    return f"""\
country: {code}
languages: [{languages}]
address: {address}
exit: https://www.wikipedia.org/
operator: {{name: Example house, address: Example street 1, email: house@our-house.org}}
repository: https://github.com/our-house/site
contacts:
{contacts}"""


@dataclass(frozen=True)
class Country:
    """Answers, and what the site has to be: `numbers` as a telephone dials them, that for emergencies first;
    `told`: what its build warns of."""

    languages: tuple[str, ...]
    address: str
    numbers: tuple[str, ...]
    answers: str
    told: tuple[str, ...] = ()

    @property
    def under(self) -> str:
        """Where the site stands on its host."""
        return urlsplit(self.address).path


COUNTRIES = {
    "the Netherlands": Country(
        ("nl", "ar", "en"),
        "https://www.our-house.nl/",
        ("112", dialled("NL")),
        answers(
            "NL",
            "nl, ar, en",
            "https://www.our-house.nl/",
            f"""\
  emergency: {{phone: "112", {CHECKED}}}
  line:
    first: {{name: {{nl: Voorbeeldlijn, en: Example}}, phone: {example("NL")}, note: overdag, {CHECKED}}}
  centre:
    north: {{name: Huis Noord, region: NL-GR, phone: {example("NL")}, email: house@our-house.nl, {CHECKED}}}
    west: {{name: Huis West, region: NL-NH, phone: {example("NL")}, {CHECKED}}}
    sea: {{name: Zee, region: NL-NH, phone: {example("NL")}, chat: "https://chat.our-house.nl", {CHECKED}}}
regions:
  NL-GR: {{name: Groningen, centre: north, postcodes: ["9712", "9713-9999"]}}
  NL-NH: {{name: {{nl: Noord-Holland, ar: شمال هولندا}}, centre: [west, sea], postcodes: ["1000-2159"]}}
""",
        ),
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
    "Lebanon, with two emergency numbers and a chat": Country(
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
  centre:
    first: {{name: {{ar: دار المثال, fr: Maison exemple}}, chat: "https://chat.our-house.org.lb", {CHECKED}}}
""",
        ),
    ),
    "Germany, in one language, with nobody to call yet": Country(
        ("de",),
        "https://www.our-house.de/",
        ("112",),
        answers("DE", "de", "https://www.our-house.de/", f'  emergency: {{phone: "112", {CHECKED}}}\n'),
        ("nobody is named for help or advice",),
    ),
}


def begun(country: Country, root: Path) -> small.Small:
    """The site, as the command writes it of a file that Windows has saved."""
    given = root.with_suffix(".yml")
    given.write_bytes(codecs.BOM_UTF8 + country.answers.replace("\n", "\r\n").encode())
    assert cli.main(["begin", str(root), "--answers", str(given)], root.parent) == 0
    site = small.Small(root)
    # Beside the code the theme lies in a folder of its own; the wheel has it packed.
    (root / "overrides").symlink_to(ROOT / "overrides")
    return site


@dataclass
class Sites:
    """The sites that tests look at: each is begun and built when it is first asked for. Read only."""

    folder: Path
    _built: dict[str, small.Small] = field(default_factory=dict)

    def __getitem__(self, name: str) -> small.Small:
        if name not in self._built:
            country = COUNTRIES[name]
            site = begun(country, self.folder / f"site {len(self._built)} – مجلد")
            told = site.build()
            assert [any(what in line for what in country.told) for line in told] == [True] * len(
                country.told
            ), told
            self._built[name] = site
        return self._built[name]
