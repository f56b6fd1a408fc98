"""A script's own names, made short: each page carries them, and no reader reads them.

A name changes only where nothing else can change with it: it is declared by `const`, `let`, the parameters of
an arrow or `catch`, and not for the whole page; everywhere it stands within the reach of such a declaration;
nowhere is it short for a property (`{ name }`). Everywhere it becomes the same new name, which nothing else
in the script has, so what hid what before does so now. (The minifiers that can be installed on every system
that a site is built on leave names as they are, or write what old phones do not read.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import chain, product
from string import ascii_letters

from pygments.lexers import JavascriptLexer
from pygments.token import Keyword, Name, Punctuation

_CLOSE = {"(": ")", "[": "]", "{": "}"}
# What stands before the { of a block; before that of an object or a pattern stands something else.
_BEFORE_BLOCKS = frozenset(("", ")", "=>", ";", "{", "}", "else", "try", "finally", "do", "catch"))
_RESERVED = frozenset(
    (
        *("await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete"),
        *("do", "else", "enum", "export", "extends", "false", "finally", "for", "function", "if", "import"),
        *("in", "instanceof", "let", "new", "null", "of", "return", "static", "super", "switch", "this"),
        *("throw", "true", "try", "typeof", "undefined", "var", "void", "while", "with", "yield"),
    )
)


def shortened(script: str) -> str:
    """The same script with short names; as it is where its brackets don't match. In: one without comments."""
    read = _Script(script)
    return read.shortened if read.whole else script


class _Script:
    def __init__(self, script: str) -> None:
        tokens = [*JavascriptLexer(stripnl=False, ensurenl=False).get_tokens(script)]
        self.texts = [text for _, text in tokens]
        self.names = {
            place
            for place, (kind, text) in enumerate(tokens)
            if (kind in Name or kind in Keyword) and text not in _RESERVED
        }
        self.inside: list[int] = []  # for each token the bracket that it stands in; -1 for none
        self.closing: dict[int, int] = {}  # for each opening bracket its end
        open_ones = [-1]
        for place, (kind, text) in enumerate(tokens):
            if kind in Punctuation and text in _CLOSE.values():
                self.closing[open_ones.pop() if len(open_ones) > 1 else -1] = place
            self.inside.append(open_ones[-1])
            if kind in Punctuation and text in _CLOSE:
                open_ones.append(place)
        self.whole = len(open_ones) == 1 and all(
            self.texts[end] == _CLOSE.get(self._text(start)) for start, end in self.closing.items()
        )

    @property
    def shortened(self) -> str:
        used = Counter(self.texts[place] for place in self._uses)
        taken = {self.texts[place] for place in self.names} | _RESERVED
        free = (name for name in map("".join, _candidates()) if name not in taken)
        short = {name: next(free) for name, _ in used.most_common() if name in self._own and len(name) > 1}
        for place in self._uses:
            self.texts[place] = short.get(self.texts[place], self.texts[place])
        return "".join(self.texts)

    @cached_property
    def _uses(self) -> list[int]:
        """Where a name stands for a variable: neither behind a full stop nor as the key of an object."""
        return [
            place
            for place in sorted(self.names)
            if self._before(place) != "."
            and not (self._after(place) == ":" and self._before(place) in ("{", ","))
        ]

    @cached_property
    def _own(self) -> set[str]:
        """The names that may change."""
        reach: dict[str, list[range]] = {}
        for place, within in self._declared():
            reach.setdefault(self.texts[place], []).append(within)
        strange = {
            self.texts[place]
            for place in self._uses
            if self._stands_for_a_property(place)
            or not any(place in within for within in reach.get(self.texts[place], ()))
        }
        return reach.keys() - strange

    def _stands_for_a_property(self, place: int) -> bool:
        brace = self.inside[place]
        of_object = self._text(brace) == "{" and self._before(brace) not in _BEFORE_BLOCKS
        return of_object and self._before(place) not in (":", "...", "=")

    def _declared(self) -> Iterator[tuple[int, range]]:
        """Each declaration of a name, and how far it reaches."""
        for place, text in enumerate(self.texts):
            if text in ("const", "let") and self.inside[place] >= 0:
                yield from ((name, self._block(place)) for name in self._listed(place))
            elif text == "=>":
                first = self._near(place, -1)
                opening = next((start for start, end in self.closing.items() if end == first), first)
                reach = range(opening, self._body(place, ",;"))
                yield from ((name, reach) for name in self._parameters(opening))
            elif text == "catch" and self._after(place) == "(" and self._before(place) == "}":
                opening = self._near(place, 1)
                reach = range(opening, self._body(self.closing[opening], ";"))
                yield from ((name, reach) for name in self._parameters(opening))

    def _block(self, place: int) -> range:
        """How far what is declared here reaches: its block, or that of the `for` in whose head it stands."""
        opening = self.inside[place]
        end = self.closing[opening]
        return range(opening, self._body(end, ";") if self._text(opening) == "(" else end)

    def _body(self, place: int, stops: str) -> int:
        """The end of the block or the expression that follows."""
        body = self._near(place, 1)
        return self.closing[body] if self._text(body) == "{" else self._end(body, stops)

    def _listed(self, place: int) -> Iterator[int]:
        """The names that `const` or `let` declares."""
        while True:
            name = self._near(place, 1)
            if name in self.names:
                yield name
            place = self._end(name, ",;")
            if self._text(place) != ",":
                return

    def _parameters(self, opening: int) -> Iterator[int]:
        """The names in the brackets of an arrow or of `catch`; the one name of an arrow without brackets."""
        if opening in self.names:
            yield opening
        for place in range(opening, self.closing.get(opening, opening)):
            of_these = self.inside[place] == opening and place in self.names
            if of_these and self._before(place) in ("(", ",", "..."):
                yield place

    def _end(self, place: int, stops: str) -> int:
        """Where an expression ends: at one of the stops, where its brackets close, at the end of a line."""
        while place < len(self.texts) - 1 and self.texts[place] not in (*stops, ")", "]", "}", "\n"):
            place = self.closing.get(place, place) + 1
        return place

    def _near(self, place: int, step: int) -> int:
        """The next token that is no white space; -1 or the number of tokens beyond either end."""
        place += step
        while 0 <= place < len(self.texts) and self.texts[place].isspace():
            place += step
        return place

    def _before(self, place: int) -> str:
        return self._text(self._near(place, -1))

    def _after(self, place: int) -> str:
        return self._text(self._near(place, 1))

    def _text(self, place: int) -> str:
        return self.texts[place] if 0 <= place < len(self.texts) else ""


def _candidates() -> Iterator[tuple[str, ...]]:
    return chain(product(ascii_letters), product(ascii_letters, repeat=2))
