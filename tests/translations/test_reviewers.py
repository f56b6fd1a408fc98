"""Records of translations: what contributors are shown of them, and who may say that a page is checked."""

# ruff: noqa: E501 - a case is read in one piece

from __future__ import annotations

import pytest

from safepage.faults import Faulty
from safepage.page.paragraphs import paragraphs
from safepage.page.plain_words import plain
from safepage.translations.records import dump, load, renew
from safepage.translations.reviewers import Reviewers, check
from safepage.translations.reviewers import load as read

SOURCE = "# Help\n\nCall {{ emergency.phone }} or read [what to do](what-to-do.md) before you speak with the person.\n\n- The first thing\n"
PATH = "docs/nl/.confirmed/help.yml"
KNOWN = Reviewers({"nl": frozenset(("anna", "ben-2"))})
TEXT = dump(renew(None, paragraphs(SOURCE), "anna"), "nl", "help")


def told(excerpt: str) -> list[str]:
    text = TEXT + f'- "0123456789ab p {excerpt}"\n'
    try:
        return [str(fault) for fault in check(text, PATH, "nl", KNOWN, "BE", paragraphs(SOURCE))]
    except Faulty as faulty:
        return [str(fault) for fault in faulty.faults]


def test_what_must_not_be_shown_is_refused_with_its_line() -> None:
    harm = [
        "Call 0470 12 34 56 …", "Bel 0032 470 12 34 56", "write to help@evil.example", "look at evil.com …",
        "https://evil.example/x", "<script>alert(1)</script>", "<b>free</b> help", "&lt;b&gt;",
        "zero\u200bwidth", "right\u202eto left", "a line\\nand another", "an escape \\u001b[31m",
        "{{ broken }", "[a](javascript:x)", "[a](https://evil.example)", "![a](//evil.example/x.png)", "[a]( /\\\\evil)", "words {: .x }", "words " * 20, "{% raw %}", "[free](https://evil.example) 0470 12 34 56",
    ]  # fmt: skip
    passed = [excerpt for excerpt in harm if not any(":8: error" in line for line in told(excerpt))]
    assert not passed, passed


def test_what_a_page_said_before_passes() -> None:
    fine = [
        "Call {{emergency.phone}} and …", "**Someone is in danger now:** call {{emergency.phone}} and …",
        "Contact a [specialised centre](contact.md#centres) or …", "Contact a [specialised …", "In 2023, 1,510 people …",
        "It’s “free”, day & night – 24/7 …", "| place | who |", "Täter*innen …", "Press 1 for an ambulance … {{a.b}} {{c.d}}",
        "Children (under 18) …",
    ]  # fmt: skip
    refused = [line for excerpt in fine for line in told(excerpt)]
    assert not refused, refused
    assert check(TEXT, PATH, "nl", KNOWN, "BE", paragraphs(SOURCE)) == []


def test_a_reviewer_whom_nobody_named_leaves_the_page_a_draft() -> None:
    for handle in ("mallory", "ben", "anna2"):
        record = renew(None, paragraphs(SOURCE), handle)
        (fault,) = check(dump(record, "nl", "help"), PATH, "nl", KNOWN, "BE", paragraphs(SOURCE))
        assert (fault.severity, fault.line) == ("warning", 3)
        assert f"{handle} is not named in docs/reviewers.yml for “nl”" in fault.what
        trusted = KNOWN.trusted(record, "nl")
        assert trusted
        assert trusted.reviewed_by is None
    anna = renew(None, paragraphs(SOURCE), "Anna")
    assert KNOWN.trusted(anna, "nl") == anna
    assert KNOWN.trusted(anna, "fr") != anna
    assert Reviewers().trusted(anna, "nl") != anna


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("nl: [anna]\nfr: [b c]\n", 2, "“b c” is no handle"),
        ("nl: [a b]\n", 1, "“a b” is no handle"),
        ("nl: [1]\n", 1, "“1” is no handle"),
        ("nl: {a: b}\n", 1, "is no handle"),
        ("- anna\n", 1, ""),
    ],
)
def test_a_list_that_cannot_be_read_is_a_line(text: str, line: int, what: str) -> None:
    with pytest.raises(Faulty) as caught:
        read(text)
    assert caught.value.faults[0].line == line
    assert what in caught.value.faults[0].what


def test_a_list_with_and_without_people() -> None:
    found = read("nl: ['@Anna', ben]\nfr: carl\nde: []\nes:\n")
    assert found.knows("nl", "anna")
    assert found.knows("fr", "@Carl")
    assert not found.knows("de", "anna")
    assert not read("").knows("nl", "anna")


def test_records_keep_the_placeholders_beyond_their_first_words() -> None:
    source = "# A\n\nA long paragraph that goes on until the words are cut, then {{ a.phone }} and {{ b.phone }}.\n"
    record = renew(None, paragraphs(source), None)
    assert record.entries[1].placeholders == ("{{a.phone}}", "{{b.phone}}")
    text = dump(record, "nl", "a")
    assert "… {{a.phone}} {{b.phone}}" in text
    assert load(text, PATH) == record
    older = text.replace(" {{a.phone}} {{b.phone}}", "").replace("placeholders", "")
    assert load(older, PATH).entries[1].placeholders is None


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        (
            "**Someone is in danger:** call {{emergency.phone}} …",
            "Someone is in danger: call emergency.phone …",
        ),
        ("Read [what to do](what-to-do.md) and [more …", "Read what to do and more …"),
        ("**You are worried: contact a [specialised …", "You are worried: contact a specialised …"),
        ("*Now*, _here_ and `there` {#danger}", "Now, here and there"),
        ("Täter*innen, snake_case_word, 2 * 3", "Täter*innen, snake_case_word, 2 * 3"),
        (r"1\. May ![a door](../assets/door.svg)", "1. May a door"),
    ],
)
def test_contributors_read_words_without_marks(markdown: str, words: str) -> None:
    assert plain(markdown) == words
