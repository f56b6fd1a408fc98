"""The command `translations import`: words out of a PO file, past the whole gate or not at all."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from safepage.faults import Fault, Faulty, bounded, errors
from safepage.rehearsal import as_built
from safepage.translations import catalogue, writing
from safepage.translations.po import reading, taking
from safepage.translations.po.writing import MADE_FOR, made_for

_STOPPED = "Nothing was written: the translation is as it was."


def run(options: argparse.Namespace) -> int:
    """The command: 0 when the words were written, 1 with a line for each error."""
    try:
        told, warnings = bring(options.project, options.file)
    except Faulty as faulty:
        print(*faulty.faults, sep="\n", file=sys.stderr)
        print(_STOPPED, file=sys.stderr)
        return 1
    print(*warnings, sep="\n", end="\n" if warnings else "", file=sys.stderr)
    print(*told or ["The file has nothing that the site doesn't have already."], sep="\n")
    return 0


def bring(root: Path, file: Path) -> tuple[list[str], list[Fault]]:
    """Write what a PO file says.

    In: the project's folder, the file. Out: a line for each page that changed; warnings. Raises Faulty with
    everything that is wrong; then the project is as it was.
    """
    site = catalogue.read(root)
    returned = reading.read(file, file.name)
    locale = _language(site, returned)
    taken = taking.take(site, locale, returned)
    if errors(taken.faults):
        raise Faulty(taken.faults)
    if taken.texts:
        found = as_built(site, taken.texts, locale)
        if wrong := errors(found):
            raise Faulty(taken.of_file(fault) for fault in wrong)
        writing.write_all(root, taken.texts)
    return taken.told, bounded(taken.faults)


def _language(site: catalogue.Catalogue, returned: reading.Returned) -> str:
    """The language of the site that a file is for. Raises Faulty where it is none, or another site's."""
    said = returned.language.replace("_", "-").lower()
    found = next((tag for tag in site.locales if tag.lower() == said), None)
    made = returned.made_for
    if found and made in ("", made_for(site, found)):
        return found
    language, _, address = made.partition(", ")
    if made and made_for(site, language) != made:
        here = made_for(site, found or site.locales[0])
        what = f"the file is of another site: {address}"
        todo = f'take one that was exported from this site; if it has moved, write "{MADE_FOR}: {here}\\n"'
    elif found or language in site.locales:
        what = f"the header says “{returned.language}”, but the file was made for “{language}”"
        todo = f'write "Language: {language}\\n" in its header'
    else:
        what = f"the site has no language “{returned.language}”"
        todo = f"let the header name one of {', '.join(site.locales)}; or begin it with translations new"
    raise Faulty([Fault(returned.path, 0, what, todo)])
