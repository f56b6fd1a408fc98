"""A folder a part: from the folders follow the style and the scripts of each page."""

from __future__ import annotations

from pathlib import Path

import pytest

from safepage.site import parts

FILES = {
    "style/type.css": "p { margin: 0 }",
    "style/print.css": "body { padding: 0 }",
    "parts/box/style.css": ".box { color: red }",
    "parts/box/print.css": ".box { color: black }",
    "parts/box/script.js": "box()",
    "parts/exit/guard.js": "guard()",
    "parts/exit/practice.js": "practice()",
    "parts/sheet/print.js": "print()",
    "whole.js": "whole()",
}


def theme(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def needed(made: parts.Theme, html: str) -> str:
    return made.with_scripts(f"{html}{parts.SCRIPTS}")[len(html) :]


def test_a_part_has_the_last_word_and_paper_after_it(tmp_path: Path) -> None:
    """Sheets of no part first; then the parts'; what holds on paper alone at the end, and nowhere else."""
    style = parts.read([theme(tmp_path, FILES)]).style
    order = [
        "p { margin: 0 }",
        ".box { color: red }",
        "@media print",
        "body { padding: 0 }",
        ".box { color: black }",
    ]
    assert sorted(order, key=style.index) == order


@pytest.mark.parametrize(
    ("html", "scripts"),
    [
        ('<form class="find box" hidden>', ["box/script.js"]),
        ('<a href="x" data-practice="Words">', ["exit/practice.js"]),
        ('<button type="button" data-do="print">', ["sheet/print.js"]),
        ('<p class="box"><button data-do="print">', ["box/script.js", "sheet/print.js"]),
        ('<p class="boxes" id="box">class="box" data-do="print"</p>', []),
        ('<p class="box"><!--script:box/script.js-->', []),
    ],
)
def test_a_page_has_the_scripts_that_it_asks_for(tmp_path: Path, html: str, scripts: list[str]) -> None:
    """By the name of an element; words of a text ask for nothing, and no script comes twice."""
    found = needed(parts.read([theme(tmp_path, FILES)]), html)
    assert found == "".join(f"<!--script:{script}-->" for script in scripts)


def test_a_site_s_own_files_lie_over_the_theme_s(tmp_path: Path) -> None:
    """File by file; what a site adds counts as what the theme has."""
    own = {"parts/box/style.css": ".box { color: blue }", "parts/own/script.js": "own()"}
    made = parts.read([theme(tmp_path / "a site", own), theme(tmp_path / "theme", FILES)])
    assert "blue" in made.style
    assert "red" not in made.style
    assert "color: black" in made.style
    assert made.scripts["exit/guard.js"] == "guard()"
    assert needed(made, '<p class="own">') == "<!--script:own/script.js-->"
