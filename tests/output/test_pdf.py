"""The sheets as PDF: what they are called, and what a person reads who has no browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

import small
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


@pytest.mark.slow
def test_the_command_prints_those_of_each_language(tmp_path: Path) -> None:
    menu = small.SETTINGS.replace("about.md]", "about.md, print.md]")
    site = small.small_site(
        tmp_path, {"mkdocs.yml": menu, "docs/en/print.md": "# Poster and card\n\nTo print."}
    )
    target = tmp_path / "printed"
    assert cli.main(["sheets", "--output", str(target)], tmp_path) == 0
    sizes = {"poster": (210, 297), "card": (105, 148)}
    found = {file.stem: PdfReader(file).pages for file in target.iterdir()}
    assert found.keys() == {f"{kind}-{tag}" for kind in sizes for tag in ("en", *small.TRANSLATIONS)}
    for name, (page,) in found.items():
        sides = (page.mediabox.width, page.mediabox.height)
        assert tuple(round(float(side) / 72 * 25.4) for side in sides) == sizes[name.partition("-")[0]], name
    assert not site.output.exists()


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
