"""A build after another one makes only what changed, and gives what a build from nothing would give.

Whoever lets a page depend on something new adds an edit of it to EDITS.
"""

from __future__ import annotations

import datetime
import multiprocessing
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from environment import ROOT
from safepage import build, cli
from safepage.faults import Faulty
from safepage.output.kept import FOLDER, NOTHING
from safepage.site import data
from safepage.unchanged import Sources
from small import Small, small_site, with_head

PAGE = with_head("# A new page\n\nSomething new. [Tell](contact.md)\n")
OLD = "This is what the page said before somebody wrote it anew."


def files(site: Small, folder: str) -> dict[str, bytes]:
    """Everything in a folder of the project."""
    place = site.root / folder
    found = (file for file in place.rglob("*") if file.is_file())
    return {file.relative_to(place).as_posix(): file.read_bytes() for file in found}


def git(site: Small, *words: str) -> None:
    """As the state of a translation looks at what the source ever said."""
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(site.root), *who, *words], check=True, capture_output=True)


def in_old_words(site: Small) -> None:
    """A paragraph of a translation is in words that the source has in no version yet."""
    git(site, "init", "--quiet")
    site.append("docs/nl/advice.md", OLD)


def committed(site: Small) -> None:
    """Now the source once had them; no file is another one."""
    text = site.read("docs/en/advice.md")
    site.append("docs/en/advice.md", OLD)
    git(site, "add", "docs")
    git(site, "commit", "--quiet", "-m", "before")
    site.write("docs/en/advice.md", text)


def copied(site: Small) -> None:
    """A translation that is the source's text is none: no page leads to it any more."""
    site.write("docs/ar/contact.md", site.read("docs/en/contact.md"))


def words_confirmed(site: Small) -> None:
    """The frame's words match words that the source's frame has no longer: they can't be trusted."""
    assert cli.main(["translations", "confirm", "nl", "interface", "--same"], site.root) == 0
    site.change("docs/en/interface.yml", "Someone in danger now?", "Danger?")


def words_looked_at(site: Small) -> None:
    """Only the record of the frame's words says so."""
    assert cli.main(["translations", "confirm", "nl", "interface", "--same"], site.root) == 0


def same_size_same_time(site: Small) -> None:
    """The clock was set back, and the file is as long as before."""
    file = site.root / "docs/nl/about.md"
    before = file.stat()
    text = site.read("docs/nl/about.md")
    site.write("docs/nl/about.md", text[:-8] + "abcdefg\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def damaged(site: Small) -> None:
    """What is kept has been cut short, and a part of it is another's."""
    for number, file in enumerate(sorted((site.root / FOLDER).iterdir())):
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2] if number % 2 else whole[:-9] + b"!" * 9)


def renamed(site: Small) -> None:
    """A page has another name in all languages that have it."""
    for tag in ("en", "nl", "ar"):
        text = site.read(f"docs/{tag}/added.md") if tag == "en" else ""
        if text:
            site.write(f"docs/{tag}/moved.md", text)
            site.write(f"docs/{tag}/added.md", None)
    site.change("mkdocs.yml", "added.md", "moved.md")


def removed(site: Small) -> None:
    site.write("docs/en/moved.md", None)
    site.change("mkdocs.yml", ", moved.md", "")


def added(site: Small) -> None:
    site.write("docs/en/added.md", PAGE)
    site.change("mkdocs.yml", "contact.md]", "contact.md, added.md]")


def not_translated(site: Small) -> None:
    """The page is shown in English again, and its record is gone with it."""
    site.write("docs/ar/advice.md", None)
    site.write("docs/ar/.confirmed/advice.yml", None)


def own_template(site: Small) -> None:
    text = (Path(build.__file__).parents[2] / "overrides/parts/footer/template.html").read_text("utf-8")
    site.write("overrides/parts/footer/template.html", text.replace("<footer", "<footer data-own", 1))


def linked_template(site: Small) -> None:
    """A designer keeps the theme elsewhere, and changes it there."""
    place = site.root / "overrides/parts/footer/template.html"
    site.write("elsewhere.html", site.read("overrides/parts/footer/template.html"))
    place.unlink()
    place.symlink_to(site.root / "elsewhere.html")


