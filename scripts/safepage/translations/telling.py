"""What the commands for translators say, of pages and of the frame alike."""

from __future__ import annotations

from collections.abc import Sequence

from safepage.faults import Fault, Faulty
from safepage.translations import freshness, reviewers
from safepage.translations.catalogue import Catalogue
from safepage.translations.frame_words import NAME
from safepage.translations.old_texts import History
from safepage.translations.records import Record


def unknown_language(site: Catalogue, locale: str) -> Fault:
    """The site has no such translation."""
    if locale == site.source:
        return Fault(f"docs/{locale}", 0, "this is the source language", "name a translation")
    known = ", ".join(site.locales)
    return Fault(
        "mkdocs.yml", 0, f"the site has no language “{locale}”", f"use one of {known}; or begin it with new"
    )


def known_pages(site: Catalogue, pages: Sequence[str]) -> list[str]:
    """These pages, or all, in the site's order; the frame is one. Raises Faulty for a name of none."""
    every = [*site.pages, NAME]
    if unknown := [page for page in pages if page not in every]:
        what = f"there is no page “{unknown[0]}”"
        raise Faulty([Fault(f"docs/{site.source}", 0, what, f"use one of {', '.join(every)}")])
    return [page for page in every if page in pages] if pages else every


def no_history(site: Catalogue, path: str, history: History) -> Fault:
    """What a source's file said before its last edit is not known."""
    why = history.limits() or "git knows no other version of it"
    todo = f"give the version with --since, or run `{site.command} confirm` for each language"
    return Fault(path, 0, f"what stood there before the edit can't be found: {why}", todo)


def handle(name: str | None) -> str | None:
    """A reviewer as records name one; None where nobody is named. Raises Faulty for what is no handle."""
    if not name:
        return None
    name = name.removeprefix("@")
    if not freshness.is_handle(name):
        todo = "use letters, digits, dots and hyphens, as on the code host"
        raise Faulty([Fault("--reviewed-by", 0, f"“{name}” is no handle", todo)])
    return name


def confirmed(site: Catalogue, locale: str, page: str, what: str, old: Record | None, new: Record) -> None:
    """Say that a translation was confirmed, and by whom. In: `what` matches; its record before and after."""
    source_path = site.path(site.source, page)
    if new.reviewed_by and not site.reviewers.knows(locale, new.reviewed_by):
        print(f"{what} matches {source_path}. It stays a draft: {reviewers.PATH} does not name")
        print(f"{new.reviewed_by} for “{locale}”. A maintainer who knows this person adds the name there.")
    elif new.reviewed_by:
        print(f"{what} matches {source_path}, checked by {new.reviewed_by}.")
    else:
        print(f"{what} matches {source_path}. It is a draft: no native speaker has checked it.")
        if old and old.reviewed_by:
            print(f"{old.reviewed_by} had checked it before the source changed. After a new check:")
            print(f"{site.command} confirm {locale} {page} --reviewed-by HANDLE")


def carried(locale: str, left: int) -> None:
    """Say how a translation stands after an edit of the source that changed no meaning."""
    print(
        f"{locale}: "
        + ("still matches" if not left else f"the edit is not counted; {left} outdated before it")
    )


def records_of(site: Catalogue, page: str) -> dict[str, Record]:
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
