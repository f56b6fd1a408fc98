"""The command `upgrade`: gives a begun site a newer generator, and shows what changes by it.

`command.py` runs in the generator that the site has, and prepares a copy; `inside.py` runs in the new one,
which knows what it needs, and changes that copy. In the end all of it is exchanged as one, or nothing is.
"""
