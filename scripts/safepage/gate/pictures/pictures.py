"""Pictures of docs/assets: bytes that are what their ending says, and hold a picture and nothing else."""

from __future__ import annotations

import io
import subprocess
import sys
import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from safepage.faults import Fault
from safepage.gate.pictures import chunks, drawings

if TYPE_CHECKING:
    from PIL import Image

KINDS = frozenset((".svg", ".png", ".jpg", ".jpeg", ".webp"))
OTHER_KINDS = frozenset(
    (".gif", ".avif", ".heic", ".heif", ".bmp", ".tif", ".tiff", ".ico", ".apng", ".jxl", ".svgz")
)
_OTHER_STARTS = {b"GIF8": ".gif", b"BM": ".bmp", b"II*\0": ".tif", b"MM\0*": ".tif", b"\x1f\x8b": ".svgz"}
MAX_BYTES = 200_000  # some seconds on a slow line
MAX_PIXELS = 4_000_000
MAX_SIDE = 10_000
MAX_SECONDS = 3  # to draw a drawing; an icon takes a twentieth of one
_DAMAGED = ("the picture can't be read: it is damaged", "save it anew")

DRAWN = 800  # points of a drawing's longer side, as it is looked at for codes
_FITTING = 1000  # points of a photo's longer side in the first looks
_NAMES = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}
_PAPER, _NIGHT = (251, 250, 246), (16, 22, 31)  # what a page shows behind a picture, by day and by night


def other_kind(ending: str) -> tuple[str, str]:
    """Why a picture of another kind is refused, and what to do. In: one of OTHER_KINDS."""
    what = f"a picture that ends in {ending} is not shown by every old phone, or may move and flash"
    return what, "open it in a picture program and export it as .png, .jpg, .webp or .svg"


def of_file(file: Path, path: str, size: int, country: str) -> tuple[Fault, ...]:
    """What is wrong with a picture of that size in bytes.

    In: the file, whose ending is one of KINDS, its path for the messages, and the country whose numbers
    are dialled without a prefix.
    """
    if size > MAX_BYTES:
        what = f"the picture has {size // 1000:,} kB: readers on a slow line would wait"
        return (Fault(path, 0, what, f"make it smaller than {MAX_BYTES // 1000} kB"),)
    return _looked_at(file.read_bytes(), file.suffix, path, country)


@lru_cache(maxsize=512)  # while the site is served, all pictures but one are as they were
def _looked_at(data: bytes, ending: str, path: str, country: str) -> tuple[Fault, ...]:
    return tuple(check(data, ending, path, country))


def check(data: bytes, ending: str, path: str, country: str) -> list[Fault]:
    """What is wrong with a picture's bytes: ending such as ".png"; path for the messages; country."""
    kind = _kind(data)
    wanted = {".jpeg": ".jpg"}.get(ending, ending)
    if kind != wanted:
        told = f"it is {kind.lstrip('.')}" if kind else "it is no picture that we know"
        what = f"the file is not what its ending {ending} says: {told}"
        return [Fault(path, 0, what, f"open it in a picture program and export it as {wanted}")]
    if kind == ".svg":
        faults, ratio = drawings.check(data, path, country)
        if not faults:
            faults += [Fault(path, 0, *problem) for problem in _drawing_problems(data, ratio)]
        return faults
    problems = chunks.problems(data, kind, country) or _photo_problems(data, kind)
    return [Fault(path, 0, *problem) for problem in problems]


def _kind(data: bytes) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if data.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and b"svg" in data:
        return ".svg"
    if data[4:8] == b"ftyp":  # as phones save photos
        return ".avif" if data[8:12] == b"avif" else ".heic"
    return next((kind for start, kind in _OTHER_STARTS.items() if data.startswith(start)), "")


