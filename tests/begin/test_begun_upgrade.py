"""The site of another country takes a newer generator, and not a word of its own changes."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from countries import Sites

from safepage import cli

# Its source is Arabic. An upgrade knows no country.
COUNTRY = "Lebanon, with two emergency numbers and a chat"
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group(f"begun {COUNTRY}")]
NEXT = "9.9.0"
FOOTER = "safepage/theme/parts/footer/template.html"


def next_wheel(old: Path, folder: Path) -> Path:
    """The wheel of a site as the next version would be: another number, and a word more below each page."""
    made = folder / f"safepage-{NEXT}-py3-none-any.whl"
    version = old.name.split("-")[1]
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name.endswith(".dist-info/METADATA"):
                data = re.sub(rb"(?m)^Version: .*$", f"Version: {NEXT}".encode(), data)
            if name == FOOTER:
                text = data.decode().replace(
                    "{{ words.footer_note }}", "{{ words.footer_note }} {{ words.home }}"
                )
                assert text != data.decode()
                data = text.encode()
            after.writestr(name.replace(f"safepage-{version}.dist-info", f"safepage-{NEXT}.dist-info"), data)
    return made


def content(root: Path) -> dict[str, bytes]:
    files = [root / "mkdocs.yml", *(file for file in (root / "docs").rglob("*") if file.is_file())]
    return {str(file.relative_to(root)): file.read_bytes() for file in files}


def test_a_newer_generator_leaves_the_content_alone(
    begun_sites: Sites, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "site"
    shutil.copytree(
        begun_sites[COUNTRY].root,
        root,
        ignore=shutil.ignore_patterns("site", ".cache", ".venv", "overrides"),
    )
    (old,) = (root / "generator").glob("*.whl")
    page = next(file for file in sorted((root / "docs").glob("*/advice.md")))
    page.write_bytes(page.read_bytes() + b"\r\nOur own words.\r\n")
    before = content(root)
    assert cli.main(["upgrade", str(next_wheel(old, tmp_path))], root) == 0
    said = capsys.readouterr().out
    assert content(root) == before
    assert [file.name for file in (root / "generator").glob("*.whl")] == [f"safepage-{NEXT}-py3-none-any.whl"]
    assert f"safepage-{NEXT}" in (root / "generator/site.lock").read_text(encoding="utf-8")
    assert "frame: all" in said, "the pages that changed are listed"
