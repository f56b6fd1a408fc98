"""A code host on this computer, as far as the hosted editor asks one: GitHub's API, GitLab's and Forgejo's.

It keeps branches, files and proposals, and refuses what such a host refuses: another token, a file that is
not the one which was read, a branch that is there already.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "a-token-of-the-host"
REPOSITORY = "our-name/site"
Said = dict[str, Any] | list[Any]


class No(Exception):
    """What the host refuses, with its status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def mark(content: bytes) -> str:
    """How git calls a file's content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


@dataclass
class CodeHost:
    """`branches`: their files; `proposals`: what was asked to be taken; `asked`: every request but CORS's."""

    kind: str
    branches: dict[str, dict[str, bytes]]
    address: str = ""
    may_write: bool = True
    proposals: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def api(self) -> str:
        return f"{self.address}/api"

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Said:
        """What the host says. Raises No."""
        if path == "/user":
            return {"username" if self.kind == "gitlab" else "login": "anna"}
        project = "/projects/our-name%2Fsite" if self.kind == "gitlab" else f"/repos/{REPOSITORY}"
        assert path.startswith(project), path
        for verb, pattern, function in _ROUTES[self.kind]:
            found = re.fullmatch(pattern, path.removeprefix(project))
            if verb == method and found:
                return function(self, unquote(found[1]) if found.groups() else "", query, body)
        raise AssertionError(f"{method} {path}: no such thing is asked of {self.kind}")

    def file(self, path: str, at: str) -> bytes:
        """A file of a branch, or of the commit that is its tip."""
        files = self.branches.get(at.removeprefix("tip-of-"))
        if files is None or path not in files:
            raise No(404, "Not Found")
        return files[path]

    def begin(self, branch: str, tip: str) -> None:
        if branch in self.branches:
            raise No(422, "Reference already exists")
        self.branches[branch] = dict(self.branches[tip.removeprefix("tip-of-")])

    def put(self, path: str, branch: str, content: str, sha: str) -> Said:
        if mark(self.file(path, branch)) != sha:
            raise No(409, f"{path} does not match {sha}")
        self.branches[branch][path] = base64.b64decode(content)
        return {}

    def propose(self, branch: str, title: str) -> Said:
        self.proposals.append({"branch": branch, "title": title})
        return self.told(self.proposals[-1])

    def told(self, proposal: dict[str, str]) -> dict[str, Any]:
        address = f"{self.address}/proposals/{proposal['branch']}"
        if self.kind == "gitlab":
            branch = {"source_branch": proposal["branch"], "source_project_id": 1, "target_project_id": 1}
            return {**branch, "web_url": address}
        ours = {"repo": {"full_name": REPOSITORY}}
        return {"head": {"ref": proposal["branch"], **ours}, "base": ours, "html_url": address}


def _project(host: CodeHost, _: str, __: object, ___: object) -> Said:
    access = {"access_level": 40} if host.may_write else None
    if host.kind == "gitlab":
        return {"permissions": {"project_access": access, "group_access": None}}
    return {"permissions": {"push": host.may_write}}


def _tip(host: CodeHost, branch: str, __: object, ___: object) -> Said:
    if host.kind == "github":
        return {"object": {"sha": f"tip-of-{branch}"}}
    return {"commit": {"id": f"tip-of-{branch}"}}


def _read(host: CodeHost, path: str, query: dict[str, str], _: object) -> Said:
    content = host.file(path, query["ref"])
    name = "blob_id" if host.kind == "gitlab" else "sha"
    return {"content": base64.encodebytes(content).decode(), name: mark(content), "last_commit_id": "c"}


def _open(host: CodeHost, _: str, query: dict[str, str], __: object) -> Said:
    assert query["state"] == ("opened" if host.kind == "gitlab" else "open")
    return [host.told(one) for one in host.proposals]


def _branch(host: CodeHost, _: str, __: object, body: dict[str, str]) -> Said:
    host.begin(body["ref"].removeprefix("refs/heads/"), body["sha"])
    return {}


def _put(host: CodeHost, path: str, _: object, body: dict[str, str]) -> Said:
    if new := body.get("new_branch"):
        host.begin(new, body["branch"])
    return host.put(path, new or body["branch"], body["content"], body["sha"])


def _commit(host: CodeHost, _: str, __: object, body: dict[str, Any]) -> Said:
    if "start_sha" in body:
        host.begin(body["branch"], body["start_sha"])
    [action] = body["actions"]
    assert (action["action"], action["encoding"]) == ("update", "base64")
    path = action["file_path"]
    return host.put(path, body["branch"], action["content"], mark(host.file(path, body["branch"])))


def _ask(host: CodeHost, _: str, __: object, body: dict[str, str]) -> Said:
    assert "main" in (body.get("base"), body.get("target_branch"))
    return host.propose(body.get("head") or body["source_branch"], body["title"])


_Route = tuple[str, str, Callable[[CodeHost, str, dict[str, str], dict[str, Any]], Said]]
_FILES: list[_Route] = [
    ("GET", "", _project),
    ("GET", r"/contents/(.+)", _read),
    ("PUT", r"/contents/(.+)", _put),
    ("GET", "/pulls", _open),
    ("POST", "/pulls", _ask),
]
_ROUTES: dict[str, list[_Route]] = {
    "github": [*_FILES, ("GET", r"/git/ref/heads/(.+)", _tip), ("POST", "/git/refs", _branch)],
    "forgejo": [*_FILES, ("GET", r"/branches/(.+)", _tip)],
    "gitlab": [
        ("GET", "", _project),
        ("GET", r"/repository/branches/([^/]+)", _tip),
        ("GET", r"/repository/files/([^/]+)", _read),
        ("POST", "/repository/commits", _commit),
        ("GET", "/merge_requests", _open),
        ("POST", "/merge_requests", _ask),
    ],
}


@contextmanager
def running(host: CodeHost) -> Iterator[CodeHost]:
    """The host, answering at its `address` meanwhile."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_OPTIONS(self) -> None:
            self.say(204)

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
            host.asked.append(f"{self.command} {url.path.removeprefix('/api')}")
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                return self.say(401, {"message": "Bad credentials"})
            try:
                self.say(200, host.answer(self.command, url.path.removeprefix("/api"), query, body))
            except No as no:
                self.say(no.status, {"message": str(no)})

        do_POST = do_PUT = do_DELETE = do_PATCH = do_GET

        def say(self, status: int, said: Said | None = None) -> None:
            body = b"" if said is None else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type")
            self.send_header("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    host.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
