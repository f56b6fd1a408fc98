"""Pictures: a file is one still picture that is safe to look at, and holds nothing else."""

from __future__ import annotations

import io
import random
import struct
import time
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import segno
from PIL import Image, ImageCms, ImageDraw, ImageFilter, ImageOps, PngImagePlugin

from safepage.faults import Fault
from safepage.gate.pictures import pictures

ROOT = Path(__file__).parents[3]
ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}


def check(data: bytes, ending: str) -> list[Fault]:
    start = time.perf_counter()
    found = pictures.check(data, ending, "docs/assets/x" + ending, "BE")
    assert time.perf_counter() - start < 5
    for fault in found:
        assert "\n" not in str(fault) and str(fault).isprintable(), str(fault)
        assert len(fault.what) < 300 and len(fault.todo) < 300, str(fault)
    assert len({fault.what for fault in found}) == len(found)
    return found


@cache
def scene(mode: str = "RGB", size: tuple[int, int] = (300, 200)) -> Image.Image:
    """A small picture with a sky, a hill and a house, as a photo or a drawing may be."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.ellipse([20, 120, 280, 320], fill="#2f6b3c")
    draw.rectangle([120, 90, 200, 150], fill="#a33", outline="#fff")
    draw.polygon([(110, 90), (160, 50), (210, 90)], fill="#432")
    return image.convert(mode)


def saved(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    (image or scene()).save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def with_chunk(kind: bytes, body: bytes, before: bytes = b"IDAT") -> bytes:
    data = saved("PNG")
    at = data.index(before) - 4
    return data[:at] + chunk(kind, body) + data[at:]


def with_segment(marker: int, body: bytes) -> bytes:
    data = saved("JPEG")
    return data[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + data[2:]


def with_webp(kind: bytes, body: bytes) -> bytes:
    data = saved("WEBP", lossless=True) + kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def exif() -> Image.Exif:
    notes = Image.Exif()
    notes[0x010F], notes[0x013B] = "Camera", "Anna Peeters"
    notes[0x8825] = {1: "N", 2: (51.0, 12.0, 30.0)}
    return notes


def png_text(**options: object) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "taken at the shelter", **options)  # type: ignore[arg-type]
    return saved("PNG", pnginfo=info)


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b"<x:xmpmeta><dc:creator>Anna</dc:creator></x:xmpmeta>"
MOVING = {"save_all": True, "append_images": [ImageOps.invert(scene())], "duration": 50, "loop": 0}

NOTES: dict[str, Callable[[], tuple[str, bytes]]] = {
    "Exif": lambda: ("JPEG", saved("JPEG", exif=exif())),
    "Exif of a": lambda: ("PNG", saved("PNG", exif=exif())),
    "Exif of a camera": lambda: ("WEBP", saved("WEBP", exif=exif())),
    "XMP": lambda: ("JPEG", saved("JPEG", xmp=XMP)),
    "XMP of a": lambda: ("WEBP", saved("WEBP", xmp=XMP)),
    "XMP of a picture program": lambda: ("PNG", with_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
    "IPTC": lambda: (
        "JPEG",
        with_segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x05\x1c\x02\x50\0\1A"),
    ),
    "a comment “by Anna”": lambda: ("JPEG", saved("JPEG", comment=b"by Anna")),
    "a text “Comment”": lambda: ("PNG", png_text()),
    "a text “Comment": lambda: ("PNG", png_text(zip=True)),
    "a text “Author”": lambda: ("PNG", with_chunk(b"iTXt", b"Author\0\0\0\0\0Anna")),
    "a text “Software”": lambda: ("PNG", with_chunk(b"tEXt", b"Software\0Anna's own", b"IEND")),
    "the time": lambda: ("PNG", with_chunk(b"tIME", b"\x07\xea\x0b\x18\x0c\0\0")),
    "a small earlier picture": lambda: ("JPEG", with_segment(0xE0, b"JFXX\0\x10" + saved("JPEG")[:900])),
    "a second picture": lambda: ("JPEG", with_segment(0xE2, b"MPF\0MM\0*")),
    "a part of kind E5": lambda: ("JPEG", with_segment(0xE5, b"anything")),
    "a part “vpAg”": lambda: ("PNG", with_chunk(b"vpAg", b"anything")),
    "a part “MAGI”": lambda: ("WEBP", with_webp(b"MAGI", b"anything")),
}

REFUSED: list[tuple[str, str, Callable[[], bytes]]] = [
    ("moves", ".png", lambda: saved("PNG", **MOVING)),
    ("moves", ".webp", lambda: saved("WEBP", **MOVING)),
    ("colour profile", ".jpg", lambda: saved("JPEG", icc_profile=SRGB + b"\0" * 9000)),
    ("colour profile", ".png", lambda: saved("PNG", icc_profile=b"Anna Peeters")),
    ("colour profile", ".webp", lambda: saved("WEBP", icc_profile=SRGB.replace(b"cprt", b"note"))),
    ("colour profile", ".png", lambda: with_chunk(b"iCCP", b"x\0\0" + zlib.compress(b"\0" * 9_000_000))),
    ("is not what its ending", ".png", lambda: b"<html><script>x</script>"),
    ("is not what its ending", ".svg", lambda: saved("PNG")),
    ("is not what its ending", ".jpg", lambda: saved("PNG")),
    ("is not what its ending", ".webp", lambda: b"RIFF\x10\0\0\0WAVEfmt "),
    ("is not what its ending", ".png", lambda: b""),
    ("it is gif", ".png", lambda: saved("GIF", **MOVING)),
    ("it is heic", ".jpg", lambda: b"\0\0\0\x18ftypheic\0\0\0\0"),
    ("it is bmp", ".png", lambda: saved("BMP")),
    ("is not what its ending", ".svg", lambda: b"<html><svg xmlns='http://www.w3.org/2000/svg'/></html>"),
    ("can't be read", ".png", lambda: saved("PNG")[:8]),
    ("can't be read", ".png", lambda: saved("PNG")[:-30]),
    ("can't be read", ".png", lambda: saved("PNG").replace(b"IDAT", b"IDAX", 1)),
    ("can't be read", ".jpg", lambda: b"\xff\xd8\xff<html><script>x</script>"),
    ("can't be read", ".jpg", lambda: saved("JPEG")[:-200]),
    ("can't be read", ".jpg", lambda: saved("JPEG")[:300] + saved("JPEG")[-2:]),
    ("can't be read", ".webp", lambda: saved("WEBP")[:-40]),
    ("can't be read", ".jpg", lambda: many_scans(400)),
    ("more follows", ".png", lambda: saved("PNG") + b"<script>x</script>"),
    ("more follows", ".jpg", lambda: saved("JPEG") + b"PK\x03\x04"),
    ("more follows", ".jpg", lambda: saved("JPEG") + saved("JPEG")),
    ("more follows", ".webp", lambda: saved("WEBP") + b"<?php x"),
    ("more follows", ".png", lambda: hidden_rows()),
    ("points large", ".png", lambda: saved("PNG", Image.new("1", (9000, 9000)))),
    ("points large", ".png", lambda: saved("PNG", Image.new("1", (60_000, 8)))),
    (
        "points large",
        ".webp",
        lambda: saved("WEBP", Image.new("L", (8000, 8000)).convert("RGB"), lossless=True),
    ),
    ("points large", ".png", lambda: bomb(60_000)),
    ("kB", ".png", lambda: saved("PNG", Image.effect_noise((600, 600), 90))),
]


def many_scans(times: int) -> bytes:
    data = saved("JPEG", progressive=True)
    start = data.rindex(b"\xff\xda")
    return data[:start] + data[start:-2] * times + data[-2:]


def hidden_rows() -> bytes:
    head = struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 20 + b"another file, hidden behind the last row")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def bomb(side: int) -> bytes:
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 40_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def dotted() -> Image.Image:
    rows = list(segno.make("https://evil.example/abc", micro=False).matrix)
    image = Image.new("L", ((len(rows) + 8) * 16,) * 2, 255)
    draw = ImageDraw.Draw(image)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                draw.ellipse([x * 16 + 66, y * 16 + 66, x * 16 + 77, y * 16 + 77], fill=0)
    return image


def code(
    dark: str | None = "#000", light: str | None = "#fff", scale: int = 4, border: int = 4
) -> Image.Image:
    out = io.BytesIO()
    made = segno.make("https://evil.example/abc", micro=False)
    made.save(out, kind="png", dark=dark, light=light, scale=scale, border=border)
    return Image.open(out)


def in_a_photo(size: int) -> Image.Image:
    image = scene(size=(1800, 1400)).filter(ImageFilter.GaussianBlur(3)).copy()
    image.paste(code().convert("RGB").resize((size, size)), (1100, 900))
    return image


def bars() -> Image.Image:
    import zxingcpp

    return Image.fromarray(
        zxingcpp.create_barcode("evil.example", zxingcpp.BarcodeFormat.Code128).to_image(scale=3)
    )


def other_code(name: str) -> Image.Image:
    import zxingcpp

    made = zxingcpp.create_barcode("https://evil.example", getattr(zxingcpp.BarcodeFormat, name))
    return Image.fromarray(made.to_image(scale=4))


CODES: dict[str, Callable[[], Image.Image]] = {
    "plain": code,
    "inverted": lambda: ImageOps.invert(code().convert("L")),
    "one point a module, no margin": lambda: code(scale=1, border=0).convert("L"),
    "large": lambda: code(scale=50).convert("L"),
    "turned": lambda: code().convert("RGB").rotate(33, expand=True, fillcolor="white"),
    "mirrored": lambda: ImageOps.mirror(code().convert("L")),
    "pale": lambda: code(dark="#f0f0f0").convert("RGB"),
    "yellow": lambda: code(dark="#e8d44d").convert("RGB"),
    "red on green": lambda: code(dark="#d00000", light="#006a00").convert("RGB"),
    "out of focus": lambda: code().convert("L").filter(ImageFilter.GaussianBlur(2)),
    "dots": dotted,
    "on a clear ground": lambda: code(light=None).convert("RGBA"),
    "white on a clear ground": lambda: code(dark="#fff", light=None).convert("RGBA"),
    "small in a photo": lambda: in_a_photo(130),
    "in a photo": lambda: in_a_photo(420),
    "with a palette": lambda: code().convert("RGB").quantize(8),
    "grey of sixteen bits": lambda: code().convert("L").convert("I;16").point(lambda v: v * 200),
    "Aztec": lambda: other_code("Aztec"),
    "DataMatrix": lambda: other_code("DataMatrix"),
    "PDF417": lambda: other_code("PDF417"),
    "bars": bars,
}

FINE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a photo": ("JPEG", lambda: saved("JPEG", quality=80)),
    "progressive, with sRGB and points an inch": (
        "JPEG",
        lambda: saved("JPEG", progressive=True, icc_profile=SRGB, dpi=(72, 72)),
    ),
    "grey": ("JPEG", lambda: saved("JPEG", scene("L"))),
    "for print": ("JPEG", lambda: saved("JPEG", scene("CMYK"))),
    "with restarts": ("JPEG", lambda: saved("JPEG", restart_marker_rows=1)),
    "Photoshop's Save for Web": ("JPEG", lambda: with_segment(0xEC, b"Ducky\0\1\0\4\0\0\0\x3c\0\0")),
    "zeros at the end": ("JPEG", lambda: saved("JPEG") + b"\0\0"),
    "true colours": ("PNG", lambda: saved("PNG", icc_profile=SRGB, dpi=(96, 96))),
    "a palette with clear points": ("PNG", lambda: saved("PNG", scene("P"), transparency=0)),
    "clear": ("PNG", lambda: saved("PNG", scene("RGBA"))),
    "two colours": ("PNG", lambda: saved("PNG", scene("1"))),
    "sixteen bits": ("PNG", lambda: saved("PNG", scene("L").convert("I;16"))),
    "a background": ("PNG", lambda: with_chunk(b"bKGD", b"\0\xff\0\xff\0\xff")),
    "Photoshop's name": ("PNG", lambda: with_chunk(b"tEXt", b"Software\0Adobe ImageReady")),
    "one point": ("PNG", lambda: saved("PNG", Image.new("RGB", (1, 1)))),
    "a strip": ("PNG", lambda: saved("PNG", Image.new("L", (3000, 2)))),
    "lossy": ("WEBP", lambda: saved("WEBP")),
    "lossless": ("WEBP", lambda: saved("WEBP", lossless=True)),
    "lossy and clear": ("WEBP", lambda: saved("WEBP", scene("RGBA"), icc_profile=SRGB)),
    "stripes": ("PNG", lambda: saved("PNG", stripes())),
    "noise": ("WEBP", lambda: saved("WEBP", Image.effect_noise((500, 500), 60).convert("RGB"), quality=5)),
}


def stripes() -> Image.Image:
    image = Image.new("L", (400, 300), 255)
    chance, x = random.Random(1), 0
    while x < 400:
        wide = chance.randint(1, 9)
        ImageDraw.Draw(image).rectangle([x, 0, x + wide, 300], fill=chance.choice([0, 0, 80, 200]))
        x += wide + chance.randint(1, 9)
    return image


def test_hidden_notes_of_any_kind_are_named_with_how_to_save_without() -> None:
    wrong = []
    for told, make in NOTES.items():
        kind, data = make()
        found = check(data, ENDINGS[kind])
        if len(found) != 1 or "hidden notes" not in found[0].what or told not in found[0].what:
            wrong.append((told, [str(fault) for fault in found]))
        elif "without metadata" not in found[0].todo:
            wrong.append((told, [found[0].todo]))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.slow
def test_what_is_no_plain_still_picture_is_refused(tmp_path: Path) -> None:
    wrong = []
    for reason, ending, make in REFUSED:
        data = make()
        file = tmp_path / f"x{ending}"
        file.write_bytes(data)
        found = list(
            pictures.of_file(file, "docs/assets/x", len(data), "BE")
            if reason == "kB"
            else check(data, ending)
        )
        if len(found) != 1 or reason not in found[0].what:
            wrong.append((reason, ending, data[:40], [str(fault) for fault in found]))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.slow
def test_codes_are_found_however_they_are_drawn() -> None:
    missed = [
        name for name, make in CODES.items() if "a code (" not in str(check(saved("PNG", make()), ".png"))
    ]
    missed += [
        k
        for k in ("JPEG", "WEBP")
        if "a code (" not in str(check(saved(k, code().convert("RGB")), ENDINGS[k]))
    ]
    assert not missed


@pytest.mark.slow
def test_plain_pictures_of_all_kinds_pass() -> None:
    refused = {name: found for name, (kind, make) in FINE.items() if (found := check(make(), ENDINGS[kind]))}
    assert not refused, refused


def test_a_damaged_picture_ends_in_lines_soon() -> None:
    chance = random.Random(7)
    for kind, ending in ENDINGS.items():
        good = saved(kind, scene().resize((60, 40)))
        for _ in range(60):
            data = bytearray(good)
            for _ in range(chance.randint(1, 4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            cut = chance.choice((len(data), chance.randrange(len(data))))
            check(bytes(data[:cut]), ending)
    for ending in ENDINGS.values():
        check(b"\x89PNG\r\n\x1a\n" * 9000, ending)
        check(b"\xff\xd8" + b"\xff" * 100_000, ending)
        check(b"\xff\xd8\xff\xda\0\2" + b"\xff\0" * 60_000, ending)
        check(b"RIFF\xff\xff\xff\x7fWEBP" + b"\0" * 100_000, ending)


@pytest.mark.parametrize("ending", sorted(pictures.OTHER_KINDS))
def test_other_kinds_of_pictures_are_told_what_to_become(ending: str) -> None:
    what, todo = pictures.other_kind(ending)
    assert ending in what and "export it as .png" in todo
