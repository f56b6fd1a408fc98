"""What the checks of a pull request found, as data for the comment that tells it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from safepage import faults
from safepage.faults import Fault

NAME = "report.json"
MOST = 1_000  # faults
_LONGEST = 500  # characters of a text


def of(status: str, said: list[str]) -> dict[str, Any]:
    """The report.

    In: what `translations status --json` printed; what that, `translations check` and `build` said, where the
    faults stand.
    """
    try:
        table = json.loads(status)
    except ValueError:  # it ended with faults, which `said` has
        table = {"source": "", "languages": [], "first": []}
    found = {fault for text in said for fault in faults.read(text)}
    return {
        "source": table["source"],
        "languages": [
            {
                "language": one["language"],
                "name": one["name"],
                "totals": one["totals"],
                "frame": one["frame"]["status"],
            }
            for one in table["languages"]
        ],
        "first": table["first"],
        "faults": [_cut(fault) for fault in sorted(found, key=_order)[:MOST]],
    }


def write(status: Path, said: list[Path]) -> None:
    """Print the report of these files, of which any may be missing."""
    first, *others = (_text(file) for file in (status, *said))
    print(json.dumps(of(first, others), ensure_ascii=False, indent=1))


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""


def _cut(fault: Fault) -> dict[str, Any]:
    return {key: value[:_LONGEST] if isinstance(value, str) else value for key, value in vars(fault).items()}


def _order(fault: Fault) -> tuple[bool, Fault]:
    return fault.severity != "error", fault
