"""A copy of the source is no translation, whenever it was made: with git, a part of git, or none."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from environment import ROOT
from safepage import cli
from safepage.translations import catalogue, earlier, freshness
from safepage.translations.records import record_path

SOURCE = """\
---
title: {title}
description: "Who can help you, and how."
---

# {title}

{first}

## Centres {{#centres}}

{second}

- The first thing that you can do
- {third}
"""
FIRST = SOURCE.format(
    title="Help",
    first="You are not alone, and you need no proof.",
    second="A centre for victims helps you for free.",
    third="The second thing that you can do",
)
SECOND = FIRST.replace("no proof", "no papers").replace("for free", "without money")
THIRD = SECOND.replace("not alone", "never alone").replace("The first thing", "One thing")


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two languages; the source's page was edited twice, each time in a commit."""
    fixture = ROOT / "tests/fixtures/translations/project"
    root = tmp_path / "site"
    shutil.copytree(fixture, root)
    git(root, "init", "-q", "-b", "main")
    for text in (FIRST, SECOND, THIRD):
        (root / "docs/en/help.md").write_text(text, encoding="utf-8")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "a step")
    return root


def as_it_is(root: Path) -> Path:
    return root


def squashed(root: Path) -> Path:
    """One commit holds all; the first text is known from a merged branch alone."""
    git(root, "checkout", "-q", "-b", "other", "HEAD~2")
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "-s", "ours", "--allow-unrelated-histories", "other", "-m", "squash")
    return root


def renamed(root: Path) -> Path:
    """The page had another name when it was copied."""
    for name in ("en", "nl"):
        if (root / f"docs/{name}/help.md").is_file():
            (root / f"docs/{name}/help.md").rename(root / f"docs/{name}/aid.md")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "another name")
    return root


@pytest.mark.parametrize("history", [as_it_is, squashed, renamed])
@pytest.mark.parametrize("copied", [FIRST, SECOND, THIRD])
def test_a_copy_by_hand_is_missing_however_old(
    root: Path, history: Callable[[Path], Path], copied: str
) -> None:
    (root / "docs/nl/help.md").write_text(copied.replace("Help", "Hulp"), encoding="utf-8")
    root = history(root)
    page = "aid" if history is renamed else "help"
    assert catalogue.read(root).state("nl", page).status == "missing"


def test_what_is_translated_is_there_and_the_rest_is_marked_as_the_source_s(root: Path) -> None:
    half = FIRST.replace("You are not alone, and you need no proof.", "U bent niet alleen.").replace(
        "Help", "Hulp"
    )
    (root / "docs/nl/help.md").write_text(half, encoding="utf-8")
    state = catalogue.read(root).state("nl", "help")
    assert state.status == "draft"
    blocks = freshness.paragraphs(half)
    assert [blocks[index].text for index in sorted(state.untranslated_blocks)] == [
        "Who can help you, and how.",
        "A centre for victims helps you for free.",
        "The first thing that you can do",
        "The second thing that you can do",
    ]


def test_names_alone_are_no_translation(root: Path) -> None:
    names = (
        FIRST.replace("# Help", "# Hulp")
        .replace("## Centres", "## Centra")
        .replace("title: Help", "title: Hulp")
    )
    (root / "docs/nl/help.md").write_text(names, encoding="utf-8")
    assert catalogue.read(root).state("nl", "help").status == "missing"


def without_git(root: Path, tmp_path: Path) -> Path:
    shutil.rmtree(root / ".git")
    return root


def shallow(root: Path, tmp_path: Path) -> Path:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "the copy")
    subprocess.run(["git", "clone", "-q", "--depth", "1", root.as_uri(), str(tmp_path / "clone")], check=True)
    return tmp_path / "clone"


@pytest.mark.parametrize("lost", [without_git, shallow])
def test_a_begun_page_stays_missing_without_history(
    root: Path, tmp_path: Path, lost: Callable[[Path, Path], Path]
) -> None:
    """What `translations new` copied is known from the record that it wrote, after an edit as well."""
    assert cli.main(["translations", "new", "ro"], root) == 0
    source = root / "docs/en/index.md"
    text = source.read_text(encoding="utf-8")
    edited = re.sub(r"(?m)^(\w[^:\n]*)$", r"\1 And more words.", text)
    assert edited != text
    source.write_text(edited, encoding="utf-8")
    root = lost(root, tmp_path)
    assert (root / record_path("ro", "index")).is_file()
    assert catalogue.read(root).state("ro", "index").status == "missing"


def test_what_git_said_is_read_once_and_renewed_by_a_commit(root: Path) -> None:
    first = earlier.digests(root, "en")
    kept = (root / ".cache/earlier.json").stat().st_mtime_ns
    assert earlier.digests(root, "en") == first
    assert (root / ".cache/earlier.json").stat().st_mtime_ns == kept
    (root / "docs/en/help.md").write_text(THIRD.replace("One thing", "The one thing"), encoding="utf-8")
    git(root, "commit", "-q", "-a", "-m", "more")
    assert first < earlier.digests(root, "en")
    (root / ".cache/earlier.json").write_text("{", encoding="utf-8")
    assert first < earlier.digests(root, "en")
