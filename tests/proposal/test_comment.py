"""The comment in a pull request: in plain words, renewed; nothing of a stranger's comes alive in it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from host import HERE, Host, host, packed
from markdown import markdown

from environment import ROOT
from safepage import cli, faults
from safepage.faults import Fault
from safepage.proposal import comment, report, stranger
from safepage.proposal.comment import MARK, Proposal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the workflow runs on Linux")
SHA = "1234567890abcdef1234567890abcdef12345678"
RUN = "https://github.com/us/site/actions/runs/77"
FILES = (
    "docs/nl/advice.md",
    "docs/en/professions/index.md",
    "docs/nl/index.md",
    "mkdocs.yml",
    "docs/nl/x y.md",
)
PROPOSAL = Proposal(7, SHA, "https://github.com/anna/site", RUN, True, f"{RUN}/artifacts/5", FILES)
STATUS = {
    "source": "en",
    "languages": [
        {
            "language": "nl",
            "name": "Nederlands",
            "totals": {"missing": 4, "outdated": 3, "draft": 2, "current": 21},
            "frame": {"status": "outdated"},
        }
    ],
    "first": ["nl advice: outdated (2 paragraphs)"],
}
WRONG = Fault("docs/nl/advice.md", 12, "the heading {#money} is missing", "write “## Geld {#money}” there")
NEAR = Fault("docs/nl/advice.md", 0, "a word is English", "translate it", "warning")
FAR = Fault("docs/contacts.yml", 3, "is a year old", "call it", "warning")


def data(*found: Fault, **others: Any) -> bytes:
    """A report as the checks write it, or with something else in it."""
    made = report.of(json.dumps(STATUS), ["\n".join(map(str, found))])
    return json.dumps({**made, **others}).encode()


def told(given: bytes, proposal: Proposal = PROPOSAL, previews: str = "") -> str:
    return comment.text(proposal, stranger.read(given), previews)


def but(**others: Any) -> Proposal:
    return Proposal(**{**vars(PROPOSAL), **others})


# what it says


def test_it_says_in_plain_words_how_the_language_stands_and_what_to_mend() -> None:
    text = told(data(WRONG, NEAR, FAR), but(passed=False))
    assert text.startswith(MARK)
    assert "**1 fault has to be mended:**" in text
    at = f"https://github.com/anna/site/blob/{SHA}/docs/nl/advice.md?plain=1#L12"
    assert f"- [`docs/nl/advice.md`, line 12]({at}): `the heading {{#money}} is missing`\n" in text
    assert "  What to do: `write “## Geld {#money}” there`\n" in text
    assert "| `Nederlands` `nl` | 21 | 2 | 3 | 4 | out of date |" in text
    assert "- `nl advice: outdated (2 paragraphs)`" in text
    assert "a word is English" in text  # of a page that changes
    assert "is a year old" not in text  # of another
    assert f"[The summary]({RUN})" in text


@pytest.mark.parametrize(
    ("given", "passed", "says"),
    [
        (data(), True, "**These checks find nothing wrong.**"),
        (data(NEAR), True, "**These checks find nothing wrong.**"),
        (data(), False, f"**A check failed, for no fault in a text.** [The log]({RUN})"),
        (data(languages=[]), True, "No translation is concerned."),
        (b"", False, f"**The checks left nothing that can be shown.** [The log]({RUN})"),
    ],
)
def test_without_a_fault_it_says_what_else(given: bytes, passed: bool, says: str) -> None:
    text = told(given, but(passed=passed))
    assert says in text
    assert "to be mended" not in text


def test_where_nothing_can_be_counted_nothing_is_said_of_languages() -> None:
    """As where mkdocs.yml can't be read."""
    made = report.of("", [str(Fault("mkdocs.yml", 3, "this is no YAML", "mend it"))])
    text = told(json.dumps(made).encode(), but(passed=False, preview=None))
    assert "`this is no YAML`" in text
    assert "No translation is concerned." not in text


