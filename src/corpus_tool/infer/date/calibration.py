"""How likely a date is right, by where it comes from: a table of shares, and a curve for the score of a line.

The figures are in ``data/dates/confidence.json``; ``benchmarks/fit_dates.py`` fits and writes them.
"""

from __future__ import annotations

import json
from functools import cache
from math import exp
from pathlib import Path

METHODS = ("header", "field", "url", "name", "deduced")
"""Sources that have a share; the others are lines of the text and have a score."""

HIGHEST = 0.99
LOWEST = 0.05


@cache
def _table() -> dict[str, float]:
    path = Path(__file__).parents[2] / "data" / "dates" / "confidence.json"
    table: dict[str, float] = json.loads(path.read_bytes())
    return table


def confidence_of_method(method: str) -> float:
    """The share of right answers of a source that speaks alone."""
    return _table()[method]


def confidence_of_line(score: float) -> float:
    """The probability that a line with this score holds the date of publication."""
    table = _table()
    odds = table["line-intercept"] + table["line-slope"] * score
    return min(HIGHEST, max(LOWEST, 1 / (1 + exp(-odds))))
