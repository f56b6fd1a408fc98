"""How a browser is found."""

from __future__ import annotations

import shutil

import pytest

import engines


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
