"""The exit without the copy's servers and probe: under the headers of deploy/, and from a stick.

And what all tests here stand on: that the engines keep pages that were left.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reader import Reader, until

import engines
import leaving
from safepage.making import webserver
from safepage.output import stick
from serving import serving

PAGE = """<!doctype html><html lang="en"><title>{0}</title><h1>{0}</h1>
<script>var shown = []; addEventListener("pageshow", function (e) {{ shown.push(e.persisted) }})</script>"""


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Another site to leave to."""
    folder = tmp_path_factory.mktemp("away")
    (folder / "index.html").write_text(leaving.AWAY)
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def leading_away(left_site: Path, away: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in its first language and in Dutch; its exit leads to another host: it is cross-site."""
    languages = {page.parent.parent.name for page in left_site.glob("*/recognise/index.html")}
    address = f"{away.replace('127.0.0.1', 'localhost')}/"
    folder = tmp_path_factory.mktemp("leading-away") / "site"
    return leaving.copy(left_site, folder, address, without=languages - {"nl"})


@pytest.fixture
def patient(reader: Reader) -> Iterator[Reader]:
    """A reader whose driver waits for a page as long as a busy machine may need."""
    reader.driver.set_page_load_timeout(30)
    yield reader
    reader.driver.set_page_load_timeout(4)


@pytest.mark.any_tab
def test_back_shows_the_very_page_that_was_left(patient: Reader, tmp_path: Path) -> None:
    """Else the tests of the exit would prove nothing about the back/forward cache."""
    for name in ("first", "second"):
        (tmp_path / f"{name}.html").write_text(PAGE.format(name), encoding="utf-8")
    browser = patient.driver
    with serving(tmp_path) as address:
        browser.get(f"{address}/first.html")
        browser.get(f"{address}/second.html")
        browser.back()
        assert until(lambda: patient.script("return [document.title, ...shown]") == ["first", False, True])


def test_the_exit_holds_with_the_headers(patient: Reader, leading_away: Path) -> None:
    try:
        with webserver.nginx(leading_away) as running:
            leaving.walk_and_leave(patient.driver, f"{running.onion}/")
            leaving.assert_never_seen_again(patient.driver, running.onion)
    except webserver.Missing as missing:
        engines.absent(str(missing))


def test_the_exit_holds_without_a_server(patient: Reader, leading_away: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    stick.write(leading_away, folder)
    leaving.walk_and_leave(patient.driver, (folder / "index.html").as_uri())
    leaving.assert_never_seen_again(patient.driver, folder.as_uri())
