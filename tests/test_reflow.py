"""The exit leaves room for the text, on a small screen and at a high zoom."""

from __future__ import annotations

from playwright.sync_api import Page

from pages import At, each_language, look_at


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
