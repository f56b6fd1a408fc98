"""A code host on the disk, and `gh`, its program, that asks it: the one thing here that is not the real one.

`Host` is a folder: what it answers to each address, and what was sent to it.
"""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_GH = f"""#!{sys.executable}
import json, os, pathlib, sys
host = pathlib.Path(os.environ["HOST"])
words = sys.argv[1:]
given = sys.stdin.read() if "--input" in words else ""
with (host / "asked.jsonl").open("a") as asked:
    body = pathlib.Path(words[words.index("--body-file") + 1]).read_text() if "--body-file" in words else ""
    asked.write(json.dumps({{"words": words, "given": given, "body": body}}) + "\\n")
if words[:2] == ["pr", "create"]:
    sys.exit("GitHub Actions is not permitted to create pull requests" if (host / "closed").exists() else 0)
if words[0] == "api":
    path = words[1].replace("/", "~").replace("?", "~")
    if not (host / path).exists():
        sys.exit("gh: Not Found (HTTP 404)")
    sys.stdout.buffer.write((host / path).read_bytes())
"""
HERE = "repos/us/site"


@dataclass(frozen=True)
class Host:
    """`gh` is in its folder `bin`."""

    root: Path

    def answer(self, address: str, what: Any) -> None:
        """Answer so to an address of us/site: bytes, or anything as JSON."""
        data = what if isinstance(what, bytes) else json.dumps(what).encode()
        (self.root / f"{HERE}/{address}".replace("/", "~").replace("?", "~")).write_bytes(data)

    def asked(self) -> list[dict[str, Any]]:
        """Each call of `gh`: its words, what was given to it, and the text of a pull request."""
        file = self.root / "asked.jsonl"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [json.loads(line) for line in lines]

    def environment(self, **others: str) -> dict[str, str]:
        """The variables of a workflow's step."""
        path = os.pathsep.join([str(self.root / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
        return {
            "PATH": path,
            "HOST": str(self.root),
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_REPOSITORY": "us/site",
            **others,
        }


def host(root: Path) -> Host:
    """A code host in a folder, that knows nothing yet."""
    (root / "bin").mkdir(parents=True)
    program = root / "bin/gh"
    program.write_text(_GH, encoding="utf-8")
    program.chmod(0o755)
    return Host(root)


def packed(data: bytes, name: str = "report.json") -> bytes:
    """An artefact with one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()
