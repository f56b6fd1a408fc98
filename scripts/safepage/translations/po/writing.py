"""A language as a PO file: each unit with where it stands, what to leave as it is, and the words to use."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence

import polib

from safepage.page import grammar
from safepage.page.paragraphs import Paragraph
from safepage.page.spots import spelt
from safepage.site import settings
from safepage.site.languages import language_name
from safepage.translations import frame_words
from safepage.translations.catalogue import Catalogue
from safepage.translations.old_texts import History
from safepage.translations.po import glossary, standing
from safepage.translations.po.standing import Standing
from safepage.translations.po.units import Unit

MADE_FOR = "X-Made-For"  # in the header: the language and the site, whatever a tool makes of the other fields
_SLOT = re.compile(r"\{[a-z_]+\}")
_LINK = re.compile(r"\]\([^()]*\)")
_HEAD = """\
The words of {site} in {language}, out of its pages. Translate msgstr; leave msgid and msgctxt as they are.
Leave as they are: {{{{ placeholders }}}}, {{slots}}, where a link leads: ](contact.md), and **bold** marks.
An entry that is fuzzy waits for your eyes: when it matches the source again, take the mark away.
"""


def export(site: Catalogue, locale: str, pages: Sequence[str]) -> polib.POFile:
    """The PO file of a language: the units of these pages, and of the frame where that is among them.

    Raises Faulty if a file can't be read.
    """
    found = polib.POFile(wrapwidth=78)
    found.header = _HEAD.format(site=name(site), language=language_name(locale, "en")).rstrip()
    found.metadata = _metadata(site, locale)
    terms = glossary.terms(site, locale)
    for page in pages:
        standings = _standings(site, locale, page)
        was = _old(site, page, standings)
        found.extend(_entry(one, was, terms) for one in standings)
    return found


def made_for(site: Catalogue, locale: str) -> str:
    """What the header says of the language and the site."""
    written = settings.read(site.read("mkdocs.yml") or "")
    return f"{locale}, {written.get('site_url') or name(site)}"


def name(site: Catalogue) -> str:
    """What the site is called."""
    return str(settings.read(site.read("mkdocs.yml") or "").get("site_name") or "this site")


def _metadata(site: Catalogue, locale: str) -> dict[str, str]:
    now = datetime.datetime.now(datetime.UTC)
    return {
        "Project-Id-Version": name(site),
        "Report-Msgid-Bugs-To": "",
        "PO-Revision-Date": f"{now:%Y-%m-%d %H:%M+0000}",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": locale.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        MADE_FOR: made_for(site, locale),
    }


def _standings(site: Catalogue, locale: str, page: str) -> Sequence[Standing]:
    if page == frame_words.NAME:
        return standing.frame(site, locale)
    return standing.page(site, locale, page).standings


def _old(site: Catalogue, page: str, standings: Iterable[Standing]) -> dict[str, Paragraph]:
    """What the source said before, of units that are outdated, as far as git has it."""
    wanted = {one.old.digest for one in standings if one.old and one.unsure}
    history = History(site.root, site.source)
    if not wanted:
        return {}
    if page == frame_words.NAME:
        return history.find_words(frame_words.path(site.source), frame_words.words, wanted)
    return history.find(page, wanted)


def _entry(one: Standing, was: dict[str, Paragraph], terms: Sequence[glossary.Term]) -> polib.POEntry:
    unit = one.unit
    old = was.get(one.old.digest) if one.old else None
    return polib.POEntry(
        msgctxt=unit.place,
        msgid=unit.source,
        msgstr=one.words,
        occurrences=[(unit.path, str(unit.block.line))],
        comment="\n".join(_notes(unit, terms)),
        flags=list(_flags(one)),
        previous_msgid=spelt(old.text) if old and one.words else None,
    )


def _flags(one: Standing) -> Iterator[str]:
    if one.unsure and one.words:
        yield "fuzzy"
    if one.unit.block.kind == "word" and _SLOT.search(one.unit.source):
        yield "python-brace-format"  # so that gettext and other tools look after {slots}


def _notes(unit: Unit, terms: Sequence[glossary.Term]) -> Iterator[str]:
    yield unit.kind
    if unit.block.kind == "word" and frame_words.is_safety(unit.block.id):
        yield "a reader’s safety hangs on this word"
    pattern = _SLOT if unit.block.kind == "word" else grammar.PLACEHOLDER
    fixed = [match[0] for match in pattern.finditer(unit.source)]
    fixed += [match[0].removeprefix("]") for match in _LINK.finditer(unit.source)]
    if fixed:
        yield f"leave as it is: {' '.join(dict.fromkeys(fixed))}"
    if "\n" in unit.source:
        yield "keep the line break: both lines are shown one below the other"
    yield from (term.note for term in terms if term.pattern.search(unit.source))
