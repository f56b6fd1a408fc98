"""Contacts stay where the source has them, whatever else a translator or an English editor changed."""

# ruff: noqa: E501 - a case is one line

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from safepage.page.paragraphs import paragraphs
from safepage.translations.records import dump, load, renew
from safepage.translations.structure import check

NAMES = {"Payoke": "centre.antwerp", "PAG-ASA": "centre.brussels", "Child Focus": "minors"}
SOURCE = """\
---
title: Help
description: Who helps
---
# Help

!!! danger "In danger: {{ emergency.phone }}"
    Call {{ emergency.phone }} or {{ police.phone }}.

## Centres {#centres}

The centres help.

- {{ centre.brussels.name }}, Brussels: {{ centre.brussels.phone }}
- {{ centre.antwerp.name }}, Antwerp: {{ centre.antwerp.phone }}

They are not the police.

### PAG-ASA, Brussels {#brussels}

- Phone: {{ centre.brussels.phone }}

### Payoke, Antwerp {#antwerp}

- Phone: {{ centre.antwerp.phone }}

### {{ minors.name }} {#minors}

Call {{ minors.name }}: {{ minors.phone }}. In danger call {{ emergency.phone }}.

## Table {#table}

| who | phone |
|---|---|
| {{ centre.brussels.name }} | {{ centre.brussels.phone }} |
| {{ centre.antwerp.name }} | {{ centre.antwerp.phone }} |

## Point {#point}

- Yes {#yes}
- No {#no}

## Signs {#signs}

- [ ] Not free {#movement}
- [ ] Not paid {#pay}
"""
WORDS = {"Brussels": "Brussel", "Antwerp": "Antwerpen", "Phone": "Telefoon", "Call": "Bel", "Yes": "Ja", "No ": "Nee ",
         "They are not the police.": "Het is geen politie.", "The centres help.": "De centra helpen."}  # fmt: skip
Edit = Callable[[str], str]


def dutch(text: str) -> str:
    for english, own in WORDS.items():
        text = text.replace(english, own)
    return text


def put(old: str, new: str, count: int = -1) -> Edit:
    def edit(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, count)

    return edit


def exchanged(one: str, other: str) -> Edit:
    def edit(text: str) -> str:
        assert one in text
        assert other in text
        return text.replace(one, "¤").replace(other, one).replace("¤", other)

    return edit


def all_of(*edits: Edit) -> Edit:
    def edit(text: str) -> str:
        for one in edits:
            text = one(text)
        return text

    return edit


def found(ours: Edit = str, english: Edit = str, *, old: bool = False) -> set[str]:
    """The severities of what is said of a translation, confirmed against SOURCE, after both were edited."""
    record = renew(None, paragraphs(SOURCE), None)
    text = dump(record, "nl", "help")
    if old:  # a record as they were written before they knew placeholders
        text = re.sub(r" …(?: \{\{[^}]*\}\})+", " …", text.replace("placeholders", "")).replace(
            "notice#danger", "notice"
        )
    record = load(text, "docs/nl/.confirmed/help.yml")
    paths = ("docs/en/help.md", "docs/nl/help.md")
    faults = check(english(SOURCE), ours(dutch(SOURCE)), *paths, record=record, names=NAMES)
    for fault in faults:
        assert len(fault.what) < 300, fault
        assert not fault.what.endswith(".")
    return {fault.severity for fault in faults}


