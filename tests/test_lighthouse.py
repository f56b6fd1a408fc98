"""Lighthouse, as it comes and for a phone, has nothing to improve on a page of any kind: 100 everywhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType

import engines
from environment import ROOT
from pages import KINDS, PAGES, both_ways
from safepage import build as builder
from safepage.making.measuring.audits import Audit, audits
from safepage.making.measuring.served import served

CATEGORIES = {"performance", "accessibility", "best-practices", "seo"}
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


def told(audit: Audit) -> str:
    """A page's scores and what was found, on one line."""
    return f"{audit.url}: {audit.scores} {'; '.join(audit.failed)}"


@both_ways
def test_every_kind_of_page_has_100_in_all_categories(
    tmp_path: Path,
    browser_type: BrowserType,
    record_property: Callable[[str, object], None],
    locale: str,
) -> None:
    """A page of each kind, served compressed as hosts do; what differs between pages of a kind, axe, the Nu
    HTML checker and the tests of weight, silence and links look at on each.

    Performance alone is asked a second time where it falls short: it comes of the time that tasks took,
    and other programs on the machine, such as other tests, can only make it worse. The rest is found in
    the page, so it has to be right at once.
    """
    chrome = engines.playwright_chromium() or browser_type.executable_path
    site = tmp_path / "site"
    with served(site) as address:
        builder.build(project_at(address, tmp_path / "project"), site, only=locale)
        urls = [f"{address}{at.path}" for at in PAGES if at.locale == locale and at.name in KINDS]
        first = audits(urls, chrome, engines.CHROMIUM_ARGUMENTS)
        assert all(set(audit.scores) == CATEGORIES for audit in first)
        rest = [told(a) for a in first if any(a.scores[c] < 100 for c in CATEGORIES - {"performance"})]
        assert rest == []
        slow = [audit.url for audit in first if audit.scores["performance"] < 100]
        again = audits(slow, chrome, engines.CHROMIUM_ARGUMENTS) if slow else []
    record_property("told", f"Lighthouse, {locale}: {len(urls)} pages, {len(slow)} asked twice")
    assert [told(audit) for audit in again if audit.scores["performance"] < 100] == []
