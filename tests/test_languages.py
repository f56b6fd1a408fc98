"""What readers are told of a text's language and state: real builds of a small site in this site's frame."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser, LexborNode

from environment import ROOT
from running import COMMAND, environment_of
from safepage import cli
from safepage.page import yaml_text
from safepage.site.languages import language_name
from safepage.site.locales import direction
from safepage.translations import freshness
from serving import serving

pytestmark = pytest.mark.xdist_group("languages")

BASE = "https://example.org/"
PAGES = Path(__file__).parent / "fixtures" / "translations" / "site"
NAVIGATION = "nav:\n  - index.md\n  - Main: [recognise.md, advice.md, contact.md]\n"
NAVIGATION += "  - Tools: [before-you-speak.md, about.md]\n"
BEGUN = ["pt-PT", "zh-Hans", "zh-Hant", "fa", "am"]
STATES = [("nl", "ltr"), ("ar", "rtl")]
both = pytest.mark.parametrize(("tag", "way"), STATES)


class Project:
    """A small site in English, Dutch and Arabic, with this site's frame and words, to change and build."""

    def __init__(self, root: Path) -> None:
        self.root, self.site = root, root / "site"
        for name in ("overrides", "scripts"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(PAGES, root / "docs")
        for file in [*(ROOT / "docs").glob("*.yml"), *(ROOT / "docs").glob("*/interface.yml")]:
            place = root / file.relative_to(ROOT)
            if place.parent.is_dir():
                shutil.copy(file, place)
        (root / "docs/reviewers.yml").write_text("nl: [somebody]\nar: [somebody]\n", encoding="utf-8")
        config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        for what, instead in (
            (r"^site_url:.*\n", f"site_url: {BASE}\n"),
            (r"^#?\s*repo_url:.*\n", ""),
            (r"^nav:.*\n(?:[ -].*\n)+", NAVIGATION),
            (r"^ *- \{locale: (?!en|nl|ar).*\n", ""),
        ):
            config = re.sub(what, instead, config, flags=re.MULTILINE)
        (root / "mkdocs.yml").write_text(config, encoding="utf-8")
        for tag, _ in STATES:
            for page in (PAGES / tag).glob("*.md"):
                self.run("confirm", tag, page.stem)

    def build(self, code: int = 0) -> str:
        """Build the site as the command does; what it says."""
        parsed.cache_clear()
        command = [*COMMAND, "build", "--output", str(self.site)]
        env = environment_of(self.root)
        done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    def run(self, *words: str) -> None:
        """Run `translations`."""
        assert cli.main(["translations", *words], self.root) == 0

    def edit_source(self, page: str, kind: str = "p", number: int = 1) -> None:
        """Add words to a paragraph (or other kind of block) of a source page, the second unless told."""
        file = self.root / f"docs/en/{page}.md"
        lines = file.read_text(encoding="utf-8").split("\n")
        blocks = [b for b in freshness.paragraphs("\n".join(lines)) if b.kind == kind]
        at = blocks[number].line - 1
        words, brace, anchor = lines[at].partition(" {#")
        lines[at] = f"{words} Some more words.{brace}{anchor}"
        file.write_text("\n".join(lines), encoding="utf-8")

    def page(self, path: str) -> LexborHTMLParser:
        """A page of the site that was built: "nl/contact"."""
        return parsed(self.site / path / "index.html")

    def words(self, tag: str) -> dict[str, str]:
        """The words of a language's frame."""
        path = f"docs/{tag}/interface.yml"
        return yaml_text.load((self.root / path).read_text(encoding="utf-8"), path)[0]

    def says(self, tag: str, key: str) -> str:
        """A sentence of the frame with the source's name in it."""
        return self.words(tag)[key].replace("{language}", language_name("en", tag))


@cache
def parsed(file: Path) -> LexborHTMLParser:
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


def attribute(html: LexborHTMLParser, selector: str, name: str) -> str | None:
    node = html.css_first(selector)
    return None if node is None else node.attributes.get(name)


def text(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node else ""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Dutch and Arabic: contact missing, recognise and about outdated, advice current, the rest drafts.

    Other languages have begun: Persian and traditional Chinese with a page of their own, the rest without.
    """
    it = Project(tmp_path_factory.mktemp("languages"))
    for tag, _ in STATES:
        for page in ("recognise", "about", "advice"):
            it.run("confirm", tag, page, "--reviewed-by", "somebody")
        (it.root / f"docs/{tag}/contact.md").unlink()
    for tag in BEGUN:
        it.run("new", tag)
    for tag, other in (("fa", "ar"), ("zh-Hant", "nl")):
        shutil.copy(it.root / f"docs/{other}/index.md", it.root / f"docs/{tag}/index.md")
    it.edit_source("recognise")
    it.edit_source("recognise", "check", 0)
    it.edit_source("about")
    it.build()
    return it


# a missing page


@both
def test_a_missing_page_is_the_source_and_says_so(project: Project, tag: str, way: str) -> None:
    html = project.page(f"{tag}/contact")
    assert (attribute(html, "html", "lang"), attribute(html, "html", "dir")) == (tag, way)
    assert (attribute(html, "article", "lang"), attribute(html, "article", "dir")) == ("en", "ltr")
    (notice,) = html.css("aside.notice")
    assert text(notice) == project.says(tag, "note_fallback")
    assert notice.parent.tag != "article"  # in the reader's language, not in the text's
    assert text(html.css_first("#quick-exit")).startswith(project.words(tag)["exit"])


@both
def test_a_missing_page_claims_nothing(project: Project, tag: str, way: str) -> None:
    html = project.page(f"{tag}/contact")
    assert attribute(html, "link[rel=canonical]", "href") == f"{BASE}contact/"
    for other in ("contact", "nl/contact", "ar/contact"):
        claimed = {link.attributes["hreflang"] for link in project.page(other).css("link[rel=alternate]")}
        assert claimed == {"en", "x-default"}
    assert f"{BASE}{tag}/contact/" not in (project.site / "sitemap.xml").read_text(encoding="utf-8")


@both
def test_a_missing_page_names_its_language_in_menus(project: Project, tag: str, way: str) -> None:
    links = project.page(f"{tag}/advice").css("nav a[href='../contact/']")
    assert links
    for link in links:
        assert link.css_first("[lang=en]") is not None


# a draft, an outdated page, a current one


@both
def test_a_draft_says_so(project: Project, tag: str, way: str) -> None:
    html = project.page(f"{tag}/before-you-speak")
    (notice,) = html.css("aside.notice")
    assert project.words(tag)["note_draft"] in text(notice)
    assert attribute(html, "article", "lang") is None
    assert attribute(html, "link[rel=canonical]", "href") == f"{BASE}{tag}/before-you-speak/"


@both
def test_a_current_page_says_nothing(project: Project, tag: str, way: str) -> None:
    html = project.page(f"{tag}/advice")
    assert html.css("aside.notice") == []
    assert html.css(".outdated") == []


@both
def test_an_outdated_page_says_so(project: Project, tag: str, way: str) -> None:
    html = project.page(f"{tag}/about")
    (notice,) = html.css("aside.notice")
    assert project.says(tag, "note_outdated") in text(notice)
    assert "strong" not in (notice.attributes["class"] or "")
    assert len(html.css("article .outdated")) == 1


@both
def test_an_outdated_page_that_matters_warns_strongly(project: Project, tag: str, way: str) -> None:
    html = project.page(f"{tag}/recognise")
    (notice,) = html.css("aside.notice")
    assert "strong" in (notice.attributes["class"] or "")
    assert project.says(tag, "note_outdated_strong") in text(notice)
    link = notice.css_first("a")
    assert link.attributes["href"] == "../../recognise/"
    assert link.attributes["hreflang"] == "en"
    assert text(link) == project.says(tag, "note_source")


@both
def test_the_outdated_paragraphs_are_marked(project: Project, tag: str, way: str) -> None:
    there = freshness.paragraphs((project.root / f"docs/{tag}/recognise.md").read_text(encoding="utf-8"))
    paragraph = [b for b in there if b.kind == "p"][1]
    sign = next(b for b in there if b.kind == "check")
    marked = project.page(f"{tag}/recognise").css("article .outdated")
    assert [node.tag for node in marked] == ["p", "li"]
    assert text(marked[0]) == f"{project.words(tag)['note_block']} {paragraph.text}"
    assert marked[1].css_first(f"#{sign.id}") is not None or marked[1].attributes.get("id") == sign.id


def test_the_source_itself_says_nothing(project: Project) -> None:
    for page in ("recognise", "about", "contact"):
        assert project.page(page).css("aside.notice, .outdated") == []


# tags


@pytest.mark.parametrize("tag", BEGUN)
def test_language_and_direction_of_other_tags(project: Project, tag: str) -> None:
    for page in ("", "recognise"):
        html = project.page(f"{tag}/{page}")
        assert (attribute(html, "html", "lang"), attribute(html, "html", "dir")) == (tag, direction(tag))
    assert (direction("fa"), direction("am")) == ("rtl", "ltr")


@pytest.mark.parametrize("tag", BEGUN)
def test_a_language_that_has_just_begun_claims_nothing(project: Project, tag: str) -> None:
    html = project.page(tag)
    own = tag in ("fa", "zh-Hant")
    assert attribute(html, "article", "lang") == (None if own else "en")
    assert attribute(html, "link[rel=canonical]", "href") == (f"{BASE}{tag}/" if own else BASE)
    sitemap = (project.site / "sitemap.xml").read_text(encoding="utf-8")
    assert (f"<loc>{BASE}{tag}/</loc>" in sitemap) == own
    assert f"{BASE}{tag}/recognise/" not in sitemap
    note = project.words(tag)["note_draft" if own else "note_fallback"].split("{")[0]
    assert note in text(html.css_first("aside.notice"))


# chooser and menus


def targets(project: Project, html: LexborHTMLParser, url: str) -> Iterator[tuple[LexborNode, Any]]:
    """The links of a page's frame to pages of the site, and those pages."""
    for link in html.css("header a[href], footer a[href], aside a[href]"):
        href = link.attributes["href"] or ""
        place = urlsplit(urljoin(BASE + url, href))
        if place.netloc == "example.org" and not href.startswith("#"):
            yield link, project.page(place.path.strip("/") or ".")


def test_no_menu_leads_to_another_language_without_saying_so(project: Project) -> None:
    seen = 0
    for file in sorted(project.site.rglob("index.html")):
        url = file.parent.relative_to(project.site).as_posix()
        if url == "contributors":
            continue
        html = parsed(file)
        here = attribute(html, "html", "lang") or ""
        for link, there in targets(project, html, "" if url == "." else f"{url}/"):
            promised = link.attributes.get("lang") or here
            content = attribute(there, "article", "lang") or attribute(there, "html", "lang") or ""
            if content == promised:
                continue
            seen += 1
            assert link.attributes.get("hreflang") == content, (url, link.html)
            assert language_name(content, promised) in text(link), (url, link.html)
    assert seen > 50


def test_the_chooser_names_each_language_by_itself(project: Project) -> None:
    links = project.page("nl/contact").css("details.languages a")
    assert [link.attributes["lang"] for link in links] == ["en", "nl", "ar", *BEGUN]
    for link in links:
        assert link.attributes["dir"] == direction(link.attributes["lang"] or "")
    assert text(links[3]).startswith("Português (Portugal)")
    assert [link.attributes["lang"] for link in links if link.attributes.get("aria-current")] == ["nl"]


# sitemap and 404

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_the_sitemap_is_true(project: Project) -> None:
    root = ET.parse(project.site / "sitemap.xml").getroot()
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
        claimed = {a.attributes["hreflang"]: a.attributes["href"] for a in html.css("link[rel=alternate]")}
        assert claimed == links
        for tag, other in links.items():
            if tag != "x-default":
                assert found[other] == links  # both ways
    assert f"{BASE}nl/recognise/" in found
    assert f"{BASE}contributors/" not in found


@pytest.mark.parametrize("first", ["en", "nl", "ar", "fa"])
def test_the_page_for_unknown_addresses_speaks_every_language(project: Project, first: str) -> None:
    html = parsed(project.site / ("404.html" if first == "en" else f"{first}/404.html"))
    assert (attribute(html, "html", "lang"), attribute(html, "html", "dir")) == (first, direction(first))
    parts = html.css("article > div[lang]")
    tags = [part.attributes["lang"] or "" for part in parts]
    assert tags[0] == first
    assert sorted(tags) == sorted(["en", "nl", "ar", *BEGUN])
    for tag, part in zip(tags, parts, strict=True):
        assert part.attributes["dir"] == direction(tag)
        assert project.words(tag)["not_found_text"] in text(part)
        assert part.css_first("a[href='tel:112']") is not None
    assert html.css_first("#quick-exit") is not None
    assert attribute(html, "meta[name=robots]", "content") == "noindex"


# the contributors' page


def test_the_contributors_page(project: Project) -> None:
    html = project.page("contributors")
    assert attribute(html, "meta[name=robots]", "content") == "noindex"
    shown = text(html.css_first("article"))
    assert "out of date: 2 paragraphs have changed" in shown
    assert "not translated" in shown
    assert "checked by somebody" in shown
    linked = {a.attributes["href"] for a in project.page("about").css("a[href]")}
    assert "../contributors/" in linked


def test_links_for_contributors_when_there_is_a_repository(tmp_path: Path) -> None:
    it = Project(tmp_path / "copy")
    (it.root / "docs/nl/contact.md").unlink()
    config = (it.root / "mkdocs.yml").read_text(encoding="utf-8")
    config += "\nrepo_url: https://github.com/example/site\n"
    (it.root / "mkdocs.yml").write_text(config, encoding="utf-8")
    it.build()
    links = [a.attributes["href"] or "" for a in it.page("contributors").css("article a")]
    assert "https://github.com/example/site/edit/main/docs/ar/contact.md" in links
    new = "https://github.com/example/site/new/main/docs/nl?filename=contact.md&value=---%0Atitle%3A"
    assert [link for link in links if link.startswith(new)]


# transitions


def test_from_missing_to_current_and_outdated(tmp_path: Path) -> None:
    it = Project(tmp_path / "copy")
    page = it.root / "docs/ar/contact.md"
    kept = page.read_text(encoding="utf-8")

    def notices() -> list[str]:
        it.build()
        return [node.attributes["class"] or "" for node in it.page("ar/contact").css("aside.notice")]

    page.unlink()
    assert notices() == ["notice fallback"]
    page.write_text(kept, encoding="utf-8")
    assert notices() == ["notice draft"]
    it.run("confirm", "ar", "contact", "--reviewed-by", "somebody")
    assert notices() == []
    it.edit_source("contact")
    assert notices() == ["notice outdated strong"]
    it.run("confirm", "ar", "contact", "--reviewed-by", "somebody")
    assert notices() == []


def test_a_broken_structure_stops_the_build_with_a_line_in_both(tmp_path: Path) -> None:
    it = Project(tmp_path / "copy")
    page = it.root / "docs/nl/recognise.md"
    page.write_text(page.read_text(encoding="utf-8").replace("{#meaning}", "{#betekenis}"), encoding="utf-8")
    shown = it.build(code=1)
    line = next(line for line in shown.splitlines() if "{#betekenis}" in line)
    assert re.match(r"docs/nl/recognise\.md:\d+: error: ", line)
    assert re.search(r"docs/en/recognise\.md:\d+ ", line)
    assert "Traceback" not in shown


def test_a_new_section_of_the_source_does_not_stop_the_build(tmp_path: Path) -> None:
    it = Project(tmp_path / "copy")
    page = it.root / "docs/en/advice.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n## More {#more}\n\nWords.\n", encoding="utf-8")
    assert "docs/nl/advice.md:" in it.build()
    assert "outdated" in (attribute(it.page("nl/advice"), "aside.notice", "class") or "")


def test_an_unreadable_record_is_one_line(tmp_path: Path) -> None:
    it = Project(tmp_path / "copy")
    record = it.root / "docs/nl/.confirmed/advice.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("source:", "<<<<<<< ours"), encoding="utf-8")
    shown = it.build(code=1)
    assert "docs/nl/.confirmed/advice.yml:4: error: " in shown
    assert "Traceback" not in shown


# in a browser


@pytest.fixture(scope="module")
def address(project: Project) -> Iterator[str]:
    with serving(project.site) as where:
        yield where


@both
def test_a_reader_sees_the_warning_first(
    page: Page, address: str, project: Project, tag: str, way: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{address}/{tag}/recognise/")
    notice = page.locator("aside.notice.strong")
    assert notice.is_visible()
    where, heading = notice.bounding_box(), page.locator("article h1").bounding_box()
    assert where
    assert heading
    assert where["y"] < heading["y"]
    marked = page.locator("article .outdated")
    assert marked.first.is_visible()
    assert project.words(tag)["note_block"] in marked.first.inner_text()
    notice.get_by_role("link").click()
    assert page.url == f"{address}/recognise/"
    assert page.locator("html").get_attribute("lang") == "en"


@both
def test_a_fallback_runs_in_its_own_direction(
    page: Page, address: str, project: Project, tag: str, way: str
) -> None:
    page.goto(f"{address}/{tag}/contact/")
    said = "element => getComputedStyle(element).direction"
    assert page.locator("html").evaluate(said) == way
    assert page.locator("aside.notice").evaluate(said) == way
    assert page.locator("article h1").evaluate(said) == "ltr"
    assert page.locator("aside.notice").inner_text().strip() == project.says(tag, "note_fallback")


@both
def test_the_chooser_leads_from_one_language_to_another(page: Page, address: str, tag: str, way: str) -> None:
    page.goto(f"{address}/{tag}/recognise/")
    page.locator("details.languages summary").click()
    page.locator("details.languages a[lang=en]").click()
    assert page.url == f"{address}/recognise/"
    page.locator("details.languages summary").click()
    assert page.locator("details.languages a[lang=am]").inner_text().strip().startswith("አማርኛ (")
