"""What a build would say of a project, or of one with other texts in it, while all stays as it is."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML

from safepage import build
from safepage.faults import Fault, Faulty
from safepage.gate import leftovers
from safepage.output.kept import NOTHING, Kept
from safepage.page import texts
from safepage.translations import catalogue, new_language


def as_built(
    site: catalogue.Catalogue, new: Mapping[str, str], locale: str, kept: Kept = NOTHING
) -> list[Fault]:
    """What a build of a language would say of the project with these texts in it; nothing of it is kept.

    In: the project; texts by their paths from its root; the language, which readers may not get yet;
    what is kept of other builds.
    """
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
            return build.build(stage, stage / "site", only=locale, kept=kept)
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
