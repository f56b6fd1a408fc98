"""The generators that are compared: how a project of ours becomes one of theirs, and how it is built."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from safepage.launcher import installing
from safepage.launcher.venv import program_of
from safepage.making.measuring import building, environments, hugo, projects, starlight
from safepage.making.measuring.building import Build


@dataclass(frozen=True)
class Peer:
    """A generator: its `title`, and what stands before the address of a page of the first language (`first`).

    `prepare` fetches what it needs and raises environments.Absent; `write` makes its project of one of ours;
    `build` builds a project into a folder; `file` says where the text of a page lies in a project (language,
    name, first language).
    """

    title: str
    prepare: Callable[[], object]
    write: Callable[[Path, Path], None]
    build: Callable[[Path, Path], Build]
    file: Callable[[str, str, str], str]
    first: str = ""


def _same(project: Path, folder: Path) -> None:
    shutil.copytree(project, folder)


def _stock(project: Path, output: Path) -> Build:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(output)]
    return building.build(command, project, building.log(output))


def _zensical(project: Path, output: Path) -> Build:
    program = program_of(environments.python(), "zensical")
    done = building.build([str(program), "build", "--clean"], project, building.log(output))
    return _moved(done, project / "site", output)


def _starlight(project: Path, output: Path) -> Build:
    program = environments.node() / "astro/bin/astro.mjs"
    command = [str(installing.node(Path(sys.prefix))), str(program), "build"]
    done = building.build(command, project, building.log(output), ASTRO_TELEMETRY_DISABLED="1")
    return _moved(done, project / "dist", output)


def _hugo(project: Path, output: Path) -> Build:
    program = program_of(environments.python(), "hugo")
    command = [str(program), "--minify", "--logLevel=error", "--destination", str(output)]
    node = installing.node(Path(sys.prefix)).parent
    return building.build(command, project, building.log(output), PATH=building.path_with(node))


def _moved(done: Build, built: Path, output: Path) -> Build:
    """The folder, where a generator wants to write to one of its own."""
    if not done.trouble:
        shutil.rmtree(output, ignore_errors=True)
        built.rename(output)
    return done


def _both() -> None:
    environments.python()
    environments.node()


def _docs(tag: str, name: str, source: str) -> str:
    return f"docs/{tag}/{name}.md"


PEERS = {
    "ours": Peer("ours", lambda: None, _same, building.ours, _docs),
    "stock": Peer("stock Material", lambda: None, projects.stock, _stock, _docs),
    # Knows no languages: the folders of all are pages of one site.
    "zensical": Peer("Zensical", environments.python, projects.zensical, _zensical, _docs, "en/"),
    "starlight": Peer("Starlight", environments.node, starlight.project, _starlight, starlight.file),
    "hugo": Peer("Hugo, Doks", _both, hugo.project, _hugo, hugo.file, "docs/"),
}


def chosen(names: list[str]) -> tuple[list[str], dict[str, str]]:
    """Those of these generators that can be had here, and why the others can't."""
    absent: dict[str, str] = {}
    for name in names:
        try:
            PEERS[name].prepare()
        except environments.Absent as why:
            absent[name] = str(why)
    return [name for name in names if name not in absent], absent
