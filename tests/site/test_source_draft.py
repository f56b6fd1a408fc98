"""A page of the source that nobody has checked says so, until its head no longer does."""

from __future__ import annotations

from pathlib import Path

from small import small_site

HEAD = "safety_critical: true"
DRAFT = "No native speaker has checked this translation yet."


def test_readers_are_told_where_the_head_says_so(tmp_path: Path) -> None:
    """In the source's own pages, and without a link: there is nothing that it was translated from."""
    site = small_site(tmp_path)
    site.change("docs/en/contact.md", HEAD, f"{HEAD}\ndraft: true # see README")
    assert site.build(only="en") == []
    notes = site.page("contact").css(".notice")
    assert [note.text(strip=True) for note in notes] == [DRAFT]
    assert not notes[0].css("a")
    assert not site.page("recognise").css(".notice")
    # The same structure, and the same state as before.
    assert [fault for fault in site.build() if "contact.md" in fault] == []
    assert DRAFT not in (site.page("nl/contact").body or notes[0]).text()


def test_a_translation_has_its_record_for_this(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    line = site.change("docs/nl/contact.md", HEAD, f"{HEAD}\ndraft: true")
    (fault,) = site.build()
    assert fault.startswith(f"docs/nl/contact.md:{line + 1}: error: the front matter has “draft”")
    assert "for pages of the source alone" in fault
