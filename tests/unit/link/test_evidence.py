"""What a score is made of, without texts; and its places, without the space."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("scipy")
pytest.importorskip("rapidfuzz")

from corpus_tool.link import evidence as module
from corpus_tool.link.evidence import (
    LEAST_SHARE,
    Contribution,
    Part,
    contributions,
    contributions_of,
    evidence,
    parts_of,
    placed,
    shown_parts,
    shown_parts_of,
)
from corpus_tool.link.twins import Comparison, compare
from tests.unit.link.stories import dutch, french, texts

MANY = range(24)


@pytest.fixture(scope="module")
def found() -> Comparison:
    """Some stories in both languages, compared."""
    return compare(dutch(MANY), french(MANY))


def test_parts_are_kept_and_placed_later(found: Comparison) -> None:
    """Parts that went through JSON give the same evidence from the two texts as the space does."""
    both = texts(MANY)
    for pair in found.twins()[:5]:
        one, other = found.scored(pair).a, found.scored(pair).b
        kept = [Part(*row) for row in json.loads(json.dumps(found.parts(pair)))]
        pieces = placed(kept, both[one], "nl-BE", both[other], "fr")
        assert pieces == evidence(found.space, pair.a, pair.b, both[one], both[other])[1]
        assert pieces == found.explained(pair, both).evidence
        assert found.scored(pair).evidence == ()


def test_small_parts_are_the_rest() -> None:
    """Parts below the least share are added up, what tells against the pair too; shares add up to one."""
    amounts = [Contribution("same", "a", "b", 10.0), *[Contribution("same", "c", str(n), 0.09) for n in range(3)]]
    parts = parts_of([*amounts, Contribution("characters", "", "", -0.27)])
    assert parts == (Part("same", "a", "b", 1.0),)
    parts = parts_of(amounts)
    assert [part.kind for part in parts] == ["same", "rest"]
    assert sum(part.share for part in parts) == pytest.approx(1)
    assert all(part.share >= LEAST_SHARE for part in parts[:-1])
    assert parts_of([]) == ()


def test_many_pairs_at_once_give_the_same(found: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs one by one and pairs together have the same parts, in the order in which they were asked for."""
    pairs = [(pair.a, pair.b) for pair in found.ranking.pairs[::5]]
    alone = [contributions(found.space, *pair) for pair in pairs]
    monkeypatch.setattr(module, "PAIRS", 4)
    assert list(contributions_of(found.space, iter(pairs))) == alone
    assert list(shown_parts_of(found.space, pairs)) == [shown_parts(found.space, *pair) for pair in pairs]
    assert list(found.parts_of(found.twins())) == [found.parts(pair) for pair in found.twins()]
    assert list(contributions_of(found.space, [])) == []
