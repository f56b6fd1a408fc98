"""The editor in a browser, beside the site that it changes: `manage.py edit` in a small project."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from running import COMMAND, environment_of
from safepage.checks.looks import barriers
from small import Small, small_site

pytestmark = pytest.mark.xdist_group("editor")
VIEWS = (
    "",
    "nl/",
    "contacts/centre.brussels/",
    "ar/page/recognise/",
)


@dataclass
class Open:
    """The editor of a small project, and a tab that notes whom it asks."""

    small: Small
    address: str
    page: Page
    hosts: set[str]

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}edit/{path}")

    def save(self, says: str) -> None:
        self.page.get_by_role("button", name="Save").click()
        outcome = self.page.locator(".outcome[role]")
        expect(outcome).to_contain_text(says)
        expect(outcome).to_be_focused()  # the script has begun


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Open]:
    small = small_site(tmp_path_factory.mktemp("edit") / "site")
    log = small.root / "edit.txt"
    with log.open("w") as told:
        child = subprocess.Popen(
            [*COMMAND, "edit", "--port", "0"],
            cwd=small.root,
            env=environment_of(small.root, PYTHONUNBUFFERED="1"),
            stdout=told,
            stderr=subprocess.STDOUT,
        )
    try:
        with browser.new_context(color_scheme="light") as context:
            page = context.new_page()
            page.set_default_timeout(20_000)
            hosts: set[str] = set()
            context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
            yield Open(small, address(log, child), page, hosts)
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(timeout=20)


def address(log: Path, child: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and child.poll() is None:
        if found := re.search(r"Editing (http://\S+/)edit/", log.read_text(encoding="utf-8")):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "tag", "words"), [("Nederlands", "nl", " Ook dit telt."), ("العربية", "ar", " وهذا مهم أيضًا.")]
)
def test_a_paragraph_is_changed_beside_its_source_seen_on_the_site_and_undone(
    opened: Open, name: str, tag: str, words: str
) -> None:
    path = f"docs/{tag}/recognise.md"
    before, record = opened.small.read(path), opened.small.read(f"docs/{tag}/.confirmed/recognise.yml")
    opened.go("")
    opened.page.get_by_role("link", name=name).click()
    opened.page.locator(f'a[href="/edit/{tag}/page/recognise/"]').click()
    row = opened.page.locator(".edit-row").filter(has_text="The signs below are alarm bells")
    field = row.get_by_role("textbox")
    assert field.evaluate("field => getComputedStyle(field).direction") == ("rtl" if tag == "ar" else "ltr")
    old = field.input_value()
    field.fill(old + words)
    opened.save("Saved.")
    assert opened.small.read(path).replace(words, "", 1) == before
    assert opened.small.read(f"docs/{tag}/.confirmed/recognise.yml") == record
    preview = opened.page.frame_locator(".preview")
    expect(preview.locator("article")).to_contain_text(words.strip())
    opened.page.locator(".edit-row").filter(has_text="The signs below").get_by_role("textbox").fill(old)
    opened.save("Saved.")
    assert opened.small.read(path) == before
    expect(preview.locator("article")).not_to_contain_text(words.strip())
    assert opened.hosts == {urlsplit(opened.address).netloc}


def test_a_wrong_number_is_told_before_it_is_sent_and_a_centre_is_added(opened: Open) -> None:
    before = opened.small.read("docs/contacts.yml")
    opened.go("contacts/centre.brussels/")
    phone = opened.page.get_by_label("Phone")
    phone.fill("02 511 64")
    phone.press("Tab")
    told = opened.page.locator(".one.wrong .told")
    expect(told).to_contain_text("02 511 64")
    opened.save("Nothing was written")
    expect(opened.page.get_by_label("Phone")).to_have_value("02 511 64")
    assert opened.small.read("docs/contacts.yml") == before
    opened.page.get_by_label("Phone").fill("02 511 64 65")
    opened.page.get_by_label("Phone").press("Tab")
    expect(told).to_have_count(0)
    opened.save("Saved.")
    assert opened.small.read("docs/contacts.yml") == before.replace("02 511 64 64", "02 511 64 65")
    opened.go("contacts/")
    opened.page.get_by_role("link", name="Add one to “Centres”").click()
    typed = {
        "Key": "liege",
        "Name": "Sürya",
        "Phone": "04 232 40 30",
        "Source": "agii.be",
        "Checked on": "2026-11-24",
    }
    for label, text in typed.items():
        opened.page.get_by_label(label, exact=True).fill(text)
    opened.page.get_by_role("button", name="Save").click()
    expect(opened.page.get_by_role("link", name="Sürya")).to_be_visible()
    assert opened.hosts == {urlsplit(opened.address).netloc}


def test_no_barrier_in_the_views_of_the_editor(opened: Open) -> None:
    for view in VIEWS:
        opened.go(view)
        assert barriers(opened.page, ((1280, "light"), (320, "dark"))) == [], view
        assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
