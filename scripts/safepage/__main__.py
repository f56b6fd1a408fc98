"""`python -m safepage COMMAND`, in the folder of a site."""

import os
import signal
import sys
from pathlib import Path


def run() -> None:
    """Run the command that was typed, and end with its exit code; when told to stop, in one line."""
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        from safepage import cli

        # The launcher says where the project is, and how it was called itself.
        home = os.environ.get("SAFEPAGE_PROJECT")
        sys.exit(cli.main(None, Path(home) if home else None, "manage.py" if home else "safepage"))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")


if __name__ == "__main__":
    run()
