"""Contacts make pages: each stands in the lists, the box and the finder, in every language."""

from __future__ import annotations

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from selectolax.lexbor import LexborNode

from environment import ROOT
from safepage.output import search
from safepage.page import yaml_text
from small import CONTACTS, SETTINGS, Small, small_site

WORDS = yaml_text.load((ROOT / "docs/en/interface.yml").read_text(encoding="utf-8"), "")[0]
EN = """\
# Contact

You can call and ask a question: {{ list.centre.short }}.

## The centres {#centres}

{{ list.centre }}

### Again {#again}

{{ list.centre }}

{{ list.centre.short }}

## In danger {#emergency}

{{ list.emergency }}

- {{ list.line.short }}
- [The first](#centre-brussels), [the second](contact.md#centre-antwerp)
"""
PAGES = {
    "docs/en/search.md": "# Search\n\n{{ list.search }}\n",
    "mkdocs.yml": SETTINGS.replace("about.md]", "about.md, search.md]"),
    "docs/en/contact.md": EN,
    "docs/nl/contact.md": EN.replace("You can call and ask a question", "U kunt bellen en een vraag stellen"),
    "docs/ar/contact.md": EN.replace("You can call and ask a question", "يمكنكم الاتصال لطرح سؤال"),
    "docs/regions.yml": "BE-BRU: {name: {en: Brussels, ar: بروكسل}, centre: brussels}\n"
    "BE-VLG: {name: Vlaanderen}\n",
}


