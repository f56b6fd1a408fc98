"""Pages for a copy of the site that works without a server: links name the file they lead to."""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser

# What a reader can be sent to; the exit's script reads the second.
LINKS = ("href", "data-home")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#?]", re.IGNORECASE)


def page(html: str) -> str:
    """A page whose relative links to folders end in `index.html`; nothing else is changed.

    In and out: a whole HTML document. Style and scripts keep their bytes, so the hashes in the page's
    Content-Security-Policy stay true. Links with a scheme, from the root (`/x`) or within the page stay.
    """
    finder = _Finder()
    finder.feed(html)
    finder.close()
    lines = [0]
    for text in html.split("\n"):
        lines.append(lines[-1] + len(text) + 1)
    done, at = [], 0
    for line, column, tag in finder.tags:
        start = lines[line - 1] + column
        done += [html[at:start], _ATTRIBUTE.sub(_renamed, tag)]
        at = start + len(tag)
    return "".join([*done, html[at:]])


def file_link(link: str) -> str:
    """The link to a file, for a link to a folder: "../nl/#a" gives "../nl/index.html#a"; others stay."""
    path = re.split("[?#]", link, maxsplit=1)[0]
    rest = link[len(path) :]
    if not path or _ELSEWHERE.match(link):
        return link
    if path.rpartition("/")[2] in (".", ".."):
        path += "/"
    return f"{path}index.html{rest}" if path.endswith("/") else link


def _renamed(attribute: re.Match[str]) -> str:
    name, value = attribute.groups()
    if value is None or name.lower() not in LINKS:
        return attribute[0]
    old = unescape(value[1:-1] if value[0] in "\"'" else value)
    new = file_link(old)
    return attribute[0] if new == old else f'{name}="{escape(new)}"'


class _Finder(HTMLParser):
    """Where the start tags are that bear links: line (from 1), column (from 0), text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: list[tuple[int, int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Python's parser takes what stands in `<script>` and `<style>` for text, as browsers do."""
        if any(name in LINKS for name, _ in attrs):
            self.tags.append((*self.getpos(), self.get_starttag_text() or ""))
