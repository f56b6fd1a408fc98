"""Sites of other countries keep what every site promises: the package's own checks, on each of them.

What is written is looked at on all pages; a browser opens the kinds of pages that differ by country, in each
direction: who is there to call, where, what is printed. The one that is laid out by it is used in every way.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType
from typing import Any

from countries import Country
from playwright.sync_api import Browser

from safepage.checks import (
    test_exit,
    test_languages,
    test_links,
    test_policy,
    test_visits,
    test_weight,
)
from safepage.checks.fixtures import visiting
from safepage.checks.pages import Project, makes
from small import Small

WRITTEN: tuple[ModuleType, ...] = (test_exit, test_languages, test_links, test_policy, test_weight)
LAID_OUT = "contact/"
DIFFERENT = (LAID_OUT, "find-centre/", "poster/", "", "help/", "recognise/", "card/", "404.html")


def checks() -> Iterator[tuple[str, Callable[..., None]]]:
    """Those that read what is written, by their names."""
    for module in WRITTEN:
        for name, check in vars(module).items():
            if name.startswith("test_"):
                yield name, check


def test_what_is_written(built: tuple[Country, Small]) -> None:
    """Exit, languages, links, anchors, policy, headings, weight, addresses and the map of the site."""
    _, site = built
    project = Project(site.root)
    given: dict[str, Any] = {
        "project": project,
        "site": site.output,
        "pages": project.pages(site.output),
        "record_property": lambda name, told: None,
    }
    known = dict(checks())
    assert len(known) > 10
    for check in known.values():
        check(**{name: given[name] for name in inspect.signature(check).parameters})


def test_what_a_reader_sees(built: tuple[Country, Small], browser: Browser, undrawn: Browser) -> None:
    """By keyboard, on a small screen, in large letters, in any colours, without a request or a word lost."""
    _, site = built
    project = Project(site.root)
    known = {(page.locale, page.name): page for page in project.pages(site.output)}

    different = [known[locale, name] for locale in project.looked_at for name in DIFFERENT]
    new = makes(different)
    laid_out = known[project.source, LAID_OUT]
    others = [page for page in different if page != laid_out]

    with visiting(browser, project, site.output) as visitor:
        wrong = [test_visits.faults(visitor, [laid_out], test_visits.used)]
    with visiting(undrawn, project, site.output, with_axe=True) as examiner:
        wrong.append(test_visits.faults(examiner, [laid_out], test_visits.whole))
        look = partial(test_visits.quick, examiner)
        wrong.append(test_visits.faults(examiner, others, lambda _, page: look(page, new=page in new)))
    assert not any(wrong), "\n".join(wrong)
