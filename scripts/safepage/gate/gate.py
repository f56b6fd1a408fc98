"""What a contributed page may hold. Everything else is refused with a line that says why; nothing is dropped.

First wall of two: the second is the page's Content-Security-Policy (see SECURITY.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from safepage.faults import Fault
from safepage.gate import characters, ids, shown
from safepage.gate.contacts import addresses, spread
from safepage.gate.places import Source, traverse
from safepage.page import grammar
from safepage.page.grammar import WORD
from safepage.page.meant import meant
from safepage.page.prepare import plain

MAX_LENGTH = 60_000  # characters of Markdown; the longest page of the site has a tenth
MAX_LINES = 1_200  # the longest page has a tenth; Markdown takes the square of headings and empty items
MAX_LINE = 4_000
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
    "div": frozenset(("admonition note", "admonition danger")),
    "p": frozenset(("admonition-title",)),
    "img": frozenset(("decorative",)),
}
_TITLE = re.compile(r'(<h1\b) id="([^"<>]*)"')
_NUMBERED_ID = re.compile(r"_\d+")  # what a title in a script other than Latin gets
_LINK = re.compile(
    r"(?P<up>(?:\.\./)*)(?:\./)?(?:[A-Za-z0-9_-]+/)*(?:[A-Za-z0-9_-]+(?:\.md)?)?(?:#[a-z][a-z0-9-]*)?"
)
_IMAGE = re.compile(r"(?P<up>(?:\.\./)*)(?:[a-z0-9_-]+/)*[a-z0-9_-]+\.(?:svg|png|jpe?g|webp)")
_RAW = re.compile(r"<(?:[A-Za-z/!?][^>\n]{0,40}>?)")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.\-]*:[^<>\s]*|[^<>\s@]+@[^<>\s]+)>")
_BRACES = re.compile(r"\{\{|\}\}")
_TEMPLATE = re.compile(r"\{%|%\}|\{\{\s*[%{]|--8<--|\{!")
_NESTED = re.compile(r"\s{24,}\S|\s*+(?:>\s?|(?:[-*+]|\d+[.)])\s+){4,}")
# Over each of them Markdown goes back and forth; a declaration makes its reader of HTML begin anew.
_MANY = (
    ("[", re.compile(r"\["), 400),
    ("`", re.compile("`"), 400),
    ("*” or “_", re.compile("[*_]"), 2_000),
    ("&", re.compile("&"), 1_000),
    ("<", re.compile("<[A-Za-z/]"), 40),
    ("<!", re.compile("<[!?]"), 3),
)
_PILED = re.compile(
    r"([\[\](){}*_`!<>&\\|#~^])(?:\s?\1){11,}|([\[\](){}*_`!<>&\\|#~^])[\[\](){}*_`!<>&\\|#~^ ]{23,}"
)

_LINKED = re.compile(
    r"\{\{[^{}\n]*\.(?:phone|email|website)\s*\}\}"
)  # what is filled in as a link of its own
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # Markdown drops some, so they could hide nesting

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
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    url_schemes=set(),
    link_rel=None,
    strip_comments=True,
)


def check_markdown(
    body: str, path: str, first_line: int, *, source_placeholders: Collection[str] | None = None
) -> list[Fault]:
    """What can be said of a page's Markdown before it is rendered.

    In: the Markdown, its file, the line of the file on which it begins, and for a translation the names of
    the placeholders that its source page uses. Out: hidden characters, raw HTML, templates and broken
    placeholders, headings without an anchor, and what would take too long to render.
    """
    body = meant(body)
    faults = characters.check(body, path, first_line)
    if "&" in body:
        spelt = characters.check(grammar.unescaped(body), path, first_line)
        faults += [
            replace(f, todo=f"{f.todo}, also where it is written as &…;") for f in spelt if f not in faults
        ]
    beyond = too_much(body, path, first_line)
    if beyond:
        return sorted({*faults, *beyond})
    for number, line in _without_code(body, first_line):
        faults += [Fault(path, number, *pair) for pair in _line_faults(line, source_placeholders)]
    return sorted(set(faults))


@lru_cache(maxsize=1)  # asked twice for each page
def too_much(body: str, path: str, first_line: int) -> list[Fault]:
    """What would make rendering take too long: with a fault, don't render. `check_markdown` includes it."""
    if len(body) > MAX_LENGTH:
        what = f"the page has more than {MAX_LENGTH:,} characters: nobody in danger reads so much"
        return [Fault(path, 0, what, "divide it into several pages")]
    faults = []
    if body.count("\n") > MAX_LINES:
        what = f"the page has more than {MAX_LINES:,} lines"
        return [Fault(path, 0, what, "divide it into several pages")]
    for sign, pattern, most in _MANY:
        if len(pattern.findall(body)) > most:
            what = f"“{sign}” stands more than {most} times in the page"
            faults.append(Fault(path, 0, what, "use fewer of them, or divide it into several pages"))
    for number, line in enumerate(body.split("\n"), first_line):
        if len(line.expandtabs(4)) > MAX_LINE:  # as Markdown reads it
            what = f"this line has more than {MAX_LINE:,} characters"
            faults.append(
                Fault(path, number, what, "divide it into paragraphs, with an empty line between them")
            )
        elif _CONTROL.search(line):
            what = "a control character stands in this line, so that it can't be read any further"
            faults.append(Fault(path, number, what, "type the line anew"))
        elif line and _NESTED.match(line):
            what = "lists or quotations are nested too deep here to be read on a phone"
            faults.append(
                Fault(path, number, what, "use two levels at most, and fewer spaces at the line's start")
            )
        elif piled := _PILED.search(line):
            what = f"“{piled[1] or piled[2]}” and its like stand many times in a row"
            faults.append(
                Fault(path, number, what, "take the signs out; for a line across the page write ---")
            )
        if len(faults) > 20:
            break
    return faults


