"""Reads a report that somebody's own code wrote: of known kinds and sizes, or not at all."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from safepage.faults import Fault
from safepage.proposal.report import NAME

LARGEST = 3_000_000  # bytes, packed or not: as many faults as a report has, all of them long
STATES = ("current", "draft", "outdated", "missing")
TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
_LONGEST = 1_000  # characters of a text


@dataclass(frozen=True)
class Language:
    """How a language stands: how many pages are in each state, and in which its frame is."""

    tag: str
    name: str
    totals: tuple[int, ...]
    frame: str


@dataclass(frozen=True)
class Report:
    """What the checks found. Each text is a stranger's: only `faults.code` makes it fit to be shown."""

    source: str
    languages: tuple[Language, ...]
    first: tuple[str, ...]
    faults: tuple[Fault, ...]


def unpack(packed: bytes) -> Report | None:
    """The report in an artefact; None where there is none that can be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive, archive.open(NAME) as file:
            return read(file.read(LARGEST + 1))
    except Exception:  # whatever a stranger packed, it is no report
        return None


def read(data: bytes) -> Report | None:
    """The report in these bytes; None where they are none."""
    if len(data) > LARGEST:
        return None
    try:
        return _report(json.loads(data))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _report(data: Any) -> Report:
    source = _text(data["source"])
    return Report(
        source if TAG.fullmatch(source) else "",
        tuple(map(_language, _list(data["languages"]))),
        tuple(map(_text, _list(data["first"]))),
        tuple(map(_fault, _list(data["faults"]))),
    )


def _language(data: Any) -> Language:
    tag, frame = _text(data["language"]), _text(data["frame"])
    if not TAG.fullmatch(tag) or frame not in STATES:
        raise ValueError(tag)
    return Language(tag, _text(data["name"]), tuple(_number(data["totals"][name]) for name in STATES), frame)


def _fault(data: Any) -> Fault:
    if data["severity"] not in ("error", "warning"):
        raise ValueError("severity")
    path, what, todo = (_text(data[key]) for key in ("path", "what", "todo"))
    return Fault(path, _number(data["line"]), what, todo, data["severity"])


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise TypeError("no text")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1_000_000:
        raise TypeError("no number")
    return value
