"""Makes the poster and the card of each language as PDF, out of a real build. Run by `manage.py sheets`."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from playwright.sync_api import sync_playwright

import engines
from environment import ROOT
from safepage import build as builder
from safepage.faults import Faulty
from serving import serving


def make(target: Path) -> list[Path]:
    """Write `poster-nl.pdf`, `card-nl.pdf` … for each language that has them, all or none. Raises Faulty."""
    made = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        builder.build(ROOT, site)
        browser = playwright.chromium.launch(
            executable_path=engines.playwright_chromium(), args=engines.CHROMIUM_ARGUMENTS
        )
        page = browser.new_page()
        with serving(site) as address:
            for kind in ("poster", "card"):
                for place in sorted(site.glob(f"**/{kind}/index.html")):
                    url = place.parent.relative_to(site).as_posix()
                    page.goto(f"{address}/{url}/")
                    locale = page.locator("html").get_attribute("lang")
                    made.append(Path(folder) / f"{kind}-{locale}.pdf")
                    page.pdf(path=made[-1], prefer_css_page_size=True)
        browser.close()
        target.mkdir(parents=True, exist_ok=True)
        return [Path(shutil.copy(file, target)) for file in made]


def main() -> int:
    """The command line: 0, or 1 with a line for each error."""
    parser = argparse.ArgumentParser(
        prog="manage.py sheets", description="Make the poster and the card as PDF."
    )
    parser.add_argument("--output", type=Path, default=ROOT / "sheets", help="folder to write to (sheets)")
    try:
        made = make(parser.parse_args().output)
    except Faulty as faulty:
        print(*faulty.faults, sep="\n", file=sys.stderr)
        return 1
    print(*(file.name for file in made), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
