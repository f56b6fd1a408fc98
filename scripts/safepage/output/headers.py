"""What every host must send with every answer, in one place; `deploy/` says it in each server's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

# Powerful features that pages neither use nor let anything else use; copying the checklist's answer is the
# one exception. Only these: the header travels with each page in its first round trip.
_CLOSED = """
    accelerometer autoplay camera clipboard-read display-capture encrypted-media fullscreen geolocation
    gyroscope hid idle-detection local-fonts magnetometer microphone midi payment publickey-credentials-get
    screen-wake-lock serial storage-access usb window-management xr-spatial-tracking
"""

# `no-store`: no copy of a page stays on the device, and nothing of the site's is ever cached: style, scripts
# and icons are inside the pages, and a stored piece of the search's index would tell what was looked for.
# No Cross-Origin-Opener-Policy: Firefox notes the name of a site that sends it, for a month, where deleting
# a page from the history does not reach. It would keep an opener from sending our tab elsewhere, no more.
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _CLOSED.split()) + ", clipboard-write=(self)",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "X-Frame-Options": "DENY",
}

POLICY = "Content-Security-Policy"
# For answers that are no page, and for hosts that can't tell pages apart: these bear the rest in a `<meta>`.
PLAIN_POLICY = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"


def page_policy(html: str) -> str:
    """The policy that a page states in its `<meta>`, with what browsers heed in a header alone.

    Raises ValueError for a page that states none.
    """
    finder = _Finder()
    finder.feed(html)
    if not finder.policy:
        raise ValueError("the page states no Content-Security-Policy")
    return f"{finder.policy}; frame-ancestors 'none'"


class _Finder(HTMLParser):
    policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "meta" and (values.get("http-equiv") or "").lower() == POLICY.lower() and not self.policy:
            self.policy = values.get("content") or ""


def addresses(file: str) -> list[str]:
    """The addresses of a page, from its file below the site's root: "nl/index.html" gives two."""
    path = f"/{file}"
    return [path.removesuffix("index.html"), path] if path.endswith("/index.html") else [path]


def folders(files: Iterable[str]) -> dict[str, str]:
    """The address by which each page is told, for every page that has a folder: its file → the address."""
    return {file: addresses(file)[0] for file in files if file.endswith("index.html")}


def header_file(policies: Mapping[str, str], *, most: int | None = None) -> str:
    """The text of `_headers`, as Netlify and Cloudflare Pages read it.

    In: each page's file and its policy; how many rules the host takes. With more pages than that there is
    one rule for all, and each page's `<meta>` does the rest. A rule of a page says all of its policy, since
    hosts differ in what they do where two rules name one header: one joins both, the other takes the nearer.
    """
    rules = [("/*", {**HEADERS, POLICY: PLAIN_POLICY})]
    pages = [(addresses(file)[0], {POLICY: policy}) for file, policy in policies.items()]
    if most is None or len(pages) < most:
        rules += pages
    return "\n".join(
        "\n".join([address, *(f"  {name}: {value}" for name, value in headers.items())]) + "\n"
        for address, headers in rules
    )


def redirect_file(not_found: Mapping[str, str]) -> str:
    """The text of `_redirects` for Netlify: which page answers unknown addresses in a language's folder.

    In: the locale of each page for unknown addresses ("" for all others, which the host finds), and its file.
    """
    return "".join(
        f"/{name}/*  /{file}  404\n"
        for tag, file in not_found.items()
        for name in dict.fromkeys((tag, tag.lower()))
        if name
    )


def nginx_headers() -> str:
    """Lines for nginx's `server` block. `$safe_policy` is what `nginx_site` defines."""
    values = {name: f'"{value}"' for name, value in HEADERS.items()}
    values |= {POLICY: "$safe_policy", "Allow": "$safe_allow"}
    lines = [f"add_header {name} {value} always;" for name, value in values.items()]
    return "\n".join([_MADE, *lines, ""])


def nginx_site(root: str, policies: Mapping[str, str], not_found: Mapping[str, str]) -> str:
    """What nginx must know of one build, for its `http` block.

    In: the absolute path of the site's folder, each page's file and policy, and `not_found`: the locale of
    each page for unknown addresses ("" for all others) and its file.
    """
    pages = [f'    "/{file}" "{policy}";' for file, policy in policies.items()]
    lost = [f"    ~*^/{tag}(/|$) /{file};" for tag, file in not_found.items() if tag]
    # Names in a map are found in any case of letters.
    told = [
        f'    "{way}" "{address}";'
        for file, address in folders(policies).items()
        for way in dict.fromkeys((address, address.rstrip("/") or "/", f"/{file}"))
    ]
    return "\n".join([
        _MADE,
        "map_hash_bucket_size 256;",
        "map_hash_max_size 8192;",
        f'map "" $safe_root {{ default "{root}"; }}',
        'map $status $safe_allow { default ""; 405 "GET, HEAD"; }',
        'map $uri $safe_page {', '    default "";', *told, "}",
        "map $uri $safe_not_found {", f"    default /{not_found.get('', '404.html')};", *lost, "}",
        "map $uri $safe_policy {", f'    default "{PLAIN_POLICY}";', *pages, "}",
        "",
    ])  # fmt: skip


def caddy_headers() -> str:
    """A snippet for Caddy. `{safe_policy}` is what `caddy_site` defines."""
    lines = [f'\t\t{name} "{value}"' for name, value in HEADERS.items()]
    return "\n".join([
        _MADE, "(safe_headers) {", "\theader {", *lines, f'\t\t{POLICY} "{{safe_policy}}"',
        "\t\t-Server", "\t\t-Etag", "\t\t-Last-Modified", "\t\tdefer", "\t}", "}", "",
    ])  # fmt: skip


def caddy_site(root: str, policies: Mapping[str, str], not_found: Mapping[str, str]) -> str:
    """What Caddy must know of one build, as a snippet; in as for `nginx_site`."""
    pages = [
        f'\t\t"{address}" "{policy}"'
        for file, policy in policies.items() for address in addresses(file)
    ]  # fmt: skip
    lost = [f'\t\t"~(?i)^/{tag}(/|$)" "/{file}"' for tag, file in not_found.items() if tag]
    told = [f'\t\t"~(?i)^{address}?(index[.]html)?$" "{address}"' for address in folders(policies).values()]
    return "\n".join([
        _MADE,
        "(safe_site) {",
        f'\troot * "{root}"',
        "\tmap {path} {safe_policy} {", *pages, f'\t\tdefault "{PLAIN_POLICY}"', "\t}",
        "\tmap {path} {safe_page} {", *told, '\t\tdefault ""', "\t}",
        "\tmap {path} {safe_not_found} {", *lost, f'\t\tdefault "/{not_found.get("", "404.html")}"', "\t}",
        "}", "",
    ])  # fmt: skip


_MADE = "# Made by `manage.py headers deploy`. Change scripts/safepage/output/headers.py instead."
