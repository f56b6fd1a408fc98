"""The editor: a save is the smallest change, past the gate or not at all; nobody's words are lost."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from environment import ROOT
from safepage.editor import speech
from safepage.editor.app import Editor
from safepage.editor.dataform import CONTACTS, REGIONS, EntryForm, WordsForm, entries
from safepage.editor.form import Editable
from safepage.editor.pageform import PageForm
from safepage.editor.pagetext import HEAD, PageText
from safepage.editor.saving import Proposed
from safepage.editor.values import Values
from safepage.faults import Fault
from safepage.rehearsal import as_built
from safepage.translations import catalogue
from small import Small, small_site

SITE = catalogue.read(ROOT)
EVERY = [(tag, name) for tag in (SITE.source, *SITE.locales) for name in SITE.pages]
PAGES = [(tag, name) for tag, name in EVERY if (ROOT / SITE.path(tag, name)).is_file()]
SAY = speech.words("en")
HERE = "127.0.0.1:8000"


def raw(path: str) -> str:
    return (ROOT / path).read_bytes().decode()


def shown(what: Editable, text: str) -> dict[str, str]:
    """The fields of a form, as a browser sends them when nobody touched them."""
    fields = [one for section in what.sections(text, False) for one in section.fields]
    sent = {one.name: one.value.replace("\n", "\r\n") for one in fields if one.kind != "switch" or one.value}
    assert len(sent) >= len(fields) - 1  # a name that comes twice would lose one of the two
    return sent


def spelt(text: str, path: str) -> dict[tuple[tuple[str | int, ...], str], str]:
    found = Values.read(text, path)
    return {(at, spot.says): found.written(at) for at, spot in found.spots.items()}


def proposed(new: Mapping[str, str]) -> Proposed:
    return Proposed(SITE.root, SITE.source, SITE.locales, SITE.country, SITE.autonyms, SITE.hidden, new)


# Edit and undo, in every file of the site


def test_a_page_edited_and_undone_is_the_same_file_in_every_language() -> None:
    for number, (tag, name) in enumerate(PAGES):
        what = PageForm(SITE, tag, name, SAY)
        text, once = raw(what.path), spelt(PageText.read(raw(what.path)).head, what.path)
        before = shown(what, text)
        assert what.written(text, before, once).text == text, f"{what.path}: untouched"
        texts = [key for key in before if key not in HEAD]
        for key in (HEAD[number % 3], texts[number % len(texts)]):
            edited = what.written(text, before | {key: f'{before[key]}: "x" # y'}, once).text
            assert edited != text, f"{what.path}: {key}"
            longer = edited.count("\n") - text.count("\n")  # by the line of a name in the menu
            assert longer == (key == "menu" and not before[key]), f"{what.path}: {key}"
            then = PageForm(proposed({what.path: edited}), tag, name, SAY) if longer else what
            assert then.written(edited, before, once).text == text, f"{what.path}: {key}"


def test_words_of_the_frame_edited_and_undone_are_the_same_file_in_every_language() -> None:
    for tag in (SITE.source, *SITE.locales):
        what = WordsForm(SITE, SAY, tag)
        text = raw(what.path)
        before = shown(what, text)
        assert what.written(text, before, {}).text == text, what.path
        keys = list(before)[::40]
        edited = what.written(text, before | {key: f"{before[key]}: “x” #" for key in keys}, {}).text
        assert differing(text, edited) == len(keys), what.path
        assert what.written(edited, before, {}).text == text, what.path


@pytest.mark.parametrize("path", [CONTACTS, REGIONS])
def test_contacts_and_regions_edited_and_undone_are_the_same_file(path: str) -> None:
    text = raw(path)
    once = spelt(text, path)
    known = list(entries(Values.read(text, path).data))
    assert len(known) > 5
    for number, at in enumerate(known[:: 1 if path == CONTACTS else 4]):
        what = EntryForm(SITE, SAY, path, at)
        before = shown(what, text)
        assert what.written(text, before, once).text == text, at
        for key in list(before)[number % 5 :: 23]:
            edited = what.written(text, before | {key: "a: 'b' # c"}, once).text
            assert edited != text and edited.count("#") > text.count("#")
            assert what.written(edited, before, once).text == text, (at, key)


def differing(old: str, new: str) -> int:
    before, after = old.split("\n"), new.split("\n")
    return sum(one != other for one, other in zip(before, after, strict=True))


def test_a_name_without_a_colon_is_read() -> None:
    """Rather than that the list of contacts could not be shown."""
    assert Values.read("police: {phone}\nb: 1", "").says(("b",)) == "1"


@pytest.mark.parametrize(
    ("text", "typed", "result"),
    [
        ("a\r\n\r\nb\r\n", ["a", "", "c"], "a\r\n\r\nc\r\n"),
        ("\ufeffa\nb\r\nc", ["\ufeffa", "x", "c"], "\ufeffa\nx\r\nc"),
        ("a\n", ["a", "b", "c"], "a\nb\nc\n"),
        ("a\rb", ["b"], "b"),
    ],
)
def test_lines_keep_what_ends_them(text: str, typed: list[str], result: str) -> None:
    assert PageText.read(text).with_lines(typed).raw == result


# The editor of a small project, without a browser


@dataclass
class Asked:
    """The editor, asked as a browser would."""

    small: Small
    editor: Editor

    def ask(
        self, path: str, typed: Mapping[str, str] | None = None, **more: str
    ) -> tuple[int, LexborHTMLParser]:
        body = urlencode(typed or {}).encode()
        environ = {
            "HTTP_HOST": HERE,
            "SERVER_PORT": "8000",
            "PATH_INFO": f"/edit/{path}",
            "wsgi.input": io.BytesIO(body),
        }
        if typed is not None:
            environ |= {
                "REQUEST_METHOD": "POST",
                "HTTP_ORIGIN": f"http://{HERE}",
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(body)),
            }
        setup_testing_defaults(environ)
        status: list[str] = []

        def start(code: str, headers: list[tuple[str, str]]) -> None:
            status.append(code)
            assert "'unsafe" not in dict(headers)["Content-Security-Policy"]

        answer = b"".join(self.editor({**environ, **more}, start))  # type: ignore[arg-type]
        return int(status[0][:3]), LexborHTMLParser(answer.decode())

    def form(self, path: str) -> dict[str, str]:
        """The fields of a form as a browser sends them."""
        status, page = self.ask(path)
        assert status == 200, path
        return fields(page)

    def save(self, path: str, typed: Mapping[str, str]) -> tuple[int, LexborHTMLParser]:
        return self.ask(path, self.form(path) | typed)


def fields(page: LexborHTMLParser) -> dict[str, str]:
    sent = {}
    for one in page.css("form [name]"):
        if one.attributes.get("type") == "checkbox" and "checked" not in one.attributes:
            continue
        value = one.text().removeprefix("\n") if one.tag == "textarea" else one.attributes.get("value")
        sent[str(one.attributes["name"])] = (value or "").replace("\n", "\r\n")
    return sent


def told(page: LexborHTMLParser, name: str) -> str:
    """What stands beside a field."""
    one = page.css_first(f'[name="{name}"]')
    while one and "one" not in str(one.attributes.get("class")).split():
        one = one.parent  # type: ignore[assignment]
    return " ".join(line.text() for line in one.css(".told li")) if isinstance(one, LexborNode) else ""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site(tmp_path_factory.mktemp("editor") / "site").root


@pytest.fixture
def asked(made: Path) -> Iterator[Asked]:
    """The editor of a small project; what a test changes there is put back."""
    kept = made.with_name("docs")
    shutil.copytree(made / "docs", kept)
    yield Asked(Small(made), Editor(made, as_built))
    shutil.rmtree(made / "docs")
    kept.rename(made / "docs")


def state(root: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted((root / "docs").rglob("*")) if file.is_file()}


def changed(root: Path, before: Mapping[str, bytes]) -> list[str]:
    after = state(root)
    both = before.keys() | after.keys()
    return sorted(
        Path(name).relative_to(root).as_posix() for name in both if before.get(name) != after.get(name)
    )


def test_what_is_listed_is_the_project(asked: Asked) -> None:
    _, home = asked.ask("")
    assert [link.attributes["href"] for link in home.css(".tiles a")] == [
        "/edit/en/",
        "/edit/nl/",
        "/edit/ar/",
    ]
    asked.small.write("docs/en/extra.md", "# An extra page\n\nWords.\n")
    settings = asked.small.read("mkdocs.yml")
    for shown, written in [
        (1, settings),
        (0, settings.replace("العربية, build: true", "العربية, build: false")),
    ]:
        asked.small.write("mkdocs.yml", written.encode())
        assert len(asked.ask("ar/page/about/")[1].css("iframe")) == shown  # of a language that is built
    asked.small.write("mkdocs.yml", settings.encode())
    _, pages = asked.ask("nl/")
    links = {str(link.attributes["href"]): link.text() for link in pages.css(".things a")}
    assert links["/edit/nl/page/extra/"] == "An extra page"
    assert len(links) == len(list((asked.small.root / "docs/en").glob("*.md"))) + 1
    assert {one.text() for one in pages.css(".standing.outdated")} == {SAY["outdated"]}
    for link in links:
        assert asked.ask(link.removeprefix("/edit/"))[0] == 200, link
    for path in ("contacts/", "regions/"):
        _, listed = asked.ask(path)
        found = [str(link.attributes["href"]) for link in listed.css(".things a, .group p a")]
        assert len(found) >= 3
        assert {asked.ask(link.removeprefix("/edit/"))[0] for link in found} == {200}
    for path in (
        "xx/",
        "nl/page/nothing/",
        "nl/page/../../mkdocs/",
        "contacts/centre/",
        "mkdocs.yml",
        "nl/page/",
    ):
        assert asked.ask(path)[0] == 404, path


def slots(words: Mapping[str, str]) -> dict[str, list[str]]:
    return {key: re.findall(r"\{(?:count|most|number|group|name)\}", word) for key, word in words.items()}


def test_the_editor_speaks_the_browser_s_language_or_the_one_that_is_chosen(asked: Asked) -> None:
    def spoken(header: str, path: str = "") -> tuple[str | None, str]:
        page = asked.ask(path, HTTP_ACCEPT_LANGUAGE=header)[1]
        return page.css_first("html").attributes["lang"], page.css_first("h1").text()

    first, dutch = speech.words("en"), speech.words("nl")
    assert spoken("nl-BE,nl;q=0.9,en;q=0.8") == ("nl", dutch["home"])
    assert spoken("es-ES, fr;q=0.5", "contacts/") == ("fr", speech.words("fr")["contacts"])
    assert spoken("sq") == spoken("*") == spoken("") == ("en", first["home"])
    wrong = {**asked.form("contacts/centre.brussels/"), "centre/brussels/phone": "02 511 64"}
    _, page = asked.ask("contacts/centre.brussels/", wrong, HTTP_ACCEPT_LANGUAGE="nl")
    line = page.css_first(".one .told li")
    assert line.text().startswith(dutch["wrong_phone"]) and line.css_first("span").attributes["lang"] == "en"
    assert asked.ask("language", {"language": "de"})[0] == 403 and spoken("nl")[0] == "nl"
    token = fields(asked.ask("")[1])["token"]
    assert asked.ask("language", {"language": "de", "token": token})[0] == 303 and spoken("nl")[0] == "de"
    for tag in speech.languages():
        assert slots(speech.words(tag)) == slots(first), tag


def test_a_save_changes_one_paragraph_and_undo_brings_the_bytes_back(asked: Asked) -> None:
    root = asked.small.root
    path, field = "ar/page/advice/", "text-1"
    before = state(root)
    form = asked.form(path)
    old = form[field]
    assert asked.save(path, {field: old + " Extra."})[0] == 303
    (file,) = changed(root, before)
    assert (root / file).read_text().replace(" Extra.", "", 1).encode() == before[str(root / file)]
    assert asked.save(path, {field: old})[0] == 303
    assert changed(root, before) == []


def test_the_state_of_a_translation_is_as_true_as_before(asked: Asked) -> None:
    before = state(asked.small.root)
    status = catalogue.read(asked.small.root).state("nl", "recognise").status
    for name, warned in [
        ("recognise", True),
        ("about", False),
    ]:  # whose check would be stretched to other words
        assert (SAY["is_checked"] in asked.ask(f"nl/page/{name}/")[1].html) is warned  # type: ignore[operator]
    assert asked.save("nl/page/recognise/", {"text-0": "# Herken de tekens"})[0] == 303
    assert changed(asked.small.root, before) == ["docs/nl/recognise.md"]
    assert catalogue.read(asked.small.root).state("nl", "recognise").status == status == "outdated"


def test_a_paragraph_that_a_translation_lacks_is_written_beside_its_source(asked: Asked) -> None:
    path = "docs/nl/advice.md"
    asked.small.append("docs/en/advice.md", "Take your time.")
    before = asked.small.read(path)
    form = asked.form("nl/page/advice/")
    empty = [name for name, value in form.items() if name.startswith("text-") and not value]
    assert len(empty) == 1
    assert asked.ask("nl/page/advice/", form | {empty[0]: "Neem uw tijd."})[0] == 303
    assert asked.small.read(path) == f"{before}\nNeem uw tijd.\n"
    assert (
        catalogue.read(asked.small.root).state("nl", "advice").status == "outdated"
    )  # until it is confirmed


def test_a_page_that_a_language_lacks_begins_with_the_source_s_words(asked: Asked) -> None:
    before = state(asked.small.root)
    form = asked.form("nl/page/find-centre/")
    assert form["digest"] == "" and asked.ask("nl/page/find-centre/", form)[0] == 200
    assert changed(asked.small.root, before) == []
    assert asked.save("nl/page/find-centre/", {"title": "Een centrum zoeken"})[0] == 303
    assert changed(asked.small.root, before) == ["docs/nl/find-centre.md"]


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(asked: Asked) -> None:
    before = state(asked.small.root)
    one, region = "centre/brussels/", "BE-BRU/centre"
    for path, typed, said in [
        (
            "contacts/centre.brussels/",
            {f"{one}phone": "02 511 64", f"{one}checked": "soon", f"{one}source": ""},
            {f"{one}phone": "number", f"{one}checked": "is not a day", "": "no 'source'"},
        ),
        ("contacts/emergency/", {"emergency/phone": "555"}, {"emergency/phone": "number"}),
        ("contacts/new/centre/", {"key": "A b", "name": "X"}, {"": "can't be a key"}),
        ("contacts/new/centre/", {"key": "antwerp", "name": "X"}, {"": "already"}),
        ("regions/BE-BRU/", {region: "nowhere"}, {region: "no centre"}),
        ("nl/words/", {"emergency": "Bel nu."}, {"emergency": "{phone}"}),
        (
            "nl/page/recognise/",
            {"text-1": "Bel 02 511 64 64. <script>x()</script>", "text-4": "- [ ] Kan niet weg"},
            {"text-1": "script", "text-4": "id"},
        ),
        ("nl/page/about/", {"title": ""}, {"title": "is empty"}),
        ("nl/page/advice/", {"text-1": "Bel 02 511 64 64."}, {"text-1": "number"}),
        ("en/page/about/", {"body": "# About\n\nCall <b>us</b>."}, {"body": "<b>"}),
    ]:
        status, page = asked.save(path, typed)
        assert status == 422, path
        assert changed(asked.small.root, before) == [], path
        for field, words in said.items():
            assert words in (told(page, field) if field else page.css_first("main").text()), (path, field)
        named = [page.css_first(str(link.attributes["href"])) for link in page.css(".wrongs a")]
        assert {one.attributes["name"] for one in named if one} == {field for field in said if field}, path
        kept = fields(page)
        assert {name: kept[name].replace("\r\n", "\n") for name in typed} == typed


def test_a_page_of_the_source_is_not_saved_where_that_breaks_its_translations(asked: Asked) -> None:
    """Such as one that nobody has ever confirmed: it is held to the source as it is now."""
    asked.small.write("docs/nl/.confirmed/recognise.yml", None)
    before = state(asked.small.root)
    body = asked.form("en/page/recognise/")["body"]
    status, page = asked.save("en/page/recognise/", {"body": f"{body}\n\n## More {{#more}}\n\nWords."})
    assert status == 422 and changed(asked.small.root, before) == []
    assert "docs/nl/recognise.md" in page.css_first(".outcome").text()
    asked.small.append("docs/nl/about.md", "Bel 02 511 64 64.")  # what was wrong before hinders nobody
    assert asked.save("nl/page/advice/", {"text-0": "# Goede raad"})[0] == 303


def test_who_saves_second_is_told_and_loses_nothing(asked: Asked) -> None:
    for path, field, mine in [
        ("en/page/advice/", "body", "# Advice\n\nMy words."),
        ("contacts/police/", "police/source", "my source"),
    ]:
        first, second = asked.form(path), asked.form(path)
        theirs = first[field] + " Eerst."
        assert asked.ask(path, first | {field: theirs})[0] == 303
        before = state(asked.small.root)
        status, page = asked.ask(path, second | {field: mine})
        assert status == 409 and changed(asked.small.root, before) == []
        assert mine.splitlines()[-1] in "".join(fields(page).values())
        assert "Eerst." in page.css_first(".now pre").text()
        assert fields(page)["digest"] != second["digest"]


def test_a_file_that_changes_while_it_is_looked_at_is_not_written_over(asked: Asked) -> None:
    path, theirs = "docs/nl/advice.md", "Van een ander.\n"

    def slow(*given: Any) -> list[Fault]:
        asked.small.append(path, theirs.strip())
        return as_built(*given)

    editor = Editor(asked.small.root, slow)
    other = Asked(asked.small, editor)
    status, page = other.save("nl/page/advice/", {"text-1": "Mijn tekst."})
    assert (
        status == 409
        and asked.small.read(path).endswith(theirs)
        and "Mijn tekst." not in asked.small.read(path)
    )
    assert "Mijn tekst." in fields(page)["body"] and theirs.strip() in page.css_first(".now pre").text()


def test_what_was_typed_is_shown_where_there_is_no_file_or_field_for_it_any_more(asked: Asked) -> None:
    page_form, contact = asked.form("nl/page/about/"), asked.form("contacts/centre.brussels/")
    asked.small.write("docs/en/about.md", None)
    status, page = asked.ask("nl/page/about/", page_form | {"text-1": "Mijn tekst."})
    assert status == 404 and "Mijn tekst." in page.css_first("main").text()
    name = "    name: {nl: Centrum, en: Centre}\n"
    asked.small.change(CONTACTS, "    name: PAG-ASA\n", name)
    status, page = asked.ask("contacts/centre.brussels/", contact | {"centre/brussels/name": "Mine"})
    assert status == 409 and fields(page)["centre/brussels/name"] == "Mine"
    asked.small.write(CONTACTS, "a: [")
    status, page = asked.ask("contacts/centre.brussels/", contact | {"centre/brussels/name": "Mine"})
    assert (
        status == 500
        and "Mine" in page.css_first("main").text()
        and CONTACTS in page.css_first(".told").text()
    )


def test_a_centre_is_added_gets_a_chat_and_loses_both_unless_a_text_names_it(asked: Asked) -> None:
    everything, before = state(asked.small.root), asked.small.read(CONTACTS)
    typed = {
        "key": "liege",
        "name": "Sürya",
        "phone": "04 232 40 30",
        "source": "agii.be",
        "checked": "2026-11-24",
    }
    assert asked.save("contacts/new/centre/", typed)[0] == 303
    lines = [f"    {key}: {value}\n" for key, value in list(typed.items())[1:]]
    assert asked.small.read(CONTACTS).replace("".join(["  liege:\n", *lines]), "") == before
    whole = asked.small.read(CONTACTS)
    chat = "centre/liege/chat"
    assert asked.save("contacts/centre.liege/", {chat: "https://chat.example.org/"})[0] == 303
    assert asked.save("contacts/centre.liege/", {chat: ""})[0] == 303
    assert asked.small.read(CONTACTS) == whole
    removal = "contacts/remove/centre.liege/"
    assert asked.ask("contacts/centre.liege/")[1].css(f'a[href="/edit/{removal}"]')
    advice = asked.small.read("docs/nl/advice.md")
    asked.small.append("docs/nl/advice.md", "Bel {{ centre.liege.phone }}.")
    status, page = asked.save(removal, {})
    assert status == 422 and "docs/nl/advice.md:" in page.css_first(".outcome").text()
    asked.small.write("docs/nl/advice.md", advice)
    assert asked.save(removal, {})[0] == 303
    assert changed(asked.small.root, everything) == []
    for name in ("police", "line.national", "operator"):  # which has none beside it
        assert not asked.ask(f"contacts/{name}/")[1].css("a[href*=remove]")
        assert asked.ask(f"contacts/remove/{name}/")[0] == 404


def test_a_region_gets_one_more_centre_and_beginning_of_postcodes_and_loses_them(asked: Asked) -> None:
    before, path = asked.small.read(REGIONS), "regions/BE-BRU/"
    old = {"BE-BRU/centre": "brussels", "BE-BRU/postcodes": "1000-1299"}
    assert old.items() <= asked.form(path).items()
    new = {"BE-BRU/centre": "brussels, antwerp", "BE-BRU/postcodes": "1000-1299, 15"}
    assert asked.save(path, new)[0] == 303
    assert 'centre: [brussels, antwerp], postcodes: ["1000-1299", "15"]' in asked.small.read(REGIONS)
    assert asked.save(path, old)[0] == 303
    assert asked.small.read(REGIONS) == before


def test_a_field_is_looked_at_before_it_is_sent(asked: Asked) -> None:
    token = asked.form("contacts/centre.brussels/")["token"]
    for value, wrong in [("02 511 64 64", False), ("02 511 64", True), ("", False)]:
        status, page = asked.ask("check", {"token": token, "name": "centre.brussels.phone", "value": value})
        assert status == 200 and ('"told": ""' not in page.html) is wrong  # type: ignore[operator]


def test_another_site_writes_nothing(asked: Asked) -> None:
    before = state(asked.small.root)
    form = asked.form("nl/page/about/") | {"title": "Anders"}
    for more in (
        {"HTTP_HOST": "evil.example:8000"},
        {"HTTP_HOST": "evil.example:8000", "HTTP_ORIGIN": "http://evil.example:8000"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": ""},
        {"CONTENT_TYPE": "text/plain"},
        {"CONTENT_LENGTH": "100000000"},
        {"REQUEST_METHOD": "DELETE"},
    ):
        assert asked.ask("nl/page/about/", form, **more)[0] == 403, more
        assert changed(asked.small.root, before) == [], more


def test_a_form_of_an_editor_that_was_started_anew_is_kept_and_not_written(asked: Asked) -> None:
    before = state(asked.small.root)
    status, page = asked.ask(
        "nl/page/about/", asked.form("nl/page/about/") | {"title": "Anders", "token": "old"}
    )
    assert status == 403 and fields(page)["title"] == "Anders" and changed(asked.small.root, before) == []
    assert asked.ask("nl/page/about/", fields(page))[0] == 303


def test_nothing_of_the_editor_stands_in_the_site(asked: Asked) -> None:
    asked.small.build(only="nl")
    files = asked.small.files()
    assert "nl/about/index.html" in files
    assert not [name for name, data in files.items() if name.startswith("edit") or b"/edit/s" in data]
