"""Without JavaScript a page is finished: words, menus, the way out; and no button that does nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from safepage.checks.pages import Built, Project, forms
from safepage.checks.visiting import PHONE, Visitor

# What only a script could answer to: a button but the one that clears a form, a field to type in.
DEAD = """button:not([type=reset]), input:not([type=checkbox], [type=radio]), select, [contenteditable],
    [role=button]"""


@pytest.fixture(scope="module")
def plain(browser: Browser, project: Project, visitor: Visitor) -> Iterator[Page]:
    """A tab that runs no script."""
    with browser.new_context(java_script_enabled=False) as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        yield page


def test_a_page_without_scripts(
    plain: Page, visitor: Visitor, project: Project, pages: list[Built], whole_language: str
) -> None:
    """Each form of page shows its words, its menus open, nothing waits for a script, the exit leads out."""
    wrong = []
    for at in forms(pages, whole_language):
        plain.goto(visitor.address + at.path)
        if not plain.locator("main").inner_text().strip():
            wrong.append(f"{at}: nothing is shown")
        for dead in plain.locator(f":is({DEAD}):visible").all():
            wrong.append(f"{at}: waits for a script: {dead.evaluate('it => it.outerHTML')[:200]}")
        for menu in plain.locator("header details").all():
            menu.locator("summary").click()
            if not menu.locator("a, p").first.is_visible():
                wrong.append(f"{at}: a menu does not open")
            menu.locator("summary").click()
        wrong += [f"{at}: {what}" for what in left(plain)]
    assert not wrong, "\n".join(wrong)


def left(page: Page) -> list[str]:
    """What is wrong with leaving: the link is in sight and in no other's way, and leads where it says."""
    link = page.locator("#quick-exit")
    where = link.get_attribute("href") or ""
    with page.context.expect_event("request", lambda request: request.url.startswith(where)) as asked:
        page.route(f"{where}**", lambda route: route.fulfill(status=204))
        link.click()
    told = asked.value.headers.get("referer")
    page.unroute(f"{where}**")
    return [f"the way out tells {told}"] if told else []
