"""A translation beside its source: `translations review` writes one file that asks for nothing."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser, LexborNode

from safepage import cli
from safepage.checks import looks, test_validity
from safepage.translations.catalogue import Catalogue
from safepage.translations.po import glossary
from safepage.translations.review import words
from small import LATER, Small, small_site

GLOSSARY = {
    "docs/en/glossary.yml": "victim: {use: victim}\nsign: {use: sign, avoid: proof}\n",
    "docs/nl/glossary.yml": 'sign: {use: signaal}\nvictim: {use: "slachtoffer; “u”", avoid: prooi}\n',
}


def write(site: Small, *words: str) -> LexborHTMLParser:
    """The file that the command writes."""
    file = site.root.parent / "review.html"
    assert cli.main(["translations", "review", *words, "--output", str(file)], site.root) == 0
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


def commit(root: Path) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for step in (["init", "-q"], ["add", "docs"], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", *who, *step], cwd=root, check=True, capture_output=True)


def row(page: LexborHTMLParser, says: str) -> LexborNode:
    """The row in which a text stands."""
    return next(row for row in page.css("li.row") if says in shown(row))


def shown(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node else ""


def html(node: LexborNode, selector: str) -> str:
    """What stands in the first of such elements."""
    found = node.css_first(selector)
    return re.sub(r"^<[^>]*>|</[^>]*>$", "", found.html or "").strip() if found else ""


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A site with a history, whose pages are then changed in each way."""
    site = small_site(tmp_path_factory.mktemp("review") / "site", GLOSSARY)
    source = site.read("docs/en/recognise.md")
    site.change("docs/en/recognise.md", LATER, "")
    commit(site.root)
    site.write("docs/en/recognise.md", source)
    site.change("docs/en/contact.md", "Are you in doubt? Talk it over with one of the centres.\n", "")
    site.change("docs/en/first-words.md", "Is it safe to talk here?", "Is it safe here?")
    site.append("docs/en/advice.md", "A page that gained a paragraph.")
    site.change("docs/nl/advice.md", "en beloof", "en beloof niet")
    site.change("docs/nl/recognise.md", "een slachtoffer hulp", "een prooi (1 of 2) hulp")
    site.change("docs/nl/about.md", "en ze bewaart niets.", "en ze bewaart niets: bel 02 511 64 64.")
    site.change("docs/nl/first-words.md", "- U zit niet in de problemen. {#trouble}\n", "")
    site.change(
        "docs/nl/interface.yml", 'skip_content: "Ga naar de tekst"', 'skip_content: "Skip to the text"'
    )
    return site


@pytest.fixture(scope="module")
def dutch(reviewed: Small) -> LexborHTMLParser:
    return write(reviewed, "nl")


@pytest.mark.parametrize(
    ("says", "state", "theirs", "ours"),
    [
        ("It asks for nothing about you", "draft", "It asks for nothing about you", "Ze vraagt niets over u"),
        ("Trust takes time", "current", "Trust takes time, and a calm", "Vertrouwen vraagt tijd, en een"),
        ("Cannot move about freely", "current", "Never goes out alone", "Gaat nooit alleen buiten"),
        (
            "What you notice matters",
            "outdated",
            "alarm bells. Think",
            "De signalen hieronder zijn alarmbellen.",
        ),
        ("gained a paragraph", "missing", "A page that gained a paragraph.", "not translated"),
        (
            "Twijfelt u? Bespreek",
            "outdated",
            "Are you in doubt? Talk it over",
            "Twijfelt u? Bespreek het met een",
        ),
        ("For a child, call", "missing", "For a child", "not translated"),
        ("Skip to the text", "missing", "Skip to the text", "Skip to the text"),
        ("Someone in danger now? Call", "draft", "Call {phone}", "Iemand nu in gevaar? Bel {phone}."),
        (
            "You are not in trouble",
            "outdated",
            "Is it safe to talk here?",
            "Is het veilig om hier te praten?",
        ),
    ],
)
def test_each_paragraph_stands_beside_its_own_with_its_state(
    dutch: LexborHTMLParser, says: str, state: str, theirs: str, ours: str
) -> None:
    found = row(dutch, says)
    assert shown(found.css_first(".state .standing")) == state
    assert theirs in shown(found.css_first(".theirs"))
    assert ours in shown(found.css_first(".ours"))


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Ze vraagt niets over u", "Error: the phone number “02 511 64 64” is written out"),
        ("Ze vraagt niets over u", "Look at it: number “02”, number “511”, number “64”"),
        ("Spreek met de persoon", "Look at it: negation “zonder niet”"),
        (
            "een prooi (1 of 2)",
            "Look at it: the glossary avoids “prooi”. For “victim” it has “slachtoffer; “u””.",
        ),
        ("een prooi (1 of 2)", "number “1”, number “2”"),
        ("You are not in trouble", "This section is put together in another way than the source’s"),
        (
            "Is het veilig om hier te praten",
            "Error: the sentence to point at “{#trouble}” of docs/en/first-words.md:11 is missing",
        ),
        ("Iemand nu in gevaar", "A reader’s safety hangs on it."),
        ("Skip to the text", "Still in the source’s words."),
    ],
)
def test_what_is_wrong_or_asks_for_eyes_stands_beside_it(
    dutch: LexborHTMLParser, says: str, told: str
) -> None:
    assert told in shown(row(dutch, says).css_first(".beside"))


