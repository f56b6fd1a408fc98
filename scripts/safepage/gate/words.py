"""Words that stand in data: the title in a head, the words of the frame. Plain, and on one line."""

from __future__ import annotations

import re

from safepage.gate import characters, pasted
from safepage.gate.contacts.addresses import describe, find

_QUOTED = re.compile('[“”„‟«‘‚「][^“”„‟«»‘’‚「」"]*[”“»’‘」"]|[“”„‟«][^"]*"')
# Marks of Markdown, which data have none of: **bold**, _slanted_, a list's or a heading's at its beginning.
_MARK = re.compile(
    r"\*\*|__|~~|`|\]\(|[$%]\{|\\|\A\s*(?:[-+] (?!\D{0,8}\d|de\b)|(?:#{1,6}|[*•]) (?!\d))|"
    r"(?<![^\W_])_[^_]+_(?![^\W_])|(?<![\w*])\*(?!\s)[^*]+\*(?![\w*])"
)
MAX_TEXT = 400  # characters of one text; the longest of the site has less than half


def plain_text(
    value: object,
    country: str,
    known: frozenset[str] | None = None,
    *,
    slots: bool = False,
    bare: bool = False,
) -> list[tuple[str, str]]:
    """What keeps a value from being a plain line of text: pairs of what is wrong and what to do.

    In: the value; the country whose numbers are dialled without a prefix; `known`, the
    numbers of the text that it translates. With `slots`, `{name}` may stand in it. Neither that nor a `bare`
    name stands in quotation marks as a whole; other text may be a quotation.
    """
    if not isinstance(value, str):
        return [(f"“{_short(value)}” is not a text", "write it between quotation marks")]
    problems = []
    if not value.strip():
        problems.append(("it is empty", "write its text"))
    if re.search(r"<[A-Za-z/!?]|&#?\w+;", value):
        problems.append((f"“{_short(value)}” holds markup, readers would see it raw", "write plain words"))
    if problem := mark(value):
        problems.append(problem)
    if (bare or slots or value.endswith('"')) and _QUOTED.fullmatch(value):
        what = f"{value[0]} and {value[-1]} stand around it: readers would see them"
        problems.append((what, 'put it in plain quotation marks ("), or in none'))
    if re.search(r"[{}]", re.sub(r"\{[a-z_]+\}", "", value) if slots else value):
        todo = "write a slot as the source has it, such as {phone}" if slots else "take { and } out"
        problems.append((f"“{_short(value)}” holds a brace, nothing is filled in here", todo))
    if re.search(r"[\n\r\x00-\x1f]", value.strip()):
        problems.append((f"“{_short(value)}” runs over several lines", "write it on one line"))
    todo = "take it out; the number stands where {phone} is" if slots else (
        "take it out, and write {{ emergency.phone }} or the like in the text below"
    )  # fmt: skip
    # Digits beside {phone} would run together with the number, as they would beside a placeholder.
    filled = value.replace("{phone}", "{{ phone }}") if slots else value
    for found in find(filled, country, known):
        problems.append((describe(found)[0].replace("{{ phone }}", "{phone}"), todo))
    # In quotation marks YAML makes a character of "\u202e", which no check of the file itself sees.
    problems += [(fault.what, fault.todo) for fault in characters.check(value, "")]
    problems += [(what, todo) for _, what, todo in pasted.found(value)]
    if len(value) > MAX_TEXT:
        problems.append((f"it has more than {MAX_TEXT} characters", "make it shorter"))
    return problems


def mark(value: str) -> tuple[str, str] | None:
    """What is wrong with a text in which a mark of Markdown stands, and what to do; None if it has none."""
    found = _MARK.search(value)
    return found and (
        f"“{found[0].strip()}” stands in “{_short(value)}”: readers would see it",
        "take it out" + ("; an apostrophe is ’" if found[0] == "`" else ""),
    )


def _short(value: object, limit: int = 60) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
