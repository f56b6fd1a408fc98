"""What a reader gets to see of a page, compared with what its text says: no mark stays, no word is lost."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from safepage.faults import Fault
from safepage.gate import slipped, visible
from safepage.gate.places import Source, traverse
from safepage.page import checklist, grammar, phrases, runs
from safepage.page.meant import meant
from safepage.page.prepare import plain

_WORDS = {"checklist_legend": "", "checklist_clear": "", "note_block": ""}
_FLOWS = frozenset(("a", "strong", "em", "code", "br", "img", "span", "label", "input", "svg"))
_PLACES = {"ul": "ul", "ol": "ol", "td": "cell", "th": "cell"}
_NEXT = "\ue900"  # keeps a line's beginning where the parts fill lines up
_INNER_LINE = re.compile(r"\n(?=[^<\n])")
_BEGIN = re.compile(rf"\s?{_NEXT}")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]")
_TARGET = re.compile(r"\]\([^()]{0,500}\)|\]\[[^\[\]\n]{0,100}\]")
_LABEL = re.compile(r"\[([^\[\]\n]{1,100})\](?!:)")
_ATTRIBUTES = re.compile(r"(?<!\{)\{:?[^{}\n]*\}(?!\})")
_TAG = re.compile(r"<[A-Za-z/!?][^<>]{0,300}>")
_MARKED = re.compile(r"[<\]{&`]")  # what each of these has, and what entities and code begin with
_BULLET = re.compile(rf"[ \t>]*(?:[-*+][ \t]+(?:{grammar.BOX.pattern})?|(?P<number>\d{{1,9}})[.)][ \t]+)?")
_NOT_LETTERS = re.compile(r"[\W_]+")
_WINDOW = 600  # letters; what is further away is another paragraph's
_MAX_FAULTS = 20


@dataclass
class Shown:
    """A page as it is shown: of each block where it stands and its text; all letters; the notices."""

    blocks: list[tuple[str, str]] = field(default_factory=list)
    letters: str = ""
    notices: list[bool] = field(default_factory=list)  # whether each holds a text


def check(html: str, markdown: str, path: str, first_line: int, told: Collection[int] = ()) -> list[Fault]:
    """What a reader would see and should not, or should see and would not.

    In: the page as Markdown rendered it of the prepared text, shielded signs and placeholders as they are;
    the Markdown of the file, its path, the line on which it begins; lines that have a fault by which their
    words are not on the page. Out: a fault for each mark that stands
    on the page as typed, each line whose words are not all there, in order, and each empty notice.
    """
    marked = _INNER_LINE.sub("\n" + _NEXT, html)
    page = read(phrases.render(checklist.render(marked, _WORDS, {})))
    markdown = meant(markdown)
    lines = markdown.split("\n")
    source = Source(markdown, first_line)
    whole = {
        form.strip(): number
        for number, line in reversed([*enumerate(lines, first_line)])
        for form in (entities.unescape(line), line)
    }
    joined = "\n\n".join(text for _, text in page.blocks)
    spoilt = runs.spoilt(lines)
    faults = [Fault(path, first_line + n, *pair) for n, pair in spoilt.told.items()]
    for place, what, todo in visible.marks(page.blocks):
        begin, end = joined.rfind("\n", 0, place) + 1, joined.find("\n", place)
        line = plain(joined[begin : end if end >= 0 else len(joined)], html=False).strip()
        piece = plain(joined[place : place + 12], html=False)
        known = whole.get(line, 0) or (source.line(piece) if markdown.count(piece) == 1 else 0)
        at = known or source.line(line[:80]) or source.line(piece)
        if spoilt.follows(at - first_line, what):
            continue
        faults.append(Fault(path, at, plain(what, html=False), todo))
        if len(faults) >= _MAX_FAULTS:
            break
    faults += [Fault(path, first_line + n, what, todo) for n, what, todo in slipped.check(lines)]
    lost = [*_missing_words(lines, markdown, page.letters), *_empty_notices(lines, page)]
    told = {fault.line for fault in faults}.union(told)
    faults += [Fault(path, first_line + n, *pair) for n, *pair in lost if first_line + n not in told]
    return faults


def read(html: str) -> Shown:
    """The parts of a rendered page."""
    page = Shown()
    text: list[str] = []
    code = 0
    inside: list[str] = []

    def flush() -> None:
        if "".join(text).strip():
            words = _BEGIN.sub("\n", "".join(text)).strip("\n").replace("\n\n", "\n")
            page.blocks.append((inside[-1] if inside else "", words))
        text.clear()

    letters: list[str] = []
    for node, end in traverse(LexborHTMLParser(html).root):
        tag = node.tag or ""
        if node.is_text_node:
            words = node.text_content or ""
            text.append("¤" * len(words) if code else words)
            letters.append(words)
        elif node.is_comment_node:
            continue
        elif tag == "code":
            code += -1 if end else 1
        elif not end:
            if tag == "div" and "admonition" in (node.attributes.get("class") or ""):
                page.notices.append(_holds_text(node))
            if tag == "img":
                alternative = node.attributes.get("alt") or ""
                letters.append(alternative)
                page.blocks.append(("", alternative))
        if tag and not node.is_text_node and tag not in _FLOWS:
            flush()
        if tag in _PLACES:
            inside.pop() if end else inside.append(_PLACES[tag])
    flush()
    page.letters = _letters(plain("".join(letters), html=False))
    return page


def _holds_text(notice: LexborNode) -> bool:
    titles = "".join(part.text() for part in notice.css(".admonition-title"))
    return bool(notice.text().replace(titles, "", 1).strip())


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text)


def _missing_words(lines: Sequence[str], markdown: str, shown: str) -> Iterator[tuple[int, str, str]]:
    at = 0
    number = 0
    for number, words in _source_words(lines, markdown):
        forms = [_letters(form) for form in words]
        if not forms[0]:
            continue
        form = next((form for form in forms if shown.startswith(form, at)), None)
        if form is not None:
            at += len(form)
            continue
        found = min((q for form in forms if (q := shown.find(form, at, at + _WINDOW)) >= 0), default=-1)
        if found >= 0:
            at = found + max(len(form) for form in forms if shown.startswith(form, found))
            continue
        form = max(forms, key=lambda form: _common(form, shown, at))
        same = _common(form, shown, at)
        at += same
        gone = _from_letter(words[forms.index(form)], same)
        what = f"“{_short(gone)}” would not be on the page"
        yield (
            number,
            what,
            "a line [words]: page, a row with too many cells or a comment vanish: write it as a sentence",
        )


def _common(form: str, shown: str, at: int) -> int:
    low, high = 0, len(form)
    while low < high:
        middle = (low + high + 1) // 2
        if shown.startswith(form[:middle], at):
            low = middle
        else:
            high = middle - 1
    return low


def _from_letter(text: str, number: int) -> str:
    seen = 0
    for place, char in enumerate(text):
        if char.isalnum():
            if seen == number:
                return text[place:].strip()
            seen += 1
    return text.strip()


def _source_words(lines: Sequence[str], markdown: str) -> Iterator[tuple[int, list[str]]]:
    """For each line of the file from 0 what a reader should see of it; two forms where it begins with 1."""
    used = {label.casefold() for label in _LABEL.findall(markdown)}
    text = "\n\n".join(map(_without_marks, "\n".join(lines).split("\n\n")))
    for number, (line, original) in enumerate(zip(text.split("\n"), lines, strict=True)):
        if grammar.RULE.fullmatch(original) or ("-" in original and grammar.table_rule(original)):
            continue
        label = grammar.reference(original)
        if label is not None and label.casefold() in used:
            continue
        notice = grammar.notice(original)
        if notice:
            yield number, [notice.title if notice.title is not None else notice.kind.capitalize()]
            continue
        mark = _BULLET.match(line)
        assert mark
        rest = line[mark.end() :]
        yield number, [f"{mark['number']} {rest}", rest] if mark["number"] else [rest]


def _without_marks(block: str) -> str:
    if not _MARKED.search(block):
        return block
    out: list[str] = []
    done = 0
    for start, end in [*grammar.code_spans(block), (len(block), len(block))]:
        text = _TAG.sub(_lines_only, block[done:start])
        text = _ATTRIBUTES.sub("", _TARGET.sub(_lines_only, _IMAGE.sub(r"[\1]", text)))
        out += [grammar.unescaped(text), block[start:end]]
        done = end
    return "".join(out)


def _lines_only(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _empty_notices(lines: Sequence[str], page: Shown) -> Iterator[tuple[int, str, str]]:
    opened = [number for number, line in enumerate(lines) if grammar.notice(line)]
    for line, full in zip(opened, page.notices, strict=False):
        if not full:
            what = "the notice would be an empty box: its text does not stand in it"
            yield line, what, "begin each line of its text with four spaces, right below the line with !!!"


def _short(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
