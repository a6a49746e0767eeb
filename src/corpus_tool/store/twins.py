"""Twins in a corpus file: features of articles, and pairs with their reasons, as rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from corpus_tool.store.links import keeps_links
from corpus_tool.store.rows import bound, from_json, to_json
from corpus_tool.store.store import Store

_SPOKEN = "(a.language = ?1 OR (a.language >= ?1 || '-' AND a.language < ?1 || '.'))"
"""In a language, whatever region or script its tag names: `.` is what follows `-`."""


TIERS = ("sure", "likely", "possible")
TWIN_KEYS = frozenset(("margin", "mutual", "candidates", "days", "gap", "evidence"))
"""What the column `why` holds."""


class TwinRow(NamedTuple):
    """Two articles by their ids, how surely they are twins, and why; see the table `twins`."""

    a: str
    b: str
    tier: str
    score: float
    why: dict[str, Any]


def count_languages(store: Store) -> dict[str, int]:
    """How many articles there are of each language tag, `und` and the like left out."""
    sql = (
        "SELECT language, count(*) FROM articles WHERE language NOT IN ('und', 'zxx', 'mul') "
        "GROUP BY language ORDER BY count(*) DESC, language"
    )
    return {row[0]: row[1] for row in store.rows(sql)}


def count_copies(store: Store, languages: Iterable[str]) -> int:
    """How many articles of some languages repeat another one."""
    sql = f"SELECT count(*) FROM duplicates d JOIN articles a ON a.number = d.article WHERE {_SPOKEN}"
    return sum(store.value(sql, (language,)) for language in languages) if keeps_links(store) else 0


def not_featured(store: Store, language: str, after: int = 0, most: int = -1) -> list[int]:
    """The numbers of articles of a language above a number whose features are not kept, up to so many."""
    sql = (
        f"SELECT a.number FROM articles a NOT INDEXED WHERE a.number > ?2 AND {_SPOKEN} "
        "AND NOT EXISTS (SELECT 1 FROM features f WHERE f.article = a.number) ORDER BY a.number LIMIT ?3"
    )
    return [row[0] for row in store.rows(sql, (language, after, most))]


def put_features(connection: sqlite3.Connection, rows: Iterable[tuple[str, bytes]]) -> None:
    """Keep features by the ids of their articles, inside a transaction."""
    sql = "INSERT OR REPLACE INTO features SELECT number, ?2 FROM articles WHERE id = ?1"
    connection.executemany(sql, rows)


def drop_features(connection: sqlite3.Connection) -> None:
    """Forget all features, inside a transaction: another version made them."""
    connection.execute("DELETE FROM features")


def features_in(store: Store, language: str, *, canonical: bool = False) -> Iterator[bytes]:
    """The features kept of the articles of a language, in the order of adding; those that repeat another one or not."""
    first = "AND a.number NOT IN (SELECT article FROM duplicates) " if canonical else ""
    sql = (
        f"SELECT f.features FROM features f JOIN articles a ON a.number = f.article WHERE {_SPOKEN} {first}"
        "ORDER BY f.article"
    )
    return (row[0] for row in store.rows(sql, (language,)))


def put_twins(connection: sqlite3.Connection, rows: Iterable[TwinRow]) -> None:
    """Put these pairs in the place of all others, inside a transaction."""
    connection.execute("DELETE FROM twins")
    connection.executemany(
        "INSERT INTO twins SELECT a.number, b.number, ?, ?, ? FROM articles a, articles b WHERE a.id = ? AND b.id = ?",
        ((row.tier, row.score, bound(to_json(row.why)), row.a, row.b) for row in rows),
    )


def twins(store: Store, identifier: str | None = None) -> Iterator[TwinRow]:
    """The pairs that are kept, the surest first; of one article where its id is given."""
    number = None if identifier is None else store.number_of(identifier)
    of_one = "" if identifier is None else "WHERE t.a = ?1 OR t.b = ?1 "
    sql = (
        "SELECT a.id, b.id, t.tier, t.score, t.why FROM twins t JOIN articles a ON a.number = t.a "
        f"JOIN articles b ON b.number = t.b {of_one}ORDER BY t.score DESC, a.id, b.id"
    )
    for one, other, tier, score, why in store.rows(sql, () if identifier is None else (number,)):
        try:
            yield TwinRow(one, other, tier, float(score), from_json(why))
        except (ValueError, TypeError):
            raise store.damaged(f"the twins {one} and {other} cannot be read") from None
