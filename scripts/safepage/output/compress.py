"""Compressed copies beside each text file, for servers that send them as they are."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli

TEXT = frozenset((".html", ".xml", ".svg", ".txt", ".css", ".js", ".json"))
# A window of 64 KiB holds every page whole; the usual one costs twice the time for the same bytes.
_WINDOW = 16


def is_text(path: Path) -> bool:
    """True for a file that is worth compressing."""
    return path.suffix in TEXT


def file(name: str) -> None:
    """Write `x.gz` (gzip -9, no time stamp) and `x.br` (brotli 11) beside a file; same bytes every time."""
    path = Path(name)
    data = path.read_bytes()
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    small = brotli.compress(data, mode=brotli.MODE_TEXT, quality=11, lgwin=_WINDOW)
    path.with_name(f"{path.name}.br").write_bytes(small)
