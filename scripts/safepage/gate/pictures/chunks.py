"""The parts of a PNG, JPEG or WebP file: those that draw the picture may stay, by name; nothing else may."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from safepage.faults import printable
from safepage.gate.contacts import addresses

MAX_PROFILE = 8192  # bytes: sRGB's own profile has 3,144, Display P3's 548
MAX_SCANS = 40  # of a JPEG: a progressive one has about ten; each costs a phone a pass over all points

# PNG (third edition), chapters 5 and 11: what it needs, what tells of colours and of points.
_PNG = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs".split())
_PNG_TEXT = (b"tEXt", b"zTXt", b"iTXt")
_PNG_MOVES = (b"acTL", b"fcTL", b"fdAT")
# Photoshop and Inkscape write their name, and can't be told not to.
_PROGRAMS = frozenset((b"Software\0Adobe ImageReady", b"Software\0www.inkscape.org"))
_WEBP = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"))
_JPEG = frozenset((0xDB, 0xC4, 0xCC, 0xDD, 0xC0, 0xC1, 0xC2))  # tables and frames (ITU-T T.81, table B.1)
_SCAN_END = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_PROFILE_TAGS = frozenset(
    b"desc cprt wtpt bkpt rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC dmnd dmdd vued view lumi meas tech chad chrm "
    b"cicp gamt rndr ciis".split()
)
_PROFILE_TEXT = (b"desc", b"cprt", b"dmnd", b"dmdd", b"vued")

_WITHOUT = (
    "export it without metadata: in GIMP, no tick at Exif, XMP, IPTC, comment, thumbnail, creation time;"
    " in Photoshop, Export As, Metadata: None"
)


@dataclass
class _Read:
    """What a walk over a file found: notes that a picture doesn't need, and what else is wrong."""

    country: str
    notes: list[str] = field(default_factory=list)
    moves: bool = False
    broken: bool = False
    more: bool = False
    other: list[tuple[str, str]] = field(default_factory=list)

    def note(self, what: str) -> None:
        if what not in self.notes:
            self.notes.append(what)

    def problems(self) -> Iterator[tuple[str, str]]:
        if self.notes:
            found = ", ".join(self.notes[:4]) + (" and more" if len(self.notes) > 4 else "")
            yield (
                f"the picture holds hidden notes, which can name a place, a day or a person: {found}",
                _WITHOUT,
            )
        if self.moves:
            yield (
                "the picture moves: flashes can bring on a seizure, and nobody can stop it",
                "export one still picture",
            )
        if self.broken:
            yield "the picture can't be read: it is damaged", "save it anew"
        if self.more:
            yield "more follows after the end of the picture, which could be another file", "save it anew"
        yield from self.other


def problems(data: bytes, kind: str, country: str) -> list[tuple[str, str]]:
    """What a picture's file holds that it doesn't need, as what is wrong and what to do.

    In: the bytes, and the kind that their first ones state: ".png", ".jpg" or ".webp"; the country. Each kind
    of problem is told once. Why no picture moves: WCAG 2.2.2 and 2.3.1. Sources: PNG (W3C, 2025), ITU-T T.81
    and T.871, WebP container (RFC 9649), ICC.1.
    """
    read = _Read(country)
    try:
        {".png": _png, ".jpg": _jpeg, ".webp": _webp}[kind](data, read)
    except (struct.error, IndexError, zlib.error):
        read.broken = True
    return list(read.problems())


def _png(data: bytes, read: _Read) -> None:
    at, kind, pixels = 8, b"", bytearray()
    while kind != b"IEND":
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        (checksum,) = struct.unpack_from(">I", data, at + 8 + size)
        at += 12 + size
        if zlib.crc32(kind + body) != checksum or (at == 20 + size and kind != b"IHDR"):
            read.broken = True
            return
        if kind in _PNG_TEXT:
            if body not in _PROGRAMS:
                word = body.split(b"\0")[0].decode("latin-1")
                xmp = word.startswith("XML:com.adobe")
                read.note("XMP of a picture program" if xmp else f"a text “{printable(word, 20)}”")
        elif kind == b"eXIf":
            read.note("Exif of a camera")
        elif kind == b"tIME":
            read.note("the time when it was saved")
        elif kind in _PNG_MOVES:
            read.moves = True
        elif kind not in _PNG:
            read.note(f"a part “{printable(kind.decode('latin-1'))}”")
        elif kind == b"iCCP":
            packed = body.partition(b"\0")[2][1:]
            _profile(zlib.decompressobj().decompress(packed, MAX_PROFILE + 1), read)
        elif kind == b"IDAT":
            pixels += body
    read.more = at < len(data) or _hides_more(bytes(pixels), data)


