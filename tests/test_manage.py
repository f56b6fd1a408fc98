"""The one command: real runs in a copy of the project, and the ways in which a set-up can go wrong."""

from __future__ import annotations

import ast
import http.server
import importlib.util
import json
import os
import platform
import re
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import certifi
import pytest

import environment
from environment import ROOT

PARTS = (
    "docs",
    "overrides",
    "requirements",
    "scripts",
    "mkdocs.yml",
    "tests/package.json",
    "tests/package-lock.json",
)
OFFLINE = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_NO_CACHE_DIR": "1",
}
posix = pytest.mark.skipif(os.name == "nt", reason="sends a Unix signal")


def copy_of_project(folder: Path) -> Path:
    """The files that the commands need, and nothing that a first run makes."""
    for part in PARTS:
        source, target = ROOT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return folder


def start(root: Path, *words: str, env: dict[str, str] | None = None, **pipes: Any) -> subprocess.Popen[str]:
    """`manage.py` in a copy, run by the Python underneath ours, in a process group of its own."""
    command = [getattr(sys, "_base_executable", sys.executable), str(root / "scripts" / "manage.py"), *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL, **pipes}
    env = {**os.environ, **(env or {})}
    return subprocess.Popen(
        command, cwd=root, env=env, text=True, encoding="utf-8", start_new_session=True, **pipes
    )


def manage(root: Path, *words: str, **extra: str) -> tuple[int, str]:
    """Run `manage.py` to its end: exit code and all that it printed."""
    child = start(root, *words, env=extra)
    output, _ = child.communicate(timeout=300)
    return child.returncode, output


def one_line(output: str) -> str:
    """The last line, where nothing that is printed is a traceback."""
    assert "Traceback" not in output, output
    return output.strip().splitlines()[-1]


# The command line


