"""To whom a language is offered: the tags of browsers that the page would else take for another language."""

from __future__ import annotations

import pytest

from safepage.site.offers import asked


@pytest.mark.parametrize(
    ("site", "says"),
    [
        ("en nl fr de ar ro bg pt-BR es vi tr uk pl", {"pt-BR": "pt", "ro": "mo"}),
        ("en zh-Hans zh-Hant", {"zh-Hans": "zh", "zh-Hant": "zh-hk zh-mo zh-tw"}),
        ("en zh-Hant zh-Hans", {"zh-Hans": "zh", "zh-Hant": "zh-hk zh-mo zh-tw"}),
        ("en zh-Hans", {"zh-Hans": "zh", "": "zh-hk zh-hant zh-mo zh-tw"}),
        ("en zh-Hant", {"zh-Hant": "zh-hk zh-mo zh-tw"}),
        ("en no", {"no": "nb"}),
        ("en nb nn", {"nb": "no"}),
        ("en tl", {"tl": "fil"}),
        ("en fil", {"fil": "tl"}),
        (
            "en pt-BR pt-PT",
            {"pt-BR": "pt", "pt-PT": "pt-ao pt-ch pt-cv pt-gq pt-gw pt-lu pt-mo pt-mz pt-st pt-tl"},
        ),
        ("en sr sr-Latn", {"sr-Latn": "sh sr-me"}),
        ("en prs fa", {"prs": "fa-af"}),
        ("en fa", {"fa": "prs"}),
        ("en prs", {"prs": "fa"}),
        ("en ku ckb", {}),
        ("en ckb", {}),
        ("en kmr", {"kmr": "ku"}),
        ("en he", {"he": "iw"}),
        ("en pa", {"": "pa-arab pa-pk"}),
        ("en-GB de", {"en-GB": "en"}),
        ("en rmy ti am hr bs", {}),
    ],
)
def test_a_language_says_for_which_tags_it_is_meant(site: str, says: dict[str, str]) -> None:
    assert asked(tuple(site.split())) == says
