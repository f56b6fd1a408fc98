"""How complete and how fresh each language is, and what a translator needs to keep it so."""

from __future__ import annotations

import argparse
import sys

from safepage.faults import Fault, Faulty, errors
from safepage.page.paragraphs import paragraphs
from safepage.translations import catalogue, freshness, reviewers, writing


def run(options: argparse.Namespace) -> int:
    """Runs one step; 0 if all is well, 1 with a line for each fault."""
    try:
        if options.step == "new":
            from safepage.translations import new_language

            for line in new_language.begin(options.project, options.language, options.name):
                print(line)
            return 0
        site = catalogue.read(options.project)
        if options.step in (None, "status"):
            return _status(site, options)
        if options.step == "check":
            return _check(site, options)
        if options.step == "diff":
            return _diff(site, options)
        if options.step == "confirm":
            return _confirm(site, options.language, options.page, options.reviewed_by)
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

    _translation(site, options.language, options.page)
    colour = options.colour == "always" or (options.colour == "auto" and sys.stdout.isatty())
    for line in difference.report(
        site, History(site.root, site.source), options.language, options.page, colour
    ):
        print(line)
    return 0


def _confirm(site: catalogue.Catalogue, locale: str, page: str, reviewed_by: str | None) -> int:
    from safepage.translations import structure

    translation, source = _translation(site, locale, page)
    path, source_path = site.path(locale, page), site.path(site.source, page)
    if reviewed_by is not None:
        reviewed_by = reviewed_by.removeprefix("@")
        if not freshness.is_handle(reviewed_by):
            raise Faulty([Fault("--reviewed-by", 0, f"“{reviewed_by}” is no handle",
                                "use letters, digits, dots and hyphens, as on the code host")])  # fmt: skip
    if freshness.state(source, translation, None).status == "missing":
        raise Faulty([Fault(path, 0, f"this is still the text of {source_path}", "translate it first")])
    if faults := structure.check(source, translation, source_path, path, names=site.names):
        raise Faulty(faults)
    old = site.record(locale, page)
    record = freshness.renew(old, paragraphs(source), reviewed_by)
    _write(site, {locale: record}, page)
    if record.reviewed_by and not site.reviewers.knows(locale, record.reviewed_by):
        print(f"{path} matches {source_path}. It stays a draft: {reviewers.PATH} does not name")
        print(f"{record.reviewed_by} for “{locale}”. A maintainer who knows this person adds the name there.")
    elif record.reviewed_by:
        print(f"{path} matches {source_path}, checked by {record.reviewed_by}.")
    else:
        print(f"{path} matches {source_path}. It is a draft: no native speaker has checked it.")
        if old and old.reviewed_by:
            print(f"{old.reviewed_by} had checked it before the source changed. After a new check:")
            print(f"{site.command} confirm {locale} {page} --reviewed-by HANDLE")
    return 0


def _unchanged(site: catalogue.Catalogue, page: str, since: str | None) -> int:
    from safepage.translations import difference
    from safepage.translations.old_texts import History

    source = _source(site, page)
    path = site.path(site.source, page)
    history = History(site.root, site.source)
    found = history.before(page, source, since)
    if found is None:
        why = history.limits() or "git knows no other version of it"
        todo = f"give the version with --since, or run `{site.command} confirm` for each language"
        raise Faulty([Fault(path, 0, f"the page before the edit can't be found: {why}", todo)])
    before, now = paragraphs(found[0]), paragraphs(source)
    records = _records(site, page)
    changed = {tag: freshness.carry(record, before, now) for tag, record in records.items()}
    changed = {tag: record for tag, record in changed.items() if record != records[tag]}
    _write(site, changed, page)
    print(f"The edit of {path} since {found[1]}:")
    print(*difference.edits(before, now), sep="\n")
    for locale, carried in changed.items():
        left = len(freshness.compare(carried, now))
        print(
            f"{locale}: "
            + ("still matches" if not left else f"the edit is not counted; {left} outdated before it")
        )
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
            raise Faulty([_unknown_language(site, locale)])
    return [locale for locale in site.locales if not chosen or locale in chosen]


def _unknown_language(site: catalogue.Catalogue, locale: str) -> Fault:
    if locale == site.source:
        return Fault(f"docs/{locale}", 0, "this is the source language", "name a translation")
    known = ", ".join(site.locales)
    return Fault(
        "mkdocs.yml", 0, f"the site has no language “{locale}”", f"use one of {known}; or begin it with new"
    )


def _source(site: catalogue.Catalogue, page: str) -> str:
    text = site.text(site.source, page) if page in site.pages else None
    if text is None:
        raise Faulty([Fault(site.path(site.source, page), 0, "there is no such page",
                            f"use one of {', '.join(site.pages)}")])  # fmt: skip
    return text


def _translation(site: catalogue.Catalogue, locale: str, page: str) -> tuple[str, str]:
    if locale not in site.locales:
        raise Faulty([_unknown_language(site, locale)])
    source = _source(site, page)
    text = site.text(locale, page)
    if text is None:
        raise Faulty([Fault(site.path(locale, page), 0, "the page is missing",
                            f"copy {site.path(site.source, page)} there and translate it")])  # fmt: skip
    return text, source


def _records(site: catalogue.Catalogue, page: str) -> dict[str, freshness.Record]:
    """The records of a page by language. Raises Faulty with each that can't be read."""
    found, faults = {}, []
    for locale in site.locales:
        try:
            if record := site.record(locale, page):
                found[locale] = record
        except Faulty as faulty:
            faults += faulty.faults
    if faults:
        raise Faulty(faults)
    return found


def _write(site: catalogue.Catalogue, records: dict[str, freshness.Record], page: str) -> None:
    writing.write_all(
        site.root,
        {
            freshness.record_path(locale, page): freshness.dump(record, locale, page, site.source)
            for locale, record in records.items()
        },
    )
