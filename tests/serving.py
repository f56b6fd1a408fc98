"""The web server of the checks, under the name that the tests know."""

from safepage.checks.serving import Handler, Server, serving

__all__ = ["Handler", "Server", "serving"]
