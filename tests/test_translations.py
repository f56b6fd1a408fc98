"""The commands for translators, on a small project with a git history of its own."""

from __future__ import annotations

import json
import re
import resource
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from environment import ROOT
from running import COMMAND, environment_of
from safepage import cli
from safepage.faults import Faulty, errors
from safepage.site import settings
from safepage.translations import catalogue, new_language
from safepage.translations.difference import words

PROJECT = Path(__file__).parent / "fixtures" / "translations" / "project"


class Project:
    """A copy of the fixture in a git repository, and the commands run on it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys

    def run(self, *words: str, code: int = 0) -> str:
        """What a command prints (standard output and errors); fails if it ends otherwise than expected."""
        self.capsys.readouterr()
        assert cli.main(["translations", *words], self.root) == code
        shown = self.capsys.readouterr()
        return shown.out + shown.err

    def git(self, *words: str) -> None:
        """Run git as somebody, at no particular time."""
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], cwd=self.root, check=True, capture_output=True)

    def commit(self, message: str = "change") -> None:
        """Commit everything."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def edit(self, path: str, *pairs: tuple[str, str]) -> None:
        """Replace words that must be there."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8", newline="\n")

    def state(self, locale: str = "nl", page: str = "recognise") -> str:
        """The status of a page."""
        return catalogue.read(self.root).state(locale, page).status


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Project:
    """Both pages confirmed, the one that matters most by a native speaker, and all committed."""
    shutil.copytree(PROJECT, tmp_path / "site")
    it = Project(tmp_path / "site", capsys)
    it.git("init", "-q", "-b", "main")
    it.run("confirm", "nl", "recognise", "--reviewed-by", "@anna")
    it.run("confirm", "nl", "index")
    it.commit("first")
    return it


# status


def test_status_as_a_table(project: Project) -> None:
    project.edit("docs/en/recognise.md", ("can get help", "gets help"))
    text = project.run("status")
    lines = text.splitlines()
    assert lines[0].split() == ["nl"]
    assert lines[1].split() == ["interface", "draft"]
    assert lines[2].split() == ["recognise", "*", "outdated", "1"]  # the safety-critical page comes first
    assert lines[3].split() == ["index", "draft"]
    assert "1 language, 2 pages: 0 missing, 1 outdated, 1 draft, 0 current." in text
    assert text.index("nl recognise: outdated (1 paragraph)") < text.index("nl index: draft")
    assert project.run() == text


def test_status_as_json(project: Project) -> None:
    (project.root / "docs/nl/index.md").unlink()
    found = json.loads(project.run("status", "--json", "--language", "nl"))
    (dutch,) = found["languages"]
    assert (dutch["language"], dutch["name"], dutch["direction"]) == ("nl", "Nederlands", "ltr")
    assert dutch["totals"] == {"missing": 1, "outdated": 0, "draft": 0, "current": 1}
    assert dutch["pages"]["recognise"] == {
        "status": "current",
        "draft": False,
        "confirmed": True,
        "reviewed_by": "anna",
        "paragraphs": 0,
        "safety_critical": True,
    }


def test_a_hidden_language_is_worked_on_like_others(project: Project) -> None:
    """Readers don't get it; whoever translates it sees how it stands, and that it is hidden."""
    project.edit("mkdocs.yml", ("name: Nederlands, build: true", "name: Ons Nederlands, build: false"))
    text = project.run("status")
    assert text.splitlines()[0].split() == ["(nl)"]
    assert "Readers don't get the languages in brackets yet" in text
    assert "| Page | nl (hidden) |" in project.run("status", "--markdown")
    (dutch,) = json.loads(project.run("status", "--json"))["languages"]
    assert (dutch["name"], dutch["hidden"]) == ("Ons Nederlands", True)
    assert "matches docs/en/index.md" in project.run("confirm", "nl", "index")


def test_status_as_markdown(project: Project) -> None:
    text = project.run("status", "--markdown")
    assert "| Page | nl |\n|---|---|\n| words of the frame | draft, never confirmed |\n" in text
    assert "|\n| **recognise** | current |\n| index | draft |" in text


