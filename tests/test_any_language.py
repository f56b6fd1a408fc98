"""Every language has a way in: tags of three letters, with a script, of a language that CLDR lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from small import Small, defaults, small_site

TAGS = {
    "ckb": "rtl",
    "prs": "rtl",
    "fil": "ltr",
    "rmy": "ltr",
    "sr-Latn": "ltr",
    "zh-Hant": "ltr",
    "no": "ltr",
}


def with_languages(root: Path, names: dict[str, str]) -> Small:
    """A small site with more languages, by tag, that have a home page and the words of the frame."""
    files: dict[str, str | None] = {}
    settings = defaults()["mkdocs.yml"]
    for tag, name in names.items():
        settings = settings.replace("        ar: ", f'        "{tag}": https://www.meteo.be/en\n        ar: ')
        settings += f'        - {{locale: "{tag}", name: {name}, build: true}}\n'
        files |= {
            f"docs/{tag}/{file}": defaults()[f"docs/nl/{file}"] for file in ("index.md", "interface.yml")
        }
    return small_site(root, {**files, "mkdocs.yml": settings})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Small:
    built = with_languages(tmp_path_factory.mktemp("any") / "project", {tag: f"Our {tag}" for tag in TAGS})
    assert built.build() == []
    return built


def test_a_language_of_any_tag_is_built_in_its_direction(site: Small) -> None:
    for tag, way in TAGS.items():
        root = site.page(tag).css_first("html").attributes
        assert (root["lang"], root["dir"]) == (tag, way)
