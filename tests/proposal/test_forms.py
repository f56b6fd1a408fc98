"""The forms under Actions: they run a command for translators and propose its change, or say why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import workflow
from host import Host, host
from workflow import Ended, git

from safepage import cli
from safepage.site import settings
from safepage.translations import catalogue
from small import small_site

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="the workflows run on Linux")]
FORMS = {"confirm": "confirm", "unchanged": "unchanged", "begin": "new"}
GIVEN = ("LANGUAGE", "PAGES", "REVIEWER", "SAME", "NAME", "EXIT")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository on the code host: a typo was mended in English last, and Dutch `about` is a draft."""
    root = tmp_path_factory.mktemp("forms") / "site"
    site = small_site(root)
    workflow.repository(root)
    site.change("docs/en/advice.md", "# ", "# Some ")
    git(root, "commit", "-q", "-a", "-m", "a typo")
    git(root, "clone", "-q", "--bare", ".", "../origin.git")
    return root.parent / "origin.git"


class Form:
    """A form that somebody sends, in a clone of the repository."""

    def __init__(self, origin: Path, folder: Path) -> None:
        self.origin, self.root, self.folder = origin, folder / "clone", folder
        self.host: Host = host(folder / "host")
        git(folder, "clone", "-q", str(origin), "clone")

    def send(self, step: str, **typed: str) -> Ended:
        """Run what changes the project."""
        given = {name: typed.get(name.lower(), "") for name in GIVEN}
        title = "Change it, and check what has changed"
        (self.folder / "run").mkdir()
        return workflow.step(
            "form", "change", title, self.root, self.folder / "run", self.host, STEP=step, **given
        )

    def propose(self, title: str, branch: str = "form-1") -> Ended:
        """Run what proposes it, in another clone."""
        if not (self.folder / "other").exists():
            git(self.folder, "clone", "-q", str(self.origin), "other")
        given = {"BRANCH": branch, "TITLE": title}
        return workflow.step(
            "propose", "propose", "Propose it", self.folder / "other", self.folder / "run", self.host, **given
        )


@pytest.fixture
def form(origin: Path, tmp_path: Path) -> Form:
    return Form(origin, tmp_path)


def test_confirm_is_proposed(form: Form) -> None:
    """With what was done, who asked, and how the checks are started; once."""
    done = form.send("confirm", language="nl", pages="about  recognise\ntitle=x", reviewer="@somebody")
    assert (done.code, done.given) == (0, {"title": "Confirmed: nl about  recognise"}), done.said
    assert "    docs/nl/about.md matches docs/en/about.md, checked by somebody." in done.summary
    branch = f"form-{form.root.parent.name}"
    proposed = form.propose(done.given["title"], branch)
    assert proposed.code == 0, proposed.said
    changed = git(form.origin, "diff", "--name-only", "main", branch).split()
    assert changed == ["docs/nl/.confirmed/about.yml", "docs/nl/.confirmed/recognise.yml"]
    *_, call = form.host.asked()
    assert call["words"][:6] == ["pr", "create", "--base", "main", "--head", branch]
    assert "    docs/nl/recognise.md matches docs/en/recognise.md" in call["body"]
    assert "    berta asked for it by a form." in call["body"]
    assert "*Approve workflows to run*" in call["body"]
    number = len(form.host.asked())
    assert "It has been proposed already." in form.propose("again", branch).said
    assert len(form.host.asked()) == number


def test_where_github_may_open_no_pull_request_a_person_is_led_there(form: Form) -> None:
    done = form.send("unchanged", pages="advice")
    assert (done.code, done.given) == (0, {"title": "No change of meaning: advice"}), done.said
    assert "nl: still matches" in done.summary
    (form.host.root / "closed").touch()
    branch = f"form-{form.root.parent.name}"
    proposed = form.propose(done.given["title"], branch)
    assert proposed.code == 1
    assert f"(https://github.com/us/site/compare/main...{branch}?expand=1)" in proposed.summary


def test_a_language_is_begun(form: Form) -> None:
    leads = "https://www.our-weather.be/x?a=1&b=$(touch${IFS}evil)'\""
    done = form.send("new", language="so", exit=leads, name="Af Soomaali; touch evil")
    assert (done.code, done.given) == (0, {"title": "Begun: so"}), done.said
    git(form.root, "stash", "-q", "--include-untracked")
    git(form.root, "apply", str(form.folder / "run/proposal/change.patch"))
    site = catalogue.read(form.root)
    assert site.autonyms["so"] == "Af Soomaali; touch evil"
    config = settings.read((form.root / "mkdocs.yml").read_text(encoding="utf-8"))
    assert config.get(*settings.EXITS, "so") == leads
    assert not (form.root / "evil").exists()


