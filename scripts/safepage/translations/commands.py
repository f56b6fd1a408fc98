"""How complete and how fresh each language is, and what a translator needs to keep it so."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from safepage.faults import Fault, Faulty, errors
from safepage.page.paragraphs import paragraphs
from safepage.translations import asked, catalogue, frame_words, freshness, telling, writing


def run(options: argparse.Namespace) -> int:
    """Runs one step; 0 if all is well, 1 with a line for each fault."""
    try:
        site = catalogue.read(options.project)
        if options.step in (None, "status"):
            return _status(site, options)
        if options.step == "check":
            return _check(site, options)
        if options.step == "export":
            return _export(site, options.language, options.pages, options.output)
        if options.step == "confirm":
            from safepage.translations import confirming

            confirming.confirm(site, options.language, options.pages, options.reviewed_by, same=options.same)
            return 0
        if getattr(options, "page", None) == frame_words.NAME:
            from safepage.translations import frame_commands

            return frame_commands.run(site, options)
        if options.step == "diff":
            return _diff(site, options)
        return _unchanged(site, options.page, options.since)
    except Faulty as faulty:
        print(*faulty.faults, sep="\n", file=sys.stderr)
        return 1


def _status(site: catalogue.Catalogue, options: argparse.Namespace) -> int:
    from safepage.translations import status_table

    table = status_table.read(site, _locales(site, options))
    if getattr(options, "json", False):
        print(table.json())
    elif getattr(options, "markdown", False):
        print(table.markdown(status_table.looks(site, table.locales, options.since)))
    else:
        print(table.plain())
    return 0


def _check(site: catalogue.Catalogue, options: argparse.Namespace) -> int:
    faults = site.faults(_locales(site, options))
    for fault in faults:
        print(fault)
    if not faults:
        print("Every translation has the structure of its source.")
    return 1 if errors(faults) else 0


def _diff(site: catalogue.Catalogue, options: argparse.Namespace) -> int:
    from safepage.translations import difference
    from safepage.translations.old_texts import History

    asked.both(site, options.language, options.page)
    colour = options.colour == "always" or (options.colour == "auto" and sys.stdout.isatty())
    for line in difference.report(
        site, History(site.root, site.source), options.language, options.page, colour
    ):
        print(line)
    return 0


def _export(site: catalogue.Catalogue, locale: str, pages: Sequence[str], output: Path | None) -> int:
    from safepage.translations.po import writing as po

    if locale not in site.locales:
        raise Faulty([telling.unknown_language(site, locale)])
    pages = telling.known_pages(site, pages)
    file = output or site.root / f"{locale}.po"
    if file.exists():
        todo = "import it first, or move it away: somebody's work may be in it"
        raise Faulty([Fault(file.name, 0, "the file is there already", todo)])
    found = po.export(site, locale, pages)
    try:
        file.write_text(f"{found}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        what = f"the file can't be written: {(error.strerror or str(error)).lower()}"
        raise Faulty([Fault(file.name, 0, what, "choose another place with --output")]) from None
    done, unsure = len(found.translated_entries()), len(found.fuzzy_entries())
    print(f"{file.name}: {len(found)} texts, {done} finished, {unsure} to look at again,")
    print(f"{len(found) - done - unsure} to translate. When it comes back: {site.command} import {file.name}")
    return 0


def _unchanged(site: catalogue.Catalogue, page: str, since: str | None) -> int:
    from safepage.translations import difference
    from safepage.translations.old_texts import History

    source = asked.source(site, page)
    path = site.path(site.source, page)
    history = History(site.root, site.source)
    found = history.before(path, source, since, lambda text, _: paragraphs(text))
    if found is None:
        raise Faulty([telling.no_history(site, path, history)])
    before, now = paragraphs(found[0]), paragraphs(source)
    records = telling.records_of(site, page)
    changed = {tag: freshness.carry(record, before, now) for tag, record in records.items()}
    changed = {tag: record for tag, record in changed.items() if record != records[tag]}
    _write(site, changed, page)
    print(f"The edit of {path} since {found[1]}:")
    print(*difference.edits(before, now), sep="\n")
    for locale, carried in changed.items():
        telling.carried(locale, len(freshness.compare(carried, now)))
    return 0


def _locales(site: catalogue.Catalogue, options: argparse.Namespace) -> list[str]:
    chosen: list[str] | None = getattr(options, "language", None)
    since: str | None = getattr(options, "since", None)
    if since is not None:
        from safepage.translations.old_texts import History

        touched = History(site.root, site.source).touched(since)
        if touched is None:
            raise Faulty([Fault("--since", 0, f"git has no “{since}” here", "name a commit or branch")])
        return [tag for tag in site.locales if touched & {site.source, "mkdocs.yml", tag}]
    for locale in chosen or []:
        if locale not in site.locales:
            raise Faulty([telling.unknown_language(site, locale)])
    return [locale for locale in site.locales if not chosen or locale in chosen]


def _write(site: catalogue.Catalogue, records: dict[str, freshness.Record], page: str) -> None:
    writing.write_all(
        site.root,
        {
            freshness.record_path(locale, page): freshness.dump(record, locale, page, site.source)
            for locale, record in records.items()
        },
    )
