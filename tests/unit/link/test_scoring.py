"""The decision: each the best for the other, above the surroundings of both."""

from __future__ import annotations

import pytest

from corpus_tool.link.scoring import USUAL_NEIGHBOR, rank, surroundings
from corpus_tool.link.search import NEIGHBORS, Neighbors


def neighbors(*rows: dict[int, float]) -> Neighbors:
    """Nearest articles by hand: for each article, place → score."""
    ranked = [sorted(row.items(), key=lambda item: (-item[1], item[0])) for row in rows]
    scores = [[score for _, score in row] for row in ranked]
    return Neighbors([[place for place, _ in row] for row in ranked], scores, [9] * len(rows), scores)


def test_surroundings_are_filled() -> None:
    """With one neighbor the others are usual ones."""
    assert surroundings([13.0]) == pytest.approx((13 + (NEIGHBORS - 1) * USUAL_NEIGHBOR) / NEIGHBORS)
    assert surroundings([4.0] * 20) == 4.0


def test_height_by_hand() -> None:
    """Twice the score less the surroundings of both sides."""
    ranking = rank(neighbors({0: 20.0}), neighbors({0: 20.0}))
    around = (20 + (NEIGHBORS - 1) * USUAL_NEIGHBOR) / NEIGHBORS
    assert ranking.pairs[0].height == pytest.approx(40 - 2 * around)
    assert ranking.pairs[0].mutual


def test_only_the_best_of_both_is_mutual() -> None:
    """An article that two others are nearest to belongs to the nearer one; the margin says how much nearer."""
    ranking = rank(neighbors({0: 20.0, 1: 2.0}, {0: 15.0, 1: 3.0}), neighbors({0: 20.0, 1: 15.0}, {0: 2.0, 1: 3.0}))
    found = {(pair.a, pair.b): pair for pair in ranking.pairs}
    assert [place for place, pair in found.items() if pair.mutual] == [(0, 0)]
    assert found[0, 0].margin > 0 > found[1, 0].margin


def test_a_hub_is_held_against_it() -> None:
    """An article that is near to everything loses to one that is near to one alone, at the same score."""
    hub = dict.fromkeys(range(6), 18.0)
    ones = neighbors({0: 18.0, 1: 18.0}, *({0: 18.0} for _ in range(5)))
    ranking = rank(ones, neighbors(hub, {0: 18.0}))
    best = max((pair for pair in ranking.pairs if pair.a == 0), key=lambda pair: pair.height)
    assert best.b == 1
