"""What proposes an upgrade by itself: least rights, and no word from outside is ever run."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from environment import ROOT
from safepage.launcher.venv import program_of

FILES = sorted((ROOT / "scripts/safepage/begin/files/github/workflows").glob("*.yml"))
UPGRADE = next(file for file in FILES if file.name == "upgrade.yml")


def test_zizmor_finds_nothing() -> None:
    zizmor = program_of(ROOT / ".venv", "zizmor")
    command = [zizmor, "--offline", "--quiet", "--no-progress", *FILES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_what_runs_the_new_generator_may_only_read() -> None:
    """And what may write runs nothing that was fetched."""
    workflow = yaml.safe_load(UPGRADE.read_text(encoding="utf-8"))
    jobs = workflow["jobs"]
    assert workflow["permissions"] == {}
    runs = {name: "".join(step.get("run", "") for step in job.get("steps", ())) for name, job in jobs.items()}
    assert [name for name, text in runs.items() if "manage.py" in text or "$RUNNER_TEMP/wheel" in text] == [
        "upgrade"
    ]
    assert jobs["propose"]["uses"] == "$/.github/workflows/propose.yml"
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "upgrade": {"contents": "read"},
        "propose": {"contents": "write", "pull-requests": "write"},
    }
    assert [name for name, text in runs.items() if "${{" in text] == []
    uses = re.findall(r"uses: (\S+)", UPGRADE.read_text(encoding="utf-8"))
    others = [use for use in uses if not use.startswith("$/")]
    assert [use for use in others if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", use)] == []


RELEASES = "https://github.com/our-house/safepage/releases/download/v1.1.0"
GOOD = f"{RELEASES}/safepage-1.1.0-py3-none-any.whl"
WRONG = [
    GOOD.replace("github.com", "evil.example"),
    GOOD.replace("https:", "http:"),
    GOOD.replace("/safepage-1.1.0", "/other-1.1.0"),
    GOOD.replace("1.1.0-py3", "$(touch evil)-py3"),
    GOOD.replace("1.1.0-py3", "1\nname=x-py3"),
    "null",
]
# Nothing is asked of the network: what is fetched is one word.
CURL = 'curl() { while [ "$1" != --output ]; do shift; done; echo wheel > "$2"; echo fetched; }\n'


def fetched(folder: Path, address: str, digest: str) -> tuple[int, str, str]:
    """What the step ends with, says, and gives on to the next."""
    folder.mkdir()
    steps = yaml.safe_load(UPGRADE.read_text(encoding="utf-8"))["jobs"]["upgrade"]["steps"]
    (script,) = (step["run"] for step in steps if step.get("id") == "fetch")
    given = {
        "WHEEL": address,
        "SHA256": digest,
        "RUNNER_TEMP": str(folder),
        "GITHUB_OUTPUT": str(folder / "out"),
    }
    done = subprocess.run(
        ["bash", "-e", "-c", CURL + script],
        env={"PATH": os.environ["PATH"], **given},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    out = folder / "out"
    given_on = out.read_text(encoding="utf-8") if out.is_file() else ""
    return done.returncode, done.stdout + done.stderr, given_on


@pytest.mark.skipif(os.name == "nt", reason="the workflow runs on Linux")
def test_a_wheel_is_fetched_from_a_page_of_releases_and_has_the_digest_that_was_given(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"wheel\n").hexdigest()
    code, said, out = fetched(tmp_path / "good", GOOD, digest)
    assert (code, out) == (0, "name=safepage-1.1.0-py3-none-any.whl\n"), said
    for number, other in enumerate(("0" * 64, "", "null")):
        code, said, out = fetched(tmp_path / f"digest{number}", GOOD, other)
        assert (code != 0, "fetched" in said, out) == (True, True, ""), said
    for number, address in enumerate(WRONG):
        code, said, out = fetched(tmp_path / f"address{number}", address, digest)
        assert (code, "fetched" in said, out) == (1, False, ""), address
        assert "This is no address of a wheel" in said
        assert not (tmp_path / f"address{number}/evil").exists()
