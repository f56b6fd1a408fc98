"""The same commit gives the same bytes, whoever builds it, where and when: anyone can check a served page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from running import COMMAND, environment_of
from small import Small, small_site

# What a project's site is made of.
MADE_OF = ("docs", "overrides", "scripts", "mkdocs.yml")

# Read by Python before anything else, in every process: another day, and one core in place of many.
ANOTHER_DAY = """
import datetime, os, time

AHEAD = 40 * 86400 + 43210
now, local, utc = time.time, time.localtime, time.gmtime
time.time = lambda: now() + AHEAD
time.localtime = lambda at=None: local(time.time() if at is None else at)
time.gmtime = lambda at=None: utc(time.time() if at is None else at)

class Date(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())

class DateTime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.utcfromtimestamp(time.time())

datetime.date, datetime.datetime = Date, DateTime
os.cpu_count = lambda: 1
"""
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",  # 14 hours ahead of UTC
    "LANG": "C",  # and no UTF-8 unless it is asked for
    "LC_ALL": "C",
    "LANGUAGE": "tr",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "PYTHONHASHSEED": "4711",
    "COLUMNS": "40",
}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its name in it."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("elsewhere")]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A site, built in this process."""
    site = small_site(tmp_path_factory.mktemp("here") / "project")
    assert site.build() == []
    return site


@pytest.fixture(scope="module")
def elsewhere(here: Small, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in another folder, time zone, locale and day, with other hash seeds; out: the built site."""
    project = tmp_path_factory.mktemp("elsewhere") / "Une copie – نسخة" / ("x" * 40)
    for name in MADE_OF:
        source = here.root / name
        skipped = shutil.ignore_patterns("__pycache__", ".cache")
        project.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=skipped)
        else:
            shutil.copy(source, project)
    (project / "day").mkdir()
    (project / "day/sitecustomize.py").write_text(ANOTHER_DAY, encoding="utf-8")
    env = environment_of(project, project / "day", **ELSEWHERE)
    command = [*COMMAND, "build", "--plain", "--output", str(project / "site")]
    done = subprocess.run(command, cwd="/", env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return project / "site"


def test_the_same_bytes_elsewhere(here: Small, elsewhere: Path) -> None:
    """Pages, map and pictures alike; of the copies `test_compressed.py` sees it."""
    ours, theirs = contents(here.root / "site"), contents(elsewhere)
    for built in (ours, theirs):
        built.pop(".written", None)
    assert sorted(ours) == sorted(theirs)
    assert [name for name in sorted(ours) if ours[name] != theirs[name]] == []


def test_the_other_day_was_another_day(elsewhere: Path) -> None:
    """Else the test above would prove little: in the copy's Python it is more than a month later."""
    project = elsewhere.parent
    script = "import datetime, os, time; print(datetime.date.today(), int(time.time()), os.cpu_count())"
    outputs = []
    for path in ("", str(project / "day")):
        env = {**os.environ, "PYTHONPATH": path}
        command = [sys.executable, "-c", script]
        outputs.append(subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout)
    (day, now, _), (later_day, later, cores) = (output.split() for output in outputs)
    assert day < later_day
    assert int(later) - int(now) > 30 * 86400
    assert cores == "1"
