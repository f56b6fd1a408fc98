"""Says that pages, or the words of the frame, match the source as it is now: all that are named, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safepage.faults import Fault, Faulty
from safepage.page.paragraphs import paragraphs
from safepage.translations import asked, frame_commands, freshness, structure, telling, writing
from safepage.translations.catalogue import Catalogue
from safepage.translations.frame_words import NAME
from safepage.translations.records import Record, dump, record_path


def confirm(
    site: Catalogue, locale: str, pages: Sequence[str], reviewed_by: str | None, *, same: bool = False
) -> None:
    """Write the records of a language's pages, and say so.

    In: the pages' names (`interface`: the frame), none for all that are translated; the native speaker who
    checked them; whether words of the frame that are the source's are right so. Raises Faulty with a line for
    each fault of each page; then nothing is written.
    """
    if locale not in site.locales:
        raise Faulty([telling.unknown_language(site, locale)])
    reviewed_by = telling.handle(reviewed_by)
    left = [] if pages else list(_untranslated(site, locale))
    chosen = list(dict.fromkeys(pages)) or [page for page in (NAME, *site.pages) if page not in left]
    if not chosen:
        raise Faulty([Fault(f"docs/{locale}", 0, "nothing of it is translated", "translate a page first")])
    records: dict[str, tuple[Record | None, Record]] = {}
    faults: list[Fault] = []
    for page in chosen:
        try:
            frame = page == NAME
            new = (
                frame_commands.renewed(site, locale, reviewed_by, same=same)
                if frame
                else _page(site, locale, page, reviewed_by)
            )
            records[page] = (site.record(locale, page), new)
        except Faulty as faulty:
            faults += faulty.faults
    if faults:
        raise Faulty(faults)
    texts = {page: dump(new, locale, page, site.source) for page, (_, new) in records.items()}
    writing.write_all(site.root, {record_path(locale, page): text for page, text in texts.items()})
    for page, (old, new) in records.items():
        what = frame_commands.confirmed(site, locale) if page == NAME else site.path(locale, page)
        telling.confirmed(site, locale, page, what, old, new)
    if left:
        print(f"Left out, since not translated: {', '.join(left)}.")


def _untranslated(site: Catalogue, locale: str) -> Iterator[str]:
    """What has no words of this language yet. Raises Faulty with each page that can't be read."""
    faults: list[Fault] = []
    for page in (NAME, *site.pages):
        try:
            state = site.frame(locale) if page == NAME else site.state(locale, page, places=False)
            if state.status == "missing":
                yield page
        except Faulty as faulty:
            faults += faulty.faults
    if faults:
        raise Faulty(faults)


def _page(site: Catalogue, locale: str, page: str, reviewed_by: str | None) -> Record:
    translation, source = asked.both(site, locale, page)
    path, source_path = site.path(locale, page), site.path(site.source, page)
    if freshness.state(source, translation, None).status == "missing":
        raise Faulty([Fault(path, 0, f"this is still the text of {source_path}", "translate it first")])
    if faults := structure.check(source, translation, source_path, path, names=site.names):
        raise Faulty(faults)
    return freshness.renew(site.record(locale, page), paragraphs(source), reviewed_by)
