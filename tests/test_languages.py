"""What readers are told of a text's language and state: a small site, built once, and looked at."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser, LexborNode

from safepage import cli
from safepage.page import yaml_text
from safepage.page.paragraphs import paragraphs
from safepage.site.languages import language_name
from safepage.site.locales import direction
from safepage.translations import new_language
from serving import serving
from small import BASE, Small, small_site

BEGUN = ["pt-PT", "zh-Hans", "zh-Hant", "fa", "am"]
STATES = [("nl", "ltr"), ("ar", "rtl")]
DOOR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M2 1h5v8H2z"/></svg>'
both = pytest.mark.parametrize(("tag", "way"), STATES)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Dutch and Arabic: contact missing, recognise and about outdated, first words a draft, the rest current.

    Other languages have begun: Persian and traditional Chinese with a page of their own, the rest without.
    """
    it = small_site(
        tmp_path_factory.mktemp("languages"), {f"docs/{tag}/contact.md": None for tag, _ in STATES}
    )
    for tag, _ in STATES:
        it.confirm(tag, "about")
        it.confirm(tag, "first-words", by=None)
    it.change("docs/en/about.md", "it keeps nothing", "it keeps nothing at all")
    it.change("docs/en/recognise.md", "{#movement}", "or work {#movement}")
    for tag in BEGUN:
        new_language.begin(it.root, tag)
    for tag, other in (("fa", "ar"), ("zh-Hant", "nl")):
        shutil.copy(it.root / f"docs/{other}/index.md", it.root / f"docs/{tag}/index.md")
    assert not [line for line in it.build() if ": error: " in line]
    return it


@cache
def words(project: Small, tag: str) -> dict[str, str]:
    """The words of a language's frame."""
    path = f"docs/{tag}/interface.yml"
    return yaml_text.load(project.read(path), path)[0]


def says(project: Small, tag: str, key: str) -> str:
    """A sentence of the frame with the source's name in it."""
    return words(project, tag)[key].replace("{language}", language_name("en", tag))


def attribute(html: LexborHTMLParser, selector: str, name: str) -> str | None:
    node = html.css_first(selector)
    return None if node is None else node.attributes.get(name)


