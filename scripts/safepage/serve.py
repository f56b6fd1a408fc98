"""Shows the site while it is being edited: builds, serves, watches, builds again, reloads the browser.

Run by `manage.py serve`. MkDocs' own live server does the serving and the waiting browsers; here are the
rules of this project around it: a faulty save keeps the last good site, the page's security policy holds
in the served copy too, and unknown addresses get the site's own 404 page.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import html
import logging
import os
import re
import sys
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from safepage.editor.app import FOLDER as EDITOR
from safepage.editor.app import Editor
from safepage.faults import Fault, Faulty
from safepage.output import held, place
from safepage.rebuilding import Rebuilder
from safepage.translations.review import REVIEWS
from safepage.watching import Watch

HOST = "127.0.0.1"
PORT = 8000
QUIET = 0.05  # seconds without another save, in which an editor has written all it writes
LONGEST = 60  # seconds in which a page that is not built yet has to be
_UNBUILT = "This could not be built"

META = re.compile(rb"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?content-security-policy\b[^>]*>", re.I)
CONTENT = re.compile(rb"\bcontent\s*=\s*(\"[^\"]*\"|'[^']*')", re.I)


class Server(LiveReloadServer):
    """Serves a folder on this computer only, and builds it anew when a watched file is saved."""

    # On Windows "reuse" would let two servers share one port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, folder: Path, port: int, language: str | None = None) -> None:
        """Bind `port` (0: any), perhaps to show one `language` alone. Raises OSError if the port is taken."""
        super().__init__(lambda: None, HOST, port, str(folder))
        self.builder = self._build_or_keep
        self.build_delay = QUIET
        self.error_handler = self._error_page
        self.faults: list[Fault] = []
        self.rebuild: Rebuilder
        self.editor: Editor | None = None
        self.saved: set[str] = set()
        self.asked: list[str] = []
        self._asking = threading.Condition()  # must be held when accessing `asked`
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
        self.observer = Watch(root, self._changed)  # type: ignore[assignment]
        self.observer.start()
        self._watched_paths = {str(root): 1}  # not empty: put the reloading script into pages

    def run(self) -> None:
        """Serve until Ctrl-C."""
        self.serve_thread.start()
        try:
            self._build_loop()  # type: ignore[no-untyped-call]
        finally:
            self.shutdown()

    def _changed(self, name: str) -> None:
        with self._rebuild_cond:
            self.saved.add(name)
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def take_saved(self) -> set[str]:
        """The files that were saved since the last call."""
        with self._rebuild_cond:
            saved, self.saved = self.saved, set()
        return saved

    def take_asked(self) -> str | None:
        """The address of a page that somebody waits for."""
        with self._asking:
            return self.asked[0] if self.asked else None

    def waited_for(self) -> bool:
        """True if a file was saved, or a page is asked for, that nobody has built yet."""
        return bool(self.saved or self.asked)

    def answered(self) -> None:
        """That page is there now, or there is none."""
        with self._asking:
            self.asked.pop(0)
            self._asking.notify_all()

    def _await(self, path: str) -> None:
        """Have a page built first that is not there yet."""
        page = Path(self.root, path.lstrip("/"), "index.html")
        if page.is_file() or self.rebuild.done or ".." in path:
            return
        with self._asking:
            self.asked.append(path)
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()
        with self._asking:
            self._asking.wait_for(lambda: path not in self.asked, LONGEST)

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer a browser, and note which page it shows."""
        if environ["PATH_INFO"] == "/" and self.home:
            start_response("302 Found", [("Location", self.address)])
            return []
        if environ["PATH_INFO"].endswith("/") and not self._is_edited(environ["PATH_INFO"]):
            self.looked_at = environ["PATH_INFO"]
            if not self.looked_at.startswith(f"/{REVIEWS}/"):
                self._await(self.looked_at)
        return super().serve_request(environ, start_response)

    def _is_edited(self, path: str) -> bool:
        return self.editor is not None and f"{path}/".startswith(f"/{EDITOR}/")

    def _serve_request(self, environ: dict[str, Any], start_response: Any) -> Any:
        """A review is made when somebody looks at it, of the files as they are."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if self.editor and self._is_edited(path):
            return self.editor(environ, start_response)
        if not path.startswith(f"/{REVIEWS}/"):
            return super()._serve_request(environ, start_response)
        with self._epoch_cond:  # a build that runs knows more
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            epoch = self._visible_epoch
        try:
            page = self.rebuild.review(path)
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
        if not self.rebuild():
            self.stay()

    def begin_again(self) -> bool:
        """Go on as a new process with the code as it is now; false where the system doesn't allow it."""
        if os.name == "nt":
            return False
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], "--port", str(self.server_port)])

    def _error_page(self, code: int) -> bytes | None:
        root = Path(self.root)
        title, faults = "", []
        if self.faults or not self.built:
            title, faults = _UNBUILT, self.faults
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


def bound(folder: Path, port: int | None, language: str | None) -> Server:
    """A server on that port, or on the first free one of ten. Exits with one line when there is none."""
    for candidate in range(PORT, PORT + 10) if port is None else (port,):
        try:
            return Server(folder, candidate, language)
        except OSError:
            continue
    taken = f"port {port} is" if port is not None else f"ports {PORT} to {PORT + 9} are"
    sys.exit(f"serve: {taken} taken. Choose another with --port N")


def run(options: argparse.Namespace, *, editing: bool = False) -> int:
    """The command: builds the first page, serves until Ctrl-C; returns 0."""
    root: Path = options.project
    try:
        with held.folder(place.sweep_cache(root), place.SERVED) as folder:
            server = bound(folder, options.port, options.language)
            rebuild = server.rebuild = Rebuilder(root, folder, options.language, server)
            server.editor = Editor(root, rebuild.judge) if editing else None
            server.watch_project(root)
            rebuild.begin()
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
