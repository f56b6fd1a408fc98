"""What someone who edits the site can get wrong: real builds of a small copy; each is told in one line."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from environment import ROOT
from running import COMMAND, environment_of
from safepage.translations import new_language

pytestmark = pytest.mark.xdist_group("build")
KEPT = ("en", "nl")
LINE = re.compile(r"(?P<path>[\w./-]+)(?::(?P<line>\d+))?: (?P<kind>error|warning): .+\. What to do: .+\.")


@dataclass
class Copy:
    """A copy of the project with two languages, to be changed; `site` is what it has built."""

    root: Path
    kept: dict[Path, bytes] = field(default_factory=dict)

    @property
    def site(self) -> Path:
        return self.root / "site"

    def build(self, *options: str) -> tuple[int, list[str], str]:
        """Build it. Out: the exit code, the lines that tell an error or a warning, and all that was said."""
        command = [*COMMAND, "build", "--plain", *options]
        env = environment_of(self.root)
        done = subprocess.run(
            command, cwd=self.root, env=env, capture_output=True, text=True, encoding="utf-8", check=False
        )
        said = done.stdout + done.stderr
        return done.returncode, [line for line in said.splitlines() if LINE.fullmatch(line)], said

    def change(self, path: str, old: str, new: str) -> int:
        """Replace the first place where a file says `old`; its line, from 1."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{path} no longer says {old!r}"
        self.kept.setdefault(file, text.encode())
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def append(self, path: str, text: str) -> int:
        """Add a paragraph at the end of a file; its line."""
        file = self.root / path
        before = file.read_text(encoding="utf-8").rstrip("\n")
        self.kept.setdefault(file, file.read_bytes())
        file.write_text(f"{before}\n\n{text}\n", encoding="utf-8")
        return before.count("\n") + 3

    def restore(self) -> None:
        """Every changed file as it was."""
        for file, content in self.kept.items():
            file.write_bytes(content)
        self.kept.clear()

    def files(self) -> dict[str, bytes]:
        """Everything in the built site."""
        return {
            file.relative_to(self.site).as_posix(): file.read_bytes()
            for file in self.site.rglob("*")
            if file.is_file()
        }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The copy, built once as it is."""
    root = tmp_path_factory.mktemp("project")
    for name in ("overrides", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in KEPT:
        shutil.copytree(ROOT / "docs" / name, root / "docs" / name)
    for file in (ROOT / "docs").glob("*.yml"):
        shutil.copy(file, root / "docs")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    others = rf"^ *- \{{locale: (?!(?:{'|'.join(KEPT)}),).*\n"
    (root / "mkdocs.yml").write_text(re.sub(others, "", config, flags=re.MULTILINE), encoding="utf-8")
    copy = Copy(root)
    code, _, said = copy.build()
    assert code == 0, said
    assert (copy.site / "nl/index.html").is_file()
    return copy


@pytest.fixture
def copy(built: Copy) -> Copy:
    """The copy as it was; changes are taken back by the next test that asks for it."""
    built.restore()
    return built


@dataclass(frozen=True)
class Mistake:
    """A change to one file, and what the line about it has to say."""

    path: str
    old: str
    new: str
    says: tuple[str, ...]
    below: int = 0  # lines between the place of `old` and the mistake


CONTACTS, RECOGNISE, CONTACT = "docs/contacts.yml", "docs/nl/recognise.md", "docs/en/contact.md"
MISTAKES = {
    "a placeholder that does not exist": Mistake(
        CONTACT,
        "{{ police.phone }}",
        "{{ polise.phone }}",
        ("polise.phone", "police.phone", "emergency.phone"),
    ),
    "an empty placeholder": Mistake(CONTACT, "{{ police.phone }}", "{{ }}", ("police.phone",)),
    "a field that the contact does not have": Mistake(
        CONTACT,
        "{{ centre.antwerp.email }}",
        "{{ centre.antwerp.fax }}",
        ("antwerp.fax", "centre.antwerp.email"),
    ),
    "a number that is too short": Mistake(
        CONTACTS, "02 511 64 64", "02 511 64", ("02 511 64", "not a valid number")
    ),
    "a short number that no one answers": Mistake(CONTACTS, '"101"', '"999"', ("999", "not a valid number")),
    "an address without https": Mistake(
        CONTACTS, "https://112.be", "http://112.be", ("http://112.be", "https://")
    ),
    "an address that is none": Mistake(CONTACTS, "https://112.be", '"https://[112"', ("safe address",)),
    "an e-mail address that is none": Mistake(
        CONTACTS, "info@pag-asa.be", "info.pag-asa.be", ("e-mail address",)
    ),
    "a field that contacts do not have": Mistake(
        CONTACTS, "    region: BE-BRU", "    fax: 1", ("fax", "website")
    ),
    "a contact without its source": Mistake(
        CONTACTS, "police:\n", 'police:\n  phone: "101"\n  checked: 2026-11-24\nrest:\n', ("'source'",)
    ),
    "contacts that are no YAML": Mistake(CONTACTS, "police:\n", "police\n", (), 0),
    "a sign without an id": Mistake(RECOGNISE, " {#pay}", "", ("has no id", "{#")),
    "a sign with the id of another": Mistake(RECOGNISE, "{#pay}", "{#debt}", ()),
    "a sign with an id that has no pictogram": Mistake(
        RECOGNISE, "{#pay}", "{#pey}", ("{#pey}", "debt, abuse")
    ),
    "a link to a page that does not exist": Mistake(
        CONTACT, "(browsing-safely.md)", "(browsing.md)", ("browsing.md",)
    ),
    "a link to a part that does not exist": Mistake(
        "docs/en/recognise.md", "(contact.md#centres)", "(contact.md#center)", ("#center",)
    ),
    "an exit that is not https": Mistake(
        "mkdocs.yml",
        "https://www.meteo.be/nl",
        "http://www.meteo.be/nl",
        ("nl", "http://www.meteo.be/nl", "https://"),
    ),
    "an exit that is no address": Mistake(
        "mkdocs.yml", "https://www.meteo.be/nl", "'https://[x'", ("nl", "https://")
    ),
    "a number that the source page has not, in a title": Mistake(
        RECOGNISE, "title: ", "title: Noodnummer 113, ", ("title", "113")
    ),
    "a hidden character, written as YAML does": Mistake(
        RECOGNISE, 'description: "', 'description: "\\u202e', ("description", "U+202E")
    ),
    "another slot in a word of the frame": Mistake(
        "docs/nl/interface.yml", "Bel {phone}.", "Bel {operator}.", ("emergency", "{phone}")
    ),
    "a placeholder that does not exist, in disguise": Mistake(
        CONTACT, "{{ police.phone }}", "\\{\\{ no.such \\}\\}", ("no.such",)
    ),
    "a pictogram that does not exist": Mistake(
        "mkdocs.yml", "    debt: ", "    debt: no-such-", ("no-such-",)
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_in_a_line(copy: Copy, name: str) -> None:
    """File, line, what is wrong, what to do; the site on disk stays; nothing of the machinery shows."""
    mistake = MISTAKES[name]
    before = copy.files()
    line = copy.change(mistake.path, mistake.old, mistake.new) + mistake.below
    code, lines, said = copy.build()
    errors = [text for text in lines if ": error: " in text and text.startswith(f"{mistake.path}:")]
    at_the_place = [text for text in errors if text.startswith(f"{mistake.path}:{line}:")]
    assert at_the_place or (not mistake.says and errors), said
    told = "".join(at_the_place)
    assert all(word in told for word in mistake.says), said
    assert code == 1
    assert "Traceback" not in said
    assert "Nothing was written: the site is as it was." in said
    assert copy.files() == before
    assert not [file for file in copy.root.iterdir() if file.name.startswith(".site-")]


def test_all_mistakes_of_a_run_are_told_at_once(copy: Copy) -> None:
    """Whoever made four mistakes in four files and two languages is sent back once, not four times."""
    expected = {
        f"docs/en/advice.md:{copy.append('docs/en/advice.md', 'Call {{ no.such }}.')}",
        f"docs/nl/advice.md:{copy.append('docs/nl/advice.md', 'Bel {{ niet.hier }}.')}",
        f"docs/nl/recognise.md:{copy.change('docs/nl/recognise.md', ' {#pay}', '')}",
        f"mkdocs.yml:{copy.change('mkdocs.yml', 'https://www.meteo.be/en', 'ftp://www.meteo.be/en')}",
    }
    code, lines, said = copy.build()
    assert code == 1
    told = {text.partition(": error: ")[0] for text in lines if ": error: " in text}
    assert expected <= told, said


def test_a_page_with_a_fault_is_no_fault_of_those_that_link_to_it(copy: Copy) -> None:
    """Its anchors are not there because it was not rendered: only its own line needs mending."""
    copy.change("docs/en/contact.md", "title: Contact", "title: &a Contact")
    code, lines, said = copy.build()
    assert code == 1
    assert {text.partition(":")[0] for text in lines if ": error: " in text} == {"docs/en/contact.md"}, said


def test_a_page_in_no_menu_is_named(copy: Copy) -> None:
    """The line is about the page that somebody added, not about the settings."""
    page = copy.root / "docs/nl/extra.md"
    page.write_text("---\ntitle: A\ndescription: B\n---\n# A\n\nTekst.\n", encoding="utf-8")
    code, lines, said = copy.build()
    page.unlink()
    assert code == 1
    (told,) = [text for text in lines if ": error: " in text]
    assert told.startswith("docs/nl/extra.md: error: no menu leads to this page"), said


def test_a_new_language_is_built_at_once(copy: Copy) -> None:
    """Also while all its pages show the source's text, so that there is nothing to search."""
    settings = copy.root / "mkdocs.yml"
    copy.kept[settings] = settings.read_bytes()
    new_language.begin(copy.root, "am")
    code, _, said = copy.build()
    shutil.rmtree(copy.root / "docs/am")
    assert code == 0, said
    assert re.search(r'<html[^>]* lang="?am\b', (copy.site / "am/index.html").read_text(encoding="utf-8"))


