"""Beside each text file lie its compressed copies, for servers that send them as they are."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path

import brotli
import pytest

from safepage.output import compress

COPIES = {".gz", ".br"}


def originals(site: Path) -> list[Path]:
    """The files of the site that are no compressed copies."""
    return [file for file in sorted(site.rglob("*")) if file.is_file() and file.suffix not in COPIES]


def test_each_text_file_has_both_copies_and_nothing_else_has(site: Path) -> None:
    """A copy of a picture would be no smaller; a copy without its file would be served for ever."""
    found = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.suffix in COPIES}
    texts = [file.relative_to(site).as_posix() for file in originals(site) if compress.is_text(file)]
    assert found == {f"{name}{copy}" for name in texts for copy in COPIES}
    assert any(name.endswith(".html") for name in texts)
    assert "sitemap.xml" in texts


def test_copies_hold_the_same_bytes(site: Path) -> None:
    """A reader gets the same page however the server sends it."""
    for file in filter(compress.is_text, originals(site)):
        data = file.read_bytes()
        assert gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()) == data, file
        assert brotli.decompress(file.with_name(f"{file.name}.br").read_bytes()) == data, file


def test_copies_are_as_small_as_they_get(site: Path) -> None:
    """gzip at its best level, and brotli below what it does in no time: 5 % below gzip's, and by far."""
    texts = [file for file in originals(site) if compress.is_text(file)]
    for number, file in enumerate(texts):
        data = file.read_bytes()
        made = file.with_name(f"{file.name}.gz").read_bytes()
        small, best = len(made), file.with_name(f"{file.name}.br").stat().st_size
        assert made[8] == 2, f"{file}: not at the best level (RFC 1952, section 2.3.1: XFL)"
        if len(data) > 10_000:
            assert best < small * 0.95, file
        if number % 20 == 0:  # to press them all once more takes long
            assert small <= len(gzip.compress(data, 9, mtime=0)), file
            assert best <= len(brotli.compress(data, quality=9)), file


# Ten packets come before the server has to hear from the reader (RFC 6928): twice as much.
FIRST = 7 * 1024
SEEN = re.compile(rb"<body.*<a [^>]*id=quick-exit.*</a>.*<a [^>]*href=tel:\d+>\d+</a>", re.S)


def test_the_first_half_of_a_page_has_the_exit_and_the_emergency_number(site: Path) -> None:
    """On a line that breaks off, or that is slow: style and frame come first, the text after them."""
    found = list(site.rglob("*.html.gz"))
    assert len(found) > 50
    for file in found:
        come = zlib.decompressobj(wbits=31).decompress(file.read_bytes()[:FIRST])
        assert re.search(rb"<body.*<a [^>]*id=quick-exit.*</a>.*<a [^>]*href=tel:\d+>\d+</a>", come, re.S), (
            file
        )


def test_copies_bear_no_time_and_no_name(site: Path, tmp_path: Path) -> None:
    """Else they would differ from build to build (RFC 1952, section 2.3: MTIME and the flags are zero)."""
    page, other = site / "index.html", tmp_path / "another.html"
    other.write_bytes(page.read_bytes())
    compress.file(other.name, tmp_path)
    for copy in COPIES:
        assert Path(f"{other}{copy}").read_bytes() == Path(f"{page}{copy}").read_bytes()
    for file in site.rglob("*.gz"):
        head = file.read_bytes()[:10]
        assert head[:3] == b"\x1f\x8b\x08", file
        assert head[3:8] == bytes(5), file


@pytest.mark.parametrize("data", [b"", b"a", "خروج".encode() * 5000], ids=["empty", "one", "long"])
def test_a_file_of_any_size(tmp_path: Path, data: bytes) -> None:
    """Empty files too; made twice, the copies are the same."""
    file = tmp_path / "x.html"
    file.write_bytes(data)
    made = []
    for _ in range(2):
        compress.file(file.name, tmp_path)
        made.append([(tmp_path / f"x.html{copy}").read_bytes() for copy in sorted(COPIES)])
    assert made[0] == made[1]
    br, gz = made[0]
    assert brotli.decompress(br) == data
    assert zlib.decompress(gz, wbits=31) == data


def test_what_is_text() -> None:
    """Pictures, papers and copies are compressed already."""
    names = ["a.html", "a.xml", "a.svg", "a.txt", "a.png", "a.webp", "a.pdf", "a.html.gz", "a.html.br"]
    assert [compress.is_text(Path(name)) for name in names] == [True] * 4 + [False] * 5
