"""The first wall: malicious pages are refused in plain words, fine ones never."""

from __future__ import annotations

import re
import time
from itertools import cycle, product
from pathlib import Path

import pytest

from corpus.cases import DIGITS, TECHNIQUES, cases
from rendering import gated, page, render
from safepage.gate import after, before, head, placeholders
from safepage.gate.contacts import addresses
from safepage.translations import structure

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted((ROOT / "tests" / "fixtures" / "languages").glob("*.md"))
PAGES = sorted((ROOT / "docs").glob("*/**/*.md"))

# Words of which a refusal of that technique holds at least one: it is refused for what it is.
REASONS = {
    "scripts": "program|HTML|comment|markup|hide or cover|words and send",
    "handlers": "program|HTML|hide or cover|another site|markup|fetched|words and send",
    "schemes": "program|HTML|another site|hide or cover|words and send|link|fetched|image|outside",
    "outside": "outside|e-mail|link|image|account|phone|can't be seen|symbols|short number",
    "markup": "HTML|program|hide|another site|words and|anchor|Markdown|code|block|title|comment|alt|colons",
    "numbers": "phone number|short number|bank account|tel:",
    "hidden": "can't be seen|carry a text|order of letters|lost|mixes|looks like|symbols|piled",
    "templates": "template|placeholder",
    "bulk": "characters|nested|in a row",
    "leaving": "hide or cover",
    "plain-numbers": "phone number",
    "signs-between": "phone number",
    "letters-for-digits": "phone number|short number",
    "short-numbers": "short number|phone number",
    "spread-digits": "phone number|short number",
    "spoken-numbers": "phone number|short number",
    "drawn-digits": "phone number|short number|hidden mark|symbols",
    "spelt-addresses": "outside address|e-mail|image|symbols",
    "accounts": "account",
    "apps": "outside|e-mail|phone number",
}


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_every_malicious_case_is_refused_for_what_it_is(technique: str) -> None:
    missed = []
    for case in cases():
        if case.technique != technique:
            continue
        found = gated(page(case.markdown))
        if not any(re.search(REASONS[technique], fault.what) for fault in found):
            missed.append((case.name, case.markdown[:80], [fault.what for fault in found]))
        for fault in found:
            assert fault.severity == "error"
            assert "\n" not in str(fault)
            assert len(str(fault)) < 400, str(fault)
            assert not fault.todo.endswith(".")
    assert not missed


def test_there_are_several_hundred_cases() -> None:
    assert len(cases()) > 600
    assert len({case.markdown for case in cases()}) > 600


@pytest.mark.parametrize("file", LANGUAGES, ids=lambda file: file.stem)
def test_no_language_is_refused(file: Path) -> None:
    source = file.with_name("en.md").read_text(encoding="utf-8")
    whole = file.read_text(encoding="utf-8")
    text = head.read(whole, file.name, "BE")
    numbers = addresses.numbers(source)
    assert not gated(text.body, f"docs/{file.stem}/page.md", text.first_line, source_numbers=numbers)
    assert not structure.check(source, whole, "en.md", file.name)


@pytest.mark.slow
@pytest.mark.parametrize("file", LANGUAGES, ids=lambda file: file.stem)
def test_a_changed_digit_is_refused_in_every_language_and_script(file: Path) -> None:
    """The number of a centre, written out with one digit changed, as each script writes it."""
    text = head.read(file.read_text(encoding="utf-8"), file.name, "BE")
    numbers = addresses.numbers(file.with_name("en.md").read_text(encoding="utf-8"))
    wrong = ("02 511 64 65", "078 055 801", "113", "+32 2 511 64 65")
    scripts = ["0123456789", *DIGITS.values()]
    written = next(row for row in text.body.split("\n") if "{{ emergency.phone }}" in row)
    line = file.read_text(encoding="utf-8").split("\n").index(written) + 1
    # Each number in the language's common script, and each script with one of them.
    for number, digits in [*product(wrong, scripts[:1]), *zip(cycle(wrong), scripts[1:])]:
        spelt = number.translate(str.maketrans("0123456789", digits))
        changed = text.body.replace("{{ emergency.phone }}", spelt, 1)
        found = gated(changed, f"docs/{file.stem}/page.md", text.first_line, source_numbers=numbers)
        assert any("number" in fault.what for fault in found), (spelt, changed)
        assert line in {fault.line for fault in found}


