"""Conditions to SQL: what a `Query` asks for in the columns of the corpus file.

What SQL cannot say in the same words (text, patterns, odd fields) is left for `Query.why_not`, which judges the
articles that SQL let through.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from corpus_tool.model.edtf import EdtfDate
from corpus_tool.query import Query, date_meets, path_matches
from corpus_tool.store.rows import PLAIN, bound, unbound

_COUNTS = ("words", "characters", "paragraphs")
LARGEST = (1 << 63) - 1
"""The largest integer of SQLite."""


OUTLETS = """\
WITH RECURSIVE found(outlet) AS (
    SELECT min(outlet) FROM articles
    UNION ALL SELECT (SELECT min(outlet) FROM articles WHERE outlet > found.outlet) FROM found WHERE outlet IS NOT NULL
) SELECT outlet FROM found WHERE outlet IS NOT NULL"""
"""Each outlet once: the index is asked for the next one, not read through."""


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on `articles a`, its values, and what is left to be judged article by article."""

    sql: str
    values: tuple[Any, ...]
    rest: Query

    @property
    def exact(self) -> bool:
        """Whether SQL alone decides."""
        return self.rest.empty


def add_functions(connection: sqlite3.Connection) -> None:
    """What conditions need beyond SQL: the functions of `query`, so that both ways of asking mean the same."""
    connection.create_function("ct_date_meets", 4, _date_meets, deterministic=True)
    connection.create_function("ct_path_matches", 2, _path_matches, deterministic=True)
    connection.create_function("ct_fold", 1, _fold, deterministic=True)


def _date_meets(date: str, words: str, wanted: str, match: str) -> bool:
    return date_meets(date, words, wanted, match)


def _path_matches(path: Any, glob: Any) -> bool:
    return path_matches(unbound(path), unbound(glob))


def _fold(value: Any) -> Any:
    """How text sorts: without case, as everywhere."""
    value = unbound(value)
    return value.casefold().encode("utf-8", "surrogatepass") if isinstance(value, str) else value


def where(query: Query) -> Where:
    """The part of a query that SQL decides, and the rest."""
    made = _Clauses()
    if query.languages:
        for_one = "(a.language >= ? AND a.language < ? AND (a.language = ? OR a.language >= ?))"
        bounds = [bound for tag in query.languages for bound in (tag, f"{tag}.", tag, f"{tag}-")]
        made.add(" OR ".join(for_one for _ in query.languages), *bounds)
    if query.mixed is not None:
        made.add(f"a.languages IS {'NOT ' if query.mixed else ''}NULL")
    if query.canonical is not None:
        made.add(f"a.number {'NOT ' if query.canonical else ''}IN (SELECT article FROM duplicates)")
    if query.dated is not None:
        made.add(f"a.date IS {'NOT ' if query.dated else ''}NULL")
    for words, wanted in (("since", query.since), ("until", query.until), ("on", query.on)):
        if wanted is not None:
            made.add_date(words, EdtfDate.parse(wanted), wanted, query.date_match)
    if query.min_words is not None:
        made.add("a.words >= ?", query.min_words)
    if query.max_words is not None:
        made.add("a.words <= ?", query.max_words)
    if query.outlets:
        made.add_outlets(query.outlets)
    if query.sources:
        either = " OR ".join("ct_path_matches(s.path, ?)" for _ in query.sources)
        made.add(f"a.source IN (SELECT s.number FROM sources s WHERE {either})", *query.sources)
    for name, least in (("language", query.min_language_confidence), ("date", query.min_date_confidence)):
        if least is not None:
            made.add(f"json_extract(a.inference, '$.{name}[1]') >= ?", least)
    left = tuple(name for name in query.has if not made.add_has(name))
    rest = Query(contains=query.contains, patterns=query.patterns, has=left)
    return Where(" AND ".join(made.clauses) or "1", tuple(made.values), rest)


def within(query: Query) -> Query:
    """The same query, met only by articles whose dates can mean no other days."""
    return replace(query, date_match="within")


class _Clauses:
    """Conditions that must all be met, with their values."""

    def __init__(self) -> None:
        self.clauses: list[str] = []
        self.values: list[Any] = []

    def add(self, clause: str, *values: Any) -> None:
        """One more condition."""
        self.clauses.append(f"({clause})")
        self.values += [min(value, LARGEST) if isinstance(value, int) else bound(value) for value in values]

    def add_date(self, words: str, wanted: EdtfDate, typed: str, match: str) -> None:
        """A condition on the date: by its bounds, which an index knows; exactly where there are gaps between them."""
        first = wanted.earliest.isoformat() if words in ("since", "on") and wanted.earliest else None
        last = wanted.latest.isoformat() if words in ("until", "on") and wanted.latest else None
        self.add("a.date IS NOT NULL AND (a.date_earliest IS NOT NULL OR a.date_latest IS NOT NULL)")
        if first is not None:
            within = "a.date_earliest >= ?" if match == "within" else "(a.date_latest IS NULL OR a.date_latest >= ?)"
            self.add(within, first)
        if last is not None:
            within = "a.date_latest <= ?" if match == "within" else "(a.date_earliest IS NULL OR a.date_earliest <= ?)"
            self.add(within, last)
        exactly = "ct_date_meets(a.date, ?, ?, ?)"
        gaps = "X" in typed or "," in typed
        self.add(exactly if gaps else f"a.date NOT GLOB '*[X,]*' OR {exactly}", words, typed, match)

    def add_outlets(self, names: tuple[str, ...]) -> None:
        """A condition on the outlet, in any case; the outlets that there are stand in an index."""
        marks = ", ".join("?" for _ in names)
        folded = [_fold(name) for name in names]
        unknown = "a.outlet IS NULL OR " if _fold("") in folded else ""
        self.add(
            f"{unknown}a.outlet IN (SELECT outlet FROM ({OUTLETS}) WHERE ct_fold(outlet) IN ({marks}))",
            *folded,
        )

    def add_has(self, name: str) -> bool:
        """A condition that a field is known, where a column says so."""
        if name in _COUNTS or name == "source":
            return True
        if name in PLAIN:
            self.add(f"a.{name} <> ''")
        elif name in ("languages", "authors", "extra"):
            self.add(f"a.{name} IS NOT NULL")
        else:
            return False
        return True
