"""What the live server builds first: whoever waits, waits for no more than a page."""

from __future__ import annotations

from pathlib import Path

from safepage.rebuilding import Rebuilder
from small import Small, small_site


class Waiting:
    """A server as far as building goes: what was saved, and who comes after `pages` more pages."""

    looked_at = "/nl/about/"

    def __init__(self, site: Small) -> None:
        self.site = site
        self.faults: list[object] = []
        self.saved: set[str] = set()
        self.pages = 10**6
        self.again = False

    @property
    def built(self) -> bool:
        return True

    def take_saved(self) -> set[str]:
        saved, self.saved = self.saved, set()
        return saved

    def take_asked(self) -> str | None:
        return None

    def answered(self) -> None: ...

    def waited_for(self) -> bool:
        self.pages -= 1
        return self.pages < 0

    def build_again(self) -> None:
        self.again = True

    def stay(self) -> None: ...

    def begin_again(self) -> bool:
        return False


def finish(build: Rebuilder, server: Waiting) -> None:
    """Call the builder as often as it asks for."""
    while server.again:
        server.again = False
        build()


def test_a_save_waits_for_no_language(tmp_path: Path) -> None:
    """A language that nobody waits for is left at a page, and built when there is nothing else to do."""
    site = small_site(tmp_path)
    server = Waiting(site)
    build = Rebuilder(site.root, site.output, None, server)
    build.begin()
    finish(build, server)
    site.change("mkdocs.yml", "name: Nederlands", "name: Vlaams")
    server.saved = {"mkdocs.yml"}
    assert build()
    assert "Vlaams" in site.page("nl/about").html
    before, owed = site.files(), len(build.owed)
    for server.pages in (3, 10):  # while its seven pages are read; while they are written
        build()
        assert (len(build.owed), site.files()) == (owed, before)
    server.pages = 10**6
    site.change("docs/nl/about.md", "# ", "# Opnieuw: ")
    server.saved = {"docs/nl/about.md"}
    assert build()
    assert "Opnieuw" in site.page("nl/about").css_first("h1").text()
    site.write("hook.py", "def (")
    server.saved, server.again = {"hook.py"}, False
    assert not build()  # a program that can't be taken over keeps nobody waiting
    finish(build, server)
    assert server.faults == []
    pages = [data for name, data in site.files().items() if name.endswith("/index.html")]
    assert len(pages) > 20
    assert not [data for data in pages if b"Vlaams" not in data]
