"""The checklist: eleven signs to tick, and an answer in words, never a verdict. Nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from environment import ROOT
from pages import At, both_ways, each_language, look_at, parsed, words
from safepage.checks.looks import run
from safepage.page import checklist

# Part of the promise: these eleven, in this order, in every language.
SIGNS = [
    "movement",
    "contact",
    "documents",
    "speaking",
    "others",
    "authorities",
    "conditions",
    "housing",
    "pay",
    "debt",
    "abuse",
]
# Figures of any script, per cent signs, and the marks by which a verdict could be given.
FIGURES = re.compile(r"[\d٠-٩۰-۹%٪★✓✔✗❌⚠🔴🟠🟢]")


@pytest.fixture(scope="module")
def open_list(browser: Browser, base_url: str) -> Iterator[Page]:
    """A tab with scripts, in which each test opens its page; the print window is only noted down."""
    with browser.new_context(base_url=base_url) as context:
        context.set_default_timeout(10_000)
        context.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
        yield context.new_page()


@pytest.fixture(scope="module")
def plain(browser: Browser, base_url: str) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    with browser.new_context(base_url=base_url, java_script_enabled=False) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


def tick(page: Page, *signs: str) -> None:
    """Click on the words of signs, as a reader does."""
    for sign in signs:
        page.locator(f"#{sign} label").click()


def answer(page: Page) -> str:
    """What can be read in the answer."""
    return " ".join(page.locator(".answer").inner_text().split())


def said(locale: str, key: str) -> str:
    """A sentence of the frame, with white space as in `answer`."""
    return " ".join(words(locale)[key].replace("{phone}", "112").split())


def labels(locale: str) -> dict[str, str]:
    """What each sign is called in a language, as its editors wrote it."""
    text = (ROOT / "docs" / locale / "recognise.md").read_text(encoding="utf-8")
    return {sign.id: " ".join(sign.label.split()) for sign in checklist.read(text)}


@each_language
def test_all_eleven_signs_are_there(site: Path, locale: str) -> None:
    """The same signs in the same order in every language, each with its words and a pictogram of its own."""
    signs = parsed(site, At(locale, "recognise")).css("form.checklist fieldset li.sign")
    assert [sign.attributes["id"] for sign in signs] == SIGNS
    pictograms = set()
    for sign in signs:
        name = sign.attributes["id"]
        box, label = sign.css_first("input[type=checkbox]"), sign.css_first("label")
        assert box.attributes["id"] == label.attributes["for"]
        assert "checked" not in box.attributes
        assert " ".join(label.text().split()) == labels(locale)[str(name)]
        icon = label.css_first("svg[aria-hidden=true]")
        pictograms.add(icon.html)
    assert len(pictograms) == len(SIGNS)


@each_language
def test_the_answer_is_in_every_language(site: Path, locale: str) -> None:
    """What the answer can say stands in the page, in its language, and holds no figure and no mark.

    How it comes is the same in every language, and is seen below in one of each direction.
    """
    page = (site / At(locale, "recognise").file).read_text(encoding="utf-8")
    (held,) = re.findall(r'<template id="?answer"?>(.*?)</template>', page, re.DOTALL)
    tree = LexborHTMLParser(held)
    text = " ".join(tree.body.text().split())
    for key in ("none", "one", "several", "next", "limits", "danger", "contacts", "print", "copy"):
        assert said(locale, f"checklist_{key}") in text
    assert tree.css_first("a.button").attributes["href"].endswith("contact/#centres")
    assert tree.css_first("a[href='tel:112']")
    status = tree.css_first("[role=status]").attributes
    assert (status["data-copied"], status["data-select"]) == (
        words(locale)["checklist_copied"],
        words(locale)["checklist_select"],
    )
    assert not FIGURES.search(text.replace("112", "")), text
    assert not tree.css("meter, progress, [role=meter], [role=progressbar], img, svg, [style]")


@both_ways
def test_without_scripts_it_is_a_form(plain: Page, locale: str) -> None:
    """Without scripts there are real checkboxes in a named group, to tick, to clear and to print,
    and no button that does nothing."""
    look_at(plain, At(locale, "recognise"), width=360, height=640)
    group = plain.get_by_role("group", name=words(locale)["checklist_legend"])
    boxes = group.get_by_role("checkbox")
    expect(boxes).to_have_count(len(SIGNS))
    tick(plain, "documents", "pay")
    expect(group.get_by_role("checkbox", checked=True)).to_have_count(2)
    plain.get_by_role("button", name=words(locale)["checklist_clear"]).click()
    expect(group.get_by_role("checkbox", checked=True)).to_have_count(0)
    expect(plain.locator("main button:visible")).to_have_count(1)
    expect(plain.locator(".answer")).to_have_count(0)


@both_ways
def test_a_screen_reader_hears_sign_and_example(open_list: Page, locale: str) -> None:
    """Each checkbox is named by its sign, and described by what the sign can look like."""
    look_at(open_list, At(locale, "recognise"))
    for sign in SIGNS:
        box = open_list.locator(f"#{sign} input")
        expect(box).to_have_accessible_name(labels(locale)[sign])
        hint = open_list.locator(f"#{sign} .hint").all_inner_texts()
        expect(box).to_have_accessible_description(" ".join(hint))


@both_ways
def test_nothing_ticked_does_not_calm(open_list: Page, locale: str) -> None:
    """Before anything is ticked the answer says that this does not mean that nothing is wrong."""
    look_at(open_list, At(locale, "recognise"))
    text = answer(open_list)
    assert said(locale, "checklist_none") in text
    assert said(locale, "checklist_several") not in text
    assert said(locale, "checklist_one") not in text


@both_ways
def test_the_answer_names_what_was_ticked(open_list: Page, locale: str) -> None:
    """The answer repeats the ticked signs in words, in the order of the list; several are an alarm bell."""
    look_at(open_list, At(locale, "recognise"))
    listed = open_list.locator(".answer li")
    tick(open_list, "pay")
    expect(listed).to_have_text([labels(locale)["pay"]])
    assert said(locale, "checklist_one") in answer(open_list)
    assert said(locale, "checklist_several") not in answer(open_list)
    tick(open_list, "documents", "abuse")
    expect(listed).to_have_text([labels(locale)[sign] for sign in ("documents", "pay", "abuse")])
    assert said(locale, "checklist_several") in answer(open_list)
    assert said(locale, "checklist_one") not in answer(open_list)
    assert said(locale, "checklist_none") not in answer(open_list)
    tick(open_list, "documents", "abuse", "pay")
    expect(listed).to_have_count(0)
    assert said(locale, "checklist_none") in answer(open_list)


@both_ways
def test_the_answer_says_what_to_do_and_what_it_is_not(open_list: Page, locale: str) -> None:
    """Whatever is ticked: 112 in danger, the way to the centres, and that the list proves nothing."""
    look_at(open_list, At(locale, "recognise"))
    contact = open_list.locator(".answer a.button")
    ticked = 0
    for count in (0, 1, len(SIGNS)):
        tick(open_list, *SIGNS[ticked:count])
        ticked = count
        text = answer(open_list)
        assert said(locale, "checklist_limits") in text
        assert said(locale, "checklist_danger") in text
        assert (said(locale, "checklist_next") in text) == (count > 0)
        expect(open_list.locator(".answer a[href='tel:112']")).to_be_visible()
        expect(contact).to_have_text(words(locale)["checklist_contacts"])
    contact.click()
    assert open_list.url.endswith(At(locale, "contact").path + "#centres")
    expect(open_list.locator("#centres")).to_be_in_viewport()


@both_ways
def test_the_answer_is_no_score(open_list: Page, locale: str) -> None:
    """One sign or all eleven: no figure, no percentage, no symbol, no meter, and not one colour changes."""
    look_at(open_list, At(locale, "recognise"))
    colours = """() => [...document.querySelectorAll('.answer, .answer *:not(li, li *)')].map((part) => {
        const style = getComputedStyle(part);
        return [part.localName, style.color, style.backgroundColor, style.borderColor, style.fontWeight]
            .join();
    })"""
    seen = set()
    for sign in SIGNS:
        tick(open_list, sign)
        text = answer(open_list).replace("112", "")
        assert not FIGURES.search(text), FIGURES.findall(text)
        seen.add(tuple(open_list.evaluate(colours)))
    assert len(seen) == 1
    marks = "meter, progress, [role=meter], [role=progressbar], img, svg, [style]"
    expect(open_list.locator(".answer").locator(marks)).to_have_count(0)


@both_ways
def test_a_screen_reader_is_told_politely(open_list: Page, locale: str) -> None:
    """What changes is announced when the reader pauses, never by interrupting; the focus is left alone."""
    look_at(open_list, At(locale, "recognise"))
    tick(open_list, "debt", "housing")
    live = open_list.locator(".answer [aria-live=polite]")
    expect(live).to_have_count(1)
    expect(live).to_contain_text(labels(locale)["debt"])
    expect(live).to_contain_text(labels(locale)["housing"])
    expect(open_list.locator(".answer").locator("[aria-live=assertive], [role=alert]")).to_have_count(0)
    assert open_list.evaluate("document.activeElement.id") == "tick-housing"


@both_ways
def test_clear_all(open_list: Page, locale: str) -> None:
    """One button takes everything back, ticks and answer, and keeps the focus."""
    look_at(open_list, At(locale, "recognise"))
    tick(open_list, *SIGNS[:4])
    clear = open_list.get_by_role("button", name=words(locale)["checklist_clear"])
    clear.click()
    expect(open_list.locator(".answer li")).to_have_count(0)
    expect(open_list.get_by_role("checkbox", checked=True)).to_have_count(0)
    assert said(locale, "checklist_none") in answer(open_list)
    expect(clear).to_be_focused()


@both_ways
def test_print(open_list: Page, locale: str) -> None:
    """The button opens the print window, once."""
    look_at(open_list, At(locale, "recognise"))
    open_list.get_by_role("button", name=words(locale)["checklist_print"]).click()
    assert open_list.evaluate("window.printed") == 1


@both_ways
def test_copy(open_list: Page, locale: str) -> None:
    """The summary is copied as plain text: the signs, what to do, what the list is not. A line says so."""
    open_list.context.grant_permissions(["clipboard-read", "clipboard-write"])
    look_at(open_list, At(locale, "recognise"))
    tick(open_list, "movement", "pay")
    open_list.get_by_role("button", name=words(locale)["checklist_copy"]).click()
    expect(open_list.locator(".answer [role=status]")).to_have_text(words(locale)["checklist_copied"])
    copied = " ".join(open_list.evaluate("navigator.clipboard.readText()").split())
    for part in (labels(locale)["movement"], labels(locale)["pay"], said(locale, "checklist_several"),
                 said(locale, "checklist_limits"), said(locale, "checklist_danger")):  # fmt: skip
        assert part in copied
    assert said(locale, "checklist_none") not in copied
    tick(open_list, "pay")
    expect(open_list.locator(".answer [role=status]")).to_have_text("")


@pytest.mark.parametrize(
    "refusal",
    [
        "Object.defineProperty(navigator, 'clipboard', {value: undefined})",
        "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))",
    ],
    ids=["no clipboard", "no permission"],
)
@both_ways
def test_copy_without_permission(open_list: Page, locale: str, refusal: str) -> None:
    """Where the browser refuses, the summary stands there selected, to be copied by hand."""
    look_at(open_list, At(locale, "recognise"))
    open_list.evaluate(f"() => {{ {refusal}; }}")
    tick(open_list, "abuse")
    open_list.get_by_role("button", name=words(locale)["checklist_copy"]).click()
    expect(open_list.locator(".answer [role=status]")).to_have_text(words(locale)["checklist_select"])
    expect(open_list.locator(".answer pre")).to_be_focused()
    selected = open_list.evaluate("getSelection().toString()")
    assert labels(locale)["abuse"] in selected
    assert said(locale, "checklist_limits") in " ".join(selected.split())


# Whether a click at each corner of a row, within its line, ticks it, or takes the tick back.
CORNERS = """(row) => {
  row.scrollIntoView({ block: "center" });
  const { left, right, top, bottom } = row.getBoundingClientRect();
  const box = row.querySelector("input");
  const [across, down] = [[left + row.clientLeft + 2, right - 8], [top + row.clientTop + 2, bottom - 2]];
  const corners = across.flatMap((x) => down.map((y) => [x, y]));
  return corners.map((corner) => {
    const before = box.checked;
    document.elementFromPoint(...corner).click();
    return box.checked !== before;
  });
}"""


@both_ways
def test_targets_are_large(open_list: Page, locale: str) -> None:
    """A trembling thumb hits: the whole row of a sign ticks it, and nothing to press is below 44 × 44 px."""
    look_at(open_list, At(locale, "recognise"), width=320, height=640)
    tick(open_list, "movement")
    for sign in SIGNS:
        row = open_list.locator(f"#{sign}")
        box = row.bounding_box()
        assert box
        assert box["width"] >= 44
        assert box["height"] >= 44
        assert row.evaluate(CORNERS) == [True] * 4, sign
    for control in open_list.locator("form.checklist button, .answer button, .answer a.button").all():
        box = control.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, control.inner_text()


@both_ways
def test_nothing_is_kept(open_list: Page, locale: str) -> None:
    """What was ticked is in no store, no cookie, no address and no history."""
    look_at(open_list, At(locale, "recognise"))
    state = """async () => JSON.stringify([
        location.href, history.length, history.state, document.cookie, window.name,
        {...localStorage}, {...sessionStorage}, await indexedDB.databases(), await caches.keys()])"""
    before = open_list.evaluate(state)
    tick(open_list, *SIGNS)
    open_list.get_by_role("button", name=words(locale)["checklist_copy"]).click()
    assert open_list.evaluate(state) == before
    assert open_list.context.storage_state()["cookies"] == []


@both_ways
def test_nothing_comes_back(open_list: Page, locale: str) -> None:
    """After a reload, and after going away and Back, nothing is ticked and the answer is empty."""
    look_at(open_list, At(locale, "recognise"))

    def reload() -> None:
        open_list.reload()

    def away_and_back() -> None:
        open_list.goto(At(locale, "advice").path)
        open_list.go_back()

    for way in (reload, away_and_back):
        tick(open_list, "documents", "pay", "debt")
        expect(open_list.locator(".answer li")).to_have_count(3)
        way()
        expect(open_list.locator(".answer li")).to_have_count(0)
        expect(open_list.get_by_role("checkbox", checked=True)).to_have_count(0)


@both_ways
def test_the_answer_is_printed(open_list: Page, locale: str) -> None:
    """On paper stand the signs that were ticked, in words, and no button."""
    look_at(open_list, At(locale, "recognise"))
    tick(open_list, "speaking")
    open_list.emulate_media(media="print")
    expect(open_list.locator(".answer li")).to_be_visible()
    expect(open_list.locator("#speaking input")).to_be_visible()
    expect(open_list.locator("main button:visible, main a.button:visible, main pre:visible")).to_have_count(0)


@both_ways
def test_by_keyboard(open_list: Page, locale: str) -> None:
    """Space ticks a sign, and the focus stays where it is."""
    look_at(open_list, At(locale, "recognise"))
    box = open_list.locator(".checklist input").nth(3)
    box.focus()
    open_list.keyboard.press("Space")
    assert box.is_checked()
    expect(box).to_be_focused()
    assert run(open_list, "focus")["wrong"] == []
