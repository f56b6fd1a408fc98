"""Shows the site while it is being edited: builds, serves, watches, builds again, reloads the browser.

Run by `manage.py serve`. MkDocs' own live server does the serving and the waiting browsers; here are the
rules of this project around it: a faulty save keeps the last good site, the page's security policy holds
in the served copy too, and unknown addresses get the site's own 404 page.
"""

from __future__ import annotations

import argparse
import base64
import functools
import hashlib
import html
import logging
import os
import re
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from safepage.build import build
from safepage.editor.app import FOLDER as EDITOR
from safepage.editor.app import Editor
from safepage.faults import Fault, Faulty
from safepage.gate import leftovers
from safepage.output import held, place
from safepage.output import search as search_index
from safepage.rehearsal import as_built
from safepage.reviews import Reviews
from safepage.translations import catalogue
from safepage.translations.catalogue import Catalogue
from safepage.translations.review import sheet

HOST = "127.0.0.1"
PORT = 8000
POLL = 0.2  # seconds between two looks at the files, where the system does not tell of changes
WATCHED = ("docs", "overrides", "scripts", "mkdocs.yml")
# Not of files that are only read: a build reads thousands.
CHANGES: list[type[FileSystemEvent]] = [FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileDeletedEvent]

META = re.compile(rb"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?content-security-policy\b[^>]*>", re.I)
CONTENT = re.compile(rb"\bcontent\s*=\s*(\"[^\"]*\"|'[^']*')", re.I)


