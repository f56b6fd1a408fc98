"""SVG: shapes and words, drawn soon, still, readable by everyone, and nothing else."""

from __future__ import annotations

import io
import random
import time
from pathlib import Path

import material
import pytest
import segno

from safepage.faults import Fault
from safepage.gate.pictures import drawings, pictures

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90">{}<path d="M0 0h9v9z" fill="#0b4f52"/></svg>'
)


def check(drawing: str) -> list[Fault]:
    start = time.perf_counter()
    found = pictures.check(drawing.encode("utf-8", "surrogatepass"), ".svg", "docs/assets/x.svg", "BE")
    assert time.perf_counter() - start < 5
    for fault in found:
        assert "\n" not in str(fault) and str(fault).isprintable(), str(fault)
        assert len(fault.what) < 300 and len(fault.todo) < 300, str(fault)
    return found


def texts(*placed: tuple[str, float, float], more: str = "") -> str:
    return "".join(f'<text x="{x}" y="{y}" {more}>{words}</text>' for words, x, y in placed)


ACTIVE = {
    "<script>x</script>": "<script>",
    "<foreignObject><p>x</p></foreignObject>": "<foreignObject>",
    '<image href="x.png"/>': "<image>",
    '<a href="#x"><path/></a>': "<a>",
    "<style>@import url(//evil.example)</style>": "<style>",
    "<style>path{fill:url(//evil.example)}</style>": "leads out",
    "<style>path{animation:x 1s infinite}</style>": "animation",
    "<style>@keyframes x{0%{opacity:0}}</style>": "<style>",
    "<style>path:hover{fill:red}</style>": "<style>",
    "<style>/* a */ path{fill:red}</style>": "<style>",
    '<animate attributeName="href" values="javascript:x"/>': "move",
    '<set attributeName="onload" to="x"/>': "move",
    '<animateTransform attributeName="transform" type="rotate" dur=".1s"/>': "flashes",
    "<filter><feGaussianBlur stdDeviation='99'/></filter>": "effect",
    "<pattern id='p'><path d='M0 0'/></pattern>": "effect",
    "<marker id='m'><path d='M0 0'/></marker>": "effect",
    '<path onclick="x"/>': "onclick",
    '<path style="fill:url(//evil.example)"/>': "leads out",
    '<path style="transition:all 1s"/>': "transition",
    '<path fill="url(https://evil.example/x#a)"/>': "leads out",
    '<path fill="url( //evil.example )"/>': "leads out",
    '<path fill="u&#x5c;72l(x)"/>': "leads out",
    "<path mask=\"image-set('x.png' 1x)\"/>": "leads out",
    "<path fill=\"src('x.png')\"/>": "leads out",
    '<use href="https://evil.example/x.svg#a"/>': "fetched",
    '<use href="data:image/svg+xml,x"/>': "fetched",
    '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="//evil.example#a"/>': "fetched",
    '<x:script xmlns:x="http://www.w3.org/1999/xhtml">x</x:script>': "x:script",
    '<g xmlns="http://www.w3.org/1999/xhtml"/>': "namespace",
    "<?xml-stylesheet href='//evil.example'?>": "xml-stylesheet",
    "<unclosed>": "<unclosed>",
    "<g>": "can't be read",
    "&unknown;": "can't be read",
    '<path d="M0 0h123456789"/>': "no screen has",
    '<path transform="scale(1e9)"/>': "no screen has",
}  # fmt: skip

