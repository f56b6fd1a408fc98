"""One grammar: whoever reads a page reads the same page."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from safepage.gate import head, placeholders
from safepage.page import blocks, checklist, grammar, phrases
from safepage.page.meant import meant
from safepage.page.paragraphs import paragraphs
from safepage.site import contacts
from safepage.site.contacts import Contacts
from safepage.translations import catalogue, structure
from safepage.translations.records import entry_of

KNOWN = Contacts({"emergency.phone": "112"}, datetime.date(2026, 1, 1), "BE")


@pytest.mark.parametrize("spelt", ["true", "True", "TRUE"])
def test_a_critical_page_is_one_to_the_build_and_to_the_status(tmp_path: Path, spelt: str) -> None:
    text = f"---\ntitle: T\ndescription: D\nsafety_critical: {spelt}\n---\n\n# T\n\nText.\n"
    folder = tmp_path / "docs/en"
    folder.mkdir(parents=True)
    (folder / "help.md").write_text(text, encoding="utf-8")
    assert head.read(text, "docs/en/help.md", "BE").meta["safety_critical"] is True
    assert catalogue.Catalogue(tmp_path, "en", [], "BE").critical == {"help"}
    assert not structure.check(text.replace(spelt, "true"), text, "docs/en/help.md", "docs/nl/help.md")


@pytest.mark.parametrize("box", ["[ ]", "[]", "[x]", "[X]"])
def test_a_sign_is_one_to_the_checklist_the_phrases_and_the_structure(box: str) -> None:
    text = f"- {box} A sign {{#pay}}\n      Its hint\n"
    assert [sign.id for sign in checklist.read(text)] == ["pay"]
    assert [(p.kind, p.id) for p in paragraphs(text)] == [("check", "pay")]
    assert not phrases.check(text + "- A sentence\n", "p.md", 1)


def test_a_link_is_no_sign() -> None:
    text = "- [x](contact.md)\n- []: a\n"
    assert not checklist.read(text)
    assert {p.kind for p in paragraphs(text)} == {"li"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("{{ emergency.phone }}", 1),
        ("{{emergency.phone}} {{\u00a0emergency.phone\u202f}}", 2),
        ("{{ emergency.phone\n}} {{ emergency.phone }}", 2),
        ("Call {{\nemergency.phone }}.", 1),
        ("Call {{\u00a0\n  emergency.phone \u202f\n}} now", 1),
        ("{ { emergency.phone }} {{ emergency.phone } }", 2),
        ("{{ emergency.\nphone }}", 0),
        ("{{ emergency phone }}", 0),
        ("{ emergency.phone }", 0),
    ],
)
def test_a_placeholder_is_one_to_all(text: str, number: int) -> None:
    names = ["emergency.phone"] * number
    known = {"emergency.phone"} if number else set()
    assert grammar.names(meant(text)) == names
    assert placeholders.names(text) == known
    assert contacts.fill(f"<p>{meant(text)}</p>", KNOWN, "en", {}).count("tel:112") == number
    assert not contacts.check(text, KNOWN, "p.md", 1)
    found = paragraphs(text)
    assert [name for block in found for name in grammar.names(block.text)] == names
    assert [p for block in found for p in entry_of(block).placeholders or ()] == [
        "{{emergency.phone}}"
    ] * number
    assert structure.emergency(text) == bool(number)


def test_a_list_of_the_build_is_found_in_any_spelling() -> None:
    for spelt in ("{{list.centre}}", "{{ list.centre }}", "{{\u00a0list.centre }}"):
        assert not blocks.check(spelt, "p.md", 1, ["centre"])
        assert blocks.fill(f"<p>{spelt}</p>", lambda name, _: name, str) == "list.centre"


def test_a_list_of_emergency_numbers_says_them() -> None:
    said = ("{{ emergency.phone }}", "{{list.emergency}}", "Call {{ list.emergency.short }}.")
    assert all(map(structure.emergency, said))
    assert not structure.emergency("{{ list.emergencies }} {{ list.line }}")


@pytest.mark.parametrize(
    ("line", "level", "text", "id"),
    [
        ("# Title", 1, "Title", ""),
        ("## Part {#part}", 2, "Part", "part"),
        ("##Part {: #part } ##", 2, "Part", "part"),
        ("### A {b} {#c}", 3, "A {b}", "c"),
        ("# 10 things", 1, "10 things", ""),
    ],
)
def test_a_heading_is_one_to_all(line: str, level: int, text: str, id: str) -> None:
    assert grammar.heading(line) == grammar.Heading(level, text, id)
    assert [(p.kind, p.text, p.id) for p in paragraphs(line)] == [(f"h{level}", text, id)]


def test_a_number_sign_before_a_number_is_no_heading() -> None:
    assert grammar.heading("#1 of all") is None
    assert [p.kind for p in paragraphs("#1 of all")] == ["p"]


def test_the_anchor_of_an_item_may_stand_on_the_next_line() -> None:
    text = "- I can call\n  someone {#call}\n- No {#no}\n"
    assert not phrases.check(text, "p.md", 1)
    assert [(p.text, p.id) for p in paragraphs(text)] == [("I can call someone", "call"), ("No", "no")]
    (sign,) = checklist.read("- [ ] Lives at\n      the workplace {#housing}\n      Sleeps there\n")
    assert (sign.label, sign.id, sign.hint) == ("Lives at the workplace", "housing", "Sleeps there")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("You can say:\n- one", ["p", "li"]),
        ("You can say\n- one\n- two", ["p", "li", "li"]),
        ("Think.\n- [ ] One {#a}", ["p", "check"]),
        ("He said it\n- and meant it.", ["p"]),
        ("We meet on\n1. May.", ["p"]),
        ("Do this\n1. one\n2. two", ["p", "li", "li"]),
    ],
)
def test_a_list_right_below_its_sentence(text: str, kinds: list[str]) -> None:
    assert [p.kind for p in paragraphs(text)] == kinds


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["{", "{{", "{{ ", "#", "- ", "- [", "[a]: ", " ", "\u00a0", "{#", "!!! ", "1."]
)
def test_no_line_takes_long(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    for lines in ([text], [piece + "x"] * (60_000 // (len(piece) + 2))):
        body = "\n".join(lines)
        grammar.names(body)
        list(grammar.entries(lines))
        paragraphs(body)
