"""What this generator would give the site at hand, were it begun today."""

from __future__ import annotations

from safepage.begin import guides
from safepage.begin.content import Content
from safepage.begin.packed import Packed
from safepage.site import settings
from safepage.upgrade import words
from safepage.upgrade.files import Files


def texts(site: Files) -> dict[str, str]:
    """Every text of ours, by its path in a site. Raises Faulty where the site's settings can't be read."""
    written = settings.read(site.read("mkdocs.yml") or "")
    languages, names = {}, {}
    for entry in sorted(written.get(*settings.LANGUAGES), key=lambda one: not one.get("default")):
        tag = str(entry["locale"])
        languages[tag] = str(entry["name"])
        if own := site.read(f"docs/{tag}/interface.yml"):
            names[tag] = words.values(own)["site_name"]
    given = Content(Packed.read(), languages, names).texts()
    return given | guides.texts(languages, str(written.get("site_name")))
