"""How the tests run the project's command: as the launcher does, in a project of their own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from environment import ROOT
from safepage.launcher.venv import child_environment

COMMAND = [sys.executable, "-P", "-m", "safepage"]


def environment_of(project: Path, *before: Path, **extra: str) -> dict[str, str]:
    """The environment in which COMMAND is that project's own.

    In: the project's folder, with the generator or without; folders whose modules come before all others;
    further variables.
    """
    generator = project / "scripts" if (project / "scripts").is_dir() else ROOT / "scripts"
    path = os.pathsep.join(map(str, [*before, generator]))
    return {**child_environment(project), "PYTHONPATH": path, **extra}
