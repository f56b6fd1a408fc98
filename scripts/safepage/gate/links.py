"""Where the links of a page lead: to a page, an anchor or a picture of this site that is there."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from markdown.extensions.toc import slugify

from safepage.faults import Fault, short
from safepage.page import grammar

# What leaves the site, or begins at its root, is the gate's to tell.
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]|.*[{}?]", re.IGNORECASE | re.DOTALL)
_AS_SERVED = re.compile(r"(?:/?index)?(?:\.html?|\.md|/)?$", re.IGNORECASE)
_PART = re.compile(r"[\w./#-]")  # beside a target, it is a longer one
_ANCHOR = re.compile(r"\{[^{}\n#]*+#([^\s{}]++)[^{}\n]*+\}")


@dataclass(frozen=True)
class Link:
    """A link or a picture as it is written, and its line in the file (0 where it can't be found)."""

    target: str
    line: int


@dataclass
class Places:
    """What links can lead to in one language of the site.

    `files` gives for a path without its language ("contact.md", "assets/map.svg") the file that a reader of
    this language gets, below docs/: "nl/contact.md", or "en/contact.md" where Dutch has none. `ids` gives the
    anchors of such a file; one that could not be read is missing there, and nothing is said of its anchors.
    `original` gives the source's text of a page that this language has translated.
    """

    locale: str
    source: str
    locales: Collection[str]
    files: Mapping[str, str]
    ids: dict[str, set[str]] = field(default_factory=dict)
    original: Callable[[str], str] = lambda name: ""

    def name(self, path: str) -> str:
        """A path below docs/ without this language's folder, or the source's."""
        folder, _, rest = path.partition("/")
        return rest if rest and folder in (self.locale, self.source) else path


def read(targets: Sequence[str], body: str, first_line: int) -> list[Link]:
    """The links of a page with their lines.

    In: the targets in the order of the page; the Markdown, and the line of its file on which it begins.
    """
    met: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    found = []
    for target in targets:
        if target not in met:
            places[target] = list(_places(target, body))
        at = places[target][min(met[target], len(places[target]) - 1)] if places[target] else -1
        found.append(Link(target, first_line + body.count("\n", 0, at) if at >= 0 else 0))
        met[target] += 1
    return found


def alike(targets: Sequence[str], file: str) -> bool:
    """Whether links are written alike in each language's folder: they lead to pages of the same language.

    In: the targets; the page's file below docs/.
    """
    here = posixpath.dirname(file).partition("/")[2]
    paths = [unquote(target).partition("#")[0] for target in targets]
    return all(
        not path
        or (path.endswith(".md") and not posixpath.normpath(posixpath.join(here, path)).startswith(".."))
        for path in paths
    )


def _places(target: str, body: str) -> Iterator[int]:
    """Where a target stands as a whole."""
    end = 0
    while target and (at := body.find(target, end)) >= 0:
        end = at + len(target)
        if _PART.match(body, end) or (at and _PART.match(body, at - 1)):
            end = at + 1
        else:
            yield at


def anchors(markdown: str) -> set[str]:
    """The anchors that a text has: those written at headings and signs, and the one made of its title."""
    headings = (grammar.heading(line) for line in markdown.splitlines())
    titles = {slugify(heading.text, "-") for heading in headings if heading and heading.level == 1}
    return {*_ANCHOR.findall(markdown), *titles}


def check(links: Sequence[Link], file: str, places: Places) -> list[Fault]:
    """What is wrong with the links of a page.

    In: the links; the page's file below docs/ ("en/advice.md"); what is there.
    """
    here = [link for link in links if not _ELSEWHERE.match(link.target)]
    return [fault for link in here for fault in _check(link, file, places)]


def _check(link: Link, file: str, places: Places) -> Iterator[Fault]:
    path, _, anchor = unquote(link.target).partition("#")
    at = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
    there = places.files.get(places.name(at))
    if there is None or path.endswith("/"):
        yield Fault(f"docs/{file}", link.line, *_nowhere(link.target, path, anchor, file, at, places))
    elif anchor and anchor not in places.ids.get(there, {anchor}):
        if _stands_in(file, there, places) and anchor not in anchors(places.original(places.name(there))):
            return  # the source's own page lacks it too, which is told there
        yield Fault(f"docs/{file}", link.line, *_no_anchor(link.target, path, anchor, file, there, places))


def _nowhere(target: str, path: str, anchor: str, file: str, at: str, places: Places) -> tuple[str, str]:
    folder, _, rest = at.partition("/")
    if folder in places.locales and rest and folder not in (places.locale, places.source):
        what = f"the link “{short(target)}” leads out of the pages of its language"
        near = _from(file, rest, places) if rest in places.files else ""
        return what, f"write {near or 'the page as it is called here'}: readers stay in their language"
    kind = "link" if _is_page(path) else "file"
    what = f"the {kind} “{short(target)}” leads nowhere: there is no docs/{short(at)}"
    near = nearest(path, file, places)
    if not near:
        return what, "write a page that is there, such as contact.md, and perhaps an anchor of it"
    return what, f"write {near}{'#' if anchor else ''}{anchor}"


def nearest(path: str, file: str, places: Places) -> str:
    """The file that a path which leads nowhere may have meant, as it is written in `file`; "" if none."""
    wanted = _AS_SERVED.sub("", path)
    names = [name for name in places.files if _is_page(name) == _is_page(path)]
    known = {_AS_SERVED.sub("", _from(file, name, places)): _from(file, name, places) for name in names}
    if wanted in known:
        return known[wanted]
    by_end: dict[str, str] = {}
    for shown in known.values():
        by_end.setdefault(posixpath.basename(_AS_SERVED.sub("", shown)), shown)
    near = difflib.get_close_matches(wanted, known, n=1, cutoff=0.75)
    ends = difflib.get_close_matches(posixpath.basename(wanted), by_end, n=1, cutoff=0.6)
    return known[near[0]] if near else by_end[ends[0]] if ends else ""


def _no_anchor(target: str, path: str, anchor: str, file: str, there: str, places: Places) -> tuple[str, str]:
    what = f"the link “{short(target)}” leads to no place: docs/{there} has no anchor #{short(anchor)}"
    known = sorted(places.ids[there])
    near = difflib.get_close_matches(anchor, known, n=1, cutoff=0.5)
    if _stands_in(file, there, places):
        return what, f"end the heading that is meant, in docs/{there}, with {{#{anchor}}}"
    if near:
        return what, f"write {path}#{near[0]}"
    return what, f"write {path}# and one of: {', '.join(known[:8])}" if known else f"write {path}"


def _stands_in(file: str, there: str, places: Places) -> bool:
    """True for a link of a page that stands in for a translation, to one that is translated."""
    return places.locale != places.source and [file.partition("/")[0], there.partition("/")[0]] == [
        places.source,
        places.locale,
    ]


def _from(file: str, name: str, places: Places) -> str:
    """How a file links to a path: "en/professions/health.md" to "contact.md" by "../contact.md"."""
    own = posixpath.dirname(places.name(file))
    path = places.files[name]
    if path == name:  # what no language has to itself stands beside the languages' folders
        return posixpath.relpath(path, posixpath.dirname(file))
    return posixpath.relpath(name, own or ".")


def _is_page(path: str) -> bool:
    return posixpath.splitext(path)[1] in ("", ".md", ".html", ".htm")
