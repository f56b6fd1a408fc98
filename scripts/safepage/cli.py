"""The one command and its one parser: standard library only, since the launcher reads the words first.

Each command is a function of another module, which is loaded when it is called: `run(options) -> exit code`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from safepage import command
from safepage.output import place

RUNS = {  # the command, and the function that it is
    "serve": "safepage.serve:run",
    "edit": "safepage.serve:edit",
    "build": "safepage.build:run",
    "check": "safepage.checks.command:run",
    "upgrade": "safepage.upgrade.command:run",
    "translations": "safepage.translations.commands:run",
    "translations import": "safepage.importing:run",
    "translations new": "safepage.begin.adding:run",
    "proposal": "safepage.proposal.posting:run",
    "translations review": "safepage.reviewing:run",
    "headers": "safepage.output.header_files:run",
    "copy": "safepage.output.stick:run",
    "editor": "safepage.hosted.command:run",
    "sheets": "safepage.sheets:run",
    "begin": "safepage.begin.command:run",
    "measure": "safepage.making.measure:run",
    "load": "safepage.making.load:run",
    "slips": "safepage.making.slips:run",
    "pictures": "safepage.making.pictures:run",
    "tidy": "safepage.making.tidy:run",
}


class Arguments(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See: {self.prog} --help\n")


def parser(project: Path, prog: str = "safepage") -> argparse.ArgumentParser:
    """All commands and their options.

    In: the folder of the project, which options are checked against; how the command is called.
    """
    whole = Arguments(prog=prog, description="Makes a safe site of the pages in a folder.")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _for_editors(commands, project)
    _for_founders(commands)
    _for_translators(commands)
    _for_hosts(commands, project)
    _for_workflows(commands)
    if command.is_begun(project):
        _for_begun_sites(commands)
    else:
        _for_makers(commands)
    return whole


def _for_editors(commands: Any, project: Path) -> None:
    serve = commands.add_parser("serve", help="show the site while you edit it")
    serve.add_argument("--port", type=port, metavar="N", help="default: 8000, or the next one that is free")
    edit = commands.add_parser("edit", help="change pages, contacts and words in forms in your browser")
    edit.add_argument("--port", type=port, metavar="N", help="default: 8000, or the next one that is free")
    build = commands.add_parser("build", help="write the site to a folder")
    build.add_argument("--output", type=_folder(project), metavar="DIR", help="the folder (default: site)")
    build.add_argument("--plain", action="store_true", help="no compressed copies beside the files")
    build.add_argument(
        "--preview",
        action="store_true",
        help="a page of a translation leads to its review, one that is not translated to where it is begun",
    )
    commands.add_parser(
        "check", help="build the site aside, look at it in a real browser, and name what breaks a promise"
    )
    for made in (serve, build):
        made.add_argument("--language", type=_language(project), metavar="xx", help="this language only")


def _for_founders(commands: Any) -> None:
    begin = commands.add_parser("begin", help="write a site for an organisation, in any country")
    begin.add_argument("folder", metavar="DIR", help="a folder that is empty or not there yet")
    begin.add_argument("--answers", metavar="FILE", help="what a site needs (else it is asked for)")


def _for_translators(commands: Any) -> None:
    parser = commands.add_parser("translations", help="how complete and how fresh each language is")
    steps = parser.add_subparsers(dest="step", metavar="STEP")
    language = {"metavar": "LANG", "help": "a language's folder under docs/, for instance nl"}
    about = "a page without its ending, such as recognise or health/gp; interface: the words of the frame"
    page = {"metavar": "PAGE", "help": about, "type": _page}

    status = steps.add_parser("status", help="a table of languages and pages")
    form = status.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for programs")
    form.add_argument("--markdown", action="store_true", help="for a pull request")

    check = steps.add_parser("check", help="compare the structure of translations with the source's")
    for step in (status, check):
        only = step.add_mutually_exclusive_group()
        only.add_argument("--language", action="append", metavar="xx", help="this one only; may be repeated")
        only.add_argument("--since", metavar="REVISION", help="those touched since then only")

    diff = steps.add_parser("diff", help="what changed in the source since a translation was confirmed")
    diff.add_argument("language", **language)
    diff.add_argument("page", **page)
    diff.add_argument("--colour", choices=("auto", "always", "never"), default="auto", help="(auto)")

    new = steps.add_parser("new", help="begin a language")
    new.add_argument("language", metavar="LANG", help="its tag (BCP 47): ro, so, pt-BR, zh-Hant")
    new.add_argument("--name", help="its name in the language itself (known for most)")
    new.add_argument(
        "--exit", metavar="ADDRESS", help="where its exit leads (where the source language's does)"
    )

    confirm = steps.add_parser("confirm", help="say that a translation matches the source as it is now")
    confirm.add_argument("language", **language)
    which = confirm.add_mutually_exclusive_group(required=True)
    which.add_argument("pages", metavar="PAGE", nargs="*", default=[], help=about, type=_page)
    which.add_argument("--all", action="store_true", help="whatever of the language is translated")
    confirm.add_argument("--reviewed-by", metavar="HANDLE", help="the native speaker who checked them")
    confirm.add_argument(
        "--same", action="store_true", help="interface: what is as in the source is right so"
    )

    export = steps.add_parser("export", help="write a language's words to a PO file, for Poedit and the like")
    export.add_argument("language", **language)
    these = "these pages only; interface is the frame"
    export.add_argument("pages", metavar="PAGE", nargs="*", help=these, type=_page)
    export.add_argument("--output", type=Path, metavar="FILE.po", help="the file (default: LANG.po)")
    bring = steps.add_parser("import", help="take the words of a PO file, or refuse it as a whole")
    bring.add_argument(
        "file", type=Path, metavar="FILE.po", help="an exported file, with its words translated"
    )

    review = steps.add_parser("review", help="write a translation beside its source as a page for a browser")
    review.add_argument("language", **language)
    review.add_argument("page", **page, nargs="?")
    review.add_argument(
        "--output", type=_document, metavar="FILE.html", help="the file (default: review-LANG.html)"
    )

    unchanged = steps.add_parser(
        "unchanged", help="say that the last edit of a source page changed no meaning"
    )
    unchanged.add_argument("page", **page)
    unchanged.add_argument("--since", metavar="REVISION", help="the version before the edit (the last one)")


def _for_hosts(commands: Any, project: Path) -> None:
    headers = commands.add_parser("headers", help="tell a web server or host the headers of a built site")
    headers.add_argument(
        "host",
        choices=("netlify", "cloudflare", "nginx", "caddy", "deploy"),
        help="netlify and cloudflare: files in the site; nginx and caddy: a file beside it; deploy: what "
        "deploy/ holds of this, anew",
    )
    site = project / "site"
    headers.add_argument("site", type=Path, nargs="?", default=site, help="the built site (site)")
    copy = commands.add_parser("copy", help="copy a built site so that it works from a folder: a USB stick")
    copy.add_argument("site", type=Path, help="the folder of the built site")
    copy.add_argument("target", type=Path, help="the folder to make")
    editor = commands.add_parser("editor", help="write an editor to host at an address of its own")
    editor.add_argument("--output", type=Path, metavar="DIR", required=True, help="the folder to make")
    editor.add_argument(
        "--host",
        choices=("github", "gitlab", "forgejo"),
        help="the code host (that of repo_url in mkdocs.yml)",
    )
    editor.add_argument("--repository", metavar="OWNER/NAME", help="the project there (that of repo_url)")
    editor.add_argument("--branch", type=_branch, metavar="NAME", help="what is published (main)")
    editor.add_argument(
        "--api", type=_api, metavar="URL", help="where the host's API is (where its kind has it)"
    )
    sheets = commands.add_parser("sheets", help="print the poster and the card of each language as PDF")
    sheets.add_argument("--output", type=Path, metavar="DIR", help="the folder (default: sheets)")


def _for_workflows(commands: Any) -> None:
    proposal = commands.add_parser("proposal", help="what the checks of a pull request tell in a comment")
    steps = proposal.add_subparsers(dest="step", metavar="STEP", required=True)
    report = steps.add_parser("report", help="print as data what the checks found")
    report.add_argument("status", type=Path, metavar="STATUS", help="what status --json printed")
    report.add_argument("said", type=Path, nargs="*", metavar="SAID", help="what the checks printed")
    steps.add_parser("comment", help="write it as a comment, or renew that")


def _for_begun_sites(commands: Any) -> None:
    upgrade = commands.add_parser("upgrade", help="give a begun site a newer generator, and see what changes")
    upgrade.add_argument("wheel", type=Path, nargs="?", help="its file (the newest in generator/)")
    upgrade.add_argument(
        "--check",
        action="store_true",
        help="only tell, change nothing; ends with 1 if it can't be done, or leaves work to do by hand",
    )
    upgrade.add_argument(
        "--take-texts",
        action="store_true",
        help="take the texts that have changed, too, where the site's are as they were given",
    )
    upgrade.add_argument(
        "--keep-workflows",
        action="store_true",
        help="leave .github/workflows as it is, and tell what differs",
    )


def _for_makers(commands: Any) -> None:
    measure = commands.add_parser("measure", help="the weight and speed of the site, beside its neighbours'")
    measure.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="a table or a neighbour; may be repeated"
    )
    measure.add_argument("--json", action="store_true", help="print JSON in place of tables")
    load = commands.add_parser("load", help="how many visits nginx on this computer bears, with this site")
    load.add_argument("site", type=Path, nargs="+", help="built sites; the first as deploy/ ships it")
    load.add_argument("--seconds", type=float, default=5, help="for each site (5)")
    load.add_argument("--connections", type=int, default=32, help="at the same time (32)")
    load.add_argument("--rate", type=float, metavar="N", help="so many visits a second, and swaps meanwhile")
    load.add_argument("--json", action="store_true", help="print JSON in place of a table")
    slips = commands.add_parser("slips", help="try random slips of the hand in the pages, and how they end")
    slips.add_argument("--number", type=int, default=10_000, help="how many slips (10000)")
    slips.add_argument("--seed", type=int, default=0, help="another number gives other slips (0)")
    slips.add_argument("--kinds", action="store_true", help="how each kind ended")
    commands.add_parser("pictures", help="take the pictures of the README anew")
    commands.add_parser("tidy", help="mend in the code what a machine can mend")


def port(text: str) -> int:
    """A port number from 0 (any free one) to 65535. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (a number up to 65535)")
    return int(text)


