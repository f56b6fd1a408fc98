"""The one command of this site. Needs Python 3.11 or newer and nothing else; the first run makes .venv.

    python3 manage.py serve          show the site while you edit it
    python3 manage.py edit           change pages, contacts and words in forms in your browser
    python3 manage.py build          write the site to the folder site/
    python3 manage.py test           build the site aside and look at it in a real browser
    python3 manage.py translations   how complete and how fresh each language is
    python3 manage.py upgrade        take a newer generator, and show what changes
    python3 manage.py headers        tell a web server or host the headers of the built site
    python3 manage.py copy           copy the built site so that it works from a USB stick
    python3 manage.py sheets         make the poster and the card of each language as PDF
    python3 manage.py begin          begin another site

COMMAND --help tells more. The command itself is in generator/: nothing in here has to be changed.
"""

# An older Python (3.6 and up) must be able to read this file, to be told so; the other files need not care.
import hashlib
import re
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit(
        f"manage.py: Python 3.11 or newer is needed, this is {found}. See https://www.python.org/downloads/"
    )

HERE = Path(__file__).resolve().parent
LOCKED = re.compile(r"^\./(generator/safepage-[\w.+-]+\.whl)[\s\\]+--hash=sha256:([0-9a-f]{64})", re.M)


def generator() -> Path:
    """The wheel that the locks name, or the end in one line where it is not the file that was locked."""
    back = "Bring the folder back with: git checkout -- generator"
    try:
        lock = (HERE / "generator/site.lock").read_text(encoding="utf-8")
        name, digest = LOCKED.findall(lock)[0]
        wheel = HERE / str(name)
        data = wheel.read_bytes()
    except (OSError, IndexError):
        sys.exit(f"manage.py: the generator is missing, or generator/site.lock does not name it. {back}")
    if hashlib.sha256(data).hexdigest() != digest:
        sys.exit(f"manage.py: {name} is not the file that was locked. {back}")
    return wheel


if __name__ == "__main__":
    sys.path.insert(0, str(generator()))
    from safepage.launcher import main

    main.run(HERE, sys.argv[1:], __doc__)