def _without_code(body: str, first_line: int) -> Iterator[tuple[int, str]]:
    """The lines of a text that hold more than white space, what is between backticks blanked out."""

    def blanked(block: str) -> str:
        for start, end in grammar.code_spans(block):
            block = block[:start] + re.sub(r"[^\n]", " ", block[start:end]) + block[end:]
        return block

    text = "\n\n".join(map(blanked, body.split("\n\n"))) if "`" in body else body
    for number, line in enumerate(text.split("\n"), first_line):
        if line.strip():
            yield number, line


def _line_faults(line: str, source: Collection[str] | None) -> Iterator[tuple[str, str]]:
    if "<" in line:
        raw = _RAW.findall(_AUTOLINK.sub("", line))
        opening = [piece for piece in raw if not piece.startswith("</")]
        yield from map(_raw_html, opening or raw)
    if "{" in line or "}" in line or "--8<--" in line:
        yield from _placeholder_faults(line, source)
    reference = grammar.REFERENCE.match(line)
    if reference and not _LINK.fullmatch(reference["target"]) and not _IMAGE.fullmatch(reference["target"]):
        yield _link_fault(reference["target"])
    heading = grammar.heading(line)
    if heading and heading.level > 1 and not heading.id:
        what = f"the heading “{_short(heading.text)}” has no anchor: links to it would differ by language"
        yield what, "end it with the anchor of the English page, such as {#signs}"


def _raw_html(raw: str) -> tuple[str, str]:
    if raw.startswith(("<!", "<?")):
        return f"“{raw[:4]}” begins a comment, which readers can find in the page", "delete it"
    name = re.sub(r"[^a-z0-9:-].*", "", raw.lstrip("</").lower(), flags=re.DOTALL)
    todo = "write it in Markdown, or &lt; for the sign itself"
    return f"“<{_short(name)}>” {_WHY[_KINDS.get(name, 'other')]}", todo


