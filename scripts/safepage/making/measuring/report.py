"""Writes what was measured as tables in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

NAMES = {"ours": "ours", "stock": "stock Material", "zensical": "Zensical"}
KINDS = {"document": "HTML", "stylesheet": "style", "script": "scripts", "font": "fonts", "image": "images"}


def tables(found: dict[str, Any]) -> str:
    """All tables, for people. In: what `measure.py` found."""
    parts = [
        f"Measured on {found['machine']}. Times depend on the machine; all were taken in one run.",
        _view(found),
        _lighthouse(found["lighthouse"]),
        _builds(found),
        _growth(found["growth"]),
        _edits(found["edit"]),
        _heaviest(found["heaviest"]),
    ]
    if found["zensical"]:
        parts.append(f"Zensical was not measured: {found['zensical']}")
    return "\n\n".join(parts)


def _view(found: dict[str, Any]) -> str:
    views = found["view"]
    kinds = [kind for kind in KINDS if any(kind in view["bytes"]["gzip"] for view in views.values())]
    rows: list[list[str]] = [["requests", *(str(view["requests"]) for view in views.values())]]
    rows.append(["… to third parties", *(", ".join(v["third_parties"]) or "none" for v in views.values())])
    for encoding, name in (("gzip", "gzip"), ("br", "brotli")):
        rows.append([f"bytes, {name}", *(f"{sum(v['bytes'][encoding].values()):,}" for v in views.values())])
        for kind in kinds:
            sizes = [f"{view['bytes'][encoding].get(kind, 0):,}" for view in views.values()]
            rows.append([f"… {KINDS[kind]}", *sizes])
    for paint in ("first", "largest"):
        times = [f"{view['paints'][paint] / 1000:.2f} s" for view in views.values()]
        rows.append([f"{paint} paint", *times])
    rows.append(
        ["longest task", *(f"{view['task']:.0f} ms" if view["task"] else "–" for view in views.values())]
    )
    exits = [view["exit"] for view in views.values()]
    rows.append(
        ["from the exit's tap to an empty page", *(f"{t:.1f} ms" if t is not None else "–" for t in exits)]
    )
    title = "First view of “Recognise” (400 ms round trip, 400 kbit/s, processor 4 × slower; medians of 5)"
    return _table(title, [NAMES[name] for name in views], rows)


def _lighthouse(found: dict[str, Any]) -> str:
    rows = []
    for path in next(iter(found.values())):
        scores = [
            " ".join(str(score) for score in pages[path]["scores"].values()) for pages in found.values()
        ]
        rows.append([path, *scores])
    title = "Lighthouse, mobile: performance, accessibility, best practices, SEO"
    return _table(title, [NAMES[name] for name in found], rows)


def _builds(found: dict[str, Any]) -> str:
    large = f"{found['large']['languages']} languages × {found['large']['pages']} pages"
    names = list(found["build"]["site"])
    rows = []
    for key, what in (("site", f"the site, {found['pages']} pages"), ("large", large)):
        builds = found["build"][key]
        rows.append([what, *(_seconds(builds[name]) for name in names)])
        stock = builds["stock"]["seconds"]
        rows.append(["… of stock's time", *(f"{builds[name]['seconds'] / stock:.2f}" for name in names)])
        rows.append(["… processor", *(_number(builds[name]["processor"], "s") for name in names)])
        rows.append(
            ["… memory, largest process", *(_number(builds[name]["largest"], "MiB") for name in names)]
        )
        rows.append(["… memory, all together", *(_number(builds[name]["together"], "MiB") for name in names)])
    packed = _seconds(found["build"]["compressed"])
    rows.append([f"{large}, with .gz and .br", packed, *("–" for _ in names[1:])])
    return _table("Build", [NAMES[name] for name in names], rows)


def _growth(found: dict[str, Any]) -> str:
    rows = []
    for count, build in found.items():
        each = "–" if build["trouble"] else f"{1000 * build['seconds'] / build['pages']:.1f} ms"
        rows.append([count, str(build["pages"]), _seconds(build), each])
    return _table("Build of ours as languages are added", ["pages", "time", "time a page"], rows, "languages")


def _edits(found: dict[str, Any]) -> str:
    rows = [
        [what, *(f"{found[size][kind]:.2f} s" for size in found)]
        for kind, what in (("page", "a page"), ("style", "the style of all pages"))
    ]
    titles = {"site": "the site", "large": "the large one"}
    return _table("From saving to seeing, while serving", [titles[size] for size in found], rows)


def _heaviest(found: dict[str, int]) -> str:
    rows = [[name, f"{size:,}"] for name, size in found.items()]
    return _table("The heaviest pages (limit 14,336)", ["bytes at gzip -9"], rows)


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
