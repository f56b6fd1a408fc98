"""The small parts: provinces, sentences, lists that the build makes, codes, compressed copies."""

from __future__ import annotations

import gzip
import re
from datetime import date
from pathlib import Path

import brotli
import pytest

from environment import ROOT
from safepage import blocks, checklist, compress, freshness, phrases, prints, regions
from safepage.contacts import Contacts
from safepage.faults import Faulty
from safepage.paragraphs import paragraphs
from safepage_rendering import render

KNOWN = Contacts({"centre.brussels.region": "BE-BRU", "centre.brussels.name": "PAG-ASA"}, date(2026, 1, 1))


def test_provinces() -> None:
    found = regions.load("BE-BRU: {region: BE-BRU, postcodes: [[1000, 1299]]}", "r.yml", KNOWN)
    assert found == [regions.Province("BE-BRU", "centre.brussels", ((1000, 1299),))]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("BE-X: {region: BE-VLG, postcodes: [[1000, 1299]]}", "no centre"),
        ("BE-X: {region: BE-BRU, postcodes: [[1299, 1000]]}", "backwards"),
        ("BE-X: {region: BE-BRU, postcodes: [[100, 1299]]}", "no postcodes"),
        ("BE-X: {region: BE-BRU, postcodes: [[1000]]}", "no postcodes"),
        ("BE-X: {region: BE-BRU}", "does not say"),
        (
            "A: {region: BE-BRU, postcodes: [[1000, 1299]]}\nB: {region: BE-BRU, postcodes: [[1200, 1300]]}",
            "overlap",
        ),
    ],
)
def test_wrong_provinces(text: str, what: str) -> None:
    with pytest.raises(Faulty) as caught:
        regions.load(text, "r.yml", KNOWN)
    assert what in str(caught.value)
    assert caught.value.faults[0].line > 0


def test_sentences_get_their_ids() -> None:
    plain = "<ul><li>Other</li></ul>"
    html = f"<ul>\n<li>You decide. {{#decide}}</li>\n<li>Do <em>you</em> want? {{#want}}</li>\n</ul>{plain}"
    assert phrases.render(html) == (
        '<ul class="phrases"><li id="decide"><span class="phrase">You decide.</span></li>'
        '<li id="want"><span class="phrase">Do <em>you</em> want?</span></li></ul>' + plain
    )


@pytest.mark.parametrize("marked", ["outdated", "untranslated"])
def test_no_mark_of_the_text_shows_where_the_source_changed(marked: str) -> None:
    """Whatever block of a page is marked: no raw id, box or list, and every sentence keeps its id."""
    words = {"checklist_legend": "", "checklist_clear": "", "note_block": "Old?"}
    raw = []
    for file in sorted((ROOT / "docs/nl").rglob("*.md")):
        body = file.read_text(encoding="utf-8").split("---\n", 2)[2]
        every = range(len(paragraphs(body)))
        old, same = (every, ()) if marked == "outdated" else ((), every)
        marks = freshness.mark(render(body), body, old, "Old?", same, "en")
        html = blocks.fill(
            phrases.render(checklist.render(marks, words, {})), dict.fromkeys(blocks.NAMES, str)
        )
        found = re.findall(r"\{[:#][^}]*\}|\[[ xX]?\]|\{\{\s*list[^}]*\}\}", html)
        ids = re.findall(r"^- [^\n]*\{#([\w-]+)\}", body, re.MULTILINE)
        lost = [name for name in ids if f'<li id="{name}"' not in html and f' id="{name}"' not in html]
        raw += [f"{file.stem}: {sign}" for sign in [*found, *lost]]
    assert not raw, raw


def test_sentences_without_an_id_or_with_one_twice() -> None:
    told = [str(fault) for fault in phrases.check("- One {#one}\n- Two\n\n- Three {#one}", "p.md", 5)]
    assert any(line.startswith("p.md:6: ") and "has no id" in line for line in told)
    assert any(line.startswith("p.md:8: ") and "stands twice" in line for line in told)
    assert phrases.check("- a plain list\n- of two", "p.md", 1) == []


def test_blocks() -> None:
    page = "<p>{{ list.centres }}</p><p>In {{ list.centres }}</p>"
    assert blocks.fill(page, {"list.centres": lambda: "<b>"}) == "<b><p>In {{ list.centres }}</p>"
    told = [
        str(fault)
        for fault in blocks.check(
            "{{ list.centre }}\n\nSee {{ list.search }}\n\n{{ list.prints }}", "p.md", 3
        )
    ]
    assert len(told) == 2
    assert told[0].startswith("p.md:3: ")
    assert "list.centres" in told[0]
    assert told[1].startswith("p.md:5: ")


def test_code_is_a_picture_without_style() -> None:
    made = prints.code("https://example.org/nl/")
    assert made.startswith("<svg")
    assert "style=" not in made


def test_compressed_copies(tmp_path: Path) -> None:
    """Each holds the same bytes, and is the same each time."""
    file = tmp_path / "index.html"
    file.write_bytes(b"<p>help</p>" * 500)
    compress.file(str(file))
    first = [(tmp_path / f"index.html.{end}").read_bytes() for end in ("gz", "br")]
    compress.file(str(file))
    assert first == [(tmp_path / f"index.html.{end}").read_bytes() for end in ("gz", "br")]
    assert gzip.decompress(first[0]) == brotli.decompress(first[1]) == file.read_bytes()
