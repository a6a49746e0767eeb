"""What is kept of links, and what is forgotten of it when articles come, change or go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from corpus_tool.errors import CorpusToolError, ExitCode
from corpus_tool.model.article import Article
from corpus_tool.model.evidence import Inferred
from corpus_tool.store.check import links_step, references_step
from corpus_tool.store.links import (
    KINDS,
    Kept,
    busy,
    kept,
    lay_out_links,
    listed,
    note_added,
    note_kept,
    note_stale,
    texts,
)
from corpus_tool.store.near_duplicates import (
    CopyRow,
    PairRow,
    copies,
    not_compared,
    pairs,
    put_copies,
    put_pairs,
    put_sketches,
)
from corpus_tool.store.schema import LINKS
from corpus_tool.store.store import Store
from corpus_tool.store.twins import TwinRow, put_features, put_twins, twins
from corpus_tool.store.writing import transaction
from tests.unit.store.linked import add, change, dated, drop, identifier, item, text, the

WHY: dict[str, Any] = {
    "margin": 9.0, "mutual": True, "candidates": 3, "days": [None, None], "gap": [None, False], "evidence": [],
}  # fmt: skip


def is_up_to_date(store: Store, kind: Any) -> bool:
    """Whether a kind of links that was looked for is noted to hold."""
    found = kept(store, kind)
    assert found is not None
    return found.up_to_date


def paired(store: Store) -> list[int]:
    """The numbers of the articles that were compared with all others."""
    return [row[0] for row in store.rows("SELECT article FROM sketches WHERE paired ORDER BY 1")]


def featured(store: Store) -> list[int]:
    """The numbers of the articles whose features are kept."""
    return [row[0] for row in store.rows("SELECT article FROM features ORDER BY 1")]


@pytest.fixture
def store() -> Iterator[Store]:
    """Eight articles with all that is kept of links: 1, 2 and 3 are one cluster, 4 is near 1, and 5 is the twin of 6.

    2 and 3 are in the cluster by a chain: no pair of 1 and 3 is kept. 7 and 8 are another cluster.
    """
    with Store.in_passing() as made:
        add(made, [item(number, text(number), "2018-06-20", "De Ster") for number in range(1, 9)])
        with transaction(made) as connection:
            numbers = range(1, 9)
            put_sketches(connection, [(number, b"x") for number in numbers])
            near = [(1, 2), (2, 3), (1, 4), (7, 8)]
            rows = [PairRow(identifier(one), identifier(other), 8, 9, 9, False) for one, other in near]
            put_pairs(connection, rows, map(identifier, numbers))
            clusters = [(2, 1), (3, 1), (8, 7)]
            put_copies(
                connection, [CopyRow(identifier(a), identifier(k), identifier(k), 0.8, 0.9) for a, k in clusters]
            )
            put_features(connection, [(identifier(number), b"x") for number in numbers])
            put_twins(connection, [TwinRow(identifier(5), identifier(6), "sure", 20.0, WHY)])
            for kind in KINDS:
                note_kept(connection, kind, Kept({"languages": ["nl", "fr"]}, "2024-01-01T00:00:00Z", up_to_date=True))
        yield made


def test_how_links_were_looked_for(store: Store) -> None:
    """Options, time, and whether they hold; each kind for itself."""
    assert kept(store, "twins") == Kept({"languages": ["nl", "fr"]}, "2024-01-01T00:00:00Z", up_to_date=True)
    with transaction(store) as connection:
        note_stale(connection, ("twins",))
    assert [is_up_to_date(store, kind) for kind in KINDS] == [True, False]
    with transaction(store) as connection:
        note_kept(connection, "twins", Kept({"zoë": 1}, "now", up_to_date=True))
        note_stale(connection)
    assert kept(store, "twins") == Kept({"zoë": 1}, "now", up_to_date=False)
    assert not is_up_to_date(store, "duplicates")


def test_a_file_without_tables() -> None:
    """Nothing is kept in a file of the first version, nothing to forget, and noting that nothing holds is no error."""
    with Store.in_passing() as store:
        for line in LINKS.splitlines():
            if line.startswith("CREATE TABLE"):
                store.connection.execute(f"DROP TABLE {line.split()[2]}")
        store.connection.execute("PRAGMA user_version = 1")
        add(store, [item(1, text(1)), item(2, text(1))])
        change(store, the(store, identifier(1)), replace(the(store, identifier(1)), title="Anders"))
        drop(store, identifier(2))
        assert kept(store, "twins") is None
        with transaction(store) as connection:
            lay_out_links(connection)
            lay_out_links(connection)
        assert kept(store, "twins") is None
        assert not_compared(store) == 1
        assert links_step(store).outcome == "whole"


def by_twin(old: Article) -> Article:
    """The article with the same date, known from its twin."""
    return replace(old, inference={**old.inference, "date": Inferred("twin", 0.9, (), ())})


@pytest.mark.parametrize(
    ("values", "holds", "compared", "keeps_features"),
    [
        ({"text": text(77)}, (False, False), False, False),
        ({"date": "2018-06-21"}, (False, False), False, False),
        ({"date": None}, (False, False), False, False),
        ({"title": "Een andere kop"}, (True, False), True, False),
        ({"language": "fr"}, (True, False), True, False),
        ({"method": "twin"}, (True, False), True, False),
        ({"outlet": "De Maan"}, (False, True), True, True),
        ({"words": 7}, (False, True), True, True),
        ({"section": "Sport"}, (True, True), True, True),
        ({"authors": ("A. Vos",)}, (True, True), True, True),
        ({}, (True, True), True, True),
    ],
    ids=lambda value: next(iter(value), "nothing") if isinstance(value, dict) else "",
)
def test_what_a_change_makes_void(
    store: Store, values: dict[str, Any], holds: tuple[bool, bool], compared: bool, keeps_features: bool
) -> None:
    """What each kind of links looks at, and nothing else: an outlet decides who is kept, a title is part of a twin."""
    old = the(store, identifier(5))
    new = dated(old, values.pop("date")) if "date" in values else old
    new = by_twin(new) if values.pop("method", None) else new
    change(store, old, replace(new, **values))
    assert tuple(is_up_to_date(store, kind) for kind in KINDS) == holds
    assert (5 in paired(store)) == compared
    assert (5 in featured(store)) == keeps_features
    assert len(list(twins(store))) == int(keeps_features)
    assert featured(store) == [number for number in range(1, 9) if number != 5 or keeps_features]


def test_a_date_that_follows_from_a_twin(store: Store) -> None:
    """The pair stays: it was found without that date, which is passed over when twins are looked for."""
    old = the(store, identifier(5))
    change(store, old, by_twin(dated(old, "2018-06~")), keep_twins=True)
    assert is_up_to_date(store, "twins")
    assert len(list(twins(store))) == 1
    assert 5 in featured(store)
    assert not is_up_to_date(store, "duplicates")  # which knows dates only by their days


@pytest.mark.parametrize(
    ("gone", "left", "near", "repeats"),
    [
        (1, [5, 6, 7, 8], [(7, 8)], {8: 7}),
        (2, [4, 5, 6, 7, 8], [(7, 8)], {8: 7}),
        (3, [4, 5, 6, 7, 8], [(7, 8)], {8: 7}),
        (4, [2, 3, 5, 6, 7, 8], [(2, 3), (7, 8)], {2: 1, 3: 1, 8: 7}),
        (5, [1, 2, 3, 4, 6, 7, 8], [(1, 2), (1, 4), (2, 3), (7, 8)], {2: 1, 3: 1, 8: 7}),
    ],
)
@pytest.mark.parametrize("goes", [True, False])
def test_whoever_it_was_paired_with_is_compared_again(
    store: Store, goes: bool, gone: int, left: list[int], near: list[tuple[int, int]], repeats: dict[int, int]
) -> None:
    """Also all of its cluster, whether a pair of both is kept or not; the others are as they were."""
    if goes:
        drop(store, identifier(gone))
    else:
        change(store, the(store, identifier(gone)), replace(the(store, identifier(gone)), text=text(90)))
    assert paired(store) == left
    assert sorted((int(pair.a, 16), int(pair.b, 16)) for pair in pairs(store)) == near
    assert {int(one, 16): int(other, 16) for one, other in copies(store).items()} == repeats
    assert not is_up_to_date(store, "duplicates")


def test_an_article_that_goes(store: Store) -> None:
    """Nothing in any table refers to it afterwards, and its twin is told to be looked for again."""
    for number in (1, 5):
        drop(store, identifier(number))
    assert references_step(store).outcome == "whole"
    assert list(twins(store)) == []
    assert featured(store) == [2, 3, 4, 6, 7, 8]
    assert not is_up_to_date(store, "twins")


@pytest.mark.parametrize(
    ("languages", "twins_hold"),
    [({"de"}, True), ({"de", None}, True), ({"fr"}, False), ({"nl-BE", "de"}, False), ({"nlx"}, True)],
)
def test_articles_that_come(store: Store, languages: set[str | None], twins_hold: bool) -> None:
    """Duplicates may be among any of them, twins among those of the languages that were compared."""
    with transaction(store) as connection:
        note_added(connection, languages)
    assert [is_up_to_date(store, kind) for kind in KINDS] == [False, twins_hold]


def test_articles_that_come_where_no_two_languages_were(store: Store) -> None:
    """Where a corpus had but one language, one of another may bring the first twins."""
    with transaction(store) as connection:
        note_kept(connection, "twins", Kept({"languages": []}, "now", up_to_date=True))
        note_added(connection, {"de"})
    assert not is_up_to_date(store, "twins")


def test_what_lines_say_of_articles(store: Store) -> None:
    """By id; half a surrogate pair in a name of a file or an outlet is no obstacle, nor is an id that is not there."""
    add(store, [item(9, "Een kort \udc80 stuk", outlet="De \ud800 Ster")])
    found = listed(store, [identifier(9), identifier(99), identifier(1)])
    assert list(found) == [identifier(9), identifier(1)]
    assert (found[identifier(9)].outlet, found[identifier(9)].opening) == ("De \ud800 Ster", "Een kort \udc80 stuk")
    assert list(texts(store, [identifier(2), identifier(9)])) == [text(2), "Een kort \udc80 stuk"]


def test_a_file_that_others_write_all_the_time(store: Store) -> None:
    """It is named, and what to do."""
    error = busy(store)
    assert "is being written by another program" in error.message
    assert store.path in error.message
    assert error.hint


def test_options_that_are_none(store: Store) -> None:
    """A value of JSON that is no object is damage, and told to be."""
    store.connection.execute("UPDATE looked_for SET options = '[]'")
    with pytest.raises(CorpusToolError, match="how twins were looked for cannot be read") as raised:
        kept(store, "twins")
    assert raised.value.code is ExitCode.DAMAGED_INPUT


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("sketches.article", "INSERT INTO sketches VALUES (99, x'00', 1)"),
        ("features.article", "INSERT INTO features VALUES (99, x'00')"),
        ("near_duplicates.a", "INSERT INTO near_duplicates VALUES (99, 1, 1, 1, 1, 0)"),
        ("near_duplicates.b", "INSERT INTO near_duplicates VALUES (1, 99, 1, 1, 1, 0)"),
        ("duplicates.article", "INSERT INTO duplicates VALUES (99, 1, 'x', 1.0, 1.0)"),
        ("duplicates.kept", "INSERT INTO duplicates VALUES (4, 99, 'x', 1.0, 1.0)"),
        ("twins.a", "INSERT INTO twins VALUES (99, 1, 'sure', 20.0, '{}')"),
        ("twins.b", "INSERT INTO twins VALUES (1, 99, 'sure', 20.0, '{}')"),
    ],
)
def test_links_of_articles_that_are_not_there(store: Store, kind: str, statement: str) -> None:
    """`check` finds each, by table and column."""
    assert references_step(store).outcome == "whole"
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.execute(statement)
    assert dict(references_step(store).counted) == {kind: 1}


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("options", "UPDATE looked_for SET options = '[]' WHERE kind = 'twins'"),
        ("options", "UPDATE looked_for SET options = 'x' WHERE kind = 'twins'"),
        ("options", "INSERT INTO looked_for VALUES ('triplets', '{}', 'now', 1)"),
        ("twins", "UPDATE twins SET tier = 'x'"),
        ("twins", "UPDATE twins SET why = '{}'"),
        ("twins", "UPDATE twins SET why = 'x'"),
        ("twins", "UPDATE twins SET score = 'high'"),
        ("duplicates", "UPDATE duplicates SET jaccard = 2.0 WHERE article = 2"),
        ("duplicates", "UPDATE duplicates SET jaccard = 'all' WHERE article = 2"),
    ],
)
def test_links_that_cannot_be_read(store: Store, kind: str, statement: str) -> None:
    """`check` finds each, and nothing where all is well."""
    assert links_step(store).outcome == "whole"
    assert links_step(store).checked == 6
    store.connection.execute(statement)
    assert dict(links_step(store).counted) == {kind: 1}
