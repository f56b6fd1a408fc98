"""Pictures: a file is one picture that is safe to look at, and holds nothing else."""

from __future__ import annotations

import struct
import zlib

import pytest

from safepage import pictures
from safepage.faults import Fault

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


def check(data: bytes, ending: str) -> list[Fault]:
    found = pictures.check(data, ending, "docs/assets/x" + ending)
    assert all("\n" not in str(fault) and str(fault).isprintable() for fault in found)
    return found


@pytest.mark.parametrize(
    ("ending", "data", "reason"),
    [
        (".png", png(9000, 9000), "points large"),
        (".png", b"<html><script>x</script>", "is not what its ending"),
        (".svg", png(), "is not what its ending"),
        (".jpg", png(), "is not what its ending"),
        (".png", b"", "is not what its ending"),
        (".png", png()[:8], "can't be read"),
        (".jpg", b"\xff\xd8\xff<html><script>x</script>", "can't be read"),
        (".png", png() + b"<script>x</script>", "more follows"),
        (".jpg", JPEG + b"PK\x03\x04", "more follows"),
        (".jpg", JPEG[:20] + b"\xff\xe1\x00\x10Exif\0\0" + JPEG[20:], "hidden notes"),
        (".png", png(extra=b"\0\0\0\x04eXIfMM\0*\0\0\0\0"), "hidden notes"),
    ],
)
def test_what_is_no_plain_picture(ending: str, data: bytes, reason: str) -> None:
    found = check(data, ending)
    assert any(reason in fault.what for fault in found), list(map(str, found))


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<script>x</script>", "<script>"),
        ("<foreignObject><p>x</p></foreignObject>", "<foreignObject>"),
        ('<image href="x.png"/>', "<image>"),
        ('<a href="#x"><path/></a>', "<a>"),
        ("<style>@import url(//evil.example)</style>", "<style>"),
        ('<animate attributeName="href" values="javascript:x"/>', "<animate>"),
        ('<set attributeName="onload" to="x"/>', "<set>"),
        ('<path onclick="x"/>', "onclick"),
        ('<path style="fill:url(//evil.example)"/>', "style"),
        ('<path fill="url(https://evil.example/x#a)"/>', "leads out"),
        ('<path fill="url( //evil.example )"/>', "leads out"),
        ('<path fill="u&#x5c;72l(x)"/>', "leads out"),
        ("<path mask=\"image-set('x.png' 1x)\"/>", "leads out"),
        ("<path fill=\"src('x.png')\"/>", "leads out"),
        ('<use href="https://evil.example/x.svg#a"/>', "fetched"),
        ('<use href="data:image/svg+xml,x"/>', "fetched"),
        ('<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="//evil.example#a"/>', "fetched"),
        ('<x:script xmlns:x="http://www.w3.org/1999/xhtml">x</x:script>', "x:script"),
        ('<g xmlns="http://www.w3.org/1999/xhtml"/>', "namespace"),
        ("<text>Call 02 511 64 65</text>", "phone number"),
        ("<text>&#x202e;x</text>", "order of letters"),
        ("<title>evil.com</title>", "outside address"),
        ("<text>02<tspan> 511 64</tspan> 65</text>", "phone number"),
        ("<?xml-stylesheet href='//evil.example'?>", "xml-stylesheet"),
        ("<unclosed>", "<unclosed>"),
        ("<g>", "can't be read"),
        ("&unknown;", "can't be read"),
    ],
)
def test_a_picture_that_is_more_than_a_picture(inside: str, reason: str) -> None:
    found = check(SVG.replace(b"<path", inside.encode() + b"<path", 1), ".svg")
    assert any(reason in fault.what for fault in found), list(map(str, found))


def test_a_picture_with_a_document_type() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + SVG.replace(
        b"<path", b"<title>&b;</title><path"
    )
    found = check(bomb, ".svg")
    assert any("document type" in fault.what for fault in found)


@pytest.mark.parametrize("encoding", ["utf-7", "ISO-2022-JP", "no-such"])
def test_a_picture_in_another_encoding(encoding: str) -> None:
    found = check(f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + SVG, ".svg")
    assert [fault.what for fault in found] == [f"the picture is written in {encoding}"]
