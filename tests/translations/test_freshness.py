from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepage.faults import Faulty
from safepage.translations import freshness
from safepage.translations.freshness import Record, dump, load, mark, paragraphs, renew, state

SOURCE = """\
---
title: Help
description: "Who can help you."
---

# Help {#top}

You are not alone, and you need no proof.

## Centres {#centres}

Call {{ centre.brussels.phone }} today or tomorrow.

- The first thing that you can do
- The second thing that you can do

!!! danger "In danger now?"
    Call {{ emergency.phone }} and say where you are.

## Signs {#signs}

- [ ] Cannot move about freely {#movement}
      Is driven everywhere
- [ ] Has little contact {#contact}
"""
TRANSLATION = """\
---
title: Hulp
description: "Wie je helpt."
---

# Hulp {#top}

Je bent niet alleen, en je hebt geen bewijs nodig.

## Centra {#centres}

Bel vandaag of morgen {{ centre.brussels.phone }}.

- Het eerste wat je kan doen
- Het tweede wat je kan doen

!!! danger "Nu in gevaar?"
    Bel {{ emergency.phone }} en zeg waar je bent.

## Signalen {#signs}

- [ ] Kan niet vrij rondlopen {#movement}
      Wordt overal heen gereden
- [ ] Heeft weinig contact {#contact}
"""
DRAFT = renew(None, paragraphs(SOURCE), None)
CHECKED = renew(None, paragraphs(SOURCE), "anna")
ROOT = Path(__file__).parent.parent.parent


def digests(text: str) -> list[str]:
    return [block.digest for block in paragraphs(text)]


def outdated(source: str, translation: str = TRANSLATION, record: Record = CHECKED) -> list[str]:
    """The words of the translation's paragraphs that are marked."""
    there = paragraphs(translation)
    return [there[i].text for i in sorted(state(source, translation, record).outdated_blocks)]


# Paragraphs


def test_paragraphs_know_kind_words_place_and_anchor() -> None:
    found = [(b.kind, b.text, b.line, b.id) for b in paragraphs(SOURCE)]
    assert found == [
        ("title", "Help", 2, ""),
        ("description", "Who can help you.", 3, ""),
        ("h1", "Help", 6, "top"),
        ("p", "You are not alone, and you need no proof.", 8, ""),
        ("h2", "Centres", 10, "centres"),
        ("p", "Call {{centre.brussels.phone}} today or tomorrow.", 12, ""),
        ("li", "The first thing that you can do", 14, ""),
        ("li", "The second thing that you can do", 15, ""),
        ("notice", "In danger now?", 17, ""),
        ("p", "Call {{emergency.phone}} and say where you are.", 18, ""),
        ("h2", "Signs", 20, "signs"),
        ("check", "Cannot move about freely Is driven everywhere", 22, "movement"),
        ("check", "Has little contact", 24, "contact"),
    ]


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("\n\n", "\n\n\n\n"),
        lambda text: re.sub(r"$", "  ", text, flags=re.MULTILINE),
        lambda text: text.replace("not alone, and", "not alone,\nand"),
        lambda text: text.replace("need no", "need  \t no"),
        lambda text: text.replace("{{ emergency.phone }}", "{{emergency.phone}}"),
        lambda text: text.replace("- The", "*   The"),
        lambda text: text.replace("{#centres}", "{ #centres }"),
        lambda text: text.replace('"Who can help you."', "Who can help you."),
        lambda text: text.replace('"Who can help you."', ">-\n  Who can\n  help you."),
    ],
)
def test_white_space_wraps_and_line_endings_change_no_digest(edit) -> None:  # type: ignore[no-untyped-def]
    assert edit(SOURCE) != SOURCE
    assert digests(edit(SOURCE)) == digests(SOURCE)


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert digests("Sürya Liège") == digests("Su\u0308rya Lie\u0300ge")


words = st.lists(st.from_regex(r"[a-z]{1,8}[.,]?", fullmatch=True), min_size=1, max_size=30)


