"""The folder that a site is written to: nothing in it is lost, and what a build wrote can be built over."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from safepage.output import place as output

SITE = {
    "index.html": "home",
    "404.html": "none",
    "nl/index.html": "thuis",
    "assets/a.png": "a",
    "sitemap.xml": "",
}
INDEX = {"pagefind/pagefind.js": "x", "index.html.gz": "z", "index.html.br": "z", "sitemap.xml.gz": "z"}
KEPT = {
    ".git/HEAD": "ref: refs/heads/pages",
    ".git/objects/ab/cd": "x",
    "CNAME": "here.be",
    ".nojekyll": "",
    ".well-known/security.txt": "Contact: us",
    ".htaccess": "Deny",
    ".domains": "here.be",
    "nl/.htaccess": "Deny",
    "old/.keep/me": "x",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def read(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("*") if file.is_file()
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "project", {"docs/en/index.md": "# A", "mkdocs.yml": "a: b", "scripts/x.py": ""})


def build(root: Path, target: Path, files: dict[str, str]) -> None:
    """What a build does at its end."""
    assert output.refusal(root, target) == ""
    with output.staged(target) as stage:
        output.write_list(write(stage / "site", files))
        output.put(stage / "site", target)


def without_list(files: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in files.items() if name != output.LIST}


@pytest.mark.parametrize("kept", [{}, KEPT], ids=["alone", "kept"])
def test_what_a_build_wrote_is_built_over(root: Path, kept: dict[str, str]) -> None:
    """Whole after a language, a language after the whole, pictures and index gone or new."""
    target = write(root / "site", kept)
    target.mkdir(exist_ok=True)
    whole, language = {**SITE, **INDEX}, {"fr/index.html": "maison", "fr/404.html": "", "pagefind/x": ""}
    for files in (language, language, whole, whole, language, SITE):
        build(root, target, files)
        assert without_list(read(target)) == {**files, **kept}
        write(
            target,
            {
                "_headers": "h",
                "_redirects": "r",
                "pagefind/late": "",
                f"{next(iter(files))}.br": "",
                "nl/Thumbs.db": "",
            },
        )
    assert not [file for file in root.iterdir() if file.name.startswith(output.STAGE)]
    assert not [file for file in target.iterdir() if file.name.startswith(output.STAGE)]


def test_the_list_holds_names_alone(root: Path) -> None:
    build(root, root / "site", SITE)
    lines = (root / "site" / output.LIST).read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == sorted(SITE)


STRANGE = [
    "letter.txt",
    "README.md",
    "robots.txt",
    "nl/letter.txt",
    "assets/mine.png",
    "new/a",
    "cname",
    "x.gz",
]


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("before", [{}, SITE], ids=["no site", "a site"])
def test_anything_else_is_refused_and_named(root: Path, before: dict[str, str], name: str) -> None:
    target = root / "site"
    if before:
        build(root, target, before)
    write(target, {name: "mine", ".git/HEAD": "x"})
    assert f"would be lost ({name})" in output.refusal(root, target)


def test_a_site_whose_list_is_lost_is_known_by_its_pages(root: Path) -> None:
    """As one that was copied without hidden files; what lies among its pages is refused all the same."""
    page, plan = "<p>x<div id=site-end></div>", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    pages = {"index.html": page, "nl/index.html": page, "sitemap.xml": plan, "assets/a.png": "", **INDEX}
    target = write(root / "site", pages)
    write(root / "docs", {"assets/a.png": ""})
    assert output.refusal(root, target) == ""
    for name, text in {
        "nl/letter.html": "<p>x",
        "assets/mine.png": "",
        "feed.xml": "<rss>",
        "a.txt": page,
    }.items():
        write(target, {name: text})
        assert f"({name})" in output.refusal(root, target)
        (target / name).unlink()


def test_an_empty_folder_and_a_link_of_someone_are_not_lost(root: Path) -> None:
    build(root, root / "site", SITE)
    (root / "site/uploads").mkdir()
    assert "(uploads)" in output.refusal(root, root / "site")
    (root / "site/uploads").rmdir()
    (root / "site/uploads").symlink_to(root)
    assert "(uploads)" in output.refusal(root, root / "site")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "holds the project itself"),
        ("..", "holds the project itself"),
        ("docs", "a part of the project"),
        ("docs/en", "a part of the project"),
        ("docs/new/site", "a part of the project"),
        ("docs/../docs/site", "a part of the project"),
        ("scripts/site", "a part of the project"),
        (".git/site", "a part of the project"),
        ("mkdocs.yml", "is a file"),
        ("link", "is a link"),
        ("broken", "is a link"),
        ("linked/docs", "a part of the project"),
    ],
)
def test_what_is_no_folder_for_a_site_is_refused(root: Path, name: str, says: str) -> None:
    (root.parent / "elsewhere").mkdir()
    (root / "link").symlink_to(root.parent / "elsewhere")
    (root / "broken").symlink_to(root / "nowhere")
    (root / "linked").symlink_to(root)
    assert says in output.refusal(root, root / name)


@pytest.mark.parametrize("name", ["site", "new/site", "../site", "../new/deep/site", "docs-site", ".cache/x"])
def test_a_new_or_empty_folder_is_taken(root: Path, name: str) -> None:
    assert output.refusal(root, root / name) == ""
    (root / name).mkdir(parents=True)
    assert output.refusal(root, root / name) == ""


@pytest.mark.parametrize("kept", [{}, KEPT], ids=["alone", "kept"])
def test_a_failure_leaves_the_old_site(
    root: Path, monkeypatch: pytest.MonkeyPatch, kept: dict[str, str]
) -> None:
    """Whichever step fails, that of the third, the fifth, the last entry."""
    target = root / "site"
    write(target, kept)
    build(root, target, {**SITE, **INDEX})
    before = read(target)
    rename = Path.rename
    for failing in range(1, 40):
        count = 0

        def fails(self: Path, new: Path, at: int = failing) -> Path:
            nonlocal count
            count += 1
            if count == at:
                raise OSError(28, "No space left on device")
            return rename(self, new)

        monkeypatch.setattr(Path, "rename", fails)
        try:
            build(root, target, {"index.html": "new", "ar/index.html": "new"})
        except OSError:
            monkeypatch.setattr(Path, "rename", rename)
            assert read(target) == before, failing
            continue
        break
    monkeypatch.setattr(Path, "rename", rename)
    assert without_list(read(target)) == {"index.html": "new", "ar/index.html": "new", **kept}
    assert not [file for file in target.iterdir() if file.name.startswith(output.STAGE)]


def test_a_folder_that_can_not_be_renamed_is_filled(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a mount point, or a folder that belongs to somebody else: its entries move."""
    target = root / "site"
    build(root, target, SITE)
    place = target.stat().st_ino
    rename = Path.rename

    def fails(self: Path, new: Path) -> Path:
        if self == target or new == target:
            raise OSError(16, "Device or resource busy")
        return rename(self, new)

    monkeypatch.setattr(Path, "rename", fails)
    build(root, target, {"index.html": "new"})
    assert without_list(read(target)) == {"index.html": "new"}
    assert target.stat().st_ino == place


def test_where_only_the_folder_itself_may_be_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A web root that the server's owner gave away, in a folder that stays his."""
    target = write(root.parent / "www/html", {".well-known/a": "x"})
    make = tempfile.mkdtemp

    def denied(*, prefix: str, dir: Path) -> str:
        if dir == target.parent:
            raise PermissionError(13, "Permission denied")
        return make(prefix=prefix, dir=dir)

    monkeypatch.setattr(tempfile, "mkdtemp", denied)
    for text in ("new", "newer"):
        build(root, target, {"index.html": text})
        assert without_list(read(target)) == {"index.html": text, ".well-known/a": "x"}


def test_folders_that_were_made_for_a_build_that_failed_are_gone(root: Path) -> None:
    with pytest.raises(ValueError, match="x"), output.staged(root / "a/b/site"):
        raise ValueError("x")
    assert not (root / "a").exists()
