"""The index of the search page: made of the finished pages by Pagefind, for each language by itself."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

from safepage.output import place
from safepage.output.files import below
from safepage.output.kept import NOTHING, Kept, contents
from safepage.output.standing import EMPTY, Standing

FOLDER = "pagefind"
# What our own search page does without.
_SPARE = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")

_FOUND = re.compile(r"<article\b[^>]*\bdata-pagefind-body\b.*?</article>", re.DOTALL)
_ROOT = re.compile(r"<html\b[^>]*>")
_PASSED_OVER = re.compile(r"(</?)(?:form|label)\b")
_RUN_TOGETHER = re.compile(r"</(?:dt|th|caption)>")  # “Phone02” would be found by neither word
# Marks of what is out of date: nobody looks for them, and an edit of the source would change every index.
_OUTDATED = re.compile(r"<span class=\"?outdated-label\"?>.*?</span>\s*| class=\"?outdated\"?(?=[\s>])")
_ELIDES = re.compile(r"\blang=\"?(?:fr|it|ca)\b")


def part(
    site: Path,
    locale: str | None,
    others: Collection[str],
    bundle: Path,
    kept: Kept = NOTHING,
    standing: Standing = EMPTY,
) -> None:
    """Write the index of one language of a built site into the folder `bundle`.

    Nothing is written for a language without a page to search on.
    In: the language's folder in the site, or None for the source language, which stands beside all `others`;
    what is kept of other builds; the site that this one replaces. Only what stands in `data-pagefind-body` is
    found: the text of pages that are in the language of their frame. Raises CalledProcessError if Pagefind
    fails.
    """
    own = site / (locale or "")
    if not (own / "search" / "index.html").is_file():
        return
    above, left_out = f"{locale}/" if locale else "", () if locale else others
    names = (name for name in below(own) if name.endswith(".html") and name.partition("/")[0] not in left_out)
    texts = {f"{above}{name}": _indexed(own / name) for name in names}
    texts = {name: text for name, text in sorted(texts.items()) if text}
    if not texts:
        return  # a new language, all of whose pages still show the source's text
    entry = kept.name("search", *(part for pair in texts.items() for part in pair))
    if known := kept.get(entry):
        _lay(bundle, known, standing)
        return
    from pagefind.service import get_executable  # loads what most builds don't need

    with tempfile.TemporaryDirectory() as folder:
        _lay(Path(folder), [part.encode() for pair in texts.items() for part in pair])
        command = [str(get_executable()), "--site", folder, "--output-path", str(bundle), "--silent"]
        subprocess.run(command, check=True, capture_output=True)
    for pattern in _SPARE:
        for file in bundle.glob(pattern):
            file.unlink()
    made = contents(bundle, sorted(file for file in bundle.rglob("*") if file.is_file()))
    kept.put(entry, *made)


def _indexed(file: Path) -> str:
    """What is found of a page, as a document; "" for one that is not in the language of its frame."""
    html = file.read_text(encoding="utf-8")
    root, found = _ROOT.search(html), _FOUND.search(html)
    if not root or not found:
        return ""
    # Pagefind passes over forms and labels; the signs of the checklist are in both.
    text = _PASSED_OVER.sub(r"\1div", _OUTDATED.sub("", found[0]))
    text = _RUN_TOGETHER.sub(r" \g<0>", text)
    # "d’identité" is two words to whoever looks for one of them; a hair space parts them unseen.
    if _ELIDES.search(root[0]):
        text = text.replace("’", "’\u200a")
    return f"{root[0]}<body>{text}"


def _lay(folder: Path, files: Sequence[bytes], standing: Standing = EMPTY) -> None:
    """Write files into a folder. In: the name of each, then what it holds; the site that may have them."""
    for name, data in zip(files[::2], files[1::2], strict=True):
        standing.lay(folder / name.decode(), f"{FOLDER}/{name.decode()}", data)


def merge(bundles: Path, site: Path) -> None:
    """Move the indexes of the languages, each a folder of `bundles`, into a site as one."""
    whole = site / FOLDER
    shutil.rmtree(whole, ignore_errors=True)
    languages: dict[str, object] = {}
    entry: dict[str, object] = {}
    for bundle in sorted(bundles.glob("*/")):
        entry = json.loads((bundle / "pagefind-entry.json").read_text(encoding="utf-8"))
        languages.update(entry["languages"])  # type: ignore[call-overload]
        place.merge(bundle, whole)
    if entry:
        # Pagefind lists the languages in another order each time.
        text = json.dumps({**entry, "languages": languages}, sort_keys=True, ensure_ascii=False)
        EMPTY.lay(whole / "pagefind-entry.json", "", text.encode())
