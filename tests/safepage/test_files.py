"""The tree of docs/: what may lie in it."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pytest

from safepage import files
from safepage.faults import Fault

ROOT = Path(__file__).parents[2]
LOCALES = ["en", "nl", "zh-Hant"]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#0b4f52"/></svg>'


def png(width: int = 4, height: int = 4, extra: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * 5 * 4)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    + b"\xff\xc0\x00\x0b\x08\x00\x04\x00\x04\x01\x01\x11\0\xff\xd9"
)
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\x03\xc0\0\0" + b"\0" * 8


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    for name in ("en", "nl", "zh-Hant", "assets", "nl/.confirmed", "en/professions"):
        (folder / name).mkdir(parents=True)
    (folder / "contacts.yml").write_text("a: 1\n")
    for name in (
        "en/index.md",
        "nl/index.md",
        "en/interface.yml",
        "nl/.confirmed/index.yml",
        "en/professions/health.md",
    ):
        (folder / name).write_text("text\n")
    (folder / "assets/door.svg").write_bytes(SVG)
    (folder / "assets/door.png").write_bytes(png())
    (folder / "assets/door.jpg").write_bytes(JPEG)
    (folder / "assets/door.webp").write_bytes(WEBP)
    (folder / ".DS_Store").write_bytes(b"\0")
    return folder


def check(docs: Path) -> list[Fault]:
    found = files.check_tree(docs, LOCALES)
    assert all("\n" not in str(fault) and str(fault).isprintable() for fault in found)
    return found


def test_a_good_tree_passes(docs: Path) -> None:
    assert check(docs) == []


def test_the_tree_of_the_site_passes() -> None:
    locales = [folder.name for folder in (ROOT / "docs").iterdir() if (folder / "interface.yml").exists()]
    assert files.check_tree(ROOT / "docs", locales) == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("en/evil.html", b"<p>", "no use"),
        ("en/evil.js", b"x", "no use"),
        ("assets/evil.css", b"x", "no use"),
        ("assets/evil.pdf", b"%PDF", "no use"),
        ("assets/evil.gif", b"GIF89a", "move and flash"),
        ("assets/page.md", b"x", "no use"),
        ("page.md", b"x", "no use"),
        ("robots.txt", b"x", "no use"),
        ("en/other.yml", b"x", "no use"),
        ("en/door.svg", SVG, "among the pages"),
        ("fr/index.md", b"x", "no language"),
        ("en/Upper.md", b"x", "no name"),
        ("en/two words.md", b"x", "no name"),
        ("en/ünï.md", b"x", "no name"),
        ("en/.hidden.md", b"x", "no name"),
        ("en/con.md", b"x", "no name"),
        ("en/a.b.md", b"x", "no name"),
        ("en/evil\u202edm.md", b"x", "no name"),
        ("en/line\nbreak.md", b"x", "no name"),
        ("en/..md", b"x", "no name"),
        ("en/bytes.md", b"caf\xe9", "UTF-8"),
        ("en/zero.md", b"a\0b", "NUL"),
        ("en/wide.md", "text".encode("utf-16"), "UTF-8"),
        ("en/large.md", b"x" * 300_000, "kB"),
        ("assets/large.png", png() + b"\0" * 300_000, "kB"),
        ("assets/huge.png", png(9000, 9000), "points large"),
        ("en/aux/page.md", b"x", "no name for a folder"),
    ],
)
def test_what_may_not_lie_there(docs: Path, name: str, data: bytes, reason: str) -> None:
    file = docs / name
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError:
        pytest.skip("this disk can't hold such a name")
    found = check(docs)
    assert any(reason in fault.what for fault in found), list(map(str, found))


@pytest.mark.skipif(os.name == "nt", reason="making links needs rights there")
@pytest.mark.parametrize("target", ["/etc/passwd", "../../outside", "index.md", "/", ".", "nowhere"])
def test_links_are_refused_and_not_followed(docs: Path, target: str) -> None:
    (docs / "en/link.md").symlink_to(target)
    (docs / "assets/loop").symlink_to(docs)
    found = check(docs)
    assert [fault.path for fault in found] == ["docs/assets/loop", "docs/en/link.md"]
    assert all("link to another file" in fault.what for fault in found)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_is_refused_without_waiting(docs: Path) -> None:
    os.mkfifo(docs / "en/pipe.md")
    assert any("ordinary file" in fault.what for fault in check(docs))


def test_names_that_clash(docs: Path) -> None:
    (docs / "en/INDEX.md").write_text("x")
    if len(list((docs / "en").glob("*ndex.md"))) < 1 or (docs / "en/index.md").read_text() == "x":
        pytest.skip("this disk knows no capitals")
    assert any("differs from docs/en/INDEX.md by capitals only" in fault.what for fault in check(docs))


def test_the_line_of_bad_bytes(docs: Path) -> None:
    (docs / "en/index.md").write_bytes(b"one\ntwo\ncaf\xe9\n")
    (fault,) = check(docs)
    assert fault.line == 3