@pytest.mark.parametrize(
    "fine",
    [
        "The circular of 23 December 2016 says so.",
        "Since 23/12/2016, or 2016-12-23, or 23.12.2016.",
        "You have 45 days.",
        "Day and night, 24/7, 24 hours, 7 days.",
        "From 2015-2020 and in 2021, 2022 and 2023.",
        "Directive 2011/36/EU.",
        "The 112 BE app.",
        "About 1 000 000 people, or 1,500,000 people, or 25 000.",
        "It costs € 1.500,50 or 12 500 euros.",
        "Open 9:00-17:30, 9.00 – 17.00 uur, 14h30.",
        "Art. 5, § 2, al. 3; article 101; art. 433quinquies.",
        "z.B. d.h. o.a. a.u.b. e.g. i.e. p.ex. u.s.w. т.е. n.v.t. Ph.D.",
        "1. one, 2. two, 3. three",
        "A1, B2, 16+, 18-25",
        "Press 1 for ambulance, 2 for the police.",
        "Press Shift 3 times in 5 seconds; Ctrl+Shift+N.",
        "One sign & another.",
        "If x < 3 and y > 2.",
        "A *word* and a **strong** one and `code`.",
        "[Contact](contact.md#centres) and [here](#signs).",
        "[Another page](../nl/contact.md), [a folder](forms/work.md).",
        "![A closed door](../assets/door.svg)",
        "![](../assets/line.svg){.decorative}",
        "- one\n- two\n    - three",
        "1. one\n2. two",
        "> A quotation.",
        "---",
        "| Sign | What |\n|---|---|\n| one | two |",
        '!!! note "Calm"\n    Text.',
        '!!! danger "Danger"\n    Call {{ emergency.phone }}.',
        "## Money {#money}\n\nText.",
        "### Part {#part-2}\n\nText.",
        "Call {{ emergency.phone }}, 24 hours a day.",
        "Call {{ centre.brussels.phone }} or {{ centre.antwerp.phone }}. 45 days.",
        "Line one  \nline two",
        "victim·e·s, l·l",
        "Caf&eacute; &amp; th&eacute;, 10&nbsp;%.",
        "[x]: contact.md\n\nSee [the page][x].",
        "In 2000 2005 2010.",
        "1000 Brussels",
        "About 15 000 - 20 000 people.",
        "Level B1 (CEFR), WCAG 2.2, AA.",
        "ISBN 978-92-2-130000-1",
        "Numac 2016009632",
        "🚨 Danger! ❤️ 👩‍👧",
        "“Quoted” — and – dashes…",
        "H₂O and m²",
        "½ of them",
        "Law 678/2001, Lei 13.344/2016, case C-165/14, judgment 106/2013, application 25965/04.",
        "Convention No. 105 (1957).",
        "In all 1 234 567 people, 12.345.678 people.",
        "Since ۱۳۹۵/۰۵/۱۲, ๑๕/๐๓/๒๕๖๓.",
        "Open 8.30-12.30 and 13.30 – 17.00.",
        "| Age | Women | Men |\n|---|---|---|\n| 0-17 | 120 | 95 |\n| 18-30 | 1 230 | 987 |",
        "[![A door](../assets/door.svg)](contact.md)",
        "5 > 3",
    ],
)
def test_fine_text_is_never_refused(fine: str) -> None:
    assert not gated(page(fine))


