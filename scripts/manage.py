"""The one command of this project. Needs Python 3.11 or newer and nothing else; the first run makes .venv.

    python3 scripts/manage.py serve          show the site while you edit it
    python3 scripts/manage.py build          write the site to the folder site/
    python3 scripts/manage.py check          build the site aside and look at it in a real browser
    python3 scripts/manage.py test           check the code and test the site in real browsers
    python3 scripts/manage.py test --quick   only what needs no browser and not the whole site
    python3 scripts/manage.py translations   how complete and how fresh each language is
    python3 scripts/manage.py measure        the weight and speed of the site
    python3 scripts/manage.py load           how many visits nginx on this computer bears, with this site
    python3 scripts/manage.py slips          try random slips of the hand in the pages, and count how they end
    python3 scripts/manage.py headers        tell a web server or host the headers of the built site
    python3 scripts/manage.py copy           copy the built site so that it works from a USB stick
    python3 scripts/manage.py begin          write a site for an organisation, in any country
    python3 scripts/manage.py sheets         make the poster and the card of each language as PDF
    python3 scripts/manage.py pictures       take the pictures of the README anew
    python3 scripts/manage.py tidy           mend in the code what a machine can mend
    python3 scripts/manage.py lock           renew the lock files (needs the network)

COMMAND --help tells more.
"""

# An older Python (3.6 and up) must be able to read this file, to be told so; the other files need not care.
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit(
        f"manage.py: Python 3.11 or newer is needed, this is {found}. See https://www.python.org/downloads/"
    )

sys.path.insert(0, str(Path(__file__).parent))  # PYTHONSAFEPATH leaves it out

from safepage.launcher import main

if __name__ == "__main__":
    main.run(Path(__file__).resolve().parent.parent, sys.argv[1:], __doc__)
