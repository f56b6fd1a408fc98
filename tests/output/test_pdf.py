"""The sheets as PDF: what they are called, and what a person reads who has no browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from safepage import cli
from safepage.output import browser, pdf


def test_each_sheet_bears_its_language(tmp_path: Path) -> None:
    for name in ("poster", "card", "nl/poster", "pt-BR/card", "nl/print"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").touch()
    found = pdf.pages(tmp_path, "en")
    assert {name: file.relative_to(tmp_path).as_posix() for name, file in found.items()} == {
        "poster-en.pdf": "poster/index.html",
        "card-en.pdf": "card/index.html",
        "poster-nl.pdf": "nl/poster/index.html",
        "card-pt-BR.pdf": "pt-BR/card/index.html",
    }


def test_without_a_browser_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(browser, "PLACES", {})
    assert cli.main(["sheets"], tmp_path) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Install Chromium" in said
    assert list(tmp_path.iterdir()) == []


def test_a_browser_that_prints_nothing_is_told(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.touch()
    with pytest.raises(OSError, match="printed nothing"):
        browser.print_page("false", page, tmp_path / "a.pdf")
