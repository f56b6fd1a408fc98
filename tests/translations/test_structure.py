from __future__ import annotations

import re
from pathlib import Path

import pytest

from safepage.translations.structure import check

FOLDER = Path(__file__).parent.parent / "fixtures" / "translations" / "structure"
SOURCE = (FOLDER / "source.md").read_text(encoding="utf-8")
PATHS = ("docs/en/help.md", "docs/nl/help.md")

# A bad translation → the line it is found on (0: the file), the source's line, and what is said.
BAD = {
    "doubled-placeholder": [(21, 12, "{{emergency.phone}} twice")],
    "extra-heading": [(23, 12, "## {#extra}")],
    "link-elsewhere": [(31, 32, "what-to-do.md not at all")],
    "lost-heading": [(23, 29, "### {#then}"), (32, 22, "what-to-do.md once"), (31, 22, "!!! note once")],
    "lost-link": [(8, 10, "advice.md not at all")],
    "lost-notice": [(31, 31, "!!! note not at all")],
    "lost-placeholder": [(12, 14, "{{line.national.phone}} not at all")],
    "lost-sign": [(25, 26, "{#contact}")],
    "no-anchor": [(23, 22, "“##”")],
    "not-critical": [(0, 5, "safety_critical")],
    "other-anchor": [(12, 12, "## {#wie}")],
    "other-level": [(31, 29, "## {#then}")],
    "other-link": [(14, 12, "contact.md#centra once"), (12, 14, "contact.md#centres not at all")],
    "other-notice": [(12, 19, "!!! danger not at all"), (20, 12, "!!! note once")],
    "other-number": [(4, 4, "“03”")],
    "renamed-sign": [(29, 27, "{#papieren}")],
    "swapped-signs": [(27, 24, "{#documents}"), (28, 27, "{#documents}")],
}


def test_every_bad_fixture_is_named() -> None:
    assert {f.stem.removeprefix("bad-") for f in FOLDER.glob("bad-*.md")} == set(BAD)


@pytest.mark.parametrize("name", BAD)
def test_bad_translation(name: str) -> None:
    faults = check(SOURCE, (FOLDER / f"bad-{name}.md").read_text(encoding="utf-8"), *PATHS)
    assert len(faults) == len(BAD[name])
    for line, source_line, words in BAD[name]:
        at = "docs/nl/help.md" + (f":{line}: " if line else ": ")
        found = [str(f) for f in faults if str(f).startswith(at) and words in f.what]
        assert found, (at, words, [str(f) for f in faults])
        assert f"docs/en/help.md:{source_line}" in found[0]
        assert "\n" not in found[0]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_good_translation(ending: str) -> None:
    text = (FOLDER / "good.md").read_text(encoding="utf-8").replace("\n", ending)
    assert check(SOURCE, text, *PATHS) == []


def test_all_faults_at_once() -> None:
    text = (FOLDER / "good.md").read_text(encoding="utf-8")
    text = text.replace("{#who}", "{#wie}").replace("{#contact}", "{#alone}").replace('"02"', "3")
    assert len(check(SOURCE, text, *PATHS)) == 3


def test_a_body_alone_is_counted_from_its_line() -> None:
    def body(text: str) -> str:
        return text.split("---\n", 2)[2]

    bad = body((FOLDER / "bad-lost-link.md").read_text(encoding="utf-8"))
    (fault,) = check(body(SOURCE), bad, *PATHS, first_line_source=7, first_line=7)
    assert fault.line == 8
    assert "docs/en/help.md:10" in fault.what


def test_outside_links_are_not_counted() -> None:
    assert check("# A\n\n[x](https://example.org/)\n", "# B\n\nx\n", *PATHS) == []


def test_order_within_a_section_is_free() -> None:
    source = "# A\n\n[x](a.md) {{ b.c }} [y](d.md#e)\n"
    assert check(source, "# B\n\n[y](d.md#e) [x](a.md)\n\n{{b.c}}\n", *PATHS) == []


def test_menu_title_is_free() -> None:
    source = "---\ntitle: A\ndescription: B\n---\n# A\n"
    assert check(source, re.sub("title: A", "title: A\nmenu: C", source), *PATHS) == []


def test_a_number_beside_another_name() -> None:
    source = "# A\n\n- One: {{ one.phone }}\n- Two: {{ two.phone }}\n"
    swapped = "# A\n\n- Een: {{ two.phone }}\n- Twee: {{ one.phone }}\n"
    found = check(source, swapped, *PATHS)
    assert [fault.line for fault in found] == [3, 4]
    assert "{{two.phone}} stands here, but docs/en/help.md:3 has {{one.phone}}" in found[0].what
    joined = "# A\n\nEen {{ two.phone }}, twee {{ one.phone }}\n"
    assert check(source, joined, *PATHS)  # whose is which, nobody can say any more