B, A = "{{ centre.brussels.phone }}", "{{ centre.antwerp.phone }}"
ITEMS = "- {{ centre.brussels.name }}, Brussel: {{ centre.brussels.phone }}\n- {{ centre.antwerp.name }}, Antwerpen: {{ centre.antwerp.phone }}\n"
SWAPPED = "- {{ centre.brussels.name }}, Brussel: {{ centre.antwerp.phone }}\n- {{ centre.antwerp.name }}, Antwerpen: {{ centre.brussels.phone }}\n"
CHILD = "Bel {{ minors.name }}: {{ minors.phone }}. In danger call {{ emergency.phone }}."
HARM: dict[str, Edit] = {
    "numbers exchanged": put(ITEMS, SWAPPED),
    "and a paragraph more": put(ITEMS, f"Nog iets.\n\n{SWAPPED}"),
    "and a paragraph less": all_of(put("De centra helpen.\n\n", ""), put(ITEMS, SWAPPED)),
    "and an item more": put(ITEMS, f"- Nog iets\n{SWAPPED}"),
    "and a note": put(ITEMS, f"{SWAPPED}\nLet op.\n"),
    "names exchanged": put(ITEMS, exchanged("brussels.name", "antwerp.name")(ITEMS)),
    "items exchanged with words in place": put(ITEMS, exchanged("centre.brussels", "centre.antwerp")(ITEMS)),
    "names in headings": exchanged("### PAG-ASA", "### Payoke"),
    "a name in one heading": put("### PAG-ASA", "### Payoke"),
    "names in headings and a paragraph more": all_of(exchanged("### PAG-ASA", "### Payoke"), put("- Telefoon", "Meer.\n\n- Telefoon")),
    "a contact in a heading is another": put("### {{ minors.name }}", "### {{ centre.antwerp.name }}"),
    "a contact in a heading is lost": put("### {{ minors.name }}", "### Kinderen"),
    "a contact out of the heading": all_of(put("### {{ minors.name }}", "### Kinderen"), put(CHILD, f"{{{{ minors.name }}}}\n\n{CHILD}")),
    "rows exchanged": exchanged(f"| {B} |", f"| {A} |"),
    "rows exchanged and a row more": all_of(exchanged(f"| {B} |", f"| {A} |"), put("|---|---|\n", "|---|---|\n| wie | wat |\n")),
    "in a notice's title": put('"In danger: {{ emergency.phone }}"', '"In gevaar: {{ police.phone }}"'),
    "out of a notice's title": put('"In danger: {{ emergency.phone }}"', '"In gevaar"'),
    "in a notice": put("Bel {{ emergency.phone }} or {{ police.phone }}", "Bel {{ police.phone }} of {{ police.phone }}"),
    "within a sentence, name from number": put(CHILD, "Bel {{ minors.name }}: {{ emergency.phone }}. In gevaar {{ minors.phone }}."),
    "two items in one": put(ITEMS, "- Brussel en Antwerpen: {{ centre.antwerp.name }} {{ centre.brussels.phone }} {{ centre.brussels.name }} {{ centre.antwerp.phone }}\n"),
    "a number moved to the item above": put(ITEMS, "- {{ centre.brussels.name }} {{ centre.brussels.phone }} {{ centre.antwerp.phone }}\n- {{ centre.antwerp.name }}, Antwerpen\n- x\n"),
    "another's name in plain words": put("- {{ centre.brussels.name }}, Brussel", "- Payoke, {{ centre.brussels.name }}"),
    "a number in a section without": put("- Ja {#yes}", "- Ja {{ police.phone }} {#yes}"),
}  # fmt: skip
FINE: dict[str, Edit] = {
    "as it is": str,
    "another order of words": put(CHILD, "In gevaar: {{ emergency.phone }}. Anders {{ minors.phone }} ({{ minors.name }})."),
    "the number before the name": put(ITEMS, "- {{ centre.brussels.phone }}: {{ centre.brussels.name }}\n- {{ centre.antwerp.phone }}: {{ centre.antwerp.name }}\n"),
    "a paragraph more": put(ITEMS, f"Nog iets.\n\n{ITEMS}"),
    "a paragraph less": put("De centra helpen.\n\n", ""),
    "an item more": put(ITEMS, f"{ITEMS}- Nog iets\n"),
    "a paragraph divided": put(CHILD, "Bel {{ minors.name }}: {{ minors.phone }}.\n\nIn gevaar: {{ emergency.phone }}."),
    "a name left out of a heading": put("### PAG-ASA, Brussel", "### Het centrum in Brussel"),
    "its own name in plain words": put("Bel {{ minors.name }}", "Bel Child Focus, {{ minors.name }}"),
    "spaces in a placeholder": put("{{ minors.phone }}", "{{minors.phone}}"),
    "a wrapped line": put("Bel {{ minors.name }}: ", "Bel {{ minors.name }}:\n"),
}  # fmt: skip
# What an English editor does, while the translation stays: right for the English that it was confirmed against.
ENGLISH: dict[str, Edit] = {
    "takes the last use of a contact out": put(" or {{ police.phone }}", ""),
    "takes a paragraph with a contact out": put("- {{ centre.antwerp.name }}, Antwerp: {{ centre.antwerp.phone }}\n", ""),
    "puts another contact in": put("or {{ police.phone }}", "or {{ minors.phone }}"),
    "adds a paragraph with a contact": put("They are not", "Call {{ police.phone }}.\n\nThey are not"),
    "adds a section with the emergency number": put("## Table", "## New {#new}\n\nCall {{ emergency.phone }}.\n\n## Table"),
    "moves a contact to another paragraph": all_of(put("The centres help.", "The centres help: {{ minors.phone }}."), put(": {{ minors.phone }}. In", ". In")),
    "moves an item": put("- {{ centre.brussels.name }}, Brussels: {{ centre.brussels.phone }}\n- {{ centre.antwerp.name }}, Antwerp: {{ centre.antwerp.phone }}\n",
                         "- {{ centre.antwerp.name }}, Antwerp: {{ centre.antwerp.phone }}\n- {{ centre.brussels.name }}, Brussels: {{ centre.brussels.phone }}\n"),
    "moves a paragraph to another section": all_of(put("They are not the police.\n\n", ""), put("- Yes", "They are not the police.\n\n- Yes")),
    "adds a sentence to point at": put("- No {#no}", "- Maybe {#maybe}\n- No {#no}"),
    "takes a sentence to point at out": put("- No {#no}\n", ""),
    "turns two sentences to point at": put("- Yes {#yes}\n- No {#no}\n", "- No {#no}\n- Yes {#yes}\n"),
    "adds a sign": put("- [ ] Not paid {#pay}", "- [ ] Not paid {#pay}\n- [ ] Debt {#debt}"),
    "takes a sign out": put("- [ ] Not paid {#pay}\n", ""),
    "renames an anchor": put("{#table}", "{#numbers}"),
    "makes a danger a note": put("!!! danger", "!!! note"),
    "adds a notice": put("They are not", '!!! danger "Now"\n    Go away.\n\nThey are not'),
}  # fmt: skip


