"""The comment in a pull request: how its languages stand, what to mend and where, how to see it.

A stranger's words stand in it as code, so nothing of them comes alive; every link is made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from safepage.faults import Fault, code
from safepage.proposal.stranger import TAG, Language, Report

MARK = "<!-- safepage: how this proposal stands -->"  # by which the comment is found again
_FAULTS, _WARNINGS, _LANGUAGES, _FIRST, _PAGES = 20, 10, 40, 5, 20  # that are shown
_LONGEST = 400  # characters of what is wrong, or of what to do
_PREVIEW = re.compile(r"https://[A-Za-z0-9./_-]*\{number\}[A-Za-z0-9./_-]*")
_PAGE = re.compile(rf"docs/(?P<tag>{TAG.pattern})/(?P<page>[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)\.md")
_FILE = re.compile(r"(?!.*\.\./)[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*")


@dataclass(frozen=True)
class Proposal:
    """A pull request as the code host knows it, and the run of its checks.

    `fork` and `run` are addresses: of the repository that it comes from, and of the run. `preview` is that of
    the artefact, None where there is none; `files` are those that it changes and that are still there.
    """

    number: int
    commit: str
    fork: str
    run: str
    passed: bool
    preview: str | None
    files: tuple[str, ...]


def text(proposal: Proposal, report: Report | None, previews: str = "") -> str:
    """The comment in Markdown.

    In: what its checks left, None where that can't be read; where previews are hosted, the address of one,
    with `{number}` in place of the pull request's.
    """
    log = f"[The log]({proposal.run}) says why."
    out = [MARK, "### How this proposal stands", ""]
    if report is None:
        out += [f"**The checks left nothing that can be shown.** {log}", ""]
    else:
        wrong = [fault for fault in report.faults if fault.severity == "error"]
        near = [one for one in report.faults if one.severity == "warning" and one.path in proposal.files]
        if not wrong:
            fine = "**These checks find nothing wrong.**"
            out += [fine if proposal.passed else f"**A check failed, for no fault in a text.** {log}", ""]
        heads = "fault has" if len(wrong) == 1 else "faults have"
        out += _listed(f"**{len(wrong)} {heads} to be mended:**", wrong, _FAULTS, proposal)
        out += _listed("To look at; it stops nothing:", near, _WARNINGS, proposal)
        out += _languages(report.languages) if report.source else ()  # else no table could be made
        out += _first(report.first)
    out += _seen(proposal, report.source if report else "", previews)
    out.append(f"Commit {code(proposal.commit[:7])}; each change renews this.")
    out.append(f"[The summary]({proposal.run}) tells more: what a person should look at, page by page.")
    return "\n".join(out) + "\n"


def is_place(previews: str) -> bool:
    """True for the address of a preview with a place for the number."""
    return bool(_PREVIEW.fullmatch(previews))


def _listed(head: str, faults: Sequence[Fault], most: int, proposal: Proposal) -> Iterator[str]:
    if not faults:
        return
    yield from (head, "")
    for fault in faults[:most]:
        yield f"- {_place(fault, proposal)}: {_shown(fault.what, _LONGEST)}"
        yield f"  What to do: {_shown(fault.todo, _LONGEST)}"
    yield from _more(len(faults) - most)
    yield ""


def _place(fault: Fault, proposal: Proposal) -> str:
    where = _shown(fault.path) + (f", line {fault.line}" if fault.line else "")
    if len(fault.path) > 200 or not _FILE.fullmatch(fault.path):
        return where
    at = f"?plain=1#L{fault.line}" if fault.line else ""
    return f"[{where}]({proposal.fork}/blob/{proposal.commit}/{quote(fault.path)}{at})"


def _languages(languages: Sequence[Language]) -> Iterator[str]:
    if not languages:
        yield from ("No translation is concerned.", "")
        return
    yield "| Language | up to date | drafts | out of date | not translated | words around the pages |"
    yield "|---|---|---|---|---|---|"
    says = {"current": "up to date", "outdated": "out of date", "missing": "not translated"}
    for one in languages[:_LANGUAGES]:
        cells = (*map(str, one.totals), says.get(one.frame, one.frame))
        yield f"| {_shown(one.name.replace('|', '¦'))} {code(one.tag)} | {' | '.join(cells)} |"
    yield ""
    yield from _more(len(languages) - _LANGUAGES)
    yield "Pages are counted. A draft is one that no native speaker has checked yet, or nobody has confirmed."
    yield ""


def _first(lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        return
    yield from ("What matters most, of all that is open:", "")
    yield from (f"- {_shown(line)}" for line in lines[:_FIRST])
    yield from _more(len(lines) - _FIRST)
    yield ""


def _seen(proposal: Proposal, source: str, previews: str) -> Iterator[str]:
    """Where the pages that changed can be looked at."""
    if not proposal.preview:
        yield from ("There is no preview: the site could not be built.", "")
        return
    found = [match for file in proposal.files if (match := _PAGE.fullmatch(file))]
    places = {f"{match['tag']} {match['page']}": _address(match, source) for match in found}
    some = list(places.items())[:_PAGES]
    if is_place(previews):
        top = previews.replace("{number}", str(proposal.number)).rstrip("/") + "/"
        yield f"See it: [the whole site]({top})" + ("" if some else ".")
        yield from (f"- [{code(name)}]({top}{place})" for name, place in some)
    else:
        yield f"See it: download [the preview]({proposal.preview}), unpack it and open `index.html`" + (
            "; the pages that changed:" if some else "."
        )
        yield from (f"- {code(f'{place}index.html')}" for _, place in some)
    yield from _more(len(places) - _PAGES)
    yield ""


def _address(match: re.Match[str], source: str) -> str:
    """A page's place in the site: the source language has no folder of its own."""
    folder = "" if match["tag"] == source else f"{match['tag']}/"
    page = re.sub(r"(?:^|(?<=/))index$", "", match["page"])
    return folder + (f"{page.rstrip('/')}/" if page else "")


def _more(number: int) -> Iterator[str]:
    if number > 0:
        yield f"- … and {number} more"


def _shown(words: str, longest: int = 160) -> str:
    """A stranger's words."""
    return code(words.replace("@", "(at)"), longest) or "–"
