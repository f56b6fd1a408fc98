"""The colours and the type of a site: what the theme sets, what the site's `style/own.css` sets in its place.

What own.css says is put where `style/palette.css` and `style/fixed.css` say it, so that a look of one's own
weighs nothing. What stands on what, and how well it must be seen, is a table in the comment of palette.css.
"""

from __future__ import annotations

import difflib
import itertools
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import lightningcss
from PIL import ImageColor

from safepage.faults import Fault, short

PALETTE, FIXED, OWN = "style/palette.css", "style/fixed.css", "style/own.css"
DAY, NIGHT = "by day", "by night"
LEAST = {"--size": 1, "--leading": 1.5, "--measure": 20}  # smaller, and a text is hard to read

_SCHEMES = {(":root",): DAY, ("@media(prefers-color-scheme:dark)", ":root"): NIGHT}
_OPEN = {scheme[:number] for scheme in _SCHEMES for number in (1, 2)}
_ASIDE = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'|/\*.*?(?:\*/|\Z)', re.DOTALL)
_STATEMENT = re.compile(r"""((?:"[^"\n]*"|'[^'\n]*'|[^{};])*)([{};]|\Z)""")
_SET = re.compile(r"\s*(--[\w-]+)\s*:\s*(.*)", re.DOTALL)
_PAIRS = re.compile(r"^ *([\d.]+):1 on ([\w-]+): ([\w -]+)$", re.MULTILINE)
_COLOUR = re.compile(r"a\{color:([^;{}]+)")
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)(rem)?")
_FAMILY = r"""(?:"[\w .-]+"|'[\w .-]+'|[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)*)"""
_FAMILIES = re.compile(rf"(?:{_FAMILY}\s*,\s*)*(?:serif|sans-serif|monospace|system-ui)")
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_FETCHES = re.compile(r"url\s*\(|image|src\s*\(|\\|//", re.IGNORECASE)
_OLD = ["chrome >= 80", "safari >= 13.1"]  # a colour that these know, every browser of a reader does
_FORM = "write :root { --accent: #003c8f; }, for the night within @media (prefers-color-scheme: dark) { … }"


@dataclass(frozen=True)
class Set:
    """A variable that a sheet sets: where its value stands in the text, and in which line."""

    scheme: str
    name: str
    value: str
    start: int
    line: int


def applied(
    sheets: Mapping[str, str], paths: Mapping[str, str], tables: str
) -> tuple[dict[str, str], list[Fault]]:
    """The sheets with a site's own look, and what is wrong with it.

    In: the text of each sheet by its name, none of them broken; how messages call it; what holds the tables.
    Out: the sheets without own.css and fixed.css, which have gone into the others.
    """
    fixed = {one.name for one in variables(sheets.get(FIXED, ""))}
    theme = [*variables(sheets.get(PALETTE, "")), *variables(sheets.get(FIXED, ""))]
    known = {one.name: one.value for one in reversed(theme) if _kept(one.name, one.value, one.value)}
    found = list(_own(sheets.get(OWN, ""), known, fixed, paths.get(OWN, "")))
    own = {(one.scheme, one.name): one for one in found if isinstance(one, Set)}
    values = {key: one.value for key, one in own.items()}
    faults = [one for one in found if isinstance(one, Fault)]
    for keys, what, todo in faint({**{(one.scheme, one.name): one.value for one in theme}, **values}, tables):
        line = next((own[key].line for key in keys if key in own), 0)
        faults.append(Fault(paths[OWN if line else PALETTE], line, what, todo))
    put = {name: values.get((DAY, name), known[name]) for name in fixed if name in known}
    rest = {name: _put(text, put) for name, text in sheets.items() if name not in (OWN, FIXED)}
    if PALETTE in rest:
        rest[PALETTE] = _filled(rest[PALETTE], {key: it for key, it in values.items() if key[1] not in fixed})
    return rest, faults


def _put(sheet: str, values: Mapping[str, str]) -> str:
    """A sheet with the values of these variables in place of their names."""
    return _USED.sub(lambda used: values.get(used[1], used[0]), sheet)


def _filled(palette: str, values: Mapping[tuple[str, str], str]) -> str:
    """The palette with other values; one for the night that it has by day alone comes at its end."""
    rest = dict(values)
    for one in reversed(variables(palette)):
        if value := values.get((one.scheme, one.name)):
            palette = palette[: one.start] + value + palette[one.start + len(one.value) :]
            rest.pop((one.scheme, one.name), None)
    added = "".join(f"{name}: {value};" for (_, name), value in rest.items())
    return palette + (f"@media (prefers-color-scheme: dark) {{ :root {{ {added} }} }}\n" if added else "")


def variables(sheet: str) -> list[Set]:
    """The variables that a sheet sets for the whole page, by day or by night."""
    return [found for found in _read(sheet) if isinstance(found, Set)]


