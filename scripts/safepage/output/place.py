"""The folder that a site is written to: what in it is ours to replace, what is kept, and the exchange.

Standard library only: the launcher asks it before anything is installed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path

from safepage.output import held

LIST = ".written"  # the files of the last build, by which the next one knows them
STAGE = ".site-"  # what a killed build leaves begins so
SERVED = "serve-"  # the folders below .cache/ that are served, one for each server, begin so
FOR = "for"  # in a stage: the name of the folder that it is for
_HEAD = "# What the build wrote here. It replaces these files, and leaves names with a full stop and CNAME.\n"
# Written beside the pages by `manage.py headers`, for one build: the next one's pages need others.
_FOR_HOSTS = frozenset(("_headers", "_redirects"))
_COPIES = (".gz", ".br")
_INDEX = "pagefind/"
# At the end of each page (overrides/base.html), at the start of the map of the site, and in what leads to it.
_MARKS = {
    ".html": b"id=site-end",
    ".xml": b"http://www.sitemaps.org/schemas/sitemap/",
    ".txt": b"Sitemap: http",
}
_OF_SYSTEMS = frozenset(("Thumbs.db", "desktop.ini"))
# Folders of the project that people write in: a site would be taken for a part of them.
_SOURCES = frozenset(
    ("deploy", "docs", "generator", "overrides", "requirements", "scripts", "tests", ".git", ".github")
)


def is_part(name: str) -> bool:
    """True for a folder of a project that holds its sources, or what is made of them."""
    return name in _SOURCES or name in ("site", "sheets", ".venv", ".cache")


def refusal(root: Path, output: Path) -> str:
    """Why a site can't be written to the folder `output`, in one line without a full stop; "" if it can.

    In: the project's folder, and an absolute path. Nothing is changed.
    """
    if why := unfit(root, output):
        return why
    listed = _listed(output)
    return strange(output, lambda name: _is_ours(name, listed) or _bears_our_mark(root, output, name))


def unfit(root: Path, output: Path, thing: str = "site") -> str:
    """Why nothing can be written to a place, whatever it holds, as `refusal` says it."""
    if output.is_symlink():
        return f"{output} is a link: name the folder itself"
    if output.exists() and not output.is_dir():
        return f"{output} is a file: name a folder"
    place, project = output.resolve(), root.resolve()
    if project.is_relative_to(place):
        return f"{output} holds the project itself: name a folder for the {thing} alone"
    if place.is_relative_to(project) and place.relative_to(project).parts[0] in _SOURCES:
        return f"{output} is a part of the project: name a folder for the {thing} alone"
    return ""


def strange(output: Path, is_ours: Callable[[str], bool], thing: str = "a site") -> str:
    """What would be lost of a folder, as `refusal` says it: names that are neither kept nor ours."""
    others = list(islice((name for name in _files(output) if not is_kept(name) and not is_ours(name)), 2))
    if others:
        more = " and more" if len(others) > 1 else ""
        shown = others[0] if others[0].isprintable() else ascii(others[0])
        return (
            f"{output} holds other things than {thing}, which would be lost ({shown}{more}):"
            " move them away, or name another folder"
        )
    return ""


def is_kept(name: str) -> bool:
    """True for a path in the site's folder that a build leaves as it is: `.git`, `nl/.htaccess`, `CNAME`."""
    parts = name.split("/")
    ours = parts[0].startswith(STAGE) or name == LIST
    return not ours and (name == "CNAME" or any(part.startswith(".") for part in parts))


def put(built: Path, output: Path) -> None:
    """Put a new site where the old one is, and keep what is kept; the old one is whole until then.

    In: two folders, the first on the same disk as the second if possible; it is gone afterwards. Where
    nothing is kept and the folder can be renamed, the exchange is one step; else each of its entries
    moves. Raises OSError; then `output` is as it was.
    """
    kept = [name for name in _files(output) if is_kept(name)]
    if not kept and _renamed(built, output):
        return
    for name in kept:
        if "/" in name:  # within a folder that will be replaced
            _copy(output / name, built / name)
    # Within one disk nothing is copied, only renamed.
    with held.folder(output, STAGE) as inner:
        (inner / "old").mkdir()
        shutil.move(built, inner / "new")
        names = sorted(entry.name for entry in output.iterdir())
        gone = [name for name in names if not is_kept(name) and not name.startswith(STAGE)]
        steps = [(output / name, inner / "old" / name) for name in gone]
        steps += [(file, output / file.name) for file in sorted((inner / "new").iterdir())]
        _rename_all(steps)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy2(source, target, follow_symlinks=False)


def _renamed(built: Path, output: Path) -> bool:
    """Exchange the folders themselves; false, and nothing changed, where the system doesn't allow it."""
    old = built.with_name("old")
    for _ in range(3):  # another build may have put its own site there meanwhile
        try:
            shutil.rmtree(old, ignore_errors=True)
            if output.exists():
                output.rename(old)
            built.rename(output)
        except OSError:
            if old.exists() and not output.exists():
                old.rename(output)
                return False
        else:
            return True
    return False


