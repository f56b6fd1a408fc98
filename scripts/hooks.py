"""MkDocs' events and what happens at each, in the order in which a page meets them.

Together with builder.py this is all that knows MkDocs: a change of generator touches nothing in safepage/.
"""

from __future__ import annotations

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

import catalogue
from safepage import (
    addresses,
    characters,
    blocks,
    checklist,
    contacts,
    contributors,
    freshness,
    frontmatter,
    gate,
    inline,
    language_check,
    languages,
    phrases,
    prints,
    regions,
    structure,
)  # fmt: skip
from safepage.faults import Fault, Faulty, errors
from safepage.locales import autonym, direction
from site_data import Site, icon

log = get_plugin_logger("safepage")
# What a page holds, and the script that it then needs.
SCRIPTS = (
    ('class="checklist"', "checklist.js"), ('class="checklist"', "pair.js"), ('class="checklist"', "print.js"),
    ('class="phrases"', "pair.js"), ('class="phrases"', "print.js"), ('class="find"', "find.js"),
    ('class="search"', "search.js"),
)  # fmt: skip
PRINTS = {"poster/index.html", "card/index.html"}
site: Site
shared_environment: Environment | None = None
faults: list[Fault] = []
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
        plugin: Any = config.plugins["i18n"]
        site = Site.read(
            Path(config.docs_dir), Path(config.config_file_path or "mkdocs.yml"), plugin.default_language,
            plugin.all_languages, dict(config.extra),
        )  # fmt: skip
    faults.extend(site.faults)
    # Nothing of Material's templates is used; to list its twelve thousand files takes time.
    config.theme.dirs = [str(config.theme.custom_dir)]
    once = {"sitemap.xml", "contributors/index.html"} if current_locale(config) == site.source else set()
    own = PRINTS if locale_has_prints(current_locale(config)) else set()
    config.theme.static_templates = {"404.html", *once, *own}
    return config


