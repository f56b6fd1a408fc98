"""A small site in three languages, which a test writes as a few lines of text and builds in this process.

    site = small_site(tmp_path, {"docs/nl/about.md": "# Over deze site\n\nTekst."})
    assert site.build() == []
    assert site.page("nl/about").css_first("h1").text() == "Over deze site"

English is the source; Dutch and Arabic are whole but for a page that is shown in English. In both
languages `recognise` is out of date (the source has LATER, which it had not when they were confirmed),
`about` is a draft and the rest is as it should be.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from environment import ROOT
from safepage import build
from safepage.faults import Faulty
from safepage.output import kept
from safepage.page.paragraphs import paragraphs
from safepage.translations import records

BASE = "https://www.our-name.org/"
LATER = " What you notice matters."
OUTDATED, DRAFT, MISSING = "recognise", "about", "find-centre"  # pages of both translations
REVIEWER = "somebody"
TRANSLATIONS = ("nl", "ar")
MADE_OF = ("overrides", "scripts")  # what a project has beside its content

SETTINGS = """\
site_name: A small site
site_url: https://www.our-name.org/
repo_url: https://github.com/our-name/site
theme: safepage
nav:
  - index.md
  - Main: [recognise.md, advice.md, contact.md]
  - Help: [find-centre.md]
  - Tools: [first-words.md, about.md]
plugins:
  - safepage:
      country: BE
      exit:
        en: https://www.meteo.be/en
        nl: https://www.meteo.be/nl
        ar: https://www.meteo.be/fr
      pictograms:
        movement: lock
        pay: cash-minus
        debt: invoice-text
  - i18n:
      languages:
        - {locale: en, name: English, default: true, build: true}
        - {locale: nl, name: Nederlands, build: true}
        - {locale: ar, name: العربية, build: true}
"""

CONTACTS = """\
operator:
  name: A small house
  address: Main street 1, 1000 Brussels
  email: house@example.org
emergency: {phone: "112", website: https://112.be, source: be.brussels, checked: 2026-11-24}
police: {phone: "101", source: be.brussels, checked: 2026-11-24}
line:
  national: {phone: 078 055 800, source: news.belgium.be, checked: 2026-11-24}
centre:
  brussels:
    name: PAG-ASA
    region: BE-BRU
    phone: 02 511 64 64
    email: info@pag-asa.be
    source: agii.be
    checked: 2026-11-24
  antwerp:
    name: Payoke
    region: BE-VLG
    phone: 03 201 16 90
    email: admin@payoke.be
    website: https://payoke.be
    source: agii.be
    checked: 2026-11-24
minors:
  name: Child Focus
  phone: "116 000"
  source: childfocus.be
  checked: 2026-11-24
"""

REGIONS = """\
BE-BRU: {name: {en: Brussels, nl: Brussel, ar: بروكسل}, centre: brussels, postcodes: ["1000-1299"]}
BE-VAN: {name: {en: Antwerp, nl: Antwerpen}, centre: antwerp, postcodes: ["2000-2999"]}
BE-VLG: {name: Vlaanderen}
"""

# Each page begins with its place; a page without a head gets one from its title.
PAGES = Path(__file__).with_name("fixtures") / "small.txt"


@dataclass(frozen=True)
class Small:
    """A project on the disk; `output` is the folder of its site."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "site"

    def build(self, **options: Any) -> list[str]:
        """Build it. In: options of `build`. Out: a line for each fault; with an error nothing is written."""
        try:
            return [str(fault) for fault in build.build(self.root, self.output, **options)]
        except Faulty as faulty:
            return [str(fault) for fault in faulty.faults]

    def page(self, name: str) -> LexborHTMLParser:
        """A page of the built site by its address: "", "nl/contact", "nl/404.html"."""
        file = self.output / name
        file = file if file.suffix == ".html" else file / "index.html"
        return LexborHTMLParser(file.read_text(encoding="utf-8"))

    def files(self) -> dict[str, bytes]:
        """Everything in the built site."""
        found = [file for file in sorted(self.output.rglob("*")) if file.is_file()]
        return {file.relative_to(self.output).as_posix(): file.read_bytes() for file in found}

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, content: str | bytes | None) -> None:
        """Write a file of the project (text of a page may lack its head), or take it away with None."""
        file = self.root / path
        if content is None:
            file.unlink()
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        text = with_head(content) if path.endswith(".md") and isinstance(content, str) else content
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def change(self, path: str, old: str, new: str) -> int:
        """Replace the first place where a file says `old`; its line, from 1."""
        text = self.read(path)
        assert old in text, f"{path} does not say {old!r}"
        self.write(path, text.replace(old, new, 1).encode())
        return text[: text.index(old)].count("\n") + 1

    def append(self, path: str, text: str) -> int:
        """Add a paragraph at the end of a file; its line."""
        before = self.read(path).rstrip("\n")
        self.write(path, f"{before}\n\n{text}\n".encode())
        return before.count("\n") + 3

    def confirm(self, tag: str, page: str, by: str | None = REVIEWER, source: str = "") -> None:
        """Note that a translation matches its source (or another `source` text), checked `by` somebody."""
        blocks = paragraphs(source or self.read(f"docs/en/{page}.md"))
        record = records.dump(records.renew(None, blocks, by), tag, page)
        self.write(records.record_path(tag, page), record)


