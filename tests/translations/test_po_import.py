"""What comes back from a volunteer: words and nothing else, confirmed where they are finished."""

from __future__ import annotations

from pathlib import Path

import pytest

from safepage.translations import catalogue
from safepage.translations.po import matching, units
from safepage.translations.po.reading import Entry
from small import Small, small_site
from volunteer import Volunteer, open_units, unit


@pytest.fixture
def volunteer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Volunteer:
    return Volunteer(small_site(tmp_path / "site"), capsys)


def state(site: Small, page: str, tag: str = "nl") -> tuple[str, int]:
    """The status of a page, and how many of its paragraphs wait."""
    found = catalogue.read(site.root).state(tag, page)
    return found.status, len(found.changed)


@pytest.mark.parametrize("tag", ["nl", "ar"])
def test_a_file_that_nobody_touched_changes_nothing(volunteer: Volunteer, tag: str) -> None:
    volunteer.tag = tag
    (volunteer.site.root / f"docs/{tag}/.confirmed/about.yml").unlink()  # never confirmed
    volunteer.site.change(
        "docs/en/advice.md", "Trust takes time", "New.\n\nTrust takes time"
    )  # not there yet
    before = volunteer.files()
    volunteer.export()
    assert volunteer.bring() == 0
    assert volunteer.said == ["The file has nothing that the site doesn't have already."]
    assert not volunteer.changes(before)


def test_words_are_written_in_their_place_and_nothing_else(volunteer: Volunteer) -> None:
    before, po = volunteer.files(), volunteer.export()
    unit(
        po, "recognise#signs", "Gets no pay"
    ).msgstr = "Krijgt geen loon\nIemand anders\N{NO-BREAK SPACE}: die houdt het"
    unit(po, "recognise: title").msgstr = 'Herken "de" signalen: nu'
    unit(po, "interface.yml: exit").msgstr = 'Weg van "hier"'
    unit(po, "index#routes", "[**Talk").msgstr = "[**Praat**](contact.md#centres) U hebt geen bewijs nodig."
    assert volunteer.bring(po) == 0, volunteer.said
    paths = {"nl/recognise.md", "nl/interface.yml", "nl/index.md"}
    assert volunteer.changes(before) == paths
    pairs = {
        path: (before[path].decode().split("\n"), volunteer.files()[path].decode().split("\n"))
        for path in paths
    }
    new = {path: [line for line in after if line not in was] for path, (was, after) in pairs.items()}
    assert new == {
        "nl/recognise.md": [
            'title: "Herken \\"de\\" signalen: nu"',
            "- [ ] Krijgt geen loon {#pay}",
            "      Iemand anders\N{NO-BREAK SPACE}: die houdt het",
        ],
        "nl/interface.yml": ['exit: "Weg van \\"hier\\""'],
        "nl/index.md": ["- [**Praat**](contact.md#centres) U hebt geen bewijs nodig."],
    }
    assert all(len(was) == len(after) for was, after in pairs.values())
    assert volunteer.site.build() == []
    assert volunteer.bring(volunteer.export()) == 0
    assert "nothing that the site" in volunteer.said[0]


def test_what_is_finished_is_confirmed_and_nothing_else(volunteer: Volunteer) -> None:
    """A page of which all is finished is current; of another exactly the rest is outdated."""
    site = volunteer.site
    site.change("docs/en/recognise.md", "The sooner someone notices", "The earlier somebody notices")
    assert state(site, "recognise") == ("outdated", 2)
    po = volunteer.export()
    later = unit(po, "recognise", "The signs below")
    later.msgstr, later.fuzzy = later.msgstr + " Wat u opmerkt, telt.", False
    assert volunteer.bring(po) == 0, volunteer.said
    assert "docs/nl/recognise.md: 1 written, 1 confirmed, 1 left to do" in volunteer.said
    found = catalogue.read(site.root).state("nl", "recognise")
    assert [change.new and change.new.text.startswith("The earlier") for change in found.changed] == [True]
    po = volunteer.export()
    unit(po, "recognise", "The earlier").fuzzy = False  # it still says the same in Dutch
    assert volunteer.bring(po) == 0
    assert "docs/nl/recognise.md: 0 written, 1 confirmed, nothing left to do" in volunteer.said
    assert state(site, "recognise") == ("draft", 0)  # nobody has reviewed the new words
    assert state(site, "contact") == ("current", 0)


