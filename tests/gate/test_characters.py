"""Hidden and deceiving characters: refused, except where a script needs them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from safepage.gate import characters

LANGUAGES = sorted(Path(__file__).parents[1].glob("fixtures/languages/*.md"))


@pytest.mark.parametrize("file", LANGUAGES, ids=lambda file: file.stem)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_twenty_languages_pass_composed_and_decomposed(file: Path, form: str) -> None:
    text = unicodedata.normalize(form, file.read_text(encoding="utf-8"))
    assert not characters.check(text, file.name)


@pytest.mark.parametrize(
    "fine",
    [
        "می\u200cشود",
        "PDF\u200cها",
        "व्यक्\u200dति",
        "র\u200d্যাব",
        "👩\u200d👩\u200d👧 and ❤️ and 🏳️\u200d🌈 and 1️⃣",
        "สวัสดี\u200bครับ",
        "ខ្មែរ\u200bភាសា",
        "ខ្មែរ \u200b\u200bភាសា",
        "Donau\u00addampf\u00adschiff",
        "\u200fPAG-ASA بالعربية",
        "העברית 112\u200e",
        "日本ＡＢＣです",
        "SMS-сообщение, PDF-ът, Українська",
        "Ελλάδα (Greek)",
        "PAG-ASA는",
        "שָׁלוֹם",
        "a\u00a0%, 10\u202f000, a\u2009b",
        "a\u2003b c\u202f! d\u3000e",
        "葛\U000e0100城市",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f and 🏳️\u200d⚧️",
        "اتصل \u200f112\u200f.",
        "العربية (\u200ePAG-ASA\u200e)",
        "في 5\u200f/12\u200f/2024 كان",
        "نص\u200f: PAG",
        "«\u00a0mot\u00a0» : 10\u202f%",
        "\ufeffThe first line of a file from Windows",
        "line\r\nline\ttab",
    ],
)
def test_what_a_script_needs_is_fine(fine: str) -> None:
    assert not characters.check(fine, "x.md")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("te\u202ext", "turns the order"),
        ("te\u2067xt", "turns the order"),
        ("te\u200bxt", "can't be seen"),
        ("te\u200cxt", "can't be seen"),
        ("te\u200dxt", "can't be seen"),
        ("te\u2060xt", "can't be seen"),
        ("te\u200ext", "can't be seen"),
        ("te\u200fxt", "can't be seen"),
        ("1\u00ad2", "can't be seen"),
        ("می\u200c\u200cشود", "can't be seen"),
        ("العربية 3\u200f1\u200f1", "another number"),
        ("العربية 02\u200e/511\u200e 64", "another number"),
        ("العربية ٣\u061c ٤", "another number"),
        ("العربية 3 \u200f- 1", "another number"),
        ("שלום 1\u200f.1", "another number"),
        ("اتصل 7\u200f,8", "another number"),
        ("في 5\u200f/1\u200f/1 كان", "another number"),
        ("عر\u200fبية", "can't be seen"),
        ("العربية he\u200flp", "can't be seen"),
        ("العربية\u200f\u200f", "can't be seen"),
        ("te\u1680xt", "ogham space mark"),
        ("te\uf0b7xt", "bullet of Word's own font"),
        ("te\u3164xt", "hangul filler"),
        ("2\u00adx", "soft hyphen"),
        ("te\ufeffxt", "can't be seen"),
        ("te\x07xt", "can't be seen"),
        ("te\u3164xt", "can't be seen"),
        ("te\U000e0061xt", "carry a text"),
        ("te\U000e0101xt", "carry a text"),
        ("te\ufffdxt", "was lost"),
        ("te\ue123xt", "can't be seen"),
        ("te\u2029xt", "can't be seen"),
        ("Рayoke", "mixes letters"),
        ("PΑG", "mixes letters"),
        ("In this text РАУОКЕ is no Latin word.", "looks like Latin"),
        ("𝐏𝐚𝐲𝐨𝐤𝐞", "symbols in place"),
        ("Ⓟⓐⓨ", "symbols in place"),
        ("H\u0335\u0336\u0337\u0338elp", "piled"),
    ],
)
def test_what_hides_or_deceives_is_refused(bad: str, reason: str) -> None:
    found = characters.check(f"First line.\n{bad}\n", "docs/en/x.md", first_line=4)
    assert found
    assert all(fault.line == 5 and fault.severity == "error" for fault in found)
    assert reason in found[0].what
    assert all(line.isprintable() for line in map(str, found)), "a refusal shows no hidden character itself"


def test_the_code_point_and_the_word_are_named() -> None:
    (fault,) = characters.check("Call us\u200b now", "x.md")
    assert "U+200B" in fault.what
    assert "after “Call us”" in fault.what


def test_a_file_full_of_them_gives_few_lines_and_soon() -> None:
    assert len(characters.check("\u202e" * 50_000, "x.md")) <= 20
    assert len(characters.check("\u202e\n" * 50_000, "x.md")) <= 20