def test_changed_words_terms_and_words_to_avoid_are_marked_where_they_stand(
    dutch: LexborHTMLParser,
) -> None:
    changed = row(dutch, "What you notice matters")
    assert html(changed, ".theirs p").endswith("heard.<ins> What you notice matters.</ins>")
    assert html(changed, ".theirs .term") == "signs"
    assert shown(changed.css_first(".terms")) == "sign = signaal"
    assert "Is it safe <del>to talk </del>here?" in html(row(dutch, "You are not in trouble"), ".theirs")
    victim = row(dutch, "een prooi")
    assert (html(victim, ".theirs .term"), html(victim, ".ours .avoid")) == ("victim", "prooi")
    assert html(row(dutch, "Iemand nu in gevaar"), ".ours bdi") == "{phone}"
    assert html(row(dutch, "Is er nu iemand in gevaar"), ".ours bdi") == "{{emergency.phone}}"
    assert html(row(dutch, "advies te vragen"), ".ours .linked") == "advies te vragen"


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("Call now.", "Call at once.", "Call <del>now</del><ins>at once</ins>."),
        ("Go to **them**.", "Go to **us**.", "Go to <del>them</del><ins><strong>us</strong></ins>."),
        ("Go **now**.", "Go now.", "Go <del>**</del>now<del>**</del>."),
        ("Go now.", "Go **now**.", "Go <ins>**</ins><strong>now</strong><ins>**</ins>."),
        (
            "Call {{a.phone}}.",
            "Call {{b.phone}}.",
            "<del><bdi>{{a.phone}}</bdi></del><ins><bdi>{{b.phone}}</bdi></ins>",
        ),
        ("[Help](a.md)", "[Help](b.md)", "<span>Help</span>](<del>a</del><ins>b</ins>.md)"),
    ],
)
def test_marks_of_a_page_are_shown_as_what_they_are(old: str, new: str, marked: str) -> None:
    made = re.sub(r' (?:class|dir)="[^"]*"', "", words.changed(old, new))
    assert marked in made


