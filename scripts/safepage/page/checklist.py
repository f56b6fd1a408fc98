"""A plain Markdown task list becomes a form of real checkboxes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from safepage.faults import Fault
from safepage.page import grammar
from safepage.page.meant import meant

_RENDERED = re.compile(
    rf"<li\b(?P<marks>[^<>]*)>\s*+(?:<p>\s*+)?{grammar.BOX.pattern}\s*+(?P<text>(?:(?!</?li\b).)*+)</li>",
    re.DOTALL,
)
_LIST = re.compile(rf"<ul>\s*+(?:{re.sub('[?]P<[a-z]+>', '?:', _RENDERED.pattern)}\s*+)++</ul>", re.DOTALL)


@dataclass(frozen=True)
class Sign:
    """One item: its `id` ("" where the author gave none), its text, the hint below it, its line (from 1)."""

    id: str
    label: str
    hint: str
    line: int


def read(markdown: str) -> list[Sign]:
    """The task-list items of a page's Markdown, in order; lines count from the start of that text."""
    found = grammar.entries(meant(markdown).split("\n"))
    return [Sign(entry.id, entry.text, entry.rest, entry.line + 1) for entry in found if entry.item.box]


def check(markdown: str, path: str, first_line: int, icons: Mapping[str, str]) -> list[Fault]:
    """What an editor can get wrong in a checklist: no id, an id twice, no text, an id without a pictogram."""
    lines = meant(markdown).split("\n")
    faults = [
        Fault(
            path,
            first_line + entry.line + entry.length,
            f"an empty line stands inside the sign “{entry.text}”",
            "take it out: the explanation stands right below the sign, with spaces before it",
        )
        for entry in grammar.entries(lines)
        if entry.item.box and _parted(lines, entry.line + entry.length)
    ]
    for at in _divided(lines):
        what = "this line parts the list of signs, so that there would be two"
        faults.append(Fault(path, first_line + at, what, "write it above the list, or below the last sign"))
    seen: dict[str, int] = {}
    for sign in read(markdown):
        line = first_line + sign.line - 1
        if not sign.id:
            faults.append(
                Fault(
                    path,
                    line,
                    f"the checklist item “{sign.label}” has no id",
                    "end its first line with an id such as {#documents}",
                )
            )
        elif sign.id in seen:
            faults.append(
                Fault(
                    path,
                    line,
                    f"the id {{#{sign.id}}} stands twice (first in line {seen[sign.id]})",
                    "give each item an id of its own",
                )
            )
        elif sign.id not in icons:
            faults.append(
                Fault(
                    path,
                    line,
                    f"there is no pictogram for {{#{sign.id}}}",
                    f"use one of {', '.join(icons)}, or add it to pictograms in mkdocs.yml",
                )
            )
        if not sign.label:
            faults.append(Fault(path, line, "a checklist item has no text", "write what can be noticed"))
        seen.setdefault(sign.id, line)
    return faults


def _divided(lines: Sequence[str]) -> Iterator[int]:
    """Lines, from 0, of words between two signs below one heading: the list would be two."""
    end = len(lines)
    for entry in grammar.entries(lines):
        if entry.item.box:
            between = range(end, entry.line)
            words = [at for at in between if lines[at].strip()]
            if words and not any(grammar.heading(lines[at]) for at in between):
                yield words[0]
            end = entry.line + entry.length


def _parted(lines: Sequence[str], at: int) -> bool:
    """True if an empty line at `at` is followed by words that belong to what stands above it."""
    if at + 1 >= len(lines) or lines[at].strip() or not lines[at + 1].strip():
        return False
    return lines[at + 1].startswith("  ") and not grammar.begins(lines[at + 1])


def render(page: str, words: Mapping[str, str], icons: Mapping[str, str]) -> str:
    """Replace each task list in a page's HTML by a form.

    In: the HTML that Markdown made (labels may hold inline markup), the words of the frame, and for each id
    the `<svg>` of its pictogram. Out: the HTML with `<form class="checklist">`, finished without JavaScript.
    A page without a task list comes back as it was.
    """

    def item(match: re.Match[str]) -> str:
        first, _, below = match["text"].rstrip().removesuffix("</p>").partition("\n")
        label, name = grammar.anchor(first)
        hint = re.sub(r"[ \t\n]+", " ", below).strip()  # a no-break space stays
        detail = f'<span class="hint" id="{name}-hint">{hint}</span>' if hint else ""
        described = [f"{name}-hint"] if hint else []
        marks = match["marks"]  # made by freshness.mark: the sign is outdated, or not translated yet
        kind = "sign"
        if 'class="outdated"' in marks:
            kind, marks = "sign outdated", marks.replace(' class="outdated"', "")
            note = html.escape(words["note_block"])
            detail += f'<span class="hint" id="{name}-old"><span class="outdated-label">{note}</span></span>'
            described.append(f"{name}-old")
        told = f' aria-describedby="{" ".join(described)}"' if described else ""
        return (
            f'<li class="{kind}" id="{name}"{marks}><input type="checkbox" id="tick-{name}"{told}>'
            f'<label for="tick-{name}"><span class="pictogram">{icons.get(name, "")}</span>'
            f'<span class="sign-text">{label}</span></label>{detail}</li>'
        )

    def form(match: re.Match[str]) -> str:
        legend = html.escape(words["checklist_legend"])
        clear = html.escape(words["checklist_clear"])
        items = "".join(item(found) for found in _RENDERED.finditer(match[0]))
        return (
            f'<form class="checklist" autocomplete="off"><fieldset><legend>{legend}</legend>'
            f'<ul class="signs">{items}</ul></fieldset>'
            f'<p class="actions"><button type="reset">{clear}</button></p></form>'
        )

    return _LIST.sub(form, page)
