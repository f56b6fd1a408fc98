"""The folder of this repository, in which the makers' tools work."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
