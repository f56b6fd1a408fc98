"""The head of a page, YAML within bounds, and the words of the frame."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import pytest

from safepage.faults import Fault, Faulty
from safepage.gate import head
from safepage.page import yaml_text
from safepage.site.interface import interface_check

DOCS = Path(__file__).parents[2] / "docs"
HEAD = "title: A title\ndescription: What it says\n"


def refused(text: str) -> list[Fault]:
    with pytest.raises(Faulty) as caught:
        head.read(text, "docs/en/x.md", "BE")
    assert all("\n" not in str(fault) for fault in caught.value.faults)
    return caught.value.faults


def unread(text: str) -> list[Fault]:
    with pytest.raises(Faulty) as caught:
        yaml_text.load(text, "docs/x.yml")
    assert all("\n" not in str(fault) for fault in caught.value.faults)
    return caught.value.faults


def test_a_page_is_taken_apart() -> None:
    page = head.read(f"---\n{HEAD}number: 01\nsafety_critical: true\n---\n\n# Title\n", "docs/en/x.md", "BE")
    assert page.meta == {
        "title": "A title",
        "description": "What it says",
        "number": "01",
        "safety_critical": True,
    }
    assert page.body == "\n# Title\n"
    assert page.first_line == 7


def test_windows_line_ends_and_byte_order_mark() -> None:
    page = head.read("\ufeff---\r\ntitle: A\r\ndescription: B\r\n---\r\n# T\r\n", "x", "BE")
    assert page.meta["title"] == "A"
    assert page.body == "# T\n"
    assert page.first_line == 5


def test_a_description_may_be_a_quotation() -> None:
    for quoted in ("“Ik kan niet weg”", "„Ich kann nicht weg“", "« Vous n’êtes pas seul »", "«Ayuda»"):
        assert head.read(f"---\ntitle: x\ndescription: {quoted}\n---\n# T\n", "x", "BE").meta["description"]
    for stray in ('“Ik kan niet weg"', '«Ayuda"'):
        assert "stand around it" in refused(f"---\ntitle: x\ndescription: {stray}\n---\n# T\n")[0].what


def test_every_page_of_the_site_has_a_good_head() -> None:
    for file in sorted(DOCS.glob("*/**/*.md")):
        text = file.read_text(encoding="utf-8")
        page = head.read(text, file.name, "BE")
        assert text.split("\n")[page.first_line - 2] == "---", file


@pytest.mark.parametrize(
    ("head", "line", "reason"),
    [
        (HEAD + "template: evil.html\n", 4, "can't be set by a page"),
        (HEAD + "hide: [navigation]\n", 4, "can't be set by a page"),
        (HEAD + "hooks: x\n", 4, "can't be set by a page"),
        (HEAD + "search: {exclude: true}\n", 4, "can't be set by a page"),
        (HEAD + "titel: x\n", 4, "can't be set by a page"),
        ("description: x\n", 1, "no title"),
        ("title: x\n", 1, "no description"),
        ("title:\ndescription: x\n", 2, "no title"),
        ("title: [a]\ndescription: x\n", 2, "is not a text"),
        ("title: 12\ndescription: x\n", 2, "is not a text"),
        ("title: <b>x</b>\ndescription: x\n", 2, "markup"),
        ("title: a &lt; b\ndescription: x\n", 2, "markup"),
        ("title: x\ndescription: call 02 511 64 65\n", 3, "phone number"),
        ("title: x\ndescription: see evil.com\n", 3, "outside address"),
        ("title: 'a {{ emergency.phone }}'\ndescription: x\n", 2, "brace"),
        ('title: "a\\nb"\ndescription: x\n', 2, "several lines"),
        (HEAD + "number: first\n", 4, "one or two digits"),
        (HEAD + "safety_critical: yes please\n", 4, "safety_critical"),
        (HEAD + "safety_critical: false\n", 4, "safety_critical"),
        (HEAD + "title: again\n", 4, "stands twice"),
        ("title: a: b\ndescription: x\n", 2, "colon"),
        ("title: 'x\ndescription: x\n", 2, "quotation mark"),
        ("title: &a x\ndescription: *a\n", 2, "anchor"),
        ("title: !!python/object:os.system x\ndescription: x\n", 2, "is a type"),
        ("- a\n- b\n", 2, "list"),
        (HEAD + "...\nmore: x\n", 5, "document"),
    ],
)
def test_a_faulty_head_is_refused_with_its_line(head: str, line: int, reason: str) -> None:
    found = refused(f"---\n{head}---\n# T\n")
    assert any(fault.line == line and reason in fault.what for fault in found), list(map(str, found))


@pytest.mark.parametrize(
    "text", ["", "# T\n", "title: x\n", "---\ntitle: x\n", "--\n", "\n---\ntitle: x\n---\n"]
)
def test_no_head_is_refused(text: str) -> None:
    assert refused(text)


def test_all_faults_of_a_head_at_once() -> None:
    assert len(refused("---\ntitle: <b>\ntemplate: x\nhide: y\nnumber: z\n---\n")) == 5


def test_yaml_with_lines() -> None:
    text = 'a:\n  b: "112"\n  day: 2026-11-24\n  list:\n    - one\n    - 2\nno: yes\nflag: true\nempty:\n'
    data, lines = yaml_text.load(text, "docs/x.yml")
    assert data == {
        "a": {"b": "112", "day": datetime.date(2026, 11, 24), "list": ["one", 2]},
        "no": "yes",
        "flag": True,
        "empty": None,
    }
    assert lines[("a",)] == 1
    assert lines[("a", "b")] == 2
    assert lines[("a", "list", 1)] == 6
    assert lines[("empty",)] == 9
    assert yaml_text.load("", "x") == ({}, {})
    assert yaml_text.load("# a remark\n", "x") == ({}, {})


def test_words_are_not_turned_into_other_things() -> None:
    data, _ = yaml_text.load(
        "a: no\nb: 0123\nc: 12:30\nd: 1e3\ne: 0x1f\nf: .inf\ng: 2026-13-45\nh: 1_000\n", "x"
    )
    assert list(data.values()) == ["no", "0123", "12:30", "1e3", "0x1f", ".inf", "2026-13-45", "1_000"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, "stands twice (first in line 3)"),
        ("a: &x 1\nb: *x\n", 1, "anchor"),
        ("a: *x\n", 1, "repeats"),
        ("a: {b: {c: {d: {e: {f: {g: {h: {i: 1}}}}}}}}\n", 1, "levels deep"),
        ("[" * 5000, 1, "list"),
        ("a: " + "[" * 5000, 1, "levels deep"),
        ("a: " + "{b: " * 5000, 1, "levels deep"),
        ("a: !!set {x}\n", 1, "is a type"),
        ("a: !evil x\n", 1, "is a type"),
        ("? [a]\n: b\n", 1, "can't be a list"),
        ("<<: {a: 1}\n", 1, "merges"),
        ("just words\n", 1, "no name with a value"),
        ("a: 1\n---\nb: 2\n", 2, "document"),
        ("a: 'x\n", 1, "quotation mark"),
        ("\ta: 1\n", 1, "tab"),
        ("a: b: c\n", 1, "colon"),
        ("a: \x00\n", 0, "character"),
        ("a: " + "x" * 200_000, 0, "characters"),
        ("%TAG ! evil:\n---\na: 1\n" + "b: !x 1\n", 4, "is a type"),
    ],
)
def test_yaml_out_of_bounds_is_refused(text: str, line: int, reason: str) -> None:
    start = time.process_time()
    found = unread(text)
    assert time.process_time() - start < 2
    assert any(fault.line == line and reason in fault.what for fault in found), list(map(str, found))


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "anchor" in unread(bomb)[0].what


SOURCE: dict[str, object] = {"call": "Call {phone}.", "home": "Home", "note": "In {language}, {count} parts"}


def judged(words: dict[str, object]) -> list[Fault]:
    return interface_check(
        words, SOURCE, "docs/nl/interface.yml", {(key,): n for n, key in enumerate(words, 1)}, "BE"
    )


def test_the_words_of_a_language() -> None:
    assert not judged({"call": "Bel {phone}.", "home": "Start", "note": "{count} delen in {language}"})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"home": None}, "not a text"),
        ({"home": ""}, "empty"),
        ({"home": ["x"]}, "not a text"),
        ({"home": "<b>Start</b>"}, "markup"),
        ({"home": "Start &amp; meer"}, "markup"),
        ({"home": "Start {phone}"}, "no slot"),
        ({"call": "Bel ons."}, "{phone}"),
        ({"call": "Bel {telefoon}."}, "{telefoon}"),
        ({"call": "Bel {phone} {phone}."}, "{phone}"),
        ({"call": "Bel {phone}3 of {{phone}}"}, "brace"),
        ({"call": "Bel 112, {phone}."}, "short number"),
        ({"home": "Bel 02 511 64 65"}, "phone number"),
        ({"home": "evil.com"}, "outside address"),
        ({"home": "mail@evil.com"}, "e-mail"),
        ({"home": "Sta\u202ert"}, "order of letters"),
        ({"home": "Рayoke"}, "mixes"),
        ({"home": "a\nb"}, "several lines"),
        ({"home": "x" * 500}, "more than"),
        ({"call": "Bel {phone}3."}, "{phone}3"),
        ({"call": "Bel 9{phone}."}, "9{phone}"),
        ({"home": "Hulplijn 1712"}, "short number"),
        ({"hom": "x"}, "no word of the frame"),
    ],
)
def test_a_faulty_word_is_refused(change: dict[str, object], reason: str) -> None:
    good: dict[str, object] = {"call": "Bel {phone}.", "home": "Start", "note": "{count} delen in {language}"}
    found = judged({**good, **change})
    assert any(reason in fault.what for fault in found), list(map(str, found))
    assert all("\n" not in str(fault) and fault.severity == "error" for fault in found)


def test_marks_of_markdown_and_quotation_marks_around_a_word_are_told() -> None:
    for wrong in (
        "**A**",
        "_A b_",
        "*A b*",
        "## A",
        "- A",
        "• A",
        "`a",
        "](b",
        "~~A~~",
        "\\na",
        "“A b”",
        "„A b“",
        '“A"',
    ):
        (fault,) = judged({"call": "Bel {phone}.", "home": wrong, "note": "{language}, {count}"})
        assert wrong[0] in fault.what, fault
        assert ("apostrophe" in fault.todo) == (wrong[0] == "`"), fault
    for fine in (
        "A_b, C++ en -d",
        "5 * 3 * 2",
        "Frauen*haus und Männer*haus",
        "“A” en “b”",
        "A: “b”",
        "–",
        "#1",
        "- 18 ans",
        "+ de 18 ans",
        "+ dan 18 jaar",
        "+ of - 300 slachtoffers",
    ):
        assert not judged({"call": "Bel {phone}.", "home": fine, "note": "{language}, {count}"}), fine


def test_a_missing_word_is_refused() -> None:
    (fault,) = judged({"call": "Bel {phone}.", "home": "Start"})
    assert "“note” is missing" in fault.what


def test_the_words_of_all_languages() -> None:
    source, _ = yaml_text.load((DOCS / "en/interface.yml").read_text(encoding="utf-8"), "x")
    for file in DOCS.glob("*/interface.yml"):
        words, lines = yaml_text.load(file.read_text(encoding="utf-8"), file.name)
        found = interface_check(words, source, f"docs/{file.parent.name}/interface.yml", lines, "BE")
        assert not found, "\n".join(map(str, found))
