"""What a source paragraph said before: looked up in git by its words, so moves and squashes don't matter."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from safepage.faults import Faulty
from safepage.page.paragraphs import Paragraph, paragraphs

Read = Callable[[str, str], Sequence[Paragraph]]  # of a text and its path


class History:
    """The history of the source pages in `root`, as far as this copy of the project has it."""

    def __init__(self, root: Path, source: str) -> None:
        self.root, self.folder = root, f"docs/{source}"

    def limits(self) -> str | None:
        """Why old texts may be missing, in plain words; None if the whole history is here."""
        if not self._git("log", "-1", "--format=%h", "--", self.folder):
            return "this copy has no git history (is it an archive?), so the old text can't be shown"
        if (self._git("rev-parse", "--is-shallow-repository") or "").startswith("true"):
            return (
                "this copy has only a part of the git history (a shallow clone), so old text is missing;"
                " `git fetch --unshallow` brings the rest"
            )
        return None

    def head(self) -> str:
        """The name of the version that this copy holds; "" without git, or before the first commit."""
        return (self._git("rev-parse", "--verify", "--quiet", "HEAD") or "").strip()

    def names(self) -> list[str]:
        """Git's names of all texts that the source's pages ever had on the way to HEAD, the newest first."""
        return list(self._blobs("HEAD", "--", f"{self.folder}/*.md"))

    def find(self, page: str, digests: Iterable[str]) -> dict[str, Paragraph]:
        """The paragraphs with these digests, as far as any version of the page, or of another, has them."""
        wanted = set(digests)
        found: dict[str, Paragraph] = {}
        for blobs in (self._blobs("--follow", "HEAD", "--", f"{self.folder}/{page}.md"), self._all()):
            if wanted <= found.keys():
                break
            for _, text in self.contents(blobs):
                for block in paragraphs(text):
                    if block.digest in wanted:
                        found.setdefault(block.digest, block)
                if wanted <= found.keys():
                    break
        return found

    def find_words(self, path: str, read: Read, digests: Iterable[str]) -> dict[str, Paragraph]:
        """The same of another file, `read` as paragraphs; a version that can't be read is passed over."""
        wanted = set(digests)
        found: dict[str, Paragraph] = {}
        for _, text in self.contents(self._blobs("HEAD", "--", path)):
            with suppress(Faulty):
                for block in read(text, path):
                    if block.digest in wanted:
                        found.setdefault(block.digest, block)
            if wanted <= found.keys():
                break
        return found

    def before(self, path: str, now: str, since: str | None, read: Read) -> tuple[str, str] | None:
        """A file's text before the last edit that changed what it says, and which version that is.

        In: the file; its text as it is now; perhaps a revision to take instead; how it is read. None if
        history has no such text.
        """
        if since is not None:
            text = self._git("show", "--end-of-options", f"{since}:./{path}")
            return None if text is None else (text, since)
        words = [block.digest for block in read(now, path)]
        commits = (self._git("log", "--format=%h", "HEAD", "--", path) or "").split()
        for commit in ["HEAD", *commits, *(f"{commits[-1]}^" for _ in commits[-1:])]:
            text = self._git("show", f"{commit}:./{path}")
            with suppress(Faulty):
                if text is not None and [block.digest for block in read(text, path)] != words:
                    return text, commit
        return None

    def text(self, path: str, since: str) -> str | None:
        """A file as it was where this history and a revision parted; None if it was not there."""
        base = self._git("merge-base", "--end-of-options", since, "HEAD")
        return base and self._git("show", "--end-of-options", f"{base.strip()}:./{path}")

    def touched(self, since: str) -> set[str] | None:
        """The languages' folders that changed since a revision branched off, and "mkdocs.yml" if it did.

        None if there is no such revision.
        """
        output = self._git(
            "diff",
            "--name-only",
            "--relative",
            "--end-of-options",
            f"{since}...HEAD",
            "--",
            "docs",
            "mkdocs.yml",
        )
        if output is None:
            return None
        paths = [line.split("/") for line in output.splitlines()]
        return {parts[1] if len(parts) > 2 else parts[-1] for parts in paths}

    def _all(self) -> Iterator[str]:
        yield from self._blobs("--all", "--", "*.md")

    def _blobs(self, *which: str) -> Iterator[str]:
        """Object names of every version, the newest first."""
        output = self._git("log", "--format=", "--raw", "--no-abbrev", *which)
        seen = set()
        for line in (output or "").splitlines():
            names = line.split()[2:4]
            for name in reversed(names):
                if name.strip("0") and name not in seen:
                    seen.add(name)
                    yield name

    def contents(self, blobs: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Those of these names that this copy has, each with its text."""
        names = list(blobs)
        if not names:
            return
        run = subprocess.run(
            ["git", "-C", str(self.root), "cat-file", "--batch"],
            input="\n".join(names).encode() + b"\n",
            capture_output=True,
            check=False,
        )
        data, at = run.stdout, 0
        while at < len(data):
            end = data.index(b"\n", at)
            head = data[at:end].split()
            at = end + 1
            if len(head) == 3 and head[1] == b"blob":
                size = int(head[2])
                yield head[0].decode(), data[at : at + size].decode("utf-8", errors="replace")
                at += size + 1

    def _git(self, *arguments: str) -> str | None:
        try:
            run = subprocess.run(
                ["git", "-c", "core.quotepath=off", "-C", str(self.root), *arguments],
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
            )
        except FileNotFoundError:
            return None
        return run.stdout if run.returncode == 0 else None