def test_status_for_a_pull_request_lists_what_a_person_should_look_at(project: Project) -> None:
    """“Do not look” and whatever else changed, as code: no markup and no mention comes alive."""
    assert "For a person's eyes" not in project.run("status", "--markdown", "--since", "HEAD")
    project.edit(
        "docs/nl/recognise.md",
        ("Hoe sneller iemand", "Kijk niet weg, @maintainers <b>7</b> `x`: hoe sneller iemand"),
    )
    project.commit("a lie")
    text = project.run("status", "--markdown", "--since", "HEAD~1")
    assert "### For a person's eyes" in text
    assert "`docs/nl/recognise.md`:" in text
    assert "- line 9, negation “niet”: `Kijk niet weg, @maintainers <b>7</b>" in text
    assert "- line 9, number “7”: `" in text
    outside = re.sub(r"(`+).*?\1", "", text)
    assert not re.search(r"[<@]", outside), outside
    assert project.run("status", "--markdown", "--since", "HEAD").count("negation") == 0


def test_status_of_an_unknown_language(project: Project) -> None:
    assert "no language “fr”" in project.run("status", "--language", "fr", code=1)
    assert "source language" in project.run("status", "--language", "en", code=1)


@pytest.mark.slow
def test_status_is_fast_with_forty_languages_and_thirty_pages(tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(PROJECT, root)
    source = (Path(__file__).parent.parent / "docs/en/what-to-do.md").read_text(encoding="utf-8")
    tags = [first + second for first in "bcdfg" for second in "abcdefgh"]
    languages = "".join(f"        - {{locale: {tag}, name: X, build: true}}\n" for tag in ["nl", *tags[1:]])
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    kept = [line for line in config.splitlines(keepends=True) if "locale: nl" not in line]
    at = next(i for i, line in enumerate(kept) if "locale: en" in line)
    (root / "mkdocs.yml").write_text("".join([*kept[: at + 1], languages, *kept[at + 1 :]]), encoding="utf-8")
    known = "".join(f'"{tag}": [anna]\n' for tag in ["nl", *tags[1:]])
    (root / "docs/reviewers.yml").write_text(known, encoding="utf-8")
    from safepage.translations import freshness

    record = freshness.dump(freshness.renew(None, freshness.paragraphs(source), "anna"), "nl", "x")
    for number in range(28):
        (root / f"docs/en/page-{number}.md").write_text(source, encoding="utf-8")
        for tag in ["nl", *tags[1:]]:
            (root / "docs" / tag / ".confirmed").mkdir(parents=True, exist_ok=True)
            text = re.sub(r"(?m)^(\W*)([A-Z])", r"\1Zo \2", source.replace("# What to do", "# Iets doen"))
            (root / "docs" / tag / f"page-{number}.md").write_text(text, encoding="utf-8")
            (root / "docs" / tag / ".confirmed" / f"page-{number}.yml").write_text(record, encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(
        [*COMMAND, "translations", "status"],
        env=environment_of(root),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "40 languages, 30 pages: " in run.stdout
    assert "1120 current" in run.stdout
    # Time of the processor, so that a busy machine doesn't count.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2


# diff


def test_diff_shows_old_new_and_the_translation(project: Project) -> None:
    project.edit(
        "docs/en/recognise.md",
        ("The sooner someone notices, the", "The earlier somebody notices, the"),
        ("Nothing that you tick is kept.\n", "More words stand here.\n"),
        ("## What", "A new paragraph.\n\n## What"),
    )
    text = project.run("diff", "nl", "recognise")
    assert text.count("docs/en/recognise.md:") == 3
    assert "3 paragraphs of docs/en/recognise.md changed" in text
    assert "The [-sooner someone-] notices" not in text  # word by word
    assert "The [-sooner-] [-someone-] notices, the sooner a victim" in text
    assert "The {+earlier+} {+somebody+} notices, the sooner a victim" in text
    assert "nl: docs/nl/recognise.md:9\n      Hoe sneller iemand iets merkt" in text
    assert "added: paragraph at docs/en/recognise.md:11" in text
    assert "{+A new paragraph.+}" in text
    assert "not there yet: add it" in text
    assert "\033" not in text


def test_diff_in_colour(project: Project) -> None:
    project.edit("docs/en/recognise.md", ("The sooner someone", "The sooner somebody"))
    text = project.run("diff", "nl", "recognise", "--colour", "always")
    assert "\033[31msomeone\033[0m" in text
    assert "\033[32msomebody\033[0m" in text


def test_diff_of_a_removed_paragraph(project: Project) -> None:
    project.edit("docs/en/recognise.md", ("Nothing that you tick is kept.\n", ""))
    text = project.run("diff", "nl", "recognise")
    assert "removed: paragraph at docs/en/recognise.md" in text
    assert "[-Nothing that you tick is kept.-]" in text
    assert "Niets van wat je aanvinkt wordt bewaard." in text


def test_diff_with_nothing_to_do(project: Project) -> None:
    assert "nothing to do" in project.run("diff", "nl", "recognise")
    shutil.rmtree(project.root / "docs/nl/.confirmed")
    assert "never been confirmed" in project.run("diff", "nl", "recognise")


def test_diff_of_what_is_not_there(project: Project) -> None:
    assert "no language “xy”" in project.run("diff", "xy", "recognise", code=1)
    assert "use one of recognise, index" in project.run("diff", "nl", "nothing", code=1)
    (project.root / "docs/nl/index.md").unlink()
    assert "copy docs/en/index.md" in project.run("diff", "nl", "index", code=1)


def test_words_that_differ() -> None:
    assert words("call 112, now", "call 101, now") == ("call [-112-], now", "call {+101+}, now")
    assert words("Call {{a.b}}.", "Call {{a.c}}.") == ("Call [-{{a.b}}-].", "Call {+{{a.c}}+}.")


# the source's history


def changed(project: Project) -> bool:
    return project.state() == "outdated"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("notices, the", "notices,\nthe"),
        ("notices, the", "notices,  the"),
        ("\n\n", "\n\n\n"),
        ("# Recognise", "#   Recognise"),
    ],
)
def test_white_space_and_line_endings_change_nothing(project: Project, old: str, new: str) -> None:
    file = project.root / "docs/en/recognise.md"
    file.write_bytes(file.read_bytes().replace(old.encode(), new.encode()))
    project.commit()
    assert project.state() == "current"
    assert "nothing to do" in project.run("diff", "nl", "recognise")


def test_a_move_of_a_paragraph_changes_nothing(project: Project) -> None:
    kept = "Nothing that you tick is kept.\n"
    project.edit("docs/en/recognise.md", ("\n" + kept, ""), ("The sooner some", kept + "\nThe sooner some"))
    project.commit()
    assert project.state() == "current"


def test_a_move_of_the_page_keeps_the_old_text(project: Project) -> None:
    for folder, ending in (("docs/en", "md"), ("docs/nl", "md"), ("docs/nl/.confirmed", "yml")):
        project.git("mv", f"{folder}/recognise.{ending}", f"{folder}/signs.{ending}")
    project.commit("move")
    project.edit("docs/en/signs.md", ("The sooner someone", "The earlier someone"))
    project.commit("edit")
    assert project.state(page="signs") == "outdated"
    assert "The [-sooner-] someone" in project.run("diff", "nl", "signs")


def test_a_move_with_a_rewrite_keeps_the_old_text(project: Project) -> None:
    source = project.root / "docs/en/recognise.md"
    head = "---\ntitle: Other\ndescription: Other\n---\n\n# Other\n\n"
    (project.root / "docs/en/signs.md").write_text(head + "The earlier someone notices.\n", encoding="utf-8")
    source.unlink()
    for folder, ending in (("docs/nl", "md"), ("docs/nl/.confirmed", "yml")):
        project.git("mv", f"{folder}/recognise.{ending}", f"{folder}/signs.{ending}")
    project.commit("rewrite")
    assert "The [-sooner-] someone notices[-, the sooner a victim can get help-]." in project.run(
        "diff", "nl", "signs"
    )


def test_a_squash_merge_keeps_state_and_old_text(project: Project) -> None:
    project.git("checkout", "-q", "-b", "branch")
    project.edit("docs/en/recognise.md", ("can get help", "may get help"))
    project.commit("one")
    project.edit("docs/en/recognise.md", ("may get help", "gets help"))
    project.commit("two")
    project.git("checkout", "-q", "main")
    project.git("merge", "-q", "--squash", "branch")
    project.git("commit", "-q", "-m", "squashed")
    project.git("branch", "-q", "-D", "branch")
    assert project.state() == "outdated"
    text = project.run("diff", "nl", "recognise")
    assert "a victim [-can get-] help" in text
    project.run("confirm", "nl", "recognise")
    assert project.state() == "draft"


def test_a_confirmation_within_a_squashed_branch_holds(project: Project) -> None:
    project.git("checkout", "-q", "-b", "branch")
    project.edit("docs/en/recognise.md", ("can get help", "may get help"))
    project.commit("one")
    project.run("confirm", "nl", "recognise", "--reviewed-by", "ben")
    project.commit("confirmed")
    project.git("checkout", "-q", "main")
    project.git("merge", "-q", "--squash", "branch")
    project.git("commit", "-q", "-m", "squashed")
    assert project.state() == "current"


def test_confirmed_against_a_version_that_a_squash_lost(project: Project) -> None:
    project.edit("docs/en/recognise.md", ("can get help", "may get help"))
    project.run("confirm", "nl", "recognise")
    project.edit("docs/en/recognise.md", ("may get help", "gets help"))
    project.commit("squashed")
    text = project.run("diff", "nl", "recognise")
    assert "text not at hand; it began: The sooner someone notices" in text
    assert "squashed merge" in text
    assert "gets help" in text


def clone(project: Project, tmp_path: Path, *options: str) -> Project:
    subprocess.run(
        ["git", "clone", "-q", *options, project.root.as_uri(), str(tmp_path / "clone")],
        check=True,
        capture_output=True,
    )
    return Project(tmp_path / "clone", project.capsys)


def test_a_shallow_clone_says_what_it_cannot_show(project: Project, tmp_path: Path) -> None:
    project.edit("docs/en/recognise.md", ("The sooner someone", "The earlier someone"))
    project.commit("edit")
    shallow = clone(project, tmp_path, "--depth", "1")
    assert shallow.state() == "outdated"
    text = shallow.run("diff", "nl", "recognise")
    assert "The earlier someone notices" in text
    assert "it began: The sooner someone notices" in text
    assert "shallow clone" in text
    assert "docs/nl/recognise.md:9" in text


def test_an_archive_says_what_it_cannot_show(project: Project) -> None:
    project.edit("docs/en/recognise.md", ("The sooner someone", "The earlier someone"))
    shutil.rmtree(project.root / ".git")
    assert project.state() == "outdated"
    text = project.run("diff", "nl", "recognise")
    assert "no git history" in text
    assert "docs/en/recognise.md:9" in text
    assert "it began: The sooner someone notices" in text
    assert "no git history" in project.run("unchanged", "recognise", code=1)


def test_without_git_itself(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.edit("docs/en/recognise.md", ("The sooner someone", "The earlier someone"))
    monkeypatch.setenv("PATH", "")
    assert "no git history" in project.run("diff", "nl", "recognise")


# confirm


def test_confirm(project: Project) -> None:
    assert (project.state(), project.state(page="index")) == ("current", "draft")
    assert "checked by ben" in project.run("confirm", "nl", "index", "--reviewed-by", "ben")
    assert project.state(page="index") == "current"
    project.edit("docs/en/index.md", ("A first page", "The first page"))
    assert project.state(page="index") == "outdated"
    assert "ben had checked it" in project.run("confirm", "nl", "index")
    assert project.state(page="index") == "draft"


def test_a_reviewer_who_is_not_named_in_the_project(project: Project) -> None:
    """`confirm` says so at once; the page stays a draft until the team names the person."""
    text = project.run("confirm", "nl", "index", "--reviewed-by", "mallory")
    assert "docs/reviewers.yml does not name\nmallory for “nl”" in text
    assert project.state(page="index") == "draft"
    assert "mallory is not named in docs/reviewers.yml" in project.run("check")
    project.edit("docs/reviewers.yml", ("anna", "Mallory"))
    assert project.state(page="index") == "current"
    assert project.state() == "draft"  # anna is gone
    (project.root / "docs/reviewers.yml").unlink()
    assert project.state(page="index") == "draft"


def test_confirm_refuses_what_does_not_match(project: Project) -> None:
    record = (project.root / "docs/nl/.confirmed/recognise.yml").read_bytes()
    project.edit("docs/nl/recognise.md", ("{#signs}", "{#signalen}"))
    assert "docs/nl/recognise.md:11: error: " in project.run("confirm", "nl", "recognise", code=1)
    shutil.copy(project.root / "docs/en/recognise.md", project.root / "docs/nl/recognise.md")
    assert "translate it first" in project.run("confirm", "nl", "recognise", code=1)
    assert "is no handle" in project.run("confirm", "nl", "index", "--reviewed-by", "A B: c", code=1)
    assert (project.root / "docs/nl/.confirmed/recognise.yml").read_bytes() == record


def test_confirm_of_several_pages_is_of_all_or_of_none(project: Project) -> None:
    """With a line for each fault of each page; `--all` leaves out what is not translated, and says so."""
    records = {file: file.read_bytes() for file in (project.root / "docs/nl/.confirmed").iterdir()}
    project.edit("docs/nl/recognise.md", ("{#signs}", "{#signalen}"))
    # Also by their files, as a shell completes them.
    for pages in (("docs/nl/index.md", "recognise.md", "docs\\nl\\interface.yml", "nothing"), ("--all",)):
        lines = project.run("confirm", "nl", *pages, "--reviewed-by", "ben", code=1).splitlines()
        assert any(line.startswith("docs/nl/recognise.md:11: error: ") for line in lines)
        assert any("there is no such page" in line for line in lines) == ("nothing" in pages)
    assert {file: file.read_bytes() for file in (project.root / "docs/nl/.confirmed").iterdir()} == records
    project.edit("docs/nl/recognise.md", ("{#signalen}", "{#signs}"))
    shutil.copy(project.root / "docs/en/index.md", project.root / "docs/nl/index.md")
    text = project.run("confirm", "nl", "--all", "--reviewed-by", "ben")
    assert "docs/nl/interface.yml matches" in text
    assert "docs/nl/recognise.md matches" in text
    assert text.endswith("Left out, since not translated: index.\n")
    project.run("confirm", "nl", "index", "recognise", "interface", code=1)
    shutil.rmtree(project.root / "docs/nl/.confirmed")
    for name in ("interface.yml", "recognise.md"):
        shutil.copy(project.root / "docs/en" / name, project.root / "docs/nl" / name)
    assert "nothing of it is translated" in project.run("confirm", "nl", "--all", code=1)


def test_records_of_two_pages_and_of_two_languages_do_not_conflict(project: Project) -> None:
    project.git("checkout", "-q", "-b", "one")
    project.run("confirm", "nl", "index", "--reviewed-by", "ben")
    project.commit("one")
    project.git("checkout", "-q", "-b", "two", "main")
    project.run("confirm", "nl", "recognise", "--reviewed-by", "carl")
    project.commit("two")
    project.git("merge", "-q", "one")
    assert (project.state(), project.state(page="index")) == ("current", "current")


# unchanged


@pytest.mark.parametrize("committed", [False, True])
def test_unchanged_keeps_current_translations_current(project: Project, committed: bool) -> None:
    project.edit("docs/en/recognise.md", ("is treated, and", "is treated and"))
    if committed:
        project.commit("typo")
    assert project.state() == "outdated"
    text = project.run("unchanged", "recognise")
    assert "is treated[-,-] and" in text
    assert "nl: still matches" in text
    assert project.state() == "current"
    assert catalogue.read(project.root).record("nl", "recognise").reviewed_by == "anna"  # type: ignore[union-attr]


def test_unchanged_leaves_outdated_paragraphs_outdated(project: Project) -> None:
    project.edit("docs/en/recognise.md", ("can get help", "gets help"))
    project.commit("a change of meaning")
    project.edit("docs/en/recognise.md", ("is treated, and", "is treated and"))
    project.commit("typo")
    assert "1 outdated before it" in project.run("unchanged", "recognise")
    assert project.state() == "outdated"
    assert "1 paragraph of" in project.run("diff", "nl", "recognise")


def test_unchanged_since_a_version(project: Project) -> None:
    project.edit("docs/en/recognise.md", ("is treated, and", "is treated and"))
    project.commit("typo one")
    project.edit("docs/en/recognise.md", ("you tick is", "you tick, is"))
    project.commit("typo two")
    project.run("unchanged", "recognise", "--since", "HEAD~2")
    assert project.state() == "current"
    assert "can't be found" in project.run("unchanged", "recognise", "--since", "nowhere", code=1)


def test_unchanged_without_an_edit(project: Project) -> None:
    assert "git knows no other version" in project.run("unchanged", "recognise", code=1)


# check


def test_check(project: Project) -> None:
    assert "has the structure" in project.run("check")
    project.edit("docs/nl/recognise.md", ("{#signs}", "{#signalen}"))
    assert "docs/nl/recognise.md:11: error: " in project.run("check", code=1)
    # The source gains a heading: translations that have not followed yet are outdated, not wrong.
    project.edit("docs/nl/recognise.md", ("{#signalen}", "{#signs}"))
    project.edit("docs/en/recognise.md", ("Nothing that", "## More {#more}\n\nNothing that"))
    assert "docs/nl/recognise.md:11: warning: " in project.run("check")


def test_check_names_pages_without_source_and_unreadable_records(project: Project) -> None:
    (project.root / "docs/nl/other.md").write_text("# Iets\n", encoding="utf-8")
    project.edit("docs/nl/.confirmed/index.yml", ("source:\n", "=======\n"))
    text = project.run("check", code=1)
    assert "docs/nl/other.md: error: there is no docs/en/other.md" in text
    assert "docs/nl/.confirmed/index.yml:4: error: " in text
    assert "Traceback" not in text
    assert ".confirmed/index.yml:4" in project.run("status", code=1)


# new

NEW = ["am", "ti", "so", "ps", "sw", "pt-BR", "zh-Hans", "zh-Hant", "zh", "fa", "no", "ckb"]


@pytest.mark.parametrize("tag", NEW)
def test_new(project: Project, tag: str) -> None:
    before = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    text = project.run("new", tag)
    after = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert [line for line in after.splitlines() if line in before.splitlines()] == before.splitlines()
    assert len(added) == 2
    config = settings.read(after)
    assert config.languages[-1].locale == tag
    assert list(config.get(*settings.EXITS))[-1] == tag
    assert config.get(*settings.EXITS, tag) == config.get(*settings.EXITS, "en")
    assert config.get(*settings.PICTOGRAMS, "other") == "bed"
    site = catalogue.read(project.root)
    assert (site.locales, site.frame(tag).status, site.frame(tag).total) == (["nl", tag], "missing", 2)
    assert ("right to left" in text) == (tag in ("ps", "fa", "ckb"))
    assert site.state(tag, "index").status == "missing"  # the source's text is no translation
    dutch = (project.root / "docs/nl/index.md").read_text(encoding="utf-8")
    (project.root / f"docs/{tag}/index.md").write_text(dutch, encoding="utf-8")
    assert site.state(tag, "index").status == "draft"
    assert site.faults([tag]) == []
    assert (project.root / f"docs/{tag}/glossary.yml").is_file()


@pytest.mark.parametrize(
    ("tag", "why"),
    [
        ("xx", "not a known language tag"),
        ("pt_br", "spelt “pt-BR”"),
        ("iw", "use “he”"),
        ("deu", "use “de”"),
        ("en", "already"),
        ("nl", "already"),
        ("../x", "not a known language tag"),
        ("bi", "--name"),
        ("rmy", "--name"),
    ],
)
def test_new_refuses_in_plain_words_and_writes_nothing(project: Project, tag: str, why: str) -> None:
    text = project.run("new", tag, code=1)
    assert why in text
    assert len(text.splitlines()) == 1
    status = subprocess.run(["git", "status", "-s"], cwd=project.root, capture_output=True, check=True)
    assert status.stdout == b""


def test_new_with_a_name(project: Project) -> None:
    project.run("new", "bi", "--name", "Bislama")
    config = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    assert "{locale: bi, name: Bislama, build: true}" in config


def test_new_with_an_exit_of_its_own(project: Project) -> None:
    before = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    for wrong in (
        "http://www.our-weather.be/",
        "weather",
        "https://localhost/",
        "https://a@www.our-weather.be/",
    ):
        text = project.run("new", "so", "--exit", wrong, code=1)
        assert text.startswith("--exit: error: ")
        assert len(text.splitlines()) == 1
    assert (project.root / "mkdocs.yml").read_text(encoding="utf-8") == before
    leads = "https://www.our-weather.be/so?a=1#b"
    assert f"its exit leads to {leads}" in project.run("new", "so", "--exit", leads)
    config = settings.read((project.root / "mkdocs.yml").read_text(encoding="utf-8"))
    assert config.get(*settings.EXITS, "so") == leads


def test_new_in_block_style() -> None:
    text = (
        "plugins:\n  i18n:\n    languages:\n"
        "      - locale: en\n        name: English # own\n        default: true\n"
        "        # why\n      # next\n  safepage:\n    exit:\n      en: https://x.example/\n"
    )
    assert new_language.configured(text, "fr", "Français", "en") == text.replace(
        "        default: true\n",
        "        default: true\n      - locale: fr\n        name: Français\n        build: true\n",
    ) + "      fr: https://x.example/\n".replace("\n\n", "\n")


def test_new_twice_keeps_the_order(project: Project) -> None:
    project.run("new", "so")
    project.run("new", "am")
    assert catalogue.read(project.root).locales == ["nl", "so", "am"]


def test_new_asks_for_reviewers(project: Project) -> None:
    owners = project.root / ".github" / "CODEOWNERS"
    owners.parent.mkdir()
    owners.write_text("# who\n/docs/nl/  @x/translators-nl\n/scripts/  @x/code\n", encoding="utf-8")
    project.run("new", "so")
    text = "# who\n/docs/nl/  @x/translators-nl\n/docs/so/  @x/translators-so\n/scripts/  @x/code\n"
    assert owners.read_text(encoding="utf-8") == text


# mistakes in the project


def test_broken_configuration_is_one_line(project: Project) -> None:
    for text in ("plugins: [", "plugins: []", ""):
        (project.root / "mkdocs.yml").write_text(text, encoding="utf-8")
        shown = project.run("status", code=1)
        assert shown.startswith("mkdocs.yml")
        assert len(shown.splitlines()) == 1
    (project.root / "mkdocs.yml").unlink()
    with pytest.raises(Faulty):
        catalogue.read(project.root)


def test_wrong_arguments_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["translations", "diff", "nl"], ROOT)
    assert stopped.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


# the project itself


def test_the_translations_of_the_site_have_the_structure_of_their_source() -> None:
    site = catalogue.read(ROOT)
    assert errors(site.faults(site.locales)) == []


def test_the_records_of_the_site_are_yaml() -> None:
    for file in (ROOT / "docs").glob("*/.confirmed/**/*.yml"):
        record = yaml.load(file.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        assert set(record) & {"draft", "reviewed-by"}


# pull requests


def test_only_the_languages_touched(project: Project) -> None:
    project.run("new", "so")
    project.commit("a language")
    project.git("checkout", "-q", "-b", "branch")
    project.edit("docs/nl/index.md", ("eerste", "allereerste"))
    project.commit("Dutch")
    assert project.run("status", "--markdown", "--since", "main").startswith("| Page | nl |")
    project.edit("docs/en/index.md", ("A first", "The first"))
    project.commit("English")
    assert project.run("status", "--markdown", "--since", "main").startswith("| Page | nl | so |")
    assert "No translation is concerned" in project.run("status", "--since", "HEAD")
    assert "git has no “nothing”" in project.run("check", "--since", "nothing", code=1)
    assert "git has no" in project.run("check", "--since=--output=x", code=1)


def test_every_language_has_an_owner_and_the_terms() -> None:
    root = ROOT
    owners = (root / ".github/CODEOWNERS").read_text(encoding="utf-8")
    terms = yaml.safe_load((root / "docs/en/glossary.yml").read_text(encoding="utf-8"))
    for tag in catalogue.read(root).locales:
        assert f"/docs/{tag}/ " in owners
        glossary = yaml.safe_load((root / f"docs/{tag}/glossary.yml").read_text(encoding="utf-8"))
        assert list(glossary) == list(terms)


def test_the_templates_are_yaml() -> None:
    for file in (ROOT / ".github").rglob("*.yml"):
        assert isinstance(yaml.safe_load(file.read_text(encoding="utf-8")), dict)
