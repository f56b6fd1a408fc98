"""On paper: the text and the contacts in full, and nothing that only works on a screen."""

from __future__ import annotations

import io

from playwright.sync_api import Page
from pypdf import PdfReader

from pages import WHOM_TO_CALL, At, both_ways, look_at, phones, words


def printed(page: Page) -> str:
    """The words of the PDF that the browser prints, without white space: lines break where they like."""
    page.emulate_media(media="print")
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return "".join("".join((sheet.extract_text() or "").split()) for sheet in reader.pages)


@both_ways
def test_contacts_are_printed_in_full(undrawn_tab: Page, locale: str) -> None:
    """The printed contact page holds every number, in both directions, and no word of the controls."""
    look_at(undrawn_tab, At(locale, "contact"))
    text = printed(undrawn_tab)
    for number in phones("police", *WHOM_TO_CALL):
        assert "".join(number.split()) in text, number
    for key in ("exit", "exit_keys", "skip_content", "skip_exit"):
        assert "".join(words(locale)[key].split()) not in text


@both_ways
def test_every_page_of_text_prints_whom_to_call(undrawn_tab: Page, locale: str) -> None:
    """Whoever holds one printed page has 112, the national line, and the centres' numbers."""
    for name in ("index", "recognise"):
        look_at(undrawn_tab, At(locale, name))
        text = printed(undrawn_tab)
        for number in phones(*WHOM_TO_CALL):
            assert "".join(number.split()) in text, (name, number)
