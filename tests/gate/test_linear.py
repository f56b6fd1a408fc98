"""No pattern is worse than linear: each is tried on 60,000 characters made of what it looks for."""

from __future__ import annotations

import ast
import importlib
import random
import re
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import islice
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import FunctionType
from typing import Any

import pytest

pytestmark = pytest.mark.slow
SCRIPTS = Path(__file__).parents[2] / "scripts"
LENGTH = 60_000  # characters of the longest page
SECONDS = 0.5  # of the processor, for one pattern over that length; a linear one takes some thousandths
FIRST, STEPS = (250, 1_000), (4_000, 16_000, LENGTH)
TRIES = 150  # hostile texts for each pattern, at the first lengths
WORST = 3  # of them by their time, and as many by how it grew, that are tried at all lengths
# A letter of each kind that patterns distinguish, beside those that they name themselves.
COMMON = "aZ5_ \n\t-.:/@#\"'()[]{}<>*&;\\,!é\u00a0\u0661ا中"
LITERALS = ("compile", "sub", "subn", "findall", "finditer", "search", "match", "fullmatch", "split")
WHOLE = ("match", "fullmatch")


def modules() -> list[str]:
    """The name of every module that meets what people write: all but those for makers alone."""
    own = [file.stem for file in sorted(SCRIPTS.glob("*.py"))]
    files = sorted((SCRIPTS / "safepage").rglob("*.py"))
    files = [file for file in files if SCRIPTS / "safepage/making" not in file.parents]
    package = [".".join(file.relative_to(SCRIPTS).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in own + package]


def source(module: str) -> str:
    file = SCRIPTS / (module.replace(".", "/") + ".py")
    return (file if file.is_file() else SCRIPTS / module.replace(".", "/") / "__init__.py").read_text("utf-8")


@cache
def everything() -> str:
    return "\n".join(map(source, modules()))


def patterns(module: str) -> Iterator[tuple[str, re.Pattern[Any], tuple[str, ...]]]:
    """Each pattern of a module, those of its functions as well: its name, itself, the ways it is used in."""
    for name, value in vars(importlib.import_module(module)).items():
        found = list(_within(value))
        for number, pattern in enumerate(found):
            if re.search(rf"^{name}\b.*=", source(module), re.MULTILINE):
                yield (f"{name}[{number}]" if len(found) > 1 else name), pattern, uses(name, module)
    for node in ast.walk(ast.parse(source(module))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        owner, text = node.func.value, node.args[0]
        if not isinstance(owner, ast.Name) or owner.id != "re" or node.func.attr not in LITERALS:
            continue
        if isinstance(text, ast.Constant) and node.func.attr != "compile":
            flags = sum(
                int(getattr(re, part.attr))
                for argument in [*node.args[1:], *(keyword.value for keyword in node.keywords)]
                for part in ast.walk(argument)
                if isinstance(part, ast.Attribute) and part.attr.isupper()
            )
            yield text.value, re.compile(text.value, flags), (node.func.attr,)


def _within(value: Any) -> Iterator[re.Pattern[Any]]:
    """The patterns of a table, and those that its functions were made with."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        yield from (found for part in value for found in _within(part))
    elif isinstance(value, FunctionType):
        yield from (found for cell in value.__closure__ or () for found in _within(cell.cell_contents))


def uses(name: str, module: str) -> tuple[str, ...]:
    """The methods of a pattern that are called; "finditer" if it is handed on as well."""
    text = source(module) if name.startswith("_") else everything()
    found = re.findall(rf"\b{name}\b(?:\.(\w+)\()?(?!\s*(?::[^=\n]+)?=[^=])", text)
    return tuple(sorted({method or "finditer" for method in found})) or ("finditer",)


def example(tree: Any, dice: random.Random, groups: dict[int, str]) -> str:
    """A text that a part of a pattern matches (but for what stands around it)."""
    parts = []
    for kind, value in tree:
        if kind in (op.LITERAL, op.NOT_LITERAL):
            parts.append(chr(value) if kind is op.LITERAL else dice.choice("a 5"))
        elif kind is op.ANY:
            parts.append(dice.choice("a 5."))
        elif kind is op.IN:
            parts.append(dice.choice(members(tuple(value)) or ["a"]))
        elif kind is op.BRANCH:
            parts.append(example(dice.choice(value[1]), dice, groups))
        elif kind is op.SUBPATTERN:
            groups[value[0]] = example(value[3], dice, groups)
            parts.append(groups[value[0]])
        elif kind is op.GROUPREF:
            parts.append(groups.get(value, ""))
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            low, high, body = value
            times = dice.randint(low, min(int(high), low + 2))
            parts.append("".join(example(body, dice, groups) for _ in range(times)))
        elif kind is op.ATOMIC_GROUP:
            parts.append(example(value, dice, groups))
    return "".join(parts)


@cache
def members(items: tuple[Any, ...]) -> list[str]:
    """Some characters of a class such as [a-z0-9]."""
    matcher = re.compile(_class(items), re.DOTALL)
    own = [chr(value) for kind, value in items if kind is op.LITERAL]
    own += [chr(end) for kind, value in items if kind is op.RANGE for end in value]
    return [char for char in dict.fromkeys([*own, *COMMON]) if matcher.fullmatch(char)]


def _class(items: Any) -> str:
    names = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w",
             "NOT_WORD": r"\W"}  # fmt: skip
    text = ""
    for kind, value in items:
        if kind is op.NEGATE:
            text += "^"
        elif kind is op.LITERAL:
            text += re.escape(chr(value))
        elif kind is op.RANGE:
            text += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            text += names[str(value).removeprefix("CATEGORY_")]
    return f"[{text}]"


def parts_of(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every repeated part of a pattern, with all that stands before it in its sequence."""
    for at, (kind, value) in enumerate(tree):
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield tree[:at], value[2]
            yield from parts_of(value[2])
        elif kind is op.SUBPATTERN:
            yield from parts_of(value[3])
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from parts_of(branch)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from parts_of(value[1])


def hostile(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """Texts in three parts, of which the second is to be repeated: each is tried at growing lengths."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = _parser.parse(text, pattern.flags & ~re.DEBUG)
    dice = random.Random(text)
    ends = ["", "\n", "!", "\0x", '"x', "}", "]", ")", "<"]
    repeated = list(parts_of(tree))
    pieces = [example([node], dice, {}) for node in tree for _ in range(2)]
    pieces += [example(body, dice, {}) for _, body in repeated for _ in range(2)]
    pieces = [piece for piece in dict.fromkeys([*pieces, example(tree, dice, {})]) if piece]
    for char in COMMON:
        yield "", char, dice.choice(ends)
    for piece in pieces[:60]:
        yield "", piece, dice.choice(ends)
    while repeated or pieces:
        shape = dice.randrange(4)
        if repeated and shape == 0:
            before, body = dice.choice(repeated)
            yield example(before, dice, {}), example(body, dice, {}), dice.choice(ends)
        elif shape == 1:
            yield example(tree, dice, {}), dice.choice([*pieces, *COMMON]), dice.choice(ends)
        elif shape == 2:
            yield "", dice.choice(pieces or [" "]) + dice.choice([*pieces, *COMMON]), dice.choice(ends)
        else:
            yield dice.choice(pieces or [" "]), dice.choice(COMMON) + dice.choice(COMMON), dice.choice(ends)


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    """What stops a pattern."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.signal(signal.SIGVTALRM, before)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes; SECONDS if the processor worked on it for so long: then it is stopped."""
    start = time.perf_counter()
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        work()
    except TimeoutError:
        return SECONDS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return min(time.perf_counter() - start, 0.9 * SECONDS)  # others may have had the processor


Text = tuple[str, str, str]


def slow(pattern: re.Pattern[Any], ways: tuple[str, ...]) -> str:
    """A text on which a pattern takes too long, described; "" if none of those tried does."""
    anchored = [getattr(pattern, way) for way in ways if way in WHOLE]
    # What is asked for at one place only need not be quick at every place.
    methods = anchored if len(anchored) == len(ways) else [lambda t: deque(pattern.finditer(t), 0), *anchored]

    def took(text: Text, length: int) -> float:
        start, middle, end = text
        whole = start + middle * ((length - len(start)) // len(middle) + 1) + end
        given: Any = whole if isinstance(pattern.pattern, str) else whole.encode("utf-8")
        return max(seconds(partial(method, given)) for method in methods)

    times: dict[Text, list[float]] = {}
    for text in islice((texts for texts in hostile(pattern) if texts[1]), TRIES):
        longer = took(text, FIRST[1])
        if longer >= SECONDS:
            return _shown(text)
        if _may_be_slow(longer, FIRST[1]):
            times[text] = [took(text, FIRST[0]), longer]
    for text in _worst(times):
        for length in STEPS:
            longest = took(text, length)
            if longest >= SECONDS:
                return _shown(text)
            if not _may_be_slow(longest, length):
                break
    return ""


def _shown(text: Text) -> str:
    start, middle, end = text
    return f"{start!r} {middle!r} × n {end!r}"


def _may_be_slow(took: float, length: int) -> bool:
    """False for what would be quick at the whole length even if it grew with the square."""
    return took * (LENGTH / length) ** 2 >= SECONDS / 2


def _worst(times: dict[Text, list[float]]) -> list[Text]:
    """Those that took longest and those whose time grew most, in turns."""
    longest = sorted(times, key=lambda text: -times[text][-1])[:WORST]
    grown = sorted(times, key=lambda text: -times[text][-1] / times[text][0])[:WORST]
    return list(dict.fromkeys(text for pair in zip(grown, longest, strict=True) for text in pair))


def test_no_pattern_is_worse_than_linear() -> None:
    every = {
        f"{module}.{name}": (pattern, ways)
        for module in modules()
        for name, pattern, ways in patterns(module)
    }
    assert len(every) > 150
    assert {"safepage.gate.contacts.figures._ITEMS[1]", r"safepage.begin.content.(\w+):"} <= every.keys(), (
        "those of functions too"
    )
    found = {name: reason for name, used in every.items() if (reason := slow(*used))}
    assert not found, "\n".join(f"{name}: {reason}" for name, reason in found.items())


@pytest.mark.parametrize(
    "bad", [r"\s*(.*?)\s*$", r"a+b", r"(?:a|aa)+$", r"!!!\s*([\w-]+)[^\"]*(?:\"(.*)\")?\s*$"]
)
def test_a_pattern_that_grows_with_the_square_is_seen(bad: str) -> None:
    assert slow(re.compile(bad), ("finditer",))
