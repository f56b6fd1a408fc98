"""A copy of the site on a stick: one folder, no server, works from `file:` addresses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

import leaving
from safepage import cli
from safepage.output import mirror, stick
from small import SETTINGS, Small, small_site

HASHED = re.compile(r"<(script|style)>.*?</\1>", re.DOTALL)
LINK = re.compile(r"""(?:href|data-home)=("[^"]*"|'[^']*'|[^\s>]*)""")


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("./", "./index.html"),
        (".", "./index.html"),
        ("..", "../index.html"),
        ("../", "../index.html"),
        ("../nl/", "../nl/index.html"),
        ("../../nl/recognise/#signs", "../../nl/recognise/index.html#signs"),
        ("contact/?x#y", "contact/index.html?x#y"),
        ("a.html", "a.html"),
        ("assets/a.b/", "assets/a.b/index.html"),
        ("", ""),
        ("#content", "#content"),
        ("?x", "?x"),
        ("/nl/", "/nl/"),
        ("//example.org/", "//example.org/"),
        ("https://example.org/", "https://example.org/"),
        ("tel:112", "tel:112"),
        ("data:,", "data:,"),
    ],
)
def test_links_to_folders_name_the_file(link: str, file: str) -> None:
    assert mirror.file_link(link) == file
    assert mirror.file_link(file) == file


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href=../>x</a>", '<a href="../index.html">x</a>'),
        ("<a\n class=b href='../a&amp;b/'\n>x", '<a\n class=b href="../a&amp;b/index.html"\n>x'),
        ("<a data-home=../ href=https://x.example/>", '<a data-home="../index.html" href=https://x.example/>'),
        ('<p title="<a href=../>">', '<p title="<a href=../>">'),
        ("<a title='href=../' href=b/>", "<a title='href=../' href=\"b/index.html\">"),
        ("<script>x='<a href=../>'</script>", "<script>x='<a href=../>'</script>"),
        ("<style>/* <a href=../> */</style>", "<style>/* <a href=../> */</style>"),
        ("<!-- <a href=../> -->", "<!-- <a href=../> -->"),
        ("<template><a href=../></template>", '<template><a href="../index.html"></template>'),
        ("a\u2028b\x0bc\r\n<A HREF=../>", 'a\u2028b\x0bc\r\n<A HREF="../index.html">'),
        ("<img src=a/ alt>", "<img src=a/ alt>"),
    ],
)  # fmt: skip
def test_only_links_change(html: str, expected: str) -> None:
    assert mirror.page(html) == expected


@given(st.text(alphabet="<>a/'\"= \nhref.#!-&;x\u2028", max_size=80))
def test_any_text_comes_through(text: str) -> None:
    done = mirror.page(text)
    assert mirror.page(done) == done
    assert len(done) >= len(text)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A small site with a page of the search, built."""
    pages = {
        "docs/en/search.md": "# Search\n\n{{ list.search }}\n",
        "mkdocs.yml": SETTINGS.replace("about.md]", "about.md, search.md]"),
    }
    site = small_site(tmp_path_factory.mktemp("small"), pages)
    assert site.build() == []
    return site


@pytest.fixture(scope="module")
def stick_of(small: Small, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of the small site, in a folder whose name needs escaping."""
    folder = tmp_path_factory.mktemp("stick") / "hélp ü 100% #1"
    stick.write(small.output, folder)
    return folder


@pytest.fixture(scope="module")
def copy(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of the site, in a folder whose name needs escaping."""
    folder = tmp_path_factory.mktemp("stick") / "hélp ü 100% #1"
    stick.write(site, folder)
    return folder


def test_the_copy_is_whole_and_leads_nowhere_else(site: Path, copy: Path) -> None:
    pages = {file.relative_to(site) for file in site.rglob("*.html") if file.name != "404.html"}
    assert {file.relative_to(copy) for file in copy.rglob("*.html")} == pages
    assert {file.suffix for file in copy.rglob("*") if file.is_file()} <= {
        ".html",
        ".svg",
        ".png",
        ".jpg",
        ".webp",
    }
    for page in pages:
        text, original = ((folder / page).read_text(encoding="utf-8") for folder in (copy, site))
        assert HASHED.sub("", LINK.sub("", text)) == HASHED.sub("", LINK.sub("", original))
        assert [m[0] for m in HASHED.finditer(text)] == [m[0] for m in HASHED.finditer(original)]
        for found in LINK.findall(HASHED.sub("", text)):
            link = found.strip("\"'").partition("#")[0]
            if link and not re.match(r"[a-z]+:", link):
                assert (copy / page.parent / link).is_file(), f"{page}: {link}"


def test_all_or_nothing(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = small.output
    with pytest.raises(FileNotFoundError):
        stick.write(tmp_path, tmp_path / "new")
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("kept")
    assert cli.main(["copy", str(site), str(full)], small.root) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert [file.name for file in full.iterdir()] == ["mine.txt"]
    with pytest.raises(FileExistsError):
        stick.write(site, site / "copy")

    def fail(html: str) -> str:
        raise OSError("the stick is full")

    monkeypatch.setattr(mirror, "page", fail)
    with pytest.raises(OSError, match="full"):
        stick.write(site, tmp_path / "new")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["full"]


def test_it_works_without_a_server(page: Page, stick_of: Path) -> None:
    asked: list[str] = []
    wrong = leaving.complaints(page)
    page.on("request", lambda request: asked.append(request.url))
    page.goto((stick_of / "index.html").as_uri())
    page.locator("main a[href*=recognise]").first.click()
    page.locator(".languages summary").click()
    page.locator(".languages a[lang=nl]").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.locator("form.checklist label").first.click()
    expect(page.locator(".answer [data-ticked] li")).to_have_count(1)
    page.locator(".answer a.button").click()
    assert page.url.endswith("/nl/contact/index.html#centres")
    page.locator(".languages summary").click()
    page.locator(".languages a[lang=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#quick-exit")).to_have_attribute("href", re.compile("^https://"))
    page.locator("header .brand").click()
    assert page.url == (stick_of / "ar/index.html").as_uri()
    assert all(address.startswith("file:") for address in asked)
    assert wrong == []
    # The page of the search is the list of all pages.
    page.goto((stick_of / "nl/search/index.html").as_uri())
    expect(page.locator("ul.pages a").first).to_be_visible()
    expect(page.locator("form.search")).to_be_hidden()