def with_head(text: str) -> str:
    """A page with a head; one that has none gets its title's."""
    if text.startswith("---\n"):
        return text
    title = text.partition("# ")[2].partition("\n")[0].partition(" {#")[0]
    return f'---\ntitle: "{title}"\ndescription: "{title}"\n---\n{text}'


@cache
def _known() -> TemporaryDirectory[str]:
    """What a build of the small site keeps for builds after it."""
    folder = TemporaryDirectory(prefix="known-")
    site = _laid(Path(folder.name) / "site", {})
    assert site.build() == []
    return folder


@cache
def defaults() -> dict[str, str]:
    """The text of each file that a test does not give: by its path in the project."""
    pages = [part.partition("\n") for part in PAGES.read_text(encoding="utf-8").split("=== ")[1:]]
    words = [f"docs/{tag}/interface.yml" for tag in ("en", *TRANSLATIONS)]
    return {
        "mkdocs.yml": SETTINGS,
        "docs/contacts.yml": CONTACTS,
        "docs/regions.yml": REGIONS,
        "docs/reviewers.yml": "".join(f"{tag}: [{REVIEWER}]\n" for tag in TRANSLATIONS),
        **{name: (ROOT / name).read_text(encoding="utf-8") for name in words},
        **{f"docs/{name}.md": f"{text.strip()}\n" for name, _, text in pages},
    }


def small_site(root: Path, files: Mapping[str, str | None] | None = None) -> Small:
    """Write a small site into a folder.

    In: the folder, made if need be; texts that differ from the small site's by their path in the project
    (None: the file is not there). A translation that is given is confirmed as the one in its place is.
    What its own pages gave in a build is kept there, as after a first one: those that differ are made.
    """
    site = _laid(root, files or {})
    shutil.copytree(Path(_known().name) / "site" / kept.FOLDER, root / kept.FOLDER)
    return site


def _laid(root: Path, files: Mapping[str, str | None]) -> Small:
    site = Small(root)
    root.mkdir(parents=True, exist_ok=True)
    for name in MADE_OF:
        _lay(ROOT / name, root / name)
    chosen = {**defaults(), **files}
    for path, text in chosen.items():
        if text is not None:
            site.write(path, text)
    for tag in TRANSLATIONS:
        for file in sorted((root / "docs" / tag).glob("*.md")):
            source = site.read(f"docs/en/{file.name}")
            old = source.replace(LATER, "") if file.stem == OUTDATED else source
            if f"{records.record_path(tag, file.stem)}" not in chosen:
                site.confirm(tag, file.stem, None if file.stem == DRAFT else REVIEWER, old)
    return site


def with_languages(names: Mapping[str, str]) -> dict[str, str | None]:
    """The files of more languages, for `small_site`: a Dutch home page under other tags. In: their names."""
    settings = defaults()["mkdocs.yml"]
    files: dict[str, str | None] = {}
    for tag, name in names.items():
        settings = settings.replace("        ar: ", f'        "{tag}": https://www.meteo.be/en\n        ar: ')
        settings += f'        - {{locale: "{tag}", name: {name}, build: true}}\n'
        own = ("interface.yml", "index.md")
        files |= {f"docs/{tag}/{file}": defaults()[f"docs/nl/{file}"] for file in own}
    return {**files, "mkdocs.yml": settings}


def _lay(source: Path, target: Path) -> None:
    """Have a folder of the repository in a project, as quickly as the system can."""
    try:
        target.symlink_to(source, target_is_directory=True)
    except OSError:  # Windows asks for a right that not everyone has
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
