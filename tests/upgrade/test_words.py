"""The words of the frame: a site gets new ones and loses those that are gone, and keeps every other sign."""

from __future__ import annotations

from pathlib import Path

from safepage.page.paragraphs import Paragraph
from safepage.translations import records
from safepage.upgrade import words
from safepage.upgrade.files import Files

OWN = """\
# Words of our house.

site_name: "Ours" # as on paper
skip: 'To the text'

# The way out.
exit: "Leave"
gone: "No word of the frame any more"
long: >-
  A text
  of two lines

last: "End"
"""
OFFERED = """\
first: "At the top"
site_name: "Recognise"
skip: "To the text"
# A remark of ours.
exit: "Leave this site"
exit_keys: "three times"
exit_more: >-
  Folded
  text
long: "Short"
after: "After"
last: "End"
end: "Behind the last"
"""
WANTED = """\
# Words of our house.

first: "At the top"
site_name: "Ours" # as on paper
skip: 'To the text'

# The way out.
exit: "Leave"
exit_keys: "three times"
exit_more: >-
  Folded
  text
long: >-
  A text
  of two lines
after: "After"

last: "End"
end: "Behind the last"
"""


def test_only_what_is_new_or_gone_changes() -> None:
    assert words.renewed(OWN, OFFERED) == WANTED
    assert words.renewed(WANTED, OFFERED) == WANTED
    assert words.renewed(OFFERED, OFFERED) == OFFERED
    assert words.renewed(OWN.rstrip("\n"), OFFERED).endswith('last: "End"\nend: "Behind the last"')
    assert words.renewed("# nothing yet\n", 'a: "A"\nb: "B"\n') == '# nothing yet\na: "A"\nb: "B"\n'


def test_a_word_keeps_the_remark_behind_it() -> None:
    assert words.renewed('a: "A"\n', 'a: "A"\nb: "B" # short\n') == 'a: "A"\nb: "B" # short\n'


def test_a_new_word_that_we_have_confirmed_is_so_in_a_site_that_keeps_a_record(tmp_path: Path) -> None:
    path, record = "docs/nl/interface.yml", records.record_path("nl", records.FRAME)
    known = [Paragraph("word", text, 1, key) for key, text in (("a", "A"), ("b", "B"), ("c", "C"))]
    entries = tuple(map(records.entry_of, known))
    ours = {record: records.dump(records.Record(entries[1:], None), "nl", records.FRAME)}
    site = Files(tmp_path)
    words.confirm(site, path, ours, {"b"}, "en")
    assert site.read(record) is None
    site.write(record, records.dump(records.Record(entries[:1], "anna"), "nl", records.FRAME))
    words.confirm(site, path, ours, set(), "en")
    assert "reviewed-by: anna" in (site.read(record) or "")
    words.confirm(site, path, ours, {"b"}, "en")
    assert records.load(site.read(record) or "", record) == records.Record(entries[:2], None)


def test_one_word_is_put_as_it_stands_elsewhere() -> None:
    taken = words.put(OWN, "long", OFFERED)
    assert taken == OWN.replace("long: >-\n  A text\n  of two lines\n", 'long: "Short"\n')
    assert words.put(taken, "long", OWN) == OWN