def own_style(site: Small) -> None:
    site.write("overrides/style/own.css", ":root { --accent: #063f42; }\n")


def sheets(site: Small) -> None:
    """A poster and a card, which show the signs of `recognise`."""
    site.write("docs/en/print.md", "# Print\n\n{{ list.prints }}\n")
    site.change("mkdocs.yml", "about.md", "about.md, print.md")
    site.change("mkdocs.yml", "movement:", "more: lock\n        movement:")


def more_signs(site: Small) -> None:
    for tag in ("en", "nl", "ar"):
        site.change(f"docs/{tag}/recognise.md", "- [ ] ", "- [ ] Nog iets {#more}\n- [ ] ")


def search(site: Small) -> None:
    site.write("docs/en/search.md", "# Search\n\n{{ list.search }}\n")
    site.change("mkdocs.yml", "about.md", "about.md, search.md")


EDITS: list[tuple[str, Callable[[Small], object]]] = [
    ("nothing", lambda site: None),
    ("a page of a translation", lambda site: site.append("docs/nl/advice.md", "Nog een zin.")),
    ("a page of the source", lambda site: site.append("docs/en/advice.md", "One more sentence.")),
    ("a record", lambda site: site.confirm("nl", "recognise")),
    ("a record without its reviewer", lambda site: site.confirm("nl", "contact", None)),
    ("reviewers", lambda site: site.write("docs/reviewers.yml", "nl: [somebody]\n")),
    ("a title", lambda site: site.change("docs/nl/about.md", "title: ", "title: Nu ")),
    ("a title of the source", lambda site: site.change("docs/en/find-centre.md", "title: ", "title: Now ")),
    ("a contact", lambda site: site.change("docs/contacts.yml", "03 201 16 90", "03 201 16 91")),
    ("a contact's date", lambda site: site.change("docs/contacts.yml", "2026-11-24", "2020-01-01")),
    ("a region", lambda site: site.change("docs/regions.yml", "1000-1299", "1000-1298")),
    ("a word of the frame", lambda site: site.change("docs/nl/interface.yml", "menu: ", "menu: Het ")),
    ("a word of the source's frame", lambda site: site.change("docs/en/interface.yml", "menu: ", "menu: A ")),
    ("the site's address", lambda site: site.change("mkdocs.yml", "www.our-name.org", "www.our-house.be")),
    ("a pictogram", lambda site: site.change("mkdocs.yml", "pay: cash-minus", "pay: lock")),
    ("an exit", lambda site: site.change("mkdocs.yml", "meteo.be/nl", "meteo.be/en")),
    ("a template", own_template),
    ("a template behind a link", linked_template),
    ("that template", lambda site: site.change("elsewhere.html", "data-own", "data-other")),
    ("a style", own_style),
    ("a page comes", added),
    ("a page is called otherwise", renamed),
    ("a page goes", removed),
    ("a translation goes", not_translated),
    ("an anchor that others link to", lambda site: site.change("docs/en/contact.md", "#centres", "#houses")),
    ("the anchor again", lambda site: site.change("docs/en/contact.md", "#houses", "#centres")),
    ("a contact written out", lambda site: site.append("docs/nl/advice.md", "Bel 0470 12 34 56.")),
    ("and taken back", lambda site: site.change("docs/nl/advice.md", "Bel 0470 12 34 56.", "Bel ons.")),
    ("a translation in the source's words", copied),
    (
        "a heading that translations lack",
        lambda site: site.append("docs/en/advice.md", "## More {#more}\n\nIt."),
    ),
    ("a link to no place", lambda site: site.append("docs/nl/about.md", "[Bel](contact.md#nowhere)")),
    (
        "and taken back again",
        lambda site: site.change("docs/nl/about.md", "[Bel](contact.md#nowhere)", "Bel ons."),
    ),
    ("a sign", lambda site: site.change("docs/nl/recognise.md", "- [ ] ", "- [ ] Toch ")),
    ("a language's name", lambda site: site.change("mkdocs.yml", "name: Nederlands", "name: Vlaams")),
    ("somebody else's words", in_old_words),
    ("the source's words of once", committed),
    ("words of the frame out of date", words_confirmed),
    ("and looked at", words_looked_at),
    ("an empty record", lambda site: site.write("docs/nl/.confirmed/about.yml", "")),
    ("a record goes", lambda site: site.write("docs/nl/.confirmed/about.yml", None)),
    ("a poster comes", sheets),
    ("another sign", more_signs),
    ("a clock set back", same_size_same_time),
    ("a damaged cache", damaged),
    ("a search comes", search),
    ("what is searched", lambda site: site.append("docs/en/about.md", "Unheard-of words.")),
    (
        "a language goes",
        lambda site: site.change("mkdocs.yml", "العربية, build: true", "العربية, build: false"),
    ),
    ("a record of that goes", lambda site: site.write("docs/ar/.confirmed/about.yml", None)),
    ("an empty one of that", lambda site: site.write("docs/ar/.confirmed/about.yml", "")),
    ("that goes", lambda site: site.write("docs/ar/.confirmed/about.yml", None)),
]
UNSEEN = ("a template behind a link", "a damaged cache")


