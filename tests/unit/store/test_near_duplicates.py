"""Sketches, pairs and clusters as rows of a corpus file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from corpus_tool.store.near_duplicates import (
    CopyRow,
    PairRow,
    copies,
    copies_of,
    not_compared,
    not_sketched,
    pairs,
    put_copies,
    put_pairs,
    put_sketches,
    sketched,
    unpair,
)
from corpus_tool.store.store import Store
from corpus_tool.store.writing import transaction
from tests.unit.store.linked import add, drop, identifier, item

ONE, TWO, THREE, FOUR, GONE = map(identifier, (1, 2, 3, 4, 99))


@pytest.fixture
def store() -> Iterator[Store]:
    """Four articles; nothing was looked for."""
    with Store.in_passing() as made:
        add(made, [item(1, "een", "2018-06", "De Ster"), item(2, "twee"), item(3, "drie"), item(4, "vier \udc80")])
        yield made


def keep(store: Store, rows: list[PairRow], compared: list[str]) -> None:
    """Keep pairs."""
    with transaction(store) as connection:
        put_pairs(connection, rows, compared)


def sketch(store: Store, *numbers: int) -> None:
    """Keep a sketch of each of these articles."""
    with transaction(store) as connection:
        put_sketches(connection, [(number, b"x%d" % number) for number in numbers])


def test_texts_without_a_sketch(store: Store) -> None:
    """Those above a number, up to so many, in the order of adding; a text of odd letters as it is."""
    assert not_sketched(store, 0, 2) == [(1, "een"), (2, "twee")]
    sketch(store, 2)
    assert not_sketched(store, 0, 9) == [(1, "een"), (3, "drie"), (4, "vier \udc80")]
    assert not_sketched(store, 3, 9) == [(4, "vier \udc80")]
    assert not_sketched(store, 4, 9) == []


def test_sketches_with_what_is_known_of_their_articles(store: Store) -> None:
    """The days that a date may mean; of an article that is gone no sketch is kept."""
    sketch(store, 2, 1, 99)
    found = list(sketched(store))
    assert [each.id for each in found] == [ONE, TWO]
    assert found[0] == (ONE, b"x1", False, date(2018, 6, 1), date(2018, 6, 30), 1, "De Ster")
    assert found[1] == (TWO, b"x2", False, None, None, 1, None)
    keep(store, [], [TWO])
    assert [each.paired for each in sketched(store)] == [False, True]
    sketch(store, 2)  # made anew, it was compared with nobody
    assert [each.paired for each in sketched(store)] == [False, False]


def test_pairs_between_articles_that_were_compared(store: Store) -> None:
    """A pair of which either article is to be compared again does not count: both sides must have been."""
    sketch(store, 1, 2, 3)
    rows = [PairRow(ONE, TWO, 8, 9, 10, False), PairRow(TWO, THREE, 0, 0, 0, True)]
    keep(store, rows, [ONE, TWO, THREE])
    assert list(pairs(store)) == rows
    store.connection.execute("UPDATE sketches SET paired = 0 WHERE article = 1")
    assert list(pairs(store)) == rows[1:]
    store.connection.execute("UPDATE sketches SET paired = article = 1")
    assert list(pairs(store)) == []
    store.connection.execute("UPDATE sketches SET paired = article = 2")
    assert list(pairs(store)) == []


def test_pairs_take_the_place_of_the_others(store: Store) -> None:
    """Those of articles that are gone, or have no sketch any more, are passed over."""
    sketch(store, 1, 2, 3)
    keep(store, [PairRow(ONE, TWO, 8, 9, 9, False)], [ONE, TWO])
    rows = [PairRow(ONE, each, 0, 0, 0, True) for each in (THREE, FOUR, GONE)]
    keep(store, rows, [THREE, GONE])
    assert list(pairs(store)) == rows[:1]
    assert not_compared(store) == 1  # the fourth
    drop(store, THREE)
    assert list(pairs(store)) == []


def test_all_are_compared_again(store: Store) -> None:
    """Sketches stay: they depend on their texts alone."""
    sketch(store, 1, 2)
    keep(store, [PairRow(ONE, TWO, 8, 9, 9, False)], [ONE, TWO])
    assert not_compared(store) == 2
    with transaction(store) as connection:
        unpair(connection)
    assert list(pairs(store)) == []
    assert store.value("SELECT count(*) FROM near_duplicates") == 0
    assert not_compared(store) == 4
    assert len(list(sketched(store))) == 2


def test_clusters(store: Store) -> None:
    """Of an article the rows of its whole cluster, whether it is kept or not; others have none."""
    rows = [CopyRow(TWO, ONE, ONE, 0.8, 0.9), CopyRow(THREE, ONE, ONE, 1.0, 1.0)]
    with transaction(store) as connection:
        put_copies(connection, [CopyRow(FOUR, TWO, TWO, 1.0, 1.0)])
        put_copies(connection, [*rows, CopyRow(GONE, ONE, ONE, 1.0, 1.0), CopyRow(FOUR, GONE, FOUR, 1.0, 1.0)])
    assert copies(store) == {TWO: ONE, THREE: ONE}
    assert copies_of(store, ONE) == copies_of(store, TWO) == copies_of(store, THREE) == rows
    assert copies_of(store, FOUR) == copies_of(store, GONE) == []
