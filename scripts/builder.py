"""Builds the site: runs MkDocs for each language into a temporary folder, and swaps that in at the end."""

from __future__ import annotations

import argparse
import logging
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from safepage.faults import Fault, Faulty, errors

_FILE = re.compile(r"(?:Doc file '|page ')(?P<file>[^']+)'")
_LINK = re.compile(r"link '(?P<link>[^']+)'")


def build(root: Path, output: Path, *, only: str | None = None) -> list[Fault]:
    """Build the site of a project.

    In: the project's folder, the folder to write to, and perhaps the one locale to build. Out: the warnings.
    Raises Faulty with every error of the run; then `output` is as it was before.
    """
    stage = Path(tempfile.mkdtemp(prefix=".site-", dir=_existing_parent(output)))
    faults: list[Fault] = []
    try:
        config = _config(root)
        plugin: Any = config.plugins["i18n"]
        locales = [only] if only else list(plugin.build_languages)
        unknown = [tag for tag in locales if tag not in plugin.all_languages]
        if unknown:
            raise Faulty([Fault("mkdocs.yml", 0, f"the site has no language '{unknown[0]}'",
                                f"use one of {', '.join(plugin.all_languages)}")])  # fmt: skip
        for locale in locales:
            faults += _build_locale(config, locale, stage / locale)
        if errors(faults):
            raise Faulty(faults)
        built = stage / "site"
        for locale in locales:
            _merge(stage / locale, built)
        _swap(built, output)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return sorted(set(faults))


def _existing_parent(output: Path) -> Path:
    output.parent.mkdir(parents=True, exist_ok=True)
    return output.parent


def _config(root: Path) -> Any:
    log = _Listener(root)
    with log:
        try:
            return load_config(str(root / "mkdocs.yml"))
        except (ConfigurationError, Abort) as error:
            raise Faulty(log.faults or [Fault("mkdocs.yml", 0, _one_line(error), "mend it there")]) from None


def _build_locale(config: Any, locale: str, folder: Path) -> list[Fault]:
    """Build one language by itself: the plugin would make every page anew for every pair of languages."""
    plugin: Any = config.plugins["i18n"]
    plugin.current_language = locale
    plugin.building = True
    for language in plugin.config.languages:
        language.build = language.locale in (locale, plugin.default_language)
    config.site_dir = str(folder)
    hooks = next(iter(config.hooks.values()))
    listener = _Listener(Path(config.config_file_path).parent)
    with listener:
        try:
            mkdocs_build(config)
        except Faulty as faulty:
            return faulty.faults
        except (Abort, MkDocsException) as error:
            found = [*hooks.faults, *listener.faults]
            if not errors(found):
                found.append(Fault("mkdocs.yml", 0, _one_line(error), "mend it there"))
            return found
    return [*hooks.faults, *listener.faults]


class _Listener(logging.Handler):
    """Turns what MkDocs warns of (broken links and anchors, pages left out) into faults with a line."""

    def __init__(self, root: Path) -> None:
        super().__init__(logging.WARNING)
        self.root = root
        self.faults: list[Fault] = []
        self.logger = logging.getLogger("mkdocs")

    def emit(self, record: logging.LogRecord) -> None:
        """A record of MkDocs's own; those of our hooks have been counted there."""
        message = record.getMessage()
        if "safepage" in record.name or message.startswith(("Error reading page", "Error building page")):
            return
        file, link = _FILE.search(message), _LINK.search(message)
        path = f"docs/{file['file']}" if file else "mkdocs.yml"
        line = 0
        if link and (self.root / path).is_file():
            lines = (self.root / path).read_text(encoding="utf-8", errors="replace").splitlines()
            line = next((n for n, text in enumerate(lines, 1) if link["link"] in text), 0)
        todo = "write a link to a page or an anchor that exists" if link else "mend it there"
        self.faults.append(Fault(path, line, _one_line(message), todo))

    def __enter__(self) -> _Listener:
        self.logger.addHandler(self)
        self.propagate, self.logger.propagate = self.logger.propagate, False
        return self

    def __exit__(self, *_: object) -> None:
        self.logger.removeHandler(self)
        self.logger.propagate = self.propagate


def _one_line(error: object) -> str:
    return " ".join(str(error).split()).rstrip(".")


def _merge(source: Path, target: Path) -> None:
    for file in sorted(source.rglob("*")):
        if file.is_file() and file.name != "sitemap.xml.gz":
            place = target / file.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            file.replace(place)


def _swap(built: Path, output: Path) -> None:
    """Put the new site where the old one is; the old one is whole until the new one stands."""
    old = built.with_name("old")
    if output.exists():
        output.rename(old)
    try:
        built.rename(output)
    except OSError:
        if old.exists():
            old.rename(output)
        raise


def main() -> int:
    """The command line: 0 when the site was written, 1 with a line for each error."""
    parser = argparse.ArgumentParser(prog="manage.py build", description="Write the site.")
    parser.add_argument("--output", type=Path, default=Path("site"), help="folder to write to (site)")
    parser.add_argument("--language", metavar="xx", help="build this language only")
    options = parser.parse_args()
    root = Path(__file__).parent.parent
    try:
        warnings = build(root, (root / options.output).resolve(), only=options.language)
    except Faulty as faulty:
        print(*faulty.faults, sep="\n", file=sys.stderr)
        print("Nothing was written: the site is as it was.", file=sys.stderr)
        return 1
    for warning in warnings:
        print(warning, file=sys.stderr)
    print(f"The site is in {options.output}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
