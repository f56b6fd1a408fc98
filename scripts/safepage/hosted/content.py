"""What a hosted editor knows of the project: its languages, its files that may be edited, its words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safepage.editor import lists
from safepage.editor.dataform import CONTACTS, REGIONS
from safepage.gate.words import MAX_TEXT
from safepage.hosted.where import Where
from safepage.page import texts, yaml_text
from safepage.page.head import values as head_values
from safepage.site import settings
from safepage.site.locales import direction
from safepage.translations import editing, frame_words
from safepage.translations.catalogue import Catalogue

_WORDS = Path(__file__).with_name("words")


def module(site: Catalogue, where: Where) -> str:
    """The text of `project.js`. Raises Faulty if a file of the project can't be read."""
    written = settings.read(site.read("mkdocs.yml") or "")
    words = _words()
    data = {
        "site": str(written.get("site_name") or ""),
        "host": {
            "kind": where.kind,
            "name": where.name,
            "api": where.api,
            "repository": where.repository,
            "branch": where.branch,
        },
        "source": site.source,
        "direction": direction(site.source),
        "most": MAX_TEXT,
        "languages": [
            _language(site, where, tag, written.get("nav"), words["en"])
            for tag in (site.source, *site.locales)
        ],
        "shared": [
            {"path": path, "word": Path(path).stem} for path in (CONTACTS, REGIONS) if site.read(path)
        ],
        "words": words,
    }
    return f"export default {json.dumps(data, ensure_ascii=False, indent=1)};\n"


def _words() -> dict[str, dict[str, str]]:
    """The editor's words in each language that has them."""
    return {
        file.stem: {
            key: str(value)
            for key, value in yaml_text.load(texts.read(file, file.name), file.name)[0].items()
        }
        for file in sorted(_WORDS.glob("*.yml"))
    }


def _language(site: Catalogue, where: Where, tag: str, nav: object, say: Mapping[str, str]) -> dict[str, Any]:
    titles = {word.id: word.text for word in (*site.words_of(site.source), *site.words_of(tag))}
    groups, seen = [], set[str]()
    for title, names in [*lists.groups(nav, titles, say), (say["other_pages"], site.pages)]:
        found = [name for name in names if name in site.pages and name not in seen]
        seen.update(found)
        files = [_page(site, tag, name) for name in found if site.text(tag, name) is not None]
        groups.append({"title": title, "files": files})
    path = frame_words.path(tag)
    words = {"path": path, "name": say["words"], "source": frame_words.path(site.source)}
    groups.append({"title": say["around"], "files": [words] if site.read(path) else []})
    missing = [name for name in site.pages if site.text(tag, name) is None]
    return {
        "tag": tag,
        "name": site.autonyms[tag],
        "direction": direction(tag),
        "groups": [group for group in groups if group["files"]],
        "missing": [_missing(site, where, tag, name) for name in missing],
    }


def _page(site: Catalogue, tag: str, name: str) -> dict[str, str]:
    return {
        "path": site.path(tag, name),
        "name": _title(site, tag, name),
        "in": tag,
        "source": site.path(site.source, name),
    }


def _missing(site: Catalogue, where: Where, tag: str, name: str) -> dict[str, str]:
    path = site.path(tag, name)
    begin = editing.new_url(f"{where.web}/{where.repository}", path, "")
    return {"path": path, "name": _title(site, site.source, name), "href": begin or ""}


def _title(site: Catalogue, tag: str, name: str) -> str:
    return head_values(site.text(tag, name) or "").get("title", (name, 0))[0]
