"""How much each part of the score weighs: in units of the deviation that it has among articles that are no twins.

The parts have no common unit. A product of linked terms scatters by a few hundredths among articles that have
nothing to do with each other, one of 4-grams less; divided by that deviation they can be added. Of few articles
the deviation cannot be told, so it is mixed with what was found in other corpora.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

PARTS = ("terms", "characters", "encoder")
SHARES = (1.0, 0.5, 1.0)
"""What each part counts, once it is in units of its deviation. That of an encoder is no fitted figure."""

USUAL = (0.027, 0.02, 0.1)
"""Deviations to begin with, worth `USUAL_PAIRS` pairs; those of terms and characters as in news in en, de and fr."""

USUAL_PAIRS = 400
SAMPLE = 300  # articles of each side


class Parted(Protocol):
    """Articles of one language as the parts of a score see them."""

    @property
    def articles(self) -> Sequence[Any]:
        """The articles, in order."""

    def parts(self, rows: Any) -> Iterable[Any]:
        """For each part a matrix with a row for each of these articles."""


class Scales(NamedTuple):
    """What each part is multiplied with."""

    factors: tuple[float, ...]


def scales_of(a: Parted, b: Parted) -> Scales:
    """The scales for two sides, from evenly spaced articles of each.

    The highest values are left out, as many as there can be twins: they are what is looked for.
    """
    import numpy as np

    rows = _evenly(len(a.articles))
    columns = _evenly(len(b.articles))
    factors = []
    for left, right, share, usual in zip(a.parts(rows), b.parts(columns), SHARES, USUAL, strict=False):
        values = np.sort(_dense(left @ right.T), axis=None)
        values = values[: max(0, values.size - max(len(rows), len(columns)))]
        spread = float(((values - values.mean()) ** 2).sum()) if values.size else 0.0
        variance = (spread + USUAL_PAIRS * usual**2) / (values.size + USUAL_PAIRS)
        factors.append(share / variance**0.5)
    return Scales(tuple(factors))


def _dense(product: Any) -> Any:
    return product.toarray() if hasattr(product, "toarray") else product


def _evenly(count: int) -> list[int]:
    return list(range(count)) if count <= SAMPLE else [n * count // SAMPLE for n in range(SAMPLE)]
