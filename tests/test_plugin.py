"""MkDocs's own commands with the plugin: the same pages, in lines what is wrong, and what they leave out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from safepage.launcher.venv import child_environment
from safepage.plugin import LEFT_OUT
from small import Small, small_site, with_languages


def mkdocs(site: Small, *words: str) -> subprocess.CompletedProcess[str]:
    """MkDocs's command in a site's folder, with nothing but the `.venv` to find the generator by."""
    env = {key: value for key, value in child_environment(site.root).items() if key != "PYTHONPATH"}
    command = [sys.executable, "-P", "-m", "mkdocs", *words]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    return subprocess.run(command, cwd=site.root, env=env, check=False, timeout=120, **pipes)


@pytest.fixture
def site(tmp_path: Path) -> Small:
    return small_site(tmp_path / "project")


@pytest.mark.slow
def test_mkdocs_build_makes_the_same_pages_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    site = small_site(tmp_path / "project", with_languages({"ckb": "کوردیی ناوەندی"}))
    done = mkdocs(site, "build", "--site-dir", "plain")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(LEFT_OUT) == 1
    assert site.build() == []
    ours = {n: data for n, data in site.files().items() if not n.startswith(("pagefind/", ".written"))}
    theirs = {name: (site.root / "plain" / name).read_bytes() for name in ours}
    assert [name for name in ours if theirs[name] != ours[name]] == []
    html = {
        file.relative_to(site.root / "plain").as_posix() for file in (site.root / "plain").rglob("*.html")
    }
    assert html == {name for name in ours if name.endswith(".html")}


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        ("docs/contacts.yml", "02 511 64 64", "02 511", ["02 511"]),
        (
            "docs/en/about.md",
            "It asks for nothing",
            "[It](nowhere.md) asks for nothing {{ no.such }}",
            ["nowhere.md", "no.such"],
        ),
        ("docs/ar/about.md", "لا يسأل", "{{ no.such }} لا يسأل", ["no.such"]),
    ],
)
def test_a_fault_ends_mkdocs_build_in_lines(
    site: Small, path: str, old: str, new: str, says: list[str]
) -> None:
    line = site.change(path, old, new)
    done = mkdocs(site, "build", "--site-dir", "plain")
    assert done.returncode == 1
    assert "Traceback" not in done.stdout
    told = [text for text in done.stdout.splitlines() if text.startswith(f"{path}:{line}: error: ")]
    assert all(any(word in text for text in told) for word in says), done.stdout
    assert LEFT_OUT not in done.stdout


def test_a_broken_template_ends_mkdocs_build_in_a_line(site: Small) -> None:
    theme = (site.root / "overrides").resolve()
    (site.root / "overrides").unlink()
    shutil.copytree(theme, site.root / "overrides")
    site.change("overrides/base.html", "{% endblock", "{% endblok")
    done = mkdocs(site, "build", "--site-dir", "plain")
    assert done.returncode == 1
    assert "overrides/base.html:" in done.stdout
    assert "Traceback" not in done.stdout


@pytest.mark.slow
def test_several_sites_in_one_process_know_nothing_of_each_other(tmp_path: Path) -> None:
    first = small_site(tmp_path / "first")
    second = small_site(tmp_path / "second", {"docs/nl/about.md": None})
    first.append("docs/en/about.md", "Call {{ no.such }}.")
    wrong = [line for line in first.build() if ": error: " in line]
    assert len(wrong) == 1
    assert second.build() == []
    assert [line for line in first.build() if ": error: " in line] == wrong
    first.change("docs/en/about.md", "{{ no.such }}", "{{ police.phone }}")
    assert not [line for line in first.build() if ": error: " in line]
    assert "101" in first.page("about").css_first("article").text()
    assert "101" not in second.page("about").css_first("article").text()
