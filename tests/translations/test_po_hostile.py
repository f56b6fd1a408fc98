"""Nobody breaks a page or changes a phone number by a PO file: it is refused as a whole, with its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import polib
import pytest

from small import small_site
from volunteer import Volunteer, unit

PLACE = ("contact", "Someone is in danger now")
SIGN = ("recognise#signs", "Cannot move")
LINK = ("recognise#meaning", "Several signs")
WORD = ("interface.yml: emergency", "")
TITLE = ("contact: title", "")
ROW = ("notice", "A | B")
CALL = "Bel {{ emergency.phone }}"
WORDS = [
    # What the words must keep
    (PLACE, "Bel 112 en vraag de politie.", "the words lack the placeholder {{ emergency.phone }}"),
    (PLACE, "Bel {{ police.phone }}.", "have the placeholder {{ police.phone }}, which the source has not"),
    (PLACE, f"{CALL} of {{{{ emergency.phone }}}}.", "have the placeholder {{ emergency.phone }}, which"),
    (PLACE, "Bel {{ emergency.phone.", "the words lack the placeholder"),
    (PLACE, f"{CALL} {{{{", "has braces that the source has not"),
    (PLACE, f"{CALL}. {{#exit}}", "has braces that the source has not: an anchor"),
    (PLACE, f"{CALL}.\n\nNog een alinea.", "has 3 lines, but the source has 1"),
    (SIGN, "Alles op een regel.", "has 1 lines, but the source has 2"),
    (LINK, "Vraag [advies](index.md).", "the words lack the link to contact.md#centres"),
    (LINK, "Vraag [advies](https://evil.example/).", "the words lack the link to contact.md#centres"),
    (LINK, "Vraag advies.", "the words lack the link to contact.md#centres"),
    (LINK, "[a](contact.md#centres) [b](javascript:alert)", "have the link to javascript:alert, which"),
    # What would make another thing of them
    (PLACE, f"- {CALL}", "would not be a paragraph"),
    (PLACE, f"1. {CALL}", "would not be a paragraph"),
    (PLACE, f"# {CALL}", "would not be a paragraph"),
    (PLACE, f"> {CALL}", "would not be a paragraph"),
    (PLACE, f'!!! danger "{CALL}"', "would not be a paragraph"),
    (SIGN, "Een teken\n- nog een", "would not be a sign of the checklist"),
    (SIGN, "Een teken\n- [x] nog een", "would not be a sign of the checklist"),
    (SIGN, "[ ] Een teken\nUitleg", "docs/nl/recognise.md: the box"),
    (ROW, "A", "has other cells than the source"),
    # What the gate refuses
    (PLACE, f"{CALL} of +32 470 12 34 56.", "docs/nl/contact.md: "),
    (PLACE, f"{CALL} of schrijf naar wij@evil.example.", "docs/nl/contact.md: "),
    (PLACE, f"{CALL}, zie evil.example.", "docs/nl/contact.md: "),
    (PLACE, f"{CALL} <b>nu</b>.", "docs/nl/contact.md: "),
    (PLACE, f"{CALL} <script>alert(1)</script>.", "docs/nl/contact.md: "),
    (PLACE, f"{CALL} &lt;b&gt;.", "docs/nl/contact.md: "),
    (PLACE, f"{CALL} n\u200bu.", "docs/nl/contact.md: "),
    (PLACE, f"{CALL} \u202eun.", "docs/nl/contact.md: "),
    (PLACE, f"{CALL} **nu.", "docs/nl/contact.md: "),
    (PLACE, f"{CALL} ![x](y.png)", "the words have the link to y.png"),
    (PLACE, f"{CALL} {{% x %}}", "has braces"),
    (TITLE, "Bel 0800 12 345", "docs/nl/contact.md: "),
    (TITLE, "<b>Contact</b>", "docs/nl/contact.md: "),
    (TITLE, 'x"\nsafety_critical: no\ny: "', "has 3 lines"),
    (WORD, "Iemand in gevaar? Bel 101.", "docs/nl/interface.yml: "),
    (WORD, "Iemand in gevaar? Bel {phone} of {phone}.", "docs/nl/interface.yml: "),
    (WORD, "<i>Bel</i> {phone}.", "docs/nl/interface.yml: "),
    (WORD, "Bel {phone}.\nexit: weg", "docs/nl/interface.yml: "),
]


@pytest.fixture(scope="module")
def volunteer(tmp_path_factory: pytest.TempPathFactory) -> Volunteer:
    page = '# Page\n\n!!! note "Mind"\n    Words.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n'
    files = {"docs/en/notice.md": page, "docs/nl/notice.md": page.replace("Page", "Pagina")}
    site = small_site(tmp_path_factory.mktemp("po") / "site", {**files, "mkdocs.yml": None})
    from small import SETTINGS

    site.write("mkdocs.yml", SETTINGS.replace("[recognise.md,", "[notice.md, recognise.md,"))
    return Volunteer(site, None)  # type: ignore[arg-type]


@pytest.fixture
def exported(volunteer: Volunteer, capsys: pytest.CaptureFixture[str]) -> Iterator[polib.POFile]:
    volunteer.capsys = capsys
    before = volunteer.files()
    yield volunteer.export()
    assert not volunteer.changes(before)


@pytest.mark.slow
def test_hostile_words_are_refused_with_the_line_of_the_file(
    volunteer: Volunteer, exported: polib.POFile
) -> None:
    wrong = []
    for (place, begins), words, told in WORDS:
        entry = unit(exported, place, begins)
        kept, entry.msgstr = entry.msgstr, words
        entry.fuzzy, flags = False, entry.fuzzy
        code = volunteer.bring(exported)
        entry.msgstr, entry.fuzzy = kept, flags
        text = volunteer.file.read_text(encoding="utf-8").split("\n")
        lines = [line for line in volunteer.said if told in line]
        number = int(lines[0].split(":")[1]) if lines and lines[0].startswith("nl.po:") else 0
        there = f'msgctxt "{place}"' in text[number - 1 : number + 6]
        if code != 1 or not there or "Nothing was written" not in volunteer.said[-1]:
            wrong.append(f"{words!r}: {code} {volunteer.said}")
    assert not wrong, "\n".join(wrong)


def test_all_faults_are_told_at_once(volunteer: Volunteer, exported: polib.POFile) -> None:
    unit(exported, *PLACE).msgstr = "Bel 112."
    unit(exported, *LINK).msgstr = "Geen link."
    unit(exported, "advice", "Trust").msgstr = "# Kop"
    assert volunteer.bring(exported) == 1
    assert len(volunteer.said) == 4, volunteer.said


# Files


def header(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


FILES: dict[str, tuple[Callable[[str], str | bytes], str]] = {
    "empty": (lambda text: "", "the file is empty"),
    "white": (lambda text: "\n\n", "the file is empty"),
    "no header": (lambda text: text[text.index("\n\n") :], "the file has no header"),
    "no language": (header('"Language: nl\\n"\n', ""), "does not say which language"),
    "unknown language": (
        lambda text: text.replace("Language: nl", "Language: xx").replace("X-Made-For", "X-Other"),
        "the site has no language “xx”",
    ),
    "wrong language": (header("Language: nl", "Language: ar"), "but the file was made for “nl”"),
    "another site": (header("https://www.our-name.org/", "https://x.example/"), "of another site: https://x"),
    "charset": (
        header("charset=UTF-8", "charset=ISO-8859-1"),
        "the header says that the file is in ISO-8859-1",
    ),
    "latin": (lambda text: text.encode("cp1252", "replace"), "the file is not saved as UTF-8"),
    "utf-16": (lambda text: text.encode("utf-16"), "saved as UTF-16"),
    "compiled": (lambda text: b"\xde\x12\x04\x95" + bytes(40), "made for a program (.mo)"),
    "quotes": (header('msgstr "Contact"', 'msgstr "Con"tact"'), "the quotation marks of this line don't fit"),
    "no end": (header('msgstr "Contact"', 'msgstr "Contact'), "the quotation marks of this line don't fit"),
    "bare": (header('msgstr "Contact"', "msgstr Contact"), "the quotation marks of this line don't fit"),
    "keyword": (header('msgstr "Contact"', 'msgstring "Contact"'), "this line can't be read"),
    "line end": (header('msgstr "Contact"', 'msgstr "Con\u2028tact"'), "an invisible end of a line"),
    "twice": (
        lambda text: text + "\n" + text[text.index('msgctxt "contact: title"') :][:120],
        "stands twice",
    ),
    "plural": (
        header('msgid "Contact"\nmsgstr "Contact"', 'msgid "Contact"\nmsgid_plural "s"\nmsgstr[0] "x"'),
        "has plural forms",
    ),
    "no context": (header('msgctxt "contact: title"\n', ""), "has no msgctxt"),
    "other source": (
        header(
            'msgid "Trust takes time, and a calm talk can be a first step."', 'msgid "Of this nobody heard."'
        ),
        "is nothing that this site says",
    ),
    "other page": (
        header('msgctxt "contact: title"', 'msgctxt "nothing: title"'),
        "is nothing that this site",
    ),
    "markup": (lambda text: "<html></html>", "the file is no PO file"),
}


def test_a_spoilt_file_is_a_line(volunteer: Volunteer, exported: polib.POFile) -> None:
    whole = volunteer.file.read_text(encoding="utf-8")
    wrong = []
    for name, (spoil, told) in FILES.items():
        text = spoil(whole)
        assert text != whole, name
        volunteer.file.write_bytes(text.encode() if isinstance(text, str) else text)
        code = volunteer.bring()
        line = next((line for line in volunteer.said if told in line), "")
        if code != 1 or not line.startswith("nl.po") or "Traceback" in line or "What to do" not in line:
            wrong.append(f"{name}: {code} {volunteer.said}")
    assert not wrong, "\n".join(wrong)
    volunteer.file.unlink()
    assert volunteer.bring() == 1
    assert "no such file" in volunteer.said[0]


FINE: dict[str, Callable[[str], str | bytes]] = {
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "windows": lambda text: text.replace("\n", "\r\n"),
    "old mac": lambda text: text.replace("\n", "\r"),
    "obsolete": lambda text: text + '\n#~ msgid "Old"\n#~ msgstr "Oud"\n',
    "no mark of ours": lambda text: text.replace('"X-Made-For', '"X-Other'),
    "capitals": lambda text: text.replace("Language: nl", "Language: NL").replace("UTF-8", "utf8"),
    "no comments": lambda text: "\n".join(line for line in text.split("\n") if line[:2] not in ("#.", "#:")),
    "some pages": lambda text: text[: text.index('msgctxt "contact#')].rpartition("\n\n")[0],
}


def test_what_tools_do_to_a_file_changes_nothing(volunteer: Volunteer, exported: polib.POFile) -> None:
    whole = volunteer.file.read_text(encoding="utf-8")
    for name, made in FINE.items():
        text = made(whole)
        assert text != whole, name
        volunteer.file.write_bytes(text.encode() if isinstance(text, str) else text)
        assert (volunteer.bring(), name) == (0, name), volunteer.said
        assert "nothing that the site doesn't have" in volunteer.said[-1]


def test_a_site_that_is_at_fault_itself_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    volunteer = Volunteer(small_site(tmp_path / "site"), capsys)
    po = volunteer.export()
    unit(po, "advice", "Trust").msgstr = "Anders gezegd."
    volunteer.site.write("docs/contacts.yml", "emergency: 1\n")
    before = volunteer.files()
    assert volunteer.bring(po) == 1
    assert volunteer.said[0].startswith("docs/contacts.yml: error: ")
    assert not volunteer.changes(before)