def test_contacts_without_the_lines_that_only_some_have(copy: Copy) -> None:
    """Elsewhere there may be no line for minors: what shows it is told, and nothing falls over."""
    copy.change(CONTACTS, "\nminors:\n", "\nyoung:\n")
    code, lines, said = copy.build()
    assert code == 1
    assert any("no contact is called 'minors.phone'" in text for text in lines), said
    assert "Traceback" not in said


def test_all_mistakes_in_the_contacts_are_told_at_once(copy: Copy) -> None:
    """Three wrong lines in contacts.yml are three lines of the answer."""
    expected = {
        copy.change(CONTACTS, "02 511 64 64", "02 511"),
        copy.change(CONTACTS, "03 201 16 90", "03 201"),
        copy.change(CONTACTS, "admin@payoke.be", "admin"),
    }
    _, lines, said = copy.build()
    assert {f"{CONTACTS}:{line}" for line in expected} <= {text.partition(": ")[0] for text in lines}, said


def test_a_folder_that_can_not_be_written_is_told_in_a_line(copy: Copy) -> None:
    (copy.root / "letter").write_text("not a folder", encoding="utf-8")
    code, _, said = copy.build("--output", "letter/site")
    assert code == 1
    assert said.startswith("The site could not be written: ")
    assert len(said.splitlines()) == 1


