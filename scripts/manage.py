"""The one command of this project. Needs Python 3.11 or newer and nothing else; the first run makes .venv.

    python3 scripts/manage.py serve          show the site while you edit it
    python3 scripts/manage.py build          write the site to the folder site/
    python3 scripts/manage.py check          build the site aside and look at it in a real browser
    python3 scripts/manage.py test           check the code and test the site in real browsers
    python3 scripts/manage.py test --quick   only what takes less than a minute and needs no browser
    python3 scripts/manage.py translations   how complete and how fresh each language is
    python3 scripts/manage.py measure        the weight and speed of the site
    python3 scripts/manage.py load           how many visits nginx on this computer bears, with this site
    python3 scripts/manage.py slips          try random slips of the hand in the pages, and count how they end
    python3 scripts/manage.py headers        tell a web server or host the headers of the built site
    python3 scripts/manage.py copy           copy the built site so that it works from a USB stick
    python3 scripts/manage.py sheets         make the poster and the card of each language as PDF
    python3 scripts/manage.py pictures       take the pictures of the README anew
    python3 scripts/manage.py tidy           mend in the code what a machine can mend
    python3 scripts/manage.py lock           renew the lock files (needs the network)

COMMAND --help tells more.
"""

# An older Python (3.6 and up) must be able to read this file, to be told so; the other files need not care.
import os
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit(
        f"manage.py: Python 3.11 or newer is needed, this is {found}. See https://www.python.org/downloads/"
    )

sys.path.insert(0, str(Path(__file__).parent))  # PYTHONSAFEPATH leaves it out

import environment
from environment import ROOT, Trouble
from safepage import cli

MAKERS = ("check", "measure", "load", "pictures", "tidy")  # commands that need what the tests need


def main(words: list[str]) -> int:
    """Run one command; returns the exit code. Raises Trouble, and OSError where a file can't be written."""
    if not words or words[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if words else 2
    command, rest = words[0], words[1:]
    if command in ("test", "lock") and rest in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    if command == "test":
        return test(rest)
    if command == "lock" and not rest:
        from safepage.making import locks

        return locks.renew(ROOT)
    # Here already, so that a word that is wrong is told before anything is installed.
    options = cli.parser(ROOT, "manage.py").parse_args(words)
    return become(["-m", "safepage", *words], tests=options.command in MAKERS)


def become(words: list[str], *, tests: bool = False) -> int:
    """Go on in the Python of .venv, where the person is."""
    command = [str(environment.ensure(tests=tests)), "-P", *words]
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
    """All checks and tests, or the quick ones; or, with other arguments, pytest alone."""
    import testing  # not at the top: other commands need none of it

    return testing.run(words)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Trouble, OSError) as trouble:
        sys.exit(f"manage.py: {trouble}.")
    except KeyboardInterrupt:
        sys.exit("\nmanage.py: stopped. The same command goes on from here.")
