"""Begins a language: its folder, the words of its frame, the first page, and its lines in mkdocs.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from safepage.faults import Fault, Faulty
from safepage.page import head, yaml_text
from safepage.page.paragraphs import paragraphs
from safepage.site import exits, settings
from safepage.site.locales import autonym, direction, refusal
from safepage.translations import catalogue, frame_words, freshness, writing

_SAME_EXIT = "where the source language's does"
_OWNERS = ".github/CODEOWNERS"
BEGINS_WITH = _WORDS, _PAGE, _TERMS = ("interface.yml", "index.md", "glossary.yml")  # of the source
_WORDS_HEAD = """\
# The words of the frame around every page, in {name} ({tag}).
# Translate what stands between the quotation marks; leave the word before the colon, and whatever stands in
# {{braces}}, as they are. A word that is still the source's counts as not translated.
"""
_PAGE_NOTE = """\
# Translate the title, the description and everything below. Leave as they are: {#anchors},
# {{ placeholders }}, what stands in (round brackets) after a link, !!! note and !!! danger.
# As long as the text is the source's, readers are told so. When you are done, take these lines out.
"""


def begin(
    root: Path,
    tag: str,
    name: str | None = None,
    exit_: str | None = None,
    ours: Mapping[str, str] | None = None,
) -> list[str]:
    """Begin the language `tag` and say what was done, a line for each.

    In: its own name, and where its exit leads; without, the name that Unicode knows, and where the source's
    does; texts that there are in it, by path, without which the source's are to be translated. Raises Faulty,
    before anything is written, for a tag that is invalid, can't be served or is there already, and for an
    address that is no exit.
    """
    if why := refusal(tag):
        raise Faulty([Fault(tag, 0, why, "give another tag")])
    site = catalogue.read(root)
    if tag in (site.source, *site.locales):
        raise Faulty([Fault("mkdocs.yml", 0, f"the site has “{tag}” already", "translate its pages")])
    folder = root / "docs" / tag
    if folder.exists():
        raise Faulty([Fault(f"docs/{tag}", 0, "the folder is there already", "move it away and try again")])
    name = name or autonym(tag)
    if name == tag:
        raise Faulty([Fault(tag, 0, "the language's own name is not known", f"give it: new {tag} --name …")])
    config = _needed(site, "mkdocs.yml")
    if exit_ and (problem := exits.problem(exit_, str(settings.read(config).get("site_url") or ""))):
        raise Faulty([Fault("--exit", 0, *problem)])
    needed = {file: _needed(site, f"docs/{site.source}/{file}") for file in (_WORDS, _PAGE)}
    terms = site.read(f"docs/{site.source}/{_TERMS}")
    found = dict(ours or texts({**needed, _TERMS: terms}, site.source, tag, name))
    done = [
        f"{name} ({tag}, {'right to left' if direction(tag) == 'rtl' else 'left to right'}) has begun:",
        *(_laid(ours, tag) if ours else _to_do(needed[_WORDS], site.source, tag, terms is not None)),
        f"  mkdocs.yml            the language; its exit leads {f'to {exit_}' if exit_ else _SAME_EXIT}",
    ]
    if owners := _owners(site.read(_OWNERS) or "", site.locales, tag):
        found[_OWNERS] = owners
        done.append("  .github/CODEOWNERS    who is asked to review it: see that the team exists")
    # Last: with it the language is there.
    found["mkdocs.yml"] = configured(config, tag, name, site.source, exit_)
    writing.write_all(root, found)
    if ours:
        return [*done, "Next: have a native speaker read them; until then readers are told that nobody has"]
    return [
        *done,
        f"Next: translate these, then run: {site.command} confirm {tag} interface",
        f"and: {site.command} confirm {tag} index",
    ]


def _laid(ours: Mapping[str, str], tag: str) -> list[str]:
    """What of ours was laid, in a line."""
    pages = sum(path.endswith(".md") for path in ours)
    return [f"  docs/{tag}/              {pages} pages that there are in it, and the words of the frame"]


def _to_do(words: str, source: str, tag: str, terms: bool) -> list[str]:
    """What is to be translated. In: the source's words of the frame; whether it has a list of terms."""
    count = len(frame_words.words(words, frame_words.path(source)))
    return [
        f"  docs/{tag}/interface.yml  the words of the frame, {count} to translate",
        f"  docs/{tag}/index.md       the first page; readers get it once it is translated",
        *([f"  docs/{tag}/glossary.yml   the terms to agree on first"] if terms else []),
    ]


def texts(sources: Mapping[str, str | None], source: str, tag: str, name: str) -> dict[str, str]:
    """What a language begins with, by path: the words of its frame, the first page, the terms.

    In: the source's files of BEGINS_WITH (without a list of terms, the language has none), the source's tag;
    the language's tag and its own name. Raises Faulty where the terms can't be read.
    """
    words, page, terms = (sources.get(file) for file in BEGINS_WITH)
    record = freshness.renew(None, paragraphs(page or ""), None)
    found = {
        f"docs/{tag}/{_WORDS}": interface(words or "", tag, name),
        f"docs/{tag}/{_PAGE}": _noted(page or ""),
        freshness.record_path(tag, "index"): freshness.dump(record, tag, "index", source),
    }
    if terms is not None:
        found[f"docs/{tag}/{_TERMS}"] = _glossary(terms, f"docs/{source}/{_TERMS}", tag, name)
    return found


