"""The theme as data: a folder a part, and what follows from these folders for every page.

A part is what a reader sees as one thing: the exit, the checklist, the table of centres.
In `parts/<part>/` stand

- `template.html`, which other templates include; `list.html`, which a text brings by a placeholder;
  `script.html`, a `<template>` that the part's script takes;
- `style.css`, and `print.css`, whose rules hold on paper alone;
- `script.js`, or several scripts by names of their own;
- `examples.html`, the part in each of its states.

`style/` holds the sheets that are no part's. No list names any of them: the folders are the list. What a site
may set of them in `style/own.css` is in palette.py.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import lightningcss

from safepage.faults import Fault, Faulty, printable
from safepage.gate import leftovers
from safepage.page import texts
from safepage.site import palette

SCRIPTS = "<!--scripts-->"  # where a page takes those that no template has placed
_PLACED = re.compile(r"<!--script:([\w./-]+)-->")
_ID = re.compile(r'\sid="([\w-]+)"')  # one that a template works out is the text's own affair
_INCLUDED = re.compile(r'{%-?\s*include "([\w./-]+)"')
_KINDS = frozenset((".css", ".js", ".html"))
_PART = re.compile(
    r"(parts/[\w-]+)/(?:(?:style|print)\.css|(?:template|list|script|examples)\.html|[\w-]+\.js)"
)
_END = "end{--end:0}"
_TAG = re.compile(r"<[a-z][^<>]*>")
_MARK = re.compile(r'\s(?:class="([^"]*)"|data-do="([^"]*)"|data-([\w-]+)=)')


@dataclass(frozen=True)
class Theme:
    """What a page is made with: the whole style sheet; each script's text by its name ("exit/guard.js").

    `ids` are those that the templates give: no text may take one. `faults` are what a designer has to mend.
    """

    style: str
    scripts: dict[str, str]
    ids: frozenset[str]
    faults: tuple[Fault, ...] = ()

    def with_scripts(self, html: str) -> str:
        """A page whose mark SCRIPTS has become one mark for each script that the page needs.

        A page needs a script if one of its elements bears the script's name (or its part's, where the file is
        called script.js): as a class, as what a button does (`data-do="print"`) or as a `data-` of its own
        (`data-practice="…"`). They come in the order of their names; none may rely on another.
        """
        bearing = {tag for tag in _TAG.findall(html) if 'class="' in tag or "data-" in tag}
        found = (mark for tag in bearing for mark in _MARK.findall(tag))
        names = {name for mark in found for name in " ".join(mark).split()}
        placed = _PLACED.findall(html)
        needed = [script for script in self.scripts if _asked_as(script) in names and script not in placed]
        return html.replace(SCRIPTS, "".join(f"<!--script:{script}-->" for script in needed), 1)


def folders(root: Path) -> list[Path]:
    """Where the theme lies: a site's own templates, which go first, then those packed with the generator."""
    own, packed = root / "overrides", Path(__file__).parents[1] / "theme"
    if not (packed / "base.html").is_file():  # nothing is packed in the generator's own repository
        packed = Path(__file__).parents[3] / "overrides"
    return [own, packed] if own.is_dir() and own.resolve() != packed.resolve() else [packed]


def read(folders: Sequence[Path]) -> Theme:
    """The theme that lies in these folders. Where two have the same file, the first one's counts."""
    places = {
        file.relative_to(folder).as_posix(): folder for folder in reversed(folders) for file in _in(folder)
    }
    paths = {name: f"{places[name].name}/{name}" for name in sorted(places)}  # as messages call them
    found, faults = {}, []
    for name, path in paths.items():
        try:
            found[name] = texts.read(places[name] / name, path)
        except Faulty as faulty:
            faults += faulty.faults
    # What is no part's comes first, so that a part has the last word on itself.
    sheets = sorted(
        (name for name in found if name.endswith(".css")), key=lambda name: name.startswith("parts/")
    )
    broken = [fault for name in sheets if (fault := _broken(found[name], paths[name]))]
    faults += broken
    whole = {name: found[name] for name in sheets if paths[name] not in {fault.path for fault in broken}}
    ready, wrong = palette.applied(whole, paths, _tables(folders))
    faults += wrong
    screen = [text for name, text in ready.items() if not name.endswith("/print.css")]
    paper = [text for name, text in ready.items() if name.endswith("/print.css")]
    style = "".join(screen) + (f"@media print {{\n{''.join(paper)}}}\n" if paper else "")
    scripts = {name.removeprefix("parts/"): text for name, text in found.items() if name.endswith(".js")}
    templates = {name: text for name, text in found.items() if name.endswith(".html")}
    ids = {name.lower() for text in templates.values() for name in _ID.findall(text)}
    faults += _astray(templates, scripts, paths)
    included = {name for text in templates.values() for name in _INCLUDED.findall(text)}
    faults += [fault for folder in folders[:-1] for fault in _lost(folder, folders[-1], included)]
    return Theme(style, scripts, frozenset(ids), tuple(faults))


