"""Two builds beside each other: which pages differ, and in what."""

from __future__ import annotations

from pathlib import Path

from safepage.upgrade import pages

PAGE = (
    '<!doctype html><meta http-equiv="Content-Security-Policy" content="style-src {hash}">'
    "<style>{style}</style><title>{title}</title><header>{frame}</header><main>{text}</main><script>{script}</script>"
)
SAME = dict.fromkeys(("hash", "style", "title", "frame", "text", "script"), "x")


def built(folder: Path, files: dict[str, dict[str, str] | str]) -> Path:
    for name, values in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = values if isinstance(values, str) else PAGE.format(**{**SAME, **values})
        file.write_text(text, encoding="utf-8")
    return folder


def test_each_page_is_told_with_what_is_different(tmp_path: Path) -> None:
    names = ["index", "nl/index", "nl/help/index", "nl/why/index", "404", "same/index"]
    others = {"sitemap.xml": "1", "pagefind/a.js": "1", ".written": "1"}
    same: dict[str, dict[str, str] | str] = {f"{name}.html": {} for name in names}
    before = built(tmp_path / "before", {**same, **others, "old/index.html": {}})
    new = {
        "index.html": {"style": "y", "hash": "y"},
        "nl/index.html": {"text": "y"},
        "nl/help/index.html": {"text": "y"},
        "nl/why/index.html": {"frame": "y", "text": "z"},
        "404.html": {"title": "y", "script": "y"},
        "new/index.html": {},
    }
    after = built(tmp_path / "after", {**same, **dict.fromkeys(others, "2"), **new})
    assert pages.changed(before, after) == [
        "frame, scripts: /404.html",
        "gone: /old/",
        "new: /new/",
        "style: /",
        "text: /nl/help/ /nl/",
        "text, frame: /nl/why/",
        "other files: sitemap.xml",
    ]
    assert pages.changed(before, before) == []


def test_many_pages_are_counted(tmp_path: Path) -> None:
    names = [f"{number:02}/index.html" for number in range(20)]
    before = built(tmp_path / "before", {name: {} for name in names})
    every = built(tmp_path / "every", {name: {"style": "y"} for name in names})
    assert pages.changed(before, every) == ["style: all 20 pages"]
    some = built(tmp_path / "some", {name: {"style": "y"} if name != names[0] else {} for name in names})
    (line,) = pages.changed(before, some)
    assert line.startswith("style: /01/ /02/ ")
    assert line.endswith(" /12/ and 7 more")
