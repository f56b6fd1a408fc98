"""The command `begin`: asks or reads what a site needs, and writes it to a folder as a whole."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from safepage import taken
from safepage.begin import answers, asking, generator, guides, settings_file
from safepage.begin.answers import Answers
from safepage.begin.content import Content
from safepage.begin.packed import Packed
from safepage.faults import Fault, Faulty
from safepage.output import place

_CONTACTS = """\
# Every number, address and outside link of the site, once. Pages say {{ emergency.phone }}.
#
# To change one: edit it here, write where you found it (`source`) and the day you checked it
# (`checked`, year-month-day). Phone numbers are written as people in this country write them;
# the site makes the link. A number that belongs to another country begins with +.
# In quotation marks: a number that is short or begins with 0 or +.

"""
_REGIONS = """\
# Which centre helps where: each region with its code (ISO 3166-2), its name, the key of its centre in
# contacts.yml, and how its postcodes begin ("3000-3499", "SW"); the longest beginning counts.

"""


def run(options: argparse.Namespace) -> int:
    """The command: 0 when the site was written, 1 with a line for each thing that is wrong."""
    target = Path(options.folder).absolute()
    try:
        if why := refusal(target):
            raise Faulty([Fault(options.folder, 0, why, "name another folder, which is empty or not there")])
        packed = Packed.read()
        given, warnings = (
            answers.read(Path(options.answers), packed) if options.answers else (asking.ask(packed), [])
        )
        content = Content(packed, given.languages, given.names)
        write(target, given, content, options.project)
    except Faulty as faulty:
        print(*faulty.faults, sep="\n", file=sys.stderr)
        print("Nothing was written.", file=sys.stderr)
        return 1
    except EOFError:
        print("\nThe answers end here: nothing was written.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The site could not be written: {error}. Nothing is left of it.", file=sys.stderr)
        return 1
    print(*warnings, sep="\n", end="\n" if warnings else "", file=sys.stderr)
    print(*_told(target, given, content), sep="\n")
    return 0


def refusal(target: Path) -> str:
    """Why no site can begin in a folder, in one line without a full stop; "" if it can."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        return f"{target} is no folder"
    if target.is_dir() and any(entry.name != ".git" for entry in target.iterdir()):
        return f"{target} holds something already"
    for parent in target.parents:
        if (parent / "mkdocs.yml").is_file() and place.is_part(target.relative_to(parent).parts[0]):
            return f"{target} is a part of the site in {parent}"
    return ""


def write(target: Path, given: Answers, content: Content, project: Path) -> None:
    """Write a site: all of it, or nothing. Raises Faulty, and OSError where the folder can't be written.

    In: the folder, what was answered and what the site begins with; the folder that the command runs for.
    """
    texts = content.texts()
    name = given.names.get(given.source) or content.packed.word(given.source, "site_name")
    texts |= guides.texts(given.languages, name)
    own = {
        "mkdocs.yml": settings_file.text(given, name, content.pages, content.packed.settings),
        "docs/contacts.yml": _CONTACTS + given.contacts,
        **({"docs/regions.yml": _REGIONS + given.regions} if given.regions else {}),
    }
    wheel = generator.files(project)
    with place.staged(target) as stage:
        built = stage / "site"
        for path, text in {**texts, **own}.items():
            _put(built / path, text.encode())
        for path, data in wheel.items():
            _put(built / path, data)
        taken.write(built, texts)
        place.put(built, target)


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _told(target: Path, given: Answers, content: Content) -> Iterator[str]:
    """What was done, and what to do next."""
    yield f"The site is in {target}: {len(content.pages)} pages, in {', '.join(given.languages.values())}."
    if content.left_out:
        why = f"not in {given.languages[given.source]}, or of one country alone"
        yield f"Left out, since {why}: {', '.join(content.left_out)}."
    first = content.packed.source
    if len(whole := Content(content.packed, {first: ""}).pages) > len(content.pages):
        yield f"Were {first} the first language, it would have {len(whole)} pages."
    if content.new:
        yield f"To translate: {', '.join(given.languages[tag] for tag in content.new)}."
    yield "Next, in that folder:"
    yield "  1. python3 manage.py serve        look at it; README.md says what to change before others see it"
    yield "  2. git init, git add ., git commit   then send it to a code host, where people propose changes"
    yield "  3. python3 manage.py test         then publish it, as README.md says"
