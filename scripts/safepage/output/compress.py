"""Compressed copies beside each text file, for servers that send them as they are."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli

from safepage.output.files import below
from safepage.output.kept import NOTHING, Kept
from safepage.output.standing import EMPTY, Standing

TEXT = (".html", ".xml", ".svg", ".txt", ".css", ".js", ".json")
COPIES = (".gz", ".br")
# A window of 64 KiB holds every page whole; the usual one costs twice the time for the same bytes.
_WINDOW = 16
# Over this site's pages (`measure --only levels`): 11 saves 2 % more and takes twice the time, which then is
# half of a whole build; 9 takes next to none, and its copies are 7 % larger.
_QUALITY = 10


def is_text(path: str | Path) -> bool:
    """True for a file that is worth compressing."""
    return str(path).endswith(TEXT)


def texts(site: Path) -> list[str]:
    """The files of a site, by their names in it, that are worth compressing and that have no copies yet."""
    found = set(below(site))
    return sorted(name for name in found if is_text(name) and f"{name}{COPIES[0]}" not in found)


def file(name: str, site: Path, kept: Kept = NOTHING, standing: Standing = EMPTY) -> None:
    """Write `x.gz` (gzip -9, no time stamp) and `x.br` (brotli 10) beside a file; same bytes every time.

    In: the file's name in the folder of its site; what is kept of other builds; the site that it replaces.
    """
    path = site / name
    data = path.read_bytes()
    entry = kept.name("compressed", data)
    copies = kept.get(entry)
    if copies is None:
        copies = _copies(data)
        kept.put(entry, *copies)
    for ending, copy in zip(COPIES, copies, strict=True):
        standing.lay(path.with_name(f"{path.name}{ending}"), f"{name}{ending}", copy)


def brotli_of(data: bytes, quality: int = _QUALITY) -> bytes:
    """A text as brotli packs it."""
    packed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality, lgwin=_WINDOW)
    return packed


def _copies(data: bytes) -> list[bytes]:
    return [gzip.compress(data, 9, mtime=0), brotli_of(data)]
