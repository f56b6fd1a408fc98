"""What each level of compression costs and saves, over all text files of a built site."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from safepage.output import compress

GZIP, BROTLI = (1, 6, 9), (4, 5, 9, 10, 11)


@dataclass(frozen=True)
class Level:
    """Processor seconds for the whole site, bytes of all copies together and of the heaviest page's."""

    processor: float
    bytes: int
    heaviest: int


def levels(site: Path) -> dict[str, Level]:
    """Each level by its name, "gzip -9" or "brotli -11"."""
    files = [file for file in sorted(site.rglob("*")) if file.is_file() and compress.is_text(file)]
    texts = [(file.suffix == ".html", file.read_bytes()) for file in files]
    ways: dict[str, Callable[[bytes], bytes]] = {f"gzip -{level}": partial(_gzip, level) for level in GZIP}
    ways |= {f"brotli -{level}": partial(compress.brotli_of, quality=level) for level in BROTLI}
    return {name: _level(way, texts) for name, way in ways.items()}


def _gzip(level: int, data: bytes) -> bytes:
    return gzip.compress(data, level, mtime=0)


def _level(way: Callable[[bytes], bytes], texts: list[tuple[bool, bytes]]) -> Level:
    began = time.process_time()
    sizes = [(page, len(way(data))) for page, data in texts]
    took = time.process_time() - began
    return Level(took, sum(size for _, size in sizes), max(size for page, size in sizes if page))
