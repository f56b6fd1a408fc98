"""The editor's own words, in each language that they are written in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from babel import negotiate_locale

from safepage.page import yaml_text

FIRST = "en"  # for those whose language is not there
_FOLDER = Path(__file__).with_name("words")


def languages() -> tuple[str, ...]:
    """The tags of the languages in which the editor speaks."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yml")))


def words(tag: str) -> Mapping[str, str]:
    """The words of one of these languages by their names."""
    name = f"{tag}.yml"
    data, _ = yaml_text.load((_FOLDER / name).read_text(encoding="utf-8"), name)
    return {key: str(value) for key, value in data.items()}


def asked_for(header: str) -> str:
    """The first of these languages that a browser asks for. In: its header `Accept-Language`."""
    wanted = [part.partition(";")[0].strip() for part in header.split(",")]
    return negotiate_locale(wanted, languages(), sep="-") or FIRST
