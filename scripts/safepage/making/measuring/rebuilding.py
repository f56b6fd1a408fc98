"""Builds a project again after nothing, or one page, was changed: what that takes of a build from nothing.

Each with compressed copies, search and checks, as a site is published.
"""

from __future__ import annotations

from pathlib import Path

from safepage.making.measuring import building, projects
from safepage.making.measuring.building import Build

LIMIT = 0.15  # of the time of a build from nothing
TIMES = 3  # each but the first; the shortest counts, since other work only makes it longer


def rebuilds(project: Path, output: Path, edited: dict[str, Path]) -> dict[str, Build]:
    """How long each build takes: "from nothing", "nothing changed", and one for each page by its name.

    In: a project of ours that may be written to and holds nothing of other builds; where the site goes; pages
    to edit.
    """
    found = {"from nothing": building.ours(project, output, compressed=True)}
    for name, page in {"nothing changed": None, **edited}.items():
        found[name] = min((_edited(project, output, page) for _ in range(TIMES)), key=lambda one: one.seconds)
    return found


def _edited(project: Path, output: Path, page: Path | None) -> Build:
    if page:
        projects.edit(page)
    return building.ours(project, output, compressed=True)
