"""Takes the pictures of the README, out of real builds."""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from safepage import build, cli
from safepage.output import browser

PICTURES: dict[str, dict[str, Any]] = {
    "desktop": {
        "page": "recognise/index.html",
        "locale": "en",
        "width": 1280,
        "height": 860,
        "scheme": "light",
        "scale": 1,
        "from": "body",
    },
    "phone": {
        "page": "ar/recognise/index.html",
        "locale": "ar",
        "width": 390,
        "height": 844,
        "scheme": "light",
        "scale": 1.5,
        "from": "#signs",
    },
}


BEGUN = {"page": "find-centre/index.html", "locale": "nl"}
ELSEWHERE = "deploy/your-own-site.md"  # its example of answers, in another country


def run(options: argparse.Namespace) -> int:
    """The command: builds the site, opens a page for each picture, ticks two signs and takes it.

    The last picture is a page of the site that the guide's example begins.
    """
    target = options.project / ".github" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=list(browser.QUIET))
        site = Path(folder) / "site"
        build.build(options.project, site)
        for name, picture in PICTURES.items():
            page = _opened(chromium, site, picture)
            page.locator("#movement label").click()
            page.locator("#documents label").click()
            start = f"document.querySelector('{picture['from']}').scrollIntoView()"
            page.evaluate(f"{start}; document.activeElement.blur()")
            page.screenshot(path=target / f"{name}.png")
            print(f"{name}.png")
        elsewhere = _opened(chromium, _begun(options.project, Path(folder)), PICTURES["desktop"] | BEGUN)
        elsewhere.screenshot(path=target / "elsewhere.png")
        print("elsewhere.png")
        chromium.close()
    return 0


def _opened(chromium: Browser, site: Path, picture: dict[str, Any]) -> Page:
    page = chromium.new_page(
        viewport={"width": picture["width"], "height": picture["height"]},
        color_scheme=picture["scheme"],
        device_scale_factor=picture["scale"],
        locale=picture["locale"],
    )
    page.goto((site / picture["page"]).as_uri())
    return page


def _begun(project: Path, folder: Path) -> Path:
    """The built site of an organisation in another country."""
    example = re.search(r"```yaml\n(.*?)```", (project / ELSEWHERE).read_text(encoding="utf-8"), re.DOTALL)
    assert example
    answers = folder / "answers.yml"
    answers.write_text(example[1], encoding="utf-8")
    cli.main(["begin", str(folder / "elsewhere"), "--answers", str(answers)], project)
    build.build(folder / "elsewhere", folder / "built")
    return folder / "built"
