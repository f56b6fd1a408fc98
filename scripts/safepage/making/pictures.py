"""Takes the two pictures of the README, out of a real build."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from safepage import build
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


def run(options: argparse.Namespace) -> int:
    """The command: builds the site, opens a page for each picture, ticks two signs and takes it."""
    target = options.project / ".github" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build.build(options.project, site)
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=list(browser.QUIET))
        for name, picture in PICTURES.items():
            page = chromium.new_page(
                viewport={"width": picture["width"], "height": picture["height"]},
                color_scheme=picture["scheme"],
                device_scale_factor=picture["scale"],
                locale=picture["locale"],
            )
            page.goto((site / picture["page"]).as_uri())
            page.locator("#movement label").click()
            page.locator("#documents label").click()
            start = f"document.querySelector('{picture['from']}').scrollIntoView()"
            page.evaluate(f"{start}; document.activeElement.blur()")
            page.screenshot(path=target / f"{name}.png")
            print(f"{name}.png")
        chromium.close()
    return 0
