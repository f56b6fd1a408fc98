"""MkDocs' events and what happens at each, in the order in which a page meets them.

Together with build.py and serve.py this is all that knows MkDocs.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from safepage.faults import Fault, Faulty, bounded, errors
from safepage.gate import after, before, counted, head, ids, leftovers
from safepage.gate.contacts import addresses
from safepage.output import inline
from safepage.page import blocks, checklist, phrases, prepare, tables
from safepage.site import contacts, frame, languages, parts
from safepage.site.data import Site
from safepage.site.locales import direction
from safepage.translations import (
    catalogue,
    contributors,
    exchange,
    existing,
    freshness,
    language_check,
    structure,
)

log = get_plugin_logger("safepage")
PRINTS = {"poster/index.html", "card/index.html"}
site: Site
shared_environment: Environment | None = None
faults: list[Fault] = []
unread: set[str] = set()  # pages whose text was not rendered: what links to their anchors is not at fault
refused: dict[str, tuple[str, list[Fault]]] = {}  # and those that it did not, with what is wrong
passed: dict[str, str] = {}  # pages that the gate let through, and their text: each is looked at once


def current_locale(config: MkDocsConfig) -> str:
    """The locale that is being built."""
    plugin: Any = config.plugins["i18n"]
    return str(plugin.current_language or plugin.default_language)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read what all pages share: contacts, words of the frame, which page exists where."""
    global site
    faults.clear()
    # MkDocs loads this file anew with each configuration: the languages of one run share what was read.
    if "site" not in globals():
        file = Path(config.config_file_path or "mkdocs.yml")
        site = Site.read(Path(config.docs_dir), file, dict(config.extra), existing.read)
    faults.extend(site.faults)
    # No setting takes a promise away: every link is looked at.
    for part in (config.validation.nav, config.validation.links):
        for name in part:
            part[name] = logging.WARNING
    # Nothing of Material's templates is used; to list its twelve thousand files takes time.
    config.theme.dirs = [str(config.theme.custom_dir)]
    faults.extend(theme(*config.theme.dirs).faults)
    once = {"sitemap.xml", "contributors/index.html"} if current_locale(config) == site.source else set()
    own = PRINTS if frame.has_sheets(site, current_locale(config)) else set()
    config.theme.static_templates = {"404.html", *once, *own}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave the theme's own files out, and every page that this language neither has nor falls back to."""
    locale = current_locale(config)
    others = {*site.locales, *site.hidden} - {locale, site.source}
    has = {file.src_uri.removeprefix(f"{locale}/") for file in files if file.src_uri.startswith(f"{locale}/")}
    docs = str(Path(config.docs_dir, ""))
    for file in list(files):
        ours = file.abs_src_path and file.abs_src_path.startswith(docs)
        folder, _, name = file.src_uri.partition("/")
        replaced = folder == site.source != locale and name in has
        left = any(map(leftovers.passed_over, file.src_uri.split("/")))
        records = file.src_uri.endswith(".yml")  # contacts and words, whatever exclude_docs says
        if not ours or folder in others or replaced or left or records:
            files.remove(file)
    return files