def text(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node else ""


# a missing page


@both
def test_a_missing_page_is_the_source_and_says_so(project: Small, tag: str, way: str) -> None:
    html = project.page(f"{tag}/contact")
    assert (attribute(html, "html", "lang"), attribute(html, "html", "dir")) == (tag, way)
    assert (attribute(html, "article", "lang"), attribute(html, "article", "dir")) == ("en", "ltr")
    (notice,) = html.css("aside.notice")
    assert text(notice) == says(project, tag, "note_fallback")
    assert notice.parent.tag != "article"  # in the reader's language, not in the text's
    assert text(html.css_first("#quick-exit")).startswith(words(project, tag)["exit"])


def test_a_missing_page_is_the_same_in_a_build_of_all_languages(tmp_path: Path) -> None:
    """Also one that leads to a picture, whose address differs from folder to folder."""
    page = "docs/en/professions/police.md"
    lacking = {
        page: "# Police {#police}\n\nSee [contact](../contact.md), [advice](../advice.md).",
        "docs/en/find-centre.md": "# Centre\n\n![A door](../assets/door.svg) See [contact](contact.md).",
        "docs/nl/contact.md": None,
    }
    built = {}
    for only in (None, "nl", "ar"):
        site = small_site(tmp_path / str(only), lacking)
        site.change("mkdocs.yml", "find-centre.md]", "find-centre.md, professions/police.md]")
        site.write("docs/assets/door.svg", DOOR)
        assert [line for line in site.build(only=only) if ": error: " in line] == []
        built[only] = site.files()
    for tag in ("nl", "ar"):
        alone = {name: data for name, data in built[tag].items() if name.endswith("index.html")}
        assert {f"{tag}/{name}/index.html" for name in ("find-centre", "professions/police")} <= alone.keys()
        assert {name for name, data in alone.items() if built[None][name] != data} == set()


@both
def test_a_missing_page_claims_nothing(project: Small, tag: str, way: str) -> None:
    html = project.page(f"{tag}/contact")
    assert attribute(html, "link[rel=canonical]", "href") == f"{BASE}contact/"
    for other in ("contact", "nl/contact", "ar/contact"):
        assert attribute(project.page(other), "link[rel=canonical]", "href") == f"{BASE}contact/"
    assert f"{BASE}{tag}/contact/" not in (project.output / "sitemap.xml").read_text(encoding="utf-8")


@both
def test_a_missing_page_names_its_language_in_menus(project: Small, tag: str, way: str) -> None:
    links = project.page(f"{tag}/advice").css("nav a[href='../contact/']")
    assert links
    for link in links:
        assert link.css_first("[lang=en]") is not None


# a draft, an outdated page, a current one


@both
def test_a_draft_says_so(project: Small, tag: str, way: str) -> None:
    html = project.page(f"{tag}/first-words")
    (notice,) = html.css("aside.notice")
    assert words(project, tag)["note_draft"] in text(notice)
    assert attribute(html, "article", "lang") is None
    assert attribute(html, "link[rel=canonical]", "href") == f"{BASE}{tag}/first-words/"


@both
def test_a_current_page_says_nothing(project: Small, tag: str, way: str) -> None:
    html = project.page(f"{tag}/advice")
    assert html.css("aside.notice") == []
    assert html.css(".outdated") == []


@both
def test_an_outdated_page_says_so(project: Small, tag: str, way: str) -> None:
    html = project.page(f"{tag}/about")
    (notice,) = html.css("aside.notice")
    assert says(project, tag, "note_outdated") in text(notice)
    assert "strong" not in (notice.attributes["class"] or "")
    assert len(html.css("article .outdated")) == 1


@both
def test_an_outdated_page_that_matters_warns_strongly(project: Small, tag: str, way: str) -> None:
    html = project.page(f"{tag}/recognise")
    (notice,) = html.css("aside.notice")
    assert "strong" in (notice.attributes["class"] or "")
    assert says(project, tag, "note_outdated_strong") in text(notice)
    link = notice.css_first("a")
    assert link.attributes["href"] == "../../recognise/"
    assert link.attributes["hreflang"] == "en"
    assert text(link) == says(project, tag, "note_source")


@both
def test_the_outdated_paragraphs_are_marked(project: Small, tag: str, way: str) -> None:
    there = paragraphs(project.read(f"docs/{tag}/recognise.md"))
    paragraph = [b for b in there if b.kind == "p"][1]
    sign = next(b for b in there if b.kind == "check")
    marked = project.page(f"{tag}/recognise").css("article .outdated")
    assert [node.tag for node in marked] == ["p", "li"]
    assert text(marked[0]) == f"{words(project, tag)['note_block']} {paragraph.text}"
    assert marked[1].css_first(f"#{sign.id}") is not None or marked[1].attributes.get("id") == sign.id


def test_the_source_itself_says_nothing(project: Small) -> None:
    for page in ("recognise", "about", "contact"):
        assert project.page(page).css("aside.notice, .outdated") == []


# tags


@pytest.mark.parametrize("tag", BEGUN)
def test_language_and_direction_of_other_tags(project: Small, tag: str) -> None:
    for page in ("", "recognise"):
        html = project.page(f"{tag}/{page}")
        assert (attribute(html, "html", "lang"), attribute(html, "html", "dir")) == (tag, direction(tag))
    assert (direction("fa"), direction("am")) == ("rtl", "ltr")


@pytest.mark.parametrize("tag", BEGUN)
def test_a_language_that_has_just_begun_claims_nothing(project: Small, tag: str) -> None:
    html = project.page(tag)
    own = tag in ("fa", "zh-Hant")
    assert attribute(html, "article", "lang") == (None if own else "en")
    assert attribute(html, "link[rel=canonical]", "href") == (f"{BASE}{tag}/" if own else BASE)
    sitemap = (project.output / "sitemap.xml").read_text(encoding="utf-8")
    assert (f"<loc>{BASE}{tag}/</loc>" in sitemap) == own
    assert f"{BASE}{tag}/recognise/" not in sitemap
    note = words(project, tag)["note_draft"] if own else "In English"  # its frame is English, too
    assert note in text(html.css_first("aside.notice"))


# chooser and menus


def targets(
    project: Small, html: LexborHTMLParser, url: str
) -> Iterator[tuple[LexborNode, LexborHTMLParser]]:
    """The links of a page's frame to pages of the site, and those pages."""
    for link in html.css("header a[href], footer a[href], aside a[href]"):
        href = link.attributes["href"] or ""
        place = urlsplit(urljoin(BASE + url, href))
        if f"https://{place.netloc}/" == BASE and not href.startswith("#"):
            yield link, project.page(place.path.strip("/") or ".")


def test_no_menu_leads_to_another_language_without_saying_so(project: Small) -> None:
    seen = 0
    for file in sorted(project.output.rglob("index.html")):
        url = file.parent.relative_to(project.output).as_posix()
        if url == "contributors":
            continue
        html = project.page("" if url == "." else url)
        here = attribute(html, "html", "lang") or ""
        for link, there in targets(project, html, "" if url == "." else f"{url}/"):
            promised = link.attributes.get("lang") or here
            content = attribute(there, "article", "lang") or attribute(there, "html", "lang") or ""
            if content == promised:
                continue
            seen += 1
            assert link.attributes.get("hreflang") == content, (url, link.html)
            spoken = "en" if promised in BEGUN else promised  # by its frame
            assert language_name(content, spoken) in text(link), (url, link.html)
    assert seen > 50


def test_the_chooser_names_each_language_by_itself(project: Small) -> None:
    links = project.page("nl/contact").css("details.languages a")
    assert [link.attributes["lang"] for link in links] == ["en", "nl", "ar", *BEGUN]
    for link in links:
        assert link.attributes["dir"] == direction(link.attributes["lang"] or "")
    assert text(links[3]).startswith("Português (Portugal)")
    assert [link.attributes["lang"] for link in links if link.attributes.get("aria-current")] == ["nl"]


# sitemap and 404

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_the_sitemap_is_true(project: Small) -> None:
    root = ET.parse(project.output / "sitemap.xml").getroot()
    found: dict[str, dict[str, str]] = {}
    for url in root:
        links = {a.attrib["hreflang"]: a.attrib["href"] for a in url.iter(f"{XHTML}link")}
        found[url.findtext(f"{SITEMAP}loc") or ""] = links
    assert len(found) == len(set(found))
    for address, links in found.items():
        html = project.page(address.removeprefix(BASE) or ".")
        own = attribute(html, "html", "lang") or ""
        assert attribute(html, "article", "lang") is None, "the text is in the language of the page"
        assert attribute(html, "link[rel=canonical]", "href") == address
        assert links[own] == address
        assert links["x-default"] == links["en"]
        for tag, other in links.items():
            if tag != "x-default":
                assert found[other] == links  # both ways
    assert f"{BASE}nl/recognise/" in found
    assert f"{BASE}contributors/" not in found


@pytest.mark.parametrize("first", ["en", "nl", "ar", "fa"])
def test_the_page_for_unknown_addresses_speaks_every_language(project: Small, first: str) -> None:
    html = project.page("404.html" if first == "en" else f"{first}/404.html")
    assert (attribute(html, "html", "lang"), attribute(html, "html", "dir")) == (first, direction(first))
    parts = html.css("article > div[lang]")
    tags = [part.attributes["lang"] or "" for part in parts]
    assert tags[0] == first
    assert sorted(tags) == sorted(["en", "nl", "ar", *BEGUN])
    for tag, part in zip(tags, parts, strict=True):
        assert part.attributes["dir"] == direction(tag)
        assert words(project, tag)["not_found_text"] in text(part)
        assert part.css_first("a[href='tel:112']") is not None
    assert html.css_first("#quick-exit") is not None
    assert attribute(html, "meta[name=robots]", "content") == "noindex"


# the contributors' page


def test_the_contributors_page(project: Small) -> None:
    html = project.page("contributors")
    assert attribute(html, "meta[name=robots]", "content") == "noindex"
    shown = text(html.css_first("article"))
    assert "out of date: 2 paragraphs have changed" in shown
    assert "not translated" in shown
    assert "checked by somebody" in shown
    linked = {a.attributes["href"] for a in project.page("about").css("a[href]")}
    assert "../contributors/" in linked


def test_a_translator_is_led_to_the_file(project: Small, tmp_path: Path) -> None:
    """From the contributors' page to the file to edit or to a new one; in a preview from the page itself."""

    def links(it: Small, page: str, part: str) -> list[str]:
        return [a.attributes["href"] or "" for a in it.page(page).css(f"{part} a")]

    new = "https://github.com/our-name/site/new/main/docs/nl?filename=find-centre.md&value=---%0Atitle%3A"
    found = links(project, "contributors", "article")
    assert "https://github.com/our-name/site/edit/main/docs/ar/recognise.md" in found
    assert [link for link in found if link.startswith(new)]
    assert links(project, "nl/find-centre", ".notice") == []
    it = small_site(tmp_path)
    it.write("docs/ar/advice.md", it.read("docs/en/advice.md"))
    assert it.build(preview=True) == []
    assert [link for link in links(it, "nl/find-centre", ".notice") if link.startswith(new)]
    assert "https://github.com/our-name/site/edit/main/docs/ar/advice.md" in links(it, "ar/advice", ".notice")
    assert "our-name/site" not in "".join(links(it, "nl/about", ".notice"))


# transitions


def test_from_missing_to_current_and_outdated(tmp_path: Path) -> None:
    it = small_site(tmp_path)
    kept = it.read("docs/ar/contact.md")
    (it.root / "docs/ar/.confirmed/contact.yml").unlink()

    def notices() -> list[str]:
        it.build(only="ar")
        return [node.attributes["class"] or "" for node in it.page("ar/contact").css("aside.notice")]

    def confirm() -> None:
        assert (
            cli.main(["translations", "confirm", "ar", "contact", "--reviewed-by", "somebody"], it.root) == 0
        )

    it.write("docs/ar/contact.md", None)
    assert notices() == ["notice fallback"]
    it.write("docs/ar/contact.md", kept)
    assert notices() == ["notice draft"]
    confirm()
    assert notices() == []
    it.change("docs/en/contact.md", "Are you in doubt?", "Are you still in doubt?")
    assert notices() == ["notice outdated strong"]
    confirm()
    assert notices() == []


def test_a_draft_leads_to_the_official_website(tmp_path: Path) -> None:
    """Where contacts.yml has one, and only beside what nobody has checked."""
    it = small_site(tmp_path)
    official = "official: {website: https://stoptraite.be, source: teamjustitie.be, checked: 2026-11-24}\n"
    it.write("docs/contacts.yml", it.read("docs/contacts.yml") + official)
    assert it.build(only="ar") == []
    assert it.page("ar/about").css_matches('.notice.draft a[href="https://stoptraite.be"]')
    assert not it.page("ar/recognise").css_matches('.notice a[href="https://stoptraite.be"]')


def test_a_broken_structure_stops_the_build_with_a_line_in_both(tmp_path: Path) -> None:
    it = small_site(tmp_path)
    line = it.change("docs/nl/recognise.md", "{#meaning}", "{#betekenis}")
    told = next(told for told in it.build() if "{#betekenis}" in told)
    assert told.startswith(f"docs/nl/recognise.md:{line}: error: ")
    assert re.search(r"docs/en/recognise\.md:\d+ ", told)
    assert not it.output.exists()


def test_a_new_section_of_the_source_does_not_stop_the_build(tmp_path: Path) -> None:
    it = small_site(tmp_path)
    it.append("docs/en/advice.md", "## More {#more}\n\nWords.")
    told = it.build()
    assert {line.partition(":")[0] for line in told} == {"docs/nl/advice.md", "docs/ar/advice.md"}
    assert all(": warning: " in line for line in told)
    assert "outdated" in (attribute(it.page("nl/advice"), "aside.notice", "class") or "")


def test_an_unreadable_record_is_one_line(tmp_path: Path) -> None:
    it = small_site(tmp_path)
    line = it.change("docs/nl/.confirmed/advice.yml", "source:", "<<<<<<< ours")
    (told,) = it.build()
    assert told.startswith(f"docs/nl/.confirmed/advice.yml:{line}: error: ")


# in a browser


def test_a_reader_sees_what_a_page_says_of_itself(browser: Browser, project: Small) -> None:
    """The warning stands first; a fallback runs in its own direction; the chooser leads to languages."""
    with (
        serving(project.output) as address,
        browser.new_page(viewport={"width": 360, "height": 640}) as page,
    ):
        for tag, way in STATES:
            _warned_first(page, address, project, tag)
            _in_its_own_direction(page, address, project, tag, way)
            _led_by_the_chooser(page, address, tag)


def _warned_first(page: Page, address: str, project: Small, tag: str) -> None:
    page.goto(f"{address}/{tag}/recognise/")
    notice = page.locator("aside.notice.strong")
    assert notice.is_visible()
    where, heading = notice.bounding_box(), page.locator("article h1").bounding_box()
    assert where
    assert heading
    assert where["y"] < heading["y"]
    marked = page.locator("article .outdated")
    assert marked.first.is_visible()
    assert words(project, tag)["note_block"] in marked.first.inner_text()
    notice.get_by_role("link").click()
    assert page.url == f"{address}/recognise/"
    assert page.locator("html").get_attribute("lang") == "en"


def _in_its_own_direction(page: Page, address: str, project: Small, tag: str, way: str) -> None:
    page.goto(f"{address}/{tag}/contact/")
    said = "element => getComputedStyle(element).direction"
    assert page.locator("html").evaluate(said) == way
    assert page.locator("aside.notice").evaluate(said) == way
    assert page.locator("article h1").evaluate(said) == "ltr"
    assert page.locator("aside.notice").inner_text().strip() == says(project, tag, "note_fallback")


def _led_by_the_chooser(page: Page, address: str, tag: str) -> None:
    page.goto(f"{address}/{tag}/recognise/")
    page.locator("details.languages summary").click()
    page.locator("details.languages a[lang=en]").click()
    assert page.url == f"{address}/recognise/"
    page.locator("details.languages summary").click()
    assert page.locator("details.languages a[lang=am]").inner_text().strip().startswith("አማርኛ (")
