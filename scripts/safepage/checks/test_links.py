"""Every link within the site leads to a page that is there, and to a part of it that exists."""

from __future__ import annotations

from collections import Counter
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from safepage.checks.pages import Built, Project

# What a script of the exit's own makes of an address; no part of a page.
BY_SCRIPT = frozenset(("practice",))


def test_links_lead_somewhere(project: Project, pages: list[Built]) -> None:
    """Whoever follows a link, in a menu or in a text, arrives where it says."""
    known = {project.under + page.path: page for page in pages}
    own = urlsplit(project.address).netloc
    wrong = []
    for page in pages:
        for link in page.html.css("a[href], link[rel=canonical]"):
            href = str(link.attributes["href"])
            address, part = urldefrag(urljoin(f"https://{own}{project.under}{page.path}", href))
            parts = urlsplit(address)
            if parts.scheme not in ("http", "https") or parts.netloc != own:
                continue
            target = known.get(unquote(parts.path))
            if target is None:
                wrong.append(f"{page}: {href} leads nowhere")
            elif part and unquote(part) not in target.ids | BY_SCRIPT:
                wrong.append(f"{page}: {href} leads to no part of {target}")
    assert not wrong, "\n".join(wrong)


def test_no_id_stands_twice(pages: list[Built]) -> None:
    """A link to a part of a page leads to one place."""
    wrong = []
    for page in pages:
        ids = Counter(str(node.attributes["id"]) for node in page.html.css("[id]"))
        wrong += [f"{page}: id={name} stands {times} times" for name, times in ids.items() if times > 1]
    assert not wrong, "\n".join(wrong)
