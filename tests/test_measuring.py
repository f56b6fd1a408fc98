"""What `measure` compares is the same content, and what it prints is what it found."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
from dataclasses import asdict
from pathlib import Path

import brotli
import pytest
import yaml
from playwright.sync_api import Browser

from environment import ROOT
from safepage.making import measure
from safepage.making.measuring import building, line, loading, plain, projects, report
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
        assert len(files) == LANGUAGES * PAGES
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
    cut = {"kb": 6, "exit": True, "number": False, "words": 25}
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
        "absent": {"zensical": "no network"},
        "view": views,
        "line": {
            "ours": {"paint": 4000.0, "there": 4100.0, "tap": 4200.0},
            "stock": {"paint": 9000.0, "there": 9500.0, "tap": None},
        },
        "cut": [cut],
        "lighthouse": {
            name: {"/": {"scores": {"performance": score, "seo": 100}}}
            for name, score in (("ours", 100), ("stock", 91))
        },
        "build": {
            "the site": {
                "cold": {"ours": ours, "stock": stock},
                "edited": {"ours": {**ours, "seconds": 0.2}, "stock": stock},
                "compressed": {**ours, "seconds": 9.0},
            }
        },
        "growth": {
            "5": {"pages": 100, "builds": {"ours": ours, "stock": {**stock, "trouble": "no memory"}}},
        },
        "levels": {"gzip -9": {"processor": 1.25, "bytes": 12_000, "heaviest": 9_000}},
        "rebuild": {"the site": {"from nothing": ours, "a page edited in nl": {**ours, "seconds": 0.2}}},
        "edit": {
            "site": {"start": 0.9, "page": 0.5, "style": 0.6, "gone": 0.4, "settings": 0.5, "idle": 0.012},
            "large": {"start": 1.0, "page": 0.7, "style": 0.8, "gone": 0.6, "settings": 0.7, "idle": None},
        },
        "heaviest": {"ar/recognise/index.html": 13_500},
    }
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in report.tables(found).splitlines()]
    for row in (
        ["requests", "1", "10"],
        ["… to third parties", "none", "fonts.example"],
        ["bytes, gzip", "12,345", "65,432"],
        ["largest paint", "1.25 s", "1.25 s"],
        ["longest task", "–", "180 ms"],
        ["from the exit's tap to an empty page", "1.2 ms", "–"],
        ["… and can be tapped without scrolling", "4.20 s", "–"],
        ["6", "yes", "–", "25"],
        ["/", "100 100", "91 100"],
        ["… of stock's time", "0.12", "1.00"],
        ["… processor", "3.5 s", "–"],
        ["… again, after an edit", "0.2 s", "16.0 s"],
        ["… with .gz and .br", "9.0 s", "–"],
        ["5 languages, 100 pages", "2.0 s", "failed: no memory"],
        ["… each page", "20.0 ms", "–"],
        ["gzip -9", "1.2 s", "12,000", "9,000"],
        ["the site, a page edited in nl", "0.2 s", "3.5 s", "0.10"],
        ["from saving to seeing: a page", "0.50 s", "0.70 s"],
        ["a core's time while nothing is saved", "1.2%", "–"],
        ["ar/recognise/index.html", "13,500"],
    ):
        assert row in rows
    assert "Zensical was not measured: no network" in report.tables(found)


def test_an_unknown_name_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """With those that there are."""
    assert measure.run(argparse.Namespace(only=["view", "nothing"], json=False)) == 2
    told = capsys.readouterr().err
    assert told.startswith("measure: there is no 'nothing' to measure: view, ")
    assert told.count("\n") == 1
    assert {"stock", "zensical", "starlight", "hugo"} <= set(measure.NAMES)


def test_each_dialect_gets_the_same_words() -> None:
    """What CommonMark has no word for is said in the words of the theme, and links lead to addresses."""
    body = """# Title

## Part {#part}

- Sign {#sign}
      Hint

!!! danger "Now"
    Call [here](../contact.md#centres) {#x}

    or [there](health.md).
[page](https://a.example/b.md)"""
    page = plain.Plain(
        "nl", "professions/police", {"title": "Politie", "description": "Wat u ziet"}, "", body
    )
    text = plain.common(
        page, lambda kind, title, text: f"<{kind}|{title}|{text}>", lambda name: f"docs/{name}"
    )
    assert text.split("\n") == [
        "---", "description: Wat u ziet", "title: Politie", "---",
        "", "## Part", "", "- Sign", "      Hint", "", "",
        "<danger|Now|Call [here](../../contact/#centres)", "", "or [there](../health/).>", "",
        "[page](https://a.example/b.md)",
    ]  # fmt: skip


def test_a_bad_line_is_slow_both_ways_and_loses_nothing_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection takes a round trip, a question another, bytes their time; what is lost comes again."""
    (tmp_path / "index.html").write_bytes(os.urandom(30_000))
    for name, value in (("ROUND_TRIP", 0.1), ("BITS_A_SECOND", 1_000_000), ("LOST", 0.3)):
        monkeypatch.setattr(line, name, value)
    with served(tmp_path) as address, line.bad(address, 1) as slow:
        began = time.monotonic()
        with urllib.request.urlopen(f"{slow}/") as answer:
            assert brotli.decompress(answer.read()) == (tmp_path / "index.html").read_bytes()
        assert time.monotonic() - began > 0.1 + 0.1 + 0.24 + 0.1
