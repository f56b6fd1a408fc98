"""Starts Caddy on this computer alone with what `deploy/` ships, for the tests and for the load run."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from safepage.making.repository import ROOT
from safepage.making.webserver import NAME, Missing, free_ports
from safepage.output import header_files as site_headers
from safepage.output import headers

_OWN = "\tadmin unix/{folder}/admin.sock\n\tlocal_certs\n\tskip_install_trust\n\tdefault_bind 127.0.0.1\n"
_OWN += "\thttp_port {http}\n\thttps_port {https}\n"


@dataclass(frozen=True)
class Caddy:
    """A running Caddy: its addresses, what clients must trust, and `written`, all that it writes down."""

    web: str
    redirect: str
    certificate: Path
    written: Path
    folder: Path
    program: str

    def swap(self, site: Path) -> None:
        """Put another build in the place of the one that is served, as the guide has it."""
        _current(site, self.folder)
        _run([self.program, "reload", "--address", f"unix/{self.folder}/admin.sock", *_config(self.folder)])


@contextmanager
def caddy(site: Path) -> Iterator[Caddy]:
    """Serve a built site meanwhile, as `deploy/caddy` says but for ports, places and who signs.

    Raises Missing where Caddy is not installed, RuntimeError where it does not start.
    """
    program = shutil.which("caddy")
    if not program:
        raise Missing("Caddy")
    with tempfile.TemporaryDirectory(prefix="caddy-") as temporary:
        folder = Path(temporary)
        http, https = free_ports(2)
        _current(site, folder)
        shutil.copy(ROOT / "deploy/caddy/headers.caddy", folder)
        text = (ROOT / "deploy/caddy/Caddyfile").read_text(encoding="utf-8")
        own = _OWN.format(folder=folder, http=http, https=https)
        for old, new in {
            "/etc/caddy/": f"{folder}/",
            "/srv/safe-site/": f"{folder}/",
            "\n{\n": f"\n{{\n{own}",  # the first alone stands at the start of a line
        }.items():
            assert old in text
            text = text.replace(old, new)
        (folder / "Caddyfile").write_text(text, encoding="utf-8")
        root = folder / "data/caddy/pki/authorities/local/root.crt"
        env = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
        running = Caddy(
            f"https://{NAME}:{https}", f"http://{NAME}:{http}", root, folder / "written", folder, program
        )
        with (
            running.written.open("wb") as written,
            subprocess.Popen(
                [program, "run", *_config(folder)], env=env, stdout=written, stderr=written
            ) as process,
        ):
            try:
                _wait(process, running, https)
                yield running
            finally:
                process.terminate()
                process.wait(20)


def _config(folder: Path) -> list[str]:
    return ["--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def _current(site: Path, folder: Path) -> None:
    """What Caddy is told of a build, put in place as one."""
    text = headers.caddy_site(str(site.resolve()), site_headers.policies(site), site_headers.not_found(site))
    (folder / "next.caddy").write_text(text, encoding="utf-8")
    (folder / "next.caddy").replace(folder / "current.caddy")


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=30)


def _wait(process: subprocess.Popen[bytes], running: Caddy, port: int) -> None:
    """Until it speaks TLS: its certificate is made after its start."""
    for _ in range(400):
        try:
            context = ssl.create_default_context(cafile=str(running.certificate))
            with (
                socket.create_connection(("127.0.0.1", port), timeout=10) as connection,
                context.wrap_socket(connection, server_hostname=NAME),
            ):
                return
        except OSError:
            if process.poll() is not None:
                break
        time.sleep(0.05)
    raise RuntimeError(f"Caddy does not start: {running.written.read_text(encoding='utf-8')}")
