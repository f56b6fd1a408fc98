"""What browsers ask and keep by themselves, unseen by any page: seen in their own logs and profiles.

Browsers as people have them, driven from outside: the flags that tests set elsewhere would hide it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import Select

import engines
from safepage.making import webserver

pytestmark = pytest.mark.slow
# Never on a page: where these words are found, the browser has kept what was typed or ticked.
TYPED = "zebrapaspoort"
POSTCODE = "8370 zebrapost"
# Firefox's maker is asked for updates and lists at any time, whatever is read.
MOZILLA = re.compile(r"(^|\.)mozilla\.(org|com|net)$")
# On a click of any kind Firefox notes the site's name, for its rules on cookies. No page can forbid it.
CLICKED = {"storageAccessAPI"}
# The list of languages that its maker can translate, without a word on the page: asked for where a page's
# language is not the browser's. To forbid it would take translation from readers whose language we lack.
LANGUAGES = "translate.googleapis.com"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site with every header that deploy/ ships, without TLS: browsers then do more by themselves."""
    try:
        with webserver.nginx(site) as running:
            yield running.onion
    except webserver.Missing as missing:
        engines.absent(str(missing))


def read(driver: WebDriver, site: str, filled_in: Callable[[str], None] = lambda path: None) -> None:
    """Read one page of every kind as people do: tick, type, search, copy, look at a second language.

    `filled_in` is told the address of each page in which something was done, before it is left.
    """

    def open_page(path: str) -> None:
        driver.get(site + path)
        time.sleep(0.5)  # browsers look at forms when they have settled

    def click(selector: str) -> None:
        element = driver.find_element(By.CSS_SELECTOR, selector)
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def type_in(selector: str, text: str) -> None:
        driver.find_element(By.CSS_SELECTOR, selector).send_keys(text, Keys.ENTER)
        time.sleep(0.5)

    def second_language() -> None:
        Select(driver.find_element(By.ID, "second")).select_by_index(2)
        time.sleep(0.5)

    for path in ("/", "/nl/contact/", "/print/", "/nowhere/", "/nl/poster/", "/browsing-safely/"):
        open_page(path)
    open_page("/recognise/")
    second_language()
    for sign in ("documents", "pay"):
        click(f"#{sign} label")
    driver.execute_script(NO_CLIPBOARD)
    click("[data-do=copy]")
    time.sleep(0.5)
    filled_in("/recognise/")
    open_page("/find-centre/")
    type_in("#postcode", POSTCODE)
    filled_in("/find-centre/")
    open_page("/first-words/")
    second_language()
    filled_in("/first-words/")
    open_page("/search/")
    type_in("#words", TYPED)
    filled_in("/search/")
    open_page("/")


# Chromium


