"""Promises 3 and 4: nothing is seen again by Back, Forward or reload, and the tab's history is cleared."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from reader import TIMES, Reader, until
from servers import hurried

# Presses the exit, and something else a moment later.
CLICK = "document.getElementById('quick-exit').click()"
THEN = f"setTimeout(() => {{{{ {CLICK}; setTimeout(() => {{{{ {{}} }}}}, 10) }}}}, 100)"


def plain(reader: Reader) -> None:
    """In by a link, and on in another language."""
    reader.enter()
    reader.follow("/nl/")
    reader.follow("/nl/recognise/")


def two_pages(reader: Reader) -> None:
    """The shortest walk with a page to go back to."""
    reader.open("/")
    reader.follow("/recognise/")


def first_page(reader: Reader) -> None:
    reader.open("/recognise/")


def page_met_by_back(reader: Reader) -> None:
    two_pages(reader)
    reader.follow("/what-to-do/")
    reader.back_to("/recognise/")


def first_page_met_by_back(reader: Reader) -> None:
    two_pages(reader)
    reader.back_to("/")


def anchors(reader: Reader) -> None:
    reader.open("/recognise/")
    reader.go(reader.copy.site + "/recognise/#signs")
    reader.go(reader.copy.site + "/recognise/#content")


def while_loading(reader: Reader) -> None:
    """The page presses its exit itself, since drivers wait for the load."""
    reader.open("/")
    reader.follow("/recognise/")
    reader.go(reader.copy.site + "/what-to-do/?slow&press")


def twice(reader: Reader) -> None:
    """A double click, as many people do it everywhere, and Stop at once, which ends the exit's question.

    By script: drivers wait between clicks.
    """
    two_pages(reader)
    reader.script(
        """
        const box = document.getElementById("quick-exit").getBoundingClientRect();
        const at = [box.left + box.width / 2, box.top + box.height / 2];
        const click = () => document.elementFromPoint(...at).click();
        setTimeout(() => { click(); click(); stop(); });
        """
    )


def many_anchors(reader: Reader) -> None:
    """More entries than a browser keeps (fifty): the first ones are gone, and still named in some."""
    two_pages(reader)
    reader.script("for (let n = 0; n < 60; n++) location.hash = 'a' + n")
    reader.loaded()


def first_page_arrives_slowly(reader: Reader) -> None:
    """The exit goes back to it, and has to wait until it has loaded: else it would be replaced."""
    reader.copy.keep = "no-store"
    reader.copy.go_on()
    reader.open("/?halt=</main>")
    reader.follow("/recognise/")
    reader.copy.hold()
    asked = len(reader.copy.asked)
    reader.press_itself()
    if reader.engine == "firefox":  # the others keep the page, or leave from where they are
        assert until(lambda: any("halt" in request.path for request in reader.copy.asked[asked:]))
        time.sleep(0.3)
    reader.copy.go_on()


def stopped(reader: Reader) -> None:
    """Stop is pressed while the exit is on its way, and once more; the exit tries again."""
    reader.copy.change = hurried(3000, 500)
    two_pages(reader)
    left = len(reader.copy.left)
    reader.copy.late = 1
    reader.script(THEN.format("stop(); setTimeout(() => stop(), 200)"))
    assert until(lambda: len(reader.copy.left) > left)
    reader.copy.late = 0


def reloaded(reader: Reader) -> None:
    """So is Reload."""
    two_pages(reader)
    reader.script(THEN.format("location.reload()"))


def after_exits(reader: Reader) -> None:
    """Left once, come back on purpose, and leaves again, from the first page met by Back."""
    two_pages(reader)
    reader.leave()
    check_history(reader)
    reader.open("/advice/")
    reader.follow("/contact/")
    reader.back_to("/advice/")
    reader.copy.forget_exits()


WAYS = [
    plain,
    first_page,
    page_met_by_back,
    first_page_met_by_back,
    anchors,
    while_loading,
    twice,
    many_anchors,
    first_page_arrives_slowly,
    stopped,
    reloaded,
    after_exits,
]
PRESS_THEMSELVES = (while_loading, twice, first_page_arrives_slowly, stopped, reloaded)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_is_seen_again(reader: Reader, way: Callable[[Reader], None]) -> None:
    """Promises 3 and 4, for each way to come to the exit.

    A machine that is busy may take longer to show the first page again than the exit waits for it.
    """
    reader.copy.change = hurried(1500, 10000)
    way(reader)
    if way not in PRESS_THEMSELVES:
        reader.press_exit()
    reader.arrives()
    check_history(reader, 2 if way is after_exits else 1)
    reader.back_and_forward()
    assert reader.copy.frames_after_exit() == []


def test_a_reload_stays_dark(reader: Reader) -> None:
    """Back to a page that was left, while the destination hangs: it stays dark, also when it is reloaded."""
    reader.copy.keep_away = "no-store"
    two_pages(reader)
    neutral = reader.words("title")
    reader.leave()
    reader.copy.away = "hang"
    reader.driver.set_page_load_timeout(1)
    try:
        for act in (reader.driver.back, reader.driver.refresh, reader.driver.refresh):
            reader.patiently(act)
            reader.copy.quiet()
        assert reader.copy.frames_after_exit() == []
        assert reader.copy.titles_after_exit() <= {neutral}
    finally:
        reader.copy.release()
        reader.driver.set_page_load_timeout(4)


def test_old_pages_stay_dark_after_a_return(reader: Reader) -> None:
    """The reader comes back on purpose in the same tab: new pages are shown, those from before are not."""
    two_pages(reader)
    reader.leave()
    reader.open("/advice/")
    reader.follow("/contact/")
    reader.back_to("/advice/")
    reader.reload()
    reader.copy.quiet()
    reader.copy.reports.clear()
    for _ in range(TIMES):
        reader.back()
    reader.copy.quiet()
    assert [r for r in reader.copy.reports if r["kind"] == "frame"] == []


def test_ordinary_back_and_forward(reader: Reader) -> None:
    """The site's links make ordinary history, for those who never use the exit.

    The tests here prove something only where pages come out of the back/forward cache. Firefox is made to
    keep none of our pages: they would read an old mark there.
    """
    browser = reader.driver
    reader.open("/")
    for path in ("/recognise/", "/what-to-do/", "/advice/"):
        reader.follow(path)
    steps = [(browser.back, "/what-to-do/"), (browser.back, "/recognise/"), (browser.back, "/")]
    steps += [(browser.forward, "/recognise/"), (browser.forward, "/what-to-do/")]
    for act, path in steps:
        reader.patiently(act)
        reader.shows(path)
    assert until(lambda: reader.copy.restored() > 0, 1) == (reader.engine != "firefox")


def check_history(reader: Reader, exits: int = 1) -> None:
    """Promise 4. A browser may write down an entry's title a moment after it has left the page.

    In: how often the tab was left: each exit has a run of entries of its own.
    """

    def ours() -> list[tuple[str, str]]:
        _, entries = reader.history() or (0, [])
        return [(address, title) for address, title in entries if address.startswith(reader.copy.site)]

    until(lambda: all(title in reader.copy.neutral for _, title in ours()), 5)
    told = reader.history()
    if told is None:
        return
    index, entries = told
    assert len(ours()) <= exits, entries
    assert all(title in reader.copy.neutral for _, title in ours()), entries
    assert not any(address.startswith(reader.copy.site) for address, _ in entries[index + 1 :]), entries
    assert all(urlsplit(address)[2:] in (("/", "", ""), ("/nl/", "", "")) for address, _ in ours()), entries