class Server(LiveReloadServer):
    """Serves a folder on this computer only, and builds it anew when a watched file is saved."""

    # On Windows "reuse" would let two servers share one port.
    allow_reuse_address = os.name != "nt"

    def __init__(
        self, builder: Callable[[], bool], folder: Path, port: int, language: str | None = None
    ) -> None:
        """Bind `port` (0: any). `builder` returns whether it built, perhaps one `language` alone.

        Raises OSError if the port is taken.
        """
        super().__init__(lambda: None, HOST, port, str(folder), polling_interval=POLL)
        self.builder = self._build_or_keep
        self._build = builder
        self.error_handler = self._error_page
        self.faults: list[Fault] = []
        self.review: Callable[[str], str | None] = lambda _: None  # the page at such an address
        self.editor: Editor | None = None
        self.saved: set[str] = set()
        self.looked_at = "/"
        logging.getLogger(LiveReloadServer.__module__).setLevel(logging.CRITICAL)
        # At once, so that a second server does not begin on the same port while this one builds.
        self.server_bind()
        self.server_activate()
        self.language = language

    @property
    def home(self) -> str:
        """The path of the first page: "ar/" where that language was built without the source, else ""."""
        alone = self.language and (Path(self.root) / self.language / "index.html").is_file()
        return f"{self.language}/" if alone else ""

    @property
    def built(self) -> bool:
        """True when there is a site to show."""
        return (Path(self.root) / self.home / "index.html").is_file()

    @property
    def address(self) -> str:
        """The address of the first page."""
        return f"http://{HOST}:{self.server_port}/{self.home}"

    def watch_project(self, root: Path) -> None:
        """From now on, note every change to the files that make the site."""
        polling = self.observer
        try:
            self.observer = Observer()  # type: ignore[assignment]
            self._watch(root)
        except OSError:  # the system has nothing left to watch with: look at the files again and again
            self.observer = polling
            self._watch(root)
        self._watched_paths = {str(root): 1}  # not empty: put the reloading script into pages

    def _watch(self, root: Path) -> None:
        handler = FileSystemEventHandler()
        handler.on_any_event = functools.partial(self._changed, root)  # type: ignore[method-assign]
        self.observer.schedule(handler, str(root), recursive=False, event_filter=CHANGES)
        for name in WATCHED:
            if (root / name).is_dir():
                self.observer.schedule(handler, str(root / name), recursive=True, event_filter=CHANGES)
        self.observer.start()

    def run(self) -> None:
        """Serve until Ctrl-C."""
        self.serve_thread.start()
        try:
            self._build_loop()  # type: ignore[no-untyped-call]
        finally:
            self.shutdown()

    def _changed(self, root: Path, event: FileSystemEvent) -> None:
        if event.is_directory:
            return
        for path in (os.fsdecode(event.src_path), os.fsdecode(event.dest_path)):
            name = Path(os.path.relpath(path, root)).as_posix() if path else ""
            if makes_the_site(name):
                with self._rebuild_cond:
                    self.saved.add(name)
                    self._want_rebuild = True
                    self._rebuild_cond.notify_all()

    def take_saved(self) -> set[str]:
        """The files that were saved since the last call."""
        with self._rebuild_cond:
            saved, self.saved = self.saved, set()
        return saved

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer a browser, and note which page it shows."""
        if environ["PATH_INFO"] == "/" and self.home:
            start_response("302 Found", [("Location", self.address)])
            return []
        if environ["PATH_INFO"].endswith("/") and not self._is_edited(environ["PATH_INFO"]):
            self.looked_at = environ["PATH_INFO"]
        return super().serve_request(environ, start_response)

    def _is_edited(self, path: str) -> bool:
        return self.editor is not None and f"{path}/".startswith(f"/{EDITOR}/")

    def _serve_request(self, environ: dict[str, Any], start_response: Any) -> Any:
        """A review is made when somebody looks at it, of the files as they are."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if self.editor and self._is_edited(path):
            return self.editor(environ, start_response)
        if not path.startswith(f"/{sheet.FOLDER}/"):
            return super()._serve_request(environ, start_response)
        with self._epoch_cond:  # a build that runs knows more
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            epoch = self._visible_epoch
        try:
            page = self.review(path)
        except Faulty as faulty:
            page = _listed("The review could not be made", faulty.faults)
        if page is None:
            return None
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [self._inject_js_into_html(page.encode(), epoch)]

    def build_again(self) -> None:
        """Have the builder called once more when it is done."""
        with self._rebuild_cond:
            self._want_rebuild = True

    def stay(self) -> None:
        """Let waiting requests through, and browsers stay as they are: this build shows them nothing new."""
        with self._epoch_cond:
            self._wanted_epoch = self._visible_epoch
            self._epoch_cond.notify_all()

    def _build_or_keep(self) -> None:
        if not self._build():
            self.stay()

    def _error_page(self, code: int) -> bytes | None:
        root = Path(self.root)
        title, faults = "", []
        if not self.built:
            title, faults = "The site could not be built", self.faults
        elif self.home:
            title = "Only one language is shown: start without --language to see the others"
        page = root / "404.html"
        content = page.read_bytes() if code == 404 and page.is_file() else None
        if title:
            content = _listed(title, faults).encode()
        return content and self._inject_js_into_html(content, self._visible_epoch)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        page: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        start = page.rindex(b"<script>") + len(b"<script>")
        return allow_script(page, page[start : page.index(b"</script>", start)])


def _listed(title: str, faults: Sequence[Fault]) -> str:
    """A page that says what is wrong."""
    lines = "".join(f"<li>{html.escape(str(fault))}</li>" for fault in faults)
    return f"<!doctype html><title>{title}</title><h1>{title}</h1><ul>{lines}</ul></body>"


def allow_script(page: bytes, script: bytes) -> bytes:
    """The page with a policy that lets it run this one inline script and ask its own server.

    Pages without a Content-Security-Policy of their own come back unchanged.
    """
    meta = META.search(page)
    content = meta and CONTENT.search(meta[0])
    if not meta or not content:
        return page
    policy = html.unescape(content[1][1:-1].decode())
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
    policy = _allow(policy, "script-src", f"'sha256-{digest}'")
    policy = _allow(policy, "connect-src", "'self'")
    # In double quotes, as the single ones belong to the policy.
    new = meta[0][: content.start()] + f'content="{html.escape(policy, quote=False)}"'.encode()
    return page[: meta.start()] + new + meta[0][content.end() :] + page[meta.end() :]