PHONE = "025116465"
NUMBERS = {
    "whole": "<text>Call 02 511 64 65</text>",
    "in pieces": "<text>02<tspan> 511 64</tspan> 65</text>",
    "in texts side by side": texts(("02 511", 0, 20), ("64 65", 54, 20), more='font-size="16"'),
    "a digit each": texts(*((c, 9 * n, 20) for n, c in enumerate(PHONE))),
    "in any order": texts(*random.Random(3).sample([(c, 9.0 * n, 20.0) for n, c in enumerate(PHONE)], 9)),
    "from the right": texts(*((c, 80 - 9 * n, 20) for n, c in enumerate("564611520"))),
    "by a list of places": f'<text y="20" x="{" ".join(str(80 - 9 * n) for n in range(9))}">564611520</text>',
    "by steps back": f'<text y="20" x="80" dx="{"0 " + "-18 " * 8}">564611520</text>',
    "moved by groups": "".join(
        f'<g transform="translate({9 * n} 20)"><text>{c}</text></g>' for n, c in enumerate(PHONE)
    ),
    "scaled": '<g transform="scale(.5)">' + texts(*((c, 9 * n, 40) for n, c in enumerate(PHONE))) + "</g>",
    "on end": texts(*((c, 20, 16 * n) for n, c in enumerate(PHONE))),
    "beside clear words": '<text>02 5<tspan fill-opacity="0">and then</tspan>11 64 65</text>',
    "among white words": texts(("02", 0, 20), ("511", 24, 20), ("64", 60, 20), ("65", 82, 20))
    + '<text x="0" y="20" fill="#fff">99x9x9x9</text>',
    "among small words": '<text font-size="20">02 5<tspan font-size=".1">or 9 of x</tspan>11 64 65</text>',
    "in the title": "<title>02 511 64 65</title>",
    "in a label": '<g aria-label="02 511 64 65"/>',
    "spelt in other digits": "<text>٠٢ ٥١١ ٦٤ ٦٥</text>",
    "in a clip": "<clipPath id='c'><text>02 511 64 65</text></clipPath>",
}  # fmt: skip

WORDS = {
    "<text>&#x202e;x</text>": "order of letters",
    "<title>evil.com</title>": "outside address",
    "<text>evil<tspan>.com</tspan></text>": "outside address",
    "<text>Рayoke</text>": "mixes letters",
    '<text fill="none">hidden words</text>': "can't be seen",
    '<g opacity="0"><text>hidden words</text></g>': "can't be seen",
    '<g opacity=".3"><g opacity=".3"><text>hidden words</text></g></g>': "can't be seen",
    '<path d="M0 0h9" aria-description="Call 0470 12 34 56"/>': "phone number",
    '<path d="M0 0h9" aria-roledescription="evil.com"/>': "outside address",
    '<text display="none">hidden words</text>': "can't be seen",
    '<text fill="transparent">hidden words</text>': "can't be seen",
    '<text style="visibility:hidden">hidden words</text>': "can't be seen",
    '<text fill="#00000000">hidden words</text>': "can't be seen",
    '<text fill="rgba(0, 0, 0, .05)">hidden words</text>': "can't be seen",
    '<text fill="rgb(0 0 0 / 2%)">hidden words</text>': "can't be seen",
    "<style>.h{fill-opacity:0}</style><text class='h'>hidden words</text>": "can't be seen",
    "<text>" + "word " * 1200 + "</text>": "letters",
    '<defs><text id="d">1</text></defs><use href="#d"/>': "second time",
}


def laughs(levels: int, times: int) -> str:
    groups = '<g id="a0"><path d="M0 0h1"/></g>'
    for n in range(1, levels):
        groups += f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * times + "</g>"
    return f"<defs>{groups}</defs><use href='#a{levels - 1}'/>"


def masks(levels: int) -> str:
    made = '<mask id="m0"><path d="M0 0h9"/></mask>'
    for n in range(1, levels):
        made += f'<mask id="m{n}">' + f'<path mask="url(#m{n - 1})" d="M0 0"/>' * 2 + "</mask>"
    return made + f'<path mask="url(#m{levels - 1})" d="M0 0h9v9z"/>'


