"""Tells a web server or host the headers of a built site; see deploy/README.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from safepage.output import headers

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


def run(options: argparse.Namespace) -> int:
    """The command: 0 when the file was written, 1 with one line when not."""
    if options.host == "deploy":
        for name, make in IN_DEPLOY.items():
            (options.project / name).write_text(make(), encoding="utf-8", newline="\n")
        return 0
    try:
        print(f"Written: {write(options.host, options.site)}")
    except (OSError, ValueError) as error:
        print(f"headers: {error}.", file=sys.stderr)
        return 1
    return 0
