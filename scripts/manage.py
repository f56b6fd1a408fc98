"""The one command of this project. Needs Python 3.11 or newer and nothing else; the first run makes .venv.

    python3 scripts/manage.py serve          show the site while you edit it
    python3 scripts/manage.py build          write the site to the folder site/
    python3 scripts/manage.py test           check the code and test the site in real browsers
    python3 scripts/manage.py translations   how complete and how fresh each language is
    python3 scripts/manage.py measure        the weight and speed of the site
    python3 scripts/manage.py slips          try random slips of the hand in the pages, and count how they end
    python3 scripts/manage.py sheets         make the poster and the card of each language as PDF
    python3 scripts/manage.py pictures       take the pictures of the README anew
    python3 scripts/manage.py lock           renew the lock files (needs the network)

COMMAND --help tells more.
"""

# An older Python (3.6 and up) must be able to read this file, to be told so; the other files need not care.
import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit(
        f"manage.py: Python 3.11 or newer is needed, this is {found}. See https://www.python.org/downloads/"
    )

sys.path.insert(0, str(Path(__file__).parent))  # PYTHONSAFEPATH leaves it out

import environment
from environment import ROOT, Trouble
from safepage import output

# These read their own options.
PASSED_ON = ("test", "translations", "measure", "slips", "sheets")


class Arguments(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See: {self.prog} --help\n")


def arguments() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = Arguments(
        prog="manage.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="manage.py COMMAND [OPTIONS]",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, prog="manage.py")
    serve = commands.add_parser("serve", allow_abbrev=False, description="Show the site while you edit it.")
    serve.add_argument("--port", type=port, metavar="N", help="default: 8000, or the next one that is free")
    build = commands.add_parser("build", allow_abbrev=False, description="Write the site to a folder.")
    build.add_argument("--output", type=folder, metavar="DIR", help="the folder (default: site)")
    build.add_argument("--plain", action="store_true", help="no compressed copies beside the files")
    for command in (serve, build):
        command.add_argument("--language", type=language, metavar="xx", help="this language only")
    for name in (*PASSED_ON, "pictures", "lock"):
        commands.add_parser(name, allow_abbrev=False)
    return parser


def port(text: str) -> int:
    """A port number from 0 (any free one) to 65535. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (a number up to 65535)")
    return int(text)


def language(text: str) -> str:
    """A language that has a folder with pages under docs/. Raises ArgumentTypeError."""
    known = languages()
    if text not in known:
        raise argparse.ArgumentTypeError(f"{text!r} is not one of: {', '.join(known)}")
    return text


def languages() -> list[str]:
    """The languages that have a folder with pages under docs/."""
    return sorted(page.parent.name for page in (ROOT / "docs").glob("*/index.md"))


def folder(text: str) -> Path:
    """A folder that a site may be written to, as seen from where the person is. Raises ArgumentTypeError."""
    path = Path(text).absolute()
    why = output.refusal(ROOT, path)
    if why:
        raise argparse.ArgumentTypeError(why)
    return path


def main(words: list[str]) -> int:
    """Run one command; returns the exit code. Raises Trouble, and OSError where a file can't be written."""
    if not words:
        print(__doc__)
        return 2
    passed_on = words[1:] if words[0] in PASSED_ON else []
    options = arguments().parse_args(words[:1] if passed_on else words)
    if options.command == "serve":
        return become("serve.py", given(port=options.port, language=options.language))
    if options.command == "build":
        plain = ["--plain"] if options.plain else []
        return become("builder.py", [*given(output=options.output, language=options.language), *plain])
    if options.command == "translations":
        return become("translations.py", passed_on)
    if options.command == "measure":
        return become("measure.py", passed_on, tests=True)
    if options.command == "slips":
        return become("slips.py", passed_on)
    if options.command == "sheets":
        return become("../tests/sheets.py", passed_on, tests=True)
    if options.command == "pictures":
        return become("../tests/pictures.py", [], tests=True)
    if options.command == "lock":
        import locks

        return locks.renew(ROOT)
    return test(passed_on)


def given(**options: object) -> list[str]:
    """The options that were given, as words."""
    return [
        word for name, value in options.items() if value is not None for word in (f"--{name}", str(value))
    ]


def become(script: str, words: list[str], *, tests: bool = False) -> int:
    """Go on as one of the other scripts, in the Python of .venv."""
    path = ROOT / "scripts" / script
    if not path.is_file():
        raise Trouble(f"scripts/{script} is missing. Bring it back with: git checkout -- scripts/{script}")
    command = [str(environment.ensure(tests=tests)), str(path), *words]
    if os.name == "nt":
        return run(command)
    sys.stdout.flush()
    os.execve(command[0], command, environment.child_environment())


def run(command: list[str]) -> int:
    """Run a program in the project's folder to its end. Ctrl-C reaches it too, and it has the last word."""
    with subprocess.Popen(command, cwd=ROOT, env=environment.child_environment()) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue


def test(words: list[str]) -> int:
    """All checks and tests; or, with arguments, pytest alone."""
    python = str(environment.ensure(tests=True))
    if words:
        print(
            f"pytest alone, with: {' '.join(words)} (without arguments: ruff, mypy and zizmor as well)",
            flush=True,
        )
        return run([python, "-m", "pytest", *words])
    zizmor = str(environment.program_of(ROOT / ".venv", "zizmor"))
    # Each starts a browser of its own. One more than there are cores, since some wait more than they work.
    workers = min(4, (os.cpu_count() or 1) + 1)
    steps = {
        "ruff check": [python, "-m", "ruff", "check", "--quiet", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "--output-format=concise", "."],
        "mypy": [python, "-m", "mypy"],
        "zizmor": [zizmor, "--offline", "--quiet", "--no-progress", ".github"],
        "pytest": [python, "-m", "pytest", "-n", str(workers)],
    }
    failed = []
    for name, command in steps.items():
        print(f"== {name}", flush=True)
        if run(command) != 0:
            failed.append(name)
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Trouble, OSError) as trouble:
        sys.exit(f"manage.py: {trouble}.")
    except KeyboardInterrupt:
        sys.exit("\nmanage.py: stopped. The same command goes on from here.")
