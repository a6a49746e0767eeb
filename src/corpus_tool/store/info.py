"""What a corpus file holds, in numbers that indexes give at once; sizes and the hash need every page."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from corpus_tool.errors import CorpusToolError, ExitCode
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.patterns import lazy
from corpus_tool.store.digest import corpus_hash
from corpus_tool.store.links import KINDS
from corpus_tool.store.opening import words_for
from corpus_tool.store.rows import from_json, unbound
from corpus_tool.store.schema import LINKS_SINCE
from corpus_tool.store.store import Store

UNDATED = "undated"
NO_YEAR = "year not known"
SEVERAL_YEARS = "several years"
NOT_EXAMINED = "not examined"
NOT_STATED = "not stated"

BY_LANGUAGE_AND_DATE = (
    "SELECT language, date, count(*), sum(words) FROM articles GROUP BY language, date_earliest, date_latest, date"
)
BY_OUTLET = "SELECT outlet, count(*) FROM articles GROUP BY outlet"
BY_SOURCE = "SELECT source, count(*) AS articles FROM articles GROUP BY source"
AT_ONCE = (BY_LANGUAGE_AND_DATE, BY_OUTLET, BY_SOURCE)
"""Statements that an index answers by itself, without a look at an article."""


_DAY = lazy(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Group(NamedTuple):
    """So many articles of one name; where an index knows it, their words, and how many are dated to the day or less.

    What is left is undated.
    """

    name: str
    articles: int
    words: int | None = None
    to_the_day: int | None = None
    less_precise: int | None = None


class Run(NamedTuple):
    """One command that wrote into the file; `ended` is None where it goes on or was broken off."""

    number: int
    command: str
    tool: str
    options: Any
    started: str
    ended: str | None
    totals: Any


class Linked(NamedTuple):
    """How many articles repeat others, or how many twins are paired; and whether all articles were looked at."""

    found: int
    up_to_date: bool


@dataclass(frozen=True, slots=True)
class Sizes:
    """What takes the room, in bytes: the texts as UTF-8, the raw records as kept, and pages by what is on them.

    `pages` is empty where this SQLite cannot tell (it was built without `dbstat`).
    """

    raw_records: int
    text: int
    raw: int
    pages: dict[str, int]


@dataclass(frozen=True, slots=True)
class Info:
    """What a corpus file holds. `sizes` and `hash` are None where they were not asked for."""

    path: str
    bytes: int
    schema_version: int
    sqlite: str
    articles: int
    words: int
    sources: int
    corrections: int
    languages: tuple[Group, ...]
    years: tuple[Group, ...]
    outlets: tuple[Group, ...]
    formats: tuple[Group, ...]
    files: dict[str, int]
    reasons: dict[str, int]
    rejected: int
    links: dict[str, Linked]
    runs: tuple[Run, ...]
    sizes: Sizes | None = None
    hash: str | None = None


@dataclass(slots=True)
class _Sum:
    articles: int = 0
    words: int = 0
    to_the_day: int = 0
    less_precise: int = 0

    def add(self, articles: int, words: int, date: str | None) -> None:
        self.articles += articles
        self.words += words
        if date is not None:
            day = _DAY.fullmatch(date) is not None
            self.to_the_day += articles if day else 0
            self.less_precise += 0 if day else articles


@dataclass(slots=True)
class _Sums:
    """Sums by name, in the order in which the names came."""

    by_name: dict[str, _Sum] = field(default_factory=dict)

    def __getitem__(self, name: str) -> _Sum:
        return self.by_name.setdefault(name, _Sum())

    def groups(self) -> list[Group]:
        return [
            Group(name, found.articles, found.words, found.to_the_day, found.less_precise)
            for name, found in self.by_name.items()
        ]


def info(store: Store, *, sizes: bool = False, with_hash: bool = False) -> Info:
    """What the file holds; `sizes` and `with_hash` look at every page. CorpusToolError where it is damaged."""
    with words_for(store.path):
        connection = store.connection
        connection.execute("BEGIN")  # one state of the file, whoever writes meanwhile
        try:
            languages, years = _by_language_and_year(connection)
            files, reasons, rejected = _by_outcome(connection)
            return Info(
                path=store.path,
                bytes=os.stat(store.path).st_size,
                schema_version=_one(connection, "PRAGMA user_version"),
                sqlite=sqlite3.sqlite_version,
                articles=sum(group.articles for group in languages),
                words=sum(group.words or 0 for group in languages),
                sources=_one(connection, "SELECT count(*) FROM (SELECT DISTINCT source FROM articles)"),
                corrections=_one(connection, "SELECT count(*) FROM corrections"),
                languages=languages,
                years=years,
                outlets=_most_first(
                    Group(_text(name) or NOT_STATED, count) for name, count in connection.execute(BY_OUTLET)
                ),
                formats=_by_format(connection),
                files=files,
                reasons=reasons,
                rejected=rejected,
                links=_links(connection),
                runs=tuple(_runs(connection)),
                sizes=_sizes(connection) if sizes else None,
                hash=corpus_hash(store) if with_hash else None,
            )
        except (TypeError, ValueError, LookupError, RecursionError) as error:
            raise CorpusToolError(
                f"{store.path!r} is damaged: a value is not what it should be: {error!s:.80}",
                ExitCode.DAMAGED_INPUT,
                f"`corpus-tool check {store.path}` says where",
            ) from None
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def _one(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


def _links(connection: sqlite3.Connection) -> dict[str, Linked]:
    """What `dedupe` and `twins` keep in the file; nothing where they were not asked for."""
    if _one(connection, "PRAGMA user_version") < LINKS_SINCE:
        return {}
    looked_for = connection.execute("SELECT kind, up_to_date FROM looked_for ORDER BY kind").fetchall()
    counts = {kind: _one(connection, f"SELECT count(*) FROM {kind}") for kind in KINDS}
    return {kind: Linked(counts[kind], bool(up_to_date)) for kind, up_to_date in looked_for}


def _text(value: Any) -> str | None:
    """A name as it was given; one with bytes that are no UTF-8 is kept as a blob."""
    return None if value is None else str(unbound(value))


def _most_first(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The largest groups first, equal ones by name."""
    return tuple(sorted(groups, key=lambda group: (-group.articles, group.name)))


