"""The command `translations review`: a translation beside its source, with what a build would say of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from safepage.faults import Fault, Faulty
from safepage.rehearsal import as_built
from safepage.reviews import Reviews
from safepage.translations import telling


def run(options: argparse.Namespace) -> int:
    """The command: 0 when the file was written, 1 with a line for each error."""
    try:
        file = _write(options.project, options.language, options.page, options.output)
    except Faulty as faulty:
        print(*faulty.faults, sep="\n", file=sys.stderr)
        return 1
    print(f"{file}: open it in a browser.")
    return 0


def _write(root: Path, locale: str, page: str | None, output: Path | None) -> Path:
    reviews = Reviews.read(root)
    if locale not in reviews.site.locales:
        raise Faulty([telling.unknown_language(reviews.site, locale)])
    pages = telling.known_pages(reviews.site, [page] if page else [])
    name = "-".join(["review", locale, *(page.split("/") if page else [])])
    file = output or root / f"{name}.html"
    text = reviews.html(locale, pages, as_built(reviews.site, {}, locale))
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        what = f"the file can't be written: {(error.strerror or str(error)).lower()}"
        raise Faulty([Fault(file.name, 0, what, "choose another place with --output")]) from None
    return file if output else Path(file.name)
