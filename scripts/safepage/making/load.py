"""How many visits a server of the site bears: nginx on this computer, as `deploy/` ships it, under load.

    python3 scripts/manage.py load site [other-site ...]          as many as it bears
    python3 scripts/manage.py load site --rate 1000 --seconds 60  so many a second, to nginx and to Caddy

A visit is all that a page's first view asks this server for. Every run is bounded in time and stays on this
computer. With a rate the site is swapped for another build every five seconds, and each answer compared with
both. The load comes from wrk where it is installed, else from Python, which is then itself the slow side.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from safepage.making import visits, webserver

MOST_SECONDS = 60
MOST_CONNECTIONS = 256
HEADERS = {"Accept-Encoding": "gzip, br"}
TEXT = {".html", ".css", ".js", ".xml", ".json", ".svg", ".txt"}
_ASKED = {"link": "href", "script": "src", "img": "src"}
_SCRIPT = """
local paths = {%(paths)s}
local turn = 0
function init() for i, path in ipairs(paths) do paths[i] = wrk.format("GET", path, {%(headers)s}) end end
function request() turn = turn %% #paths + 1; return paths[turn] end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format('RESULT [%%d,%%d,%%f,%%d,%%f]\\n', summary.requests,
    e.connect + e.read + e.write + e.timeout + e.status, summary.duration / 1e6, summary.bytes,
    latency:percentile(99) / 1e3))
