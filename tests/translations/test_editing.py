"""Where a translator edits a file, or begins one, in the browser: each host in its own form."""

from __future__ import annotations

import pytest

from safepage.translations.editing import edit_url, new_url

PATH = "docs/zh-Hant/professions/health.md"
TEXT = "---\ntitle: Health\n---\n# Health & care\n\nText.\n"
NAME, SAID = (
    "professions%2Fhealth.md",
    "---%0Atitle%3A%20Health%0A---%0A%23%20Health%20%26%20care%0A%0AText.%0A",
)


@pytest.mark.parametrize(
    ("project", "edit", "new"),
    [
        ("https://github.com/us/site", "edit/main/", f"new/main/docs/zh-Hant?filename={NAME}&value={SAID}"),
        (
            "https://github.com/us/site.git",
            "edit/main/",
            f"new/main/docs/zh-Hant?filename={NAME}&value={SAID}",
        ),
        ("https://gitlab.com/a/b/site/", "-/edit/main/", f"-/new/main/docs/zh-Hant?file_name={NAME}"),
        ("https://gitlab.our-name.org/a/site", "-/edit/main/", f"-/new/main/docs/zh-Hant?file_name={NAME}"),
        (
            "https://codeberg.org/us/site",
            "_edit/main/",
            f"_new/main/docs/zh-Hant?filename={NAME}&value={SAID}",
        ),
    ],
)
def test_each_host_in_its_own_form(project: str, edit: str, new: str) -> None:
    at = project.removesuffix("/").removesuffix(".git")
    assert edit_url(project, PATH) == f"{at}/{edit}{PATH}"
    assert new_url(project, PATH, TEXT) == f"{at}/{new}"


@pytest.mark.parametrize("project", [None, "", "https://git.our-name.org/us/site"])
def test_nobody_is_led_to_a_form_that_is_not_known(project: str | None) -> None:
    assert edit_url(project, PATH) is None
    assert new_url(project, PATH, TEXT) is None


def test_a_long_page_is_begun_with_its_outline_and_a_longer_one_with_its_name() -> None:
    long = f"{TEXT}\n## Signs {{#signs}}\n\n{'words ' * 2_000}"
    outline = new_url("https://github.com/us/site", PATH, long) or ""
    assert outline.endswith("%23%23%20Signs%20%7B%23signs%7D%0A")
    assert "words" not in outline
    short = new_url("https://github.com/us/site", PATH, long, 100) or ""
    assert short.endswith(f"?filename={NAME}")
