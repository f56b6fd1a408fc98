"""No text takes an id of the frame, and none stands twice: the exit, labels and links rely on it."""

from __future__ import annotations

import pytest

from rendering import FRAME as OF_FRAME
from rendering import gated, page, render
from safepage.gate import ids
from safepage.page import checklist, phrases

WORDS = {"checklist_legend": "Signs", "checklist_clear": "Clear"}
# Everything that can bear an id, and ways to write it that a check of the Markdown alone doesn't see.
WRITTEN = {
    "heading": "## A heading {{#{}}}\n\nText.",
    "sign": "- [ ] A sign {{#{}}}",
    "escaped box": "- \\[ \\] A sign {{#{}}}",
    "sentence": "- A sentence {{#{}}}",
    "escaped brace": "- A sentence \\{{#{}}}",
    "brace as an entity": "- A sentence &#123;#{}}}",
    "sentence with *": "* A sentence {{#{}}}",
}
FRAME = ["quick-exit", "Quick-Exit", "QUICK-EXIT", "exit-status", "content", "Content", "site-end", "answer"]
FRAME += ["tick-a", "a-hint", "second", "postcode"]


def found(text: str) -> list[str]:
    """What is said of a page that holds a text, as a build says it."""
    body = page(text)
    made = phrases.render(checklist.render(render(body), WORDS, {}))
    return [fault.what for fault in [*gated(body), *ids.check(made, body, "docs/en/page.md", frame=OF_FRAME)]]


def test_no_text_takes_an_id_of_the_frame() -> None:
    through = [
        (how, name)
        for how, text in WRITTEN.items()
        for name in FRAME
        if f'id="{name}"'
        in (made := phrases.render(checklist.render(render(page(text.format(name))), WORDS, {})))
        and not any("frame" in what or "plain word" in what for what in found(text.format(name)))
        and made
    ]
    assert through == []


def test_it_is_told_with_its_line() -> None:
    body = page("- Listen to me {#listen}\n- Come here {#Quick-Exit}")
    (fault,) = ids.check(phrases.render(render(body)), body, "docs/en/page.md", 7, frame=OF_FRAME)
    assert (fault.line, fault.what) == (
        12,
        "the anchor “Quick-Exit” belongs to the frame of the page, such as the exit",
    )


@pytest.mark.parametrize("name", ["exit", "documents", "quick", "status", "contents", "exits", "end", "hint"])
def test_other_words_are_fine(name: str) -> None:
    for how in ("heading", "sentence"):
        assert not [what for what in found(WRITTEN[how].format(name)) if "frame" in what]


def test_nothing_stands_twice_on_a_page() -> None:
    """In one text, whatever bears it, or in the frame around it."""
    html = '<a id="quick-exit"></a><h2 id="pages"></h2><li id="Signs"><h2 id="signs"></h2><p id="pages">'
    faults = ids.twice(html, "## A {#signs}\n\n- [ ] B {#Signs}\n", "docs/en/x.md")
    assert [(fault.line, fault.what.split("”")[0]) for fault in faults] == [
        (0, "the anchor “pages"),
        (3, "the anchor “signs"),
    ]
    assert not ids.twice('<a id="a"></a><a id="b"></a><a href="#a"></a>', "", "x")
