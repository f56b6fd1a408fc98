"""Promises 9, 10 and 11: nothing but the mark is kept, nothing ticked comes back, nobody else is asked."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from reader import PLACE, Reader, until
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from servers import Servers, no_scripts
from test_history import check_history
from test_tabs import reopen_tab

STORED = """
const done = arguments[arguments.length - 1];
const named = async (list) => (await list).map((entry) => entry.name || entry);
(async () => done({
  cookie: document.cookie,
  local: Object.keys(localStorage),
  session: Object.entries(sessionStorage),
  databases: indexedDB.databases ? await named(indexedDB.databases()) : [],
  caches: window.caches ? await named(caches.keys()) : [],
  workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
  files: navigator.storage && navigator.storage.getDirectory
    ? await navigator.storage.getDirectory().then(async (root) => {
        const names = []; for await (const name of root.keys()) names.push(name); return names;
      }).catch(() => []) : [],
}))().catch((error) => done(String(error)));
"""
NOTHING = {"cookie": "", "local": [], "databases": [], "caches": [], "workers": 0, "files": []}
KINDS = ["/", "/recognise/", "/contact/", "/browsing-safely/", "/ar/recognise/", "/no-such-page/"]
WITH_SCRIPTS = ["/find-centre/", "/first-words/", "/my-situation/", "/nl/poster/", "/print/", "/search/"]
# The postcode, whether an answer to it is there, and how many rows are marked.
SECOND = 'return [document.querySelector("#second").value, document.querySelectorAll(".second").length]'
FOUND = """
const form = document.querySelector("form.find");
return [form.querySelector("input").value, !!form.querySelector("[role=status]").textContent,
        document.querySelectorAll(".found").length];
"""


@pytest.mark.any_tab
def test_nothing_is_kept(reader: Reader) -> None:
    """After a page of each kind was read, signs ticked, the page printed and left: the mark, nothing else."""
    for path in KINDS:
        reader.open(path)
    reader.open("/recognise/")
    reader.tick()
    reader.script("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    assert reader.driver.execute_async_script(STORED) == {**NOTHING, "session": []}
    assert reader.copy.left == [], "nobody else was asked before the exit"
    reader.leave()
    reader.open("/")
    assert reader.driver.execute_async_script(STORED) == {**NOTHING, "session": [["exit", "1"]]}
    assert not any(
        "cookie" in request.headers or "referer" in request.headers for request in reader.copy.asked
    )
    reader.new_tab()
    reader.open("/")
    assert reader.driver.execute_async_script(STORED) == {**NOTHING, "session": []}, (
        "the mark is the tab's own"
    )


@pytest.mark.only("chromium")
def test_no_request_leaves_the_host(driver: WebDriver, engine: str, left_site: Path) -> None:
    """While pages of each kind are read, one printed; and nothing is kept. The copy without the probe.

    That every page is silent: scripts/safepage/checks/test_visits.py.
    """
    with Servers(left_site, probe=False) as copy:
        reader = Reader(driver, engine, copy)
        reader.new_tab()
        faults: list[str] = []
        for path in [*KINDS, *WITH_SCRIPTS]:
            reader.go(copy.site + path)
            asked, frames = reader.script(
                'return [performance.getEntriesByType("resource").map((entry) => entry.name),'
                "document.querySelectorAll('iframe, object, embed').length]"
            )
            foreign = [address for address in asked if not address.startswith(copy.site + "/")]
            faults += [f"{path}: asks for {foreign}"] * bool(foreign) + [f"{path}: frames"] * bool(frames)
        assert not faults, "\n".join(faults)
        assert driver.execute_async_script(STORED) == {**NOTHING, "session": []}
        reader.go(copy.site + "/recognise/")
        driver.execute_cdp_cmd("Page.printToPDF", {})  # type: ignore[attr-defined]
        assert copy.left == []
        names = {Path(request.path).name for request in copy.asked if not request.path.endswith("/")}
        assert names <= {"favicon.ico", "404.html"}, "one answer a page"
        driver.close()
        driver.switch_to.window(driver.window_handles[0])


@pytest.mark.any_tab
def test_ticks_do_not_come_back(reader: Reader) -> None:
    """By Back (also out of the cache), by reload, or by a typed address; nor what was typed or chosen."""
    reader.open("/recognise/")
    reader.tick()
    reader.script(
        'const select = document.querySelector("#second"); select.selectedIndex = 2;'
        'select.dispatchEvent(new Event("change"))'
    )
    assert until(lambda: reader.script(SECOND)[1] > 0)
    reader.follow("/what-to-do/")
    reader.back_to("/recognise/")
    assert reader.ticked() == 0
    assert reader.script(SECOND) == ["", 0], "the second language"
    reader.tick()
    reader.reload()
    assert reader.ticked() == 0
    reader.open("/find-centre/")
    reader.script(
        'const form = document.querySelector("form.find"); form.querySelector("input").value = "1000";'
        "form.requestSubmit()"
    )
    assert reader.script(FOUND) == ["1000", True, 1]
    reader.follow("/contact/")
    reader.back_to("/find-centre/")
    assert reader.script(FOUND) == ["", False, 0], "the postcode, and the answer to it"
    reader.open("/recognise/")
    reader.tick()
    reader.leave()
    reader.open("/recognise/")
    assert reader.ticked() == 0


@pytest.mark.any_tab
def test_ticks_do_not_come_back_without_scripts(reader: Reader) -> None:
    """The form asks the browser to restore nothing; no script helps here.

    The page reloads itself: a reload by the driver restores nothing in Firefox, whatever the form asks.
    """
    reader.copy.smuggle = no_scripts
    reader.open("/recognise/")
    for box in reader.driver.find_elements(By.CSS_SELECTOR, "input[type=checkbox]")[:3]:
        reader.script("arguments[0].checked = true", box)
    before = reader.script(PLACE)
    reader.script("location.reload()")
    assert until(lambda: reader.script(PLACE) != before and reader.sees_page())
    reader.loaded()
    assert reader.ticked() == 0


@pytest.mark.only("firefox")
def test_a_reopened_tab(reader: Reader) -> None:
    """Ticks do not come back; the exit leaves no title, although the browser has lost the entries' states."""
    reader.open("/")
    reader.follow("/recognise/")
    reader.tick()
    time.sleep(1)
    reopen_tab(reader)
    assert until(reader.sees_page)
    time.sleep(0.5)
    assert reader.ticked() == 0
    reader.leave()
    check_history(reader)
