"""The whole page in one answer: style and scripts inlined, nothing unused, nothing else allowed to run."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from functools import cache

import lightningcss
import minify_html
import rjsmin

from safepage.output import names

STYLE = "<!--style-->"
SCRIPT = re.compile(r"<!--script:([\w./-]+)-->")
_RUN = re.compile(rf"{SCRIPT.pattern}(?:\s*{SCRIPT.pattern})*")
POLICY = "the policy"
_EMPTY_STYLE = "<style>-</style>"
_NAMES = re.compile(r"[.#](-?[A-Za-z_][\w-]*)")
_HAS = re.compile(r":has\(\.([\w-]+)\)")
_SHEET = re.compile(r"@page ([\w-]+) \{[^{}]*\}")
_GIVEN = re.compile(r"""(["'])([\w-]+(?: [\w-]+)*)\1""")
# What the tool adds for browsers without system-ui, beside the fonts that the sheet names for them.
_FONTS = re.compile(r"-apple-system,BlinkMacSystemFont,|Ubuntu,Cantarell,Helvetica Neue,")
_ATTRIBUTES = re.compile(r"""\s(?:class|id)=(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")


def page(html: str, style: str, scripts: dict[str, str]) -> str:
    """Finish a page.

    In: HTML with the marks STYLE, `<!--script:name.js-->` and POLICY; the whole style sheet; the text of
    each script by its name. Out: minified HTML that holds the rules it uses and its scripts, and whose
    Content-Security-Policy lets exactly those run. Raises KeyError for an unknown script.
    """
    sources = [joined(*(scripts[name] for name in SCRIPT.findall(run[0]))) for run in _RUN.finditer(html)]
    used = {name for found in _ATTRIBUTES.findall(html) for name in " ".join(found).split()}
    used = used.union(*map(_given, sources))
    reduced = _reduced(style, _selected(style) - used)
    # Style and scripts are small already, and go in last: to read them again takes as long as all the rest.
    place = itertools.count()
    html = _RUN.sub(lambda _: f"<script>{next(place)}</script>", html.replace(STYLE, _EMPTY_STYLE, 1))
    html = minify_html.minify(
        html, keep_closing_tags=True, keep_html_and_head_opening_tags=True, minify_css=False, minify_js=False
    )
    html = html.replace(_EMPTY_STYLE, f"<style>{reduced}</style>", 1)
    for number, source in enumerate(sources):
        html = html.replace(f"<script>{number}</script>", f"<script>{source}</script>", 1)
    return html.replace(POLICY, policy([reduced], sources), 1)


def policy(styles: list[str], scripts: list[str]) -> str:
    """The Content-Security-Policy that lets our own inline styles and scripts run, by hash, and nothing else.

    The hashes are of what we put in, never of what is found in the page: else a script that a contributor
    had smuggled into a text would be let in with ours. The site itself may be asked for something: some of
    our scripts do (`fetch`), and Lighthouse, which is held to the policy, reads robots.txt from each page.
    Where a script loads the search (`import`), its program is let in too.
    `frame-ancestors` is left to the server's header: browsers ignore it in a `<meta>` (CSP 3, section 3.3).
    """
    none = "'none'"
    searches = any("import(" in source for source in scripts)
    parts = [
        f"default-src {none}",
        f"style-src {_hashes(styles) or none}",
        f"script-src {_hashes(scripts) or none}" + (" 'self' 'wasm-unsafe-eval'" if searches else ""),
        "connect-src 'self'",
        *(["worker-src 'self'"] if searches else []),
        "img-src 'self' data:",
        f"base-uri {none}",
        f"form-action {none}",
    ]
    return "; ".join(parts)


def _hashes(texts: list[str]) -> str:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(dict.fromkeys(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))


@cache
def _selected(style: str) -> frozenset[str]:
    return frozenset(_NAMES.findall(style))


@cache
def _given(source: str) -> frozenset[str]:
    """The classes that a script may give: words in quotes. A selector (".sign") only asks for its own."""
    return frozenset(name for _, names in _GIVEN.findall(source) for name in names.split())


@cache
def joined(*sources: str) -> str:
    """Scripts that follow each other, as one: each costs a hash in the policy, and hashes compress badly.

    An error of one doesn't stop those after it.
    """
    *parts, last = map(script, sources)
    return "".join(f"try{{{part}}}catch(error){{console.error(error)}}" for part in parts) + last


@cache
def script(source: str) -> str:
    """A script without comments and needless white space, its own names short."""
    return names.shortened(str(rjsmin.jsmin(source)).strip())


@cache
def _reduced(style: str, unused: frozenset[str]) -> str:
    # The tool looks neither into :has() nor at the names of printed pages, which are those of classes.
    style = _HAS.sub(lambda has: f".{has[1]}" if has[1] in unused else has[0], style)
    style = _SHEET.sub(lambda sheet: "" if sheet[1] in unused else sheet[0], style)
    reduced: str = lightningcss.process_stylesheet(
        style, filename="site.css", minify=True, unused_symbols=set(unused), browsers_list=BROWSERS
    )
    return _FONTS.sub("", reduced)


# Old phones count: what a reader of 2026 may still hold in hand.
BROWSERS = ["chrome >= 80", "firefox >= 78", "safari >= 13.1", "samsung >= 13"]