def configured(text: str, tag: str, name: str, source: str, exit_: str | None = None) -> str:
    """`text`, which is mkdocs.yml, with the language added last; not a byte of the rest changes.

    In: where its exit leads, if not where the source's does. Raises Faulty if there is no place to add to.
    """
    try:
        return _configured(text, tag, name, source, exit_)
    except (YAMLError, ValueError, TypeError, AttributeError, LookupError, AssertionError):
        what = "the languages, or the exits, stand here in a way that nothing can be added to"
        todo = "give each a line of its own under plugins › i18n › languages and plugins › safepage › exit"
        raise Faulty([Fault("mkdocs.yml", 0, what, todo)]) from None


def _configured(text: str, tag: str, name: str, source: str, exit_: str | None) -> str:
    data = YAML(typ="rt").load(text)
    lines = text.split("\n")
    languages, found = setting(data, "i18n", "languages"), setting(data, "safepage", "exit")
    if languages is None or not len(languages):
        raise Faulty([Fault("mkdocs.yml", 0, "plugins › i18n › languages is not there", "bring it back")])
    inserts: list[tuple[int, list[str]]] = []
    last = languages[-1]
    line, column = languages.lc.data[len(languages) - 1][:2]
    entry = {"locale": tag, "name": name, "build": True}
    dash = lines[line].index("-")
    if isinstance(last, CommentedMap) and last.fa.flow_style():
        added = [
            f"{' ' * dash}- {{locale: {settings.scalar(tag)}, name: {settings.scalar(name)}, build: true}}"
        ]
    else:
        pad = " " * column
        added = [f"{pad}{key}: {settings.scalar(value, flow=False)}" for key, value in entry.items()]
        added[0] = f"{' ' * dash}- {added[0].lstrip()}"
    inserts.append((_after(lines, line, dash), added))
    if isinstance(found, CommentedMap) and source in found:
        last_key = list(found)[-1]
        line, column = found.lc.data[last_key][:2]
        if found.fa.flow_style():
            fault = Fault("mkdocs.yml", line + 1, "the exits are on one line", "give each language a line")
            raise Faulty([fault])
        leads = settings.scalar(exit_ or found[source], flow=False)
        added = [f"{' ' * column}{settings.scalar(tag)}: {leads}"]
        inserts.append((_after(lines, line, column), added))
    for at, added in sorted(inserts, reverse=True):
        lines[at:at] = added
    new = "\n".join(lines)
    now = settings.read(new)
    assert (now.get(*settings.LANGUAGES) or [None])[-1] == entry, "the language landed in the wrong place"
    assert not exit_ or now.get(*settings.EXITS, tag) == exit_, "the exit did"
    return new


def interface(text: str, tag: str, name: str) -> str:
    """The source's interface.yml as a start for another language: words that are the source's are to do."""
    lines = text.splitlines()
    while lines and lines[0].startswith("#"):
        lines.pop(0)
    return "\n".join([_WORDS_HEAD.format(name=name, tag=tag).rstrip(), *lines]).rstrip() + "\n"


def _noted(source: str) -> str:
    """The source's page as a start for another language: a remark in its head says what to do."""
    first, *rest = head.lines_of(head.without(source, "draft"))
    return "\n".join([first, _PAGE_NOTE.rstrip(), *rest]) if head.end([first, *rest]) else source


def setting(data: Any, plugin: str, name: str) -> Any:
    """A setting of a plugin in mkdocs.yml as it was read; None if it is not there."""
    plugins = data.get("plugins") or []
    entries = [{key: plugins[key]} for key in plugins] if isinstance(plugins, dict) else plugins
    for entry in entries:
        if isinstance(entry, dict) and isinstance(entry.get(plugin), dict):
            return entry[plugin].get(name)
    return None


def _after(lines: list[str], start: int, indent: int) -> int:
    """The index after the entry that starts on line `start`, which goes on where lines are further in."""
    end = last = start + 1
    while end < len(lines):
        line = lines[end]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        end += 1
        if line.strip() and not line.lstrip().startswith("#"):
            last = end
    return last


def _glossary(source: str, path: str, tag: str, name: str) -> str:
    """The source's glossary with room for another language's terms. Raises Faulty as `yaml_text.load`."""
    lines = [f"# The terms to use in {name} ({tag}), so that all pages speak alike. Not published.\n"]
    for key, entry in yaml_text.load(source, path)[0].items():
        meaning = str(entry.get("means", "")) if isinstance(entry, dict) else ""
        lines.append(f'\n{key}: # {meaning}\n  use: ""\n')
    return "".join(lines)


def _owners(text: str, locales: list[str], tag: str) -> str | None:
    """CODEOWNERS with a line for the new language after that of another; None if none has a line."""
    lines = text.split("\n")
    for index in range(len(lines) - 1, -1, -1):
        match = re.match(r"/docs/([\w-]+)/(\s+)(.*)$", lines[index])
        if match and match[1] in locales:
            owners = re.sub(rf"(?<=[-/]){re.escape(match[1].lower())}\b", tag.lower(), match[3])
            lines.insert(index + 1, f"/docs/{tag}/{match[2]}{owners}")
            return "\n".join(lines)
    return None


def _needed(site: catalogue.Catalogue, path: str) -> str:
    text = site.read(path)
    if text is None:
        raise Faulty([Fault(path, 0, "the file is missing", "put it back: a new language begins with it")])
    return text