def _rename_all(steps: list[tuple[Path, Path]]) -> None:
    """All of them, or none."""
    done = []
    try:
        for source, target in steps:
            source.rename(target)
            done.append((source, target))
    except BaseException:
        for source, target in reversed(done):
            target.rename(source)
        raise


def merge(source: Path, target: Path) -> None:
    """Move every file of a built site into another, over what is there. What nobody has moves as a whole."""
    target.mkdir(parents=True, exist_ok=True)
    for entry in sorted(source.iterdir()):
        there = target / entry.name
        if entry.is_dir() and there.is_dir():
            merge(entry, there)
        else:
            entry.replace(there)


def clear(site: Path, built: Path, languages: Collection[str], of: str | None) -> None:
    """Take away what a language no longer has.

    In: a whole site; that language as it was built now; the folders of all languages but the source's; which
    of these it is, None for the source's, to which belongs all that is in no such folder, the search apart.
    """
    others = {*languages, _INDEX.rstrip("/"), LIST}
    for name in list(_files(site)):
        top = name.partition("/")[0]
        if (top == of if of else top not in others) and not is_kept(name) and not (built / name).exists():
            (site / name).unlink()
            for folder in (site / name).parents:
                if folder == site or any(folder.iterdir()):
                    break
                folder.rmdir()


def sweep_cache(root: Path) -> Path:
    """Take away what killed servers left in a project's .cache; that folder, which is there now."""
    cache = root / ".cache"
    cache.mkdir(exist_ok=True)
    for prefix in (SERVED, STAGE):
        held.sweep(cache, prefix)
    return cache


@contextmanager
def staged(output: Path) -> Iterator[Path]:
    """A folder to build in, near the one that the site is to stand in; gone afterwards. Raises OSError."""
    missing = [folder for folder in output.parents if not folder.exists()]
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        for parent in (output.parent, output):
            held.sweep(parent, STAGE, _rescue)
        with ExitStack() as stack:
            folder = _stage(output, stack)
            (folder / FOR).write_text(output.name, encoding="utf-8")
            yield folder
    finally:
        for parent in missing:
            with suppress(OSError):  # where the site stands in it now
                parent.rmdir()


def _stage(output: Path, stack: ExitStack) -> Path:
    try:
        return stack.enter_context(held.folder(output.parent, STAGE))
    except OSError:
        if not output.is_dir():
            raise
        return stack.enter_context(held.folder(output, STAGE))  # only the folder itself may be written


def _rescue(stage: Path) -> None:
    """Put a site back that was moved away by a build which was killed before the new one was there."""
    old = stage / "old"
    if not old.is_dir():
        return
    if (stage / FOR).is_file():
        output = stage.parent / (stage / FOR).read_text(encoding="utf-8")
        if not output.exists():
            old.rename(output)
    else:  # it stands in the site's own folder: `put`
        for entry in old.iterdir():
            if not (stage.parent / entry.name).exists():
                entry.rename(stage.parent / entry.name)


def write_list(built: Path) -> None:
    """Note in a built site which files are the build's."""
    names = sorted(name for name in _files(built) if not is_kept(name) and name != LIST)
    text = _HEAD + "".join(f"{name}\n" for name in names)
    (built / LIST).write_text(text, encoding="utf-8", newline="\n")


def _listed(output: Path) -> frozenset[str]:
    try:
        lines = (output / LIST).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return frozenset()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _is_ours(name: str, listed: frozenset[str]) -> bool:
    base = name.removesuffix(".gz").removesuffix(".br") if name.endswith(_COPIES) else name
    return (
        name in (LIST, *_FOR_HOSTS)
        or name.startswith((STAGE, _INDEX))
        or base in listed
        or base.rpartition("/")[2] in _OF_SYSTEMS
    )


def _bears_our_mark(root: Path, output: Path, name: str) -> bool:
    """True for what a build wrote whose list is lost, as where a site was copied without hidden files."""
    name = name.removesuffix(".gz").removesuffix(".br") if name.endswith(_COPIES) else name
    try:
        if name.startswith("assets/"):
            return (root / "docs" / name).is_file()
        text = (output / name).read_bytes()
    except OSError:
        return False
    return _MARKS.get(Path(name).suffix, b"\0") in (text[-500:] if name.endswith(".html") else text[:500])


def _files(folder: Path | str, path: str = "") -> Iterator[str]:
    """What lies in a folder, by its path from there: files, links, and folders that are empty."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:  # it is not there, or not ours to look into
        return
    # A hidden folder is kept or thrown away as a whole.
    folders = [
        entry for entry in entries if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
    ]
    yield from (f"{path}{entry.name}" for entry in entries if entry not in folders)
    for entry in folders:
        yield from _files(entry.path, f"{path}{entry.name}/")
    if path and not entries:
        yield path.rstrip("/")
