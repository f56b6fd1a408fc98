"""Browsers that lack something, or refuse it: the exit still leaves, and keeps what can be kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from reader import Reader
from servers import Servers, first

import engines

CONDITIONS = {
    "no Navigation API": "Object.defineProperty(window, 'navigation', {value: undefined});",
    "no BroadcastChannel, no performance entries": "Object.defineProperty(window, 'BroadcastChannel', "
    "{value: undefined}); performance.getEntriesByType = () => [];",
    "storage throws": "Object.defineProperty(window, 'sessionStorage', {get() {throw new Error()}});",
    "history throws": "history.replaceState = () => {throw 1};",
}
CONDITIONS["all together"] = "".join(CONDITIONS.values())


@pytest.mark.parametrize("condition", CONDITIONS)
def test_bad_conditions(reader: Reader, condition: str) -> None:
    """It leaves, nothing is seen again, and coming back works, whatever the browser lacks.

    Where it has neither the Navigation API nor storage, it still leaves; then Back shows the earlier pages.
    """
    lost = condition == "all together" or (condition == "storage throws" and reader.engine == "webkit")
    reader.copy.change = first(CONDITIONS[condition])
    reader.open("/")
    reader.follow("/recognise/")
    reader.leave()
    if not lost:
        reader.back_and_forward()
        assert reader.copy.frames_after_exit() == []
    reader.open("/recognise/")


@pytest.mark.any_tab
@pytest.mark.parametrize("mode", ["refuse", "hang"])
def test_the_site_is_gone_too(reader: Reader, mode: str) -> None:
    """Nothing may be kept, and the site's server can't be reached any more: it leaves to the destination.

    Going back to the first page would end at the browser's own error, which names the site.
    """
    reader.copy.keep = "no-store"
    reader.enter()
    reader.follow("/recognise/")
    reader.copy.mode = mode
    reader.press_itself()
    reader.arrives()
    assert reader.copy.frames_after_exit() == []


@pytest.mark.only("chromium")
def test_with_cookies_blocked_in_chromium(engine: str, left_site: Path, tmp_path: Path) -> None:
    """The browser's own setting: touching session storage throws. WebKit's driver has no such switch."""
    preferences = tmp_path / "Default" / "Preferences"
    preferences.parent.mkdir()
    preferences.write_text('{"profile":{"default_content_setting_values":{"cookies":2}}}')
    with engines.driving(engine, f"--user-data-dir={tmp_path}") as driver, Servers(left_site) as copy:
        leaves_without_storage(Reader(driver, engine, copy))


@pytest.mark.only("firefox")
@pytest.mark.parametrize("phone", [False, True], ids=["computer", "phone"])
def test_with_cookies_blocked_in_firefox(reader: Reader, phone: bool) -> None:
    """The same; on phones, Firefox keeps pages in its cache that it doesn't keep on computers."""
    with reader.preferring(
        {"network.cookie.cookieBehavior": 2, "docshell.shistory.bfcache.allow_unload_listeners": phone}
    ):
        leaves_without_storage(reader)


def leaves_without_storage(reader: Reader) -> None:
    reader.open("/")
    thrown = reader.script("try { sessionStorage.length } catch (error) { return error.name }")
    assert thrown == "SecurityError"
    reader.follow("/recognise/")
    reader.leave()
    reader.back_and_forward()
    assert reader.copy.frames_after_exit() == []
    reader.open("/recognise/")


def test_opened_from_a_file(reader: Reader, left_site: Path, tmp_path: Path) -> None:
    """A built site on a disk: there, too, Back shows nothing, and one neutral title stays."""
    for name in ("recognise", "advice"):
        file = tmp_path / f"{name}.html"
        page = reader.copy.page((left_site / name / "index.html").read_text("utf-8"), "/")
        file.write_text(page, "utf-8")
        reader.go(file.as_uri())
    neutral = reader.words("title")
    reader.leave()
    if told := reader.history():
        assert [title for address, title in told[1] if address.startswith("file:")] == [neutral]
    for _ in range(3):
        reader.back()
    assert reader.copy.frames_after_exit() == []