@given(words, st.randoms(use_true_random=False))
def test_any_wrapping_gives_the_same_digest(some: list[str], chance) -> None:  # type: ignore[no-untyped-def]
    wrapped = "".join(word + chance.choice([" ", "  ", "\n", "\r\n", " \n"]) for word in some)
    assert digests(wrapped) == digests(" ".join(some))


@given(words, words)
def test_other_words_give_another_digest(some: list[str], others: list[str]) -> None:
    assert (digests(" ".join(some)) == digests(" ".join(others))) == (some == others)


def test_nested_blocks() -> None:
    text = "- x\n    - nested\n\n    para\n- y\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    text += "\n> quote\n> goes on\n\n```\n# no\n```\n"
    found = [(b.kind, b.line) for b in paragraphs(text)]
    assert found == [
        ("li", 1),
        ("li", 2),
        ("p", 4),
        ("li", 5),
        ("row", 7),
        ("row", 9),
        ("quote", 11),
        ("code", 14),
    ]


# States


def test_missing() -> None:
    assert state(SOURCE, None, None).status == "missing"


def test_a_copy_of_the_source_is_missing() -> None:
    copy = SOURCE.replace("title: Help", "# a note\ntitle: Hulp")
    for places in (True, False):
        assert state(SOURCE, copy, DRAFT, places=places).status == "missing"
        assert state(SOURCE, TRANSLATION, DRAFT, places=places).status == "draft"


def test_draft_and_current() -> None:
    never, draft, current = (state(SOURCE, TRANSLATION, r) for r in (None, DRAFT, CHECKED))
    assert (never.status, never.draft, never.confirmed) == ("draft", True, False)
    assert (draft.status, draft.draft, draft.confirmed) == ("draft", True, True)
    assert (current.status, current.draft, current.reviewed_by) == ("current", False, "anna")


def test_an_outdated_draft_is_both() -> None:
    edited = state(SOURCE.replace("no proof", "no papers"), TRANSLATION, DRAFT)
    assert (edited.status, edited.draft) == ("outdated", True)


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("not alone, and", "not alone,\nand"),
        lambda text: text.replace("{#centres}", "{#centers}"),
        # the order of two list items, and a paragraph into another section
        lambda text: (
            text.replace("The first thing", "X")
            .replace("The second", "The first")
            .replace("X", "The second thing")
        ),
        lambda text: (
            text.replace("You are not alone, and you need no proof.\n\n", "")
            + "\nYou are not alone, and you need no proof.\n"
        ),
    ],
)
def test_white_space_and_moves_never_set_outdated(edit) -> None:  # type: ignore[no-untyped-def]
    moved = edit(SOURCE)
    if "The second thing" in moved and "first thing that" not in moved:
        pytest.fail("the fixture changed")
    assert moved != SOURCE
    assert state(moved, TRANSLATION, CHECKED).status == "current"


def test_editing_the_translation_never_clears_outdated() -> None:
    edited = SOURCE.replace("no proof", "no papers")
    for text in (
        TRANSLATION,
        TRANSLATION.replace("bewijs", "papieren"),
        TRANSLATION.replace("Hulp", "Steun"),
    ):
        assert state(edited, text, CHECKED).status == "outdated"


def test_changed_added_and_removed() -> None:
    edited = (
        SOURCE.replace("no proof", "no papers")
        .replace(
            "- The second thing that you can do\n", "- The second thing that you can do\n- A third thing\n"
        )
        .replace("Call {{ centre.brussels.phone }} today or tomorrow.\n\n", "")
    )
    found = [
        (c.kind, c.old and c.old.excerpt, c.new and c.new.text)
        for c in state(edited, TRANSLATION, CHECKED).changed
    ]
    assert found == [
        (
            "changed",
            "You are not alone, and you need no proof.",
            "You are not alone, and you need no papers.",
        ),
        ("removed", "Call {{centre.brussels.phone}} today or tomorrow.", None),
        ("added", None, "A third thing"),
    ]


