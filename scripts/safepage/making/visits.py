"""Visits to a server at a steady pace, each answer compared with what was built; meanwhile swaps of it."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import ssl
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from safepage.making import caddyserver, webserver
from safepage.output import header_files as site_headers
from safepage.output import headers

MOST_SECONDS, MOST_A_SECOND, CONNECTIONS = 60, 2000, 32
LATE = 10  # seconds after which an answer counts as lost
_POLICY = headers.POLICY.lower()
_SERVERS: dict[str, Callable[[Path], Any]] = {"nginx": webserver.nginx, "Caddy": caddyserver.caddy}
Page = tuple[str, bytes]  # a page's policy and its bytes, as they are sent


@dataclass
class Visits:
    """What visitors met. `again`: the server had closed the connection while it was idle, and they asked on a
    new one, as browsers do. `lost` got no answer, `wrong` one that is in no build whole."""

    asked: int = 0
    again: int = 0
    lost: int = 0
    wrong: int = 0
    seconds: float = 0
    swaps: int = 0
    times: list[float] = field(default_factory=list)

    @property
    def slowest(self) -> float:
        """Milliseconds in which 99 of 100 were answered."""
        return sorted(self.times)[int(len(self.times) * 0.99)] * 1000 if self.times else 0.0


def build(site: Path) -> dict[str, Page]:
    """The pages of a built site by address, as a server sends them that was told of gzip."""
    found = {}
    for file, policy in site_headers.policies(site).items():
        packed = site / f"{file}.gz"
        data = (packed if packed.is_file() else site / file).read_bytes()
        found[headers.addresses(file)[0]] = policy, data
    return found


def steady(
    address: str,
    certificate: Path | None,
    builds: Sequence[dict[str, Page]],
    *,
    rate: float,
    seconds: float,
    swap: Callable[[int], None] | None = None,
    every: float = 5,
) -> Visits:
    """Visit pages at so many a second, by CONNECTIONS that are kept.

    In: a server on this computer, whom to trust, what may be answered (one of these builds, whole), and what
    puts another one in its place (told which time it is), `every` so many seconds. Raises ValueError for
    another computer, or more than MOST_SECONDS or MOST_A_SECOND.
    """
    parts = urlsplit(address)
    if not (0 < seconds <= MOST_SECONDS and 0 < rate <= MOST_A_SECOND and parts.port):
        raise ValueError(f"at most {MOST_SECONDS} s and {MOST_A_SECOND} visits a second")
    context = ssl.create_default_context(cafile=str(certificate)) if certificate else None
    crowd = _Crowd(parts.port, parts.hostname or "", context, builds, Visits())
    return asyncio.run(crowd.visit(rate, seconds, swap, every))


def swapped(site: Path, rate: float, seconds: float) -> dict[str, Visits]:
    """Visit a site at a steady pace at each server that is installed, swapped for another build meanwhile.

    The other build holds the same pages with a remark at their end.
    """
    found = {}
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        sites = [site, _other(site, Path(folder) / "other")]
        builds = [build(each) for each in sites]
        for name, server in _SERVERS.items():
            print(f"{name}: {rate:g} visits a second for {seconds:g} s ...", file=sys.stderr, flush=True)
            with suppress(webserver.Missing), server(site) as running:
                found[name] = steady(
                    running.web, running.certificate, builds, rate=rate, seconds=seconds,
                    swap=partial(_swap, running.swap, sites),
                )  # fmt: skip
    return found


def _swap(put: Callable[[Path], None], sites: Sequence[Path], time: int) -> None:
    put(sites[time % 2])


def _other(site: Path, folder: Path) -> Path:
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("*.gz", "*.br"))
    for file in folder.rglob("*.html"):
        file.write_bytes(file.read_bytes() + b"<!-- another build -->")
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 1, mtime=0))
    return folder


@dataclass
class _Crowd:
    port: int
    name: str
    context: ssl.SSLContext | None
    builds: Sequence[dict[str, Page]]
    found: Visits

    async def visit(
        self, rate: float, seconds: float, swap: Callable[[int], None] | None, every: float
    ) -> Visits:
        began = time.monotonic()
        end = began + seconds
        number = min(CONNECTIONS, max(1, round(rate)))
        work = [self._visitor(n, began + n / rate, number / rate, end) for n in range(number)]
        await asyncio.gather(*work, *([self._swaps(swap, every, end)] if swap else []))
        self.found.seconds = time.monotonic() - began
        return self.found

    async def _swaps(self, swap: Callable[[int], None], every: float, end: float) -> None:
        while time.monotonic() + every < end:
            await asyncio.sleep(every)
            self.found.swaps += 1
            await asyncio.to_thread(swap, self.found.swaps)

    async def _visitor(self, number: int, due: float, step: float, end: float) -> None:
        """Visits at its own times, never faster; whoever can't keep up visits as fast as it goes."""
        paths = [*self.builds[0]]
        line = None
        while due < end and time.monotonic() < end:
            await asyncio.sleep(max(0, due - time.monotonic()))
            path = paths[number % len(paths)]
            number, due = number + CONNECTIONS + 1, due + step
            began = time.monotonic()
            self.found.asked += 1
            line = await self._answered(path, line)
            self.found.times.append(time.monotonic() - began)
        if line:
            line[1].close()

    async def _answered(self, path: str, line: _Line | None) -> _Line | None:
        """Ask for a page. In: a connection that may be used again. Out: the same, or a new one."""
        if line:
            with suppress(OSError, asyncio.IncompleteReadError):
                return self._judged(path, await self._ask(path, line), line)
            self.found.again += 1
            line[1].close()
        try:
            line = await asyncio.open_connection(
                "127.0.0.1", self.port, ssl=self.context, server_hostname=self.name if self.context else None
            )
            return self._judged(path, await self._ask(path, line), line)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            self.found.lost += 1
            return None

    async def _ask(self, path: str, line: _Line) -> tuple[bytes, dict[str, str], bytes]:
        reader, writer = line
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {self.name}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        async with asyncio.timeout(LATE):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            fields = dict(_fields(head[1:]))
            body = await _body(reader, fields)
        return head[0].encode(), fields, body

    def _judged(self, path: str, answer: tuple[bytes, dict[str, str], bytes], line: _Line) -> _Line | None:
        status, fields, body = answer
        right = [build.get(path) == (fields.get(_POLICY, ""), body) for build in self.builds]
        self.found.wrong += not (any(right) and b" 200 " in status)
        if fields.get("connection") == "close":
            line[1].close()
            return None
        return line


_Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _body(reader: asyncio.StreamReader, fields: dict[str, str]) -> bytes:
    """In one piece, or in several, as Caddy sends what is compressed."""
    if fields.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(fields.get("content-length", "0")))
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
    return body


def _fields(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        name, _, value = line.partition(": ")
        yield name.lower(), value