def test_an_exchange_is_refused() -> None:
    """On a current translation as on an outdated one, whatever else was added or taken away."""
    changed = put("They are not", "They were never")
    passed = [name for name, edit in HARM.items() if "error" not in found(edit)]
    passed += [f"{name}, outdated" for name, edit in HARM.items() if "error" not in found(edit, changed)]
    passed += [
        f"{name}, old record" for name, edit in HARM.items() if "error" not in found(edit, changed, old=True)
    ]
    assert not passed, passed


def test_what_a_language_asks_for_passes() -> None:
    refused = [name for name, edit in FINE.items() if found(edit)]
    changed = put("They are not", "They were never")
    refused += [f"{name}, outdated" for name, edit in FINE.items() if found(edit, changed)]
    assert not refused, refused


@pytest.mark.parametrize("old", [False, True], ids=["new record", "old record"])
def test_what_english_alone_changed_is_a_warning(old: bool) -> None:
    wrong = {
        name: shown for name, edit in ENGLISH.items() if (shown := found(str, edit, old=old)) != {"warning"}
    }
    wrong.pop("moves a paragraph to another section", None)  # nothing that is counted stands in it
    if old:
        wrong.pop("makes a danger a note")  # an older record doesn't say what a notice was
    assert not wrong, wrong


