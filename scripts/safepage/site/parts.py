"""The theme as data: a folder a part, and what follows from these folders for every page.

A part is what a reader sees as one thing: the exit, the checklist, the table of centres.
In `parts/<part>/` stand

- `template.html`, and other pieces of HTML; `script.html` is a `<template>` that the part's script takes;
- `style.css`, and `print.css`, whose rules hold on paper alone;
- `script.js`, or several scripts by names of their own;
- `examples.html`, the part in each of its states.

`style/` holds the sheets that are no part's. No list names any of them: the folders are the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

SCRIPTS = "<!--scripts-->"  # where a page takes those that no template has placed
_PLACED = re.compile(r"<!--script:([\w./-]+)-->")
_ID = re.compile(r'\sid="([\w-]+)"')  # one that a template works out is the text's own affair
_TAG = re.compile(r"<[a-z][^<>]*>")
_MARK = re.compile(r'\s(?:class="([^"]*)"|data-do="([^"]*)"|data-([\w-]+)=)')


@dataclass(frozen=True)
class Theme:
    """What a page is made with: the whole style sheet; each script's text by its name ("exit/guard.js").

    `ids` are those that the templates give: no text may take one.
    """

    style: str
    scripts: dict[str, str]
    ids: frozenset[str]

    def with_scripts(self, html: str) -> str:
        """A page whose mark SCRIPTS has become one mark for each script that the page needs.

        A page needs a script if one of its elements bears the script's name (or its part's, where the file is
        called script.js): as a class, as what a button does (`data-do="print"`) or as a `data-` of its own
        (`data-practice="…"`). They come in the order of their names; none may rely on another.
        """
        found = (mark for tag in _TAG.findall(html) for mark in _MARK.findall(tag))
        names = {name for mark in found for name in " ".join(mark).split()}
        placed = _PLACED.findall(html)
        needed = [script for script in self.scripts if _asked_as(script) in names and script not in placed]
        return html.replace(SCRIPTS, "".join(f"<!--script:{script}-->" for script in needed), 1)


def read(folders: Sequence[Path]) -> Theme:
    """The theme that lies in these folders. Where two have the same file, the first one's counts."""
    files = {
        file.relative_to(folder).as_posix(): file
        for folder in reversed(folders)
        for file in folder.rglob("*")
        if file.suffix in (".css", ".js", ".html") and file.name != "examples.html"
    }
    texts = {name: files[name].read_text(encoding="utf-8") for name in sorted(files)}
    # What is no part's comes first, so that a part has the last word on itself.
    sheets = sorted(
        (name for name in texts if name.endswith(".css")), key=lambda name: name.startswith("parts/")
    )
    screen = [texts[name] for name in sheets if not name.endswith("/print.css")]
    paper = [texts[name] for name in sheets if name.endswith("/print.css")]
    style = "".join(screen) + (f"@media print {{\n{''.join(paper)}}}\n" if paper else "")
    scripts = {name.removeprefix("parts/"): text for name, text in texts.items() if name.endswith(".js")}
    ids = {name.lower() for text in texts.values() for name in _ID.findall(text)}
    return Theme(style, scripts, frozenset(ids))


def _asked_as(script: str) -> str:
    """What a page calls a script: "checklist" for "checklist/script.js", "print" for "sheet/print.js"."""
    path = PurePosixPath(script)
    return path.parent.name if path.name == "script.js" else path.stem