def cold(site: Small, **options: bool) -> tuple[list[str], dict[str, bytes]]:
    """What a build from nothing says, and gives."""
    try:
        said = list(map(str, build.build(site.root, site.root / "cold", kept=NOTHING, **options)))
    except Faulty as faulty:
        said = list(map(str, faulty.faults))
    return said, files(site, "cold")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A site without templates of its own, built once."""
    site = small_site(tmp_path_factory.mktemp("again"))
    (site.root / "overrides").unlink()
    assert site.build() == []
    return site


def test_the_same_as_from_nothing(site: Small) -> None:
    """After each edit: every byte, and every line that is told."""
    wrong, before = [], None
    for name, edit in EDITS:
        edit(site)
        built = site.build(), files(site, "site")
        expected = cold(site)
        wrong += [f"{name}: {line}" for line in sorted(set(built[0]) ^ set(expected[0]))]
        wrong += [f"{name}: {file}" for file, data in expected[1].items() if built[1].get(file) != data]
        wrong += [f"{name}: {file} is left" for file in built[1].keys() - expected[1].keys()]
        if (built == before) != (name in UNSEEN):
            wrong.append(f"{name}: does the edit change anything?")
        before = built
    assert wrong == []


def test_what_no_file_of_the_project_says(site: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment, where mkdocs.yml asks it; the day; the program; a hook, which reads what it likes."""
    whole = site.read("mkdocs.yml")
    hook = (
        "from pathlib import Path\ndef on_post_page(output, **_):\n    return output + Path({!r}).read_text()"
    )
    site.write("hook.py", hook.format(str(site.root / "note.txt")))
    site.write("note.txt", "One.")

    class Later(datetime.date):
        @classmethod
        def today(cls) -> datetime.date:
            return datetime.date(2031, 1, 1)

    def asks() -> None:
        site.write("mkdocs.yml", re.sub("site_url: .*", "site_url: !ENV ADDRESS", whole).encode())
        monkeypatch.setenv("ADDRESS", "https://www.our-house.be/")

    steps: list[Callable[[], object]] = [
        asks,
        lambda: monkeypatch.setenv("ADDRESS", "https://www.our-home.be/"),
        lambda: monkeypatch.setattr(data.datetime, "date", Later),
        lambda: site.write("mkdocs.yml", whole.encode()),
        lambda: monkeypatch.setattr(sys, "version", "another"),
        lambda: site.write("mkdocs.yml", f"{whole}hooks: [hook.py]\n".encode()),
        lambda: site.write("note.txt", "Two."),
    ]
    for number, step in enumerate(steps):
        step()
        assert (number, site.build(), files(site, "site")) == (number, *cold(site))
    assert files(site, "site")["about/index.html"].endswith(b"Two.")
    site.write("mkdocs.yml", whole.encode())


@contextmanager
def reading() -> Iterator[set[Path]]:
    """The files that Python opens meanwhile."""
    found: set[Path] = set()
    heard = [True]

    def hear(event: str, about: tuple[object, ...]) -> None:
        if heard and event == "open" and isinstance(about[0], str | bytes | os.PathLike):
            found.add(Path(os.fsdecode(about[0])).absolute())

    sys.addaudithook(hear)
    yield found
    heard.clear()


