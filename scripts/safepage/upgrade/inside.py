"""What the new generator does in the copy of a site that the old one has prepared, and what it tells of it.

    python -m safepage.upgrade.inside STAGE OLD_WHEEL NEW_WHEEL [--take-texts] [--keep-workflows]

The stage holds `old` (the site as it is), `new` (the copy to change), `before` (what the old generator made).
Prints what has changed. Ends with 0; with BY_HAND where something is left to do by hand; with 1 and a line
for each fault. The generator of an older site calls this: these words and numbers stay.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from safepage import build, taken
from safepage.faults import Faulty
from safepage.launcher import swap
from safepage.site import settings_check
from safepage.translations import frame_words
from safepage.upgrade import offered, pages, steps, wheels, words
from safepage.upgrade.files import Files, diff
from safepage.upgrade.ours import Ours
from safepage.upgrade.wheels import Wheel

BY_HAND = 3
_HOW = " (--take-texts takes those that are still ours, in the same command)"
_FAULTS = "With the new generator the site has faults:"


def main(arguments: Sequence[str]) -> int:
    """Change the copy, build it, tell what is different."""
    stage = Path(arguments[0])
    old, new = (wheels.read(Path(path)) for path in arguments[1:3])
    site = Files(stage / swap.NEW)
    try:
        told, by_hand = _changed(site, stage, old, new, arguments)
    except Faulty as faulty:
        print(_FAULTS, *faulty.faults, sep="\n")
        return 1
    for title, lines in {**told, "To do by hand": by_hand}.items():
        if lines:
            print(f"\n{title}:", *(f"  {line}" for line in lines), sep="\n")
    return BY_HAND if by_hand else 0


def _changed(
    site: Files, stage: Path, old: Wheel, new: Wheel, options: Sequence[str]
) -> tuple[dict[str, list[str]], list[str]]:
    """What has changed, under its titles; what is left to do."""
    was = taken.read(site.root)
    steps.take(site, old.version)
    now = offered.texts(site)
    by_hand = _new_words(site, now)
    before = Files(stage / swap.OLD)
    changed = [path for path in ("mkdocs.yml", *now) if site.read(path) != before.read(path)]
    needed = [line for path in changed for line in (path, *_indented(site, before, path))]
    ours = Ours(site, was, now, "--take-texts" in options, "--keep-workflows" in options)
    ours.renew()
    taken.write(site.root, ours.noted)
    build.build(site.root, stage / "after")
    told = {
        "What the new generator needs in your files": needed,
        "Renewed, since they were still ours": ours.guides,
        f"Texts of ours that have changed{'' if ours.take else _HOW}": ours.texts,
        "Pages that have changed": pages.changed(stage / "before", stage / "after"),
    }
    return told, [*by_hand, *ours.by_hand, *_overridden(site.root, old, new)]


def _new_words(site: Files, now: dict[str, str]) -> list[str]:
    """Bring the words of the frame up to date; what is left to translate of them."""
    left = []
    languages = settings_check.languages(site.read("mkdocs.yml") or "")
    source = frame_words.path(next(language.locale for language in languages if language.default))
    originals = words.values(now[source])
    for path, text in now.items():
        if not path.endswith(f"/{frame_words.FILE}") or (own := site.read(path)) is None:
            continue
        renewed = words.renewed(own, text)
        if renewed == own:
            continue
        site.write(path, renewed)
        new = words.values(renewed).keys() - words.values(own).keys()
        words.confirm(site, path, now, new, source.split("/")[1])
        same = [
            key
            for key in words.values(renewed)
            if key in new and words.values(text)[key] == originals.get(key)
        ]
        if same and path != source:
            told = "new word" if len(same) == 1 else "new words"
            left.append(f"{path}: {len(same)} {told} to translate: {', '.join(same)}")
    return left


def _indented(site: Files, before: Files, path: str) -> list[str]:
    return [f"  {line}" for line in diff(path, before.read(path) or "", site.read(path) or "")]


def _overridden(root: Path, old: Wheel, new: Wheel) -> list[str]:
    """Files that the site lays over the theme, and that are others there now."""
    told = []
    for file in sorted(file for file in (root / "overrides").rglob("*") if file.is_file()):
        name = file.relative_to(root / "overrides").as_posix()
        was, now = old.read(f"theme/{name}"), new.read(f"theme/{name}")
        if was is not None and was != now:
            what = (
                "is not in the theme any more"
                if now is None
                else "lies over a file that has changed in the theme"
            )
            told.append(f"overrides/{name} {what}: compare the two")
    return told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
