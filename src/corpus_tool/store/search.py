"""Searching a corpus file: the full-text index proposes, BM25 ranks, conditions narrow. The one place that searches.

Ranking is that of SQLite's FTS5: BM25 with k1 = 1.2 and b = 0.75 (Robertson et al. 1994), title and text alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus_tool.model.article import Article
from corpus_tool.query import Query
from corpus_tool.store.match import Search, parse_search
from corpus_tool.store.sql import LARGEST, Where
from corpus_tool.store.store import Store

Numbers = Iterator[tuple[int, float | None]]

RANKED = 20_000
"""So many hits are ranked exactly; of more, those added last."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found; the higher the score the better it fits, None where hits are not ranked."""

    article: Article
    score: float | None


@dataclass(slots=True)
class Found:
    """The hits in their order, read as they are taken, and what they were taken from.

    `total` is None where there are more than were counted, and until the hits were taken where a condition is judged
    article by article. `ranked` says among how many of the articles added last the best were sought, None where among
    all hits.
    """

    search: Search
    hits: Iterator[Hit]
    total: int | None
    ranked: int | None = None


def search(
    store: Store,
    typed: str,
    query: Query,
    *,
    limit: int | None,
    newest: bool = False,
    rank_all: bool = False,
    whole: bool = True,
) -> Found:
    """The articles that a query of words finds among those that meet the conditions.

    Raises UsageError with the place of what cannot be read in the words.
    """
    asked = parse_search(typed)
    limit = limit if limit is None else min(limit, LARGEST)
    condition = store.where(query)
    count = _count(store, asked, condition, None if limit is None or rank_all else RANKED)
    many = count is None
    if newest:
        numbers = _newest(store, asked, condition, many=many)
    else:
        least = _least_of_last(store, asked, condition) if many else 0
        numbers = _ranked(store, asked, condition, least, limit if condition.exact else None)
    found = Found(asked, iter(()), count if condition.exact else None, RANKED if many and not newest else None)
    found.hits = _taken(store, numbers, condition, limit, found, whole=whole)
    return found


def _narrowed(asked: Search, condition: Where) -> tuple[str, tuple[object, ...]]:
    """The index with the conditions. CROSS JOIN keeps SQLite from asking the index once for every article."""
    if condition.sql == "1":
        return "articles_fts f WHERE articles_fts MATCH ?", (asked.expression,)
    joined = "articles_fts f CROSS JOIN articles a ON a.number = f.rowid WHERE articles_fts MATCH ?"
    return f"{joined} AND {condition.sql}", (asked.expression, *condition.values)


def _count(store: Store, asked: Search, condition: Where, most: int | None) -> int | None:
    """How many articles are found; None where they are more than `most`."""
    tables, values = _narrowed(asked, condition)
    enough = "" if most is None else f" LIMIT {most + 1}"
    found = int(store.value(f"SELECT count(*) FROM (SELECT f.rowid FROM {tables}{enough})", values))
    return None if most is not None and found > most else found


def _least_of_last(store: Store, asked: Search, condition: Where) -> int:
    """The number from which on the hits added last are so many as are ranked."""
    tables, values = _narrowed(asked, condition)
    sql = f"SELECT f.rowid FROM {tables} ORDER BY f.rowid DESC LIMIT 1 OFFSET {RANKED - 1}"
    return int(store.value(sql, values) or 0)


def _ranked(store: Store, asked: Search, condition: Where, least: int, limit: int | None) -> Numbers:
    """The numbers of the articles found from `least` on, the best first, with their scores; equal ones as added."""
    tables, values = _narrowed(asked, condition)
    bound = f" AND f.rowid >= {least}" if least else ""
    enough = "" if limit is None else f" LIMIT {limit}"
    sql = f"SELECT f.rowid, bm25(articles_fts) AS score FROM {tables}{bound} ORDER BY score, f.rowid{enough}"
    for number, score in store.rows(sql, values):
        yield number, -score


def _newest(store: Store, asked: Search, condition: Where, *, many: bool) -> Numbers:
    """The numbers of the articles found, the last date first, then the undated ones as added.

    Where hits are many the dates are gone through and each article looked up in the index; else the hits are sorted.
    """
    order = "ORDER BY a.date_earliest DESC, a.number"
    if many:
        dated = "articles a CROSS JOIN articles_fts f ON f.rowid = a.number WHERE articles_fts MATCH ?"
    else:
        dated = "articles_fts f CROSS JOIN articles a ON a.number = f.rowid WHERE articles_fts MATCH ?"
    values = (asked.expression, *condition.values)
    known = f"SELECT f.rowid FROM {dated} AND a.date_earliest IS NOT NULL AND {condition.sql} {order}"
    rest = f"SELECT f.rowid FROM {dated} AND a.date_earliest IS NULL AND {condition.sql} ORDER BY a.number"
    for sql in (known, rest):
        for (number,) in store.rows(sql, values):
            yield number, None


def _taken(
    store: Store, numbers: Numbers, condition: Where, limit: int | None, found: Found, *, whole: bool
) -> Iterator[Hit]:
    """The articles of numbers that meet what SQL could not judge, up to the limit.

    Where nothing is left to judge no more are read than are given; else all are, to count them.
    """
    total = 0
    for number, score in numbers:
        if condition.exact and limit is not None and total >= limit:
            return
        for article in store.numbered((number,), whole=whole):
            if condition.exact or condition.rest.why_not(article) is None:
                total += 1
                if limit is None or total <= limit:
                    yield Hit(article, score)
    if not condition.exact:
        found.total = total
