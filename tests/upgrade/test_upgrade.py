"""A begun site takes a newer generator: its content stays, what is ours is renewed, and all of it is told."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from begun import NEXT, OLD, Begun, Change, begun, wheel

from safepage import taken
from safepage.launcher import swap
from safepage.launcher.venv import Trouble
from safepage.page.paragraphs import paragraphs
from safepage.translations import catalogue, records
from safepage.upgrade import command, wheels
from safepage.upgrade.files import Files
from safepage.upgrade.ours import Ours
from small import REVIEWER

pytestmark = pytest.mark.slow
WHEEL = f"generator/safepage-{NEXT}-py3-none-any.whl"
OURS = "Spreek met de persoon zonder anderen erbij"
STEP = (
    'STEPS = (Step("1.1.0", "mkdocs.yml", lambda text: text.replace("      pictograms:", "      icons:")),)'
)


def instead(*pairs: tuple[str, str]) -> Change:
    """What replaces pieces of a text."""

    def change(text: str) -> str:
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        return text

    return change


NEW_NL = instead(
    ('exit_keys: "', 'exit_why: "Zo bent u weg"\nexit_keys: "'),
    ("Dit deel is misschien", "Dit is wellicht"),
    ('home: "Startpagina"', 'home: "Voorpagina"'),
)
# What the next generator has: a word that every page shows, a setting that has moved, other texts, another
# launcher, another workflow, another template.
CHANGES: dict[str, Change] = {
    "texts/en/interface.yml": instead(('exit_keys: "', 'exit_why: "So you are gone"\nexit_keys: "')),
    "texts/nl/interface.yml": NEW_NL,
    "texts/nl/advice.md": instead((OURS, "Spreek de persoon alleen")),
    "texts/en/recognise.md": instead(("# ", "# Now: ")),
    "theme/parts/footer/template.html": instead(("{{ words.footer_note }}", "{{ words.exit_why }}")),
    "config.py": instead(("    pictograms = ", "    icons = ")),
    "plugin.py": instead(("self.config.pictograms", "self.config.icons")),
    "site/settings_check.py": instead(('"pictograms")', '"icons")')),
    "upgrade/steps.py": instead(("STEPS: Sequence[Step] = ()", STEP)),
    "begin/files/manage.py": instead(("The one command of this site.", "The one command.")),
    "begin/files/github/workflows/test.yml": instead(("timeout-minutes: 30", "timeout-minutes: 20")),
    "begin/files/github/workflows/publish.yml": instead(("timeout-minutes: 15", "timeout-minutes: 10")),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheels, each made once."""
    folder = tmp_path_factory.mktemp("wheels")
    return {OLD: wheel(folder, OLD), NEXT: wheel(folder, NEXT, CHANGES)}


