"""Ordinary sentences with numbers (harmless.yml): what the gate must let pass.

`python tests/corpus/harmless.py` prints how many are refused, of this corpus and of the harmful one.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Sentence:
    """A sentence, its kind and language, and the numbers of its source if it is a translation."""

    kind: str
    language: str
    text: str
    source: str | None


def sentences() -> list[Sentence]:
    """All sentences, in the order of the file."""
    kinds = yaml.safe_load(Path(__file__).with_name("harmless.yml").read_text(encoding="utf-8"))
    found = []
    for kind, entries in kinds.items():
        for entry in entries:
            source = next(iter(entry.values()))
            for language, text in entry.items():
                found.append(Sentence(kind, language, text, None if text == source else source))
    return found


def main() -> None:
    """Print both figures, and each sentence that is refused though it is fine."""
    sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]
    from corpus.cases import cases
    from rendering import gated, page
    from safepage.gate.contacts.addresses import find, numbers

    everything = sentences()
    wrong = [(s, found) for s in everything if (found := find(s.text, "BE"))]
    translated = [s for s in everything if s.source]
    wrong += [(s, found) for s in translated if (found := find(s.text, "BE", numbers(s.source or "")))]
    for sentence, found in wrong:
        print(f"refused though fine ({sentence.kind}, {sentence.language}): {sentence.text} {found}")
    harmful = cases()
    missed = [case for case in harmful if not gated(page(case.markdown))]
    for case in missed:
        print(f"missed ({case.name}): {case.markdown}")
    print(f"false refusals: {len(wrong)} of {len(everything)} sentences and {len(translated)} translations")
    print(f"harmful pages refused: {len(harmful) - len(missed)} of {len(harmful)}")


if __name__ == "__main__":
    main()