def _placeholder_faults(line: str, source: Collection[str] | None) -> Iterator[tuple[str, str]]:
    if match := _TEMPLATE.search(line):
        what = f"“{match[0]}” begins a template, which pages don't have"
        yield what, "take it out; only {{ placeholders }} are filled in"
        return
    rest = grammar.PLACEHOLDER.sub("", line)
    if _BRACES.search(rest):
        what = f"a placeholder is broken in “{_short(line.strip())}”: readers would see braces, not a number"
        yield what, "write it as {{ emergency.phone }}, on one line"
    if source is None:
        return
    known = {name.strip("{} ") for name in source}
    for match in grammar.PLACEHOLDER.finditer(line):
        if grammar.name(match) not in known:
            what = f"the source page does not use {match[0]}: readers would be sent to another contact"
            yield what, "use the placeholder that the source page has at this place"


@lru_cache(maxsize=128)  # one source page is compared with many translations
def placeholders(markdown: str) -> frozenset[str]:
    """The names of the placeholders that a text uses, for `check_markdown(source_placeholders=…)`."""
    return frozenset(_counted(markdown))


def _counted(text: str) -> Counter[str]:
    return Counter(grammar.names(text))


def check_html(
    html: str, markdown: str, path: str, first_line: int, *, source_numbers: frozenset[str] | None = None
) -> list[Fault]:
    """Check a page as Markdown rendered it, its placeholders still unfilled.

    In: the HTML; the Markdown that it was made of, to find lines; its file and the line on which the
    Markdown begins; for a translation the numbers of its source page (`addresses.numbers`).
    Out: every element, attribute, link, image and id that the short list above has not, every contact in
    the text, headings out of order, empty parts. What the sanitiser nh3 would change is always an error.
    """
    shielded, html = html, plain(html)
    tree = LexborHTMLParser(html)
    page = _Page(Source(markdown, first_line), path, source_numbers)
    page.walk(tree.root)
    page.finish()
    cleaned = _CLEANER.clean(html)
    # The sanitiser may write the same page in other words: then what a browser makes of both is compared.
    if not page.faults and cleaned != html and _events(tree.root) != _events(LexborHTMLParser(cleaned).root):
        what = "the page holds markup that a browser could read in another way"
        page.fault("", what, "write plain Markdown, and look for signs such as < in the text")
    told = {fault.line for fault in page.faults}
    return sorted({*page.faults, *shown.check(shielded, markdown, path, first_line, told)})


def own_title(page: str, frame: Collection[str]) -> str:
    """A finished text without the anchor that Markdown made of its title, where that would be in the way.

    A title may be of any length, begin with digits, or be a word that another anchor or the frame has.
    In: the page; the ids of its frame.
    """
    match = _TITLE.search(page)
    if match is None:
        return page
    made = match[2]
    plain_word = (WORD.fullmatch(made) and len(made) <= 60) or _NUMBERED_ID.fullmatch(made)
    if plain_word and not ids.taken(made, frame) and page.count(f'id="{made}"') == 1:
        return page
    return page[: match.start()] + match[1] + page[match.end() :]


def _events(root: LexborNode | None) -> list[tuple[str, ...]]:
    """The tree in a form that two parsers agree on: elements with sorted attributes, texts joined."""
    events: list[tuple[str, ...]] = []
    for node, end in traverse(root):
        if node.is_text_node:
            text = node.text_content or ""
            if events and events[-1][0] == "#text":
                events[-1] = ("#text", events[-1][1] + text)
            else:
                events.append(("#text", text))
        elif end:
            events.append(("/", node.tag or ""))
        else:
            events.append((node.tag or "", *sorted(f"{k}={v}" for k, v in node.attributes.items())))
    return events


