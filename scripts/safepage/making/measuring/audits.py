"""Runs Lighthouse on pages."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from safepage.launcher import installing
from safepage.making.repository import ROOT

SCRIPT = "tests/lighthouse.mjs"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


@dataclass(frozen=True)
class Audit:
    """A page's scores (0 to 100), metrics (milliseconds; layout shift without unit) and failed audits."""

    url: str
    scores: dict[str, int]
    metrics: dict[str, float]
    failed: list[str]


def audits(
    urls: Sequence[str],
    chrome: str,
    flags: Sequence[str],
    told: Callable[[Audit], None] | None = None,
    categories: Sequence[str] = CATEGORIES,
) -> list[Audit]:
    """Audit pages one after the other; `told` hears of each. Raises RuntimeError if Lighthouse fails."""
    command = [str(installing.node(Path(sys.prefix))), str(ROOT / SCRIPT)]
    order = json.dumps({"chrome": chrome, "flags": [*flags], "urls": [*urls], "categories": [*categories]})
    found = []
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(order)
        process.stdin.close()
        for line in process.stdout:
            found.append(Audit(**json.loads(line)))
            if told:
                told(found[-1])
        trouble = process.stderr.read()
    if process.returncode or len(found) < len(urls):
        raise RuntimeError(f"Lighthouse failed: {trouble.strip()[-500:]}")
    return found
