"""Passages in any order: what is taken, what is left, and what an order among them gives."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy")
pytest.importorskip("rapidfuzz")

from corpus_tool.link import same_passages as module
from corpus_tool.link.same_passages import Candidate, Match, candidates, chance_of, order_of, same_passages, voters
from corpus_tool.link.sentences import likeness_of, read_sentences
from tests.unit.link.told_twice import DUTCH, ELSEWHERE, FRENCH


def found(dutch: tuple[str, ...], french: tuple[str, ...]) -> list[Match]:
    """The passages of two lists of sentences, in order."""
    a, b = read_sentences(" ".join(dutch), "nl"), read_sentences(" ".join(french), "fr")
    return sorted(same_passages(likeness_of(a, b), a.lengths, b.lengths))


def test_any_order() -> None:
    """Passages are found where they stand, also crosswise."""
    french = (FRENCH[6], ELSEWHERE[0], FRENCH[1], ELSEWHERE[1], FRENCH[0])
    assert [(x.a, x.b) for x in found((DUTCH[0], DUTCH[1], DUTCH[6]), french)] == [(0, 4), (1, 2), (2, 0)]


def test_a_sentence_counts_once() -> None:
    """A sentence that stands twice over there has one counterpart."""
    assert len(found((DUTCH[1], DUTCH[3]), (FRENCH[1], ELSEWHERE[0], ELSEWHERE[1], FRENCH[1]))) == 1


def test_margins() -> None:
    """A candidate knows how far it is above its rivals: nearly as far as above none where it has no rival."""
    a, b = (read_sentences(" ".join(side), tag) for side, tag in ((DUTCH[:4], "nl"), (FRENCH[:4], "fr")))
    for one in candidates(likeness_of(a, b), a.lengths, b.lengths):
        assert one.margin <= one.other_margin
        assert (one.margin > 0) == (one.a == one.b)


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows taken two at a time give what all at once give."""
    whole = found(DUTCH, (*ELSEWHERE, *FRENCH[::-1]))
    monkeypatch.setattr(module, "_BLOCK", 2)
    assert found(DUTCH, (*ELSEWHERE, *FRENCH[::-1])) == whole


def test_fits_in_the_order() -> None:
    """Beside votes in order, a pair in that order is preferred to one that crosses them; votes crosswise say little."""
    inside, across = Candidate(2, 2, 0.0, 0.0, 0.0), Candidate(2, 9, 0.0, 0.0, 0.0)
    votes = [Match(n, n, 0.9) for n in (0, 1, 4, 5, 6)]
    fits, crosses = order_of([inside, across], votes)
    assert 0 < fits <= 1
    assert crosses < fits
    jumbled = [Match(n, m, 0.9) for n, m in ((0, 4), (1, 0), (4, 6), (5, 1), (6, 5))]
    assert abs(order_of([inside], jumbled)[0]) < fits / 2
    assert order_of([inside], votes[:1]) == [0.0]
    two = [Match(0, 0, 1.0), Match(4, 4, 1.0)]  # they agree by 2 / (2 + 1), and so does the pair with them
    assert order_of([inside], two) == pytest.approx([4 / 9])


def test_votes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the likeliest of many pairs have a say, so that memory does not grow with the square of their number."""
    many = [Candidate(n, n, 2.0 + n / 100, 5.0, 5.0) for n in range(30)]
    monkeypatch.setattr(module, "_MOST_VOTES", 10)
    assert sorted(vote.a for vote in voters(many)) == list(range(20, 30))


def test_chance() -> None:
    """Evidence for and against are mirror images, and none is too large."""
    assert chance_of(2.0) + chance_of(-2.0) == pytest.approx(1)
    assert 0 <= chance_of(-1e9) < chance_of(1e9) <= 1
