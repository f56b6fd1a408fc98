"""Three small servers for the tests: a copy of the site with the probe in it, the destination, the reports.

The destination has another host name (127.0.0.1, the site localhost), so leaving is really cross-site.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import hashlib
import json
import mimetypes
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborHTMLParser

PROBE = Path(__file__).with_name("probe.js")
LINK = re.compile(r"""<a [^>]*\bid=["']?quick-exit\b[^>]*>""")
POLICY = re.compile(r"""(content=)(["'])(default-src.*?)\2""")
SCRIPTS = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Does something once the page has been drawn, by itself: drivers wait for a page to load before they act.
WHEN_DRAWN = """
(() => {
  const find = document.querySelector.bind(document);
  let drawn = 0;
  const look = () => requestAnimationFrame(() => {
    const text = find("h1");
    drawn += !!text && text.getClientRects().length > 0;
    if (drawn > 5) { %s } else look();
  });
  look();
})();
"""
PRESS = 'find("#quick-exit").click();'
_LATE = 5.0  # seconds after which a report that is under way has come


@dataclass
class Request:
    """What a server was asked: the path, when (seconds since 1970), and the headers."""

    path: str
    at: float
    headers: dict[str, str]


@dataclass
class Servers:
    """The servers of one copy of the site, and what they saw.

    `change` may alter the HTML of a page, and the policy lets its scripts run; not those that `smuggle` adds.
    `mode` and `away` say how the site and the destination behave: "answer", "hang" (take the request, never
    answer) or "refuse" (close without a word). `keep` is the site's Cache-Control: as a host sends it that
    takes none of our headers, or "no-store", as in deploy/. `keep_away` is the destination's, and `late` the
    seconds before it answers.
    """

    folder: Path
    probe: bool = True
    change: Callable[[str], str] | None = None
    smuggle: Callable[[str], str] | None = None
    mode: str = "answer"
    away: str = "answer"
    keep: str = "max-age=600"
    keep_away: str = "max-age=600"
    late: float = 0
    asked: list[Request] = field(default_factory=list)
    left: list[Request] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)

    def __enter__(self) -> Servers:
        self._released = threading.Event()
        self._going_on = threading.Event()
        self._last = time.monotonic()
        self._running = [self._start(answer) for answer in (self._site, self._destination, self._report)]
        ports = [server.server_address[1] for server in self._running]
        self.site = f"http://localhost:{ports[0]}"
        self.destination = f"http://127.0.0.1:{ports[1]}"
        self.report = f"http://localhost:{ports[2]}/"
        return self

    def release(self) -> None:
        """Let go of every request that hangs."""
        self.mode = self.away = "answer"
        self._released.set()
        self.go_on()

    def go_on(self) -> None:
        """Send the rest of every page that waits after some words of it (`?halt=…`)."""
        self._going_on.set()

    def hold(self) -> None:
        """Let the next such pages wait again."""
        self._going_on.clear()

    def anew(self) -> None:
        """Forget what was seen, for another case at the same copy."""
        self.release()
        self.quiet()
        for seen in (self.asked, self.left, self.reports):
            seen.clear()  # type: ignore[attr-defined]
        self._released.clear()
        self.hold()

    def quiet(self, seconds: float = 0.3) -> None:
        """Wait until nothing has come for so long: what was under way has arrived."""
        time.sleep(0.1)
        while (rest := self._last + seconds - time.monotonic()) > 0:
            time.sleep(rest)

    def __exit__(self, *_: object) -> None:
        self.release()
        for server in self._running:
            server.shutdown()
            server.server_close()

    def exit_time(self) -> float:
        """When the first exit began (milliseconds since 1970). Raises AssertionError if none did."""
        end = time.monotonic() + _LATE
        while not (began := [report["at"] for report in self.reports if report["kind"] == "exit"]):
            assert time.monotonic() < end, "no exit began"
            time.sleep(0.05)
        return float(min(began))

    def forget_exits(self) -> None:
        """What is seen from now on is no fault, until the next exit."""
        self.reports[:] = [report for report in self.reports if report["kind"] != "exit"]

    def frames_after_exit(self, *, since: float | None = None) -> list[dict[str, Any]]:
        """The frames in which the page was seen after the exit began.

        Raises AssertionError if none was seen before: the silence of a probe that can't see proves nothing.
        """
        start = self.exit_time() if since is None else since
        self.quiet()  # beacons may be under way
        frames = [report for report in self.reports if report["kind"] == "frame"]
        assert any(frame["at"] <= start for frame in frames), "the probe saw no frame before the exit"
        return [frame for frame in frames if frame["at"] > start]

    def titles_after_exit(self) -> set[str]:
        """The titles that pages of the site gave the tab after the exit."""
        self.quiet(0.5)  # the probe tells them after 0.3 seconds
        start = self.exit_time()
        return {r["title"] for r in self.reports if r["kind"] == "title" and r["at"] > start}

    @functools.cached_property
    def neutral(self) -> set[str]:
        """The titles that tabs of this site's languages may show after an exit."""
        pages = [self.folder / "404.html", *self.folder.glob("*/recognise/index.html")]
        links = [LexborHTMLParser(page.read_text("utf-8")).css_first("#quick-exit") for page in pages]
        return {str(link.attributes["data-title"]) for link in links if link}

    def restored(self) -> int:
        """How many pages came out of the back/forward cache."""
        return sum(report["kind"] == "restored" for report in self.reports)

    def page(self, html: str, path: str) -> str:
        """A page as the copy serves it."""
        html = LINK.sub(lambda link: re.sub(r"https://[^/\"'\s>]+", self.destination, link[0]), html)
        if self.probe:
            probe = PROBE.read_text(encoding="utf-8").replace("__REPORTS__", self.report)
            html = html.replace("<script>", f"<script>{probe}</script><script>", 1)
        wanted = parse_qs(urlsplit(path).query, keep_blank_values=True)
        if "slow" in wanted:
            html = html.replace("</h1>", '</h1><img src="/__hang.png" alt="">', 1)
        if "press" in wanted:
            html = html.replace("</body>", f"<script>{WHEN_DRAWN % PRESS}</script></body>", 1)
        if self.change:
            html = self.change(html)
        html = POLICY.sub(lambda m: m[1] + m[2] + self._policy(m[3], html) + m[2], html, count=1)
        return self.smuggle(html) if self.smuggle else html

    def _policy(self, policy: str, html: str) -> str:
        """The page's own policy, with the hashes of the copy's scripts; the probe may report."""
        digests = [hashlib.sha256(text.encode()).digest() for text in SCRIPTS.findall(html)]
        hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
        policy = re.sub(r"script-src[^;]*", f"script-src {hashes}", policy)
        if not self.probe:
            return policy
        report = f"connect-src {self.report}"
        return policy.replace("connect-src", report, 1) if "connect-src" in policy else f"{policy}; {report}"

    def _start(self, answer: Callable[[BaseHTTPRequestHandler], None]) -> ThreadingHTTPServer:
        servers = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                servers._last = time.monotonic()
                answer(self)

            do_POST = do_HEAD = do_GET

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return server

    def _site(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(_request(handler))
        if self._withheld(handler, self.mode):
            return
        path = urlsplit(handler.path).path
        if path == "/__hang.png":
            self._released.wait(30)
            return _send(handler, b"", "image/png", status=404, keep=self.keep)
        file = self.folder / path.strip("/")
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            file, status = self.folder / "404.html", 404
        else:
            status = 200
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        body = file.read_bytes() if file.is_file() else b""
        if kind == "text/html":
            body = self.page(body.decode(), handler.path).encode()
        query = parse_qs(urlsplit(handler.path).query, keep_blank_values=True)
        halt = body.find(query["halt"][0].encode()) if "halt" in query else len(body)
        _send(handler, body, kind, status=status, keep=self.keep, halt=halt, wait=self._going_on.wait)

    def _destination(self, handler: BaseHTTPRequestHandler) -> None:
        self.left.append(_request(handler))
        time.sleep(self.late)
        if self._withheld(handler, self.away):
            return
        body = (
            f'<!doctype html><title>Forecast</title><link rel="icon" href="data:,"><p>Sun'
            f'<p><a id="in" href="{self.site}/">in</a> <a id="recognise" href="{self.site}/recognise/">in</a>'
        )
        _send(handler, body.encode(), "text/html", keep=self.keep_away)

    def _report(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        self.reports.append(json.loads(handler.rfile.read(length)))
        _send(handler, b"", "text/plain")

    def _withheld(self, handler: BaseHTTPRequestHandler, mode: str) -> bool:
        if mode == "hang":
            self._released.wait(30)
        if mode != "answer":
            handler.close_connection = True
        return mode != "answer"


def first(script: str) -> Callable[[str], str]:
    """A change that runs a script before all others."""
    return lambda html: html.replace("<script>", f"<script>{script}</script><script>", 1)


def hurried(usual: int, here: int) -> Callable[[str], str]:
    """A change that shortens one of the waits of a page's scripts, in milliseconds."""
    return first(
        "const wait = setTimeout; window.setTimeout = (then, ms, ...more) =>"
        f"wait(then, ms === {usual} ? {here} : ms, ...more);"
    )


def no_scripts(html: str) -> str:
    """A page whose policy refuses every script, as if JavaScript were off."""
    return re.sub(r"script-src[^;]*", "script-src 'none'", html, count=1)


def _request(handler: BaseHTTPRequestHandler) -> Request:
    return Request(
        handler.path, time.time(), {name.lower(): value for name, value in handler.headers.items()}
    )


def _send(
    handler: BaseHTTPRequestHandler,
    body: bytes,
    kind: str,
    *,
    status: int = 200,
    keep: str = "max-age=600",
    halt: int | None = None,
    wait: Callable[[float], bool] = lambda _: True,
) -> None:
    """As a static host answers: pages may be cached for some minutes, unless `keep` says otherwise.

    After `halt` bytes of the body the server waits; at 0 it does before it answers at all.
    """
    if halt == 0:
        wait(30)
    handler.send_response(status)
    handler.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.send_header("Cache-Control", keep)
    handler.send_header("Access-Control-Allow-Origin", "*")
    with contextlib.suppress(OSError):
        handler.end_headers()
    if handler.command != "HEAD":
        with contextlib.suppress(OSError):  # the browser has gone on
            handler.wfile.write(body[:halt])
            if halt is not None and halt < len(body):
                wait(30)
                handler.wfile.write(body[halt:])
