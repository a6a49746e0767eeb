"""The nearest articles: exactly those that comparing every pair gives, whatever the blocks."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("scipy")
pytest.importorskip("rapidfuzz")

from corpus_tool.link import search
from corpus_tool.link.features import Features
from corpus_tool.link.search import gap_days, nearest
from corpus_tool.link.space import Space, space_of
from corpus_tool.link.table import link_table
from corpus_tool.link.vocabulary import Vocabulary
from tests.unit.link.stories import dutch, french

SOME = range(30)
DAYS = {n: f"2018-06-{1 + (n * 7) % 28:02}" for n in SOME if n % 5}


def space() -> Space:
    """Thirty stories, most of them dated."""
    a, b = dutch(SOME, DAYS), french(SOME, DAYS)
    vocabularies = Vocabulary.of("nl", a), Vocabulary.of("fr", b)
    return space_of(a, b, vocabularies, link_table(*vocabularies))


@pytest.mark.parametrize("window", [None, 0, 3, 400])
def test_blocks_make_no_difference(window: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small blocks and one large block find the same, and both find what all pairs give."""
    room = space()
    whole = nearest(room, room.a, room.b, window)
    monkeypatch.setattr(search, "ROWS", 4)
    monkeypatch.setattr(search, "COLUMNS", 7)
    assert nearest(room, room.a, room.b, window) == whole
    every = (room.rows(room.a, list(SOME)) @ room.rows(room.b, list(SOME)).T).toarray()
    for a in SOME:
        gaps = [gap_days(room.a.articles[a], other) for other in room.b.articles]
        near = [b for b in SOME if window is None or (gap := gaps[b]) is None or gap <= window]
        best = sorted(near, key=lambda b: (-round(float(every[a, b]), 4), b))[: search.NEIGHBORS]
        assert whole.places[a] == best
        assert whole.candidates[a] == len(near)
        anyone = sorted((round(float(score), 4) for score in every[a]), reverse=True)
        assert whole.around[a] == anyone[: search.NEIGHBORS]  # the sample holds all of so few


def test_ties_go_by_the_order_of_ids() -> None:
    """Of articles that are equally near the first are taken, not any."""
    copies = [replace(french([3])[0], id=f"b{n}") for n in range(9)]
    vocabularies = Vocabulary.of("nl", dutch([3])), Vocabulary.of("fr", copies)
    room = space_of(dutch([3]), copies, vocabularies, link_table(*vocabularies))
    assert nearest(room, room.a, room.b, None).places == [list(range(search.NEIGHBORS))]


def test_gaps_of_spans() -> None:
    """Days between two months count from the end of the first; spans that touch have no gap; no date, no gap."""
    june = Features("a", "nl", {}, earliest=100, latest=129)
    july = Features("b", "fr", {}, earliest=133, latest=160)
    assert gap_days(june, july) == gap_days(july, june) == 4
    assert gap_days(june, Features("c", "fr", {}, earliest=129, latest=129)) == 0
    assert gap_days(june, Features("d", "fr", {})) is None
