"""What a pull request is told by itself. Python alone: beside the right to write, nothing is installed.

Whoever sends it runs `report` with their own code, without any right; `comment` runs from the main branch,
with the right to write comments, and takes what `report` left as a stranger's words.
"""