def _allow(policy: str, name: str, source: str) -> str:
    """The policy with one more source for a directive; one that is not set begins as default-src."""
    directives = {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}
    sources = directives.get(name, directives.get("default-src", ["*"]))
    # A hash beside 'unsafe-inline' would switch the latter off.
    if not (source.startswith("'sha256-") and "'unsafe-inline'" in sources) and source not in sources:
        sources = [*(s for s in sources if s != "'none'"), source]
    directives[name] = sources
    return "; ".join(" ".join([key, *values]) for key, values in directives.items())


def makes_the_site(name: str) -> bool:
    """True for a file (its path below the project's folder) that a build reads."""
    parts = name.split("/")
    return parts[0] in WATCHED and not any(map(leftovers.passed_over, parts))


def language_of(saved: set[str], root: Path) -> str | None:
    """The one language that all these files belong to; None if there is none or more than one."""
    found = {parts[1] if len(parts := name.split("/")) > 2 and parts[0] == "docs" else "" for name in saved}
    language = found.pop() if len(found) == 1 else ""
    return language if language and (root / "docs" / language / "index.md").is_file() else None


def language_at(address: str, root: Path) -> str:
    """The language of a page, or of its review, by its address below the server's root: "/nl/about/"."""
    head = address.lstrip("/").removeprefix(f"{sheet.FOLDER}/").split("/")[0]
    return head if head and (root / "docs" / head / "index.md").is_file() else catalogue.read(root).source


def decides(name: str, root: Path) -> bool:
    """True for a saved file that may change which files the site has: settings, one taken away."""
    return name == "mkdocs.yml" or not (root / name).exists()


def begin_again(port: int) -> bool:
    """Go on as a new process with the code as it is now; false where the system doesn't allow it."""
    if os.name == "nt":
        return False
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], "--port", str(port)])


def bound(folder: Path, builder: Callable[[], bool], port: int | None, language: str | None) -> Server:
    """A server on that port, or on the first free one of ten. Exits with one line when there is none."""
    for candidate in range(PORT, PORT + 10) if port is None else (port,):
        try:
            return Server(builder, folder, candidate, language)
        except OSError:
            continue
    taken = f"port {port} is" if port is not None else f"ports {PORT} to {PORT + 9} are"
    sys.exit(f"serve: {taken} taken. Choose another with --port N")


