"""The whole page in one answer: style and scripts within, nothing unused, nothing else allowed to run."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from safepage.output import inline

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="the policy"><title>A</title><!--style--></head>
<body><p class="used">A   b</p><!--script:a.js--></body></html>"""
STYLE = "/* why */ .used { color: red } .unused { color: blue } #gone { color: green } p { margin: 0 }"
SCRIPTS = {"a.js": "// why\nvar made = 'shown';\n/* why\n not */\ndocument.title = made;\n", "b.js": "var b;"}


def finished(page: str = PAGE, style: str = STYLE) -> str:
    return inline.page(page, style, SCRIPTS)


def policy(page: str) -> dict[str, str]:
    """The rules of a page's policy, by their names."""
    (content,) = re.findall(r"content=\"(default-src [^\"]*)\"", page)
    return dict(rule.split(" ", 1) for rule in content.split("; "))


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_everything_stands_in_the_page() -> None:
    page = finished()
    assert "<!--" not in page
    assert not re.search(r"<link[^>]*stylesheet|\ssrc=", page)
    assert len(re.findall("<style>", page)) == len(re.findall("<script>", page)) == 1


def test_no_rule_that_nothing_uses() -> None:
    page = finished()
    assert ".used" in page
    assert "unused" not in page
    assert "gone" not in page


def test_no_rule_that_asks_inside_for_what_nothing_uses() -> None:
    style = "@page sheet {size: A5}\n@page {margin: 1cm}\nbody:has(.sheet) {page: sheet}\n.sheet {margin: 0}"
    assert "sheet" not in inline.page(f"<body>{inline.STYLE}", style, {})
    kept = inline.page(f"<body>{inline.STYLE}<p class=sheet>", style, {})
    assert "@page sheet{size:A5}" in kept
    assert "body:has(.sheet)" in kept


def test_a_rule_that_a_script_uses_stays() -> None:
    assert ".shown" in finished(style=STYLE + ".shown { color: red } .hid { color: red }")
    assert ".hid" not in finished(style=STYLE + ".shown { color: red } .hid { color: red }")


def test_a_rule_that_a_script_only_asks_for_goes() -> None:
    """What a script looks for (".shown") or calls (.shown) is in the page or not; no script brings it."""
    asks = {"a.js": "document.querySelector('.shown').shown()"}
    assert ".shown{" not in inline.page(PAGE, STYLE + ".shown { color: red }", asks)
    assert ".shown{" in inline.page(PAGE, STYLE + ".shown { color: red }", SCRIPTS)


def test_scripts_in_a_row_are_one() -> None:
    """One hash for all; what stands apart stays apart, in the order of the page."""
    page = inline.page(
        PAGE.replace("a.js-->", "a.js-->\n  <!--script:b.js--><p>A</p><!--script:b.js-->"), STYLE, SCRIPTS
    )
    first, second = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert first.index("document.title") < first.index("var b;")
    assert second == "var b;"
    assert policy(page)["script-src"] == f"{digest(first)} {digest(second)}"


def test_no_comment_is_sent() -> None:
    page = finished()
    assert "why" not in page
    assert "document.title=made" in page


def test_only_what_stands_there_may_run() -> None:
    page = finished()
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    rules = policy(page)
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == digest(script)
    assert rules["style-src"] == digest(style)
    assert rules["base-uri"] == rules["form-action"] == "'none'"


def test_what_is_smuggled_in_is_not_let_in() -> None:
    """A script or a style that stands in the text is in the page, but the policy does not know it."""
    bad = PAGE.replace("A   b", "<script>alert(1)</script><style>p{color:red}</style>")
    page = finished(bad)
    assert "alert(1)" in page
    assert policy(page)["script-src"] == policy(finished())["script-src"]
    assert policy(page)["style-src"] == policy(finished())["style-src"]


def test_without_a_script_none_may_run() -> None:
    assert policy(finished(PAGE.replace("<!--script:a.js-->", "")))["script-src"] == "'none'"


def test_an_unknown_script_is_an_error() -> None:
    with pytest.raises(KeyError):
        finished(PAGE.replace("a.js", "c.js"))


def test_a_script_s_text_is_kept() -> None:
    assert inline.script("var a = 'x // y';  // why") == "var a='x // y';"


def test_the_same_page_twice_is_the_same() -> None:
    assert finished() == finished()
