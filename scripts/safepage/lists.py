"""The lists that a text asks for by `{{ list.… }}`: parts of the theme, filled with the site's data."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from safepage.page import blocks
from safepage.site import directory, frame
from safepage.site.data import Site
from safepage.site.locales import direction

_ID = re.compile(r'\sid="([^"]*)"')


class Lists:
    """The lists of the pages of one language, `locale`, whose texts are in `content`.

    In: the site; `part`, which renders the template of a part; the ids that the frame of a page has.
    """

    def __init__(
        self, site: Site, locale: str, content: str, part: Callable[..., str], frame_ids: Collection[str]
    ) -> None:
        self.site, self.locale, self.content, self.frame_ids = site, locale, content, frame_ids
        self.words = site.words[content]
        self.part = part

    def fill(self, html: str, pages: Callable[[], Sequence[Any]], href: Callable[[str], str]) -> str:
        """A text with its lists.

        In: its HTML; what gives the entries of the menus; how its page links to an address from the root.
        """
        if "{{" not in html:
            return html
        taken = {*self.frame_ids, *_ID.findall(html)}

        def make(name: str, level: int) -> str:
            if name == "list.search":
                bundle = href("pagefind/pagefind.js")
                tongue = {"content": self.content, "locale": self.locale}
                tongue["direction"] = direction(self.locale)
                return self._part("search/list.html", pages=pages(), bundle=bundle, **tongue)
            if name == "list.prints":
                return self._part("sheet/list.html", prints=self._prints(href))
            if name == "list.regions":
                return self._regions()
            if blocks.is_short(name) or not self.site.contacts.entries(blocks.kind(name)):
                # What stands in for a kind that the site lacks has its own list, in full.
                short = directory.short(self.site, self.content, self._members(name))
                return self._part("directory/template.html", contacts=short)
            entries = directory.whole(self.site, self.content, blocks.kind(name), taken)
            taken.update(entry["id"] for entry in entries)
            return self._part("directory/list.html", entries=entries, level=level)

        def say(name: str) -> str:
            return directory.one_of(self.site, self.content, self._members(name), blocks.kind(name))

        return blocks.fill(html, make, say)

    def _part(self, name: str, **values: Any) -> str:
        return self.part(name, words=self.words, **values)

    def _members(self, name: str) -> list[str]:
        return directory.members(self.site.contacts, blocks.kind(name))

    def _regions(self) -> str:
        """The table with its form; without regions, or with none where somebody helps, whom to call."""
        rows = directory.by_region(self.site, self.content)
        codes = "".join(row["postcodes"] for row in rows)
        numeric = not any(char.isalpha() for char in codes)
        whom = directory.short(self.site, self.content, directory.whom(self.site.contacts))
        return self._part("find/list.html", regions=rows, codes=codes, numeric=numeric, contacts=whom)

    def _prints(self, href: Callable[[str], str]) -> list[dict[str, str]]:
        found = frame.sheets(self.site, self.locale)
        return [{**one, "poster": href(one["poster"]), "card": href(one["card"])} for one in found]
