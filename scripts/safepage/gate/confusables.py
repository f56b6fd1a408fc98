"""The table of letters that look alike, as the package has it: as objects it would take 16 MiB, for a few."""

from __future__ import annotations

import json
from importlib.resources import files

# Read with the module, which is loaded only where a letter is in doubt: pages of one script never pay for it.
_TABLE = files("confusable_homoglyphs").joinpath("confusables.json").read_text(encoding="ascii")


def like(char: str) -> list[str]:
    """What looks like a letter."""
    key = f"{json.dumps(char)}: "
    at = _TABLE.find(f"{key}[")
    return [item["c"] for item in json.JSONDecoder().raw_decode(_TABLE, at + len(key))[0]] if at >= 0 else []
