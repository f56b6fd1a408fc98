"""The code host that a hosted editor speaks to, from `repo_url` in mkdocs.yml and what was asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urlsplit

from safepage.faults import Fault, Faulty
from safepage.translations import editing

KINDS = ("github", "gitlab", "forgejo")
_NAMES = {"github": "GitHub", "gitlab": "GitLab", "forgejo": "Forgejo"}
_PUBLIC = {
    "github": "https://github.com",
    "gitlab": "https://gitlab.com",
    "forgejo": "https://codeberg.org",
}
_APIS = {"github": "/api/v3", "gitlab": "/api/v4", "forgejo": "/api/v1"}
# It stands in the policy: nothing in it may end a directive.
_WEB = re.compile(r"https://[\w.-]+(?::\d+)?")
_REPOSITORY = re.compile(r"[\w.-]+(?:/[\w.-]+)+")


@dataclass(frozen=True)
class Where:
    """`kind` of the code host, where its API is and its own pages are, the project on it, and the branch."""

    kind: str
    api: str
    web: str
    repository: str
    branch: str

    @classmethod
    def find(cls, repo_url: str, kind: str, repository: str, branch: str, api: str) -> Self:
        """In: `repo_url`, and what was asked for ("" if it was not). Raises Faulty."""
        url = repo_url.rstrip("/").removesuffix(".git")
        known = editing.kind(url)
        kind = kind or known
        if not kind:
            what = "repo_url names no project on a code host that is known"
            raise _fault(what, "write its address there, or name the host with --host")
        if url and known in ("", kind):
            web = url.removesuffix(urlsplit(url).path)
            repository = repository or urlsplit(url).path.strip("/")
        else:
            web = _web(api) or _PUBLIC[kind]
        if not _WEB.fullmatch(web):
            raise _fault("repo_url does not begin with https://", "write the project's whole address")
        if not _REPOSITORY.fullmatch(repository) or (repository.count("/") > 1 and kind != "gitlab"):
            what = f"nothing says which project of {_NAMES[kind]} it is"
            raise _fault(what, "write its address at repo_url, or name it with --repository OWNER/NAME")
        usual = "https://api.github.com" if web == _PUBLIC["github"] else web + _APIS[kind]
        return cls(kind, api or usual, web, repository, branch or editing.BRANCH)

    @property
    def name(self) -> str:
        """What people call the host."""
        return "Codeberg" if self.web == _PUBLIC["forgejo"] else _NAMES[self.kind]

    @property
    def policy(self) -> str:
        """The Content-Security-Policy: the browser asks nothing but this one project, and who one is."""
        project = (
            f"{self.api}/projects/{quote(self.repository, safe='')}"
            if self.kind == "gitlab"
            else f"{self.api}/repos/{self.repository}"
        )
        return (
            f"default-src 'none'; script-src 'self'; style-src 'self'; "
            f"connect-src {self.api}/user {project} {project}/; "
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        )


def _web(api: str) -> str:
    """Where people find a host whose programs ask at `api`; "" for GitHub's own, which has two addresses."""
    found = urlsplit(api)
    own = found.scheme == "https" and found.netloc != "api.github.com"
    return f"https://{found.netloc}" if own else ""


def _fault(what: str, todo: str) -> Faulty:
    return Faulty([Fault("mkdocs.yml", 0, what, todo)])