def test_a_page_is_begun_with_what_is_finished_and_grows(volunteer: Volunteer) -> None:
    site = volunteer.site
    site.change("docs/en/find-centre.md", 'description: "Find your centre"', 'description: "By postcode."')
    po = volunteer.export("find-centre")
    unit(po, "find-centre: title").msgstr = "Vind uw centrum"
    unit(po, "find-centre", "Find your centre").msgstr = "Vind uw centrum"
    assert volunteer.bring(po) == 0, volunteer.said
    assert state(site, "find-centre")[0] == "missing"  # nothing of its text has words
    po = volunteer.export("find-centre")
    assert unit(po, "find-centre: title").msgstr == "Vind uw centrum"
    body = unit(po, "find-centre", "In danger now")
    assert body.msgstr == ""
    body.msgstr = (
        "Nu in gevaar? Bel {{ emergency.phone }}. Voor een kind: {{minors.name}}: {{ minors.phone }}."
    )
    unit(po, "find-centre: description").msgstr = "Met uw postcode."
    assert volunteer.bring(po) == 0, volunteer.said
    assert state(site, "find-centre") == ("draft", 0)
    assert "Voor een kind: {{ minors.name }}: {{ minors.phone }}.\n\n{{ list.regions }}\n" in site.read(
        "docs/nl/find-centre.md"
    )
    assert not list(open_units(volunteer.export(), "find-centre"))
    assert site.build() == []


def test_a_language_that_readers_do_not_get_yet_passes_the_same_gate(volunteer: Volunteer) -> None:
    """And a page of it that is begun says nothing of whether the source is a draft."""
    site = volunteer.site
    site.change("mkdocs.yml", "name: Nederlands, build: true", "name: Nederlands, build: false")
    site.change("docs/en/find-centre.md", "title:", "draft: true\ntitle:")
    po = volunteer.export()
    body = unit(po, "find-centre", "In danger now")
    body.msgstr = "Bel {{ emergency.phone }} of 0470 12 34 56. {{minors.name}}: {{ minors.phone }}."
    assert volunteer.bring(po) == 1
    assert "phone number" in volunteer.said[0]
    body.msgstr = "Bel {{ emergency.phone }}. {{ minors.name }}: {{ minors.phone }}."
    assert volunteer.bring(po) == 0, volunteer.said
    assert "draft" not in site.read("docs/nl/find-centre.md")
    assert "build: false" in site.read("mkdocs.yml")


def test_half_a_page_says_which_half(volunteer: Volunteer) -> None:
    site = volunteer.site
    for name in ("docs/nl/recognise.md", "docs/nl/.confirmed/recognise.yml"):
        (site.root / name).unlink()
    po = volunteer.export()
    unit(
        po, "recognise", "The sooner"
    ).msgstr = "Hoe sneller iemand iets merkt, hoe sneller een slachtoffer hulp krijgt."
    assert volunteer.bring(po) == 0, volunteer.said
    found = catalogue.read(site.root).state("nl", "recognise")
    assert (found.status, found.draft) == ("outdated", True)
    assert len(found.untranslated_blocks) == 8
    assert not found.outdated_blocks & found.untranslated_blocks
    assert site.build() == []
    page = site.page("nl/recognise")
    assert [node.attributes["lang"] for node in page.css("main p[lang], main li[lang], main h2[lang]")]
    before = volunteer.files()
    assert volunteer.bring(volunteer.export()) == 0
    assert not volunteer.changes(before)