def test_a_mistake_in_a_template_is_told_in_a_line(copy: Copy) -> None:
    line = copy.change("overrides/base.html", "{% endblock", "{% endblok")
    code, lines, said = copy.build()
    assert code == 1
    assert "Traceback" not in said
    assert any(text.startswith(f"overrides/base.html:{line}: error: ") for text in lines), said


def test_an_operator_to_be_filled_in_is_a_warning(copy: Copy) -> None:
    """The site is built, the pages show a marked gap, and the build says which lines are to be filled in."""
    copy.change(CONTACTS, "operator:\n  name:", "operator:\n  name: Organisation of hope")
    code, lines, _ = copy.build()
    told = [text for text in lines if text.startswith(f"{CONTACTS}:") and ": warning: operator." in text]
    assert code == 0
    assert {re.findall(r"operator\.\w+", text)[0] for text in told} == {"operator.address", "operator.email"}
    about = (copy.site / "nl/about/index.html").read_text(encoding="utf-8")
    assert "Organisation of hope" in about
    assert "<mark class=gap>" in about


def test_a_changed_number_changes_everywhere(copy: Copy) -> None:
    """One line in contacts.yml, and every page of every language dials the new number."""
    copy.change(CONTACTS, "03 201 16 90", "03 201 16 91")
    code, _, said = copy.build()
    assert code == 0, said
    pages = {name: text.decode() for name, text in copy.files().items() if name.endswith(".html")}
    assert not [name for name, text in pages.items() if "03 201 16 90" in text or "+3232011690" in text]
    assert {"contact/index.html", "nl/contact/index.html"} <= {
        n for n, t in pages.items() if "+3232011691" in t
    }


