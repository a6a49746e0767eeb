"""Near-duplicates in a corpus file: sketches, pairs and clusters, as rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from corpus_tool.store.rows import unbound
from corpus_tool.store.store import Store


class Sketched(NamedTuple):
    """An article as near-duplicates are looked for; `paired` says that it was compared with all the others."""

    id: str
    sketch: bytes
    paired: bool
    earliest: date | None
    latest: date | None
    words: int
    outlet: str | None


class PairRow(NamedTuple):
    """Two articles by their ids and what they share; see the table `near_duplicates`."""

    a: str
    b: str
    shared: int
    of_a: int
    of_b: int
    equal: bool


class CopyRow(NamedTuple):
    """An article that repeats another one, which is kept."""

    article: str
    kept: str
    cluster: str
    jaccard: float
    containment: float


def not_sketched(store: Store, after: int, most: int) -> list[tuple[int, str]]:
    """Numbers and texts of articles above a number that have no sketch, up to so many."""
    sql = (
        "SELECT a.number, a.text FROM articles a WHERE a.number > ? "
        "AND NOT EXISTS (SELECT 1 FROM sketches s WHERE s.article = a.number) ORDER BY a.number LIMIT ?"
    )
    return [(number, unbound(text)) for number, text in store.rows(sql, (after, most))]


def put_sketches(connection: sqlite3.Connection, rows: Iterable[tuple[int, bytes]]) -> None:
    """Keep sketches by the numbers of their articles, inside a transaction."""
    sql = "INSERT OR REPLACE INTO sketches SELECT number, ?2, 0 FROM articles WHERE number = ?1"
    connection.executemany(sql, rows)


def sketched(store: Store) -> Iterator[Sketched]:
    """All articles that have a sketch, in the order of adding."""
    sql = (
        "SELECT a.id, s.sketch, s.paired, a.date_earliest, a.date_latest, a.words, a.outlet "
        "FROM sketches s JOIN articles a ON a.number = s.article ORDER BY s.article"
    )
    for identifier, sketch, paired, earliest, latest, words, outlet in store.rows(sql):
        try:
            days = _day(earliest), _day(latest)
        except (ValueError, TypeError):
            raise store.damaged(f"the date of {identifier} cannot be read") from None
        yield Sketched(identifier, sketch, bool(paired), *days, words, unbound(outlet))


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def pairs(store: Store) -> Iterator[PairRow]:
    """All pairs that are kept, between articles that were compared with all the others."""
    sql = (
        "SELECT a.id, b.id, p.shared, p.of_a, p.of_b, p.equal FROM near_duplicates p "
        "JOIN articles a ON a.number = p.a JOIN articles b ON b.number = p.b "
        "JOIN sketches s ON s.article = p.a JOIN sketches t ON t.article = p.b WHERE s.paired AND t.paired"
    )
    for one, other, shared, of_one, of_other, equal in store.rows(sql):
        if not all(isinstance(number, int) for number in (shared, of_one, of_other)):
            raise store.damaged(f"what {one} and {other} share cannot be read")
        yield PairRow(one, other, shared, of_one, of_other, bool(equal))


def unpair(connection: sqlite3.Connection) -> None:
    """Have all articles compared again, inside a transaction: they were not compared for what is asked now."""
    connection.execute("UPDATE sketches SET paired = 0")
    connection.execute("DELETE FROM near_duplicates")


def put_pairs(connection: sqlite3.Connection, rows: Iterable[PairRow], compared: Iterable[str]) -> None:
    """Put these pairs in the place of all others, and note which articles were compared, inside a transaction.

    Pairs of articles that are gone, or have changed meanwhile, are passed over.
    """
    connection.execute("DELETE FROM near_duplicates")
    connection.executemany(
        "INSERT INTO near_duplicates SELECT a.number, b.number, ?, ?, ?, ? FROM articles a, articles b, sketches s, "
        "sketches t WHERE a.id = ? AND b.id = ? AND s.article = a.number AND t.article = b.number",
        ((row.shared, row.of_a, row.of_b, row.equal, row.a, row.b) for row in rows),
    )
    connection.executemany(
        "UPDATE sketches SET paired = 1 WHERE article = (SELECT number FROM articles WHERE id = ?)",
        ((identifier,) for identifier in compared),
    )


def put_copies(connection: sqlite3.Connection, rows: Iterable[CopyRow]) -> None:
    """Put these clusters in the place of all others, inside a transaction."""
    connection.execute("DELETE FROM duplicates")
    connection.executemany(
        "INSERT INTO duplicates SELECT a.number, k.number, ?, ?, ? FROM articles a, articles k "
        "WHERE a.id = ? AND k.id = ?",
        ((row.cluster, row.jaccard, row.containment, row.article, row.kept) for row in rows),
    )


def copies(store: Store) -> dict[str, str]:
    """Each article that repeats another one, with that one, by their ids."""
    sql = (
        "SELECT a.id, k.id FROM duplicates d JOIN articles a ON a.number = d.article "
        "JOIN articles k ON k.number = d.kept"
    )
    return {row[0]: row[1] for row in store.rows(sql)}


def not_compared(store: Store) -> int:
    """How many articles were not compared since they came or changed."""
    sql = (
        "SELECT count(*) FROM articles a WHERE NOT EXISTS "
        "(SELECT 1 FROM sketches s WHERE s.article = a.number AND s.paired)"
    )
    return int(store.value(sql))


def copies_of(store: Store, identifier: str) -> list[CopyRow]:
    """The rows of the cluster that an article is in."""
    of_it = "SELECT cluster FROM duplicates, articles n WHERE n.id = ? AND (article = n.number OR kept = n.number)"
    sql = (
        "SELECT a.id, k.id, d.cluster, d.jaccard, d.containment FROM duplicates d "
        "JOIN articles a ON a.number = d.article JOIN articles k ON k.number = d.kept "
        f"WHERE d.cluster IN ({of_it}) ORDER BY a.id"
    )
    return [CopyRow(*row) for row in store.rows(sql, (identifier,))]
