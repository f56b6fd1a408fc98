"""What may stand on a page as Markdown rendered it, its placeholders still unfilled.

Everything that the short list has not is refused with a line that says why; nothing is dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from safepage.faults import Fault
from safepage.gate import refusals, shown
from safepage.gate.allowed import ATTRIBUTES, BLOCKS, CLASSES, HEADINGS, MAX_DEPTH, TAGS, is_image, is_link
from safepage.gate.contacts import addresses, spread
from safepage.gate.places import Source, traverse
from safepage.gate.refusals import in_short
from safepage.page import blocks, grammar
from safepage.page.grammar import WORD
from safepage.page.prepare import plain

_LINKED = (".phone", ".chat", ".email", ".website", blocks.SHORT)  # what is filled in as a link of its own
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    url_schemes=set(),
    link_rel=None,
    strip_comments=True,
)

# Of a picture: door.jpg, IMG_2034, DSC01234, PXL_20231126_1.
_FILE = re.compile(r"\S+\.(?:jpe?g|png|webp|svg|gif|heic)|(?:IMG|DSC[NF]?|PXL)[\d_-]+", re.IGNORECASE)


def check(
    html: str,
    markdown: str,
    path: str,
    first_line: int,
    country: str,
    *,
    source_numbers: frozenset[str] | None = None,
) -> list[Fault]:
    """Check a page as Markdown rendered it, its placeholders still unfilled.

    In: the HTML; the Markdown that it was made of, to find lines; its file and the line on which the
    Markdown begins; the country whose numbers are dialled without a prefix; for a translation
    the numbers of its source page (`addresses.numbers`).
    Out: every element, attribute, link, image and id that the short list above has not, every contact in
    the text, headings out of order, empty parts. What the sanitiser nh3 would change is always an error.
    """
    shielded, html = html, plain(html)
    tree = LexborHTMLParser(html)
    page = _Page(Source(markdown, first_line), path, country, source_numbers)
    page.walk(tree.root)
    page.finish()
    cleaned = _CLEANER.clean(html)
    # The sanitiser may write the same page in other words: then what a browser makes of both is compared.
    if not page.faults and cleaned != html and _events(tree.root) != _events(LexborHTMLParser(cleaned).root):
        what = "the page holds markup that a browser could read in another way"
        page.fault("", what, "write plain Markdown, and look for signs such as < in the text")
    told = {fault.line for fault in page.faults}
    return sorted({*page.faults, *shown.check(shielded, markdown, path, first_line, told)})


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
    country: str
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

    @cached_property
    def bare(self) -> frozenset[str]:
        """The letters of each heading of ## that has no anchor, which is told already."""
        headings = map(grammar.heading, self.source.markdown.split("\n"))
        return frozenset(_letters(heading.text) for heading in headings if heading and not heading.id)

    def fault(self, piece: str, what: str, todo: str) -> None:
        self.faults.append(Fault(self.path, self.source.line(piece), what, todo))

    def walk(self, root: LexborNode | None) -> None:
        for node, end in traverse(root):
            tag = node.tag or ""
            if node.is_text_node:
                self.text.append(node.text_content or "")
            elif node.is_comment_node:
                if not end:
                    self.fault("<!", *refusals.raw_html(f"<!--{node.comment_content or ''}-->"))
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
            self.fault(f"<{tag}", *refusals.raw_html(f"<{tag}>"))
        attributes = node.attributes
        for name, value in attributes.items():
            self.attribute(node, tag, name, value or "")
        if tag == "img" and "alt" not in attributes:
            self.fault(
                "<img", "an image has no alternative text", "write ![what it shows](../assets/name.png)"
            )
        if tag == "img" and attributes.get("class") != "decorative":
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
        if any(name.endswith(_LINKED) for name in grammar.names(words)):
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
            # The Markdown has been looked at for headings of ## (`bare`): others are lines above --- or ===.
            what = f"“{in_short(words)}” is a heading without an anchor, because of the line right below it"
            if _letters(words) not in self.bare:
                self.fault(words, what, "put an empty line between the two, or write ## and {#anchor}")

    def alternative(self, node: LexborNode) -> None:
        said = (node.attributes.get("alt") or "").strip()
        if not said or _FILE.fullmatch(said):
            has = f"the name of a file, “{in_short(said)}”, for" if said else "no"
            what = f"an image has {has} alternative text: a blind reader would not know what it shows"
            todo = "write ![what it shows](file), or ![](file){.decorative} if it shows nothing that matters"
            self.fault((node.attributes.get("src") or "<im").rpartition("/")[2], what, todo)

    def leave(self, tag: str) -> None:
        self.depth -= 1
        if tag == "code":
            self.code -= 1
        if tag in BLOCKS:
            self.flush(heading=tag in HEADINGS)
        if tag == "tr" and self.row is not None:
            for found in (
                *spread.in_row(self.row, self.country),
                *spread.in_column(self.head, self.row, self.country),
            ):
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
        for found in addresses.find(text, self.country, self.known):
            self.fault(found.text, *addresses.describe(found))

    def attribute(self, node: LexborNode, tag: str, name: str, value: str) -> None:
        shown = f"{name}=“{in_short(value)}”" if value else name
        if tag == "code" and value.startswith("language-"):
            return  # of a block of code, which is a fault by itself
        if name not in ATTRIBUTES.get(tag, ()):
            self.fault(self.place(tag, name, value), *refusals.attribute_fault(tag, name, shown))
        elif name == "class" and value not in CLASSES[tag]:
            known = (f".{value}", f"!!! {value.removeprefix('admonition ')}", "[TOC]", "!!!", "{")
            piece = next((piece for piece in known if piece in self.source.markdown), "")
            self.fault(piece, *refusals.class_fault(tag, value))
        elif name == "id":
            self.identifier(tag, value)
        elif name == "href" and (not is_link(value) or not value or self.climbs(value)):
            piece = value if value and value in self.source.markdown else node.text() or "]("
            self.fault(piece, *refusals.link_fault(value))
        elif name == "src" and (not is_image(value) or self.climbs(value)):
            piece = value if value and value in self.source.markdown else "!["
            self.fault(piece, *refusals.image_fault(value))
        elif name == "start" and not re.fullmatch(r"\d{1,2}", value):
            todo = f"number it from 1; if it is no list, write {in_short(value)}\\. with a backslash"
            self.fault(value, f"a list begins with {in_short(value)}", todo)
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
            what = f"the anchor “{in_short(value)}” is not a plain word"
            self.fault(value, what, "end the heading with the anchor of the source page, such as {#signs}")
        elif value in self.ids:
            self.fault(value, f"the anchor “{value}” stands twice", "give each heading an anchor of its own")
        self.ids[value] = 1

    def finish(self) -> None:
        for found in spread.in_blocks(list(zip(self.blocks, self.cells, strict=True)), self.country):
            self.fault(found.text, *addresses.describe(found))
        on_page, written = "\n".join(self.blocks), self.source.markdown
        for name in sorted(Counter(grammar.names(on_page)) - Counter(grammar.names(written))):
            what = f"the placeholder “{in_short(name)}” is spelt with signs that hide it from a reviewer"
            self.fault(name, what, f"write it plainly: {{{{ {in_short(name)} }}}}")
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
                self.fault(text, f"there is nothing below the heading “{in_short(text)}”", "write its text")


def _letters(words: str) -> str:
    return re.sub(r"[\W_]", "", words)


_PRE = (
    "lines with four spaces or more before them, or between ``` and ```, are shown as program code",
    "begin the lines without spaces, or put an empty line and “- ” before a list",
)
_LINK_IN_LINK = (
    "a phone number, chat, e-mail or website stands in a link: readers would not get to it",
    "write it outside the link: it brings its own",
)
_UNFILLED = ("a placeholder in an image or a link is not filled in", "write it in the text")
