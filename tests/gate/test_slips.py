"""What people type, paste and save: meant beyond doubt it is taken as meant, else its line is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rendering import FRAME, gated, page, render
from safepage.faults import Faulty
from safepage.gate import head, ids, shown, slipped, visible
from safepage.making import slips
from safepage.page import yaml_text
from safepage.page.meant import meant
from safepage.page.prepare import plain, prepared

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*/**/*.md"))

# Slips in pages of the site: file, what stands there ("" to put it at the end), what it becomes, and what the
# line at fault says ("" if the page is to be shown as it was, or with the words that follow).
REAL = [
    ("nl/recognise", "- [ ] Heeft weinig", "-\u00a0[ ] Heeft weinig", "no-break space, U+00A0"),
    ("nl/recognise", "- [ ] Heeft weinig", "-[ ] Heeft weinig", "“-”"),
    ("nl/recognise", "- [ ] Heeft weinig", "- [\u00a0] Heeft weinig", "the box"),
    ("nl/recognise", "- [ ] Heeft weinig", "– [ ] Heeft weinig", "the box"),
    ("nl/recognise", "- [ ] Heeft weinig", "☐ Heeft weinig", "picture of a box"),
    ("nl/recognise", '!!! note "Geen test, en niets wordt bewaard"', '!!! note “Geen test”', "““”"),
    ("nl/recognise", '!!! note "Geen', '!!!\u00a0note "Geen', "no-break space, U+00A0"),
    ("nl/recognise", 'bewaard"\n    De lijst', 'bewaard"\nDe lijst', "empty box"),
    ("nl/recognise", "{#movement}\n      Gaat", "{#movement}\n\n      Gaat",
    "empty line stands inside the sign"),
    ("nl/recognise", "- [ ] Woont", "Denk na.\n- [ ] Woont", ""),
    ("nl/recognise", "- [ ] Woont", "\nDenk na.\n\n- [ ] Woont", "parts the list of signs"),
    ("nl/recognise", " {#housing}", "", "has no id"),
    ("nl/recognise", "- [ ] Woont", "---\n- [ ] Woont", "parts the list of signs"),
    ("nl/recognise", "      Slaapt", "      > Slaapt", "makes a quotation"),
    ("nl/advice", "{{ emergency.phone }}", "{{ Emergency.phone }}", "no contact is called"),
    ("nl/recognise", " {#housing}", " {#housing} nu", "stands on the page"),
    ("en/advice", "{{ emergency.phone }}", "｛｛ emergency.phone ｝｝", "no plain braces"),
    ("en/advice", "{{ emergency.phone }}", "{emergency.phone}", "“{emergency.phone}”"),
    ("en/advice", "[specialised centres](", "[specialised centres] (", "a link is broken"),
    ("en/advice", "**Reassure.**", "**Reassure.", "“**”"),
    ("en/index", "2. [**What", "2.\u00a0[**What", "no-break space, U+00A0"),
    ("en/index", "2. [**What", "2.[**What", "“2.”"),
    ("nl/first-words", " {#interpreter}", "\n  {#interpreter}", ""),
    ("nl/first-words", " {#interpreter}", "{#interpreter}", ""),
    ("nl/first-words", " {#interpreter}", "\u00a0{: #interpreter }  ", ""),
    ("nl/recognise", " {#movement}\n", "\n      {#movement}\n", ""),
    ("ar/first-words", " {#yes}", " \u200f{#yes}\u200f", ""),
    ("ar/recognise", "{#signs}", "{\u200e#signs\u200e}\u200f", ""),
    ("nl/recognise", "!!! note", "!!! Note", ""),
    ("nl/recognise", "bel {{", "bel{{", "a space is missing before the placeholder in “bel{{"),
    ("nl/recognise", " {#signs}\n", "\n{#signs}\n", ""),
    ("nl/recognise", "- [ ] ", "\u200f- [ ] ", ""),
    ("nl/recognise", "- [ ] ", "* [] ", ""),
    ("fr/advice", "{{ emergency.phone }}", "{{\u00a0emergency.phone\u202f}}", ""),
    ("fr/advice", "{{ emergency.phone }}", "{\u00a0{ emergency.phone } }", ""),
    ("fr/advice", "{{ emergency.phone }}", "{{\nemergency.phone }}", ""),
    ("fr/advice", "\n", "\r\n", ""),
    ("en/recognise", "- [ ] Cannot move", "Think of the last weeks.\n- [ ] Cannot move", ""),
    ("en/recognise", "      ", "  ", ""),
    ("en/recognise", "\n    The list", "\n  The list", ""),
    ("en/about", "# About this site", "# 10 things about this site", ""),
    ("en/about", "# About this site", "# " + "A long title of this site " * 5, ""),
    ("en/about", "# About this site", "# Privacy", ""),
    ("en/about", "# About this site", "# Content", ""),
    ("en/about", "title: About this site", "title: About #1", "“#1” would be lost"),
    ("en/about", "title: About this site", 'title: "About #1"', ""),
    ("nl/advice", 'description: "Hoe', "description: “Hoe", '“ and " stand around'),
    ("nl/advice", "title: Enkele adviezen", "title: D?couvrir", "“D?couvrir”"),
]  # fmt: skip

# A paragraph, and a piece of what is said of it; after a bar the line of the paragraph (from 1) if not 1.
REFUSED = {
    "• een\n• twee": "bullet, U+2022", "· een\n· twee": "middle dot",
    "\uf0b7 een": "sign of Word’s own, U+F0B7",
    "o   een": "“o”", "➢ een": "begins with", "٭ واحد": "begins with", "・一": "begins with",
    "✅ a\n✅ b": "✅|2",
    "- een\n-\u00a0twee\n- drie": "no-break space, U+00A0|2", "- een\n-\u2003twee": "em space, U+2003|2",
    "- een\n-twee\n- drie": "“-”|2", "– een\n– twee": "en dash, U+2013", "- een\n– twee": "en dash, U+2013|2",
    "U zegt:\n— een": "em dash|2", "－ 一\n－ 二": "U+FF0D", "1.een\n2.twee": "“2.twee”|2",
    "a) een\nb) twee": "“b)”|2",
    "1. een\n2.\u00a0twee": "no-break space, U+00A0|2", "一、甲\n二、乙": "二、|2",
    "(1) een\n(2) twee": "“(2)”|2",
    "Tekst\n- een": "“-”|2", "- een. - twee": "the next item", "1. een. 2. twee": "the next item",
    "* een\n*twee": "“*”|2",
    "Bel ** meteen ** nu.": "“**”", "Bel **meteen.": "“**”", "Bel *meteen.": "“*”", "Bel __ nu": "“__”",
    "Bel _nu.": "“_”",
    "Täter*in*nen": "not plain", "l`aide": "grave accent", "een `twee": "“`”", "een ~~twee~~": "“~~”",
    "H~2~O": "“~2~”",
    "==twee==": "“==”", "== Kop ==": "“==”", "= Kop": "“=”", "x^2^": "“^”", "Zie [^1].": "“[^1]”",
    "Zie ^[noot].": "“^”",
    "> [!WARNING]\n> Let op.": "“[!WARNING]”", "[!NOTE] Let op": "“[!NOTE]”", '??? note "x"\n    y': "“???”",
    '!!! note x': "no block", '! ! ! note "x"': "“! ! !”", '！！！ note "x"': "“！！！”",
    ":::note\nx\n:::": "“:::”",
    ".. note:: x": "“.. note::”", "h2. Kop": "“h2.”", "[[contact]]": "“[[”", "[a][b]": "“][”",
    "[a] (b.md)": "link is broken",
    "[a]（contact.md）": "link is broken", "[a](contact.md": "link is broken", "![a] (b.png)": "“![”",
    "[b]a[/b]": "“[/b]”",
    ":warning: Pas op": "“:warning:”", "Woord\n: uitleg": "begins with “:”|2", "een\\\ntwee": "backslash",
    "een \\newpage": "“\\newpage”",
    "een\\\\\ntwee": "backslash", "a &nbsp b": "“&nbsp”", "&amp;eacute;": "“&eacute;”",
    "een --- twee": "“---”", "+++": "“+++”",
    "++een++": "“++”", "%%een%%": "“%%”", "//een// twee": "“//”", "''een''": "“''”", "$$x$$": "“$$”",
    "<<<<<<< HEAD\nx": "merging",
    "x\n=======\ny": "merging|2", "||||||| base": "merging", "<< een >>": "“<<”", "een>twee": "“>”",
    "a -->": "“-->”", "###### # x": "#",
    "＃ Kop": "U+FF03", "｜ a ｜": "U+FF5C", "＞ a": "U+FF1E", "［ ］ a": "the box", "[ ] a": "the box",
    "- [_] a": "“_”",
    "- ( ) a": "the box", "- ☐ a": "a box", "1. [ ] a": "the box", "een {#x} twee": "“{#x}”",
    "een {.x} twee": "“{.x}”",
    "een {x} twee": "“{x}”", "| a | b |\n| c | d |": "no table", "a | b\nc | d": "no table",
    "a |b": "no table",
    "[Important]: stop": "Important", "[^1]: noot": "noot", "*[HTML]: taal": "“*”",
    "| a | b |\n|---|---|\n| c | d | e |": "“e |”|3",
    '!!! note "x"\n    - a\n- b\n    - c': "falls out|3",
    '!!! note "x"\ny': "empty box", '!!! note "x"\n    y\nz': "falls out|3",
    "\u00a0\u00a0een": "no-break space, U+00A0",
    "- a\n\u00a0\u00a0- b": "no-break space|2", "> ## Kop {#kop}": "in a quotation",
    "#Kop": "another title", "- \n-": "",
    "1） een\n2） twee": "“2）”|2", "（1）een\n（2）twee": "“（2）|2", "（a）een\n（b）twee": "“（b）|2",
    "1、een\n2、twee": "“2、|2", "1.) een\n2.) twee": "“2.)”|2", "1° een\n2° twee": "“1°”",
    "1: een\n2: twee": "“2:”|2", "1 - een\n2 - twee": "“2”|2", "1/ een\n2/ twee": "“2/”|2",
    "#1 een\n#2 twee": "“#1”", "أ- واحد\nب- اثنان": "“ب-”|2", "а – один\nб – два": "“б”|2",
    "Ø een\nØ twee": "“Ø”|2", "§ een\n§ twee": "“§”|2", "~ een\n~ twee": "“~”|2", "→ een\n→ twee": "“→”|2",
    "'''\neen\n'''": "“'''”", '"""\neen': '“"""”', "~een~ twee": "“~een~”", "▢ een": "picture of a box",
    "- ❏ een": "picture of a box", "Top :+1:": "“:+1:”", "een\\ntwee": "“een\\n”",
    '\\!!! note "x"': "makes no notice",
    "| a | b |\n|---|---|\n| c | d |\nMeer": "row of the table|4", "| a |\n|:-:|\n| b |": "colons|2",
    "dâ€™eau": "“â€™”", "Ã©tÃ©": "“Ã©”", "Ð¿Ñ€Ð¸": "“Ð¿Ñ€”", "Ø§Ù„": "“Ø§Ù„”",
    "- a {#a}\n- b {#b}\n- {#c}": "no words|3", "- a {#a}\n  - b {#b}\n- c {#c}": "further right|2",
    "- a {#a}\n- b {#b}\n  meer\n- c {#c}": "“meer” stands right below|3",
    "- a {#a}\n- b {#b}\n\n  meer": "part of the sentence|4",
    "- a {#a}\n1. b {#b}\n- c {#c}": "“1.” begins|2",
    "Zie [een](contact.md.": "link is broken",
    "[een] contact.md": "page’s name “contact.md”", "&lt;b&gt;": "“<”",
    "emergency.phone": "without its braces",
    "Zie:\n① een\n② twee": "“②|3", "een.- twee": "right behind", "[x]een": "the box", "[TOC] een": "“[TOC]”",
    "1️⃣ een\n2️⃣ twee": "“2️⃣”|2", "ـ واحد\nـ اثنان": "tatweel", "১। এক\n২। দুই": "“২।”|2",
    "I. een\nII. twee": "“II.”|2", "» een\n» twee": "“»”|2", "✔️ een\n❌ twee": "“❌”|2",
    "—甲\n—乙": "em dash|2",
    "ก. ข้อแรก\nข. ข้อสอง": "“ข.”|2", "क) एक\nख) दो": "“ख)”|2", "ক. এক\nখ. দুই": "“খ.”|2",
    "الف) اول\nب) دوم": "“ب)”|2", "1۔ پہلا\n2۔ دوسرا": "“2۔”|2",
    "-> een\n-> twee": "“->”|2", "=> een\n=> twee": "“=>”|2",
    "Zie Fout! Verwijzingsbron niet gevonden.": "Word", "Erreur ! Source du renvoi introuvable.": "Word",
    "Lorem ipsum dolor.": "fills a page",
    "een【4†source】": "chat program", "[12:34, 26/11/2026] Anna: ja": "Anna:” is what a chat",
    "[26/11/26, 1:34:05 PM] +32 4: ja": "chat program", "l=E2=80=99aide": "“l=E2=80=99aide”",
    "Oui ?non": "“?non”: letters were lost, or a space is missing", "Что?где": "“Что?где”",
    "Elle a ?t? exploit?e": "“exploit?e”", "L'?tat": "“L'?tat”", "Ng??i": "“Ng??i”",
    "??? ??????": "“??? ??????”",
    "a\tb\n1\t2": "divided by tabs|2",
    "![door.jpg](../assets/x.png)": "name of a file", "![IMG_2034](../assets/x.png)": "name of a file",
}  # fmt: skip

# A paragraph, and a piece of the page made of it ("" for the paragraph itself).
FINE = {
    "U zegt:\n- een\n- twee": "<ul>\n<li>een</li>\n<li>twee</li>", "Zo\n1. een\n2. twee": "<ol>",
    "1) een\n2) twee": "<ol>",
    "- een\n  - in\n  - in\n- twee": "<li>een<ul>\n<li>in</li>", "1. een\n   - in\n2. twee": "<li>een<ul>",
    "- een\n\n  erbij\n\n- twee": "<p>erbij</p>\n</li>",
    "- een\n\n  erbij\n- twee": "<p>erbij</p>\n</li>\n<li>\n<p>twee</p>",
    "1. een\n\n   erbij\n   nog\n2. twee": "<p>erbij\n   nog</p>\n</li>\n<li>\n<p>twee</p>",
    "- a\n  - b\n\n    erbij\n  - c\n- d": "</ul>\n</li>\n<li>\n<p>d</p>",
    "- a\n\n  erbij\n  - b\n- c": "<p>erbij</p>\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>\n<p>c</p>",
    "Zo:\n| a | b |\n|---|---|\n| c | d |": "<p>Zo:</p>\n<table>",
    '!!! note "x"\n    een\n\n  twee\n  drie': "<p>twee\ndrie</p>\n</div>",
    "9 - 12 uur\n10 - 13 uur": "", "1: 0 na\n2: 1": "", "A - bis\nC - ter": "", "~10 tot ~20": "",
    "NÃO, «Ã», Ñu": "",
    "Ø 5 cm\nØ 6 cm": "", "§ 1er, 2° en 3°\n1° van": "", "1 man\n2 mannen": "",
    "I - zei hij\nI - en toen": "", "\u200f- واحد\n\u200f- اثنان": "<li>واحد</li>",
    "١. واحد\n٢. اثنان": "<ol>",
    "Täter*innen und Helfer*innen.": "",
    "Frauen* und Mädchen* sind *oft* da.": "Frauen* und Mädchen* sind <em>oft</em>",
    "Helfer_innen, Täter:innen": "", "5 * 3 = 15, 2*3*4": "", "AND/OR, 24/7, C:\\Users": "",
    "Dat is [sic] zo […].": "",
    "De #1 van #wij": "", "Om 9:30, a:b": "", "een – twee — drie": "", "een\n– twee – drie": "",
    "Ein- und Ausgang": "", "10^6": "",
    "Het is 5 > 3 en p < 5": "", "Zie Start -> Stop": "", "R&D, AT&T": "R&amp;D, AT&amp;T", "ca. ~50": "",
    "C++": "", "“Ja!”, zei ze": "",
    "—Hola, dijo": "", "\\– Bonjour": "<p>– Bonjour", "\\- een": "<p>- een",
    "\\*een\\* \\[x\\] \\{y\\} \\| \\^ \\~~": "*een* [x] {y} | ^ ~~",
    "1.\teen\n2.\ttwee": "<ol>", "een\ttwee": "een", "*\t**een**\n*\ttwee": "<ul>",
    "![Op de foto staat a.jpg](../assets/x.png)": "<img",
    "Echt ?? Ja? (ja?) Qui ? Quoi ?!": "", "什么?不": "", "[26/11/2026] Anna: ja": "", "x=AB": "",
    "【注】见下": "",
    "১২।\nএক": "", "II. Abschnitt\nund mehr": "", "—Hola, dijo\n—Adiós, dijo": "", "——某人说\n好": "",
    "« Non\n» dit-elle": "", "الف است\nب": "", "📞 bel\nof schrijf": "",
    "- Ga naar -> Stop": "Ga naar -&gt; Stop",
    "Op\n1. mei": "", "J. Smit\nK. Brouwer": "", "（注意）！真的吗？": "", "¿Qué?\n¡Hola!": "",
    "‘een’\n‘twee’": "", "§ 5\n§ 6": "",
    "een  \ntwee": "een<br />\ntwee", "een \ntwee\t\ndrie\u00a0": "",
    "- [Zie](contact.md)": '<li><a href="contact.md">Zie</a></li>', "`a*b\\*c`": "<code>a*b\\*c</code>",
    "[x]: contact.md\n\nZie [de bladzijde][x].": "de bladzijde</a>",
    '!!! note "x"\n  een\n  twee': "<p>een\ntwee</p>\n</div>",
    "| a | b |\n|---|---|\n| – | - |": "<td>–</td>\n<td>-</td>",
    "##Kop {#kop}\n\nTekst.": '<h2 id="kop">Kop</h2>',
    "  ## Kop{#kop}\n\nTekst.": '<h2 id="kop">Kop</h2>',
    "## Een lange\nkop {#kop}\nTekst.": '<h2 id="kop">Een lange kop</h2>',
}  # fmt: skip


@pytest.mark.slow
def test_slips_in_the_pages_of_the_site() -> None:
    site = slips.project(ROOT)
    wrong = []
    for name, old, new, said in REAL:
        locale, _, file = name.partition("/")
        text = site.page(locale, file)
        assert old in text, (name, old)
        times = -1 if old.isspace() else 1
        edited = text.replace(old, new, times)
        line = text[: text.index(old)].count("\n") + 1
        faults, html = site.judged(locale, file, edited)
        if said:
            near = [f for f in faults if said in f.what and line <= f.line <= line + new.count("\n") + 1]
            wrong += [] if near else [(name, new, [str(fault) for fault in faults])]
            continue
        before = slips.Seen.of(site.judged(locale, file, text)[1])
        after = slips.Seen.of(html)
        changed = re.sub(r"[\W_]", "", new) != re.sub(r"[\W_]", "", old)
        if faults or after.parts != before.parts or not (changed or after.signs == before.signs):
            wrong.append((name, new, [str(fault) for fault in faults]))
    assert not wrong, "\n".join(map(str, wrong))


# An item that spoils its list, and the one thing that is said, at its line alone.
SPOILT = [
    ("nl/recognise", "- [ ] Woont", "  - [ ] Woont", "further right"),
    ("nl/recognise", "- [ ] Woont", "    - [ ] Woont", "further right"),
    ("nl/recognise", "- [ ] Woont", "- [\u00a0] Woont", "no-break space, U+00A0"),
    ("nl/recognise", "- [ ] Woont", "- [✓] Woont", "“✓”"),
    ("nl/recognise", "- [ ] Woont", "- Woont", "has no box"),
    ("nl/recognise", "      Slaapt", "      - Slaapt", "has no box"),
    ("en/first-words", "- No {#no}", "  - No {#no}", "further right"),
    ("en/first-words", "- No {#no}", "- No", "has no id"),
    ("en/first-words", "- No {#no}", "1. No {#no}", "“1.” begins"),
    ("en/first-words", "- No {#no}", "No {#no}", "stands right below"),
]  # fmt: skip


def test_an_item_that_spoils_its_list_is_told_once() -> None:
    site, wrong = slips.project(ROOT), []
    for name, old, new, said in SPOILT:
        locale, _, file = name.partition("/")
        text = site.page(locale, file)
        faults, _ = site.judged(locale, file, text.replace(old, new))
        line = text[: text.index(old)].count("\n") + 1
        own = [fault for fault in faults if "docs/en/" not in fault.what]  # the others compare with English
        if {fault.line for fault in own} != {line} or not any(said in fault.what for fault in own):
            wrong.append((name, new, [str(fault) for fault in faults]))
    assert not wrong, "\n".join(map(str, wrong))


def test_every_mark_that_went_wrong_is_told_with_its_line() -> None:
    missed = []
    for text, said in REFUSED.items():
        piece, _, line = said.rpartition("|") if said[-2:-1] == "|" else (said, "", "1")
        found = gated(page(text), first_line=3)
        if not any(piece in fault.what and fault.line == 6 + int(line) for fault in found):
            missed.append((text, said, [str(fault) for fault in found]))
        for fault in found:
            assert len(fault.what) < 300, fault
            assert len(fault.todo) < 300, fault
            assert "\n" not in str(fault), fault
    assert not missed, "\n".join(map(str, missed))


def test_fine_text_is_shown_as_it_was_meant() -> None:
    wrong = []
    for text, piece in FINE.items():
        found, html = gated(page(text)), plain(render(page(text)))
        lines = [line.strip().replace(">", "&gt;").replace("<", "&lt;") for line in text.split("\n")]
        shown_as = [piece] if piece else lines
        if found or not all(part in html for part in shown_as):
            wrong.append((text, [str(fault) for fault in found], html))
    assert not wrong, "\n".join(map(str, wrong))


PIECES = [
    *"#*-{}[]! \n\t|>`\\1.)x",
    "{{ ",
    "a.b",
    " }}",
    "{#a}",
    "!!! note",
    "    ",
    "\u200f",
    "\u00a0",
    "\r\n",
]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_what_was_meant_has_the_lines_of_the_file_and_stays_so(text: str) -> None:
    once = meant(text)
    assert once.count("\n") == text.replace("\r\n", "\n").count("\n")
    assert meant(once) == once
    assert re.sub(r"[\W_]", "", once) == re.sub(r"[\W_]", "", text)
    prepared(text)


def test_the_pages_of_the_site_are_meant_as_they_stand() -> None:
    for file in PAGES:
        body = head.read(file.read_text(encoding="utf-8"), file.name, "BE").body
        assert file.read_text(encoding="utf-8").endswith(body), file
        assert prepared(body) == body, file


@pytest.mark.parametrize(
    ("value", "lost"),
    [
        ("Leguit 4 #2, 2000 Antwerpen", "#2, 2000"),
        ("02 511 64 64 # day and night", "# day"),
        ('"Leguit 4" #2', "#2"),
        ("2026-11-24 #gebeld", "#gebeld"),
        ("# everything", "# everything"),
        ("one\n    two #three", "#three"),
        ("[one, two #three\n  ]", "#three"),
    ],
)
def test_words_behind_a_number_sign_in_yaml_are_told(value: str, lost: str) -> None:
    with pytest.raises(Faulty) as caught:
        yaml_text.load(f"a:\n  b: {value}\n", "docs/contacts.yml")
    (fault,) = caught.value.faults
    assert lost in fault.what
    assert "quotation marks" in fault.todo
    assert fault.line == 2 + value[: value.index(lost)].count("\n")


NO_YAML = {
    "title:About us\nb: c": "no space follows the colon|1", "title：About us\nb: c": "wide colon, U+FF1A|1",
    "a: b\nmenu：x\nc: d": "wide colon, U+FF1A|2", 'a: "b"\nmenu:"x"\nc: d': "no space follows the colon|2",
    "a: b\nmenu\u00a0: x": "a no-break space, U+00A0, stands in the name|2",
    "a: b\nmenu\nc: d": "“menu” is no name|2",
    "title:\u00a0About us\nb: c": "no-break space, U+00A0|1", "title: *about*": "begins with *|1",
    "title: - about": "begins with “- ”|1", 'title: "a \\us"': "a backslash|1",
    ' title: About\nb: "c"': "begin at different places|2", 'title: "About\nb: "c"': "not closed|2",
    "a:\n  b: c\n    d: e": "stands further right|3", "a: b\nc: d: e": "holds a colon|2",
    "a:\n\tb: c": "begins with a tab|2",
}  # fmt: skip


def test_what_yaml_can_not_read_is_told_in_plain_words() -> None:
    for text, said in NO_YAML.items():
        what, _, line = said.partition("|")
        with pytest.raises(Faulty) as caught:
            yaml_text.load(text, "docs/contacts.yml")
        assert what in caught.value.faults[0].what, text
        assert caught.value.faults[0].line == int(line), text


@pytest.mark.parametrize(
    "value",
    ['"Leguit 4 #2"', "x#y", '"x" # to translate', "2026-11-24 # by phone", "true # a remark",
    "|\n  x # y", "\n# alone\n  x"],
)  # fmt: skip
def test_remarks_in_yaml_stay(value: str) -> None:
    assert yaml_text.load(f"a: {value}\n", "docs/contacts.yml")[0]["a"]


def test_a_title_needs_no_anchor_of_its_own() -> None:
    for title, kept in (
        ("About us", True),
        ("10 things", False),
        ("Content", False),
        ("Part", False),
        ("关于", True),
    ):
        body = f"# {title}\n\nText.\n\n## One {{#part}}\n\nText.\n"
        assert not gated(body), title
        html = ids.own_title(plain(render(body)), FRAME)
        assert ("<h1 id=" in html) == kept, html
        assert html.count('id="part"') == 1


@pytest.mark.slow
def test_no_rule_takes_long() -> None:
    """The length of the longest page, of whatever a rule may stumble over."""
    for piece in (
        "*",
        "_x",
        "a*b",
        "`",
        "[",
        "]( ",
        "~",
        "|",
        "&a",
        "\\",
        "- ",
        "1. ",
        "x) ",
        "• a\n",
        ": ",
        "'a",
        "!",
        "{",
        ". - ",
        "[^",
        "a?",
        "【†",
        "[1:22, 1/2",
        "a\tb\n",
    ):
        text = piece * (60_000 // len(piece))
        list(visible.marks([("", text)]))
        list(slipped.check(text.split("\n")))
        list(slipped.check([text[at : at + 4_000] for at in range(0, 60_000, 4_000)]))
        shown.check(f"<p>{text}</p>", text, "p.md", 1)


@pytest.mark.slow
def test_random_slips_are_refused_at_their_line_or_change_nothing() -> None:
    found = slips.ends(ROOT, range(80))
    bad = [one for one in found if one[0] in ("silent", "far")]
    assert not bad, "\n".join(map(str, bad))
    assert {one[0] for one in found} == {"refused", "shown"}


@pytest.mark.slow
def test_the_judge_of_random_slips_sees_what_the_gate_lets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "check", lambda *_: [])
    silent = [one for one in slips.ends(ROOT, range(40)) if one[0] == "silent"]
    assert len(silent) > 3
