"""What a writer meant beyond doubt is taken as meant, at the door: all who read a page read it so.

A formatter, a word processor and a hurried hand leave signs that change nothing for who reads the file:
a line wrapped before its anchor, a no-break space in braces, spaces at a line's end.
"""

from __future__ import annotations

import re
from functools import lru_cache

from safepage.page import grammar

DIRECTION = "\u200e\u200f\u061c"
_TURNED = re.compile(rf"\A([ \t]*+)[{DIRECTION}]+[ \t]*(?=[-*+][ \t]|\d{{1,9}}[.)][ \t]|#|>|!!!)")
_LISTED = r"(?:[-*+]|\d{1,9}[.)])"
_TURNED_WITHIN = re.compile(rf"\A([ \t]*+{_LISTED}[ \t]*)[{DIRECTION}]+(?=[ \t]|{grammar.BOX.pattern})")
_LOOSE = re.compile(r"\{[^\S\n]{0,2}\{([^{}\n]*)\}[^\S\n]{0,2}\}")
_BROKEN = re.compile(r"\{\{[^\S\n]*+(\n[^\S\n]*+)?+([A-Za-z0-9_.]++)[^\S\n]*+(\n[^\S\n]*+)?+\}\}")
_NAME = re.compile(r"[A-Za-z0-9_.]+")
_GAP = rf"[\s{DIRECTION}]{{0,3}}"
_ANCHOR = re.compile(rf"\{{{_GAP}:?{_GAP}#{_GAP}([\w-]+){_GAP}\}}")
_ENDED = re.compile(rf"(?<=\}})[\s{DIRECTION}]+\Z")  # behind an anchor
_KIND = re.compile(r"\A[ \t]*!!! ?[A-Za-z]+")  # which a telephone writes with a capital
_NUMBER = re.compile(r"([ \t]*)(\d{1,9})([.)])(?=[ \t])")
_MARK_ALONE = re.compile(rf"[ \t]*{_LISTED}")


@lru_cache(maxsize=256)  # each reader of a page asks, and one source page is compared with many translations
def meant(body: str) -> str:
    """A page's Markdown as it was meant.

    Out: as many lines as went in, so that a fault still names the line of the file; what was meant already
    comes back as it was. Taken as meant: line ends of any system; white space at a line's end; a direction
    mark before a list mark; any space in or between the braces of a placeholder, and a line's end there; an
    anchor without a space before it or on the line below its heading, or beside a direction mark; a notice’s
    kind with a capital; a heading, or a notice's text, a few
    spaces too far right or left; `1)` for `1.`; a list's number in other digits.
    """
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    lines = [_line(line) for line in _whole_placeholders(_LOOSE.sub(_plain_braces, text)).split("\n")]
    for at in range(len(lines)):
        _number(lines, at)
        _heading(lines, at)
        _notice(lines, at)
    return "\n".join(lines)


def _plain_braces(match: re.Match[str]) -> str:
    name = match[1].strip().strip(DIRECTION).strip()
    plain = match[0].startswith("{{") and match[0].endswith("}}") and match[1].strip(" ") == name
    return match[0] if plain or not _NAME.fullmatch(name) else f"{{{{ {name} }}}}"


def _whole_placeholders(text: str) -> str:
    """Placeholders that were broken over a line on one line; what stood beside them goes up or down."""
    out: list[str] = []
    done = 0
    for match in _BROKEN.finditer(text):
        breaks = [part for part in (match[1], match[3]) if part]
        if not breaks:
            continue
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        end = text.find("\n", match.end())
        after = text[match.end() : end if end >= 0 else len(text)]
        rest = len(after) - len(after.lstrip(" \t"))
        whole = f"{{{{ {match[2]} }}}}"
        out.append(text[done : match.start()])
        goes_up = bool(after.strip())
        goes_down = bool(before.strip()) and not _MARK_ALONE.fullmatch(before.rstrip())
        if len(breaks) == 2 and goes_up and goes_down:
            out += [breaks[0], whole, breaks[1]]
        elif goes_up or not goes_down:
            out += [whole, *breaks]
        else:
            out += [*breaks, whole]
        done = match.end() + (rest if goes_up else 0)
    return "".join([*out, text[done:]])


def _line(line: str) -> str:
    kept = line.rstrip()
    if not line.isascii() and any(mark in line for mark in DIRECTION):
        kept = _TURNED_WITHIN.sub(r"\1", _TURNED.sub(r"\1", kept, count=1), count=1)
        kept = _ENDED.sub("", kept)
    if "!!!" in kept:
        kept = _KIND.sub(lambda match: match[0].lower(), kept)
    if kept.endswith("}"):
        at = kept.rfind("{")
        match = _ANCHOR.fullmatch(kept, at) if at >= 0 else None
        if match is None:
            return kept
        words = kept[:at].rstrip(f" \t\u00a0\u202f{DIRECTION}")
        return f"{words} {{#{match[1]}}}" if words else f"{kept[:at]}{{#{match[1]}}}"
    if _MARK_ALONE.fullmatch(kept) and line != kept:
        return kept + " "  # a dash alone would make a heading of the line above
    return kept + "  " if kept and line.endswith("  ") and not grammar.heading(kept) else kept


def _number(lines: list[str], at: int) -> None:
    match = _NUMBER.match(lines[at])
    if match is None or (match[3] == "." and match[2].isascii()):
        return
    above = grammar.item(lines[at - 1]) if at and lines[at - 1].strip() else None
    listed = above is not None and above.number is not None
    begins = at == 0 or not lines[at - 1].strip() or listed or grammar.begins_list(lines, at)
    if begins or match[3] == ".":
        digits = match[2] if match[2].isascii() else str(int(match[2]))
        lines[at] = f"{match[1]}{digits}.{lines[at][match.end() :]}"


def _heading(lines: list[str], at: int) -> None:
    heading = grammar.heading(lines[at])
    if heading is None:
        return
    if at == 0 or not lines[at - 1].strip():
        lines[at] = lines[at].lstrip(" ")
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if heading.id or not below.strip() or grammar.begins(below):
        return
    words, name = grammar.anchor(below)
    if name:
        lines[at] = " ".join([lines[at].rstrip(), *words.split(), f"{{#{name}}}"])
        lines[at + 1] = ""


def _further(lines: list[str], at: int) -> None:
    """The further paragraphs of a notice, of which one stands a few spaces too far left."""
    more = 0
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith(" ")):
        indent = len(lines[at]) - len(lines[at].lstrip(" "))
        if not lines[at].strip():
            more = 0
        elif not lines[at - 1].strip() and indent < 4 and not grammar.begins(lines[at]):
            more = 4 - indent
        lines[at] = " " * more + lines[at] if lines[at].strip() else lines[at]
        at += 1


def _notice(lines: list[str], at: int) -> None:
    if not grammar.notice(lines[at]):
        return
    if at == 0 or not lines[at - 1].strip():
        own = len(lines[at]) - len(lines[at].lstrip(" "))
        lines[at] = lines[at][own if own < 4 else 0 :]
    if at + 1 >= len(lines):
        return
    indent = len(lines[at + 1]) - len(lines[at + 1].lstrip(" "))
    if not lines[at + 1].strip() or not 0 < indent < 4:
        _further(lines, at + 1)
        return
    for index in range(at + 1, len(lines)):
        if lines[index].strip() and not lines[index].startswith(" "):
            return
        if lines[index].strip():
            lines[index] = " " * (4 - indent) + lines[index]
