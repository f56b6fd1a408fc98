"""A translation beside its source in one file, in the style of all pages: for the command `translations
review`, the live server and the preview."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from safepage.faults import Fault
from safepage.output import inline
from safepage.site import parts
from safepage.translations import catalogue, telling
from safepage.translations.catalogue import Catalogue
from safepage.translations.review import REVIEWS, review_address, sheet

_ADDRESS = re.compile(rf"/{REVIEWS}/([^/]+)/(.+)/")


@dataclass(frozen=True)
class Reviews:
    """The reviews of a project as it is now, in the `style` of its pages."""

    site: Catalogue
    style: str

    @classmethod
    def read(cls, root: Path) -> Self:
        """In: the project's folder. Raises Faulty if its settings can't be read."""
        return cls(catalogue.read(root), parts.read(parts.folders(root)).style + sheet.style())

    def html(self, locale: str, pages: Sequence[str], faults: Collection[Fault]) -> str:
        """Pages of a language beside the source's: a whole document that asks for no other file.

        In: the pages' names; what a build has found, of any page. Raises Faulty if a file can't be read.
        """
        return inline.page(sheet.html(self.site, locale, pages, faults), self.style, {})

    def at(self, address: str, faults: Collection[Fault]) -> str | None:
        """The document at an address of the live server; None if there is none.

        In: such as "/review/nl/recognise/"; what a build has found. Raises Faulty as `html`.
        """
        match = _ADDRESS.fullmatch(address)
        known = match and match[1] in self.site.locales and match[2] in telling.known_pages(self.site, [])
        return self.html(match[1], [match[2]], faults) if match and known else None

    def write(self, folder: Path, locale: str, faults: Collection[Fault]) -> None:
        """Write the review of each page of a language into the folder of a site. Raises Faulty as `html`."""
        for page in telling.known_pages(self.site, []):
            file = folder / review_address(locale, page) / "index.html"
            file.parent.mkdir(parents=True)
            file.write_text(self.html(locale, [page], faults), encoding="utf-8", newline="\n")
