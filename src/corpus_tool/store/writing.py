"""Writing into a corpus file: batches of articles with their records and reports, each in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from corpus_tool.errors import CorpusToolError, ExitCode
from corpus_tool.model.article import Article, own_place
from corpus_tool.model.receipt import FileReport
from corpus_tool.store.links import note_added
from corpus_tool.store.odd_letters import oddly_spelled
from corpus_tool.store.opening import words_for
from corpus_tool.store.records import known, packed
from corpus_tool.store.rows import (
    COLUMNS_OF_SOURCE,
    WHOLE,
    Row,
    bound,
    digest_of,
    row_of,
    to_json,
)
from corpus_tool.store.store import Store

BATCH_ARTICLES = 2000
BATCH_BYTES = 16 << 20
"""A batch ends with the article that reaches either; never by the clock, so that a file depends on its input alone."""

_COLUMNS = ("number", *WHOLE, "source", "digest")
_INSERT_ARTICLE = f"INSERT INTO articles ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_BYTE_END = WHOLE.index("byte_end")
_TITLE, _TEXT = WHOLE.index("title"), WHOLE.index("text")


class Prepared(NamedTuple):
    """An article as it goes into the file: its row, and its raw record compressed."""

    row: Row
    raw: bytes | None
    facts: bytes | None
    corrections: tuple[tuple[Any, ...], ...] = ()
    """What was corrected by hand in the corpus file that it comes from, as rows without their article."""

    @property
    def id(self) -> str:
        """The article's id."""
        return str(self.row.values[0])

    @property
    def text(self) -> str:
        """The article's text."""
        return str(self.row.values[_TEXT])

    def value(self, name: str) -> Any:
        """The value of a column."""
        return self.row.values[WHOLE.index(name)]

    @property
    def byte_end(self) -> int:
        """Where the record ends in its source."""
        return int(self.row.values[_BYTE_END])


def prepare(article: Article, data: bytes | None, facts: str | None) -> Prepared:
    """An article with the bytes of its raw record and the facts about it, ready to be written; pure."""
    raw, more = (None, None) if data is None else packed(data, facts, known(article))
    return Prepared(row_of(article), raw, more)


