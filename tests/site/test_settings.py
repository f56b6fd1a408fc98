"""The settings: what is written there means what its writer meant, or is told with its line."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from safepage.faults import Fault, Faulty
from safepage.page import texts
from safepage.site import navigation, settings, settings_check
from safepage.translations import catalogue

ROOT = Path(__file__).parents[2]
TEXT = (
    texts.read(ROOT / "mkdocs.yml", "mkdocs.yml")
    .replace("https://example.org/", "https://here.be/")
    .replace("theme:", "repo_url: https://github.com/us/site\ntheme:", 1)
)
WORDS = ("menu_main", "menu_professions", "menu_help", "menu_tools")


def check(text: str) -> list[Fault]:
    """Every fault of these settings, for the pages of this site."""
    pages = [*catalogue.read(ROOT).pages, "price-index"]
    try:
        read = settings.read(text)
    except Faulty as faulty:
        return faulty.faults
    return [*settings_check.check(read), *navigation.check(read, "en", pages, WORDS)]


def changed(old: str, new: str) -> tuple[str, int]:
    """The settings with one place changed, and its line."""
    assert old in TEXT, old
    return TEXT.replace(old, new, 1), TEXT[: TEXT.index(old)].count("\n") + 1


def test_the_settings_of_the_site_pass() -> None:
    assert check(TEXT) == []


@pytest.mark.parametrize(
    "word", ["no", "No", "NO", "on", "Off", "yes", "true", "False", "12", "1.5", "2026-01-01", "1:20", "0x1F"]
)
@pytest.mark.parametrize("place", ["locale: nl", "        nl: https"])
def test_a_word_that_yaml_takes_for_another_thing_is_told(word: str, place: str) -> None:
    """Norwegian is “no”, which YAML reads as false: the line says so, whoever reads the languages."""
    text, line = changed(place, place.replace("nl", word))
    told = [fault for fault in check(text) if fault.line == line]
    assert [fault.todo for fault in told] == [f'put {word} in quotation marks: "{word}"'], word
    if "locale" in place:
        with pytest.raises(Faulty, match=f"put {word} in quotation marks"):
            settings_check.languages(text)


@pytest.mark.parametrize("written", ['"no"', "'no'", "nb", "ny", "y"])
def test_a_language_in_quotation_marks_is_the_language(written: str) -> None:
    text, _ = changed("locale: nl", f"locale: {written}")
    assert written.strip("\"'") in [language.locale for language in settings_check.languages(text)]


CASES = {
    "no tag": ("locale: nl", "locale: null", "a language has no tag"),
    "a tag twice": ("locale: nl", "locale: fr", "stands twice"),
    "a tag in other case": ("locale: pt-BR", "locale: pt-br", "“pt-br” is spelt “pt-BR”"),
    "an underscore": ("locale: pt-BR", "locale: pt_BR", "“pt_BR” is spelt “pt-BR”"),
    "no language at all": ("locale: nl", "locale: zz", "not a known language tag"),
    "an exit in other case": ("        pt-BR: https", "        pt-br: https", "the language is called pt-BR"),
    "no source": ("default: true, build", "default: false, build", "no language has default: true"),
    "two sources": ("locale: nl, ", "locale: nl, default: true, ", "2 languages have default: true"),
    "a source unbuilt": ("default: true, build: true", "default: true, build: no", "the source of all"),
    "a switch in Dutch": ("locale: nl, ", "locale: nl, default: nee, ", "default is “nee”"),
    "a language without a name": ("name: Nederlands, ", "", "the language has no name"),
    "a setting of a language mistyped": ("locale: nl, ", "locale: nl, buld: false, ", "“buld” is no setting"),
    "a language's own nav": ("locale: nl, ", "locale: nl, nav: [index.md], ", "“nav” is no setting"),
    "a name that turns the page": ("name: Nederlands", 'name: "\\u202eNederlands"', "name: a hidden sign"),
    "strict off": ("nav:", "strict: false\nnav:", "strict is not true"),
    "no folders": ("nav:", "use_directory_urls: false\nnav:", "ends in a folder"),
    "another folder for pages": ("nav:", "docs_dir: pages\nnav:", "docs_dir is not docs"),
    "a page left out": ("nav:", "exclude_docs: advice.md\nnav:", "a page left out"),
    "another theme": ("theme: safepage", "theme: {name: readthedocs}", "theme is not safepage"),
    "no theme": ("theme: safepage\n", "", "theme is not safepage"),
    "Material": ("theme: safepage", "theme: {name: material}", "theme is not safepage"),
    "other templates": ("theme: safepage", "theme: {name: safepage, custom_dir: x}", "custom_dir is not ov"),
    "the plugin gone": (
        "  - safepage:\n",
        "  - other:\n",
        "the plugin that makes and checks the pages is off",
    ),
    "a plugin that is not there": ("  - i18n:", "  - no-such\n  - i18n:", "“no-such” is no setting"),
    "the hooks of before": ("nav:", "hooks: [scripts/safepage/plugin.py]\nnav:", "is no hook any more"),
    "the first hooks": ("nav:", "hooks: [scripts/hooks.py]\nnav:", "is no hook any more"),
    "exits as before": ("nav:", "extra: {exit: {en: https://a.be}}\nnav:", "extra › exit has moved"),
    "pictograms as before": ("nav:", "extra: {pictograms: {pay: bed}}\nnav:", "pictograms has moved"),
    "another Markdown": (
        "nav:",
        "markdown_extensions: [md_in_html]\nnav:",
        "“markdown_extensions” has no eff",
    ),
    "a typo": ("site_url:", "site_ulr:", "“site_ulr” is no setting"),
    "a typo in the plugin": ("      exit:", "      exits:", "“exits” is no setting"),
    "Material's search": ("  - i18n:", "  - search\n  - i18n:", "“search” is no setting"),
    "another form": ("  - i18n:", "  - i18n:\n      docs_structure: suffix", "docs_structure is not folder"),
    "a setting twice": ("nav:", "theme: safepage\nnav:", "“theme” stands twice"),
    "no address": ("site_url: https://here.be/\n", "", "site_url is missing"),
    "no country": ("      country: BE", "      # none", "the site has no country"),
    "Norway": (
        "country: BE",
        "country: NO",
        "takes NO without quotation marks for yes or no, not for a country",
    ),
    "a number for a country": ("country: BE", "country: 12", "“12” is no country's code"),
    "a country in small letters": ("country: BE", "country: nl", "“nl” is no country's code"),
    "a country of three letters": ("country: BE", "country: NLD", "“NLD” is no country's code"),
    "a country by its name": ("country: BE", "country: Netherlands", "“Netherlands” is no country's code"),
    "a country by its own name": ("country: BE", "country: Nederland", "“Nederland” is no country's code"),
    "another code for it": ("country: BE", "country: UK", "“UK” is no country's code"),
    "no code of a country": ("country: BE", "country: XX", "“XX” is no country's code"),
    "a union": ("country: BE", "country: EU", "“EU” is no country's code"),
    "a region": ("country: BE", "country: BE-BRU", "“BE-BRU” is no country's code"),
    "countries": ("country: BE", "country: [BE, NL]", "the site has no country"),
    "a project without its scheme": ("https://github.com/us", "github.com/us", "repo_url is no address"),
    "a project's key": ("https://github.com/us/site", "git@github.com:us/site.git", "repo_url is no address"),
    "a folder of a project": ("/us/site", "/us/site/tree/main/docs", "repo_url is no address"),
    "a host without a project": ("github.com/us/site", "github.com/us", "repo_url is no address"),
    "no scheme": ("https://here.be/", "here.be", "no whole address"),
    "another scheme": ("https://here.be/", "ftp://here.be/", "no whole address"),
    "an anchor": ("https://here.be/", "https://here.be/#top", "no whole address"),
    "an indent": ("theme: safepage", "  theme: safepage", "no valid YAML"),
    "a tab": ("theme: safepage", "\ttheme: safepage", "no valid YAML"),
    "a title in nav": ("[recognise.md,", "[Signs: recognise.md,", "the title “Signs” in nav has no effect"),
    "a title above": ("- index.md", "- Home: index.md", "the title “Home” in nav has no effect"),
    "a group in a group": ("[first-words.md,", "[{Inner: [first-words.md]},", "a group within a group"),
    "a page in no group": ("- index.md", "- index.md\n  - price-index.md", "stands in no group"),
    "a page twice": ("[first-words.md,", "[first-words.md, advice.md,", "advice.md stands twice in nav"),
    "a page that is not there": ("[first-words.md,", "[first-word.md,", "no page docs/en/first-word.md"),
    "a page without its ending": ("[first-words.md,", "[first-words,", "no page docs/en/first-words"),
    "a page from the root": ("[first-words.md,", "[/first-words.md,", "no page docs/en/"),
    "a link": ("[first-words.md,", "[Us: 'https://us.be/',", "no page of the site"),
    "a group without a title": ("- Help:", "- Partners:", "“Partners” has no title for readers"),
    "a group of two words": ("- Help:", "- Get help:", "“Get help” has no title for readers"),
    "an empty group": (
        "[first-words.md, print.md, search.md, browsing-safely.md, about.md]",
        "",
        "“Tools” is empty",
    ),
    "a dash too much": ("      - professions/health.md", "      - - professions/health.md", "a list within"),
    "no nav": ("nav:", "not_in_nav:", "nav lists no pages"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_setting_that_leads_nowhere_is_told(name: str) -> None:
    old, new, says = CASES[name]
    text, line = changed(old, new)
    told = check(text)
    assert any(says in fault.what for fault in told), list(map(str, told))
    assert all(fault.severity == "error" for fault in told), list(map(str, told))
    if new and name not in ("no source", "two sources", "a source unbuilt", "no nav"):
        near = [fault.line for fault in told if says in fault.what]
        assert {line - 1, line, line + 1} & set(near), list(map(str, told))


COUNTRIES = {
    "nl": "NL",
    " Nl": "NL",
    "NLD": "NL",
    "netherlands": "NL",
    "Nederland": "NL",
    "Нідерланди": "NL",
    "UK": "GB",
    "gb": "GB",
    "Libanon": "LB",
    "norway": "NO",
}


def test_the_code_of_a_country_that_was_meant_is_told() -> None:
    """It is looked for among the names of countries in English and in the site's own languages."""
    told = {word: check(changed("country: BE", f"country: '{word}'")[0])[0].todo for word in COUNTRIES}
    assert told == {word: f'write country: "{code}"' for word, code in COUNTRIES.items()}
    assert check(changed("country: BE", "country: no")[0])[0].todo == 'write country: "NO"'
    (fault,) = check(changed("      country: BE", "      # none")[0])
    assert "two capital letters" in fault.todo
    assert not check(changed("country: BE", 'country: "NO"')[0])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("https://here.be/", "https://example.org/", "site_url is example.org"),
        ("https://here.be/", "https://www.example.com/x/", "site_url is www.example.com"),
        ("https://here.be/", "http://localhost:8000/", "site_url is localhost"),
        ("https://here.be/", "http://127.0.0.1/", "site_url is 127.0.0.1"),
        ("https://here.be/", "https://site/", "site_url is site"),
        ("https://here.be/", "https://my.test/", "site_url is my.test"),
        ("repo_url: https://github.com/us/site\n", "", "repo_url is missing: nothing leads translators"),
        ("https://github.com/us/site", "https://example.org/us/site", "repo_url is example.org"),
        ("nav:", "copyright: us\nnav:", "“copyright” has no effect"),
        ("nav:", "extra_css: [a.css]\nnav:", "“extra_css” has no effect"),
        ("theme: safepage", "theme: {name: safepage, palette: {}}", "“palette” below theme has no effect"),
        ("nav:", "extra: {analytics: {provider: google}}\nnav:", "“extra” has no effect"),
        ("nav:", "strict: true\nnav:", "“strict” has no effect"),
        ("nav:", "use_directory_urls: true\nnav:", "“use_directory_urls” has no effect"),
        ("nav:", "exclude_docs: '*.yml'\nnav:", "“exclude_docs” has no effect"),
        ("nav:", "validation: {links: {not_found: ignore}}\nnav:", "“validation” has no effect"),
        ("  - i18n:", "  - i18n:\n      fallback_to_default: true", "fallback_to_default” has no effect"),
    ],
)
def test_a_setting_without_effect_is_a_warning(old: str, new: str, says: str) -> None:
    (told,) = check(changed(old, new)[0])
    assert says in told.what
    assert told.severity == "warning"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://here.be/", "https://here.be"),
        ("https://here.be/", "https://www.here.be/site/"),
        ("https://here.be/", "http://abcdefghijklmnop.onion/"),
        ("site_url: https://here.be/", "site_url: !ENV [SITE, 'https://here.be/']"),
        ("name: Nederlands, build: true", "name: Nederlands, build: false"),
        ("build: true}", "build: yes}"),
        ("[first-words.md,", "[price-index.md, first-words.md,"),
        ("[first-words.md,", "[en/first-words.md,"),
        ("github.com/us/site", "codeberg.org/us/site.git"),
        ("github.com/us/site", "gitlab.com/group/part/site/"),
        ("https://github.com/us/site", '""'),
        ("theme: safepage", "theme: {name: safepage}"),
    ],
)
def test_what_works_passes(old: str, new: str) -> None:
    assert check(changed(old, new)[0]) == []


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in itertools.pairwise("abcdefghi")
)
TEXTS = [
    "",
    "- a",
    "text",
    "a: &a [*a]",
    "a: " + "[" * 45_000,
    "a: " + "{b: " * 20_000,
    BOMB,
    "a: !!python/x b",
]
TEXTS += ["\x07: a", "a: '\ud800'", "plugins: 3", "plugins: [3, [i18n]]", "nav: text", "nav: {a: b}"]
TEXTS += ["extra: text", "extra: {exit: text}", "theme: [a]", "plugins: {i18n: {languages: {nl: 1}}}"]
TEXTS += ["plugins: {safepage: text}", "plugins: {safepage: {exit: [a], pictograms: 3}}", "hooks: text"]
TEXTS += ["? [a]\n: b", "nav: [3, [], {}]", "nav: [{a: {b: c}}, {a: 3}, {1: [{2: 3}]}]"]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:20])
def test_any_text_is_told_in_lines(text: str) -> None:
    faults = check(text)
    assert faults
    assert all(re.fullmatch(r".+", str(fault)) and len(str(fault)) < 700 for fault in faults)
