"""Draws an SVG from standard input as a PNG on standard output: a program apart, which can be stopped."""

from __future__ import annotations

import sys


def main() -> None:
    """In: the drawing, and its width in points as the argument. Exit code 1 if it can't be drawn."""
    try:
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
    except (ImportError, ValueError, OSError):
        pass
    import resvg_py

    width = int(sys.argv[1])
    # Without the fonts of this computer: what is drawn is the same everywhere, and soon.
    drawn = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode("utf-8-sig"), width=width, dpi=96, skip_system_fonts=True
    )
    sys.stdout.buffer.write(drawn)


if __name__ == "__main__":
    main()
