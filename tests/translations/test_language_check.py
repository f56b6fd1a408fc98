"""A page in another language than its folder's is a warning; a page in its own never is."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from safepage.faults import Fault
from safepage.gate import head
from safepage.output.kept import NOTHING, Kept, Remembered
from safepage.translations import language_check

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted((ROOT / "tests/fixtures/languages").glob("*.md"))
PAGES = sorted(
    file for file in (ROOT / "docs").glob("*/**/*.md") if file.relative_to(ROOT / "docs").parts[0] != "en"
)
KNOWN = sorted(
    {"ar", "fa", "hi", "bn", "zh", "vi", "bg", "uk", "tr", "ro", "pl", "th", "sq", "hu", "he", "ko", "ru"}
)


def body(file: Path) -> str:
    return head.read(file.read_text(encoding="utf-8"), file.name, "BE").body


def of(tag: str) -> str:
    return body(ROOT / f"tests/fixtures/languages/{tag}.md")


@pytest.mark.parametrize("file", LANGUAGES, ids=lambda file: file.stem)
def test_a_page_in_its_own_language_is_left_alone(file: Path) -> None:
    assert not language_check.check(body(file), file.stem, of("en"), file.name)
    assert not language_check.whole(body(file), of("en"), file.name)


def test_the_pages_of_the_site() -> None:
    """A warning here, as in the build: what is unsure is for people to judge."""
    locales = ["en", *sorted({file.relative_to(ROOT / "docs").parts[0] for file in PAGES})]
    for fault in language_check.check_tree(ROOT / "docs", locales, Remembered(NOTHING)):
        warnings.warn(str(fault), stacklevel=1)


def test_a_tree_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for locale in ("en", "nl", "fr"):
        (tmp_path / "docs" / locale).mkdir(parents=True)
        text = (ROOT / "docs" / ("en" if locale == "en" else "nl") / "advice.md").read_text(encoding="utf-8")
        (tmp_path / "docs" / locale / "advice.md").write_text(text, encoding="utf-8")
    kept = Kept(tmp_path / "kept")
    looked: list[str] = []
    real = language_check.check

    def watched(*arguments: object, **options: object) -> object:
        looked.append(str(arguments[3]))
        return real(*arguments, **options)  # type: ignore[arg-type]

    def check() -> list[Fault]:
        remembered = Remembered(kept)
        found = language_check.check_tree(tmp_path / "docs", ["en", "nl", "fr"], remembered)
        remembered.keep()
        return found

    monkeypatch.setattr(language_check, "check", watched)
    first = check()
    assert {fault.path for fault in first} == {"docs/fr/advice.md"}
    assert len(first) == language_check.MAX_WARNINGS
    assert "more paragraphs are in another language" in first[-1].what
    assert looked == ["docs/nl/advice.md", "docs/fr/advice.md"]
    looked.clear()
    assert check() == first
    assert looked == [], "nothing is looked at again"
    page = tmp_path / "docs/fr/advice.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert check() == first
    assert looked == ["docs/fr/advice.md"]


@pytest.mark.parametrize(("locale", "like"), [("prs", "fa"), ("rmy", "ro"), ("ckb", "fa"), ("rmy", "sq")])
def test_a_language_that_the_detector_does_not_know_is_no_fault(locale: str, like: str) -> None:
    """It calls Dari Persian, and Romani whatever comes near."""
    assert not language_check.check(of(like), locale, of("en"), "x.md")


@pytest.mark.parametrize("locale", ["nl", "fr", "ti", "ps", "pt-BR", "prs", "rmy"])
def test_a_page_left_in_the_source_language(locale: str) -> None:
    found = language_check.check(of("en"), locale, of("en"), "docs/xx/x.md", first_line=6)
    assert len(found) >= 4
    assert {fault.severity for fault in found} == {"warning"}
    assert found[0].line == 9
    assert "still in English" in found[0].what


@pytest.mark.parametrize("tag", KNOWN)
def test_a_page_in_another_language(tag: str) -> None:
    other = "nl" if tag != "nl" else "fr"
    found = language_check.check(of(tag), other, of("en"), f"docs/{other}/x.md")
    assert found, tag
    assert "the page is Dutch" in found[0].what


def test_one_paragraph_in_another_language() -> None:
    text = of("ro") + "\nDie Opfer sehen sich selbst oft nicht als Opfer. Vertrauen braucht Zeit.\n"
    (fault,) = language_check.check(text, "ro", of("en"), "docs/ro/x.md")
    assert fault.line == len(text.split("\n")) - 1
    assert "seems to be German, but the page is Romanian" in fault.what


def test_names_and_short_pieces_are_left_alone() -> None:
    names = "# Contact\n\nPAG-ASA, Payoke, Sürya, Myria, Child Focus, Fairwork\n\n- Payoke: {{ a.phone }}\n"
    assert not language_check.check(names, "uk", names, "x")


def test_the_source_language_is_not_compared_with_itself() -> None:
    assert not language_check.check(of("en"), "en", of("en"), "x")


def test_a_small_part_of_a_page_is_an_error() -> None:
    whole = of("en")
    (fault,) = language_check.whole("# Conseils\n\nUne phrase.\n", whole, "docs/fr/x.md")
    assert fault.severity == "error"
    assert "small part" in fault.what
    assert not language_check.whole(of("zh"), whole, "docs/zh/x.md")
    assert not language_check.whole("# A\n", "# B\n\nShort.\n", "x")


def test_a_build_that_needs_no_detector_does_not_load_it() -> None:
    code = (
        "import sys; sys.path[:0] = ['scripts']; "
        "import safepage.translations.language_check; print('fasttext' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
