"""`python -m safepage COMMAND`, in the folder of a site."""

import os
import sys
from pathlib import Path

from safepage import cli

if __name__ == "__main__":
    # The launcher says where the project is, and how it was called itself.
    home = os.environ.get("SAFEPAGE_PROJECT")
    try:
        sys.exit(cli.main(None, Path(home) if home else None, "manage.py" if home else "safepage"))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
