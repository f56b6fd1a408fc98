"""What comes next: a second language, first words, search, poster and card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from environment import ROOT
from pages import BOTH_WAYS, LOCALES, PROJECT, SOURCE, At, each_language, parsed, words
from safepage.site.languages import url_of

WITH_WORDS = [tag for tag in LOCALES if (ROOT / "docs" / tag / "first-words.md").is_file()]


@pytest.fixture(scope="module")
def page(browser: Browser, base_url: str) -> Iterator[Page]:
    """One tab for these tests, in which each opens its page."""
    with browser.new_context(base_url=base_url) as context:
        yield context.new_page()


@pytest.fixture
def plain(browser: Browser, base_url: str) -> Iterator[Page]:
    """A page without JavaScript."""
    with browser.new_context(base_url=base_url, java_script_enabled=False) as context:
        yield context.new_page()


def choose(page: Page, locale: str) -> None:
    """Choose a second language, as a reader does."""
    option = page.locator(f"#second option[lang='{locale}']")
    page.select_option("#second", option.get_attribute("value"))


def texts(site: Path, at: At, selector: str) -> list[str]:
    """The texts of a page's elements, as written."""
    return [" ".join(node.text().split()) for node in parsed(site, at).css(selector)]


# The checklist in two languages


@pytest.mark.parametrize(("own", "other"), [("ar", "nl"), ("nl", "ar"), ("fr", "en"), ("en", "de")])
def test_two_languages_side_by_side(page: Page, site: Path, own: str, other: str) -> None:
    """The same list, with the same ticks, in the words of the other language's own page."""
    page.goto(At(own, "recognise").path)
    page.locator("#documents label").click()
    choose(page, other)
    second = page.locator(".signs .second")
    expect(second).to_have_count(11)
    assert [" ".join(text.split()) for text in second.all_text_contents()] == texts(
        site, At(other, "recognise"), ".sign-text"
    )
    assert second.first.get_attribute("lang") == other
    assert second.first.get_attribute("dir") == ("rtl" if other == "ar" else "ltr")
    assert page.locator("#documents input").is_checked()
    assert page.locator(".signs input:checked").count() == 1


def test_second_language_goes_again(page: Page) -> None:
    """One language only, when the reader wants it; and nothing is left after a reload."""
    page.goto(At(SOURCE, "recognise").path)
    choose(page, "fr")
    expect(page.locator(".second")).to_have_count(11)
    page.select_option("#second", "")
    expect(page.locator(".second")).to_have_count(0)
    choose(page, "fr")
    expect(page.locator(".second")).to_have_count(11)
    page.reload()
    expect(page.locator(".second")).to_have_count(0)
    assert page.evaluate("[localStorage.length, sessionStorage.length, location.search + location.hash]") == [
        0,
        0,
        "",
    ]


def test_second_language_fails_softly(page: Page) -> None:
    """Without a connection the list stays as it is, and says so."""
    page.goto(At(SOURCE, "recognise").path)
    page.context.set_offline(True)
    choose(page, "fr")
    expect(page.locator("form.pair [role=status]")).to_have_text(words(SOURCE)["second_failed"])
    expect(page.locator(".sign")).to_have_count(11)
    page.context.set_offline(False)


@pytest.mark.parametrize(
    ("name", "gone", "selector"),
    [("first-words", "hurt", ".phrase"), ("recognise", "pay", ".sign-text")],
)
def test_what_one_language_lacks_is_said(page: Page, site: Path, name: str, gone: str, selector: str) -> None:
    """Each sentence stands beside the same one; where one language has it not yet, a word says so."""
    lacks = words(SOURCE)["second_missing"]
    french = (site / f"fr/{name}/index.html").read_text(encoding="utf-8")
    (item,) = re.findall(rf"<li [^>]*\bid=\"?{gone}\b.*?</li>", french)
    new = re.sub(rf'id="?{gone}"?', "id=latest", item.replace(gone, "latest"))
    new = re.sub(rf'(class="?{selector[1:]}"?>)[^<]*', r"\1Tout neuf", new)
    # It has one more, one less, and a heading by the name of that.
    changed = french.replace(item, new).replace("<h1 ", f"<h1 id={gone} ", 1)
    page.route(f"**/fr/{name}/", lambda route: route.fulfill(body=changed, content_type="text/html"))
    page.goto(At(SOURCE, name).path)
    choose(page, "fr")
    expect(page.locator(f"#{gone} .second")).to_have_text(lacks)
    alone = page.locator("li.second")
    expect(alone).to_have_count(1)
    assert alone.locator("span").all_inner_texts() == [lacks, "Tout neuf"]
    assert alone.locator("span").nth(1).get_attribute("lang") == "fr"
    wrong = page.evaluate(
        """() => [...document.querySelectorAll('.paired li[id]')].map((own) =>
            [own.id, own.querySelector('.second').textContent])"""
    )
    theirs = {
        node.attributes["id"]: node for node in parsed(site, At("fr", name)).css("li:has(" + selector + ")")
    }
    for own, shown in wrong:
        if own != gone:
            assert shown == theirs[own].css_first(selector).text(), own
    assert page.locator("form.pair [role=status]").inner_text() == ""
    page.select_option("#second", "")
    expect(page.locator(".second")).to_have_count(0)
    page.unroute(f"**/fr/{name}/")


