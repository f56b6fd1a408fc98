"""The source and a translation side by side, as HTML: the template, and what it is given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from safepage.faults import Fault
from safepage.site import settings
from safepage.site.locales import direction
from safepage.translations.catalogue import Catalogue
from safepage.translations.review import notes
from safepage.translations.review.reading import Reader


def html(site: Catalogue, locale: str, pages: Sequence[str], faults: Collection[Fault]) -> str:
    """Pages of a language beside the source's, as a document that lacks style and policy.

    In: the pages' names, that of the frame among them, perhaps; what a build has found, of any page. Raises
    Faulty if a file can't be read.
    """
    written = settings.read(site.read("mkdocs.yml") or "")
    reader = Reader.begin(site, locale, str(written.get("repo_url") or "") or None)
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return templates.get_template("page.html").render(
        site_name=written.get("site_name") or "",
        ours={"locale": locale, "direction": direction(locale), "autonym": site.autonyms[locale]},
        source={
            "locale": site.source,
            "direction": direction(site.source),
            "autonym": site.autonyms[site.source],
        },
        parts=[reader.part(name, faults) for name in pages],
        elsewhere=notes.elsewhere(site, locale, faults),
    )


def style() -> str:
    """What the document needs beside the style of all pages."""
    return shared() + Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def shared() -> str:
    """What of it the editor needs, too."""
    return Path(__file__).with_name("shared.css").read_text(encoding="utf-8")
