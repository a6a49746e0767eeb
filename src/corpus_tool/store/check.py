"""Whether a corpus file is whole, as far as SQL can tell: schema, pages, references, counts, index, runs."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from corpus_tool.store.links import KINDS, keeps_links
from corpus_tool.store.opening import SAID_BY_SQLITE, connect_to_write, in_words
from corpus_tool.store.recognize import HEADER_BYTES
from corpus_tool.store.rows import COLUMNS_OF_SOURCE, WHOLE
from corpus_tool.store.schema import ARTICLES, LINKS_SINCE, SCHEMA, VERSION
from corpus_tool.store.store import Store
from corpus_tool.store.twins import TIERS, TWIN_KEYS

MOST_SHOWN = 20
"""Problems of one kind that are kept to be shown; all are counted."""
MOST_PAGES = 1000
"""Findings after which SQLite stops looking at pages."""
ROWS_AT_ONCE = 200
MOST_UNREADABLE = 1000
"""Rows that cannot be read, after which no more are tried."""

OnTick = Callable[[str, int, int], None]
"""Called now and then with the step at work, how much of it is done and how much there is; 0 and 0 where unknown."""


class Problem(NamedTuple):
    """Something that is not as it was written: of which kind, what, and the id of the article, if it is one's."""

    kind: str
    what: str
    article: str = ""


@dataclass(slots=True)
class Step:
    """One thing that was checked: how many of what, the problems found, and what is worth knowing beside them."""

    name: str
    unit: str
    checked: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    not_checked: bool = False

    @property
    def found(self) -> int:
        """How many problems there are, shown or not."""
        return sum(self.counted.values())

    @property
    def outcome(self) -> Literal["whole", "damaged", "not checked"]:
        """What the step says of the file."""
        return "damaged" if self.counted else "not checked" if self.not_checked else "whole"

    def add(self, kind: str, what: str, article: str = "") -> None:
        """Count a problem, and keep it to be shown if it is among the first of its kind."""
        self.counted[kind] += 1
        if self.counted[kind] <= MOST_SHOWN:
            self.problems.append(Problem(kind, what, article))

    @contextmanager
    def reading(self, path: str) -> Iterator[None]:
        """Errors of SQLite that tell of damage become problems of this step; others stop the command, in words."""
        try:
            yield
        except SAID_BY_SQLITE as error:
            if not _tells_damage(error):
                raise in_words(error, path) from None
            self.add("unreadable", f"SQLite cannot read it: {error}")


_OUTSIDE = ("BUSY", "LOCKED", "FULL", "READONLY", "CANTOPEN", "PERM", "IOERR", "NOMEM", "INTERRUPT", "AUTH")


def _tells_damage(error: Exception) -> bool:
    """Whether an error of SQLite speaks of the file, and not of the disk, the memory or another program."""
    name = getattr(error, "sqlite_errorname", None) or ""
    return not name.startswith(tuple(f"SQLITE_{what}" for what in _OUTSIDE))


def schema_step(store: Store) -> Step:
    """The header's facts, and every table, index and view with the SQL that makes it."""
    step = Step("schema", "tables, indexes and views")
    with step.reading(store.path):
        version = _one(store, "PRAGMA user_version")
        if not 1 <= version <= VERSION:
            step.add("version", f"the header says schema version {version}; the known ones are 1 to {VERSION}")
        encoding = _one(store, "PRAGMA encoding")
        if encoding != "UTF-8":
            step.add("encoding", f"the header says that text is {encoding}; it is UTF-8")
        pages, page = (store.value(f"PRAGMA {name}") for name in ("page_count", "page_size"))
        _add_if_short(store.path, step, pages * page)
        here = {(kind, name): sql for kind, name, sql in _all(store, "SELECT type, name, sql FROM sqlite_schema")}
        planned = _planned(version)
        for (kind, name), sql in planned.items():
            step.checked += 1
            if (kind, name) not in here:
                step.add("missing", f"the {kind} {name} is not there")
            elif here[kind, name] != sql and not name.startswith("articles_fts_"):  # those are SQLite's own
                step.add("changed", f"the {kind} {name} is not as schema version {version} has it")
        others = sorted(f"{kind} {name}" for kind, name in here.keys() - planned.keys() if _is_added(name))
        if others:
            step.notices.append(f"not of corpus-tool: {', '.join(others[:MOST_SHOWN])}")
    return step


