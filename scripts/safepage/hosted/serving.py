"""How an editor is served: its headers in the words of each server, beside its files."""

from __future__ import annotations

from safepage.output.headers import HEADERS, POLICY

_MADE = "# Made by `manage.py editor`; see deploy/editor.md."


def headers(policy: str) -> dict[str, str]:
    """Those of a site, and: no tab that opened the editor, or that it opens, can reach it."""
    kept = {**HEADERS, "Cross-Origin-Opener-Policy": "same-origin"}
    return {**kept, POLICY: f"{policy}; frame-ancestors 'none'"}


def files(policy: str) -> dict[str, str]:
    """What Netlify and Cloudflare read, and what nginx and Caddy include: the file and its text."""
    sent = headers(policy)
    return {
        "_headers": "\n".join(["/*", *(f"  {name}: {value}" for name, value in sent.items()), ""]),
        "_nginx.conf": "\n".join(
            [_MADE, *(f'add_header {name} "{value}" always;' for name, value in sent.items()), ""]
        ),
        "_headers.caddy": "\n".join(
            [_MADE, "header {", *(f'\t{name} "{value}"' for name, value in sent.items()), "}", ""]
        ),
    }
