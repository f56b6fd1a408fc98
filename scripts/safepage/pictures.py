"""Pictures of docs/assets: bytes that are what their ending says, and hold a picture and nothing else."""

from __future__ import annotations

import re
import struct
import xml.parsers.expat
from functools import lru_cache
from pathlib import Path

from safepage import addresses, characters
from safepage.faults import Fault, printable

KINDS = frozenset((".svg", ".png", ".jpg", ".jpeg", ".webp"))
OTHER_KINDS = frozenset(
    (".gif", ".avif", ".heic", ".heif", ".bmp", ".tif", ".tiff", ".ico", ".apng", ".jxl", ".svgz")
)
MAX_BYTES = 200_000  # some seconds on a slow line
MAX_PIXELS = 4_000_000

_SVG_TAG = re.compile(
    r"svg|g|path|circle|ellipse|rect|line|polyline|polygon|title|desc|defs|use|symbol|text|tspan|clipPath|mask|"
    r"linearGradient|radialGradient|stop|metadata"
)
_SVG_ATTRIBUTE = re.compile(
    r"(?:x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|fx|fy|d|points|width|height|viewBox|version|id|class|transform|opacity|"
    r"fill|fill-rule|fill-opacity|stroke|stroke-[a-z]+|color|offset|stop-color|stop-opacity|clip-path|"
    r"clip-rule|mask|"
    r"gradientUnits|gradientTransform|spreadMethod|preserveAspectRatio|role|aria-[a-z]+|font-[a-z]+|text-anchor|"
    r"dominant-baseline|paint-order|vector-effect|xmlns|xml:lang|lang|dx|dy|maskUnits|clipPathUnits|href|xlink:href|"
    r"xmlns:xlink|focusable)"
)
_SVG_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>\s*)*<svg[\s>]",
    re.DOTALL,
)
_NAMESPACES = frozenset(("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"))


def other_kind(ending: str) -> tuple[str, str]:
    """Why a picture of another kind is refused, and what to do. In: one of OTHER_KINDS."""
    what = f"a picture that ends in {ending} is not shown by every old phone, or may move and flash"
    return what, "open it in a picture program and export it as .png, .jpg, .webp or .svg"


@lru_cache(maxsize=1024)  # while the site is served, all files but one are as they were
def of_file(file: Path, path: str, size: int, saved: int) -> tuple[Fault, ...]:
    """What is wrong with a picture of that size in bytes, saved at that time in nanoseconds.

    In: the file, whose ending is one of KINDS, and its path for the messages.
    """
    if size > MAX_BYTES:
        what = f"the picture has {size // 1000:,} kB: readers on a slow line would wait"
        return (Fault(path, 0, what, f"make it smaller than {MAX_BYTES // 1000} kB"),)
    return tuple(check(file.read_bytes(), file.suffix, path))


def check(data: bytes, ending: str, path: str) -> list[Fault]:
    """What is wrong with a picture's bytes: ending such as ".png"; path for the messages."""
    kind = _kind(data)
    wanted = {".jpeg": ".jpg"}.get(ending, ending)
    if kind != wanted:
        told = f"it is {kind.lstrip('.')}" if kind else "it is no picture that we know"
        return [
            Fault(
                path,
                0,
                f"the file is not what its ending {ending} says: {told}",
                "save it anew from a picture program",
            )
        ]
    if kind == ".svg":
        return _svg_faults(data, path)
    faults = []
    if b"Exif\0\0" in data[:65_536] or b"eXIf" in data or (kind == ".webp" and b"EXIF" in data):
        what = "the picture holds hidden notes of the camera, which can name a place, a day or a person"
        faults.append(Fault(path, 0, what, "save it without metadata (Exif)"))
    width, height = _size(data, kind)
    if not width * height:
        faults.append(Fault(path, 0, "the picture can't be read: it is damaged", "save it anew"))
    elif not _ends(data, kind):
        what = "more follows after the end of the picture, which could be another file"
        faults.append(Fault(path, 0, what, "save it anew from a picture program"))
    if width * height > MAX_PIXELS:
        what = f"the picture is {width} × {height} points large: an old phone can't show it"
        faults.append(Fault(path, 0, what, "make it smaller: 1600 points wide are enough"))
    return faults