def test_confirming_all_again_proposes_nothing(form: Form) -> None:
    assert cli.main(["translations", "confirm", "nl", "--all", "--same"], form.root) == 0
    git(form.root, "add", "--all")
    git(form.root, "commit", "-q", "-m", "confirmed")
    done = form.send("confirm", language="nl", pages="all", same="true")
    assert (done.code, done.given) == (0, {}), done.said
    assert "Left out, since not translated: find-centre." in done.summary
    assert "Nothing changes by it" in done.summary


@pytest.mark.parametrize(
    ("step", "typed", "says"),
    [
        ("confirm", {"language": "xx", "pages": "about"}, "has no language “xx”"),
        ("confirm", {"language": "--help", "pages": "all"}, "has no language “--help”"),
        ("confirm", {"language": "--help", "pages": "about"}, "has no language “--help”"),
        ("confirm", {"language": "nl", "pages": "$(touch${IFS}evil) `touch evil`"}, "there is no such page"),
        ("confirm", {"language": "nl", "pages": "about", "reviewer": "A B; touch evil"}, "is no handle"),
        ("confirm", {"language": "nl\ntitle=x", "pages": "about"}, "has no language"),
        ("confirm", {"language": "nl", "pages": ""}, "PAGE --all is required"),
        ("unchanged", {"pages": "about --since=HEAD~1"}, "unrecognized arguments: --since=HEAD~1"),
        ("new", {"language": "so", "exit": "http://www.our-weather.be/"}, "begin it with https://"),
        ("new", {"language": "*", "name": "\"'; touch evil"}, "not a known language tag"),
    ],
)
def test_a_wrong_word_ends_in_the_command_s_own_line(
    step: str, typed: dict[str, str], says: str, form: Form
) -> None:
    """Nothing is given on, so nothing is proposed; and nothing that was typed is run."""
    done = form.send(step, **typed)
    assert done.code != 0
    assert done.given == {}
    lines = [line for line in done.summary.splitlines() if line]
    assert says in done.summary
    assert len(lines) == (3 if "IFS" in typed.get("pages", "") else 1), "a line for each page"
    assert all(line.startswith("    ") for line in lines)
    assert git(form.root, "status", "--porcelain") == ""


def test_what_does_not_build_is_not_proposed(form: Form) -> None:
    """The gate's line stands in the summary."""
    done = form.send("new", language="so", name="Soo\u202emaali")
    assert (done.code, done.given) == (1, {}), done.said
    assert "mkdocs.yml" in done.summary
    assert "What to do" in done.summary


def test_each_form_hands_on_all_that_is_typed_and_writes_nothing_itself() -> None:
    """By the environment: no expression stands in a line of a shell."""
    inputs = workflow.read("form")[True]["workflow_call"]["inputs"]
    handed: dict[str, set[str]] = {name: set() for name in inputs}
    for name, step in FORMS.items():
        form = workflow.read(name)
        (job,) = form["jobs"].values()
        typed = form[True]["workflow_dispatch"]["inputs"]
        assert form["permissions"] == {}
        assert job["uses"] == "$/.github/workflows/form.yml"
        assert job["with"].pop("step") == step
        assert set(job["with"]) <= set(inputs)
        assert set(job["with"].values()) == {f"${{{{ inputs.{one} }}}}" for one in typed}
        for one in job["with"]:
            handed[one].add(name)
    assert not [name for name, by in handed.items() if not by and name != "step"]


def test_what_runs_a_command_may_only_read() -> None:
    """And what may write runs nothing of the project."""
    jobs = {
        (name, job): entry
        for name in ("form", "propose", "comment", "translations")
        for job, entry in workflow.read(name)["jobs"].items()
        if "steps" in entry
    }
    rights = {key: entry["permissions"] for key, entry in jobs.items()}
    assert rights == {
        ("form", "change"): {"contents": "read"},
        ("propose", "propose"): {"contents": "write", "pull-requests": "write"},
        ("comment", "comment"): {"actions": "read", "contents": "read", "pull-requests": "write"},
        ("translations", "translations"): {"contents": "read"},
    }
    runs = {key: "".join(step.get("run", "") for step in entry["steps"]) for key, entry in jobs.items()}
    assert "manage.py" not in runs["propose", "propose"]
    assert not [key for key, text in runs.items() if "${{" in text]


def test_the_comment_s_workflow_runs_the_main_branch_alone() -> None:
    """After the checks, whose name it has; it checks out nothing but what it was started from."""
    told, checks = workflow.read("comment"), workflow.read("translations")
    assert set(told[True]) == {"workflow_run"}
    assert told[True]["workflow_run"]["workflows"] == [checks["name"]]
    assert set(checks[True]) == {"pull_request"}
    (job,) = told["jobs"].values()
    uses = [step for step in job["steps"] if "uses" in step]
    assert [set(step["with"]) for step in uses] == [{"persist-credentials"}, {"python-version"}]
    text = (workflow.WORKFLOWS / "comment.yml").read_text(encoding="utf-8")
    assert "secrets." not in text
