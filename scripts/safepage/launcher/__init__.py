"""What starts the command before anything is installed: makes `.venv` from locks, and goes on in it.

Standard library alone, and importable out of a wheel: a begun site starts it from the one that it holds.
"""
