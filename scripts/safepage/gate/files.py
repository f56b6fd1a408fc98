"""The tree of docs/: only known kinds of files, inside it, that are what their endings say."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from safepage.faults import Fault, printable
from safepage.gate import leftovers
from safepage.gate.pictures import pictures
from safepage.page import texts

_WORDS = ("interface.yml", "glossary.yml")
_DATA = ("contacts.yml", "national.yml", "regions.yml", "reviewers.yml")
# Addresses of what the build writes itself, or that hosts keep for themselves.
_OWN = frozenset(
    ("404", "assets", "card", "cname", "contributors", "pagefind", "poster", "robots", "sitemap")
)
_COPY = re.compile(r"conflict|\bcop(?:y|ie|ia)\b|\bkopie\b|\(\d+\)", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9]+)?")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")  # names that Windows can't have


def check_tree(docs: Path, locales: Sequence[str], country: str) -> list[Fault]:
    """Every file of the docs folder that must not be published, or can't be.

    In: the folder; the locales of the site, the source first; its country. Out: links that lead elsewhere,
    unknown kinds of files and folders, names that clash, that are taken or that some disk can't hold, text
    that is not UTF-8, pictures that are too big, that are not what their ending says, that hold a program
    or the place where they were taken.
    """
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for entry, path in _entries(docs, docs.name):
        known = seen.setdefault(_address(path, entry.is_dir(follow_symlinks=False)), path)
        if known != path:
            faults.append(_clash(path, known))
        parts = path.split("/")[1:]
        if len(parts) > 1 and parts[0] not in (*locales, "assets"):
            continue  # told of its folder
        try:
            faults += _entry_faults(entry, printable(path, len(path)), parts, locales, country)
        except FileNotFoundError:
            continue  # some program's, gone since it was listed
    return sorted(set(faults))


def _entries(folder: str | Path, called: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if leftovers.passed_over(entry.name):
            continue
        path = f"{called}/{entry.name}"
        yield entry, path
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, path)


def _address(path: str, folder: bool) -> str:
    """What two files may not share: advice.md and advice/index.md are one page, and capitals are none."""
    plain = path.lower()
    if folder or not plain.endswith(".md"):
        return plain
    return f"{re.sub('/(?:index|readme)$', '', plain.removesuffix('.md'))}/"


def _clash(path: str, known: str) -> Fault:
    if path.lower() == known.lower():
        what = f"its name differs from {printable(known)} by capitals only: some disks keep one"
    else:
        what = f"it has the address of {printable(known)}: only one of the two would be seen"
    return Fault(printable(path, len(path)), 0, what, "give it another name")


def _entry_faults(
    entry: os.DirEntry[str], path: str, parts: Sequence[str], locales: Sequence[str], country: str
) -> Iterator[Fault]:
    name = entry.name
    mode = entry.stat(follow_symlinks=False).st_mode
    if stat.S_ISLNK(mode):
        yield Fault(
            path, 0, "it is a link to another file, perhaps outside the site", "put the file itself here"
        )
    elif stat.S_ISDIR(mode):
        yield from _folder_faults(Path(entry.path), path, parts, locales)
    elif not stat.S_ISREG(mode):
        yield Fault(path, 0, "it is not an ordinary file", "delete it")
    elif not _is_name(name):
        yield Fault(path, 0, *_no_name(name))
    else:
        yield from _taken(path, parts, locales)
        yield from _file_faults(Path(entry.path), path, parts, locales, country)


def _folder_faults(folder: Path, path: str, parts: Sequence[str], locales: Sequence[str]) -> Iterator[Fault]:
    name = folder.name
    if len(parts) == 1:
        if name not in locales and name != "assets":
            todo = f"move it into one of {', '.join(locales)} or assets, or add the language to mkdocs.yml"
            if any((folder / one).is_file() for one in _WORDS):
                todo = "add the language to mkdocs.yml, with build: false to hide it; or delete the folder"
            yield Fault(path, 0, "this folder is no language of the site", todo)
    elif parts[1:] != [leftovers.FOLDER]:
        if not _is_name(name) or "." in name:
            todo = "use small letters, digits and -"
            yield Fault(path, 0, f"“{printable(name)}” is no name for a folder", todo)
        elif name == "index":
            yield Fault(path, 0, "“index” is the page of the folder above", "give the folder another name")
        yield from _taken(path, parts, locales)


def _taken(path: str, parts: Sequence[str], locales: Sequence[str]) -> Iterator[Fault]:
    """A page, or a folder of pages, at the address of a language or of what the build writes itself."""
    if len(parts) != 2 or parts[0] not in locales:
        return
    name = parts[1].lower().removesuffix(".md")
    if name in {tag.lower() for tag in locales}:
        what = f"its address, {name}/, is that of a language: the one would take the other's place"
    elif name in _OWN:
        what = f"its address, {name}/, is that of a page or folder which the build writes itself"
    elif parts[1].lower() == "interface.md":
        what = "“interface” is how commands and records call the words of the frame"
    else:
        return
    yield Fault(path, 0, what, "give it another name, and write that in nav in mkdocs.yml")


def _is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not _DEVICES.fullmatch(name) and len(name) <= 100


def _no_name(name: str) -> tuple[str, str]:
    """What is wrong with the name of a file, and what to do."""
    if _COPY.search(name):
        what = f"“{printable(name)}” seems to be a second copy, made by a program that keeps folders alike"
        return what, "take over what is missing in the file itself, then delete this one"
    if name.lower() == "readme.md":
        return "README.md would take the place of index.md", "give it another name, or delete it"
    if name.startswith("."):
        what = f"“{printable(name)}” begins with a full stop: such a file is not published"
        return what, "give it a name without it, or delete it"
    todo = "use small letters from a to z, digits and -, one full stop before the ending"
    return f"“{printable(name)}” is no name for a file: it becomes part of an address", todo


def _file_faults(
    file: Path, path: str, parts: Sequence[str], locales: Sequence[str], country: str
) -> Iterator[Fault]:
    ending = file.suffix
    size = file.stat().st_size
    place = parts[0] if len(parts) > 1 else ""
    page = ending == ".md" and place in locales
    words = ending == ".yml" and place in locales and (file.name in _WORDS or parts[1] == leftovers.FOLDER)
    if page or words or (not place and file.name in _DATA):
        yield from _text_faults(file, path, size)
    elif ending in pictures.KINDS and place == "assets":
        yield from pictures.of_file(file, path, size, country)
    elif ending in pictures.KINDS:
        yield Fault(path, 0, "a picture stands among the pages", "put it into docs/assets/")
    elif ending in pictures.OTHER_KINDS:
        yield Fault(path, 0, *pictures.other_kind(ending))
    else:
        todo = "pages are .md in a language's folder, pictures .svg, .png, .jpg or .webp in docs/assets/"
        yield Fault(path, 0, "the site has no use for such a file here", todo)


def _text_faults(file: Path, path: str, size: int) -> tuple[Fault, ...]:
    """What is wrong with a text of that size in bytes."""
    fault = texts.too_large(size, path) if size > texts.MAX_TEXT else texts.wrong(file.read_bytes(), path)
    return (fault,) if fault else ()
