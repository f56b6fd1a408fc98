"""Two languages beside each other: columns that line up on a phone as well, and an answer in both."""

from __future__ import annotations

from playwright.sync_api import Page, expect

WIDTHS = (320, 360, 1280)
EDGES = """[...document.querySelectorAll(".paired .second")].map(words => {
    const own = words.previousElementSibling.getBoundingClientRect(), second = words.getBoundingClientRect();
    return [own.left, own.right, second.left, second.right].map(Math.round).join(" ") +
        (own.top < second.bottom && second.top < own.bottom ? "" : " below");
})"""


def choose(page: Page, locale: str) -> None:
    """Choose a second language, as a reader does."""
    page.select_option("#second", page.locator(f"#second option[lang='{locale}']").get_attribute("value"))
    expect(page.locator(f".second[lang={locale}]").first).to_be_attached()


def test_the_columns_line_up_from_row_to_row(page: Page) -> None:
    wrong = []
    for path, locale in (("/recognise/", "ar"), ("/ar/recognise/", "de"), ("/first-words/", "uk")):
        page.goto(path)
        choose(page, locale)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            edges = page.evaluate(EDGES)
            if len(edges) < 5 or len(set(edges)) != 1 or "below" in edges[0]:
                wrong.append((path, width, sorted(set(edges))))
    assert wrong == []


def test_the_answer_keeps_two_languages_apart(page: Page) -> None:
    """On screen each in its own direction, in the text to copy with a sign between; it follows the choice."""
    page.goto("/recognise/")
    page.locator("#documents label").click()
    line = page.locator("[data-ticked] li")
    own = line.text_content()
    for locale, direction in (("ar", "rtl"), ("nl", "ltr")):
        choose(page, locale)
        twin = page.locator("#documents .second").text_content()
        assert twin
        expect(line).to_have_text(f"{own} – {twin}")
        assert line.locator(f"[lang={locale}]").get_attribute("dir") == direction
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.locator("[data-do=copy]").click()
    assert f"- {own} – {twin}" in (page.locator(".answer pre").text_content() or "").split("\n")
    page.select_option("#second", "")
    expect(line).to_have_text(own or "")


def test_no_full_stop_begins_a_line(page: Page) -> None:
    """At every width a sign of punctuation stands beside the number that it follows."""
    alone = []
    for path in ("/recognise/", "/what-to-do/", "/uk/recognise/", "/ar/what-to-do/", "/help/"):
        page.goto(path)
        for width in range(320, 420, 6):
            page.set_viewport_size({"width": width, "height": 800})
            alone += page.evaluate(
                """([path, width]) => [...document.querySelectorAll(".phone")].filter(link => {
                    const next = link.nextSibling;
                    if (!next || next.nodeType !== 3 || !/^[.,;:!?…)،؛؟。]/.test(next.data)) return false;
                    const range = document.createRange();
                    range.setStart(next, 0);
                    range.setEnd(next, 1);
                    const sign = range.getBoundingClientRect(), number = link.getBoundingClientRect();
                    return sign.height && sign.top >= number.bottom - 4;
                }).map(link => [path, width, link.parentNode.textContent.trim()])""",
                [path, width],
            )
    assert alone == []
