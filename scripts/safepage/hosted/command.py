"""The command `editor`: a folder to host, by which a project is changed on its code host."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from safepage.faults import Fault, Faulty
from safepage.hosted import content, serving
from safepage.hosted.where import Where
from safepage.output import place
from safepage.page import texts
from safepage.site import parts, settings
from safepage.translations import catalogue
from safepage.translations.review import sheet

_STATIC = Path(__file__).with_name("static")
_MARK = '<meta name="generator" content="safepage editor">'
_STYLES = (Path(__file__).parents[1] / "editor" / "style.css", Path(__file__).with_name("style.css"))


def run(options: argparse.Namespace) -> int:
    """The command: 0 when the editor was written, 1 with a line for each error."""
    output: Path = options.output.absolute()
    try:
        where = write(options.project, output, options.host, options.repository, options.branch, options.api)
    except Faulty as faulty:
        print(*faulty.faults, sep="\n", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The editor could not be written: {error}. The folder is as it was.", file=sys.stderr)
        return 1
    print(f"The editor of {where.repository} on {where.name} is in {options.output}.")
    return 0


def write(
    root: Path,
    output: Path,
    kind: str | None = None,
    repository: str | None = None,
    branch: str | None = None,
    api: str | None = None,
) -> Where:
    """Write the editor to a folder, or leave that as it is; for which project it is.

    In: the project, an absolute path, and what of the code host `repo_url` in mkdocs.yml does not say. Raises
    Faulty and OSError.
    """
    site = catalogue.read(root)
    url = settings.read(site.read("mkdocs.yml") or "").get("repo_url") or ""
    where = Where.find(str(url), kind or "", repository or "", branch or "", api or "")
    files = {**_static(where.policy), "project.js": content.module(site, where)}
    styles = (texts.read(file, file.name) for file in _STYLES)
    files["style.css"] = "".join((parts.read(parts.folders(root)).style, sheet.shared(), *styles))
    files |= serving.files(where.policy)
    if why := refusal(root, output, files):
        what, _, todo = why.rpartition(": ")
        raise Faulty([Fault("--output", 0, what, todo)])
    with place.staged(output) as stage:
        made = stage / "editor"
        made.mkdir()
        for name, text in files.items():
            (made / name).write_text(text, encoding="utf-8", newline="\n")
        place.put(made, output)
    return where


def refusal(root: Path, output: Path, files: dict[str, str]) -> str:
    """Why the editor can't be written there, as `place.refusal` says it; a site is no place for it.

    In: the project's folder, an absolute path, and the files to be written.
    """
    if why := place.unfit(root, output, "editor"):
        return why
    above = [output, *output.parents]
    if any((folder / place.LIST).is_file() for folder in above) or root / "site" in above:
        return f"{output} is where readers get the site: name a folder that is served at another address"
    page = output / "index.html"
    ours = files if page.is_file() and _MARK in page.read_text(encoding="utf-8", errors="replace") else {}
    return place.strange(output, lambda name: name in ours, "an editor")


def _static(policy: str) -> dict[str, str]:
    found = {file.name: texts.read(file, file.name) for file in sorted(_STATIC.iterdir())}
    return {name: text.replace("{policy}", policy) for name, text in found.items()}
