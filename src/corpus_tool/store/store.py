"""Reading a corpus file: articles by conditions, order and id; counts; raw records; what was run."""

from __future__ import annotations

import os
import sqlite3
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple, Self

from corpus_tool.errors import CorpusToolError, ExitCode
from corpus_tool.model.article import Article
from corpus_tool.query import Query
from corpus_tool.store.opening import connect, connect_to_write, create, in_passing, words_for
from corpus_tool.store.recognize import hold, is_corpus_file, release
from corpus_tool.store.records import Known, unpacked
from corpus_tool.store.rows import COLUMNS_OF_SOURCE, LIGHT, WHOLE, article_of, bound, digest_of, unbound
from corpus_tool.store.schema import LINKS_SINCE
from corpus_tool.store.sql import OUTLETS, Where, add_functions, where

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What reading a damaged row may raise."""
ROWS_AT_ONCE = 256
NEAR = 2000
"""So many articles are looked at before an index is asked."""
IN_PASSING = "a corpus in memory"
_COLUMNS = {
    whole: ", ".join((*(f"a.{name}" for name in names), *(f"s.{name}" for name in COLUMNS_OF_SOURCE), *more))
    for whole, names, more in ((True, WHOLE, ("a.digest",)), (False, LIGHT, ()))
}
_BY_VALUE = ("id", "name", "title", "date_modified", "language", "outlet", "section", "url", "text")
_BY_NUMBER = ("words", "characters", "paragraphs")


_SUMMED = {
    **{name: f"a.{name}" for name in ("date", "language", "outlet", "section")},
    "languages": "a.languages IS NOT NULL",
    "source.path": "s.path",
    "source.format": "s.format",
}
"""The fields by whose values articles are summed, in SQL; of the languages only whether there are several."""


class Sum(NamedTuple):
    """Articles that have the same values in some fields, with their words and characters together."""

    values: tuple[Any, ...]
    articles: int
    words: int
    characters: int


class CitedRow(NamedTuple):
    """What a line of a concordance says of its article, and what it is looked for in."""

    id: str
    name: str
    title: str | None
    date: str | None
    language: str | None
    outlet: str | None
    text: str


class Store:
    """One corpus file, open. A context manager; errors of SQLite come as CorpusToolError."""

    def __init__(self, path: str, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self._held = hold(path)
        add_functions(connection)

    @classmethod
    def open(cls, path: str, *, to_write: bool = False) -> Self:
        """Open a corpus file to read, or to read and write."""
        return cls(path, connect_to_write(path) if to_write else connect(path))

    @classmethod
    def create(cls, path: str) -> Self:
        """Make a new, empty corpus file, and open it to write."""
        return cls(path, create(path))

    @classmethod
    def in_passing(cls) -> Self:
        """A corpus that is gone when it is closed: how raw sources are searched."""
        return cls(IN_PASSING, in_passing())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the last to close it leaves one file."""
        with words_for(self.path):
            self.connection.close()
        release(self._held)
        self._held = None

    def settle(self) -> None:
        """Write what waits in the log into the file itself. Closing would try, and not tell where it cannot."""
        with words_for(self.path):
            busy, *_ = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise CorpusToolError(f"{self.path!r} is being read by another program", hint="wait until it is done")

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement, some at a time."""
        with words_for(self.path):
            cursor = self.connection.execute(sql, values)
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                yield from rows

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row; None where there is none."""
        row = next(self.rows(sql, values), None)
        return None if row is None else row[0]

    def stand_still(self) -> None:
        """From here to its end all that is read is one state of the file, whatever others write meanwhile."""
        with words_for(self.path):
            self.connection.execute("BEGIN")

    def look_again(self) -> None:
        """Where all that is read is one state of the file: that of now."""
        if self.connection.in_transaction:
            with words_for(self.path):
                self.connection.execute("COMMIT")
            self.stand_still()
            self.version()  # the state is that of the first read

    def version(self) -> int:
        """A number that is another one once another connection wrote into the file."""
        return int(self.value("PRAGMA data_version"))

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What is read in this block is one state of the file, whatever others write meanwhile."""
        if self.connection.in_transaction:  # it is one already
            yield
            return
        with words_for(self.path):
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.execute("COMMIT")

    def articles(
        self,
        query: Query | None = None,
        *,
        sort: str | None = None,
        reverse: bool = False,
        limit: int | None = None,
        whole: bool = True,
        match: str | None = None,
    ) -> Iterator[Article]:
        """The articles that meet a query, in the order of adding or sorted by a column of `sortable`.

        `match` is an expression for the full-text index that narrows them to those that may hold what it says; without
        `whole` the columns that are seldom looked at are left out.
        """
        condition = self.where(query or Query())
        if limit is not None and condition.exact and sort is None and match is None and not reverse:
            numbers = self._among_first(condition, limit)
            if len(numbers) == limit:
                yield from self.numbered(numbers, whole=whole)
                return
        given = 0
        for statement, values in self._statements(condition, sort, reverse=reverse, whole=whole, match=match):
            for row in self.rows(statement, values):
                if limit is not None and given >= limit:
                    return
                article = self._article(row, whole=whole)
                if condition.exact or condition.rest.why_not(article) is None:
                    given += 1
                    yield article

    def _among_first(self, condition: Where, limit: int) -> list[int]:
        """The first articles that meet a condition, if they are near the beginning.

        What many articles meet is met there soon; an index would give all of them, to be sorted.
        """
        sql = (
            f"SELECT a.number FROM articles a NOT INDEXED WHERE {condition.sql} AND a.number <= "
            "(SELECT number FROM articles ORDER BY number LIMIT 1 OFFSET ?) ORDER BY a.number LIMIT ?"
        )
        most = min(limit, sys.maxsize)
        return [row[0] for row in self.rows(sql, (*condition.values, NEAR, most))]

    def _statements(
        self, condition: Where, sort: str | None, *, reverse: bool, whole: bool, match: str | None
    ) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """What gives the rows in order: known values first, whichever the direction.

        Numbers are found and sorted first, in an index where one has all that is asked, and rows read one by one; the
        LIMIT keeps SQLite from leaving the order out.
        """
        tables, values = _narrowed(condition, match)
        for order in _orders(sort, "DESC" if reverse else ""):
            inner = f"SELECT a.number FROM {tables} AND {condition.sql} {order} LIMIT -1"
            joined = f"({inner}) n CROSS JOIN articles a ON a.number = n.number CROSS JOIN sources s"
            yield f"SELECT {_COLUMNS[whole]} FROM {joined} WHERE s.number = a.source", values

    def _article(self, row: tuple[Any, ...], *, whole: bool) -> Article:
        """The article of a row; a whole one is what was written, or the file is damaged."""
        try:
            if not whole:
                return article_of(row, whole=False)
            article = article_of(row[:-1])
            same = digest_of(article) == row[-1]
        except UNREADABLE as error:
            raise self.damaged(f"article {row[0]!r:.40} cannot be read: {error}") from None
        if not same:
            raise self.damaged(f"article {article.id} is not what was written")
        return article

    def where(self, query: Query) -> Where:
        """The part of a query that SQL decides, and the rest; CorpusToolError where duplicates are not known."""
        if query.canonical is not None:
            self.check_knows_duplicates()
        return where(query)

    def check_knows_duplicates(self) -> None:
        """CorpusToolError where duplicates were not looked for in this file."""
        looked_for = "SELECT 1 FROM looked_for WHERE kind = 'duplicates'"
        if self.value("PRAGMA user_version") < LINKS_SINCE or self.value(looked_for) is None:
            raise CorpusToolError(
                f"duplicates were not looked for in {self.path!r}",
                hint=f"look for them: corpus-tool dedupe {self.path}",
            )

    def count(self, query: Query | None = None) -> int | None:
        """How many articles meet a query; None where only looking at each of them could tell."""
        condition = self.where(query or Query())
        if not condition.exact:
            return None
        sql = "SELECT count(*) FROM articles" + ("" if condition.sql == "1" else f" a WHERE {condition.sql}")
        return int(self.value(sql, condition.values))

    def outlets(self) -> list[str]:
        """Each outlet once, sorted."""
        return [unbound(row[0]) for row in self.rows(OUTLETS)]

    def cited(self, query: Query, match: str | None) -> Iterator[CitedRow] | None:
        """The articles that meet a query, as a concordance needs them; None where SQL alone cannot tell."""
        condition = self.where(query)
        if not condition.exact:
            return None
        tables, values = _narrowed(condition, match)
        columns = ", ".join(f"a.{name}" for name in CitedRow._fields)
        order = "" if match is not None else " ORDER BY a.number"
        rows = self.rows(f"SELECT {columns} FROM {tables} AND {condition.sql}{order}", values)
        return (CitedRow(*map(unbound, row)) if bytes in map(type, row) else CitedRow(*row) for row in rows)

    def sums(self, fields: Sequence[str], query: Query) -> Iterator[Sum] | None:
        """Articles, words and characters by the values of fields; None where SQL alone cannot tell."""
        condition = self.where(query)
        if not condition.exact or not all(field in _SUMMED for field in fields):
            return None
        columns = [_SUMMED[field] for field in fields]
        joined = " JOIN sources s ON s.number = a.source" if any(column.startswith("s.") for column in columns) else ""
        sql = (
            f"SELECT {', '.join(columns)}, count(*), sum(a.words), sum(a.characters) FROM articles a{joined} "
            f"WHERE {condition.sql} GROUP BY {', '.join(columns)}"
        )
        return (Sum(tuple(map(unbound, row[:-3])), *row[-3:]) for row in self.rows(sql, condition.values))

    def by_key(self, wanted: str, most: int) -> list[Article]:
        """The articles that an id or a name names, else those that begin with it; an exact one wins; at most `most`."""
        first, last = bound(wanted), bound(wanted + "\U0010ffff")
        odd = wanted.encode("utf-8", "surrogatepass")  # of the names that `bound` makes blobs
        for test, values in (
            ("a.id = ? OR a.name = ?", (first, first)),
            (
                "(a.id >= ? AND a.id < ?) OR (a.name >= ? AND a.name < ?) OR (a.name >= ? AND a.name < ?)",
                (first, last, first, last, odd, odd + b"\xff"),
            ),
        ):
            sql = f"SELECT {_COLUMNS[True]} FROM articles a JOIN sources s ON s.number = a.source WHERE {test} LIMIT ?"
            found = [self._article(row, whole=True) for row in self.rows(sql, (*values, most))]
            if found:
                return found
        return []

    def numbered(self, numbers: Sequence[int], *, whole: bool = True) -> Iterator[Article]:
        """The articles of these numbers, in this order."""
        sql = f"SELECT {_COLUMNS[whole]} FROM articles a JOIN sources s ON s.number = a.source WHERE a.number = ?"
        for number in numbers:
            for row in self.rows(sql, (number,)):
                yield self._article(row, whole=whole)

    def after(self, number: int, query: Query, most: int) -> Iterator[tuple[int, Article]]:
        """Up to `most` articles that meet a query after this number, each with its own."""
        condition = self.where(query)
        sql = (
            f"SELECT a.number, {_COLUMNS[True]} FROM articles a JOIN sources s ON s.number = a.source "
            f"WHERE a.number > ? AND {condition.sql} ORDER BY a.number"
        )
        given = 0
        for found, *row in self.rows(sql, (number, *condition.values)):
            article = self._article(tuple(row), whole=True)
            if condition.rest.why_not(article) is None:
                yield found, article
                given += 1
                if given == most:
                    return

    def numbers(self, query: Query) -> list[int]:
        """The numbers of the articles that meet a query."""
        condition = self.where(query)
        if condition.exact:
            sql = f"SELECT a.number FROM articles a WHERE {condition.sql} ORDER BY a.number"
            return [row[0] for row in self.rows(sql, condition.values)]
        return [number for article in self.articles(query) if (number := self.number_of(article.id)) is not None]

    def by_id(self, identifier: str) -> Article | None:
        """The article of a whole id; None where it is not here."""
        number = self.number_of(identifier)
        return None if number is None else next(self.numbered([number]), None)

    def number_of(self, identifier: str) -> int | None:
        """The number of the article of an id; None where it is not here."""
        found: int | None = self.value("SELECT number FROM articles WHERE id = ?", (identifier,))
        return found

    def raw_record(self, article: Article) -> tuple[bytes, str | None] | None:
        """The bytes of an article's raw record and the facts kept beside them; None where none was kept."""
        sql = (
            "SELECT r.raw, r.facts, a.title, a.outlet, a.url, a.text "
            "FROM records r JOIN articles a ON a.number = r.article WHERE a.id = ?"
        )
        row = next(self.rows(sql, (article.id,)), None)
        if row is None:
            return None
        try:
            return unpacked(row[0], row[1], Known(*map(unbound, row[2:])))
        except (zlib.error, UnicodeDecodeError) as error:
            raise self.damaged(f"the raw record of {article.id} cannot be read: {error}") from None

    def damaged(self, what: str) -> CorpusToolError:
        """The error that says what of this file is damaged."""
        hint = f"`corpus-tool check {self.path}` says what else is"
        return CorpusToolError(f"{self.path!r} is damaged: {what}", ExitCode.DAMAGED_INPUT, hint)


