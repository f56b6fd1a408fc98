"""Lists that a text asks for by a placeholder: where they may stand, and what comes of it."""

from __future__ import annotations

import pytest

from safepage.page import blocks

KINDS = ("centre", "labour", "line")


def filled(page: str) -> str:
    return blocks.fill(page, lambda name, level: f"<{name} {level}>", lambda name: f"({name})")


@pytest.mark.parametrize(
    ("page", "made"),
    [
        ("<h1>T</h1><p>{{ list.search }}</p>", "<h1>T</h1><list.search 2>"),
        ("<h2>T</h2><h3>U</h3><p>{{list.centre}}</p>", "<h2>T</h2><h3>U</h3><list.centre 4>"),
        ('<p class="outdated">\n{{ list.centre.short }}</p>', "<list.centre.short 2>"),
        ("<p>Call {{ list.line.short }}.</p>", "<p>Call (list.line.short).</p>"),
        ("<li>{{ list.line.short }}</li>", "<li>(list.line.short)</li>"),
        ("<li>\n<p>{{ list.line.short }}</p></li>", "<li>\n<p>(list.line.short)</p></li>"),
        ("<td>{{ list.line.short }}</td>", "<td>(list.line.short)</td>"),
        ('<p title="{{ list.line.short }}">', '<p title="{{ list.line.short }}">'),
        ("<p>{{ line.national.phone }}</p>", "<p>{{ line.national.phone }}</p>"),
    ],
)
def test_where_a_list_stands(page: str, made: str) -> None:
    """Alone it is a list, below the heading that it stands in; in a sentence, an item, a cell it is words."""
    assert filled(page) == made


@pytest.mark.parametrize(
    "text",
    [
        "{{ list.centre }}",
        "## Centres {#centres}\n{{ list.centre }}\n## More {#more}",
        "A.\n\n{{ list.labour }}\n\nB.",
        "{{ list.minors.short }}",
        "Call {{ list.centre.short }}, or\n{{ list.line.short }}\nat night.",
        "- {{ list.centre.short }}\n- b",
        "| a | b |\n|---|---|\n| c | {{ list.line.short }} |",
        '!!! note "A"\n    {{ list.line.short }}',
        "{{ list.regions }}\n\n{{ list.prints }}\n\n{{ list.search }}",
    ],
)
def test_a_list_that_is_fine(text: str) -> None:
    assert blocks.check(text, "p.md", 1, (*KINDS, "minors")) == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n\n{{ list.centres }}", 5, ("no list called 'list.centres'", "use list.centre or")),
        ("{{ list.zzzzzzzzzzzz }}", 3, ("use list.centre or",)),
        ("{{ list.regions.short }}", 3, ("no list called",)),
        ("See {{ list.search }}", 3, ("'list.search' stands inside a text", "a line of its own")),
        ("See {{ list.centre }}", 3, ("stands inside a text", "or write list.centre.short")),
        ("See\n{{ list.centre }}", 4, ("stands inside a text", "between two empty lines")),
        ("{{ list.centre }}\nSee", 3, ("stands inside a text",)),
        ("- {{ list.centre }}", 3, ("stands inside a text",)),
        ("{{ list.centre }} {{ list.line }}", 3, ("stands inside a text",)),
    ],
)
def test_a_list_that_is_told(text: str, line: int, words: tuple[str, ...]) -> None:
    """With its line, and what to write."""
    told = str(blocks.check(text, "p.md", 3, KINDS)[0])
    assert told.startswith(f"p.md:{line}: error: ")
    assert all(word in told for word in words), told
