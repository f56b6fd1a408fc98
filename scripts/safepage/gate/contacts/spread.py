"""Numbers that a reader sees whole although each of their digits is an item, a line or a cell of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from safepage.gate.contacts import addresses
from safepage.gate.contacts.reading import Found, fold
from safepage.gate.contacts.respelling import is_number_word
from safepage.gate.contacts.wording import WORDING, words_of

_AGE = re.compile(r"0\s?[-–]\s?\d\d?\b")  # in a table: "0-17"
_FEW = 60  # characters of a line that belongs to the number below it
_NO_CALL = "tel "  # a list of bare digits is there to be dialled


def in_row(cells: Sequence[str], country: str) -> Iterator[Found]:
    """Numbers spread over the cells of a table's row: from 0 or +, or short after a word of calling."""
    yield from _across(cells, " | ".join(cell.strip() for cell in cells), country)


def in_blocks(blocks: Sequence[tuple[str, bool]], country: str) -> Iterator[Found]:
    """Numbers spread over blocks that follow each other.

    In: the text of each block, and whether it is a cell; the country. Out: numbers made of blocks without
    other words; of cells only those from 0 or +, for figures stand in columns.
    """
    run: list[str] = []
    loose, before = True, ""
    for text, cell in [*blocks, ("end", False)]:
        if _is_figure(text):
            loose = (loose or not run) and not cell
            run.append(text.strip())
            continue
        if len(run) > 1:
            yield from _of_run(run, before if loose else None, country)
        elif run and loose:
            yield from _below(before, run[0], country)
        run, loose, before = [], True, text
    if len(run) > 1:
        yield from _of_run(run, before, country)


def in_column(head: Sequence[str], cells: Sequence[str], country: str) -> Iterator[Found]:
    """A short number in a column headed “Phone”, if it is the row's only figure: else they are counts."""
    figures = [at for at, cell in enumerate(cells) if _is_figure(cell)]
    if len(figures) == 1 and figures[0] < len(head):
        words = words_of(head[figures[0]])
        if 0 < len(words) <= 3 and WORDING.ends("phone", words, len(words)):
            yield from _below(head[figures[0]].strip() + ":", cells[figures[0]], country)


def _below(told: str, figure: str, country: str) -> Iterator[Found]:
    """A short number that stands alone below a few words of calling or danger: a heading, a title."""
    told = told.strip()
    if len(told) <= _FEW and "\n" not in told:
        for found in addresses.find(f"{told} {figure.strip()}", country):
            if (
                found.kind == "short"
                and found.text in figure
                and found not in addresses.find(figure, country)
            ):
                yield found


def _of_run(run: Sequence[str], before: str | None, country: str) -> Iterator[Found]:
    if before is None:
        yield from (found for found in in_row(run, country) if found.kind == "phone")
        return
    joined = " ".join(run)
    singles = len(run) >= 3 and all(len(text) == 1 or text.isalpha() for text in map(_plain, run))
    told = before.split("\n")[-1][-60:].strip() + " "
    yield from _across(run, _NO_CALL + joined if singles else joined, country)
    yield from _across(run, told + joined, country)


def _across(texts: Sequence[str], joined: str, country: str) -> Iterator[Found]:
    for found in addresses.find(joined, country):
        start = fold(found.text)[0].lstrip("( ")
        apart = " | " in found.text and re.match(r"0 \|", start) and re.search(r"\d\d", start)
        led = start.startswith(("0", "+")) or not start[:1].isdigit()
        if found.kind == "phone" and (not led or _AGE.match(start) or apart):
            continue
        if found.kind in ("phone", "short") and not any(found.text in text for text in texts):
            yield found


def _plain(text: str) -> str:
    return re.sub(r"[^\w]", "", fold(text)[0])


def _is_figure(text: str) -> bool:
    """True for a block of digits, or of one number word."""
    plain = fold(text)[0]
    return bool(re.search(r"\d", plain) and not re.search(r"[^\W\d_]", plain)) or is_number_word(plain)
