"""The small parts: provinces, sentences, lists that the build makes, codes, compressed copies."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import brotli
import pytest

from safepage import blocks, compress, phrases, prints, regions
from safepage.contacts import Contacts
from safepage.faults import Faulty

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