@pytest.mark.parametrize(
    ("what", "do"),
    [
        ("docs/contacts.yml", Path.unlink),
        ("docs/nl/interface.yml", Path.unlink),
        ("docs/nl/interface.yml", lambda file: file.write_bytes(b"site_name: \xff\n")),
        ("docs/nl/recognise.md", lambda file: file.write_bytes(b"---\ntitle: \xff\n---\n# A\n")),
        ("mkdocs.yml", lambda file: file.write_text("site_name: [", encoding="utf-8")),
        ("mkdocs.yml", lambda file: file.write_bytes(file.read_text(encoding="utf-8").encode("utf-16"))),
        ("mkdocs.yml", lambda file: file.write_bytes(b"site_name: caf\xe9\n")),
        ("mkdocs.yml", Path.unlink),
    ],
    ids=[
        "no contacts",
        "no words",
        "words not in UTF-8",
        "a page not in UTF-8",
        "settings that are no YAML",
        "settings in UTF-16",
        "settings in Windows-1252",
        "no settings",
    ],
)
def test_files_that_cannot_be_read(copy: Copy, what: str, do: Callable[[Path], object]) -> None:
    """A file that is missing or damaged is told like any other mistake."""
    file = copy.root / what
    copy.kept[file] = file.read_bytes()
    before = copy.files()
    do(file)
    code, lines, said = copy.build()
    assert code == 1
    assert [text for text in lines if text.startswith(what)], said
    assert "Traceback" not in said
    assert copy.files() == before


def test_what_editors_leave_and_windows_adds_changes_nothing(copy: Copy) -> None:
    """Files of an editor that is open, and the mark that Windows' own editor writes before a text."""
    assert copy.build()[0] == 0
    before = copy.files()
    records = "docs/nl/.confirmed"
    left = [
        ".advice.md.swp",
        "#advice.md#",
        "advice.md~",
        "._advice.md",
        "advice.md.bak",
        ".obsidian/advice.md",
    ]
    for name in [f"{place}/{name}" for place in ("docs", "docs/nl", "docs/assets", records) for name in left]:
        (copy.root / name).parent.mkdir(parents=True, exist_ok=True)
        (copy.root / name).write_bytes(b"\xff\0")
    (copy.root / "docs/en/.#advice.md").symlink_to("anna@desk.1234:1700000000")
    texts = ["mkdocs.yml", CONTACTS, "docs/en/advice.md", "docs/nl/advice.md", "docs/nl/interface.yml"]
    for name in [*texts, f"{records}/advice.yml", "docs/regions.yml", "docs/en/recognise.md"]:
        file = copy.root / name
        copy.kept[file] = file.read_bytes()
        file.write_bytes(b"\xef\xbb\xbf" + copy.kept[file].replace(b"\n", b"\r\n"))
    code, _, said = copy.build()
    assert code == 0, said
    assert copy.files() == before


