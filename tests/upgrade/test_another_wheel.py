"""Where nothing but the generator is another one, `.venv` takes it in without the network."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from safepage.launcher import environment
from safepage.launcher.venv import site_packages

pytestmark = pytest.mark.slow


def wheel(folder: Path, version: str, says: str) -> Path:
    """A wheel with a module that says something."""
    info = f"safepage-{version}.dist-info"
    files = {
        "safepage/__init__.py": f"print({says!r})\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: safepage\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: us\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    file = folder / f"safepage-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return file


def locked(root: Path, made: Path, *, rest: str = "") -> None:
    """Have the locks of a site name the wheel."""
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    for name in ("site.lock", "tests.lock"):
        text = f"# locked\n./generator/{made.name} \\\n    --hash=sha256:{digest}\n{rest}"
        (root / "generator" / name).write_text(text, encoding="utf-8")


def said(root: Path) -> str:
    """What the generator in `.venv` says."""
    python = str(environment.ensure(root))
    return subprocess.run(
        [python, "-I", "-c", "import safepage"], capture_output=True, text=True, check=True
    ).stdout


def test_only_the_wheel_is_put_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    root = tmp_path / "a sité"
    (root / "generator").mkdir(parents=True)
    locked(root, wheel(root / "generator", "1.0", "the first"))
    assert said(root) == "the first\n"
    packages = site_packages(root / ".venv")
    assert packages
    (packages / "mark.txt").write_text("the same environment", encoding="utf-8")
    locked(root, wheel(root / "generator", "1.1", "the next"), rest="# a remark\n")
    assert "The generator is another one" in environment.missing(root, tests=False)
    assert said(root) == "the next\n"
    assert environment.missing(root, tests=False) == ""
    assert [info.name for info in packages.glob("safepage-*")] == ["safepage-1.1.dist-info"]
    locked(root, wheel(root / "generator", "1.1", "made anew"))
    assert said(root) == "made anew\n"
    assert (packages / "mark.txt").exists()
    locked(root, wheel(root / "generator", "1.2", "never"), rest="another==1 --hash=sha256:00\n")
    assert "site.lock has changed" in environment.missing(root, tests=False), "all of it is made anew"