@dataclass
class _Page:
    """One walk over a page's tree."""

    source: Source
    path: str
    known: frozenset[str] | None
    faults: list[Fault] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    cells: list[bool] = field(default_factory=list)  # of each block, whether it is a cell
    row: list[str] | None = None
    head: list[str] = field(default_factory=list)  # the first row of a table
    ids: dict[str, int] = field(default_factory=dict)
    headings: list[tuple[str, str, bool]] = field(default_factory=list)  # tag, text, something below it
    depth: int = 0
    code: int = 0

    def fault(self, piece: str, what: str, todo: str) -> None:
        self.faults.append(Fault(self.path, self.source.line(piece), what, todo))

    def walk(self, root: LexborNode | None) -> None:
        for node, end in traverse(root):
            tag = node.tag or ""
            if node.is_text_node:
                self.text.append(node.text_content or "")
            elif node.is_comment_node:
                if not end:
                    self.fault("<!", *_raw_html(f"<!--{node.comment_content or ''}-->"))
            elif end:
                self.leave(tag)
            else:
                self.enter(node, tag)
            if len(self.faults) > 50:
                return

    def enter(self, node: LexborNode, tag: str) -> None:
        self.depth += 1
        if self.depth == MAX_DEPTH:
            self.fault("", "the page is nested too deep", "use fewer levels of lists and quotations")
        frame = tag in ("html", "head", "body")
        if tag in BLOCKS:
            self.flush()
        elif tag == "br":
            self.text.append("\n")
        elif tag == "code":
            self.code += 1
        if tag == "tr":
            self.row = []
        if tag == "pre":
            self.fault((node.text() or "").split("\n")[0], *_PRE)
        elif not frame and tag not in TAGS:
            self.fault(f"<{tag}", *_raw_html(f"<{tag}>"))
        for name, value in node.attributes.items():
            self.attribute(node, tag, name, value or "")
        if tag == "img" and "alt" not in node.attributes:
            self.fault(
                "<img", "an image has no alternative text", "write ![what it shows](../assets/name.png)"
            )
        if tag == "img" and node.attributes.get("class") != "decorative":
            self.alternative(node)
        if tag == "a":
            self.link(node)
        if tag in HEADINGS:
            self.heading(node, tag)

    def link(self, node: LexborNode) -> None:
        words = node.text()
        if not words.strip() and not any(image.attributes.get("alt") for image in node.css("img")):
            self.fault(
                "[](", "a link has no words: a blind reader would not know of it", "write [words](page.md)"
            )
        if _LINKED.search(words):
            self.fault(words, *_LINK_IN_LINK)

    def heading(self, node: LexborNode, tag: str) -> None:
        words = " ".join(node.text().split())
        self.headings.append((tag, words, False))
        if not words or words.startswith("{#"):
            lines = enumerate(self.source.markdown.split("\n"), self.source.first_line)
            bare = (number for number, line in lines if (h := grammar.heading(line)) and not h.text)
            todo = "write its words before the anchor, or delete it"
            self.faults.append(Fault(self.path, next(bare, 0), "a heading has no words", todo))
        elif tag != "h1" and f"#{node.attributes.get('id')}" not in self.source.markdown:
            # The Markdown has been looked at for headings of ##: this one is a line above --- or ===.
            what = f"“{_short(words)}” is a heading without an anchor, because of the line right below it"
            self.fault(words, what, "put an empty line between the two, or write ## and {#anchor}")

    def alternative(self, node: LexborNode) -> None:
        if not (node.attributes.get("alt") or "").strip():
            what = "an image has no alternative text: a blind reader would not know what it shows"
            todo = "write ![what it shows](file), or ![](file){.decorative} if it shows nothing that matters"
            self.fault(node.attributes.get("src") or "<im", what, todo)

    def leave(self, tag: str) -> None:
        self.depth -= 1
        if tag == "code":
            self.code -= 1
        if tag in BLOCKS:
            self.flush(heading=tag in HEADINGS)
        if tag == "tr" and self.row is not None:
            for found in (*spread.in_row(self.row), *spread.in_column(self.head, self.row)):
                self.fault(found.text, *addresses.describe(found))
            self.head = self.head or self.row
            self.row = None
        elif tag == "table":
            self.head = []

    def flush(self, heading: bool = False) -> None:
        text = "".join(self.text)
        self.text.clear()
        if not text.strip():
            return
        self.blocks.append(text)
        self.cells.append(self.row is not None)
        if self.row is not None:
            self.row.append(text)
        if not heading and self.headings:
            self.headings[-1] = (*self.headings[-1][:2], True)
        self.words(text)

    def words(self, text: str) -> None:
        for found in addresses.find(text, self.known):
            self.fault(found.text, *addresses.describe(found))

    def attribute(self, node: LexborNode, tag: str, name: str, value: str) -> None:
        shown = f"{name}=“{_short(value)}”" if value else name
        if tag == "code" and value.startswith("language-"):
            return  # of a block of code, which is a fault by itself
        if name not in ATTRIBUTES.get(tag, ()):
            self.fault(self.place(tag, name, value), *_attribute_fault(tag, name, shown))
        elif name == "class" and value not in CLASSES[tag]:
            known = (f".{value}", f"!!! {value.removeprefix('admonition ')}", "[TOC]", "!!!", "{")
            piece = next((piece for piece in known if piece in self.source.markdown), "")
            self.fault(piece, *_class_fault(tag, value))
        elif name == "id":
            self.identifier(tag, value)
        elif name == "href" and (not _LINK.fullmatch(value) or not value or self.climbs(value)):
            piece = value if value and value in self.source.markdown else node.text() or "]("
            self.fault(piece, *_link_fault(value))
        elif name == "src" and (not _IMAGE.fullmatch(value) or self.climbs(value)):
            self.fault(value if value and value in self.source.markdown else "![", *_image_fault(value))
        elif name == "start" and not re.fullmatch(r"\d{1,2}", value):
            todo = f"number it from 1; if it is no list, write {_short(value)}\\. with a backslash"
            self.fault(value, f"a list begins with {_short(value)}", todo)
        elif name in ("alt", "title"):
            if "{{" in value:
                self.fault(value, *_UNFILLED)
            self.words(value)

    def place(self, tag: str, name: str, value: str) -> str:
        """A piece of the Markdown by which a refused attribute is found."""
        if tag in ("td", "th") and name == "style":
            return "-:" if "-:" in self.source.markdown else ":-"
        return next(
            (p for p in (f"{name}=", value and f".{value}", value, name) if p and p in self.source.markdown),
            "{",
        )

    def climbs(self, value: str) -> bool:
        """True if a relative address leaves docs/ (or the site), seen from this page."""
        folders = self.path.count("/") if self.path.startswith("docs/") else 3
        return value.count("../") > folders

    def identifier(self, tag: str, value: str) -> None:
        if tag == "h1" and not re.search(rf"#{re.escape(value)}\s*\}}", self.source.markdown):
            return  # made of the title: `own_title` looks after it
        if not WORD.fullmatch(value) or len(value) > 60:
            what = f"the anchor “{_short(value)}” is not a plain word"
            self.fault(value, what, "end the heading with the English page's anchor, such as {#signs}")
        elif value in self.ids:
            self.fault(value, f"the anchor “{value}” stands twice", "give each heading an anchor of its own")
        self.ids[value] = 1

    def finish(self) -> None:
        for found in spread.in_blocks(list(zip(self.blocks, self.cells, strict=True))):
            self.fault(found.text, *addresses.describe(found))
        shown, written = (_counted(text) for text in ("\n".join(self.blocks), self.source.markdown))
        for name in sorted(shown - written):
            what = f"the placeholder “{_short(name)}” is spelt with signs that hide it from a reviewer"
            self.fault(name, what, f"write it plainly: {{{{ {_short(name)} }}}}")
        if not self.blocks:
            self.fault(
                "", "the page is empty", "write its text, or delete the file: readers then see the source"
            )
            return
        titles = [text for tag, text, _ in self.headings if tag == "h1"]
        if len(titles) != 1 or self.headings[0][0] != "h1":
            what = (
                "the page's title does not come first"
                if len(titles) == 1
                else f"the page has {len(titles)} titles"
            )
            todo = "begin the text with one line “# Title”, and write the other headings with ##"
            self.fault(titles[-1] if titles else "", what, todo)
        for at, (tag, text, filled) in enumerate(self.headings):
            below = self.headings[at + 1][0] if at + 1 < len(self.headings) else ""
            if not filled and not below > tag:
                self.fault(text, f"there is nothing below the heading “{_short(text)}”", "write its text")


