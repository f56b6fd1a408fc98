"""Each page fits into what a server sends before it waits for the reader's first answer."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from safepage.checks.pages import Built

# Ten segments of a TCP connection's first flight (RFC 6928), about 1,434 bytes each; headers are not counted.
FIRST_FLIGHT = 14_336
NAMED = 5


def test_every_page_arrives_in_the_first_flight(
    pages: list[Built], record_property: Callable[[str, object], None]
) -> None:
    """Whatever a page needs is in it (test_visits.py), so its own size is the size of the first view."""
    sizes = {page.path: len(gzip.compress(page.file.read_bytes(), 9, mtime=0)) for page in pages}
    heaviest = sorted(sizes, key=lambda name: (-sizes[name], name))
    said = ", ".join(f"{name} {sizes[name]:,}" for name in heaviest[:NAMED])
    record_property("told", f"Heaviest of {len(sizes)} pages at gzip -9 (of {FIRST_FLIGHT:,} bytes): {said}")
    too_heavy = [f"{name}: {sizes[name]:,} bytes" for name in heaviest if sizes[name] > FIRST_FLIGHT]
    assert too_heavy == [], f"more than {FIRST_FLIGHT:,} bytes at gzip -9"
