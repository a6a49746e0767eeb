"""Sentences of a translation by their lengths (Gale and Church 1993), and the program that finds the best beads.

A bead is so many sentences of one text that say what so many of the other say. Its cost is what its frequency and the
lengths of its two sides tell, in nats; a caller can take off what else speaks for it. The program goes along
diagonals, where all cells are independent, and looks only at cells near the line on which both texts have gone as
far: time and memory grow with the number of sentences, not with its square.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_tool.errors import MissingExtra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

    Bonus = Callable[[int, int, Places, Places], Numbers]
    """What speaks for beads of so many sentences, in nats: given the places in both texts where they begin."""

SHARES: dict[tuple[int, int], float] = {
    (1, 1): 0.89,
    (1, 0): 0.0099,
    (0, 1): 0.0099,
    (2, 1): 0.089,
    (1, 2): 0.089,
    (2, 2): 0.011,
}
"""Sentences on either side of a bead, and how frequent it is (Gale and Church 1993, table 5); 1-1 is tried first."""

VARIANCE = 6.8
"""Characters squared by which a translation scatters for each character of the text (the same, section 4.2.1)."""

MOST_COST = 25.0
"""What a difference of lengths costs at most, in nats."""

HALF_WIDTH = 100
"""Sentences that a path may stand before or behind the line on which both texts have gone as far."""

_DIAGONALS = 512  # whose costs are held at once


class Bead(NamedTuple):
    """Sentences that belong together: the places from `a` up to `a_end`, and from `b` up to `b_end`."""

    a: int
    a_end: int
    b: int
    b_end: int


def length_cost(one: Numbers, other: Numbers, ratio: float) -> Numbers:
    """What two lengths in characters cost in nats: -ln of the chance that a translation differs by as much.

    `ratio` is the length of the second text for a character of the first. The scatter is that of the mean of both
    lengths, so that which text comes first makes no difference.

    >>> import numpy as np
    >>> length_cost(np.array([100.0, 100.0, 100.0]), np.array([100.0, 120.0, 0.0]), 1.0).round(1).tolist()
    [-0.0, 0.8, 16.7]
    """
    import numpy as np
    from scipy.special import log_ndtr

    scaled = one * ratio**0.5
    beside = other / ratio**0.5
    scatter = np.sqrt(np.maximum(VARIANCE * (scaled + beside) / 2, 1e-9))
    cost: Numbers = -(log(2) + log_ndtr(-np.abs(beside - scaled) / scatter))
    return np.minimum(cost, MOST_COST)


class Band(NamedTuple):
    """The cells that are looked at: for each diagonal (sum of both places) the first and the last place in `a`."""

    first: Places
    last: Places


def best_beads(
    a: Sequence[int], b: Sequence[int], bonus: Bonus | None = None, missing: float | None = None
) -> list[Bead]:
    """The beads of least cost that take up all sentences of two texts, in order; lengths are in characters.

    `missing` is what a sentence without a counterpart costs, instead of what its length and frequency tell.

    >>> best_beads([50, 80, 30], [52, 40, 41, 29])
    [Bead(a=0, a_end=1, b=0, b_end=1), Bead(a=1, a_end=2, b=1, b_end=3), Bead(a=2, a_end=3, b=3, b_end=4)]
    """
    try:
        import numpy as np
        import scipy.special  # noqa: F401  (its absence is to be told here)
    except ImportError:
        raise MissingExtra("aligning", "links") from None
    if not len(a) or not len(b):
        return [Bead(n, n + 1, 0, 0) for n in range(len(a))] + [Bead(0, 0, n, n + 1) for n in range(len(b))]
    ends_a, ends_b = (np.concatenate(([0], np.cumsum(side, dtype=np.float64))) for side in (a, b))
    first, last = band(a, b)
    offsets = np.concatenate(([0], np.cumsum(last - first + 1)))
    best = np.full(offsets[-1] + 1, np.inf)  # cells one diagonal after the other, and one that nothing leads to
    best[0] = 0.0
    chosen = np.zeros(offsets[-1], np.int8)
    for start in range(1, len(a) + len(b) + 1, _DIAGONALS):
        diagonals = np.arange(start, min(start + _DIAGONALS, len(a) + len(b) + 1))
        begin, end = offsets[diagonals[0]], offsets[diagonals[-1] + 1]
        behind = np.repeat(diagonals, last[diagonals] - first[diagonals] + 1)
        rows = np.arange(begin, end) - offsets[behind] + first[behind]
        costs = np.full((len(SHARES), end - begin), np.inf)
        before = np.full((len(SHARES), end - begin), offsets[-1])
        for number, ((of_a, of_b), share) in enumerate(SHARES.items()):
            diagonal, at = behind - of_a - of_b, rows - of_a
            inside = np.flatnonzero((diagonal >= 0) & (behind - rows >= of_b))
            diagonal, at = diagonal[inside], at[inside]
            near = (at >= first[diagonal]) & (at <= last[diagonal])
            inside, diagonal, at = inside[near], diagonal[near], at[near]
            beside = diagonal - at
            before[number, inside] = offsets[diagonal] + at - first[diagonal]
            if missing is not None and not (of_a and of_b):
                costs[number, inside] = missing
                continue
            lengths = ends_a[at + of_a] - ends_a[at], ends_b[beside + of_b] - ends_b[beside]
            cost = length_cost(*lengths, float(ends_b[-1] / ends_a[-1])) - log(share / SHARES[1, 1])
            costs[number, inside] = cost - bonus(of_a, of_b, at, beside) if bonus and of_a and of_b else cost
        for left, right in pairwise((offsets[start : diagonals[-1] + 2] - begin).tolist()):
            sums = best[before[:, left:right]] + costs[:, left:right]
            chosen[begin + left : begin + right] = sums.argmin(axis=0)
            best[begin + left : begin + right] = sums.min(axis=0)
    return _followed(len(a), len(b), chosen, offsets, first)


def band(a: Sequence[int], b: Sequence[int]) -> Band:
    """The band of two texts, neither of them empty: around the line on which both have gone as far in characters."""
    import numpy as np

    gone_a, gone_b = (np.cumsum(side, dtype=np.float64) / sum(side) for side in (a, b))
    order = np.argsort(np.concatenate((gone_a, gone_b)), kind="stable")
    center = np.concatenate(([0], np.cumsum(order < len(a))))
    diagonals = np.arange(len(a) + len(b) + 1)
    lowest, highest = np.maximum(0, diagonals - len(b)), np.minimum(len(a), diagonals)
    return Band(*(np.clip(center + width, lowest, highest) for width in (-HALF_WIDTH, HALF_WIDTH)))


def _followed(at: int, beside: int, chosen: Any, offsets: Places, first: Places) -> list[Bead]:
    """The beads that were chosen, back from the ends of both texts."""
    beads = list(SHARES)
    found: list[Bead] = []
    while at or beside:
        of_a, of_b = beads[chosen[offsets[at + beside] + at - first[at + beside]]]
        found.append(Bead(at - of_a, at, beside - of_b, beside))
        at, beside = at - of_a, beside - of_b
    return found[::-1]