@contextmanager
def created_aside(path: str, *, force: bool = False) -> Iterator[Store]:
    """A new corpus file that stands under its name only when the block ends well, and is on the disk."""
    aside = os.path.join(os.path.dirname(path) or ".", f".corpus-tool-{os.urandom(8).hex()}")
    try:
        with Store.create(aside) as store:
            yield store
            store.settle()
        if os.path.lexists(path):
            if not force:
                raise CorpusToolError(f"{path!r} exists", hint="--force overwrites it")
            _settle_old(path)
        os.replace(aside, path)
        for stale in (f"{path}-wal", f"{path}-shm"):  # of the file that was replaced: empty, or of no use without it
            with suppress(FileNotFoundError):
                os.unlink(stale)
    except OSError as error:
        raise CorpusToolError(f"{path!r} cannot be written: {error.strerror or error}") from None
    finally:
        for rest in (aside, f"{aside}-wal", f"{aside}-shm"):
            with suppress(OSError):
                os.unlink(rest)


def _settle_old(path: str) -> None:
    """Write what waits beside a corpus file into it, so that nothing of it could be played into another one."""
    if is_corpus_file(path):
        with suppress(CorpusToolError), Store.open(path, to_write=True) as old:
            old.settle()


def sortable(name: str) -> bool:
    """Whether articles can be sorted by a field where they stand."""
    return name in (*_BY_VALUE, *_BY_NUMBER, "date", "date_earliest", "date_latest", "source")


