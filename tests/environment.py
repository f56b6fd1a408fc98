"""The repository that the tests belong to."""

from safepage.making.repository import ROOT

__all__ = ["ROOT"]
