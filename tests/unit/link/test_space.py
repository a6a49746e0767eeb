"""The space of two languages: rows whose products are scores, and the scales of their parts."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy")
pytest.importorskip("rapidfuzz")

from corpus_tool.link.scales import SHARES, USUAL, scales_of
from corpus_tool.link.space import Space, space_of
from corpus_tool.link.table import link_table
from corpus_tool.link.vocabulary import TermMatrix
from tests.unit.link.stories import dutch, french


def space(a: range, b: range) -> Space:
    """The space of some stories in Dutch and some in French."""
    one, other = TermMatrix.of(dutch(a)), TermMatrix.of(french(b))
    return space_of(one, other, link_table(one.vocabulary, other.vocabulary))


def test_rows_do_not_depend_on_their_block() -> None:
    """A row is the same whether it is built alone or with others."""
    room = space(range(12), range(12))
    together = room.rows(room.a, list(range(12))).toarray()
    for place in (0, 5, 11):
        assert room.rows(room.a, [place]).toarray()[0] == pytest.approx(together[place])


def test_few_articles_have_usual_deviations() -> None:
    """Two articles tell nothing of deviations; what was found elsewhere stands."""
    room = space(range(1), range(1))
    shares = [factor * usual for factor, usual in zip(room.scales.factors, USUAL, strict=False)]
    assert shares == pytest.approx([1.0, 0.5])


def test_twins_do_not_widen_the_deviation() -> None:
    """With every twin present the deviation is well below that of all pairs: the highest values are left out."""
    room = space(range(40), range(40))
    everyone = list(range(40))
    left, right = next(room.a.parts(everyone)), next(room.b.parts(everyone))
    of_all = (left @ right.T).toarray().std()
    assert SHARES[0] / scales_of(room.a, room.b).factors[0] < 0.7 * of_all


def test_what_the_other_side_lacks_tells_against_a_pair() -> None:
    """In two articles alone, names that only one has make the score smaller."""
    near = space(range(3, 4), range(3, 4))
    score = (near.rows(near.a, [0]) @ near.rows(near.b, [0]).T).sum()
    far = space(range(3, 4), range(13, 14))
    other = (far.rows(far.a, [0]) @ far.rows(far.b, [0]).T).sum()
    assert score > 2 * other
