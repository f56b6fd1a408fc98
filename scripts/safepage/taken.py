"""What a begun site was given by the generator, word for word: by this an upgrade knows what is still ours.

`begin` writes it and `upgrade` renews it: every text that the wheel holds for such a site, as it was laid
there (the national sections of another country out), the records of translations, the launcher and the
workflows. Not what the site's own answers made: mkdocs.yml, contacts.yml, regions.yml.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from safepage import command
from safepage.faults import Fault, Faulty

PATH = f"{command.GENERATOR}/taken.json"


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Note what was taken. In: the site's folder; each text by its path from there. Raises OSError."""
    file = folder / PATH
    file.parent.mkdir(parents=True, exist_ok=True)
    told = {path: same(texts[path]) for path in sorted(texts)}
    file.write_text(f"{json.dumps(told, ensure_ascii=False, indent=0)}\n", encoding="utf-8", newline="\n")


def read(folder: Path) -> dict[str, str]:
    """What was taken, by path; nothing where nobody noted it. Raises Faulty if it can't be read."""
    try:
        found = json.loads((folder / PATH).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        what = "what this site was begun with can't be read"
        raise Faulty(
            [Fault(PATH, 0, what, "bring the file back as it was, or delete it: then no text is ours")]
        )
    return found


def same(text: str) -> str:
    """A text as it is compared: neither line ends nor an invisible first sign make it another."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