def test_many_faults_are_cut() -> None:
    many = [Fault(f"docs/nl/p{n}.md", n, "w" * 900, "t" * 900) for n in range(1, 900)]
    text = told(data(*many, first=["x"] * 900, languages=json.loads(data())["languages"] * 900))
    assert text.count("What to do") == 20
    assert "- … and 879 more" in text
    assert len(text) < 65_000  # a code host takes no more


def test_pages_that_change_are_linked_where_previews_are_hosted() -> None:
    hosted = "https://preview-{number}.our-name.org"
    text = told(data(), previews=hosted)
    top = "https://preview-7.our-name.org/"
    assert f"[the whole site]({top})" in text
    assert f"- [`nl advice`]({top}nl/advice/)" in text
    assert f"- [`nl index`]({top}nl/)" in text
    assert f"- [`en professions/index`]({top}professions/)" in text  # the source has no folder of its own
    for none in ("", "https://our-name.org/", "http://{number}.our-name.org", "javascript:{number}"):
        text = told(data(), previews=none)
        assert f"download [the preview]({RUN}/artifacts/5), unpack it and open `index.html`" in text
        assert "- `nl/advice/index.html`" in text
    text = told(data(WRONG), but(preview=None), hosted)
    assert "There is no preview: the site could not be built." in text
    assert "our-name.org" not in text


# whom it believes

EVIL = [
    "@us/everybody [x](https://evil.example) <b>x</b> <!-- x --> ![x](https://evil.example/x.png)",
    "`@us` ``@us`` ``` @us",
    "x\n\n# @us\n- https://evil.example #1 GH-1",
    "x | @us | <img src=x> \\` @us",
    "\u202e@us\x00\x1b[0m\ud800",
    "&lt;b&gt; www.evil.example evil@evil.example " + SHA,
    "![]() `` ` `` [`x`](https://evil.example)",
]


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_of_a_stranger_comes_alive(evil: str) -> None:
    """No markup, no mention, no link but ours; read by Markdown, as code, and told in one line."""
    entry = {"language": "nl", "name": evil, "totals": STATUS["languages"][0]["totals"], "frame": "draft"}  # type: ignore[index]
    wrong = {"path": evil, "line": 1, "severity": "error", "what": evil, "todo": evil}
    given = data(first=[evil], languages=[entry], faults=[wrong], number=1)
    text = told(given, but(files=(evil, f"docs/nl/{evil}.md")))
    assert "`nl`" in text, "it was read"
    assert "@" not in text
    html = markdown(text.removeprefix(MARK), extensions=["tables"])
    shown = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    assert not re.search(r"evil|GH-1|#1|everybody|<b>|<img|<h1|0m", shown), shown
    assert not {
        address for address in re.findall(r'(?:href|src)="([^"]*)', html) if not address.startswith(RUN)
    }
    assert shown.count("<tr>") == 2
    (row,) = (line for line in text.splitlines() if line.startswith("| `"))
    assert row.count("|") == 7  # a code host ends a cell within code, too


@pytest.mark.parametrize(
    "path", ["../../x", "/etc/x", "docs/../../../evil/x.md", "a//b", "docs/é.md", "x)(y", "a" * 300]
)
def test_a_place_that_is_none_is_no_link(path: str) -> None:
    text = told(data(faults=[{**vars(WRONG), "path": path}]))
    assert "/blob/" not in text


LANGUAGE = json.loads(data())["languages"][0]
NO_REPORTS: list[bytes] = [
    b"",
    b"[]",
    b"null",
    b"\xff\xfe{",
    b"[" * 100_000,
    b'{"source": 1' + b"0" * 10_000 + b"}",
    data() + b" " * stranger.LARGEST,
    data(source=None),
    data(languages={}),
    data(languages=[{**LANGUAGE, "language": "nl](https://evil.example)"}]),
    data(languages=[{**LANGUAGE, "frame": "**fine**"}]),
    data(languages=[{**LANGUAGE, "totals": {**LANGUAGE["totals"], "draft": "[x](y)"}}]),
    data(languages=[{**LANGUAGE, "totals": {**LANGUAGE["totals"], "draft": True}}]),
    data(languages=[{**LANGUAGE, "totals": {**LANGUAGE["totals"], "draft": -1}}]),
    data(languages=["nl"]),
    data(first=[["x"]]),
    data(first=["x" * 10_000]),
    data(faults=[{**vars(WRONG), "line": "12](https://evil.example)"}]),
    data(faults=[{**vars(WRONG), "line": 1e3}]),
    data(faults=[{**vars(WRONG), "severity": "<b>"}]),
    data(faults=[{"path": "x"}]),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(NO_REPORTS)))
