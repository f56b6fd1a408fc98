"""What kind of project a folder is, and how its command is called there. Standard library only."""

from __future__ import annotations

from pathlib import Path

GENERATOR = "generator"  # the folder of a begun site that holds the wheel and its locks


def is_begun(project: Path) -> bool:
    """True for a site that holds the generator as a wheel; false where its code stands or is installed."""
    return (project / GENERATOR).is_dir()


def name(project: Path) -> str:
    """How the command is called in the folder of a project: what a message tells to run begins so."""
    for file in ("scripts/manage.py", "manage.py"):
        if (project / file).is_file():
            return f"python3 {file}"
    return "python -m safepage"