def _kind(data: bytes) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if data.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if _SVG_HEAD.match(data):
        return ".svg"
    return ""


def _size(data: bytes, kind: str) -> tuple[int, int]:
    """Width and height in points as the file's head states them; (0, 0) where it states none."""
    try:
        if kind == ".png":
            return struct.unpack(">II", data[16:24])
        if kind == ".webp":
            if data[12:16] == b"VP8X":
                w, h = data[24:27] + b"\0", data[27:30] + b"\0"
                return struct.unpack("<I", w)[0] + 1, struct.unpack("<I", h)[0] + 1
            if data[12:16] == b"VP8L":
                bits = struct.unpack("<I", data[21:25])[0]
                return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
            w2, h2 = struct.unpack("<HH", data[26:30])
            return w2 & 0x3FFF, h2 & 0x3FFF
        at = 2
        while at + 9 < len(data) and data[at] == 0xFF:
            if 0xC0 <= data[at + 1] <= 0xCF and data[at + 1] not in (0xC4, 0xC8, 0xCC):
                h3, w3 = struct.unpack(">HH", data[at + 5 : at + 9])
                return w3, h3
            at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    except struct.error:
        pass
    return 0, 0


def _ends(data: bytes, kind: str) -> bool:
    """True if the file ends where the picture does."""
    if kind == ".png":
        return data.endswith(b"IEND\xaeB`\x82")
    if kind == ".jpg":
        return data.rstrip(b"\0").endswith(b"\xff\xd9")
    return len(data) - 8 <= int.from_bytes(data[4:8], "little")


def _svg_faults(data: bytes, path: str) -> list[Fault]:
    """An SVG is a document of its own: only shapes, gradients and words, nothing fetched, nothing run."""
    faults: list[Fault] = []
    words: list[str] = []
    parser = xml.parsers.expat.ParserCreate("utf-8")

    def fault(what: str, todo: str) -> None:
        faults.append(Fault(path, parser.CurrentLineNumber, what, todo))

    def start(tag: str, attributes: dict[str, str]) -> None:
        if not _SVG_TAG.fullmatch(tag):
            fault(
                f"<{printable(tag)}> in a picture could run a program or fetch something",
                "draw with shapes only",
            )
        for name, value in attributes.items():
            if not _SVG_ATTRIBUTE.fullmatch(name):
                fault(
                    f"{printable(name)} on <{printable(tag)}> is not a plain property of a drawing",
                    "delete it",
                )
            elif name.endswith("href") and not re.fullmatch(r"#[\w-]+", value):
                fault(
                    f"“{printable(value)}” is fetched from elsewhere: its owner would see readers",
                    "delete it",
                )
            elif name.startswith("xmlns"):
                if value not in _NAMESPACES:
                    fault(f"the namespace “{printable(value)}” has no use here", "save it as plain SVG")
            elif re.search(
                r"(?:url|src|image(?:-set)?)\(\s*(?!#)[^)]|[a-z]+:|//|\\|&|@", value, re.IGNORECASE
            ):
                fault(f"“{printable(value)}” leads out of the picture", "delete it")

    def doctype(*_: object) -> None:
        fault(
            "a document type in a picture can grow without end or fetch something",
            "delete the line <!DOCTYPE …>",
        )

    def instruction(target: str, _: str) -> None:
        fault(f"<?{printable(target)} …> in a picture could fetch something", "delete it")

    def declaration(_: str, encoding: str | None, __: int) -> None:
        if (encoding or "utf-8").lower() != "utf-8":
            fault(f"the picture is written in {printable(encoding or '')}", "save it with the encoding UTF-8")

    parser.XmlDeclHandler = declaration
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    parser.ProcessingInstructionHandler = instruction
    parser.CharacterDataHandler = words.append
    try:
        parser.Parse(data.removeprefix(b"\xef\xbb\xbf"), True)
    except xml.parsers.expat.ExpatError as error:
        if not faults:
            fault(
                f"the picture can't be read: {xml.parsers.expat.errors.messages[error.code]}", "save it anew"
            )
    shown = " ".join(words)
    faults += [Fault(path, 0, *addresses.describe(found)) for found in addresses.find(shown)]
    faults += [Fault(path, 0, hidden.what, hidden.todo) for hidden in characters.check(shown, path)]
    return sorted(set(faults))[:20]
