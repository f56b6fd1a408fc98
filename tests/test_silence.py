"""A page forbids everything but itself. That it asks for nothing and keeps nothing: test_looks.py."""

from __future__ import annotations

from pathlib import Path

from pages import EXTRA, PAGES, At, on_every_page, parsed


@on_every_page([*PAGES, *EXTRA])
def test_nothing_may_run_or_load_but_the_page_itself(site: Path, at: At) -> None:
    """The page forbids what it does not hold, and tells no other site where the reader came from."""
    html = parsed(site, at)
    policy = html.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert allowed["default-src"] == "'none'"
    assert "'unsafe-" not in policy  # the search page's 'wasm-unsafe-eval' lets no script in
    assert ":" not in policy.replace("data:", "")
    assert html.css_first("meta[name=referrer]").attributes["content"] == "no-referrer"
    assert (html.css_first("link[rel=icon]").attributes["href"] or "").startswith("data:")
    assert {link.attributes["rel"] for link in html.css("link")} <= {"canonical", "alternate", "icon"}
    for node in html.css("[src], [srcset], [style]"):
        assert (node.attributes.get("src") or "").startswith("data:"), node.html
