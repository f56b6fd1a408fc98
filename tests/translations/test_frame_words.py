"""The words of the frame have a state, by key: it is the record's, as of pages, and readers are told."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from environment import ROOT
from safepage import cli
from safepage.translations import catalogue, frame_words, records
from small import Small, small_site

STRONG = "Let op: deze pagina is verouderd."


class Project(Small):
    """A small site in git, whose Dutch words have been confirmed; and the commands run on it."""

    def run(self, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert cli.main(["translations", *words], self.root) == code
        shown = capsys.readouterr()
        return shown.out + shown.err

    def commit(self) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        for words in (["init", "-q"], ["add", "docs"], ["commit", "-q", "-m", "x"]):
            subprocess.run(["git", *who, *words], cwd=self.root, check=True, capture_output=True)

    def frame(self, tag: str = "nl") -> frame_words.Frame:
        return catalogue.read(self.root).frame(tag)


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Project:
    it = Project(small_site(tmp_path / "site").root)
    it.run(capsys, "confirm", "nl", "interface", "--same", "--reviewed-by", "somebody")
    it.commit()
    return it


def test_a_word_is_outdated_until_it_is_confirmed(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert (site.frame().status, site.frame().left) == ("current", [])
    record = site.read("docs/nl/.confirmed/interface.yml")
    assert record.startswith("# What docs/en/interface.yml said when")
    assert '\nreviewed-by: somebody\nsource:\n- "' in record
    site.change("docs/en/interface.yml", 'skip_content: "Skip to the text"', 'skip_content: "Skip to it"')
    site.change("docs/en/interface.yml", 'emergency: "Someone in danger now?', 'emergency: "Danger?')
    assert (site.frame().status, site.frame().left) == ("outdated", ["emergency", "skip_content"])
    assert site.frame().unsafe == ["emergency"]
    text = site.run(capsys, "diff", "nl", "interface")
    assert text.index("emergency * (docs/en/interface.yml:") < text.index(
        "\nskip_content (docs/en/interface.yml:"
    )
    assert "old: [-Someone in danger now-]? Call {phone}." in text
    assert "new: {+Danger+}? Call {phone}." in text
    assert "nl: Iemand nu in gevaar? Bel {phone}. (docs/nl/interface.yml:" in text
    site.change("docs/nl/interface.yml", "Ga naar de tekst", "Naar de tekst")
    assert site.frame().left == ["emergency", "skip_content"]  # editing changes no state
    text = site.run(capsys, "confirm", "nl", "interface")
    assert "It is a draft" in text and "somebody had checked it before" in text
    assert (site.frame().status, site.frame().left) == ("draft", [])
    assert "nothing to do" in site.run(capsys, "diff", "nl", "interface")


def test_what_is_the_sources_is_no_translation(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A new word that was copied, a sentence that somebody put back: never confirmed as they are."""
    for tag in ("en", "nl", "ar"):
        file = f"docs/{tag}/interface.yml"
        site.write(file, site.read(file) + 'other_new: "Other"\nexit_new: "Leave now"\n')
    site.change("docs/nl/interface.yml", "Verlaat deze site", "Leave this site")
    site.change("docs/nl/interface.yml", "U verlaat deze site.", "You are leaving this site.")
    assert site.frame().left == ["exit_leaving", "exit_new", "other_new"]
    # "Leave this site" is no sentence: somebody has said that it matches.
    assert set(site.frame().untranslated) == {"other_new", "exit_new", "exit_leaving"}
    text = site.read("docs/nl/interface.yml")
    site.write("docs/nl/interface.yml", site.read("docs/en/interface.yml"))
    assert {"emergency", "exit_leaving", "checklist_none"} <= set(site.frame().untranslated)
    site.write("docs/nl/interface.yml", text)
    site.change("docs/en/interface.yml", "You are leaving this site.", "You are leaving this site now.")
    site.change("docs/nl/interface.yml", "You are leaving this site.", "You are leaving this site now.")
    assert set(site.frame().untranslated) == {"other_new", "exit_new", "exit_leaving"}
    text = site.run(capsys, "confirm", "nl", "interface")
    assert "3 words are as in docs/en/interface.yml, and not confirmed: exit_leaving" in text
    site.run(capsys, "confirm", "nl", "interface", "--same")
    assert site.frame().untranslated == ("exit_leaving",)  # a sentence is not the same in two languages


