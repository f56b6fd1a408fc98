"""Where the exit leads: a page of somebody else's, that opens for everybody and says nothing of this site."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from safepage.faults import short
from safepage.gate import characters

_ADDRESS = re.compile(r"https://(?P<host>[A-Za-z0-9.-]+)(?::443)?(?:[/?#][!-~]*)?")
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]+)")
# Names that lead nowhere, or to the reader's own device or network (RFC 2606, RFC 6761, RFC 7686).
_NOWHERE = re.compile(
    r"(?:.*\.)?(?:test|example|invalid|localhost|local|lan|internal|home\.arpa|onion)",
    re.IGNORECASE,
)
_TODO = "write the whole address of a neutral page, such as https://weather.example.org/"


def problem(address: object, site_url: str) -> tuple[str, str] | None:
    """What is wrong with the address that the exit leads to, and what to do; None if nothing is.

    In: the value out of mkdocs.yml, and the address of the site itself.
    """
    if not isinstance(address, str) or not address:
        return "it leads nowhere", _TODO
    for hidden in characters.check(address, ""):
        return hidden.what, hidden.todo
    shown = short(address)
    found = _ADDRESS.fullmatch(address)
    if not found and re.match(r"https?:/*[^/?#]*@", address, re.IGNORECASE):
        return f"“{shown}” holds a name or password before @", _TODO
    if address.lower().startswith("http:"):
        return f"“{shown}” can be read on its way: it begins with http:", "begin it with https://"
    if not found:
        return f"“{shown}” is no whole address that starts with https://", _TODO
    host = found["host"].lower()
    if not _HOST.fullmatch(host):
        return f"“{shown}” names no site that everybody can reach", _TODO
    own = (urlsplit(site_url).hostname or "").removeprefix("www.")
    if own and (host == own or host.endswith(f".{own}")):
        return f"“{shown}” leads back to this site", "lead to a page of somebody else's"
    if _NOWHERE.fullmatch(host):
        return f"“{shown}” leads to a name that is not on the internet", _TODO
    return None