end
"""


@dataclass(frozen=True)
class Load:
    """What a run saw. Rates are per second, `bytes` as sent, `slowest` the 99th percentile in milliseconds,
    `memory` the most that the server used, in bytes, shared pages counted once."""

    tool: str
    connections: int
    seconds: float
    requests: int
    errors: int
    requests_per_second: float
    requests_per_visit: int
    visits_per_second: float
    bytes_per_visit: int
    slowest: float
    memory: int


def measure(site: Path, *, shipped: bool = True, seconds: float = 5, connections: int = 32) -> Load:
    """Serve a built site with nginx, as `deploy/` ships it or as a plain folder, and load its front page.

    A plain folder gets the same advantage: its text files are compressed ahead too (gzip -9).
    Raises webserver.Missing without nginx, ValueError for more than MOST_SECONDS or MOST_CONNECTIONS.
    """
    paths = first_view(site)
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        if not shipped:
            site = Path(shutil.copytree(site, Path(folder) / "site"))
            _compress(site)
        return _measure(site, paths, shipped, seconds, connections)


def _compress(site: Path) -> None:
    for file in [file for file in site.rglob("*") if file.suffix in TEXT and file.is_file()]:
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 9))


def _measure(site: Path, paths: list[str], shipped: bool, seconds: float, connections: int) -> Load:
    with webserver.nginx(site, shipped=shipped) as server:
        most = [server.memory()]
        stop = threading.Event()

        def watch() -> None:
            while not stop.wait(0.2):
                most.append(server.memory())

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            found = drive(server.onion, paths, seconds=seconds, connections=connections)
            return replace(found, memory=max(most))
        finally:
            stop.set()
            watcher.join()


def drive(address: str, paths: list[str], *, seconds: float, connections: int) -> Load:
    """Ask a server on this computer for `paths` in turn; `memory` stays 0. Raises ValueError as `measure`."""
    if urlsplit(address).hostname not in ("127.0.0.1", "localhost"):
        raise ValueError("only a server on this computer may be put under load")
    if not (0 < seconds <= MOST_SECONDS and 0 < connections <= MOST_CONNECTIONS and paths):
        raise ValueError(f"at most {MOST_SECONDS} s and {MOST_CONNECTIONS} connections, at least one path")
    tool = "wrk" if shutil.which("wrk") else "python"
    asked = (_wrk if tool == "wrk" else _python)(address, paths, seconds, connections)
    requests, errors, took, sent, slowest = asked
    rate = requests / took if took else 0
    return Load(
        tool, connections, round(took, 2), requests, errors, round(rate, 1), len(paths),
        round(rate / len(paths), 1), round(sent / requests * len(paths)) if requests else 0,
        round(slowest, 2), 0,
    )  # fmt: skip


Counts = tuple[int, int, float, int, float]  # requests, errors, seconds, bytes, milliseconds of the slowest


def _wrk(address: str, paths: list[str], seconds: float, connections: int) -> Counts:
    headers = ", ".join(f'["{name}"] = "{value}"' for name, value in HEADERS.items())
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT % {"paths": ", ".join(json.dumps(path) for path in paths), "headers": headers})
        script.flush()
        most = [f"-c{connections}", f"-d{max(1, round(seconds))}s"]
        command = ["wrk", "-t1", *most, "-s", script.name, address]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30, check=True)
    requests, errors, took, sent, slowest = json.loads(done.stdout.rpartition("RESULT ")[2])
    return int(requests), int(errors), took, int(sent), slowest


def _python(address: str, paths: list[str], seconds: float, connections: int) -> Counts:
    times: list[float] = []
    errors: list[str] = []
    sent: list[int] = []
    host = urlsplit(address).netloc
    end = time.monotonic() + seconds

    def work() -> None:
        connection = http.client.HTTPConnection(host, timeout=5)
        turn = 0
        while time.monotonic() < end:
            began = time.monotonic()
            try:
                connection.request("GET", paths[turn % len(paths)], headers=HEADERS)
                answer = connection.getresponse()
                head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 17
                sent.append(len(answer.read()) + head)
                if answer.status != 200:
                    errors.append(str(answer.status))
            except (OSError, http.client.HTTPException) as error:
                errors.append(str(error))
                connection.close()
            times.append(time.monotonic() - began)
            turn += 1
        connection.close()

    began = time.monotonic()
    workers = [threading.Thread(target=work, daemon=True) for _ in range(min(connections, 8))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(seconds + 10)
    times.sort()
    slowest = times[int(len(times) * 0.99)] * 1000 if times else 0.0
    return len(times), len(errors), time.monotonic() - began, sum(sent), slowest


def first_view(site: Path, page: str = "index.html") -> list[str]:
    """The addresses on its own server that the HTML of a page names for its first view, the page first."""
    finder = _Finder()
    finder.feed((site / page).read_text(encoding="utf-8"))
    base = "/" + page.removesuffix("index.html")
    paths = [base]
    for link in finder.found:
        parts = urlsplit(urljoin(base, link))
        if not parts.scheme and not parts.netloc and (site / parts.path.lstrip("/")).is_file():
            paths.append(parts.path)
    return list(dict.fromkeys(paths))


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        kinds = set((values.get("rel") or "").lower().split())
        if tag in _ASKED and values.get(_ASKED[tag]) and (tag != "link" or kinds & {"stylesheet", "icon"}):
            self.found.append(str(values[_ASKED[tag]]))


def _run_steady(options: argparse.Namespace) -> int:
    found = visits.swapped(options.site[0], options.rate, options.seconds)
    if not found:
        print("load: neither nginx nor Caddy is installed.", file=sys.stderr)
        return 1
    print("server | visits | visits/s | 99 % in | swaps | lost | wrong | asked again")
    for name, seen in found.items():
        print(f"{name} | {seen.asked} | {seen.asked / seen.seconds:.0f} | {seen.slowest:.0f} ms "
              f"| {seen.swaps} | {seen.lost} | {seen.wrong} | {seen.again}")  # fmt: skip
    return int(any(seen.lost or seen.wrong for seen in found.values()))


def run(options: argparse.Namespace) -> int:
    """The command: a table, or JSON; 1 when a server answered with an error."""
    try:
        return _run_steady(options) if options.rate else _run(options)
    except webserver.Missing as missing:
        print(f"load: {missing} is not installed.", file=sys.stderr)
    except (OSError, ValueError, RuntimeError) as error:
        print(f"load: {error}.", file=sys.stderr)
    return 1


def _run(options: argparse.Namespace) -> int:
    loads = {}
    for number, site in enumerate(options.site):
        print(f"{site}: {options.seconds:g} s ...", file=sys.stderr, flush=True)
        loads[str(site)] = measure(
            site, shipped=not number, seconds=options.seconds, connections=options.connections
        )
    if options.json:
        print(json.dumps({name: asdict(load) for name, load in loads.items()}, indent=2))
    else:
        print("site | visits/s | requests/visit | kB/visit | requests/s | errors | 99 % in | memory | with")
        for name, load in loads.items():
            print(f"{name} | {load.visits_per_second:.0f} | {load.requests_per_visit} "
                  f"| {load.bytes_per_visit / 1000:.1f} | {load.requests_per_second:.0f} | {load.errors} "
                  f"| {load.slowest:.1f} ms | {load.memory / 2**20:.1f} MiB | {load.tool}")  # fmt: skip
    return int(any(load.errors for load in loads.values()))
