"""The words of the frame: a site gets new ones and loses those that are gone, and keeps every other sign."""

from __future__ import annotations

from safepage.upgrade import words

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


def test_a_word_to_translate_keeps_its_mark() -> None:
    assert words.renewed('a: "A"\n', 'a: "A"\nb: "B" # to translate\n') == 'a: "A"\nb: "B" # to translate\n'


def test_one_word_is_put_as_it_stands_elsewhere() -> None:
    taken = words.put(OWN, "long", OFFERED)
    assert taken == OWN.replace("long: >-\n  A text\n  of two lines\n", 'long: "Short"\n')
    assert words.put(taken, "long", OWN) == OWN