def test_paragraphs_that_english_gained_come_in_their_place(volunteer: Volunteer) -> None:
    """First, in the middle and last of a list; a section; a notice. What is not translated yet is English."""
    site = volunteer.site
    site.change("docs/en/advice.md", "Trust takes", '!!! note "Mind"\n    Look around first.\n\nTrust takes')
    site.append(
        "docs/en/advice.md",
        "## Later {#later}\n\nCome back when you can, whenever that is.\n\n{{ minors.phone }}",
    )
    site.change("docs/en/index.md", "- [**Read", "- First of all, take your time.\n- [**Read")
    site.change("docs/en/index.md", "description:", "menu: Start\ndescription:")
    po = volunteer.export()
    assert len(list(open_units(po, "advice"))) == 4
    unit(po, "advice", "Mind").msgstr = "Let op"
    unit(po, "advice#later", "Come back").msgstr = "Kom terug wanneer u kunt."
    unit(po, "index#routes", "First of all").msgstr = "Neem eerst de tijd."
    unit(po, "index: menu").msgstr = "Begin"
    assert volunteer.bring(po) == 0, volunteer.said
    dutch = site.read("docs/nl/advice.md")
    assert '# Enkele adviezen\n\n!!! note "Let op"\n    Look around first.\n\nVertrouwen vraagt tijd' in dutch
    assert dutch.endswith("\n\n## Later {#later}\n\nKom terug wanneer u kunt.\n\n{{ minors.phone }}\n")
    assert '\nmenu: "Begin"\ndescription: ' in site.read("docs/nl/index.md")
    assert "{#routes}\n\n- Neem eerst de tijd.\n- [**Lees" in site.read("docs/nl/index.md")
    assert site.build(only="nl") == []
    assert state(site, "advice") == ("outdated", 1 + 1)  # the notice's text, the heading
    assert state(site, "index") == ("draft", 0)
    before = volunteer.files()
    assert volunteer.bring(volunteer.export()) == 0
    assert not volunteer.changes(before)


def test_what_english_no_longer_has_stays_for_a_person_to_see(volunteer: Volunteer) -> None:
    site = volunteer.site
    site.change("docs/en/advice.md", "Trust takes time, and a calm talk can be a first step.\n\n", "")
    site.change("docs/en/advice.md", "Speak with the person alone", "Always speak with the person alone")
    po = volunteer.export()
    waiting = unit(po, "advice", "Always speak")
    assert waiting.fuzzy
    waiting.fuzzy = False
    assert volunteer.bring(po) == 0, volunteer.said
    found = catalogue.read(site.root).state("nl", "advice")
    assert [change.kind for change in found.changed] == ["removed"]
    assert "Vertrouwen vraagt tijd" in site.read("docs/nl/advice.md")


def test_a_section_of_another_shape_is_for_the_page_itself(volunteer: Volunteer) -> None:
    site = volunteer.site
    whole = volunteer.export()
    site.change(
        "docs/nl/recognise.md", "Meerdere signalen samen", "Een alinea meer.\n\nMeerdere signalen samen"
    )
    before = volunteer.files()
    assert not [entry for entry in volunteer.export() if entry.msgctxt == "recognise#meaning"]
    unit(whole, "recognise#meaning", "Several").msgstr = "Anders, met [advies](contact.md#centres)."
    assert volunteer.bring(whole) == 0
    assert any("translate it in docs/nl/recognise.md" in line for line in volunteer.said)
    assert not volunteer.changes(before)


def test_a_paragraph_that_moved_is_not_taken_for_one_that_is_like_it() -> None:
    """The one that English no longer has comes first in the file, and would be like the other."""
    before = "# T\n\n## A {#a}\n\nCall the centre in Gent today.\n\n## B {#b}\n\n"
    before += "Call the centre in Antwerp today.\n"
    after = "# T\n\n## A {#a}\n\nNothing of it.\n\n## C {#c}\n\nCall the centre in Antwerp today.\n"
    old = units.of_page("page", before, "p.md")
    entries = [Entry(n, unit.place, unit.source, "Zo.", False) for n, unit in enumerate(old)]
    known = {unit.block.digest for unit in old}
    works, faults = matching.match(entries, units.of_page("page", after, "p.md"), {}, known, "x.po")
    found = {work.entry.source: (work.unit.source, work.older) for work in works}
    assert found["Call the centre in Antwerp today."] == ("Call the centre in Antwerp today.", False)
    assert "Call the centre in Gent today." not in found
    assert "“Call the centre in Gent today.” of page#a is no more in the source" in "".join(map(str, faults))