def test_hostile_words_stay_words_and_nothing_is_asked_for(tmp_path: Path) -> None:
    evil = '<script src="https://evil.example/x.js"></script><img src=x onerror=alert(1)>"\'><b lang=x>'
    site = small_site(tmp_path / "site", GLOSSARY)
    quoted = evil.replace("\\", "").replace('"', '\\"')
    site.change("mkdocs.yml", "site_name: A small site", f"site_name: '{evil.replace(chr(39), chr(39) * 2)}'")
    site.change("docs/nl/advice.md", "Vertrouwen", f"{evil} Vertrouwen")
    site.change("docs/nl/advice.md", "Enkele adviezen", f"{evil} <!-- ")
    site.change("docs/nl/interface.yml", '"Verlaat deze site"', f'"{quoted}"')
    site.change("docs/nl/glossary.yml", "slachtoffer", evil.replace('"', "”"))
    file = tmp_path / "review.html"
    assert cli.main(["translations", "review", "nl", "--output", str(file)], site.root) == 0
    page = LexborHTMLParser(file.read_text(encoding="utf-8"))
    assert evil in page.html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert page.css("script, img, iframe, object, form, input, [src], [style], [onerror], b[lang]") == []
    assert {link.attributes["href"] for link in page.css("link")} == {"data:,"}
    policy = page.css_first("meta[http-equiv]").attributes["content"] or ""
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_history_that_lacks_the_old_words_is_told(tmp_path: Path) -> None:
    page = write(small_site(tmp_path / "site"), "nl", "recognise")
    found = row(page, "What you notice matters")
    assert "What the source said before is not at hand; it began: The signs below" in shown(found)
    assert page.css("ins, del") == page.css(".legend ins, .legend del")
    assert page.css("nav.contents") == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["fr"], "the site has no language “fr”"),
        (["nl", "nothing"], "there is no page “nothing”"),
        (["nl", "about", "--output", "no/such/folder.html"], "the file can't be written"),
    ],
)
def test_what_is_not_there_is_a_line(
    words: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = small_site(tmp_path / "site")
    assert cli.main(["translations", "review", *words], site.root) == 1
    assert told in capsys.readouterr().err
    assert list(site.root.glob("*.html")) == []


@pytest.mark.parametrize(
    ("host", "links"),
    [
        (
            "https://github.com/us/site",
            [".../actions/workflows/confirm.yml", ".../edit/main/docs/nl/about.md"],
        ),
        ("https://codeberg.org/us/site", [".../_edit/main/docs/nl/about.md"]),
        ("https://git.our-name.org/us/site", []),
    ],
)
def test_a_page_is_confirmed_and_edited_where_the_project_is(
    host: str, links: list[str], tmp_path: Path
) -> None:
    site = small_site(tmp_path / "site")
    site.change("mkdocs.yml", "https://github.com/our-name/site", host)
    page = write(site, "nl", "about")
    found = [str(link.attributes["href"]).replace(host, "...") for link in page.css(".end a")]
    assert found == links
    assert shown(page.css_first(".end code")).endswith("translations confirm nl about --reviewed-by HANDLE")


@pytest.mark.slow
def test_the_preview_leads_from_each_page_to_its_review_and_the_published_site_has_none(
    tmp_path: Path,
) -> None:
    site = small_site(tmp_path / "site")
    site.change("mkdocs.yml", "name: العربية, build: true", "name: العربية, build: false")
    assert site.build() == []
    assert not any("review" in name or b"review/" in content for name, content in site.files().items())
    assert site.build(preview=True) == []
    for place in ("nl/about", "nl/find-centre", "contributors"):
        links = [str(link.attributes["href"]) for link in site.page(place).css('a[href*="review/"]')]
        assert links, place
        for link in links:
            target = (site.output / place / link).resolve()
            assert (target / "index.html").is_file(), link
    assert site.page("about").css('a[href*="review/"]') == []
    assert "docs/nl/find-centre.md: 5 missing" in shown(
        site.page("review/nl/find-centre").css_first(".totals")
    )
    assert site.page("review/ar/interface").css_first("h2").text() == "interface"


def test_anyone_can_read_it_in_both_directions_and_with_the_keys_alone(
    reviewed: Small, browser: Browser
) -> None:
    """It asks for nothing; nothing is faint, lost or out of reach, by day, by night, on a phone, on paper."""
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for tag in ("nl", "ar"):
        write(reviewed, tag)
        file = reviewed.root.parent / "review.html"
        page.goto(file.as_uri())
        # No colour hangs on the direction.
        assert looks.barriers(page, looks.EVERY_WAY if tag == "nl" else looks.EVERY_WAY[1:2]) == []
        assert looks.faint(page, *looks.SETTINGS) == []
        assert looks.lost(page, width=320, height=640) == []
        page.set_viewport_size({"width": 1280, "height": 800})
        columns = "(row) => [...row.children].slice(1, 3).map((cell) => cell.getBoundingClientRect().top)"
        tops = page.locator("li.row").evaluate_all(f"rows => rows.map({columns})")
        assert all(first == second for first, second in tops)
        way = page.locator(f"li.row [lang={tag}]").evaluate_all(
            "all => all.map((it) => getComputedStyle(it).direction)"
        )
        assert set(way) == {"rtl" if tag == "ar" else "ltr"}
        assert asked == [file.as_uri()] * len(asked)
    page.locator(".asking a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 200
    assert looks.screen_only(page) == []
    page.close()


@pytest.mark.slow
def test_it_is_valid_html(reviewed: Small) -> None:
    write(reviewed, "nl")
    file = reviewed.root.parent / "review.html"
    assert test_validity.faults(test_validity.checker(reviewed.root), [file]) == []


@pytest.mark.parametrize(
    ("avoid", "text", "found"),
    [
        (
            "mensensmokkel (another crime), baas",
            "De mensensmokkelaars en de baas",
            ["mensensmokkelaars", "baas"],
        ),
        ("друг (friend), pre", "других prej", []),  # many words begin so
        ("menor alone (belittling), hâkim (alone; it need not be one)", "o menor, uzman hâkim", []),
        ("دليل (proof)، ملجأ", "لا دليل ولا ملجأ", ["دليل", "ملجأ"]),
        ("证据, 中心 (alone)", "没有证据的中心", ["证据"]),
        ("ผู้จัดการ", "พบผู้จัดการแล้ว", ["ผู้จัดการ"]),
    ],
)
def test_words_to_avoid_are_found_in_any_script(
    avoid: str, text: str, found: list[str], tmp_path: Path
) -> None:
    for tag, says in (("en", "use: sign"), ("nl", f"use: x, avoid: '{avoid}'")):
        (tmp_path / "docs" / tag).mkdir(parents=True)
        (tmp_path / f"docs/{tag}/glossary.yml").write_text(f"sign: {{{says}}}", encoding="utf-8")
    (term,) = glossary.terms(Catalogue(tmp_path, "en", ["nl"], "BE"), "nl")
    assert (term.avoided.findall(text) if term.avoided else []) == found
