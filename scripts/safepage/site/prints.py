"""What only the printed sheets need."""

from __future__ import annotations

from functools import cache

import segno


@cache
def code(address: str) -> str:
    """A QR code of an address as `<svg>`, for a reader's phone."""
    made = segno.make(address, error="m", micro=False)
    return str(made.svg_inline(scale=4, border=2, omitsize=True, svgclass="code", lineclass=None))
