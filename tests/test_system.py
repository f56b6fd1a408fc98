"""What the tests use is brought on Debian, as root; elsewhere one line says what is left out."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from safepage.launcher import installing, system
from safepage.launcher.venv import Trouble

Set = Callable[..., None]


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Make this computer another one: its system, who one is, which programs and packages it has."""
    monkeypatch.delenv("CI", raising=False)

    def become(name: str, *, root: bool, programs: str = "", packages: str = "", apt: int = 0) -> None:
        monkeypatch.setattr(system, "name", lambda: name)
        monkeypatch.setattr(system.os, "geteuid", lambda: 0 if root else 1000, raising=False)
        which = {name: f"/usr/bin/{name}" for name in programs.split()}
        monkeypatch.setattr(system.shutil, "which", lambda name, path=None: which.get(name))
        monkeypatch.setattr(system, "mini_browser", lambda: which.get("MiniBrowser"))
        installed = [f"{package} installed" for package in packages.split()] + ["caddy config-files"]

        def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
            if command[0] != "dpkg-query":
                print("run:", " ".join(command))
            if "install" in command and apt:
                options["stdout"].write("Reading\nE: Unable to locate package x\n")  # type: ignore[attr-defined]
            return subprocess.CompletedProcess(command, apt, "\n".join(installed), "")

        monkeypatch.setattr(system.subprocess, "run", run)

    return become


EVERYTHING = " ".join(package for need in system.NEEDS for package in need.names["debian"])


def test_on_debian_as_root_only_what_is_missing_is_installed(
    computer: Set, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    computer("debian", root=True, programs="apt-get", packages=re.sub("firefox-esr|caddy", "", EVERYTHING))
    system.prepare(tmp_path)
    said, told = capsys.readouterr()
    assert said.splitlines() == [
        "run: apt-get -qq -o DPkg::Lock::Timeout=300 update",
        "run: apt-get -qq -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends firefox-esr caddy",
    ]
    assert "once, with apt-get: firefox-esr caddy." in told.splitlines()[0]


def test_where_all_is_there_nothing_is_run_or_said(
    computer: Set, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "NEEDS", [need for need in system.NEEDS if need.what == "Caddy"])
    for name, root in (("debian", False), ("ubuntu", True), ("darwin", False), ("win32", False)):
        computer(name, root=root, programs="caddy")
        system.prepare(tmp_path)
        assert capsys.readouterr() == ("", ""), name


@pytest.mark.parametrize(
    ("name", "root", "remedy"),
    [
        (
            "debian",
            False,
            "sudo apt-get install chromium chromium-driver .* firefox-esr .* nginx-light .* caddy",
        ),
        ("ubuntu", True, "sudo apt-get install chromium-browser"),
        ("fedora", True, "on Debian, as root, Chromium .*, Caddy, gettext would be installed"),
        (
            "darwin",
            False,
            "brew install google-chrome .*; on Debian, as root, WebKitGTK, a voice .*, nginx would be",
        ),
        (
            "win32",
            False,
            "winget install Google.Chrome .*; on Debian, as root, WebKitGTK, a voice .*, nginx would be",
        ),
    ],
)
def test_elsewhere_one_line_says_what_is_left_out_and_what_brings_it(
    computer: Set, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, root: bool, remedy: str
) -> None:
    computer(name, root=root, programs="apt-get" if name != "darwin" else "")
    system.prepare(tmp_path)
    said, told = capsys.readouterr()
    assert said == ""  # nothing is run
    assert told.count("\n") == 1
    assert told.startswith(
        "Tests that need Chromium with ChromeDriver, Firefox, WebKitGTK, "
        "a voice (Speech Dispatcher with eSpeak NG), nginx, Caddy, gettext are "
    )
    assert re.search(remedy, told), told


def test_with_ci_set_nothing_is_left_out(
    computer: Set, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    computer("debian", root=False)
    system.prepare(tmp_path)
    assert "will fail, since CI is set" in capsys.readouterr().err


def test_what_apt_says_is_told_in_a_line(
    computer: Set, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    computer("debian", root=True, programs="apt-get", apt=100)
    system.install(tmp_path, ["x"], "x")
    assert capsys.readouterr().err.splitlines()[1:] == [
        "apt-get could not: E: Unable to locate package x (details: .cache/apt.log)"
    ]


@pytest.mark.parametrize(("root", "brought"), [(True, True), (False, False)])
def test_debians_python_gets_what_makes_environments(
    computer: Set,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    root: bool,
    brought: bool,
) -> None:
    """As root it is installed; else one line says the command."""
    computer("debian", root=root, programs="apt-get")
    monkeypatch.setattr(installing, "can_make", lambda: False)
    with pytest.raises(Trouble, match="sudo apt install python3-venv"):
        installing.make(tmp_path, Path(".venv"), Path("log"), io.BytesIO())
    assert ("install --yes --no-install-recommends python3-venv" in capsys.readouterr().out) is brought