def _tables(folders: Sequence[Path]) -> str:
    """What says which colour stands on which: the theme's own, too, where a site has a palette of its own."""
    files = [folder / palette.PALETTE for folder in folders]
    return "".join(file.read_text(encoding="utf-8", errors="replace") for file in files if file.is_file())


def _in(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        left = any(map(leftovers.passed_over, file.relative_to(folder).parts))
        if file.suffix in _KINDS and file.name != "examples.html" and not left:
            yield file


def _broken(sheet: str, path: str) -> Fault | None:
    """What keeps a sheet from being read by itself: joined to the others, it would take them with it."""
    try:
        read: str = lightningcss.process_stylesheet(f"{sheet}\n{_END}", filename="", minify=True)
    except ValueError as error:
        why, _, place = str(error).rpartition(" at ")  # "Minification failed: … at :3:7"
        number = place.partition(":")[2].partition(":")[0]
        line = min(int(number), sheet.count("\n")) + 1 if number.isdecimal() else 0
        what = f"this style can't be read: {why.rpartition('failed: ')[2] or error}"
        return Fault(path, line, what, "look here and in the line before for a missing sign: one of : ; { }")
    if read.endswith(_END):
        return None
    return Fault(
        path, 0, "a { or a comment of this style is never closed", "write the } or the */ that is missing"
    )


def _astray(
    templates: Mapping[str, str], scripts: Mapping[str, str], paths: Mapping[str, str]
) -> Iterator[Fault]:
    """Scripts that a template asks for and that are not there; templates of parts that nobody includes."""
    included = {name for text in templates.values() for name in _INCLUDED.findall(text)}
    for name, text in templates.items():
        for match in _PLACED.finditer(text):
            if match[1] not in scripts:
                what = f"there is no script “{match[1]}”"
                line = text.count("\n", 0, match.start()) + 1
                yield Fault(paths[name], line, what, f"write one of {', '.join(scripts)}")
        if name.startswith("parts/") and name not in included and not name.endswith("/list.html"):
            todo = f'write {{% include "{name}" %}} in a template, or take the file away'
            yield Fault(
                paths[name], 0, "no template includes this part, so no page shows it", todo, "warning"
            )


def _lost(own: Path, packed: Path, included: set[str]) -> Iterator[Fault]:
    """Files that a site lays over the theme and that have no place there: nothing is overridden by them."""
    there = {name for name in _names(packed) if PurePosixPath(name).suffix in _KINDS}
    for name in sorted(_names(own) - {*_names(packed), *included}) if there else ():
        part = _PART.fullmatch(name)
        if part and not (packed / part[1]).is_dir():
            continue  # a part of the site's own
        near = difflib.get_close_matches(name, there, n=1, cutoff=0.3)
        what = f"the theme has no file {printable(name)}, so this one takes the place of none"
        todo = f"call it {near[0]}" if near else "take it away"
        todo += ", or give it a folder of its own in parts/"
        yield Fault(f"{own.name}/{name}", 0, what, todo, "warning")


def _names(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in leftovers.files(folder, "")}


def _asked_as(script: str) -> str:
    """What a page calls a script: "checklist" for "checklist/script.js", "print" for "sheet/print.js"."""
    path = PurePosixPath(script)
    return path.parent.name if path.name == "script.js" else path.stem
