"""What a contributor got wrong, in one line that says where, what, and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

MOST = 20  # faults of a kind that are told of one file
_LINE = re.compile(
    # The last full stop first: without it each “What to do” would be read to the end of the line.
    r"(?=.*\.\Z)(?P<path>[^:]+)(?::(?P<line>\d{1,9}))?: (?P<severity>error|warning): (?P<what>.*)"
    r"\. What to do: (?P<todo>.*)\."
)
_LONGEST = 160  # characters of a contributor's words that a code host shows


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong.

    `path` is relative to the project, with forward slashes; `line` counts from 1, and 0 means the
    whole file; `what` and `todo` are each one line without a full stop; `severity` is "error"
    (stops the build) or "warning".
    """

    path: str
    line: int
    what: str
    todo: str
    severity: str = "error"

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        what = " ".join(self.what.split())  # whatever piece of a file it quotes
        what = what if len(what) <= 300 else what[:299] + "…"
        return f"{place}: {self.severity}: {what}. What to do: {self.todo}."


class Faulty(Exception):
    """Raised where work can't go on: carries every fault found so far in `faults`."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = bounded(faults)
        super().__init__("\n".join(map(str, self.faults)))


def read(text: str) -> list[Fault]:
    """The faults among the lines that a command printed."""
    found = [match for line in text.splitlines() if (match := _LINE.fullmatch(line))]
    return [Fault(m["path"], int(m["line"] or 0), m["what"], m["todo"], m["severity"]) for m in found]


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """The faults that stop a build, in the order of file and line, each once."""
    return sorted({fault for fault in faults if fault.severity == "error"})


def bounded(faults: Iterable[Fault]) -> list[Fault]:
    """Faults in the order of file and line, each once; of a kind in one file the first, and how many more."""
    told: Counter[tuple[str, str, str]] = Counter()
    kept: list[Fault] = []
    left: dict[tuple[str, str, str], Fault] = {}
    for fault in sorted(set(faults)):
        kind = (fault.path, fault.severity, re.sub(r"“[^”]*”|'[^']*'|\d+", "", fault.what))
        told[kind] += 1
        if told[kind] <= MOST:
            kept.append(fault)
        else:
            left.setdefault(kind, fault)
    for kind, fault in left.items():
        what = f"and {told[kind] - MOST:,} more of the kind"
        kept.append(replace(fault, what=what, todo=f"mend the first {MOST}, then run it again"))
    return sorted(kept)


def printable(text: str, limit: int = 60) -> str:
    """A piece of a file or a name, short and printable: names on disk can hold anything."""
    shown = text if text.isprintable() else "".join(c if c.isprintable() else "�" for c in text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def short(value: object) -> str:
    """A value out of a file as a message shows it: in one line, printable, short."""
    return printable(" ".join(str(value)[:1000].split()))


def code(text: str, longest: int = _LONGEST) -> str:
    """A contributor's words as a span of code: no markup, no link and no mention in them comes alive."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""
