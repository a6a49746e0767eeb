"""The decision: each the best for the other, above the surroundings of both."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("numpy")

import numpy as np

from corpus_tool.link.scoring import USUAL_NEIGHBOR, Scored, rank, surroundings
from corpus_tool.link.search import NEIGHBORS, NOBODY, Neighbors

NONE = float("-inf")
SCORES = st.dictionaries(st.integers(0, 5), st.integers(0, 6).map(float), max_size=NEIGHBORS)


def neighbors(*rows: dict[int, float]) -> Neighbors:
    """Nearest articles by hand: for each article, place → score."""
    ranked = [sorted(row.items(), key=lambda item: (-item[1], item[0]))[:NEIGHBORS] for row in rows]
    filled = [[*row, *[(NOBODY, NONE)] * (NEIGHBORS - len(row))] for row in ranked]
    places = np.array([[place for place, _ in row] for row in filled]).reshape(-1, NEIGHBORS)
    scores = np.array([[score for _, score in row] for row in filled]).reshape(-1, NEIGHBORS)
    return Neighbors(places, scores, np.full(len(rows), 9), scores)


def test_surroundings_are_filled() -> None:
    """With one neighbor the others are usual ones."""
    one, all_known = surroundings([[13.0, *[NONE] * (NEIGHBORS - 1)], [4.0] * NEIGHBORS])
    assert one == pytest.approx((13 + (NEIGHBORS - 1) * USUAL_NEIGHBOR) / NEIGHBORS)
    assert all_known == 4.0


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


def by_hand(scores: dict[tuple[int, int], float], around: Sequence[Sequence[float]]) -> list[Scored]:
    """The definition, pair by pair."""
    heights = {(a, b): 2 * score - around[0][a] - around[1][b] for (a, b), score in scores.items()}
    pairs = []
    for (a, b), height in sorted(heights.items()):
        row = [(-h, y) for (x, y), h in heights.items() if x == a]
        column = [(-h, x) for (x, y), h in heights.items() if y == b]
        rivals = [-h for h, other in row if other != b] + [-h for h, other in column if other != a]
        mutual = min(row)[1] == b and min(column)[1] == a
        margin = height - max(rivals) if rivals else height
        pairs.append(Scored(a, b, scores[a, b], height, margin, mutual, 9))
    return pairs


@given(st.lists(SCORES, min_size=6, max_size=6), st.lists(SCORES, min_size=6, max_size=6))
def test_ranking_by_its_definition(rows: list[dict[int, float]], columns: list[dict[int, float]]) -> None:
    """All pairs at once give what the definition gives for each: ties, articles without neighbors and all."""
    of_a, of_b = neighbors(*rows), neighbors(*columns)
    ranking = rank(of_a, of_b)
    scores = {(a, b): s for a, row in enumerate(rows) for b, s in row.items()}
    scores |= {(a, b): s for b, row in enumerate(columns) for a, s in row.items()}
    expected = by_hand(scores, [surroundings(side.around).tolist() for side in (of_a, of_b)])
    assert ranking.pairs == expected
    assert ranking.above(1.0) == [pair for pair in expected if pair.mutual and pair.height >= 1]
    assert ranking.above(1.0, many=True) == [pair for pair in expected if pair.height >= 1]
    for place in range(6):
        own = [pair for pair in expected if pair.a == place]
        assert ranking.best(a=place) == max(own, key=lambda pair: (pair.height, -pair.b), default=None)
        own = [pair for pair in expected if pair.b == place]
        assert ranking.best(b=place) == max(own, key=lambda pair: (pair.height, -pair.a), default=None)
    assert [ranking.pair(pair.a, pair.b) for pair in expected] == expected
    assert ranking.pair(7, 7) is None
