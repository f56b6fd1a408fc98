"""What programs leave in a text on its way to a page: lost letters, marks of chats and of e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LETTER = "A-Za-zÀ-ÖØ-öø-\u024f\u0400-\u045f"
_LOWER = "a-zß-öø-ÿ\u0101-\u024f\u0430-\u045f"
_AGAIN = "copy it anew from where it came from, or type the word anew"
# Each with a piece that it can't match without, which is looked for first.
_RULES = (
    (
        "=",
        re.compile(r"(?:=[0-9A-F]{2}){2,}"),
        "“{}” is what an e-mail makes of another letter",
        _AGAIN,
    ),
    (
        "?",
        # Not in scripts without spaces, where a question may end right before the next word.
        re.compile(
            rf"(?:(?<=[{_LETTER}])\?{{1,3}}|(?<!\S)\?|(?<=[’'])\?)(?=[{_LOWER}])|"
            r"(?<!\?)\?{2,}+ {1,2}\?{2,}+"
        ),
        "a question mark stands within “{}”: letters were lost, or a space is missing",
        f"{_AGAIN}; if it ends a question, put a space behind it",
    ),
    (
        "!",
        # What Word writes where a cross-reference leads nowhere.
        re.compile(
            r"(?:Error|Fout|Erreur|Fehler|Erro|Błąd|Ошибка|Hiba)\s?! (?:Reference source|Verwijzingsbron|"
            r"Source du renvoi|Verweisquelle|No se encuentra el origen|Fonte de referência|"
            r"Nie można odnaleźć źródła|Источник ссылки|A hivatkozási forrás)"
        ),
        "“{}” is what Word writes for a reference that leads nowhere",
        "write what it referred to",
    ),
    (
        " ipsum",
        re.compile(r"[Ll]orem ipsum"),
        "“{}” only fills a page",
        "write the text",
    ),
    (
        "†",
        re.compile(r"【[^】\n]{0,60}†[^】\n]{0,60}】"),
        "“{}” is left over from a chat program: it leads nowhere",
        "delete it",
    ),
    (
        "] ",
        # [26/11/2026, 12:34:56] Anna: … and [12:34, 26/11/2026] Anna: …
        re.compile(
            r"^\u200e?\[(?=[^\]\n]{0,30}\d[:.]\d\d)(?=[^\]\n]{0,30}\d[./-]\d)[\d:./, \u202f-]{8,30}"
            r"(?:[AP]M)?\] [^:\n]{1,40}: ",
            re.MULTILINE,
        ),
        "“{}” is what a chat program puts before a message",
        "delete it: nobody’s name belongs on a page",
    ),
)


def found(text: str) -> Iterator[tuple[int, str, str]]:
    """What is left in a text of the way that it came: (where in the text, what is wrong, what to do)."""
    for sign, pattern, what, todo in _RULES:
        if sign in text:
            for match in pattern.finditer(text):
                yield match.start(), what.replace("{}", _around(text, *match.span())), todo


def _around(text: str, start: int, end: int) -> str:
    """A piece of a text with the word that it stands in."""
    before = text[max(0, start - 20) : start].rpartition(" ")[2].rpartition("\n")[2]
    after = "" if text[end - 1].isspace() else text[end : end + 20].partition(" ")[0].partition("\n")[0]
    return f"{before}{text[start:end].strip()}{after}"
