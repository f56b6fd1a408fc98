"""What editors, systems and synchronising programs leave beside a file: never read, never refused."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

FOLDER = ".confirmed"  # of the records of translations: a dot, so that the generator doesn't publish it
# Whoever lays these into docs/ wants them published, which they are not: so they are told.
_WANTED = re.compile(
    r"\.(?:well-known|nojekyll|htaccess|htpasswd|domains|.+\.icloud"
    r"|(?![#_~])[^.]*\.(?:md|yml|yaml|svg|png|jpe?g|webp))",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"""
    \..+                                # .DS_Store, .advice.md.swp, .#advice.md, ._advice.md, .idea
    | .+~ | \#.*\# | ~.+                # Emacs and many more; LibreOffice, Office (~$advice.md, ~WRL1.tmp)
    | 4913 | 5036 | 5159                # Vim tries whether it may write here
    | .+\.(?:bak\d*|backup|old|orig|rej|tmp|temp|part|partial|crdownload|filepart|autosave|lock)
    | .+\.(?:sw[a-p]x?|un~|kate-swp|save(?:\.\d+)?|asd|wbk|gstmp|pyc)
    | .+___jb_(?:tmp|old|bak)___        # JetBrains
    | .+\.sb-[0-9a-f]{8}-\w+            # macOS, while a document is being saved
    | \(A\ Document\ Being\ Saved\ By\ .+\)
    | sed(?-i:(?=\w*[A-Z0-9]))\w{6}    # sed -i
    | desktop\.ini | (?:eh)?thumbs(?:_vista)?\.db(?:-\w+)? | icon\r | \$recycle\.bin
    | system\ volume\ information | __macosx | __pycache__ | lost\+found
    """,
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=2_048)  # each language has the same names
def passed_over(name: str) -> bool:
    """True for the name of a file or a folder (not a path) that is no part of the site."""
    return name != FOLDER and not _WANTED.fullmatch(name) and bool(_LEFT.fullmatch(name))


def files(folder: Path, ending: str) -> list[Path]:
    """The ordinary files below a folder whose names end so, in order, without what is passed over.

    In: the folder, which may be missing; an ending such as ".md". Links are not followed.
    """
    return [Path(path) for path in _below(os.fspath(folder)) if path.endswith(ending)]


def _below(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if passed_over(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)
        elif entry.is_file(follow_symlinks=False):
            yield entry.path
