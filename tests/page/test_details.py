"""A part of a page that a reader opens, also without scripts."""

from __future__ import annotations

from pathlib import Path

from safepage.page import details
from small import small_site

TEXT = """# About this site

!!! details "At *work*"
    - You sleep where you work.

    !!! note "In it"
        Another one.

    Call {{ emergency.phone }}.

After it.
"""


def test_it_is_a_details_element_with_all_that_stands_in_it(tmp_path: Path) -> None:
    texts = {"docs/en/about.md": site_head() + TEXT, "docs/nl/about.md": None, "docs/ar/about.md": None}
    site = small_site(tmp_path, texts)
    assert site.build() == []
    article = site.page("about").css_first("article")
    part = article.css_first("details.details")
    assert [node.tag for node in part.iter()] == ["summary", "ul", "div", "p"]
    assert part.css_first("summary").text() == "At work"
    assert part.css_first("a").attributes["href"] == "tel:112"
    assert "open" not in part.attributes
    assert "After it." not in part.text() and "After it." in article.text()


def test_a_page_without_one_stays_as_it_was() -> None:
    page = '<div class="admonition note"><p class="admonition-title">details</p></div>'
    assert details.render(page) == page


def site_head() -> str:
    return '---\ntitle: About this site\ndescription: "What this small site is for."\n---\n\n'
