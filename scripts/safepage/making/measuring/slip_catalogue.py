"""The slips that people, word processors and formatters make, each as a random edit of a page's text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """A slip: what it is, the text with it, the lines (from 0) that it touches, what it adds for readers.

    `adds` are the letters that a reader should see more of; a sign that stands for another adds none.
    """

    kind: str
    text: str
    first: int
    last: int
    adds: str = ""
    typed: str = ""  # signs that are text, and may show


# What is typed, pasted or put in place of what a page has: of each the other ways to write it.
_REPLACED: dict[str, tuple[str, ...]] = {
    "\n- [ ] ": (
        "\n-\u00a0[ ] ", "\n-[ ] ", "\n- [] ", "\n- [\u00a0] ", "\n- [  ] ", "\n– [ ] ", "\n— [ ] ",
        "\n• [ ] ",
        "\n☐ ", "\n- ☐ ", "\n* [ ] ", "\n+ [ ] ", "\n- [x] ", "\n- [X] ", "\n-  [ ] ", "\n- ( ) ",
        "\n- [ ]\u00a0",
        "\n- ［ ］ ", "\n- [ ]", "\n[ ] ", "\n - [ ] ", "\n  - [ ] ", "\n\n- [ ] ", "\n1. [ ] ",
        "\n- \\[ \\] ",
        "\n- [_] ", "\n- [х] ", "\n\u200f- [ ] ", "\n-\t[ ] ", "\n\u00a0- [ ] ", "\nо [ ] ",
    ),
    "\n- ": (
        "\n– ", "\n— ", "\n• ", "\n* ", "\n+ ", "\n-\u00a0", "\n-", "\n‑ ", "\n− ", "\n· ", "\n\uf0b7 ",
        "\n\uf0b7\t",
        "\no\t", "\n-\t", "\n-\u2003", "\n\u200f- ", "\n ● ", "\n◦ ", "\n▪ ", "\n⁃ ", "\n  - ", "\n -  ",
        "\n\n- ",
        "\n\u00a0\u00a0- ", "\n1) ", "\n1. ", "\n➢ ", "\n✓ ", "\n－ ", "\n> ",
    ),
    "\n1. ": ("\n1) ", "\n1.", "\n1.\u00a0", "\n(1) ", "\n1 . ", "\n 1. ", "\n１. ", "\n1．", "\n١. ",
        "\n① ", "\n1 "),
    "{{ ": ("{{", "{{\u00a0", "{ {", "{\u00a0{ ", "{", "[[", "{{\n", "{{  ", "｛｛ ", "{{\u202f", "{{{ ",
        "\\{\\{ ", "<"),
    " }}": ("}}", "\u00a0}}", " } }", "}", "]]", "\n}}", "  }}", " ｝｝", " }}}", "\u2009}}", " )", ""),
    " {#": ("{#", "\u00a0{#", "  {#", "\n{#", "\n  {#", "\n      {#", " {", " {: #", " {# ", " [#",
        " ( #", " {.", "\t{#"),
    "}\n": ("\n", " }\n", "}}\n", "}.\n", "} \n", "}  \n", "}\u00a0\n", "}\n\n", ")\n", "｝\n", "};\n"),
    "\n## ": ("\n##", "\n##\u00a0", "\n ## ", "\n### ", "\n＃＃ ", "\n##\t", "\n\\## ", "\n## # ", "\n** ",
        "\n== ", "\n#### "),
    "\n!!! ": ("\n!!!", "\n!!!\u00a0", "\n!! ", "\n!!!! ", "\n??? ", "\n! ! ! ", "\n！！！ ", "\n::: "),
    '!!! note "': ("!!! note “", "!!! note ",
        "!!! note '", '!!! Note "', '!!! note: "', '!!! note  "', '!!! note\u00a0"'),
    '"\n    ': ("”\n    ", '"\n', '"\n  ', '"\n\n    ', '"\n\t', '"\n\n',
        "\n    ", '"\n\u00a0\u00a0\u00a0\u00a0', '" \n    '),
    "**": ("*", "***", "** ", " **", "__", "＊＊", "", "\\*\\*", "''", "~~"),
    "](": ("] (", "]( ", "]（", "][", "]", "]\n(", "]\u00a0(", "](<", "]\\("),
    ")": ("", "）", " )", "\\)"),
    "[": ("［", "", "[[", "\\[", "[ "),
    '"': ("“", "”", "„", "«\u00a0", "''", "&quot;", "»", "``"),
    "'": ("’", "`", "´", "‘", "&#39;", "\\'"),
    ". ": (".", ".  ", "… ", ".\n", ".\n\n", ".\u00a0", "。", ".\\\n", ".  \n"),
    ": ": (" : ", ":", "\u00a0: ", ":\n", ":\n\n", "：", " :\n"),
    ", ": (",", "，", ",\n", " , ", ",\u00a0"),
    "-": ("‑", "–", "--", "\u00ad", "- "),
    "fi": ("ﬁ",),
    "ff": ("ﬀ",),
    "a": ("а",),
    "&": ("&amp;", "＆"),
}  # fmt: skip
# What is left in a text, with the letters that a reader should see of it.
_INSERTED: tuple[tuple[str, str], ...] = (
    ("\u200b", ""), ("\ufeff", ""), ("\u00ad", ""), ("\u200e", ""), ("\u200f", ""), ("\u2028", ""), ("*",
    ""), ("**", ""),
    ("_", ""), ("__", ""), ("~~", ""), ("`", ""), ("```", ""), ("\\", ""), ("^", ""), ("==", ""), ("|",
    ""), ("[^1]", "1"),
    ("[x]", "x"), ("[ ]", ""), ("{#", ""), ("{: .red}", "red"), ("{}", ""), ("<br>", ""), ("<!-- x -->",
    ""), ("<", ""),
    (">", ""), ("&nbsp;", ""), ("&nbsp", ""), (":warning:", "warning"), ("[[", ""), ("![", ""), ("%%",
    ""), ("++", ""),
    ("$$", ""), ("#", ""), ("<b>", ""), ("[b]", "b"), ("{{", ""), ("}}", ""), ("''", ""), ("•", ""),
    ("// ", ""), ("«", ""),
)  # fmt: skip
_LINES: tuple[tuple[str, str], ...] = (
    ("<<<<<<< HEAD", "HEAD"), ("=======", ""), (">>>>>>> nl", "nl"), ("||||||| base", "base"), ("```",
    ""), ("~~~", ""),
    ("---", ""), ("***", ""), ("+++", ""), (":::", ""), ("[Stop]: here", "Stophere"), ("[^1]: Stop here",
    "1Stophere"),
    ("<!-- Stop -->", ""), ("| Stop | here |", "Stophere"), ("|---|---|", ""), ("Stop\\", "Stop"),
    ("*[Stop]: here", "Stophere"),
    (": Stop", "Stop"), ("{: .red}", "red"), ("{#stop}", "stop"), ("- Stop", "Stop"), ("\n1. Stop\n",
    "Stop"), ("• Stop", "Stop"),
    ("> [!NOTE]", "NOTE"), ("Stop  ", "Stop"), ("    Stop", "Stop"), ("  Stop", "Stop"), ("# Stop",
    "Stop"), ("##Stop", "Stop"),
    ("-", ""), ("=", ""), ("*", ""), ("title: Stop", "titleStop"), ("%% Stop %%", "Stop"), ("[TOC]",
    "TOC"), ("\\newpage", ""),
    ("\u00a0", ""), ("Stop:\n- here", "Stophere"), ("Stop\n* here\n* there", "Stopherethere"),
    ("1) Stop\n2) here", "Stophere"),
)  # fmt: skip
_GENDERED = ("*innen", "_innen", ":innen", "·e·s", "/-in", "(e)s", "*", "[e]", "@s")
_SPACES = (
    "\u00a0",
    "\u202f",
    "\u2009",
    "\t",
    "  ",
    "\n",
    "",
    "\u3000",
    "\n\n",
    " \n",
    "  \n",
    "\\\n",
    "\n ",
    "\n    ",
)
_INDENTS = (
    "",
    " ",
    "  ",
    "   ",
    "    ",
    "      ",
    "        ",
    "\t",
    "\u00a0\u00a0",
    "\u3000",
    ">",
    "> ",
    "\u200e",
)
_ENDS = (" ", "  ", "\u00a0", "\\", "\t", "   \u00a0", "<br>", "|", "\u200b", "\r")
_HEAD = (
    (" #2", "2"),
    (": x", "x"),
    ('"', ""),
    ("“", ""),
    (" # x", "x"),
    ("\t", ""),
    ("\u00a0", ""),
    ("'", ""),
    ("&x ", "x"),
)


def random_slip(text: str, chance: random.Random) -> Edit | None:
    """One slip in a page's file; None where this page has no place for it."""
    return chance.choices(_KINDS, _WEIGHTS)[0](text, chance)


