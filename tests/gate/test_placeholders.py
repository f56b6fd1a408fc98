"""A placeholder that only looks like one is told in one line, which names what nobody sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from safepage.gate import placeholders
from safepage.site.interface import interface_check
from small import small_site

RIGHT = "{{ emergency.phone }}"
ODD = {
    "{{ emergency.\u200bphone }}": "a sign that can't be seen (U+200B, a space without width) stands in",
    "{{ emergency.ph\u00adone }}": "U+00AD, a soft hyphen",
    "{{ emergency.phone\u2060 }}": "U+2060, a word joiner",
    "{{ \u202bemergency.phone\u202c }}": "U+202B, right-to-left embedding",
    "{\u200b{ emergency.phone }}": "U+200B, a space without width",
    "{{ emer\u200fgency.phone }}": "U+200F, right-to-left mark",
    "{{ \u0435mergency.phone }}": "“\u0435” (U+0435, cyrillic small letter ie) passes for “e”",
    "{{ emergency.ph\u03bfne }}": "greek small letter omicron) passes for “o”",
    "{{ \uff45mergency.phone }}": "fullwidth latin small letter e) passes for “e”",
    "｛｛ emergency.phone ｝｝": "fullwidth left curly bracket) is no plain brace",
    "❴❴emergency.phone❵❵": "is no plain brace",
    "{{ “emergency.phone” }}": "“““ (U+201C, left double quotation mark) is no part of a name",
    "{{ 'emergency.phone' }}": "(U+0027, apostrophe) is no part of a name",
    "{{ emergency\u2024phone }}": "one dot leader) is no part of a name",
    "{{ emergency,phone }}": "(U+002C, comma) is no part of a name",
    "{{ Emergency.phone }}": "latin capital letter e) is no part of a name",
    "{{ emergency. phone }}": "a space stands within its name",
    "{{ emergency.phone. }}": "a dot too many stands in it",
    "{{ emergency.phone }": "two braces open it and two close it",
    "{emergency.phone}": "two braces open it and two close it",
    "{{{ emergency.phone }}}": "two braces open it and two close it",
}
FINE = [
    RIGHT,
    "{{emergency.phone}}",
    "{{\u00a0emergency.phone\u00a0}}",
    "{{ \u200femergency.phone }}",
    "{ { emergency.phone } }",
    "{{ no.such }}",
    "{{ 紧急.电话 }}",
    "## Signs {#signs}",
    "{phone}",
    "«{{ emergency.phone }}»",
    "(see 1.2)",
]


@pytest.mark.parametrize("odd", ODD)
def test_what_looks_like_a_placeholder_says_why_it_is_none(odd: str) -> None:
    text, faults = placeholders.straight(f"One\n\nCall {odd} now.", "docs/nl/x.md", 5)
    assert text == f"One\n\nCall {RIGHT} now."
    (told,) = faults
    assert (told.path, told.line) == ("docs/nl/x.md", 7)
    assert ODD[odd].replace("“““", "““”") in told.what
    assert RIGHT in told.todo


@pytest.mark.parametrize("fine", FINE)
def test_a_placeholder_and_what_is_taken_for_one_are_left_as_they_are(fine: str) -> None:
    assert placeholders.straight(fine, "x.md") == (fine, ())


@pytest.mark.parametrize(
    ("odd", "says"),
    [
        (
            "{\u0440hone}",
            "“{\u0440hone}” is not {phone}: “\u0440” (U+0440, cyrillic small letter er) passes for “p”",
        ),
        ("{pho\u200bne}", "a sign that can't be seen (U+200B, a space without width) stands in {phone}"),
        ("｛phone｝", "fullwidth left curly bracket) is no plain brace"),
        ("{{ phone }}", "one brace opens it and one closes it"),
        ("{ phone }", "a space too many stands in it"),
        ("{Phone}", "latin capital letter p) is no part of a name"),
    ],
)
def test_a_slot_of_the_frame_that_only_looks_like_one_is_told_in_one_line(odd: str, says: str) -> None:
    source = {"emergency": "In danger? Call {phone}."}
    (told,) = interface_check(
        {"emergency": f"Gevaar? Bel {odd}."}, source, "nl.yml", {("emergency",): 3}, "BE"
    )
    assert says in told.what
    assert told.todo == "write {phone} anew on a Latin keyboard"


def test_the_build_tells_each_in_one_line(tmp_path: Path) -> None:
    """Neither a missing contact nor another structure is told of beside it."""
    site = small_site(tmp_path / "project")
    first = site.change("docs/nl/contact.md", RIGHT, "{{ \u0435mergency.phone }}")
    second = site.change(
        "docs/nl/contact.md", "{{ centre.antwerp.phone }}", "{{ centre.\u200bantwerp.phone }}"
    )
    told = site.build()
    assert [line.partition(": error")[0] for line in told] == [
        f"docs/nl/contact.md:{line}" for line in (first, second)
    ]


def test_right_behind_bold_words_or_a_link_it_needs_no_space(tmp_path: Path) -> None:
    """Whoever writes Chinese, Japanese or Thai types none there."""
    it = small_site(tmp_path)
    about = it.read("docs/en/about.md")
    it.write("docs/en/about.md", f"{about}\n**Call：**{RIGHT}\n\n- [Call](contact.md){RIGHT} (now)\n")
    assert not [line for line in it.build(only="en") if " error: " in line]
    assert it.page("about").css_matches('strong + a[href="tel:112"]')
    assert it.page("about").css_matches('a[href="../contact/"] + a[href="tel:112"]')