def now() -> str:
    """The time of writing, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def transaction(store: Store) -> Iterator[sqlite3.Connection]:
    """One transaction that holds the write lock from its begin; undone where the block ends in an error."""
    connection = store.connection
    with words_for(store.path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # SQLite may have rolled back itself
                connection.execute("ROLLBACK")
            raise


def log_run(
    connection: sqlite3.Connection,
    command: str,
    tool: str,
    options: dict[str, Any],
    *,
    done: bool = False,
    started: str | None = None,
) -> int:
    """Note inside a transaction that a command writes, and with `done` that this was all; the number of the run.

    `started` is when it began, where that is not just now.
    """
    row = (command, tool, to_json(options) or "{}", started or now(), now() if done else None)
    return int(connection.execute("INSERT INTO runs VALUES (NULL, ?, ?, ?, ?, ?, NULL)", row).lastrowid or 0)


def end_run(connection: sqlite3.Connection, number: int, totals: dict[str, Any]) -> None:
    """Note inside a transaction that a run came to its end, and its sums."""
    connection.execute("UPDATE runs SET ended = ?, totals = ? WHERE number = ?", (now(), to_json(totals), number))


class Writing:
    """One run that writes. What it is given is held until a batch is full; `end` writes the rest.

    A run that has nothing to write leaves no trace. `stored` counts new articles, `known_elsewhere` those that another
    writer had stored in the meantime.
    """

    def __init__(self, store: Store, command: str, tool: str, options: dict[str, Any]) -> None:
        self.store = store
        self.stored = 0
        self.known_elsewhere = 0
        self._run = (command, tool, options)
        self._number: int | None = None
        self._articles: list[Prepared] = []
        self._places: list[tuple[str, str]] = []
        self._reports: list[FileReport] = []
        self._bytes = 0
        self._last_source: tuple[Any, int] | None = None

    def add(self, article: Prepared) -> None:
        """Take one article, and write the batch that it fills."""
        self._articles.append(article)
        self._bytes += len(article.text) + len(article.raw or b"")
        if len(self._articles) >= BATCH_ARTICLES or self._bytes >= BATCH_BYTES:
            self.flush()

    def add_place(self, identifier: str, place: str) -> None:
        """Another place where the record of an article stands."""
        self._places.append((identifier, place))
        if len(self._places) >= BATCH_ARTICLES:
            with transaction(self.store) as connection:
                self._places = self._write_places(connection)

    def add_report(self, report: FileReport) -> None:
        """What became of a file."""
        self._reports.append(report)
        if len(self._reports) >= BATCH_ARTICLES:
            self.flush()

    def flush(self) -> None:
        """Write what is held, in one transaction."""
        if self._articles or self._places or self._reports:
            with transaction(self.store) as connection:
                stored = self._write_articles(connection)
                waiting = self._write_places(connection)
                for report in self._reports:
                    self._write_report(connection, report)
            self.stored += stored
            self.known_elsewhere += len(self._articles) - stored
            self._places = waiting  # their articles are still being concluded
        self._articles, self._reports, self._bytes = [], [], 0

    def end(self, totals: dict[str, Any]) -> None:
        """Write the rest, and the sums of the run."""
        self.flush()
        if self._number is not None:
            with transaction(self.store) as connection:
                end_run(connection, self._number, totals)

    def _write_articles(self, connection: sqlite3.Connection) -> int:
        """Write the articles held but for those that another writer stored; how many were written."""
        known = "SELECT 1 FROM articles WHERE id = ?"
        new = [item for item in self._articles if connection.execute(known, (item.id,)).fetchone() is None]
        if not new:
            return 0
        self._begun(connection)
        first = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM articles").fetchone()[0]
        numbered = list(enumerate(new, start=first))
        connection.executemany(_INSERT_ARTICLE, [self._bound(connection, number, item) for number, item in numbered])
        connection.executemany(
            "INSERT INTO records VALUES (?, ?, ?)",
            [(number, item.raw, item.facts) for number, item in numbered if item.raw is not None],
        )
        connection.executemany(
            "INSERT INTO articles_fts(rowid, title, text) VALUES (?, ?, ?)",
            [(number, item.row.values[_TITLE], item.text) for number, item in numbered],
        )
        connection.executemany(
            "INSERT INTO oddly_spelled VALUES (?)",
            [(number,) for number, item in numbered if oddly_spelled(f"{item.value('title')} {item.text}")],
        )
        connection.executemany(
            "INSERT INTO corrections VALUES (?, ?, ?, ?, ?)",
            [(number, *correction) for number, item in numbered for correction in item.corrections],
        )
        note_added(connection, {item.value("language") for item in new})
        return len(new)

    def _bound(self, connection: sqlite3.Connection, number: int, item: Prepared) -> tuple[Any, ...]:
        return (number, *item.row.values, self._source(connection, item.row.source), item.row.digest)

    def _source(self, connection: sqlite3.Connection, source: tuple[Any, ...]) -> int:
        """The number of a source, written where it is new."""
        if self._last_source is None or self._last_source[0] != source:
            same = " AND ".join(f"{name} IS ?" for name in COLUMNS_OF_SOURCE)
            row = connection.execute(f"SELECT number FROM sources WHERE {same}", source).fetchone()
            if row is None:
                row = (connection.execute("INSERT INTO sources VALUES (NULL, ?, ?, ?, ?, ?)", source).lastrowid,)
            self._last_source = (source, row[0])
        return self._last_source[1]

    def _write_places(self, connection: sqlite3.Connection) -> list[tuple[str, str]]:
        """Note the places held; those whose articles are still being concluded are left."""
        return [place for place in self._places if not self._write_place(connection, *place)]

    def _write_place(self, connection: sqlite3.Connection, identifier: str, place: str) -> bool:
        """Note another place of a record, once; False where its article is not here yet."""
        if self.store.number_of(identifier) is None:
            return False
        found = stored_article(self.store, identifier)
        if found.source.also is None or place in (*found.source.also, own_place(found)):
            return True
        places = (*found.source.also, place)
        self._begun(connection)
        changed = replace(found, source=replace(found.source, also=places))
        connection.execute(
            "UPDATE articles SET also = ?, digest = ? WHERE id = ?", (to_json(places), digest_of(changed), identifier)
        )
        return True

    def _write_report(self, connection: sqlite3.Connection, report: FileReport) -> None:
        """Write what became of a file, unless it gave nothing and the same is known already."""
        same = (bound(report.path), report.outcome, report.reason, report.rejected)
        told = "SELECT 1 FROM files WHERE path = ? AND outcome = ? AND reason IS ? AND rejected = ?"
        if not report.records and connection.execute(told, same).fetchone() is not None:
            return
        if not (report.records or report.diagnostics):
            return
        row = connection.execute(
            "INSERT INTO files VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._begun(connection),
                bound(report.path),
                report.outcome,
                report.reason,
                report.format,
                report.encoding,
                report.sha256,
                report.records,
                report.known,
                report.rejected,
                report.declared,
            ),
        ).lastrowid
        connection.executemany(
            "INSERT INTO diagnostics VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(row, d.code, d.severity, d.record, d.line, d.byte, bound(d.message)) for d in report.diagnostics],
        )

    def _begun(self, connection: sqlite3.Connection) -> int:
        """The number of this run, which begins with the first thing that it writes."""
        if self._number is None:
            self._number = log_run(connection, *self._run)
        return self._number


def stored_article(store: Store, identifier: str) -> Article:
    """The article of an id that an index names; CorpusToolError where the index alone has it."""
    for article in store.by_key(identifier, 1):
        return article
    raise CorpusToolError(
        f"{store.path!r} is damaged: an index names article {identifier}, which is not there",
        ExitCode.DAMAGED_INPUT,
        f"`corpus-tool check {store.path}` says what else is",
    )
