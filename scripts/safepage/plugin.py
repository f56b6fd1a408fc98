"""The MkDocs plugin: its events, in the order in which a page meets them.

Together with config.py, build.py and serve.py this is all that knows MkDocs. What the events do is in way.py
(a page's text) and around.py (what stands around it). MkDocs makes a plugin anew for each build; a build of
several languages has one, and begins a new `Way` for each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from safepage.around import Around, Entry, Menu
from safepage.config import Languages, SafePageConfig, languages
from safepage.faults import Fault, Faulty, bounded, errors
from safepage.gate import ids
from safepage.output import inline
from safepage.output.kept import NOTHING, Remembered
from safepage.output.standing import EMPTY
from safepage.page import head, markup
from safepage.site import navigation, parts
from safepage.unchanged import Compiled, Sources, Unchanged
from safepage.unchanged import Page as Finished
from safepage.way import Shared, Text, Way

log = get_plugin_logger("safepage")
LEFT_OUT = "Left out: the search and compressed copies. To make them too: python -m safepage build"


class Stopped(Exception):
    """A build was given up, as whoever ordered it asked for."""


class SafePage(BasePlugin[SafePageConfig]):  # type: ignore[no-untyped-call]
    """Makes and checks the pages of a site."""

    root: Path
    shared: Shared
    templates: Environment
    way: Way
    around: Around
    unchanged: Unchanged
    ready: dict[str, Finished]

    def __init__(self) -> None:
        self.alone = True  # MkDocs's own command runs, not build.py
        self.preview = False
        self.pages: Collection[str] = ()  # the only ones to be made, if there are any
        self.faults: list[Fault] = []  # then: of the languages that are done
        self.references = markup.References()
        self.texts: dict[str, Text] = {}
        self.kept, self.sources = NOTHING, Sources("", "")  # of other builds; of this one
        self.standing = EMPTY
        self.stop: Callable[[], bool] = lambda: False  # asked before each page

    def read(self, config: MkDocsConfig) -> None:
        """What is read once, for all languages. Raises Faulty with all that leaves no page to build."""
        self.root = Path(config.config_file_path).absolute().parent
        theme = parts.read(parts.folders(self.root))
        remembered = Remembered(self.kept)
        self.shared = Shared.read(self.root, self.config.exit, self.config.pictograms, theme, remembered)
        remembered.keep()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """The site is read, once; then what no site may do without, whatever mkdocs.yml says."""
        if not hasattr(self, "shared"):
            self.read(config)
        config.strict = config.use_directory_urls = True
        config.exclude_docs = None
        config.markdown_extensions = [*markup.EXTENSIONS, self.references]  # type: ignore[list-item]
        config.mdx_configs = {"toc": {"permalink": False}}
        i18n = languages(config).config
        i18n.docs_structure, i18n.fallback_to_default = "folder", True
        i18n.reconfigure_material = False
        for part in (config.validation.nav, config.validation.links):
            part.update(dict.fromkeys(part, 0))  # way.py and navigation.py look at links and menus
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Neither docs/ nor Material's thousands of files are listed: `on_files` knows what is wanted."""
        config.docs_dir = ""
        config.theme.dirs = list(map(str, parts.folders(self.root)))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """The files of this language, which begins here; pages of the source in place of missing ones."""
        locale = _locale(config)
        config.docs_dir = str(self.root / "docs")
        names = self.shared.site.files(self.shared.docs, locale)
        self.way = Way.begin(self.shared, locale, names)
        ours = all(isinstance(plugin, SafePage | Languages) for plugin in config.plugins.values())
        kept = self.kept if ours else NOTHING
        self.around = Around(self.way, config.site_url or "", config.repo_url, self.part, kept, self.preview)
        templates = set() if self.pages else self.around.templates()
        self.unchanged = Unchanged(kept, self.way, self.sources, self.preview, templates, self.pages)
        self.ready = self.unchanged.pages()
        config.theme.static_templates = templates - self.ready.keys()
        for name in templates & self.ready.keys():
            self._lay(config, self.around.place(name), self.ready[name].html)
        return Files([File(name, config.docs_dir, config.site_dir, True) for name in names])

    @event_priority(-200)  # when i18n has put the language's own in order
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Every page stands in a menu. What is unchanged is done, and MkDocs needn't look at it."""
        listed = {page.file.src_uri for page in nav.pages}
        pages = [file.src_uri for file in files.documentation_pages() if _wants_a_menu(file)]
        self.way.faults += navigation.unlisted(name for name in pages if name not in listed)
        for file in files.documentation_pages():
            if ready := self.ready.get(file.src_uri):
                file.inclusion = InclusionLevel.EXCLUDED
                self._lay(config, file.dest_uri, ready.html)
                if file.page:
                    file.page.meta = ready.meta
            elif self.pages and self.shared.site.page_name(file.src_uri) not in self.pages:
                file.inclusion = InclusionLevel.EXCLUDED
                if file.page:  # the menus name it
                    told = head.values(file.content_string)
                    file.page.meta = {
                        "title": file.src_uri,
                        **{name: value for name, (value, _) in told.items()},
                    }
        return nav

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str:
        """Nothing: MkDocs would read a head as any YAML, without bounds; `on_page_markdown` reads it."""
        return ""

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Front matter, then everything that can be said of the text before it is rendered."""
        if self.stop():
            raise Stopped
        with self.unchanged.watched(page.file.src_uri):
            text = self.way.read(page.file.src_uri, _language_of(page), page.file.content_string)
        page.meta, self.texts[text.file] = text.meta, text
        return text.prepared

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The rendered text passes the gate and becomes the page's own: checklist, contacts, parts marked."""
        text = self.texts[page.file.src_uri]
        with self.unchanged.watched(text.file):
            return self.way.rendered(text, html, self.references.targets, self.references.ids)

    @event_priority(-200)  # when i18n has added to a set of templates that will not be used
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """All pages are read: their links are checked. The templates escape what they are given."""
        if not self.pages:  # else most anchors aren't known
            self.way.linked()
        if not hasattr(self, "templates"):
            env.autoescape = env.trim_blocks = env.lstrip_blocks = True
            env.bytecode_cache = Compiled(self.kept)
            self.templates = env
        return self.templates

    def part(self, name: str, **values: Any) -> str:
        """The template of a part as HTML."""
        return self.templates.get_template(f"parts/{name}").render(**values)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """What the pages not made of Markdown are given: for unknown addresses, to print, the site's map."""
        with self.unchanged.watched(template_name):
            context.update(self.around.template(template_name))  # type: ignore[typeddict-item]
        return context

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Such a page of one language stands in that language's folder."""
        output = self.finished(output) if template_name.endswith(".html") else output
        self.unchanged.made(template_name, output, {})
        place = self.around.place(template_name)
        if place == template_name or not output:
            return output
        self._lay(config, place, output.encode())
        return ""

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Everything base.html shows."""
        if self.stop():
            raise Stopped
        href = partial(_relative, page=page)
        made = self.around.page(self.texts[page.file.src_uri], page.url, page.content or "", _menu(nav), href)
        page.content = made.pop("content")
        context.update(made)  # type: ignore[typeddict-item]
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Style and scripts go into the page, and nothing else may run in it."""
        text = self.texts[page.file.src_uri]
        with self.unchanged.watched(text.file):
            self.way.faults += ids.twice(output, text.whole, text.path)
        output = self.finished(output)
        self.unchanged.made(text.file, output, text.meta)
        return output

    def _lay(self, config: MkDocsConfig, place: str, html: bytes) -> None:
        self.standing.lay(Path(config.site_dir, place), place, html)

    def finished(self, html: str) -> str:
        """The page as it is served; "" where an error has been found, since then nothing is."""
        if self.way.faulty:
            return ""
        theme = self.shared.theme
        return inline.page(theme.with_scripts(html), theme.style, theme.scripts)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """A plain `mkdocs build` ends on a contributor's error, with a line for each, of all languages."""
        if not self.alone:
            return
        self.faults += self.way.faults
        if _locale(config) != _last(config):
            return
        for fault in bounded(self.faults):
            if fault.severity == "warning":
                log.info(str(fault))
        if found := errors(self.faults):
            raise Abort(f"{Faulty(found)}\nThe site is not whole.")
        log.info(LEFT_OUT)

    def on_build_error(self, *, error: Exception) -> None:
        """A plain `mkdocs build` tells what it can't go on with in lines, too."""
        found = error.faults if isinstance(error, Faulty) else self.of_template(error)
        if self.alone and found:
            raise Abort(f"{Faulty(found)}\nThe site is not whole.") from None

    def of_template(self, error: Exception) -> list[Fault]:
        """A mistake in a template as a fault; nothing for another error."""
        if not isinstance(error, TemplateError):
            return []
        file = Path(getattr(error, "filename", None) or "overrides")
        path = file.relative_to(self.root).as_posix() if file.is_relative_to(self.root) else file.name
        what = " ".join(str(error.message or error).split()).rstrip(".")
        return [Fault(path, getattr(error, "lineno", 0), what, "mend it there")]


def _locale(config: MkDocsConfig) -> str:
    """The locale that is being built."""
    i18n = languages(config)
    return str(i18n.current_language or i18n.default_language)


def _last(config: MkDocsConfig) -> str:
    """The locale that is built last, where i18n builds one after the other: the source's comes first."""
    i18n = languages(config)
    others = [tag for tag in i18n.build_languages if tag != i18n.default_language]
    return str([i18n.default_language, *others][-1])


def _language_of(page: Page) -> str:
    """The language of a page's file, which i18n notes there."""
    file: Any = page.file
    return str(file.locale)


def _wants_a_menu(file: File) -> bool:
    inclusion: Any = file.inclusion
    return bool(inclusion.is_in_nav())


def _relative(url: str, page: Page) -> str:
    return get_relative_url(url or ".", page.url or ".")


def _entries(items: list[Any]) -> list[Entry]:
    pages = [item for item in items if isinstance(item, Page)]
    return [Entry(page.file.src_uri, _language_of(page), page.url, page.meta) for page in pages]


def _menu(nav: Navigation) -> Menu:
    groups = [item for item in nav.items if isinstance(item, Section)]
    return Menu([(str(group.title), _entries(group.children)) for group in groups], _entries(nav.pages))
