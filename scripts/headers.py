"""Tells a web server or host the headers of a built site. Standard library only; see deploy/README.md.

python3 scripts/headers.py netlify site      writes site/_headers and site/_redirects
python3 scripts/headers.py cloudflare site   writes site/_headers
python3 scripts/headers.py nginx site        writes site.nginx.conf beside the folder
python3 scripts/headers.py caddy site        writes site.caddy beside the folder
python3 scripts/headers.py deploy            writes anew what deploy/ holds of this
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from safepage import headers

ROOT = Path(__file__).resolve().parent.parent
CLOUDFLARE_RULES = 100  # https://developers.cloudflare.com/pages/configuration/headers/
IN_DEPLOY: dict[str, Callable[[], str]] = {
    "deploy/nginx/headers.conf": headers.nginx_headers,
    "deploy/caddy/headers.caddy": headers.caddy_headers,
}


def policies(site: Path) -> dict[str, str]:
    """The policy of each page of a built site, by the page's file: "nl/index.html".

    Raises FileNotFoundError where there is no site, ValueError with the file for a page without a policy.
    """
    if not (site / "index.html").is_file():
        raise FileNotFoundError(f"there is no built site in {site}")
    found = {}
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        try:
            found[name] = headers.page_policy(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return found


def not_found(site: Path) -> dict[str, str]:
    """The pages for unknown addresses: the locale ("" for the site's root) and the file."""
    found = [*sorted(site.glob("404.html")), *sorted(site.glob("*/404.html"))]
    files = [file.relative_to(site) for file in found]
    return {file.parent.as_posix().strip("."): file.as_posix() for file in files}


def write(host: str, site: Path) -> Path:
    """Write what a host needs to know of a built site; returns the file.

    Raises as `policies` does, and OSError.
    """
    site = site.resolve()
    found, lost = policies(site), not_found(site)
    if host == "nginx":
        place = site.with_name(f"{site.name}.nginx.conf")
        text = headers.nginx_site(str(site), found, lost)
    elif host == "caddy":
        place = site.with_name(f"{site.name}.caddy")
        text = headers.caddy_site(str(site), found, lost)
    else:
        most = CLOUDFLARE_RULES if host == "cloudflare" else None
        place, text = site / "_headers", headers.header_file(found, most=most)
        if most and len(found) >= most:
            print(f"More than {most - 1} pages: one rule for all, and each page's <meta> does the rest.")
    if host == "netlify":
        redirects = headers.redirect_file(lost)
        (site / "_redirects").write_text(redirects, encoding="utf-8", newline="\n")
    place.write_text(text, encoding="utf-8", newline="\n")
    return place


def main() -> int:
    """The command line: 0 when the file was written, 1 with one line when not."""
    parser = argparse.ArgumentParser(
        prog="headers.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("host", choices=("netlify", "cloudflare", "nginx", "caddy", "deploy"))
    parser.add_argument("site", type=Path, nargs="?", default=ROOT / "site", help="the built site (site)")
    options = parser.parse_args()
    if options.host == "deploy":
        for name, make in IN_DEPLOY.items():
            (ROOT / name).write_text(make(), encoding="utf-8", newline="\n")
        return 0
    try:
        print(f"Written: {write(options.host, options.site)}")
    except (OSError, ValueError) as error:
        print(f"headers.py: {error}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