def _hides_more(packed: bytes, data: bytes) -> bool:
    """True if a PNG's packed points hold more bytes than its width and height ask for."""
    width, height, depth, colour, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, 16)
    line = 1 + (width * depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colour, 4) + 7) // 8
    most = min(height * line + (interlaced * 7 * (width + height + 16)), 200_000_000)
    unpacker = zlib.decompressobj()
    size, left = 0, packed
    while left and size <= most and not unpacker.eof:
        size += len(unpacker.decompress(left, 1_000_000))
        left = unpacker.unconsumed_tail
    return size > most or bool(unpacker.unused_data)


def _jpeg(data: bytes, read: _Read) -> None:
    at, scans, profile = 2, 0, b""
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1  # bytes that fill
        if data[at] != 0xFF:
            read.broken = True
            return
        marker = data[at + 1]
        if marker == 0xD9:
            break
        (size,) = struct.unpack_from(">H", data, at + 2)
        body = data[at + 4 : at + 2 + size]
        at += 2 + size
        if at > len(data) or size < 2:
            read.broken = True
            return
        if marker == 0xDA:
            scans += 1
            end = _SCAN_END.search(data, at)
            if end is None or scans > MAX_SCANS:
                read.broken = True
                return
            at = end.start()
        elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
            profile += body[14:]
        elif not _jpeg_needs(marker, body):
            read.note(_jpeg_note(marker, body))
    if profile:
        _profile(profile, read)
    read.broken = read.broken or not scans
    read.more = bool(data[at + 2 :].strip(b"\0"))


def _jpeg_needs(marker: int, body: bytes) -> bool:
    if marker == 0xE0:
        return body.startswith(b"JFIF\0") and len(body) == 14 and body[12:14] == b"\0\0"
    if marker == 0xEC:  # Photoshop's number for the quality
        return body.startswith(b"Ducky\0\1\0\4") and len(body) == 15
    if marker == 0xEE:
        return body.startswith(b"Adobe") and len(body) == 12
    return marker in _JPEG


def _jpeg_note(marker: int, body: bytes) -> str:
    if marker == 0xFE:
        return f"a comment “{printable(body.decode('latin-1').strip(), 20)}”"
    for start, told in (
        (b"Exif\0", "Exif of a camera"),
        (b"http://ns.adobe.com/", "XMP of a picture program"),
        (b"Photoshop", "IPTC or Photoshop's notes"),
        (b"JF", "a small earlier picture"),
        (b"MPF\0", "a second picture"),
    ):
        if body.startswith(start):
            return told
    return f"a part of kind {marker:02X}"


def _webp(data: bytes, read: _Read) -> None:
    (size,) = struct.unpack_from("<I", data, 4)
    end = 8 + size
    read.broken = end > len(data) + 1
    read.more = len(data) > end + size % 2
    at = 12
    while at < min(end, len(data)) and not read.broken:
        kind, size = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
        if len(body) < size:
            read.broken = True
        elif kind in (b"ANIM", b"ANMF") or (kind == b"VP8X" and body[0] & 2):
            read.moves = True
        elif kind == b"EXIF":
            read.note("Exif of a camera")
        elif kind == b"XMP ":
            read.note("XMP of a picture program")
        elif kind == b"ICCP":
            _profile(body, read)
        elif kind not in _WEBP:
            read.note(f"a part “{printable(kind.decode('latin-1'))}”")


def _profile(profile: bytes, read: _Read) -> None:
    """A colour profile may stay if it is small, and tells of colours and of its maker alone."""
    todo = "convert the picture to sRGB, and export it without a colour profile"
    (size,) = struct.unpack_from(">I", profile)
    if len(profile) > MAX_PROFILE or size != len(profile) or profile[36:40] != b"acsp":
        read.other.append(("its colour profile is large or damaged", todo))
        return
    (count,) = struct.unpack_from(">I", profile, 128)
    for number in range(min(count, 100)):
        tag, at, length = struct.unpack_from(">4sII", profile, 132 + 12 * number)
        words = profile[at : at + length].replace(b"\0", b"").decode("latin-1").replace("www.iec.ch", "")
        if tag not in _PROFILE_TAGS or (tag in _PROFILE_TEXT and addresses.find(words[:1000], read.country)):
            what = f"its colour profile holds more than colours (“{printable(tag.decode('latin-1'))}”)"
            read.other.append((what, todo))
            return
