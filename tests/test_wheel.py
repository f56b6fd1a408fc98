"""The generator as a wheel: from docs/ and mkdocs.yml alone it makes the same site, byte for byte."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import engines
from environment import ROOT
from safepage.begin import generator
from safepage.launcher.venv import python_of, site_packages
from small import Small, small_site

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]
NEEDED = (
    *(
        "scripts/safepage",
        "overrides",
        "docs",
        "requirements",
        "pyproject.toml",
        "mkdocs.yml",
        "deploy",
        ".github/workflows",
    ),
    *("README.md", "CONTRIBUTING.md", "TRANSLATING.md", "LICENSE", "LICENSE-TEXT"),
)


def wheel(project: Path, folder: Path) -> Path:
    """The wheel that `pip wheel` makes of a project."""
    command = [sys.executable, "-m", "pip", "wheel", str(project), "--no-deps", "--no-build-isolation"]
    options = ["--quiet", "--disable-pip-version-check", "--no-index", "--wheel-dir", str(folder)]
    subprocess.run([*command, *options], check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not importlib.util.find_spec("hatchling"):
        engines.absent("hatchling", "Run: python3 scripts/manage.py test")
    return wheel(ROOT, tmp_path_factory.mktemp("wheel"))


def test_it_is_the_same_twice_wherever_it_is_made(made: Path, tmp_path: Path) -> None:
    copy = tmp_path / "Une copie – نسخة"
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name)  # with whatever Python has left in it
        elif source.is_file():
            copy.mkdir(exist_ok=True)
            shutil.copy(source, copy / name)
    for file in copy.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    assert wheel(copy, tmp_path / "again").read_bytes() == made.read_bytes()


def test_it_holds_the_generator_its_theme_and_what_a_site_begins_with(made: Path) -> None:
    names = zipfile.ZipFile(made).namelist()
    own = {name.partition("/")[2] for name in names if name.startswith("safepage/")}
    assert {"plugin.py", "theme/mkdocs_theme.yml", "theme/base.html", "theme/style/palette.css"} <= own
    assert {
        "texts/contacts.yml",
        "texts/nl/.confirmed/index.yml",
        "locks/build.lock",
        "locks/checks.lock",
    } <= own
    assert [name for name in names if not name.startswith(("safepage/", "safepage-"))] == []
    assert [name for name in names if "__pycache__" in name or "docs/" in name] == []


def test_the_one_that_a_site_begins_with_is_the_same(made: Path, tmp_path: Path) -> None:
    """It is packed without a tool, so that beginning needs nothing but what building needs."""
    name, packed = generator.made()
    assert name == made.name
    (tmp_path / name).write_bytes(packed)
    ours, theirs = zipfile.ZipFile(tmp_path / name), zipfile.ZipFile(made)
    told_otherwise = {file for file in theirs.namelist() if file.endswith(("/METADATA", "/WHEEL", "/RECORD"))}
    assert ours.namelist()[-1].endswith(".dist-info/RECORD")
    assert set(ours.namelist()) == set(theirs.namelist())
    wrong = [file for file in ours.namelist() if ours.read(file) != theirs.read(file)]
    assert set(wrong) <= told_otherwise
    assert needs(ours) == needs(theirs)


def needs(wheel: zipfile.ZipFile) -> set[str]:
    """What a wheel says of itself that installers heed."""
    (name,) = (file for file in wheel.namelist() if file.endswith("/METADATA"))
    lines = wheel.read(name).decode().replace("ruamel-yaml", "ruamel.yaml").splitlines()
    return {line.lower() for line in lines if line.startswith(("Name", "Version", "Requires", "Provides"))}


def test_content_and_the_wheel_are_the_same_site(made: Path, tmp_path: Path) -> None:
    """In an environment of its own, outside the repository, where the repository's code can't be found."""
    site = small_site(tmp_path / "here")
    assert site.build(compressed=True) == []
    content = tmp_path / "Ein Ordner – مجلد"
    shutil.copytree(site.root / "docs", content / "docs")
    shutil.copy(site.root / "mkdocs.yml", content)
    home = tmp_path / "environment"
    venv.create(home, symlinks=os.name != "nt")
    ours, packages = site_packages(Path(sys.prefix)), site_packages(home)
    assert ours
    assert packages
    # What the generator needs is there already; the repository's own .pth is not read.
    (packages / "needs.pth").write_text(f"{ours}\n", encoding="utf-8")
    zipfile.ZipFile(made).extractall(packages)
    # As whoever installs leaves word of itself.
    record = next(packages.glob("safepage-*.dist-info/RECORD"))
    record.with_name("INSTALLER").write_text("somebody", encoding="utf-8")
    with record.open("a", encoding="utf-8") as listed:
        listed.write(f"{record.parent.name}/INSTALLER,,\n")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "SAFEPAGE"))}
    run = [str(python_of(home)), "-P", "-m", "safepage"]
    code = """import pathlib, safepage.plugin, safepage.theme, sys; from safepage.begin import generator
pathlib.Path(sys.argv[1]).write_bytes(generator.made()[1])
print(safepage.plugin.__file__, safepage.theme.__file__)"""
    words = [*run[:2], "-c", code, str(tmp_path / "again.whl")]  # of the installed one
    found = subprocess.run(words, env=kept, cwd=content, capture_output=True, check=True)
    assert found.stdout.decode().count(str(packages)) == 2
    assert set(zipfile.ZipFile(tmp_path / "again.whl").namelist()) == set(zipfile.ZipFile(made).namelist())
    done = subprocess.run([*run, "build"], env=kept, cwd=content, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not (content / "overrides").exists()
    theirs, ours_built = Small(content).files(), site.files()
    assert theirs.keys() == ours_built.keys()
    assert [name for name, data in ours_built.items() if theirs[name] != data] == []
    # A file of the site's own is laid over the theme.
    (content / "overrides/parts/footer").mkdir(parents=True)
    (content / "overrides/parts/footer/template.html").write_text(
        "<footer>Our own</footer>", encoding="utf-8"
    )
    done = subprocess.run(
        [*run, "build", "--plain"], env=kept, cwd=content, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Our own" in (content / "site/index.html").read_text(encoding="utf-8")
