"""What someone who edits the site can get wrong: builds of a small site; each is told in one line."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from environment import ROOT
from running import COMMAND, environment_of
from safepage import cli
from safepage.translations import new_language
from small import BASE, Small, small_site

LINE = re.compile(r"(?P<path>[\w./-]+)(?::(?P<line>\d+))?: (?P<kind>error|warning): .+\. What to do: .+\.")
SETTINGS, CONTACTS = "mkdocs.yml", "docs/contacts.yml"


@dataclass(frozen=True)
class Mistake:
    """A change to one file, and what the line about it has to say."""

    path: str
    old: str
    new: str
    says: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The small site as it is, built. To be read only."""
    site = small_site(tmp_path_factory.mktemp("whole"))
    assert site.build() == []
    return site


@pytest.fixture
def site(tmp_path: Path) -> Small:
    """The small site, not yet built."""
    return small_site(tmp_path / "project")


def wrong_answers(site: Small, mistakes: list[Mistake]) -> list[str]:
    """Make these mistakes and build: those whose line is not told or does not say what it has to."""
    lines = [site.change(one.path, one.old, one.new) for one in mistakes]
    told = site.build()
    wrong = [f"no fault's line: {line}" for line in told if not LINE.fullmatch(line)]
    for mistake, line in zip(mistakes, lines, strict=True):
        here = [text for text in told if text.startswith(f"{mistake.path}:{line}: error: ")]
        if not here or not all(word in "".join(here) for word in mistake.says):
            wrong.append(f"{mistake.path}:{line} {mistake.new!r} is told so: {here or told}")
    return wrong


# Mistakes that are told at once; those in another list would hide them, or be hidden.
AT_ONCE = {
    "pages": [
        Mistake(  # a placeholder that does not exist
            "docs/en/find-centre.md",
            "{{ emergency.phone }}",
            "{{ emergenci.phone }}",
            ("emergenci.phone", "police.phone", "emergency.phone"),
        ),
        Mistake("docs/en/about.md", "{{ operator.name }}", "{{ }}", ("police.phone",)),  # empty
        Mistake(  # a field that the contact does not have
            "docs/en/contact.md",
            "{{ centre.antwerp.phone }}",
            "{{ centre.antwerp.fax }}",
            ("antwerp.fax", "centre.antwerp.email"),
        ),
        Mistake("docs/en/about.md", "{{ operator.email }}", "\\{\\{ no.such \\}\\}", ("no.such",)),
        Mistake("docs/en/index.md", "(recognise.md)", "(recognize.md)", ("recognize.md",)),
        Mistake("docs/nl/recognise.md", " {#movement}", "", ("has no id", "{#")),
        Mistake("docs/nl/recognise.md", "{#debt}", "{#pey}", ("{#pey}", "movement, pay")),
        Mistake("docs/ar/recognise.md", "{#debt}", "{#pay}", ()),  # the id of another sign
        Mistake("docs/nl/first-words.md", 'title: "', 'title: "Noodnummer 113, ', ("title", "113")),
        Mistake(  # a hidden character, written as YAML does
            "docs/nl/advice.md", 'description: "', 'description: "\\u202e', ("description", "U+202E")
        ),
        Mistake("docs/nl/interface.yml", "{phone}", "{operator}", ("emergency", "{phone}")),
    ],
    "an anchor": [
        Mistake("docs/en/recognise.md", "(contact.md#centres)", "(contact.md#center)", ("#center",))
    ],
    "contacts": [
        Mistake(CONTACTS, "02 511 64 64", "02 511 64", ("02 511 64", "not a valid number")),
        Mistake(CONTACTS, '"101"', '"999"', ("999", "not a valid number")),  # that no one answers
        Mistake(CONTACTS, "https://112.be", "http://112.be", ("http://112.be", "https://")),
        Mistake(CONTACTS, "https://payoke.be", '"https://[112"', ("safe address",)),
        Mistake(CONTACTS, "info@pag-asa.be", "info.pag-asa.be", ("e-mail address",)),
        Mistake(CONTACTS, "    region: BE-VLG", "    fax: 1", ("fax", "website")),
    ],
    "a contact without its source": [
        Mistake(CONTACTS, "minors:", "minors:\n  phone: '101'\n  checked: 2026-11-24\nrest:", ("'source'",))
    ],
    "exits and pictograms": [
        Mistake(
            SETTINGS,
            "https://www.meteo.be/nl",
            "http://www.meteo.be/nl",
            ("nl", "http://www.meteo.be/nl", "https://"),
        ),
        Mistake(SETTINGS, "https://www.meteo.be/fr", "'https://[x'", ("ar", "https://")),
        Mistake(SETTINGS, "    debt: ", "    debt: no-such-", ("no-such-",)),
        Mistake(SETTINGS, ": cash-minus", ": cash-minis", ("write cash-minus or ",)),
        Mistake(SETTINGS, ": lock", ": lock.svg/lock", ("“lock.svg/lock”",)),
    ],
    "a page in the menu": [
        Mistake(
            SETTINGS, "[find-centre.md]", "[find-center.md]", ("there is no page docs/en/find-center.md",)
        )
    ],
    # What YAML or MkDocs would tell of in many lines, or not at all.
    "tags": [
        Mistake(SETTINGS, "locale: nl,", "locale: no,", ("put no in quotation marks",)),
        Mistake(SETTINGS, "    nl: https", "    no: https", ("put no in quotation marks",)),
    ],
    "a plugin": [Mistake(SETTINGS, "  - i18n:", "  - no-such-plugin\n  - i18n:", ("no-such-plugin",))],
    "an extension": [
        Mistake(
            SETTINGS,
            "plugins:",
            "markdown_extensions:\n  - no_such\nplugins:",
            ("“markdown_extensions” has no effect",),
        )
    ],
}