def test_second_language_is_printed(page: Page, tmp_path: Path) -> None:
    """Both languages stand on paper, without the form that chose them."""
    page.goto(At(SOURCE, "recognise").path)
    choose(page, "fr")
    expect(page.locator(".second")).to_have_count(11)
    french = page.locator(".second").first.text_content() or ""
    page.pdf(path=tmp_path / "list.pdf")
    printed = " ".join(
        " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "list.pdf").pages).split()
    )
    assert french.split()[0] in printed
    assert words(SOURCE)["second_open"] not in printed


# First words


@pytest.mark.parametrize("locale", WITH_WORDS)
def test_twelve_sentences(site: Path, locale: str) -> None:
    """Twelve sentences and six answers, with the same ids in every language."""
    tree, source = (parsed(site, At(tag, "first-words")) for tag in (locale, SOURCE))
    ids = [[node.attributes["id"] for node in page.css(".phrases li")] for page in (tree, source)]
    assert ids[0] == ids[1]
    assert len(tree.css(".phrases")[0].css("li")) == 12


def test_a_sentence_grows_when_tapped(page: Page) -> None:
    """Large enough to be read across a table, in both languages; one at a time; by keyboard too."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(At(SOURCE, "first-words").path)
    choose(page, "nl")
    expect(page.locator(".second").first).to_be_visible()
    first, second = page.locator(".phrases button").nth(0), page.locator(".phrases button").nth(1)
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    before = first.evaluate(size)
    first.click()
    assert first.get_attribute("aria-pressed") == "true"
    assert first.evaluate(size) > 1.3 * before
    second.focus()
    page.keyboard.press("Enter")
    assert [b.get_attribute("aria-pressed") for b in (first, second)] == ["false", "true"]
    page.keyboard.press("Enter")
    assert second.evaluate(size) == before
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_sentences_without_javascript(plain: Page) -> None:
    """They can be read and pointed at without a script."""
    plain.goto(At(SOURCE, "first-words").path)
    assert plain.locator(".phrases .phrase").count() == 18
    assert plain.locator("#trouble").is_visible()


@pytest.mark.parametrize("locale", [SOURCE, "ar"])
def test_first_words_are_printed_as_a_card(page: Page, tmp_path: Path, locale: str) -> None:
    """One A5 sheet with the sentences, the answers and 112, and nothing else of the page."""
    page.goto(At(locale, "first-words").path)
    choose(page, "uk")
    expect(page.locator(".second")).not_to_have_count(0)
    page.locator(".phrases button").first.click()
    last = page.locator(".second").last.text_content() or "?"
    page.pdf(path=tmp_path / "card.pdf", prefer_css_page_size=True)
    (sheet,) = PdfReader(tmp_path / "card.pdf").pages
    printed = sheet.extract_text()
    assert round(sheet.mediabox.width) == 420
    assert last.split()[0] in printed
    assert "112" in printed
    assert "PAG-ASA" not in printed


# Search


LOOKED_FOR = {  # words, and a page that has them
    "en": [("passport", "recognise"), ("EXPLOITED", "index")],
    "fr": [("identite", "recognise"), ("identité", "recognise")],
    "de": [("Lohn", "recognise"), ("Verletzungen", "recognise")],
    "nl": [("uitbuiter", "advice")],
    "ar": [("الضحية", "advice"), ("الضَّحِيَّة", "advice")],
    "vi": [("nạn nhân", "what-to-do"), ("nan nhan", "what-to-do"), ("duong day", "what-to-do")],
    "bg": [("паспорт", "recognise"), ("ПОЛИЦИЯ", "contact")],
    "uk": [("довіряє", "recognise"), ("поліцію", "contact")],
    "zh-Hans": [("护照", "recognise")],
    "th": [("หนังสือเดินทาง", "recognise")],
    "hi": [("पासपोर्ट", "recognise")],
    "fa": [("پاسپورت", "recognise")],
    "ru": [("паспорта", "recognise")],
    "hu": [("útlevél", "recognise"), ("utlevelet", "recognise")],
    "it": [("passaporti", "recognise")],
    "fil": [("pasaporte", "recognise")],
}


def test_search_finds(page: Page) -> None:
    """Words are found with and without accents or vowel signs, in the reader's own language only; of
    languages without spaces, too."""
    wrong = []
    for locale, looked_for in LOOKED_FOR.items():
        page.goto(At(locale, "search").path)
        others = tuple(f"/{tag}/" for tag in PROJECT.locales if tag != locale)
        for query, page_name in looked_for:
            page.evaluate("document.querySelector('ol.results').replaceChildren()")
            page.fill("#words", query)
            page.press("#words", "Enter")
            results = page.locator("ol.results a")
            try:
                expect(results.first).to_be_visible()
            except AssertionError:
                wrong.append(f"{locale}: “{query}” is not found")
                continue
            found = [link.get_attribute("href") or "" for link in results.all()]
            if not any(href.endswith(url_of(page_name, locale, SOURCE)) for href in found):
                wrong.append(f"{locale}: “{query}” is not found on {page_name}: {found}")
            prefix = f"/{url_of('index', locale, SOURCE)}"
            if not all(href.startswith(prefix) and not href.startswith(others) for href in found):
                wrong.append(f"{locale}: “{query}” is found in another language: {found}")
    assert not wrong, "\n".join(wrong)


def test_search_keeps_nothing(page: Page, base_url: str) -> None:
    """What was looked for is in no address, no storage, at no other host, and gone after a reload."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(At(SOURCE, "search").path)
    assert len(asked) == 1, "nothing of the search is loaded before it is used"
    page.fill("#words", "passport")
    page.press("#words", "Enter")
    expect(page.locator("ol.results a").first).to_be_visible()
    assert all(url.startswith(base_url) and "passport" not in url for url in asked), asked
    assert page.evaluate(
        "[localStorage.length, sessionStorage.length, document.cookie, location.search]"
    ) == [0, 0, "", ""]
    page.reload()
    assert page.input_value("#words") == ""
    assert page.locator("ol.results li").count() == 0