def _is_added(name: str) -> bool:
    return not str(name).startswith("sqlite_")


def _planned(version: int) -> dict[tuple[str, str], str | None]:
    """What a corpus file of a version holds, by kind and name."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA if version >= LINKS_SINCE else ARTICLES)
        rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    return {(kind, name): sql for kind, name, sql in rows}


def add_if_short(path: str, step: Step) -> None:
    """Whether the file is as long as its header says; pages that it still lacks may wait in a log beside it."""
    with open(path, "rb") as file:
        head = file.read(HEADER_BYTES)
    page_bytes = int.from_bytes(head[16:18], "big")
    _add_if_short(path, step, int.from_bytes(head[28:32], "big") * (65536 if page_bytes == 1 else page_bytes))


def _add_if_short(path: str, step: Step, told: int) -> None:
    size = os.stat(path).st_size
    if size < told and not _is_waiting(path):
        step.add("short", f"the file has {size:,} bytes; by its header it has {told:,}: its end is missing")


def _is_waiting(path: str) -> bool:
    """Whether something that was written waits in the log beside the file."""
    log = f"{path}-wal"
    return os.path.exists(log) and os.stat(log).st_size > 0


def pages_step(store: Store, *, quick: bool = False, on_tick: OnTick | None = None) -> Step:
    """SQLite's own check of every page and index; `quick` leaves out whether indexes agree with their tables."""
    step = Step("pages", "pages")
    with step.reading(store.path):
        step.checked = _one(store, "PRAGMA page_count")
        pragma = "quick_check" if quick else "integrity_check"
        tick = None if on_tick is None else lambda: on_tick(step.name, 0, 0)
        for (line,) in unhurried(store.connection, f"PRAGMA {pragma}({MOST_PAGES})", on_tick=tick):
            if line != "ok":
                for said in str(line).removeprefix("*** in database main ***").strip().splitlines():
                    step.add("pages", said)
        if step.found >= MOST_PAGES:
            step.notices.append(f"SQLite stopped looking after {MOST_PAGES:,} findings")
    return step


_REFERENCES = (
    ("articles", "source", "sources", "number", "SELECT source, count(*) FROM articles GROUP BY source"),
    ("records", "article", "articles", "number", "SELECT article, 1 FROM records"),
    ("corrections", "article", "articles", "number", "SELECT article, count(*) FROM corrections GROUP BY article"),
    ("files", "run", "runs", "number", "SELECT run, count(*) FROM files GROUP BY run"),
    ("diagnostics", "file", "files", "number", "SELECT file, count(*) FROM diagnostics GROUP BY file"),
)
"""A table, its column, the table and column that it refers to, and the values there with how often each stands."""

_REFERENCES_OF_LINKS = tuple(
    (table, column, "articles", "number", f"SELECT {column}, 1 FROM {table}")
    for table, columns in (
        ("sketches", ("article",)),
        ("features", ("article",)),
        ("near_duplicates", ("a", "b")),
        ("duplicates", ("article", "kept")),
        ("twins", ("a", "b")),
    )
    for column in columns
)
"""The same of the tables for duplicates and twins, where a file has them."""


def references_step(store: Store) -> Step:
    """Whether what rows refer to is there: the source of each article, the article of each record …"""
    step = Step("references", "references")
    references: tuple[tuple[str, ...], ...] = _REFERENCES
    with step.reading(store.path):
        if keeps_links(store):
            references += _REFERENCES_OF_LINKS
    for table, column, other, key, values in references:
        with step.reading(store.path):
            sql = f"SELECT v.*, o.{key} IS NULL FROM ({values}) AS v LEFT JOIN {other} o ON o.{key} = v.{column}"
            for value, rows, missing in _each(store, sql):
                step.checked += rows
                if missing:
                    what = f"{rows:,} of {table} refer to {column} {value!r:.40}, which is not in {other}"
                    step.add(f"{table}.{column}", what)
    return step


_NOT_IN_STEP = (
    (
        "not-indexed",
        "article number {} is not in the full-text index",
        "SELECT number FROM articles a WHERE NOT EXISTS (SELECT 1 FROM articles_fts_docsize WHERE id = a.number)",
    ),
    (
        "indexed",
        "the full-text index has number {}, which is no article",
        "SELECT id FROM articles_fts_docsize d WHERE NOT EXISTS (SELECT 1 FROM articles WHERE number = d.id)",
    ),
)


