"""One part of a YAML file as a file of its own, which remembers on which lines it stood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import yaml

from safepage.faults import Fault
from safepage.page import yaml_text


@dataclass(frozen=True)
class Excerpt:
    """A text whose first line stood in line `first`; where `whole`, all that is told of it is told there."""

    text: str
    first: int
    whole: bool = False

    def told(self, faults: Iterable[Fault], above: int = 0) -> list[Fault]:
        """Faults of the text at their lines in the file. In: how many lines stand above the text."""
        return [
            replace(fault, line=self.first if self.whole or not fault.line else self.first + fault.line - 1)
            for fault in (replace(fault, line=max(0, fault.line - above)) for fault in faults)
        ]


def of(text: str, key: str, line: int) -> Excerpt:
    """What stands below a key of a file of names and values, as it is written, remarks too.

    In: the text, which can be read; the key, below which names and values stand; the key's line.
    """
    root: Any = yaml.compose(text, Loader=yaml_text.LOADER)
    node = next(node for name, node in root.value if name.value == key)
    if node.flow_style:  # {…}: as long as it is written so, no line can be added below it
        return Excerpt(dumped(yaml_text.load(text, "")[0][key]), line, whole=True)
    lines, column = text.split("\n"), node.start_mark.column
    end = node.end_mark.line + (1 if node.end_mark.column else 0)
    block = lines[line:end]
    while _is_outside(block[-1], column):
        block.pop()
    return Excerpt("".join(f"{_indented_less(line, column)}\n" for line in block), line + 1)


def dumped(data: object) -> str:
    """Data as a text of YAML; a value that is missing is left open."""
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1_000)
    return re.sub(r": null$", ":", text, flags=re.MULTILINE)


def _is_outside(line: str, column: int) -> bool:
    """True for an empty line, or a remark that stands further left than what is described."""
    return not line.strip() or (line.lstrip().startswith("#") and len(line) - len(line.lstrip()) < column)


def _indented_less(line: str, column: int) -> str:
    return line[min(column, len(line) - len(line.lstrip())) :]
