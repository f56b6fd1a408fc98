"""What `.venv` is made of: in this repository, and in a site that holds the generator as a wheel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from safepage import command


@dataclass(frozen=True)
class Parts:
    """Files from the project's folder: the lock of what builds a site, that of what tests need as well, and
    that of the tests' Node packages ("" where there are none)."""

    build: str
    tests: str
    node: str = ""


REPOSITORY = Parts("requirements/build.lock", "requirements/test.lock", "tests/package-lock.json")
# The wheel's own line stands in both, with its hash.
BEGUN = Parts(f"{command.GENERATOR}/site.lock", f"{command.GENERATOR}/tests.lock")


def of(root: Path) -> Parts:
    """The parts of the project in a folder."""
    return BEGUN if command.is_begun(root) else REPOSITORY
