"""Short names: a script does the same with them, and what is not its own keeps its name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import JavascriptLexer

from environment import ROOT
from safepage.output import inline
from safepage.output.names import shortened

CASES = {
    # what it declares
    "(() => { const long = 1; f(long); })();": "(() => { const a = 1; f(a); })();",
    "(() => { let one, two = g(one), three; })();": "(() => { let a, b = g(a), c; })();",
    "f((first, ...rest) => first + rest);": "f((a, ...b) => a + b);",
    "f(event => { event.target.go(event); });": "f(a => { a.target.go(a); });",
    "f((box) => (box.name ? 1 : 2) + box.value, box2);": "f((a) => (a.name ? 1 : 2) + a.value, box2);",
    "f((long = g(), other = long) => other);": "f((a = g(), b = a) => b);",
    "(() => { try {} catch (error) { g(error); } })();": "(() => { try {} catch (a) { g(a); } })();",
    "(() => { for (const part of parts) part.go(); })();": "(() => { for (const a of parts) a.go(); })();",
    "(() => { f(late); let late; })();": "(() => { f(a); let a; })();",
    "(() => { const text = `of ${text}`; })();": "(() => { const a = `of ${a}`; })();",
    # the most used has the shortest; no new name is one that the script knows
    "(() => { const a = 1, seldom = 2, often = a; f(often, often); })();": (
        "(() => { const a = 1, c = 2, b = a; f(b, b); })();"
    ),
    # what hides what
    "(() => { const one = 1; f((one) => one); one(); })();": "(() => { const a = 1; f((a) => a); a(); })();",
    # words in texts, in regular expressions, behind a full stop, as keys
    "(() => { const on = /off|on/.test('on'); })();": "(() => { const a = /off|on/.test('on'); })();",
    "(() => { const size = x.size / y.size / size; })();": "(() => { const a = x.size / y.size / a; })();",
    "(() => { const size = { size: size, b: 1 }; })();": "(() => { const a = { size: a, b: 1 }; })();",
    "(() => { const long = b ? long : 1; })();": "(() => { const a = b ? a : 1; })();",
    "fetch().then(x).catch(fail);": None,
    # what is not its own
    "document.title = name;": None,
    "const shared = 1; f(shared);": None,
    "f((event) => 1); g(event);": None,
    "f((event) => event, event);": None,
    "for (const name of f) { g(name); } (() => { for (const name of f) g(name); })(); h(name);": None,
    "(() => { const { data } = event; f(data); })();": None,
    "f(({ data, more: x }) => data);": None,
    "(() => { const data = 1; return { data }; })();": None,
    "(() => { const go = 1; return { go() {} }; })();": None,
    "function sum(first, second) { return first + second; }": None,
    # no script at all
    "({": None,
    "f(]": None,
    "a =>": None,
    "": None,
}


@pytest.mark.parametrize("script", CASES)
def test_names_are_short_where_they_may(script: str) -> None:
    assert shortened(script) == (script if CASES[script] is None else CASES[script])


def test_every_script_of_ours_gets_shorter_and_keeps_its_texts() -> None:
    for file in sorted((ROOT / "overrides").rglob("*.js")):
        before = inline.rjsmin.jsmin(file.read_text(encoding="utf-8")).strip()
        after = shortened(before)
        assert len(after) < len(before) * 0.9 or len(before) < 200, file
        same = re.compile(r"(?<=\w\.)[a-z]\w+|\"[^\"]*\"")
        told, tell = (same.findall(re.sub(r"`[^`]*`", "", script)) for script in (after, before))
        assert told == tell, file


WORDS = [
    *"(){}[],;:=.?",
    "=>",
    "...",
    "const ",
    "let ",
    "catch",
    "for",
    "of ",
    "\n",
    "one",
    "two",
    "x",
    "'t'",
    "`",
]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join))
def test_whatever_is_written_nothing_breaks(script: str) -> None:
    """No error; each sign that is no name stays; two names stay two, and one stays one."""
    after = shortened(script)

    def tokens(text: str) -> list[str]:
        return [part for _, part in JavascriptLexer(stripnl=False, ensurenl=False).get_tokens(text)]

    pairs = {(old, new) for old, new in zip(tokens(script), tokens(after), strict=True) if old != new}
    assert len({old for old, _ in pairs}) == len({new for _, new in pairs}) == len(pairs)
    assert not {new for _, new in pairs} & set(tokens(script))
