"""Writes the comment into the pull request whose checks have ended, by the code host's own program `gh`.

Which pull request it is, the code host says: the one whose newest commit the checks ran on. Nothing that the
checks left has a say in it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safepage.proposal import comment, stranger
from safepage.proposal.comment import Proposal
from safepage.proposal.stranger import Report

_AUTHOR = "github-actions[bot]"
_ENDED = ("success", "failure", "timed_out")  # not: cancelled, or waiting for leave to run


class Refused(Exception):
    """The code host's answer where it did not do what it was asked."""


def post(environment: Mapping[str, str]) -> str:
    """Write or renew the comment; what was done, in a line.

    In: the variables of a run that was started by the end of another. Raises Refused.
    """
    host = environment["GITHUB_SERVER_URL"]
    here = f"repos/{environment['GITHUB_REPOSITORY']}"
    run = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))["workflow_run"]
    if run["event"] != "pull_request" or run["conclusion"] not in _ENDED:
        return "These were no checks of a pull request, or they did not end by themselves."
    number = _number(here, run)
    if number is None:
        return "No open pull request has this commit as its newest."
    found = {
        one["name"]: one
        for one in _ask(f"{here}/actions/runs/{run['id']}/artifacts?per_page=100")["artifacts"]
    }
    report = _report(here, found.get("report"))
    address = f"{host}/{environment['GITHUB_REPOSITORY']}/actions/runs/{run['id']}"
    preview = f"{address}/artifacts/{found['preview']['id']}" if "preview" in found else None
    fork = f"{host}/{run['head_repository']['full_name']}"
    proposal = Proposal(
        number, run["head_sha"], fork, address, run["conclusion"] == "success", preview, _files(here, number)
    )
    previews = environment.get("PREVIEW_URL", "")
    if previews and not comment.is_place(previews):
        print("::warning::PREVIEW_URL is no address that begins with https:// and has {number} in it.")
    return _write(here, number, comment.text(proposal, report, previews))


def _number(here: str, run: Mapping[str, Any]) -> int | None:
    """The pull request whose newest commit it is."""
    if not run["head_repository"]:  # the fork is gone
        return None
    owner, name = run["head_repository"]["owner"]["login"], run["head_repository"]["full_name"]
    words = ["--method", "GET", "-f", "state=open", "-f", f"head={owner}:{run['head_branch']}"]
    for one in _ask(f"{here}/pulls", *words):
        head = one["head"]
        if head["sha"] == run["head_sha"] and head["repo"] and head["repo"]["full_name"] == name:
            return int(one["number"])
    return None


def _report(here: str, artifact: Mapping[str, Any] | None) -> Report | None:
    if artifact is None or artifact["size_in_bytes"] > stranger.LARGEST:
        return None
    return stranger.unpack(_gh(f"{here}/actions/artifacts/{artifact['id']}/zip"))


def _files(here: str, number: int) -> tuple[str, ...]:
    found = _ask(f"{here}/pulls/{number}/files?per_page=100")
    return tuple(one["filename"] for one in found if one["status"] != "removed")


def _write(here: str, number: int, body: str) -> str:
    """Renew our comment, or write the first."""
    pages = _ask(f"{here}/issues/{number}/comments?per_page=100", "--paginate", "--slurp")
    ours = [one["id"] for page in pages for one in page if _is_ours(one)]
    what = json.dumps({"body": body}).encode()
    if ours:
        _gh(f"{here}/issues/comments/{ours[0]}", "--method", "PATCH", "--input", "-", given=what)
        return f"The comment in pull request {number} is renewed."
    _gh(f"{here}/issues/{number}/comments", "--method", "POST", "--input", "-", given=what)
    return f"Pull request {number} has a comment."


def _is_ours(one: Mapping[str, Any]) -> bool:
    """Anyone can write the mark; only ours is written by the workflow."""
    return bool(one["user"] and one["user"]["login"] == _AUTHOR and one["body"].startswith(comment.MARK))


def _ask(*words: str) -> Any:
    return json.loads(_gh(*words))


def _gh(*words: str, given: bytes | None = None) -> bytes:
    done = subprocess.run(["gh", "api", *words], input=given, capture_output=True, check=False)
    if done.returncode:
        raise Refused(done.stderr.decode(errors="replace").strip() or done.returncode)
    return done.stdout


def run(options: Any) -> int:
    """The command `proposal`: 0 when it was done, 1 with a line where the code host did not take it."""
    if options.step == "report":
        from safepage.proposal import report

        report.write(options.status, options.said)
        return 0
    try:
        print(post(os.environ))
    except Refused as refused:
        print(f"The comment could not be written: {refused}", file=sys.stderr)
        return 1
    return 0
