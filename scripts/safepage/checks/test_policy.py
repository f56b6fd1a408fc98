"""A page forbids everything but itself, holds no field that browsers keep, and has one title, one main part.

That it asks for nothing and keeps nothing when it is read: test_visits.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from safepage.checks.pages import Built

# Resources that a page may name; none of them is fetched.
LINKS = {"canonical", "icon"}
NOTHING_DETECTED = dict.fromkeys(("telephone", "date", "address", "email", "unit"), "no")


def told(pages: list[Built], look: Callable[[Built], Iterator[str]]) -> str:
    """All that a look finds wrong, a line for each."""
    return "\n".join(f"{page}: {what}" for page in pages for what in look(page))


def allowed(page: Built) -> Iterator[str]:
    """What the page lets run or load that it does not hold, and what it tells other sites of the reader."""
    policy = page.attribute("meta[http-equiv=Content-Security-Policy]", "content") or ""
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    if parts.get("default-src") != "'none'":
        yield f"the policy does not begin with nothing: {policy}"
    if "'unsafe-" in policy or ":" in policy.replace("data:", ""):
        yield f"the policy is too wide: {policy}"
    if page.attribute("meta[name=referrer]", "content") != "no-referrer":
        yield "other sites are told where the reader came from"
    if not (page.attribute("link[rel=icon]", "href") or "").startswith("data:"):
        yield "the browser asks for an icon"
    for link in page.html.css("link"):
        if link.attributes.get("rel") not in LINKS:
            yield f"the browser asks for {link.html}"
    for node in page.html.css("[src], [srcset], [style], [onclick], [onload], [ping], object, iframe, base"):
        if not (node.attributes.get("src") or "").startswith("data:"):
            yield f"{node.html} asks or runs"


def kept(page: Built) -> Iterator[str]:
    """What a browser could keep, fill in, send, look up or make a link of."""
    if "<textarea" in str(page.html.html):  # nor in a template, which holds what scripts show
        yield "a <textarea> is kept by browsers"
    for node in page.html.css("[contenteditable], main [name]"):
        yield f"browsers keep what is typed in {node.html}"
    for form in page.html.css("form"):
        if form.attributes.get("autocomplete") != "off" or {"method", "target", "enctype"} & set(
            form.attributes
        ):
            yield f"a form that keeps or sends: {sorted(form.attributes)}"
    detection = page.attribute("meta[name=format-detection]", "content") or ""
    if dict(part.split("=") for part in detection.split(",") if "=" in part) != NOTHING_DETECTED:
        yield f"browsers make links of digits: {detection}"


def whole(page: Built) -> Iterator[str]:
    """What is there more or less than once, that whoever moves by headings or landmarks looks for."""
    for selector in ("h1", "main", "title", "body > header", "body > footer"):
        if (times := len(page.html.css(selector))) != 1:
            yield f"{selector} is there {times} times"
    title = page.one("title")
    if title is None or not title.text().strip():
        yield "no title"
    before = 0
    for heading in page.html.css("h1, h2, h3, h4, h5, h6"):
        level = int(str(heading.tag)[1])
        if level > before + 1:
            yield f"<h{level}> “{heading.text().strip()}” comes after <h{before}>"
        before = level


def test_nothing_may_run_or_load_but_the_page_itself(pages: list[Built]) -> None:
    """The page forbids what it does not hold, and tells no other site where the reader came from."""
    found = told(pages, allowed)
    assert not found, found


def test_browsers_look_for_nothing_in_a_page(pages: list[Built]) -> None:
    """No field that could be kept or filled in, no look-up of the hosts behind links, no digits as links."""
    found = told(pages, kept)
    assert not found, found


def test_one_heading_and_one_main_part(pages: list[Built]) -> None:
    """Whoever moves about by headings or landmarks finds one title and one main part, as in any good page."""
    found = told(pages, whole)
    assert not found, found