def test_mistakes_are_told_in_a_line_each(whole: Small, tmp_path: Path) -> None:
    """File, line, what is wrong, what to do; all of a run at once; the site on disk stays."""
    wrong = {}
    for name, mistakes in AT_ONCE.items():
        site = small_site(tmp_path / name)
        (tmp_path / name / "site").mkdir()
        for path, data in whole.files().items():
            site.write(f"site/{path}", data)
        found = wrong_answers(site, mistakes)
        if site.files() != whole.files():
            found.append("the site is not as it was")
        if left := [file.name for file in site.root.iterdir() if file.name.startswith(".site-")]:
            found.append(f"left over: {left}")
        if found:
            wrong[name] = found
    assert not wrong, "\n".join(f"{name}: {line}" for name, lines in wrong.items() for line in lines)


@pytest.mark.parametrize("path", [CONTACTS, "docs/nl/interface.yml", "docs/nl/recognise.md", SETTINGS])
def test_files_that_cannot_be_read(site: Small, path: str) -> None:
    """A file that is missing or damaged is told like any other mistake."""
    damages: list[Callable[[bytes], bytes | None]] = [
        lambda data: data.replace(b"e", b"\xff", 1),
        lambda data: data.decode().encode("utf-16"),
        lambda data: b"title: caf\xe9\n",
        lambda data: b"---\ntitle: [\n---\n# A\n" if path.endswith(".md") else b"site_name: [",
        lambda data: b"police\n" + data,
        lambda data: None,
    ]
    kept = (site.root / path).read_bytes()
    # Anything may stand before the text of a page; and a page may be missing.
    for number, damage in enumerate(damages[:-2] if path.endswith(".md") else damages):
        site.write(path, damage(kept))
        told = site.build()
        assert [line for line in told if line.startswith(path) and ": error: " in line], (number, told)
        assert all(LINE.fullmatch(line) for line in told), (number, told)
        assert not site.output.exists()


def test_a_single_mistake_in_the_settings_is_one_line(tmp_path: Path) -> None:
    """Where the build can't begin, nothing that follows from the mistake is told beside it."""
    for name in ("tags", "a plugin", "an extension"):
        for number, mistake in enumerate(AT_ONCE[name]):
            site = small_site(tmp_path / f"{name}{number}")
            assert wrong_answers(site, [mistake]) == []
            assert len(site.build()) == 1, mistake


def test_without_the_plugin_nothing_is_built(site: Small) -> None:
    text = site.read(SETTINGS)
    site.change(SETTINGS, text[text.index("  - safepage:") : text.index("  - i18n:")], "")
    (told,) = site.build()
    assert "the plugin that makes and checks the pages is off" in told


def test_a_page_with_a_fault_is_no_fault_of_those_that_link_to_it(site: Small) -> None:
    """Its anchors are not there because it was not rendered: only its own line needs mending."""
    site.change("docs/en/contact.md", "title: Contact", "title: &a Contact")
    told = site.build()
    assert {line.partition(":")[0] for line in told} == {"docs/en/contact.md"}, told


def test_words_of_a_hidden_language_that_can_t_be_read_hide_no_other_mistake(site: Small) -> None:
    """The contributors' page reads them with the source's pages, whose mistakes are told, too."""
    site.change("mkdocs.yml", "العربية, build: true", "العربية, build: false")
    site.write("docs/ar/interface.yml", "menu: [\n")
    line = site.append("docs/en/advice.md", "Call 0470 12 34 56.")
    assert {fault.partition(": ")[0] for fault in site.build()} == {
        f"docs/en/advice.md:{line}",
        "docs/ar/interface.yml:2",
    }


