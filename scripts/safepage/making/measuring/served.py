"""Serves a built site as a good host does: each text file compressed, in the same way for every site."""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from safepage.output import compress

ENCODINGS = ("gzip", "br")
_SMALL_ALREADY = ("image/png", "image/jpeg", "image/webp", "font/", "application/zip", "application/pdf")


@lru_cache(maxsize=4096)
def compressed(data: bytes, encoding: str) -> bytes:
    """Bytes as a host sends them that compresses as we do."""
    return gzip.compress(data, 9, mtime=0) if encoding == "gzip" else compress.brotli_of(data)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    encoding = "br"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            file = file / "index.html"
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        found = file.is_file()
        data = file.read_bytes() if found else b"Not found"
        self.send_response(200 if found else 404)
        if found and not kind.startswith(_SMALL_ALREADY):
            data = compressed(data, self.encoding)
            self.send_header("Content-Encoding", self.encoding)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: progress is shown by whoever measures."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a connection early is no error."""


@contextmanager
def served(folder: Path, encoding: str = "br") -> Iterator[str]:
    """The address, without a slash at the end, where a folder is served meanwhile, on this machine only.

    The folder may be empty at first: files are read when they are asked for.
    """
    handler = type("Handler", (_Handler,), {"encoding": encoding})
    server = _Server(("127.0.0.1", 0), lambda *args: handler(*args, directory=str(folder)))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
