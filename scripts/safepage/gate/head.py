"""What the head of a page may say: a few names, each with the kind of value that is its own."""

from __future__ import annotations

import difflib
import re
from typing import Any

from safepage.faults import Fault, Faulty
from safepage.gate.words import plain_text
from safepage.page import head
from safepage.page.head import Meta, Page
from safepage.page.yaml_text import KeyPath

_KINDS = {
    **dict.fromkeys(("title", "menu", "description", "number"), str),
    **dict.fromkeys(head.SWITCHES, bool),
}
_FOREIGN = frozenset(("template", "hooks", "hide", "exclude", "status", "search", "inherits"))


def read(text: str, path: str, country: str, source_numbers: frozenset[str] | None = None) -> Page:
    """Take a page's file apart.

    In: the text of the file, its project-relative path, the country whose numbers are dialled
    without a prefix, and for a translation the numbers of its source
    page (`addresses.numbers`). Raises Faulty with everything that is wrong in the head: none, bad YAML, an
    unknown key, a wrong type, no title or description, a contact or a hidden character in them.
    """
    found = head.read(text, path)
    data, line_of = found.data, found.line_of
    faults = [*_unknown(data, line_of, path), *_wrong(data, line_of, path, country, source_numbers)]
    if faults:
        raise Faulty(faults)
    meta: Meta = {"title": str(data["title"]), "description": str(data["description"])}
    if data.get("menu") is not None:
        meta["menu"] = str(data["menu"])
    if data.get("number") is not None:
        meta["number"] = str(data["number"])
    for key in head.SWITCHES:
        if data.get(key) is not None:
            meta[key] = head.says_yes(data[key])  # type: ignore[literal-required]
    return Page(meta, found.body, found.first_line)


def _unknown(data: dict[str, Any], line_of: dict[KeyPath, int], path: str) -> list[Fault]:
    faults = []
    for key in data:
        if key in _KINDS:
            continue
        near = difflib.get_close_matches(key, _KINDS, n=1)
        todo = f"write “{near[0]}”" if near else f"take it out; a page's head holds only {', '.join(_KINDS)}"
        reason = ", which would change how the page is built or hide it" if key in _FOREIGN else ""
        faults.append(Fault(path, line_of[(key,)], f"“{_short(key)}” can't be set by a page{reason}", todo))
    return faults


def _wrong(
    data: dict[str, Any], line_of: dict[KeyPath, int], path: str, country: str, known: frozenset[str] | None
) -> list[Fault]:
    faults = []
    for key, kind in _KINDS.items():
        value = data.get(key)
        line = line_of.get((key,), 1)
        if value is None:
            if key in ("title", "description"):
                why = "browsers and search engines show it"
                what, todo = f"the page has no {key}: {why}", f"write a line {key}: … at the top"
                faults.append(Fault(path, line, what, todo))
        elif kind is bool:
            if not head.says_yes(value):
                what, todo = f"{key} is “{_short(value)}”", f"write {key}: true, or take it out"
                faults.append(Fault(path, line, what, todo))
        elif key == "number" and (isinstance(value, bool) or not re.fullmatch(r"\d{1,2}", str(value))):
            what = f"the number “{_short(value)}” is not one or two digits"
            faults.append(Fault(path, line, what, 'write it as "01"'))
        elif kind is str and key != "number":
            problems = plain_text(value, country, known)
            faults += [Fault(path, line, f"{key}: {what}", todo) for what, todo in problems]
    return faults


def _short(value: object, limit: int = 60) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
