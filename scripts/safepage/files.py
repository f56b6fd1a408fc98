"""The tree of docs/: only known kinds of files, inside it, that are what their endings say."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from safepage import pictures
from safepage.faults import Fault, printable
from safepage.freshness import FOLDER

MAX_TEXT = 200_000

_WORDS = ("interface.yml", "glossary.yml")
_IGNORED = frozenset(
    (".DS_Store", "Thumbs.db", "desktop.ini")
)  # what computers leave behind; never published
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9]+)?")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")  # names that Windows can't have


def check_tree(docs: Path, locales: Sequence[str]) -> list[Fault]:
    """Every file of the docs folder that must not be published, or can't be.

    In: the folder, and the locales of the site. Out: links that lead elsewhere, unknown kinds of files and
    folders, names that clash or that some disk can't hold, text that is not UTF-8, pictures that are too
    big, that are not what their ending says, that hold a program or the place where they were taken.
    """
    faults: list[Fault] = []
    root = docs.parent
    seen: dict[str, str] = {}
    for entry, path in _entries(docs, root):
        known = seen.setdefault(path.lower(), path)
        if known != path:
            what = f"its name differs from {printable(known)} by capitals only: some disks keep one"
            faults.append(Fault(printable(path, len(path)), 0, what, "give it another name"))
        parts = Path(entry.path).relative_to(docs).parts
        faults += _entry_faults(entry, printable(path, len(path)), parts, locales)
    return sorted(set(faults))


def _entries(folder: Path, root: Path) -> Iterator[tuple[os.DirEntry[str], str]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        yield entry, Path(entry.path).relative_to(root).as_posix()
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(Path(entry.path), root)


def _entry_faults(
    entry: os.DirEntry[str], path: str, parts: Sequence[str], locales: Sequence[str]
) -> Iterator[Fault]:
    name = entry.name
    mode = entry.stat(follow_symlinks=False).st_mode
    if stat.S_ISLNK(mode):
        yield Fault(
            path, 0, "it is a link to another file, perhaps outside the site", "put the file itself here"
        )
        return
    if name in _IGNORED:
        return
    if stat.S_ISDIR(mode):
        if len(parts) == 1 and name not in locales and name != "assets":
            todo = f"move it into one of {', '.join(locales)} or assets, or add the language to mkdocs.yml"
            yield Fault(path, 0, "this folder is no language of the site", todo)
        elif len(parts) > 1 and not _is_name(name) and parts[1:] != (FOLDER,):
            yield Fault(
                path, 0, f"“{printable(name)}” is no name for a folder", "use small letters, digits and -"
            )
        return
    if not stat.S_ISREG(mode):
        yield Fault(path, 0, "it is not an ordinary file", "delete it")
        return
    if not _is_name(name):
        todo = "use small letters from a to z, digits and -, one full stop before the ending"
        yield Fault(
            path, 0, f"“{printable(name)}” is no name for a file: it becomes part of an address", todo
        )
        return
    yield from _file_faults(Path(entry.path), path, parts, locales)


def _is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not _DEVICES.fullmatch(name) and len(name) <= 100


def _file_faults(file: Path, path: str, parts: Sequence[str], locales: Sequence[str]) -> Iterator[Fault]:
    ending = file.suffix
    facts = file.stat()
    size = facts.st_size
    place = parts[0] if len(parts) > 1 else ""
    page = ending == ".md" and place in locales
    words = ending == ".yml" and place in locales and (file.name in _WORDS or parts[1] == FOLDER)
    if page or words or tuple(parts) in (("contacts.yml",), ("regions.yml",)):
        yield from _text_faults(file, path, size, facts.st_mtime_ns)
    elif ending in pictures.KINDS and place == "assets":
        yield from pictures.of_file(file, path, size, facts.st_mtime_ns)
    elif ending in pictures.KINDS:
        yield Fault(path, 0, "a picture stands among the pages", "put it into docs/assets/")
    elif ending in pictures.OTHER_KINDS:
        yield Fault(path, 0, *pictures.other_kind(ending))
    else:
        todo = "pages are .md in a language's folder, pictures .svg, .png, .jpg or .webp in docs/assets/"
        yield Fault(path, 0, "the site has no use for such a file here", todo)


@lru_cache(maxsize=8192)  # while the site is served, all files but one are as they were
def _text_faults(file: Path, path: str, size: int, saved: int) -> tuple[Fault, ...]:
    """What is wrong with a text of that size in bytes, saved at that time in nanoseconds."""
    if size > MAX_TEXT:
        todo = f"make it smaller than {MAX_TEXT // 1000} kB"
        return (Fault(path, 0, f"the file has {size // 1000:,} kB", todo),)
    faults = []
    data = file.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = "the file is not saved as UTF-8: from here on letters would be lost"
        faults.append(Fault(path, line, what, "open it in an editor and save it with the encoding UTF-8"))
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        what = "the file holds a NUL byte, which no text has"
        faults.append(Fault(path, line, what, "type this line anew"))
    return tuple(faults)
