"""The hosted editor as a folder: what it is made from, what it lets a browser ask, and where it may stand."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from safepage import cli
from safepage.faults import Faulty
from safepage.hosted import command, content, serving
from safepage.hosted.where import Where
from safepage.output.headers import HEADERS, POLICY
from small import Small, small_site

WORDS = Path(content.__file__).with_name("words")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return small_site(tmp_path_factory.mktemp("hosted") / "site")


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()}


@pytest.mark.parametrize(
    ("url", "asked", "api", "project"),
    [
        ("https://github.com/us/site.git", {}, "https://api.github.com", "repos/us/site"),
        ("https://codeberg.org/us/site/", {}, "https://codeberg.org/api/v1", "repos/us/site"),
        (
            "https://gitlab.com/us/all/site",
            {},
            "https://gitlab.com/api/v4",
            "projects/us%2Fall%2Fsite",
        ),
        ("https://github.our.be/us/site", {}, "https://github.our.be/api/v3", "repos/us/site"),
        (
            "https://git.our.be/us/site",
            {"kind": "forgejo"},
            "https://git.our.be/api/v1",
            "repos/us/site",
        ),
        (
            "https://github.com/us/site",
            {"kind": "gitlab", "repository": "we/it"},
            "https://gitlab.com/api/v4",
            "projects/we%2Fit",
        ),
        (
            "",
            {"kind": "forgejo", "repository": "us/site", "api": "https://git.our.be/code/api/v1"},
            "https://git.our.be/code/api/v1",
            "repos/us/site",
        ),
    ],
)
def test_the_code_host_follows_from_the_address_of_the_project(
    url: str, asked: dict[str, str], api: str, project: str
) -> None:
    """And the browser may ask it alone, for this project alone."""
    found = Where.find(url, **{"kind": "", "repository": "", "branch": "", "api": "", **asked})
    assert urlsplit(found.web).netloc.removeprefix("api.") == urlsplit(api).netloc.removeprefix("api.")
    rules = dict(rule.split(" ", 1) for rule in found.policy.split("; "))
    assert rules == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": f"{api}/user {api}/{project} {api}/{project}/",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


@pytest.mark.parametrize(
    ("url", "asked", "says"),
    [
        ("", {}, "names no project on a code host"),
        ("https://git.our.be/us/site", {}, "name the host with --host"),
        ("https://github.com/us", {}, "name it with --repository"),
        ("https://github.com/us/site/wiki", {}, "name it with --repository"),
        ("https://github.com/us/site", {"kind": "gitlab"}, "which project of GitLab"),
        ("http://gitlab.our.be/us/site", {}, "begin with https://"),
        ("https://gitlab.our.be;/us/site", {}, "begin with https://"),
    ],
)
def test_a_project_that_is_not_known_is_told_in_a_line(url: str, asked: dict[str, str], says: str) -> None:
    with pytest.raises(Faulty) as told:
        Where.find(url, **{"kind": "", "repository": "", "branch": "", "api": "", **asked})
    [fault] = told.value.faults
    assert says in str(fault)


@pytest.mark.parametrize(
    "words",
    [
        "--api http://git.our.be/api",
        "--api https://git.our.be/;script-src",
        "--branch main;x",
        "--host sourceforge",
        "",
    ],
)
def test_an_option_that_cannot_be_is_told_in_a_line(
    words: str, small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["editor", *(["--output", "there"] if words else []), *words.split()]
    with pytest.raises(SystemExit):
        cli.parser(small.root).parse_args(arguments)
    assert capsys.readouterr().err.count("\n") == 1


def test_it_is_made_from_the_project_and_the_same_twice(small: Small, tmp_path: Path) -> None:
    output = tmp_path / "editor"
    command.write(small.root, output)
    first = files(output)
    for name in (".git", "CNAME"):
        (output / name).write_text("kept")
    (output / "editor.js").write_text("old")
    command.write(small.root, output)
    assert files(output) == {**first, ".git": b"kept", "CNAME": b"kept"}
    known = json.loads(first["project.js"].decode().removeprefix("export default ").rstrip(";\n"))
    assert [language["tag"] for language in known["languages"]] == ["en", "nl", "ar"]
    dutch = known["languages"][1]
    listed = [file["path"] for group in dutch["groups"] for file in group["files"]]
    there = sorted(path.relative_to(small.root).as_posix() for path in (small.root / "docs/nl").glob("*.md"))
    assert sorted(listed) == [*sorted([*there, "docs/nl/interface.yml"])]
    [missing] = dutch["missing"]
    assert missing["path"] == "docs/nl/find-centre.md"
    assert missing["href"].startswith("https://github.com/our-name/site/new/main/docs/nl?")
    assert [one["path"] for one in known["shared"]] == ["docs/contacts.yml", "docs/regions.yml"]


def test_every_server_sends_the_policy_and_the_headers(small: Small, tmp_path: Path) -> None:
    where = command.write(small.root, tmp_path / "editor")
    made = {name: text.decode() for name, text in files(tmp_path / "editor").items()}
    assert f'content="{where.policy}"' in made["index.html"]
    sent = serving.headers(where.policy)
    assert set(HEADERS) < set(sent)
    assert sent[POLICY] == f"{where.policy}; frame-ancestors 'none'"
    assert dict(re.findall(r"^  (\S+): (.+)$", made["_headers"], re.M)) == sent
    assert dict(re.findall(r'^add_header (\S+) "(.+)" always;$', made["_nginx.conf"], re.M)) == sent
    assert dict(re.findall(r'^\t(\S+) "(.+)"$', made["_headers.caddy"], re.M)) == sent


def test_it_never_stands_where_readers_get_the_site(
    small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor where anything would be lost; and a build takes an editor's folder for no site."""
    site, other, editor = tmp_path / "public", tmp_path / "other", tmp_path / "editor"
    for folder, name in ((site, ".written"), (other, "index.html")):
        folder.mkdir()
        (folder / name).write_text("of somebody")
    refused = (small.root / "site", small.root / "site/editor", site, site / "editor", other)
    for output in (*refused, small.root / "docs", small.root):
        before = sorted(tmp_path.rglob("*"))
        options = argparse.Namespace(
            project=small.root, output=output, host=None, repository=None, branch=None, api=None
        )
        assert command.run(options) == 1, output
        told = capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1), output
        assert sorted(tmp_path.rglob("*")) == before
    command.write(small.root, editor)
    arguments = ["build", "--output", str(editor)]
    with pytest.raises(SystemExit):
        cli.parser(small.root).parse_args(arguments)
    assert "holds other things than a site" in capsys.readouterr().err
    small.build(compressed=False)
    own = {file.name for file in Path(command.__file__).with_name("static").glob("*.js")}
    built = small.files()
    assert not own & {name.rpartition("/")[2] for name in built}
    assert not [name for name, content in built.items() if b"safepage editor" in content]


def test_every_language_of_the_editor_has_every_word() -> None:
    said = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in WORDS.glob("*.yml")}
    for tag, words in said.items():
        assert list(words) == list(said["en"]), tag
        for key, text in words.items():
            names = set(re.findall(r"(?<!\{)\{(\w+)\}(?!\})", said["en"][key])) - {"braces"}
            assert names <= set(re.findall(r"\{(\w+)\}", text)), f"{tag}: {key}"
