"""What the editor shows: its lists, its forms and what it says, in one of its languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from safepage.editor import lists, saving, speech
from safepage.editor.dataform import EntryForm, WordsForm
from safepage.editor.entering import GoneEntry
from safepage.editor.form import Editable
from safepage.editor.pageform import PageForm
from safepage.editor.saving import Outcome
from safepage.site import settings
from safepage.site.locales import autonym, direction
from safepage.translations.catalogue import Catalogue

HERE = Path(__file__).parent
_STATUS = {
    saving.REFUSED: "422 Unprocessable Content",
    saving.CHANGED: "409 Conflict",
    saving.STRANGE: "403 Forbidden",
}


def templates() -> Environment:
    """The templates of these pages."""
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@dataclass(frozen=True)
class Answer:
    """What a browser gets."""

    body: str
    status: str = "200 OK"
    type: str = "text/html"
    location: str = ""


@dataclass(frozen=True)
class Views:
    """The editor's pages in the language `tongue`, with its words; `token` stands in each form."""

    templates: Environment
    tongue: str
    say: Mapping[str, str]
    token: str

    def home(self, site: Catalogue) -> Answer:
        """Where one begins."""
        name = settings.read(site.read("mkdocs.yml") or "").get("site_name") or ""
        tongues = [(tag, autonym(tag)) for tag in speech.languages()]
        return self._page(
            "home.html",
            title=self.say["home"],
            site_name=name,
            languages=lists.languages(site),
            tongues=tongues,
        )

    def listed(self, site: Catalogue, key: str, groups: Sequence[lists.Listed], kind: str) -> Answer:
        """The pages of a language, or contacts, or regions; `kind` is what became of a save."""
        title = site.autonyms.get(key) or self.say[key]
        intro = self.say.get(f"{key}_intro", "")
        return self._page("list.html", title=title, intro=intro, groups=groups, kind=kind)

    def form(self, what: Editable, shown: Outcome, kind: str = "") -> Answer:
        """A form, perhaps with what became of a save."""
        kind = kind or shown.kind
        is_page = isinstance(what, PageForm)
        locale = what.locale if is_page else ""
        return self._page(
            "form.html",
            _STATUS.get(kind, "200 OK"),
            title=what.title,
            title_locale=locale,
            title_direction=direction(locale) if locale else "",
            what=what,
            shown=shown,
            kind=kind,
            is_page=is_page,
            is_checked=isinstance(what, PageForm) and what.checked,
            is_words=isinstance(what, WordsForm),
            is_removal=isinstance(what, GoneEntry),
            removal=what.removal if isinstance(what, EntryForm) else "",
        )

    def message(
        self,
        key: str,
        status: str,
        faults: Iterable[object] = (),
        kept: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        """A page without a form, with what was typed where there is no form for it any more."""
        typed = [text for name, text in kept.items() if name not in ("token", "digest") and text]
        return self._page("message.html", status, title=self.say[key], faults=[*faults], typed=typed)

    def _page(self, template: str, status: str = "200 OK", **given: Any) -> Answer:
        html = self.templates.get_template(template).render(
            say=self.say,
            token=self.token,
            tongue=self.tongue,
            direction=direction(self.tongue),
            **given,
        )
        return Answer(html, status)