@pytest.mark.parametrize(
    ("text", "line", "piece"),
    [
        ("Call 02 511 64 65 now.", 11, "02 511 64 65"),
        ("A line\nwith 0*2* 511\n**64** 65 in it.", 12, "511"),
        ("&#48;2 511 64 65", 11, "02 511 64 65"),
        ("One.\n\nTwo <b>x</b>.", 13, "<b>"),
        ("One.\n\n[x](javascript:alert)", 13, "javascript:alert"),
        ("One.\n\nTwo.\n{: onclick=x }", 14, "onclick"),
        ("One [x][far].\n\n[far]: https://evil.example", 13, "https://evil.example"),
        ("One\u202e two.", 11, "U+202E"),
        ("One {{ emergency.phone two.", 11, "placeholder"),
        ("One\n\\{\\{ police.phone \\}\\}.", 12, "“police.phone” is spelt"),
        ("{{ police.phone }}\n\\{\\{ police.phone \\}\\}", 12, "“police.phone” is spelt"),
        ("One [{{ police.phone }}](contact.md).", 11, "stands in a link"),
        ("One [](contact.md).", 11, "a link has no words"),
        ("One.\n\n## {#one}\n\nTwo.", 13, "a heading has no words"),
        ("One.\n\nTwo\n---\n\nThree.", 13, "“Two” is a heading without an anchor"),
        ("One.\n\n[TOC]", 13, "makes a list of the headings"),
        ("One.\n\n2012. évi törvény", 13, "begins with 2012"),
        ("One.\n\nCall [02 511][1] 64 65.\n\n[1]: contact.md", 13, "02 511 64 65"),
        ("evil.{{ line.national.website }}", 11, "evil.{{"),
        ("{{ line.national.website }}.evil.example", 11, "website }}.evil.example"),
        ("{{ line.national.email }}.evil", 11, "email }}.evil"),
        ("See сайт.онлайн.", 11, "сайт.онлайн"),
        ("One\ufdd0 two.", 11, "U+FDD0"),
    ],
)
def test_a_refusal_names_the_line_and_the_text(text: str, line: int, piece: str) -> None:
    found = gated(page(text), first_line=7)
    assert any(fault.line == line and piece in fault.what for fault in found), list(map(str, found))
    assert all(fault.path == "docs/en/page.md" for fault in found)


def test_equal_faults_in_two_places_are_two_lines() -> None:
    found = gated(page("Call 02 511 64 65.\n\nAgain 02 511 64 65."))
    assert [fault.line for fault in found] == [5, 7]


def test_a_heading_is_told_once_for_what_it_is() -> None:
    """One that has no anchor, and words that are a heading because of the line below them."""
    found = gated(page("## **Who** decides?\n\nOne.\n\nWho else\n---\n\nTwo."))
    assert [fault.line for fault in found] == [5, 9]
    assert "has no anchor" in found[0].what
    assert "right below it" in found[1].what


def test_all_faults_of_a_page_at_once() -> None:
    found = gated(
        page("Call 02 511 64 65.\n\n<b>x</b>\n\n[x](//evil.example)\n\nte\u200bxt\n\n## No anchor\n\ny")
    )
    assert len({fault.line for fault in found}) == 5


def test_a_placeholder_that_the_source_does_not_use() -> None:
    allowed = placeholders.names("Call {{ centre.brussels.phone }} or {{police.phone}}.")
    assert allowed == {"centre.brussels.phone", "police.phone"}
    assert not gated(page("{{centre.brussels.phone}} {{ police.phone }}"), source_placeholders=allowed)
    found = gated(page("{{ centre.antwerp.phone }}"), source_placeholders=allowed)
    assert "source page does not use {{ centre.antwerp.phone }}" in found[0].what
    assert found[0].line == 5


def test_a_number_of_the_source_may_stand_in_a_translation() -> None:
    numbers = addresses.numbers("In 118 cases, or 1207 of 2016.")
    assert not gated(page("In 118 gevallen, of 1207 van 2016."), source_numbers=numbers)
    assert gated(page("In 119 gevallen."), source_numbers=numbers)
    assert gated(page("In 1208 gevallen."), source_numbers=numbers)