def locale_has_prints(locale: str) -> bool:
    """True where the poster and the card can be made: in a language that has the page of signs."""
    return {"recognise", "print"} <= site.existing.keys() and locale in site.existing["recognise"]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave the theme's own files out, and every page that this language neither has nor falls back to."""
    keep = {current_locale(config), site.source}
    others = set(site.locales) - keep
    for file in list(files):
        ours = file.abs_src_path and Path(file.abs_src_path).is_relative_to(config.docs_dir)
        if not ours or file.src_uri.split("/")[0] in others:
            files.remove(file)
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Front matter, then everything that can be said of the text before it is rendered."""
    path = f"docs/{page.file.src_uri}"
    whole = page.file.content_string  # reads the file each time
    try:
        text = frontmatter.read(whole, path)
    except Faulty as faulty:
        faults.extend(faulty.faults)
        page.meta = {"title": page.file.src_uri, "description": ""}
        return ""
    page.meta = dict(text.meta)
    original = source_text(page, config)
    allowed = gate.placeholders(original) if original else None
    faults.extend(gate.check_markdown(text.body, path, text.first_line, source_placeholders=allowed))
    head = whole.split("\n")[: text.first_line - 1]
    faults.extend(characters.check("\n".join(head), path))
    if gate.too_much(text.body, path, text.first_line):
        return ""  # to render it might take for ever
    faults.extend(checklist.check(text.body, path, text.first_line, site.pictograms))
    faults.extend(contacts.check(text.body, site.contacts, path, text.first_line))
    faults.extend(blocks.check(text.body, path, text.first_line))
    faults.extend(phrases.check(text.body, path, text.first_line))
    if original:
        faults.extend(language_check.whole(text.body, original, path))
        page.meta["state"] = compare(page, original, path, config)
    page.meta["contributed"] = text
    return text.body


def source_text(page: Page, config: MkDocsConfig) -> str:
    """The file that a translated page is made from; "" for a page of the source language."""
    locale, name = str(getattr(page.file, "locale", site.source)), site.page_name(page.file.src_uri)
    source = Path(config.docs_dir, site.source, f"{name}.md")
    if locale == site.source or not source.is_file():
        return ""
    return source.read_text(encoding="utf-8", errors="replace")


def compare(page: Page, original: str, path: str, config: MkDocsConfig) -> freshness.State:
    """How a translated page stands to its source."""
    locale, name = str(getattr(page.file, "locale", site.source)), site.page_name(page.file.src_uri)
    record_path = freshness.record_path(locale, name)
    record_file = Path(config.docs_dir).parent / record_path
    try:
        record = freshness.load(record_file.read_text(encoding="utf-8"), record_path) if record_file.is_file() else None
    except Faulty as faulty:
        faults.extend(faulty.faults)
        record = None
    state = freshness.state(original, page.file.content_string, record)
    faults.extend(
        structure.check(
            original, page.file.content_string, f"docs/{site.source}/{name}.md", path,
            severity="warning" if state.status == "outdated" else "error",
        )
    )  # fmt: skip
    return state


def on_page_content(content: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The rendered text passes the gate and becomes the page's own: checklist, contacts, parts marked."""
    contributed = page.meta.pop("contributed", None)
    path = f"docs/{page.file.src_uri}"
    if contributed and passed.get(path) != page.file.content_string:
        original = source_text(page, config)
        found = gate.check_html(
            content, contributed.body, path, contributed.first_line,
            source_numbers=addresses.numbers(original) if original else None,
        )  # fmt: skip
        faults.extend(found)
        if not found:
            passed[path] = page.file.content_string
    if errors(faults):
        return ""
    state = page.meta.get("state")
    if state:
        content = freshness.mark(
            content, page.file.content_string, state.outdated_blocks,
            site.words[current_locale(config)]["note_block"], state.untranslated_blocks, site.source,
        )  # fmt: skip
    locale = content_locale(page)
    words = site.words[locale]
    content = phrases.render(checklist.render(content, words, site.pictograms))
    return contacts.fill(content, site.contacts, locale, words)


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
    words = site.words[locale]
    others = languages.alternates(name, site.locales, site.existing)
    canonical = next(a.url for a in others if a.locale == (locale if content == locale else site.source))

    def href(url: str) -> str:
        return get_relative_url(url or ".", page.url or ".")

    def entry(target: Page) -> dict[str, Any]:
        language = content_locale(target)
        note = words["in_language"].replace("{language}", languages.language_name(language, locale))
        return {
            "title": target.meta.get("menu") or target.meta["title"], "full": target.meta["title"],
            "number": target.meta.get("number"),
            "href": href(target.url), "current": target is page,
            "language": language if language != locale else "", "note": note if language != locale else "",
        }  # fmt: skip

    sections = [item for item in nav.items if isinstance(item, Section)]
    main = [p for p in (sections[0].children if sections else nav.items) if isinstance(p, Page)]
    groups = [
        {"title": words.get(f"menu_{str(s.title).lower()}", ""), "pages": [entry(p) for p in s.children if isinstance(p, Page)]}
        for s in sections[1:]
    ]  # fmt: skip
    own = site.words[content]
    page.content = Markup(
        blocks.fill(
            page.content or "",
            {
                "list.centres": lambda: regions.table(site.provinces, site.contacts, content, own),
                "list.search": lambda: env_render(
                    "partials/pages.html", pages=[entry(p) for p in nav.pages], words=own,
                    bundle=href("pagefind/pagefind.js"),
                ),
                "list.prints": lambda: env_render("partials/prints.html", words=own, prints=[
                    {
                        "locale": tag, "autonym": autonym(tag), "direction": direction(tag),
                        "poster": href(languages.url_of("poster", tag, site.source)),
                        "card": href(languages.url_of("card", tag, site.source)),
                    }
                    for tag in sorted(site.locales, key=lambda tag: tag != locale) if locale_has_prints(tag)
                ]),
            },
        )
    )
    contact = languages.url_of("contact", locale, site.source)
    return {
        **context,
        **frame(locale, config.site_url or ""),
        "home": name == "index",
        "searchable": content == locale and name != "search",
        "contributors_url": href("contributors/") if name == "about" else "",
        "content_locale": content,
        "content_direction": direction(content),
        "canonical": f"{config.site_url or ''}{canonical}",
        "home_url": href(languages.url_of("index", locale, site.source)),
        "contact_url": f"{href(contact)}#centres",
        "menu": [entry(p) for p in main],
        "groups": groups,
        "alternates": [
            {
                "locale": a.locale, "autonym": a.autonym, "direction": a.direction, "url": a.url, "true": a.true,
                "content": a.content, "href": href(a.url), "offer": site.words[a.locale]["offer"],
                "note": site.words[a.locale]["in_language"].replace(
                    "{language}", languages.language_name(a.content, a.locale)),
            }
            for a in others
        ],
        "notices": notices(page, locale, content, href(languages.url_of(name, site.source, site.source))),
        "checklist": 'class="checklist"' in page.content,
        "scripts": [name for mark, name in SCRIPTS if mark in page.content],
    }  # fmt: skip


