"""Changing what stands in a corpus file: articles inferred anew, corrected by hand, or removed, the index in step."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from corpus_tool.model.article import Article
from corpus_tool.model.evidence import Inferred
from corpus_tool.store.links import forget, note_changed
from corpus_tool.store.odd_letters import oddly_spelled
from corpus_tool.store.rows import WHOLE, bound
from corpus_tool.store.store import Store
from corpus_tool.store.writing import Prepared, now

USER = "user"
"""The method of a field that was corrected by hand."""

_ASSIGNED = ", ".join(f"{name} = ?" for name in (*WHOLE, "digest"))
_UNINDEX = "INSERT INTO articles_fts(articles_fts, rowid, title, text) VALUES ('delete', ?, ?, ?)"
_INDEX = "INSERT INTO articles_fts(rowid, title, text) VALUES (?, ?, ?)"


class Change(NamedTuple):
    """An article as it stands, and as it is to stand; with its raw record where the text is another."""

    old: Article
    new: Prepared


def write_change(connection: sqlite3.Connection, change: Change, *, keep_twins: bool = False) -> None:
    """Write one change inside a transaction; `keep_twins` where it follows from the article's twin."""
    number = connection.execute("SELECT number FROM articles WHERE id = ?", (change.old.id,)).fetchone()[0]
    row = change.new.row
    title, text = row.values[WHOLE.index("title")], change.new.text
    reindexed = (bound(change.old.title), change.old.text) != (title, text)
    if reindexed:
        connection.execute(_UNINDEX, (number, bound(change.old.title), change.old.text))
    connection.execute(f"UPDATE articles SET {_ASSIGNED} WHERE number = ?", (*row.values, row.digest, number))
    if reindexed:
        connection.execute(_INDEX, (number, title, text))
        connection.execute("DELETE FROM oddly_spelled WHERE article = ?", (number,))
        if oddly_spelled(f"{change.new.value('title')} {text}"):
            connection.execute("INSERT INTO oddly_spelled VALUES (?)", (number,))
    if change.new.raw is not None:
        values = (change.new.raw, change.new.facts, number)
        connection.execute("UPDATE records SET raw = ?, facts = ? WHERE article = ?", values)
    note_changed(connection, number, change.old, change.new.value, keep_twins=keep_twins)


def remove(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take articles out of the file inside a transaction: rows, records, corrections, links and index."""
    for number in numbers:
        forget(connection, number)
        old = connection.execute("SELECT title, text FROM articles WHERE number = ?", (number,)).fetchone()
        connection.execute(_UNINDEX, (number, *old))
        for statement in (
            "DELETE FROM records WHERE article = ?",
            "DELETE FROM corrections WHERE article = ?",
            "DELETE FROM oddly_spelled WHERE article = ?",
            "DELETE FROM articles WHERE number = ?",
        ):
            connection.execute(statement, (number,))


def corrected_fields(store: Store, identifier: str) -> tuple[str, ...]:
    """The fields of an article that were corrected by hand."""
    sql = "SELECT field FROM corrections WHERE article = (SELECT number FROM articles WHERE id = ?)"
    return tuple(row[0] for row in store.rows(sql, (identifier,)))


def corrections_of(store: Store, identifier: str) -> tuple[tuple[Any, ...], ...]:
    """What was corrected of an article by hand, as rows without their article."""
    sql = (
        "SELECT field, value, before, made FROM corrections "
        "WHERE article = (SELECT number FROM articles WHERE id = ?) ORDER BY field"
    )
    return tuple(store.rows(sql, (identifier,)))


def any_corrections(store: Store) -> bool:
    """Whether anything was corrected by hand."""
    return store.value("SELECT 1 FROM corrections LIMIT 1") is not None


def write_correction(connection: sqlite3.Connection, old: Article, field: str, value: Any) -> None:
    """Note inside a transaction that a field was corrected; what stood there before the first correction is kept."""
    number = connection.execute("SELECT number FROM articles WHERE id = ?", (old.id,)).fetchone()[0]
    connection.execute(
        "INSERT INTO corrections VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (article, field) DO UPDATE SET value = excluded.value, made = excluded.made",
        (number, field, json.dumps(value), json.dumps(_state(old, field)), now()),
    )


def take_back(store: Store, connection: sqlite3.Connection, article: Article, field: str) -> Article | None:
    """The article as it was before a field was corrected, the correction forgotten; None where there was none."""
    number = store.number_of(article.id)
    sql = "SELECT before FROM corrections WHERE article = ? AND field = ?"
    row = connection.execute(sql, (number, field)).fetchone()
    if row is None:
        return None
    connection.execute("DELETE FROM corrections WHERE article = ? AND field = ?", (number, field))
    return with_state(article, field, json.loads(row[0]))


DATES = ("date", "date_earliest", "date_latest")


def _state(article: Article, field: str) -> dict[str, Any]:
    """A field's value, what follows from it, and why it was believed."""
    if field.startswith("extra."):
        label = field.removeprefix("extra.")
        return {"extra": article.extra[label]} if label in article.extra else {}
    names: Sequence[str] = DATES if field == "date" else (field,)
    values = {name: getattr(article, name) for name in names}
    inferred = article.inference.get(field)
    return {**values, "inference": inferred.to_dict() if inferred is not None else None}


def with_state(article: Article, field: str, state: dict[str, Any]) -> Article:
    """The article with a field as it was."""
    if field.startswith("extra."):
        extra = {label: value for label, value in article.extra.items() if label != field.removeprefix("extra.")}
        if "extra" in state:
            extra[field.removeprefix("extra.")] = state["extra"]
        return replace(article, extra=extra)
    values = dict(state)
    inferred = Inferred.from_dict(values.pop("inference"))
    if field == "authors":
        values["authors"] = tuple(values["authors"])
    inference = {**article.inference, field: inferred} if field in article.inference else article.inference
    return replace(article, inference=inference, **values)


def keeping(old: Article, new: Article, fields: Iterable[str]) -> Article:
    """A new conclusion with those fields as they stand that were corrected by hand, here or before an export."""
    by_user = [field for field, inferred in old.inference.items() if inferred is not None and inferred.method == USER]
    for field in dict.fromkeys((*fields, *by_user)):
        new = with_state(new, field, _state(old, field))
    return new
