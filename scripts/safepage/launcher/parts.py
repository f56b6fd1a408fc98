"""What `.venv` is made of: in this repository, and in a site that holds the generator as a wheel."""

from __future__ import annotations

import re
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


_WHEEL = re.compile(rf"^\./{command.GENERATOR}/\S+\.whl(?:[\s\\]+--hash=\S+)+\s*", re.MULTILINE)


def wheel_alone(lock: str) -> str:
    """The lines of a lock that name the generator, with its hash."""
    return "".join(_WHEEL.findall(lock))


def beside_the_wheel(lock: str) -> str:
    """All else that a lock names: a remark is nothing that is needed."""
    lines = (line.strip() for line in _WHEEL.sub("", lock).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("#"))


def of(root: Path) -> Parts:
    """The parts of the project in a folder."""
    return BEGUN if command.is_begun(root) else REPOSITORY
