"""A build that replaces a site takes over what is the same, and leaves the old one's files as they were."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from safepage.output.standing import Standing
from small import small_site


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != ".written"
    }


def test_a_copy_of_the_old_site_by_second_names_stays_the_old_site(tmp_path: Path) -> None:
    """As `cp -al site backup`, or on a host that keeps the last ten sites."""
    site = small_site(tmp_path / "project")
    site.build(compressed=True)
    for file in site.output.rglob("*"):
        copy = tmp_path / "backup" / file.relative_to(site.output)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if file.is_file():
            os.link(file, copy)
    before = contents(tmp_path / "backup")
    site.append("docs/nl/advice.md", "Nog een zin.")
    site.build(compressed=True)
    assert contents(tmp_path / "backup") == before
    now = contents(site.output)
    other = {name for name in now if now[name] != before.get(name)}
    assert "nl/advice/index.html" in other
    assert "nl/advice/index.html.gz" in other
    made = {*other, "contributors/index.html"}  # which shows every page, and comes out the same
    same = [name for name in now if name not in made and name.endswith((".html", ".gz", ".pf_fragment"))]
    assert len(same) > 20
    for name in now.keys() & before.keys():
        kept = (site.output / name).samefile(tmp_path / "backup" / name)
        assert kept or name not in same, name
        assert not kept or name not in other, name


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_what_is_no_new_file_in_all_but_its_bytes_is_written(tmp_path: Path) -> None:
    """Rights that were mended by another umask stay mended; a link in the old site leads nowhere."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    (tmp_path / "like").write_bytes(b"")
    standing = Standing.of(old, tmp_path / "like")
    for name, made in {"same": True, "closed": False, "link": False, "missing": False}.items():
        if name != "missing":
            (old / name).write_bytes(b"words")
        if name == "closed":
            (old / name).chmod(0o600)
        if name == "link":
            (old / name).rename(tmp_path / "elsewhere")
            (old / name).symlink_to(tmp_path / "elsewhere")
        standing.lay(new / name, name, b"words")
        assert (new / name).read_bytes() == b"words"
        assert not (new / name).is_symlink()
        assert (new / name).stat().st_mode == (tmp_path / "like").stat().st_mode
        assert ((old / name).exists() and (new / name).samefile(old / name)) == made, name


def test_a_file_that_is_laid_twice_leaves_the_old_one_alone(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    standing = Standing.of(tmp_path, tmp_path / "old")
    standing.lay(tmp_path / "new", "old", b"old")
    standing.lay(tmp_path / "new", "old", b"new")
    assert (tmp_path / "old").read_bytes() == b"old"
    assert (tmp_path / "new").read_bytes() == b"new"