HEAVY = {
    "use of use": (laughs(20, 10), "comes to"),
    "use of use, with prefix": (laughs(30, 2), "comes to"),
    "many uses of a path": (f'<path id="p" d="M0 0{"h1" * 20_000}"/>' + '<use href="#p"/>' * 200, "comes to"),
    "itself": ('<g id="a"><use href="#a"/></g>', "draws itself"),
    "each other": ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "draws itself"),
    "a mask of itself": ('<mask id="m"><g mask="url(#m)"><path d="M0 0"/></g></mask>', "draws itself"),
    "a clip of itself": ('<clipPath id="m" clip-path="url(#m)"><path d="M0 0"/></clipPath>', "draws itself"),
    "masks of masks": (masks(10), "masks"),
    "by class": ("<style>.a{mask:url(#m0)}</style>" + '<g class="a"><path d="M0 0"/></g>' * 400, "masks"),
    "transparent groups": ('<g opacity=".9"><path d="M0 0"/></g>' * 400, "transparent groups"),
    "too many shapes": ("<path/>" * 6000, "more than 5,000 shapes"),
    "nested": ("<g>" * 2000 + "</g>" * 2000, "nests them"),
    "a chain of uses": (
        "".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(2000)),
        "draws itself",
    ),
    "dashes": ('<path d="M0 0h99999" stroke="#000" stroke-dasharray=".0001"/>', "dashes"),
    "dashes of a group": ('<g stroke-dasharray=".00001"><path d="M0 0h999" stroke="#000"/></g>', "dashes"),
}  # fmt: skip


def exported(program: str) -> str:
    file = Path(__file__).parents[2] / "fixtures/drawings" / f"{program}.svg"
    return file.read_text(encoding="utf-8")


PROGRAMS = {
    "Inkscape, as it saves": exported("inkscape"),
    "metadata": SVG.format(
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><cc:Work><dc:creator>Anna</dc:creator></cc:Work></rdf:RDF></metadata>'
    ),
    "Adobe": SVG.format(
        '<?xpacket begin=""?><i:pgf xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/">x</i:pgf>'
    ),
}

FINE = {
    "Inkscape, plain": exported("inkscape-plain"),
    "Illustrator": exported("illustrator"),
    "Figma": exported("figma"),
    "symbols": SVG.format(
        '<symbol id="s" viewBox="0 0 9 9"><path d="M0 0h9"/></symbol>' + '<use href="#s" x="9"/>' * 40
    ),
    "a chart": SVG.format(
        texts(*((str(20 * n), 0, 90 - 15 * n) for n in range(6)), more='font-size="6"')
        + texts(*((str(2015 + n), 5 + 60 * n, 99) for n in range(9)), more='font-size="8"')
        + texts(*((str(v), 5 + 60 * n, 50) for n, v in enumerate((151, 118, 134, 98))), more='font-size="8"')
    ),
    "steps": SVG.format(texts(("1", 0, 20), ("Ask", 20, 20), ("2", 0, 60), ("Listen", 20, 60), ("3", 0, 90))),
    "steps in a row": SVG.format(texts(*((str(n), 10 * n, 20) for n in range(1, 9)))),
    "ages": SVG.format(texts(("0-11", 0, 20), ("12-17", 0, 40), ("18-25", 0, 60))),
    "other languages": SVG.format(texts(("Чи в безпеці?", 0, 20), ("هل أنت بأمان؟", 0, 60), ("安全", 0, 90))),
    "a label with a colon": SVG.format(
        '<g role="img" aria-label="Step 2: a door"><title>Door: open</title></g>'
    ),
    "an empty metadata": SVG.format('<metadata id="m"/><desc>A door</desc>'),
    "dashes": SVG.format('<path d="M0 0h90v90" stroke="#000" stroke-dasharray="2 1"/>'),
    "of no stated size": '<svg xmlns="http://www.w3.org/2000/svg"><circle cx="50" cy="50" r="40"/></svg>',
    "wide": '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="60"><circle r="40"/></svg>',
    "a mark of order": "\ufeff" + SVG.format(""),
    "prefixed": '<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><s:path d="M0 0h9"/></s:svg>',
}  # fmt: skip


def missed(cases: dict[str, str]) -> list[tuple[str, list[str]]]:
    """The cases whose drawing gets no line with the reason, or more than two lines."""
    wrong = []
    for inside, reason in cases.items():
        found = [fault.what for fault in check(SVG.format(inside))]
        if not any(reason in what for what in found) or len(found) > 2:
            wrong.append((inside[:90], found))
    return wrong


def test_what_runs_fetches_or_moves_is_refused() -> None:
    assert not missed(ACTIVE)


def test_a_number_is_found_however_it_is_placed() -> None:
    found = {name: check(SVG.format(inside)) for name, inside in NUMBERS.items()}
    assert not {name: f for name, f in found.items() if not any("phone number" in fault.what for fault in f)}


