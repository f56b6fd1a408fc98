"""What a volunteer gets: a unit for each paragraph and word, with its state, its place and its terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from small import LATER, Small, small_site
from volunteer import Volunteer, unit


@pytest.fixture
def volunteer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Volunteer:
    return Volunteer(small_site(tmp_path / "site"), capsys)


def test_words_are_given_without_marks_with_their_place_and_what_to_leave(volunteer: Volunteer) -> None:
    volunteer.site.write(
        "docs/en/glossary.yml", "sign:\n  use: sign\nvictim:\n  use: victim; on pages, “you”\n"
    )
    volunteer.site.write(
        "docs/nl/glossary.yml", "sign:\n  use: signaal\n  avoid: symptoom\nvictim:\n  use: ''\n"
    )
    po = volunteer.export()
    sign = unit(po, "recognise#signs", "Cannot move")
    assert (
        sign.msgid == "Cannot move about freely\nNever goes out alone, is driven everywhere, or is locked in"
    )
    assert sign.msgstr.startswith("Kan zich niet vrij verplaatsen\nGaat nooit alleen buiten")
    line = (
        volunteer.site.read("docs/en/recognise.md")
        .split("\n")
        .index("- [ ] Cannot move about freely {#movement}")
    )
    assert sign.occurrences == [("docs/en/recognise.md", str(line + 1))]
    assert sign.comment.splitlines()[0] == "sign of the checklist"
    assert "keep the line break" in sign.comment
    call = unit(po, "contact", "Someone is in danger")
    assert "leave as it is: {{ emergency.phone }}" in call.comment
    link = unit(po, "recognise#meaning", "Several signs")
    assert "leave as it is: (contact.md#centres)" in link.comment
    assert "sign = signaal; not: symptoom" in link.comment
    assert "victim =" not in po.__unicode__()  # the language's glossary has no word for it
    assert unit(po, "recognise: title").msgstr == "Herken de signalen"
    word = unit(po, "interface.yml: emergency")
    assert (word.msgid, word.msgstr) == (
        "Someone in danger now? Call {phone}.",
        "Iemand nu in gevaar? Bel {phone}.",
    )
    assert "a reader’s safety hangs on this word" in word.comment
    assert "leave as it is: {phone}" in word.comment
    assert "number" not in {entry.msgctxt.partition(": ")[2] for entry in po}
    assert not [entry for entry in po if entry.msgid.startswith(("- ", "#"))]


def test_the_state_is_the_records(volunteer: Volunteer) -> None:
    """Finished, to look at again with what it was, still the source's, never confirmed."""
    site = volunteer.site
    english = site.read("docs/en/advice.md")
    site.change(
        "docs/nl/advice.md", "Spreek met de persoon", "Speak with the person alone, and promise only what"
    )
    text = english.split("\n\n")[-1].strip()
    site.write(
        "docs/nl/advice.md",
        "# Enkele adviezen\n\nVertrouwen vraagt tijd, en een gesprek helpt.\n\n" + text + "\n",
    )
    (site.root / "docs/nl/.confirmed/about.yml").unlink()
    git(site)
    po = volunteer.export()
    assert not unit(po, "contact", "Are you in doubt").fuzzy
    later = unit(po, "recognise", "The signs below")
    assert later.fuzzy
    assert later.previous_msgid == later.msgid.replace(LATER, "")
    assert later.msgstr.startswith("De signalen hieronder")
    still = unit(po, "advice", "Speak with the person")
    assert (still.msgstr, still.fuzzy) == ("", False)
    about = [entry for entry in po if entry.msgctxt.startswith("about")]
    assert about and all(entry.fuzzy and entry.previous_msgid is None for entry in about)
    missing = [entry for entry in po if entry.msgctxt.startswith("find-centre")]
    assert missing and not any(entry.msgstr or entry.fuzzy for entry in missing)


def test_each_unit_has_a_place_of_its_own_that_others_do_not_move(volunteer: Volunteer) -> None:
    site = volunteer.site
    site.append("docs/en/advice.md", "Twice.\n\nTwice.")
    before = {(entry.msgctxt, entry.msgid) for entry in volunteer.export()}
    assert len(before) == len(volunteer.export())
    site.change("docs/en/advice.md", "Trust takes time", "A new paragraph.\n\nTrust takes time")
    after = {(entry.msgctxt, entry.msgid) for entry in volunteer.export()}
    assert after - before == {("advice", "A new paragraph.")}


def test_only_some_pages(volunteer: Volunteer) -> None:
    assert {entry.msgctxt.partition(":")[0] for entry in volunteer.export("advice")} == {"advice"}
    assert {entry.msgctxt.partition(":")[0] for entry in volunteer.export("interface")} == {"interface.yml"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["fr"], "the site has no language “fr”"),
        (["en"], "this is the source language"),
        (["nl", "nothing"], "there is no page “nothing”"),
        (["nl", "--output", "docs"], "the file is there already"),
        (["nl", "--output", "no/such/folder.po"], "the file can't be written: no such file"),
    ],
)
def test_what_can_not_be_exported_is_a_line(
    volunteer: Volunteer, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(volunteer.site.root)
    assert volunteer.run("export", *words) == 1
    assert [line for line in volunteer.said if told in line and "What to do" in line], volunteer.said


def test_a_file_that_is_there_is_not_written_over(volunteer: Volunteer) -> None:
    volunteer.export()
    kept = volunteer.file.read_bytes()
    assert volunteer.run("export", "nl", "--output", str(volunteer.file)) == 1
    assert "somebody's work may be in it" in volunteer.said[0]
    assert volunteer.file.read_bytes() == kept


def git(site: Small) -> None:
    """Put the site into git, as it was before the source's last change and as it is."""
    import subprocess

    def run(*words: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], cwd=site.root, check=True, capture_output=True)

    text = site.read("docs/en/recognise.md")
    run("init", "-q")
    site.write("docs/en/recognise.md", text.replace(LATER, ""))
    run("add", "docs")
    run("commit", "-q", "-m", "before")
    site.write("docs/en/recognise.md", text)
    run("add", "docs")
    run("commit", "-q", "-m", "after")
