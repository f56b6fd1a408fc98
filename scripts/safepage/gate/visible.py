"""No mark of Markdown, or of its kin, is ever seen by a reader: what the rendered text shows is looked at.

A sign that its writer shielded with a backslash arrives here as a private character (`prepare`), and is none
of these. Each rule says what stands there, also if it can't be seen, and what to type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html.entities import html5

from safepage.gate import pasted
from safepage.page import grammar, listmarks

_PLAIN_NAMES = "|".join(sorted((name for name in html5 if not name.endswith(";")), key=len, reverse=True))

Found = tuple[int, str, str]  # where in the text, what is wrong, what to do


def _rule(
    pattern: str, what: str, todo: str, flags: re.RegexFlag = re.NOFLAG
) -> Callable[[str], Iterator[Found]]:
    compiled = re.compile(pattern, flags | re.MULTILINE)

    def find(text: str) -> Iterator[Found]:
        for match in compiled.finditer(text):
            shown = _short(match[0])
            yield match.start(), what.replace("{}", shown), todo

    return find


# Each rule after what its pattern can't match without, which is looked for first.
_RULES: tuple[tuple[str | frozenset[str] | re.Pattern[str], Callable[[str], Iterator[Found]]], ...] = (
    (
        "*",
        _rule(
            r"(?<![\d*])(?<!\d )\*+|\*+(?! ?\d)(?!\*)|\*{2,}",
            "“{}” stands on the page as it is typed",
            "write **words** without spaces inside the stars, or \\* for a star that readers shall see",
        ),
    ),
    (
        "_",
        _rule(
            r"(?<![^\W_])_+|_+(?![^\W_])|_{2,}",
            "“{}” stands on the page as it is typed",
            "write _words_ without spaces inside the marks, or \\_ for the sign itself",
        ),
    ),
    (
        "`",
        _rule(r"`+", "“{}” stands on the page as it is typed", "write ’ for an apostrophe, or delete it"),
    ),
    (
        "~",
        _rule(
            r"~{2,}|(?<=\w)~\w{1,5}~|(?<![\w~])~(?=\w)[^~\n]{0,200}(?<=[^\s~])~(?!\w)",
            "“{}” stands on the page: text can't be struck through here",
            "delete the marks, and what they strike out",
        ),
    ),
    (
        "=",
        _rule(
            r"={2,}|^= (?=\S)|^=$",
            "“{}” stands on the page as it is typed",
            "for a heading begin the line with ## and end it with {#anchor}; else delete it",
        ),
    ),
    (
        "^",
        _rule(
            r"\[\^[^\]\n]{0,40}\]?|(?<!\d)\^|\^(?!\d)",
            "“{}” stands on the page: there are no footnotes and no small letters here",
            "write the note in the text, or delete it",
        ),
    ),
    (
        "[",
        _rule(
            r"\[![^\]\n]{0,40}\]?",
            "“{}” stands on the page: a notice is written in another way here",
            'write !!! note "Title" or !!! danger "Title", and its text below, with four spaces before it',
        ),
    ),
    (
        frozenset("!！?？"),
        _rule(
            r"^[!！?？](?: ?[!！?？])+\+? ?(?=[\w\"“„«'‘])",
            "“{}” at the beginning of a line makes no notice as it is written here",
            'write !!! note "Title" with plain quotation marks ("), and its text below, after four spaces',
        ),
    ),
    (
        "[[",
        _rule(
            r"\[\[|\]\]",
            "“{}” stands on the page: links are written in another way here",
            "write [words](page.md)",
        ),
    ),
    (
        "]",
        _rule(
            r"[\]］]\s?[(（][^()\n]{0,60}\.md|[\]］][(（]|[\]］][\[［]",
            "a link is broken at “{}”: readers would see its marks",
            "write [words](page.md), without a space between ] and (",
        ),
    ),
    (
        "![",
        _rule(r"!\[", "“{}” of an image stands on the page", "write ![what it shows](../assets/name.png)"),
    ),
    (
        "[",
        _rule(
            r"\[/\w{1,10}\]|\[TOC\]|\[(?:url|img|quote|list|color|size|b|u)\b[^\]\n]{0,60}\](?=\S)",
            "“{}” stands on the page: this is no Markdown",
            "write **words** for bold, [words](page.md) for a link",
            re.IGNORECASE,
        ),
    ),
    (
        ":",
        _rule(
            r":(?<![\w:]:)(?:[a-z][a-z0-9_+-]{1,40}|[+-]1):(?![\w:/])",
            "“{}” stands on the page: names of pictures are not filled in",
            "put in the picture’s own sign, or delete it",
        ),
    ),
    (
        ":",
        _rule(
            r":(?:(?<=^:)(?: |::+)|::+(?= ?\w))",
            "a line begins with “{}”, which readers would see",
            "write the explanation in the sentence, or as a list; put a colon at the end of the line before",
        ),
    ),
    (
        frozenset("\\\ue05c"),
        _rule(
            r"[\\\ue05c](?=\s|\Z)|\\(?=[^\w\s])|(?<![\w:\\])\\\w{1,20}|(?<![^\s(“\"])[^\s\\:]{1,80}\\[nrt]",
            "a backslash stands on the page: “{}”",
            "delete it; for a new line leave an empty line",
        ),
    ),
    (
        "&",
        _rule(
            rf"&(?:#\d{{1,7}}|#[xX][\da-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,30}});|&(?:nbsp|lt|gt|quot)|&(?:{_PLAIN_NAMES})(?![A-Za-z0-9])",
            "“{}” stands on the page as it is typed",
            "type the character itself",
        ),
    ),
    (
        "-",
        _rule(
            r"-{3,}",
            "“{}” stands on the page as it is typed",
            "write – for a dash; a line across the page stands alone",
        ),
    ),
    (
        "+",
        _rule(r"^\+{3}|(?<![A-Z+])\+{2,}", "“{}” stands on the page as it is typed", "delete the marks"),
    ),
    (
        re.compile(r"- |\d[.)] "),
        _rule(
            r"(?<=[.!?…:;,)\]”»\"¤])- (?=\S)|(?<=[^\d\s][.!?…)”»])\d{1,2}[.)] (?=\S)",
            "“{}” stands right behind a word: the item of a list would run on in the line",
            "begin the item on a line of its own, or put a space before it",
        ),
    ),
    (
        "%%",
        _rule(r"%%", "“{}” stands on the page: there are no comments here", "delete it and what it hides"),
    ),
    (
        "//",
        _rule(
            r"(?<![:/\w])/{2,}(?=\S)|/{3,}",
            "“{}” stands on the page as it is typed",
            "delete it; for emphasis write *words*",
        ),
    ),
    (
        re.compile(r"['\"’‘´”“]{2}"),
        _rule(
            r"^(?:'{3,}|\"{3,}|’{3,}|‘{3,}|´{2,}|”{3,}|“{3,})",
            "“{}” stands on the page as it is typed",
            "delete the line; what stands between two such lines is a plain paragraph here",
        ),
    ),
    (
        "''",
        _rule(
            r"(?<![\w'])'{2,}(?=\w)",
            "“{}” stands on the page as it is typed",
            'write **words** for bold, or one plain quotation mark (")',
        ),
    ),
    ("$$", _rule(r"\$\$", "“{}” stands on the page as it is typed", "delete the marks")),
    (
        "<",
        _rule(
            r"<{2,}|<!--|<-{2,}|<(?![\s\d=<-])|(?<![\s\d<])<",
            "“{}” stands on the page as it is typed",
            "for quotation marks write « »; if it is left over from merging two versions, keep one of them",
        ),
    ),
    (
        ">",
        _rule(
            r">{2,}|(?<!-)-{2,}+>|^>|(?<![\s\d=>-])>|>(?![\s\d=>])",
            "“{}” stands on the page as it is typed",
            "begin a quotation with “> ” after an empty line; if it is left from merging, keep one version",
        ),
    ),
    (
        "#",
        _rule(
            r"#{2,}|^# ",
            "“{}” stands on the page as it is typed",
            "begin a heading with ## at the very start of its line, after an empty line; or write \\#",
        ),
    ),
    (
        frozenset("＃"),
        _rule(
            r"＃{2,}|^＃",
            "“{}” (a wide number sign, U+FF03) is no mark of a heading",
            "type # on a Latin keyboard",
        ),
    ),
    (
        frozenset("｛｝﹛﹜❴❵⦃⦄︷︸"),
        _rule(
            r"[｛｝﹛﹜❴❵⦃⦄︷︸]+",
            "“{}” are no plain braces: what stands in them is not filled in",
            "type {{ and }} on a Latin keyboard",
        ),
    ),
    (frozenset("｀"), _rule(r"｀+", "“{}” stands on the page as it is typed", "delete it")),
    (frozenset("＞"), _rule(r"^＞", "“{}” (U+FF1E) is no mark of a quotation", "type > on a Latin keyboard")),
    (
        frozenset("｜"),
        _rule(r"^｜|｜$", "“{}” (a wide bar, U+FF5C) makes no table", "type | on a Latin keyboard"),
    ),
    (
        frozenset("☐☑☒🗹⬜▢❏❐❑❒🔲🔳◻"),
        _rule(
            r"[☐☑☒🗹⬜▢❏❐❑❒🔲🔳◻]",
            "“{}” is a picture of a box that nobody can tick",
            "write - [ ] before a sign of the checklist",
        ),
    ),
    (
        re.compile(r"[\[［]|\( ?\)"),
        _rule(
            r"[\[［]\s?[\]］]|［[xX]］|"
            r"^[\[［]\s*+[xXхХ×✓✔√vV*.\-–oO•]?\s*+[\]］](?![(\[:])|\[[xX]\](?!\()|^\( ?\)",
            "the box “{}” of a sign stands on the page as it is typed",
            "begin the line with “- [ ] ”: dash, space, box, space, all typed on the keyboard",
        ),
    ),
    (".. ", _rule(r"^\.\. \w+::", "“{}” stands on the page: this is no Markdown", 'write !!! note "Title"')),
    ("h", _rule(r"^h[1-6]\. ", "“{}” stands on the page: this is no Markdown", "begin a heading with ##")),
)
_BAR = re.compile(r"\|\S|\S\|")
_BRACE = re.compile(r"[{}]+")


def marks(blocks: Sequence[tuple[str, str]]) -> Iterator[Found]:
    """Everything in the text of a page's blocks that was meant as a mark: (piece of the text, what, todo).

    In: of each block its place (`listmarks`) and its text as `prepare` left it, code taken
    out. Each find names a place in the texts joined by two line ends.
    """
    if not blocks:
        return
    text = grammar.PLACEHOLDER.sub(_blank, "\n\n".join(text for _, text in blocks))
    there = set(text)
    for sign, rule in _RULES:
        if _may_hold(text, there, sign):
            yield from rule(text)
    yield from pasted.found(text)
    end = -1
    for match in _BRACE.finditer(text):
        if match.start() <= end:
            continue
        end = text.find("}", match.start())
        piece = text[match.start() : end + 1 if 0 <= end - match.start() < 40 else match.end()]
        if piece.startswith("{#"):
            what = f"the anchor “{_short(piece)}” stands on the page as it is typed"
            todo = "put it at the end of its heading, of its sign, or of its sentence in a list"
        else:
            what = f"“{_short(piece)}” stands on the page as it is typed"
            todo = "write a placeholder as {{ emergency.phone }}; else take the braces out"
        yield match.start(), what, todo
    at = 0
    above = ""
    for (kind, _), block in zip(blocks, text.split("\n\n"), strict=True):
        for place, what, todo in (*listmarks.check(block.split("\n"), kind, above), *_table(block)):
            yield at + place, what, todo
        at += len(block) + 2
        above = kind if kind == "ol" else ""


def _may_hold(text: str, there: set[str], sign: str | frozenset[str] | re.Pattern[str]) -> bool:
    """True if a text, made of the signs `there`, has a rule’s piece, or one sign of some."""
    if isinstance(sign, str):
        return sign in text
    return not there.isdisjoint(sign) if isinstance(sign, frozenset) else sign.search(text) is not None


def _blank(match: re.Match[str]) -> str:
    return "¤" * len(match[0])


def _table(block: str) -> Iterator[Found]:
    if "|" not in block:
        return
    lines = block.split("\n")
    bars = [line.count("|") for line in lines]
    edged = any(line.strip().startswith("|") or line.strip().endswith("|") for line in lines)
    if edged or max(bars) > 1 or sum(map(bool, bars)) > 1 or _BAR.search(block):
        yield (
            block.index("|"),
            "“|” stands on the page: this is no table as it is written",
            "put an empty line above the table, and |---|---| below its first row, one --- for each column",
        )


def _short(text: str, limit: int = 40) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
