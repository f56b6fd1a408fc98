"""A table scrolls in itself, and can be reached by keyboard."""

from __future__ import annotations

from safepage.page import tables

TABLE = "<table><tbody><tr><td>1</td></tr></tbody></table>"


def test_it_has_a_box_with_the_name_of_its_heading() -> None:
    page = f'<h1 id="_1">A</h1><p>b</p><h2 id="days">C</h2>{TABLE}<h2 id="more">D</h2>{TABLE}'
    made = tables.render(page)
    box = '<div class="table" tabindex="0" role="region" aria-labelledby="{}">' + TABLE + "</div>"
    assert box.format("days") in made
    assert box.format("more") in made


def test_a_page_without_one_stays_as_it_was() -> None:
    assert (
        tables.render('<h1 id="a">A</h1><p>the &lt;table&gt;</p>')
        == '<h1 id="a">A</h1><p>the &lt;table&gt;</p>'
    )
