"""Links of a text: each leads to a page, an anchor or a picture, or a line says what is near."""

from __future__ import annotations

import pytest

from safepage.gate import links

FILES = {
    "index.md": "nl/index.md",
    "contact.md": "nl/contact.md",
    "browsing-safely.md": "en/browsing-safely.md",
    "professions/health.md": "nl/professions/health.md",
    "assets/map.svg": "assets/map.svg",
}
IDS = {
    "nl/contact.md": {"centres", "contact"},
    "nl/index.md": {"routes"},
    "nl/professions/health.md": {"signs"},
}
HERE, DEEP = "nl/advice.md", "nl/professions/police.md"
FILES |= {"advice.md": HERE, "professions/police.md": DEEP}
IDS |= {HERE: {"trust"}, DEEP: set()}
SOURCES = {"contact.md": "# Contact\n\n## Centres {#centres}\n\n## Papers {#papers}\n"}


def told(target: str, file: str = HERE, locale: str = "nl") -> list[tuple[int, str, str]]:
    """What is said of a page with this one link, on the third line of its text."""
    body = f"# Title\n\nRead [this]({target}) now.\n"
    places = links.Places(locale, "en", {"en", "nl", "fr"}, FILES, IDS, lambda name: SOURCES.get(name, ""))
    found = links.check(links.read([target], body, 5), file, places)
    assert all(fault.path == f"docs/{file}" for fault in found)
    return [(fault.line, fault.what, fault.todo) for fault in found]


@pytest.mark.parametrize(
    ("target", "file"),
    [
        ("contact.md", HERE),
        ("./contact.md", HERE),
        ("contact.md#centres", HERE),
        ("#trust", HERE),
        ("advice.md#trust", HERE),
        ("browsing-safely.md", HERE),  # shown in English
        ("browsing-safely.md#any", HERE),  # could not be read: its own fault is told
        ("../nl/contact.md", HERE),
        ("../en/contact.md", HERE),  # its own language's, as the reader gets it
        ("../assets/map.svg", HERE),
        ("../contact.md#centres", DEEP),
        ("health.md#signs", DEEP),
        ("../../assets/map.svg", DEEP),
        ("https://elsewhere.be/x.md", HERE),  # the gate's to tell, as all below
        ("/contact/", HERE),
        ("mailto:a@b.be", HERE),
        ("{{ police.phone }}", HERE),
    ],
)
def test_what_leads_somewhere_is_not_told(target: str, file: str) -> None:
    assert told(target, file) == []


@pytest.mark.parametrize(
    ("target", "file", "what", "todo"),
    [
        ("contacts.md", HERE, "there is no docs/nl/contacts.md", "write contact.md"),
        ("contact", HERE, "there is no docs/nl/contact", "write contact.md"),
        ("contact/", HERE, "there is no docs/nl/contact", "write contact.md"),
        ("contact.html", HERE, "there is no docs/nl/contact.html", "write contact.md"),
        ("contact#centres", HERE, "leads nowhere", "write contact.md#centres"),
        ("browsing.md", HERE, "there is no docs/nl/browsing.md", "write browsing-safely.md"),
        ("health.md", HERE, "there is no docs/nl/health.md", "write professions/health.md"),
        ("contact.md", DEEP, "there is no docs/nl/professions/contact.md", "write ../contact.md"),
        ("../assets/maps.svg", HERE, "there is no docs/assets/maps.svg", "write ../assets/map.svg"),
        ("qwertz.md", HERE, "there is no docs/nl/qwertz.md", "write a page that is there"),
        ("../fr/contact.md", HERE, "out of the pages of its language", "write contact.md: readers stay"),
        ("contact.md#center", HERE, "docs/nl/contact.md has no anchor #center", "write contact.md#centres"),
        ("#trusts", HERE, "docs/nl/advice.md has no anchor #trusts", "write #trust"),
        ("contact.md#zzz", HERE, "has no anchor #zzz", "write contact.md# and one of: centres, contact"),
        ("police.md#x", DEEP, "has no anchor #x", "write police.md"),
    ],
)
def test_what_leads_nowhere_is_told_with_what_is_near(target: str, file: str, what: str, todo: str) -> None:
    ((line, says, remedy),) = told(target, file)
    assert line == 7
    assert what in says
    assert remedy.startswith(todo)


def test_an_english_page_that_stands_in_leads_to_translations() -> None:
    """Its link is right: the translation lacks the anchor. What English lacks itself is told there."""
    ((_, what, todo),) = told("contact.md#papers", "en/forms.md")
    assert "docs/nl/contact.md has no anchor #papers" in what
    assert todo == "end the heading that is meant, in docs/nl/contact.md, with {#papers}"
    assert told("contact.md#nowhere", "en/forms.md") == []


def test_each_of_several_links_has_its_own_line() -> None:
    body = "[a](x.md) x.md\n\n[b](y.md)\n\n[c](x.md)\n\n[d]: z.md\n"
    found = links.read(["x.md", "y.md", "x.md", "z.md", "z.md", "&"], body, 10)
    assert [link.line for link in found] == [10, 12, 10, 16, 16, 0]
    body = "[a](x.md)\n\n[b](xx.md)\n\n[c](x.md)\n"
    assert [link.line for link in links.read(["x.md", "xx.md", "x.md"], body, 1)] == [1, 3, 5]
    assert [link.line for link in links.read(["x.md"], "xx.md\n(x.md)", 1)] == [2]
