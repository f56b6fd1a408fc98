"""Answers are taken as they are written, or every fault of them is told at once, with its line."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from pathlib import Path

import phonenumbers
import pytest

from safepage.begin import answers, asking, command
from safepage.begin.content import Content
from safepage.begin.packed import Packed
from safepage.faults import Faulty
from safepage.gate import country as countries

NUMBER = phonenumbers.format_number(
    phonenumbers.example_number("NL"), phonenumbers.PhoneNumberFormat.NATIONAL
)
FINE = f"""\
country: NL
languages:
  - nl
  - ar
  - en
address: https://www.our-house.nl/help
name:
  nl: Hulp bij mensenhandel
  en: Help
exit:
  nl: https://www.knmi.nl/
operator:
  name: Example house
contacts:
  # whom we know
  emergency:
    phone: "112" # also for the police
    source: example
    checked: 2026-11-24
  centre:
    # the first of them
    north:
      name: Example house
      phone: {NUMBER}
      source: example
      checked: 2026-11-24
# the end
repository: https://github.com/our-house/site
"""


MINIMAL = """\
country: NL
exit: https://www.knmi.nl/
contacts: {emergency: {phone: "112", source: example, checked: 2026-11-24}}
"""


@pytest.fixture(scope="module")
def packed() -> Packed:
    return Packed.read()


def told(text: str, packed: Packed) -> list[str]:
    """Every fault of a text, as a line."""
    try:
        return [str(fault) for fault in answers.of_text(text, "a.yml", packed)[1]]
    except Faulty as faulty:
        return [str(fault) for fault in faulty.faults]


def test_fine_answers_are_taken(packed: Packed) -> None:
    found, warnings = answers.of_text(FINE, "a.yml", packed)
    assert list(found.languages.items()) == [("nl", "Nederlands"), ("ar", "العربية"), ("en", "English")]
    assert found.address == "https://www.our-house.nl/help/"
    assert found.names == {"nl": "Hulp bij mensenhandel", "ar": "Hulp bij mensenhandel", "en": "Help"}
    assert found.exits == dict.fromkeys(("nl", "ar", "en"), "https://www.knmi.nl/")
    assert found.contacts.startswith(
        "operator:\n  name: Example house\n  address:\n  email:\n\n# whom we know\nemergency:\n"
    )
    assert '  phone: "112" # also for the police\n' in found.contacts
    assert "  # the first of them\n  north:\n" in found.contacts
    assert "the end" not in found.contacts
    assert [warning.line for warning in warnings] == [12, 12], "the operator's address and e-mail"


@pytest.mark.parametrize(
    "save", [lambda text: codecs.BOM_UTF8 + text.encode(), lambda text: text.replace("\n", "\r\n").encode()]
)
def test_a_file_saved_by_windows_is_read(
    save: Callable[[str], bytes], packed: Packed, tmp_path: Path
) -> None:
    (tmp_path / "a.yml").write_bytes(save(FINE))
    assert answers.read(tmp_path / "a.yml", packed)[0] == answers.of_text(FINE, "a.yml", packed)[0]


def test_what_no_list_knows_is_taken_from_who_knows_it(packed: Packed) -> None:
    """A language with its name; a number that somebody has called; a contact that is reached by a chat."""
    text = FINE.replace("  - ar", "  - {locale: tlh, name: tlhIngan Hol}").replace('"112" #', '"0114" #')
    text = text.replace(
        "    source: example\n    checked", "    by_hand: true\n    source: example\n    checked", 1
    )
    text = text.replace(f"phone: {NUMBER}", "chat: https://chat.our-house.nl/")
    found = answers.of_text(text, "a.yml", packed)[0]
    assert found.languages["tlh"] == "tlhIngan Hol"
    assert "chat: https" in found.contacts


def test_utf_16_and_no_file_are_told_in_a_line(packed: Packed, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(FINE.encode("utf-16"))
    for name, what in (("a.yml", "saved as UTF-16"), ("b.yml", "there is no such file")):
        with pytest.raises(Faulty, match=what):
            answers.read(tmp_path / name, packed)


# What is changed, the line that is told, and of what it tells.
WRONG: list[tuple[str, str, int, str]] = [
    ("country: NL", "country: Nederland", 1, "no country's code. What to do: write country: NL"),
    ("country: NL", "country: XX", 1, "no country's code"),
    ("contacts:", "contacts: [a]\nregions:", 14, "“contacts” holds a list or a word"),
    ("country: NL\n", "", 0, "“country” is not answered"),
    ("country:", "contry:", 1, "“contry” is none of the questions. What to do: write “country”"),
    (
        "  - ar",
        "  - arabic",
        4,
        "not a known language tag (examples: ro, pt-BR, zh-Hant). What to do: write its tag, ar",
    ),
    ("  - ar", "  - pt-br", 4, "is spelt “pt-BR”"),
    ("  - ar", "  - {locale: tlh, name: tlh\u200bIngan}", 4, "a character that can't be seen"),
    ("  - ar", "  - nl", 4, "“nl” stands twice"),
    ("  - nl\n", "  - so\n", 3, "there are no texts in so yet"),
    ("  - ar", "  - {locale: tlh}", 4, "write {locale: tlh, name: …}"),
    ("https://www.our-house.nl/help", "our-house.nl", 6, "no whole address"),
    ("  nl: Hulp", "  de: Hulp", 8, "“de” is no language of the site"),
    ("Hulp bij", "Bel 112 bij", 8, "the name: "),
    ("https://www.knmi.nl/", "http://www.knmi.nl/", 11, "the exit: "),
    ("https://www.knmi.nl/", "https://www.our-house.nl/weer", 11, "leads back to this site"),
    ("  name: Example house\ncontacts", "  nam: Example house\ncontacts", 13, "“nam” is not a field"),
    ('"112"', '"999"', 17, "“999” is not a valid number in the Netherlands"),
    ("    checked: 2026-11-24\n  centre", "  centre", 16, "has no 'checked'"),
    (f"phone: {NUMBER}", "phone: 02 511 64 64", 24, "not a valid number in the Netherlands"),
    ("      name: Example house", "      nom: Example house", 23, "“nom” is not a field of a contact"),
    ("our-house/site", "", 28, "the repository is no address of a project"),
]


def test_each_fault_is_told_at_its_line(packed: Packed) -> None:
    missed = []
    for old, new, line, what in WRONG:
        assert old in FINE, old
        place = f"a.yml:{line}: " if line else "a.yml: "
        lines = told(FINE.replace(old, new, 1), packed)
        if not any(text.startswith(place) and what in text for text in lines):
            missed.append(f"{new!r} {line} {what}: {lines}")
    assert not missed, "\n".join(missed)


def test_all_faults_are_told_at_once_and_nothing_is_written(
    packed: Packed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FINE
    for old, new in (("NL", "Nederland"), ("- ar", "- arabic"), ("https://www.knmi", "http://www.knmi")):
        text = text.replace(old, new, 1)
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    assert begun(tmp_path, "site", "--answers", str(tmp_path / "a.yml")) == 1
    said = capsys.readouterr().err
    assert all(f"a.yml:{line}: error" in said for line in (1, 4, 11))
    assert said.endswith("Nothing was written.\n")
    assert "warning" not in said, "what can wait"
    assert [file.name for file in tmp_path.iterdir()] == ["a.yml"]


def begun(folder: Path, name: str, *words: str) -> int:
    """Run the command: its exit code."""
    from safepage import cli

    return cli.main(["begin", str(folder / name), *words], folder)


@pytest.mark.parametrize(
    ("made", "name", "what"),
    [
        ("site/notes.txt", "site", "holds something already"),
        ("site", "site", "is no folder"),
        ("mkdocs.yml", "docs/site", "is a part of the site in"),
        ("mkdocs.yml", "site/new", "is a part of the site in"),
    ],
)
def test_a_folder_that_is_somebodys_is_refused(
    made: str, name: str, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / made).parent.mkdir(exist_ok=True)
    (tmp_path / made).write_text("mine", encoding="utf-8")
    assert begun(tmp_path, name, "--answers", "a.yml") == 1
    assert what in capsys.readouterr().err
    assert [file.read_text() for file in tmp_path.rglob("*") if file.is_file()] == ["mine"]


# Asked for

TYPED = [
    *(
        "Nederlandia",
        "nederland",
        "nl, kling",
        "Dutch; ENGLISH; frysk; PT-br",
        "www.our-house.nl",
        "",
        "« Help »",
        "",
        "",
    ),
    *("https://www.our-house.nl", "Example house", "", "house", "house@our-house.nl"),
    *("", "123", "112", "", "the police", "", "12345", "12345", "Example house", "", "called"),
]


def test_answers_are_asked_for_in_plain_words(
    packed: Packed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong one is told at once and asked again; a number that no table knows is taken from who insists."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in TYPED)))
    found = asking.ask(packed)
    said = capsys.readouterr().out
    assert (found.country, found.address) == ("NL", answers.NOWHERE)
    assert list(found.languages) == ["nl", "en", "fy", "pt-BR"]
    for what in (
        "“Nederlandia” is no country's code",
        "So it is for the Netherlands.",
        "[nl, en]",
        "“kling” is not a known language tag",
        "the address of the site is no whole address",
        "the name: « and » stand around it",
        "operator.name: “https://www.our-house.nl” is an outside address",
        "operator.email: “house” is not an e-mail address",
        "by which the police comes (one of 112, 911):",
        "“123” is not a valid number in the Netherlands",
        "centre.first.phone: “12345” is not a valid number in the Netherlands",
    ):
        assert what in said, what
    assert "phone: '112'\n  source: the police\n  checked: 2" in found.contacts
    assert "phone: '12345'\n    by_hand: true\n    name: Example house\n    source: called" in found.contacts
    assert "line" not in found.contacts


def test_what_is_usual_in_a_country_is_offered(packed: Packed) -> None:
    """Languages as it writes them; a number for emergencies where there is only one, for all of them."""
    offered = {code: asking._spoken(code, packed) for code in ("BR", "CH", "SG", "IL", "JP")}
    assert offered == {
        "BR": ["pt-BR", "en"],
        "CH": ["de", "fr", "it", "en"],
        "SG": ["zh-Hans", "en"],
        "IL": ["ar", "en"],
        "JP": ["en"],
    }
    known = {code: countries.emergency(code) for code in ("IS", "NO", "ZA", "GN", "GQ")}
    assert known == {
        "IS": ["112"],
        "NO": ["110", "112", "113"],
        "ZA": ["112", "10111", "10177"],
        "GN": [],
        "GQ": [],
    }


def test_who_begins_with_few_pages_is_told_which_language_has_more(packed: Packed, tmp_path: Path) -> None:
    for first, more in (("it", True), ("en", False)):
        given = answers.of_text(f"{MINIMAL}languages: [{first}]\n", "a.yml", packed)[0]
        said = [*command._told(tmp_path, given, Content(packed, given.languages))]
        assert any(line.startswith("Were en the first language, it would have ") for line in said) is more


class Interrupted(io.StringIO):
    """Somebody who presses Ctrl-C when asked."""

    def readline(self, size: int | None = -1, /) -> str:
        raise KeyboardInterrupt


def test_an_end_of_answers_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("NL\n"))
    assert begun(tmp_path, "site") == 1
    assert capsys.readouterr().err.endswith("nothing was written.\n")
    monkeypatch.setattr("sys.stdin", Interrupted())
    with pytest.raises(KeyboardInterrupt):
        begun(tmp_path, "site")
    assert list(tmp_path.iterdir()) == []
    assert command.refusal(tmp_path / "site") == ""
