"""The tree of docs/: what may lie in it."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from safepage.faults import Fault, Faulty
from safepage.gate import files, leftovers
from safepage.page import texts

ROOT = Path(__file__).parents[2]
LOCALES = ["en", "nl", "zh-Hant"]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#0b4f52"/></svg>'


def picture(kind: str, side: int = 4) -> bytes:
    out = io.BytesIO()
    Image.new("L", (side, side)).save(out, kind)
    return out.getvalue()


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    for name in ("en", "nl", "zh-Hant", "assets", "nl/.confirmed", "en/professions"):
        (folder / name).mkdir(parents=True)
    (folder / "contacts.yml").write_text("a: 1\n")
    for name in (
        "en/index.md",
        "nl/index.md",
        "en/interface.yml",
        "nl/.confirmed/index.yml",
        "en/professions/health.md",
    ):
        (folder / name).write_text("text\n")
    (folder / ".DS_Store").write_bytes(b"\0")
    return folder


def check(docs: Path) -> list[Fault]:
    found = files.check_tree(docs, LOCALES, "BE")
    assert all("\n" not in str(fault) and str(fault).isprintable() for fault in found)
    return found


def test_a_good_tree_passes(docs: Path) -> None:
    (docs / "assets/door.svg").write_bytes(SVG)
    (docs / "assets/door.png").write_bytes(picture("PNG"))
    (docs / "assets/door.jpg").write_bytes(picture("JPEG"))
    (docs / "assets/door.webp").write_bytes(picture("WEBP"))
    assert check(docs) == []


def test_the_tree_of_the_site_passes() -> None:
    locales = [folder.name for folder in (ROOT / "docs").iterdir() if (folder / "interface.yml").exists()]
    assert files.check_tree(ROOT / "docs", locales, "BE") == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("en/evil.html", b"<p>", "no use"),
        ("en/evil.js", b"x", "no use"),
        ("assets/evil.css", b"x", "no use"),
        ("assets/evil.pdf", b"%PDF", "no use"),
        ("assets/evil.gif", b"GIF89a", "move and flash"),
        ("assets/page.md", b"x", "no use"),
        ("page.md", b"x", "no use"),
        ("robots.txt", b"x", "no use"),
        ("en/other.yml", b"x", "no use"),
        ("en/door.svg", SVG, "among the pages"),
        ("fr/index.md", b"x", "no language"),
        ("en/Upper.md", b"x", "no name"),
        ("en/two words.md", b"x", "no name"),
        ("en/ünï.md", b"x", "no name"),
        ("en/.hidden.md", b"x", "begins with a full stop"),
        ("en/README.md", b"x", "the place of index.md"),
        ("en/readme.md", b"x", "has the address of docs/en/index.md"),
        ("en/professions.md/page.md", b"x", "no name for a folder"),
        ("en/advice (conflicted copy).md", b"x", "second copy"),
        ("en/advice.sync-conflict-20260101-101010-ABCDEFG.md", b"x", "second copy"),
        ("en/advice - Copy.md", b"x", "second copy"),
        ("en/advice (1).md", b"x", "second copy"),
        ("en/.advice.md.icloud", b"x", "begins with a full stop"),
        (".well-known/security.txt", b"x", "no language"),
        (".nojekyll", b"", "begins with a full stop"),
        (".htaccess", b"", "begins with a full stop"),
        ("en/con.md", b"x", "no name"),
        ("en/a.b.md", b"x", "no name"),
        ("en/evil\u202edm.md", b"x", "no name"),
        ("en/line\nbreak.md", b"x", "no name"),
        ("en/..md", b"x", "begins with a full stop"),
        ("en/bytes.md", b"caf\xe9", "“é” in Windows-1252"),
        ("contacts.yml", b"a: caf\xe9", "“é” in Windows-1252"),
        ("nl/.confirmed/index.yml", b"a: caf\xe9", "“é” in Windows-1252"),
        ("en/marked.md", "text".encode("utf-16"), "UTF-16"),
        ("en/unmarked.md", "---\ntitle: Text\n---\n# Τι".encode("utf-16-le"), "UTF-16"),
        ("en/unmarked.md", "---\ntitle: Text\n---\n# Τι".encode("utf-16-be"), "UTF-16"),
        ("en/unmarked.md", "text".encode("utf-32"), "UTF-16"),
        ("en/word.md", b"PK\x03\x04" + b"\0" * 40, "a document of Word"),
        ("en/old.md", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of Word"),
        ("en/pages.md", b"{\\rtf1\\ansi text}", "RTF"),
        ("en/paper.md", b"%PDF-1.7\n", "a PDF"),
        ("en/zero.md", b"a\0b", "NUL"),
        ("en/wide.md", "text".encode("utf-16"), "UTF-8"),
        ("en/large.md", b"x" * 300_000, "kB"),
        ("assets/large.png", picture("PNG") + b"\0" * 300_000, "kB"),
        ("assets/more.png", picture("PNG") + b"<script>", "more follows"),
        ("en/aux/page.md", b"x", "no name for a folder"),
    ],
)
def test_what_may_not_lie_there(docs: Path, name: str, data: bytes, reason: str) -> None:
    file = docs / name
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError:
        pytest.skip("this disk can't hold such a name")
    found = check(docs)
    assert any(reason in fault.what for fault in found), list(map(str, found))


@pytest.mark.skipif(os.name == "nt", reason="making links needs rights there")
def test_a_language_that_is_no_more_is_one_line(docs: Path) -> None:
    """It is told what to do with its folder, and nothing of each file in there."""
    shutil.copytree(docs / "nl", docs / "sk")
    (docs / "sk/interface.yml").write_text("text\n")
    (fault,) = check(docs)
    assert (fault.path, "no language of the site" in fault.what) == ("docs/sk", True)
    assert "build: false" in fault.todo
    assert "delete the folder" in fault.todo


@pytest.mark.parametrize("target", ["/etc/passwd", "../../outside", "index.md", "/", ".", "nowhere"])
def test_links_are_refused_and_not_followed(docs: Path, target: str) -> None:
    (docs / "en/link.md").symlink_to(target)
    (docs / "assets/loop").symlink_to(docs)
    found = check(docs)
    assert [fault.path for fault in found] == ["docs/assets/loop", "docs/en/link.md"]
    assert all("link to another file" in fault.what for fault in found)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_is_refused_without_waiting(docs: Path) -> None:
    os.mkfifo(docs / "en/pipe.md")
    assert any("ordinary file" in fault.what for fault in check(docs))


def test_names_that_clash(docs: Path) -> None:
    (docs / "en/INDEX.md").write_text("x")
    if len(list((docs / "en").glob("*ndex.md"))) < 1 or (docs / "en/index.md").read_text() == "x":
        pytest.skip("this disk knows no capitals")
    assert any("differs from docs/en/INDEX.md by capitals only" in fault.what for fault in check(docs))


def test_the_line_of_bad_bytes(docs: Path) -> None:
    (docs / "en/index.md").write_bytes(b"one\ntwo\ncaf\xe9\n")
    (fault,) = check(docs)
    assert fault.line == 3


# Taken from the guides and bug reports of the programs that make them.
LEFT = (
    ".advice.md.swp .advice.md.swo .advice.md.swn .advice.md.un~ advice.md~ advice.md.swp 4913 "
    ".#advice.md #advice.md# .advice.md.kate-swp .advice.md.aB3dEf .goutputstream-1A2B3C "
    "advice.md.save sedX3yZ1q .~lock.advice.md# ~$advice.md ~WRL0001.tmp advice.md.bak "
    "advice.md.orig advice.md.rej advice.md.tmp advice.md___jb_tmp___ advice.md___jb_old___ "
    "advice.md.sb-1a2b3c4d-Xy9Z .syncthing.advice.md.tmp .fuse_hidden0001 .nfs000001 .DS_Store "
    "._advice.md ._index.md .localized Thumbs.db thumbs.db ehthumbs.db desktop.ini Desktop.ini "
    ".directory .gitkeep .gitignore .dropbox .dropbox.attr .owncloudsync.log .editorconfig "
    ".stignore .advice.md.lock "
)
LEFT_FOLDERS = (
    ".idea .vscode .obsidian .trash .Trash-1000 .stfolder .stversions .git .dropbox.cache "
    "__MACOSX __pycache__ .Spotlight-V100 .AppleDouble lost+found "
)


@pytest.mark.parametrize("place", ["", "en", "en/professions", "nl/.confirmed", "assets"])
def test_what_programs_leave_beside_a_file_is_passed_over(docs: Path, place: str) -> None:
    """Neither refused nor read, whatever is in it, a link to nowhere included."""
    before = leftovers.files(docs, ".md"), leftovers.files(docs, ".yml")
    for name in LEFT.split():
        (docs / place / name).write_bytes(b"\xff\0")
    for name in LEFT_FOLDERS.split():
        (docs / place / name).mkdir(exist_ok=True)
        (docs / place / name / "advice.md").write_bytes(b"\xff\0")
        (docs / place / name / "index.yml").write_bytes(b"\xff\0")
    if os.name != "nt":
        (docs / place / ".#index.md").symlink_to("anna@desk.1234:1700000000")
    assert check(docs) == []
    assert (leftovers.files(docs, ".md"), leftovers.files(docs, ".yml")) == before


@pytest.mark.parametrize("name", ["index.md", "what-to-do.md", ".confirmed", "old.md", "sedatives", "tmp"])
def test_what_people_write_is_not_passed_over(name: str) -> None:
    assert not leftovers.passed_over(name)


def test_a_file_that_is_gone_again_is_no_fault(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = os.scandir

    def list_and_delete(folder: Path) -> object:
        entries = list(found(folder))
        for entry in entries:
            if entry.name in ("index.md", "professions"):
                shutil.rmtree(entry.path) if entry.is_dir() else Path(entry.path).unlink()
        return contextlib.nullcontext(entries)

    monkeypatch.setattr(os, "scandir", list_and_delete)
    assert check(docs) == []


TAKEN = ["nl", "zh-hant", "poster", "card", "contributors", "pagefind", "404", "sitemap", "assets"]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_page_takes_the_place_of_what_the_build_writes(docs: Path, locale: str) -> None:
    for name in TAKEN:
        (docs / locale / f"{name}.md").write_text("x")
    (docs / locale / "card").mkdir()
    told = {fault.path: fault.what for fault in check(docs)}
    assert set(told) == {f"docs/{locale}/{name}.md" for name in TAKEN} | {f"docs/{locale}/card"}
    assert "that of a language" in told[f"docs/{locale}/nl.md"]
    assert "which the build writes" in told[f"docs/{locale}/poster.md"]


@pytest.mark.parametrize("name", ["NL.md", "Poster.md", "zh-Hant.md"])
def test_not_in_capitals_either(docs: Path, name: str) -> None:
    (docs / "en" / name).write_text("x")
    assert [fault.path for fault in check(docs)] == [f"docs/en/{name}"]


def test_no_page_takes_the_place_of_another(docs: Path) -> None:
    (docs / "en/professions.md").write_text("x")
    assert check(docs) == []  # professions/ has pages, but none of its own
    (docs / "en/professions/index.md").write_text("x")
    (docs / "en/index").mkdir()
    faults = check(docs)
    assert [fault.path for fault in faults] == ["docs/en/index", "docs/en/professions.md"]
    assert "has the address of docs/en/professions/index.md" in faults[1].what


def test_a_mark_of_the_byte_order_is_no_fault(docs: Path) -> None:
    """Windows' editor writes one; the text is read without it."""
    file = docs / "en/index.md"
    file.write_bytes("---\r\ntitle: é\r\n".encode("utf-8-sig"))
    assert check(docs) == []
    assert texts.read(file, "docs/en/index.md") == "---\ntitle: é\n"


@pytest.mark.parametrize("name", ["gone.md", "en", "en/index.md/x"])
def test_a_text_that_can_not_be_read_is_a_fault(docs: Path, name: str) -> None:
    with pytest.raises(Faulty):
        texts.read(docs / name, f"docs/{name}")