def text(node: LexborNode | None) -> str:
    """The words of a piece of a page, its no-break spaces like others."""
    assert node and node.html
    apart = re.sub(r"</(?:d[dt]|t[dhr]|li|h\d|p)>|<br>", " ", node.html)
    return " ".join(unescape(re.sub(r"<[^<>]*>", "", apart)).split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Small:
    made = small_site(tmp_path_factory.mktemp("lists"), PAGES)
    assert [line for line in made.build() if "error" in line] == []
    return made


def test_the_whole_list(site: Small) -> None:
    """Each contact below a heading of its own that can be linked to, with the names of its parts."""
    page = site.page("contact")
    assert [text(node) for node in page.css("h3[id^=centre-]")] == ["PAG-ASA", "Payoke"]
    first = page.css("dl.directory")[0]
    assert text(first) == "Phone 02 511 64 64 E-mail info@pag-asa.be Region Brussels"
    assert first.css_first("a.phone[dir=ltr]").attributes["href"] == "tel:+3225116464"
    assert [text(node) for node in page.css("h4:not([id])")] == ["PAG-ASA", "Payoke"], "below h3, no id twice"
    assert text(page.css("dl.directory")[-1]) == "Phone 112 Website 112.be"
    assert text(page.css("h2, h3, h4")[-1]) == "In danger", "what has no name is what its section is about"


def test_in_the_words_of_each_language(site: Small) -> None:
    """Labels, regions and “or” are the reader's; a name in another language says which."""
    arabic, dutch = site.page("ar/contact"), site.page("nl/contact")
    assert text(arabic.css_first("dl.directory")).endswith("المنطقة بروكسل")
    assert "PAG-ASA 02 511 64 64 أو Payoke 03 201 16 90" in text(arabic.css_first("h1 + p"))
    assert "PAG-ASA 02 511 64 64 of Payoke 03 201 16 90" in text(dutch.css_first("h1 + p"))
    assert text(dutch.css_first("dl.directory bdi[lang=en]")) == "Brussels"
    names = arabic.css("h1 + p .contact > bdi")
    assert [text(name) for name in names] == ["PAG-ASA", "Payoke"], (
        "nothing turns a name and its number round"
    )


def test_the_short_list(site: Small) -> None:
    """Alone it is a list with regions; in an item, which says what it is, words: a line may have no name."""
    lists = [[text(item) for item in found.css("li")] for found in site.page("contact").css("article ul")]
    assert ["PAG-ASA (Brussels): 02 511 64 64", "Payoke (Vlaanderen): 03 201 16 90"] in lists
    assert "078 055 800" in lists[-1]


def test_each_word_of_a_list_is_found(site: Small, tmp_path: Path) -> None:
    """In the search's index the name of a field and what it holds are words of their own."""
    search.part(site.output, None, ["nl", "ar"], tmp_path)
    found = " ".join(gzip.decompress(file.read_bytes()).decode() for file in tmp_path.glob("fragment/*"))
    assert "PAG-ASA. Phone 02 511 64 64. E-mail info@pag-asa.be. Region Brussels." in found


def test_the_finder_without_postcodes(site: Small) -> None:
    """Regions and whom to call there; nothing to type into."""
    page = site.page("find-centre")
    assert text(page.css_first("table.centres tbody")) == "Brussels PAG-ASA 02 511 64 64"
    assert page.css_first("form.find") is None


def test_the_finder_without_a_script(tmp_path: Path) -> None:
    """Every region with its postcodes and its number; the box that needs a script is not shown."""
    made = small_site(tmp_path)
    made.build()
    rows = made.page("find-centre").css("table.centres tbody tr")
    assert text(rows[0]) == "Brussels 1000 to 1299 PAG-ASA 02 511 64 64"
    form = made.page("find-centre").css_first("form.find")
    assert "hidden" in form.attributes
    assert form.css_first("input").attributes["inputmode"] == "numeric"


def test_a_new_centre_is_one_entry_in_one_file(site: Small, tmp_path: Path) -> None:
    """On the contact page, in the box of every page and in the finder, in each language."""
    entry = "centre:\n  liege: {name: Sürya, phone: 04 232 40 30, source: a, checked: 2026-11-24}\n"
    region = "BE-WLG: {name: Liège, centre: [liege, brussels], postcodes: ['4000-4999', '50']}\n"
    changes = {
        "docs/contacts.yml": CONTACTS.replace("centre:\n", entry),
        "docs/regions.yml": PAGES["docs/regions.yml"] + region,
    }
    made = small_site(tmp_path, {**PAGES, **changes})
    assert [line for line in made.build() if "error" in line] == []
    for tag in ("", "nl/", "ar/"):
        assert text(made.page(f"{tag}contact").css_first("#centre-liege")) == "Sürya"
        assert "Sürya 04 232 40 30" in text(made.page(f"{tag}recognise").css_first(".help"))
    row = made.page("find-centre").css("table.centres tr")[-1]
    assert text(row) == "Liège 4000 to 4999 50 Sürya 04 232 40 30 or PAG-ASA 02 511 64 64"


DATED = "source: a, checked: 2026-11-24"
FEW = f"""\
operator: {{name: A house, address: A street, email: a@example.org}}
emergency: {{phone: "112", {DATED}}}
"""
ASKED = "# A\n\n{{ list.regions }}\n\n## B {#centres}\n\n{{ list.minors }}\n\nCall {{ list.centre.short }}.\n"


@pytest.mark.parametrize(
    ("kind", "number", "named"),
    [
        ("", "112", WORDS["print_danger"]),
        (f"line: {{national: {{phone: 078 055 800, {DATED}}}}}", "078 055 800", WORDS["help_line"]),
        (f"centre: {{a: {{name: PAG-ASA, phone: 02 511 64 64, {DATED}}}}}", "02 511 64 64", "PAG-ASA"),
    ],
)
def test_no_text_sends_readers_to_nobody(tmp_path: Path, kind: str, number: str, named: str) -> None:
    """A site that lacks a kind of contacts shows those of another; without regions the finder is a list."""
    pages = {f"docs/{tag}/contact.md": ASKED for tag in ("en", "nl", "ar")}
    files = {"docs/contacts.yml": FEW + kind, "docs/regions.yml": None, "docs/en/find-centre.md": ASKED}
    made = small_site(tmp_path, {**pages, **files})
    assert [line for line in made.build() if "error" in line] == []
    page = made.page("find-centre")
    assert text(page.css_first("h1 + ul")) == f"{named}: {number}"
    assert text(page.css_first("p .contact")) == f"{named} {number}", (
        "what it is, since the text says another"
    )
    assert text(page.css_first("h2 + ul")) == f"{named}: {number}", "in full in its own list alone"
    assert page.css_first("form.find, table") is None
    assert text(page.css_first(".help dl")) == f"{named} {number}"


MANY = f"""\
operator: {{name: A house, address: A street, email: a@example.org}}
emergency:
  police: {{name: {{en: Police, nl: Politie, ar: الشرطة}}, phone: "101", {DATED}}}
  doctor: {{name: Ambulance, phone: "112", {DATED}}}
centre:
  a: {{name: North, chat: https://chat.example.org/now, note: {{en: free, nl: gratis}}, {DATED}}}
  b: {{name: Mute, website: https://mute.example.org, {DATED}}}
"""


def test_a_chat_a_note_and_several_emergency_numbers(tmp_path: Path) -> None:
    """Who has no phone is reached by the chat, with the note; a poster has every emergency number."""
    begun = {"en": "You can write to", "nl": "U kunt schrijven naar", "ar": "يمكنكم مراسلة"}
    asked = "# A\n\n{} {{{{ list.centre.short }}}}.\n\n## B {{#centres}}\n\n{{{{ list.line.short }}}}\n"
    pages = {
        **{f"docs/{tag}/contact.md": asked.format(words) for tag, words in begun.items()},
        "docs/en/find-centre.md": "# A\n\n{{ list.regions }}\n\n## B {#b}\n\n{{ list.centre }}\n",
        "docs/en/print.md": "# Print\n\n{{ list.prints }}\n",
        "mkdocs.yml": SETTINGS.replace("about.md]", "about.md, print.md]"),
        "docs/regions.yml": "BE-BRU: {name: B, centre: a}",
    }
    made = small_site(tmp_path, {**pages, "docs/contacts.yml": MANY})
    assert [line for line in made.build() if "error" in line] == []
    said = {tag: text(made.page(f"{tag}contact").css_first("h1 + p")) for tag in ("", "nl/", "ar/")}
    assert said[""] == "You can write to North chat.example.org (Chat) (free) or Mute mute.example.org."
    assert said["nl/"].startswith("U kunt schrijven naar North chat.example.org (Chat) (gratis) of Mute")
    assert made.page("ar/contact").css_first("h1 + p .contact bdi[lang=en]").text() == "free"
    finder = made.page("find-centre")
    assert text(finder.css_first("tbody tr")) == "B North chat.example.org (Chat) (free)"
    assert text(finder.css("dl.directory")[0]) == "Chat chat.example.org (free)"
    assert text(finder.css_first(".help dl")) == "North Chat free chat.example.org"
    assert finder.css_first(".help a.chat").attributes["href"] == "https://chat.example.org/now"
    assert "Police 101 or Ambulance 112" in text(made.page("poster").css_first(".sheet-danger"))
    assert "الشرطة 101 أو Ambulance 112" in text(made.page("ar/card").css_first(".sheet-danger"))
    made.change("docs/contacts.yml", "name: Ambulance, ", "")
    (told,) = [line for line in made.build() if "error" in line]
    assert "emergency.doctor has no 'name'" in told


def test_a_list_in_a_link_and_digits_beside_it_are_told(tmp_path: Path) -> None:
    """A number in a link would be a link in a link; with digits beside it, another number."""
    made = small_site(tmp_path, {"docs/en/advice.md": "# A\n\n[{{ list.line.short }}](contact.md)\n"})
    line = made.append("docs/en/advice.md", "Call {{ list.line.short }} 24")
    told = [fault for fault in made.build() if fault.startswith("docs/en") and "error" in fault]
    assert [fault.split(": error")[0] for fault in told] == [
        "docs/en/advice.md:7",
        f"docs/en/advice.md:{line}",
    ]


def test_a_link_to_a_contact_that_is_not_listed_is_told(tmp_path: Path) -> None:
    made = small_site(tmp_path, PAGES)
    made.append("docs/en/advice.md", "[Here](contact.md#centre-bruxelles)")
    (told,) = [fault for fault in made.build() if "error" in fault]
    assert "write contact.md#centre-brussels" in told
