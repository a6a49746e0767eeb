"""Sentences that are two over there."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy")
pytest.importorskip("rapidfuzz")

from corpus_tool.link.same_passages import Match
from corpus_tool.link.sentences import likeness_of, read_sentences
from corpus_tool.link.split_sentences import Group, with_neighbors
from tests.unit.link.told_twice import DUTCH, ELSEWHERE

HALVES = ("Les travaux ont duré 14 mois.", "Ils ont coûté 3,2 millions d'euros.")


def groups(dutch: tuple[str, ...], french: tuple[str, ...], *matches: Match) -> list[Group]:
    """What becomes of matches between two lists of sentences; the same with the sides exchanged."""
    a, b = read_sentences(" ".join(dutch), "nl"), read_sentences(" ".join(french), "fr")
    found = with_neighbors(matches, likeness_of(a, b), a.lengths, b.lengths)
    turned = [Match(match.b, match.a, match.chance) for match in matches]
    back = with_neighbors(turned, likeness_of(b, a), b.lengths, a.lengths)
    assert [(group.b, group.a) for group in sorted(back, key=lambda group: group.b)] == [(x.a, x.b) for x in found]
    return found


@pytest.mark.parametrize("half", [0, 1])
def test_the_other_half(half: int) -> None:
    """A half takes in the other half, whichever was found, and is as sure as before."""
    found = groups((DUTCH[6], DUTCH[1]), (ELSEWHERE[0], *HALVES, ELSEWHERE[1]), Match(1, 1 + half, 0.75))
    assert found == [Group((1,), (1, 2), 0.75)]


def test_strangers_stay_out() -> None:
    """A neighbor that says something else is not taken in."""
    found = groups((DUTCH[6], DUTCH[1]), (ELSEWHERE[0], HALVES[1], ELSEWHERE[1]), Match(1, 1, 0.75))
    assert found == [Group((1,), (1,), 0.75)]


def test_neighbors_that_are_taken() -> None:
    """A sentence that has a counterpart of its own stays with it; no matches give no groups."""
    matches = Match(0, 1, 0.9), Match(1, 2, 0.6)
    assert [(x.a, x.b) for x in groups((DUTCH[1], DUTCH[3]), (ELSEWHERE[0], *HALVES), *matches)] == [
        ((0,), (1,)),
        ((1,), (2,)),
    ]
    assert groups(DUTCH, ELSEWHERE) == []


def test_a_neighbor_goes_with_one() -> None:
    """Where two matches want the same neighbor, one has it."""
    a, b = read_sentences(" ".join((DUTCH[1], DUTCH[1])), "nl"), read_sentences(" ".join((*HALVES, HALVES[0])), "fr")
    found = with_neighbors([Match(0, 0, 0.9), Match(1, 2, 0.9)], likeness_of(a, b), a.lengths, b.lengths)
    assert sorted(place for group in found for place in group.b) == [0, 1, 2]
