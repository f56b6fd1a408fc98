"""Lets pytest find the fixtures, wherever the package lies."""

pytest_plugins = ["safepage.checks.fixtures"]
