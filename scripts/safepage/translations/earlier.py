"""Every paragraph that the source ever had, as far as git knows: a copy of one is no translation."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from safepage.page.paragraphs import paragraphs
from safepage.translations.old_texts import History

_CACHE = ".cache/earlier.json"


def digests(root: Path, source: str) -> frozenset[str]:
    """The digests of all paragraphs of all pages of the source, in every version on the way to HEAD.

    In: the project's folder and the source's locale. Out: as `Paragraph.digest`; empty without git. What was
    read is kept in the folder .cache, by the name that git gives each text: it is read once.
    """
    history = History(root, source)
    head = history.head()
    if not head:
        return frozenset()
    kept = _kept(root)
    if kept.get("head") == [head, source]:
        return frozenset(kept["digests"])
    known: dict[str, list[str]] = kept.get("texts", {})
    names = list(history.names())
    new = [name for name in names if name not in known]
    for name, text in history.contents(new):
        known[name] = [block.digest for block in paragraphs(text) if block.in_body]
    texts = {name: known[name] for name in names if name in known}
    found = sorted({digest for some in texts.values() for digest in some})
    _keep(root, {"head": [head, source], "digests": found, "texts": texts})
    return frozenset(found)


def _kept(root: Path) -> dict[str, Any]:
    try:
        found = json.loads((root / _CACHE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _keep(root: Path, found: dict[str, Any]) -> None:
    """Write what was read, whole or not at all: two builds may do so at once."""
    place = root / _CACHE
    with suppress(OSError):  # a folder that can't be written to is read anew each time
        place.parent.mkdir(exist_ok=True)
        (place.parent / ".gitignore").write_text("*\n", encoding="utf-8")  # it is no part of the project
        handle, name = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(found, file)
        Path(name).replace(place)