def _photo_problems(data: bytes, kind: str) -> Iterator[tuple[str, str]]:
    """What shows only when a picture is decoded: its true size, damage, a code that a phone reads."""
    # Pillow takes a tenth of a second to load, and is asked only where a site has such pictures.
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow would warn of is told by a fault, or harmless
        try:
            image = Image.open(io.BytesIO(data), formats=[_NAMES[kind]])
            width, height = image.size
            if width * height <= MAX_PIXELS and max(width, height) <= MAX_SIDE:
                image.load()
                yield from _code_problems(image)
                return
        except Image.DecompressionBombError:
            width = height = 0
        except Exception:  # each format's decoder raises what it likes at damaged bytes
            yield _DAMAGED
            return
    size = f"{width} × {height}" if width else "hundreds of millions of"
    yield (
        f"the picture is {size} points large: an old phone can't show it",
        "make it 1600 points wide at most",
    )


def _drawing_problems(data: bytes, ratio: float) -> Iterator[tuple[str, str]]:
    """What shows only when a drawing is drawn: that it takes too long, a code that a phone reads."""
    width = max(1, round(DRAWN / max(1.0, ratio)))
    program = Path(__file__).with_name("draw.py")
    try:
        # A process of its own: what runs away in there is stopped, and takes nothing with it.
        run = subprocess.run(
            [sys.executable, "-I", str(program), str(width)],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
        )
    except subprocess.TimeoutExpired:
        what = f"the drawing is not drawn after {MAX_SECONDS} seconds: it would hold up the page and its exit"
        yield what, "make it simpler, or export it as .png"
        return
    if run.returncode:
        yield "the drawing can't be drawn", "save it anew from a picture program"
        return
    from PIL import Image

    yield from _code_problems(Image.open(io.BytesIO(run.stdout), formats=["PNG"]))


def _code_problems(image: Image.Image) -> Iterator[tuple[str, str]]:
    import zxingcpp

    common = zxingcpp.barcode_formats_from_str("QRCode,Aztec,PDF417")
    every = zxingcpp.barcode_formats_from_str(
        "QRCode,Aztec,PDF417,MicroQRCode,RMQRCode,DataMatrix,Code128,EAN13,UPCA,Code39"
    )
    for look, wide in _looks(image):
        if found := zxingcpp.read_barcodes(look, formats=every if wide else common):
            kind = str(found[0].format)
            what = f"the picture holds a code ({kind}): it leads readers to an address that nobody can check"
            yield what, "take it out; write the address on the page as {{ its.website }}"
            return


def _looks(image: Image.Image) -> Iterator[tuple[Image.Image, bool]]:
    """The picture in the ways in which a phone's camera may see it, and whether to look for rare codes too.

    By day and by night where it lets the page through, with a margin, small ones enlarged, in each colour,
    out of focus (for codes of dots), and last in its own size.
    """
    from PIL import Image, ImageFilter, ImageOps

    clear = "A" in image.getbands() or "transparency" in image.info
    grounds = []
    if clear:
        image = image.convert("RGBA")
        for paper in (_PAPER, _NIGHT):
            ground = Image.new("RGBA", image.size, (*paper, 255))
            grounds.append((Image.alpha_composite(ground, image).convert("RGB"), paper))
    else:
        grounds.append((image.convert("RGB") if image.mode != "L" else image, (255, 255, 255)))
    for ground, paper in grounds:
        scale = _FITTING / max(ground.size)
        if scale >= 2:
            fitting = ground.resize(
                tuple(n * min(int(scale), 8) for n in ground.size), Image.Resampling.NEAREST
            )
        else:
            fitting = ground.copy()
            fitting.thumbnail((_FITTING, _FITTING))
        margin = max(16, max(fitting.size) // 12)
        colours = fitting.split()
        grey = ImageOps.autocontrast(
            ImageOps.expand(fitting, margin, paper if len(colours) > 1 else 255).convert("L")
        )
        yield grey, True
        small = grey.copy()
        small.thumbnail((500, 500))
        yield small.filter(ImageFilter.GaussianBlur(2)), False
        yield grey.filter(ImageFilter.GaussianBlur(6)), False
        for colour in colours[::2] if len(colours) > 1 else ():
            small = ImageOps.autocontrast(colour)
            small.thumbnail((600, 600))
            yield ImageOps.expand(small, 30, 255), False
        if max(ground.size) > _FITTING:
            yield ImageOps.autocontrast(ground.convert("L")), False
