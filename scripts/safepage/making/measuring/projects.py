"""The projects that are measured: ours with more languages and pages, the same pages for other generators."""

from __future__ import annotations

import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from safepage.making.measuring import plain
from safepage.site.locales import autonym

_UNKNOWN = {"fil": "tl", "zh-Hans": "zh"}  # tags that static-i18n takes for none, and the next that it knows
EXTRA = ("what-to-do", "advice", "browsing-safely")  # pages of the middling sort, copied to make more


def languages(root: Path) -> list[str]:
    """The languages of a project, the source first."""
    return _own_languages(settings_of(root))


def tags(root: Path, count: int) -> list[str]:
    """`count` languages: those of the site, then others that stock Material knows. Raises ValueError."""
    spec = find_spec("material")
    folders = spec.submodule_search_locations if spec else None
    partials = [Path(folder, "templates/partials/languages") for folder in folders or []]
    known = sorted(file.stem for folder in partials for file in folder.glob("??.html"))
    own = _own_languages(settings_of(root))
    found = [*own, *(tag for tag in known if tag not in own)][:count]
    if len(found) < count:
        raise ValueError(f"only {len(found)} languages are known")
    return found


def ours(root: Path, folder: Path, count: int, pages: int) -> None:
    """Write a project like ours, at `root`, with `count` languages and (at least) so many pages in each.

    A language that the site has not takes the texts of one that it has, so that each page is checked and
    costs what a translation costs; only where no translation exists the page falls back.
    """
    settings = settings_of(root)
    own = _own_languages(settings)
    names = _page_names(root, own[0], pages)
    shutil.copytree(root / "overrides", folder / "overrides")
    shutil.copytree(root / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    docs = folder / "docs"
    docs.mkdir()
    for file in (root / "docs").glob("*.yml"):
        shutil.copy(file, docs)
    if (root / "docs/assets").is_dir():
        shutil.copytree(root / "docs/assets", docs / "assets")
    found = tags(root, count)
    for at, tag in enumerate(found):
        # English words in another language's folder would count as no translation.
        base = tag if tag in own else own[1 + at % (len(own) - 1)]
        _copy_language(root / "docs" / base, docs / tag, names)
    settings["nav"] = _nav(settings["nav"], names)
    plugins = {name: options for plugin in settings["plugins"] for name, options in plugin.items()}
    exits = plugins["safepage"]["exit"]
    plugins["safepage"]["exit"] = {tag: exits.get(tag, exits[own[0]]) for tag in found}
    plugins["i18n"]["languages"] = [_language(tag, own[0]) for tag in found]
    _write(folder / "mkdocs.yml", settings)


def stock(project: Path, folder: Path) -> None:
    """Write the pages of `project` as a stock Material site with static-i18n: same text, theme as it comes.

    With search, as ours has it too; fonts as the theme asks for them.
    """
    settings = settings_of(project)
    own = _own_languages(settings)
    _plain_pages(project, folder, own)
    for tag in _UNKNOWN.keys() & own:
        (folder / "docs" / tag).rename(folder / "docs" / _UNKNOWN[tag])
    entries = [
        {**_language(tag, own[0]), "locale": _UNKNOWN.get(tag, tag), "site_name": settings["site_name"]}
        for tag in own
    ]
    _write(
        folder / "mkdocs.yml",
        {
            **_common(settings),
            "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": entries}}],
        },
    )


def zensical(project: Path, folder: Path) -> None:
    """The same for Zensical, which knows no languages: the folders of all are pages of one site."""
    settings = settings_of(project)
    _plain_pages(project, folder, _own_languages(settings))
    common = _common(settings)
    del common["nav"]  # it would list one language
    _write(folder / "mkdocs.yml", common)


def page_paths(project: Path) -> list[str]:
    """The address of every page, from the site's root, in the order of languages and names: "nl/advice/"."""
    own = languages(project)
    found = []
    for tag in own:
        for name in plain.names(project / "docs" / own[0]):  # a page falls back where it is not translated
            place = "" if name == "index" else f"{name}/"
            found.append(("" if tag == own[0] else f"{tag}/") + place)
    return found


def edit(file: Path) -> None:
    """Add a word to the first sentence of a page, in whichever project."""
    lines = file.read_text(encoding="utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if n > 5 and line[:1].isalpha() and line.endswith("."))
    lines[at] += f" {lines[at].split()[0]}."
    write(file, "\n".join(lines))


def settings_of(root: Path) -> dict[str, Any]:
    """What mkdocs.yml of a project says."""
    found: dict[str, Any] = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    return found


def _write(file: Path, settings: dict[str, Any]) -> None:
    write(file, yaml.safe_dump(settings, allow_unicode=True, sort_keys=False))


def _own_languages(settings: dict[str, Any]) -> list[str]:
    plugin = next(plugin["i18n"] for plugin in settings["plugins"] if "i18n" in plugin)
    found = sorted(plugin["languages"], key=lambda language: not language.get("default", False))
    return [language["locale"] for language in found]


def _language(tag: str, source: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"locale": tag, "name": autonym(tag), "build": True}
    return {**entry, "default": True} if tag == source else entry


def _common(settings: dict[str, Any]) -> dict[str, Any]:
    return {
        "site_name": settings["site_name"],
        "site_url": settings["site_url"],
        "theme": {"name": "material"},
        "nav": settings["nav"],
        "markdown_extensions": ["admonition", "attr_list", "sane_lists", "toc"],
    }


def _page_names(root: Path, source: str, pages: int) -> dict[str, str]:
    """Each page's name and the page that its text is taken from."""
    names = {name: name for name in plain.names(root / "docs" / source)}
    for number in range(pages - len(names)):
        names[f"more-{number + 1}"] = EXTRA[number % len(EXTRA)]
    return names


def _nav(nav: list[Any], names: dict[str, str]) -> list[Any]:
    more = [f"{name}.md" for name, base in names.items() if name != base]
    return [*nav[:-1], {key: [*files, *more] for key, files in nav[-1].items()}]


def _copy_language(base: Path, target: Path, names: dict[str, str]) -> None:
    target.mkdir()
    for file in base.glob("*.yml"):
        shutil.copy(file, target)
    for name, like in names.items():
        file = base / f"{like}.md"
        if not file.is_file():
            continue
        text = file.read_text(encoding="utf-8")
        if name != like:  # a part's number belongs to one page
            text = re.sub(r"^number: .*\n", "", text, count=1, flags=re.M)
        write(target / f"{name}.md", text)
        record = base / ".confirmed" / f"{like}.yml"
        if record.is_file():
            write(target / ".confirmed" / f"{name}.yml", record.read_text(encoding="utf-8"))


def _plain_pages(project: Path, folder: Path, own: list[str]) -> None:
    for page in plain.pages(project, own):
        write(folder / "docs" / page.tag / f"{page.name}.md", page.top + page.body)


def write(file: Path, text: str) -> None:
    """Write a file, and the folders it lies in."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
