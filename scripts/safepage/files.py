"""The tree of docs/: only known kinds of files, inside it, that are what their endings say."""

from __future__ import annotations

import os
import re
import stat
import struct
import xml.parsers.expat
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from safepage import addresses, characters
from safepage.faults import Fault
from safepage.freshness import FOLDER

MAX_IMAGE = 200_000  # bytes: some seconds on a slow line
MAX_TEXT = 200_000
MAX_PIXELS = 4_000_000

_IMAGES = frozenset((".svg", ".png", ".jpg", ".jpeg", ".webp"))
_WORDS = ("interface.yml", "glossary.yml")
_IGNORED = frozenset(
    (".DS_Store", "Thumbs.db", "desktop.ini")
)  # what computers leave behind; never published
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9]+)?")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")  # names that Windows can't have

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


def check_tree(docs: Path, locales: Sequence[str]) -> list[Fault]:
    """Every file of the docs folder that must not be published, or can't be.

    In: the folder, and the locales of the site. Out: links that lead elsewhere, unknown kinds of files and
    folders, names that clash or that some disk can't hold, text that is not UTF-8, pictures that are too
    big, that are not what their ending says, that hold a program or the place where they were taken.
    """
    faults: list[Fault] = []
    root = docs.parent
    seen: dict[str, str] = {}
    for entry, path in _entries(docs, root):
        known = seen.setdefault(path.lower(), path)
        if known != path:
            what = f"its name differs from {_plain(known)} by capitals only: some disks keep one"
            faults.append(Fault(_plain(path, len(path)), 0, what, "give it another name"))
        parts = Path(entry.path).relative_to(docs).parts
        faults += _entry_faults(entry, _plain(path, len(path)), parts, locales)
    return sorted(set(faults))


def _entries(folder: Path, root: Path) -> Iterator[tuple[os.DirEntry[str], str]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        yield entry, Path(entry.path).relative_to(root).as_posix()
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(Path(entry.path), root)


def _entry_faults(
    entry: os.DirEntry[str], path: str, parts: Sequence[str], locales: Sequence[str]
) -> Iterator[Fault]:
    name = entry.name
    mode = entry.stat(follow_symlinks=False).st_mode
    if stat.S_ISLNK(mode):
        yield Fault(
            path, 0, "it is a link to another file, perhaps outside the site", "put the file itself here"
        )
        return
    if name in _IGNORED:
        return
    if stat.S_ISDIR(mode):
        if len(parts) == 1 and name not in locales and name != "assets":
            todo = f"move it into one of {', '.join(locales)} or assets, or add the language to mkdocs.yml"
            yield Fault(path, 0, "this folder is no language of the site", todo)
        elif len(parts) > 1 and not _is_name(name) and parts[1:] != (FOLDER,):
            yield Fault(
                path, 0, f"“{_plain(name)}” is no name for a folder", "use small letters, digits and -"
            )
        return
    if not stat.S_ISREG(mode):
        yield Fault(path, 0, "it is not an ordinary file", "delete it")
        return
    if not _is_name(name):
        todo = "use small letters from a to z, digits and -, one full stop before the ending"
        yield Fault(path, 0, f"“{_plain(name)}” is no name for a file: it becomes part of an address", todo)
        return
    yield from _file_faults(Path(entry.path), path, parts, locales)


def _is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not _DEVICES.fullmatch(name) and len(name) <= 100


def _file_faults(file: Path, path: str, parts: Sequence[str], locales: Sequence[str]) -> Iterator[Fault]:
    ending = file.suffix
    facts = file.stat()
    size = facts.st_size
    place = parts[0] if len(parts) > 1 else ""
    page = ending == ".md" and place in locales
    words = ending == ".yml" and place in locales and (file.name in _WORDS or parts[1] == FOLDER)
    if page or words or tuple(parts) in (("contacts.yml",), ("regions.yml",)):
        yield from _text_faults(file, path, size, facts.st_mtime_ns)
    elif ending in _IMAGES and place == "assets":
        if size > MAX_IMAGE:
            what = f"the picture has {size // 1000:,} kB: readers on a slow line would wait"
            yield Fault(path, 0, what, f"make it smaller than {MAX_IMAGE // 1000} kB")
        else:
            yield from image_faults(file.read_bytes(), ending, path)
    elif ending in _IMAGES:
        yield Fault(path, 0, "a picture stands among the pages", "put it into docs/assets/")
    else:
        todo = "pages are .md in a language's folder, pictures .svg, .png, .jpg or .webp in docs/assets/"
        yield Fault(path, 0, "the site has no use for such a file here", todo)


@lru_cache(maxsize=8192)  # while the site is served, all files but one are as they were
def _text_faults(file: Path, path: str, size: int, saved: int) -> tuple[Fault, ...]:
    """What is wrong with a text of that size in bytes, saved at that time in nanoseconds."""
    if size > MAX_TEXT:
        todo = f"make it smaller than {MAX_TEXT // 1000} kB"
        return (Fault(path, 0, f"the file has {size // 1000:,} kB", todo),)
    faults = []
    data = file.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = "the file is not saved as UTF-8: from here on letters would be lost"
        faults.append(Fault(path, line, what, "open it in an editor and save it with the encoding UTF-8"))
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        what = "the file holds a NUL byte, which no text has"
        faults.append(Fault(path, line, what, "type this line anew"))
    return tuple(faults)


def image_faults(data: bytes, ending: str, path: str) -> list[Fault]:
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
                f"<{_plain(tag)}> in a picture could run a program or fetch something",
                "draw with shapes only",
            )
        for name, value in attributes.items():
            if not _SVG_ATTRIBUTE.fullmatch(name):
                fault(f"{_plain(name)} on <{_plain(tag)}> is not a plain property of a drawing", "delete it")
            elif name.endswith("href") and not re.fullmatch(r"#[\w-]+", value):
                fault(
                    f"“{_plain(value)}” is fetched from elsewhere: its owner would see readers", "delete it"
                )
            elif name.startswith("xmlns"):
                if value not in _NAMESPACES:
                    fault(f"the namespace “{_plain(value)}” has no use here", "save it as plain SVG")
            elif re.search(
                r"(?:url|src|image(?:-set)?)\(\s*(?!#)[^)]|[a-z]+:|//|\\|&|@", value, re.IGNORECASE
            ):
                fault(f"“{_plain(value)}” leads out of the picture", "delete it")

    def doctype(*_: object) -> None:
        fault(
            "a document type in a picture can grow without end or fetch something",
            "delete the line <!DOCTYPE …>",
        )

    def instruction(target: str, _: str) -> None:
        fault(f"<?{_plain(target)} …> in a picture could fetch something", "delete it")

    def declaration(_: str, encoding: str | None, __: int) -> None:
        if (encoding or "utf-8").lower() != "utf-8":
            fault(f"the picture is written in {_plain(encoding or '')}", "save it with the encoding UTF-8")

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


def _plain(text: str, limit: int = 60) -> str:
    """A piece of a file or a name, short and printable: names on disk can hold anything."""
    shown = text if text.isprintable() else "".join(c if c.isprintable() else "�" for c in text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
