"""How a browser is found, and that each engine keeps left pages alive as it does for people."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from selenium.webdriver.support.wait import WebDriverWait

import engines
from serving import serving

PAGE = """<!doctype html><html lang="en"><title>{0}</title><h1>{0}</h1>
<script>var shown = []; addEventListener("pageshow", function (e) {{ shown.push(e.persisted) }})</script>"""


@pytest.mark.parametrize(
    ("has", "can_install", "shell", "chromium", "chosen"),
    [
        (True, False, "/usr/bin/shell", "/usr/bin/chromium", None),
        (False, True, "/usr/bin/shell", "/usr/bin/chromium", None),
        (False, False, "/usr/bin/shell", "/usr/bin/chromium", "/usr/bin/shell"),
        (False, False, None, "/usr/bin/chromium", "/usr/bin/chromium"),
    ],
)
def test_a_browser_is_looked_for_in_this_order(
    monkeypatch: pytest.MonkeyPatch,
    has: bool,
    can_install: bool,
    shell: str | None,
    chromium: str | None,
    chosen: str | None,
) -> None:
    monkeypatch.setattr(engines, "_playwright_has_chromium", lambda: has)
    monkeypatch.setattr(engines, "_playwright_installs_chromium", lambda: can_install)
    monkeypatch.setattr(engines, "headless_shell", lambda: shell)
    monkeypatch.setattr(engines, "system_chromium", lambda: chromium)
    assert engines.playwright_chromium() == chosen


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_a_missing_engine_is_skipped_but_not_in_ci(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(shutil, "which", lambda name, path=None: None)
    monkeypatch.setattr(engines, "_playwright_has_chromium", lambda: False)
    monkeypatch.setattr(engines, "_playwright_installs_chromium", lambda: False)
    for start, what in (
        (engines.webkit, "WebKitGTK"),
        (engines.firefox, "Firefox"),
        (engines.chromium, "Chromium with"),
        (engines.playwright_chromium, "Chromium or"),
    ):
        with pytest.raises(outcome, match=what):
            start()


@pytest.mark.slow
@pytest.mark.xdist_group("engines")
@pytest.mark.parametrize("engine", list(engines.ENGINES))
def test_back_shows_the_very_page_that_was_left(engine: str, tmp_path: Path) -> None:
    """Else the tests of the exit would prove nothing about the back/forward cache."""
    for name in ("first", "second"):
        (tmp_path / f"{name}.html").write_text(PAGE.format(name), encoding="utf-8")
    with serving(tmp_path) as address, engines.driving(engine) as driver:
        driver.get(f"{address}/first.html")
        driver.get(f"{address}/second.html")
        driver.back()
        WebDriverWait(driver, 10).until(lambda d: d.title == "first")
        assert driver.execute_script("return shown") == [False, True]
