"""What `measure` compares is the same content, and what it prints is what it found."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from dataclasses import asdict
from pathlib import Path

import brotli
import pytest
import yaml
from playwright.sync_api import Browser

from environment import ROOT
from safepage.making.measuring import building, loading, projects, report
from safepage.making.measuring.served import compressed, served
from safepage.site import contacts

LANGUAGES, PAGES = 7, 30


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of ours with more languages and pages than the site."""
    folder = tmp_path_factory.mktemp("measured") / "ours"
    projects.ours(ROOT, folder, LANGUAGES, PAGES)
    return folder


def test_as_many_languages_and_pages_as_were_asked_for(measured: Path) -> None:
    """Each page in each language, the site's own first."""
    assert len(projects.languages(measured)) == LANGUAGES
    assert (
        projects.languages(measured)[: len(projects.languages(ROOT))] == projects.languages(ROOT)[:LANGUAGES]
    )
    paths = projects.page_paths(measured)
    assert len(paths) == len(set(paths)) == LANGUAGES * PAGES
    assert paths[0] == "about/"
    assert "nl/" in paths


def test_more_languages_than_there_are_is_an_error() -> None:
    """Rather than a table that says less than its title."""
    with pytest.raises(ValueError, match="languages are known"):
        projects.tags(ROOT, 500)


@pytest.mark.slow
def test_each_generator_gets_the_same_words(measured: Path, tmp_path: Path) -> None:
    """Contacts are filled in, and nothing is left that only we understand; settings are the theme's own."""
    known, _ = contacts.load(
        (ROOT / "docs/contacts.yml").read_text(encoding="utf-8"), "docs/contacts.yml", "BE"
    )
    for make in (projects.stock, projects.zensical):
        folder = tmp_path / make.__name__
        make(measured, folder)
        files = sorted((folder / "docs").rglob("*.md"))
        assert len(files) == len(list((measured / "docs").rglob("*.md")))
        texts = [file.read_text(encoding="utf-8") for file in files]
        assert not [file for file, text in zip(files, texts, strict=True) if "{{" in text]
        contact = (folder / "docs/nl/contact.md").read_text(encoding="utf-8")
        assert str(known.values["centre.brussels.phone"]) in contact
        settings = yaml.safe_load((folder / "mkdocs.yml").read_text(encoding="utf-8"))
        assert settings["theme"] == {"name": "material"}


def test_a_build_is_watched(tmp_path: Path) -> None:
    """Its time, its memory where the system tells, and its last words if it fails."""
    done = building.build(
        [sys.executable, "-c", "import time; x = bytearray(40 << 20); time.sleep(0.4)"],
        tmp_path,
        tmp_path / "a",
    )
    assert done.trouble == ""
    assert done.seconds >= 0.4
    if sys.platform == "linux":
        assert done.largest
        assert done.largest > 40
    failed = building.build([sys.executable, "-c", "raise SystemExit('no')"], tmp_path, tmp_path / "b")
    assert failed.trouble == "no"


def test_served_as_a_good_host_does(tmp_path: Path) -> None:
    """Pages by their address, compressed; what is not there is not there."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text("words " * 100, encoding="utf-8")
    with served(tmp_path) as address:
        with urllib.request.urlopen(f"{address}/a/") as answer:
            assert answer.headers["Content-Encoding"] == "br"
            assert brotli.decompress(answer.read()) == b"words " * 100
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{address}/b/")


def test_a_view_counts_what_comes_over_the_line(
    browser: Browser, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One answer, its bytes as they are sent, and the first paint is the largest."""
    monkeypatch.setattr(loading, "LOADS", 1)
    found = asdict(loading.view(browser, site, "recognise/"))
    page = (site / "recognise/index.html").read_bytes()
    assert found["bytes"] == {
        encoding: {"document": len(compressed(page, encoding))} for encoding in ("gzip", "br")
    }
    assert (found["requests"], found["third_parties"]) == (1, [])
    assert found["paints"]["first"] == found["paints"]["largest"] > 0
    assert found["exit"] > 0


def test_the_heaviest_page_comes_first(tmp_path: Path) -> None:
    """By its size on the wire, not on the disk."""
    (tmp_path / "even.html").write_text("a" * 9000, encoding="utf-8")
    (tmp_path / "odd.html").write_text(json.dumps(list(range(900))), encoding="utf-8")
    assert list(loading.weights(tmp_path)) == ["odd.html", "even.html"]


def test_tables_say_what_was_found() -> None:
    """Each figure stands in its column; what failed, and what was not measured, is said."""
    ours = {"seconds": 2.0, "processor": 3.5, "largest": 91.2, "together": 120.0, "trouble": ""}
    stock = {**ours, "seconds": 16.0, "processor": None, "largest": None}
    views = {
        name: {
            "requests": requests,
            "bytes": {"gzip": {"document": size}, "br": {"document": size - 100}},
            "third_parties": hosts,
            "paints": {"first": 910.0, "largest": 1250.0},
            "task": task,
            "exit": left,
        }
        for name, requests, size, hosts, task, left in (
            ("ours", 1, 12_345, [], 0, 1.25),
            ("stock", 10, 65_432, ["fonts.example"], 180.4, None),
        )
    }
    found = {
        "machine": "a machine",
        "pages": 100,
        "large": {"languages": 30, "pages": 20},
        "zensical": "no network",
        "build": {
            "site": {"ours": ours, "stock": stock},
            "large": {"ours": ours, "stock": {**stock, "trouble": "no memory"}},
            "compressed": {**ours, "seconds": 9.0},
        },
        "growth": {"5": {**ours, "pages": 100}, "60": {**ours, "pages": 1200}},
        "heaviest": {"ar/recognise/index.html": 13_500},
        "view": views,
        "edit": {"site": {"page": 0.5, "style": 0.6}, "large": {"page": 0.7, "style": 0.8}},
        "lighthouse": {
            name: {"/": {"scores": {"performance": score, "seo": 100}}}
            for name, score in (("ours", 100), ("stock", 91))
        },
    }
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in report.tables(found).splitlines()]
    for row in (
        ["requests", "1", "10"],
        ["… to third parties", "none", "fonts.example"],
        ["bytes, gzip", "12,345", "65,432"],
        ["largest paint", "1.25 s", "1.25 s"],
        ["longest task", "–", "180 ms"],
        ["from the exit's tap to an empty page", "1.2 ms", "–"],
        ["/", "100 100", "91 100"],
        ["… of stock's time", "0.12", "1.00"],
        ["… processor", "3.5 s", "–"],
        ["60", "1200", "2.0 s", "1.7 ms"],
        ["a page", "0.50 s", "0.70 s"],
        ["ar/recognise/index.html", "13,500"],
    ):
        assert row in rows
    assert ["30 languages × 20 pages", "2.0 s", "failed: no memory"] in rows
    assert "Zensical was not measured: no network" in report.tables(found)