def test_a_build_reads_nothing_that_names_no_page(site: Small) -> None:
    """Whoever lets it read another file says in `unchanged.py` what that does to the pages."""
    with reading() as named:
        Sources.of(site.root)
    with reading() as read:
        cold(site)
    texts = {
        file for file in (site.root / "docs").rglob("*") if ".confirmed" in file.parts or file.suffix == ".md"
    }
    ours = (site.root / "cold", site.root / ".cache")
    mine = {
        file for file in read if file.is_relative_to(site.root) or file.is_relative_to(ROOT / "overrides")
    }
    left = {file for file in mine if file.is_file() and not any(map(file.is_relative_to, ours))}
    assert left - named - texts == set()
    assert len(left & named) > 40


def test_two_builds_at_once(site: Small) -> None:
    """From an empty cache: each is as it would be alone."""
    for file in (site.root / FOLDER).iterdir():
        file.unlink()
    pair = [
        multiprocessing.Process(target=build.build, args=(site.root, site.root / name))
        for name in ("one", "two")
    ]
    for one in pair:
        one.start()
    for one in pair:
        one.join()
    whole = cold(site)[1]
    assert (files(site, "one"), files(site, "two")) == (whole, whole)
    site.build()
    assert files(site, "site") == whole


def entries(site: Small) -> set[str]:
    """What is kept."""
    return {file.name for file in (site.root / FOLDER).iterdir()}


def test_only_what_changed_is_made(tmp_path: Path) -> None:
    """Nothing without an edit. With one of a translation: its page, its copies, its language's index, the
    copies of what lists that, and the contributors' page, which shows all; with one of the source: its page,
    and the translations, which say so.
    """
    site = small_site(tmp_path)
    search(site)
    site.build(compressed=True)
    before = entries(site)
    site.build(compressed=True)
    assert entries(site) == before
    site.append("docs/nl/contact.md", "Nog iets.")
    site.build(compressed=True)
    made = entries(site) - before
    assert len(made) == 5
    before |= made
    site.append("docs/en/contact.md", "And more.")
    site.build(compressed=True)
    made = entries(site) - before
    assert len(made) == 10  # three pages, their copies, those of two lists, one index, the contributors' page


def test_one_page_or_one_language_at_a_time(tmp_path: Path) -> None:
    """As the live server builds: the same bytes, and what is gone goes."""
    site = small_site(tmp_path)
    site.build()
    before = files(site, "site")
    site.change("docs/nl/about.md", "title: ", "title: Weer ")
    site.change("docs/nl/contact.md", "title: ", "title: Weer ")
    assert site.build(only="nl", pages=["about"], keep=True) == []
    changed = {name for name, data in files(site, "site").items() if before.get(name) != data}
    assert changed == {"nl/about/index.html"}
    site.write("docs/en/first-words.md", None)
    site.write("docs/nl/first-words.md", None)
    site.change("mkdocs.yml", "first-words.md, ", "")
    site.change("mkdocs.yml", "العربية, build: true", "العربية, build: false")
    for tag in ("nl", "en"):
        site.build(only=tag, keep=True)
    whole = cold(site)[1]
    assert not any("first-words" in name or name.startswith("ar/") for name in whole)
    assert files(site, "site") == whole


def test_a_preview_is_not_the_site(site: Small) -> None:
    """Its pages lead to reviews, which readers never get."""
    site.build()
    site.append("docs/nl/advice.md", "Nog een zin.")
    site.build(preview=True)
    assert files(site, "site") == cold(site, preview=True)[1]
    assert "review/nl/advice/index.html" in files(site, "site")
    site.build()
    assert files(site, "site") == cold(site)[1]


def test_what_is_saved_while_a_build_reads(site: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that says what a file said later isn't taken for what it said before."""
    load = build._load

    def late(root: Path) -> object:
        site.change("docs/contacts.yml", "02 511 64 64", "02 511 64 65")
        return load(root)

    with monkeypatch.context() as patch:
        patch.setattr(build, "_load", late)
        site.append("docs/en/contact.md", "Something else.")
        site.build()
    site.change("docs/contacts.yml", "02 511 64 65", "02 511 64 64")
    assert (site.build(), files(site, "site")) == cold(site)