def test_only_what_the_home_page_leads_to_may_leave_its_menu(site: Small) -> None:
    """Where a screen is short: a page with a number, if the home page's text has a link to it."""
    site.write("docs/en/index.md", "# Home\n\nRead [what you can notice](recognise.md#signs) first.")
    site.change("docs/en/advice.md", "title:", 'number: "02"\ntitle:')
    assert [line for line in site.build(only="en", pages=["index"]) if ": error: " in line] == []
    numbered = [node.text().strip() for node in site.page("").css("header .numbered")]
    assert numbered == ["01 Recognise the signs"]
    assert "02 Some advice" in [node.text().strip() for node in site.page("").css("header nav li")]


def test_a_page_in_no_menu_is_named(site: Small) -> None:
    """The line is about the page that somebody added, not about the settings."""
    site.write("docs/nl/extra.md", "# A\n\nTekst.\n")
    (told,) = site.build()
    assert told.startswith("docs/nl/extra.md: error: no menu leads to this page")


def test_a_new_language_is_built_at_once(site: Small) -> None:
    """Also while all its pages show the source's text, so that there is nothing to search."""
    new_language.begin(site.root, "am")
    assert not [line for line in site.build() if ": error: " in line]
    assert site.page("am").css_first("html").attributes["lang"] == "am"


def test_contacts_without_the_lines_that_only_some_have(site: Small) -> None:
    """Elsewhere there may be no line for minors: what shows it is told, and nothing falls over."""
    site.change(CONTACTS, "\nminors:\n", "\nyoung:\n")
    told = site.build()
    assert any("no contact is called 'minors.phone'" in line for line in told), told
    assert all(re.match(r"docs/en/find-centre\.md:\d+: error: ", line) for line in told), told


def test_a_mistake_in_a_template_is_told_in_a_line(site: Small) -> None:
    base = (ROOT / "overrides/base.html").read_text(encoding="utf-8")
    (site.root / "overrides").unlink()
    for file in (ROOT / "overrides").rglob("*"):
        if file.is_file():
            site.write(file.relative_to(ROOT).as_posix(), file.read_bytes())
    line = site.change("overrides/base.html", "{% endblock", "{% endblok")
    assert base.splitlines()[line - 1].count("{% endblock")
    told = site.build()
    assert any(text.startswith(f"overrides/base.html:{line}: error: ") for text in told), told
    assert all(LINE.fullmatch(text) for text in told), told


def test_an_operator_to_be_filled_in_is_a_warning(site: Small) -> None:
    """The site is built, the pages show a marked gap, and the build says which lines are to be filled in."""
    places = [
        f"{CONTACTS}:{site.change(CONTACTS, ' Main street 1, 1000 Brussels', '')}: warning: operator.address",
        f"{CONTACTS}:{site.change(CONTACTS, ' house@example.org', '')}: warning: operator.email",
    ]
    told = site.build()
    assert [line.startswith(place) for line, place in zip(told, places, strict=True)] == [True, True], told
    about = site.page("nl/about").css_first("article")
    assert "A small house" in about.text()
    assert about.css_first("mark.gap") is not None


def test_a_changed_number_changes_everywhere(site: Small) -> None:
    """One line in contacts.yml, and every page of every language dials the new number."""
    site.change(CONTACTS, "03 201 16 90", "03 201 16 91")
    assert site.build() == []
    pages = {name: text.decode() for name, text in site.files().items() if name.endswith(".html")}
    assert not [name for name, text in pages.items() if "03 201 16 90" in text or "+3232011690" in text]
    dialled = {name for name, text in pages.items() if "+3232011691" in text}
    assert {"contact/index.html", "nl/contact/index.html", "ar/contact/index.html"} <= dialled


def test_what_editors_leave_and_windows_adds_changes_nothing(whole: Small, site: Small) -> None:
    """Files of an editor that is open, and the mark that Windows' own editor writes before a text."""
    left = [
        ".advice.md.swp",
        "#advice.md#",
        "advice.md~",
        "._advice.md",
        "advice.md.bak",
        ".obsidian/advice.md",
    ]
    for place in ("docs", "docs/nl", "docs/assets", "docs/nl/.confirmed"):
        for name in left:
            site.write(f"{place}/{name}", b"\xff\0")
    (site.root / "docs/en/.#advice.md").symlink_to("anna@desk.1234:1700000000")
    texts = [SETTINGS, CONTACTS, "docs/regions.yml", "docs/nl/interface.yml", "docs/nl/.confirmed/advice.yml"]
    for name in [*texts, "docs/en/advice.md", "docs/nl/advice.md", "docs/en/recognise.md"]:
        site.write(name, b"\xef\xbb\xbf" + site.read(name).replace("\n", "\r\n").encode())
    assert site.build() == []
    assert site.files() == whole.files()


