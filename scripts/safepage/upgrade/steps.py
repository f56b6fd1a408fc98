"""What a site's own files need from one version of the generator to the next, beside the words of the frame.

A step is done once, by the first generator that has it: where a setting moves, write here how the old text
becomes the new one, with its remarks and in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from packaging.version import Version

from safepage.upgrade.files import Files


@dataclass(frozen=True)
class Step:
    """From `version` on, the file `path` is written as `change` makes it."""

    version: str
    path: str
    change: Callable[[str], str]


STEPS: Sequence[Step] = ()


def take(site: Files, since: Version) -> None:
    """Take all steps since a version. In: the site's files, which are changed. Raises Faulty."""
    for step in STEPS:
        text = site.read(step.path) if Version(step.version) > since else None
        if text is not None and (changed := step.change(text)) != text:
            site.write(step.path, changed)