def on_page_read_source(*, page: Page, config: MkDocsConfig) -> str:
    """Nothing: MkDocs would read a page's head as any YAML, without bounds; the page is read below."""
    return ""


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Front matter, then everything that can be said of the text before it is rendered."""
    path = f"docs/{page.file.src_uri}"
    whole = page.file.content_string  # reads the file each time
    if path in refused and refused[path][0] == whole:
        faults.extend(refused[path][1])
        return without_text(page)
    original = source_text(page, config)
    try:
        text = head.read(whole, path, addresses.numbers(original) if original else None)
    except Faulty as faulty:
        faults.extend(faulty.faults)
        return without_text(page)
    page.meta = dict(text.meta)
    record = confirmed(page, config) if original else None
    once = structure.placeholders(record)
    allowed = before.placeholders(original) | once if original and once is not None else None
    faults.extend(before.check(text.body, path, text.first_line, source_placeholders=allowed))
    if before.too_much(text.body, path, text.first_line):
        unread.add(page.file.src_uri)
        return ""  # to render it might take for ever
    faults.extend(checklist.check(text.body, path, text.first_line, site.pictograms))
    faults.extend(contacts.check(text.body, site.contacts, path, text.first_line))
    faults.extend(blocks.check(text.body, path, text.first_line))
    faults.extend(phrases.check(text.body, path, text.first_line))
    if original:
        faults.extend(language_check.whole(text.body, original, path))
        page.meta["state"] = compare(page, original, path, record)
    page.meta["contributed"] = text
    return prepare.prepared(text.body)


def without_text(page: Page) -> str:
    """Nothing: the text of a page that is refused, which menus name all the same until the build stops."""
    page.meta = {"title": page.file.src_uri, "description": ""}
    unread.add(page.file.src_uri)
    return ""


def source_text(page: Page, config: MkDocsConfig) -> str:
    """The file that a translated page is made from; "" for a page of the source language."""
    locale, name = str(getattr(page.file, "locale", site.source)), site.page_name(page.file.src_uri)
    source = Path(config.docs_dir, site.source, f"{name}.md")
    if locale == site.source or not source.is_file():
        return ""
    return read(source)


@cache  # for one run: MkDocs loads this file anew at the next
def read(file: Path) -> str:
    """The text of a source page, which each of its translations is compared with."""
    return file.read_text(encoding="utf-8-sig", errors="replace")


@cache  # for one run, too
def project(root: Path) -> catalogue.Catalogue:
    """The translations and what they were confirmed against."""
    return catalogue.read(root)


def confirmed(page: Page, config: MkDocsConfig) -> freshness.Record | None:
    """What a translated page was confirmed against; what is wrong with its record joins the faults."""
    locale, name = str(getattr(page.file, "locale", site.source)), site.page_name(page.file.src_uri)
    try:
        translations = project(Path(config.docs_dir).parent)
        faults.extend(translations.record_faults(locale, name))
        return translations.record(locale, name)
    except Faulty as faulty:
        faults.extend(faulty.faults)
        return None


def compare(page: Page, original: str, path: str, record: freshness.Record | None) -> freshness.State:
    """How a translated page stands to its source."""
    source_path, text = f"docs/{site.source}/{site.page_name(page.file.src_uri)}.md", page.file.content_string
    names = exchange.proper_names(site.contacts.values)
    faults.extend(structure.check(original, text, source_path, path, record=record, names=names))
    page.meta["unsaid"] = structure.emergency(original) and not structure.emergency(text)
    return freshness.state(original, text, record, earlier=site.earlier)


def on_page_content(content: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The rendered text passes the gate and becomes the page's own: checklist, contacts, parts marked."""
    contributed = page.meta.pop("contributed", None)
    path = f"docs/{page.file.src_uri}"
    if contributed and passed.get(path) != page.file.content_string:
        original = source_text(page, config)
        found = after.check(
            content,
            contributed.body,
            path,
            contributed.first_line,
            source_numbers=addresses.numbers(original) if original else None,
        )
        made = phrases.render(checklist.render(content, site.words[site.source], site.pictograms))
        told = {fault.line for fault in errors([*faults, *found]) if fault.path == path}
        found += counted.check(made, contributed.body, path, contributed.first_line, told)
        frame_ids = theme(*config.theme.dirs).ids
        own = ids.own_title(made, frame_ids)
        found += ids.check(own, contributed.body, path, contributed.first_line, frame=frame_ids)
        faults.extend(found)
        if wrong := [fault for fault in errors(faults) if fault.path == path]:
            refused[path] = (page.file.content_string, wrong)
        if not found:
            passed[path] = page.file.content_string
    if errors(faults):
        return ""
    content = prepare.plain(content)
    state = page.meta.get("state")
    if state:
        content = freshness.mark(
            content,
            page.file.content_string,
            state.outdated_blocks,
            site.words[current_locale(config)]["note_block"],
            state.untranslated_blocks,
            site.source,
        )
    locale = content_locale(page)
    words = site.words[locale]
    content = phrases.render(checklist.render(content, words, site.pictograms))
    filled = contacts.fill(content, site.contacts, locale, words)
    return tables.render(ids.own_title(filled, theme(*config.theme.dirs).ids))


