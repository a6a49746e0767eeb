"""What of a query SQL decides; that it decides alike is a law (see tests/properties/test_corpus_laws.py)."""

from __future__ import annotations

import pytest

from corpus_tool.corpus import Corpus
from corpus_tool.query import Query
from corpus_tool.store.sql import LARGEST, where, within
from tests.unit.building import article as made
from tests.unit.building import numbered, source


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(languages=("nl", "fr")),
        Query(since="2018", until="2019-06", date_match="within"),
        Query(dated=True, mixed=False),
        Query(min_words=1, max_words=9),
        Query(outlets=("Krant",), sources=("a/*",)),
        Query(has=("title", "authors", "extra", "languages", "words", "source", "text")),
        Query(min_language_confidence=0.5, min_date_confidence=0.5),
    ],
)
def test_sql_decides_alone(query: Query) -> None:
    """Nothing is left to be looked at article by article, so that it can be counted at once."""
    assert where(query).exact
    assert where(query).rest.empty


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        (Query(languages=("nl",), contains=("raad",)), Query(contains=("raad",))),
        (Query(dated=True, patterns=("a",)), Query(patterns=("a",))),
        (Query(has=("title", "extra.x", "inference")), Query(has=("extra.x", "inference"))),
    ],
)
def test_what_is_left(query: Query, rest: Query) -> None:
    """Text, patterns and odd fields are judged on what SQL let through, and only they."""
    condition = where(query)
    assert not condition.exact
    assert condition.rest == rest


def test_values_are_bound_and_never_part_of_the_statement() -> None:
    """A quote in a value ends nothing."""
    hostile = "x'; DROP TABLE articles; --"
    condition = where(Query(outlets=(hostile,), sources=(hostile, "caf\udce9"), languages=("nl",)))
    assert "DROP" not in condition.sql
    assert condition.sql.count("?") == len(condition.values)
    with Corpus.in_passing(numbered(2, outlet=hostile, source=source(path=hostile))) as corpus:
        assert corpus.store.count(Query(outlets=(hostile.upper(),))) == 2
        assert corpus.store.count(Query(sources=(hostile,))) == 2


def test_numbers_beyond_sqlite_are_cut_to_its_largest() -> None:
    """A very large bound means what it says: nobody has so many words, and nobody has more."""
    assert where(Query(min_words=10**30)).values == (LARGEST,)
    with Corpus.in_passing(numbered(2)) as corpus:
        assert [corpus.store.count(query) for query in (Query(min_words=10**30), Query(max_words=10**30))] == [0, 2]


def test_an_outlet_is_found_in_any_case() -> None:
    """By case folding, as everywhere: not by SQLite's LIKE, which knows ASCII alone."""
    with Corpus.in_passing([made(outlet="Straße ÉTÉ")]) as corpus:
        assert corpus.store.count(Query(outlets=("STRASSE été",))) == 1
        assert corpus.store.count(Query(outlets=("stra%",))) == 0


def test_within_asks_the_same_but_for_dates() -> None:
    """The stricter question of the same query."""
    assert within(Query(on="2018", dated=True)) == Query(on="2018", dated=True, date_match="within")