def test_search_says_that_nothing_was_found(page: Page) -> None:
    """No result is a sentence, with the list of all pages below."""
    page.goto(At(SOURCE, "search").path)
    page.fill("#words", "zzzzqqqq")
    page.press("#words", "Enter")
    expect(page.locator("form.search [role=status]")).to_have_text(words(SOURCE)["search_none"])


@each_language
def test_all_pages_without_javascript(site: Path, locale: str) -> None:
    """Without a script the page lists all pages of the site; what is `hidden` needs one."""
    html = parsed(site, At(locale, "search"))
    assert len(html.css("ul.pages a")) == len(PROJECT.pages)
    assert "hidden" in html.css_first("form.search").attributes


def test_only_the_search_page_may_load_a_program(site: Path) -> None:
    """The policy is wider on the page of the search, and nowhere else."""
    for file in site.rglob("*.html"):
        wide = "wasm-unsafe-eval" in file.read_text(encoding="utf-8")
        assert wide == (file.parent.name == "search"), file


# Poster and card


def test_sheets(undrawn_tab: Page) -> None:
    """In each language one page of the right size, with the numbers in full and without the exit; so is the
    sheet for professionals, where it is in the language."""
    undrawn_tab.emulate_media(media="print")  # another test may have left it to show the screen's style
    wrong = []
    sizes = {"poster/": (210, 297), "card/": (105, 148), "refer": (210, 297)}
    translated = [locale for locale in LOCALES if (ROOT / f"docs/{locale}/refer.md").exists()]
    sheets = [At(locale, kind) for locale in LOCALES for kind in ("poster/", "card/")]
    for at in [*sheets, *(At(locale, "refer") for locale in translated)]:
        undrawn_tab.goto(at.path)
        pages = PdfReader(BytesIO(undrawn_tab.pdf(prefer_css_page_size=True))).pages
        box = pages[0].mediabox
        # Out of a sheet itself in one language of each direction: that takes as long as all else.
        text = pages[0].extract_text() if at.locale in BOTH_WAYS else undrawn_tab.locator("body").inner_text()
        size = tuple(round(float(side) / 72 * 25.4) for side in (box.width, box.height))
        if (len(pages), size) != (1, sizes[at.name]):
            wrong.append(f"{at.path}: {len(pages)} pages of {size} mm")
        for number in ("112", "078 055 800", "02 511 64 64", "03 201 16 90", "04 232 40 30", "116 000"):
            if number not in text:
                wrong.append(f"{at.path}: {number} is missing")
        if words(at.locale)["exit"] in text:
            wrong.append(f"{at.path}: the exit is printed")
    assert not wrong, "\n".join(wrong)
