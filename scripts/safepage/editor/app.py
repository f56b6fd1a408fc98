"""The editor as a program for a web server of this computer (WSGI): lists, forms, saving."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIEnvironment

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from safepage.editor import lists, saving
from safepage.editor.dataform import CONTACTS, REGIONS, EntryForm, NewEntry, WordsForm, entries
from safepage.editor.form import Editable
from safepage.editor.pageform import PageForm
from safepage.editor.saving import Judge, Outcome, Saving
from safepage.faults import Faulty
from safepage.page import yaml_text
from safepage.site import contact_fields, parts, settings
from safepage.site.locales import direction
from safepage.translations import catalogue
from safepage.translations.catalogue import Catalogue

FOLDER = "edit"  # of the live server
MOST = 1_000_000  # bytes of a form
_HERE = Path(__file__).parent
_FORM = "application/x-www-form-urlencoded"
_HEADERS = [
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),  # with no-referrer a form's Origin would be null
    ("X-Content-Type-Options", "nosniff"),
]
_STATUS = {
    saving.REFUSED: "422 Unprocessable Content",
    saving.CHANGED: "409 Conflict",
    saving.STRANGE: "403 Forbidden",
}


@dataclass(frozen=True)
class _Answer:
    body: str
    status: str = "200 OK"
    type: str = "text/html"
    location: str = ""


@dataclass(frozen=True)
class Editor:
    """The editor of the project in `root`; `judge` says what a build would say of other texts."""

    root: Path
    judge: Judge
    token: str = field(default_factory=secrets.token_urlsafe)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a browser of this computer, and nobody else."""
        answer = self._guarded(environ)
        headers = [*_HEADERS, ("Content-Type", f"{answer.type}; charset=utf-8")]
        if answer.location:
            headers.append(("Location", answer.location))
        body = answer.body.encode()
        start_response(answer.status, [*headers, ("Content-Length", str(len(body)))])
        return [body]

    @cached_property
    def say(self) -> Mapping[str, str]:
        """The words of the editor."""
        text = (_HERE / "words.yml").read_text(encoding="utf-8")
        return {key: str(value) for key, value in yaml_text.load(text, "words.yml")[0].items()}

    @cached_property
    def _saving(self) -> Saving:
        return Saving(self.root, self.judge, self.say["gone"])

    @cached_property
    def _templates(self) -> Environment:
        loader = FileSystemLoader(_HERE)
        return Environment(
            loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
        )

    def _guarded(self, environ: WSGIEnvironment) -> _Answer:
        """An address that leads here by another name is another site's; so is a form from elsewhere."""
        host, method = environ.get("HTTP_HOST", ""), environ["REQUEST_METHOD"]
        if host not in {f"{name}:{environ['SERVER_PORT']}" for name in ("127.0.0.1", "localhost")}:
            return self._message("forbidden", "403 Forbidden")
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace").removeprefix(f"/{FOLDER}/")
        if environ["PATH_INFO"] == f"/{FOLDER}":
            return _Answer("", "302 Found", location=f"/{FOLDER}/")
        if method == "GET":
            try:
                return self._shown(path, environ.get("QUERY_STRING", ""))
            except Faulty as faulty:
                return self._message("unreadable", "500 Internal Server Error", faulty.faults)
        own = environ.get("HTTP_ORIGIN") == f"http://{host}" and environ.get("CONTENT_TYPE", "").startswith(
            _FORM
        )
        length = environ.get("CONTENT_LENGTH") or ""
        if method != "POST" or not own or not length.isdecimal() or int(length) > MOST:
            return self._message("forbidden", "403 Forbidden")
        data = environ["wsgi.input"].read(int(length)).decode("utf-8", "replace")
        typed = dict(parse_qsl(data, keep_blank_values=True))
        try:
            return self._sent(path, dict(typed))
        except Faulty as faulty:
            return self._message("unreadable", "500 Internal Server Error", faulty.faults, typed)

    def _shown(self, path: str, query: str) -> _Answer:
        site = catalogue.read(self.root)
        first, _, rest = path.partition("/")
        if path == "style.css":
            return _Answer(self._style(), type="text/css")
        if path == "script.js":
            return _Answer((_HERE / "script.js").read_text(encoding="utf-8"), type="text/javascript")
        if path == "":
            return self._page(site, "home.html", title=self.say["home"], languages=lists.languages(site))
        if path == "contacts/":
            return self._list(site, "contacts", lists.contacts(site))
        if path == "regions/":
            return self._list(site, "regions", lists.regions(site))
        if not rest and first in (site.source, *site.locales):
            return self._list(site, first, lists.pages(site, first, self.say))
        what = self._what(site, path)
        if what is None:
            return self._message("not_found", "404 Not Found")
        return self._form(site, what, self._saving.show(what), saving.SAVED if query == saving.SAVED else "")

    def _sent(self, path: str, typed: dict[str, str]) -> _Answer:
        site, token = catalogue.read(self.root), typed.pop("token", "")
        trusted = hmac.compare_digest(token.encode(), self.token.encode())
        if path == "check":
            return self._checked(site, typed) if trusted else self._message("forbidden", "403 Forbidden")
        what = self._what(site, path)
        if what is None:
            return self._message("not_found", "404 Not Found", kept=typed)
        digest = typed.pop("digest", "")
        if not trusted:
            return self._form(site, what, self._saving.again(what, typed))
        done = self._saving.save(site, what, typed, digest)
        if done.kind == saving.SAVED:
            place = what.back if isinstance(what, NewEntry) else f"/{FOLDER}/{path}"
            return _Answer("", "303 See Other", location=f"{place}?{saving.SAVED}")
        return self._form(site, what, done)

    def _checked(self, site: Catalogue, typed: Mapping[str, str]) -> _Answer:
        """What the gate says of one field of a contact, while the form is still being filled in."""
        name, value = typed.get("name", ""), typed.get("value", "").strip()
        beside: dict[str, object] = {
            "by_hand": typed.get("by_hand") == "true",
            "phone": typed.get("phone", ""),
        }
        key = name.rpartition(".")[2]
        found = None
        if value and key in contact_fields.FIELDS and key not in ("checked", "by_hand"):
            found = contact_fields.problem(name, key, value, beside, site.country)
        told = f"{found[0]}. {found[1][:1].upper()}{found[1][1:]}." if found else ""
        return _Answer(json.dumps({"told": told}), type="application/json")

    def _what(self, site: Catalogue, path: str) -> Editable | None:
        """What is edited at an address below the editor's; None if there is no such thing."""
        first, _, rest = path.removesuffix("/").partition("/")
        if not path.endswith("/"):
            return None
        if first in (site.source, *site.locales):
            name = rest.removeprefix("page/")
            if rest == "words":
                return WordsForm(site, self.say, first)
            return PageForm(site, first, name, self.say) if name != rest and name in site.pages else None
        if first not in ("contacts", "regions"):
            return None
        file = CONTACTS if first == "contacts" else REGIONS
        data, _ = yaml_text.load(site.read(file) or "", file)
        known = {
            ".".join(at): at for at in (entries(data) if file == CONTACTS else ((code,) for code in data))
        }
        group = rest.removeprefix("new/")
        if file == CONTACTS and group != rest:
            return (
                NewEntry(site, self.say, file, (group,))
                if any(group == at[0] for at in known.values() if at[1:])
                else None
            )
        return EntryForm(site, self.say, file, known[rest]) if rest in known else None

    def _list(self, site: Catalogue, key: str, listed: list[lists.Listed]) -> _Answer:
        title = site.autonyms.get(key) or self.say[key]
        intro = self.say.get(f"{key}_intro", "")
        return self._page(site, "list.html", title=title, intro=intro, groups=listed, of=key)

    def _form(self, site: Catalogue, what: Editable, shown: Outcome, kind: str = "") -> _Answer:
        kind = kind or shown.kind
        locale = what.locale if isinstance(what, PageForm) else ""
        return self._page(
            site,
            "form.html",
            _STATUS.get(kind, "200 OK"),
            title=what.title,
            title_locale=locale,
            title_direction=direction(locale) if locale else "",
            what=what,
            shown=shown,
            kind=kind,
            is_page=isinstance(what, PageForm),
            is_checked=isinstance(what, PageForm) and what.checked,
            is_words=isinstance(what, WordsForm),
        )

    def _message(
        self,
        key: str,
        status: str,
        faults: Iterable[object] = (),
        kept: Mapping[str, str] = MappingProxyType({}),
    ) -> _Answer:
        """A page without a form, with what was typed where there is no form for it any more."""
        typed = [text for name, text in kept.items() if name not in ("token", "digest") and text]
        html = self._templates.get_template("message.html").render(
            say=self.say, title=self.say[key], faults=[*faults], typed=typed
        )
        return _Answer(html, status)

    def _page(self, site: Catalogue, template: str, status: str = "200 OK", **given: Any) -> _Answer:
        name = settings.read(site.read("mkdocs.yml") or "").get("site_name")
        source = site.source
        html = self._templates.get_template(template).render(
            say=self.say, token=self.token, site_name=name or "", source=source, **given
        )
        return _Answer(html, status)

    def _style(self) -> str:
        own = (_HERE / "style.css").read_text(encoding="utf-8")
        return parts.read(parts.folders(self.root)).style + own
