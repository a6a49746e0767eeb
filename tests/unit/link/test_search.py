"""The nearest articles: exactly those that comparing every pair gives, whatever the groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

pytest.importorskip("scipy")
pytest.importorskip("rapidfuzz")

import numpy as np

from corpus_tool.link import search
from corpus_tool.link.features import Features
from corpus_tool.link.search import NOBODY, Neighbors, gap_days, nearest
from corpus_tool.link.space import Space, space_of
from corpus_tool.link.table import link_table
from corpus_tool.link.vocabulary import TermMatrix
from tests.unit.link.stories import dutch, french

SOME = range(30)
DAYS = {n: f"2018-06-{1 + (n * 7) % 28:02}" for n in SOME if n % 5}


def space_between(a: list[Features], b: list[Features]) -> Space:
    """The space of some articles in two languages."""
    one, other = TermMatrix.of(a), TermMatrix.of(b)
    return space_of(one, other, link_table(one.vocabulary, other.vocabulary))


def space() -> Space:
    """Thirty stories: most of a day, some of a month, some without a date."""
    first, last = date(2018, 6, 1).toordinal(), date(2018, 6, 30).toordinal()
    sides = dutch(SOME, DAYS), french(SOME, DAYS)
    for side in sides:
        side[7::9] = [replace(item, earliest=first, latest=last) for item in side[7::9]]
    return space_between(*sides)


def found(neighbors: Neighbors, place: int) -> list[tuple[int, float]]:
    """The neighbors of one article with their scores."""
    row = zip(neighbors.places[place].tolist(), neighbors.scores[place].tolist(), strict=True)
    return [(other, score) for other, score in row if other != NOBODY]


def same(one: tuple[Neighbors, Neighbors], other: tuple[Neighbors, Neighbors]) -> bool:
    """Whether two searches found the same, to the last digit."""
    halves = zip(one, other, strict=True)
    return all(np.array_equal(x, y) for half, again in halves for x, y in zip(half, again, strict=True))


@pytest.mark.parametrize("window", [None, 0, 3, 400])
def test_groups_make_no_difference(window: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small groups and one large group find the same, and both find what all pairs give, either way."""
    room = space()
    whole = nearest(room, window)
    monkeypatch.setattr(search, "GROUP", 7)
    monkeypatch.setattr(search, "STRIP", 3)
    assert same(nearest(room, window), whole)
    every = (room.rows(room.a, list(SOME)) @ room.rows(room.b, list(SOME)).T).toarray()
    for half, scores, ours, theirs in ((whole[0], every, room.a, room.b), (whole[1], every.T, room.b, room.a)):
        for place in SOME:
            gaps = [gap_days(ours.articles[place], other) for other in theirs.articles]
            near = [b for b in SOME if window is None or (gap := gaps[b]) is None or gap <= window]
            row = {b: round(float(scores[place, b]), 4) for b in SOME}
            best = sorted(near, key=lambda b: (-row[b], b))[: search.NEIGHBORS]
            assert found(half, place) == [(b, row[b]) for b in best]
            assert half.candidates[place] == len(near)
            # the sample holds all of so few
            assert half.around[place].tolist() == sorted(row.values(), reverse=True)[: search.NEIGHBORS]


def test_rows_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways take the same rows: of each article they are made once, and once more where it is in the sample."""
    room = space()
    made: list[tuple[bool, int]] = []
    build = Space.rows

    def counted(self: Space, side: Any, rows: Any) -> Any:
        made.extend((side is self.a, int(row)) for row in rows)
        return build(self, side, rows)

    monkeypatch.setattr(Space, "rows", counted)
    monkeypatch.setattr(search, "SAMPLE", 1)
    monkeypatch.setattr(search, "GROUP", 6)
    nearest(room, 3)
    assert len(made) == len(set(made)) + 2
    assert len(set(made)) == 2 * len(SOME)


def test_ties_go_by_the_order_of_ids() -> None:
    """Of articles that are equally near the first are taken, not any."""
    copies = [replace(french([3])[0], id=f"b{n}") for n in range(9)]
    room = space_between(dutch([3]), copies)
    assert nearest(room, None)[0].places.tolist() == [list(range(search.NEIGHBORS))]


def test_nobody_within_the_days() -> None:
    """An article with nobody near in time has no neighbors; what is around it is known all the same."""
    room = space_between(dutch([3], {3: "2018-06-01"}), french([3], {3: "2018-08-01"}))
    one, other = nearest(room, 3)
    assert (found(one, 0), found(other, 0)) == ([], [])
    assert one.candidates.tolist() == [0]
    assert one.around[0, 0] == nearest(room, None)[0].scores[0, 0] > 0


def test_gaps_of_spans() -> None:
    """Days between two months count from the end of the first; spans that touch have no gap; no date, no gap."""
    june = Features("a", "nl", {}, earliest=100, latest=129)
    july = Features("b", "fr", {}, earliest=133, latest=160)
    assert gap_days(june, july) == gap_days(july, june) == 4
    assert gap_days(june, Features("c", "fr", {}, earliest=129, latest=129)) == 0
    assert gap_days(june, Features("d", "fr", {})) is None
