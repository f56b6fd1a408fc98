"""The pages of a project as a site of Hugo with the theme Doks, as its starter sets it up."""

from __future__ import annotations

import json
from pathlib import Path

from safepage.making.measuring import environments, plain
from safepage.making.measuring.projects import languages, settings_of, write
from safepage.site.locales import autonym, direction

# What the theme is made of, and what lies where in it.
_MOUNTS = {
    "@thulite/doks-core": ("assets", "data", "i18n", "layouts", "static"),
    "@thulite/core": ("layouts",),
    "@thulite/seo": ("layouts",),
    "@thulite/images": ("layouts",),
    "@thulite/inline-svg": ("layouts",),
}
_MORE = {"flexsearch": "assets/js/vendor/flexsearch", "@tabler/icons/icons": "assets/svgs/tabler-icons"}
# A style without what no page uses, as the starter has it.
_POSTCSS = """const autoprefixer = require("autoprefixer");
const purge = require("@fullhuman/postcss-purgecss");
const used = (content) => {
  const { tags, classes, ids } = JSON.parse(content).htmlElements;
  return [tags, classes, ids].flat().filter(Boolean);
};
module.exports = { plugins: [autoprefixer(), purge({
  content: ["./hugo_stats.json"],
  extractors: [{ extractor: used, extensions: ["json"] }],
  dynamicAttributes: ["aria-expanded", "data-bs-popper", "data-bs-target", "data-bs-theme", "id", "type"],
  safelist: ["active", "clipboard", "disabled", "hidden", "modal-backdrop", "selected", "show"],
})] };
"""
# What the theme takes from each project.
_EMPTY = (
    "assets/js/custom.js",
    "assets/scss/common/_custom.scss",
    "assets/scss/common/_variables-custom.scss",
    "layouts/_partials/footer/script-footer-custom.html",
)
_DOKS = {
    "colorMode": "auto", "colorModeToggler": True, "navbarSticky": True, "containerBreakpoint": "lg",
    "sectionNav": ["docs"], "multilingualMode": True, "flexSearch": True, "searchExclKinds": [],
    "searchExclTypes": [], "showSearch": [], "searchLimit": 20, "bootstrapJavascript": True,
    "headlineHash": False, "scrollSpy": True, "toTopButton": False, "breadcrumbTrail": False,
}  # fmt: skip


def project(ours: Path, folder: Path) -> None:
    """Write a project of ours as one of Hugo."""
    packages = environments.node()
    settings, tags = settings_of(ours), languages(ours)
    for page in plain.pages(ours, tags):
        write(folder / file(page.tag, page.name, tags[0]), plain.common(page, _notice, _address))
    finder = (packages / "@thulite/doks-core/assets/js/flexsearch.js").read_text(encoding="utf-8")
    for tag in tags:
        write(folder / f"content/{tag}/docs/_index.md", f"---\ntitle: {settings['site_name']}\n---\n")
        # The theme copies this file for each language, in a way that Hugo no longer takes.
        write(folder / f"assets/js/flexsearch.{tag.lower()}.js", finder)
    write(folder / "hugo.json", json.dumps(_settings(settings, tags, packages), indent=1))
    write(folder / "config/postcss.config.js", _POSTCSS)
    for name in _EMPTY:
        write(folder / name, "")
    write(folder / "package.json", '{"private": true}\n')
    (folder / "node_modules").symlink_to(packages, target_is_directory=True)


def file(tag: str, name: str, source: str) -> str:
    """Where a page's text lies in the project."""
    return f"content/{tag}/{'_index' if name == 'index' else f'docs/{name}'}.md"


def _settings(settings: dict[str, object], tags: list[str], packages: Path) -> dict[str, object]:
    own = ("assets", "layouts", "static")
    mounts = [{"source": folder, "target": folder} for folder in own]
    mounts += [
        {"source": str(packages / name / part), "target": part}
        for name, parts in _MOUNTS.items()
        for part in parts
    ]
    content = [
        {
            "source": f"content/{tag}",
            "target": "content",
            "sites": {"matrix": {"languages": [tag.lower()]}},
        }
        for tag in tags
    ]
    mounts += [{"source": str(packages / name), "target": target} for name, target in _MORE.items()]
    return {
        "title": settings["site_name"],
        "baseURL": "/",  # else the theme asks for its own scripts elsewhere
        "defaultContentLanguage": tags[0],
        "defaultContentLanguageInSubdir": False,
        "disableKinds": ["taxonomy", "term", "rss"],
        "languages": {
            tag: {
                "label": autonym(tag),
                "locale": tag,
                "direction": direction(tag),
                "weight": number,
            }
            for number, tag in enumerate(tags, 1)
        },
        "build": {"buildStats": {"enable": True}},
        "outputs": {"home": ["HTML", "searchIndex"]},
        "outputFormats": {
            "searchIndex": {"mediaType": "application/json", "baseName": "search-index", "isPlainText": True}
        },
        "params": {"doks": _DOKS, "inline_svg": {"iconSetDir": "tabler-icons"}, "mainSections": ["docs"]},
        "module": {"mounts": [*content, *mounts]},
        "security": {"node": {"permissions": {"allowRead": [".", str(packages)]}}},
    }


def _address(name: str) -> str:
    return "" if name == "index" else f"docs/{name}"


def _notice(kind: str, title: str, text: str) -> str:
    context = "danger" if kind == "danger" else "note"
    title = json.dumps(title, ensure_ascii=False)
    return f'{{{{< callout context="{context}" title={title} >}}}}\n{text}\n{{{{< /callout >}}}}'
