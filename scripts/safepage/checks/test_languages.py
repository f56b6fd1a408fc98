"""What a page says of its language, and of itself in others, is true: for readers and for search engines."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urljoin

from safepage.checks.pages import Built, Project
from safepage.site.locales import direction

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
FLAGS = re.compile(r"[\U0001F1E6-\U0001F1FF\U0001F3F3\U0001F3F4]")


def versions(pages: list[Built], project: Project, name: str) -> dict[str, str]:
    """Where a page has words of its own: the address of each language; "x-default" is the source's."""
    true = {p.locale: project.address + p.path for p in pages if p.name == name and p.content == p.locale}
    ordered = {locale: true[locale] for locale in project.locales if locale in true}
    return {**ordered, "x-default": ordered.get(project.source, "")}


def test_language_and_direction_are_said(pages: list[Built]) -> None:
    """A screen reader speaks the page in its language; the page runs in that language's direction."""
    wrong = []
    for page in pages:
        said_of_all = page.attribute("html", "lang"), page.attribute("html", "dir")
        if said_of_all != (page.locale, direction(page.locale)):
            wrong.append(f"{page}: is said to be in {said_of_all}")
        for node in page.html.css("[lang]:not(bdi)"):  # <bdi> finds its own
            said = str(node.attributes["lang"])
            if direction(said) != direction(page.locale) and node.attributes.get("dir") != direction(said):
                wrong.append(f"{page}: <{node.tag} lang={said}> runs in the direction of the page")
    assert not wrong, "\n".join(wrong)


def test_every_page_offers_every_language(project: Project, pages: list[Built]) -> None:
    """Each language by its own name, leading to the same page; the present one is marked; no flag."""
    known = {(page.locale, page.name): page for page in pages}
    wrong = []
    for page in pages:
        menu = page.one("header details.languages")
        if len(project.locales) < 2 or menu is None:
            if len(project.locales) > 1 and page.written:
                wrong.append(f"{page}: no choice of languages")
            continue
        links = {str(link.attributes["lang"]): link for link in menu.css("a")}
        if set(links) != set(project.locales):
            wrong.append(f"{page}: offers {sorted(links)}")
        for locale, link in links.items():
            target = urljoin(project.under + page.path, str(link.attributes["href"]))
            to = known.get((locale, page.name)) or known[locale, ""]
            good = (
                target == project.under + to.path
                and link.text().strip().startswith(project.autonyms[locale])
                and link.attributes["dir"] == direction(locale)
                and link.attributes.get("hreflang", locale) == to.content
                and ("aria-current" in link.attributes) == (locale == page.locale)
            )
            if not good:
                wrong.append(f"{page}: {link.html}")
        if menu.css("img") or FLAGS.search(menu.html or ""):
            wrong.append(f"{page}: a flag stands for a language")
        summary = menu.css_first("summary")
        if not summary or not summary.text().strip().endswith(project.autonyms[page.locale]):
            wrong.append(f"{page}: the menu does not say the language of the page")
    assert not wrong, "\n".join(wrong)


def test_no_page_claims_a_language_that_it_is_not_in(project: Project, pages: list[Built]) -> None:
    """The canonical address is that of the text."""
    wrong = []
    for page in pages:
        if not page.written:
            continue
        own = (
            versions(pages, project, page.name)["x-default"]
            if page.content != page.locale
            else project.address + page.path
        )
        said = page.attribute("link[rel=canonical]", "href")
        if said != own:
            wrong.append(f"{page}: is canonical as {said}, not {own}")
    assert not wrong, "\n".join(wrong)


def test_the_sitemap_is_true(project: Project, pages: list[Built], site: Path) -> None:
    """It holds every page that has words of its own and may be found, with its versions, and nothing else."""
    found = {}
    for url in ET.parse(site / "sitemap.xml").getroot():  # noqa: S314 - our own
        links = {link.attrib["hreflang"]: link.attrib["href"] for link in url.iter(f"{XHTML}link")}
        found[url.findtext(f"{SITEMAP}loc")] = links
    expected = {
        project.address + page.path: versions(pages, project, page.name)
        for page in pages
        if page.written and page.content == page.locale
    }
    assert found == expected
    assert (site / "robots.txt").read_text() == f"Sitemap: {project.address}/sitemap.xml"


def test_anchors_are_the_same_in_every_language(project: Project, pages: list[Built]) -> None:
    """A link to a part of a page can be passed on to someone who reads another language."""

    def anchors(page: Built) -> list[str]:
        return [str(node.attributes["id"]) for node in page.html.css("article [id]") if node.tag != "h1"]

    sources = {page.name: anchors(page) for page in pages if page.locale == project.source}
    wrong = [
        f"{page}: {anchors(page)}, not {sources[page.name]}"
        for page in pages
        if page.name in sources and anchors(page) != sources[page.name]
    ]
    assert not wrong, "\n".join(wrong)


def test_titles_tell_pages_apart(project: Project, pages: list[Built]) -> None:
    """In a list of tabs or results each page of a language can be known by its title."""
    wrong = []
    for locale in project.locales:
        titles: dict[str, str] = {}
        for page in pages:
            title = page.one("title")
            if page.locale != locale or title is None:
                continue
            first = titles.setdefault(title.text(), page.path)
            if first != page.path:
                wrong.append(f"{page}: has the title of {first}")
    assert not wrong, "\n".join(wrong)
