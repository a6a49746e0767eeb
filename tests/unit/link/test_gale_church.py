"""Beads by lengths: the known cases, and the same as a program without a band and without vectors."""

from __future__ import annotations

from math import inf, log
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("scipy")

import numpy as np

from corpus_tool.link import gale_church
from corpus_tool.link.gale_church import SHARES, Bead, band, best_beads, length_cost

if TYPE_CHECKING:
    from corpus_tool.link.gale_church import Numbers, Places

LENGTHS = st.lists(st.integers(1, 200), max_size=12)


def plain(a: list[int], b: list[int], missing: float | None) -> float:
    """The least cost, cell by cell."""
    ratio = sum(b) / sum(a)
    best = {(0, 0): 0.0}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            best[i, j] = min(
                (best[i - x, j - y] + cost_of(a, b, Bead(i - x, i, j - y, j), ratio, missing)
                 for x, y in SHARES if i >= x and j >= y),
                default=0.0 if i == j == 0 else inf,
            )  # fmt: skip
    return best[len(a), len(b)]


def cost_of(a: list[int], b: list[int], bead: Bead, ratio: float, missing: float | None) -> float:
    """What one bead costs."""
    of_a, of_b = bead.a_end - bead.a, bead.b_end - bead.b
    if missing is not None and not (of_a and of_b):
        return missing
    lengths = np.array([float(sum(a[bead.a : bead.a_end]))]), np.array([float(sum(b[bead.b : bead.b_end]))])
    return float(length_cost(*lengths, ratio)[0]) - log(SHARES[of_a, of_b] / SHARES[1, 1])


def test_a_sentence_in_two() -> None:
    """Two short sentences beside a long one are one bead."""
    assert best_beads([100, 30, 30, 90], [100, 60, 90]) == [Bead(0, 1, 0, 1), Bead(1, 3, 1, 2), Bead(3, 4, 2, 3)]


def test_cost_of_lengths() -> None:
    """Equal lengths cost nothing, a difference costs the more the larger it is, up to a bound; both ways alike."""
    costs = length_cost(np.full(5, 100.0), np.array([100.0, 110.0, 150.0, 400.0, 9000.0]), 1.0)
    assert costs[0] == pytest.approx(0)
    assert all(np.diff(costs) >= 0)
    assert costs[-1] == gale_church.MOST_COST
    one, other = np.array([80.0]), np.array([130.0])
    assert length_cost(one, other, 1.3)[0] == pytest.approx(length_cost(other, one, 1 / 1.3)[0])


def test_what_else_speaks_for_a_bead() -> None:
    """What a caller knows moves the path; the places it is asked about are those where beads begin."""

    def known(of_a: int, of_b: int, at: Places, beside: Places) -> Numbers:
        right = np.where(at < 2, at == beside, (at == beside + 1) & (at > 2))
        return np.where(right & (of_a == of_b == 1), 9.0, 0.0)

    beads = best_beads([50] * 6, [50] * 5, known, 1.0)
    assert [bead.a for bead in beads if bead.b == bead.b_end] == [2]


def test_one_side_empty() -> None:
    """Sentences without any counterpart are beads of their own."""
    assert best_beads([10, 20], []) == [Bead(0, 1, 0, 0), Bead(1, 2, 0, 0)]
    assert best_beads([], [7]) == [Bead(0, 0, 0, 1)]
    assert best_beads([], []) == []


@settings(max_examples=80, deadline=None)
@given(LENGTHS, LENGTHS, st.sampled_from([None, 1.5]))
def test_takes_up_everything_at_least_cost(a: list[int], b: list[int], missing: float | None) -> None:
    """Beads follow each other without a gap, and no other beads cost less."""
    beads = best_beads(a, b, None, missing)
    assert [n for bead in beads for n in range(bead.a, bead.a_end)] == list(range(len(a)))
    assert [n for bead in beads for n in range(bead.b, bead.b_end)] == list(range(len(b)))
    if a and b:
        cost = sum(cost_of(a, b, bead, sum(b) / sum(a), missing) for bead in beads)
        assert cost == pytest.approx(plain(a, b, missing))


@given(st.lists(st.integers(1, 99), min_size=1, max_size=40), st.lists(st.integers(1, 99), min_size=1, max_size=40))
def test_band(a: list[int], b: list[int]) -> None:
    """Every diagonal has a cell, from one corner to the other, and the band moves by at most one place a diagonal."""
    first, last = band(a, b)
    assert (first[0], last[0], first[-1], last[-1]) == (0, 0, len(a), len(a))
    assert np.all(first <= last)
    for side in (first, last):
        assert set(np.diff(side).tolist()) <= {0, 1}


def test_bounded_for_long_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a narrow band and few diagonals at a time a long text comes out the same as in a wide one."""
    a = [40 + (n * 37) % 90 for n in range(300)]
    b = [length for n, length in enumerate(a) if n % 50 != 7]
    wide = best_beads(a, b)
    monkeypatch.setattr(gale_church, "HALF_WIDTH", 12)
    monkeypatch.setattr(gale_church, "_DIAGONALS", 7)
    assert best_beads(a, b) == wide
    assert max(np.diff(np.array(band(a, b)), axis=0).tolist()[0]) == 24