def test_doubt_takes_nothing_back(volunteer: Volunteer) -> None:
    """What waits in a file may have been confirmed meanwhile: it is told, and the site keeps its words."""
    before, po = volunteer.files(), volunteer.export()
    one = unit(po, "contact", "Are you in doubt")
    one.fuzzy, one.msgstr = True, "Anders."
    assert volunteer.bring(po) == 0
    assert "“Anders.” is left out: the site has newer words" in "".join(volunteer.said)
    assert not volunteer.changes(before)


def test_words_that_were_taken_out_or_left_in_english_are_not_taken(volunteer: Volunteer) -> None:
    before, po = volunteer.files(), volunteer.export()
    for entry in po:
        if entry.msgctxt.startswith(("contact", "interface")):  # the second are fuzzy, too
            entry.msgstr = ""
        elif entry.msgctxt.startswith("index"):
            entry.msgstr = entry.msgid if len(entry.msgid) > 40 else entry.msgstr
    assert volunteer.bring(po) == 0
    assert not volunteer.changes(before)


def test_words_of_the_frame_are_finished_word_by_word(volunteer: Volunteer) -> None:
    site = volunteer.site
    po = volunteer.export("interface")
    same = {entry.msgctxt for entry in po if not entry.msgstr}
    assert "interface.yml: find_postcodes" in same  # “Postcodes”, of which nobody has said that it is right
    for entry in po:
        entry.fuzzy, entry.msgstr = False, entry.msgstr or entry.msgid
    unit(po, "interface.yml: menu").fuzzy = True
    assert volunteer.bring(po) == 0, volunteer.said
    frame = catalogue.read(site.root).frame("nl")
    assert (frame.outdated, frame.untranslated) == (["menu"], ())
    again = volunteer.export("interface")
    assert [entry.msgctxt for entry in again if entry.fuzzy or not entry.msgstr] == ["interface.yml: menu"]


def test_a_file_of_an_older_english_loses_nothing(volunteer: Volunteer) -> None:
    """Unchanged units are written and stay current; changed ones are written and stay outdated; words that
    the site has newer stay."""
    site = volunteer.site
    po = volunteer.export()
    unit(po, "advice", "Trust takes").msgstr = "Vertrouwen vraagt veel tijd."
    unit(po, "advice", "Speak with").msgstr = "Spreek met niemand anders erbij, en beloof weinig."
    unit(po, "contact", "Are you in doubt").msgstr = "Oude woorden."
    unit(
        po, "find-centre", "In danger"
    ).msgstr = "Bel {{ emergency.phone }}; {{ minors.name }}: {{ minors.phone }}."
    unit(
        po, "recognise#meaning", "Several"
    ).msgstr = "Meer signalen samen: [vraag advies](contact.md#centres)."
    site.change("docs/en/advice.md", "Trust takes time", "Trust takes a lot of time")
    site.change("docs/en/find-centre.md", "In danger now", "In danger right now")
    site.change("docs/en/contact.md", "Are you in doubt?", "Do you doubt?")
    site.change("docs/nl/contact.md", "Twijfelt u?", "Bent u niet zeker?")
    site.confirm("nl", "contact")
    site.change("docs/en/recognise.md", "{#meaning}", "{#telling}")
    site.change("docs/nl/recognise.md", "{#meaning}", "{#telling}")
    site.confirm("nl", "recognise")
    assert volunteer.bring(po) == 0, volunteer.said
    assert "Vertrouwen vraagt veel tijd." in site.read("docs/nl/advice.md")
    assert "Spreek met niemand anders erbij" in site.read("docs/nl/advice.md")
    found = catalogue.read(site.root).state("nl", "advice")
    assert [change.new and change.new.text[:17] for change in found.changed] == ["Trust takes a lot"]
    assert "Bent u niet zeker?" in site.read("docs/nl/contact.md")
    assert state(site, "contact") == ("current", 0)
    assert any("“Oude woorden.” is left out: the site has newer words" in line for line in volunteer.said)
    assert "Bel {{ emergency.phone }}; " in site.read("docs/nl/find-centre.md")
    assert state(site, "find-centre")[0] == "outdated"
    assert "Meer signalen samen" in site.read("docs/nl/recognise.md")
    assert state(site, "recognise") == ("current", 0)
    again = volunteer.export()
    assert unit(again, "advice", "Trust takes").fuzzy
    assert unit(again, "find-centre", "In danger").fuzzy