class Rebuilder:
    """Builds what was saved: the language at hand first, to be on screen at once; the others one by one.

    Those follow unseen, and whenever something else is saved meanwhile, that comes before them.
    """

    def __init__(self, root: Path, language: str | None) -> None:
        """In: the project's folder; the only language that is ever built."""
        self.root = root
        self.language = language
        self.found: list[Fault] = []  # of all languages, each as its last build saw it
        self.owed: list[Callable[[], object]] = []
        self.whole = False  # what was saved may have changed which files there are
        self.one = threading.Lock()  # MkDocs builds one site at a time in a process
        self.server: Server

    def __call__(self) -> bool:
        """Build once; whether there is something new to show."""
        saved = self.server.take_saved()
        if not saved and self.owed:
            self.server.stay()
            self.owed.pop(0)()
            if self.owed:
                self.server.build_again()
            return False
        if any(name.endswith(".py") for name in saved) and not self.renewed(saved):
            return False
        began = time.monotonic()
        folder = Path(self.server.root)
        first = None
        if not self.language and (folder / "index.html").is_file():
            first = language_of(saved, self.root) or language_at(self.server.looked_at, self.root)
        self.whole |= any(decides(name, self.root) for name in saved)
        if not self.build(folder, first or self.language, keep=first is not None):
            return False
        self.owed = self.rest(folder, first) if first else []
        if self.owed:
            self.server.build_again()
        print(f"Built in {time.monotonic() - began:.1f} s.", flush=True)
        return True

    def renewed(self, saved: set[str]) -> bool:
        """After a change of the generator's own code: begin again, or say what hinders it."""
        for name in sorted(name for name in saved if name.endswith(".py") and (self.root / name).is_file()):
            try:
                compile((self.root / name).read_bytes(), name, "exec")
            except (SyntaxError, ValueError) as error:
                print(
                    f"{name}:{getattr(error, 'lineno', 0)}: {error}. The code is not taken over.", flush=True
                )
                return False
        print("The generator's code has changed: beginning again.", flush=True)
        if not begin_again(self.server.server_port):
            print("To take it over, stop this with Ctrl-C and start it again.", flush=True)
        return False

    def rest(self, folder: Path, first: str) -> list[Callable[[], object]]:
        """What is left to build when the first language is shown."""
        if self.whole:
            return [functools.partial(self.build, folder, None, keep=False)]
        project = catalogue.read(self.root)
        others = [tag for tag in (project.source, *project.locales) if tag != first]
        steps = [functools.partial(self.build, folder, tag, keep=True) for tag in others]
        return [*steps, lambda: search_index.make(folder, project.source, project.locales)]

    def build(self, folder: Path, language: str | None, *, keep: bool) -> bool:
        """Build into a folder, print faults; whether it went well."""
        known = set(map(str, self.found))
        try:
            with self.one:
                warnings = build(self.root, folder, only=language, keep=keep, serving=True)
        except Exception as error:
            self.server.faults = error.faults if isinstance(error, Faulty) else []
            self._note(language, self.server.faults)
            print(error if self.server.faults else f"{type(error).__name__}: {error}", flush=True)
            print(
                "Not built; the last good site is still shown." if self.server.built else "Not built yet.",
                flush=True,
            )
            return False
        self._note(language if keep else None, warnings)
        new = [warning for warning in warnings if str(warning) not in known]
        self.whole &= keep
        print(*new, sep="\n", end="\n" if new else "", flush=True)
        return True

    def _note(self, language: str | None, found: list[Fault]) -> None:
        """What a build of a language, or of all, has found, in place of what was known of it."""
        same = (None, language)
        kept = [
            fault for fault in self.found if language and language_of({fault.path}, self.root) not in same
        ]
        self.found = [*kept, *(fault for fault in found if fault not in kept)]

    def judge(self, site: Catalogue, new: Mapping[str, str], language: str) -> list[Fault]:
        """What a build would say of the project with these texts, while all stays as it is."""
        with self.one:
            return as_built(site, new, language)

    def review(self, address: str) -> str | None:
        """The review at an address of the server; None if there is none. Raises Faulty."""
        return Reviews.read(self.root).at(address, self.found)


def run(options: argparse.Namespace, *, editing: bool = False) -> int:
    """The command: builds once, serves until Ctrl-C; returns 0."""
    root: Path = options.project
    rebuild = Rebuilder(root, options.language)
    try:
        with held.folder(place.sweep_cache(root), place.SERVED) as folder:
            server = rebuild.server = bound(folder, rebuild, options.port, options.language)
            server.review = rebuild.review
            server.editor = Editor(root, rebuild.judge) if editing else None
            server.watch_project(root)
            if editing:
                print(
                    "The site is built first: a minute or two, the first time. Then the editor opens.",
                    flush=True,
                )
            rebuild()
            print(f"Serving {server.address} – it follows what you save. Ctrl-C stops.", flush=True)
            if editing:
                _open(f"{server.address}{EDITOR}/")
            server.run()
    except KeyboardInterrupt:
        print("\nStopped.")
    return 0


def edit(options: argparse.Namespace) -> int:
    """The command `edit`: the same, with the editor beside the site."""
    options.language = None
    return run(options, editing=True)


def _open(address: str) -> None:
    print(
        f"Editing {address} – forms for the files of this project, on this computer alone: nothing is sent.",
        flush=True,
    )
    if sys.stdout.isatty():
        threading.Timer(0.5, webbrowser.open, [address]).start()
