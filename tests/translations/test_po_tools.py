"""PO files of real tools, in and out: gettext, Weblate’s library (translate-toolkit), as Poedit writes."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from translate.filters import checks, pofilter
from translate.storage.pypo import pofile

from engines import absent
from environment import ROOT
from safepage.translations import catalogue
from safepage.translations.po import reading, taking, writing
from small import small_site
from volunteer import Volunteer, unit

GETTEXT = all(map(shutil.which, ("msgfmt", "msgcat", "msgmerge")))
# What says something of the file. The others judge style: where a sentence ends, how long it is, capitals,
# which quotation marks and brackets a language uses; and which units are not finished, as a state says.
STYLE = {
    *("acronyms", "brackets", "doublequoting", "doublewords", "endpunc", "long", "puncspacing", "purepunc"),
    *("sentencecount", "short", "simplecaps", "simpleplurals", "singlequoting", "startcaps", "startpunc"),
    *("hassuggestion", "isfuzzy", "isreview", "unchanged", "untranslated", "spellcheck"),
}


@pytest.fixture
def volunteer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Volunteer:
    return Volunteer(small_site(tmp_path / "site"), capsys)


@pytest.mark.slow
def test_our_languages_go_out_so_that_tools_find_nothing_and_come_back_as_they_are(tmp_path: Path) -> None:
    """A unit for each paragraph: no section is put together so that a translator could not get at its own."""
    site, file = catalogue.read(ROOT), tmp_path / "x.po"
    wrong, units = [], {}
    for tag in site.locales:
        made = writing.export(site, tag, [*site.pages, "interface"])
        text, units[tag] = f"{made}\n", len(made)
        file.write_text(text, encoding="utf-8")
        taken = taking.take(site, tag, reading.read(file, "x.po"))
        wrong += [f"{tag}: {found}" for found in [*taken.texts, *taken.faults]]
        if GETTEXT and (told := told_by("msgfmt", "--check", "--output-file=/dev/null", str(file))):
            wrong.append(f"{tag}: {told}")
        checker = pofilter.pocheckfilter(
            Options(), [checks.StandardChecker], checks.CheckerConfig(tag.replace("-", "_"))
        )
        found = checker.filterfile(pofile(io.BytesIO(text.encode())))
        wrong += [f"{tag}: {one.getcontext()}: {one.getnotes()}" for one in found.units if not one.isheader()]
    assert wrong == []
    assert len(set(units.values())) == 1, units


class Options:
    """What pofilter's command would be told."""

    includefuzzy, includereview, includeheader, autocorrect, addnotes = False, False, False, False, True
    limitfilters, excludefilters, error = None, dict.fromkeys(STYLE), None


def toolkit(text: str) -> str:
    """Read and written by Weblate's library, with the words anew."""
    store = pofile(io.BytesIO(text.encode()))
    for one in store.units:
        if not one.isheader():
            one.target, one.source = str(one.target), str(one.source)
    store.updateheader(add=True, X_Generator="Weblate 5.14", Last_Translator="A <a@example.org>")
    return bytes(store).decode()


def poedit(text: str) -> str:
    """As Poedit writes on Windows: its order of the header, lines of 79, CRLF; gettext wraps as it does."""
    head, _, rest = text.partition("\n\n")
    order = (
        "Project-Id-Version",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
    )
    order += ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "X-Made-For")
    lines = sorted(
        (line for line in head.split("\n") if line.startswith('"')),
        key=lambda line: next((n for n, name in enumerate(order) if line.startswith(f'"{name}:')), 99),
    )
    lines.append('"X-Generator: Poedit 3.6\\n"')
    new = "\n".join(['msgid ""', 'msgstr ""', *lines, "", rest])
    if GETTEXT:
        new = subprocess.run(
            ["msgcat", "--width=79", "-"], input=new, capture_output=True, encoding="utf-8", check=True
        ).stdout
    return new.replace("\n", "\r\n")


@pytest.mark.slow
@pytest.mark.parametrize("tool", [toolkit, poedit], ids=["Weblate", "Poedit"])
@pytest.mark.parametrize("tag", ["nl", "ar"])
def test_what_a_tool_wrote_anew_comes_back_as_it_was(
    volunteer: Volunteer, tool: Callable[[str], str], tag: str
) -> None:
    """A file that a tool only saved changes nothing; words that were changed in it arrive as they are."""
    volunteer.tag = tag
    volunteer.site.change(
        "docs/en/advice.md", "Trust takes", "New, and long enough to be wrapped twice.\n\nTrust"
    )
    before, whole = volunteer.files(), f"{volunteer.export()}\n"
    text = tool(whole)
    assert text != whole
    assert volunteer.bring(text.encode()) == 0, volunteer.said
    assert not volunteer.changes(before)
    po = volunteer.export()
    words = f'Zo "is" het \\* en \N{NO-BREAK SPACE}: {"lang " * 40}einde.'
    unit(po, "advice", "Speak").msgstr = words
    unit(po, "recognise#signs", "Gets").msgstr = f"Een\n{'woord ' * 30}drie"
    assert volunteer.bring(tool(f"{po}\n").encode()) == 0, volunteer.said
    assert volunteer.changes(before) == {f"{tag}/advice.md", f"{tag}/recognise.md"}
    assert words in volunteer.site.read(f"docs/{tag}/advice.md")
    assert f"- [ ] Een {{#pay}}\n      {'woord ' * 30}drie\n" in volunteer.site.read(
        f"docs/{tag}/recognise.md"
    )


@pytest.mark.slow
def test_gettext_brings_an_older_file_up_to_date(volunteer: Volunteer, tmp_path: Path) -> None:
    """`msgmerge` with a new export: what changed since waits, and the words that it keeps arrive."""
    if not GETTEXT:
        absent("gettext")
    old = volunteer.export()
    unit(old, "advice", "Speak").msgstr = "Spreek alleen met de persoon."
    old.save(str(tmp_path / "old.po"))
    volunteer.site.change("docs/en/advice.md", "Trust takes time", "Trust takes a lot of time")
    template = volunteer.export()
    for entry in template:
        entry.msgstr, entry.flags, entry.previous_msgid = "", [], None
    template.save(str(tmp_path / "new.pot"))
    told_by(
        "msgmerge",
        "-q",
        "--previous",
        "--output-file",
        str(volunteer.file),
        str(tmp_path / "old.po"),
        str(tmp_path / "new.pot"),
    )
    merged = polib.pofile(str(volunteer.file))
    assert unit(merged, "advice", "Trust takes a lot").fuzzy
    assert volunteer.bring() == 0, volunteer.said
    assert "Spreek alleen met de persoon." in volunteer.site.read("docs/nl/advice.md")
    state = catalogue.read(volunteer.site.root).state("nl", "advice")
    assert [change.new and change.new.text[:17] for change in state.changed] == ["Trust takes a lot"]


def told_by(*command: str) -> str:
    """What a program says on its error stream; it must end well."""
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return run.stderr
