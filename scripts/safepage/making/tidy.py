"""Mends what a machine can mend in the code: the order of imports, unused names, line breaks, quotes."""

from __future__ import annotations

import argparse
import subprocess
import sys


def run(options: argparse.Namespace) -> int:
    """The command: 0 when nothing is left to mend by hand."""
    ruff = [sys.executable, "-m", "ruff"]
    left = subprocess.run([*ruff, "check", "--fix", "--quiet", "."], cwd=options.project, check=False)
    subprocess.run([*ruff, "format", "--quiet", "."], cwd=options.project, check=True)
    return left.returncode
