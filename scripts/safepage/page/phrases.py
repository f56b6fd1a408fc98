"""Lists of sentences to point at: each item ends with an id, so that two languages can stand side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from safepage.faults import Fault
from safepage.page import grammar, runs
from safepage.page.meant import meant

_ITEM = re.compile(
    r"<li\b(?P<marks>[^<>]*)>(?P<label><span class=\"outdated-label\">[^<]*</span>)?\s*+(?:<p>\s*+)?"
    r"(?P<text>(?:(?!</?li\b).)*+)</li>",
    re.DOTALL,
)
_LIST = re.compile(rf"<ul>\s*+(?:{re.sub('[?]P<[a-z]+>', '?:', _ITEM.pattern)}\s*+)++</ul>", re.DOTALL)


def check(markdown: str, path: str, first_line: int) -> list[Fault]:
    """Items without an id in a list whose other items have one, and ids that stand twice on the page."""
    faults: list[Fault] = []
    lines = meant(markdown).split("\n")
    seen = _anchors(lines, first_line)
    run: list[tuple[int, str, str]] = []

    def close() -> None:
        if any(name for _, name, _ in run):
            for line, name, text in run:
                if not name:
                    faults.append(Fault(path, line, *runs.without_id(text)))
                elif not grammar.WORD.fullmatch(name):
                    what = f"the id {{#{name}}} is no plain word"
                    faults.append(
                        Fault(path, line, what, "write the id that the source's page has, such as {#listen}")
                    )
                elif name in seen:
                    faults.append(
                        Fault(
                            path,
                            line,
                            f"the id {{#{name}}} stands twice (first in line {seen[name]})",
                            "give each sentence an id of its own",
                        )
                    )
                seen.setdefault(name, line)
        run.clear()

    at = 0
    while at < len(lines):
        entry = grammar.entry(lines, at)
        if entry and not entry.item.box and not entry.item.indent and entry.item.number is None:
            run.append((first_line + at, entry.id, entry.text))
        elif lines[at].strip():
            close()
        at += entry.length if entry else 1
    close()
    return faults


def _anchors(lines: Sequence[str], first_line: int) -> dict[str, int]:
    """The lines of the anchors that headings and signs have."""
    headings = ((heading.id, at) for at, line in enumerate(lines) if (heading := grammar.heading(line)))
    signs = ((entry.id, entry.line) for entry in grammar.entries(lines) if entry.item.box)
    return {name: first_line + at for name, at in (*headings, *signs) if name}


def render(page: str) -> str:
    """Turn each list all of whose items end with `{#id}` into `<ul class="phrases">` of items with ids.

    What `freshness.mark` has put on an item stays: that it is outdated, or in the source's words.
    """

    def item(match: re.Match[str]) -> str:
        words, name = grammar.anchor(match["text"].rstrip().removesuffix("</p>"))
        text = f"{match['label']} {words}" if match["label"] else words
        return f'<li id="{name}"{match["marks"]}><span class="phrase">{text}</span></li>' if name else ""

    def phrases(match: re.Match[str]) -> str:
        items = [item(found) for found in _ITEM.finditer(match[0])]
        return f'<ul class="phrases">{"".join(items)}</ul>' if all(items) else match[0]

    return _LIST.sub(phrases, page)
