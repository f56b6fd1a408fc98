"""What a site begins with: the texts, the settings and the locks that come with the generator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from safepage.gate import leftovers
from safepage.page import texts, yaml_text
from safepage.site import settings
from safepage.translations import freshness, reviewers
from safepage.translations.records import Record

PACKAGE = Path(__file__).parents[1]
REPOSITORY = PACKAGE.parents[1]  # where the generator's code stands; else nothing is looked for there


def place(packed: str, here: str) -> Path:
    """A file or folder of the wheel; where the generator's code stands, that of the repository."""
    return found if (found := PACKAGE / packed).exists() else REPOSITORY / here


def file(name: str) -> str:
    """The text of a file that a begun site is given as it is, or with its names filled in."""
    return _read(place(f"begin/files/{name}", name))


def files(folder: str) -> list[str]:
    """The files of such a folder, by their ways from there."""
    top = place(f"begin/files/{folder}", folder)
    return [file.relative_to(top).as_posix() for file in leftovers.files(top, "")]


def lock(name: str) -> str:
    """What building or looking at a site needs: "build" or "checks"."""
    return _read(place(f"locks/{name}.lock", f"requirements/{name}.lock"))


def _read(path: Path) -> str:
    return texts.read(path, path.name)


@dataclass(frozen=True)
class Packed:
    """The packed pages in all their languages; nothing in them is changed."""

    docs: Path
    settings: settings.Settings

    @classmethod
    def read(cls) -> Packed:
        """Those of this generator."""
        return cls(place("texts", "docs"), settings.read(file("mkdocs.yml")))

    @cached_property
    def source(self) -> str:
        """The language that the others were translated from."""
        return next(one.locale for one in self.settings.languages if one.default)

    @cached_property
    def locales(self) -> list[str]:
        """All languages that have texts, the source first."""
        others = [one.locale for one in self.settings.languages if one.build and not one.default]
        return [self.source, *others]

    @cached_property
    def pages(self) -> list[str]:
        """The names of the source's pages: "professions/health"."""
        folder = self.docs / self.source
        found = leftovers.files(folder, ".md")
        return [page.relative_to(folder).with_suffix("").as_posix() for page in found]

    @cached_property
    def national(self) -> Mapping[str, list[str]]:
        """Of each page the anchors of the sections that hold in the country of the packed texts alone."""
        text = self.text("national.yml")
        found: dict[str, Any] = yaml_text.load(text, "docs/national.yml")[0] if text else {}
        return found

    @cached_property
    def reviewers(self) -> reviewers.Reviewers:
        """Who checked which language."""
        return reviewers.load(self.text("reviewers.yml") or "")

    def text(self, name: str) -> str | None:
        """The text of a file below docs/; None if there is none."""
        path = self.docs / name
        return _read(path) if path.is_file() else None

    def word(self, locale: str, key: str) -> str:
        """A word of the frame in a language."""
        words = yaml_text.load(self.text(f"{locale}/interface.yml") or "", "interface.yml")[0]
        return str(words[key])

    def page(self, locale: str, name: str) -> str | None:
        """The text of a page in a language; None where that has it not, or only the source's words."""
        text, original = self.text(f"{locale}/{name}.md"), self.text(f"{self.source}/{name}.md") or ""
        if text is None or locale == self.source:
            return text
        state = freshness.state(original, text, self.record(locale, name), places=False)
        return None if state.status == "missing" else text

    def record(self, locale: str, name: str) -> Record | None:
        """What a translation was confirmed against; None where nobody has."""
        path = freshness.record_path(locale, name)
        text = self.text(path.removeprefix("docs/"))
        return None if text is None else self.reviewers.trusted(freshness.load(text, path), locale)
