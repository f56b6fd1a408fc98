"""What every page holds, in every language: read from the files as they were written."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from pages import (
    EVERY,
    EXTRA,
    LOCALES,
    PAGES,
    WHOM_TO_CALL,
    At,
    each_language,
    look_at,
    on_every_page,
    parsed,
    phones,
    words,
)
from safepage.site.locales import direction


def test_no_page_goes_untested(site: Path) -> None:
    """The built site holds the pages that these tests go through, and no others."""
    built = {file.relative_to(site).as_posix() for file in site.rglob("*.html")}
    assert built == {at.file for at in EVERY}


@on_every_page([*PAGES, *EXTRA])
def test_emergency_line_comes_first(site: Path, at: At) -> None:
    """Before anything but the way out a page says, in its language, what to do in danger: call 112."""
    body = LexborHTMLParser((site / at.file).read_text(encoding="utf-8")).css_first("body")
    for aside in body.css(".skip, #quick-exit, [role=alert], style, script"):
        aside.decompose()
    line = words(at.locale)["emergency"].replace("{phone}", "112")
    assert " ".join(body.text().split()).startswith(" ".join(line.split()))
    assert body.css_first("a").attributes["href"] == "tel:112"


# Where the number ends, and what a thumb finds there and at the corners of 44 px by 24.
REACHED = """() => {
  const { left, right, top, bottom } = document.querySelector("a[href='tel:112']").getBoundingClientRect();
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const found = [[0, 0], [-21, -11], [21, -11], [-21, 11], [21, 11]].map(([across, down]) =>
    document.elementFromPoint(x + across, y + down)?.closest("a")?.getAttribute("href"));
  return [bottom, new Set(found).size, found[0]];
}"""


def test_emergency_number_is_in_reach_on_a_phone(undrawn_tab: Page) -> None:
    """On a small phone the number can be tapped without scrolling, in an area of 44 px by 24 or more."""
    wrong = []
    for locale in LOCALES:
        look_at(undrawn_tab, At(locale, "index"), width=320, height=480)
        end, *found = undrawn_tab.evaluate(REACHED)
        if end >= 120 or found != [1, "tel:112"]:
            wrong.append((locale, end, found))
    assert wrong == []


# Where the exit begins, and where each door ends (0 for one that is not shown); whether all of the languages'
# list is between the edges and above the exit.
DOORS = """() => {
  const exit = document.getElementById("quick-exit").getBoundingClientRect().top;
  const doors = [...document.querySelectorAll("#routes + ul a")];
  document.querySelector(".languages").open = true;
  const list = document.querySelector(".languages ul").getBoundingClientRect();
  document.querySelector(".languages").open = false;
  return [exit, list.left >= 0 && list.right <= innerWidth && list.bottom <= exit,
    ...doors.map((door) => door.getBoundingClientRect().bottom)];
}"""
PHONES = ((320, 568), (360, 560), (360, 640))  # the second: with a browser's bars


def test_the_three_routes_are_on_the_first_screen(undrawn: Browser, site_address: str) -> None:
    """Of a small phone, also where another language is offered: each door's name, above the exit."""
    hidden = []
    with undrawn.new_context(locale="en-GB") as context:
        page = context.new_page()
        for locale in LOCALES:
            page.goto(site_address + At(locale, "index").path)
            for width, height in PHONES:
                page.set_viewport_size({"width": width, "height": height})
                top, listed, *doors = page.evaluate(DOORS)
                if not listed or len(doors) != 3 or not all(0 < end <= top for end in doors):
                    hidden.append((locale, width, height, top, listed, doors))
    assert hidden == []


QUESTIONS = ("rights/#punished", "after-the-call/#police", "after-the-call/#no")


@each_language
def test_questions_are_answered_in_two_taps(site: Path, locale: str) -> None:
    """“Will I be punished?”, “will the police know?”, “what if I say no?”: home, help, the very section."""
    index, help_page = At(locale, "index"), At(locale, "help")
    door = parsed(site, index).css_first("#routes + ul li:nth-child(3) a")
    assert door.attributes["href"] == "help/"
    ways = {link.attributes["href"] for link in parsed(site, help_page).css("#start + ul a")}
    for question in QUESTIONS:
        assert f"../{question}" in ways
        page, _, anchor = question.partition("/#")
        assert parsed(site, At(locale, page)).css_matches(f"#{anchor}")


@on_every_page([*PAGES, *EXTRA])
def test_telephone_links_dial_what_they_show(site: Path, at: At) -> None:
    """Every number comes from contacts.yml, dials in full (E.164), and stays left to right."""
    html = parsed(site, at)
    links = html.css("a[href^='tel:']")
    assert links
    for link in links:
        number = link.text()
        assert link.attributes["dir"] == "ltr"
        assert link.attributes["href"] == f"tel:{phones()[number]}"
    text = html.body.text()
    for number in phones():
        if len(number) > 4:
            shown = sum(link.text() == number for link in links)
            assert text.count(number) == shown, f"{number} stands outside a link"


@each_language
def test_contact_page_holds_every_number(site: Path, locale: str) -> None:
    """Whoever opens the contact page finds all numbers, and the day of the last check."""
    html = parsed(site, At(locale, "contact"))
    article = html.css_first("article")
    assert {link.text() for link in article.css("a[href^='tel:']")} == set(phones("police", *WHOM_TO_CALL))
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", article.css("time")[-1].attributes["datetime"] or "")


def test_the_site_has_a_language_written_right_to_left() -> None:
    """What is tested for every page is tested in both directions."""
    assert {direction(locale) for locale in LOCALES} == {"ltr", "rtl"}


@on_every_page(PAGES)
def test_every_page_of_text_says_whom_to_call(site: Path, at: At) -> None:
    """Whoever holds one page, printed too (test_print.py), has 112, the line, the centres' numbers."""
    found = {link.text() for link in parsed(site, at).css("a[href^='tel:']")}
    assert phones(*WHOM_TO_CALL).keys() <= found
