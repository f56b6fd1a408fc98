"""The launcher's way: read the words, have `.venv` whole, go on in it as the package's command."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from safepage import cli, command
from safepage.launcher import environment, swap
from safepage.launcher.venv import Trouble, child_environment

MAKERS = ("check", "measure", "load", "pictures", "tidy")  # commands that need what the tests need
ALONE = ("proposal",)  # commands that need Python alone
HELP = (["-h"], ["--help"])


def run(root: Path, words: list[str], about: str) -> NoReturn:
    """Run one command in the project's folder, and end with its exit code; with one line where it can't be.

    In: that folder, the words after the command's name, and what `--help` prints.
    """
    try:
        sys.exit(_run(root, words, about))
    except (Trouble, OSError) as trouble:
        sys.exit(f"manage.py: {trouble}.")
    except KeyboardInterrupt:
        sys.exit("\nmanage.py: stopped. The same command goes on from here.")


def _run(root: Path, words: list[str], about: str) -> int:
    swap.finish(root)
    begun = command.is_begun(root)
    own = () if begun else ("test", "lock")
    if begun and words[:1] == ["test"]:
        words = ["check", *words[1:]]
    if not words or words in HELP or (words[0] in own and words[1:] in HELP):
        print(about)
        return 0 if words else 2
    if words[0] in own and words[0] == "test":
        from safepage.launcher import testing  # not at the top: other commands need none of it

        return testing.run(root, words[1:])
    if words == ["lock"] and own:
        code: int = importlib.import_module("safepage.making.locks").renew(root)
        return code
    # Here already, so that a word that is wrong is told before anything is installed.
    options = cli.parser(root, "manage.py").parse_args(words)
    if options.command in ALONE:
        return cli.main(words, root, "manage.py")
    return _become(root, ["-m", "safepage", *words], tests=options.command in MAKERS)


def _become(root: Path, words: list[str], *, tests: bool) -> int:
    """Go on in the Python of .venv, where the person is."""
    python = [str(environment.ensure(root, tests=tests)), "-P", *words]
    if os.name == "nt":
        return _wait(root, python)
    sys.stdout.flush()
    os.execve(python[0], python, child_environment(root))


def _wait(root: Path, python: list[str]) -> int:
    """Run a program in the project's folder to its end. Ctrl-C reaches it too, and it has the last word."""
    with subprocess.Popen(python, cwd=root, env=child_environment(root)) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue
