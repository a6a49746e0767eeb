"""Near-duplicates and twins in a corpus file: their tables, how they were looked for, and what does not hold any more.

A file of schema version 1 has none of these tables; it gets them when something is to be kept in them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from corpus_tool.errors import CorpusToolError
from corpus_tool.model.article import Article
from corpus_tool.model.langtag import primary
from corpus_tool.model.listed import OPENING, Listed
from corpus_tool.store.rows import from_json, unbound
from corpus_tool.store.schema import LINKS, LINKS_SINCE, VERSION
from corpus_tool.store.store import Store

Kind = Literal["duplicates", "twins"]
KINDS: tuple[Kind, ...] = ("duplicates", "twins")


class Kept(NamedTuple):
    """How duplicates or twins were looked for, when, and whether that holds for all articles as they are now."""

    options: dict[str, Any]
    made: str
    up_to_date: bool


def keeps_links(store: Store) -> bool:
    """Whether a file has the tables for near-duplicates and twins."""
    return _has_tables(store.connection)


def _has_tables(connection: sqlite3.Connection) -> bool:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version >= LINKS_SINCE


def lay_out_links(connection: sqlite3.Connection) -> None:
    """Add the tables inside a transaction, where the file was made before there were any."""
    if _has_tables(connection):
        return
    statement = ""
    for line in LINKS.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    connection.execute(f"PRAGMA user_version = {VERSION}")


def kept(store: Store, kind: Kind) -> Kept | None:
    """How a kind of links was looked for in a file; None where it was not."""
    if not keeps_links(store):
        return None
    row = next(store.rows("SELECT options, made, up_to_date FROM looked_for WHERE kind = ?", (kind,)), None)
    if row is None:
        return None
    try:
        options = from_json(row[0])
    except (ValueError, TypeError):
        options = None
    if not isinstance(options, dict):
        raise store.damaged(f"how {kind} were looked for cannot be read")
    return Kept(options, row[1], bool(row[2]))


def note_kept(connection: sqlite3.Connection, kind: Kind, found: Kept) -> None:
    """Note inside a transaction how a kind of links was looked for."""
    row = (kind, json.dumps(found.options, ensure_ascii=False), found.made, found.up_to_date)
    connection.execute("INSERT OR REPLACE INTO looked_for VALUES (?, ?, ?, ?)", row)


def note_stale(connection: sqlite3.Connection, kinds: Iterable[Kind] = KINDS) -> None:
    """Note inside a transaction that articles came, changed or went since links were looked for."""
    if _has_tables(connection):
        connection.executemany("UPDATE looked_for SET up_to_date = 0 WHERE kind = ?", [(kind,) for kind in kinds])


def note_added(connection: sqlite3.Connection, languages: Collection[str | None]) -> None:
    """Note inside a transaction that articles in these languages came; twins of other languages are as they were."""
    if not _has_tables(connection):
        return
    note_stale(connection, ("duplicates",))
    row = connection.execute("SELECT options FROM looked_for WHERE kind = 'twins'").fetchone()
    searched = from_json(row[0]).get("languages") if row is not None else ()
    if not searched or {primary(tag) for tag in languages}.intersection(searched):
        note_stale(connection, ("twins",))


def note_changed(
    connection: sqlite3.Connection, number: int, old: Article, new: Callable[[str], Any], *, keep_twins: bool
) -> None:
    """Forget inside a transaction what does not hold for a changed article; `new` gives its values by column."""
    if not _has_tables(connection):
        return
    changed = {name for name in _LOOKED_AT if getattr(old, name) != new(name)}
    if changed & {"text", "date_earliest", "date_latest"}:
        _forget_duplicates(connection, number)
    elif changed & {"outlet", "words"}:  # by which it is decided who is kept
        note_stale(connection, ("duplicates",))
    if not keep_twins and (changed - {"outlet", "words"} or _method(old) != _new_method(new)):
        _forget_twins(connection, number)


_LOOKED_AT = ("title", "text", "language", "date_earliest", "date_latest", "outlet", "words")


def _method(article: Article) -> str | None:
    """How the date of an article is known: one that came from a twin is passed over when twins are looked for."""
    inferred = article.inference.get("date")
    return None if inferred is None else inferred.method


def _new_method(new: Callable[[str], Any]) -> str | None:
    found = (from_json(new("inference")) or {}).get("date")
    return None if found is None else found[0]


def forget(connection: sqlite3.Connection, number: int) -> None:
    """Forget inside a transaction all links of an article that goes."""
    if _has_tables(connection):
        _forget_duplicates(connection, number)
        _forget_twins(connection, number)


def _forget_duplicates(connection: sqlite3.Connection, number: int) -> None:
    """Forget pairs and cluster; those that it was paired with are compared again, for it may have joined them."""
    row = connection.execute(
        "SELECT cluster FROM duplicates WHERE article = ? OR kept = ? LIMIT 1", (number, number)
    ).fetchone()
    cluster = None if row is None else row[0]
    neighbors = (
        "SELECT b FROM near_duplicates WHERE a = ? UNION SELECT a FROM near_duplicates WHERE b = ? "
        "UNION SELECT article FROM duplicates WHERE cluster = ? UNION SELECT kept FROM duplicates WHERE cluster = ?"
    )
    for statement, values in (
        (f"UPDATE sketches SET paired = 0 WHERE article IN ({neighbors})", (number, number, cluster, cluster)),
        ("DELETE FROM near_duplicates WHERE a = ? OR b = ?", (number, number)),
        ("DELETE FROM duplicates WHERE cluster = ?", (cluster,)),
        ("DELETE FROM sketches WHERE article = ?", (number,)),
    ):
        connection.execute(statement, values)
    note_stale(connection, ("duplicates",))


def _forget_twins(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("DELETE FROM twins WHERE a = ? OR b = ?", (number, number))
    connection.execute("DELETE FROM features WHERE article = ?", (number,))
    note_stale(connection, ("twins",))


def busy(store: Store) -> CorpusToolError:
    """The error for a file into which another program writes all the time."""
    return CorpusToolError(f"{store.path!r} is being written by another program", hint="wait until it is done")


def listed(store: Store, identifiers: Iterable[str]) -> dict[str, Listed]:
    """What lines say of articles, by id."""
    names = ("id", "name", "title", "date", "language", "outlet", "words")
    sql = f"SELECT {', '.join(names)}, substr(text, 1, {OPENING}) FROM articles WHERE id = ?"
    rows = (row for identifier in identifiers for row in store.rows(sql, (identifier,)))
    return {row[0]: Listed(*map(unbound, row)) for row in rows}


def texts(store: Store, identifiers: Sequence[str]) -> Iterator[str]:
    """The texts of articles, in the order of the ids."""
    for identifier in identifiers:
        yield unbound(store.value("SELECT text FROM articles WHERE id = ?", (identifier,)))