def _by_language_and_year(connection: sqlite3.Connection) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """The articles of each language, and of each year; what has no year of its own comes last."""
    languages, years = _Sums(), _Sums()
    for language, date, articles, words in connection.execute(BY_LANGUAGE_AND_DATE):
        languages[_text(language) or NOT_EXAMINED].add(articles, words, date)
        years[year_of(date)].add(articles, words, date)
    last = (SEVERAL_YEARS, NO_YEAR, UNDATED)
    in_order = sorted(
        years.groups(), key=lambda group: (last.index(group.name) + 1 if group.name in last else 0, group)
    )
    return _most_first(languages.groups()), tuple(in_order)


@lru_cache(1 << 16)
def year_of(date: str | None) -> str:
    """The one year that a date lies in; else why there is none.

    >>> year_of("2018-06"), year_of("2017/2018"), year_of("XXXX-06-18"), year_of(None)
    ('2018', 'several years', 'year not known', 'undated')
    """
    if date is None:
        return UNDATED
    found = EdtfDate.parse(date)
    if found.precision == "yearless":
        return NO_YEAR
    if found.earliest is None or found.latest is None or found.earliest.year != found.latest.year:
        return SEVERAL_YEARS
    return f"{found.earliest.year:04d}"


def _by_format(connection: sqlite3.Connection) -> tuple[Group, ...]:
    """The articles of each format of source."""
    formats = dict(connection.execute("SELECT number, format FROM sources"))
    found: Counter[str] = Counter()
    for source, articles in connection.execute(BY_SOURCE):
        found[formats[source]] += articles
    return _most_first(Group(name, articles) for name, articles in found.items())


def _by_outcome(connection: sqlite3.Connection) -> tuple[dict[str, int], dict[str, int], int]:
    """Files by what became of them, those that gave nothing by the reason, and the records that were rejected."""
    files: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    rejected = 0
    sql = "SELECT outcome, reason, count(*), sum(rejected) FROM files GROUP BY outcome, reason"
    for outcome, reason, count, refused in connection.execute(sql):
        files[outcome] += count
        rejected += refused
        if reason is not None:
            reasons[reason] += count
    return dict(files), dict(reasons), rejected


def _runs(connection: sqlite3.Connection) -> Iterable[Run]:
    sql = "SELECT number, command, tool, options, started, ended, totals FROM runs ORDER BY number"
    for number, command, tool, options, started, ended, totals in connection.execute(sql):
        yield Run(number, command, tool, from_json(options), started, ended, from_json(totals))


def _sizes(connection: sqlite3.Connection) -> Sizes:
    """How much room texts, raw records and pages take."""
    text = _one(connection, "SELECT coalesce(sum(length(CAST(text AS BLOB))), 0) FROM articles")
    sql = "SELECT count(*), coalesce(sum(length(raw) + coalesce(length(facts), 0)), 0) FROM records"
    kept, raw = connection.execute(sql).fetchone()
    pages: Counter[str] = Counter()
    try:
        for name, size in connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            pages[_kind_of_page(name)] += size
    except sqlite3.OperationalError as error:
        if "dbstat" not in str(error):
            raise
    return Sizes(kept, text, raw, dict(pages.most_common()))


def _kind_of_page(name: str) -> str:
    """What a table or index is for, in words."""
    if name.startswith("articles_fts"):
        return "full-text index"
    if name in ("articles", "records"):
        return {"articles": "articles", "records": "raw records"}[name]
    return "other indexes" if name.startswith(("articles_", "sqlite_autoindex_articles")) else "the rest"
