"""The practice: shows what an exit looks like, brings the reader back, and leaves nothing behind."""

from __future__ import annotations

import pytest
from reader import Reader, until
from selenium.webdriver.common.by import By
from servers import hurried, no_scripts

FIND = 'const link = [...document.links].find((a) => a.hash === "#practice");'


@pytest.mark.any_tab
def test_it_goes_dark_and_comes_back(reader: Reader) -> None:
    reader.open("/browsing-safely/")
    leaving, neutral, said = (reader.words(name) for name in ("leaving", "title", "practice"))
    before = reader.script("return document.title")
    heading, text, title = reader.script(
        FIND
        + "link.click(); return [!!document.querySelector('h1'), document.body.innerText, document.title]"
    )
    assert (heading, text.strip(), title) == (False, leaving, neutral)
    assert not reader.sees_page()
    assert until(reader.sees_page)
    assert until(lambda: reader.driver.find_element(By.CSS_SELECTOR, "output").text == said)
    focused, title, status, stored, state, address = reader.script(
        FIND + "const status = document.getElementById('exit-status').textContent;"
        "return [document.activeElement === link, document.title, status, sessionStorage.length,"
        "history.state, location.pathname]"
    )
    assert focused
    assert title == before
    assert (status, stored, state, address) == ("", 0, 0, "/browsing-safely/")
    assert reader.copy.left == []
    reader.copy.change = hurried(2500, 300)
    reader.open("/browsing-safely/?again")
    for _ in range(2):
        assert reader.script(FIND + "link.click(); return !document.querySelector('h1')")
        assert until(reader.sees_page)
    assert len(reader.driver.find_elements(By.TAG_NAME, "output")) == 1, "it says so once"
    reader.reload()


@pytest.mark.any_tab
def test_a_real_exit_during_practice(reader: Reader) -> None:
    """Practice never gets in the way: the page doesn't come back.

    It is the tab's first page, which waits there for the destination; others go back to the first.
    """
    reader.copy.change = hurried(2500, 500)
    reader.open("/browsing-safely/")
    neutral = reader.words("title")
    shift = 'document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "Shift", bubbles: true}));'
    reader.copy.away = "hang"
    reader.script(
        "setTimeout(() => {" + FIND + "link.click(); setTimeout(() => {" + shift * 3 + "}, 200) }, 100)"
    )
    # Without asking the browser, whose driver would wait for the page that hangs.
    assert until(lambda: reader.copy.left)
    reader.copy.quiet(0.6)
    reader.copy.release()
    assert reader.copy.frames_after_exit() == []
    assert reader.copy.titles_after_exit() <= {neutral}


@pytest.mark.any_tab
def test_without_javascript_it_is_a_link(reader: Reader) -> None:
    reader.copy.smuggle = no_scripts
    reader.open("/browsing-safely/")
    link = reader.driver.find_element(By.CSS_SELECTOR, "a[href$='#practice']")
    assert reader.driver.find_elements(By.ID, "practice")
    reader.script("arguments[0].click()", link)
    assert until(lambda: reader.driver.current_url.endswith("/browsing-safely/#practice"))
    assert reader.sees_page()