def test_what_is_no_report_is_not_shown(number: int) -> None:
    assert stranger.read(NO_REPORTS[number]) is None


def test_an_artefact_that_is_none_is_not_read() -> None:
    assert stranger.unpack(packed(data()))
    bomb = packed(b" " * 50 * stranger.LARGEST)
    assert len(bomb) < stranger.LARGEST
    for wrong in (b"", b"PK\x03\x04", packed(data(), "../report.json"), packed(data())[:-30], bomb):
        assert stranger.unpack(wrong) is None


def test_a_fault_is_read_as_it_was_told() -> None:
    some = [WRONG, NEAR, FAR, Fault("--exit", 0, "a. What to do: b", "c: d.")]
    assert faults.read("Built.\n" + "\n".join(map(str, some)) + "\nNothing was written.\n") == some


def test_the_checks_write_what_the_comment_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where a command printed no table, or did not run."""
    for name, text in (
        ("status.json", json.dumps(STATUS)),
        ("said.txt", f"{FAR}\n{WRONG}\n"),
        ("none.json", ""),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for status, tags in (("status.json", ["nl"]), ("none.json", []), ("nowhere.json", [])):
        words = [
            "proposal",
            "report",
            *(str(tmp_path / name) for name in (status, "said.txt", "nowhere.txt")),
        ]
        assert cli.main(words, tmp_path) == 0
        found = stranger.read(capsys.readouterr().out.encode())
        assert found
        assert [one.tag for one in found.languages] == tags
        assert found.faults == (WRONG, FAR), "errors come first"


# where it is written

EVENT = {
    "id": 77,
    "event": "pull_request",
    "conclusion": "success",
    "head_sha": SHA,
    "head_branch": "my/branch&state=all",
    "head_repository": {"full_name": "anna/site", "owner": {"login": "anna"}},
    "pull_requests": [],  # as for each fork
}
OPEN = {"number": 7, "head": {"sha": SHA, "repo": {"full_name": "anna/site"}}}
BOT = "github-actions[bot]"


@pytest.fixture
def code_host(tmp_path: Path) -> Host:
    """With one open pull request, from a fork, and what its checks left."""
    it = host(tmp_path / "host")
    older = {"number": 6, "head": {"sha": "0" * 40, "repo": {"full_name": "anna/site"}}}
    gone = {"number": 5, "head": {"sha": SHA, "repo": None}}
    other = {"number": 4, "head": {"sha": SHA, "repo": {"full_name": "mallory/site"}}}
    it.answer("pulls", [older, gone, other, OPEN])
    it.answer("pulls/7/files?per_page=100", [
        {"filename": "docs/nl/advice.md", "status": "modified"},
        {"filename": "docs/nl/gone.md", "status": "removed"},
    ])  # fmt: skip
    left = [{"name": name, "id": n, "size_in_bytes": 900} for n, name in enumerate(("report", "preview"), 1)]
    it.answer("actions/runs/77/artifacts?per_page=100", {"artifacts": left})
    it.answer("actions/artifacts/1/zip", packed(data(WRONG, number=1, pull_request=1)))
    it.answer("issues/7/comments?per_page=100", [[]])
    it.answer("issues/7/comments", {})
    it.answer("issues/comments/31", {})
    return it


@pytest.fixture
def post(
    code_host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Run the command after checks that ended so: its exit code, and what it said."""

    def run(previews: str = "", **event: Any) -> tuple[int, str]:
        file = tmp_path / "event.json"
        file.write_text(json.dumps({"workflow_run": {**EVENT, **event}}), encoding="utf-8")
        given = code_host.environment(GITHUB_EVENT_PATH=str(file), PREVIEW_URL=previews)
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        code = cli.main(["proposal", "comment"], tmp_path)
        shown = capsys.readouterr()
        return code, shown.out + shown.err

    return run


