"""The scripts speak one dialect: const, let and arrows, and nothing that a phone of 2018 can't read.

A browser that can't read a word of a script runs none of it, and scripts that follow each other are one. The
exit's needs what Chrome 66, Firefox 58 and Safari 11.1 know, so the others may use that, and no more.
"""

from __future__ import annotations

import pytest
from pygments.lexers import JavascriptLexer
from pygments.token import Comment, Error, Keyword, Number, Operator, String

from environment import ROOT

WORDS = frozenset(("var", "function", "class", "async", "await", "yield", "with", "export"))
SIGNS = frozenset(("?.", "??", "??=", "||=", "&&=", "**", "**=", "import."))
# What old phones read, and then don't find (Chrome 80, Safari 13.1).
YOUNG = frozenset(
    f".{name}"
    for name in (
        *("at", "replaceAll", "replaceChildren", "findLast", "findLastIndex", "hasOwn", "any", "groupBy"),
        *("toSorted", "toReversed", "toSpliced", "randomUUID", "checkVisibility", "setHTML", "moveBefore"),
    )
)


def strange(script: str) -> list[str]:
    """What is not of the dialect, each with its line: "3: var"."""
    found = []
    line, last = 1, ""
    for kind, text in JavascriptLexer(stripnl=False).get_tokens(script):
        # The lexer parts `?.`, and the digits from the rest of 1_000 or 10n.
        joined = text if kind in String or kind in Comment else last + text
        if (kind in Keyword and text in WORDS and last != ".") or (kind in Operator and text in SIGNS):
            found.append(f"{line}: {text}")
        elif joined in SIGNS or joined in YOUNG or text.startswith("#") or kind in Error:
            found.append(f"{line}: {joined}")
        elif kind in String.Regex and ("(?<" in text or text.rpartition("/")[2].strip("gimuy")):
            found.append(f"{line}: {text}")
        elif (kind in Number and text.endswith("n")) or (last.isdigit() and text.startswith("_")):
            found.append(f"{line}: {joined}")
        line += text.count("\n")
        last = text
    return found


def test_every_script_speaks_it() -> None:
    scripts = sorted((ROOT / "overrides").rglob("*.js"))
    found = {file.relative_to(ROOT).as_posix(): strange(file.read_text(encoding="utf-8")) for file in scripts}
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len(scripts) > 9


@pytest.mark.parametrize(
    "script",
    [
        "var a = 1;",
        "(function () {})();",
        "const a = async () => {};",
        "class A {}",
        "const a = b?.c;",
        "const a = b?.[0];",
        "const a = b ?? c;",
        "a ||= b;",
        "const a = b ** 2;",
        "const a = 1_000;",
        "const a = 10n;",
        "const a = { #b: 1 };",
        "const a = /(?<=a)b/;",
        "const a = /a/v;",
        "const a = /a/s;",
        "const a = b.replaceAll('c', 'd');",
        "const a = b.at(-1);",
        "const a = import.meta;",
    ],
)
def test_what_it_is_not(script: str) -> None:
    assert strange(f"// a comment\n{script}")[:1] != []
    assert strange(f"// a comment\n{script}")[0].startswith("2: ")


def test_words_in_texts_are_no_faults() -> None:
    fine = (
        "// var a ?? b\nconst a = 'class ?. var'; /* await */\nconst b = a ? .5 : a.var;\nlet c = /a[/]b/g;"
    )
    assert strange(fine) == []