def _page(text: str) -> str:
    """A page by its name, or by its file as a shell completes it: docs/nl/health/gp.md."""
    name = text.replace("\\", "/").removesuffix(".md").removesuffix(".yml")
    return re.sub(r"\A(?:\./)?docs/[^/]+/", "", name)


def _document(text: str) -> Path:
    if not text.endswith(".html"):  # it is written over
        raise argparse.ArgumentTypeError(f"{text!r} does not end in .html")
    return Path(text)


def _branch(text: str) -> str:
    if not re.fullmatch(r"\w[\w./-]*", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no name of a branch")
    return text


def _api(text: str) -> str:
    # In the editor's policy: nothing in it may end a directive. On this computer for trying.
    if not re.fullmatch(r"(?:https://[\w.-]+|http://127\.0\.0\.1)(?::\d+)?(?:/[\w.-]+)*/?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no address that begins with https://")
    return text.rstrip("/")


def _language(project: Path) -> Callable[[str], str]:
    known = sorted(page.parent.name for page in (project / "docs").glob("*/index.md"))

    def language(text: str) -> str:
        if text not in known:
            raise argparse.ArgumentTypeError(f"{text!r} is not one of: {', '.join(known)}")
        return text

    return language


def _folder(project: Path) -> Callable[[str], Path]:
    def folder(text: str) -> Path:
        path = Path(text).absolute()
        if why := place.refusal(project, path):
            raise argparse.ArgumentTypeError(why)
        return path

    return folder


def main(words: Sequence[str] | None = None, project: Path | None = None, prog: str = "safepage") -> int:
    """Run one command; returns the exit code.

    In: the words after the command's name; the folder of the project (where one is, unless given).
    """
    project = project or Path.cwd()
    options = parser(project, prog).parse_args(words)
    options.project = project
    step = f"{options.command} {getattr(options, 'step', '')}"
    module, _, function = RUNS.get(step, RUNS[options.command]).partition(":")
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks letters shows their numbers
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code: int = getattr(importlib.import_module(module), function)(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough: `status | head`
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