def test_a_language_that_is_not_built_is_nowhere_and_index_may_end_a_name(copy: Copy) -> None:
    """No chooser, map or search leads to what is not there; a page's name is its address."""
    copy.change("mkdocs.yml", "name: Nederlands, build: true", "name: Nederlands, build: false")
    copy.change("mkdocs.yml", "[find-centre.md,", "[price-index.md, find-centre.md,")
    page = copy.root / "docs/en/price-index.md"
    page.write_text("---\ntitle: Prices\ndescription: B\n---\n# Prices\n\nText.\n", encoding="utf-8")
    code, _, said = copy.build()
    page.unlink()
    assert code == 0, said
    files = copy.files()
    assert not [name for name in files if name.startswith("nl/")]
    texts = {name: text.decode() for name, text in files.items() if name.endswith((".html", ".xml"))}
    assert not [name for name, text in texts.items() if re.search(r"\bnl/|hreflang=\"?nl|Nederlands", text)]
    assert "<loc>https://example.org/price-index/</loc>" in texts["sitemap.xml"]
    assert re.search(
        r"rel=\"?canonical\"?[^>]*price-index/|price-index/\"? rel=", texts["price-index/index.html"]
    )
    assert not [name for name, text in texts.items() if "price-/" in text]
    code, _, said = copy.build("--language", "nl")
    assert code == 1
    assert "the site has no language 'nl'" in said


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("locale: nl,", "locale: no,", "put no in quotation marks"),
        ("    nl: https", "    no: https", "put no in quotation marks"),
        ("  - i18n:", "  - no-such-plugin\n  - i18n:", "no-such-plugin"),
        ("  - sane_lists", "  - no_such_extension", "no_such_extension"),
        ("[find-centre.md,", "[find-center.md,", "there is no page docs/en/find-center.md"),
        ("hooks:\n  - scripts/safepage/plugin.py\n", "", "the hooks that make and check the pages are off"),
    ],
)
def test_a_setting_that_leads_nowhere_is_one_line(copy: Copy, old: str, new: str, says: str) -> None:
    line = copy.change("mkdocs.yml", old, new)
    code, lines, said = copy.build()
    assert code == 1
    errors = [text for text in lines if ": error: " in text]
    assert any(says in text for text in errors), said
    assert len(errors) == 1 or "find-center" in new, said
    assert says == "the hooks that make and check the pages are off" or any(
        text.startswith(f"mkdocs.yml:{line}:") for text in errors if says in text
    ), said
    assert "Traceback" not in said


def test_no_setting_takes_a_promise_away(copy: Copy) -> None:
    """Without its validation the build finds broken links all the same, and contacts stay unpublished."""
    text = (copy.root / "mkdocs.yml").read_text(encoding="utf-8")
    copy.change("mkdocs.yml", text[text.index("validation:") :], "")
    copy.change("mkdocs.yml", "exclude_docs: '*.yml'\n", "")
    code, _, said = copy.build()
    assert code == 0, said
    assert not [name for name in copy.files() if name.endswith(".yml")]
    line = copy.append("docs/en/advice.md", "[x](nowhere.md) and [y](contact.md#nowhere)")
    code, lines, said = copy.build()
    assert code == 1
    assert sum(text.startswith(f"docs/en/advice.md:{line}: error") for text in lines) == 2, said
