"""Features of articles and pairs of twins as rows of a corpus file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from corpus_tool.store.near_duplicates import CopyRow, put_copies
from corpus_tool.store.store import Store
from corpus_tool.store.twins import (
    TwinRow,
    count_copies,
    count_languages,
    drop_features,
    features_in,
    not_featured,
    put_features,
    put_twins,
    twins,
)
from corpus_tool.store.writing import transaction
from tests.unit.store.linked import add, identifier, item

LANGUAGES = ("nl", "nl-BE", "nlx", "fr", "und", None, "nl-Latn", "NL", "zxx", "mul")
WHY: dict[str, Any] = {"evidence": [["same", "zoë", "\udc80", 1.0]]}


@pytest.fixture
def store() -> Iterator[Store]:
    """Ten articles, each of another language tag."""
    with Store.in_passing() as made:
        add(made, [item(number, "tekst", language=tag) for number, tag in enumerate(LANGUAGES, 1)])
        yield made


def test_languages_that_articles_are_in(store: Store) -> None:
    """By their tags; what is no language, or several, is none."""
    assert count_languages(store) == {"NL": 1, "fr": 1, "nl": 1, "nl-BE": 1, "nl-Latn": 1, "nlx": 1}
    add(store, [item(11, "tekst", language="nlx")])
    assert next(iter(count_languages(store).items())) == ("nlx", 2)


def test_articles_whose_features_are_not_kept(store: Store) -> None:
    """Of a language in any region or script, but of no other whose code begins alike; above a number, so many."""
    assert not_featured(store, "nl") == [1, 2, 7]
    assert not_featured(store, "nl", 1) == [2, 7]
    assert not_featured(store, "nl", 0, 2) == [1, 2]
    assert not_featured(store, "nlx") == [3]
    with transaction(store) as connection:
        put_features(connection, [(identifier(2), b"two"), (identifier(99), b"gone")])
    assert not_featured(store, "nl") == [1, 7]


def test_features(store: Store) -> None:
    """In the order of adding, of a language, with or without those that repeat another article."""
    with transaction(store) as connection:
        put_features(connection, [(identifier(number), b"%d" % number) for number in (7, 4, 3, 2, 1)])
        put_copies(connection, [CopyRow(identifier(2), identifier(1), identifier(1), 1.0, 1.0)])
        put_features(connection, [(identifier(7), b"new")])
    assert list(features_in(store, "nl")) == [b"1", b"2", b"new"]
    assert list(features_in(store, "nl", canonical=True)) == [b"1", b"new"]
    assert list(features_in(store, "fr", canonical=True)) == [b"4"]
    assert count_copies(store, ["nl", "fr"]) == 1
    assert count_copies(store, ["fr"]) == 0
    with transaction(store) as connection:
        drop_features(connection)
    assert list(features_in(store, "nl")) == []


def test_pairs(store: Store) -> None:
    """The surest first, of equals by their ids; of one article on whichever side; each call replaces them all."""
    rows = [
        TwinRow(identifier(4), identifier(1), "likely", 14.0, WHY),
        TwinRow(identifier(4), identifier(2), "sure", 20.0, WHY),
        TwinRow(identifier(3), identifier(4), "likely", 14.0, WHY),
        TwinRow(identifier(3), identifier(1), "possible", 9.5, WHY),
    ]
    with transaction(store) as connection:
        put_twins(connection, [TwinRow(identifier(1), identifier(2), "sure", 30.0, WHY)])
        put_twins(connection, [*rows, TwinRow(identifier(99), identifier(1), "sure", 30.0, WHY)])
    assert list(twins(store)) == [rows[1], rows[2], rows[0], rows[3]]
    assert list(twins(store, identifier(4))) == [rows[1], rows[2], rows[0]]
    assert list(twins(store, identifier(1))) == [rows[0], rows[3]]
    assert list(twins(store, identifier(9))) == list(twins(store, identifier(99))) == []