def test_a_move_beside_a_change_is_no_change() -> None:
    moved = "You are not alone, and you need no proof.\n\n"
    edited = (
        SOURCE.replace(moved, "").replace("- The first", f"{moved}- The first").replace("tomorrow", "later")
    )
    assert [c.kind for c in state(edited, TRANSLATION, CHECKED).changed] == ["changed"]


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("no proof", "no papers", ["Je bent niet alleen, en je hebt geen bewijs nodig."]),
        ("title: Help", "title: Get help", ["Hulp"]),
        ("## Centres", "## The centres", ["Centra"]),
        ("The second thing", "A second thing", ["Het tweede wat je kan doen"]),
        ("In danger now?", "In danger?", ["Nu in gevaar?"]),
        ("say where you are", "wait", ["Bel {{emergency.phone}} en zeg waar je bent."]),
        ("Is driven everywhere", "Never alone", ["Kan niet vrij rondlopen Wordt overal heen gereden"]),
        ("Has little contact", "Has no contact", ["Heeft weinig contact"]),
        # A removed paragraph is placed by the old shape, an added one isn't there to be marked.
        ("- The first thing that you can do\n", "", ["Het eerste wat je kan doen"]),
        ("\n## Signs", "\nMore.\n\n## Signs", []),
    ],
)
def test_the_translated_paragraph_that_needs_work(old: str, new: str, marked: list[str]) -> None:
    assert old in SOURCE
    assert outdated(SOURCE.replace(old, new, 1)) == marked


def test_a_translation_that_follows_the_new_source_already_is_placed_by_it() -> None:
    source = SOURCE.replace("- The first", "- Before all\n- The first").replace("no proof", "no papers")
    ahead = TRANSLATION.replace("- Het eerste", "- Voor alles\n- Het eerste")
    assert outdated(source, ahead) == ["Je bent niet alleen, en je hebt geen bewijs nodig.", "Voor alles"]


def test_untranslated_paragraphs_are_known() -> None:
    half = TRANSLATION.replace(
        "Je bent niet alleen, en je hebt geen bewijs nodig.", "You are not alone, and you need no proof."
    )
    found = state(SOURCE, half, DRAFT).untranslated_blocks
    assert [paragraphs(half)[i].text for i in found] == ["You are not alone, and you need no proof."]


def test_words_without_spaces_between_them_are_words() -> None:
    """A page of which half is translated is there, in any script; and so is a copy of a Chinese source."""
    chinese = SOURCE.replace("You are not alone, and you need no proof.", "您并不孤单，也不需要证据。")
    assert state(SOURCE, chinese, DRAFT).status == "draft"
    thai = SOURCE.replace("You are not alone, and you need no proof.", "คุณไม่ได้อยู่คนเดียว และไม่ต้องมีหลักฐาน")
    assert state(SOURCE, thai, DRAFT).status == "draft"
    found = state(
        chinese,
        TRANSLATION.replace(
            "Je bent niet alleen, en je hebt geen bewijs nodig.", "您并不孤单，也不需要证据。"
        ),
        None,
    )
    assert len(found.untranslated_blocks) == 1


# Records


def test_a_record_survives_its_file() -> None:
    for record in (DRAFT, CHECKED):
        assert load(dump(record, "nl", "help"), "docs/nl/.confirmed/help.yml") == record


def test_a_record_reads_well_and_is_yaml() -> None:
    import yaml

    text = dump(CHECKED, "nl", "help")
    assert yaml.safe_load(text)["reviewed-by"] == "anna"
    assert len(yaml.safe_load(text)["source"]) == len(paragraphs(SOURCE))
    assert "h2#centres Centres" in text
    assert yaml.safe_load(dump(DRAFT, "nl", "help"))["draft"] is True


