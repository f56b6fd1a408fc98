"""Whatever passes the gate is one page to all who read it: build, checklist, structure, state, records."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from rendering import gated, render
from safepage.faults import Faulty
from safepage.gate import head, placeholders
from safepage.page import checklist, grammar, phrases
from safepage.page.meant import meant
from safepage.page.paragraphs import paragraphs
from safepage.site import contacts
from safepage.site.contacts import Contacts
from safepage.translations import catalogue, structure
from safepage.translations.records import dump, load, renew

KNOWN = Contacts({"emergency.phone": "112", "minors.name": "Somebody"}, datetime.date(2026, 1, 1), "BE")
WORDS = {"checklist_legend": "Signs", "checklist_clear": "Clear", "note_block": "Old"}
IDS = ("pay", "debt", "papers", "listen", "wait")

space = st.sampled_from(["", " ", "  ", "\u00a0", "\u202f", "\t"])
broken = st.sampled_from([" ", " ", " ", "\n", "\n  ", " \n", "\u00a0\n"])
words = st.sampled_from(["Stay calm", "Call now", "Someone’s papers", "One *word* here", "Täter*innen"])


@st.composite
def placeholder(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(["emergency.phone", "minors.name"]))
    opening, closing = draw(st.sampled_from([("{{", "}}")] * 4 + [("{ {", "}}"), ("{{", "} }")]))
    return f"{opening}{draw(broken)}{name}{draw(broken)}{closing}"


@st.composite
def sentence(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.one_of(words, placeholder()), min_size=1, max_size=3))
    return "; ".join(parts)


@st.composite
def signs(draw: st.DrawFn) -> str:
    marks = st.sampled_from(["- ", "* ", "+ ", "-  ", "-\t", "-", "\u200e- "])
    box = st.sampled_from(["[ ]", "[]", "[x]", "[X]"])
    mark, out = draw(marks), []
    for name in draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True)):
        anchor = (
            draw(st.sampled_from([" {#%s}", "{#%s}", " {: #%s }", "\n      {#%s}", "\u00a0{#%s}"])) % name
        )
        hint = draw(st.sampled_from(["", "\n      Its hint", "\n  Its hint"]))
        out.append(f"{mark}{draw(box)}{draw(space)}{draw(words)}{anchor}{hint}")
    return "\n".join(out)


@st.composite
def sentences_to_point_at(draw: st.DrawFn) -> str:
    names = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True))
    return "\n".join(f"- {draw(words)}{draw(st.sampled_from([' ', '', chr(160)]))}{{#{n}}}" for n in names)


@st.composite
def notice(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["note", "danger"]))
    indent = draw(st.sampled_from(["    ", "   ", "  "]))
    return f'{draw(st.sampled_from(["", " "]))}!!! {kind} "Title"\n{indent}{draw(words)}'


@st.composite
def part(draw: st.DrawFn) -> str:
    hashes = draw(st.sampled_from(["## ", "##", " ## ", "## \u00a0"]))
    inner = st.one_of(sentence(), signs(), sentences_to_point_at(), notice())
    blocks = "\n\n".join(draw(st.lists(inner, min_size=1, max_size=2)))
    return f"{hashes}A part {{#{draw(st.sampled_from(['one', 'two', 'three']))}}}\n\n{blocks}"


@st.composite
def page(draw: st.DrawFn) -> str:
    text = "\n\n".join(["# Title\n\nText.", *draw(st.lists(part(), min_size=1, max_size=2))]) + "\n"
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(page())
def test_what_passes_the_gate_is_one_page_to_all_readers(body: str) -> None:
    whole = meant(body)
    assert meant(whole) == whole
    faults = [
        *gated(whole),
        *checklist.check(body, "p.md", 1, dict.fromkeys(IDS, "")),
        *phrases.check(body, "p.md", 1),
        *contacts.check(body, KNOWN, "p.md", 1),
    ]
    event("refused" if faults else "passed")
    if faults:
        return
    blocks = paragraphs(body)
    made = phrases.render(checklist.render(render(whole), WORDS, {}))
    tree = LexborHTMLParser(made)

    def ids(selector: str) -> list[str]:
        return [node.attributes.get("id") or "" for node in tree.css(selector)]

    lines = whole.split("\n")
    signs = [sign.id for sign in checklist.read(body)]
    assert signs == [block.id for block in blocks if block.kind == "check"] == ids("li.sign")
    assert [b.id for b in blocks if b.kind == "li" and b.id] == ids("ul.phrases > li")
    headings = [found.id for line in lines if (found := grammar.heading(line)) and found.level > 1]
    assert headings == [block.id for block in blocks if block.kind == "h2"] == ids("h2")
    notices = [found.kind for line in lines if (found := grammar.notice(line))]
    assert notices == [block.name for block in blocks if block.kind == "notice"]
    assert len(notices) == len(tree.css(".admonition"))

    names = grammar.names(whole)
    assert placeholders.names(body) == set(names)
    assert [name for block in blocks for name in grammar.names(block.text)] == names
    record = load(dump(renew(None, blocks, None), "nl", "p"), "p.yml")
    assert [n for e in record.entries for p in e.placeholders or () for n in grammar.names(p)] == names
    filled = contacts.fill(made, KNOWN, "en", {})
    assert filled.count('href="tel:112"') == names.count("emergency.phone")
    assert filled.count("Somebody") == names.count("minors.name")
    assert structure.emergency(body) == ("emergency.phone" in names)
    assert not structure.check(whole, body, "docs/en/p.md", "docs/nl/p.md")


def test_most_of_these_pages_pass() -> None:
    """Else the readers above would have nothing to agree on."""
    passed = []

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @given(page())
    def look(body: str) -> None:
        passed.append(not gated(meant(body)))

    look()
    assert sum(passed) > len(passed) / 4


@pytest.mark.parametrize(
    "spelt", ["- [ ]", "- []", "* [ ]", "+ [x]", "- [X]", "-\t[ ]", "-[ ]", "*[]", "1. [ ]"]
)
def test_a_sign_is_one_to_the_checklist_and_the_structure_or_to_neither(spelt: str) -> None:
    body = f"{spelt} A sign {{#pay}}\n"
    wanted = "- [ ] A sign {#pay}\n"
    is_sign = [sign.id for sign in checklist.read(body)] == ["pay"]
    faults = structure.check(f"# T\n\n{wanted}", f"# T\n\n{body}", "docs/en/p.md", "docs/nl/p.md")
    assert (not faults) == is_sign, list(map(str, faults))
    shown = checklist.render(render(f"# T\n\n{body}"), WORDS, {})
    assert ('<li class="sign" id="pay"' in shown) == is_sign
    if not is_sign:
        assert gated(f"# T\n\nText.\n\n{body}"), "neither a sign nor refused"


@pytest.mark.parametrize(
    ("spelt", "critical"),
    [
        (word, True)
        for word in ("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", '"true"', "'yes'", "true ")
    ]
    + [
        (word, False) for word in ("false", "no", "off", '""', "1", "y", "yes please", "[true]", "truee", "~")
    ],
)
def test_a_head_says_the_same_to_build_status_and_structure(
    tmp_path: Path, spelt: str, critical: bool
) -> None:
    text = f"---\ntitle: T\ndescription: D\nsafety_critical: {spelt}\n---\n\n# T\n\nText.\n"
    try:
        built = head.read(text, "docs/en/help.md", "BE").meta.get("safety_critical", False)
    except Faulty:
        built = False
    assert built == critical
    (tmp_path / "docs/en").mkdir(parents=True)
    (tmp_path / "docs/en/help.md").write_text(text, encoding="utf-8")
    assert catalogue.Catalogue(tmp_path, "en", [], "BE").critical == ({"help"} if critical else set())
    source = "---\ntitle: T\ndescription: D\nsafety_critical: true\n---\n\n# T\n\nText.\n"
    assert (not structure.check(source, text, "docs/en/help.md", "docs/nl/help.md")) == critical


@pytest.mark.parametrize("fence", ["---", "--- ", "---\t", "---\u00a0", " ---", "----", "-- -", "\ufeff---"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_head_begins_for_all_or_for_none(fence: str, end: str) -> None:
    text = f"{fence}\ntitle: T\ndescription: D\n---\n\n# T\n\nText.\n".replace("\n", end)
    try:
        head.read(text, "docs/en/p.md", "BE")
        known = True
    except Faulty:
        known = False
    assert [block.kind for block in paragraphs(text) if not block.in_body] == (
        ["title", "description"] if known else []
    )
