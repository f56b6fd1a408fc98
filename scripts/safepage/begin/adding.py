"""`translations new` in a begun site: a language in which the generator has texts begins with them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from safepage import command, taken
from safepage.begin import cutting
from safepage.begin.content import Content
from safepage.begin.packed import Packed
from safepage.faults import Faulty
from safepage.page import yaml_text
from safepage.translations import catalogue, frame_words, new_language, records


def run(options: argparse.Namespace) -> int:
    """The command: 0 when the language has begun, 1 with a line for each thing that is wrong."""
    root: Path = options.project
    try:
        known, ours = taken.read(root), texts(root, options.language)
        done = new_language.begin(root, options.language, options.name, options.exit, ours)
    except Faulty as faulty:
        print(*faulty.faults, sep="\n", file=sys.stderr)
        return 1
    if ours:
        taken.write(root, known | ours)
    print(*done, sep="\n")
    return 0


def texts(root: Path, tag: str) -> dict[str, str]:
    """What the generator has in a language for the pages of a site, with its state, by path.

    Raises Faulty where the site can't be read.
    """
    packed = Packed.read()
    if not command.is_begun(root) or tag not in packed.locales:
        return {}
    site = catalogue.read(root)
    if site.source not in packed.locales:
        return {}
    source = frame_words.path(site.source)
    name = str(yaml_text.load(site.read(source) or "", source)[0].get("site_name"))
    own = {} if name == packed.word(site.source, "site_name") else {site.source: name, tag: name}
    given = Content(packed, {site.source: "", tag: ""}, own).texts()
    gone = set(packed.pages) - set(site.pages)
    left_out = {f"docs/{tag}/{page}.md" for page in gone} | {records.record_path(tag, page) for page in gone}
    return {
        path: cutting.page(text, path.split("/", 2)[2].removesuffix(".md"), (), gone)
        if path.endswith(".md")
        else text
        for path, text in given.items()
        if path.startswith(f"docs/{tag}/") and path not in left_out
    }
