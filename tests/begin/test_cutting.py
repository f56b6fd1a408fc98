"""What another site has not is taken out of a page, and nothing else of it."""

from __future__ import annotations

from safepage.begin import cutting
from safepage.page.paragraphs import paragraphs
from safepage.translations import freshness, records

PAGE = """\
---
title: What to do
description: "What to do."
---

# What to do

Call [somebody](contact.md#centres) first.

## In this country {#here}

A rule.

### A part of it {#part}

Another rule.

## At work {#work}

There is a page for your work:

- [Health](professions/health.md)
- [Police](professions/police.md#rules)

Then read [the law](law.md).

### Last {#last}

The end.
"""


def test_a_section_goes_with_what_is_below_it() -> None:
    cut = cutting.page(PAGE, "what-to-do", ["here", "last"], ())
    assert "ther rule" not in cut
    assert "A rule" not in cut
    assert "The end" not in cut
    assert cut.endswith("Then read [the law](law.md).\n")
    assert "first.\n\n## At work {#work}\n\nThere is" in cut
    assert cutting.page(PAGE, "what-to-do", ["part"], ()) == PAGE.replace(
        "### A part of it {#part}\n\nAnother rule.\n\n", ""
    )


def test_links_to_what_is_gone_give_way() -> None:
    """To their words in a sentence; the item goes where it is alone, its sentence with the last."""
    some = cutting.page(PAGE, "what-to-do", (), ["professions/health", "law"])
    assert "your work:\n\n- [Police](professions/police.md#rules)\n\nThen read the law.\n" in some
    last = cutting.page(PAGE, "what-to-do", (), ["professions/police"])
    assert "- [Health](professions/health.md)\n\nThen read [the law](law.md).\n" in last
    both = PAGE.replace("rules)\n", "rules), and [health](professions/health.md)\n", 1)
    assert "[Police](professions/police.md#rules), and health\n" in cutting.page(
        both, "what-to-do", (), ["professions/health"]
    )
    assert "ealth" not in cutting.page(both, "what-to-do", (), ["professions/health", "professions/police"])
    none = cutting.page(PAGE, "what-to-do", (), ["professions/health", "professions/police"])
    assert "## At work {#work}\n\nThen read [the law](law.md).\n" in none
    beside = cutting.page(
        "# Police\n\n[Health](health.md), [advice](../advice.md).\n", "professions/police", (), ["advice"]
    )
    assert beside == "# Police\n\n[Health](health.md), advice.\n"


def test_a_page_with_nothing_but_headings_is_empty() -> None:
    assert cutting.is_empty(cutting.page("# The law\n\n## Here {#here}\n\nA rule.\n", "law", ["here"], ()))
    whole = "# The law {#law}\n\nIt is ours.\n\n## A part {#part}\n\nA rule.\n"
    assert cutting.is_empty(cutting.page(whole, "law", ["law"], ()))
    assert not cutting.is_empty("# The law\n\n- a rule\n")


def test_a_record_loses_the_same_sections() -> None:
    """What was up to date in the rest stays so, what was not is marked as before."""
    old = PAGE.replace("somebody", "us").replace("Another rule.", "An older rule.")
    record = records.renew(None, paragraphs(old), "anna")
    cut = cutting.record(record, ["here"])
    now = paragraphs(cutting.page(PAGE, "what-to-do", ["here"], ()))
    assert [change.kind for change in freshness.compare(cut, now)] == ["changed"]
    assert cut.reviewed_by == "anna"
