"""A begun site starts by Python alone: out of its wheel, which has to be the one that was locked."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from environment import ROOT
from safepage import cli, taken
from safepage.launcher import environment, parts
from safepage.launcher.venv import site_packages

pytestmark = pytest.mark.xdist_group("begun")
ANSWERS = """\
country: NL
languages: [nl, en]
exit: https://www.knmi.nl/
contacts: {emergency: {phone: "112", source: example, checked: 2026-11-24}}
"""
NO_NETWORK = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_RETRIES": "0",
    "PIP_CONFIG_FILE": os.devnull,
    "HTTPS_PROXY": "http://127.0.0.1:9",
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in a folder whose name is not plain. Read only."""
    folder = tmp_path_factory.mktemp("begun")
    site, given = folder / "Ein Ordner – مجلد", folder / "a.yml"
    given.write_text(ANSWERS, encoding="utf-8")
    assert cli.main(["begin", str(site), "--answers", str(given)], folder) == 0
    return site


def manage(root: Path, *words: str) -> tuple[int, str]:
    """Run the site's command without a network: its exit code, and all that it printed."""
    other = ("PYTHON", "SAFEPAGE", "PIP_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(other)}
    env = {**kept, **NO_NETWORK, "PYTHONUTF8": "1"}
    command = [getattr(sys, "_base_executable", sys.executable), "manage.py", *words]
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def test_it_is_content_and_a_generator(begun: Path) -> None:
    """No code, no theme, no tests; an older Python can read what tells it so; what was given is noted."""
    there = {entry.name for entry in begun.iterdir()}
    assert there == {
        *(
            "docs",
            "deploy",
            "generator",
            "mkdocs.yml",
            "manage.py",
            "README.md",
            "CONTRIBUTING.md",
            "TRANSLATING.md",
        ),
        *("LICENSE-TEXT", ".github", ".gitignore", ".gitattributes"),
    }
    ast.parse((begun / "manage.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    held = {file.name for file in (begun / "generator").iterdir()}
    assert {"site.lock", "tests.lock", "taken.json"} == {name for name in held if not name.endswith(".whl")}
    noted = json.loads((begun / taken.PATH).read_text(encoding="utf-8"))
    assert {"docs/nl/index.md", "docs/en/.confirmed/index.yml", "manage.py"} <= noted.keys()
    assert not {"mkdocs.yml", "docs/contacts.yml"} & noted.keys()


def test_guides_speak_of_this_site(begun: Path) -> None:
    """The command, the folders and the languages are its own; no word of the repository's."""
    guides = {file.name: file.read_text(encoding="utf-8") for file in begun.glob("*.md")}
    for name, text in guides.items():
        assert not re.search(r"scripts/|docs/en/|tests/|requirements/|national\.yml|%[A-Z]+%|Belgi", text), (
            name
        )
        for link in re.findall(r"\]\(([^)#:]+)", re.sub(r"`[^`]*`", "", text)):
            assert link == "https" or (begun / link).exists(), f"{name}: {link}"
    assert "Dutch (`docs/nl/`) comes first" in guides["TRANSLATING.md"]
    sections = re.findall("^## (.*)", guides["CONTRIBUTING.md"], re.MULTILINE)
    assert sections == ["Words", "The rules of a page", *sections[2:]]
    assert "When you changed a page in Dutch" in sections
    assert "Code" not in sections


def test_its_workflows_are_as_safe_as_ours(begun: Path) -> None:
    command = [Path(sys.executable).with_name("zizmor"), "--offline", "--quiet", "--no-progress", ".github"]
    assert subprocess.run(command, cwd=begun, check=False).returncode == 0
    workflows = {
        file.stem: file.read_text(encoding="utf-8") for file in (begun / ".github/workflows").iterdir()
    }
    assert {"publish", "test", "upgrade", "translations", "comment", "confirm", "form"} <= workflows.keys()
    assert not [name for name, text in workflows.items() if re.search(r"scripts/|English|docs/en", text)]
    called = re.findall(r"uses: \$/.github/workflows/(.*)\.yml", "".join(workflows.values()))
    assert set(called) <= workflows.keys()


def lose_the_wheel(root: Path) -> None:
    next((root / "generator").glob("*.whl")).unlink()


def change_the_wheel(root: Path) -> None:
    with next((root / "generator").glob("*.whl")).open("ab") as wheel:
        wheel.write(b"\0")


def lose_the_lock(root: Path) -> None:
    (root / parts.BEGUN.build).unlink()


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (change_the_wheel, "is not the file that was locked"),
        (lose_the_wheel, "the generator is missing"),
        (lose_the_lock, "the generator is missing"),
    ],
)
def test_another_wheel_than_the_locked_one_is_told_in_a_line(
    harm: Callable[[Path], None], what: str, begun: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(begun, tmp_path / "site")
    harm(root)
    code, said = manage(root, "build")
    assert code == 1
    assert re.fullmatch(rf"manage\.py: .*{what}.*git checkout -- generator\n", said), said


def test_words_are_read_before_anything_is_installed(begun: Path) -> None:
    """Out of the wheel; what is for makers of the generator alone is not offered."""
    code, said = manage(begun, "--help")
    assert code == 0
    assert {"serve", "build", "test", "translations", "upgrade"} <= set(said.split())
    for words in ("bild", "measure", "build --output docs", "build --language de"):
        code, said = manage(begun, *words.split())
        assert code == 2, words
        assert re.fullmatch(r"manage\.py.*--help\n", said), said
    assert not (begun / ".venv").exists()


@pytest.mark.slow
def test_it_is_made_once_and_works_at_once(
    begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[..., None]
) -> None:
    """Its own `.venv` with its own wheel, without a network: a site, and soon again."""
    root = shutil.copytree(begun, tmp_path / "site")
    # The wheel is installed by its hash; what it needs is what these tests run with.
    for path in (parts.BEGUN.build, parts.BEGUN.tests):
        lock = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(parts.wheel_alone(lock), encoding="utf-8")
    for name, value in NO_NETWORK.items():
        monkeypatch.setenv(name, value)
    environment.ensure(root)
    ours, theirs = site_packages(ROOT / ".venv"), site_packages(root / ".venv")
    assert ours
    assert theirs
    (theirs / "needs.pth").write_text(f"{ours}\n", encoding="utf-8")

    code, said = manage(root, "build")
    assert code == 0, said
    assert (root / "site/index.html").is_file()
    began = time.monotonic()
    code, said = manage(root, "translations", "diff", "en", "index")
    record_property("told", f"A begun site's second start: {time.monotonic() - began:.1f} s")
    assert (code, said) == (0, "docs/en/index.md matches docs/nl/index.md: nothing to do.\n")
    # From there another begins, with the same wheel.
    (tmp_path / "a.yml").write_text(ANSWERS, encoding="utf-8")
    assert manage(root, "begin", "../another", "--answers", "../a.yml")[0] == 0
    wheels = [next((folder / "generator").glob("*.whl")) for folder in (root, tmp_path / "another")]
    assert wheels[0].read_bytes() == wheels[1].read_bytes()
