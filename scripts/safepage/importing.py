"""The command `translations import`: words out of a PO file, past the whole gate or not at all."""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML

from safepage import build
from safepage.faults import Fault, Faulty, bounded, errors
from safepage.gate import leftovers
from safepage.page import texts
from safepage.translations import catalogue, new_language, writing
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
        found = _as_built(site, taken.texts, locale)
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


def _as_built(site: catalogue.Catalogue, new: Mapping[str, str], locale: str) -> list[Fault]:
    """What a build of the language would say of the project with these texts in it."""
    with tempfile.TemporaryDirectory() as folder:
        root, stage = site.root, Path(folder)
        shutil.copytree(root / "docs", stage / "docs", symlinks=True, ignore=_left)
        config = texts.read(root / "mkdocs.yml", "mkdocs.yml")
        config = _shown(config, locale) if locale in site.hidden else config
        (stage / "mkdocs.yml").write_text(config, encoding="utf-8", newline="\n")
        if (root / "overrides").is_dir():
            shutil.copytree(root / "overrides", stage / "overrides")
        for path, text in new.items():
            (stage / path).parent.mkdir(parents=True, exist_ok=True)
            (stage / path).write_text(text, encoding="utf-8", newline="\n")
        try:
            return build.build(stage, stage / "site", only=locale)
        except Faulty as faulty:
            return faulty.faults


def _shown(config: str, locale: str) -> str:
    """The settings with a language that readers don't get yet as one that they get."""
    data = YAML(typ="rt").load(config)
    for language in new_language.setting(data, "i18n", "languages"):
        if language["locale"] == locale:
            language["build"] = True
    written = io.StringIO()
    YAML(typ="rt").dump(data, written)
    return written.getvalue()


def _left(_: str, names: list[str]) -> set[str]:
    return {name for name in names if leftovers.passed_over(name)}
