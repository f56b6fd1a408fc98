"""The words of the frame in one language: all of them, none unknown, plain text with the source's slots."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from safepage.faults import MOST, Fault, short
from safepage.gate import placeholders
from safepage.gate.contacts.addresses import numbers
from safepage.gate.words import plain_text
from safepage.page.yaml_text import KeyPath

_SLOT = re.compile(r"\{[a-z_]+\}")


def interface_check(
    words: Mapping[str, object],
    source: Mapping[str, object],
    path: str,
    lines: Mapping[KeyPath, int],
    country: str,
) -> list[Fault]:
    """Compare the words of a language with those of the source language.

    In: both files as `yaml_text.load` read them, the path of the first and its lines, the country whose
    numbers are dialled without a prefix. For the source language itself give the same words
    twice. Out: a missing or unknown word, other `{slots}` than the source's, markup, a contact,
    hidden characters, several lines.
    """
    faults = []
    unknown = 0
    for key in source:
        if key not in words:
            what = f"the word “{key}” is missing: readers would find a gap in the page's frame"
            faults.append(Fault(path, 0, what, f"add {key}: with “{short(source[key])}” in this language"))
    for key, value in words.items():
        line = lines.get((key,), 0)
        if key not in source:
            unknown += 1
            near = difflib.get_close_matches(key, source, n=1) if unknown <= MOST else []
            todo = f"write “{near[0]}”" if near else "take the line out"
            faults.append(Fault(path, line, f"“{short(key)}” is no word of the frame", todo))
            continue
        known = numbers(str(source[key]))
        problems: list[tuple[str, str]] = []
        if isinstance(value, str):
            value, problems = placeholders.slots(
                value, [slot[1:-1] for slot in _SLOT.findall(str(source[key]))]
            )
        problems += plain_text(value, country, known, slots=True)
        faults += [Fault(path, line, f"{key}: {what}", todo) for what, todo in problems]
        if not isinstance(value, str):
            continue
        have, want = Counter(_SLOT.findall(value)), Counter(_SLOT.findall(str(source[key])))
        if have != want:
            shown = " ".join(want.elements()) or "no slot in braces"
            what = f"{key} has {' '.join(have.elements()) or 'no slot in braces'}, but the source has {shown}"
            faults.append(
                Fault(path, line, what, f"write {shown}, exactly so" if want else "take the braces out")
            )
    return sorted(set(faults))


def exit_titles(titles: Mapping[str, str], names: Iterable[str]) -> list[Fault]:
    """Titles of the page that is shown while a reader leaves that would give the site away.

    In: `exit_title` in each language, and the site's names in any.
    """
    telling = {word for name in names for word in _stems(name)}
    return [
        Fault(
            f"docs/{tag}/interface.yml",
            0,
            f"exit_title: “{short(title)}” has a word of the site's name, which others would read in the tab",
            "write a word that says nothing of this site, such as that for weather",
        )
        for tag, title in titles.items()
        if any(
            ours.startswith(theirs) or theirs.startswith(ours) for ours in _stems(title) for theirs in telling
        )
    ]


# How many letters tell a word in a script that is written without spaces.
_WITHOUT_SPACES = (
    (re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"), 4),
    (re.compile("[\u2e80-\uffff]"), 2),
)


def _stems(text: str) -> set[str]:
    """The long words of a text, without accents and capitals. In a script without spaces what is as long as a
    word: two signs of Chinese, Japanese or Korean, four letters of Thai, Lao, Burmese or Khmer."""
    folded = "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)
    )
    words = re.findall(r"[^\W\d_]+", folded)
    stems = {word[:6] for word in words if len(word) >= 4}
    for word in words:
        long = next((length for script, length in _WITHOUT_SPACES if script.match(word)), 0)
        stems |= {word[at : at + long] for at in range(len(word) - long + 1) if long}
    return stems
