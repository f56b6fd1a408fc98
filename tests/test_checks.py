"""The checks hold for any site, here one of a few lines: Arabic alone, in a folder of its host, no centres.

They pass on it as it is built, and each fails where its promise is broken.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

import small
from environment import ROOT
from running import COMMAND, environment_of
from safepage.checks.pages import Built, makes

pytestmark = pytest.mark.slow

CONTACTS = 'emergency: {phone: "112", source: be.brussels, checked: 2026-11-24}\n'
HOME = """\
# هل يتعرّض شخص ما للاستغلال؟

يعرّفكم هذا الموقع بالعلامات وبمن يمكنه المساعدة.

## من أين تبدؤون؟ {#routes}

- [**بعض النصائح**](advice.md) الثقة تحتاج إلى وقت.
"""
ADVICE = """\
# بعض النصائح

تحدّثوا مع الشخص على انفراد. في حالة الخطر اتصلوا بالرقم {{ emergency.phone }}.
"""


def any_site(root: Path) -> Path:
    """Write the site."""
    settings = yaml.safe_load(small.defaults()["mkdocs.yml"])
    settings["site_url"] = "https://www.our-name.org/help/"
    settings["nav"] = ["index.md", {"Main": ["advice.md", "contact.md"]}]

    def arabic_alone(value: object) -> object:
        """The settings without other languages, wherever they stand."""
        if isinstance(value, dict):
            if set(value) >= {"en", "nl", "ar"}:
                return {"ar": value["ar"]}
            return {key: arabic_alone(inner) for key, inner in value.items() if key != "pictograms"}
        if isinstance(value, list):
            if value and isinstance(value[0], dict) and "locale" in value[0]:
                return [{**entry, "default": True} for entry in value if entry["locale"] == "ar"]
            return [arabic_alone(inner) for inner in value]
        return value

    files = {
        "mkdocs.yml": yaml.safe_dump(arabic_alone(settings), allow_unicode=True),
        "docs/contacts.yml": CONTACTS,
        "docs/ar/interface.yml": small.defaults()["docs/ar/interface.yml"],
        "docs/ar/index.md": small.with_head(HOME),
        "docs/ar/advice.md": small.with_head(ADVICE),
        "docs/ar/contact.md": small.with_head(
            "# جهات الاتصال\n\nاتصلوا بالرقم {{ emergency.phone }}.\n\n## من يساعد؟ {#centres}\n\nالشرطة.\n"
        ),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for name in small.MADE_OF:
        (root / name).symlink_to(ROOT / name)
    return root


def checked(*words: str, cwd: Path) -> tuple[int, str]:
    """A command's exit code and all that it printed, on a machine where a tool may be missing."""
    env = {key: value for key, value in environment_of(cwd).items() if key != "CI"}
    done = subprocess.run(
        [*words],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


NOISE = "".join(f"{number * 2654435761 % 2**32:08x}" for number in range(9000))
# The check that fails, what it tells, and how the page is broken: what is put at the end of its main part,
# or what is done to the whole of it.
BREAKS: list[tuple[str, str, str | Callable[[str], str]]] = [
    ("test_a_page_of_each_form", "contrast, light: ", "<p><font color=#999999>كلمة</font></p>"),
    ("test_a_page_of_each_form", "axe, 320 px, light: ", "<p><a href=./></a></p>"),
    ("test_a_page_of_each_form", "reflow, 400 %: ", f"<p><nobr>{'كلمة ' * 40}</nobr></p>"),
    ("test_a_page_of_each_form", "silence: the browser says: ", '<img alt="" src="https://evil.example/">'),
    ("test_nothing_may_run_or_load", "https://evil.example/", ""),
    ("test_links_lead_somewhere", "nowhere/ leads nowhere", '<p><a href="nowhere/">كلمة</a></p>'),
    ("test_no_id_stands_twice", "id=twin stands 2 times", "<p id=twin>أ</p><p id=twin>ب</p>"),
    ("test_browsers_look_for_nothing", "browsers keep what is typed", "<p><input name=word></p>"),
    ("test_one_heading_and_one_main_part", "<h5> “عنوان”", "<h5>عنوان</h5>"),
    ("test_a_page_without_scripts", "waits for a script: <button", "<button type=button>كلمة</button>"),
    ("test_every_page_has_the_way_out", "tells where", lambda html: html.replace("noreferrer nofollow", "x")),
    ("test_every_page_arrives_in_the_first_flight", "/advice/: ", f"<!--{NOISE}-->"),
    (
        "test_language_and_direction_are_said",
        "is said to be in ('en'",
        lambda html: re.sub(r"lang=.?ar\b.?", "lang=en ", html, count=1),
    ),
    (
        "test_no_page_claims_a_language",
        "is canonical as",
        lambda html: html.replace("/help/advice/", "/help/other/"),
    ),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's sources, in a folder whose name is not plain."""
    return any_site(tmp_path_factory.mktemp("a sité"))


@pytest.mark.parametrize(
    ("inside", "new"),
    [
        ('<p lang=nl>Woorden met een <a href="/nl/hulp/" title=Hulp>link</a></p>', False),
        ("<p lang=nl>Woorden met een <a href=/nl/hulp/ title=Hulp></a></p>", True),
        ('<p lang=nl>Woorden met een <a href="/nl/hulp/" title="">link</a></p>', True),
        ("<p lang=nl>Woorden met een <a href=/nl/hulp/ title=Hulp><b>link</b></a></p>", True),
        ("<p lang=nl role=note>Woorden met een <a href=/nl/hulp/ title=Hulp>link</a></p>", True),
    ],
)
def test_axe_passes_over_those_pages_alone_that_differ_in_words(
    tmp_path: Path, inside: str, new: bool
) -> None:
    """And over no language's home page, in whose frame its others stand."""
    insides = {"en": "<p lang=en>Words with a <a href=/help/ title=Help>link</a></p>", "nl": inside}
    built = []
    for locale, words in insides.items():
        for name in ("", "help/"):
            file = tmp_path / f"{locale}{name.strip('/')}.html"
            file.write_text(f"<!doctype html><main>{words}</main>", encoding="utf-8")
            built.append(Built(file, f"/{locale}/{name}", locale, name, written=True))
    home, help_, home_nl, help_nl = built
    assert makes(built) == [home, help_, home_nl, *[help_nl] * new]


def test_axe_is_the_one_that_the_lock_names() -> None:
    """The package carries axe-core, so who installs it needs no npm; npm's lock says which is current."""
    lock = json.loads((ROOT / "tests/package-lock.json").read_text(encoding="utf-8"))
    begin = (ROOT / "scripts/safepage/checks/axe.min.js").read_text(encoding="utf-8")[:100]
    assert f"axe v{lock['packages']['node_modules/axe-core']['version']}\n" in begin


def test_they_hold_for_any_site(project: Path) -> None:
    """`python -m safepage check` in the folder of the site builds it and finds nothing."""
    code, said = checked(*COMMAND, "check", cwd=project)
    assert code == 0, said
    assert "passed" in said
    assert not (project / "site").exists()


def test_each_fails_where_its_promise_is_broken(project: Path, tmp_path: Path) -> None:
    """One page is broken in every way at once; the other pages are as they were built."""
    site = tmp_path / "site"
    assert checked(*COMMAND, "build", "--output", str(site), cwd=project)[0] == 0
    page = site / "advice/index.html"
    html = page.read_text(encoding="utf-8")
    for _, _, change in BREAKS:
        html = html.replace("</main>", f"{change}</main>") if isinstance(change, str) else change(html)
    page.write_text(html, encoding="utf-8")
    checks = ROOT / "scripts/safepage/checks"
    words = [f"--project={project}", f"--built={site}", "-q", "--tb=short"]
    code, said = checked(sys.executable, "-m", "pytest", str(checks), *words, "-k", "not valid", cwd=ROOT)
    failed = set(re.findall(r"^FAILED \S+::(\w+)", said, re.MULTILINE))
    assert code == 1, said
    missed = [
        (check, told)
        for check, told, _ in BREAKS
        if told not in said or not any(name.startswith(check) for name in failed)
    ]
    assert missed == [], said
