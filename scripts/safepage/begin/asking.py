"""Asks for what a site needs, in plain words, line by line; each answer is checked when it is given."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from babel.languages import get_official_languages
from langcodes import Language

from safepage.begin import answers
from safepage.begin.answers import Answers
from safepage.begin.excerpt import dumped
from safepage.begin.packed import Packed
from safepage.faults import Fault, errors
from safepage.gate import country as countries
from safepage.site.locales import meant, spelling, valid
from safepage.site.telephone import BY_HAND

EXIT = "https://www.wikipedia.org/"  # in any country, until somebody knows a better one


def ask(packed: Packed) -> Answers:
    """The answers that a person types. Raises EOFError where they end too soon.

    What was left empty is no news: the build tells of it, and what to do.
    """
    print("A few questions. Enter takes what stands in [brackets]; every answer can be changed later.\n")
    talk = _Talk(packed)
    country = talk.put(
        "country", "Your country: its name, or its two letters", read=talk.country, needed=True
    )
    print(f"So it is for {countries.name(country)}. There are texts in: {', '.join(packed.locales)}.")
    print("Write first the one that you write in. One without texts may follow: it begins empty.")
    talk.put("languages", "Languages of the site", ", ".join(_spoken(country, packed)), talk.languages)
    talk.put("address", "The address of the site, if it has one already", answers.NOWHERE)
    talk.put("name", f"Its name (Enter: “{packed.word(packed.source, 'site_name')}”, in each language)")
    talk.put("exit", "Where “Leave this site” leads: a harmless page, such as one about the weather", EXIT)
    print("\nWho runs the site? What you leave empty shows as a gap until you write it in docs/contacts.yml.")
    for key in ("name", "address", "email"):
        talk.put(f"operator.{key}", f"The organisation's {key}")
    print("\nWhom can readers call? Give a number that you have checked today, and say where you found it.")
    known = countries.emergency(country)
    which = f" (one of {', '.join(known)})" if len(known) > 1 else ""
    usual = known[0] if len(known) == 1 else ""
    talk.contact("emergency", f"The emergency number, by which the police comes{which}", usual)
    for key, question in (
        ("line.first", "A helpline on human trafficking (Enter: none)"),
        ("centre.first", "A centre that helps victims (Enter: none)"),
    ):
        talk.contact(key, question)
    return answers.of_text(dumped(talk.given), "answers", packed)[0]


def _spoken(country: str, packed: Packed) -> list[str]:
    """The languages of a country that there are texts in, and the packed texts' own."""
    official = get_official_languages(country, de_facto=True)
    others = [tag for tag in packed.locales if tag != packed.source]
    return [*(tag for one in official for tag in others if _is(tag, one, country)), packed.source]


def _is(tag: str, spoken: str, country: str) -> bool:
    """True for the tag of a language as it is written in a country: pt-BR is the pt of BR."""
    mine, theirs = Language.get(tag), Language.get(f"{spoken.replace('_', '-')}-{country}")
    same = mine.maximize().language, mine.maximize().script
    return same == (theirs.language, theirs.maximize().script) and mine.territory in (None, country)


_NEEDED = Fault("", 0, "this has to be known", "write it")


@dataclass
class _Talk:
    """A conversation: `given` is what was answered so far, as a file of answers has it."""

    packed: Packed
    given: dict[str, Any] = field(default_factory=dict)

    def put(
        self,
        key: str,
        question: str,
        usual: str = "",
        read: Callable[[str], Any] = str,
        needed: bool = False,
    ) -> Any:
        """Ask until the answer is fine; what was answered, "" for nothing.

        In: its name in a file of answers ("operator.name"), the question, the answer that Enter gives, what
        is made of what was typed, and whether there has to be an answer.
        """
        *path, last = key.split(".")
        where = self.given
        for part in path:
            where = where.setdefault(part, {})
        unknown = ""  # the number that was refused since no table knows it
        while True:
            typed = input(f"{question}{f' [{usual}]' if usual else ''}: ").strip() or usual
            where.pop(last, None)
            if unknown:
                where.pop("by_hand", None)
            if not typed and not needed:
                return ""
            where[last] = read(typed)
            if typed and typed == unknown:
                where["by_hand"] = True
            if not (wrong := self.wrong((*path, last)) if typed else _NEEDED):
                return where[last]
            unknown = typed if BY_HAND in wrong.todo else ""
            todo = wrong.todo.replace(BY_HAND, "if you have called it yourself, type it once more")
            print(f"  {wrong.what}. What to do: {todo}.")

    def country(self, typed: str) -> str:
        return countries.meant(typed, self.packed.locales) or typed

    def languages(self, typed: str) -> list[str]:
        """The tags of languages; one that was called by its name gets that."""
        spoken = get_official_languages(self.given["country"], regional=True, de_facto=True)
        readers = [*self.packed.locales, *spoken]
        parts = [part.strip() for part in re.split(r"[,;/،、]", typed) if part.strip()]
        words = parts if len(parts) > 1 or meant(typed, readers) else typed.split()
        return [meant(word, readers) or (tag if valid(tag := spelling(word)) else word) for word in words]

    def wrong(self, at: tuple[str, ...]) -> Fault | None:
        """What is wrong with one answer, told as it would be in a file."""
        found = errors(answers.check(dumped(self.given), "answers", self.packed, at))
        return found[0] if found else None

    def contact(self, key: str, question: str, usual: str = "") -> None:
        """A number, with what has to be known of it."""
        before = dict(self.given.get("contacts", {}))
        emergency = key == "emergency"
        if not self.put(f"contacts.{key}.phone", question, usual, needed=emergency):
            self.given["contacts"] = before
            return
        if not emergency:
            self.put(f"contacts.{key}.name", "  Its name", needed=True)
        found = "  Where you found the number (a website, a letter, a person)"
        self.put(f"contacts.{key}.source", found, needed=True)
        *path, last = key.split(".")
        where = self.given["contacts"]
        for part in (*path, last):
            where = where[part]
        where["checked"] = datetime.date.today()