_PRE = (
    "lines with four spaces or more before them, or between ``` and ```, are shown as program code",
    "begin the lines without spaces, or put an empty line and “- ” before a list",
)
_LINK_IN_LINK = (
    "a phone number, e-mail or website stands in a link: readers would not get to it",
    "write it outside the link: it brings its own",
)
_UNFILLED = ("a placeholder in an image or a link is not filled in", "write it in the text")


def _attribute_fault(tag: str, name: str, shown: str) -> tuple[str, str]:
    if name.startswith("on"):
        return f"{_short(shown)} {_WHY['script']}", "delete it"
    if name == "style" and tag in ("td", "th") and shown.startswith("style=“text-align:"):
        what = "colons in the line below a table's first row set its columns, which pages don't do"
        return what, "take the colons out: |---|---|"
    if name in ("style", "class"):
        return f"{_short(shown)} on “{tag}” {_WHY['style']}", "delete it"
    if name == "id":
        return f"{_short(shown)}: only headings and signs of the checklist have an anchor", "delete it"
    return f"{_short(shown)} on “{tag}” is not Markdown that this site uses", "delete it"


def _class_fault(tag: str, value: str) -> tuple[str, str]:
    if value == "toc":
        return "“[TOC]” makes a list of the headings, which pages don't have", "delete it"
    if tag == "div":
        what = f"“!!! {_short(value.removeprefix('admonition '))}” is no block of this site"
        return what, 'write !!! note "Title" or !!! danger "Title"'
    return f"class “{_short(value)}” {_WHY['style']}", "delete what stands in braces"


