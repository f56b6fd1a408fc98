"""What the contributors' page shows: the state of every language and page, and where to work on it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from safepage.page.paragraphs import paragraphs
from safepage.page.plain_words import plain
from safepage.site.locales import direction
from safepage.translations.catalogue import Catalogue
from safepage.translations.freshness import State

# Hosts refuse an address of about 8 kB; a page of many addresses must stay light as well.
_LONGEST = 6_000
_ALL = 150_000

_SAYS = {
    "missing": "not translated",
    "draft": "draft: no native speaker has checked it",
    "current": "up to date",
    "outdated": "out of date",
}


@dataclass(frozen=True)
class Item:
    """One page in one language. `href` is where to edit or begin it, or None without a repository;
    `changed` holds the first words of the source's paragraphs that changed."""

    page: str
    critical: bool
    status: str
    says: str
    action: str
    href: str | None
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Language:
    """One language: `totals` by status, `items` in the order of the pages. Readers don't get a hidden one."""

    locale: str
    autonym: str
    direction: str
    hidden: bool
    totals: dict[str, int]
    items: tuple[Item, ...]


def overview(site: Catalogue, repo_url: str | None = None, branch: str = "main") -> list[Language]:
    """How every translation stands. Raises Faulty if a page or a record can't be read.

    In: the project; its address on GitHub, GitLab or Forgejo (Codeberg), and the branch that is published.
    """
    states = {(tag, name): site.state(tag, name, places=False) for tag in site.locales for name in site.pages}
    missing = [key for key, state in states.items() if state.status == "missing"]
    each = min(_LONGEST, _ALL // max(1, len(missing)))
    languages = []

    def link(locale: str, page: str) -> str | None:
        state, path = states[locale, page], f"docs/{locale}/{page}.md"
        if not repo_url:
            return None
        if _is_new(state):
            return new_url(repo_url, branch, path, site.text(site.source, page) or "", each)
        return edit_url(repo_url, branch, path)

    for tag in site.locales:
        items = tuple(
            _item(page, page in site.critical, states[tag, page], link(tag, page)) for page in site.pages
        )
        totals = {name: sum(item.status == name for item in items) for name in _SAYS}
        languages.append(Language(tag, site.autonyms[tag], direction(tag), tag in site.hidden, totals, items))
    return languages


def edit_url(repo_url: str, branch: str, path: str) -> str:
    """The address at which a file of the repository is edited in the browser."""
    repo, host = repo_url.rstrip("/"), _host(repo_url)
    verb = {"gitlab": "-/edit", "forgejo": "_edit"}.get(host, "edit")
    return f"{repo}/{verb}/{quote(branch)}/{quote(path)}"


def new_url(repo_url: str, branch: str, path: str, text: str, limit: int = _LONGEST) -> str:
    """The address at which a new file is begun in the browser, with its name and, where the host can, a text.

    `text` is the source page; if the address would be longer than `limit`, its outline; else nothing.
    """
    repo, host = repo_url.rstrip("/"), _host(repo_url)
    folder, name = "/".join(path.split("/")[:2]), "/".join(path.split("/")[2:])
    if host == "gitlab":
        return f"{repo}/-/new/{quote(branch)}/{quote(folder)}?file_name={quote(name, safe='')}"
    if host == "forgejo":
        return f"{repo}/_new/{quote(branch)}/{quote(folder)}?filename={quote(name, safe='')}"
    address = f"{repo}/new/{quote(branch)}/{quote(folder)}?filename={quote(name, safe='')}"
    for start in (text, outline(text)):
        longer = f"{address}&value={quote(start, safe='')}"
        if len(longer) <= limit:
            return longer
    return address


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


def _item(page: str, critical: bool, state: State, href: str | None) -> Item:
    says = _SAYS[state.status]
    if state.status == "outdated":
        count = len(state.changed)
        says += f": {count} {'paragraph has' if count == 1 else 'paragraphs have'} changed"
        says += "; a draft, too" if state.draft else ""
    elif state.status == "draft" and not state.confirmed:
        says += "; nobody has confirmed that it matches the source"
    elif state.reviewed_by:
        says += f", checked by {state.reviewed_by}"
    changed = tuple(
        _words(plain(change.new.text))
        if change.new
        else f"(removed) {plain(change.old.excerpt) if change.old else ''}"
        for change in state.changed
    )
    return Item(page, critical, state.status, says, "Begin" if _is_new(state) else "Edit", href, changed)


def _is_new(state: State) -> bool:
    """A copy of the source counts as missing as well, but its file is there to edit."""
    return state.status == "missing" and not state.untranslated_blocks


def _words(text: str) -> str:
    return text if len(text) <= 80 else text[:80].rsplit(" ", 1)[0] + " …"


def _host(repo_url: str) -> str:
    name = urlsplit(repo_url).hostname or ""
    if "gitlab" in name:
        return "gitlab"
    return "forgejo" if any(word in name for word in ("codeberg", "forgejo", "gitea")) else "github"