def counts_step(store: Store) -> Step:
    """Whether every article is in the index and every entry of the index is an article; raw records are counted."""
    step = Step("counts", "articles")
    with step.reading(store.path):
        step.checked = _one(store, "SELECT count(*) FROM articles")
        for kind, what, sql in _NOT_IN_STEP:
            for (number,) in _each(store, sql):
                step.add(kind, what.format(number))
        without = step.checked - _one(store, "SELECT count(*) FROM records")
        if without > 0:
            step.notices.append(f"{without:,} without a raw record: they came from exports that carry none")
    return step


def runs_step(store: Store) -> Step:
    """What the file says of its own making: runs, files and corrections can be read; runs broken off are told."""
    step = Step("runs", "runs")
    with step.reading(store.path):
        for number, command, started, ended, options, totals in _each(
            store, "SELECT number, command, started, ended, options, totals FROM runs"
        ):
            step.checked += 1
            if not (_is_json(options) and (totals is None or _is_json(totals))):
                step.add("run", f"what run {number} says of its options and totals cannot be read")
            if ended is None:
                step.notices.append(
                    f"run {number} ({command!s:.20}, {started!s:.20}) goes on or was broken off: what it wrote is "
                    "whole, run it again for the rest"
                )
        for article, name, value, before in _each(store, "SELECT article, field, value, before FROM corrections"):
            if not (_is_json(value) and _is_json(before)):
                step.add("correction", f"the correction of {name!r:.40} of article number {article} cannot be read")
        outcomes = "SELECT number FROM files WHERE outcome NOT IN ('loaded', 'skipped', 'error') OR records < 0"
        for (number,) in _each(store, outcomes):
            step.add("file", f"what became of file number {number} cannot be read")
    step.notices[MOST_SHOWN:] = [f"and {len(step.notices) - MOST_SHOWN:,} more"] if step.notices[MOST_SHOWN:] else []
    return step


def links_step(store: Store) -> Step:
    """Whether what is kept of duplicates and twins can be read, as far as SQL can tell."""
    step = Step("links", "links")
    with step.reading(store.path):
        if not keeps_links(store):
            return step
        for kind, options in _each(store, "SELECT kind, options FROM looked_for"):
            step.checked += 1
            if kind not in KINDS or not isinstance(_json(options), dict):
                step.add("options", f"how {kind!s:.20} were looked for cannot be read")
        for one, other, tier, score, why in _each(store, "SELECT a, b, tier, score, why FROM twins"):
            step.checked += 1
            told = _json(why)
            whole = isinstance(told, dict) and told.keys() >= TWIN_KEYS and isinstance(score, float)
            if tier not in TIERS or not whole:
                step.add("twins", f"the twins number {one} and {other} cannot be read")
        for article, shared in _each(store, "SELECT article, jaccard FROM duplicates"):
            step.checked += 1
            if not isinstance(shared, float) or not 0 <= shared <= 1:
                step.add("duplicates", f"what article number {article} repeats cannot be read")
    return step


def _json(text: Any) -> Any:
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None


def _is_json(text: Any) -> bool:
    try:
        json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return False
    return True


def index_step(store: Store, *, on_tick: OnTick | None = None) -> Step:
    """Whether the full-text index holds the words of the articles, each at its place.

    SQLite compares them only over a connection that could write. This one writes nothing; its transaction is undone.
    """
    step = Step("index", "articles")
    if not (os.access(store.path, os.W_OK) and os.access(os.path.dirname(os.path.abspath(store.path)), os.W_OK)):
        step.not_checked = True
        step.notices.append("SQLite compares the index only where it might write: copy the file to another folder")
        return step
    tick = None if on_tick is None else lambda: on_tick(step.name, 0, 0)
    with step.reading(store.path):
        step.checked = _one(store, "SELECT count(*) FROM articles")
    writer = connect_to_write(store.path)
    try:
        writer.execute("BEGIN IMMEDIATE")
        compare = "INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)"
        unhurried(writer, compare, on_tick=tick)
    except SAID_BY_SQLITE as error:
        if _tells_damage(error):
            step.add("index", "the full-text index does not hold the words of the articles")
        elif getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            step.not_checked = True
            step.notices.append("another program is writing: check again when it is done")
        else:
            raise in_words(error, store.path) from None
    finally:
        if writer.in_transaction:
            writer.execute("ROLLBACK")
        writer.close()
    return step


