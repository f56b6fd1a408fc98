"""The checklist: from a plain task list to a form."""

from __future__ import annotations

import markdown
import pytest
from selectolax.lexbor import LexborHTMLParser

from safepage.page.checklist import Sign, check, read, render

ICONS = {"pay": "<svg>1</svg>", "debt": "<svg>2</svg>"}
WORDS = {"checklist_legend": "Tick <these>", "checklist_clear": "Clear & go", "note_block": "Out of date"}
LIST = """Text.

- [ ] Gets **no** pay {#pay}
      Someone else keeps
      the money
- [ ] Has a debt {#debt}

Text.
"""


def html(text: str) -> LexborHTMLParser:
    """The form that a page's Markdown becomes."""
    return LexborHTMLParser(
        render(markdown.markdown(text, extensions=["sane_lists", "attr_list"]), WORDS, ICONS)
    )


def test_signs_are_read_with_their_lines() -> None:
    assert read(LIST) == [
        Sign("pay", "Gets **no** pay", "Someone else keeps the money", 3),
        Sign("debt", "Has a debt", "", 6),
    ]


@pytest.mark.parametrize(
    "item", ["* [ ] A {#pay}", "+ [x] A {#pay}", "-  A {#pay}", "- [ ] A {: #pay }", "- [] A {#pay}"]
)
def test_other_ways_to_write_an_item(item: str) -> None:
    assert [sign.id for sign in read(item)] == ([] if item == "-  A {#pay}" else ["pay"])


def test_the_form_is_whole_without_scripts() -> None:
    form = html(LIST).css_first("form.checklist")
    assert form.attributes["autocomplete"] == "off"
    assert form.css_first("fieldset > legend").text() == "Tick <these>"
    assert form.css_first("button[type=reset]").text() == "Clear & go"
    assert [item.attributes["id"] for item in form.css("li.sign")] == ["pay", "debt"]
    box, other = form.css("input[type=checkbox]")
    assert (box.attributes["id"], box.attributes["aria-describedby"]) == ("tick-pay", "pay-hint")
    assert "aria-describedby" not in other.attributes
    assert form.css_first("label[for=tick-pay] .sign-text").inner_html == "Gets <strong>no</strong> pay"
    assert form.css_first("#pay-hint").text() == "Someone else keeps the money"
    assert form.css_first("#debt .pictogram svg").text() == "2"


def test_the_text_around_stays() -> None:
    assert [node.text() for node in html(LIST).css("body > p")] == ["Text.", "Text."]


@pytest.mark.parametrize("text", ["- a\n- b", "1. [ ] a", "[ ] a", "- [link](a.md)", "<ul></ul>"])
def test_other_lists_stay_as_they_are(text: str) -> None:
    page = markdown.markdown(text, extensions=["sane_lists"])
    assert render(page, WORDS, ICONS) == page


def test_an_outdated_sign_says_so_to_all() -> None:
    page = '<ul>\n<li class="outdated">[ ] A {#pay}\nB</li>\n<li>[ ] C {#debt}</li>\n</ul>'
    form = LexborHTMLParser(render(page, WORDS, ICONS))
    assert form.css_first("#pay").attributes["class"] == "sign outdated"
    assert form.css_first("#tick-pay").attributes["aria-describedby"] == "pay-hint pay-old"
    assert form.css_first("#pay-old").text() == "Out of date"
    assert form.css_first("#debt").attributes["class"] == "sign"


@pytest.mark.parametrize(
    ("items", "line", "what"),
    [
        ("- [ ] A", 10, "has no id"),
        ("- [ ] A {#pay}\n- [ ] B {#pay}", 11, "stands twice (first in line 10)"),
        ("- [ ] A {#pey}", 10, "no pictogram for {#pey}"),
        ("- [ ] {#pay}", 10, "has no text"),
    ],
)
def test_each_mistake_is_told_with_its_line(items: str, line: int, what: str) -> None:
    (fault,) = check(items, "docs/en/recognise.md", 10, ICONS)
    assert (fault.path, fault.line, fault.severity) == ("docs/en/recognise.md", line, "error")
    assert what in fault.what
    assert "\n" not in str(fault)


def test_an_unknown_id_is_told_with_those_that_exist() -> None:
    (fault,) = check("- [ ] A {#pey}", "a.md", 1, ICONS)
    assert "pay, debt" in fault.todo


def test_all_mistakes_are_told_at_once() -> None:
    assert [fault.line for fault in check("- [ ] A\n- [ ] B {#x}\n- [ ] C", "a.md", 1, ICONS)] == [1, 2, 3]


def test_a_good_list_has_no_fault() -> None:
    assert check(LIST, "a.md", 1, ICONS) == []
