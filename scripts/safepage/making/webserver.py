"""Starts nginx on this computer alone with what `deploy/` ships, for the tests and for the load run."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from safepage.making.repository import ROOT
from safepage.output import header_files as site_headers
from safepage.output import headers

NAME = "example.org"  # the name in deploy/nginx/server.conf
NEVER_GIVEN = range(20_000, 30_000)  # Linux gives ports from 32,768 on, the others from 49,152
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
MIME_TYPES = Path("/etc/nginx/mime.types")
SHIPPED = (
    "nginx/server.conf",
    "nginx/nobody.conf",
    "nginx/site.conf",
    "nginx/headers.conf",
    "onion/nginx.conf",
)
_PLAIN = "server {{ listen 127.0.0.1:{port}; root {root}; gzip_static on; gzip_vary on; access_log off; }}"


class Missing(Exception):
    """A program that is needed is not on this machine; the message names it."""


@dataclass(frozen=True)
class Server:
    """A running nginx. `onion` is a plain address, `web` one with TLS, `redirect` the plain one before that.

    `web` and `redirect` are "" where the shipped configuration is not in use; `certificate` is what clients
    must trust, and `logs` are all files in which nginx may write down who asked.
    """

    onion: str
    web: str
    redirect: str
    certificate: Path
    logs: tuple[Path, Path]
    pid: int
    brotli: bool

    def swap(self, site: Path) -> None:
        """Put another build in the place of the one that is served, as the guide has it."""
        _current(site, self.certificate.parent)
        os.kill(self.pid, signal.SIGHUP)

    def memory(self) -> int:
        """Bytes that all of its processes use, shared pages counted once (Linux; 0 elsewhere)."""
        with suppress(OSError):
            children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
            return sum(_proportional(pid) for pid in [str(self.pid), *children])
        return 0


def _proportional(pid: str) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


@contextmanager
def nginx(
    site: Path, *, shipped: bool = True, brotli: bool = True, beside: Path | None = None
) -> Iterator[Server]:
    """Serve a built site meanwhile: as `deploy/nginx` and `deploy/onion` say, or else as a plain folder.

    `beside` is the file of another site that is the default for port 80: nobody.conf then has port 443 alone.
    Raises Missing where nginx or openssl is not installed, RuntimeError where nginx does not start.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program or not MIME_TYPES.is_file():
        raise Missing("nginx")
    with tempfile.TemporaryDirectory(prefix="nginx-") as temporary:
        folder = Path(temporary)
        ports = free_ports(3)
        brotli = brotli and shipped and BROTLI.is_file()
        if shipped:
            _certificate(folder)
            include = _ship(site, folder, ports, brotli, beside)
        else:
            (folder / "plain.conf").write_text(_PLAIN.format(port=ports[2], root=site.resolve()))
            include = "plain.conf"
        (folder / "nginx.conf").write_text(_main(folder, include, brotli), encoding="utf-8")
        log = folder / "start.log"
        command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(log)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                _wait(process, ports[2], log)
                yield Server(
                    f"http://127.0.0.1:{ports[2]}",
                    f"https://{NAME}:{ports[1]}" if shipped else "",
                    f"http://{NAME}:{ports[0]}" if shipped else "",
                    folder / "certificate.pem", (folder / "access.log", folder / "error.log"),
                    process.pid, brotli,
                )  # fmt: skip
            finally:
                process.terminate()
                process.wait(10)


def _ship(site: Path, folder: Path, ports: list[int], brotli: bool, beside: Path | None) -> str:
    """Copy the shipped files with this test's places and ports in them; everything else stays as it is."""
    _current(site, folder)
    places = {
        "/srv/safe-site/": f"{folder}/",
        "/etc/nginx/safe-site/": f"{folder}/",
        f"/etc/letsencrypt/live/{NAME}/fullchain.pem": f"{folder}/certificate.pem",
        f"/etc/letsencrypt/live/{NAME}/privkey.pem": f"{folder}/key.pem",
        "listen 80": f"listen 127.0.0.1:{ports[0]}",
        "listen 443": f"listen 127.0.0.1:{ports[1]}",
        "listen 127.0.0.1:8088": f"listen 127.0.0.1:{ports[2]}",
    }
    files = [ROOT / "deploy" / name for name in SHIPPED]
    files += [ROOT / "deploy/nginx/brotli.conf"] if brotli else []
    files += [beside] if beside else []
    for file in files:
        name = "onion.conf" if "onion" in file.parts else file.name
        text = file.read_text(encoding="utf-8")
        if name == "onion.conf":  # beside server.conf, as its own comment says
            text = text.replace("include /srv/safe-site/current.nginx.conf;\n", "")
        for old, new in places.items():
            text = text.replace(old, new)
        lines = [line for line in text.splitlines() if "listen [::]" not in line]
        if beside and name == "nobody.conf":  # as README.md says
            lines = [line for line in lines if f":{ports[0]} " not in line]
        (folder / name).write_text("\n".join(lines) + "\n")
    return "; include ".join(["server.conf", "nobody.conf", "onion.conf", *([beside.name] if beside else [])])


def _current(site: Path, folder: Path) -> None:
    """What nginx is told of a build, put in place as one."""
    found = site_headers.policies(site)
    text = headers.nginx_site(str(site.resolve()), found, site_headers.not_found(site))
    (folder / "next.conf").write_text(text, encoding="utf-8")
    (folder / "next.conf").replace(folder / "current.nginx.conf")


def _main(folder: Path, include: str, brotli: bool) -> str:
    """What stands around: the part of nginx.conf that Debian ships, without its own sites."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    lines = [
        f"load_module {BROTLI};" if brotli else "",
        # Its workers must read folders that only the user who runs this may read.
        "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else "",
        f"daemon off; worker_processes 1; pid {folder}/pid;",
        f"error_log {folder}/error.log;",
        "events { worker_connections 512; }",
        f"http {{ access_log {folder}/access.log;",
        f"include {MIME_TYPES}; default_type application/octet-stream; sendfile on;",
        *(f"{kind}_temp_path {folder}/{kind};" for kind in kinds),
        f"include {include};", "}",
    ]  # fmt: skip
    return "\n".join([*filter(None, lines), ""])


def _certificate(folder: Path) -> None:
    openssl = shutil.which("openssl")
    if not openssl:
        raise Missing("openssl")
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(command, check=True, capture_output=True)


def free_ports(number: int) -> list[int]:
    """Ports of this computer that nobody listens at, none of those that systems give to whoever asks for any.

    Such a one may be given away again, to a browser's request, before the server that it is meant for starts.
    """
    found: dict[int, socket.socket] = {}
    with ExitStack() as held:
        while len(found) < number:
            port = secrets.choice(NEVER_GIVEN)
            with suppress(OSError):
                found[port] = held.enter_context(socket.create_server(("127.0.0.1", port)))
    return list(found)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(100):
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"nginx does not start: {log.read_text(encoding='utf-8') if log.is_file() else ''}")
