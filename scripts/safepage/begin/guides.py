"""What a begun site is given beside its pages: guides for its people, workflows, its launcher."""

from __future__ import annotations

import re
from collections.abc import Mapping

from safepage.begin import packed
from safepage.site.locales import name_in

# Of those that this repository has too: what stands there, by its path in a begun site.
_WORKFLOWS = ("translations", "comment", "confirm", "unchanged", "begin", "form", "propose")
_SHARED = (
    *("CONTRIBUTING.md", "TRANSLATING.md", "LICENSE-TEXT", "deploy/editor.md"),
    *(f".github/workflows/{name}.yml" for name in _WORKFLOWS),
)
_FILES = {
    "README.md": "README.md",
    "manage.py": "manage.py",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
}
# Of CONTRIBUTING.md: sections for makers, and on texts that other countries take.
_NOT_OF_A_SITE = re.compile(r"^## (?:Code|What holds everywhere.*)\n(?:(?!## ).*\n?)*", re.MULTILINE)


def texts(languages: Mapping[str, str], name: str) -> dict[str, str]:
    """All of them, by their paths in a site. In: the languages with their own names, the source first; the
    site's name."""
    source, *others = languages
    filled = {
        "%NAME%": name,
        "%SOURCE%": source,
        "%LANGUAGE%": _english(source, languages),
        "%LANGUAGES%": ", ".join(_english(tag, languages) for tag in languages),
    }
    found = {path: packed.file(file) for path, file in _FILES.items()}
    found |= {f".github/{file}": packed.file(f"github/{file}") for file in packed.files("github")}
    for path, text in found.items():
        for slot, value in filled.items():
            text = text.replace(slot, value)
        found[path] = text
    for path in _SHARED:
        found[path] = _told(packed.file(path), source, filled["%LANGUAGE%"], next(iter(others), "so"))
    return found


def _told(guide: str, source: str, language: str, other: str) -> str:
    """A guide of this repository as a begun site's. In: its source, what that is called, another language."""
    guide = _NOT_OF_A_SITE.sub("", guide).rstrip("\n") + "\n"
    guide = guide.replace("scripts/manage.py", "manage.py").replace("scripts/**", "generator/**")
    guide = re.sub(r"\bnl\b", other, guide)
    return guide.replace("docs/en/", f"docs/{source}/").replace("English", language)


def _english(tag: str, languages: Mapping[str, str]) -> str:
    return name_in(tag, "en") or languages[tag]