def _read(sheet: str) -> Iterator[Set | int]:
    """Each variable that is set, and the line of whatever else there is; of a block only its first line."""
    text = _ASIDE.sub(
        lambda found: found[0] if found[0][0] in "\"'" else re.sub(r"[^\n]", " ", found[0]), sheet
    )
    within: list[str] = []
    for statement in _STATEMENT.finditer(text):
        words, end = statement[1], statement[2]
        start = statement.start() + len(words) - len(words.lstrip())
        line = text.count("\n", 0, start) + 1
        if end == "{":
            within.append(re.sub(r"\s+", "", words).lower())
            if tuple(within) not in _OPEN and tuple(within[:-1]) in {(), *_OPEN}:
                yield line
            continue
        scheme, found = _SCHEMES.get(tuple(within)), _SET.match(words)
        if words.strip() and scheme and found:
            yield Set(scheme, found[1], found[2].rstrip(), statement.start() + found.start(2), line)
        elif words.strip() and tuple(within) in {(), *_OPEN}:
            yield line
        if end == "}" and within:
            within.pop()


def _own(sheet: str, known: Mapping[str, str], fixed: set[str], path: str) -> Iterator[Set | Fault]:
    """What a site sets, as every browser reads it, or what is wrong with it."""
    for found in _read(sheet):
        if isinstance(found, int):
            yield Fault(path, found, "here stands something else than a colour or size of the theme", _FORM)
        elif found.name not in known:
            near = difflib.get_close_matches(found.name, known, n=1)
            todo = f"write {near[0]}" if near else f"write one of {', '.join(sorted(known))}"
            yield Fault(path, found.line, f"the theme has no {short(found.name)}", todo)
        elif _FETCHES.search(found.value):
            what = f"{found.name}: “{short(found.value)}” would have every reader ask for a file"
            yield Fault(
                path, found.line, what, "write a colour, a size, or fonts that are on the reader's device"
            )
        elif found.scheme == NIGHT and found.name in fixed:
            what = f"{found.name} is the same by day and by night"
            yield Fault(path, found.line, what, "write it in the :root that stands in no @media")
        elif value := _kept(found.name, found.value, known[found.name]):
            yield Set(found.scheme, found.name, value, found.start, found.line)
        else:
            what = f"{found.name}: “{short(found.value)}” is not {_kind(found.name, known[found.name])}"
            yield Fault(path, found.line, what, f"write it like {known[found.name]}")


def _kept(name: str, value: str, example: str) -> str:
    """A value of the same kind as the example, as every browser reads it; "" for another."""
    if _colour(example):
        return _colour(value)
    if number := _NUMBER.fullmatch(example):
        mine = _NUMBER.fullmatch(value)
        return value if mine and mine[2] == number[2] and float(mine[1]) >= LEAST.get(name, 0) else ""
    return value if _FAMILIES.fullmatch(example) and _FAMILIES.fullmatch(value) else ""


def _kind(name: str, example: str) -> str:
    """What a value has to be, in words."""
    if _colour(example):
        return "a colour that can't be seen through"
    if number := _NUMBER.fullmatch(example):
        return f"a number{' of rem' if number[2] else ''}, {LEAST.get(name, 0)} or more"
    return "a list of fonts that ends in serif, sans-serif, monospace or system-ui"


@lru_cache(maxsize=256)
def _colour(value: str) -> str:
    """A colour as old browsers read it, such as "#0b4f52"; "" for what is none or lets others through."""
    try:
        sheet = lightningcss.process_stylesheet(
            f"a{{color:{value}}}", filename="", minify=True, browsers_list=_OLD
        )
        found = _COLOUR.match(sheet)
        colour = found[1] if found else ""
        return colour if len(ImageColor.getrgb(colour)) == 3 else ""
    except ValueError:
        return ""


def faint(
    values: Mapping[tuple[str, str], str], tables: str
) -> Iterator[tuple[list[tuple[str, str]], str, str]]:
    """The pairs of colours that can't be told apart well enough: which two, what is wrong, what to do.

    In: the value of each variable by day and by night (one that is set by day alone holds at night too); the
    tables.
    """
    pairs = [(least, ground, text) for least, ground, row in _PAIRS.findall(tables) for text in row.split()]
    for (least, ground, text), scheme in itertools.product(dict.fromkeys(pairs), (DAY, NIGHT)):
        keys = [_key(values, scheme, name) for name in (text, ground)]
        front, behind = (_colour(values.get(key, key[1].lstrip("-"))) for key in keys)
        if front and behind and (ratio := contrast(front, behind)) < float(least):
            shown = f"{math.floor(ratio * 100) / 100:g}:1"
            what = f"{scheme} {text} ({front}) on {ground} ({behind}) has a contrast of {shown}"
            yield keys, what, f"make one of them darker or lighter: readers need {least}:1"


def _key(values: Mapping[tuple[str, str], str], scheme: str, name: str) -> tuple[str, str]:
    return (scheme, f"--{name}") if (scheme, f"--{name}") in values else (DAY, f"--{name}")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    less, more = sorted(map(_luminance, (one, other)))
    return (more + 0.05) / (less + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