def _link_fault(target: str) -> tuple[str, str]:
    folded = re.sub(r"[\s\x00-\x1f]", "", target).lower()
    if re.match(r"(?:javascript|data|vbscript|blob|filesystem|about|view-source):", folded):
        return (
            f"the link “{_short(target)}” {_WHY['script']}",
            "link to a page of the site: contact.md#centres",
        )
    if re.match(r"(?:tel|mailto|sms|whatsapp):", folded):
        return addresses.describe(addresses.Found("phone" if "tel" in folded[:3] else "email", target))
    if re.match(r"[a-z][a-z0-9+.\-]*:|[/\\]{2}", folded):
        return addresses.describe(addresses.Found("address", target))
    if "{{" in target or "%7b%7b" in folded:
        return "a placeholder in a link is not filled in", "write it in the text: it brings its own link"
    what = f"the link “{_short(target)}” is not to a page of this site" if target else "a link leads nowhere"
    return what, "write the page's file and perhaps an anchor: contact.md#centres"


def _image_fault(target: str) -> tuple[str, str]:
    if re.match(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.\-]*:|[/\\]{2})", target):
        what = (
            f"the image “{_short(target)}” is fetched from outside: its owner would see who reads this page"
        )
        return what, "put the file into docs/assets/ and write ![what it shows](../assets/name.png)"
    what = f"the image “{_short(target)}” is not a picture in docs/assets/"
    return what, "write ![what it shows](../assets/name.png); pictures are svg, png, jpg or webp"


def _short(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
