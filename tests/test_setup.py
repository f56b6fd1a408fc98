"""Real set-ups, with two tiny packages from an index of our own.

The whole of requirements/ is what these tests themselves run in.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import io
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import certifi
import pytest

from environment import ROOT
from safepage.launcher import environment, installing
from safepage.launcher.venv import Trouble, site_packages
from test_manage import copy_of_project, one_line, posix, start

# What stands in for the generator: it says where it runs, and with what.
COMMAND = """
import importlib.metadata, json, sys
found = {name: importlib.metadata.version(name) for name in ("one", "two")}
told = {"words": sys.argv[1:], "prefix": sys.prefix, "again": sys.dont_write_bytecode, "packages": found}
print(json.dumps(told))
"""
OFFLINE = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "HTTPS_PROXY": "http://127.0.0.1:9"}


class Index(http.server.ThreadingHTTPServer):
    """An index of packages, as pip asks for it. It hands out files when `open` is set; else pip waits."""

    daemon_threads = True

    def __init__(self, wheels: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.wheels = wheels
        self.open, self.asked = threading.Event(), threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.settings = {
            "PIP_INDEX_URL": f"http://127.0.0.1:{self.server_port}/simple",
            "PIP_EXTRA_INDEX_URL": "",
            "PIP_FIND_LINKS": "",
            "PIP_NO_CACHE_DIR": "1",
            "NO_PROXY": "127.0.0.1",
        }

    def lock(self) -> str:
        """The lock file of its packages."""
        hashes = {name: hashlib.sha256(wheel).hexdigest() for name, wheel in self.wheels.items()}
        return "".join(f"{name}==1.0 \\\n    --hash=sha256:{hashes[name]}\n" for name in self.wheels)


class Answer(http.server.BaseHTTPRequestHandler):
    server: Index

    def do_GET(self) -> None:
        name = self.path.strip("/").split("/")[1].split("-")[0]
        body = f'<a href="/files/{name}-1.0-py3-none-any.whl">{name}</a>'.encode()
        if self.path.startswith("/files/"):
            self.server.asked.set()
            self.server.open.wait(60)
            body = self.server.wheels[name]
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):  # whoever asked has been stopped
            self.wfile.write(body)

    def log_message(self, format: str, *words: Any) -> None:
        """Tests are quiet."""


def wheel(name: str, program: str = "") -> bytes:
    """A package with nothing in it, or with a program of the same name."""
    files = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "".join(f"{name}-1.0.dist-info/{file},,\n" for file in ("METADATA", "WHEEL", "RECORD")),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        if program:
            entry = zipfile.ZipInfo(f"{name}-1.0.data/scripts/{name}")
            entry.external_attr = 0o100755 << 16
            archive.writestr(entry, program)
            files["RECORD"] += f"{name}-1.0.data/scripts/{name},,\n"
        for file, text in files.items():
            archive.writestr(f"{name}-1.0.dist-info/{file}", text)
    return packed.getvalue()


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    server = Index({name: wheel(name) for name in ("one", "two")})
    yield server
    server.open.set()
    server.shutdown()
    server.server_close()


@dataclass
class Checkout:
    """A copy of the project and what its first runs printed.

    The first was interrupted; the second and two more were started at the same time, with settings of pip
    that would send its packages elsewhere.
    """

    root: Path
    interrupted: tuple[int, str]
    stamped: bool
    third: tuple[int, str, str]
    others: list[tuple[int, str]]


@pytest.fixture(scope="module")
def checkout(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    root = copy_of_project(tmp_path_factory.mktemp("a check-out é"))
    (root / "scripts/safepage/__main__.py").write_text(COMMAND, encoding="utf-8")
    (root / "requirements/build.lock").write_text(index.lock(), encoding="utf-8")
    index.open.set()
    interrupted = interrupt(root, index)
    stamped = (root / ".venv/stamp.json").exists()

    constraint, settings, said = root / "constraint.txt", root / "pip.conf", root / "said.txt"
    constraint.write_text("one==2.0\n", encoding="utf-8")
    lines = f"index-url = {index.settings['PIP_INDEX_URL']}\nno-deps = no\n"
    settings.write_text(f"[global]\n{lines}[install]\ntarget = {root / 'elsewhere'}\n", encoding="utf-8")
    harmful = {
        "PIP_CONFIG_FILE": str(settings),
        "PIP_TARGET": str(root / "elsewhere"),
        "PIP_CONSTRAINT": str(constraint),
        "PIP_REQUIRE_VIRTUALENV": "1",
        "PIP_DRY_RUN": "1",
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with said.open("w", encoding="utf-8") as errors:
        words = ("translations", "status", "--json")
        third = start(root, *words, stdout=subprocess.PIPE, stderr=errors, env={**index.settings, **harmful})
    while "making .venv" not in said.read_text(encoding="utf-8") and third.poll() is None:
        time.sleep(0.02)
    two = [start(root, "build", "--output", name, env=index.settings) for name in ("one", "two")]
    printed = third.communicate(timeout=300)[0]
    others = [(child.communicate(timeout=300)[0], child) for child in two]
    yield Checkout(
        root,
        interrupted,
        stamped,
        (third.returncode, printed, said.read_text(encoding="utf-8")),
        [(child.returncode, output) for output, child in others],
    )
    shutil.rmtree(root, ignore_errors=True)


def interrupt(root: Path, index: Index) -> tuple[int, str]:
    """Press Ctrl-C while packages are being fetched: the exit code, and all that is printed."""
    if os.name == "nt":
        return 1, ""
    index.open.clear()
    index.asked.clear()
    child = start(root, "build", env=index.settings)
    index.asked.wait(120)
    os.killpg(child.pid, signal.SIGINT)
    output, _ = child.communicate(timeout=120)
    index.open.set()
    return child.returncode, output


together = pytest.mark.xdist_group("manage")


@pytest.mark.slow
@together
def test_a_package_that_is_not_the_locked_one_is_refused(
    index: Index, checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in index.settings.items():
        monkeypatch.setenv(name, value)
    other = re.sub("sha256:.*", f"sha256:{'0' * 64}", index.lock())
    (tmp_path / "other.lock").write_text(other, encoding="utf-8")
    with (tmp_path / "lock").open("wb") as held, pytest.raises(Trouble, match="does not have the hash"):
        installing.install(
            tmp_path, checkout.root / ".venv", "other.lock", tmp_path / "log", held, "--force-reinstall"
        )


@posix
@pytest.mark.slow
@together
def test_an_interrupted_set_up_says_so_in_one_line(checkout: Checkout) -> None:
    code, output = checkout.interrupted
    assert code == 1
    assert "First run: making .venv" in output
    assert "stopped" in one_line(output)
    assert not checkout.stamped
    assert "The last set-up was interrupted: making .venv anew" in checkout.third[2]


@pytest.mark.slow
@together
def test_a_first_run_prints_json_alone_whatever_pip_was_told(checkout: Checkout) -> None:
    """What set-up says goes to standard error; pip's settings for other projects lead nothing astray."""
    code, printed, said = checkout.third
    assert code == 0, said
    found = json.loads(printed)
    assert found["words"] == ["translations", "status", "--json"]
    assert Path(found["prefix"]) == checkout.root / ".venv"
    assert found["packages"] == {"one": "1.0", "two": "1.0"}
    assert not found["again"]  # each start would read all of the code anew
    assert re.search(r"making \.venv.*2 packages.*Ready in \d+ s", said, re.S), said
    assert not (checkout.root / "elsewhere").exists()


