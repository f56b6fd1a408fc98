"""Nothing is lost on a small screen, at a high zoom, or with the reader's own spacing."""

from __future__ import annotations

from playwright.sync_api import Page

from pages import At, each_language, each_page_and_more, look_at, run


def lost(page: Page, *, width: int, height: int = 800) -> list[str]:
    """What sticks out of a window of this size, is cut off in it, or lies on other text."""
    page.set_viewport_size({"width": width, "height": height})
    return [*run(page, "sticksOut"), *run(page, "lostText")]


@each_page_and_more
def test_no_scrolling_sideways(tab: Page, at: At) -> None:
    """At 320 px, and at 400 % on a screen of 1280 × 1024, one never scrolls sideways (WCAG 1.4.10)."""
    look_at(tab, at)
    assert lost(tab, width=320, height=640) + lost(tab, width=320, height=256) == []


@each_page_and_more
def test_own_spacing_and_size_lose_nothing(tab: Page, at: At) -> None:
    """Who sets wider lines and letters (WCAG 1.4.12), or letters twice as large (1.4.4), loses no word."""
    look_at(tab, at)
    tab.evaluate("document.documentElement.style.fontSize = '200%'")
    large = lost(tab, width=1280)
    tab.evaluate("document.documentElement.style.fontSize = ''")
    run(tab, "spaceOut")
    assert (large, lost(tab, width=320), lost(tab, width=1280)) == ([], [], [])


@each_language
def test_way_out_leaves_room_for_the_text(tab: Page, locale: str) -> None:
    """Even at a zoom of 400 % the exit takes no more than a third of the window."""
    look_at(tab, At(locale, "recognise"), width=320, height=256)
    box = tab.locator("#quick-exit").bounding_box()
    assert box
    assert box["height"] <= 256 / 3


@each_language
def test_end_of_the_page_is_above_the_exit(tab: Page, locale: str) -> None:
    """At the end of a page the last line can be read: the exit does not lie on it."""
    for width in (320, 1280):
        look_at(tab, At(locale, "about"), width=width, height=640)
        tab.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        last = tab.locator("footer > p").last.bounding_box()
        leave = tab.locator("#quick-exit").bounding_box()
        assert last
        assert leave
        beside = last["x"] + last["width"] <= leave["x"] or leave["x"] + leave["width"] <= last["x"]
        assert beside or last["y"] + last["height"] <= leave["y"]