@contextmanager
def chromium(folder: Path) -> Iterator[WebDriver]:
    """Chromium with a new profile in `folder` and its own log of the network, `folder/net.json`.

    It isn't started by its driver, whose flags would hide most; names of other hosts are found by nobody.
    """
    binary, chromedriver = engines.system_chromium(), shutil.which("chromedriver")
    if not binary or not chromedriver:
        engines.absent("Chromium with ChromeDriver")
    arguments = ["--headless=new", "--no-first-run", "--password-store=basic", "--remote-debugging-port=0"]
    arguments += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    arguments += [f"--user-data-dir={folder}", f"--log-net-log={folder / 'net.json'}"]
    arguments += [flag for flag in engines.CHROMIUM_ARGUMENTS if flag == "--no-sandbox"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([binary, *arguments, "about:blank"], **quiet) as process:
        try:
            port = folder / "DevToolsActivePort"
            until(lambda: port.exists() and port.read_text().count("\n"))
            options = webdriver.ChromeOptions()
            options.debugger_address = f"127.0.0.1:{port.read_text().split()[0]}"
            driver = webdriver.Chrome(options, webdriver.ChromeService(chromedriver))
            try:
                yield driver
                with contextlib.suppress(Exception):  # it goes while it answers
                    driver.execute_cdp_cmd("Browser.close", {})
                process.wait(20)
            finally:
                driver.service.stop()
        finally:
            process.kill()


def kept(profile: Path) -> list[str]:
    """The files of a browser's profile that hold what was typed."""
    words = [text.encode(code) for text in (TYPED, POSTCODE) for code in ("utf-8", "utf-16-le")]
    found = []
    for file in sorted(profile.rglob("*")):
        with contextlib.suppress(OSError):  # a lock, or gone meanwhile
            content = unpacked(file) if file.is_file() else b""
            found += [file.name] if any(word in content for word in words) else []
    return found


def unpacked(file: Path) -> bytes:
    """A file's content; of Firefox's own form of LZ4 (a block behind 12 bytes) what is packed in it."""
    packed = file.read_bytes()
    if not packed.startswith(b"mozLz40\0"):
        return packed
    found, at = bytearray(), 12

    def length(short: int) -> int:
        nonlocal at
        while short >= 15 and (at := at + 1) and (short := short + packed[at - 1]) and packed[at - 1] == 255:
            pass
        return short

    while at < len(packed):
        token, at = packed[at], at + 1
        literal = length(token >> 4)
        found += packed[at : at + literal]
        at += literal + 2
        if at < len(packed):
            back = int.from_bytes(packed[at - 2 : at], "little")
            for _ in range(length(token & 15) + 4):
                found.append(found[-back])
    return bytes(found)


def until(done: Any) -> None:
    """Wait for something that starts."""
    for _ in range(200):
        if done():
            return
        time.sleep(0.1)
    raise TimeoutError


def asked(folder: Path) -> set[tuple[str, str]]:
    """What Chromium asked for: the address without its question, and on behalf of which site."""
    log = json.loads((folder / "net.json").read_text(encoding="utf-8"))
    found = set()
    for event in log["events"]:
        given = event.get("params") or {}
        place = given.get("url") or given.get("host")
        if place and "." in place:
            parts = urlsplit(place if "//" in place else f"//{place}")
            path = re.sub(r"[\w=-]{30,}", "…", parts.path)
            key = given.get("network_isolation_key") or given.get("network_anonymization_key") or ""
            found.add((f"{parts.hostname}{path}", str(key)))
    return found


def test_chromium_asks_nobody(address: str, tmp_path: Path) -> None:
    """Chromium with the site asks for no more than Chromium with an empty page."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "reading").mkdir()
    with chromium(tmp_path / "empty"):
        with chromium(tmp_path / "reading") as driver:
            read(driver, address)
        time.sleep(1)
    empty = {place for place, _ in asked(tmp_path / "empty")}
    others = {
        (place, key)
        for place, key in asked(tmp_path / "reading")
        if not place.startswith("127.0.0.1")
        and ("127.0.0.1" in key or (place not in empty and not place.startswith(LANGUAGES)))
    }
    assert sorted(others) == []
    assert kept(tmp_path / "reading") == []


# Firefox


@contextmanager
def firefox(log: Path) -> Iterator[WebDriver]:
    """Firefox as people have it, with its own log of names and requests in files that begin as `log`."""
    wanted: dict[str, bool | int] = {
        "browser.formfill.enable": True,
        "browser.sessionstore.interval": 500,
        "browser.translations.enable": True,
        "extensions.formautofill.addresses.enabled": True,
        "network.http.speculative-parallel-limit": 20,
        "signon.autofillForms": True,
        "signon.rememberSignons": True,
    }
    old = {name: os.environ.get(name) for name in ("MOZ_LOG", "MOZ_LOG_FILE")}
    os.environ.update(MOZ_LOG="sync,nsHttp:3,nsHostResolver:5", MOZ_LOG_FILE=str(log))
    with ExitStack() as stack:
        try:
            driver = stack.enter_context(engines.driving("firefox", **wanted))
        finally:
            for name, value in old.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
        yield driver


def test_firefox_asks_nobody_and_keeps_no_name(address: str, tmp_path: Path) -> None:
    """Firefox looks up no other name, and notes none but in the history and where any click is noted."""
    with firefox(tmp_path / "log") as driver:
        profile = Path(driver.capabilities["moz:profile"])
        sessions: list[bytes] = []

        def look(path: str) -> None:
            """At what would be there after a crash; Firefox writes it twice a second."""
            file = profile / "sessionstore-backups/recovery.jsonlz4"
            until(lambda: file.exists() and path.encode() in unpacked(file))
            time.sleep(1)
            sessions.append(unpacked(file))

        read(driver, address, look)
        left = kept(profile)
        # A copy, since Firefox holds the lock.
        rights = sqlite3.connect(f"file:{profile / 'permissions.sqlite'}?immutable=1", uri=True)
        noted = {
            row[0] for row in rights.execute("SELECT type FROM moz_perms WHERE origin LIKE '%127.0.0.1%'")
        }
        rights.close()
    text = "".join(file.read_text(errors="replace") for file in tmp_path.glob("log*"))
    names = set(re.findall(r"host \[([\w.-]+)\]", text)) | set(re.findall(r"uri=https?://([\w.-]+)", text))
    assert "127.0.0.1" in names
    others = {name for name in names - {"127.0.0.1", "localhost"} if not MOZILLA.search(name)}
    assert sorted(others) == []
    assert noted <= CLICKED
    assert left == []
    assert len(sessions) == 4
    for session in sessions:
        for trace in (b"formdata", TYPED.encode(), b"8370"):
            assert trace not in session, (trace, session[session.find(trace) :][:200])