@pytest.mark.slow
@together
def test_two_more_at_the_same_time_wait_for_it(checkout: Checkout) -> None:
    assert [code for code, _ in checkout.others] == [0, 0], checkout.others
    assert not [output for _, output in checkout.others if "making .venv" in output]
    assert [json.loads(output.splitlines()[-1])["words"][-1] for _, output in checkout.others] == [
        "one",
        "two",
    ]
    assert environment.missing(checkout.root, tests=False) == ""


@posix
@pytest.mark.slow
@together
def test_uv_is_asked_first_where_the_lock_names_it_and_pip_where_it_fails(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said"
    uv = f'#!/bin/sh\necho "$@" "$UV_DEFAULT_INDEX" >> {said}\nexit 2\n'
    index = Index({name: wheel(name, program) for name, program in {"three": "", "uv": uv}.items()})
    index.open.set()
    try:
        for name, value in index.settings.items():
            monkeypatch.setenv(name, value)
        (tmp_path / ".cache").mkdir()
        (tmp_path / "test.lock").write_text(index.lock(), encoding="utf-8")
        with (tmp_path / "lock").open("wb") as held:
            installing.install(tmp_path, checkout.root / ".venv", "test.lock", tmp_path / "log", held)
    finally:
        index.shutdown()
        index.server_close()
    asked = f"--require-hashes --no-deps --only-binary=:all: -r {tmp_path / 'test.lock'}"
    assert said.read_text().endswith(f"{asked} {index.settings['PIP_INDEX_URL']}\n")
    assert (site_packages(checkout.root / ".venv") or tmp_path).joinpath("three-1.0.dist-info").is_dir()


CERTIFICATE = ROOT / "tests/fixtures/certificate.pem"


@pytest.mark.slow
@together
def test_why_packages_can_not_be_had_is_told_by_its_true_reason(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No network; a certificate that is not trusted, as behind a company's proxy, and what then helps."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_RETRIES", "0")
    (tmp_path / "one.lock").write_text(f"no-such==1 --hash=sha256:{'0' * 64}\n")
    (tmp_path / "empty.lock").write_text("")

    def told(lock: str) -> str:
        with (tmp_path / "lock").open("wb") as held, pytest.raises(Trouble) as trouble:
            installing.install(tmp_path, checkout.root / ".venv", lock, tmp_path / "log", held)
        return str(trouble.value)

    assert "empty.lock is missing or empty" in told("empty.lock")
    monkeypatch.setenv("PIP_INDEX_URL", OFFLINE["PIP_INDEX_URL"])
    assert "no network" in told("one.lock")

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", certifi.where())
    monkeypatch.setenv("PIP_INDEX_URL", f"https://localhost:{server.server_port}/simple")
    try:
        assert re.search("does not trust the certificate.*PIP_CERT.*NODE_EXTRA_CA_CERTS", told("one.lock"))
        monkeypatch.setenv("PIP_CERT", str(CERTIFICATE))  # the same command gets further
        assert "does not trust" not in told("one.lock")
        monkeypatch.setenv("PIP_CERT", str(tmp_path / "gone.pem"))
        assert "can't be read" in told("one.lock")
    finally:
        server.shutdown()
        server.server_close()


@posix
@pytest.mark.slow
def test_the_environment_of_another_project_behind_a_link_stays_as_it_is(tmp_path: Path) -> None:
    """As where somebody works in two copies of a project, and the other one's packages were changed."""
    other, root = tmp_path / "other", tmp_path / "root"
    (root / "requirements").mkdir(parents=True)
    (root / "requirements/build.lock").write_text("", encoding="utf-8")
    (root / ".cache").mkdir()
    other.mkdir()
    (other / "stamp.json").write_text('{"python": "another"}', encoding="utf-8")
    (root / ".venv").symlink_to(other, target_is_directory=True)
    with pytest.raises(Trouble, match=r"build\.lock is missing or empty"):
        environment.ensure(root)
    assert [file.name for file in other.iterdir()] == ["stamp.json"]
    assert (root / ".venv/pyvenv.cfg").is_file()
    assert not (root / ".venv").is_symlink()


@pytest.mark.slow
def test_the_second_start_needs_no_network(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """In the very environment that the tests run in; what it builds is shown by other tests."""
    assert environment.missing(ROOT, tests=False) == ""
    began = time.monotonic()
    child = start(
        ROOT, "build", "--plain", "--output", str(tmp_path / "site"), "--language", "en", env=OFFLINE
    )
    while not list(tmp_path.iterdir()) and child.poll() is None:
        time.sleep(0.01)
    taken = time.monotonic() - began
    builds = list(tmp_path.iterdir())
    child.terminate()
    output, _ = child.communicate(timeout=120)
    assert builds, output
    assert "Ready" not in output
    record_property("told", f"The second start began to build after {taken:.1f} s")
