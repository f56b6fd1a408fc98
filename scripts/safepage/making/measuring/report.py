"""Writes what was measured as tables in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from safepage.making.measuring import peers, rebuilding

KINDS = {"document": "HTML", "stylesheet": "style", "script": "scripts", "font": "fonts", "image": "images"}


def tables(found: dict[str, Any]) -> str:
    """The tables, for people. In: what `measure.py` found; of each table, if it was asked for."""
    parts = [f"Measured on {found['machine']}. Times depend on the machine; all were taken in one run."]
    parts += [made(found[name]) for name, made in _TABLES.items() if name in found]
    parts += [f"{peers.PEERS[name].title} was not measured: {why}" for name, why in found["absent"].items()]
    return "\n\n".join(parts)


def _view(views: dict[str, Any]) -> str:
    kinds = [kind for kind in KINDS if any(kind in view["bytes"]["gzip"] for view in views.values())]
    rows: list[list[str]] = [["requests", *(str(view["requests"]) for view in views.values())]]
    rows.append(["… to third parties", *(", ".join(v["third_parties"]) or "none" for v in views.values())])
    for encoding, name in (("gzip", "gzip"), ("br", "brotli")):
        rows.append([f"bytes, {name}", *(f"{sum(v['bytes'][encoding].values()):,}" for v in views.values())])
        for kind in kinds:
            sizes = [f"{view['bytes'][encoding].get(kind, 0):,}" for view in views.values()]
            rows.append([f"… {KINDS[kind]}", *sizes])
    for paint in ("first", "largest"):
        rows.append([f"{paint} paint", *(_time(view["paints"][paint]) for view in views.values())])
    rows.append(
        ["longest task", *(f"{view['task']:.0f} ms" if view["task"] else "–" for view in views.values())]
    )
    exits = [view["exit"] for view in views.values()]
    rows.append(
        ["from the exit's tap to an empty page", *(f"{t:.1f} ms" if t is not None else "–" for t in exits)]
    )
    title = "First view of “Recognise” (400 ms round trip, 400 kbit/s, processor 4 × slower; medians of 5)"
    return _table(title, _titles(views), rows)


def _line(found: dict[str, Any]) -> str:
    rows = [
        [what, *(_time(each[key]) for each in found.values())]
        for key, what in (
            ("paint", "first paint"),
            ("there", "the emergency number is on the page"),
            ("tap", "… and can be tapped without scrolling"),
        )
    ]
    title = (
        "“Recognise” on a bad line and an old phone "
        "(800 ms, 50 kbit/s, 2 % lost, processor 20 × slower; medians of 5)"
    )
    return _table(title, _titles(found), rows)


def _cut(found: list[dict[str, Any]]) -> str:
    rows = [
        [str(cut["kb"]), *("yes" if cut[key] else "–" for key in ("exit", "number")), str(cut["words"])]
        for cut in found
    ]
    columns = ["the way out", "the emergency number", "words"]
    return _table("“Recognise” when no more than so many kB of it come (gzip)", columns, rows, "kB")


def _titles(names: Iterable[str]) -> list[str]:
    return [peers.PEERS[name].title for name in names]


def _lighthouse(found: dict[str, Any]) -> str:
    rows = []
    for path in next(iter(found.values())):
        scores = [
            " ".join(str(score) for score in pages[path]["scores"].values()) for pages in found.values()
        ]
        rows.append([path, *scores])
    title = "Lighthouse, mobile: performance, accessibility, best practices, SEO"
    return _table(title, _titles(found), rows)


def _builds(found: dict[str, Any]) -> str:
    rows = []
    for what, size in found.items():
        names, cold, stock = list(size["cold"]), size["cold"], size["cold"].get("stock")
        rows.append([what, *(_seconds(cold[name]) for name in names)])
        if stock and not stock["trouble"]:
            shares = [_share(cold[name], stock) for name in names]
            rows.append(["… of stock's time", *shares])
        rows.append(["… processor", *(_number(cold[name]["processor"], "s") for name in names)])
        rows.append(["… memory, largest process", *(_number(cold[name]["largest"], "MiB") for name in names)])
        rows.append(["… memory, all together", *(_number(cold[name]["together"], "MiB") for name in names)])
        rows.append(["… again, after an edit", *(_seconds(size["edited"][name]) for name in names)])
        rows.append(["… with .gz and .br", _seconds(size["compressed"]), *("–" for _ in names[1:])])
    return _table("Build", _titles(names), rows)


def _share(build: dict[str, Any], stock: dict[str, Any]) -> str:
    return "–" if build["trouble"] else f"{build['seconds'] / stock['seconds']:.2f}"


def _rebuilds(found: dict[str, Any]) -> str:
    rows = []
    for title, builds in found.items():
        cold = builds["from nothing"]["seconds"]
        rows += [
            [
                f"{title}, {name}",
                _seconds(build),
                _number(build["processor"], "s"),
                f"{build['seconds'] / cold:.2f}",
            ]
            for name, build in builds.items()
        ]
    title = f"Built again, with compressed copies and the search (limit {rebuilding.LIMIT} of the first time)"
    return _table(title, ["time", "processor", "of the first"], rows)


def _growth(found: dict[str, Any]) -> str:
    rows = []
    for count, size in found.items():
        builds = size["builds"].values()
        rows.append([f"{count} languages, {size['pages']} pages", *map(_seconds, builds)])
        each = ["–" if b["trouble"] else f"{1000 * b['seconds'] / size['pages']:.1f} ms" for b in builds]
        rows.append(["… each page", *each])
        rows.append(["… memory, largest process", *(_number(build["largest"], "MiB") for build in builds)])
    return _table("Build as languages are added", _titles(size["builds"]), rows)


def _levels(found: dict[str, Any]) -> str:
    rows = [
        [name, f"{level['processor']:.1f} s", f"{level['bytes']:,}", f"{level['heaviest']:,}"]
        for name, level in found.items()
    ]
    columns = ["processor", "bytes", "heaviest page"]
    return _table("What compressed copies of the whole site cost", columns, rows, "level")


def _edits(found: dict[str, Any]) -> str:
    rows = [
        [what, *(_time(1000 * found[size][kind]) for size in found)]
        for kind, what in (
            ("start", "from the command to the first page"),
            ("page", "from saving to seeing: a page"),
            ("style", "… the style of all pages"),
            ("gone", "… a page that is taken away"),
            ("settings", "… mkdocs.yml"),
        )
    ]
    idle = [found[size]["idle"] for size in found]
    rows.append(["a core's time while nothing is saved", *("–" if i is None else f"{i:.1%}" for i in idle)])
    titles = {"site": "the site", "large": "the large one"}
    return _table("While serving", [titles[size] for size in found], rows)


def _heaviest(found: dict[str, int]) -> str:
    rows = [[name, f"{size:,}"] for name, size in found.items()]
    return _table("The heaviest pages (limit 14,336)", ["bytes at gzip -9"], rows)


def _time(milliseconds: float | None) -> str:
    return "–" if milliseconds is None else f"{milliseconds / 1000:.2f} s"


def _seconds(build: dict[str, Any]) -> str:
    return f"failed: {build['trouble'][:60]}" if build["trouble"] else f"{build['seconds']:.1f} s"


def _number(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:.1f} {unit}" if unit == "s" else f"{value:.0f} {unit}"


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], first: str = "") -> str:
    lines = [[first, *columns], *rows]
    widths = [max(3, *(len(line[n]) for line in lines)) for n in range(len(lines[0]))]

    def written(line: Sequence[str]) -> str:
        cells = [line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))]
        return f"| {' | '.join(cells)} |"

    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join([f"**{title}**", "", written(lines[0]), written(rule), *map(written, rows)])


_TABLES: dict[str, Callable[[Any], str]] = {
    "view": _view,
    "line": _line,
    "cut": _cut,
    "lighthouse": _lighthouse,
    "build": _builds,
    "rebuild": _rebuilds,
    "growth": _growth,
    "levels": _levels,
    "edit": _edits,
    "heaviest": _heaviest,
}
