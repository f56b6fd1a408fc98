"""Whatever a contributor writes ends in a built site or in one-line errors: no traceback, no hang."""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.cases import cases
from rendering import gated, page
from safepage import build as builder
from safepage.faults import Fault, Faulty
from safepage.gate import before, characters, head
from safepage.gate.contacts import addresses, figures
from safepage.gate.pictures import pictures
from safepage.page import yaml_text
from safepage.site import contacts
from safepage.site.interface import interface_check
from small import SETTINGS, defaults, small_site

T = TypeVar("T")
SECONDS = 2.0  # of the processor, for one file
FEW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
BUILDS = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)

PIECES = [
    *"#>-*_`[](){}<>!|&;:\\/'\"@.,+=~^$% \t\n", "\n\n", "    ", "---\n", "- [ ] ", "1. ",
    '!!! note "x"\n    ', "```\n", "{{ emergency.phone }}", "{{", "}}", "{#a}", "{: onclick=x }",
    "[a](b.md)", "[a]: //b\n", "![a](../assets/b.svg)", "<b>", "</b>", "<!--", "-->", "<script>",
    "&#x202e;", "javascript:", "https://", "02 511 64 64", "112", "٠٢", "www.", "title: ", "description: ",
    "a: ", "*a", "&a ", "? ", "!!python/name:os.system", "| a | b |\n|---|---|\n", "\u202e", "\u200c",
    "ا", "я", "中", "é", "e\u0301", "😀", "\x00", "\x02", "\x03", "\r", "\u2028", "\ufeff", "klzzwxh:0",
    "wzxhzdk:0",
]  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(1, 2000)),
)
HOSTILE = [case.markdown for case in cases()[::25]]


def in_time(work: Callable[[], T]) -> T:
    """Run it and see that it came to an end soon."""
    start = time.process_time()
    result = work()
    assert time.process_time() - start < SECONDS
    return result


def judged(work: Callable[[], object]) -> list[Fault]:
    """What a check says, whether it returns faults or raises them; all of it fit for one line each."""
    try:
        result = in_time(work)
        found = [fault for fault in result if isinstance(fault, Fault)] if isinstance(result, list) else []
    except Faulty as faulty:
        found = faulty.faults
        assert found
    for fault in found:
        line = str(fault)
        assert "\n" not in line
        assert "\r" not in line
        assert len(line) < 600
        line.encode("utf-8")
    return found


@FEW
@given(ANY_TEXT)
@example("1. \x02" * 1000)
@example("[a]: //b\n[[" * 1000)
@example("02 511 64 64" * 2000)
@example("112" * 2000)
def test_any_text_as_a_page(text: str) -> None:
    judged(lambda: gated(text))
    judged(lambda: gated(page(text)))


@FEW
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_as_the_head_of_a_page(top: str, body: str) -> None:
    judged(lambda: head.read(f"---\n{top}\n---\n{body}", "docs/en/x.md", "BE"))
    judged(lambda: head.read(top + body, "docs/en/x.md", "BE"))


@FEW
@given(ANY_TEXT)
@example("[" * 90_000)
@example("{a: " * 20_000)
@example("? " * 40_000)
@example("a: &a [*a]\n")
def test_any_text_as_yaml(text: str) -> None:
    judged(lambda: yaml_text.load(text, "docs/x.yml"))
    judged(lambda: contacts.load(text, "docs/contacts.yml", "BE")[1])


@FEW
@given(
    st.dictionaries(st.text(max_size=20), st.one_of(ANY_TEXT, st.none(), st.integers(), st.lists(st.text())))
)
def test_any_words_of_the_frame(words: dict[str, object]) -> None:
    source: dict[str, object] = {"home": "Home", "emergency": "Call {phone}."}
    judged(lambda: interface_check(words, source, "docs/nl/interface.yml", {}, "BE"))
    judged(lambda: interface_check({**source, **words}, source, "docs/nl/interface.yml", {}, "BE"))


@FEW
@given(ANY_TEXT)
def test_any_text_for_the_parts(text: str) -> None:
    judged(lambda: characters.check(text, "x"))
    found = in_time(lambda: addresses.find(text, "BE"))
    assert all(item.text for item in found)
    folded, places = addresses.fold(text)
    assert len(folded) == len(places)


@FEW
@given(st.binary(max_size=400), st.sampled_from([".png", ".jpg", ".webp", ".svg"]), st.integers(0, 4))
def test_any_bytes_as_a_picture(data: bytes, ending: str, start: int) -> None:
    heads = [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"<svg "]
    judged(lambda: pictures.check(heads[start] + data, ending, "docs/assets/x" + ending, "BE"))


