"""The short list: what a contributed page may hold. All else is refused, and nothing is dropped."""

from __future__ import annotations

import re

MAX_DEPTH = 24  # elements inside each other
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCKS = HEADINGS | {
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "div",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
TAGS = BLOCKS | {"a", "strong", "em", "code", "br", "img"}
ATTRIBUTES = {tag: frozenset(("id",)) for tag in HEADINGS} | {
    "a": frozenset(("href", "title")),
    "img": frozenset(("src", "alt", "title", "class")),
    "ol": frozenset(("start",)),
    "div": frozenset(("class",)),
    "p": frozenset(("class",)),
}
CLASSES = {
    "div": frozenset(("admonition note", "admonition danger", "admonition details")),
    "p": frozenset(("admonition-title",)),
    "img": frozenset(("decorative",)),
}
_LINK = re.compile(
    r"(?P<up>(?:\.\./)*)(?:\./)?(?:[A-Za-z0-9_-]+/)*(?:[A-Za-z0-9_-]+(?:\.md)?)?(?:#[a-z][a-z0-9-]*)?"
)
_IMAGE = re.compile(r"(?P<up>(?:\.\./)*)(?:[a-z0-9_-]+/)*[a-z0-9_-]+\.(?:svg|png|jpe?g|webp)")


def is_link(target: str) -> bool:
    """True for the target of a link that has the form of a page of this site, with an anchor or without."""
    return _LINK.fullmatch(target) is not None


def is_image(target: str) -> bool:
    """True for the target of an image that has the form of a picture in docs/assets/."""
    return _IMAGE.fullmatch(target) is not None