def test_an_older_python_can_read_the_file_that_tells_it_so() -> None:
    ast.parse((ROOT / "scripts" / "manage.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize(
    "words",
    [
        "serve --port x",
        "serve --port 70000",
        "serve now",
        "build --language x",
        "build --out x",
        "build --output docs",
        "build --output mkdocs.yml",
        "build --output .",
        "build --output ..",
        "build --output requirements",
        "bild",
        "lock -x",
    ],
)
def test_wrong_arguments_are_one_line_before_anything_is_installed(tmp_path: Path, words: str) -> None:
    root = copy_of_project(tmp_path)
    code, output = manage(root, *words.split())
    assert code == 2
    assert output.count("\n") == 1
    assert output.startswith("manage.py")
    assert "--help" in output
    assert not (root / ".venv").exists()


def test_help_names_every_command() -> None:
    code, output = manage(ROOT, "--help")
    assert code == 0
    assert all(word in output for word in ("serve", "build", "test", "translations", "measure", "lock"))


# Whether .venv is whole, on made-up folders


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A project whose `.venv` looks whole for building and testing."""
    for name in ("requirements/build.lock", "requirements/test.lock", "tests/package-lock.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    venv = tmp_path / ".venv"
    packages = venv / ("Lib/site-packages" if os.name == "nt" else "lib/python3.11/site-packages")
    for folder in (packages / "mkdocs", environment.python_of(venv).parent, tmp_path / "tests/node_modules"):
        folder.mkdir(parents=True)
    environment.python_of(venv).touch()
    (venv / "pyvenv.cfg").write_text(f"home = {tmp_path}\n")
    (tmp_path / "tests/node_modules/.package-lock.json").touch()
    digests = {
        "build": "requirements/build.lock",
        "test": "requirements/test.lock",
        "node": "tests/package-lock.json",
    }
    stamp = {key: environment._digest(tmp_path / path) for key, path in digests.items()}
    stamp |= {"python": environment._this_python(), "packages": ["mkdocs"]}
    (venv / "stamp.json").write_text(json.dumps(stamp))
    return tmp_path


def test_a_whole_environment_is_left_alone(whole: Path) -> None:
    assert environment.missing(whole, tests=True) == ""


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda root: shutil.rmtree(root / ".venv"), "First run"),
        (lambda root: (root / ".venv/stamp.json").unlink(), "interrupted"),
        (lambda root: (root / ".venv/stamp.json").write_text('{"python'), "interrupted"),
        (lambda root: (root / ".venv/pyvenv.cfg").write_text("home = /no/such/python\n"), "is gone"),
        (lambda root: environment.python_of(root / ".venv").unlink(), "is gone"),
        (
            lambda root: environment.site_packages(root / ".venv").joinpath("mkdocs").rmdir(),
            "Packages are missing",
        ),
        (lambda root: (root / "requirements/build.lock").write_text("new"), "build.lock has changed"),
    ],
)
def test_harm_is_seen_at_the_next_start(whole: Path, harm, reason: str) -> None:
    harm(whole)
    assert reason in environment.missing(whole, tests=False)


def test_another_python_makes_it_anew(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "another")
    assert "another Python" in environment.missing(whole, tests=False)


def test_what_only_tests_need_does_not_hold_up_a_build(whole: Path) -> None:
    (whole / "requirements/test.lock").write_text("new")
    assert environment.missing(whole, tests=False) == ""
    assert "what the tests need" in environment.missing(whole, tests=True)


def test_an_interrupted_npm_is_seen(whole: Path) -> None:
    (whole / "tests/node_modules/.package-lock.json").unlink()
    assert environment.missing(whole, tests=False) == ""
    assert "Node packages" in environment.missing(whole, tests=True)


def test_a_python_without_venv_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements").mkdir()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(environment.Trouble, match="apt install python3-venv"):
        environment.ensure(tmp_path)


def test_lock_files_name_no_address() -> None:
    for name in ("requirements/build.lock", "requirements/test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|file:|^-|^\s+-[^-]", text.replace("    #   -", ""), re.M), name
        assert all("==" in line for line in text.splitlines() if re.match(r"\w", line))
    for package in json.loads((ROOT / "tests/package-lock.json").read_text())["packages"].values():
        assert package.get("resolved", "https://registry.npmjs.org/").startswith(
            "https://registry.npmjs.org/"
        )


def test_both_locks_agree() -> None:
    build, test = (
        set(re.findall(r"^\S+==\S+", (ROOT / f"requirements/{name}.lock").read_text(), re.M))
        for name in ("build", "test")
    )
    assert build <= test


# Real set-ups


@pytest.mark.slow
@pytest.mark.xdist_group("manage")
def test_without_a_network_the_first_run_says_so_in_one_line(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path)
    lock = root / "requirements" / "build.lock"
    lock.write_text(f"paginate==0.5.7 --hash=sha256:{'0' * 64}\n")
    code, output = manage(root, "build", **OFFLINE)
    assert code == 1
    assert "no network" in one_line(output)
    # And the next run begins from the start.
    lock.write_text("")
    code, output = manage(root, "build", **OFFLINE)
    assert code == 1
    assert "interrupted" in output
    assert "build.lock is missing or empty" in one_line(output)


@pytest.mark.slow
@pytest.mark.xdist_group("manage")
def test_a_package_that_is_not_the_locked_one_is_refused(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path)
    lock = root / "requirements" / "build.lock"
    paginate = re.search(r"^paginate==\S+", lock.read_text(), re.M)
    assert paginate
    lock.write_text(f"{paginate[0]} --hash=sha256:{'0' * 64}\n")
    code, output = manage(root, "build")
    assert code == 1
    assert "does not have the hash" in one_line(output)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy whose first run was interrupted and whose next two were started at the same time."""
    root = copy_of_project(tmp_path_factory.mktemp("checkout"))
    first = start(root, "build")
    assert first.stdout
    if os.name != "nt":
        said = ""
        while "packages from requirements/build.lock" not in said:
            said = first.stdout.readline()
            assert said, "the first run ended before it was interrupted"
        # Until packages are being put in place.
        packages = environment.site_packages(root / ".venv")
        assert packages
        before = len(list(packages.iterdir()))
        deadline = time.monotonic() + 120
        while len(list(packages.iterdir())) < before + 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        os.killpg(first.pid, signal.SIGINT)
    said, _ = first.communicate(timeout=120)
    (root / "first.txt").write_text(f"{first.returncode}\n{said}")
    (root / "left.txt").write_text(str((root / ".venv" / "stamp.json").exists()))
    # A first run of a command for programs, with settings of pip that would send its packages elsewhere.
    constraint, settings = root / "constraint.txt", root / "pip.conf"
    constraint.write_text("mkdocs==1.0\n")
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    kept = re.findall(r"^global\.(index-url|extra-index-url|find-links|cert)='(.*)'$", listed, re.M)
    lines = "".join(f"{key} = {value.replace(chr(92) + 'n', ' ')}\n" for key, value in kept)
    settings.write_text(f"[global]\n{lines}no-deps = no\n[install]\ntarget = {root / 'elsewhere'}\n")
    harmful = {
        "PIP_CONFIG_FILE": str(settings),
        "PIP_TARGET": str(root / "elsewhere"),
        "PIP_CONSTRAINT": str(constraint),
        "PIP_REQUIRE_VIRTUALENV": "1",
        "PIP_DRY_RUN": "1",
        "PYTHONSAFEPATH": "1",
    }
    with (root / "status.txt").open("w") as said:
        third = start(
            root, "translations", "status", "--json", stdout=subprocess.PIPE, stderr=said, env=harmful
        )
    deadline = time.monotonic() + 60
    while "making .venv" not in (root / "status.txt").read_text() and time.monotonic() < deadline:
        time.sleep(0.02)
    two = [start(root, "build", "--output", name) for name in ("one", "two")]
    (root / "status.json").write_text(third.communicate(timeout=300)[0])
    for name, child in zip(("one", "two"), two, strict=True):
        output, _ = child.communicate(timeout=300)
        (root / f"{name}.txt").write_text(f"{child.returncode}\n{output}")
    yield root
    shutil.rmtree(root, ignore_errors=True)


@posix
@pytest.mark.slow
@pytest.mark.xdist_group("manage")
def test_an_interrupted_set_up_says_so_in_one_line(checkout: Path) -> None:
    code, output = (checkout / "first.txt").read_text().split("\n", 1)
    assert code == "1"
    assert "stopped" in one_line(output)
    assert (checkout / "left.txt").read_text() == "False"


@pytest.mark.slow
@pytest.mark.xdist_group("manage")
def test_two_at_once_mend_it_together(checkout: Path) -> None:
    outputs = [(checkout / f"{name}.txt").read_text() for name in ("one", "two")]
    assert [output[0] for output in outputs] == ["0", "0"], outputs
    assert not [output for output in outputs if "making .venv" in output]
    for name in ("one", "two"):
        assert (checkout / name / "index.html").is_file()
    assert environment.missing(checkout, tests=False) == ""


@pytest.mark.slow
@pytest.mark.xdist_group("manage")
def test_a_first_run_prints_json_alone_whatever_pip_was_told(checkout: Path) -> None:
    """What set-up says goes to standard error; pip's settings for other projects lead nothing astray."""
    assert json.loads((checkout / "status.json").read_text())["languages"]
    said = (checkout / "status.txt").read_text()
    assert re.search(r"making \.venv anew.*Ready in \d+ s", said, re.S), said
    assert not (checkout / "elsewhere").exists()


CERTIFICATE = ROOT / "tests/fixtures/certificate.pem"


@pytest.mark.slow
@pytest.mark.xdist_group("manage")
def test_a_certificate_that_is_not_trusted_is_named(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As behind a company's proxy. With PIP_CERT the same command gets further."""
    (tmp_path / "one.lock").write_text(f"no-such==1 --hash=sha256:{'0' * 64}\n")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", certifi.where())
    monkeypatch.setenv("PIP_INDEX_URL", f"https://localhost:{server.server_port}/simple")

    def told() -> str:
        with (
            (tmp_path / "lock").open("wb") as lock,
            pytest.raises(environment.Trouble) as trouble,
        ):
            environment._install(tmp_path, checkout / ".venv", "one.lock", tmp_path / "log", lock)
        return str(trouble.value)

    assert re.search("does not trust the certificate.*PIP_CERT.*NODE_EXTRA_CA_CERTS", told())
    monkeypatch.setenv("PIP_CERT", str(CERTIFICATE))
    assert "does not trust" not in told()
    monkeypatch.setenv("PIP_CERT", str(tmp_path / "gone.pem"))
    assert "can't be read" in told()
    server.shutdown()
    server.server_close()


@pytest.mark.slow
@pytest.mark.xdist_group("manage")
def test_the_second_start_needs_no_network(
    checkout: Path, record_property: Callable[[str, object], None]
) -> None:
    began = time.monotonic()
    child = start(
        checkout,
        "build",
        "--output",
        "quick",
        "--language",
        "en",
        env={**OFFLINE, "HTTPS_PROXY": "http://127.0.0.1:9"},
    )
    while not list(checkout.glob(".site-*")) and child.poll() is None:
        time.sleep(0.01)
    taken = time.monotonic() - began
    output, _ = child.communicate(timeout=60)
    assert child.returncode == 0, output
    record_property("told", f"The second start began to build after {taken:.1f} s")


@pytest.mark.slow
@pytest.mark.xdist_group("manage")
def test_a_failed_build_leaves_the_last_good_site(checkout: Path) -> None:
    code, output = manage(checkout, "build", "--output", "good", "--language", "en")
    assert code == 0, output
    before = {path: path.read_bytes() for path in (checkout / "good").rglob("*") if path.is_file()}
    page = checkout / "docs" / "en" / "about.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\nCall {{ no.such.number }}.\n", encoding="utf-8")
    try:
        code, output = manage(checkout, "build", "--output", "good", "--language", "en")
    finally:
        page.write_text(text, encoding="utf-8")
    line = len(text.splitlines()) + 2
    assert code == 1
    assert "Traceback" not in output
    assert f"docs/en/about.md:{line}: error:" in output
    assert "no.such.number" in output
    assert {path: path.read_bytes() for path in (checkout / "good").rglob("*") if path.is_file()} == before
    assert not list(checkout.glob(".site-*"))