class StoredRow(NamedTuple):
    """A row of `articles` as it stands there: columns of `WHOLE`, then of the source; its digest, its raw record.

    `odd` says that it is listed as oddly spelled.
    """

    values: tuple[Any, ...]
    digest: Any
    raw: Any
    facts: Any
    odd: bool

    @property
    def id(self) -> str:
        """What stands for the id."""
        return str(self.values[0])


_COLUMNS = ", ".join((*(f"a.{name}" for name in WHOLE), *(f"s.{name}" for name in COLUMNS_OF_SOURCE)))
_ROWS = (
    "SELECT a.number, a.digest, r.raw, r.facts, a.number IN (SELECT article FROM oddly_spelled), "
    f"{_COLUMNS} FROM articles a LEFT JOIN sources s ON s.number = a.source "
    "LEFT JOIN records r ON r.article = a.number WHERE a.number > ? ORDER BY a.number LIMIT ?"
)


def rows_to_check(store: Store, step: Step) -> Iterator[StoredRow]:
    """Every article's row with its raw record; a row that SQLite cannot read is a problem of the step."""
    last = _first_number(store, step) - 1
    unreadable = 0
    while unreadable < MOST_UNREADABLE:
        failed = None
        try:
            rows = store.connection.execute(_ROWS, (last, ROWS_AT_ONCE)).fetchall()
        except SAID_BY_SQLITE as error:
            if not _tells_damage(error):
                raise in_words(error, store.path) from None
            rows, failed = _one_by_one(store, step, last)
            unreadable += failed is not None
        yield from (StoredRow(row[5:], row[1], row[2], row[3], bool(row[4])) for row in rows)
        reached = failed if failed is not None else rows[-1][0] if rows else None
        if reached is None:
            return
        if reached <= last:
            step.add("order", f"after number {last} comes number {reached}: the rows are out of order")
            return
        last = reached
    step.notices.append(f"no more were read after {MOST_UNREADABLE:,} that cannot be")


def _first_number(store: Store, step: Step) -> int:
    with step.reading(store.path):
        return int(_one(store, "SELECT number FROM articles ORDER BY number LIMIT 1") or 1)
    return 1


def _one_by_one(store: Store, step: Step, last: int) -> tuple[list[tuple[Any, ...]], int | None]:
    """The rows after a number up to one that cannot be read, and the number of that one."""
    rows: list[tuple[Any, ...]] = []
    while len(rows) < ROWS_AT_ONCE:
        try:
            row = store.connection.execute(_ROWS, (last, 1)).fetchone()
        except SAID_BY_SQLITE as error:
            number, identifier = _next_id(store, last)
            step.add("unreadable", f"the row cannot be read: {error}", identifier)
            return rows, number
        if row is None or row[0] <= last:
            break
        rows.append(row)
        last = row[0]
    return rows, None


def _next_id(store: Store, last: int) -> tuple[int, str]:
    """The number after one, and the id of its article; where SQLite cannot say, one more and what names it."""
    try:
        number, identifier = store.connection.execute(
            "SELECT number, CAST(id AS BLOB) FROM articles WHERE number > ? ORDER BY number LIMIT 1", (last,)
        ).fetchone()
        return number, identifier.decode(errors="backslashreplace")
    except (*SAID_BY_SQLITE, TypeError, AttributeError):
        return last + 1, f"number {last + 1}"


def unhurried(
    connection: sqlite3.Connection, sql: str, *, on_tick: Callable[[], None] | None = None, seconds: float = 0.25
) -> list[tuple[Any, ...]]:
    """The rows of a statement that may take minutes; Ctrl-C ends it, and `on_tick` is called meanwhile."""
    done: list[list[tuple[Any, ...]]] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            done.append(connection.execute(sql).fetchall())
        except BaseException as error:
            failed.append(error)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(seconds)
            if on_tick is not None:
                on_tick()
    except BaseException:
        connection.interrupt()
        worker.join()
        raise
    if failed:
        raise failed[0]
    return done[0]


def _one(store: Store, sql: str) -> Any:
    row = store.connection.execute(sql).fetchone()
    return None if row is None else row[0]


def _all(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(sql).fetchall()


def _each(store: Store, sql: str) -> Iterator[tuple[Any, ...]]:
    """Rows with SQLite's errors as they are."""
    return iter(store.connection.execute(sql))
