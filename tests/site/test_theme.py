"""A folder a part: from the folders follow the style and the scripts of each page, and the ids it keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from environment import ROOT
from safepage.output import inline
from safepage.site import parts

FILES = {
    "style/type.css": "p { margin: 0 }",
    "style/print.css": "body { padding: 0 }",
    "parts/box/style.css": ".box { color: red }",
    "parts/box/print.css": ".box { color: black }",
    "parts/box/script.js": "box()",
    "parts/box/template.html": '<p class="box" id="Box"><a id="{{ name }}">',
    "parts/box/examples.html": '<p id="example">',
    "base.html": '<p id="content">{% include "parts/box/template.html" %}<!--script:whole.js-->',
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


def test_every_id_of_a_template_is_kept(tmp_path: Path) -> None:
    """In small letters, as ids are compared; what only an example has is nobody's."""
    assert parts.read([theme(tmp_path, FILES)]).ids == {"content", "box"}


WRONG = {
    "a brace too few": (
        "parts/box/style.css",
        ".a { color: red }\n.b { color: red;",
        "box/style.css: error: a { or",
    ),
    "a brace too many": (
        "style/type.css",
        "p { margin: 0 }\n\n}\np { margin: 0 }",
        "style/type.css:3: error: this",
    ),
    "no colon": ("parts/box/print.css", "p {\n  margin 0\n}", "box/print.css:2: error: this style"),
    "no UTF-8": (
        "parts/box/script.js",
        "caf\udce9",
        "box/script.js:1: error: the file is not saved as UTF-8",
    ),
    "no such script": (
        "base.html",
        '{% include "parts/box/template.html" %}\n<!--script:hole.js-->',
        "base.html:2: error: there is no script “hole.js”",
    ),
    "nobody includes it": ("base.html", "", "box/template.html: warning: no template includes this part"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_a_designer_can_do_wrong_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    """And nothing else is, of an editor's own files neither."""
    file, text, told = WRONG[name]
    folder = theme(tmp_path / "a theme", {**FILES, "parts/box/._style.css": "}", "style/.#type.css": "}"})
    assert parts.read([folder]).faults == ()
    (folder / file).write_bytes(text.encode("utf-8", "surrogateescape"))
    found = [str(fault) for fault in parts.read([folder]).faults]
    assert [told in line and line.startswith("a theme/") for line in found] == [True], found


def test_the_theme_s_parts_are_whole() -> None:
    """Each has examples; a sheet that is there says something; nothing lies where nobody looks for it."""
    folder = ROOT / "overrides"
    odd = [
        f"{part.name}: no examples.html"
        for part in folder.glob("parts/*")
        if not (part / "examples.html").is_file()
    ]
    odd += [
        f"{sheet} is empty" for sheet in folder.rglob("*.css") if "{" not in sheet.read_text(encoding="utf-8")
    ]
    known = {"template.html", "list.html", "script.html", "examples.html", "style.css", "print.css"}
    odd += [str(file) for file in folder.glob("parts/*/*") if file.name not in known and file.suffix != ".js"]
    assert odd == []
    assert parts.read([folder]).faults == ()


def test_a_part_that_a_page_has_not_gives_it_no_rule() -> None:
    """Each rule of a part names what only that part has; the frame's, which is on every page, need not."""
    folder = ROOT / "overrides"
    frame = (folder / "base.html").read_text(encoding="utf-8")
    frame += (folder / "parts/header/template.html").read_text(encoding="utf-8")
    left = {}
    for sheet in folder.glob("parts/*/*.css"):
        page = inline.page(f"<body>{inline.STYLE}", sheet.read_text(encoding="utf-8"), {})
        rules = page.removeprefix("<body><style>").removesuffix("</style>")
        if rules and f"parts/{sheet.parent.name}/template.html" not in frame:
            left[f"{sheet.parent.name}/{sheet.name}"] = rules
    assert left == {}