@pytest.mark.parametrize(
    ("break_it", "line"),
    [
        (lambda text: text.replace("source:\n", "<<<<<<< ours\nsource:\n"), 4),
        (lambda text: text.replace('- "', "- ", 1), 5),
        (lambda text: text.replace("draft: true", "draft: maybe"), 3),
        (lambda text: "", 0),
    ],
)
def test_an_unreadable_record_is_one_line(break_it, line: int) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Faulty) as caught:
        load(break_it(dump(DRAFT, "nl", "help")), "docs/nl/.confirmed/help.yml")
    (fault,) = caught.value.faults
    assert fault.line == line
    assert "translations confirm nl help" in str(fault)


def test_a_review_lasts_until_the_source_changes() -> None:
    now = paragraphs(SOURCE)
    assert renew(CHECKED, now, None).reviewed_by == "anna"
    assert renew(CHECKED, now, "ben").reviewed_by == "ben"
    assert renew(CHECKED, paragraphs(SOURCE.replace("proof", "papers")), None).reviewed_by is None


def test_an_edit_without_meaning_keeps_what_was_current_and_nothing_else() -> None:
    typo = SOURCE.replace("tomorrow", "tomorow")
    record = renew(None, paragraphs(typo), "anna")
    carried = freshness.carry(record, paragraphs(typo), paragraphs(SOURCE))
    assert state(SOURCE, TRANSLATION, carried).status == "current"

    before = typo.replace("no proof", "no papers")  # outdated already when the typo is mended
    after = SOURCE.replace("no proof", "no papers")
    carried = freshness.carry(record, paragraphs(before), paragraphs(after))
    found = state(after, TRANSLATION, carried)
    assert [c.new.text for c in found.changed if c.new] == ["You are not alone, and you need no papers."]


# Marks


def render(text: str) -> str:
    body = text.split("---\n", 2)[2] if text.startswith("---") else text
    extensions = ["admonition", "attr_list", "sane_lists", "toc", "tables", "fenced_code"]
    return markdown.markdown(body, extensions=extensions)


def test_marks_are_on_the_right_elements() -> None:
    source = (
        SOURCE.replace("no proof", "no papers").replace("second", "other").replace("Is driven", "Is taken")
    )
    found = state(source, TRANSLATION, CHECKED)
    html = mark(render(TRANSLATION), TRANSLATION, found.outdated_blocks, "Oud & <b>")
    assert '<p class="outdated"><span class="outdated-label">Oud &amp; &lt;b&gt;</span> Je bent niet' in html
    assert '<li class="outdated"><span class="outdated-label">Oud &amp; &lt;b&gt;</span> Het tweede' in html
    assert '<li class="outdated">[ ] Kan niet vrij' in html
    assert html.count('class="outdated"') == 3


def test_a_mark_joins_a_class_and_a_heading_keeps_its_words() -> None:
    found = state(
        SOURCE.replace("In danger now", "Danger").replace("# Centres", "# All"), TRANSLATION, CHECKED
    )
    html = mark(render(TRANSLATION), TRANSLATION, found.outdated_blocks, "Oud")
    assert 'class="outdated admonition-title"' in html
    assert '<h2 id="centres" class="outdated">Centra</h2>' in html


def test_the_sources_words_get_their_language() -> None:
    half = TRANSLATION.replace("Het eerste wat je kan doen", "The first thing that you can do")
    found = state(SOURCE, half, CHECKED)
    html = mark(render(half), half, (), "", found.untranslated_blocks, "en")
    assert '<li lang="en" dir="ltr">The first' in html
    assert html.count("lang=") == 1


def test_no_mark_is_better_than_a_wrong_one() -> None:
    html = render(TRANSLATION).replace("<p>", "<div>", 1)
    assert mark(html, TRANSLATION, {3}, "x") == html


def test_every_page_of_the_site_can_be_marked() -> None:
    wrong = []
    for page in sorted((ROOT / "docs").glob("*/**/*.md")):
        text = page.read_text(encoding="utf-8")
        blocks = [i for i, block in enumerate(paragraphs(text)) if block.in_body]
        if mark(render(text), text, blocks).count("outdated") != len(blocks):
            wrong.append(page)
    assert wrong == []