def env_render(template: str, **values: Any) -> str:
    """A partial template as HTML."""
    assert shared_environment
    return shared_environment.get_template(template).render(**values)


def elsewhere(name: str, locale: str) -> dict[str, str]:
    """For a page that this language has not: the language it is in, and a note that says so; else empty."""
    if locale in site.existing.get(name, ()):
        return {}
    language = languages.language_name(site.source, locale)
    note = site.words[locale]["in_language"].replace("{language}", language)
    return {"language": site.source, "note": note}


@cache
def frame(locale: str, site_url: str) -> dict[str, Any]:
    """What the frame shows on every page of a language."""
    words = site.words[locale]

    def link(name: str) -> Markup:
        return Markup(contacts.render(name, site.contacts, locale, words))

    return {
        "locale": locale,
        "direction": direction(locale),
        "autonym": autonym(locale),
        "words": words,
        "site_url": site_url,
        "exit_url": site.exits[locale],
        "home_elsewhere": elsewhere("index", locale),
        "contact_elsewhere": elsewhere("contact", locale),
        "icons": {name: Markup(icon(file)) for name, file in {"translate": "translate", "arrow": "phone"}.items()},
        "help": helplines(words, link),
        "emergency": Markup(contacts.link_words(words["emergency"], {"phone": link("emergency.phone")})),
        "checklist_danger": Markup(
            contacts.link_words(words["checklist_danger"], {"phone": link("emergency.phone")})
        ),
        "operator_line": Markup(contacts.link_words(words["operator_line"], {"operator": link("operator.name")})),
    }


def helplines(words: dict[str, str], link: Any) -> list[dict[str, str]]:
    """Whom to call, on every page: the national line, each centre with its region, the line for minors."""
    values = site.contacts.values
    centres = [key.removesuffix(".phone") for key in values if re.fullmatch(r"centre\.\w+\.phone", key)]
    lines = [{"name": words["help_line"], "phone": link("line.national.phone")}]
    for key in centres:
        region = link(f"{key}.region") if f"{key}.region" in values else ""
        lines.append({"name": link(f"{key}.name"), "detail": region, "phone": link(f"{key}.phone")})
    lines.append({"name": link("minors.name"), "detail": words["help_minors"], "phone": link("minors.phone")})
    return lines