def _body(text: str) -> int:
    return text.index("\n---\n", 4) + 5


def _at(kind: str, text: str, start: int, end: int, new: str, adds: str = "", typed: str = "") -> Edit:
    first = text.count("\n", 0, start)
    changed = text[:start] + new + text[end:]
    return Edit(kind, changed, first, first + max(text.count("\n", start, end), new.count("\n")), adds, typed)


def _replace(text: str, chance: random.Random) -> Edit | None:
    old = chance.choice(list(_REPLACED))
    # A hyphen of a link or an anchor is none of its text.
    pattern = r"(?<=\w)-(?=\w)(?![^()\n]*\.md)(?![^{}\n]*\})" if old == "-" else re.escape(old)
    places = [match.start() for match in re.finditer(pattern, text) if match.start() >= _body(text)]
    if not places:
        return None
    start, new = chance.choice(places), chance.choice(_REPLACED[old])
    return _at(f"{old!r} → {new!r}", text, start, start + len(old), new, typed="–‑--" if old == "-" else "")


def _space(text: str, chance: random.Random) -> Edit | None:
    place = chance.choice([match.start() for match in re.finditer(" ", text[_body(text) :])]) + _body(text)
    new = chance.choice(_SPACES)
    return _at(f"space → {new!r}", text, place, place + 1, new)


