"""The exit leaves room for the text, on a small screen and at a high zoom; nothing takes it out of view."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Browser

from environment import ROOT
from running import COMMAND, environment_of
from safepage.checks.serving import serving

# Words without a place to break, as long as no language has them, in four kinds of writing.
LONG = "Donaudampfschifffahrtsgesellschaftskapitaen" * 5
UNBROKEN = [
    LONG,
    "وسيتعلمونهاجميعابالتأكيد" * 8,
    "การค้ามนุษย์เป็นอาชญากรรมร้ายแรง" * 5,
    "人身売買は重大な犯罪です" * 12,
]
DAYS = "| Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday |"
HOURS = "| 9:00 - 12:00 " * 7 + "|"
WRITTEN = """
## A heading {word} {{#wide-{number}}}

{word} **{word}** *{word}* `{word}` [{word}](help.md)

!!! note "{word}"
    {word}

!!! danger "{word}"
    {word}

> {word}

- {word}
    - {word}
        1. {word}

{days}
{rule}
{hours}

| a | {word} |
| --- | --- |
| {word} | b |

![what it shows](../assets/wide.svg)
"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="90"><path d="M0 0h2000v90H0z"/></svg>\n'
)
# The screen as the reader's fingers see it, and the exit in it.
LOOK = """
() => {
  const exit = document.getElementById("quick-exit").getBoundingClientRect();
  const screen = visualViewport;
  return {
    wide: document.documentElement.scrollWidth, layout: [innerWidth, innerHeight],
    screen: [screen.width, screen.height, screen.scale],
    inside: exit.left >= 0 && exit.right <= screen.width + 0.5 && exit.bottom <= screen.height + 0.5,
    tables: [...document.querySelectorAll(".table")].map((t) => [t.scrollWidth > t.clientWidth, t.tabIndex]),
  };
}
"""


def wide(folder: Path) -> Path:
    """The site, with everything in it that an editor could write too wide, built as an editor builds it."""
    for name in ("mkdocs.yml", "docs", "overrides", "scripts"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, folder / name)
    english = folder / "docs" / "en"
    (folder / "docs" / "assets").mkdir(exist_ok=True)
    (folder / "docs" / "assets" / "wide.svg").write_text(PICTURE, encoding="utf-8")

    def change(file: Path, pattern: str, by: str) -> None:
        text = file.read_text(encoding="utf-8")
        changed = re.sub(pattern, by, text, flags=re.MULTILINE)
        assert changed != text, file
        file.write_text(changed, encoding="utf-8")

    for name in (
        "about.md",
        "first-words.md",
    ):  # their translations would be too short now: the source is shown
        for file in (folder / "docs").glob(f"*/{name}"):
            if file.parent != english:
                file.unlink()
    change(folder / "mkdocs.yml", r"(locale: (?!en|ar)\S+, .*build: )true", r"\1false")
    arabic = folder / "docs" / "ar" / "interface.yml"
    change(arabic, r'^((?!exit_title)\w+: "[^{}"]*)"$', rf'\1 {UNBROKEN[1]}"')
    change(english / "interface.yml", r'^((?!exit_title)\w+: "[^{}"]*)"$', rf'\1 {LONG}"')
    change(
        folder / "docs" / "contacts.yml", r"^(    website: https://)(pag-asa)", rf"\1{LONG[:60].lower()}.\2"
    )
    change(folder / "docs" / "contacts.yml", r"^(    email: )(info@pag-asa)", rf"\1{LONG[:60].lower()}.\2")
    change(folder / "docs" / "contacts.yml", r"^(    address: )(Leguit)", rf"\1{LONG[:120]} \2")
    change(english / "recognise.md", r"^(- \[ \] .*?)( \{#)", rf"\1 {LONG}\2")
    change(english / "recognise.md", r"^(title|menu): (.*)$", rf"\1: \2 {LONG[:40]}")
    change(english / "first-words.md", r"^(- .*?)( \{#)", rf"\1 {LONG}\2")
    with (english / "about.md").open("a", encoding="utf-8") as about:
        for number, word in enumerate(UNBROKEN):
            rule = "| --- " * 7 + "|"
            about.write(WRITTEN.format(word=word, number=number, days=DAYS, rule=rule, hours=HOURS))
    command = [
        *COMMAND,
        "build",
        "--plain",
        "--output",
        str(folder / "site"),
    ]
    env = environment_of(folder)
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def test_nothing_that_is_written_takes_the_exit_off_a_phone(browser: Browser, tmp_path: Path) -> None:
    """Touch screens lay a page out as wide as its widest part, and the bar with it; narrow windows don't."""
    found = []
    paths = [
        "",
        "about/",
        "recognise/",
        "first-words/",
        "contact/",
        "find-centre/",
        "search/",
        "poster/",
        "card/",
    ]
    with serving(wide(tmp_path)) as address:
        for width in (320, 360):
            size = {"width": width, "height": 640}
            with browser.new_context(viewport=size, is_mobile=True, has_touch=True) as context:  # type: ignore[arg-type]
                page = context.new_page()
                for path in [*paths, "contributors/", "404.html", "ar/about/", "ar/recognise/"]:
                    page.goto(f"{address}/{path}")
                    seen = page.evaluate(LOOK)
                    fits = seen["wide"] == width and seen["inside"] and seen["layout"] == [width, 640]
                    if not fits or seen["screen"] != [width, 640, 1]:
                        found.append(f"{path} at {width}: {seen}")
                    if path == "about/":
                        assert seen["tables"][0] == [True, 0], (
                            "seven days scroll in themselves, by keyboard too"
                        )
    assert found == []
