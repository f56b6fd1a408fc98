"""What can be said of a page's Markdown before it is rendered, and whether it may be rendered at all.

First wall of two: the second is the page's Content-Security-Policy (see SECURITY.md).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache

from safepage.faults import Fault
from safepage.gate import characters, placeholders, refusals
from safepage.gate.allowed import is_image, is_link
from safepage.gate.refusals import in_short
from safepage.page import grammar
from safepage.page.meant import meant

MAX_LENGTH = 60_000  # characters of Markdown; the longest page of the site has a tenth
MAX_LINES = 1_200  # the longest page has a tenth; Markdown takes the square of headings and empty items
MAX_LINE = 4_000

_RAW = re.compile(r"<(?:[A-Za-z/!?][^>\n]{0,40}>?)")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.\-]*:[^<>\s]*|[^<>\s@]+@[^<>\s]+)>")
_NESTED = re.compile(r"\s{24,}\S|\s*+(?:>\s?|(?:[-*+]|\d+[.)])\s+){4,}")
# Over each of them Markdown goes back and forth; a declaration makes its reader of HTML begin anew.
_MANY = (
    ("[", re.compile(r"\["), 400),
    ("`", re.compile("`"), 400),
    ("*” or “_", re.compile("[*_]"), 2_000),
    ("&", re.compile("&"), 1_000),
    ("<", re.compile("<[A-Za-z/]"), 40),
    ("<!", re.compile("<[!?]"), 3),
)
_PILED = re.compile(
    r"([\[\](){}*_`!<>&\\|#~^])(?:\s?\1){11,}|([\[\](){}*_`!<>&\\|#~^])[\[\](){}*_`!<>&\\|#~^ ]{23,}"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # Markdown drops some, so they could hide nesting


def check(
    body: str, path: str, first_line: int, *, source_placeholders: Collection[str] | None = None
) -> list[Fault]:
    """What can be said of a page's Markdown before it is rendered.

    In: the Markdown, its file, the line of the file on which it begins, and for a translation the names of
    the placeholders that its source page uses. Out: hidden characters, raw HTML, templates and broken
    placeholders, headings without an anchor, and what would take too long to render.
    """
    body, odd = placeholders.straight(meant(body), path, first_line)
    faults = [*odd, *characters.check(body, path, first_line)]
    if "&" in body and (read := grammar.unescaped(body)) != body:
        spelt = characters.check(read, path, first_line)
        faults += [
            replace(f, todo=f"{f.todo}, also where it is written as &…;") for f in spelt if f not in faults
        ]
    beyond = too_much(body, path, first_line)
    if beyond:
        return sorted({*faults, *beyond})
    for number, line in _without_code(body, first_line):
        faults += [Fault(path, number, *pair) for pair in _line_faults(line, source_placeholders)]
    return sorted(set(faults))


@lru_cache(maxsize=1)  # asked twice for each page
def too_much(body: str, path: str, first_line: int) -> list[Fault]:
    """What would make rendering take too long: with a fault, don't render. `check` includes it."""
    if len(body) > MAX_LENGTH:
        what = f"the page has more than {MAX_LENGTH:,} characters: nobody in danger reads so much"
        return [Fault(path, 0, what, "divide it into several pages")]
    faults = []
    if body.count("\n") > MAX_LINES:
        what = f"the page has more than {MAX_LINES:,} lines"
        return [Fault(path, 0, what, "divide it into several pages")]
    for sign, pattern, most in _MANY:
        if len(pattern.findall(body)) > most:
            what = f"“{sign}” stands more than {most} times in the page"
            faults.append(Fault(path, 0, what, "use fewer of them, or divide it into several pages"))
    for number, line in enumerate(body.split("\n"), first_line):
        if len(line.expandtabs(4)) > MAX_LINE:  # as Markdown reads it
            what = f"this line has more than {MAX_LINE:,} characters"
            faults.append(
                Fault(path, number, what, "divide it into paragraphs, with an empty line between them")
            )
        elif _CONTROL.search(line):
            what = "a control character stands in this line, so that it can't be read any further"
            faults.append(Fault(path, number, what, "type the line anew"))
        elif line and _NESTED.match(line):
            what = "lists or quotations are nested too deep here to be read on a phone"
            faults.append(
                Fault(path, number, what, "use two levels at most, and fewer spaces at the line's start")
            )
        elif piled := _PILED.search(line):
            what = f"“{piled[1] or piled[2]}” and its like stand many times in a row"
            faults.append(
                Fault(path, number, what, "take the signs out; for a line across the page write ---")
            )
        if len(faults) > 20:
            break
    return faults


def _without_code(body: str, first_line: int) -> Iterator[tuple[int, str]]:
    """The lines of a text that hold more than white space, what is between backticks blanked out."""

    def blanked(block: str) -> str:
        for start, end in grammar.code_spans(block):
            block = block[:start] + re.sub(r"[^\n]", " ", block[start:end]) + block[end:]
        return block

    text = "\n\n".join(map(blanked, body.split("\n\n"))) if "`" in body else body
    for number, line in enumerate(text.split("\n"), first_line):
        if line.strip():
            yield number, line


def _line_faults(line: str, source: Collection[str] | None) -> Iterator[tuple[str, str]]:
    if "<" in line:
        raw = _RAW.findall(_AUTOLINK.sub("", line))
        opening = [piece for piece in raw if not piece.startswith("</")]
        yield from map(refusals.raw_html, opening or raw)
    if "{" in line or "}" in line or "--8<--" in line:
        yield from placeholders.faults(line, source)
    reference = grammar.REFERENCE.match(line)
    if reference and not is_link(reference["target"]) and not is_image(reference["target"]):
        yield refusals.link_fault(reference["target"])
    heading = grammar.heading(line)
    if heading and heading.level > 1 and not heading.id:
        what = f"the heading “{in_short(heading.text)}” has no anchor: links to it would differ by language"
        yield what, "end it with an anchor, such as {#signs}; a translation takes that of its source page"
