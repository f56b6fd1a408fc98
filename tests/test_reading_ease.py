"""Plain words: the English pages are easy to read. For translations the figure is told, no more."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from reading_ease import FORMULAS, Ease, ease

PLAIN = 60  # Flesch: plain English, about B1
ENOUGH = 60  # words; the figure of a shorter text means nothing


def _texts(site: Path) -> dict[str, dict[str, list[str]]]:
    """For each page and locale the blocks of its text, without headings."""
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for file in sorted(site.rglob("index.html")):
        tree = LexborHTMLParser(file.read_text(encoding="utf-8"))
        article = tree.css_first("article[data-pagefind-body]")
        locale = str(tree.css_first("html").attributes["lang"])
        if article is None:
            continue
        name = file.parent.relative_to(site).as_posix()
        name = name.removeprefix(locale).strip("/.") or "index"
        for away in article.css("svg, form.find, table, button, legend"):
            away.decompose()
        blocks = [" ".join(block.text().split()) for block in article.css("p, li")]
        found[name][locale] = [block for block in blocks if block]
    return found


def test_english_is_plain(site: Path, record_property: pytest.FixtureRequest) -> None:
    """A tired reader, or one who learns English, can follow every page."""
    texts = _texts(site)
    table: dict[str, dict[str, Ease]] = {
        name: {
            tag: ease(blocks, tag)
            for tag, blocks in by_locale.items()
            if tag in FORMULAS and sum(len(b.split()) for b in blocks) >= ENOUGH
        }
        for name, by_locale in texts.items()
    }
    tags = [tag for tag in FORMULAS if any(tag in row for row in table.values())]
    tell = lambda line: record_property("told", line)  # type: ignore[operator]  # noqa: E731
    tell("\nReading ease (Flesch and its kin; 60 or more is plain):")
    tell(f"{'':24}" + "".join(f"{tag:>7}" for tag in tags))
    for name, row in table.items():
        cells = "".join(f"{row[tag].figure:7.0f}" if tag in row else f"{'':7}" for tag in tags)
        tell(f"{name:24}{cells}")
    without = sorted({tag for row in texts.values() for tag in row} - set(FORMULAS))
    tell(f"No formula is known here for: {', '.join(without)}.")
    tell("The longest sentences:")
    for tag in tags:
        longest = sorted(
            ((row[tag], name) for name, row in table.items() if tag in row), key=lambda e: -e[0].words
        )
        for found, name in longest[:2]:
            tell(f"  {tag} {name}, {found.words} words: {found.longest[:90]}")
    hard = {name: round(row["en"].figure) for name, row in table.items() if row["en"].figure < PLAIN}
    assert not hard, f"hard to read (below {PLAIN}): {hard}; shorten sentences, take more common words"


@pytest.mark.slow
def test_long_sentences_and_words_lower_the_figure() -> None:
    """The figure follows what makes a text hard."""
    easy = ease(["We can help you. Call us now."], "en").figure
    hard = ease(
        ["Considerable institutional responsibilities necessitate administrative authorisation."], "en"
    ).figure
    assert easy > PLAIN > hard
