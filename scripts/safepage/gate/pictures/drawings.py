"""SVG drawings: documents of their own, of which shapes, gradients and words may stay, within bounds."""

from __future__ import annotations

import re
import xml.parsers.expat

from safepage.faults import Fault, printable
from safepage.gate import characters
from safepage.gate.contacts import addresses
from safepage.gate.pictures import lettering
from safepage.gate.pictures.extent import MAX_DEPTH, MAX_SHAPES, Element, Notes, Stop, count, measure

MAX_LETTERS = 5_000

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_TAG = re.compile(
    r"svg|g|path|circle|ellipse|rect|line|polyline|polygon|title|desc|defs|use|symbol|text|tspan|clipPath|mask|"
    r"linearGradient|radialGradient|stop|metadata|style"
)
_MOVING = re.compile(r"animate(?:Transform|Motion|Color)?|set|mpath|discard")
_EFFECTS = re.compile(
    r"filter|fe[A-Z]\w*|pattern|marker|textPath|switch|view|hatch|mesh\w*|cursor|color-profile|font\S*"
)
_EDITORS = re.compile(
    r"inkscape|sodipodi|adobe|sketch|serif|figma|purl\.org|creativecommons|1999/02/22-rdf|boxy-svg|vectornator|"
    r"krita|corel|affinity|graph|librecad|openoffice|xml-events|bohemian"
)
# Properties that colour and place a shape or a letter: they fetch nothing, and nothing moves.
_PROPERTY = re.compile(
    r"(?:fill|stroke|stop|font)(?:-[a-z-]+)?|(?:-inkscape|marker|text)-[a-z-]+|marker|opacity|color(?:-[a-z-]+)?|"
    r"clip-path|clip-rule|mask|mask-type|display|visibility|overflow|isolation|mix-blend-mode|enable-background|"
    r"paint-order|vector-effect|dominant-baseline|alignment-baseline|baseline-shift|letter-spacing|word-spacing|"
    r"line-height|white-space|direction|writing-mode|block-progression|shape-rendering|image-rendering|"
    r"solid-color|solid-opacity|transform|transform-box|transform-origin|filter|inline-size|shape-padding|width|"
    r"height"
)
_ATTRIBUTE = re.compile(
    r"x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|fx|fy|fr|d|points|width|height|viewBox|version|baseProfile|id|class|offset|style|"
    r"type|gradientUnits|gradientTransform|spreadMethod|preserveAspectRatio|role|aria-[a-z]+|data-name|xml:space|"
    r"xml:lang|xml:id|lang|dx|dy|rotate|textLength|lengthAdjust|maskUnits|maskContentUnits|clipPathUnits|href|xlink:href|"
    r"focusable|pathLength|refX|refY|tabindex|media"
)
_WORDS_IN = re.compile(
    r"id|class|role|aria-[a-z]+|data-name|xml:lang|xml:id|lang|type|media|font-family|font"
)
_TOLD = ("aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "aria-placeholder")
_LEADS_OUT = re.compile(
    r"(?:url|src|image(?:-set)?|element|attr|var|env)\(\s*[\"']?(?!#|[\"'\s])|[a-z]:|//|\\|&|@|expression",
    re.I,
)
_HUGE = re.compile(r"(?<![\d.])\d{8,}|\d[eE]\+?0*(?:[6-9]|[1-9]\d)")
_SELECTOR = re.compile(r"[.#]?[A-Za-z_][\w-]*")

_EFFECT = (
    "an effect (a filter, a pattern, a marker or the like) is drawn slowly by an old phone, or not at all",
    "turn it into plain shapes in the picture program, or export the picture as .png",
)
_SHAPES_ONLY = "draw with shapes only"
_PLAIN = (
    "in Inkscape, Save a Copy as “Optimized SVG” without editor data and metadata; in Illustrator, Export As"
    " SVG with Presentation Attributes; in Figma, export the flattened shape"
)


def check(data: bytes, path: str, country: str) -> tuple[list[Fault], float]:
    """What is wrong with a drawing, and how many times as high as wide it is.

    In: the bytes, the path for messages and the country. Refused are programs, what is fetched, moves or
    multiplies, contacts in words however they are placed, words that can't be seen, an editor's notes.
    One line a cause.
    """
    notes = Notes(path)
    root = _read(data, notes)
    ratio = 1.0
    if root is not None and not notes.found:
        _apply_styles(root, notes)
        ratio = measure(root, notes)
        count(root, notes)
        _read_words(root, notes, country)
    return sorted(set(notes.faults()))[:20], ratio


def _read(data: bytes, notes: Notes) -> Element | None:
    parser = xml.parsers.expat.ParserCreate("utf-8", " ")
    parser.namespace_prefixes = True
    parser.buffer_text = True
    open_elements: list[Element] = []
    roots: list[Element] = []
    seen = 0

    def start(name: str, found: dict[str, str]) -> None:
        nonlocal seen
        seen += 1
        line = parser.CurrentLineNumber
        space, tag, shown = _split(name)
        if not roots and (tag != "svg" or space not in (_SVG, "")):
            notes.add(
                "the file is not what its ending .svg says: it is no drawing", "save it anew as SVG", line
            )
            raise Stop
        if not roots and not space:
            notes.add(f"the drawing lacks xmlns=“{_SVG}”: browsers show nothing", "save it anew as SVG", line)
            raise Stop
        if seen > MAX_SHAPES or len(open_elements) >= MAX_DEPTH:
            what = f"the drawing has more than {MAX_SHAPES:,} shapes, or nests them {MAX_DEPTH} deep"
            notes.add(what, "make it simpler, or export it as .png", line)
            raise Stop
        refused = _judge_tag(space, tag, shown)
        if refused:
            notes.add(*refused, line)
        element = Element(tag, {} if refused else _attributes(shown, found, line, notes), line)
        if open_elements:
            open_elements[-1].children.append(element)
            open_elements[-1].parts.append(element)
        else:
            roots.append(element)
        open_elements.append(element)

    def words(text: str) -> None:
        if open_elements:
            open_elements[-1].parts.append(text)

    def doctype(_: str, system: str | None, __: str | None, inside: int) -> None:
        if inside or not re.fullmatch(r"https?://www\.w3\.org/[\w./-]{1,80}", system or ""):
            what = "a document type in a picture can grow without end or fetch something"
            notes.add(what, "delete the line <!DOCTYPE …>", parser.CurrentLineNumber)
            raise Stop

    def instruction(target: str, _: str) -> None:
        if target == "xpacket":
            notes.add(*_editor(), parser.CurrentLineNumber)
        else:
            what = f"<?{printable(target)} …> in a picture could fetch something"
            notes.add(what, "delete it", parser.CurrentLineNumber)

    def declaration(_: str, encoding: str | None, __: int) -> None:
        if (encoding or "utf-8").lower() != "utf-8":
            what = f"the picture is written in {printable(encoding or '')}"
            notes.add(what, "save it with the encoding UTF-8", parser.CurrentLineNumber)
            raise Stop

    parser.XmlDeclHandler = declaration
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_elements.pop()
    parser.StartDoctypeDeclHandler = doctype
    parser.ProcessingInstructionHandler = instruction
    parser.CharacterDataHandler = words
    try:
        parser.Parse(data.removeprefix(b"\xef\xbb\xbf"), True)
    except Stop:
        return None
    except xml.parsers.expat.ExpatError as error:
        told = xml.parsers.expat.errors.messages[error.code]
        notes.add(f"the picture can't be read: {told}", "save it anew", error.lineno)
        return None
    return roots[0] if roots else None


def _split(name: str) -> tuple[str, str, str]:
    """A name as expat gives it: "namespace tag prefix", as namespace, tag, and what the file shows."""
    parts = name.split(" ")
    if len(parts) == 1:
        return "", name, name
    return parts[0], parts[1], f"{parts[2]}:{parts[1]}" if len(parts) > 2 else parts[1]


def _editor() -> tuple[str, str]:
    return "the drawing holds notes of the program that made it, which can name a person or a folder", _PLAIN


def _judge_tag(space: str, tag: str, shown: str) -> tuple[str, str] | None:
    """Why an element is refused and what to do; None for one that may stay."""
    shown = printable(shown, 40)
    if space != _SVG and _EDITORS.search(space):
        return _editor()
    if space != _SVG:
        what = f"<{shown}> is of another namespace: it could run a program or fetch something"
        return what, _SHAPES_ONLY
    if _MOVING.fullmatch(tag):
        return f"<{shown}> makes the picture move: flashes can bring on a seizure", "draw it still"
    if _EFFECTS.fullmatch(tag):
        return _EFFECT
    if not _TAG.fullmatch(tag):
        return f"<{shown}> in a picture could run a program or fetch something", _SHAPES_ONLY
    return None


def _attributes(shown: str, found: dict[str, str], line: int, notes: Notes) -> dict[str, str]:
    plain: dict[str, str] = {}
    for full, value in found.items():
        space, name, written = _split(full)
        if space and space not in (_XLINK, _XML):
            notes.add(*_editor() if _EDITORS.search(space) else _unknown(written, shown), line)
            continue
        if space:
            name = ("xlink:" if space == _XLINK else "xml:") + name
        if name == "style":
            plain |= _declarations(value, line, notes)
        elif _ATTRIBUTE.fullmatch(name) or _PROPERTY.fullmatch(name):
            _judge_value(name, value, line, notes)
            plain.setdefault(name.removeprefix("xlink:"), value)
        else:
            notes.add(*_unknown(name, shown), line)
    return plain


def _unknown(name: str, tag: str) -> tuple[str, str]:
    return (
        f"{printable(name, 30)} on <{printable(tag, 30)}> is not a plain property of a drawing",
        "delete it",
    )


def _declarations(style: str, line: int, notes: Notes) -> dict[str, str]:
    """The properties of a style attribute or of a rule: “fill:#000;stroke:none”."""
    plain = {}
    for declaration in style.split(";"):
        name, colon, value = (part.strip() for part in declaration.partition(":"))
        if not colon and not name:
            continue
        if not _PROPERTY.fullmatch(name):
            moves = name.startswith(("animation", "transition"))
            told = "makes the picture move" if moves else "is not a plain property of a drawing"
            notes.add(f"style “{printable(name, 30)}” {told}", _PLAIN, line)
            continue
        if not name.startswith("-"):
            value = value.removesuffix("!important").strip()
            _judge_value(name, value, line, notes)
            plain[name] = value
    return plain


def _judge_value(name: str, value: str, line: int, notes: Notes) -> None:
    if name.endswith("href"):
        if not re.fullmatch(r"#[^\s#()<>\"']+", value):
            what = f"“{printable(value)}” is fetched from elsewhere: its owner would see readers"
            notes.add(what, "delete it", line)
    elif name == "filter" and value != "none":
        notes.add(*_EFFECT, line)
    elif _WORDS_IN.fullmatch(name):
        return
    elif _LEADS_OUT.search(value):
        notes.add(f"“{printable(value)}” leads out of the picture", "delete it", line)
    elif not name.endswith(("color", "fill", "stroke")) and _HUGE.search(value):
        what = f"“{printable(value, 30)}” is a measure that no screen has"
        notes.add(what, "draw within a thousand points", line)


def _apply_styles(root: Element, notes: Notes) -> None:
    """Give each element what a <style> of classes says; anything else in one is refused."""
    rules: list[tuple[str, dict[str, str]]] = []
    for element in root.walk():
        if element.tag != "style":
            continue
        sheet = "".join(part for part in element.parts if isinstance(part, str))
        for piece in sheet.split("}"):
            heads, brace, body = piece.partition("{")
            selectors = [head.strip() for head in heads.split(",")]
            if not brace and not heads.strip():
                continue
            if not brace or "/*" in piece or not all(map(_SELECTOR.fullmatch, selectors)):
                notes.add("<style> holds more than colours and lines of classes", _PLAIN, element.line)
                return
            declared = _declarations(body, element.line, notes)
            rules += [(selector, declared) for selector in selectors]
    if len(rules) > 500:
        notes.add("<style> has more than 500 rules", _PLAIN)
        return
    by_name: dict[str, dict[str, str]] = {}
    for selector, declared in rules:
        by_name.setdefault(selector, {}).update(declared)
    for element in root.walk() if rules else ():
        names = [element.tag, *(f".{c}" for c in element.attributes.get("class", "").split()[:20])]
        for name in [*names, f"#{element.attributes.get('id', '')}"]:
            element.attributes |= by_name.get(name, {})


def _read_words(root: Element, notes: Notes, country: str) -> None:
    """Note contacts in all words of a drawing, as the file and as the eye puts them together."""
    told = [e.attributes[n] for e in root.walk() for n in e.attributes if n in _TOLD]
    for element in root.walk():
        if element.tag == "metadata" and (element.children or any(str(p).strip() for p in element.parts)):
            notes.add(*_editor(), element.line)
        elif element.tag in ("title", "desc"):
            told.append(" ".join(part for part in element.parts if isinstance(part, str)))
    glyphs = lettering.glyphs(root)
    if len(glyphs) + sum(map(len, told)) > MAX_LETTERS:
        notes.add(f"the drawing has more than {MAX_LETTERS:,} letters", "write the text on the page instead")
        return
    if hidden := lettering.unseen(glyphs):
        notes.add(f"the drawing holds words that can't be seen: “{printable(hidden, 40)}”", "delete them")
    for reading in dict.fromkeys((*told, *lettering.readings(glyphs))):
        for found in addresses.find(reading, country):
            notes.add(*addresses.describe(found))
        for problem in characters.check(reading, ""):
            notes.add(problem.what, problem.todo)
