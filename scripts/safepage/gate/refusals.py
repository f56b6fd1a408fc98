"""Why something on a page is refused, and what to do: in words for who wrote it."""

from __future__ import annotations

import re

from safepage.gate.contacts import addresses

_WHY = {
    "script": "would run a program on the reader's device",
    "style": "could hide or cover what the page says",
    "form": "could ask a reader for words and send them away",
    "frame": "could show another site inside this one",
    "other": "is HTML; pages hold Markdown only, so that everyone can read and review them",
}
_KINDS = {
    **dict.fromkeys(("script", "svg", "math", "noscript", "template"), "script"),
    **dict.fromkeys(("style", "link", "base", "meta"), "style"),
    **dict.fromkeys(("form", "input", "button", "textarea", "select", "option", "label"), "form"),
    **dict.fromkeys(("iframe", "frame", "object", "embed", "applet", "portal", "video", "audio"), "frame"),
}


def raw_html(raw: str) -> tuple[str, str]:
    """Of an HTML tag or comment, as it stands in the file."""
    if raw.startswith(("<!", "<?")):
        return f"“{raw[:4]}” begins a comment, which readers can find in the page", "delete it"
    name = re.sub(r"[^a-z0-9:-].*", "", raw.lstrip("</").lower(), flags=re.DOTALL)
    todo = "write it in Markdown, or &lt; for the sign itself"
    return f"“<{in_short(name)}>” {_WHY[_KINDS.get(name, 'other')]}", todo


def attribute_fault(tag: str, name: str, shown: str) -> tuple[str, str]:
    """Of an attribute `name` on an element, `shown` as messages show it with its value."""
    if name.startswith("on"):
        return f"{in_short(shown)} {_WHY['script']}", "delete it"
    if name == "style" and tag in ("td", "th") and shown.startswith("style=“text-align:"):
        what = "colons in the line below a table's first row set its columns, which pages don't do"
        return what, "take the colons out: |---|---|"
    if name in ("style", "class"):
        return f"{in_short(shown)} on “{tag}” {_WHY['style']}", "delete it"
    if name == "id":
        return f"{in_short(shown)}: only headings and signs of the checklist have an anchor", "delete it"
    return f"{in_short(shown)} on “{tag}” is not Markdown that this site uses", "delete it"


def class_fault(tag: str, value: str) -> tuple[str, str]:
    """Of a class, or of a block that Markdown makes with one."""
    if value == "toc":
        return "“[TOC]” makes a list of the headings, which pages don't have", "delete it"
    if tag == "div":
        what = f"“!!! {in_short(value.removeprefix('admonition '))}” is no block of this site"
        return what, 'write !!! note "Title" or !!! danger "Title"'
    return f"class “{in_short(value)}” {_WHY['style']}", "delete what stands in braces"


def link_fault(target: str) -> tuple[str, str]:
    """Of a link to something that is no page of the site."""
    folded = re.sub(r"[\s\x00-\x1f]", "", target).lower()
    if re.match(r"(?:javascript|data|vbscript|blob|filesystem|about|view-source):", folded):
        return (
            f"the link “{in_short(target)}” {_WHY['script']}",
            "link to a page of the site: contact.md#centres",
        )
    if re.match(r"(?:tel|mailto|sms|whatsapp):", folded):
        return addresses.describe(addresses.Found("phone" if "tel" in folded[:3] else "email", target))
    if re.match(r"[a-z][a-z0-9+.\-]*:|[/\\]{2}", folded):
        return addresses.describe(addresses.Found("address", target))
    if "{{" in target or "%7b%7b" in folded:
        return "a placeholder in a link is not filled in", "write it in the text: it brings its own link"
    shown = in_short(target)
    what = f"the link “{shown}” is not to a page of this site" if target else "a link leads nowhere"
    return what, "write the page's file and perhaps an anchor: contact.md#centres"


def image_fault(target: str) -> tuple[str, str]:
    """Of an image that is not in docs/assets/."""
    if re.match(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.\-]*:|[/\\]{2})", target):
        what = (
            f"the image “{in_short(target)}” is fetched from outside: its owner would see who reads this page"
        )
        return what, "put the file into docs/assets/ and write ![what it shows](../assets/name.png)"
    what = f"the image “{in_short(target)}” is not a picture in docs/assets/"
    return what, "write ![what it shows](../assets/name.png); pictures are svg, png, jpg or webp"


def in_short(text: str, limit: int = 60) -> str:
    """A piece of a page as a message shows it: on one line, cut."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
