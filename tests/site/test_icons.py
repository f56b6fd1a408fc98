"""Icons: as light as the eye allows."""

from __future__ import annotations

import io
from pathlib import Path

import material
import pytest
import resvg_py
from PIL import Image, ImageChops

from safepage.site import icons

FOLDER = Path(material.__file__).parent / "templates" / ".icons" / "material"
NAMES = [
    *(
        "lock",
        "account-off",
        "card-account-details",
        "comment-off",
        "account-alert",
        "shield-alert",
        "hard-hat",
    ),
    *("bed", "cash-minus", "invoice-text", "medical-bag", "translate", "phone", "virus", "cash-fast"),
]


def drawn(svg: str) -> Image.Image:
    """The icon at twice the size that it has in a page, black on nothing."""
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" ', 1)
    svg = svg.replace('xmlns="http://www.w3.org/2000/svg" ', "", svg.count("xmlns=") - 1)
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg)))).getchannel("A")


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_looks_as_it_was_drawn(name: str) -> None:
    whole, ours = drawn((FOLDER / f"{name}.svg").read_text(encoding="utf-8")), drawn(icons.icon(name))
    difference = ImageChops.difference(whole, ours)
    assert max(band for band, times in enumerate(difference.histogram()) if times) <= 60


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M12 1 3 5v6c0 5.55 3.84 10.74 9 12", "M12 1 3 5v6c0 5.6 3.8 10.7 9 12"),
        # each step by itself would end at .4, and the path at 1.3
        ("M0 0h.44h.44v.44", "M0 0h.4.5v.4"),
        ("m.04.04l1.02 0 0-1.02z m1 1", "m0 0 1.1 0 0-1zm1 1"),
        # flags that nothing parts from the numbers beside them
        ("M1 1a5.25 5.25 0 015-5", "M1 1a5.25 5.25 0 0 1 5-5"),
        ("M1,1.123-.04e1,2L 3 4 5-6z", "M1 1.1-.4 2 3 4 5-6z"),
    ],
)
def test_a_path_in_tenths(path: str, short: str) -> None:
    assert icons.rounded(path) == short