def test_signs_around_slots_are_the_same_in_any_language(
    site: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    for tag in ("en", "nl", "ar"):
        file = f"docs/{tag}/interface.yml"
        site.write(file, site.read(file) + 'new_pair: "{first}: {second}"\n')
    assert "new_pair" not in site.frame("ar").untranslated  # which was never confirmed
    assert site.frame().outdated == ["new_pair"]
    site.run(capsys, "confirm", "nl", "interface")
    assert site.frame().left == []


def test_no_reader_of_ours_is_told_to_mistrust_the_frame() -> None:
    """Who changes an English word that safety hangs on, and its translations, confirms them."""
    ours = catalogue.read(ROOT)
    for tag in ours.locales:
        frame = ours.frame(tag)
        assert frame.confirmed
        assert frame.unsafe == [], f"translations confirm {tag} interface, when it matches"


def test_a_file_that_was_begun_before_there_were_records_is_understood(
    site: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (site.root / records.record_path("nl", "interface")).unlink()
    site.change("docs/nl/interface.yml", 'menu: "Hoofdpagina’s"', 'menu: "Main page" # to translate')
    assert "menu" in site.frame().untranslated
    assert site.frame().status == "outdated"
    site.change("docs/nl/interface.yml", '"Main page" # to translate', '"Hoofdpagina’s" # to translate')
    site.run(capsys, "confirm", "nl", "interface", "--same")
    assert site.frame().left == []


def test_unchanged_keeps_words_as_current_as_they_were(
    site: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    site.change("docs/en/interface.yml", 'home: "Home"', 'home: "Start"')
    site.commit()
    site.change("docs/en/interface.yml", "You do not have to be sure.", "You don't have to be sure.")
    assert site.frame().left == ["home", "help_text"]
    text = site.run(capsys, "unchanged", "interface")
    assert "help_text: You [-do not-]{+don't+} have" in text
    assert "nl: the edit is not counted; 1 outdated before it" in text
    assert site.frame().left == ["home"]
    assert site.frame().reviewed_by == "somebody"


def test_status_and_the_pull_request_tell_it(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    site.change("docs/en/interface.yml", 'exit: "Leave this site"', 'exit: "Leave"')
    lines = site.run(capsys, "status", "--language", "nl").splitlines()
    assert lines[1].split() == ["interface", "outdated", "1"]
    first = lines[lines.index("What matters most:") + 1]
    assert first.strip() == "nl interface: outdated (1 word) (a reader's safety hangs on it)"
    markdown = site.run(capsys, "status", "--markdown")
    assert "| words of the frame | outdated (1 word) | " in markdown
    assert "nl interface: outdated (1 word)" in markdown
    (dutch,) = json.loads(site.run(capsys, "status", "--json", "--language", "nl"))["languages"]
    assert (dutch["frame"]["status"], dutch["frame"]["outdated"]) == ("outdated", ["exit"])
    site.change("docs/en/interface.yml", 'home: "Home"', 'home: "Start"')
    site.change("docs/en/interface.yml", 'exit: "Leave"', 'exit: "Leave this site"')
    text = site.run(capsys, "status", "--language", "nl")
    assert text.index("nl recognise: outdated") < text.index("nl interface: outdated (1 word)\n")


def test_readers_are_told_where_a_word_of_safety_is_out_of_date(site: Project) -> None:
    """On every page of that language, as on a page that is out of date; not for other words."""
    site.change("docs/en/interface.yml", 'home: "Home"', 'home: "Start"')
    assert site.build(only="nl") == []
    assert STRONG not in site.page("nl/contact").text()
    site.change("docs/en/interface.yml", "Someone in danger now?", "Danger?")
    assert site.build() == []
    for name in ("nl", "nl/contact", "nl/find-centre"):  # the last one is shown in English
        page = site.page(name)
        assert page.text().count(STRONG) == 1, name
    assert site.page("nl/recognise").text().count(STRONG) == 1  # out of date itself
    assert "interface: " in " ".join(site.page("contributors").text().split())
    assert "emergency: Danger? Call {phone}." in site.page("contributors").text()


def test_a_record_of_the_frame_passes_the_gate(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path = "docs/nl/.confirmed/interface.yml"
    good = site.read(path)
    site.write(path, good.replace("Main pages", "Call 0470 12 34 56"))
    assert [line for line in site.build(only="nl") if line.startswith(path) and "phone number" in line]
    assert path in site.run(capsys, "check", code=1)
    site.write(path, "<<<<<<< HEAD\n")
    assert [line for line in site.build() if line.startswith(f"{path}:1: error: ")]
    assert path in site.run(capsys, "status", code=1)
    site.write(path, good)
    site.write("docs/en/interface.md", "# Interface\n\nWords.\n")
    assert [
        line for line in site.build() if "is how commands and records call the words of the frame" in line
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["confirm", "fr", "interface"], "the site has no language “fr”"),
        (["confirm", "nl", "interface", "--reviewed-by", "a b"], "is no handle"),
        (["diff", "fr", "interface"], "the site has no language “fr”"),
        (["unchanged", "interface"], "what stood there before the edit can't be found"),
    ],
)
def test_what_can_not_be_done_is_a_line(
    site: Project, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert told in site.run(capsys, *words, code=1)


def test_words_that_are_wrong_are_not_confirmed(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    site.change("docs/nl/interface.yml", "Bel {phone}", "Bel 101")
    before = site.read("docs/nl/.confirmed/interface.yml")
    assert "emergency" in site.run(capsys, "confirm", "nl", "interface", code=1)
    assert site.read("docs/nl/.confirmed/interface.yml") == before


def test_a_page_of_a_language_that_was_never_confirmed_says_nothing(site: Project) -> None:
    site.change("docs/en/interface.yml", "Someone in danger now?", "Danger?")
    assert site.frame("ar").unsafe == []
    assert not site.frame("ar").confirmed
