"""Promises 1, 3 and 5 while a page arrives: what is there has its exit, and leaves with the other tabs."""

from __future__ import annotations

import time
from typing import Any

import pytest
from reader import Reader, case, until
from servers import PRESS, WHEN_DRAWN, first

# Places of a page after which its server waits: within the style, below the exit, in the text.
HALTS = {"in the head": ".phone", "after the exit": "class=emergency", "in the text": "</h1>"}
# As if the gate had let them through: the frame's own ids, and names that hide what `document` is asked for.
NAMES = [
    "getElementById",
    "querySelector",
    "body",
    "title",
    "documentElement",
    "forms",
    "readyState",
    "write",
]
NAMES += ["createDocumentFragment", "addEventListener", "quickExit", "navigation", "exit"]
HOSTILE = (
    '<a id="quick-exit" href="/advice/" data-title="x">x</a><p id="exit-status">x</p><template></template>'
    '<form id="quick-exit" name="quick-exit" tabindex="0"><input name="reset"><input name="closest"></form>'
    + "".join(f'<img name="{name}" id="{name}" alt=""><form name="{name}"></form>' for name in NAMES)
    + '</article></main><header><a id="quick-exit" href="/advice/">x</a></header><main><article>'
)
SHIFT = """for (let n = 3; n--;)
  document.dispatchEvent(new KeyboardEvent("keydown", {key: "Shift", bubbles: true}));"""
BY = {"link": PRESS, "keys": SHIFT}
# Drivers wait for a page to load, and browsers draw nothing of a tab in the background.
SOON = "const find = document.querySelector.bind(document); setTimeout(() => { %s }, 400);"


def told(reader: Reader, kind: str, path: str = "") -> list[dict[str, Any]]:
    """What the probe reported of a kind, of pages with something in their address."""
    return [report for report in reader.copy.reports if report["kind"] == kind and path in report["url"]]


@pytest.mark.any_tab
def test_half_a_page_has_its_exit(reader: Reader) -> None:
    """The page never ends, and presses its exit itself, by its link or by keys."""
    reader.copy.keep_away = "no-store"  # so that it is asked for again
    faults: list[str] = []
    for name, press in BY.items():
        with case(faults, name):
            reader.copy.anew()
            reader.copy.change = first(SOON % press)
            tab = reader.begin(f"/recognise/?{name}&halt=</h1>")
            assert until(lambda: reader.copy.left), "it has not left"
            reader.copy.go_on()
            reader.driver.switch_to.window(tab)
            reader.arrives()
            for _ in range(2):
                reader.back()
            reader.copy.quiet()
            start = reader.copy.exit_time()  # Chromium has drawn nothing before it
            assert [frame for frame in told(reader, "frame") if frame["at"] > start] == []
            reader.new_tab()
    assert not faults, "\n\n".join(faults)


def test_no_name_in_a_page_takes_the_exit(reader: Reader) -> None:
    """Whatever stands in the text, with the gate off; by its link or by keys."""
    faults: list[str] = []
    reader.copy.smuggle = lambda html: html.replace("</h1>", f"</h1>{HOSTILE}", 1)
    for name, press in BY.items():
        with case(faults, name):
            reader.copy.anew()
            reader.copy.change = first(WHEN_DRAWN % press)
            reader.go(f"{reader.copy.site}/recognise/?{name}")
            reader.arrives()
            for _ in range(2):
                reader.back()
            assert reader.copy.frames_after_exit() == []
            assert reader.copy.titles_after_exit() <= reader.copy.neutral
    assert not faults, "\n\n".join(faults)


@pytest.mark.any_tab
def test_no_text_is_drawn_without_its_exit(reader: Reader) -> None:
    """Wherever the line stops. Chromium draws nothing until the page is whole."""
    for halt in [*HALTS.values()][1:]:
        address = f"/recognise/?halt={halt}"
        here = tab = reader.driver.current_window_handle
        reader.copy.hold()
        if reader.engine == "chromium":  # whose driver waits for the tab that it is in
            tab = reader.begin(address)
        else:  # which draw nothing of a tab that nobody looks at
            reader.script(f"setTimeout(() => location.assign('{reader.copy.site}{address}'), 300)")
        time.sleep(1)
        reader.copy.go_on()
        reader.driver.switch_to.window(tab)
        assert until(reader.sees_page)
        reader.driver.switch_to.window(here)
    assert told(reader, "bare") == []
    assert told(reader, "frame")


@pytest.mark.any_tab
def test_tabs_that_are_loading_leave_too(reader: Reader) -> None:
    """Another tab exits while pages are half there."""
    reader.open("/")
    tabs = [reader.begin(f"/recognise/?halt={halt}") for halt in HALTS.values()]
    reader.leave()
    time.sleep(0.3)
    reader.copy.go_on()
    for tab in tabs:
        reader.driver.switch_to.window(tab)
        reader.arrives()
        reader.back()
    assert reader.copy.frames_after_exit() == []


@pytest.mark.any_tab
def test_a_tab_that_begins_too_late_to_hear_asks(reader: Reader) -> None:
    """Its server answers only after the exit; the tab that left is still on its way.

    It may be drawn until the answer comes (WebKit: a second). One that is opened after the exit stays.
    """
    browser = reader.driver
    reader.open("/")
    leaving = browser.current_window_handle
    reader.new_tab()
    elsewhere = browser.current_window_handle
    reader.copy.away = "hang"
    tab = reader.begin("/nl/recognise/?halt=<!doctype")
    browser.switch_to.window(leaving)
    reader.script("setTimeout(() => document.getElementById('quick-exit').click(), 200)")
    browser.switch_to.window(elsewhere)
    assert until(lambda: told(reader, "exit"))
    later = reader.begin("/advice/?halt=<!doctype")
    reader.copy.go_on()
    assert until(lambda: any("nl" in request.path for request in reader.copy.left)), "it leaves, too"
    reader.copy.release()
    browser.switch_to.window(tab)
    reader.arrives()
    browser.switch_to.window(later)
    assert until(reader.sees_page)
