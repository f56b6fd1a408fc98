"""Puts the state of each paragraph into the page: outdated, or still in the source's words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import escape

from safepage.page.paragraphs import Paragraph, paragraphs
from safepage.site.locales import direction


def mark(
    html: str,
    translation: str,
    outdated: Collection[int] = (),
    label: str = "",
    untranslated: Collection[int] = (),
    language: str = "",
) -> str:
    """`html`, as Python-Markdown made it of `translation`, with the paragraphs concerned marked.

    An outdated one gets the class `outdated` and, if it is running text, starts with `label` (plain text, in
    the reader's language); a sign of the checklist, a heading or a row gets the class only. One that is still
    in the source's words gets that `language` as its `lang` and `dir` (WCAG 2.2, 3.1.2). `outdated` and
    `untranslated` are indexes as in State. If the HTML's blocks are not those of the Markdown, the HTML
    comes back as it was: better no mark than a wrong one.
    """
    there = paragraphs(translation)
    blocks = [i for i, block in enumerate(there) if block.in_body and _is_shown(block)]
    places = list(_elements(html))
    if len(places) != len(blocks) or not (outdated or untranslated):
        return html
    out: list[str] = []
    done = 0
    for index, (tag, start, end) in zip(blocks, places, strict=True):
        if index not in outdated and index not in untranslated:
            continue
        opening = html[start:end]
        if index in untranslated and language:
            words = f' lang="{escape(language)}" dir="{direction(language)}"'
            opening = opening[:-1] + words + ">"
        if index in outdated:
            opening = _with_class(opening, "outdated")
            if label and tag in ("p", "li") and _takes_a_label(there[index]):
                opening += f'<span class="outdated-label">{escape(label)}</span> '
        out += [html[done:start], opening]
        done = end
    return "".join([*out, html[done:]])


def _is_shown(block: Paragraph) -> bool:
    return block.kind != "ref" and not (block.kind == "notice" and not block.text)


def _takes_a_label(block: Paragraph) -> bool:
    """Not a sign, whose form shows it elsewhere, nor a list that the build makes, which must stand alone."""
    return block.kind != "check" and not re.fullmatch(r"\{\{list\.\w+\}\}", block.text)


def _elements(html: str) -> Iterator[tuple[str, int, int]]:
    """The block elements in the order that `paragraphs` has them: (tag, start and end of the start tag)."""
    item_ends = -1
    for match in re.finditer(r"<(h[1-6]|p|li|tr|pre)\b[^>]*>", html):
        # The first paragraph of an item is the item's own text.
        if match[1] == "p" and item_ends >= 0 and not html[item_ends : match.start()].strip():
            continue
        item_ends = match.end() if match[1] == "li" else -1
        yield match[1], match.start(), match.end()


def _with_class(opening: str, name: str) -> str:
    if 'class="' in opening:
        return opening.replace('class="', f'class="{name} ', 1)
    return f'{opening[:-1]} class="{name}">'
