"""Whatever state the project's files are in, a command ends in lines, and writes all of its files or none."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from running import COMMAND, environment_of
from safepage import cli
from safepage.faults import Faulty
from safepage.translations.writing import write_all

PROJECT = Path(__file__).parent / "fixtures" / "translations" / "project"
COMMANDS = {
    "status": ["status"],
    "json": ["status", "--json"],
    "markdown": ["status", "--markdown"],
    "check": ["check"],
    "diff": ["diff", "nl", "recognise"],
    "confirm": ["confirm", "nl", "recognise"],
    "unchanged": ["unchanged", "recognise", "--since", "HEAD"],
    "new": ["new", "sk"],
}
# A file, and the commands that read it.
READ = {
    "mkdocs.yml": COMMANDS,
    "docs/en/recognise.md": ["status", "json", "markdown", "check", "diff", "confirm", "unchanged"],
    "docs/nl/recognise.md": ["status", "json", "markdown", "check", "diff", "confirm"],
    "docs/nl/.confirmed/recognise.yml": ["status", "json", "check", "diff", "confirm", "unchanged"],
    "docs/nl/interface.yml": ["status", "json", "markdown"],
    "docs/en/interface.yml": ["new"],
    "docs/en/index.md": ["status", "check", "new"],
    "docs/en/glossary.yml": ["new"],
    "docs/reviewers.yml": ["status", "check", "diff", "confirm"],
    ".github/CODEOWNERS": ["new"],
}  # fmt: skip
SPOILT = {
    "Windows-1252": lambda data: data + "# café\n".encode("cp1252"),
    "UTF-16": lambda data: data.decode().encode("utf-16"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The fixture with every file that a command may read, committed."""
    it = tmp_path / "site"
    shutil.copytree(PROJECT, it)
    (it / ".github").mkdir()
    (it / ".github/CODEOWNERS").write_text("/docs/nl/  @x/translators-nl\n", encoding="utf-8")
    for page in ("recognise", "index"):
        assert cli.main(["translations", "confirm", "nl", page], it) == 0
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", *words], cwd=it, check=True, capture_output=True)
    return it


def changed(root: Path) -> str:
    run = subprocess.run(["git", "status", "-s"], cwd=root, capture_output=True, check=True, encoding="utf-8")
    return run.stdout


def test_another_encoding_is_a_line_in_every_command(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = []
    capsys.readouterr()
    for path, commands in READ.items():
        file = root / path
        good = file.read_bytes()
        for kind, spoil in SPOILT.items():
            file.write_bytes(spoil(good))
            before = changed(root)
            for name in commands:
                code = cli.main(["translations", *COMMANDS[name]], root)
                said = capsys.readouterr()
                lines = (said.out + said.err).splitlines()
                if code != 1 or not any(line.startswith(path) and ": error: " in line for line in lines):
                    wrong.append(f"{name}, {path} in {kind}: {code} {lines}")
                if changed(root) != before:
                    wrong.append(f"{name}, {path} in {kind} wrote {changed(root)}")
        file.write_bytes(good)
    assert not wrong, "\n".join(wrong)


def test_several_files_are_all_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("docs/nl/index.md", "docs/nl/recognise.md", "docs/nl/interface.yml"):
        (root / path).write_bytes(b"\xff\xfe")
    capsys.readouterr()
    assert cli.main(["translations", "status"], root) == 1
    assert len(capsys.readouterr().err.splitlines()) == 3


@pytest.mark.parametrize("text", [
    "plugins: {i18n: {languages: [{locale: en, default: true}, {locale: nl}]}}\n",
    "plugins:\n  - i18n:\n      languages: [{locale: en, default: true}]\n  - safepage: []\n",
    "plugins:\n  - i18n:\n      languages:\n        - {locale: en, default: true}\n"
    "  - safepage:\n      exit: {en: x}\n",
    "a: 1\na: 2\nplugins:\n  - i18n:\n      languages:\n"
    "        - {locale: en, name: English, default: true}\n",
    "when: 2026-13-45\nplugins:\n  - i18n:\n      languages:\n        - {locale: en, default: true}\n",
    "[" * 3000,
    "- a\n",
    "plugins: 1\n",
])  # fmt: skip
def test_a_configuration_that_nothing_can_be_added_to_is_a_line(
    root: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    before = changed(root)
    capsys.readouterr()
    code = cli.main(["translations", "new", "sk"], root)
    said = capsys.readouterr().err
    assert (code, said.count("\n"), said[:10]) in ((1, 1, "mkdocs.yml"), (0, 0, ""))
    assert code == 0 or changed(root) == before


def test_json_alone_is_on_standard_output(root: Path) -> None:
    command = [*COMMAND, "translations", "status", "--json"]
    env = environment_of(root)
    run = subprocess.run(command, capture_output=True, check=True, env={**env, "PYTHONIOENCODING": "ascii"})
    assert json.loads(run.stdout)["languages"][0]["language"] == "nl"
    (root / "docs/nl/index.md").write_bytes(b"caf\xe9")
    run = subprocess.run(command, env=env, capture_output=True, check=False)
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.startswith(b"docs/nl/index.md:1: error: ")


# Several files


def snapshot(root: Path) -> dict[str, bytes | None]:
    return {str(f.relative_to(root)): f.read_bytes() if f.is_file() else None for f in root.rglob("*")}


def test_all_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    (tmp_path / "a.txt").chmod(0o640)
    write_all(tmp_path, {"a.txt": "new\n", "b/c/d.txt": "é\n"})
    assert snapshot(tmp_path) == {"a.txt": b"new\n", "b": None, "b/c": None, "b/c/d.txt": "é\n".encode()}
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("last", ["folder", "a.txt/inside.txt", "b/c/" + "x" * 300, "b/broken.txt"])
def test_or_nothing_is_changed(tmp_path: Path, last: str) -> None:
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    (tmp_path / "folder/full").mkdir(parents=True)
    before = snapshot(tmp_path)
    texts = {"a.txt": "new", "b/c/d.txt": "new", last: "\ud800" if "broken" in last else "new"}
    with pytest.raises((Faulty, UnicodeEncodeError)) as caught:
        write_all(tmp_path, texts)
    assert snapshot(tmp_path) == before
    if isinstance(caught.value, Faulty):
        (fault,) = caught.value.faults
        assert fault.path == last
        assert "nothing has been changed" in fault.what
