"""Two builds of a site beside each other: which pages differ, and in what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

_POLICY = re.compile(r"<meta[^>]*content-security-policy[^>]*>", re.IGNORECASE)
_MOST = 12  # pages that are named of one kind
_BESIDE = ("pagefind/", ".written")


def changed(before: Path, after: Path) -> list[str]:
    """The pages that differ, a line for each kind of difference, in plain words; then other files."""
    old, new = _files(before), _files(after)
    kinds: dict[str, list[str]] = defaultdict(list)
    others = []
    for name in sorted({*old, *new}):
        if name not in old or name not in new:
            kinds["new" if name in new else "gone"].append(_address(name))
        elif old[name].read_bytes() != new[name].read_bytes():
            if name.endswith(".html"):
                kinds[", ".join(_kinds(old[name], new[name]))].append(_address(name))
            else:
                others.append(name)
    pages = sum(name.endswith(".html") for name in new)
    told = [f"{kind}: {_listed(found, pages)}" for kind, found in sorted(kinds.items())]
    return [*told, *([f"other files: {' '.join(others)}"] if others else [])]


def _files(folder: Path) -> dict[str, Path]:
    found = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    return {name: file for name, file in found.items() if not name.startswith(_BESIDE)}


def _address(name: str) -> str:
    return f"/{name.removesuffix('index.html')}"


def _listed(found: list[str], pages: int) -> str:
    if len(found) == pages:
        return f"all {pages} pages"
    more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return " ".join(found[:_MOST]) + more


def _kinds(before: Path, after: Path) -> Iterator[str]:
    """In what two versions of a page differ: text, what is around it, how it looks, what runs in it."""
    old, new = (_parts(file.read_text(encoding="utf-8")) for file in (before, after))
    yield from (kind for kind in old if old[kind] != new[kind])


def _parts(html: str) -> dict[str, str]:
    page = LexborHTMLParser(_POLICY.sub("", html))
    parts = {}
    for kind, selector in (("style", "style"), ("scripts", "script"), ("text", "main")):
        nodes = page.css(selector)
        parts[kind] = "".join(node.html or "" for node in nodes)
        for node in nodes:
            node.decompose()
    return {
        "text": parts["text"],
        "frame": page.html or "",
        "style": parts["style"],
        "scripts": parts["scripts"],
    }