@FEW
@given(st.text(alphabet="0123456789", min_size=9, max_size=9), st.sampled_from(list(" .-/·–")), st.data())
def test_any_number_however_divided_is_seen(digits: str, sign: str, data: st.DataObject) -> None:
    """Nine digits from 0, as in Belgium, with any sign in any places, and marks or tags between."""
    cuts = data.draw(st.lists(st.booleans(), min_size=8, max_size=8))
    number = "0" + "".join((sign if cut else "") + digit for cut, digit in zip(cuts, digits[1:], strict=True))
    values = [int(group) for group in number.replace(sign, " ").split()]
    if all(b - a == 1 for a, b in pairwise(values)):
        return  # 0 1 2 3 … counts
    if figures.run_of(re.fullmatch(figures.RUN, number)).sure == figures.CERTAIN:  # type: ignore[arg-type]
        return  # reads as a date
    assert any(item.kind in ("phone", "short") for item in addresses.find(f"Call {number} now.", "BE"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with one page, quick to build."""
    pages = {name: text for name, text in defaults().items() if name.endswith(".md")}
    files: dict[str, str | None] = {
        **dict.fromkeys(pages),
        **{name.replace("about", "index"): text for name, text in pages.items() if "about" in name},
        "mkdocs.yml": re.sub(r"nav:\n(?:  .*\n)+", "nav: [index.md]\n", SETTINGS),
    }
    return small_site(tmp_path_factory.mktemp("properties") / "project", files).root


def state(folder: Path) -> dict[str, str]:
    """Every file below a folder and the digest of its bytes, but for what is kept for the next build."""
    passing = {"__pycache__", ".cache"}
    found = sorted(file for file in folder.rglob("*") if file.is_file() and not passing & set(file.parts))
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in found
    }


@pytest.fixture
def restored(project: Path) -> Iterator[Path]:
    """The project, whose docs are put back after the test."""
    kept = project.with_name("kept-docs")
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(project / "docs", kept)
    yield project
    shutil.rmtree(project / "docs")
    shutil.copytree(kept, project / "docs")


def build_ends_well(project: Path, name: str, data: bytes) -> list[Fault]:
    """Build with one file's bytes replaced: a new site, or only errors and everything as it was."""
    output = project / "site"
    file = project / name
    old = file.read_bytes()
    file.write_bytes(data)
    before = state(project)
    found: list[Fault] = []
    try:
        builder.build(project, output)
    except Faulty as faulty:
        found = faulty.faults
    after = state(project)
    file.write_bytes(old)
    if found:
        assert after == before, "a failed build changed something on the disk"
        assert all("\n" not in str(fault) for fault in found)
        return [fault for fault in found if fault.severity == "error"]
    assert (output / "index.html").is_file()
    beside = [
        {path for path in paths if not path.startswith(("site/", ".cache/"))} for paths in (before, after)
    ]
    assert beside[0] == beside[1], "a build left something beside the site"
    return []


def test_the_small_project_builds(restored: Path) -> None:
    assert build_ends_well(restored, "docs/en/index.md", (restored / "docs/en/index.md").read_bytes()) == []


PLACES = [
    "docs/en/index.md", "docs/nl/index.md", "docs/nl/interface.yml", "docs/contacts.yml", "docs/regions.yml",
]  # fmt: skip


@BUILDS
@given(
    st.sampled_from(PLACES),
    st.one_of(st.binary(max_size=200), ANY_TEXT.map(lambda t: t.encode("utf-8", "replace"))),
)
@example("docs/en/index.md", b"\xff\xfe\0")
@example("docs/nl/interface.yml", b"")
@example("docs/contacts.yml", b"emergency: [")
@example("docs/regions.yml", b"BE-XXX: {name: [], centre: {}, postcodes: [[1000, 1299]]}")
@example("docs/en/index.md", b"---\ntitle: x\ndescription: y\n---\n# T\n\n" + b"> " * 3000 + b"x")
@example("docs/en/index.md", b"---\n" + b"[" * 5000 + b"\n---\n# T\n")
def test_any_bytes_end_in_a_site_or_in_errors(restored: Path, name: str, data: bytes) -> None:
    start = time.process_time()
    build_ends_well(restored, name, data)
    assert time.process_time() - start < 20


@settings(parent=BUILDS, max_examples=4)
@given(st.sampled_from(HOSTILE))
def test_a_hostile_page_ends_in_errors(restored: Path, markdown: str) -> None:
    text = (restored / "docs/en/index.md").read_text(encoding="utf-8") + f"\n{markdown}\n"
    assert build_ends_well(restored, "docs/en/index.md", text.encode())


def test_a_hidden_character_in_contacts_ends_in_an_error(restored: Path) -> None:
    text = (restored / "docs/contacts.yml").read_text(encoding="utf-8").replace("Payoke", "Pay\u200boke", 1)
    (fault,) = build_ends_well(restored, "docs/contacts.yml", text.encode())
    assert "U+200B" in fault.what
    assert fault.line


GOOD = "title: T\ndescription: D\n"
BOMB = "a: &a {x: 1}\n" + "".join(
    f"{name}: &{name} {{<<: [*{before}, *{before}, *{before}]}}\n"
    for before, name in pairwise("abcdefghijklmnop")
)
HEADS = {  # what MkDocs would have read before us, or what takes its readers long
    "brackets": GOOD + "[" * 45_000,
    "braces": GOOD + "{a: " * 14_000,
    "questions": GOOD + "? " * 20_000,
    "merges": GOOD + BOMB,
    "aliases": GOOD + BOMB.replace("<<: ", "y: "),
    "keys": GOOD + "".join(f"k{n}: x\n" for n in range(6_000)),
    "one-key": GOOD + "k" * 50_000 + ": x\n",
    "one-text": "title: a" + " - a" * 14_000 + "\n",
}
BODIES = {
    "spaces": "## a" + " " * 3_900 + "b\n",
    "spaces-in-lines": ("## a" + " " * 3_900 + "b {#a\n\n") * 14,
    "notice": "!!! " + "a" * 180_000,
    "notices": ("!!! " + "a" * 3_900 + '"\n') * 14,
    "tabs": ("{{" + "\t" * 3_900 + "\n") * 14,
    "tags": "<a " * 17_000,
    "tags-in-lines": ("<a " * 1_300 + "\n") * 14,
    "cdata": ("a" * 1_000 + "<![CDATA[\n") * 50,
    "headings": "## a\n" * 10_000,
    "underlined": "a\n===\n" * 9_000,
    "items": "- \n" * 18_000,
    "loose": "- a\n\n" * 11_000,
    "quotes": ("> - " * 900 + "\n") * 14,
    "backticks": ("\\``&amp;" * 480 + "\n") * 14,
    "square-brackets": ("[a" * 1_900 + "\n") * 14,
    "stars": ("**a*" * 950 + "\n") * 14,
    "underscores": ("_a__" * 950 + "\n") * 14,
    "references": "[a]: b\n" * 8_000,
    "attributes": ("{: a" * 950 + "\n") * 14,
    "entities": ("&a;&" * 950 + "\n") * 14,
    "digits": ("02 51 1 " * 480 + "\n") * 14,
    "at": ("a@b." * 950 + "\n") * 14,
    "table": "| a | b |\n|---|---|\n" + "| a | b |\n" * 5_000,
    "bars": "|" * 3_900 + "\n" + "|-" * 1_950 + "\n" + ("|" * 3_900 + "\n") * 12,
}


@pytest.mark.slow
def test_any_page_ends_in_a_line_within_five_seconds(restored: Path) -> None:
    """In the source language, which others fall back to: what takes or kills a reader is told before."""
    pages = {name: f"---\n{head}\n---\n# T\n\nText.\n" for name, head in HEADS.items()}
    pages |= {f"body-{name}": f"---\n{GOOD}---\n# T\n\nText.\n\n{body}\n" for name, body in BODIES.items()}
    # All at once; again without those that are told, which may have hidden the others; what is left, alone.
    left, tried = pages, {}
    while left and left != tried:
        tried, left = left, {name: pages[name] for name in _not_well_told(restored, left)}
    alone = [_not_well_told(restored, {name: text}) for name, text in left.items()]
    assert not any(alone), [found for found in alone if found]


def _not_well_told(project: Path, pages: dict[str, str]) -> dict[str, tuple[float, int, list[str]]]:
    """Build with these pages: those that are not told in some short lines, all if it took five seconds."""
    for name, text in pages.items():
        (project / "docs/en" / f"{name}.md").write_text(text, encoding="utf-8")
    start = time.process_time()
    found: list[Fault] = []
    try:
        builder.build(project, project / "site")
    except Faulty as faulty:
        found = faulty.faults
    seconds = time.process_time() - start
    wrong = {}
    for name in pages:
        told = [str(fault) for fault in found if fault.path == f"docs/en/{name}.md"]
        if seconds > 5 or not 0 < len(told) < 120 or any("\n" in line or len(line) > 600 for line in told):
            wrong[name] = (round(seconds, 1), len(told), told[:1])
        (project / "docs/en" / f"{name}.md").unlink()
    return wrong


@pytest.mark.parametrize("head", HEADS)
def test_a_file_of_names_that_would_take_for_ever_is_told(head: str) -> None:
    assert judged(lambda: yaml_text.load(HEADS[head], "docs/x.yml")) or head in ("keys", "one-text")
    assert judged(lambda: contacts.load(HEADS[head], "docs/contacts.yml", "BE"))


def test_gate_bounds_are_in_force() -> None:
    assert before.too_much("x" * (before.MAX_LENGTH + 1), "x", 1)
