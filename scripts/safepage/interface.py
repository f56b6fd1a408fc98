"""The words of the frame in one language: all of them, none unknown, plain text with the source's slots."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping

from safepage.addresses import numbers
from safepage.faults import Fault
from safepage.frontmatter import KeyPath, plain_text

_SLOT = re.compile(r"\{[a-z_]+\}")


def interface_check(
    words: Mapping[str, object], source: Mapping[str, object], path: str, lines: Mapping[KeyPath, int]
) -> list[Fault]:
    """Compare the words of a language with those of the source language.

    In: both files as `frontmatter.load_yaml` read them, the path of the first and its lines. For the source
    language itself give the same words twice. Out: a missing or unknown word, other `{slots}` than the
    source's, markup, a contact, hidden characters, several lines.
    """
    faults = []
    for key in source:
        if key not in words:
            what = f"the word “{key}” is missing: readers would find a gap in the page's frame"
            faults.append(Fault(path, 0, what, f"add {key}: with “{_short(source[key])}” in this language"))
    for key, value in words.items():
        line = lines.get((key,), 0)
        if key not in source:
            near = difflib.get_close_matches(key, source, n=1)
            todo = f"write “{near[0]}”" if near else "take the line out"
            faults.append(Fault(path, line, f"“{_short(key)}” is no word of the frame", todo))
            continue
        known = numbers(str(source[key]))
        problems = plain_text(value, known, slots=True)
        faults += [Fault(path, line, f"{key}: {what}", todo) for what, todo in problems]
        if not isinstance(value, str):
            continue
        have, want = Counter(_SLOT.findall(value)), Counter(_SLOT.findall(str(source[key])))
        if have != want:
            shown = " ".join(want) or "no slot in braces"
            what = f"{key} has {' '.join(have) or 'no slot in braces'}, but the source has {shown}"
            faults.append(
                Fault(path, line, what, f"write {shown}, exactly so" if want else "take the braces out")
            )
    return sorted(set(faults))


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"
