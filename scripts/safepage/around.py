"""What the templates are given: what stands around a page's text, and pages that have no text of their own.

Knows no MkDocs. overrides/base.html and its parts name each of these values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from safepage.faults import Faulty
from safepage.lists import Lists
from safepage.output.kept import NOTHING, Kept, Remembered
from safepage.page import head
from safepage.site import frame, languages
from safepage.site.locales import direction
from safepage.translations import contributors
from safepage.translations.editing import edit_url, new_url
from safepage.translations.review import review_address
from safepage.way import Text, Way

PRINTS = frozenset(("poster/index.html", "card/index.html"))
CONTRIBUTORS = "contributors/index.html"
_LOST = "404.html"
_LONGEST = 2_000  # signs of an address that begins a file


@dataclass(frozen=True)
class Entry:
    """A page as menus list it: its file, the language of that, its address from the site's root, its head."""

    file: str
    locale: str
    url: str
    meta: Mapping[str, Any]


@dataclass(frozen=True)
class Menu:
    """The menus: groups with their names, the main menu first; or, where there are none, all `pages`."""

    groups: Sequence[tuple[str, Sequence[Entry]]]
    pages: Sequence[Entry]


@dataclass(frozen=True)
class Around:
    """The frame of one language: `part` renders the template of a part ("find/list.html"); what is `kept` of
    other builds.

    In a `preview` each page of a translation leads to its review, and one that its language lacks to where it
    is begun.
    """

    way: Way
    site_url: str
    repo_url: str | None
    part: Callable[..., str]
    kept: Kept = NOTHING
    preview: bool = False

    def templates(self) -> set[str]:
        """The pages without a text that this language has; those for all languages come with the source."""
        site, locale = self.way.shared.site, self.way.locale
        once = {"robots.txt", "sitemap.xml"} if locale == site.source else set()
        if once and self.translated:
            once.add(CONTRIBUTORS)
        return {_LOST, *once, *(PRINTS if frame.has_sheets(site, locale) else ())}

    @property
    def translated(self) -> bool:
        """True for a site with translations, which contributors work on."""
        return bool(self.way.shared.translations.locales)

    def place(self, template: str) -> str:
        """Where such a page stands in the site: the page for an unknown address begins with its language."""
        several = template in {_LOST, *PRINTS} and self.way.locale != self.way.shared.site.source
        return f"{self.way.locale}/{template}" if several else template

    def page(self, text: Text, url: str, html: str, menu: Menu, href: Callable[[str], str]) -> dict[str, Any]:
        """Everything that base.html shows.

        In: the page; its address from the site's root; its HTML; the menus; how this page links to such an
        address.
        """
        way, site, locale = self.way, self.way.shared.site, self.way.locale
        content, name = way.content_locale(text.file, text.locale), site.page_name(text.file)

        def to(target: str, tag: str = locale) -> str:
            return href(languages.url_of(target, tag, site.source))

        def entries(pages: Sequence[Entry]) -> list[dict[str, Any]]:
            return [self._entry(page, text.file, href) for page in pages]

        lists = Lists(site, locale, content, self.part, way.shared.theme.ids)
        html = Markup(lists.fill(html, lambda: entries(menu.pages), href))
        others = frame.alternates(site, name)
        real = locale if content == locale else site.source
        reviewed = self.preview and locale != site.source
        return {
            **frame.shared(site, locale, self.site_url),
            "home": name == "index",
            "practice": '#practice"' in html,
            "review_url": href(review_address(locale, name)) if reviewed else "",
            "searchable": content == locale and name != "search",
            "contributors_url": href("contributors/") if name == "about" and self.translated else "",
            "content": html,
            "content_locale": content,
            "content_direction": direction(content),
            "canonical": self.site_url + next(other["url"] for other in others if other["locale"] == real),
            "home_url": to("index"),
            "contact_url": f"{to('contact')}#centres",
            "menu": entries(menu.groups[0][1] if menu.groups else menu.pages),
            "groups": [
                {"title": site.words[locale].get(f"menu_{title.lower()}", ""), "pages": entries(pages)}
                for title, pages in menu.groups[1:]
            ],
            "alternates": [{**other, "href": href(other["url"])} for other in others],
            "notices": [
                {**self._begin(text, content), **notice}
                for notice in frame.notices(
                    site,
                    text.state,
                    bool(text.meta.get("safety_critical")),
                    locale,
                    content,
                    to(name, site.source),
                    text.unsaid,
                    bool(text.meta.get("draft")),
                    way.unsure,
                )
            ],
            "checklist": 'class="checklist"' in html,
            "phrases": 'class="phrases"' in html,
            "listen": head.switched(text.original or text.whole, "listen"),
        }

    def _begin(self, text: Text, content: str) -> dict[str, str]:
        """In a preview, for a page that is not in its language: where it is begun, or its copy translated."""
        locale = self.way.locale
        if not self.preview or content == locale:
            return {}
        path = f"docs/{locale}/{self.way.shared.site.page_name(text.file)}.md"
        edit = edit_url(self.repo_url, path) if text.locale == locale else None
        href = edit or new_url(self.repo_url, path, text.whole, _LONGEST)
        return {"href": href, "language": "en", "link": f"Translate {path}"} if href else {}

    def _entry(self, page: Entry, shown: str, href: Callable[[str], str]) -> dict[str, Any]:
        way = self.way
        language = way.content_locale(page.file, page.locale)
        abroad = language != way.locale
        return {
            "title": page.meta.get("menu") or page.meta["title"],
            "full": page.meta["title"],
            "number": page.meta.get("number"),
            "href": href(page.url),
            "current": page.file == shown,
            "language": language if abroad else "",
            "note": frame.in_language(way.shared.site, language, way.locale) if abroad else "",
        }

    def template(self, name: str) -> dict[str, Any]:
        """For the pages not made of Markdown: for unknown addresses, for contributors, to print, the map."""
        site, locale = self.way.shared.site, self.way.locale
        root = re.sub(r"^https?://[^/]+", "", self.site_url or "/")
        # The page for an unknown address may be shown at any depth.
        above = root if name == _LOST else "../" * self.place(name).count("/")
        listed = sorted(site.existing) if name == "sitemap.xml" else []
        offered = site.locales if name == _LOST else []
        return {
            **frame.shared(site, locale, self.site_url),
            "root": root,
            "home_url": above + languages.url_of("index", locale, site.source),
            "alternates": [],
            "menu": [],
            "groups": [],
            "homes": [
                {
                    "words": site.words[tag],
                    "locale": tag,
                    "direction": direction(tag),
                    "href": root + languages.url_of("index", tag, site.source),
                    "emergency": frame.shared(site, tag, self.site_url)["emergency"],
                }
                for tag in sorted(offered, key=lambda tag: tag != locale)
            ],
            "addresses": [languages.url_of(page, site.source, site.source) for page in sorted(site.existing)],
            "pages": [
                languages.alternates(page, site.locales, site.autonyms, site.existing) for page in listed
            ],
            **(frame.sheet(site, locale, self.way.shared.docs, self.site_url) if name in PRINTS else {}),
            "print_url": above + languages.url_of("print", locale, site.source),
            "contributors": self._overview() if name == CONTRIBUTORS else [],
            "repo_url": self.repo_url,
        }

    def _overview(self) -> list[contributors.Language]:
        """How every translation stands."""
        remembered = Remembered(self.kept, "translations")
        translations, address = self.way.shared.translations, self.repo_url
        try:
            found, faults = contributors.overview(translations, remembered, address, reviewed=self.preview)
        except Faulty as faulty:  # the words of a hidden language can't be read
            found, faults = [], faulty.faults
        remembered.keep()
        self.way.faults += faults
        return found
