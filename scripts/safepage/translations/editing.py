"""Where a file of the project is edited, or a new one begun, in the browser: on GitHub, GitLab, Forgejo."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlsplit

from safepage.page.paragraphs import paragraphs

BRANCH = "main"  # that is published: .github/workflows/publish.yml
_LONGEST = 6_000  # hosts refuse an address of about 8 kB


class _Forms(NamedTuple):
    """What follows a project's address; what a new file's name and text are called there ("": not taken)."""

    edit: str
    new: str
    name: str
    text: str


_GITHUB = _Forms("edit", "new", "filename", "value")
_GITLAB = _Forms("-/edit", "-/new", "file_name", "")
_FORGEJO = _Forms("_edit", "_new", "filename", "value")
_HOSTS = {"github": _GITHUB, "gitlab": _GITLAB, "codeberg": _FORGEJO, "forgejo": _FORGEJO, "gitea": _FORGEJO}


def kind(repo_url: str | None) -> str:
    """Which API the project's code host has: github, gitlab or forgejo; "" for a host that is not known."""
    forms = _forms(repo_url)
    return next((name for name in ("github", "gitlab", "forgejo") if _HOSTS[name] is forms), "")


def edit_url(repo_url: str | None, path: str) -> str | None:
    """The address at which a file is edited; None without a project, or on a host that is not known."""
    forms = _forms(repo_url)
    return f"{_project(repo_url)}/{forms.edit}/{BRANCH}/{quote(path)}" if forms else None


def new_url(repo_url: str | None, path: str, text: str, limit: int = _LONGEST) -> str | None:
    """The address at which a new file is begun, with its name and, where the host can, a text.

    `text` is the source page; if the address would be longer than `limit`, its outline; else nothing. None as
    for `edit_url`.
    """
    forms = _forms(repo_url)
    if forms is None:
        return None
    folder, name = "/".join(path.split("/")[:2]), "/".join(path.split("/")[2:])
    address = f"{_project(repo_url)}/{forms.new}/{BRANCH}/{quote(folder)}?{forms.name}={quote(name, safe='')}"
    for start in (text, outline(text)) if forms.text else ():
        longer = f"{address}&{forms.text}={quote(start, safe='')}"
        if len(longer) <= limit:
            return longer
    return address


def form_url(repo_url: str | None, workflow: str) -> str | None:
    """Where the form of a workflow is filled in; None where a host has none of which we know."""
    return f"{_project(repo_url)}/actions/workflows/{workflow}" if _forms(repo_url) is _GITHUB else None


def outline(text: str) -> str:
    """A page's front matter and headings, for a translator to fill in beside the source."""
    blocks = paragraphs(text)
    front = [f'{block.kind}: "{block.text}"' for block in blocks if not block.in_body]
    heads = [
        f"{'#' * int(block.kind[1])} {block.text}" + (f" {{#{block.id}}}" if block.id else "")
        for block in blocks
        if block.kind.startswith("h") and block.kind[1:].isdigit()
    ]
    return "\n".join(["---", *front, "---", "", "\n\n".join(heads), ""])


def _forms(repo_url: str | None) -> _Forms | None:
    host = urlsplit(repo_url or "").hostname or ""
    return next((forms for word, forms in _HOSTS.items() if word in host), None)


def _project(repo_url: str | None) -> str:
    return str(repo_url).rstrip("/").removesuffix(".git")
