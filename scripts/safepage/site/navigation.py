"""What `nav` in mkdocs.yml says of the menus, and what of it no reader would see."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from typing import Any

from safepage.faults import Fault, printable
from safepage.site.settings import Path, Settings

_PAGE = re.compile(r"[^:]+\.md")


def check(settings: Settings, source: str, pages: Collection[str], words: Collection[str]) -> list[Fault]:
    """What is wrong with `nav`: groups in groups, titles, pages that are not there, and the like.

    In: the settings; the source's locale, the names of its pages ("professions/health"), the names of the
    words of its frame ("menu_help").
    """
    return sorted(set(_Check(settings, source, pages, words).faults()))


def unlisted(files: Iterable[str]) -> list[Fault]:
    """A fault for each of these files of pages ("nl/extra.md"), which stand in no menu."""
    what = "no menu leads to this page: readers would not find it"
    return [
        Fault(f"docs/{file}", 0, what, f"add {name} below nav in mkdocs.yml, or delete the page")
        for file in files
        for name in [file.partition("/")[2]]
    ]


class _Check:
    def __init__(
        self, settings: Settings, source: str, pages: Collection[str], words: Collection[str]
    ) -> None:
        self.settings = Settings(settings.data, settings.lines)
        self.source, self.pages, self.words = source, pages, words
        self.seen: dict[str, int] = {}

    def faults(self) -> list[Fault]:
        nav = self.settings.get("nav")
        if not isinstance(nav, list) or not nav:
            todo = "write nav: and below it a line such as - index.md for each page or group"
            self.settings.fault(("nav",), "nav lists no pages: there would be no menu", todo)
            return self.settings.faults
        groups = [name for item in nav if isinstance(item, dict) for name in item if _is_group(item[name])]
        for number, item in enumerate(nav):
            self.item(item, ("nav", number), groups)
        return self.settings.faults

    def item(self, item: Any, at: Path, groups: list[str]) -> None:
        """One entry of the top level: a page, or a group of pages."""
        for name, value in item.items() if isinstance(item, dict) else ():
            if not _is_group(value):
                self.titled(name, value, (*at, name))
                continue
            if name != groups[0] and f"menu_{name.lower()}" not in self.words:
                known = [word.removeprefix("menu_") for word in self.words if word.startswith("menu_")]
                near = difflib.get_close_matches(name.lower(), known, n=1)
                todo = (
                    f"write {near[0].capitalize()}"
                    if near
                    else (
                        f'add menu_{name.lower()}: "…" to each interface.yml, or take a name that is there'
                        if re.fullmatch("[A-Za-z_]+", name)
                        else f"call it by one plain word, such as {', '.join(sorted(known)[:3])}"
                    )
                )
                what = f"the group “{printable(name)}” has no title for readers"
                self.settings.fault((*at, name), what, todo)
            if not value:
                self.settings.fault((*at, name), f"the group “{printable(name)}” is empty", "take it out")
            for number, inner in enumerate(value or ()):
                self.inner(inner, (*at, name, number))
        if not isinstance(item, dict):
            self.page(item, at)
            if groups and _name(str(item), self.source) != "index":
                what = f"{printable(str(item))} stands in no group: no menu would show it"
                self.settings.fault(at, what, f"move it into a group, such as {groups[0]}")

    def inner(self, item: Any, at: Path) -> None:
        """One entry of a group: a page, and nothing else."""
        for name, value in item.items() if isinstance(item, dict) else ():
            if isinstance(value, str):
                self.titled(name, value, (*at, name))
            else:
                what = f"“{printable(name)}” is a group within a group: no menu would show its pages"
                self.settings.fault((*at, name), what, "move it out, to stand beside the other groups")
        if isinstance(item, list):
            self.settings.fault(at, "this is a list within a list", "take one of the two dashes out")
        elif not isinstance(item, dict):
            self.page(item, at)

    def titled(self, name: str, value: Any, at: Path) -> None:
        """A page with a title, which it has of its own, or a link to elsewhere."""
        shown = printable(str(value))
        if isinstance(value, str) and not _PAGE.fullmatch(value):
            what = f"{shown} is no page of the site: no menu would show it"
            self.settings.fault(at, what, "list pages only; links stand in the text of a page")
            return
        what = f"the title “{printable(name)}” in nav has no effect: each language has its own"
        page = f"docs/{self.source}/{shown}"
        todo = f'write - {shown} here, and menu: "{printable(name)}" at the top of {page}'
        self.settings.fault(at, what, todo)

    def page(self, item: Any, at: Path) -> None:
        """A page, which has to be there, and once."""
        name = _name(str(item), self.source)
        line = self.settings.lines.get(at, 0)
        if not isinstance(item, str) or name not in self.pages:
            near = difflib.get_close_matches(name or "", self.pages, n=1)
            todo = f"write {near[0]}.md" if near else f"write the page docs/{self.source}/…, or take it out"
            what = f"there is no page docs/{self.source}/{printable(str(item))}"
            self.settings.fault(at, what, todo)
        elif name in self.seen:
            what = f"{printable(item)} stands twice in nav (first in line {self.seen[name]})"
            self.settings.fault(at, what, "keep one of the two: a page has one place in the menus")
        else:
            self.seen[name] = line


def _is_group(value: Any) -> bool:
    return value is None or isinstance(value, list)


def _name(path: str, source: str) -> str:
    """The page that an entry names: "en/advice.md" and "advice.md" are both "advice"; "" for none."""
    return path.removeprefix(f"{source}/").removesuffix(".md") if path.endswith(".md") else ""