@pytest.fixture
def site(made: dict[str, Path], tmp_path: Path) -> Begun:
    """A site whose people have worked in it: texts and words, a workflow, a footer; some saved by Windows."""
    site = begun(tmp_path / "Ein Ordner – مجلد", made[OLD])
    site.append("docs/en/recognise.md", "A sentence of our house.")
    site.change("mkdocs.yml", "nav:", "# Our menu, in this order.\nnav:")
    site.change("docs/nl/interface.yml", 'home: "Startpagina"', 'home: "Begin" # zoals op papier')
    site.change(".github/workflows/test.yml", "timeout-minutes: 30", "timeout-minutes: 60")
    site.write("overrides/parts/footer/template.html", "<footer class='site'>Our own</footer>")
    site.write("notes.txt", "Of no concern to anybody.")
    for path, mark in (("docs/nl/interface.yml", b"\xef\xbb\xbf"), ("mkdocs.yml", b""), ("manage.py", b"")):
        site.write(path, mark + (site.root / path).read_bytes().replace(b"\n", b"\r\n"))
    return site


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def test_the_content_stays_and_what_is_ours_is_renewed(
    site: Begun, made: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    before = site.content()
    assert site.upgrade("--check", str(made[NEXT])) == 1, "something is left to do by hand"
    checked = capsys.readouterr().out
    assert site.content() == before
    assert site.upgrade(str(made[NEXT])) == 0
    said, errors = capsys.readouterr()
    assert errors == ""
    after = site.content()
    assert changed(before, after) == {
        *(f"docs/{tag}/interface.yml" for tag in ("en", "nl", "so")),
        *(WHEEL, f"generator/safepage-{OLD}-py3-none-any.whl"),
        *("generator/site.lock", "generator/tests.lock", "generator/taken.json"),
        *("mkdocs.yml", "manage.py", ".github/workflows/publish.yml"),
    }
    # Nothing of these files but what was needed, in their own way of writing.
    assert after["mkdocs.yml"] == before["mkdocs.yml"].replace(b"      pictograms:", b"      icons:")
    word = b'exit_why: "Zo bent u weg"\r\n'
    assert after["docs/nl/interface.yml"] == before["docs/nl/interface.yml"].replace(
        b"exit_keys:", word + b"exit_keys:"
    )
    assert b'exit_why: "So you are gone"\n' in after["docs/so/interface.yml"]
    assert after["manage.py"].count(b"\r\n") == before["manage.py"].count(b"\r\n")
    assert after[WHEEL] == made[NEXT].read_bytes()
    assert wheels.in_use(site.root).version == wheels.read(made[NEXT]).version
    for line in (
        f"From {OLD} to {NEXT}.",
        "    -      pictograms:",
        '+exit_why: "Zo bent u weg"',
        "Texts of ours that have changed (--take-texts takes those that are still ours",
        "docs/nl/advice.md (still ours)",
        "line 9: Spreek[- met-] de persoon [-zonder anderen erbij-]{+alleen+}, en",
        "docs/en/recognise.md (yours differs, and stays)",
        "line 7: {+Now: +}Recognise",
        "note_block (still ours): Dit[- deel-] is [-misschien-]{+wellicht+}",
        ".github/workflows/test.yml stays as it is; ours has changed:",
        "+    timeout-minutes: 20",
        "overrides/parts/footer/template.html lies over a file that has changed in the theme",
        "home (yours differs, and stays): [-Startpagina-]{+Voorpagina+}",
        "docs/so/interface.yml: 1 new word to translate",
    ):
        assert line in said, f"{line}\n\n{said}"
    assert said.partition("\nThe site has")[0] in checked
    assert list((site.root / ".cache").glob("upgrade-*")) == []
    # The next time nothing is ours any more that was told as taken, and there is nothing newer.
    assert site.upgrade() == 1
    assert "no newer generator than 1.1.0" in capsys.readouterr().out
    assert taken.read(site.root)["docs/nl/advice.md"] == site.read("docs/nl/advice.md"), (
        "not taken, so as before"
    )


def test_texts_that_are_still_ours_are_taken_with_their_state(
    site: Begun, made: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """To the letter alone; what a translation was confirmed against comes with it, or stays with it."""
    before = site.content()
    source = paragraphs(site.read("docs/en/recognise.md"))
    site.write("generator/" + made[NEXT].name, made[NEXT].read_bytes())
    assert site.upgrade("--take-texts", "--keep-workflows") == 0, "the newest that lies in generator/"
    said = capsys.readouterr().out
    assert "docs/nl/advice.md (taken)" in said
    assert "docs/en/recognise.md (yours differs, and stays)" in said
    assert "Pages that have changed:\n  text: /contributors/ /nl/advice/ /nl/recognise/\n" in said
    assert "Spreek de persoon alleen" in site.read("docs/nl/advice.md")
    assert b'note_block: "Dit is wellicht verouderd."\r\n' in site.content()["docs/nl/interface.yml"]
    assert 'home: "Begin" # zoals op papier' in site.read("docs/nl/interface.yml")
    now = site.content()
    texts = {name for name in changed(before, now) if name.endswith(".md") or ".confirmed" in name}
    assert texts == {"docs/nl/advice.md"}
    assert paragraphs(site.read("docs/en/recognise.md")) == source
    states = {page: catalogue.read(site.root).state("nl", page).status for page in ("advice", "recognise")}
    assert states == {"advice": "current", "recognise": "outdated"}
    # GitHub lets no workflow change a workflow: the next upgrade by a person brings what is left alone.
    assert {name for name in changed(before, now) if name.startswith(".github")} == set()
    assert ".github/workflows/publish.yml stays as it is; ours has changed:" in said
    noted = taken.read(site.root)
    assert "timeout-minutes: 15" in noted[".github/workflows/publish.yml"]
    assert noted["docs/nl/advice.md"] == site.read("docs/nl/advice.md")
    assert "# Now: " not in noted["docs/en/recognise.md"]


def test_a_record_is_told_in_words(tmp_path: Path) -> None:
    """What the words of a frame were confirmed against is nothing to read."""
    path = records.record_path("nl", records.FRAME)
    was, now = (
        records.dump(records.renew(None, paragraphs(f"# {text}\n"), None), "nl", records.FRAME)
        for text in ("Before", "After")
    )
    site = Files(tmp_path)
    site.write(path, was)
    ours = Ours(site, {path: was}, {path: now}, take=False, keep_workflows=False)
    ours.renew()
    assert ours.texts == [f"{path}", "  source (still ours): which words match"]


def test_a_changed_source_that_is_taken_leaves_its_translation_outdated(
    made: dict[str, Path], tmp_path: Path
) -> None:
    """Where the translation is the site's own; one that is taken, too, brings its record, and matches."""
    site = begun(tmp_path / "site", made[OLD])
    record = site.read(records.record_path("nl", "advice"))
    site.change("docs/nl/advice.md", OURS, "Praat alleen met de persoon")
    source = site.read("docs/en/contact.md").replace("# ", "# Now: ")
    confirmed = records.dump(records.renew(None, paragraphs(source), REVIEWER), "nl", "contact")
    new = wheel(
        tmp_path,
        NEXT,
        {
            "texts/en/advice.md": instead(("# ", "# Now: ")),
            "texts/en/contact.md": source,
            "texts/nl/contact.md": instead(("# ", "# Nu: ")),
            "texts/nl/.confirmed/contact.yml": confirmed,
        },
    )
    pages = ("advice", "contact")
    assert {catalogue.read(site.root).state("nl", page).status for page in pages} == {"current"}
    assert site.upgrade("--take-texts", str(new)) == 0
    assert "# Now: " in site.read("docs/en/advice.md")
    assert site.read(records.record_path("nl", "advice")) == record
    states = {page: catalogue.read(site.root).state("nl", page).status for page in pages}
    assert states == {"advice": "outdated", "contact": "current"}


def test_a_generator_that_changes_nothing_is_clean(
    made: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And `--check` says so by its exit code; where there is no newer one, too."""
    site = begun(tmp_path / "site", made[OLD])
    before = site.content()
    assert site.upgrade("--check") == 0
    new = wheel(tmp_path, NEXT)
    assert site.upgrade("--check", str(new)) == 0
    assert site.content() == before
    capsys.readouterr()
    assert site.upgrade(str(new)) == 0
    assert capsys.readouterr().out.split("\n") == [
        f"From {OLD} to {NEXT}.",
        "",
        "The site has the new generator. See it: python3 manage.py serve",
        "",
    ]
    assert {name for name in changed(before, site.content()) if not name.startswith("generator/")} == set()


def test_a_wheel_that_can_t_be_taken_is_told_in_a_line(
    made: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = begun(tmp_path / "site", made[OLD])
    before = site.content()
    data = made[NEXT].read_bytes()
    files = {
        "half/safepage-1.1.0-py3-none-any.whl": (data[: len(data) // 2], "damaged"),
        "bits/safepage-1.1.0-py3-none-any.whl": (data[:5000] + b"\0\1\2" + data[5003:], "damaged"),
        "safepage-1.2.0-py3-none-any.whl": (data, "damaged"),
        "safepage-x-py3-none-any.whl": (data, "damaged"),
        "another-1.1.0-py3-none-any.whl": (data, "no wheel of the generator"),
        "safepage-1.1.0.tar.gz": (data, "no wheel of the generator"),
        "safepage-1.4.0-py3-none-any.whl": (b"", "damaged"),
    }
    wrong = {}
    for name, (content, what) in files.items():
        file = tmp_path / "other" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        code = site.upgrade(str(file))
        lines = capsys.readouterr().err.splitlines()
        if code != 1 or len(lines) != 2 or what not in lines[0] or lines[1] != command.NOTHING:
            wrong[name] = lines
    others = {
        str(tmp_path / "nowhere.whl"): "there is no such file",
        str(wheel(tmp_path / "same", OLD)): "1.0.0 is the generator that the site has",
        str(wheel(tmp_path, "0.9.0")): "0.9.0 is older than 1.0.0, that the site has",
        str(wheel(tmp_path, "1.0.0rc1")): "1.0.0rc1 is older",
    }
    for name, what in others.items():
        code = site.upgrade(name)
        lines = capsys.readouterr().err.splitlines()
        if code != 1 or len(lines) != 2 or what not in lines[0]:
            wrong[name] = lines
    assert wrong == {}
    assert site.content() == before


def test_what_is_not_in_order_before_stays_as_it_is(
    made: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A generator that was changed after it was locked, a lock that names none, a site with faults."""
    site = begun(tmp_path / "site", made[OLD])
    name = f"generator/{made[OLD].name}"
    breaks = {
        name: (
            wheel(tmp_path, OLD, {"theme/whole.js": "evil()"}).read_bytes(),
            "not the file that was locked",
        ),
        "generator/site.lock": (b"# nothing\n", "names no generator"),
        "generator/taken.json": (b"<<<<<<<", "can't be read"),
        "docs/nl/about.md": (b"no head", "docs/nl/about.md"),
    }
    wrong = {}
    for path, (data, what) in breaks.items():
        good = (site.root / path).read_bytes()
        site.write(path, data)
        before = site.content()
        code, said = site.upgrade(str(made[NEXT])), capsys.readouterr().err
        if code != 1 or what not in said or command.NOTHING not in said or site.content() != before:
            wrong[path] = said
        site.write(path, good)
    assert not wrong, wrong


FAILING: dict[str, tuple[dict[str, Change], str]] = {
    "a template": ({"theme/base.html": "{% if %}"}, "base.html:1: error: "),
    "its own code": (
        {"upgrade/inside.py": "raise ValueError('oh')"},
        "The new generator fails: ValueError: oh.",
    ),
    "a setting it wants": ({"config.py": instead(("    pictograms = ", "    icons = "))}, "pictograms"),
}


@pytest.mark.parametrize("what", FAILING)
def test_a_generator_that_fails_changes_nothing(
    what: str, made: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each reason is told, without a traceback."""
    site = begun(tmp_path / "site", made[OLD])
    before = site.content()
    changes, told = FAILING[what]
    assert site.upgrade(str(wheel(tmp_path, NEXT, changes))) == 1
    said = capsys.readouterr().err
    assert told in said
    assert said.endswith(f"{command.NOTHING}\n")
    assert "Traceback" not in said
    assert site.content() == before


STOPS: list[tuple[object, str, BaseException, str]] = [
    (command, "_before", OSError("no room"), "upgrade: no room."),
    (command, "_copy", KeyboardInterrupt(), "Stopped."),
    (command, "_inside", Trouble("there is no network"), "upgrade: there is no network."),
    (swap, "_do", OSError("no room"), "upgrade: no room."),
    (swap, "put", swap.Meanwhile("mkdocs.yml"), "mkdocs.yml was saved meanwhile."),
]


def test_wherever_it_is_stopped_all_is_as_it_was(
    made: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Why is told in one line, and nothing is left of it."""
    site = begun(tmp_path / "site", made[OLD])
    before = site.content()
    wrong = []
    for where, step, error, told in STOPS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(where, step, _raising(error))
            code, said = site.upgrade(str(made[NEXT])), capsys.readouterr().err
        left = [entry.name for entry in (site.root / ".cache").glob("*upgrade-*")]
        lines = said.strip().splitlines()
        if code != 1 or len(lines) != 1 or told not in said or command.NOTHING not in said:
            wrong.append((step, said))
        if site.content() != before or left:
            wrong.append((step, str(left)))
    assert wrong == []


def _raising(error: BaseException) -> Callable[..., None]:
    def stopped(*_: object, **__: object) -> None:
        raise error

    return stopped


def test_a_new_environment_that_can_t_be_had_changes_nothing(
    made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next generator needs a package that the present one has not, and there is no network."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", os.fspath(tmp_path))
    site = begun(tmp_path / "site", made[OLD])
    before = site.content()
    digest = "0" * 64
    lock = f"another-package==1.0 --hash=sha256:{digest}\n"
    assert site.upgrade(str(wheel(tmp_path, NEXT, {"locks/build.lock": lock}))) == 1
    said = capsys.readouterr().err.splitlines()
    assert "generator/site.lock could not be fetched: no network" in said[-1]
    assert said[-1].endswith(command.NOTHING)
    assert site.content() == before