def test_a_language_that_is_not_built_is_nowhere_and_index_may_end_a_name(site: Small) -> None:
    """No chooser, map or search leads to what is not there, and contributors are told that it is hidden.

    A page's name is its address.
    """
    site.change(SETTINGS, "name: Nederlands, build: true", "name: Nederlands, build: false")
    site.change(SETTINGS, "[find-centre.md]", "[price-index.md, find-centre.md]")
    site.write("docs/en/price-index.md", "# Prices\n\nText.\n")
    assert site.build() == []
    files = site.files()
    assert not [name for name in files if name.startswith("nl/")]
    texts = {name: text.decode() for name, text in files.items() if name.endswith((".html", ".xml"))}
    told = [name for name, text in texts.items() if re.search(r"\bnl/|hreflang=\"?nl|Nederlands", text)]
    assert told == ["contributors/index.html"]
    assert "Readers don't get this language yet" in site.page("contributors").css_first("#nl + p").text()
    assert f"<loc>{BASE}price-index/</loc>" in texts["sitemap.xml"]
    canonical = site.page("price-index").css_first("link[rel=canonical]")
    assert canonical.attributes["href"] == f"{BASE}price-index/"
    assert not [name for name, text in texts.items() if "price-/" in text]
    (told,) = site.build(only="nl")
    assert "the site has no language 'nl'" in told
    assert site.files() == files


def test_no_setting_takes_a_promise_away(site: Small) -> None:
    """Whatever stands there the build finds broken links, and contacts stay unpublished."""
    site.change(
        SETTINGS,
        "nav:",
        "validation:\n  nav: {not_found: ignore}\n  links: {not_found: ignore, anchors: ignore}\nnav:",
    )
    (told,) = site.build()
    assert "mkdocs.yml:5: warning: “validation” has no effect" in told
    assert not [name for name in site.files() if name.endswith(".yml")]
    line = site.append("docs/en/advice.md", "[x](nowhere.md) and [y](contact.md#nowhere)")
    told = site.build()
    assert sum(text.startswith(f"docs/en/advice.md:{line}: error") for text in told) == 2, told


# The command itself: its exit code, what it says where, and what it leaves on the disk.


def run(site: Small, *options: str) -> tuple[int, str, str]:
    command = [*COMMAND, "build", *options]
    done = subprocess.run(
        command,
        cwd=site.root,
        env=environment_of(site.root),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_command_tells_all_mistakes_of_a_run_at_once_and_then_builds(site: Small) -> None:
    """Whoever made four mistakes in four files and two languages is sent back once, not four times."""
    site.build()
    before = site.files()
    texts = [SETTINGS, "docs/nl/advice.md", "docs/nl/recognise.md", "docs/en/about.md"]
    kept = {path: site.read(path) for path in texts}
    expected = {
        f"docs/nl/advice.md:{site.append('docs/nl/advice.md', 'Bel {{ niet.hier }}.')}",
        f"docs/nl/recognise.md:{site.change('docs/nl/recognise.md', ' {#pay}', '')}",
        f"{SETTINGS}:{site.change(SETTINGS, 'https://www.meteo.be/en', 'ftp://www.meteo.be/en')}",
        f"docs/en/about.md:{site.append('docs/en/about.md', 'Call {{ no.such }}.')}",
    }
    code, said, faults = run(site)
    *lines, last = faults.splitlines()
    assert (code, said, last) == (1, "", "Nothing was written: the site is as it was.")
    assert expected <= {line.partition(": error: ")[0] for line in lines}, faults
    assert all(LINE.fullmatch(line) for line in lines), faults
    assert site.files() == before
    assert not [file for file in site.root.iterdir() if file.name.startswith(".site-")]
    for path, text in kept.items():
        site.write(path, text.encode())
    line = site.change(CONTACTS, " A small house", "")
    code, said, faults = run(site, "--plain")
    assert (code, said) == (0, "The site is in site.\n"), faults
    (warning,) = faults.splitlines()
    assert warning.startswith(f"{CONTACTS}:{line}: warning: operator.name")
    assert site.page("about").css_first("mark.gap") is not None
    assert site.files().keys() == before.keys()


def test_a_folder_that_can_not_be_written_is_told_in_a_line(
    site: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("letter", "not a folder")
    code = cli.main(["build", "--output", str(site.root / "letter/site")], site.root)
    said = capsys.readouterr()
    assert (code, said.out) == (1, "")
    assert said.err.startswith("The site could not be written: ")
    assert len(said.err.splitlines()) == 1