def notices(page: Page, locale: str, content: str, source_href: str) -> list[dict[str, str]]:
    """What a reader must know of the text before reading it: whose words it is in, and how far to trust them."""
    words = site.words[locale]
    language = languages.language_name(site.source, locale)
    link = {"href": source_href, "language": site.source, "link": words["note_source"].replace("{language}", language)}
    if content != locale:
        return [{"kind": "fallback", "text": words["note_fallback"].replace("{language}", language)}]
    state = page.meta.get("state")
    found = []
    if state and state.status == "outdated":
        strong = bool(page.meta.get("safety_critical"))
        text = words["note_outdated_strong" if strong else "note_outdated"].replace("{language}", language)
        found.append({"kind": "outdated strong" if strong else "outdated", "text": text, **link})
    if state and state.draft:
        found.append({"kind": "draft", "text": words["note_draft"], **link})
    return found


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Style and scripts go into the page, and nothing else may run in it."""
    return finish(output, config)


def finish(output: str, config: MkDocsConfig) -> str:
    """The page as it is served; "" where an error has been found, since then nothing is."""
    if errors(faults):
        return ""
    style, scripts = assets(Path(config.theme.custom_dir or "overrides") / "assets")
    return inline.page(output, style, scripts)


def on_template_context(context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> Any:
    """The pages that are not made of Markdown: for unknown addresses, for contributors, and the site's map."""
    locale = current_locale(config)
    root = re.sub(r"^https?://[^/]+", "", config.site_url or "/")
    place = template_name if locale == site.source else f"{locale}/{template_name}"
    # The page for an unknown address may be shown at any depth.
    above = root if template_name == "404.html" else "../" * place.count("/")
    listed = [languages.alternates(name, site.locales, site.existing) for name in sorted(site.existing)]
    return {
        **context,
        **frame(locale, config.site_url or ""),
        "root": root,
        "home_url": above + languages.url_of("index", locale, site.source),
        "alternates": [],
        "menu": [], "groups": [],
        "homes": [
            {
                "words": site.words[tag], "locale": tag, "direction": direction(tag),
                "href": root + languages.url_of("index", tag, site.source),
                "emergency": frame(tag, config.site_url or "")["emergency"],
            }
            for tag in sorted(site.locales, key=lambda tag: tag != locale)
        ],
        "pages": listed,
        **(sheet(config, above) if template_name in PRINTS else {}),
        "contributors": overview(config) if template_name.startswith("contributors") else [],
        "repo_url": config.repo_url,
    }  # fmt: skip


def sheet(config: MkDocsConfig, above: str) -> dict[str, Any]:
    """What the poster and the card show: the signs of the page, whom to call, a code that leads to the site."""
    locale = current_locale(config)
    words = site.words[locale]
    text = Path(config.docs_dir, locale, "recognise.md").read_text(encoding="utf-8")
    address = f"{config.site_url or ''}{languages.url_of('index', locale, site.source)}"
    day = contacts.render("contacts.checked", site.contacts, locale, words, plain=True)
    return {
        "signs": [{"label": s.label, "icon": Markup(site.pictograms[s.id])} for s in checklist.read(text)],
        "danger": Markup(contacts.render("emergency.phone", site.contacts, locale, words)),
        "code": Markup(prints.code(address)),
        "checked": words["print_checked"].replace("{date}", day),
        "print_url": above + languages.url_of("print", locale, site.source),
        "scripts": ["print.js"],
    }  # fmt: skip


def overview(config: MkDocsConfig) -> list[contributors.Language]:
    """How every translation stands, for the contributors' page."""
    project = catalogue.read(Path(config.docs_dir).parent)
    states = {(tag, name): project.state(tag, name) for tag in project.locales for name in project.pages}
    sources = {name: project.text(site.source, name) or "" for name in project.pages}
    return contributors.overview(project.pages, project.critical, states, sources, config.repo_url)


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
    for fault in sorted(set(faults)):
        (log.error if fault.severity == "error" else log.info)(str(fault))
    if errors(faults):
        raise Abort("Nothing was built.")


@cache
def assets(folder: Path) -> tuple[str, dict[str, str]]:
    """The style sheet and every script of the theme."""
    style = (folder / "site.css").read_text(encoding="utf-8")
    return style, {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.js")}