def _insert(text: str, chance: random.Random) -> Edit | None:
    targets = [range(*match.span()) for match in re.finditer(r"\]\([^()]*\)", text)]
    words = [match.start() + _body(text) for match in re.finditer(r"\b", text[_body(text) :])]
    place = chance.choice([at for at in words if not any(at in target for target in targets)])
    new, adds = chance.choice(_INSERTED)
    # A star after a word may be a gender form, a number sign before one is a word of social networks.
    return _at(f"insert {new!r}", text, place, place, new, adds, new if new in "*#«•" or new == "[b]" else "")


def _line(text: str, chance: random.Random) -> Edit | None:
    ends = [match.end() for match in re.finditer("\n", text) if match.end() >= _body(text)]
    place = chance.choice(ends)
    new, adds = chance.choice(_LINES)
    before, after = chance.choice(("", "\n")), chance.choice(("\n", "\n\n"))
    return _at(f"line {new!r}", text, place, place, before + new + after, adds)


def _join(text: str, chance: random.Random) -> Edit | None:
    """An editor takes a line's end away, or a formatter fills lines up; an empty line goes or comes."""
    ends = [match.start() for match in re.finditer("\n", text[:-1]) if match.start() >= _body(text)]
    place = chance.choice(ends)
    new = chance.choice((" ", "\n\n", "", "\n\n\n"))
    return _at(f"line end → {new!r}", text, place, place + 1, new)


def _indent(text: str, chance: random.Random) -> Edit | None:
    starts = [
        match for match in re.finditer(r"^[ \t]*(?=\S)", text, re.MULTILINE) if match.start() >= _body(text)
    ]
    match = chance.choice(starts)
    new = chance.choice(_INDENTS)
    return _at(f"indent {match[0]!r} → {new!r}", text, match.start(), match.end(), new)


def _end(text: str, chance: random.Random) -> Edit | None:
    ends = [match.start() for match in re.finditer("\n", text) if match.start() >= _body(text)]
    place = chance.choice(ends)
    new = chance.choice(_ENDS)
    return _at(f"line ends with {new!r}", text, place, place, new)


def _gender(text: str, chance: random.Random) -> Edit | None:
    words = [
        match
        for match in re.finditer(r"(?<![\w{.#(/])[^\W\d_]{4,}(?![\w.}])", text)
        if match.start() >= _body(text)
    ]
    place = chance.choice(words).end() if words else 0
    new = chance.choice(_GENDERED)
    letters = re.sub(r"[\W_]", "", new)
    return (
        _at(
            f"gender form {new!r}",
            text,
            place,
            place,
            new,
            letters,
            re.sub(r"\w", "", new.replace("_", "")) + "_",
        )
        if words
        else None
    )