def test_a_translation_that_has_followed_passes() -> None:
    """The same edit in both: nothing to say of contacts, although the record is still the old one."""
    wrong = [
        name for name, edit in ENGLISH.items() if "error" in found(lambda t, e=edit: dutch(e(SOURCE)), edit)
    ]
    assert not wrong, wrong


def test_safety_does_not_wait_for_a_translator() -> None:
    """What an outdated translation lost by itself is an error, also in a paragraph that English changed."""
    lost: dict[str, tuple[Edit, Edit]] = {
        "the emergency number": (put("In danger call {{ emergency.phone }}.", ""), put("The centres", "Centres")),
        "it, its paragraph changed": (put("In danger call {{ emergency.phone }}.", ""), put("In danger call", "In danger, call")),
        "it, everywhere": (put("{{ emergency.phone }}", ""), put("In danger", "If in danger")),
        "it, moved in English": (
            put("{{ emergency.phone }}", ""),
            all_of(put(" In danger call {{ emergency.phone }}.", ""), put("They are not", "Call {{ emergency.phone }}. They are not")),
        ),
        "it, replaced": (put("In danger call {{ emergency.phone }}", "Bel {{ police.phone }}"), put("In danger call", "In danger, call")),
        "a sign": (put("- [ ] Not paid {#pay}\n", ""), put("Not free", "Unfree")),
        "a sign, itself changed": (put("- [ ] Not paid {#pay}\n", ""), put("Not paid", "Unpaid")),
        "a sentence to point at": (put("- Nee {#no}\n", ""), put("- Yes", "- Oh yes")),
        "their order": (put("- Ja {#yes}\n- Nee {#no}\n", "- Nee {#no}\n- Ja {#yes}\n"), put("- Yes", "- Oh yes")),
        "their ids": (exchanged("{#yes}", "{#no}"), put("- No {#no}", "- Maybe {#maybe}\n- No {#no}")),
        "a notice of danger": (put('!!! danger "In danger: {{ emergency.phone }}"\n    Bel', "{{ emergency.phone }}\n\nBel"), put("The centres", "Centres")),
        "a notice that is none of danger": (put("!!! danger", "!!! note"), put('"In danger:', '"Danger:')),
        "a contact": (put(" or {{ police.phone }}", ""), put("Not free", "Unfree")),
    }  # fmt: skip
    for old in (False, True):
        passed = [
            name for name, (ours, english) in lost.items() if "error" not in found(ours, english, old=old)
        ]
        assert not passed, passed


def test_the_same_ids_in_the_same_order() -> None:
    wrong = {
        "exchanged ids": exchanged("{#yes}", "{#no}"),
        "exchanged lines": put("- Ja {#yes}\n- Nee {#no}\n", "- Nee {#no}\n- Ja {#yes}\n"),
        "another id": put("{#no}", "{#none}"),
        "one missing": put("- Nee {#no}\n", ""),
        "one too much": put("- Nee {#no}\n", "- Nee {#no}\n- Nooit {#never}\n"),
        "one twice": put("- Nee {#no}\n", "- Nee {#no}\n- Nooit {#no}\n"),
        "signs exchanged": exchanged("{#movement}", "{#pay}"),
        "a sign missing": put("- [ ] Not paid {#pay}\n", ""),
        "a sign as a sentence": put("- [ ] Not paid {#pay}", "- Not paid {#pay}"),
        "in another section": all_of(put("- Nee {#no}\n", ""), put("De centra helpen.", "De centra helpen.\n\n- Nee {#no}\n")),
    }  # fmt: skip
    passed = [name for name, edit in wrong.items() if "error" not in found(edit)]
    assert not passed, passed
