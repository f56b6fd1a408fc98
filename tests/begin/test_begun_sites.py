"""Sites of other countries: begun from answers, built, and looked at as their readers meet them."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from countries import CHECKED, Country, Sites, answers, begun, example

import small
from environment import ROOT
from safepage import cli, taken
from safepage.begin import answers as given
from safepage.begin import cutting
from safepage.begin.packed import Packed
from safepage.site import locales
from safepage.translations import catalogue
from test_everywhere import WORDS, plain


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


ENGLISH = "the United Kingdom, below a path"


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


def test_no_file_of_its_own_is_of_another_country(built: tuple[Country, small.Small]) -> None:
    """What its editors and translators read: settings, contacts, terms, guides."""
    _, site = built
    kinds = {".md", ".yml", ".txt", ""}
    own = [file for file in site.root.rglob("*") if file.suffix in kinds and file.is_file()]
    mine = [
        file for file in own if not {".cache", "site", "overrides"} & {*file.relative_to(site.root).parts}
    ]
    found = [
        f"{file.relative_to(site.root)}: {match[0]}"
        for file in mine
        for match in re.finditer(
            r"(?i)\b(?:belg|brussel|bruxelles|brüssel|antwerp|limburg|45 d|.*\.be\b).*",
            file.read_text("utf-8"),
        )
    ]
    assert len(mine) > 20
    assert not found, "\n".join(found)


def test_translations_say_how_they_stand(built: tuple[Country, small.Small]) -> None:
    """Where the first language is a translation, its readers too are told that nobody has checked it."""
    country, site = built
    note = site.page("advice").css(".notice.draft")
    assert bool(note) is (country.languages[0] != "en")
    assert cli.main(["translations", "check"], site.root) == 0


@pytest.mark.xdist_group(f"begun {ENGLISH}")
def test_a_language_that_there_are_texts_in_begins_with_them(
    begun_sites: Sites, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As far as the site has their pages, with their state, and as texts that an upgrade knows for ours."""
    root, kept = tmp_path / "site", begun_sites[ENGLISH].root
    shutil.copytree(kept, root, ignore=shutil.ignore_patterns("site", ".cache", "overrides"))
    (root / "docs/en/search.md").unlink()
    for page in (root / "docs/en").glob("*.md"):
        text = cutting.page(page.read_text("utf-8"), page.stem, (), ["search"])
        page.write_text(text.replace("# Recognise", "# We recognise"), "utf-8", newline="\n")
    assert cli.main(["translations", "new", "nl"], root) == 0
    assert cli.main(["translations", "new", "so"], root) == 0
    assert "docs/so/interface.yml  the words of the frame" in capsys.readouterr().out
    texts = {file.stem: file.read_text("utf-8") for file in (root / "docs/nl").glob("**/*.md")}
    assert len(texts) > 15
    assert "search" not in texts
    assert not [name for name, text in texts.items() if "search.md" in text]
    states = {page: catalogue.read(root).state("nl", page).status for page in ("contact", "recognise")}
    assert states == {"contact": "draft", "recognise": "outdated"}
    assert cli.main(["translations", "check"], root) == 0, capsys.readouterr().out
    assert taken.read(root)["docs/nl/recognise.md"] == texts["recognise"]


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def test_nothing_is_empty(built: tuple[Country, small.Small]) -> None:
    """Whatever a site lacks, no heading stands alone, and no list or table has nothing in it."""
    _, site = built
    wrong = []
    for name in pages(site):
        main = site.page(name).css_first("main")
        for node in main.css("ul, ol:not(.results), dl, tbody, article p:not([role])"):
            if not node.text().strip():
                wrong.append(f"{name}: {node.html}")
        for node in main.css(", ".join(HEADINGS)):
            after = node.next
            while after is not None and not (after.text() or "").strip():
                after = after.next
            if after is None or str(after.tag) in HEADINGS[: HEADINGS.index(str(node.tag)) + 1]:
                wrong.append(f"{name}: nothing below “{node.text()}”")
    assert not wrong, "\n".join(wrong)


def test_what_is_for_contributors_says_its_language(built: tuple[Country, small.Small]) -> None:
    """English, whatever the site's language; where nothing is translated it is not there, nor spoken of."""
    country, site = built
    about = site.page("about")
    several = len(country.languages) > 1
    assert (site.output / "contributors").exists() == several
    assert (
        bool(about.css("#translations")) == bool(about.css("a[hreflang=en][href*=contributors]")) == several
    )
    if several:
        page = site.page("contributors")
        assert page.css_first("article").attributes["lang"] == "en"
        assert "Translations" not in page.css_first("title").text() or country.languages[0] == "en"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "tag", "text"), [("NL", "nl", "Bel ons op {}."), ("GB", "en", "You can call us on {}.")]
)
def test_a_number_in_a_page_is_refused_and_the_same_pages_make_the_same_site(
    tmp_path: Path, code: str, tag: str, text: str
) -> None:
    """With a number that is one in this country alone."""
    contacts = (
        f'  emergency: {{phone: "112", {CHECKED}}}\n  minors: {{name: A, phone: "116111", {CHECKED}}}\n'
    )
    address = "https://www.our-house.org/"
    site = begun(Country((tag,), address, (), answers(code, tag, address, contacts)), tmp_path / "a")
    assert site.build() == []
    before = site.files()
    shutil.rmtree(site.output)
    assert site.build() == []
    assert site.files() == before
    line = site.append(f"docs/{tag}/advice.md", text.format(example(code)))
    faults = site.build()
    assert any(fault.startswith(f"docs/{tag}/advice.md:{line}: error: ") for fault in faults), faults


def test_the_answers_of_the_guide_are_taken() -> None:
    """Whoever copies them begins a site: a guide that is wrong would be noticed by nobody else."""
    guide = (ROOT / "deploy/your-own-site.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    taken, told = given.of_text(text, "answers.yml", Packed.read())
    assert ([*taken.languages], told) == (["nl", "ar", "en"], [])