def _around(text: str, chance: random.Random) -> Edit | None:
    words = [
        match
        for match in re.finditer(r"(?<![\w{.#(/])[^\W\d_]{3,}(?![\w.}])", text)
        if match.start() >= _body(text)
    ]
    match = chance.choice(words) if words else None
    if match is None:
        return None
    before, after = chance.choice(
        (("“", "”"), ("* ", " *"), ("** ", "**"), ("*", "*"), ("_", "_"), ("~~", "~~"), ("==", "=="),
        ("`", "`"), ("„", "“"),
         ("[", "]"), ("[[", "]]"), ("‘", "’"), ("<<", ">>"), ("{", "}"), ("<u>", "</u>"), ("''", "''"),
         ("^", "^"), ("(", ")"))
    )  # fmt: skip
    marked = f"{before}{match[0]}{after}"
    return _at(
        f"around a word {before}{after}", text, match.start(), match.end(), marked, typed=before + after
    )


def _head(text: str, chance: random.Random) -> Edit | None:
    lines = list(re.finditer(r"^(?:title|menu|description): .*$", text[: _body(text)], re.MULTILINE))
    match = chance.choice(lines)
    # Behind a closing quotation mark a remark may stand.
    last = match.end() if match[0].endswith('"') else match.end() + 1
    place = chance.randrange(match.start() + match[0].index(":") + 2, last)
    new, adds = chance.choice(_HEAD)
    return _at(f"head {new!r}", text, place, place, new, adds, new)


def _whole(text: str, chance: random.Random) -> Edit | None:
    """What a system or an editor does to a whole file."""
    name, change = chance.choice(
        (
            ("CRLF", lambda t: t.replace("\n", "\r\n")),
            ("byte order mark", lambda t: "\ufeff" + t),
            ("CR", lambda t: t.replace("\n", "\r")),
            ("lists with stars", lambda t: re.sub(r"^- ", "* ", t, flags=re.MULTILINE)),
            ("loose lists", lambda t: re.sub(r"\n(- (?!\[))", r"\n\n\1", t)),
            ("no blank before lists", lambda t: re.sub(r"([^\n}])\n\n- ", r"\1\n- ", t)),
            ("spaces at all ends", lambda t: t[: _body(t)] + re.sub(r"(?<=\S)\n", " \n", t[_body(t) :])),
            ("two spaces at all ends", lambda t: t[: _body(t)] + re.sub(r"(?<=\S)\n", "  \n", t[_body(t) :])),
            ("hints by two", lambda t: re.sub(r"^ {6}(?=\S)", "  ", t, flags=re.MULTILINE)),
            ("notices by two", lambda t: re.sub(r"^ {4}(?=\S)", "  ", t, flags=re.MULTILINE)),
            ("tabs", lambda t: re.sub(r"^ {4}", "\t", t, flags=re.MULTILINE)),
            ("wrapped", lambda t: t[: _body(t)] + _wrapped(t[_body(t) :], 72)),
            ("braces close", lambda t: t.replace("{{ ", "{{").replace(" }}", "}}")),
            ("anchors below", lambda t: re.sub(r" (\{#[\w-]+\})$", r"\n  \1", t, flags=re.MULTILINE)),
        )
    )
    changed = change(text)
    return None if changed == text else Edit(name, changed, 0, changed.count("\n") + 1)


def _wrapped(body: str, width: int) -> str:
    """Lines broken as a formatter breaks them: at any space, those of items with two spaces before them."""
    out = []
    for line in body.split("\n"):
        pad = "    " if line.startswith("    ") else "  " if line.startswith("- ") else ""
        while len(line) > width and " " in line[len(pad) + 4 : width]:
            cut = line.rindex(" ", len(pad) + 4, width)
            out.append(line[:cut])
            line = pad + line[cut + 1 :]
        out.append(line)
    return "\n".join(out)


_KINDS: list[Callable[[str, random.Random], Edit | None]] = [
    _replace, _space, _insert, _line, _join, _indent, _end, _gender, _around, _head, _whole,
]  # fmt: skip
_WEIGHTS = [34, 10, 10, 8, 8, 8, 5, 4, 5, 4, 4]