def content_locale(page: Page) -> str:
    """The locale that a page's text is in: the source's where the file is missing or holds its text still."""
    locale = str(getattr(page.file, "locale", site.source))
    return locale if locale in site.existing.get(site.page_name(page.file.src_uri), ()) else site.source


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """The templates escape what they are given; only HTML made here is marked as such."""
    global shared_environment
    if shared_environment is None:
        env.autoescape = True
        env.trim_blocks = env.lstrip_blocks = True
        shared_environment = env
    return shared_environment


def on_page_context(context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
    """Everything base.html shows."""
    locale = current_locale(config)
    content = content_locale(page)
    name = site.page_name(page.file.src_uri)
    words, own = site.words[locale], site.words[content]
    site_url = config.site_url or ""
    others = frame.alternates(site, name)
    canonical = next(
        a["url"] for a in others if a["locale"] == (locale if content == locale else site.source)
    )

    def href(url: str) -> str:
        return get_relative_url(url or ".", page.url or ".")

    def to(target: str, tag: str = locale) -> str:
        return href(languages.url_of(target, tag, site.source))

    def entry(target: Page) -> dict[str, Any]:
        language = content_locale(target)
        abroad = language != locale
        return {
            "title": target.meta.get("menu") or target.meta["title"],
            "full": target.meta["title"],
            "number": target.meta.get("number"),
            "href": href(target.url),
            "current": target is page,
            "language": language if abroad else "",
            "note": frame.in_language(site, language, locale) if abroad else "",
        }

    def entries(items: list[Any]) -> list[dict[str, Any]]:
        return [entry(item) for item in items if isinstance(item, Page)]

    def search() -> str:
        return render(
            "search/list.html", pages=entries(nav.pages), words=own, bundle=href("pagefind/pagefind.js")
        )

    def prints() -> str:
        found = frame.sheets(site, locale)
        linked = [{**sheet, "poster": href(sheet["poster"]), "card": href(sheet["card"])} for sheet in found]
        return render("sheet/list.html", prints=linked, words=own)

    made = {
        "list.centres": lambda: render("find/list.html", provinces=frame.provinces(site, content), words=own),
        "list.search": search,
        "list.prints": prints,
    }
    page.content = Markup(blocks.fill(page.content or "", made))
    sections = [item for item in nav.items if isinstance(item, Section)]
    critical = bool(page.meta.get("safety_critical"))
    return {
        **context,
        **frame.shared(site, locale, site_url),
        "home": name == "index",
        "practice": '#practice"' in page.content,
        "searchable": content == locale and name != "search",
        "contributors_url": href("contributors/") if name == "about" else "",
        "content_locale": content,
        "content_direction": direction(content),
        "canonical": site_url + canonical,
        "home_url": to("index"),
        "contact_url": f"{to('contact')}#centres",
        "menu": entries(sections[0].children if sections else nav.items),
        "groups": [
            {"title": words.get(f"menu_{str(s.title).lower()}", ""), "pages": entries(s.children)}
            for s in sections[1:]
        ],
        "alternates": [{**other, "href": href(other["url"])} for other in others],
        "notices": frame.notices(
            site,
            page.meta.get("state"),
            critical,
            locale,
            content,
            to(name, site.source),
            page.meta.get("unsaid", False),
        ),
        "checklist": 'class="checklist"' in page.content,
        "phrases": 'class="phrases"' in page.content,
    }


def render(part: str, **values: Any) -> str:
    """The template of a part as HTML."""
    assert shared_environment
    return shared_environment.get_template(f"parts/{part}").render(**values)


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Style and scripts go into the page, and nothing else may run in it."""
    faults.extend(ids.twice(output, page.file.content_string, f"docs/{page.file.src_uri}"))
    return finish(output, config)


def finish(output: str, config: MkDocsConfig) -> str:
    """The page as it is served; "" where an error has been found, since then nothing is."""
    if errors(faults):
        return ""
    made = theme(*config.theme.dirs)
    return inline.page(made.with_scripts(output), made.style, made.scripts)


def on_template_context(context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> Any:
    """The pages not made of Markdown: for unknown addresses, for contributors, to print, the site's map."""
    locale = current_locale(config)
    root = re.sub(r"^https?://[^/]+", "", config.site_url or "/")
    place = template_name if locale == site.source else f"{locale}/{template_name}"
    # The page for an unknown address may be shown at any depth.
    above = root if template_name == "404.html" else "../" * place.count("/")
    listed = sorted(site.existing) if template_name == "sitemap.xml" else []
    offered = site.locales if template_name == "404.html" else []
    return {
        **context,
        **frame.shared(site, locale, config.site_url or ""),
        "root": root,
        "home_url": above + languages.url_of("index", locale, site.source),
        "alternates": [],
        "menu": [],
        "groups": [],
        "homes": [
            {
                "words": site.words[tag],
                "locale": tag,
                "direction": direction(tag),
                "href": root + languages.url_of("index", tag, site.source),
                "emergency": frame.shared(site, tag, config.site_url or "")["emergency"],
            }
            for tag in sorted(offered, key=lambda tag: tag != locale)
        ],
        "addresses": [languages.url_of(name, site.source, site.source) for name in sorted(site.existing)],
        "pages": [languages.alternates(name, site.locales, site.existing) for name in listed],
        **(
            frame.sheet(site, locale, Path(config.docs_dir), config.site_url or "")
            if template_name in PRINTS
            else {}
        ),
        "print_url": above + languages.url_of("print", locale, site.source),
        "contributors": overview(config) if template_name.startswith("contributors") else [],
        "repo_url": config.repo_url,
    }


def overview(config: MkDocsConfig) -> list[contributors.Language]:
    """How every translation stands, for the contributors' page."""
    translations = project(Path(config.docs_dir).parent)
    keys = [(tag, name) for tag in translations.locales for name in translations.pages]
    for tag, name in keys:
        faults.extend(translations.record_faults(tag, name))
    if errors(faults):
        return []
    states = {(tag, name): translations.state(tag, name, places=False) for tag, name in keys}
    sources = {name: translations.text(site.source, name) or "" for name in translations.pages}
    return contributors.overview(translations.pages, translations.critical, states, sources, config.repo_url)


def on_post_template(output: str, *, template_name: str, config: MkDocsConfig) -> str:
    """One map serves all languages; the page for an unknown address begins with the address's language."""
    if not template_name.endswith(".html"):
        return output
    output, locale = finish(output, config), current_locale(config)
    if template_name not in {"404.html", *PRINTS} or locale == site.source or not output:
        return output
    place = Path(config.site_dir, locale, template_name)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(output, encoding="utf-8")
    return ""


def on_post_build(*, config: MkDocsConfig) -> None:
    """A plain `mkdocs build` stops here on a contributor's error, with a line for each."""
    for fault in bounded(faults):
        (log.error if fault.severity == "error" else log.info)(str(fault))
    if errors(faults):
        raise Abort("Nothing was built.")


@cache
def theme(*folders: str) -> parts.Theme:
    """What the theme's folders hold."""
    return parts.read([Path(folder) for folder in folders])
