"""What a page's text promises is on the page as readers get it: counted there, not in the Markdown."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser

from safepage.faults import Fault
from safepage.page import runs
from safepage.page.grammar import placeholders_of
from safepage.page.meant import meant
from safepage.page.paragraphs import HEADINGS, Paragraph, normal, paragraphs

_SPAN = re.compile(r"`[^`]*`")
_LINK = re.compile(r"(?<![!\\])\[([^\[\]\\]+)\]\(")


def check(page: str, body: str, path: str, first_line: int = 1, told: Collection[int] = ()) -> list[Fault]:
    """What the Markdown `body`, which begins on line `first_line` of its file, says and `page` has not.

    `page` is its HTML with its checklist and its sentences to point at, contacts not filled in yet. Counted:
    headings by their anchors, signs, sentences to point at, notices, links and placeholders. A placeholder
    in a span of code is no contact either. Lines `told` have an error that says why.
    """
    tree = LexborHTMLParser(page)
    blocks = [block for block in paragraphs(body, first_line) if block.in_body and block.kind != "code"]
    faults = []
    for node in tree.css("code"):
        for name in placeholders_of(node.text()):
            line = next((b.line for b in blocks if normal(name) in b.text and "`" in b.text), 0)
            what = f"{name} stands between ` and `: readers would get program code for a contact"
            faults.append(Fault(path, line, what, "take the two signs ` away"))
        node.decompose()

    def ids(selector: str) -> list[str]:
        return [node.attributes.get("id") or "" for node in tree.css(selector)]

    shown = {
        "heading": ids("h1, h2, h3, h4, h5, h6"),
        "sign of the checklist": ids("li.sign"),
        "sentence to point at": ids("ul.phrases > li"),
        "notice": [
            (n.attributes.get("class") or "").removeprefix("admonition ") for n in tree.css(".admonition")
        ],
        "link": [_letters(node.text()) for node in tree.css("a")],
        "placeholder": [normal(name) for name in placeholders_of(tree.body.text() if tree.body else "")],
    }
    for noun, found in shown.items():
        faults += _missing(noun, Counter(found), blocks, path)
    if told:  # the item that spoils a list is named, the others of it need not be
        spoilt = runs.spoilt(meant(body).split("\n"))
        told = {*told, *(first_line + at for at in spoilt.others)}
    return sorted({fault for fault in faults if fault.line not in told})


def _missing(noun: str, shown: Counter[str], blocks: Sequence[Paragraph], path: str) -> Iterator[Fault]:
    for block in blocks:
        for name in _promised(noun, block):
            if shown[name]:
                shown[name] -= 1
                continue
            what = f"the {noun} {name} of this line is not on the page as readers would get it"
            todo = "look at the signs and spaces around it, and write it as other pages do"
            yield Fault(path, block.line, what, todo)


def _promised(noun: str, block: Paragraph) -> list[str]:
    if noun == "heading":
        return [block.id] if block.kind in HEADINGS and block.id else []
    if noun == "sign of the checklist":
        return [block.id] if block.kind == "check" else []
    if noun == "sentence to point at":
        return [block.id] if block.kind == "li" and block.id else []
    if noun == "notice":
        return [block.name] if block.kind == "notice" else []
    text = _SPAN.sub(" ", block.text)
    return (
        [_letters(words) for words in _LINK.findall(text)] if noun == "link" else list(placeholders_of(text))
    )


def _letters(text: str) -> str:
    """What is left of a link's words whatever marks stand in them."""
    return "".join(re.findall(r"[^\W_]", normal(html.unescape(text))))
