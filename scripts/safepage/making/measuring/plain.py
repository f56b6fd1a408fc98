"""The pages of a project as plain Markdown: contacts filled in, nothing in them that only we understand."""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import yaml

from safepage.gate import leftovers
from safepage.page import blocks, grammar, head
from safepage.site import contacts, directory, settings_check

_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r"\]\(([^)\s:#]+)\.md((?:#[^)\s]*)?)\)")


@dataclass(frozen=True)
class Plain:
    """A page: its language, its name ("professions/health"), its settings and their lines, its text."""

    tag: str
    name: str
    settings: dict[str, Any]
    top: str
    body: str


def names(folder: Path) -> list[str]:
    """The pages below a folder: "advice", "professions/health"."""
    return sorted(
        file.relative_to(folder).with_suffix("").as_posix() for file in leftovers.files(folder, ".md")
    )


def pages(project: Path, tags: list[str]) -> Iterator[Plain]:
    """All pages of a project in these languages, the source first, whose text stands where a translation is
    missing. A sign of the checklist is an ordinary item.
    """
    path = "docs/contacts.yml"
    text = (project / path).read_text(encoding="utf-8")
    country = settings_check.country((project / "mkdocs.yml").read_text(encoding="utf-8"))
    known, _ = contacts.load(text, path, country, datetime.date.today())
    for tag in tags:
        words = yaml.safe_load((project / "docs" / tag / "interface.yml").read_text(encoding="utf-8"))

        def say(name: str, tag: str = tag, words: dict[str, str] = words) -> str:
            return _as_text(contacts.render(name, known, tag, words))

        def listed(key: str) -> str:
            names = (f"{key}.{field}" for field in ("name", *directory.FIELDS))
            return ", ".join(say(name) for name in names if name in known.values)

        def fill(found: re.Match[str]) -> str:
            name = grammar.name(found)
            if not blocks.is_block(name):
                return say(name)
            # Regions, sheets and the search have no counterpart.
            keys = () if name in blocks.MADE else directory.members(known, blocks.kind(name))
            return ("; " if blocks.is_short(name) else "\n\n").join(map(listed, keys))

        for name in names(project / "docs" / tags[0]):
            file = project / "docs" / tag / f"{name}.md"
            file = file if file.is_file() else project / "docs" / tags[0] / f"{name}.md"
            text = file.read_text(encoding="utf-8")
            page = head.read(text, name)
            body = "\n".join(map(_without_box, page.body.split("\n")))
            top = text[: len(text) - len(page.body)]
            yield Plain(tag, name, page.data, top, grammar.PLACEHOLDER.sub(fill, body))


def common(page: Plain, notice: Callable[[str, str, str], str], address: Callable[[str], str]) -> str:
    """A page's file as CommonMark, with title and description in its head, for a theme that writes the title.

    In: how a notice is written there (kind, title, text); where a page lies in its language, by its name.
    """
    lines, out, at = page.body.split("\n"), list[str](), 0
    while at < len(lines):
        line, at = lines[at], at + 1
        found, title = grammar.notice(line), grammar.heading(line)
        if found:
            end = next((n for n in range(at, len(lines)) if lines[n][:4].strip()), len(lines))
            text = "\n".join(_without_anchor(inner[4:]) for inner in lines[at:end]).strip()
            out += ["", notice(found.kind, found.title or "", text), ""]
            at = end
        elif not (title and title.level == 1):
            out.append(_without_anchor(line))
    here = address(page.name)

    def link(found: re.Match[str]) -> str:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), found[1]))
        return f"]({posixpath.relpath(address(name) or '.', here or '.')}/{found[2]})"

    top = {key: page.settings[key] for key in ("title", "description")}
    return f"---\n{yaml.safe_dump(top, allow_unicode=True)}---\n" + _LINK.sub(link, "\n".join(out))


def _without_anchor(line: str) -> str:
    return grammar.anchor(line)[0]


def _without_box(line: str) -> str:
    found = grammar.item(line)
    return grammar.BOX.sub("", line, count=1).replace("-  ", "- ", 1) if found and found.box else line


def _as_text(html: str) -> str:
    """A contact as a Markdown link or plain text."""
    words = unescape(_TAG.sub("", html))
    link = re.search(r'href="([^"]+)"', html)
    return f"[{words}]({unescape(link[1])})" if link else words
