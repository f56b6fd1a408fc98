"""Languages: a chooser that keeps the reader on the same page, and one quiet line that offers another one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from pages import (
    LOCALES,
    PROJECT,
    WHOLE,
    At,
    both_ways,
    look_at,
)
from safepage.site.locales import autonym, direction

Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, base_url: str) -> Iterator[Visit]:
    """Opens a tab with settings of its own: `languages` are what the browser asks for, best first."""
    contexts = []

    def new(languages: list[str] | None = None, **options: object) -> Page:
        context = browser.new_context(base_url=base_url, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(10_000)
        if languages:
            context.add_init_script(f"Object.defineProperty(navigator, 'languages', {{value: {languages}}})")
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


@both_ways
def test_without_scripts(visit: Visit, locale: str) -> None:
    """The chooser opens and leads to another language with scripts off."""
    page = visit(java_script_enabled=False)
    look_at(page, At(locale, "advice"), width=360)
    other = next(tag for tag in LOCALES if tag != locale)
    link = page.locator(f"details.languages a[lang={other}]")
    expect(link).not_to_be_visible()
    page.locator("details.languages summary").click()
    link.click()
    expect(page).to_have_url(re.compile(re.escape(At(other, "advice").path) + "$"))
    assert page.locator("html").get_attribute("lang") == other
    expect(page.locator(".offer")).not_to_be_visible()


# Of links, those that are too low for a thumb, or that no scrolling brings to where it can touch them.
OUT_OF_REACH = """(links) => links.filter((link) => {
  link.scrollIntoView({ block: "nearest" });
  const { left, right, top, bottom, height } = link.getBoundingClientRect();
  const touched = [top + 5, bottom - 5].map((y) => document.elementFromPoint((left + right) / 2, y));
  return height < 44 || !touched.every((at) => link.contains(at));
}).map((link) => link.lang)"""


@both_ways
def test_by_touch(visit: Visit, locale: str) -> None:
    """A tap opens the chooser, a tap beside it closes it; each language is tall enough for a thumb."""
    page = visit(has_touch=True, is_mobile=True)
    look_at(page, At(locale, "recognise"), width=320, height=640)
    menu = page.locator("details.languages")
    menu.locator("summary").tap()
    assert menu.locator("a").count() == len(LOCALES)
    assert menu.locator("a").evaluate_all(OUT_OF_REACH) == []
    page.touchscreen.tap(8 if direction(locale) == "ltr" else 312, 450)
    expect(menu.locator("a").first).not_to_be_visible()
    menu.locator("summary").tap()
    other = LOCALES[-1] if locale != LOCALES[-1] else LOCALES[0]
    menu.locator(f"a[lang={other}]").tap()
    expect(page).to_have_url(re.compile(re.escape(At(other, "recognise").path) + "$"))


@both_ways
def test_one_line_offers_the_language_of_the_browser(visit: Visit, locale: str) -> None:
    """Who reads another language that the site has is offered it, by its name; no more happens."""
    page = visit([f"{locale}-XX", "en"])
    for other in [tag for tag in (PROJECT.source, *WHOLE) if tag != locale][:2]:
        at = At(other, "what-to-do")
        look_at(page, at, width=320)
        offer = page.locator(".offer")
        expect(offer).to_be_visible()
        expect(offer).to_have_text(autonym(locale))
        link = offer.locator("a")
        assert (link.get_attribute("lang"), link.get_attribute("dir")) == (locale, direction(locale))
        assert page.url.endswith(at.path)
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
        link.click()
        expect(page).to_have_url(re.compile(re.escape(At(locale, "what-to-do").path) + "$"))
        expect(page.locator(".offer")).not_to_be_visible()


@both_ways
def test_the_reader_s_own_languages_come_first(visit: Visit, locale: str) -> None:
    """In the order in which the browser asks for them; the others keep theirs, and none is lost."""
    own = [tag for tag in reversed(LOCALES) if tag != locale][:2]
    page = visit(["mi", f"{own[0]}-XX", own[1]])
    look_at(page, At(locale, "recognise"), width=320, height=640)
    listed = [link.get_attribute("lang") for link in page.locator("details.languages a").all()]
    assert listed == [*own, *(tag for tag in LOCALES if tag not in own)]
    page.locator("details.languages summary").click()
    seen = [link for link in page.locator("details.languages a").all() if in_sight(link)]
    assert len(seen) >= min(len(LOCALES), 14)


def in_sight(link: Locator) -> bool:
    """Whether a link is on the screen, within the list that it may be scrolled in, above the exit."""
    return bool(
        link.evaluate(
            """(link) => {
              const box = link.getBoundingClientRect();
              const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
              return link.contains(at);
            }"""
        )
    )


@both_ways
def test_no_line_where_there_is_nothing_to_offer(visit: Visit, locale: str) -> None:
    """No offer to who reads the page's language first, or none that the site has."""
    other = next(tag for tag in LOCALES if tag != locale)
    for languages in ([locale], [f"{locale}-BE", other], ["mi", "eo"], ["mi", locale, other]):
        page = visit(languages)
        look_at(page, At(locale, "index"))
        expect(page.locator(".offer")).not_to_be_visible()
        assert page.locator(".offer").inner_text() == ""


def test_the_language_wanted_most_is_offered(visit: Visit) -> None:
    """Of several languages that the browser asks for, the first one that the site has is offered."""
    first, second, *_ = [tag for tag in LOCALES if tag != PROJECT.source]
    page = visit(["mi", second, first, PROJECT.source])
    look_at(page, At(PROJECT.source, "index"))
    expect(page.locator(".offer")).to_have_text(autonym(second))
