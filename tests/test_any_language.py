"""Every language has a way in: tags of three letters, with a script, of a language that CLDR lacks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from small import Small, defaults, small_site, with_languages

NEW = {
    "prs": "rtl",
    "ckb": "rtl",
    "tl": "ltr",
    "rmy": "ltr",
    "sr": "ltr",
    "sr-Latn": "ltr",
    "zh-Hans": "ltr",
    "zh-Hant": "ltr",
    "pt-BR": "ltr",
    "no": "ltr",
    "pa": "ltr",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A small site with more languages: a home page, the words of the frame, and a search."""
    files = with_languages({tag: f"Our {tag}" for tag in NEW})
    files["docs/zh-Hant/interface.yml"] = defaults()["docs/en/interface.yml"]  # as `translations new` lays it
    files["docs/en/search.md"] = "# Search\n\n{{ list.search }}\n"
    files["mkdocs.yml"] = str(files["mkdocs.yml"]).replace("about.md]", "about.md, search.md]")
    built = small_site(tmp_path_factory.mktemp("any") / "project", files)
    assert built.build() == []
    return built


def test_a_language_of_any_tag_is_built_and_called_as_the_site_calls_it(site: Small) -> None:
    """In its direction, in the chooser, in the map of the site and in the search."""
    links = {link.attributes["lang"]: link for link in site.page("").css(".languages a")}
    index = site.read("site/pagefind/pagefind-entry.json")
    for tag, way in NEW.items():
        page = site.page(tag)
        root = page.css_first("html").attributes
        assert (root["lang"], root["dir"], links[tag].attributes["dir"]) == (tag, way, way)
        assert links[tag].text().startswith(f"Our {tag}")
        assert page.css_first(".languages summary").text().endswith(f"Our {tag}")
        assert f'hreflang="{tag}" href="https://www.our-name.org/{tag}/"' in site.read("site/sitemap.xml")
        assert f'"{tag.lower()}":' in index, tag
        assert f"(in {tag})" not in page.html


def test_a_frame_that_nobody_has_translated_says_in_its_own_words_whose_page_it_shows(site: Small) -> None:
    """Not that the page is missing in the language that it is in, nor what that is called in another."""
    for tag, said in {
        "zh-Hant": "In English",
        "nl": "Deze pagina bestaat nog niet in het Nederlands.",
    }.items():
        assert site.page(f"{tag}/search").css_first("aside.notice").text().strip().startswith(said)
    notes = site.page("zh-Hant/search").css("footer small")
    assert {note.text() for note in notes} == {"(in English)"}


def test_each_name_in_the_list_of_pages_is_read_in_its_language(site: Small) -> None:
    """On a page of search that is shown in English, too: the names are the reader's and run as they do."""
    for tag, said in {"ar": ("ar", "rtl"), "nl": ("nl", "ltr"), "": (None, None)}.items():
        names = site.page(f"{tag}/search".strip("/")).css_first("ul.pages")
        assert (names.attributes.get("lang"), names.attributes.get("dir")) == said
        links = names.css("a[hreflang]")
        assert bool(links) == bool(tag)
        assert all(link.css_first("bdi[lang=en]") and link.css_first("small") for link in links)


def test_the_browser_s_language_is_offered_as_near_as_the_site_has_it(site: Small, browser: Browser) -> None:
    """Traditional Chinese to Taiwan, Filipino as Tagalog, Portuguese as what it is."""
    home = (site.output / "nl" / "index.html").as_uri()
    as_asked = "Object.defineProperty(navigator, 'languages', {{value: {}, configurable: true}})"
    page = browser.new_page()
    for wanted, offered in {
        "zh-TW": "zh-Hant",
        "zh-CN": "zh-Hans",
        "zh-Hant-US": "zh-Hant",
        "nb-NO": "no",
        "fil-PH": "tl",
        "pt-PT": "pt-BR",
        "sr-Latn-RS": "sr-Latn",
        "fa-AF": "prs",
        "en-GB": "en",
    }.items():
        page.add_init_script(as_asked.format([wanted]))
        page.goto(home)
        link = page.locator(".offer a")
        expect(link, wanted).to_have_attribute("lang", offered)
        expect(link).to_have_text(f"Our {offered}" if offered in NEW else "English")
        expect(link).to_be_visible()
    # In Pakistan's letters there is no Punjabi: what else the reader has named comes before India's.
    page.add_init_script(as_asked.format(["pa-PK", "ar"]))
    page.goto(home)
    expect(page.locator(".offer a")).to_have_attribute("lang", "ar")
    page.close()