@pytest.mark.parametrize(
    "body", ["", "\n\n", "# Title\n", "# Title\n\n## Part {#part}\n", "text only", "# A\n\nx\n\n# B\n\ny"]
)
def test_empty_and_half_pages_are_refused(body: str) -> None:
    assert gated(body)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "the page is empty"),
        ("# Title\n\nText.\n\n    four spaces\n", "four spaces or more"),
        ("# A\n\nx\n\n# B\n\ny", "the page has 2 titles"),
        ("## Part {#part}\n\nx\n\n# Title\n\ny", "title does not come first"),
        ("# Title\n\n| tel 02 | 511 | 64 65 now |\n|---|---|---|\n| a | b | c |", "phone number"),
        ("# Title\n\nText.\n\n- tel\n- 02\n- 511\n- 64 65\n", "phone number"),
    ],
)
def test_a_refusal_in_words_that_help(body: str, reason: str) -> None:
    assert any(reason in fault.what for fault in gated(body))


def test_a_comment_is_seen_in_the_html_too() -> None:
    found = after.check("<h1 id='t'>Title</h1><p>Text.<!-- x --></p>", "", "docs/en/page.md", 1, "BE")
    assert any("begins a comment" in fault.what for fault in found)


def test_an_empty_part_is_named() -> None:
    found = gated(
        "# Title\n\nText.\n\n## Full {#full}\n\nText.\n\n## Bare {#bare}\n\n## Last {#last}\n\nText.\n"
    )
    assert [(fault.line, "nothing below the heading “Bare" in fault.what) for fault in found] == [(9, True)]


def test_what_the_sanitiser_would_change_is_an_error_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the walk over the tree had a hole, nh3 would still stop the page."""
    monkeypatch.setattr(after._Page, "enter", lambda *_: None)
    monkeypatch.setattr(after._Page, "finish", lambda *_: None)
    for hole in (
        "<script>x</script>",
        "<b>x</b>",
        '<p onclick="x">y</p>',
        '<a href="javascript:x">y</a>',
        "<!-- x -->",
    ):
        assert after.check(f"<p>Text.</p>{hole}", "", "docs/en/page.md", 1, "BE"), hole
    assert not after.check(render(page("Fine *text*.")), "", "docs/en/page.md", 1, "BE")


def test_the_walk_alone_refuses_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """And if nh3 had one, the walk would."""
    monkeypatch.setattr(after, "_CLEANER", type("Blind", (), {"clean": staticmethod(lambda html: html)}))
    for case in cases():
        if case.technique in ("scripts", "schemes"):
            assert gated(page(case.markdown)), case.name


def test_the_frame_keeps_its_ids() -> None:
    """No heading can take the name of something in the frame, such as the exit."""
    names = set()
    templates = [file for file in (ROOT / "overrides").rglob("*.html") if file.name != "examples.html"]
    for file in [*templates, ROOT / "scripts/safepage/page/checklist.py"]:
        names |= set(re.findall(r'\bid="([a-z][\w-]*)"', file.read_text(encoding="utf-8")))
    for file in (ROOT / "overrides").rglob("*.js"):
        names |= set(re.findall(r"getElementById\(['\"]([\w-]+)", file.read_text(encoding="utf-8")))
    assert "quick-exit" in names
    for name in sorted(names):
        assert gated(page(f"## Part {{#{name}}}\n\nText.")), name


def test_a_page_passes_the_gate_quickly() -> None:
    body = max((head.read(f.read_text(encoding="utf-8"), f.name, "BE").body for f in PAGES), key=len)
    html = render(body)
    after.check(html, body, "docs/en/page.md", 1, "BE")
    start = time.process_time()
    for _ in range(20):
        before.check(body, "docs/en/page.md", 1)
        after.check(html, body, "docs/en/page.md", 1, "BE")
    assert (time.process_time() - start) / 20 < 0.03


def test_climbing_out_of_the_site_is_refused() -> None:
    assert gated(page("[x](../../../x/)"), "docs/en/page.md")
    assert not gated(page("[x](../../x/)"), "docs/nl/page.md")
