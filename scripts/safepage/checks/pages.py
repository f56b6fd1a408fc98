"""The pages of a built site as they were written: which there are, in which language, what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from safepage.gate import leftovers
from safepage.page import texts
from safepage.site import settings
from safepage.site.languages import url_of
from safepage.site.locales import direction

_WORD = re.compile(r"[\w-]+")
# Attributes that hold words, addresses, languages or a drawing (an address as a pattern of squares): all that
# matters of them here is whether they are empty.
_OF_WORDS = {
    "alt",
    "aria-label",
    "content",
    "d",
    "dir",
    "for",
    "href",
    "hreflang",
    "id",
    "lang",
    "placeholder",
    "src",
    "title",
    "value",
}


@dataclass(frozen=True)
class Built:
    """A page of the site: its `file`, its address `path` below the site's root ("/nl/advice/"), the `locale`
    that this belongs to, and the page's `name` in every language ("advice/", "" for the home page).
    One that is `written` was made of a text in docs/, and no template alone."""

    file: Path
    path: str
    locale: str
    name: str
    written: bool

    def __str__(self) -> str:
        return self.path

    @cached_property
    def html(self) -> LexborHTMLParser:
        """The page before any script has run. Shared: to be read only."""
        return LexborHTMLParser(self.file.read_text(encoding="utf-8"))

    def one(self, selector: str) -> LexborNode | None:
        """The first element of a kind, if there is one."""
        return self.html.css_first(selector)

    def attribute(self, selector: str, name: str) -> str | None:
        """An attribute of the first element of a kind; None if there is no such element or attribute."""
        found = self.one(selector)
        return found.attributes.get(name) if found else None

    @cached_property
    def ids(self) -> frozenset[str]:
        """What an address can lead to within the page."""
        return frozenset(str(node.attributes["id"]) for node in self.html.css("[id]"))

    @property
    def content(self) -> str:
        """The locale that the text is in: another than `locale` where the page falls back to the source."""
        return self.attribute("article", "lang") or self.locale


class Project:
    """A site at hand: the folder of its sources, and what mkdocs.yml says of it. Raises Faulty."""

    def __init__(self, root: Path) -> None:
        self.root = root
        read = settings.read(texts.read(root / "mkdocs.yml", "mkdocs.yml"))
        languages = read.languages
        self.locales = [language.locale for language in languages if language.build]
        self.source = next((language.locale for language in languages if language.default), "")
        self.autonyms = {language.locale: language.autonym for language in languages}
        self.locales.sort(key=lambda locale: locale != self.source)
        self.address = str(read.get("site_url") or "").rstrip("/")

    @property
    def under(self) -> str:
        """What comes before every address of the site on its host: "/sub", or nothing."""
        return urlsplit(self.address).path

    @property
    def looked_at(self) -> list[str]:
        """The languages whose pages are looked at in every way: of those of one direction the first, since
        the pages of the others differ in nothing but their words."""
        first: dict[str, str] = {}
        for locale in self.locales:
            first.setdefault(direction(locale), locale)
        return list(first.values())

    def pages(self, site: Path) -> list[Built]:
        """Every page of the built site."""
        folder_of_source = self.root / "docs" / self.source
        names = [f.relative_to(folder_of_source).as_posix() for f in leftovers.files(folder_of_source, ".md")]
        texts_of_source = {url_of(name.removesuffix(".md"), self.source, self.source) for name in names}
        found = []
        for file in sorted(site.rglob("*.html")):
            path = file.relative_to(site).as_posix()
            path = path.removesuffix("index.html") if path.split("/")[-1] == "index.html" else path
            folder, _, rest = path.partition("/")
            in_folder = folder in self.locales and folder != self.source and "/" in path
            locale, name = (folder, rest) if in_folder else (self.source, path)
            found.append(Built(file, f"/{path}", locale, name, name in texts_of_source))
        return found


def form(page: Built) -> frozenset[str]:
    """What a page is made of: its elements and their classes."""
    names = {str(node.tag) for node in page.html.css("main *, main")}
    for node in page.html.css("body, body [class]"):
        names |= {f".{name}" for name in _WORD.findall(node.attributes.get("class") or "")}
    return frozenset(names)


def forms(pages: Iterable[Built], locale: str) -> list[Built]:
    """As few of a language's pages as have all that its pages are made of, the richest first."""
    made_of = {page: form(page) for page in pages if page.locale == locale}
    unseen = frozenset[str]().union(*made_of.values())
    found = []
    while unseen:
        richest = max(made_of, key=lambda page: len(made_of[page] & unseen))
        found.append(richest)
        unseen -= made_of[richest]
    return found


def made_of(page: Built) -> int:
    """A number that the pages have in common whose own part is made of the very same elements, in the same
    order and with the same attributes, so that they differ in words, addresses and languages alone."""
    nodes = (node for part in page.html.css("main") for node in part.traverse(include_text=False))
    return hash(tuple((node.tag, _speaks(node), *map(_attribute, node.attributes.items())) for node in nodes))


def _speaks(node: LexborNode) -> bool:
    return any(
        child.tag == "-text" and (child.text() or "").strip() for child in node.iter(include_text=True)
    )


def _attribute(pair: tuple[str, str | None]) -> tuple[str, object]:
    name, value = pair
    said = name in _OF_WORDS or name.startswith(("aria-", "data-"))
    return name, bool(value) if said else value


def makes(pages: Iterable[Built]) -> list[Built]:
    """As few pages as have all that the pages of any language are made of: the home page of each, in whose
    frame its others stand, and the first of all whose own parts are made alike."""
    first: dict[object, Built] = {}
    for page in pages:
        first.setdefault(page.locale if page.name == "" else made_of(page), page)
    return list(first.values())
