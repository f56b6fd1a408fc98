"""The editor as a program for a web server of this computer (WSGI): whom it answers, and with what."""

from __future__ import annotations

import datetime
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIEnvironment

from jinja2 import Environment

from safepage.editor import lists, saving, speech, views
from safepage.editor.entering import GoneEntry, NewEntry
from safepage.editor.saving import Judge, Saving
from safepage.editor.views import HERE, Answer, Views
from safepage.faults import Faulty
from safepage.site import contact_fields, parts
from safepage.translations import catalogue
from safepage.translations.catalogue import Catalogue
from safepage.translations.review import sheet

FOLDER = "edit"  # of the live server
MOST = 1_000_000  # bytes of a form
_FORM = "application/x-www-form-urlencoded"
_HEADERS = [
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),  # with no-referrer a form's Origin would be null
    ("X-Content-Type-Options", "nosniff"),
]


@dataclass
class Editor:
    """The editor of the project in `root`; `judge` says what a build would say of other texts; `chosen` is
    the language that somebody chose for the editor itself ("": the browser's).
    """

    root: Path
    judge: Judge
    token: str = field(default_factory=secrets.token_urlsafe)
    chosen: str = ""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a browser of this computer, and nobody else."""
        tongue = self.chosen or speech.asked_for(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        view = Views(self._templates, tongue, speech.words(tongue), self.token)
        answer = self._guarded(environ, view)
        headers = [*_HEADERS, ("Content-Type", f"{answer.type}; charset=utf-8")]
        if answer.location:
            headers.append(("Location", answer.location))
        body = answer.body.encode()
        start_response(answer.status, [*headers, ("Content-Length", str(len(body)))])
        return [body]

    @cached_property
    def _saving(self) -> Saving:
        return Saving(self.root, self.judge)

    @cached_property
    def _templates(self) -> Environment:
        return views.templates()

    def _guarded(self, environ: WSGIEnvironment, view: Views) -> Answer:
        """An address that leads here by another name is another site's; so is a form from elsewhere."""
        host, method = environ.get("HTTP_HOST", ""), environ["REQUEST_METHOD"]
        if host not in {f"{name}:{environ['SERVER_PORT']}" for name in ("127.0.0.1", "localhost")}:
            return view.message("forbidden", "403 Forbidden")
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace").removeprefix(f"/{FOLDER}/")
        if environ["PATH_INFO"] == f"/{FOLDER}":
            return Answer("", "302 Found", location=f"/{FOLDER}/")
        if method == "GET":
            try:
                return self._shown(view, path, environ.get("QUERY_STRING", ""))
            except Faulty as faulty:
                return view.message("unreadable", "500 Internal Server Error", faulty.faults)
        own = environ.get("HTTP_ORIGIN") == f"http://{host}" and environ.get("CONTENT_TYPE", "").startswith(
            _FORM
        )
        length = environ.get("CONTENT_LENGTH") or ""
        if method != "POST" or not own or not length.isdecimal() or int(length) > MOST:
            return view.message("forbidden", "403 Forbidden")
        data = environ["wsgi.input"].read(int(length)).decode("utf-8", "replace")
        typed = dict(parse_qsl(data, keep_blank_values=True))
        try:
            return self._sent(view, path, dict(typed))
        except Faulty as faulty:
            return view.message("unreadable", "500 Internal Server Error", faulty.faults, typed)

    def _shown(self, view: Views, path: str, query: str) -> Answer:
        site = catalogue.read(self.root)
        first, _, rest = path.partition("/")
        kind = saving.SAVED if query == saving.SAVED else ""
        if path == "style.css":
            return Answer(self._style(), type="text/css")
        if path == "script.js":
            return Answer((HERE / "script.js").read_text(encoding="utf-8"), type="text/javascript")
        if path == "":
            return view.home(site)
        if path == "contacts/":
            return view.listed(site, "contacts", lists.contacts(site, view.say), kind)
        if path == "regions/":
            return view.listed(site, "regions", lists.regions(site, view.say), kind)
        if not rest and first in (site.source, *site.locales):
            return view.listed(site, first, lists.pages(site, first, view.say), kind)
        what = lists.editable(site, view.say, path)
        if what is None:
            return view.message("not_found", "404 Not Found")
        return view.form(what, self._saving.show(what), kind)

    def _sent(self, view: Views, path: str, typed: dict[str, str]) -> Answer:
        site, token = catalogue.read(self.root), typed.pop("token", "")
        trusted = hmac.compare_digest(token.encode(), self.token.encode())
        if path in ("check", "language") and not trusted:
            return view.message("forbidden", "403 Forbidden")
        if path == "language":
            self.chosen = typed["language"] if typed.get("language") in speech.languages() else ""
            return Answer("", "303 See Other", location=f"/{FOLDER}/")
        if path == "check":
            return _checked(site, view.say, typed)
        what = lists.editable(site, view.say, path)
        if what is None:
            return view.message("not_found", "404 Not Found", kept=typed)
        digest = typed.pop("digest", "")
        if not trusted:
            return view.form(what, self._saving.again(what, typed))
        done = self._saving.save(site, what, typed, digest)
        if done.kind == saving.SAVED:
            place = what.back if isinstance(what, NewEntry | GoneEntry) else f"/{FOLDER}/{path}"
            return Answer("", "303 See Other", location=f"{place}?{saving.SAVED}")
        return view.form(what, done)

    def _style(self) -> str:
        own = (HERE / "style.css").read_text(encoding="utf-8")
        return parts.read(parts.folders(self.root)).style + sheet.shared() + own


def _checked(site: Catalogue, say: Mapping[str, str], typed: Mapping[str, str]) -> Answer:
    """What the gate says of one field of a contact, while the form is still being filled in."""
    name, value = typed.get("name", ""), typed.get("value", "").strip()
    beside: dict[str, object] = {"by_hand": typed.get("by_hand") == "true", "phone": typed.get("phone", "")}
    key = name.rpartition(".")[2]
    found = None
    if value and key in contact_fields.FIELDS and key != "by_hand":
        read = _day(value) if key == "checked" else value
        found = contact_fields.problem(name, key, read, beside, site.country)
    told = f"{found[0]}. {found[1][:1].upper()}{found[1][1:]}." if found else ""
    lead = say.get(f"wrong_{key}", say["wrong"])
    return Answer(json.dumps({"lead": lead, "told": told}), type="application/json")


def _day(value: str) -> datetime.date | str:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return value
