"""The pages of a project as a site of Starlight, as it comes: its theme, its search, its languages."""

from __future__ import annotations

import json
from pathlib import Path

from safepage.making.measuring import environments, plain
from safepage.making.measuring.projects import languages, settings_of, write
from safepage.site.locales import autonym, direction

_CONFIG = """import {{ defineConfig }} from "astro/config";
import starlight from "@astrojs/starlight";
export default defineConfig({{
  site: {site},
  cacheDir: "./.cache",
  integrations: [starlight({{ title: {title}, locales: {locales} }})],
}});
"""
_CONTENT = """import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
"""


def project(ours: Path, folder: Path) -> None:
    """Write a project of ours as one of Starlight.

    Astro wants the project and its packages in one folder of the disk: somewhere in `.cache`.
    """
    packages = environments.node()
    settings, tags = settings_of(ours), languages(ours)
    for page in plain.pages(ours, tags):
        write(folder / file(page.tag, page.name, tags[0]), plain.common(page, _notice, _address))
    locales = {
        "root" if tag == tags[0] else tag.lower(): {
            "label": autonym(tag), "lang": tag, "dir": direction(tag)
        }
        for tag in tags
    }  # fmt: skip
    values = {"site": settings["site_url"], "title": settings["site_name"], "locales": locales}
    config = _CONFIG.format(**{name: json.dumps(value) for name, value in values.items()})
    write(folder / "astro.config.mjs", config)
    write(folder / "src/content.config.ts", _CONTENT)
    # Astro looks here for what belongs to it.
    needed = dict.fromkeys(("astro", "@astrojs/starlight"), "*")
    write(folder / "package.json", json.dumps({"type": "module", "private": True, "dependencies": needed}))
    (folder / "node_modules").symlink_to(packages, target_is_directory=True)


def file(tag: str, name: str, source: str) -> str:
    """Where a page's text lies in the project."""
    return f"src/content/docs/{'' if tag == source else f'{tag.lower()}/'}{name}.md"


def _address(name: str) -> str:
    return "" if name == "index" else name


def _notice(kind: str, title: str, text: str) -> str:
    return f":::{'danger' if kind == 'danger' else 'note'}[{title}]\n{text}\n:::"
