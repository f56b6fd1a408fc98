"""A web server for a folder, as plain as a static host: index pages, 404.html, no caching headers."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of one folder. No Last-Modified, so that no browser guesses how long a page stays fresh."""

    protocol_version = "HTTP/1.1"
    under = ""  # what comes before every address of the site: "/sub"

    def translate_path(self, path: str) -> str:
        """The file of an address; outside the site one that is not there."""
        within = path.startswith(f"{self.under}/")
        return super().translate_path(path.removeprefix(self.under) if within else "/\0")

    def send_header(self, keyword: str, value: str) -> None:
        if keyword == "Content-type" and value.startswith("text/") and "charset" not in value:
            value += "; charset=utf-8"
        if keyword != "Last-Modified":
            super().send_header(keyword, value)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def list_directory(self, path: Any) -> None:
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests are quiet."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a connection early is no error."""


@contextmanager
def serving(folder: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """The address, without a slash at the end, where the files of `folder` are served meanwhile."""

    def make(*args: Any, **kwargs: Any) -> Handler:
        return handler(*args, directory=str(folder), **kwargs)

    server = Server(("127.0.0.1", 0), make)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{handler.under}"
    finally:
        server.shutdown()
        server.server_close()
