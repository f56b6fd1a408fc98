"""Words and what stands around them: others are written in their place, and no byte beside them changes."""

from __future__ import annotations

import pytest

from environment import ROOT
from safepage.page.spots import replaced, spots

HEAD = "---\ntitle: A title\ndescription: >-\n  Two lines\n  of it.\n# a remark\nnumber: 01\n---\n"
PAGE = f"""{HEAD}
# A title

Words\N{NO-BREAK SPACE}: that were
wrapped, with {{{{ emergency.phone }}}}.

## Signs {{#signs}}

!!! note "The “title” of it"
    A [link](contact.md#centres) within.

- [ ] A sign {{#pay}}
      Its explanation
      in two lines
- [ ] Another one {{#debt}}

1. First\x20\x20
   after a break
2. Second
    - inner

> Said by
> somebody.

| One | Two |
|-----|-----|
| 1 | Three |

{{{{ list.centres }}}}

{{{{ minors.name }}}}: {{{{ minors.phone }}}}
"""
WORDS = [
    "A title",
    "Two lines of it.",
    "A title",
    "Words\N{NO-BREAK SPACE}: that were wrapped, with {{ emergency.phone }}.",
    "Signs",
    "The “title” of it",
    "A [link](contact.md#centres) within.",
    "A sign\nIts explanation in two lines",
    "Another one",
    "First\nafter a break",
    "Second",
    "inner",
    "Said by somebody.",
    "One | Two",
    "1 | Three",
]


def test_words_are_without_marks() -> None:
    assert [spot.words for spot in spots(PAGE) if spot.words] == WORDS


@pytest.mark.parametrize("number", [n for n, spot in enumerate(spots(PAGE)) if spot.words])
def test_other_words_change_nothing_else(number: int) -> None:
    """Each spot by itself: what is around it, before and after, is as it was."""
    before = spots(PAGE)
    words = "\n".join(f"{line}, anders" for line in before[number].words.split("\n"))
    new = replaced(PAGE, {number: words})
    after = spots(new)
    assert [spot.words for spot in after] == [
        words if at == number else spot.words for at, spot in enumerate(before)
    ]
    assert [(s.block.kind, s.block.id, s.block.name) for s in after] == [
        (s.block.kind, s.block.id, s.block.name) for s in before
    ]
    first, end = before[number].first, before[number].end
    old, lines = PAGE.split("\n"), new.split("\n")
    assert (lines[:first], lines[len(lines) - len(old) + end :]) == (old[:first], old[end:])


def test_our_own_pages_are_written_as_they_are() -> None:
    """Words that are written over themselves leave the body of each page of each language byte for byte."""
    wrong = []
    for file in sorted((ROOT / "docs").rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        words = {n: spot.words for n, spot in enumerate(spots(text)) if spot.words and spot.block.in_body}
        if replaced(text, words) != text:
            wrong.append(str(file))
    assert not wrong
