"""The steps that run for a pull request, and what of it comes to its comment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import workflow
from host import host
from workflow import git

from safepage.proposal import comment, stranger
from safepage.proposal.comment import Proposal
from small import DRAFT, small_site

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="the workflow runs on Linux")]
STEPS = {
    "How the languages touched stand": 0,
    "Whether the structure holds": 1,
    "Build the site": 1,
    "Leave what was found as data": 0,
}


def test_faults_of_a_pull_request_come_to_its_comment(tmp_path: Path) -> None:
    """Those of the structure and those of the gate, each once, each in its place."""
    site = small_site(tmp_path / "site")
    workflow.repository(site.root)
    base = git(site.root, "rev-parse", "HEAD").strip()
    site.change(f"docs/nl/{DRAFT}.md", "# ", "# Anders\n\nBel +32 2 511 64 64.\n\n## ")
    git(site.root, "commit", "-q", "-a", "-m", "change")
    (tmp_path / "run").mkdir()
    at = host(tmp_path / "host")
    for name, code in STEPS.items():
        variables = {"BASE": base} if "stand" in name else {}
        done = workflow.step(
            *("translations", "translations", name, site.root, tmp_path / "run", at), **variables
        )
        assert done.code == code, f"{name}: {done.said}"
    found = stranger.read((site.root / "report.json").read_bytes())
    assert found
    assert [language.tag for language in found.languages] == ["nl"]
    changed = (f"docs/nl/{DRAFT}.md",)
    text = comment.text(Proposal(7, "a" * 40, "https://x", "https://y", False, None, changed), found)
    number = site.read(f"docs/nl/{DRAFT}.md").split("Bel")[0].count("\n") + 1
    (line,) = (line for line in text.splitlines() if f"`docs/nl/{DRAFT}.md`, line {number}]" in line)
    assert "+32 2 511 64 64" in line
    lines = [line for line in text.splitlines() if line.startswith("- [")]
    assert len(lines) == len(set(lines)) > 1
