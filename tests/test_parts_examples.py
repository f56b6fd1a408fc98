"""No barrier in any part, in any of its states: its examples, with the style and the scripts that pages have.

One page holds the examples of all parts. What stands around a text (header, exit, foot) stands there as on
each page, since it is made by the same base.html.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, Page

from environment import ROOT
from pages import BOTH_WAYS, SOURCE
from safepage.checks.looks import ALL_RULES, AXE, RULES_OF_COLOUR, SETTINGS
from safepage.output import inline
from safepage.output.kept import NOTHING, Remembered
from safepage.site import frame, parts, settings
from safepage.site.data import Site
from safepage.translations import existing

THEME = ROOT / "overrides"
ADDRESS = "https://site.test/examples/"
MENU = ".languages"
# By day and narrow in full; axe takes our colours for those that a reader's system puts in their place.
STATES = [(1280, "light"), (320, "light"), (320, "dark"), (320, "forced colours")]
PAGE = """{% extends "base.html" %}{% block content %}<article><h1>Examples</h1>
{% for part in shown %}
<section data-part="{{ part }}">{% include "parts/" ~ part ~ "/examples.html" %}</section>
{% endfor %}</article>{% endblock %}"""
# What a reader may have done: signs ticked, a sentence enlarged, a postcode found.
ACT = """() => {
  document.querySelectorAll(".checklist input").forEach((box) => box.click());
  document.querySelector(".phrases:not(.paired) button").click();
  document.querySelector("#postcode").value = "1000";
  document.querySelector(".find button").click();
  document.querySelector(".translations details").open = true;
  document.activeElement.blur();
}"""
# The part that shows an element: its section's, or that of the piece of the frame around it.
OWNER = """(selector) => {
  const at = document.querySelector(selector);
  const part = at && at.closest("[data-part], .skip, .languages, .offer, #quick-exit, header, footer");
  return part ? part.dataset.part || part.className || part.id || part.localName : "the page";
}"""


class Examples(Environment):
    """Templates as the build renders them, but that a template that includes a part gets its examples."""

    def join_path(self, template: str, parent: str) -> str:
        """In the examples themselves the part stands as it is."""
        shows = parent.endswith("/examples.html")
        return template if shows else re.sub(r"^(parts/.+)/template\.html$", r"\1/examples.html", template)


def around() -> set[str]:
    """The parts that base.html shows around every text, and those within them."""
    text = (THEME / "base.html").read_text(encoding="utf-8")
    text = re.sub(r"{% block content %}.*?{% endblock %}", "", text, flags=re.DOTALL)
    found: set[str] = set()
    while more := set(re.findall(r'"parts/([\w-]+)/template\.html"', text)) - found:
        found |= more
        text = "".join((THEME / f"parts/{part}/template.html").read_text(encoding="utf-8") for part in more)
    return found


def examples(locale: str) -> str:
    """The page with the examples of all parts, as a build would finish it."""
    written = settings.read((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    exits, pictograms = written.get(*settings.EXITS), written.get(*settings.PICTOGRAMS)
    site = Site.read(
        ROOT / "docs", ROOT / "mkdocs.yml", exits, pictograms, existing.read, Remembered(NOTHING)
    )
    made = Examples(loader=FileSystemLoader(THEME), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    every = sorted(folder.name for folder in (THEME / "parts").iterdir())
    context: dict[str, Any] = {
        **frame.shared(site, locale, "https://site.test/"),
        "alternates": frame.alternates(site, "index"),
        "page": {"meta": {"title": "Examples", "description": "Of all parts"}},
        **dict.fromkeys(("home_url", "contact_url", "canonical"), ADDRESS),
        **dict.fromkeys(("checklist", "phrases", "practice"), True),
        "shown": [part for part in every if part not in around()],
    }
    theme = parts.read([THEME])
    html = made.from_string(PAGE).render(context)
    return inline.page(theme.with_scripts(html), theme.style, theme.scripts)


def barriers(page: Page, width: int, setting: str, within: str = "body") -> list[str]:
    """What axe finds in a piece of the page, each with the part that it is in."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media="screen", **SETTINGS[setting])  # type: ignore[arg-type]
    rules = ALL_RULES if setting == "light" else RULES_OF_COLOUR
    result = page.evaluate("all => axe.run(...all)", [within, {**rules, "resultTypes": ["violations"]}])
    return [
        f"{page.evaluate(OWNER, node['target'][0])}: {fault['id']}: {node['target'][0]}: "
        + " ".join(node["failureSummary"].split())
        for fault in result["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_no_part_has_a_barrier(browser: Browser, locale: str) -> None:
    """As it comes, and as a reader leaves it; in both directions, by day, by night and in forced colours."""
    html = examples(locale)
    states = STATES if locale == SOURCE else STATES[:2]  # no colour hangs on the direction
    told: dict[str, None] = {}  # in the order found, each once
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: told.setdefault(f"a script: {error}"))
        page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.goto(ADDRESS)
        page.evaluate(AXE)
        told.update(dict.fromkeys(barriers(page, *STATES[0])))
        page.evaluate(ACT)
        page.locator("#second").select_option(index=1)
        page.locator("#one .second").wait_for()
        for state in states:
            told.update(dict.fromkeys(barriers(page, *state)))
        page.locator(MENU).evaluate("menu => { menu.open = true; }")
        for state in states[1:]:  # by itself: it lies over the links below it
            told.update(dict.fromkeys(barriers(page, *state, within=MENU)))
    assert list(told) == []