def written(code_host: Host) -> list[tuple[str, str]]:
    """The comments that were written or renewed: where, and the text."""
    sent = [call for call in code_host.asked() if call["given"]]
    return [(f"{call['words'][3]} {call['words'][1]}", json.loads(call["given"])["body"]) for call in sent]


def test_the_first_comment_of_a_fork(code_host: Host, post: Callable[..., tuple[int, str]]) -> None:
    """In the pull request that the code host names, whatever the report says of it."""
    assert post() == (0, "Pull request 7 has a comment.\n")
    ((where, text),) = written(code_host)
    assert where == f"POST {HERE}/issues/7/comments"
    assert "the heading {#money} is missing" in text
    assert "nl/gone" not in text
    assert f"[the preview]({RUN}/artifacts/2)" in text
    asked = next(call["words"] for call in code_host.asked() if call["words"][1] == f"{HERE}/pulls")
    assert "head=anna:my/branch&state=all" in asked, "as a value of its own"


def test_a_comment_is_renewed_and_not_repeated(code_host: Host, post: Callable[..., tuple[int, str]]) -> None:
    """Ours alone: anyone can write the mark."""
    copies = [
        {"id": 28, "user": None, "body": MARK},
        {"id": 29, "user": {"login": "mallory"}, "body": f"{MARK}\nx"},
        {"id": 30, "user": {"login": BOT}, "body": f"Something else, {MARK}"},
    ]
    ours = [{"id": n, "user": {"login": BOT}, "body": f"{MARK}\nold"} for n in (31, 32)]
    code_host.answer("issues/7/comments?per_page=100", [copies, ours])
    assert post("https://{number}.our-name.org/") == (0, "The comment in pull request 7 is renewed.\n")
    ((where, text),) = written(code_host)
    assert where == f"PATCH {HERE}/issues/comments/31"
    assert "(https://7.our-name.org/nl/advice/)" in text


@pytest.mark.parametrize(
    "event",
    [
        {"event": "push"},
        {"conclusion": "cancelled"},
        {"conclusion": "action_required"},
        {"head_sha": "f" * 40},  # a newer commit has come since
        {"head_repository": None},
    ],
)
def test_other_checks_have_no_comment(
    event: dict[str, Any], code_host: Host, post: Callable[..., tuple[int, str]]
) -> None:
    assert post(**event)[0] == 0
    assert written(code_host) == []


@pytest.mark.parametrize("left", [[], [{"name": "report", "id": 1, "size_in_bytes": stranger.LARGEST + 1}]])
def test_checks_that_left_nothing_fit_are_told(
    left: list[dict[str, Any]], code_host: Host, post: Callable[..., tuple[int, str]]
) -> None:
    code_host.answer("actions/runs/77/artifacts?per_page=100", {"artifacts": left})
    assert post(conclusion="failure")[0] == 0
    ((_, text),) = written(code_host)
    assert "The checks left nothing that can be shown." in text
    assert not [call for call in code_host.asked() if call["words"][1].endswith("/zip")]


def test_a_refusal_of_the_code_host_is_one_line(
    code_host: Host, post: Callable[..., tuple[int, str]]
) -> None:
    (code_host.root / f"{HERE}/pulls".replace("/", "~")).unlink()
    assert post() == (1, "The comment could not be written: gh: Not Found (HTTP 404)\n")


def test_a_wrong_address_of_previews_is_told(post: Callable[..., tuple[int, str]]) -> None:
    assert post("https://our-name.org/")[1].startswith("::warning::PREVIEW_URL")


def test_it_needs_python_alone(code_host: Host, tmp_path: Path) -> None:
    """Where the right to write comments is, nothing is installed."""
    file = tmp_path / "event.json"
    file.write_text(json.dumps({"workflow_run": EVENT}), encoding="utf-8")
    command = [sys.executable, "-I", "-S", ROOT / "scripts/manage.py", "proposal", "comment"]
    given = code_host.environment(GITHUB_EVENT_PATH=str(file))
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("Pull request 7 has a comment.\n", "")