def _narrowed(condition: Where, match: str | None) -> tuple[str, tuple[Any, ...]]:
    """The table of articles, narrowed by the full-text index and in its order, and the values of both.

    CROSS JOIN keeps SQLite from asking the index once for every article.
    """
    if match is None:
        return "articles a WHERE 1", condition.values
    proposed = (
        "(SELECT rowid AS number FROM articles_fts WHERE articles_fts MATCH ? "
        "UNION SELECT article FROM oddly_spelled ORDER BY 1) f"
    )
    return f"{proposed} CROSS JOIN articles a ON a.number = f.number WHERE 1", (match, *condition.values)


def _orders(sort: str | None, down: str) -> Iterator[str]:
    """The parts that give articles in order, each a condition with its ORDER BY; equal values as they were added."""
    if sort is None:
        yield f"ORDER BY a.number {down}"
    elif sort == "date":
        latest = f"coalesce(a.date_latest, '9999-12-31') {down}"
        begun = f"AND a.date_earliest IS NOT NULL ORDER BY a.date_earliest {down}, {latest}, a.date {down}, a.number"
        unbegun = (
            f"AND a.date_earliest IS NULL AND a.date_latest IS NOT NULL ORDER BY {latest}, a.date {down}, a.number"
        )
        yield from (unbegun, begun) if down else (begun, unbegun)
        yield "AND a.date_earliest IS NULL AND a.date_latest IS NULL ORDER BY a.number"
    elif sort == "source":
        path = "(SELECT path FROM sources WHERE number = a.source)"
        yield f"ORDER BY {path} = '', ct_fold({path}) {down}, a.number"
    elif sort in _BY_NUMBER:
        yield f"ORDER BY a.{sort} {down}, a.number"
    else:
        yield f"ORDER BY a.{sort} IS NULL OR a.{sort} = '', ct_fold(nullif(a.{sort}, '')) {down}, a.number"
