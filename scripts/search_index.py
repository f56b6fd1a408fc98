"""The index of the search page: made of the finished pages, per language, by Pagefind."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = "pagefind"
# What our own search page does without.
_SPARE = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")

_PASSED_OVER = re.compile(r"(</?)(?:form|label)\b")
_ELIDES = re.compile(r"<html[^>]*\blang=\"?(?:fr|it|ca)\b")


def make(site: Path) -> None:
    """Write the index into a built site, if it has a page to search on.

    Only what stands in `data-pagefind-body` is found: the text of pages that are in the language of their
    frame. Raises CalledProcessError if Pagefind fails.
    """
    if not (site / "search" / "index.html").is_file():
        return
    with tempfile.TemporaryDirectory() as folder:
        for file in site.rglob("*.html"):
            text = file.read_text(encoding="utf-8")
            if "data-pagefind-body" in text:
                copy = Path(folder) / file.relative_to(site)
                copy.parent.mkdir(parents=True, exist_ok=True)
                # Pagefind passes over forms and labels; the signs of the checklist are in both.
                text = _PASSED_OVER.sub(r"\1div", text)
                # "d’identité" is two words to whoever looks for one of them; a hair space parts them unseen.
                if _ELIDES.search(text):
                    text = text.replace("’", "’\u200a")
                copy.write_text(text, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pagefind",
            "--site",
            folder,
            "--output-path",
            str(site / FOLDER),
            "--silent",
        ]
        subprocess.run(command, check=True, capture_output=True)
    entry = site / FOLDER / "pagefind-entry.json"
    # Pagefind lists the languages in another order each time.
    entry.write_text(
        json.dumps(json.loads(entry.read_text("utf-8")), sort_keys=True, ensure_ascii=False), "utf-8"
    )
    for pattern in _SPARE:
        for file in (site / FOLDER).glob(pattern):
            file.unlink()
