"""What a contributor got wrong, in one line that says where, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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
        return f"{place}: {self.severity}: {self.what}. What to do: {self.todo}."


class Faulty(Exception):
    """Raised where work can't go on: carries every fault found so far in `faults`."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """The faults that stop a build, in the order of file and line, each once."""
    return sorted({fault for fault in faults if fault.severity == "error"})


def printable(text: str, limit: int = 60) -> str:
    """A piece of a file or a name, short and printable: names on disk can hold anything."""
    shown = text if text.isprintable() else "".join(c if c.isprintable() else "�" for c in text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
