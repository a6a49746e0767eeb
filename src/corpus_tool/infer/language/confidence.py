"""How likely an answer is right: a backend's own probability and the letters it saw, through a fitted curve.

Each backend has, for each way of asking it, three coefficients of a logistic regression in
``data/language/confidence.json``: the odds of a right answer are exp(a + b · logit(probability) + c · ln(letters))
(Platt, 1999, with the length of the text beside the score). ``docs/tools/make_language_confidence.py`` fits them.
"""

from __future__ import annotations

import json
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Literal

HIGHEST = 0.999
LOWEST = 0.001
CLIP = 1e-6  # probabilities are held this far from 0 and 1


Asked = Literal["open", "expected", "only"]
"""Whether a backend was asked among all languages, with likelier ones, or among a few."""


def confidence(backend: str, asked: Asked, probability: float, letters: int) -> float:
    """The probability that an answer is right, from 0.001 to 0.999; the backend's own where it has no curve."""
    curve = _curves().get(f"{backend} {asked}")
    if curve is None:
        return round(min(HIGHEST, max(LOWEST, probability)), 3)
    a, b, c = curve
    odds = a + b * logit(probability) + c * log(max(1, letters))
    return round(min(HIGHEST, max(LOWEST, 1 / (1 + exp(-odds)))), 3)


def logit(probability: float) -> float:
    """The logarithm of the odds.

    >>> logit(0.5)
    0.0
    """
    held = min(1 - CLIP, max(CLIP, probability))
    return log(held / (1 - held))


@cache
def _curves() -> dict[str, tuple[float, float, float]]:
    path = Path(__file__).parents[2] / "data" / "language" / "confidence.json"
    curves: dict[str, tuple[float, float, float]] = json.loads(path.read_bytes())
    return curves