def test_words_that_lead_away_deceive_or_hide_are_refused() -> None:
    assert not missed(WORDS)


@pytest.mark.parametrize("name", HEAVY)
def test_a_drawing_that_multiplies_is_refused_before_it_is_drawn(name: str) -> None:
    inside, reason = HEAVY[name]
    found = check(SVG.format(inside))
    assert len(found) == 1 and reason in found[0].what, found


def test_what_the_counts_let_through_is_stopped_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_SECONDS", 0.001)
    assert any("hold up the page" in fault.what for fault in check(SVG.format("")))


def test_an_editors_notes_are_one_line_that_says_what_to_choose() -> None:
    for name, drawing in PROGRAMS.items():
        found = check(drawing)
        assert len(found) == 1, (name, found)
        assert "notes of the program" in found[0].what and "Optimized SVG" in found[0].todo


def test_a_fault_at_every_shape_is_one_line() -> None:
    (fault,) = check(SVG.format('<path onclick="x"/>' * 50))
    assert "50 times" in fault.what
    shadow = '<filter id="a"><feFlood/><feBlend in="b"/><feOffset dy="4"/></filter><g filter="url(#a)"/>'
    (fault,) = check(SVG.format(shadow * 9))
    assert "effect" in fault.what


@pytest.mark.slow
def test_what_picture_programs_export_passes() -> None:
    assert not {name: found for name, drawing in FINE.items() if (found := check(drawing))}


def test_the_icons_of_the_theme_pass() -> None:
    icons = sorted(Path(material.__file__).parent.glob("templates/.icons/**/*.svg"))[::60]
    icons += sorted((Path(__file__).parents[3] / "overrides").rglob("*.svg"))
    assert len(icons) > 150
    refused = {i.name: f for i in icons if (f := drawings.check(i.read_bytes(), i.name, "BE")[0])}
    assert not refused


@pytest.mark.parametrize("dark", ["#000", "#fff", "#0b4f52"])
def test_a_code_in_a_drawing_is_found(dark: str) -> None:
    out = io.BytesIO()
    segno.make("https://evil.example/abc").save(
        out, kind="svg", dark=dark, scale=2, svgclass=None, lineclass=None
    )
    assert any("a code (" in fault.what for fault in check(out.getvalue().decode()))


def test_a_document_type_that_grows_is_refused_unread() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + SVG.format("<title>&b;</title>")
    (fault,) = check(bomb)
    assert "document type" in fault.what
    assert "document type" in check('<!DOCTYPE svg SYSTEM "http://evil.example/x.dtd">' + SVG)[0].what


@pytest.mark.parametrize("encoding", ["utf-7", "ISO-2022-JP", "no-such"])
def test_a_picture_in_another_encoding(encoding: str) -> None:
    found = check(f'<?xml version="1.0" encoding="{encoding}"?>' + SVG)
    assert [fault.what for fault in found] == [f"the picture is written in {encoding}"]


def test_a_damaged_or_hostile_drawing_ends_in_lines_soon() -> None:
    chance = random.Random(5)
    good = list(FINE.values())
    for number in range(150):
        letters = list(good[number % len(good)])
        for _ in range(chance.randint(1, 3)):
            letters[chance.randrange(len(letters))] = chance.choice("<>&\"'/=#(){};:\\ 0a\u202e\x01")
        drawings.check("".join(letters).encode(), "x.svg", "BE")
    for piece in ("<!-- -->", "<g ", "url(", "a:", "{", "};", "/*", " ", "-1e", "rotate(", "&"):
        many = piece * (100_000 // len(piece))
        inert = many.replace("<", "").replace("&", "")
        inside = [many, f"<style>{inert}</style>", f"<text x='{inert}'>a</text>"]
        inside += [
            f'<path {name}="{inert}"/>' for name in ("d", "style", "transform", "class", "stroke-dasharray")
        ]
        for drawing in (f"{many}<svg", *map(SVG.format, inside)):
            start = time.perf_counter()
            drawings.check(drawing.encode(), "x.svg", "BE")
            assert time.perf_counter() - start < 5
