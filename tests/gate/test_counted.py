"""What a text promises is on the page: counted on the rendered page, in every language."""

from __future__ import annotations

from rendering import render
from safepage.gate import counted
from safepage.page import checklist, phrases

WORDS = {"checklist_legend": "", "checklist_clear": "", "note_block": ""}
LOST = {
    "a placeholder as code": "Call `{{ emergency.phone }}` now.",
    "two of them as code": "Call ``{{ emergency.phone }}`` or `{{ police.phone }} now`.",
    "a cell too many": "| a | b |\n|---|---|\n| x | y | {{ emergency.phone }} |",
    "a placeholder in a comment": "<!-- {{ emergency.phone }} -->",
    "a sign with its hint apart": "- [ ] One {#one}\n\n    Hint\n- [ ] Two {#two}",
    "a sentence without an id beside others": "- One {#one}\n- Two",
    "a link with a cell too many": "| a |\n|---|\n| x | [words](page.md) |",
    "a placeholder in a link's title": '[words](page.md "{{ emergency.phone }}")',
    "a link in a comment": "<!-- [words](page.md) -->",
    "a cell too many with a link": "| a | b |\n|---|---|\n| x | y | [words](page.md) |",
}
FINE = {
    "a placeholder": "Call {{ emergency.phone }} or {{emergency.phone}}.",
    "in bold, in an item, in a table": "**{{ a.phone }}**\n\n- {{ b.phone }}\n\n|a|\n|---|\n|{{ c.phone }}|",
    "code that is no placeholder": "Press `Esc`.",
    "signs": "- [ ] One {#one}\n      Hint\n- [ ] Two {#two}",
    "sentences": "- One {#one}\n- Two {#two}",
    "a notice": '!!! danger "Title"\n    Text [words](page.md) and {{ police.phone }}',
    "a link in bold": "**[some *words*](page.md)** and [more](page.md#a).",
    "a link with signs": "[“What’s next?” & more](page.md)",
    "an escaped link": "\\[words\\](page.md)",
    "a heading": "## Words {#words}\n\nText",
}  # fmt: skip


def found(body: str) -> list[str]:
    page = phrases.render(checklist.render(render(body), WORDS, {}))
    return [str(fault) for fault in counted.check(page, body, "docs/en/a.md", 5)]


def test_what_is_lost_is_named() -> None:
    passed = [name for name, body in LOST.items() if not found(f"# Title\n\n{body}\n")]
    assert not passed, passed
    (told,) = found("# Title\n\nCall `{{ emergency.phone }}` now.")
    assert told.startswith("docs/en/a.md:7: error: {{ emergency.phone }} stands between ` and `")


def test_what_is_there_passes() -> None:
    refused = {name: told for name, body in FINE.items() if (told := found(f"# Title\n\n{body}\n"))}
    assert not refused, refused
