"""A look of one's own: a site's `style/own.css` sets colours and type that can be read, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from environment import ROOT
from safepage.site import palette, parts
from small import Small, small_site

PACKED = ROOT / "overrides"
LOOK = """\
:root {
  --accent: rgb(0 60 143); /* a blue; of our house */
  --font: "Source Sans 3", Georgia, serif;
  --measure: 36rem;
}
@media (prefers-color-scheme: dark) {
  :root { --accent: #9ecbff; --exit-ink: #eee }
}
"""


def own(folder: Path, text: str) -> parts.Theme:
    """The theme with a site's own.css."""
    file = folder / "overrides/style/own.css"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return parts.read([folder / "overrides", PACKED])


def content(root: Path) -> Small:
    """A small site with `overrides/` of its own, empty, over the repository's theme."""
    site = small_site(root)
    (root / "overrides").unlink()
    (root / "scripts").unlink()
    (root / "overrides/style").mkdir(parents=True)
    return site


def test_a_site_has_a_look_of_its_own(tmp_path: Path) -> None:
    """What it sets, by day and by night, stands where the theme's stood; the rest is as it was."""
    before, made = parts.read([PACKED]), own(tmp_path, LOOK)
    assert made.faults == ()
    day, night = made.style.split("@media (prefers-color-scheme: dark)", 1)
    night = night[: night.index("html {")]
    assert ("--accent: #003c8f;" in day, "--accent: #9ecbff;" in night) == (True, True)
    assert ("--exit-ink: #fff;" in day, "--exit-ink: #eee;" in night) == (True, True)
    assert 'font: 100%/1.6 "Source Sans 3", Georgia, serif;' in made.style
    assert made.style.count("36rem") == before.style.count("40rem") - 1  # a width of the window is none
    assert "max-width: calc(36rem + 4rem)" in made.style
    assert not re.search(r"var\(--(font|measure|size|leading|poster)", made.style)
    assert made.style.count("--accent:") == before.style.count("--accent:"), (
        "a look of one's own weighs nothing"
    )


def test_without_one_or_with_remarks_alone_the_style_is_the_theme_s(tmp_path: Path) -> None:
    packed = parts.read([PACKED]).style
    assert own(tmp_path, "/* to come: --accent */\r\n").style == packed
    assert own(tmp_path, (PACKED / palette.OWN).read_text(encoding="utf-8")).style == packed
    for sheet in PACKED.rglob("*.css"):
        assert set(re.findall(r"var\((--[\w-]+)", sheet.read_text(encoding="utf-8"))) <= {
            one.name
            for name in (palette.PALETTE, palette.FIXED)
            for one in palette.variables((PACKED / name).read_text(encoding="utf-8"))
        }


ROOTED = ":root {{\n  {}\n}}"
NIGHT = "@media (prefers-color-scheme: dark) {{ :root {{\n {} }} }}"
WRONG = {
    "p { color: red }": (1, "something else", "write :root"),
    "\n@import 'more.css';": (2, "something else", "write :root"),
    "@font-face { font-family: x; src: url(x.woff2) }": (1, "something else", "write :root"),
    "@media (prefers-color-scheme: light) {\n :root { --ink: #000 } }": (1, "something else", "write :root"),
    ".dark :root { --ink: #000 }": (1, "something else", "write :root"),
    ROOTED.format("color: red;"): (2, "something else", "write :root"),
    ROOTED.format("--acent: red;"): (2, "no --acent", "write --accent"),
    ROOTED.format("--zzz: red;"): (2, "no --zzz", "write one of --accent, "),
    ROOTED.format("--side: 1rem;"): (2, "no --side", "write --size"),
    ROOTED.format("/* a\nremark */ --font: url(//x.example/f), serif;"): (3, "ask for a file", "a colour"),
    ROOTED.format("--ink: \\75rl(x);"): (2, "ask for a file", "write a colour"),
    ROOTED.format("--font: Foo;"): (2, "not a list of fonts", "like system-ui"),
    ROOTED.format("--font: Foo, 1px solid, serif;"): (2, "not a list of fonts", "like system-ui"),
    ROOTED.format("--size: 18px;"): (2, "not a number of rem", "like 1.125rem"),
    ROOTED.format("--size: 0.8rem;"): (2, "1 or more", "like 1.125rem"),
    ROOTED.format("--leading: 1.2;"): (2, "1.5 or more", "like 1.6"),
    ROOTED.format("--ink: blurple;"): (2, "not a colour", "like #16202e"),
    ROOTED.format("--ink: #00000080;"): (2, "can't be seen through", "like #16202e"),
    ROOTED.format("--ink: var(--quiet);"): (2, "not a colour", "like #16202e"),
    ROOTED.format("--ink: #000 !important;"): (2, "not a colour", "like #16202e"),
    NIGHT.format("--size: 2rem"): (2, "same by day and by night", "no @media"),
    ROOTED.format("--accent: #fa0;"): (2, "accent (#fa0) on paper (#fbfaf6) has a contrast of 1.82:1", "7:1"),
    ROOTED.format("--poster: #fa0;"): (2, "white (#fff) on poster (#fa0)", "7:1"),
    NIGHT.format("--edge: #222"): (2, "by night edge (#222)", "3:1"),
    ":root { --ink: #000": (0, "never closed", "write the }"),
}  # fmt: skip


def test_each_mistake_in_it_is_told_with_its_line(tmp_path: Path) -> None:
    """And what fetches, is unknown or no variable has no effect."""
    wrong = {}
    for text, (line, what, todo) in WRONG.items():
        made = own(tmp_path, text)
        found = [fault for fault in made.faults if what in fault.what and todo in fault.todo]
        places = {(fault.path, fault.line, fault.severity) for fault in made.faults}
        if not found or places != {("overrides/style/own.css", line, "error")} or "url" in made.style:
            wrong[text] = [str(fault) for fault in made.faults]
    assert not wrong, "\n".join(f"{text}: {told}" for text, told in wrong.items())


def test_the_theme_s_own_colours_are_in_its_table_and_keep_it() -> None:
    """Each colour of letters and each ground of a sheet stands in the table; no pair is too faint."""
    table = (PACKED / palette.PALETTE).read_text(encoding="utf-8")
    rows = re.findall(r"^ *[\d.]+:1 on ([\w-]+): (.+)$", table, re.MULTILINE)
    grounds = {ground for ground, _ in rows}
    letters = {name for _, names in rows for name in names.split()}
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in PACKED.rglob("*.css"))
    assert set(re.findall(r"background(?:-color)?: var\(--([\w-]+)", sheets)) <= grounds
    assert set(re.findall(r"(?<![\w-])(?:color|fill): var\(--([\w-]+)", sheets)) <= letters | {"poster"}
    assert parts.read([PACKED]).faults == ()


def test_the_build_refuses_a_colour_that_can_t_be_read(tmp_path: Path) -> None:
    """In one line with the ratio; a good one is on every page, and a file out of place is told."""
    site = content(tmp_path / "site")
    site.write("overrides/style/own.css", ":root {\n  --accent: #5a9;\n}\n")
    told = site.build()
    assert [
        line for line in told if line.startswith("overrides/style/own.css:2: error: by day accent (#5a9)")
    ]
    assert not site.output.exists()
    site.write("overrides/style/own.css", LOOK)
    site.write("overrides/parts/footer/stile.css", "footer { margin: 0 }")
    site.write("overrides/parts/ours/style.css", ".ours { margin: 0 }")
    (line,) = site.build()
    assert line.startswith("overrides/parts/footer/stile.css: warning: the theme has no file")
    assert "call it parts/footer/style.css" in line
    assert "--accent:#003c8f" in site.page("nl/advice").css_first("style").text()
