"""The small parts: sentences, codes, compressed copies."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import pytest

from environment import ROOT
from rendering import render
from safepage.faults import Faulty, bounded
from safepage.gate import head
from safepage.output import compress
from safepage.page import blocks, checklist, phrases
from safepage.page.paragraphs import paragraphs
from safepage.site import exits, prints
from safepage.site.interface import exit_titles
from safepage.translations import freshness

OWN = "https://www.our-name.org/"
EXITS = [
    "https://www.meteo.be/en",
    "https://weather.example.com",
    "https://www.meteo.be:443/?a=b#c",
    "https://xn--bcher-kva.de/",
]
NO_EXITS = {
    "": "leads nowhere",
    ".": "no whole address",
    "/": "no whole address",
    "../": "no whole address",
    "meteo.be": "no whole address",
    "//meteo.be": "no whole address",
    "https://": "no whole address",
    "https://router.lan/": "not on the internet",
    "https://weather.example/": "not on the internet",
    "https:///en": "no whole address",
    "https:meteo.be": "no whole address",
    "javascript:alert(1)": "no whole address",
    "data:text/html,x": "no whole address",
    "file:///x": "no whole address",
    "http://www.meteo.be/": "begins with http:",
    "https://me:word@meteo.be": "name or password",
    "https://meteo.be@evil.com": "name or password",
    "https://localhost/": "everybody can reach",
    "https://intranet": "everybody can reach",
    "https://127.0.0.1/": "everybody can reach",
    "https://10.0.0.1": "everybody can reach",
    "https://[::1]/": "no whole address",
    "https://2130706433/": "everybody can reach",
    "https://printer.local/": "not on the internet",
    "https://x.localhost": "not on the internet",
    "https://abc.onion/": "not on the internet",
    "https://meteo.test": "not on the internet",
    "https://our-name.org/en/": "leads back",
    "https://www.our-name.org": "leads back",
    "https://OUR-NAME.org/x": "leads back",
    "https://staging.our-name.org/": "leads back",
    "https://meteo.be:8443/": "no whole address",
    "https://meteo.be/a b": "no whole address",
    "https://meteo.be\\@evil.com": "name or password",
    "https://meteo..be/": "everybody can reach",
    "https://-meteo.be/": "everybody can reach",
    "https://mete\u043e.be/": "look",
    "https://meteo.be/\u202e": "U+202E",
    "https://meteo.be\nx": "no whole address",
}


def test_the_exit_leads_to_a_whole_address_of_somebody_else() -> None:
    assert {address: exits.problem(address, OWN) for address in EXITS} == dict.fromkeys(EXITS)
    told = {address: str(exits.problem(address, OWN)) for address in NO_EXITS}
    assert {address: what for address, what in told.items() if NO_EXITS[address] not in what} == {}
    for value in (None, 1, [OWN], {"a": OWN}):
        assert exits.problem(value, OWN)


@pytest.mark.parametrize(
    ("title", "name", "telling"),
    [
        ("Weather", "Recognise human trafficking", False),
        ("Het weer", "Mensenhandel herkennen", False),
        ("Thời tiết", "Nhận biết nạn buôn người", False),
        ("الطقس", "التعرف على الاتجار بالبشر", False),
        ("天气", "识别人口贩运", False),
        ("Human weather", "Recognise human trafficking", True),
        ("TRAFFICKING", "Recognise human trafficking", True),
        ("Trafficker alert", "Recognise human trafficking", True),
        ("Menschenhändler", "Menschenhandel erkennen", True),
        ("traite", "Reconnaître la traite des êtres humains", True),
        ("人口", "识别人口贩运", True),
        ("อากาศ", "สังเกตการค้ามนุษย์", False),
        ("การค้ามนุษย์", "สังเกตการค้ามนุษย์", True),
        ("ამინდი", "ადამიანით ვაჭრობის ამოცნობა", False),
        ("날씨", "인신매매 알아보기", False),
    ],
)
def test_the_title_on_leaving_does_not_name_the_site(title: str, name: str, telling: bool) -> None:
    found = exit_titles({"nl": title}, ["", "Another", name])
    assert [(fault.path, fault.severity) for fault in found] == [("docs/nl/interface.yml", "error")] * telling


def test_of_many_faults_of_a_kind_the_first_are_told_and_how_many_follow() -> None:
    lines = "".join(f"key{n}: x\n" for n in range(8000))
    with pytest.raises(Faulty) as caught:
        head.read(f"---\ntitle: <b>\n{lines}---\n", "docs/en/x.md", "BE")
    told = caught.value.faults
    assert len(told) < 30
    assert [fault.what for fault in told if "more of the kind" in fault.what] == [
        "and 7,980 more of the kind"
    ]
    assert any("markup" in fault.what for fault in told), "another kind is told as well"
    assert bounded(told) == told


def test_sentences_get_their_ids() -> None:
    plain = "<ul><li>Other</li></ul>"
    html = f"<ul>\n<li>You decide. {{#decide}}</li>\n<li>Do <em>you</em> want? {{#want}}</li>\n</ul>{plain}"
    assert phrases.render(html) == (
        '<ul class="phrases"><li id="decide"><span class="phrase">You decide.</span></li>'
        '<li id="want"><span class="phrase">Do <em>you</em> want?</span></li></ul>' + plain
    )


@pytest.mark.parametrize("marked", ["outdated", "untranslated"])
def test_no_mark_of_the_text_shows_where_the_source_changed(marked: str) -> None:
    """Whatever block of a page is marked: no raw id, box or list, and every sentence keeps its id."""
    words = {"checklist_legend": "", "checklist_clear": "", "note_block": "Old?"}
    raw = []
    for file in sorted((ROOT / "docs/nl").rglob("*.md")):
        body = file.read_text(encoding="utf-8").split("---\n", 2)[2]
        every = range(len(paragraphs(body)))
        old, same = (every, ()) if marked == "outdated" else ((), every)
        marks = freshness.mark(render(body), body, old, "Old?", same, "en")
        html = blocks.fill(
            phrases.render(checklist.render(marks, words, {})), lambda name, level: "", lambda name: ""
        )
        found = re.findall(r"\{[:#][^}]*\}|\[[ xX]?\]|\{\{\s*list[^}]*\}\}", html)
        ids = re.findall(r"^- [^\n]*\{#([\w-]+)\}", body, re.MULTILINE)
        lost = [name for name in ids if f'<li id="{name}"' not in html and f' id="{name}"' not in html]
        raw += [f"{file.stem}: {sign}" for sign in [*found, *lost]]
    assert not raw, raw


def test_sentences_without_an_id_or_with_one_twice() -> None:
    told = [str(fault) for fault in phrases.check("- One {#one}\n- Two\n\n- Three {#one}", "p.md", 5)]
    assert any(line.startswith("p.md:6: ") and "has no id" in line for line in told)
    assert any(line.startswith("p.md:8: ") and "stands twice" in line for line in told)
    assert phrases.check("- a plain list\n- of two", "p.md", 1) == []


def test_code_is_a_picture_without_style() -> None:
    made = prints.code("https://example.org/nl/")
    assert made.startswith("<svg")
    assert "style=" not in made


def test_compressed_copies(tmp_path: Path) -> None:
    """Each holds the same bytes, and is the same each time."""
    file = tmp_path / "index.html"
    file.write_bytes(b"<p>help</p>" * 500)
    compress.file(file.name, tmp_path)
    first = [(tmp_path / f"index.html.{end}").read_bytes() for end in ("gz", "br")]
    compress.file(file.name, tmp_path)
    assert first == [(tmp_path / f"index.html.{end}").read_bytes() for end in ("gz", "br")]
    assert gzip.decompress(first[0]) == brotli.decompress(first[1]) == file.read_bytes()
