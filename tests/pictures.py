"""Takes the two pictures of the README, out of a real build. Run by `manage.py pictures`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from playwright.sync_api import sync_playwright

import engines
from environment import ROOT
from safepage import build as builder
from serving import serving

PICTURES = {
    "desktop": {
        "page": "/recognise/",
        "width": 1280,
        "height": 860,
        "scheme": "light",
        "scale": 1,
        "from": "body",
    },
    "phone": {
        "page": "/ar/recognise/",
        "width": 390,
        "height": 844,
        "scheme": "light",
        "scale": 1.5,
        "from": "#signs",
    },
}


def main() -> None:
    """Build the site, open a page for each picture, tick two signs and take it."""
    target = ROOT / ".github" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        builder.build(ROOT, site)
        browser = playwright.chromium.launch(
            executable_path=engines.playwright_chromium(), args=engines.CHROMIUM_ARGUMENTS
        )
        with serving(site) as address:
            for name, picture in PICTURES.items():
                page = browser.new_page(
                    viewport={"width": picture["width"], "height": picture["height"]},
                    color_scheme=picture["scheme"],
                    device_scale_factor=picture["scale"],
                    locale=picture["page"][1:3],
                )
                page.goto(address + picture["page"])
                page.locator("#movement label").click()
                page.locator("#documents label").click()
                start = f"document.querySelector('{picture['from']}').scrollIntoView()"
                page.evaluate(f"{start}; document.activeElement.blur()")
                page.screenshot(path=target / f"{name}.png")
                print(f"{(target / name).relative_to(ROOT)}.png")
        browser.close()


if __name__ == "__main__":
    main()
