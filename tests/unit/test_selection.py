"""Which articles are given, in which order and how many, and what was counted."""

from __future__ import annotations

import random

import pytest

from corpus_tool.model.article import Article
from corpus_tool.query import Query
from corpus_tool.selection import Selection, Tally, select
from tests.unit.building import article, numbered


def chosen(articles: list[Article], *, streaming: bool = False, **selection: object) -> tuple[list[str], Tally]:
    """The names that a selection gives, and what it counted."""
    tally = Tally()
    given = select(articles, Selection(**selection), tally, streaming=streaming)
    return [item.name for item in given], tally


def test_select_filters_and_counts() -> None:
    """What matches is given, what does not is handed to `on_other` with the reason."""
    articles = [article(id=f"{n:016x}", name=str(n), words=n, date="2018-06") for n in range(1, 7)]
    tally, others = Tally(), []
    selection = Selection(Query(min_words=3, since="2018-06-15"), limit=2)
    given = list(select(articles, selection, tally, on_other=lambda item, why: others.append((item.name, why))))
    assert [item.name for item in given] == ["3", "4"]
    assert others == [("1", "1 words are fewer than 3"), ("2", "2 words are fewer than 3")]
    assert (tally.read, tally.matched, tally.given, tally.by_overlap, tally.cut_short) == (6, 4, 2, 4, False)


def test_a_limit_ends_reading_only_in_a_stream() -> None:
    """In a stream reading stops at the limit and says so; otherwise everything is read and counted."""
    read_so_far: list[str] = []

    def stream() -> list[Article]:
        return (read_so_far.append(item.name) or item for item in numbered(9))

    names, tally = chosen(stream(), limit=2, streaming=True)
    assert (names, tally.cut_short) == (["n1", "n2"], True)
    assert len(read_so_far) == 2
    names, tally = chosen(stream(), limit=2)
    assert (names, tally.cut_short, tally.read) == (["n1", "n2"], False, 9)


@pytest.mark.parametrize("selection", [{"limit": 10}, {"limit": None}, {"limit": 2, "sort": "title"}])
@pytest.mark.parametrize("more", [{}, {"reverse": True}, {"sample": 5}])
def test_nothing_is_cut_short_where_everything_was_read(selection: dict[str, object], more: dict[str, object]) -> None:
    """A limit that is not reached, and one after a sort, does not cut the reading of a stream."""
    _, tally = chosen(numbered(9), streaming=True, **{**selection, **more})
    assert (tally.read, tally.cut_short) == (9, False)


def test_a_limit_of_nothing() -> None:
    """A limit of zero gives nothing."""
    assert chosen(numbered(3), limit=0)[0] == []


@pytest.mark.parametrize(("reverse", "order"), [(False, ["b", "a", "c", "x", "y"]), (True, ["c", "b", "a", "x", "y"])])
def test_articles_without_a_value_come_last_in_both_directions(reverse: bool, order: list[str]) -> None:
    """Sorting forward or backward puts missing values last; equal values keep their order."""
    dates = {"x": None, "b": "2018-06", "a": "2018-06", "y": None, "c": "2019"}
    articles = [article(name=name, date=date) for name, date in dates.items()]
    assert chosen(articles, sort="date", reverse=reverse)[0] == order


def test_reverse_alone_turns_the_order_around() -> None:
    """Without a field to sort by, the order given is reversed."""
    assert chosen(numbered(3), reverse=True)[0] == ["n3", "n2", "n1"]


def test_a_sample_depends_on_articles_and_seed_alone() -> None:
    """The same articles in any order give the same sample, in the order given; another seed another sample."""
    articles = numbered(200)
    names, tally = chosen(articles, sample=20, seed=7)
    assert names == sorted(names, key=lambda name: int(name[1:]))
    assert len(set(names)) == 20 == tally.given
    shuffled = random.Random(1).sample(articles, 200)
    assert set(chosen(shuffled, sample=20, seed=7)[0]) == set(names)
    assert chosen(articles, sample=20, seed=7)[0] == names
    assert set(chosen(articles, sample=20, seed=8)[0]) != set(names)
    assert set(chosen(articles, sample=10, seed=7)[0]) < set(names)


@pytest.mark.parametrize(("size", "given"), [(0, 0), (1, 1), (5, 5), (9, 5)])
def test_the_size_of_a_sample(size: int, given: int) -> None:
    """A sample has the size asked for, or all there is."""
    assert len(chosen(numbered(5), sample=size)[0]) == given


def test_sample_then_sort_then_limit() -> None:
    """The limit is taken of the sorted sample."""
    sampled = set(chosen(numbered(50), sample=5)[0])
    names = chosen(numbered(50), sample=5, sort="id", reverse=True, limit=2)[0]
    assert names == sorted(sampled, key=lambda name: -int(name[1:]))[:2]
