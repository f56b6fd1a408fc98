"""Where a translation becomes a site's source, the state of all languages is turned round truthfully."""

from __future__ import annotations

from pathlib import Path

import pytest

import small
from safepage.begin.content import Content
from safepage.begin.packed import Packed
from safepage.page import head
from safepage.page.paragraphs import paragraphs
from safepage.site import settings
from safepage.translations import catalogue, new_language, records

LANGUAGES = {"nl": "Nederlands", "ar": "العربية", "en": "English"}
ADVICE = "Speak with the person alone, and promise only what you can keep."
# Beside what the small site has: a paragraph that the Arabic alone has not followed, a Dutch page in which a
# paragraph is still English, and an Arabic one.
DUTCH_LEFT = "Vertrouwen vraagt tijd, en een rustig gesprek kan een eerste stap zijn."
ENGLISH_LEFT = "Trust takes time, and a calm talk can be a first step."


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    """Texts in English, translated into Dutch and Arabic."""
    site = small.small_site(tmp_path_factory.mktemp("packed"))
    for name in ("copied", "left"):
        text = site.read("docs/en/advice.md")
        for tag in LANGUAGES:
            site.write(f"docs/{tag}/{name}.md", site.read(f"docs/{tag}/advice.md"))
        for tag in ("nl", "ar"):
            site.confirm(tag, name, source=text)
    site.change("docs/nl/copied.md", DUTCH_LEFT, ENGLISH_LEFT)
    site.change("docs/ar/left.md", "الثقة تحتاج إلى وقت، وقد يكون الحديث الهادئ خطوة أولى.", ENGLISH_LEFT)
    before = site.read("docs/en/advice.md").replace(ADVICE, "Speak alone.")
    site.confirm("ar", "advice", source=before)
    site.change("docs/en/contact.md", "safety_critical: true", "safety_critical: true\nlisten: true")
    confirm_words(site.root, "nl", "home")
    confirm_words(site.root, "ar", "exit")
    return Packed(site.root / "docs", settings.read(site.read("mkdocs.yml")))


@pytest.fixture(scope="module")
def turned(packed: Packed, tmp_path_factory: pytest.TempPathFactory) -> catalogue.Catalogue:
    """The same in a site whose source is Dutch."""
    root = tmp_path_factory.mktemp("turned")
    for path, text in Content(packed, LANGUAGES).texts().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return catalogue.Catalogue(root, "nl", ["ar", "en"], "BE")


def confirm_words(root: Path, tag: str, left: str) -> None:
    """Note that the words of a frame match the English, but for one of which nobody has said so."""
    words = catalogue.Catalogue(root, "en", [], "BE").words_of("en")
    entries = tuple(records.entry_of(word) for word in words if word.id != left)
    text = records.dump(records.Record(entries), tag, records.FRAME)
    (root / records.record_path(tag, records.FRAME)).write_text(text, encoding="utf-8")


def test_words_of_the_frame_match_where_both_match_the_packed_source(turned: catalogue.Catalogue) -> None:
    """Of the source that a site chooses, and of each other language."""
    assert (turned.frame("en").status, turned.frame("en").left) == ("outdated", ["home"])
    assert (turned.frame("ar").status, turned.frame("ar").left) == ("outdated", ["exit", "home"])
    assert turned.frame("en").draft


# The page; whether the Dutch says that it is a draft; the state of the Arabic, then of the English, with the
# beginning of what is marked in each.
TABLE = [
    ("contact", False, ("current", []), ("draft", [])),
    ("about", True, ("draft", []), ("draft", [])),
    ("recognise", False, ("outdated", ["العلامات التالية"]), ("outdated", ["The signs below"])),
    ("advice", False, ("outdated", ["تحدّثوا مع"]), ("draft", [])),
    ("copied", False, ("outdated", ["الثقة تحتاج"]), ("outdated", [])),  # what is the same is not out of date
    ("left", False, ("outdated", ["Trust takes"]), ("draft", [])),
]


@pytest.mark.parametrize(("name", "draft", "arabic", "english"), TABLE)
def test_state_is_turned_round(turned: catalogue.Catalogue, name, draft, arabic, english) -> None:
    """What both matched they match in each other; what either had not followed stays marked."""
    assert ("draft: true" in (turned.text("nl", name) or "")) is draft
    for tag, (status, marked) in (("ar", arabic), ("en", english)):
        state = turned.state(tag, name)
        blocks = paragraphs(turned.text(tag, name) or "")
        found = [blocks[at].text for at in sorted(state.outdated_blocks)]
        assert (state.status, len(found)) == (status, len(marked)), (tag, found)
        assert all(text.startswith(begin) for text, begin in zip(found, marked, strict=True)), (tag, found)
        assert state.confirmed
    assert turned.state("ar", name).draft is draft
    assert turned.state("en", name).draft


def test_what_is_read_aloud_is_so_by_the_new_source(turned: catalogue.Catalogue) -> None:
    found = {name for name in turned.pages if head.switched(turned.text("nl", name) or "", "listen")}
    assert found == {"contact"}


def test_a_page_that_the_source_has_not_is_left_out(packed: Packed, turned: catalogue.Catalogue) -> None:
    """Menus, links and sentences that lead to it follow; the languages keep the same bones."""
    content = Content(packed, LANGUAGES)
    assert content.left_out == [small.MISSING]
    assert not (turned.root / f"docs/en/{small.MISSING}.md").exists()
    assert not [
        file for file in turned.root.rglob("*.md") if f"{small.MISSING}.md" in file.read_text("utf-8")
    ]
    assert [fault for fault in turned.faults(["ar", "en"]) if fault.severity == "error"] == []


def test_a_language_without_texts_is_begun(packed: Packed) -> None:
    """As `translations new` begins one: of the site's own source, and without what is said of that alone."""
    content = Content(packed, {"nl": "Nederlands", "tlh": "tlhIngan Hol"}, {"nl": "Hulp", "tlh": "QaH"})
    texts = content.texts()
    assert content.new == ["tlh"]
    assert "Wordt iemand uitgebuit?" in texts["docs/tlh/index.md"]
    assert "tlhIngan Hol (tlh)" in texts["docs/tlh/interface.yml"]
    assert 'site_name: "QaH"' in texts["docs/tlh/interface.yml"]
    packed_about = Content(packed, {"nl": "Nederlands"}).texts()["docs/nl/about.md"]
    assert "draft: true" in packed_about
    sources = {"index.md": packed_about, "interface.yml": 'a: "b"\n'}
    assert "draft:" not in new_language.texts(sources, "nl", "tlh", "tlhIngan Hol")["docs/tlh/index.md"]


def test_where_the_source_is_the_packed_one_nothing_changes(packed: Packed) -> None:
    """State, and each text, are as they were."""
    languages = {"en": "English", "nl": "Nederlands"}
    texts = Content(packed, languages).texts()
    for name in ("recognise", "about", "advice"):
        assert texts[f"docs/nl/{name}.md"] == packed.text(f"nl/{name}.md")
        assert texts[f"docs/nl/.confirmed/{name}.yml"] == packed.text(f"nl/.confirmed/{name}.yml")
    assert f"nl: [{small.REVIEWER}]" in texts["docs/reviewers.yml"]
