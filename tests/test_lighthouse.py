"""Lighthouse, as it comes and for a phone, has nothing to improve."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType

import engines
from environment import ROOT
from pages import BOTH_WAYS, SOURCE, At
from safepage import build as builder
from safepage.making.measuring.audits import audits
from safepage.making.measuring.served import served

CATEGORIES = ("accessibility", "best-practices", "seo")
MADE_OF = ("docs", "overrides", "scripts")

pytestmark = pytest.mark.slow


def project_at(address: str, folder: Path) -> Path:
    """A copy of this project whose pages name `address` as theirs: what they say of it is then true."""
    for name in MADE_OF:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".cache"))
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    lines = [f"site_url: {address}/" if line.startswith("site_url:") else line for line in settings]
    (folder / "mkdocs.yml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_there_is_nothing_to_improve(tmp_path: Path, browser_type: BrowserType) -> None:
    """The page with most in it, in both directions, and the one whose policy is wider, served compressed as
    hosts do; on each page axe, the Nu HTML checker and the checks of silence, links and languages look.

    Performance is a matter of time: `manage.py measure` tells it.
    """
    chrome = engines.playwright_chromium() or browser_type.executable_path
    site = tmp_path / "site"
    pages = [At(locale, "recognise") for locale in BOTH_WAYS] + [At(SOURCE, "search")]
    with served(site) as address:
        project = project_at(address, tmp_path / "project")
        for locale in BOTH_WAYS:
            builder.build(project, site, only=locale, keep=True)
        urls = [f"{address}{at.path}" for at in pages]
        done = audits(urls, chrome, engines.CHROMIUM_ARGUMENTS, categories=CATEGORIES)
    assert all(set(audit.scores) == set(CATEGORIES) for audit in done)
    assert [f"{a.url}: {a.scores} {'; '.join(a.failed)}" for a in done if min(a.scores.values()) < 100] == []
